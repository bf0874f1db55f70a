"""What is wrong with a YAML text, in words for its writer."""

from __future__ import annotations

import re

import yaml

from giliran.errors import Problem, Where
from giliran.messages import Sentence

MAX_DEPTH = 100
"""Deepest nesting of lists and mappings that is read."""

_MAX_QUOTE = 60
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TOO_DEEP = Sentence(en="nested deeper than {limit} levels", id="bersarang lebih dari {limit} tingkat")
_CONTROL = Sentence(en="the character {code} may not stand in YAML", id="karakter {code} tidak boleh ada dalam YAML")
_RETYPE = Sentence(en="Delete it, or type the line again.", id="Hapus karakter itu, atau ketik ulang barisnya.")
_TAB = Sentence(en="a tab stands where only spaces may indent", id="ada karakter tab; inden hanya boleh memakai spasi")
_TAB_ADVICE = Sentence(en="Replace the tab by spaces.", id="Ganti tab dengan spasi.")
_START = Sentence(en="a value cannot begin with {char}: {quote}", id="nilai tidak boleh diawali {char}: {quote}")
_IN_QUOTES = Sentence(en='Put the value in quotes: "..."', id='Apit nilainya dengan tanda kutip: "..."')
_OPEN_QUOTE = Sentence(
    en="the quotation mark opened on line {first} is never closed", id="tanda kutip yang dibuka pada baris {first} tidak ditutup"
)
ESCAPE = Sentence(en="unknown escape after a backslash: {quote}", id="tanda setelah garis miring terbalik tidak dikenal: {quote}")
_SINGLE = Sentence(en="Inside '...' a backslash is only a backslash.", id="Di dalam '...' garis miring terbalik tidak bermakna khusus.")
_COLON = Sentence(en="a second ': ' or a wrong indentation: {quote}", id="ada ': ' kedua atau inden yang salah: {quote}")
_COLON_ADVICE = Sentence(
    en="Put a text that holds ': ' in quotes, and begin every key on a line of its own.",
    id="Apit teks yang memuat ': ' dengan tanda kutip, dan mulai setiap kunci pada barisnya sendiri.",
)
_BRACKET = Sentence(
    en="the bracket opened on line {first} is not closed, or a comma is missing: {quote}",
    id="kurung yang dibuka pada baris {first} belum ditutup, atau ada koma yang kurang: {quote}",
)
_NO_COLON = Sentence(
    en="neither 'key: value' nor '- item': {quote}",
    id="bukan 'kunci: nilai' dan bukan '- butir': {quote}",
)
_DASH = Sentence(en="a list may not begin here: {quote}", id="daftar tidak boleh dimulai di sini: {quote}")
_DASH_ADVICE = Sentence(en="Begin each '- item' on a line of its own.", id="Mulai setiap '- butir' pada barisnya sendiri.")
_INDENT = Sentence(
    en="does not fit what began on line {first}, often because of its indentation: {quote}",
    id="tidak sesuai dengan bagian yang dimulai pada baris {first}, sering kali karena inden: {quote}",
)
_INDENT_ADVICE = Sentence(
    en="Keys of one mapping, and items of one list, stand in the same column.",
    id="Kunci dalam satu pemetaan, dan butir dalam satu daftar, harus sejajar pada kolom yang sama.",
)
_COMMA = Sentence(en="a value was expected inside the brackets: {quote}", id="di dalam kurung seharusnya ada nilai: {quote}")
_OTHER = Sentence(en="not valid YAML: {quote}", id="bukan YAML yang sah: {quote}")


_STRAY = Sentence(en="nothing is open that {char} could close: {quote}", id="tidak ada yang dapat ditutup oleh {char}: {quote}")

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"|\'[^\']*+\'', re.DOTALL)
_NOT_FIRST = "@`%"
"""Signs that no plain value may begin with."""
_NAMES_OF_THINGS = "&*!|>%"
"""Signs of anchors, aliases, tags, blocks and directives, whose faults are rare enough for one sentence."""


def control_problem(text: str, file: str) -> Problem | None:
    """The first character that YAML does not allow, if there is one."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return Problem(Where(file, line), _CONTROL(code=f"U+{ord(found[0]):04X}"), _RETYPE())


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """A fault that the YAML parser found, with its line and what stands there.

    What kind of fault it is is read from the text at the parser's two marks: where it gave up, and where what it read began. Its
    words are left alone, for they differ between libyaml, PyYAML and their versions.
    """
    lines = text.rstrip().splitlines() or [""]
    line = min(error.problem_mark.line + 1 if error.problem_mark else 1, len(lines))
    at = error.problem_mark.index if error.problem_mark else 0
    said, advice = _words(error, text, at)
    begun = error.context_mark.index if error.context_mark else at
    if said is _BRACKET and begun == at:
        begun = _innermost(text)
    values = {"first": text.count("\n", 0, begun) + 1, "quote": _quote(lines[line - 1]), "char": text[at : at + 1], "limit": MAX_DEPTH}
    return Problem(Where(file, line), said(**values), advice() if advice else None)


def _words(error: yaml.MarkedYAMLError, text: str, at: int) -> tuple[Sentence, Sentence | None]:
    """What to say of a fault at `at`, and what to do about it."""
    begun = error.context_mark.index if error.context_mark else at
    here, first = text[at : at + 1], text[begun : begun + 1]
    if _is_deep(text[:at]):
        return TOO_DEEP, None
    if here == "\t":
        return _TAB, _TAB_ADVICE
    scanning = isinstance(error, yaml.scanner.ScannerError)
    if scanning and begun < at and first in ("'", '"'):
        return (_OPEN_QUOTE, None) if first == "'" or not here or text.startswith(("---", "..."), at) else (ESCAPE, _SINGLE)
    if scanning and begun == at:
        return {":": (_COLON, _COLON_ADVICE), "-": (_DASH, _DASH_ADVICE)}.get(
            here, (_START, _IN_QUOTES) if here in _NOT_FIRST else (_OTHER, None)
        )
    if scanning:
        return (_OTHER, None) if first in _NAMES_OF_THINGS else (_NO_COLON, None)
    return _structure(here, first, begun, at, flow=_depth(text[:at]) > 0, context=error.context_mark is not None)


def _structure(here: str, first: str, begun: int, at: int, *, flow: bool, context: bool) -> tuple[Sentence, Sentence | None]:
    """The same of a fault between values."""
    if begun < at and first in ("[", "{"):
        return _BRACKET, None
    if begun == at and flow:
        return (_COMMA if here else _BRACKET), None
    if begun == at and here in ("]", "}"):
        return _STRAY, None
    return (_INDENT, _INDENT_ADVICE) if context else (_OTHER, None)


def _depth(text: str) -> int:
    """How many brackets are open at the end of a text, apart from those in quotes."""
    plain = _STRINGS.sub("", text)
    return sum(map(plain.count, "[{")) - sum(map(plain.count, "]}"))


def _innermost(text: str) -> int:
    """Where the last bracket begins that is still open at the end."""
    still = _STRINGS.sub(_blank, text)
    while (closed := re.sub(r"[\[{][^\[\]{}]*+[\]}]", _blank, still)) != still:
        still = closed
    return max(still.rfind("["), still.rfind("{"), 0)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_deep(text: str) -> bool:
    return _depth(text) > MAX_DEPTH


def _quote(line: str) -> str:
    line = line.strip()
    return f"'{line[:_MAX_QUOTE]}...'" if len(line) > _MAX_QUOTE else f"'{line}'"
