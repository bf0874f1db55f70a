"""The paper of a plan as a .docx file, which planners open in Word and change before they send it to be signed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from giliran.messages import Lang
from giliran.reports.paper.measures import together
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
    NewPage,
    Notice,
    Page,
    Pairs,
    Part,
    Signature,
    Title,
    Words,
)
from giliran.reports.paper.shades import SHADES
from giliran.reports.paper.word_xml import CELL, LINE, cell, grid_table, paragraph, row, run, table, twips, words

_FONT = "Arial"
_SIZES = {CELL: 7.5, LINE: 9.5}
_LARGE, _MIDDLE, _SMALL = 13, 11, 8.5
_LANGUAGES: dict[Lang, str] = {"en": "en-GB", "id": "id-ID"}
_LABEL, _COLON = 22.0, 4.0
_CORNER = 0.48
"""Of the width of a page what the block at the top right takes."""
_ROOM_TO_SIGN = 38
"""Points between a position and a name."""
_TEXT = "word/document.xml"
_WHOLE = dt.datetime.min.time()


def docx_bytes(document: Document) -> bytes:
    """The bytes of the file; the same document gives the same.

    python-docx makes the file with its styles, sections and footers; what stands in each section is put into its text last, because moving
    ten thousand cells from one tree into another takes longer than all else.
    """
    import docx
    from lxml.etree import Comment

    made = docx.Document()
    _style(made, document.lang)
    contents = {}
    for k, part in enumerate(document.parts):
        _shape(_section(made) if k else made.sections[0], part.page)
        body = made.element.body
        body.insert(len(body) - 1, Comment(f"{MARK} {k}"))
        contents[f"<!--{MARK} {k}-->"] = "".join(_blocks(part))
    _footer(made)
    _name(made, document)
    buffer = io.BytesIO()
    made.save(buffer)
    return _filled(buffer.getvalue(), contents)


def _style(made: Any, lang: Lang) -> None:
    """Styles of paragraphs inside and outside tables, in a font that every office has."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for name, size in _SIZES.items():
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
    for found in made.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), _LANGUAGES[lang])


def _section(made: Any) -> Any:
    """A new section; the paragraph that ends the one before is as low as can be, so that it never begins a page."""
    from docx.shared import Pt

    section = made.add_section()
    end = made.paragraphs[-1].paragraph_format
    end.space_before = end.space_after = Pt(0)
    end.line_spacing = Pt(1)
    return section


def _shape(section: Any, page: Page) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
    section.left_margin = section.right_margin = Twips(twips(page.side))
    section.top_margin = section.bottom_margin = Twips(twips(page.top))
    section.header_distance = section.footer_distance = Twips(twips(page.top / 2))


def _footer(made: Any) -> None:
    """Numbers of pages, in fields that Word fills in."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def field(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}">{run("1", size=_SMALL)}</w:fldSimple>'

    numbers = paragraph(field("PAGE") + run(" / ", size=_SMALL) + field("NUMPAGES"), align="right")
    holder = parse_xml(f"<w:body {nsdecls('w')}>{numbers}</w:body>")
    footer = made.sections[0].footer
    footer.is_linked_to_previous = False
    for old in list(footer._element):
        footer._element.remove(old)
    footer._element.append(holder[0])


def _name(made: Any, document: Document) -> None:
    """What the file says of itself; no date is the clock's."""
    properties = made.core_properties
    created = dt.datetime.combine(document.created, _WHOLE)
    properties.title, properties.keywords, properties.author, properties.comments = document.title[:255], MARK, "giliran", ""
    properties.created = properties.modified = created
    properties.language = _LANGUAGES[document.lang]


def _filled(raw: bytes, contents: Mapping[str, str]) -> bytes:
    """The same archive with contents in their places, and one date for all its files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            same = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            same.compress_type, same.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            data = old.read(info.filename)
            if info.filename == _TEXT:
                text = data.decode("utf-8")
                for mark, inside in contents.items():
                    text = text.replace(mark, inside, 1)
                data = text.encode("utf-8")
            new.writestr(same, data)
    return buffer.getvalue()


def _blocks(part: Part) -> Iterator[str]:
    """The XML of the blocks of a part."""
    new_page = False
    for k, block in enumerate(part.blocks):
        if isinstance(block, NewPage):
            new_page = True
            continue
        if new_page:
            yield paragraph("", style=CELL, new_page=True)
            new_page = False
        after = part.blocks[k + 1] if k + 1 < len(part.blocks) else None
        yield _block(block, part.page, after if isinstance(after, Ending) else None)


def _block(block: Block, page: Page, ending: Ending | None) -> str:
    match block:
        case Corner():
            return _corner(block, page)
        case Letterhead():
            return _letterhead(block)
        case Title():
            below = [paragraph(run(line), align="center") for line in block.below]
            first = run(block.text, bold=True, size=_MIDDLE)
            return paragraph(first, align="center", before=8) + "".join(below) + paragraph("")
        case Notice():
            return paragraph(run(block.text, bold=True), align="center", after=4)
        case Pairs():
            return _pairs(block) + paragraph("", style=CELL)
        case Listing():
            return "".join(_listing(block, keep=False)) + paragraph("", style=CELL)
        case Caption():
            return paragraph(run(block.text, bold=True), keep=True, before=2, after=2)
        case Key():
            return _key(block)
        case Grid():
            return grid_table(block, together(block, page, ending), ended=ending is not None)
        case Ending():
            return _ending(block, page)
        case NewPage():
            return paragraph("", style=CELL, new_page=True)


def _corner(block: Corner, page: Page) -> str:
    width = page.room * _CORNER
    columns = (_LABEL, _COLON, width - _LABEL - _COLON)
    rows = []
    for label, text in block.lines:
        if not label:
            rows.append(row([cell(paragraph(words(text)), width, columns=3)]))
            continue
        inside = (paragraph(run(label)), paragraph(run(":")), paragraph(words(text)))
        rows.append(row(cell(one, wide, middle=False) for one, wide in zip(inside, columns, strict=True)))
    return table(columns, rows, rules=False, indent=page.room - width) + paragraph("", style=CELL)


def _letterhead(block: Letterhead) -> str:
    lines = [run(line, bold=True, size=_LARGE) for line in block.names] + [run(line, size=_SMALL) for line in block.addresses]
    return "".join(paragraph(line, align="center", rule=k == len(lines) - 1) for k, line in enumerate(lines))


def _pairs(block: Pairs) -> str:
    rows = []
    for label, text in block.lines:
        inside = ((run(label), _LABEL), (run(":"), _COLON), (run(text), 110.0))
        rows.append(row(cell(paragraph(one), wide, middle=False) for one, wide in inside))
    return table((_LABEL, _COLON, 110.0), rows, rules=False)


def _listing(block: Listing, *, keep: bool, size: float = 0) -> Iterator[str]:
    numbered = len(block.items) > 1
    yield paragraph(run(block.head, size=size), keep=keep)
    for k, item in enumerate(block.items, start=1):
        text = f"{k}.\t{item}" if numbered else item
        runs = _tabbed(text, size) if numbered else run(text, size=size)
        yield paragraph(runs, indent=6, hanging=6 if numbered else 0, keep=keep and k < len(block.items))


def _tabbed(text: str, size: float) -> str:
    number, _, rest = text.partition("\t")
    return f"{run(number, size=size)}<w:r><w:tab/></w:r>{run(rest, size=size)}"


def _key(block: Key) -> str:
    runs = [run(f"{block.head} ", size=_SMALL)]
    for k, (code, look, word) in enumerate(block.entries):
        runs.append(run(code, bold=True, size=_SMALL, shade=SHADES.get(look, "")))
        runs.append(run(f" = {word}{'; ' if k + 1 < len(block.entries) else ''}", size=_SMALL))
    return paragraph("".join(runs), after=3, keep=True)


def _ending(block: Ending, page: Page) -> str:
    parts = [paragraph("", style=CELL, keep=True)]
    if block.box is not None:
        lines = paragraph(run(block.box), keep=True) + paragraph("", keep=True) * block.box_lines
        parts += [table((page.room,), [row([cell(lines, page.room, middle=False)])], rules=True), paragraph("", style=CELL, keep=True)]
    half = page.room / 2
    sides = (_signature(block.left) if block.left else paragraph("", keep=True), _signature(block.right))
    parts.append(table((half, half), [row(cell(side, half, middle=False) for side in sides)], rules=False))
    if block.copies is not None:
        parts.append(paragraph("", style=CELL, keep=True))
        parts += _listing(block.copies, keep=True, size=_SMALL)
    else:
        parts.append(paragraph("", style=CELL))
    return "".join(parts)


def _signature(block: Signature) -> str:
    lines = [paragraph(words(line), align="center", keep=True) for line in block.above]
    room = (block.sign,) if block.sign else ("",)
    before = _ROOM_TO_SIGN / 2
    lines.append(paragraph(words(room), align="center", keep=True, before=before, after=before))
    lines.append(paragraph(words(block.name, bold=True), align="center", keep=True))
    return "".join([*lines, *_below(block.below)])


def _below(lines: Sequence[Words]) -> Iterator[str]:
    for line in lines:
        yield paragraph(words(line), align="center", keep=True)
