"""The page of columns says what the readers know: sections, columns, other spellings and words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import giliran.guide
from giliran.domain.words import Kind, columns_called, spellings, words
from giliran.files.schema import instance_schema
from giliran.messages import LANGUAGES

FOLDER = Path(giliran.guide.__file__).parent
_NAME = re.compile(r"`([^`]+)`")

Row = tuple[str, ...]


@cache
def tables(lang: str) -> dict[str, list[Row]]:
    """Cells of every marked table of the page, its head left out, by its mark."""
    [path] = (FOLDER / lang).glob("*-columns.md")
    found = re.findall(r"^<!-- (.*?) -->\n((?:\|.*\n)+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {mark: [tuple(cell.strip() for cell in line.strip("|\n").split("|")) for line in text.splitlines()[2:]] for mark, text in found}


@cache
def columns() -> dict[str, dict[str, str]]:
    """Columns of every table of an instance with their meanings, as the schema has them, by section."""
    schema = instance_schema()
    found = {}
    for section, shape in schema["properties"].items():
        if section == "published":
            shape = schema["$defs"]["PublishedRecord"]["properties"]["rows"]
        row = next((ref for ref in references(shape) if ref.endswith("Row")), None)
        if row is not None:
            found[section] = {name: cell["description"] for name, cell in schema["$defs"][row]["properties"].items()}
    return found


def references(shape: dict[str, Any]) -> list[str]:
    """Names of definitions that the items of an array refer to."""
    return [each["items"]["$ref"].rpartition("/")[2] for each in shape.get("anyOf", ()) if "$ref" in each.get("items", {})]


def own_name(cell: str) -> str:
    """The word in a cell of code."""
    [name] = _NAME.findall(cell)
    return str(name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_is_told(lang: str) -> None:
    """The sections are those of an instance file, in its order."""
    assert [own_name(row[0]) for row in tables(lang)["sections"]] == list(instance_schema()["properties"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", columns())
def test_every_column_is_told(section: str, lang: str) -> None:
    """Each table has the columns that its reader knows, in its order, with their other spellings and a meaning."""
    rows = tables(lang)[f"table: {section}"]
    assert [own_name(row[0]) for row in rows] == list(columns()[section])
    assert [row[1] for row in rows] == [", ".join(spellings(Kind.COLUMN, name)[1:]) for name in columns()[section]]
    assert all(meaning for *_, meaning in rows)


@pytest.mark.parametrize("section", columns())
def test_english_meanings_are_those_of_the_schema(section: str) -> None:
    """The JSON Schema and the page say the same of a column."""
    assert {own_name(row[0]): row[2] for row in tables("en")[f"table: {section}"]} == columns()[section]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_those_that_are_known(lang: str) -> None:
    """Ranks, statuses and the like are listed as the packaged word lists have them."""
    kinds = (Kind.RANK, Kind.STATUS, Kind.FUNCTION, Kind.REASON, Kind.PLACE, Kind.LEVEL)
    assert [tuple(_NAME.findall(row[1])) for row in tables(lang)["words"]] == [words(kind) for kind in kinds]


def test_every_column_has_a_heading() -> None:
    """Workbooks call every column of every table something, in either language."""
    assert {column for each in columns().values() for column in each} <= {*columns_called()}
