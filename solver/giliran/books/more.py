"""The sheet of what has no sheet of its own: section, entry, YAML text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from giliran.books.answers import yaml_of
from giliran.instance.records import InstanceRecord
from giliran.messages import Sentence

COLUMNS = ("section", "entry", "yaml")
TITLES = {
    "section": Sentence(en="Section", id="Bagian"),
    "entry": Sentence(en="Entry", id="Butir"),
    "yaml": Sentence(en="YAML", id="YAML"),
}
"""Headings of the sheet of what has no sheet of its own."""
ID = "id"
"""What entries of lists are named by."""


class Entry(NamedTuple):
    """A row: the section, the key or id in it, and the rest as YAML."""

    section: str
    entry: str
    text: str


@cache
def list_sections() -> frozenset[str]:
    """Sections whose entries follow each other instead of having keys."""
    fields = InstanceRecord.model_fields.items()
    return frozenset(name for name, field in fields if isinstance(field.get_default(call_default_factory=True), tuple))


def entries(section: str, value: Any) -> Iterator[Entry]:
    """A section as rows, from which `value_of` makes the same again."""
    if isinstance(value, Mapping) and value and section not in list_sections() and all(map(_is_kept, map(str, value))):
        for key, item in value.items():
            yield Entry(section, str(key), yaml_of(item))
    elif isinstance(value, list | tuple) and value and section in list_sections():
        for item in value:
            yield _item(section, item)
    elif value not in (None, [], (), {}):
        yield Entry(section, "", yaml_of(value))


def _is_kept(text: str) -> bool:
    """Whether a cell keeps a text as it is, and not as an empty one."""
    return bool(text) and text == text.strip()


def _item(section: str, item: Any) -> Entry:
    """An entry of a list: by its id where that is a text that a cell keeps."""
    id_ = item.get(ID) if isinstance(item, Mapping) else None
    if not isinstance(id_, str) or not _is_kept(id_):
        return Entry(section, "", yaml_of(item))
    return Entry(section, id_, yaml_of({key: value for key, value in item.items() if key != ID}))
