"""YAML into plain values and their lines, with what was typed left as typed.

Only `true`, `false`, `null`, `~`, nothing at all and integers without a leading zero get a type; `50:50`, `13:30`, `010`, `no`, `1e5`,
`2.5` and `2021-07-12` stay text, as does everything in quotes. Keys are always text. The events of libyaml are composed here, on a
stack of our own, because the composer of PyYAML recurses, keeps the last of two equal keys and forgets where values stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml

from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence
from giliran.text.marks import Branch, Marks, Step, Value, line_of, render_path
from giliran.text.yaml_errors import MAX_DEPTH, TOO_DEEP, control_problem, syntax_problem

MAX_NODES = 3_000_000
"""Most values of one file."""
MAX_ALIASED = 1_000_000
"""Most values that the aliases (`*name`) of one file may stand for, counted as if written out."""

DUPLICATE = Sentence(
    en="the key '{key}' stands twice, on line {first} and on line {second}",
    id="kunci '{key}' tertulis dua kali, pada baris {first} dan baris {second}",
)
KEEP_ONE = Sentence(en="Keep one of the two.", id="Sisakan salah satunya.")
_TOO_MANY = Sentence(en="more than {limit} values in one file", id="lebih dari {limit} nilai dalam satu berkas")
_CSV = Sentence(en="Long tables belong in CSV files beside it.", id="Tabel panjang hendaknya ditaruh dalam berkas CSV tersendiri.")
_BOMB = Sentence(
    en="the aliases up to here stand for more than {limit} values", id="alias sampai di sini mewakili lebih dari {limit} nilai"
)
_NO_ANCHOR = Sentence(
    en="the alias *{name} refers to no anchor &{name} that was complete above it",
    id="alias *{name} tidak merujuk ke jangkar &{name} yang sudah lengkap di atasnya",
)
_BAD_KEY = Sentence(en="a key must be a word, not a list or a mapping", id="kunci harus berupa kata, bukan daftar atau pemetaan")
_BAD_TAG = Sentence(en="the tag {tag} is not supported", id="tag {tag} tidak didukung")
_DROP_TAG = Sentence(en="Leave the tag out; quotes make anything a text.", id="Hapus tag itu; tanda kutip menjadikan apa pun sebagai teks.")
_BAD_MERGE = Sentence(en="<< takes a mapping or a list of mappings", id="<< harus diikuti pemetaan atau daftar pemetaan")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,29}", re.ASCII)
_CORE = "tag:yaml.org,2002:"
_TEXT_TAGS = frozenset(("!", _CORE + "str"))
_TREE_TAGS = frozenset(("!", _CORE + "map", _CORE + "seq"))


class Composed(NamedTuple):
    """One document of a stream: its value and the lines in it."""

    value: Value
    marks: Marks


class _Node(NamedTuple):
    """A complete value; `size` counts values and `height` levels, aliases written out."""

    value: Value
    marks: Marks
    size: int
    height: int


@dataclass(slots=True)
class _List:
    line: int
    anchor: str | None
    value: list[Value] = field(default_factory=list)
    marks: list[Marks] = field(default_factory=list)
    size: int = 1
    height: int = 1

    def step(self) -> Step:
        return len(self.value)


@dataclass(slots=True)
class _Mapping:
    line: int
    anchor: str | None
    value: dict[str, Value] = field(default_factory=dict)
    marks: dict[str, Marks] = field(default_factory=dict)
    size: int = 1
    height: int = 1
    key: str | None = None
    key_line: int = 0
    merging: bool = False
    merged: list[tuple[dict[str, Value], dict[str, Marks]]] = field(default_factory=list)

    def step(self) -> Step:
        return self.key or ""

    def merge(self) -> None:
        """Take over what `<<` brought, where no key of our own stands."""
        for value, marks in self.merged:
            self.value.update({key: item for key, item in value.items() if key not in self.value})
            self.marks.update({key: mark for key, mark in marks.items() if key not in self.marks})


_Frame: TypeAlias = _List | _Mapping


def compose(text: str, file: str) -> Iterator[Composed]:
    """Every document of a YAML text.

    Raises
    ------
    InputError
        With every duplicate key and the first fault after which reading cannot go on.
    """
    if problem := control_problem(text, file):
        raise InputError([problem])
    composer = _Composer(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            yield from composer.take(event)
    except yaml.MarkedYAMLError as error:
        raise InputError([*composer.problems, syntax_problem(error, text, file)]) from None
    if composer.problems:
        raise InputError(composer.problems)


class _Composer:
    """Builds values from events; a stack of open lists and mappings instead of recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, _Node] = {}
        self._document = _Node(None, 1, 0, 0)
        self._nodes = 0
        self._aliased = 0

    def take(self, event: Any) -> Iterator[Composed]:
        """Take the next event; give the document that it completes, if it does."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors = {}
        elif isinstance(event, yaml.DocumentEndEvent):
            yield Composed(self._document.value, self._document.marks)

    def _scalar(self, event: Any) -> None:
        line = event.start_mark.line + 1
        plain = event.implicit[0] and not event.style
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            raise self._stop(line, _BAD_TAG(tag=event.tag.replace(_CORE, "!!")), _DROP_TAG())
        key = self._key_wanted()
        node = _Node(event.value if key or not plain else _resolve(event.value), line, 1, 0)
        if event.anchor:
            self._anchors[event.anchor] = node
        if key:
            key.key, key.key_line, key.merging = event.value, line, plain and event.value == "<<"
        else:
            self._add(node)

    def _alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        node = self._anchors.get(event.anchor)
        if node is None:
            raise self._stop(line, _NO_ANCHOR(name=event.anchor))
        self._aliased += node.size
        if self._aliased > MAX_ALIASED:
            raise self._stop(line, _BOMB(limit=MAX_ALIASED))
        if len(self._stack) + node.height > MAX_DEPTH:
            raise self._stop(line, TOO_DEEP(limit=MAX_DEPTH))
        key = self._key_wanted()
        if key is None:
            self._add(node._replace(marks=_moved(node.marks, line)))
        elif isinstance(node.value, str):
            key.key, key.key_line, key.merging = node.value, line, False
        else:
            raise self._stop(line, _BAD_KEY())

    def _open(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.tag is not None and event.tag not in _TREE_TAGS:
            raise self._stop(line, _BAD_TAG(tag=event.tag.replace(_CORE, "!!")), _DROP_TAG())
        if self._key_wanted():
            raise self._stop(line, _BAD_KEY())
        if len(self._stack) >= MAX_DEPTH:
            raise self._stop(line, TOO_DEEP(limit=MAX_DEPTH))
        self._anchors.pop(event.anchor, None)  # an alias inside its own anchor would never end
        self._stack.append((_Mapping if isinstance(event, yaml.MappingStartEvent) else _List)(line, event.anchor))

    def _close(self) -> None:
        frame = self._stack.pop()
        if isinstance(frame, _Mapping):
            frame.merge()
        node = _Node(frame.value, Branch(frame.line, frame.marks), frame.size, frame.height)
        if frame.anchor:
            self._anchors[frame.anchor] = node
        self._add(node)

    def _add(self, node: _Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._stop(line_of(node.marks), _TOO_MANY(limit=MAX_NODES), _CSV())
        if not self._stack:
            self._document = node
            return
        frame = self._stack[-1]
        frame.size += node.size
        frame.height = max(frame.height, node.height + 1)
        if isinstance(frame, _List):
            frame.value.append(node.value)
            frame.marks.append(node.marks)
        else:
            self._enter(frame, node)
            frame.key = None

    def _enter(self, frame: _Mapping, node: _Node) -> None:
        key = frame.key or ""
        if frame.merging:
            found = list(_mappings(node.value, node.marks))
            if not found:
                raise self._stop(frame.key_line, _BAD_MERGE())
            frame.merged += found
        elif key in frame.value:
            said = DUPLICATE(key=key, first=line_of(frame.marks[key]), second=frame.key_line)
            self.problems.append(Problem(self._where(frame.key_line), said, KEEP_ONE()))
        else:
            frame.value[key] = node.value
            frame.marks[key] = _moved(node.marks, frame.key_line)

    def _key_wanted(self) -> _Mapping | None:
        frame = self._stack[-1] if self._stack else None
        return frame if isinstance(frame, _Mapping) and frame.key is None else None

    def _where(self, line: int) -> Where:
        return Where(self.file, line, render_path(tuple(frame.step() for frame in self._stack)))

    def _stop(self, line: int, said: Said, advice: Said | None = None) -> InputError:
        return InputError([*self.problems, Problem(Where(self.file, line), said, advice)])


def _resolve(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if text[0] in "-0123456789" and _INTEGER.fullmatch(text) else text


def _moved(marks: Marks, line: int) -> Marks:
    return line if isinstance(marks, int) else marks._replace(line=line)


def _mappings(value: Value, marks: Marks) -> Iterator[tuple[dict[str, Value], dict[str, Marks]]]:
    """The mappings that `<<` brings, with their lines; nothing if it brings something else."""
    if isinstance(marks, int):
        return
    if isinstance(value, dict) and isinstance(marks.children, dict):
        yield value, marks.children
    elif isinstance(value, list) and isinstance(marks.children, list):
        parts = [list(_mappings(*part)) for part in zip(value, marks.children, strict=True)]
        if all(parts):
            yield from (mapping for part in parts for mapping in part)
