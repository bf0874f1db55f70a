"""What is wrong with a JSON text, in words for its writer: found by reading it again, since the words of a library change."""

from __future__ import annotations

import re
from typing import NamedTuple

from giliran.errors import Problem, Where
from giliran.messages import Sentence
from giliran.text.yaml_errors import ESCAPE

STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
"""A string, or what is there of one that is never closed."""

_MAX_QUOTE = 60
_TOKEN = re.compile(STRING + r'|[\[\]{},:]|[^\[\]{},:"\s]+', re.DOTALL)
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null", re.ASCII)
_WHOLE = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_CONTROL = re.compile("[\x00-\x1f]")
_GOOD = re.compile(r'(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_CLOSING = {"[": "]", "{": "}"}

VALUE = Sentence(en="a value was expected: {quote}", id="di sini seharusnya ada nilai: {quote}")
COMMA = Sentence(en="a comma or a closing bracket is missing: {quote}", id="kurang koma atau kurung tutup: {quote}")
COLON = Sentence(en="a colon is missing after the key: {quote}", id="kurang titik dua setelah kunci: {quote}")
KEY = Sentence(en="a key in double quotes was expected: {quote}", id="di sini seharusnya ada kunci bertanda kutip ganda: {quote}")
TRAILING = Sentence(en="a comma too many before the bracket: {quote}", id="koma berlebih sebelum kurung tutup: {quote}")
EXTRA = Sentence(en="more follows after the end of the document: {quote}", id="masih ada isi setelah akhir dokumen: {quote}")
OPEN = Sentence(en="the quotation mark is never closed: {quote}", id="tanda kutip tidak ditutup: {quote}")
RUNS_OVER = Sentence(en="a text runs over its line, or holds a tab: {quote}", id="teks melewati akhir baris, atau memuat tab: {quote}")
OTHER = Sentence(en="not valid JSON: {quote}", id="bukan JSON yang sah: {quote}")


class _Fault(NamedTuple):
    said: Sentence
    at: int


def syntax_problem(text: str, file: str, at: int) -> Problem:
    """The first fault of a JSON text that could not be read, with its line and what stands there.

    Parameters
    ----------
    at
        Where the parser gave up; told only if nothing is found here.
    """
    said, at = _Reader().fault(text) or _Fault(OTHER, at)
    begin = text.rfind("\n", 0, at) + 1
    rest = text[max(begin, at - _MAX_QUOTE // 2) : at + _MAX_QUOTE // 2].split("\n")[0].strip()
    return Problem(Where(file, text.count("\n", 0, at) + 1), said(quote=f"'{rest}'"))


class _Reader:
    """Follows the tokens of a text as far as they make sense; what may come next is a sentence about its absence."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._next: Sentence = VALUE
        self._may_close = False

    def fault(self, text: str) -> _Fault | None:
        for token in _TOKEN.finditer(text):
            found = _in_string(token) if token[0][0] == '"' else None
            if found is None and (said := self._take(token[0])) is not None:
                found = _Fault(said, token.start())
            if found is not None:
                return found
        return None if self._next is EXTRA else _Fault(self._next, len(text.rstrip()))

    def _take(self, token: str) -> Sentence | None:
        """Take one token; what is wrong with it, if anything is."""
        may_close, self._may_close = self._may_close, False
        if token in "]}":
            return self._close(token, may_close=may_close)
        if self._next is COLON and token == ":":
            self._next = VALUE
        elif self._next is COMMA and token == ",":
            self._next = KEY if self._open[-1] == "{" else VALUE
        elif self._next is KEY and token[0] == '"':
            self._next = COLON
        elif self._next is VALUE and (token in "[{" or token[0] == '"' or _WORD.fullmatch(token)):
            self._value(token)
        else:
            return self._next
        return None

    def _value(self, token: str) -> None:
        if token in "[{":
            self._open.append(token)
            self._next, self._may_close = (KEY if token == "{" else VALUE), True
        else:
            self._done()

    def _close(self, token: str, *, may_close: bool) -> Sentence | None:
        fits = bool(self._open) and _CLOSING[self._open[-1]] == token
        if fits and (self._next is COMMA or may_close):
            self._open.pop()
            self._done()
            return None
        after_comma = fits and not may_close and self._next is (KEY if token == "}" else VALUE)
        return TRAILING if after_comma else self._next

    def _done(self) -> None:
        self._next = COMMA if self._open else EXTRA


def _in_string(token: re.Match[str]) -> _Fault | None:
    if (control := _CONTROL.search(token[0])) is not None:
        return _Fault(RUNS_OVER, token.start() + control.start())
    if _WHOLE.fullmatch(token[0]) is None:
        return _Fault(OPEN, token.start())
    good = _GOOD.match(token[0])
    return None if good is None or good.end() == len(token[0]) else _Fault(ESCAPE, token.start() + good.end())
