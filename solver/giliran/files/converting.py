"""An instance file as another kind of file: workbooks, YAML and JSON, without loss."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from giliran.books import Book, book_of, write_book
from giliran.errors import InputError, InternalError, Problem, Problems, Where
from giliran.files.loading import load_instance, read_sections
from giliran.generating.documents import instance_text
from giliran.instance import SCHEMA, Instance, InstanceRecord
from giliran.instance.building import build_instance
from giliran.instance.facts import ROWS_OF, TABLES
from giliran.instance.named_files import NamedFiles
from giliran.instance.sections import translated
from giliran.instance.sources import over_sources
from giliran.messages import Lang, Sentence
from giliran.records.results import JsonFile
from giliran.text import Document, Table, parse_document
from giliran.text.documents import MAX_YAML_BYTES
from giliran.text.replacing import write_text_atomic
from giliran.text.trying import CHOOSE_OTHER, misplaced, refuse_all

CONVERTED_SCHEMA: Literal["giliran-converted/1"] = "giliran-converted/1"

_ENDING = Sentence(en="an instance is written to a file that ends in {known}", id="berkas masukan ditulis ke berkas berakhiran {known}")
_THERE = Sentence(
    en="this file is there already; an instance is converted to a new file",
    id="berkas ini sudah ada; berkas masukan ditulis ke berkas baru",
)
_LARGE = Sentence(
    en="{count} MB of YAML; files of this kind are read up to {limit} MB", id="{count} MB YAML; berkas jenis ini dibaca sampai {limit} MB"
)
_AS_JSON = Sentence(en="Write .json instead, or a workbook.", id="Tulis sebagai .json, atau berkas Excel.")
_FILE, _CIRCULARS, _KEY = "file", "circulars", "schema"


class ConvertedFile(JsonFile):
    """What `giliran convert` did.

    Parameters
    ----------
    source, written
        The file that was read, and the one that was written.
    people, days, rules
        How many the instance has, goals among the rules.
    """

    schema_: Literal["giliran-converted/1"] = Field(default=CONVERTED_SCHEMA, alias="schema")
    source: str
    written: str
    people: int
    days: int
    rules: int


@dataclass(frozen=True)
class _Form:
    """A kind of file: how sections become one, and how they are read again."""

    write: Callable[[Mapping[str, Any], Lang], str | bytes]
    read: Callable[[str | bytes, str], Document]


def convert(path: str | os.PathLike[str], target: str | os.PathLike[str], lang: Lang) -> ConvertedFile:
    """Write an instance as another kind of file; tables that it names are taken into it as rows.

    What was written is read again and gives the same facts, rules and goals before the file is put in its place.

    Parameters
    ----------
    path
        A workbook, YAML or JSON file, or the folder of one.
    target
        A new file that ends in .xlsx, .yaml, .yml or .json.
    lang
        Language of the sheets of a workbook.

    Raises
    ------
    InputError
        If the instance cannot be read, the target is there already or one of its files, or a workbook cannot hold it.
    """
    out = Path(target)
    form = _form_of(out)
    instance = load_instance(path)
    refuse_all([*over_sources(instance, [out])] or _unfit(out))
    assert instance.source is not None
    sections = moved(whole_sections(instance.source), instance.source.parent, out.parent)
    content = form.write(sections, lang)
    _check(instance, form.read(content, str(out)), out)
    write_text_atomic(out, content)
    return ConvertedFile(
        source=str(instance.source),
        written=str(out),
        people=len(instance.facts.staff),
        days=len(instance.facts.dates),
        rules=sum(map(len, (instance.written.rules, instance.written.goals))) if instance.written else 0,
    )


def whole_sections(source: Path) -> dict[str, Any]:
    """The sections of an instance file by the keys that everything else knows, with all rows of its tables; raises `InputError`."""
    files = NamedFiles(source.parent, confined=False)
    document = read_sections(source, files)
    problems = Problems()
    data, locate = translated(document.data, document.where, problems)  # type: ignore[arg-type]  # loading has seen that it is one
    refuse_all(problems.all)
    found = {key: value for key, value in data.items() if value is not None and key != _KEY}
    for section in TABLES:
        named = _named(found.get(section))
        if named is not None:
            where = locate((section, _FILE))
            declared = found.get("units") is not None
            found[section] = _rows(files.staff(named, where, declared=declared) if section == "staff" else files.table(named, where))
    for section, rows in ROWS_OF.items():
        named = found.get(section, {}).get(_FILE)
        if named is not None:
            rest = {key: value for key, value in found[section].items() if key != _FILE}
            found[section] = {rows: _rows(files.table(named, locate((section, _FILE)))), **rest}
    order = [field.alias or name for name, field in InstanceRecord.model_fields.items()]
    return {_KEY: SCHEMA, **{key: found[key] for key in order if key in found}}


def moved(sections: dict[str, Any], before: Path, after: Path) -> dict[str, Any]:
    """Sections that stand in another folder: circulars in files are named as seen from there."""
    if os.path.realpath(before) == os.path.realpath(after):
        return sections
    return {**sections, _CIRCULARS: [_seen(item, before, after) for item in sections[_CIRCULARS]]} if _CIRCULARS in sections else sections


def _seen(circular: Any, before: Path, after: Path) -> Any:
    if not isinstance(circular, Mapping) or not isinstance(circular.get(_FILE), str):
        return circular
    whole = os.path.realpath(before / circular[_FILE])
    try:
        return {**circular, _FILE: Path(os.path.relpath(whole, os.path.realpath(after))).as_posix()}
    except ValueError:  # on another drive
        return {**circular, _FILE: whole}


def _named(value: Any) -> str | None:
    """The file that a table names."""
    return str(value[_FILE]) if isinstance(value, Mapping) and _FILE in value else None


def _rows(table: Table) -> list[dict[str, str]]:
    """The rows of a table without empty cells, but for columns that say nothing at all."""
    return [{column: text for column, text in row.items() if text} for row in table.rows()]


def _unfit(target: Path) -> Iterator[Problem]:
    if os.path.lexists(target):
        yield Problem(Where(str(target)), _THERE(), CHOOSE_OTHER())
    else:
        yield from misplaced(target)


def _form_of(target: Path) -> _Form:
    form = _FORMS.get(target.suffix.lower())
    if form is None:
        raise InputError([Problem(Where(str(target)), _ENDING(known=", ".join(_FORMS)))])
    return form


def _check(instance: Instance, document: Document, target: Path) -> None:
    """See that what will be written is the same instance.

    Raises
    ------
    InternalError
        If it is not.
    """
    data = document.sections() if isinstance(document, Book) else document.data
    again = build_instance(data, NamedFiles(target.parent, confined=False), where=document.where, source=target)  # type: ignore[arg-type]
    if (again.facts, again.rules, again.goals, again.tiers, again.document) != (
        *(instance.facts, instance.rules, instance.goals, instance.tiers, instance.document),
    ):
        raise InternalError("the converted file is not the same instance")


def _yaml(sections: Mapping[str, Any], lang: Lang) -> str:
    text = instance_text(sections)
    if len(text.encode()) > MAX_YAML_BYTES:
        refuse_all([Problem(Where(), _LARGE(count=len(text.encode()) // 1_000_000, limit=MAX_YAML_BYTES // 1_000_000), _AS_JSON())])
    return text


def _json(sections: Mapping[str, Any], lang: Lang) -> str:
    return json.dumps(sections, ensure_ascii=False, indent=1) + "\n"


def _read(content: str | bytes, name: str) -> Document:
    return book_of(content, name) if isinstance(content, bytes) else parse_document(content, name)


_FORMS: dict[str, _Form] = {
    ".xlsx": _Form(write_book, _read),
    ".yaml": _Form(_yaml, _read),
    ".yml": _Form(_yaml, _read),
    ".json": _Form(_json, _read),
}
"""Kinds of files by their endings."""
