"""Columns of the sheets: their headings in either language, the words that may stand below, and rows that are examples."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from giliran.books.sheets import TABLES
from giliran.domain.words import Kind, closed, columns_called, shown_word, words
from giliran.instance.reading import NUMBERS, matched
from giliran.messages import LANGUAGES, Lang
from giliran.text import TextError, column_name, parse_document

CLOSED = frozenset({Kind.WEEKDAY, Kind.PLACE, Kind.ANSWER})
"""Kinds of words of which no others make sense."""

_PERSON, _NAME = "staff_id", "name"


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("columns.yaml").read_text(encoding="utf-8")
    return parse_document(text, "columns.yaml").data  # type: ignore[return-value]


def known_columns(section: str) -> list[str]:
    """The columns that the rows of a section have; rows about people may hold their names too, for readers."""
    known = [field.alias or name for name, field in TABLES[section].model_fields.items()]
    return [*known, _NAME] if _PERSON in known else known


def needed_columns(section: str) -> list[str]:
    """The columns that every row of a section has to fill."""
    return [field.alias or name for name, field in TABLES[section].model_fields.items() if field.is_required()]


def columns_of(section: str, given: Sequence[str]) -> list[str]:
    """The columns of a sheet in their order: known ones that are given or help to fill it in, then all others that are given."""
    wanted = {*given, *_data()["added"].get(section, ())} if given else {*_data()["empty"].get(section, known_columns(section))}
    known = [column for column in sorted(known_columns(section), key=_rank) if column in wanted]
    return [*known, *(column for column in given if column not in known)]


def _rank(column: str) -> int:
    """The place of a column among all."""
    return [*columns_called()].index(column)


def heading(column: str, lang: Lang, otherwise: str = "") -> str:
    """What a column is called in a sheet; one that nobody knows as it is called otherwise."""
    return str(columns_called().get(column, {}).get(lang, otherwise or column))


def width(column: str) -> int:
    """How wide a column is, in letters."""
    return int(_data()["columns"].get(column, {}).get("width", 16))


def kind_of(column: str) -> str:
    """What stands in a column: `date`, `count` or `text`."""
    return str(_data()["columns"].get(column, {}).get("kind", "text"))


def rows_in(column: str) -> str | None:
    """The section whose rows the cells of a column name; None for none."""
    found = _data()["columns"].get(column, {}).get("rows")
    return None if found is None else str(found)


def words_in(section: str, column: str) -> Kind | None:
    """The kind of words that stand in a column of a sheet; None for free text."""
    columns = _data()["columns"]
    found = columns.get(f"{section}.{column}", columns.get(column, {})).get("words")
    return None if found is None else Kind(found)


def offered(kind: Kind, lang: Lang) -> list[str]:
    """The words of a kind as people read them."""
    return [shown_word(kind, word, lang) for word in words(kind)]


def meant_word(section: str, column: str, text: str) -> str:
    """The word that a cell means where only known ones make sense; other texts as they are, to be told later."""
    kind = words_in(section, column)
    if kind is None or kind not in CLOSED or not text:
        return text
    try:
        return closed(kind, text)
    except TextError:
        return text


def example(section: str, column: str, lang: Lang, *, first: bool) -> str:
    """A cell of the row that shows how a sheet is filled in."""
    found = _data()["example"] if first else _data()["examples"][section].get(column, {})
    return str(found.get(lang, ""))


def is_example(text: str) -> bool:
    """Whether the first cell of a row makes it one that only shows how a sheet is filled in."""
    return text.strip().casefold() in {_data()["example"][lang] for lang in LANGUAGES}


def has_example(section: str) -> bool:
    """Whether there is a row that shows how a sheet is filled in."""
    return section in _data()["examples"]


def is_note(text: str) -> bool:
    """Whether the heading of a column says that it holds notes for people."""
    return text.strip().casefold().startswith(tuple(_data()["note"][lang].casefold() for lang in LANGUAGES))


def is_number(text: str) -> bool:
    """Whether a column only numbers the rows."""
    return column_name(text) in NUMBERS


def canonical_columns(section: str, names: Collection[str]) -> dict[str, str]:
    """The known column that each of some headings means; headings that nobody knows are left out."""
    by_name = {column_name(name): name for name in names}
    return {by_name[actual]: known for known, actual in matched([*by_name], known_columns(section)).items()}
