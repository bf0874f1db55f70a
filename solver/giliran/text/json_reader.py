"""JSON into plain values, strictly; where they stand is found only when somebody asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.text.files import refuse
from giliran.text.json_errors import STRING, syntax_problem
from giliran.text.marks import Branch, Marks, Step, Value, line_of, render_path
from giliran.text.yaml_errors import MAX_DEPTH, TOO_DEEP
from giliran.text.yaml_reader import DUPLICATE, KEEP_ONE

_BRACKETS = re.compile(STRING + r"|[\[\]{}]", re.DOTALL)
_TOKENS = re.compile(STRING + r'|[\[\]{}\n]|[^\[\]{},:"\s]+', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MAX_DIGITS = 30
"""Longest integer; a longer row of digits stays text, as in YAML."""

_NOT_A_NUMBER = Sentence(en="{word} is not a number that can be used", id="{word} bukan bilangan yang dapat dipakai")
_HALF = Sentence(
    en="half of a character, \\ud800 to \\udfff without its other half", id="separuh karakter, \\ud800 sampai \\udfff tanpa pasangannya"
)


def load(text: str, file: str) -> Value:
    """The value of a JSON text; a number with a fraction or an exponent stays the text that was typed.

    Raises
    ------
    InputError
        For bad syntax, NaN and infinities, nesting deeper than `MAX_DEPTH`, and duplicate keys (all of them).
    """
    _check_depth(text, file)
    duplicates = False

    def entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal duplicates
        found = dict(pairs)
        duplicates |= len(found) < len(pairs)
        return found

    def constant(word: str) -> NoReturn:
        raise refuse(file, _NOT_A_NUMBER(word=word), line=_line_of_word(text, word))

    try:
        value: Value = json.loads(text, object_pairs_hook=entries, parse_constant=constant, parse_int=_integer, parse_float=str)
    except json.JSONDecodeError as error:
        raise InputError([syntax_problem(text, file, error.pos)]) from None
    if (half := _SURROGATE.search(text)) and not _is_text(value):
        raise refuse(file, _HALF(), line=text.count("\n", 0, half.start()) + 1)
    if duplicates:
        raise InputError(_Scan(text, file).run().problems)
    return value


def marks(text: str) -> Marks:
    """The lines of everything in a JSON text that `load` has accepted."""
    return _Scan(text, "").run().root


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MAX_DIGITS else digits


def _is_text(value: Value) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _check_depth(text: str, file: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(text):
        first = token[0][0]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise refuse(file, TOO_DEEP(limit=MAX_DEPTH), line=text.count("\n", 0, token.start()) + 1)
        elif first in "]}":
            depth -= 1


def _line_of_word(text: str, word: str) -> int:
    line = 1
    for token in _TOKENS.finditer(text):
        line += token[0] == "\n"
        if token[0] == word:
            break
    return line


class _Scan:
    """One walk over the tokens of a valid JSON text."""

    def __init__(self, text: str, file: str) -> None:
        self.root: Marks = 1
        self.problems: list[Problem] = []
        self._text = text
        self._file = file
        self._stack: list[Branch] = []
        self._keys: list[str | None] = []
        self._key_line = 1

    def run(self) -> _Scan:
        line = 1
        for token in self._tokens():
            if token == "\n":
                line += 1
            elif token in "[{":
                self._open(line, {} if token == "{" else [])
            elif token in "]}":
                self._stack.pop()
                self._keys.pop()
                self._done()
            else:
                self._scalar(token, line)
        return self

    def _tokens(self) -> Iterator[str]:
        return (token[0] for token in _TOKENS.finditer(self._text))

    def _open(self, line: int, children: dict[str, Marks] | list[Marks]) -> None:
        branch = Branch(self._key_line if self._keys and self._keys[-1] is not None else line, children)
        self._add(branch)
        self._stack.append(branch)
        self._keys.append(None)

    def _scalar(self, token: str, line: int) -> None:
        if self._stack and isinstance(self._stack[-1].children, dict) and self._keys[-1] is None:
            self._keys[-1], self._key_line = json.loads(token), line
            return
        self._add(self._key_line if self._keys and self._keys[-1] is not None else line)
        self._done()

    def _add(self, mark: Marks) -> None:
        if not self._stack:
            self.root = mark
            return
        children, key = self._stack[-1].children, self._keys[-1]
        if isinstance(children, list):
            children.append(mark)
        elif key is not None and key in children:
            said = DUPLICATE(key=key, first=line_of(children[key]), second=self._key_line)
            self.problems.append(Problem(Where(self._file, self._key_line, render_path(self._path())), said, KEEP_ONE()))
        elif key is not None:
            children[key] = mark

    def _done(self) -> None:
        if self._keys:
            self._keys[-1] = None

    def _path(self) -> tuple[Step, ...]:
        return tuple(key if key is not None else len(branch.children) - 1 for branch, key in zip(self._stack, self._keys, strict=True))
