"""Cases of lists as personnel offices export them, of instances as workbooks, and of plans as workbooks, made by us or typed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.of_tables import Grid
from benchmarks.fuzz.files.of_trees import as_json, as_yaml
from benchmarks.fuzz.files.parts import Document, Sheet, Workbook
from benchmarks.fuzz.files.routes import InstanceRoute, PlanRoute
from benchmarks.fuzz.files.samples import INSTANCE, LETTER, TABLES, rows
from giliran import Instance, SolveOptions, export, solve
from giliran.books import write_book
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
    """The sample with every section as a workbook, in both languages; its parts are mutated."""
    tree = {**INSTANCE, **{name: rows(grid) for name, grid in TABLES.items() if name != "published"}}
    tree |= {"published": {"rows": rows(TABLES["published"]), "frozen_to": "2021-07-12"}}
    for lang in LANGUAGES:
        book = Workbook(f"dinas-{lang}.xlsx", {}, write_book(tree, lang))
        yield Case(f"book-{lang}", 4, (book,), (Document("letter.yaml", LETTER, as_yaml),), InstanceRoute(book.name))


def _plans() -> Iterator[Case]:
    """A plan in our own workbook, and one that somebody typed."""
    instance = Document("instance.json", _FOUR, as_json)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "plan.xlsx"
        export(solve(Instance.build(_FOUR), SolveOptions(workers=1)), made)
        plan = Workbook(made.name, {}, made.read_bytes())
    typed = Workbook("typed.xlsx", {"Jadwal": TYPED})
    for part in (plan, typed):
        yield Case(f"workbook-{part.name}", 4, (part,), (instance,), PlanRoute(part.name, _FOUR))
