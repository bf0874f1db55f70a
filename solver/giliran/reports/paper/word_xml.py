"""Paragraphs and tables of a .docx file as XML, made as text: a table of ten thousand cells takes a tenth of a second so.

Source of elements and their order: ECMA-376, part 1, 17.3 and 17.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from giliran.reports.paper.model import Blank, Cell, Column, Grid, Look, Row, Words
from giliran.reports.paper.shades import SHADES

CELL, LINE = "GiliranCell", "GiliranLine"
"""Ids of the styles of paragraphs inside and outside tables."""
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_STRANGE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RULE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
_RULES = "".join(f"<w:{side} {_RULE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
_MARGINS = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 20), ("left", 40), ("bottom", 20), ("right", 40)))


def twips(millimetres: float) -> int:
    """A length in twips."""
    return round(millimetres * TWIPS)


def run(text: str, *, bold: bool = False, size: float = 0, shade: str = "", proof: bool = True) -> str:
    """A run; lines of its text are parted by breaks."""
    look = "<w:b/>" if bold else ""
    look += "" if proof else "<w:noProof/>"
    look += f'<w:sz w:val="{round(2 * size)}"/>' if size else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{_escaped(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{lines}</w:r>"


def words(pieces: Words, *, bold: bool = False, size: float = 0) -> str:
    """Runs of a line, each blank one of its own, which no spelling checker parts."""
    return "".join(run(piece, bold=bold, size=size, proof=not isinstance(piece, Blank)) for piece in pieces if piece)


def paragraph(
    runs: str,
    *,
    style: str = LINE,
    align: str = "",
    keep: bool = False,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    hanging: float = 0,
    rule: bool = False,
    new_page: bool = False,
) -> str:
    """A paragraph; room before and after in points, indents in millimetres, `keep` with what follows, `rule` below it."""
    parts = [f"<w:pStyle w:val={quoteattr(style)}/>"]
    parts += ["<w:keepNext/>"] if keep else []
    parts += ["<w:pageBreakBefore/>"] if new_page else []
    parts += ['<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="18" w:space="2" w:color="000000"/></w:pBdr>'] if rule else []
    parts += [f'<w:spacing w:before="{round(20 * before)}" w:after="{round(20 * after)}"/>'] if before or after else []
    parts += [f'<w:ind w:left="{twips(indent)}" w:hanging="{twips(hanging)}"/>'] if indent or hanging else []
    parts += [f'<w:jc w:val="{align}"/>'] if align else []
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"


def table(columns: Sequence[float], rows: Iterable[str], *, rules: bool, indent: float = 0) -> str:
    """A table of columns of so many millimetres."""
    width = sum(map(twips, columns))
    look = f'<w:tblW w:w="{width}" w:type="dxa"/>'
    look += f'<w:tblInd w:w="{twips(indent)}" w:type="dxa"/>'
    look += f"<w:tblBorders>{_RULES}</w:tblBorders>" if rules else ""
    look += f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{twips(column)}"/>' for column in columns)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(cells: Iterable[str], *, head: bool = False, deep: float = 0) -> str:
    """A row that stays on one page, at least so many millimetres deep; `head` for one that is repeated on every page."""
    look = "<w:cantSplit/>"
    look += f'<w:trHeight w:val="{twips(deep)}" w:hRule="atLeast"/>' if deep else ""
    look += "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def cell(paragraphs: str, width: float, *, columns: int = 1, shade: str = "", merge: str = "", middle: bool = True) -> str:
    """A cell over some columns; `merge` is `restart` or `continue` where several below each other are one."""
    look = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    look += f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    look += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    look += '<w:vAlign w:val="center"/>' if middle else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraphs}</w:tc>"


def grid_table(grid: Grid, groups: Sequence[int], *, ended: bool) -> str:
    """The table of a grid, rows of a group kept on one page; those of the last with what follows, where it is `ended`."""
    kept = [k < size - 1 or (ended and last) for last, size in _last(groups) for k in range(size)]
    merged = _merges(grid.rows)
    rows = [row((_head(column) for column in grid.columns), head=True)]
    for each, keep, merges in zip(grid.rows, kept, merged, strict=True):
        rows.append(row(_cells(each, grid.columns, merges, keep=keep), deep=each.deep))
    return table([column.width for column in grid.columns], rows, rules=True)


def _last(groups: Sequence[int]) -> Iterable[tuple[bool, int]]:
    return ((k == len(groups) - 1, size) for k, size in enumerate(groups))


def _merges(rows: Sequence[Row]) -> list[list[str]]:
    """For each cell whether it is the first of several that are one, a further one, or neither."""
    found: list[list[str]] = []
    for k, each in enumerate(rows):
        below = rows[k + 1].cells if k + 1 < len(rows) else ()
        found.append(
            [
                "continue" if one.continues else "restart" if c < len(below) and below[c].continues else ""
                for c, one in enumerate(each.cells)
            ]
        )
    return found


def _head(column: Column) -> str:
    inside = paragraph(run(column.head, bold=True), style=CELL, align="center", keep=True)
    return cell(inside, column.width, shade=SHADES[Look.BAND])


def _cells(each: Row, columns: Sequence[Column], merges: Sequence[str], *, keep: bool) -> Iterable[str]:
    at = 0
    for one, merge in zip(each.cells, merges, strict=True):
        covered = columns[at : at + one.columns]
        centred = one.look not in (Look.TEXT, Look.BAND) or (one.columns == 1 and covered[0].centred)
        inside = paragraph(_text(one), style=CELL, align="center" if centred else "", keep=keep)
        yield cell(inside, sum(column.width for column in covered), columns=one.columns, shade=SHADES.get(one.look, ""), merge=merge)
        at += one.columns


def _text(one: Cell) -> str:
    return run(one.text, bold=one.bold) if one.text and not one.continues else ""


def _escaped(text: str) -> str:
    return escape(_STRANGE.sub("\ufffd", text))
