"""Repaired instances: the file as it was typed, with what a repair changes, and new tables beside it where rows go."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from giliran.arguments import check_file
from giliran.errors import InputError, InternalError, Problem, Problems, Where
from giliran.explaining import Repair, plannable
from giliran.explaining.changing import Change, Choice, Removal, Return, RuleEdit, Unpin
from giliran.files.formats import WORKBOOK
from giliran.files.loading import load_instance
from giliran.files.repaired_book import RepairedBook
from giliran.files.repaired_rows import without_leave, without_pins
from giliran.instance import Instance
from giliran.instance.building import build_instance
from giliran.instance.given import unplaced
from giliran.instance.named_files import NamedFiles, read_rows
from giliran.instance.sections import section_meant, translated, written_path
from giliran.instance.sources import over_sources
from giliran.lists.workbooks import is_workbook
from giliran.messages import Sentence
from giliran.rules.toolkit.fields import OWN
from giliran.text import Table
from giliran.text.documents import parse_document
from giliran.text.files import read_text
from giliran.text.replacing import write_all_atomic
from giliran.text.revising import revised, without_item
from giliran.text.trying import CHOOSE_OTHER, misplaced, refuse_all

_MOST_BYTES = 1 << 30
"""Of an instance file; larger ones were refused when it was read."""

_RULES = "rules"

_NO_SOURCE = Sentence(
    en="this instance was put together in memory; there is no file to repair",
    id="masukan ini disusun di memori; tidak ada berkas untuk diperbaiki",
)
_OTHER_FOLDER = Sentence(
    en="the instance names files that start in {folder}; a repaired one stands in the same folder",
    id="berkas masukan ini menyebut berkas mulai dari {folder}; yang diperbaiki berada di folder yang sama",
)
_THERE = Sentence(
    en="this file is there already; a repaired instance is a new file",
    id="berkas ini sudah ada; perbaikan ditulis ke berkas baru",
)
_OTHER_KIND = Sentence(
    en="the name must end in {ending}, as that of the instance", id="namanya harus berakhiran {ending}, seperti berkas masukannya"
)
_CHANGED = Sentence(
    en="the instance is not what this file says: it was changed since it was read, or the file was",
    id="isi berkas ini tidak lagi sama dengan yang dimuat: salah satunya berubah sejak dibaca",
)
_LOAD_AGAIN = Sentence(en="Load the file again, and explain that instance.", id="Muat kembali berkas ini, lalu mintalah penjelasan lagi.")
_OF_A_LETTER = Sentence(
    en="{rule} is a rule of a letter; no instance can change it, only whoever issued the letter",
    id="{rule} adalah aturan surat edaran; berkas masukan tidak dapat mengubahnya, hanya penerbit suratnya",
)
_OWN_LETTER = Sentence(
    en="If the letter is changed: copy its file beside the instance, change it there and name it under circulars with `file:`.",
    id="Bila suratnya diubah: salin berkasnya ke samping berkas masukan, ubah di sana, dan sebutkan pada circulars dengan `file:`.",
)


def check_target(instance: Instance, target: Path) -> None:
    """See that a repaired instance can be written to a file.

    Raises
    ------
    InputError
        If there is something already, it would stand in another folder or have another ending, or the instance came from no file.
    """
    if instance.source is None:
        raise InputError([Problem(Where(field="instance"), _NO_SOURCE())])
    refuse_all([*over_sources(instance, [target])] or _unfit(instance.source, target))


def _unfit(source: Path, target: Path) -> Iterator[Problem]:
    place = Where(str(target))
    if os.path.realpath(target.parent) != os.path.realpath(source.parent):
        yield Problem(place, _OTHER_FOLDER(folder=source.parent), CHOOSE_OTHER())
    elif target.suffix.lower() != (ending := WORKBOOK if is_workbook(source.name) else source.suffix.lower()):
        yield Problem(place, _OTHER_KIND(ending=ending), CHOOSE_OTHER())
    elif os.path.lexists(target):
        yield Problem(place, _THERE(), CHOOSE_OTHER())
    else:
        yield from misplaced(target)


def write_repaired(instance: Instance, repair: Repair, path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write an instance with a repair beside the file that it was read from; what is written has a plan.

    Parameters
    ----------
    instance, repair
        From `load_instance`, and what `explain` found about it.
    path
        A new file in the same folder, with the same ending.

    Returns
    -------
    tuple of Path
        The file, then tables beside it.

    Raises
    ------
    InputError
        As `check_target`; or if a change cannot be said in an instance file, or the instance is not what its file says.
    """
    check_file(path, instance)
    target = Path(path)
    check_target(instance, target)
    assert instance.source is not None
    if load_instance(instance.source) != instance:
        raise InputError([Problem(Where(str(instance.source)), _CHANGED(), _LOAD_AGAIN())])
    writing = _Writing(instance, instance.source, target)
    for change in repair.changes:
        writing.take(change)
    writing.check()
    files = writing.files()
    write_all_atomic([(path, partial(_itself, content)) for path, content in files])
    return tuple(path for path, _ in files)


def _itself(content: str | bytes) -> str | bytes:
    return content


@dataclass
class _Writing:
    """A file on its way, and new tables.

    Parameters
    ----------
    instance, source
        What is repaired, and its file.
    target
        The new file.
    """

    instance: Instance
    source: Path
    target: Path
    text: str = ""
    book: RepairedBook | None = None
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    gone: list[list[str | int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if is_workbook(self.source.name):
            self.book = RepairedBook(self.source)
        else:
            self.text, _ = read_text(self.source, _MOST_BYTES)

    def take(self, change: Change) -> None:
        """Make one change."""
        if isinstance(change, Choice):
            names = [letter.name for letter in self.instance.circulars]
            self._set(["circulars", names.index(change.circular), "choose", change.name], change.value, short="name")
        elif isinstance(change, RuleEdit):
            for name, value in change.written.items():
                self._set([*self._place_of(change.rule), name], value)
        elif isinstance(change, Removal):
            self._remove(self._place_of(change.rule))
        elif isinstance(change, Unpin):
            self._rows("pins", without_pins(self._table("pins"), self.instance.facts.staff, change.cells))
        elif isinstance(change, Return):
            self._rows("absences", without_leave(self._table("absences"), self.instance.facts.staff, change.cells))
        else:
            raise InternalError(f"nobody knows how to write {type(change).__name__}")

    def _set(self, path: list[str | int], value: Any, short: str = "") -> None:
        """A value at a path; an entry of a list that is only a name becomes a mapping with that name."""
        if self.book is not None:
            self.book.set(path, value)
            return
        json_ = self.source.suffix.lower() == ".json"
        path = list(written_path(self._data(), tuple(path)))
        node = self._data()
        for step in path[:2] if short else ():
            node = node[step]
        if short and isinstance(node, str):
            whole = {short: node, str(path[2]): {str(path[3]): value}}
            self.text = revised(self.text, path[:2], whole, file=str(self.source), quoted=json_)
        else:
            self.text = revised(self.text, path, value, file=str(self.source), quoted=json_)

    def _remove(self, path: list[str | int]) -> None:
        """Take an item out of a list; places after it move up."""
        if self.book is not None:
            self.book.remove(path)
            return
        self.text = without_item(self.text, list(written_path(self._data(), tuple(path))), file=str(self.source))
        self.gone.append(path)

    def _data(self) -> Any:
        return parse_document(self.text, self.source.name).data

    def _place_of(self, id_: str) -> list[str | int]:
        """Where a rule stands in the file."""
        where = self.instance.wheres.get(id_, Where())
        found = re.fullmatch(r"(\w+)\[(\d+)\]", where.field)
        inside = self.book.place_of(id_) if self.book is not None else None
        if not id_.startswith(OWN) or (inside is None and (found is None or section_meant(found[1]) != _RULES)):
            raise InputError([Problem(Where(str(self.source), field=id_), _OF_A_LETTER(rule=id_), _OWN_LETTER())])
        if inside is not None or found is None:
            return inside or []
        place = int(found[2])
        return [_RULES, place - sum(path[0] == _RULES and int(path[1]) < place for path in self.gone)]

    def _table(self, name: str) -> Table:
        """A table as it stands now."""
        if self.book is not None:
            return self.book.table(name)
        data, _ = translated(self._data(), unplaced, Problems())
        section = self.tables[name] if name in self.tables else data.get(name) or []
        if isinstance(section, Mapping):
            return read_rows(self.source.parent / str(section["file"]), str(section["file"]))
        return Table.from_records(section, file=str(self.source), field=name)

    def _rows(self, name: str, rows: list[dict[str, str]]) -> None:
        """Other rows: in a table beside the new file; where none are left none is named."""
        if self.book is not None:
            self.book.set([name], rows)
            return
        self.tables[name] = rows
        self._set([name], {"file": self._beside(name).name} if rows else [])

    def _beside(self, name: str) -> Path:
        return self.target.with_name(f"{self.target.stem}.{name}.csv")

    def check(self) -> None:
        """See that what will be written is an instance, and has a plan.

        Raises
        ------
        InternalError
            If it has none.
        """
        document = self.book or parse_document(self.text, self.target.name)
        assert isinstance(document.data, dict)
        data = {**translated(document.data, document.where, Problems())[0], **self.tables}
        files = NamedFiles(self.source.parent, confined=False)
        if not plannable(build_instance(data, files, where=document.where, source=self.source)):
            raise InternalError("the repaired file has no plan, although the repaired instance has one")

    def files(self) -> list[tuple[Path, str | bytes]]:
        """Every file with its content."""
        if self.book is not None:
            return [(self.target, self.book.content())]
        tables = [(self._beside(name), _as_csv(rows)) for name, rows in self.tables.items() if rows]
        refuse_all(Problem(Where(str(path)), _THERE(), CHOOSE_OTHER()) for path, _ in tables if os.path.lexists(path))
        found: list[tuple[Path, str | bytes]] = [(self.target, self.text), *tables]
        return found


def _as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
