"""From the text of a letter to its sentences, each with what stands above it: the stem of its list, the head of its table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_JUNK = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\ufffd\ud800-\udfff\U000e0000-\U000e0fff]"
)
_ENDS = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n\t]")
_PAGE = re.compile(r"\W*(?:hal(?:aman)?\.?\s*|page\s*)?[0-9]{1,3}(?:\s*(?:/|dari|of)\s*[0-9]{1,3})?\W*", re.IGNORECASE)
_MARKER = re.compile(r"\s*(?P<mark>\(?(?:[0-9]{1,2}|[a-z]|[IVX]{1,4}|[A-H])[.)]|[-•–▪●◦*✓·])\s+(?=\S)")
_INLINE = re.compile(r"(?<=[:;])\s+(?:(?:dan|atau|serta|and)\s+)?(?=\(?(?:[0-9]{1,2}|[a-z])[.)]\s)|(?<=\sdan)\s+(?=[b-h]\.\s)")
_CELLS = re.compile(r"\t+|\s*\|\s*|\s{2,}")
_SENTENCE = re.compile(r"(?<=[.!?])(?P<gap>[\"”’»)\]]*\s+|[\"”’»]+\s*|)(?=[\"“‘«(\[]*[A-Z])")
_BEFORE_DOT = re.compile(r"([\w.]*)\.[\"”’)\]]*$")
_SHORT_FORMS = frozenset(
    {"no", "nomor", "s.d", "a.n", "an", "u.p", "up", "dr", "drs", "ir", "hj", "kab", "prov", "jl", "jln", "tgl", "st", "prof", "plt", "plh"}
    | {"pj", "gol", "bpk", "sdr", "yth", "nip", "telp", "rp", "pkl", "m.m", "m.si", "s.h", "s.e", "s.pd", "dra", "kec", "kel", "mr", "mrs"}
    | {"ttd", "tel", "hlm", "hal", "kom", "ka", "inc", "maks", "min", "max", "jml", "jlh"}
)
_RULED = re.compile(r"[\t|]")
_SIDES = re.compile(r"\b(?:wfo|wfh|wfa|bdk|bdr|kantor|rumah|office|home)\b", re.IGNORECASE)
_PLAIN_HEAD = re.compile(r"(?P<label>[^0-9%]{0,60}?)\s*(?P<sides>(?:WFO|WFH|WFA|BDK|BDR)(?:\s+(?:WFO|WFH|WFA|BDK|BDR)){1,3})")
_SHARE = r"(?:[0-9]{1,3}\s?%|[1-4]/[2-5])"
_PLAIN_ROW = re.compile(rf"(?P<label>.{{1,80}}?)\s+(?P<shares>{_SHARE}(?:\s+{_SHARE}){{1,3}})")
_SHARES = re.compile(_SHARE)
_ROW_HEAD = re.compile(r"No\.?\s+", re.IGNORECASE)
_MONTH = "jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec"
_ROW_NUMBER = re.compile(rf"[0-9]{{1,3}}[.)]?\s+(?!(?:{_MONTH})[a-z]*\b)", re.IGNORECASE)
_PLAIN_WIDTH = 140
_ENDED = (".", ":", ";", "!", "?")
_NARROW = 0.6
_MOST_CELLS = 12
_HEAD_CELL, _ROW_CELL = 40, 90
"""Most letters of a cell in the head of a table, and below it."""
_HEAD_LETTERS = 140
_HEADING = 60
"""Letters of an item of a list that is a heading of the paragraph below it."""
_LONGEST = 20_000
"""Letters after which a paragraph ends with its line, so that joining stays cheap."""


@dataclass(frozen=True)
class Passage:
    """A sentence.

    Parameters
    ----------
    text
        The sentence on one line.
    line
        The line of the letter on which its paragraph begins, from 1.
    stems
        What it stands below: the beginnings of lists, the outer one first.
    before
        The sentence before it in the same paragraph, or the paragraph before.
    label
        Of a row of a table its first cell, which says whom the row is about.
    at
        Letters of the sentence before what it is quoted for; the same sentence whatever that is.
    """

    text: str
    line: int
    stems: tuple[str, ...] = ()
    before: str = ""
    label: str = ""
    at: int = field(default=0, compare=False)


@dataclass
class _Block:
    """A paragraph, an item of a list or a row of a table."""

    text: str
    line: int
    mark: str = ""
    closed: bool = False
    width: int = 0
    label: str = ""


def passages_of(text: str) -> list[Passage]:
    """The sentences of a letter in their order."""
    blocks = list(_blocks(_lines(text)))
    found: list[Passage] = []
    stack: list[_Block] = []
    before = ""
    for block in blocks:
        stack = _above(stack, block)
        stems = tuple(above.text for above in stack)
        for sentence in _sentences(block.text):
            sentence = " ".join(sentence.split())
            found.append(Passage(sentence, block.line, stems, before, block.label))
            before = sentence
        stack.append(block)
    return found


def plain_text(text: str) -> str:
    """A text without what no letter means: characters that nobody sees, signs that only print otherwise."""
    text = _ENDS.sub("\n", unicodedata.normalize("NFKC", text))
    return _BLANKS.sub(" ", _JUNK.sub("", text))


def _lines(text: str) -> list[str]:
    return [part for line in plain_text(text).split("\n") for part in _parted(line)]


def _parted(line: str) -> Sequence[str]:
    """A line, or the items of a list that stands in it."""
    return [line] if len(line) < 20 else _INLINE.split(line)


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Paragraphs, joined over the ends of lines."""
    widest = sorted(map(len, filter(str.strip, lines)))[-1:] or [0]
    current: _Block | None = None
    at = 0
    while at < len(lines):
        row_blocks, after = _table(lines, at)
        if after > at:
            if current is not None:
                yield current
                current = None
            yield from row_blocks
            at = after
            continue
        line = lines[at]
        at += 1
        if not line.strip() or _PAGE.fullmatch(line):
            if current is not None:
                current.closed = True
            continue
        if current is not None and _goes_on(current, line, widest[0]):
            current.text, current.closed, current.width = _joined(current.text, line.strip()), False, len(line.rstrip())
            continue
        if current is not None:
            yield current
        marker = _MARKER.match(line)
        current = _Block(line[marker.end() :].strip() if marker else line.strip(), at, marker["mark"] if marker else "")
        current.width = len(line.rstrip())
    if current is not None:
        yield current


def _goes_on(block: _Block, line: str, widest: int) -> bool:
    """Whether a line belongs to the paragraph above it."""
    if _MARKER.match(line) or len(block.text) > _LONGEST:
        return False
    text = line.strip()
    small = text[0].islower() or (text[0].isdecimal() and not block.text.endswith(_ENDED))
    if block.closed:
        return small and not block.text.endswith(_ENDED)
    if _is_head(block.text) or _is_head(text):
        return _is_head(block.text) and _is_head(text)
    if block.text.endswith(_ENDED):
        return small and not block.text.endswith((";", ":"))
    return small or block.width >= _NARROW * min(widest, 110) or text[0] in '("“%'


def _is_head(text: str) -> bool:
    """Whether a line is a heading in capitals."""
    return len(text) < _HEAD_LETTERS and text.upper() == text and sum(map(str.isalpha, text)) > 3 and "%" not in text


def _joined(text: str, line: str) -> str:
    """Two lines as one; a word parted at the end of a line is whole again, "masing-masing" and "3-14" keep their hyphen."""
    if not text.endswith(("-", "‐")) or len(text) < 2 or text[-2].isspace():
        return f"{text} {line}"
    left = re.split(r"[\s-]", text[:-1])[-1]
    right = re.match(r"[^\W\d_]*", line)
    if left and left[-1].isalpha() and right and right[0] and right[0][0].islower():
        twice = len(right[0]) > 3 and right[0].casefold()[:4] in left.casefold()
        return f"{text}{line}" if twice else f"{text[:-1]}{line}"
    return f"{text}{line}"


def _above(stack: Sequence[_Block], block: _Block) -> list[_Block]:
    """What a paragraph stands below."""
    if not block.mark:
        return _below_heading(stack)
    kinds = [_kind(above.mark) for above in stack]
    kind = _kind(block.mark)
    if kind in kinds:
        return list(stack[: kinds.index(kind)])
    return list(stack) if stack and (stack[-1].text.endswith(":") or not stack[-1].text.endswith(_ENDED)) else list(stack[:-1])


def _below_heading(stack: Sequence[_Block]) -> list[_Block]:
    """What a paragraph without a mark stands below: "1. Zona Rendah" on a line of its own, with what that stands below."""
    found = list(stack)
    while found and not found[-1].mark:
        found.pop()
    return found if found and len(found[-1].text) <= _HEADING and not found[-1].text.endswith((".", ";", "!", "?", ",")) else []


def _kind(mark: str) -> str:
    """Marks of one list: "1." and "2.", "a)" and "b)"."""
    core = mark.strip("().")
    sort = "1" if core.isdecimal() else "a" if core.islower() else "A" if core.isalpha() else core
    return f"{sort}{mark[-1] if core else ''}" if core else ""


def _table(lines: Sequence[str], at: int) -> tuple[list[_Block], int]:
    """Rows of a table as sentences, where a line is its head, and the line after it; the same line for no table."""
    plain = _plain_table(lines, at)
    if plain[1] > at:
        return plain
    heads = _cells(lines[at])
    if not _RULED.search(lines[at]) and not _SIDES.search(lines[at]):
        return [], at
    if len(heads) < 2 or any(map(str.isdecimal, "".join(heads))) or max(map(len, heads)) > _HEAD_CELL:
        return [], at
    found: list[_Block] = []
    k = at + 1
    while k < len(lines):
        cells = _cells(lines[k])
        if not lines[k].strip() and k + 1 < len(lines) and not found:
            k += 1
            continue
        if len(cells) != len(heads) or max(map(len, cells)) > _ROW_CELL:
            break
        found.append(_Block(_row(heads, cells), k + 1, label=next((cell for cell in cells if not cell.strip(".)").isdecimal()), "")))
        k += 1
    return (found, k) if any(any(map(str.isdecimal, block.text)) for block in found) else ([], at)


def _plain_table(lines: Sequence[str], at: int) -> tuple[list[_Block], int]:
    """Rows of a table whose columns a PDF has lost: "Unit WFO WFH", then "Sekretariat 25% 75%"."""
    head = _PLAIN_HEAD.fullmatch(lines[at][:_PLAIN_WIDTH].strip())
    found: list[_Block] = []
    k = at + 1
    while head is not None and k < len(lines):
        row = _PLAIN_ROW.fullmatch(lines[k][:_PLAIN_WIDTH].strip())
        sides = head["sides"].split()
        if row is None and lines[k].strip():
            break
        if row is not None and len(shares := _SHARES.findall(row["shares"])) == len(sides):
            label = " ".join(_ROW_NUMBER.sub("", row["label"].strip(), count=1).split())
            found.append(_Block(_row([_ROW_HEAD.sub("", head["label"].strip()), *sides], [label, *shares]), k + 1, label=label))
        k += 1
    return (found, k) if found else ([], at)


def _row(heads: Sequence[str], cells: Sequence[str]) -> str:
    return ", ".join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))


def _cells(line: str) -> list[str]:
    text = line.strip().strip("|").strip()
    if not text or len(text) > 400:
        return []
    cells = _CELLS.split(text)
    return cells if len(cells) <= _MOST_CELLS else []


def _sentences(text: str) -> Iterator[str]:
    """Sentences of a paragraph; a full stop after a short form ends none."""
    start = 0
    for found in _SENTENCE.finditer(text):
        ended = _BEFORE_DOT.search(text, max(start, found.start() - 20), found.start())
        word = ended[1].casefold() if ended else ""
        if not found["gap"] and not _glued(text, found.end()):
            continue
        if text[found.start() - 1] == "." and (word in _SHORT_FORMS or (len(word) == 1 and word.isalpha())):
            continue
        yield text[start : found.end()].strip()
        start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def _glued(text: str, at: int) -> bool:
    """Whether a sentence begins without a space before it: "2021.Semua satuan kerja", "Covid-19.“Kemudian"."""
    if text[at : at + 1] in '"“‘«':
        return True
    before, after = text[at - 2 : at - 1], text[at + 1 : at + 2]
    return text[at - 1] == "." and (before.islower() or before.isdecimal()) and after.islower()
