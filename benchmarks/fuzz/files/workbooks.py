"""Cases of lists as personnel offices export them, of instances as workbooks, and of plans as workbooks, made by us or typed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.drafts import DraftRoute
from benchmarks.fuzz.files.of_books import Book
from benchmarks.fuzz.files.of_tables import Grid
from benchmarks.fuzz.files.of_trees import as_json, as_yaml
from benchmarks.fuzz.files.parts import Document, Part, Sheet, Workbook
from benchmarks.fuzz.files.routes import InstanceRoute, PlanRoute
from benchmarks.fuzz.files.samples import INSTANCE, LETTER, TABLES, rows
from giliran import Instance, SolveOptions, export, solve
from giliran.books import write_book
from giliran.lists.workbooks import grids_of
from giliran.messages import LANGUAGES

NOMINATIVE: Grid = [
    ["DAFTAR NOMINATIF PEGAWAI", *[""] * 6],
    ["DINAS PANGAN KABUPATEN CONTOH", *[""] * 6],
    [""] * 7,
    ["NO", "NAMA / NIP", "PANGKAT / GOL. RUANG", "JABATAN", "ESELON", "UNIT KERJA", "KET"],
    ["1", "2", "3", "4", "5", "6", "7"],
    ["", "SEKRETARIAT", *[""] * 5],
    ["1", "Ani, S.Sos.\nNIP. 00000000 000000 0 001", "Pembina / IV.a", "Sekretaris", "III.a", "Sekretariat", ""],
    ["2", "Budi\n-", "", "Tenaga Kebersihan", "-", "Sekretariat", "Kontrak"],
    ["", "BIDANG GIZI", *[""] * 5],
    ["3", "Citra\nNIP. 00000000 000000 0 003", "Penata / III-c", "Plt. Kepala Bidang Gizi", "", "Bidang Gizi", "pensiun 1 Mei"],
    ["4", "LOWONG", "", "Kepala Seksi", "IV.a", "Bidang Gizi", ""],
    ["JUMLAH", "3", *[""] * 5],
    [""] * 7,
    ["", "", "", "", "Kepala Dinas,", "", ""],
    ["", "", "", "", "Ani, S.Sos.", "", ""],
]
LEAVE: Grid = [["Nama", "Tanggal", "Jenis Cuti"], ["Budi", "3 s.d. 5 Agustus 2026", "Cuti Tahunan"], ["Citra", "4/8/2026", "sakit"]]
TYPED: Grid = [
    ["JADWAL WFO/WFH", "", "", ""],
    ["No", "Nama", "Sen 12", "Sel 13"],
    ["1", "Pegawai 0", "WFO", "WFH"],
    ["2", "Pegawai 1", "K", "R"],
    ["3", "Pegawai 2", "k", "wfo"],
    ["4", "Pegawai 3", "WFH", "WFO"],
]
"""A plan as somebody types it."""
DATES: Grid = [
    ["NIP", "NAMA", "UNIT", "12 Juli 2021", "13/7/2021", "KET"],
    ["P0", "Pegawai 0", "A", "WFO", "CUTI", ""],
    ["P1", "Pegawai 1", "B", "O", "DL", "tukar"],
    ["P2", "Pegawai 2", "A", "O", "O", ""],
    ["P3", "Pegawai 3", "B", "R", "K", ""],
]
WEEKDAYS: Grid = [
    ["NAMA / NIP", "SENIN", "SELASA"],
    ["Pegawai 0\nP0", "WFO", "WFH"],
    ["Pegawai 1\nP1", "WFA", "DL"],
    ["Pegawai 2\nP2", "WFO", "S"],
    ["Pegawai 3\nP3", "wfh", "K"],
]

_WEEK = {"start": "2026-08-03", "end": "2026-08-07"}
_FOUR: dict[str, Any] = {
    "schema": "giliran/1",
    "horizon": {"start": "2021-07-12", "end": "2021-07-13"},
    "calendars": {"office": {"holidays": "none"}},
    "units": [{"id": "o", "level": "opd"}, *({"id": id_, "level": "bidang", "parent": "o"} for id_ in "ab")],
    "staff": [{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "ab"[k % 2]} for k in range(4)],
    "rules": [{"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"}],
    "goals": [{"id": "aim", "kind": "office_target", "aim": "most_office"}],
}


def workbooks() -> Iterator[Case]:
    """Every case."""
    yield from _lists()
    yield from _drafts()
    yield from _instances()
    yield from _plans()


def _lists() -> Iterator[Case]:
    """The list and the leave, as workbooks and as CSV."""
    for ending, part in (("xlsx", lambda name, grid: Workbook(name, {"Daftar": grid})), ("csv", Sheet)):
        staff, leave = part(f"daftar.{ending}", NOMINATIVE), part(f"cuti.{ending}", LEAVE)
        named = {"staff": {"file": staff.name}, "absences": {"file": leave.name}}
        main = Document("instance.json", {"schema": "giliran/1", "horizon": _WEEK, "circulars": ["umum"], **named}, as_json)
        yield Case(f"nominative-{ending}", 6, (staff, leave), (main,), InstanceRoute(main.name))


def _instances() -> Iterator[Case]:
    """The sample with every section as a workbook, in both languages, its parts or its sheets mutated."""
    tree = {**INSTANCE, **{name: rows(grid) for name, grid in TABLES.items() if name != "published"}}
    tree |= {"published": {"rows": rows(TABLES["published"]), "frozen_to": "2021-07-12"}}
    for lang in LANGUAGES:
        raw = write_book(tree, lang)
        for kind, sheets in (("book", {}), ("sheets", _sheets(raw))):
            book = Workbook(f"dinas-{lang}.xlsx", sheets, None if sheets else raw)
            yield Case(f"{kind}-{lang}", 4, (book,), (Document("letter.yaml", LETTER, as_yaml),), InstanceRoute(book.name))


def _sheets(raw: bytes) -> Book:
    """What stands in the sheets of a workbook, without its looks."""
    return {grid.name: [[*row.cells] for row in grid.rows] for grid in grids_of(raw, "dinas.xlsx")}


def _drafts() -> Iterator[Case]:
    """The list, from which an instance is drafted under several letters."""
    for ending, part in (("xlsx", lambda name, grid: Workbook(name, {"Daftar": grid})), ("csv", Sheet)):
        staff, leave = part(f"daftar.{ending}", NOMINATIVE), part(f"cuti.{ending}", LEAVE)
        yield Case(f"draft-{ending}", 4, (staff, leave), (), DraftRoute(staff.name, leave.name))


def _plans() -> Iterator[Case]:
    """A plan in our own workbook, and one that somebody typed."""
    instance = Document("instance.json", _FOUR, as_json)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "plan.xlsx"
        export(solve(Instance.build(_FOUR), SolveOptions(workers=1)), made)
        plan = Workbook(made.name, {}, made.read_bytes())
    typed = [Workbook(f"{name}.xlsx", {"Jadwal": grid}) for name, grid in (("typed", TYPED), ("dates", DATES), ("weekdays", WEEKDAYS))]
    parts: tuple[Part, ...] = (plan, *typed, Sheet("dates.csv", DATES), Sheet("weekdays.csv", WEEKDAYS))
    for part in parts:
        yield Case(f"workbook-{part.name}", 4, (part,), (instance,), PlanRoute(part.name, _FOUR))
