"""The paper of a plan as a .pdf file, set by typst: texts go in as data, so that nothing in them is markup.

Files have no tags for readers of screens: they take twenty times the room (6 MB for 500 people over four weeks) and half as long again.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from giliran.reports.paper.measures import BOXED, LETTER, depth_of, depth_of_ending, together
from giliran.reports.paper.model import (
    MARK,
    Block,
    Caption,
    Corner,
    Document,
    Ending,
    Grid,
    Key,
    Letterhead,
    Listing,
    Look,
    NewPage,
    Notice,
    Page,
    Pairs,
    Part,
    Row,
    Signature,
    Title,
    Words,
)
from giliran.reports.paper.shades import SHADES

_TEMPLATE = "paper.typ"
_OWN_LETTERS = re.compile("[\u0020-\u052f\u1e00-\u206f\u20a0-\u22ff\n\u200b]*")
"""What the fonts that come with typst have letters for; only for others are those of the machine looked for."""
_PICTURES = re.compile(" ?[\U0001f000-\U0001faff\u200d\ufe0e\ufe0f]+")
"""Emoji, for which only some machines have a font and others print a box: they are left out, as the guide says."""
_LONG_WORD = re.compile(r"\S{12,}")
_BREAK = "\u200b"
_MOST_KEPT = 0.9
"""Of the depth of a page the rows that are held together at most; deeper ones are parted wherever they must be."""


def pdf_bytes(document: Document) -> bytes:
    """The bytes of the file; the same document gives the same."""
    import typst

    data = {
        "title": document.title,
        "lang": document.lang,
        "mark": MARK,
        "band": SHADES[Look.BAND],
        "parts": [_part(part) for part in document.parts],
    }
    text = _PICTURES.sub("", json.dumps(data, ensure_ascii=False))
    template = resources.files(__package__).joinpath(_TEMPLATE).read_bytes()
    made = typst.Compiler(template, ignore_system_fonts=bool(_OWN_LETTERS.fullmatch(text)), sys_inputs={"data": text})
    created = dt.datetime.combine(document.created, dt.time(), dt.UTC)
    pdf = made.compile(format="pdf", timestamp=created, pdf_tags=False)
    assert isinstance(pdf, bytes)
    return pdf


def _part(part: Part) -> dict[str, Any]:
    page = part.page
    shape = {"width": page.width, "height": page.height, "side": page.side, "top": page.top}
    return {**shape, "blocks": [*_blocks(part)]}


def _blocks(part: Part) -> Iterator[dict[str, Any]]:
    """The blocks of a part; the ending stands in the table above it, so that it stays with its last rows."""
    blocks = [*part.blocks]
    for k, block in enumerate(blocks):
        after = blocks[k + 1] if k + 1 < len(blocks) else None
        if isinstance(block, Ending) and k and isinstance(blocks[k - 1], Grid):
            continue
        yield _block(block, part.page, after if isinstance(after, Ending) else None)


def _block(block: Block, page: Page, ending: Ending | None) -> dict[str, Any]:
    match block:
        case Corner():
            return {"kind": "corner", "lines": [(label, _joined(text)) for label, text in block.lines]}
        case Letterhead():
            return {"kind": "letterhead", "names": [*map(_soft, block.names)], "addresses": [*map(_soft, block.addresses)]}
        case Title():
            return {"kind": "title", "text": _soft(block.text), "below": [*map(_soft, block.below)]}
        case Notice():
            return {"kind": "notice", "text": block.text}
        case Pairs():
            return {"kind": "pairs", "lines": [(label, _soft(text)) for label, text in block.lines]}
        case Listing():
            return {"kind": "listing", **_listing(block)}
        case Caption():
            return {"kind": "caption", "text": block.text}
        case Key():
            return {
                "kind": "key",
                "head": block.head,
                "entries": [(code, SHADES.get(look, ""), word) for code, look, word in block.entries],
            }
        case Grid():
            return _grid(block, page, ending)
        case Ending():
            return {"kind": "ending", **_ending(block)}
        case NewPage():
            return {"kind": "newpage"}


def _grid(grid: Grid, page: Page, ending: Ending | None) -> dict[str, Any]:
    sizes = together(grid, page, ending)
    groups, at = [], 0
    for k, size in enumerate(sizes):
        rows = grid.rows[at : at + size]
        deep = sum(depth_of(row, grid.columns) for row in rows)
        cells = [[*_cells(row, grid, at + j)] for j, row in enumerate(rows)]
        ended = ending is not None and k == len(sizes) - 1
        deep += depth_of_ending(ending, page) if ending is not None and ended else 0
        kept = deep <= _MOST_KEPT * page.depth
        groups.append({"rows": cells, "kept": kept, "ended": ended})
        at += size
    found = {"kind": "grid", "widths": [column.width for column in grid.columns], "heads": [column.head for column in grid.columns]}
    return {**found, "groups": groups, "ending": _ending(ending) if ending else None}


def _cells(row: Row, grid: Grid, at: int) -> Iterator[dict[str, Any]]:
    column = 0
    for c, cell in enumerate(row.cells):
        covered = grid.columns[column : column + cell.columns]
        column += cell.columns
        if cell.continues:
            continue
        centred = cell.look not in (Look.TEXT, Look.BAND) or (cell.columns == 1 and covered[0].centred)
        yield {
            "text": _soft(cell.text, sum(each.width for each in covered)),
            "bold": cell.bold,
            "centred": centred,
            "fill": SHADES.get(cell.look, ""),
            "columns": cell.columns,
            "rows": _covered(grid.rows, at, c),
            "deep": row.deep if c == len(row.cells) - 1 else 0,
        }


def _covered(rows: Sequence[Row], at: int, c: int) -> int:
    """Rows that a cell covers."""
    below = 1
    while at + below < len(rows) and c < len(rows[at + below].cells) and rows[at + below].cells[c].continues:
        below += 1
    return below


def _ending(block: Ending) -> dict[str, Any]:
    return {
        "box": block.box,
        "box_depth": BOXED * block.box_lines,
        "left": _signature(block.left) if block.left else None,
        "right": _signature(block.right),
        "copies": _listing(block.copies) if block.copies else None,
    }


def _signature(block: Signature) -> dict[str, Any]:
    above, below = ([_joined(line) for line in lines] for lines in (block.above, block.below))
    return {"above": above, "sign": block.sign or "", "name": _joined(block.name), "below": below}


def _listing(block: Listing) -> dict[str, Any]:
    return {"head": block.head, "items": [*map(_soft, block.items)]}


def _joined(pieces: Words) -> str:
    return _soft("".join(pieces))


def _soft(text: str, width: float = 100.0) -> str:
    """A text whose words may be broken where they are longer than a line of so many millimetres."""
    most = max(int(width / LETTER), 1)
    if len(text) <= most:
        return text
    return _LONG_WORD.sub(lambda word: word[0] if len(word[0]) <= most else _BREAK.join(word[0]), text)
