"""Tables are read as whole columns: what is wrong in one row of thousands is told as it is in three."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from giliran.domain.place import Place
from giliran.domain.units import NO_UNIT
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.instance import Instance

HEAD = """\
schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-16}
calendars: {office: {holidays: none}}
rules: [{id: cap, kind: office_cap, share: 50%}]
goals: [{kind: office_target, aim: most_office}, {kind: fair_share}, {kind: wishes}]
units: {file: units.csv}
staff: {file: staff.csv}
"""
UNITS = "id,level,parent,calendar\na,opd,,\na/b,bidang,a,\n"
TABLES = {
    "staff": "id,nip,name,unit,rank,head,home_only,hired,left",
    "absences": "staff_id,from,to,reason",
    "wishes": "staff_id,date,weekday,place,weight",
    "changes": "staff_id,from,unit,rank",
    "pins": "staff_id,date,place,reason",
}
GOOD = {
    "staff": "{id},,Nama {id},a/b,pelaksana,no,fri,,",
    "absences": "{id},2021-07-12,2021-07-13,cuti",
    "wishes": "{id},,tue,home,2",
    "changes": "{id},2021-07-14,a,",
    "pins": "{id},2021-07-15,home,",
}
BAD = {
    "staff": [
        ",,Nama,a/b,,,,,",
        "1.98E+17,,Nama,a/b,,,,,",
        "P-000000,,Nama,a/b,,,,,",
        "X,1.98E+17,Nama,a/b,,,,,",
        "X,,Nama,a/c,,,,,",
        "X,,Nama,,,,,,",
        "X,,Nama,a,,perhaps,,,",
        "X,,Nama,a,,,someday,,",
        "X,,Nama,a,,,2021-07-16..2021-07-12,,",
        "X,,Nama,a,,,,13/13/2021,",
        "X,,Nama,a,,,,2021-07-15,2021-07-13",
    ],
    "absences": [
        ",2021-07-14,,cuti",
        "nobody,2021-07-14,,cuti",
        "P-000001,,,cuti",
        "P-000001,2021-07-99,,cuti",
        "P-000001,2021-07-15,2021-07-14,cuti",
        "P-000001,2021-07-13,2021-07-14,sakit",
    ],
    "wishes": [
        "nobody,,tue,home,1",
        "P-000001,2021-07-12,tue,home,1",
        "P-000001,,,home,1",
        "P-000001,2021-08-12,,home,1",
        "P-000001,someday,,home,1",
        "P-000001,,someday,home,1",
        "P-000001,,wed,absent,1",
        "P-000001,,wed,,1",
        "P-000001,,wed,garden,1",
        "P-000001,,wed,home,0",
        "P-000001,,tue,office,1",
    ],
    "changes": ["P-000001,2021-07-14,,pengawas", "nobody,2021-07-15,a,", "P-000001,2021-07-16,a/c,"],
    "pins": ["P-000001,2021-07-15,office,", "P-000001,2021-07-17,home,", "P-000001,,home,"],
}
FEW = 3
MANY = 3000


def ids(size: int) -> list[str]:
    """Ids of so many people."""
    return [f"P-{k:06}" for k in range(size)]


def folder_of(path: Path, size: int, bad: Mapping[str, Sequence[str]]) -> Path:
    """An instance of so many people with good rows for everybody in every table, and some bad rows after the second."""
    path.mkdir()
    path.joinpath("units.csv").write_text(UNITS, encoding="utf-8")
    given = HEAD + "".join(f"{name}: {{file: {name}.csv}}\n" for name in TABLES if name != "staff")
    path.joinpath("instance.yaml").write_text(given, encoding="utf-8")
    for name, header in TABLES.items():
        rows = [GOOD[name].format(id=id_) for id_ in ids(size)]
        path.joinpath(f"{name}.csv").write_text("\n".join([header, *rows[:2], *bad.get(name, ()), *rows[2:], ""]), encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    """What is told about an instance, in both languages, without the folder and without known ids, which small files list."""
    with pytest.raises(InputError) as caught:
        load_instance(path)
    found = caught.value.problems
    return [f"{p.text(lang)}".split("\n")[0].replace(str(path), "") for p in found for lang in ("en", "id")]


@pytest.mark.parametrize(("table", "row"), [(table, row) for table, rows in BAD.items() for row in rows])
def test_one_bad_row(tmp_path: Path, table: str, row: str) -> None:
    """Each mistake is told with the same words and the same place among few rows and among thousands."""
    few = problems(folder_of(tmp_path / "few", FEW, {table: [row]}))
    assert few == problems(folder_of(tmp_path / "many", MANY, {table: [row]}))
    assert any(text.startswith((f"/{table}.csv:", f"/{table}.csv: ")) for text in few)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """Many mistakes in many tables are told at once and in one order, whatever the size of the tables."""
    bad = {table: rows for table, rows in BAD.items() if table != "changes"}
    few, many = (problems(folder_of(tmp_path / str(size), size, bad)) for size in (FEW, MANY))
    assert few == many and len(few) > 2 * 20


def test_quoted_tables_are_the_same_tables(tmp_path: Path) -> None:
    """Facts do not depend on whether a table is plain."""
    path = folder_of(tmp_path / "i", 50, {})
    plain = load_instance(path).facts
    for name in TABLES:
        file = path / f"{name}.csv"
        quoted = [",".join(f'"{cell}"' for cell in line.split(",")) for line in file.read_text(encoding="utf-8").splitlines()]
        file.write_text("\n".join(quoted), encoding="utf-8")
    again = load_instance(path).facts
    for name in ("kind", "absent", "reason", "home_only", "office_only", "pinned", "posting"):
        assert np.array_equal(getattr(plain, name), getattr(again, name)), name
    assert (plain.staff, plain.postings.rank.words, plain.postings.tags) == (again.staff, again.postings.rank.words, again.postings.tags)
    for name in ("person", "day", "place", "weight"):
        assert np.array_equal(getattr(plain.wishes, name), getattr(again.wishes, name)), name


def test_absences_and_wishes_of_everybody(tmp_path: Path) -> None:
    """What good rows say arrives at the right people and days."""
    facts = load_instance(folder_of(tmp_path / "i", 40, {})).facts
    assert facts.absent[:, :2].all() and not facts.absent[:, 2:].any()
    assert facts.wishes.person.tolist() == list(range(40)) and set(facts.wishes.day.tolist()) == {1}
    assert set(facts.wishes.place.tolist()) == {int(Place.HOME)} and (facts.pinned[:, 3] == Place.HOME).all()
    assert (facts.unit[:, :2] == 1).all() and (facts.unit[:, 2:] == 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_units_in_any_order_make_one_tree(seed: int) -> None:
    """Units come parents first, siblings in the order of the table, with tags added to and sectors and calendars taken from above."""
    dice = random.Random(seed)
    names = ["r0", "r1"] + [f"u{k}" for k in range(30)]
    parent = {name: dice.choice(names[:k]) for k, name in enumerate(names) if k > 1}
    tags = {name: dice.choice(["", "", "a", "b", "a; c"]) for name in names}
    sector = {name: dice.choice(["", "", "critical", "essential"]) for name in names}
    calendar = {name: dice.choice(["", "", "six"]) for name in names}
    order = dice.sample(names, len(names))
    rows = [{"id": n, "parent": parent.get(n, ""), "tags": tags[n], "sector": sector[n], "calendar": calendar[n]} for n in order]
    units = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-16"},
        calendars={"office": {"holidays": "none"}, "six": {"workdays": ["sat"], "holidays": "none"}},
        units=rows,
        staff=[{"id": "P", "unit": "r0"}],
    ).facts.units

    def below(name: str) -> list[str]:
        return [name, *(unit for child in order if parent.get(child) == name for unit in below(child))]

    assert list(units.ids) == [unit for root in order if root not in parent for unit in below(root)]
    for u, unit in enumerate(units.all):
        path = [units.ids[at] for at in units.path(u)]
        assert path == [unit.id, *(path_of(parent, unit.id))]
        assert unit.tags == {tag.strip() for name in path for tag in tags[name].split(";") if tag}
        assert unit.sectors == next(({sector[name]} for name in path if sector[name]), set())
        assert unit.calendar == next((calendar[name] for name in path if calendar[name]), "office")
        assert units.depth[u] == len(path) - 1 and (unit.parent == NO_UNIT) == (len(path) == 1)


def path_of(parent: Mapping[str, str], name: str) -> list[str]:
    """Everything above a unit, nearest first."""
    return [parent[name], *path_of(parent, parent[name])] if name in parent else []
