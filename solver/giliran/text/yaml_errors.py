"""What is wrong with a YAML text, in words for its writer."""

from __future__ import annotations

import re
from typing import NamedTuple

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
_ESCAPE = Sentence(en="unknown escape after a backslash: {quote}", id="tanda setelah garis miring terbalik tidak dikenal: {quote}")
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
_OTHER = Sentence(en="not valid YAML: {quote}", id="bukan YAML yang sah: {quote}")


class _Fault(NamedTuple):
    """How libyaml or PyYAML name a fault, and how we say it."""

    context: str
    problem: str
    said: Sentence
    advice: Sentence | None = None


_FAULTS = (
    _Fault("quoted scalar", "unexpected end of stream", _OPEN_QUOTE),
    _Fault("double-quoted scalar", "unexpected end of stream", _OPEN_QUOTE),
    _Fault("scalar", "unknown escape", _ESCAPE, _SINGLE),
    _Fault("next token", "cannot start any token", _START, _IN_QUOTES),
    _Fault("", "mapping values are not allowed", _COLON, _COLON_ADVICE),
    _Fault("", "sequence entries are not allowed", _DASH, _DASH_ADVICE),
    _Fault("", "maximum nesting depth", TOO_DEEP),
    _Fault("flow", "", _BRACKET),
    _Fault("simple key", "could not find expected ':'", _NO_COLON),
    _Fault("parsing a block", "", _INDENT, _INDENT_ADVICE),
)


def control_problem(text: str, file: str) -> Problem | None:
    """The first character that YAML does not allow, if there is one."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return Problem(Where(file, line), _CONTROL(code=f"U+{ord(found[0]):04X}"), _RETYPE())


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """A fault that the YAML parser found, with its line and what stands there."""
    lines = text.rstrip().splitlines() or [""]
    line = min(error.problem_mark.line + 1 if error.problem_mark else 1, len(lines))
    first = min(error.context_mark.line + 1 if error.context_mark else line, len(lines))
    said, advice = _words(error)
    column = error.problem_mark.column if error.problem_mark else 0
    char = lines[line - 1][column : column + 1]
    if said is _START and char == "\t":
        said, advice = _TAB, _TAB_ADVICE
    values = {"first": first, "quote": _quote(lines[line - 1]), "char": char, "limit": MAX_DEPTH}
    return Problem(Where(file, line), said(**values), advice() if advice else None)


def _words(error: yaml.MarkedYAMLError) -> tuple[Sentence, Sentence | None]:
    for fault in _FAULTS:
        if fault.context in (error.context or "") and fault.problem in (error.problem or "").replace("block sequence", "sequence"):
            return fault.said, fault.advice
    return _OTHER, None


def _quote(line: str) -> str:
    line = line.strip()
    return f"'{line[:_MAX_QUOTE]}...'" if len(line) > _MAX_QUOTE else f"'{line}'"
