"""A YAML or JSON text with single values changed, and everything else as it was typed: comments, order, spaces."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.text.marks import Step, render_path

_ELSEWHERE = Sentence(
    en="what is to change here stands elsewhere in the file, by an anchor, and would change there too",
    id="yang perlu diubah di sini ditulis di tempat lain dalam berkas ini, lewat jangkar, dan di sana akan ikut berubah",
)
_BY_HAND = Sentence(en="Write it out here first, without the anchor.", id="Tuliskan dahulu di sini tanpa jangkar.")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_%./-]*", re.ASCII)
"""Texts that are the same in YAML with and without quotes; what would be a number or a word of YAML is not among the values that change."""


def revised(text: str, path: Sequence[Step], value: Any, *, file: str = "", quoted: bool = False) -> str:
    """The text with a value at a path: keys of mappings and indices of lists, of which the last key may be missing yet.

    Parameters
    ----------
    value
        Text, a whole number, a truth value, or lists and mappings of these; it stands on one line.
    file
        Name of the file, for messages.
    quoted
        Whether texts are put in quotes, as JSON wants them.

    Raises
    ------
    InputError
        If what is to change stands elsewhere in the file, by an anchor.
    """
    edit = _Edit(text, file, quoted)
    place = edit.root()
    for k, step in enumerate(path):
        inner = edit.step(place, step, path)
        if inner is None:
            return edit.insert(place, str(step), _nested(path[k + 1 :], value))
        if isinstance(inner.node, yaml.ScalarNode):
            return edit.replace(inner, _nested(path[k + 1 :], value))
        place = inner
    return edit.replace(place, value)


def without_item(text: str, path: Sequence[Step], *, file: str = "") -> str:
    """The text without an item of a list, whole lines of it where it stands on its own.

    Raises
    ------
    InputError
        As `revised`.
    """
    edit = _Edit(text, file, quoted=False)
    above, place = None, edit.root()
    for step in path:
        inner = edit.step(place, step, path)
        assert inner is not None
        above, place = place, inner
    assert above is not None
    return edit.replace(above, []) if len(above.node.value) == 1 else edit.remove(above.node, int(path[-1]))


def _nested(path: Sequence[Step], value: Any) -> Any:
    """A value under keys that are all missing yet."""
    for step in reversed(path):
        value = {str(step): value}
    return value


class _Place(NamedTuple):
    """A value, and where what it stands for begins: its key, or itself."""

    node: Any
    key: Any


class _Edit:
    """One change of one text."""

    def __init__(self, text: str, file: str, quoted: bool) -> None:
        self._text, self._file, self._quoted = text, file, quoted
        self._lines = [0]
        for line in re.finditer(r"\r\n|\r|\n|\x85|\u2028|\u2029", text):
            self._lines.append(line.end())

    def root(self) -> _Place:
        """The whole document."""
        node = yaml.compose(self._text, Loader=_LOADER)
        return _Place(node, node)

    def step(self, place: _Place, step: Step, path: Sequence[Step]) -> _Place | None:
        """The value of a key, or at an index; None where there is none."""
        node, found = place.node, None
        if isinstance(node, yaml.SequenceNode):
            before = node.value[int(step) - 1] if step else node
            found = _Place(node.value[int(step)], before)
        elif isinstance(node, yaml.MappingNode):
            found = next((_Place(value, key) for key, value in node.value if key.value == str(step)), None)
        if found is not None and self._at(found.node.start_mark) < self._at(found.key.start_mark):
            where = Where(self._file, found.node.start_mark.line + 1, render_path(tuple(path)))
            raise InputError([Problem(where, _ELSEWHERE(), _BY_HAND())])
        return found

    def replace(self, place: _Place, value: Any) -> str:
        """Another value in the place of one; on the line of its key where that stood below it."""
        node, key = place
        start, end = self._at(node.start_mark), self._end(node)
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and key is not node:
            start = self._text.index(":", self._at(key.end_mark)) + 1
        space = " " if self._text[:start].endswith(":") else ""
        return f"{self._text[:start]}{space}{self._written(value)}{self._text[end:]}"

    def _end(self, node: Any) -> int:
        """Where a value ends, without the comments that follow it."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        start = self._at(node.start_mark)
        return start + len(self._text[start : self._at(node.end_mark)].rstrip())

    def insert(self, place: _Place, key: str, value: Any) -> str:
        """A key that is not there yet."""
        node, written = place.node, f"{self._written(key)}: {self._written(value)}"
        if node.flow_style:
            end = self._at(node.end_mark) - 1
            comma = ", " if node.value else ""
            head = self._text[:end].rstrip() if node.value else self._text[:end]
            return f"{head}{comma}{written}{self._text[len(head) :]}"
        start = self._at(node.start_mark)
        return f"{self._text[:start]}{written}\n{' ' * node.start_mark.column}{self._text[start:]}"

    def remove(self, node: Any, item: int) -> str:
        """One item of a list that has others."""
        mine = node.value[item]
        if node.flow_style:
            start = self._end(node.value[item - 1]) if item else self._at(mine.start_mark)
            end = self._end(mine) if item else self._at(node.value[1].start_mark)
            return self._text[:start] + self._text[end:]
        start = self._text.rfind("\n", 0, self._text.rindex("-", 0, self._at(mine.start_mark))) + 1
        end = self._text.find("\n", self._end(mine)) + 1 or len(self._text)
        return self._text[:start] + self._text[end:]

    def _at(self, mark: Any) -> int:
        return int(self._lines[min(mark.line, len(self._lines) - 1)] + mark.column)

    def _written(self, value: Any) -> str:
        if isinstance(value, bool | int):
            return json.dumps(value)
        if isinstance(value, str):
            return value if _PLAIN.fullmatch(value) and not self._quoted else json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self._written(key)}: {self._written(item)}" for key, item in value.items()) + "}"
        return "[" + ", ".join(map(self._written, value)) + "]"
