"""Keys of instance files: in English as everything else knows them, or in Indonesian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, cast

from giliran.domain.words import simple
from giliran.errors import Problems
from giliran.messages import Said, Sentence, bilingual
from giliran.text import parse_document
from giliran.text.model_errors import Locate
from giliran.text.model_paths import Path

_ANY = "*"
_BOTH = Sentence(en="the keys {one} and {other} mean the same", id="kunci {one} dan {other} sama artinya")
_KEEP_ONE = Sentence(en="Keep one of the two.", id="Sisakan salah satunya.")


@cache
def section_words() -> Mapping[str, Mapping[str, list[str]]]:
    """The words for keys, by the place where these stand."""
    text = resources.files(__package__).joinpath("sections.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, list[str]]]", parse_document(text, "sections.yaml").data)


def written_path(data: Any, path: Path) -> Path:
    """A path by known keys as the keys of a file have it; keys that are not there yet are as they are known."""
    found: list[str | int] = []
    for length, step in enumerate(path):
        if isinstance(step, str) and isinstance(data, Mapping) and step not in data:
            meanings = _meanings(_place(path[:length]))
            step = next((word for word in data if meanings.get(simple(word)) == step), step)
        found.append(step)
        inside = (isinstance(data, Mapping) and step in data) or (isinstance(data, list) and isinstance(step, int) and step < len(data))
        data = data[step] if inside else None
    return tuple(found)


@cache
def _meanings(place: str) -> Mapping[str, str]:
    """The key that each word means at a place; keys mean themselves."""
    found = section_words().get(place, {})
    return {word: key for key, words in found.items() for word in (key, *words)}


def section_meant(text: str) -> str | None:
    """The section that a word names in either language; None for none."""
    return _meanings("").get(simple(text))


def keys_called(at: Path) -> Mapping[str, Said]:
    """The keys at a path as either language calls them, for messages."""
    return {key: bilingual(en=key, id=words[0] if words else key) for key, words in section_words().get(_place(at), {}).items()}


def translated(data: Mapping[str, Any], locate: Locate, problems: Problems) -> tuple[Mapping[str, Any], Locate]:
    """Sections with the keys that everything else knows, and the places of values by these keys.

    Two keys that mean the same are told; the first one counts.
    """
    written: dict[Path, Path] = {}
    found = _translated(data, (), (), written, (locate, problems))
    return (found, lambda path: locate(_as_written(path, written))) if written else (data, locate)


_OF_TABLES: Mapping[str, Sequence[str]] = {"file": ()}
"""The only key of a section that is a table in a file; in place of that it has rows, whose columns their readers know by any name."""


def _translated(value: Any, at: Path, was: Path, written: dict[Path, Path], tell: tuple[Locate, Problems]) -> Any:
    """A value with known keys; `written` gets the path of every key that was another word."""
    if isinstance(value, list | tuple) and section_words().get(_place(at), _OF_TABLES).keys() != _OF_TABLES.keys():
        return [_translated(item, (*at, k), (*was, k), written, tell) for k, item in enumerate(value)]
    if not isinstance(value, Mapping) or not _is_known(at):
        return value
    meanings = _meanings(_place(at))
    found: dict[Any, Any] = {}
    first: dict[Any, Any] = {}
    for word, item in value.items():
        key = meanings.get(simple(word), word) if isinstance(word, str) and word not in meanings.values() else word
        if key in found:
            locate, problems = tell
            problems.add(locate((*was, word)), _BOTH(one=first[key], other=word), _KEEP_ONE())
            continue
        first[key] = word
        if key != word or was != at:
            written[(*at, key)] = (*was, word)
        found[key] = _translated(item, (*at, key), (*was, word), written, tell)
    return found


def _as_written(path: Path, written: Mapping[Path, Path]) -> Path:
    """A path by the keys that stand in the file."""
    for length in range(len(path), 0, -1):
        if path[:length] in written:
            return (*written[path[:length]], *path[length:])
    return path


def _place(at: Path) -> str:
    """The place of keys in the list of words: positions in lists are no part of it, names of a planner are `*`."""
    found = ""
    for step in at:
        if isinstance(step, int):
            continue
        inner = f"{found}.{step}" if found else step
        found = f"{found}.{_ANY}" if inner not in section_words() and f"{found}.{_ANY}" in section_words() else inner
    return found


def _is_known(at: Path) -> bool:
    """Whether keys stand at a place, or names below which there are some."""
    place = _place(at)
    return place in section_words() or any(name.startswith(f"{place}.{_ANY}") for name in section_words())
