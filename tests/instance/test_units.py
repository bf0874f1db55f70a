"""Units that the columns of a staff table name: levels, OPDs, and lists without one."""

from __future__ import annotations

from typing import Any

import pytest

from giliran.domain.units import NO_UNIT
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.solving import solve

WEEK = {"start": "2026-08-03", "end": "2026-08-07"}
TITLE = "Dinas Arsip, 3-7 Agustus 2026"


def build(staff: list[dict[str, Any]], **sections: Any) -> Instance:
    """An instance of one week without declared units; people are numbered."""
    people = [{"id": f"P{k}", **row} for k, row in enumerate(staff)]
    return Instance.build(**{"title": TITLE, "horizon": WEEK, "staff": people, **sections})


def above(instance: Instance, e: int) -> list[tuple[str, str]]:
    """Id and level of somebody's unit and of everything above it, nearest first."""
    units = instance.facts.units
    return [(units[u].id, units[u].level) for u in units.path(int(instance.facts.unit[e, 0]))]


def notes(instance: Instance) -> list[str]:
    """Every note about facts in English."""
    return [note.said.text("en") for note in instance.notes if note.rule == "facts"]


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ({"unit": "Subbag Umum"}, [("Subbag Umum", "unit")]),
        ({"bidang": "Bidang Arsip"}, [("bidang-arsip", "bidang")]),
        ({"bidang": "Sekretariat", "seksi": "Subbag Umum"}, [("sekretariat/subbag-umum", "seksi"), ("sekretariat", "sekretariat")]),
        ({"opd": "", "bidang": "Bidang Arsip"}, [("bidang-arsip", "bidang")]),
        ({"seksi": "Seksi 1"}, [("seksi-1", "seksi")]),
    ],
)
def test_a_list_without_an_opd_is_one(row: dict[str, str], path: list[tuple[str, str]]) -> None:
    """Where no row names an OPD, all units stand under one that bears the instance's title, and keep their ids."""
    instance = build([row])
    assert above(instance, 0) == [*path, ("opd", "opd")]
    units = instance.facts.units
    assert units[units.index["opd"]].name == TITLE
    assert not notes(instance)


def test_the_head_of_a_list_without_an_opd() -> None:
    """Whoever has no bidang in such a list stands in the OPD itself; a list with an OPD for others refuses the empty row."""
    staff = [{"bidang": ""}, {"bidang": "Bidang Arsip"}]
    assert above(build(staff), 0) == [("opd", "opd")]
    with pytest.raises(InputError, match="no unit is given"):
        build([{"opd": "", "bidang": ""}, {"opd": "Dinas A", "bidang": "Bidang Arsip"}])


def test_an_empty_unit_is_still_refused() -> None:
    """An empty cell in the column `unit` names nothing."""
    with pytest.raises(InputError, match="no unit is given"):
        build([{"unit": ""}, {"unit": "Subbag Umum"}])


def test_rows_with_and_without_an_opd() -> None:
    """Rows without an OPD in a list that has some are told with their number, and stand under an OPD of their own."""
    instance = build([{"opd": "Dinas A", "bidang": "Bidang X"}, {"bidang": "Bidang Y"}, {"bidang": "Bidang Z"}])
    assert above(instance, 0) == [("dinas-a/bidang-x", "bidang"), ("dinas-a", "opd")]
    assert above(instance, 1) == [("bidang-y", "bidang"), ("opd", "opd")]
    assert notes(instance) == [
        f"no OPD is given for 2 people (P1 and P2) in a list that names one for others; they stand under one of their own, {TITLE}"
    ]


def test_a_unit_beside_an_opd_stands_inside_it() -> None:
    """Where rows name an OPD and a unit, the unit is one of that OPD; a unit that is the OPD itself is not made again."""
    staff = [
        {"opd": "Dinas A", "unit": "Sekretariat"},
        {"opd": "Dinas B", "unit": "Sekretariat"},
        {"opd": "Dinas B", "unit": "DINAS B"},
    ]
    instance = build(staff)
    assert above(instance, 0) == [("dinas-a/sekretariat", "sekretariat"), ("dinas-a", "opd")]
    assert above(instance, 1) == [("dinas-b/sekretariat", "sekretariat"), ("dinas-b", "opd")]
    assert above(instance, 2) == [("dinas-b", "opd")]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Sekretariat", "sekretariat"),
        ("Sekretariat Dinas", "sekretariat"),
        ("Sekretariat Daerah", "opd"),
        ("Sekretariat DPRD Kota Contoh", "opd"),
        ("Setda", "opd"),
        ("Setwan", "opd"),
        ("UPT Samsat", "uptd"),
        ("Puskesmas Contoh", "uptd"),
        ("Bagian Umum", "bidang"),
    ],
)
def test_levels_that_names_tell(name: str, level: str) -> None:
    """Sekretariat Daerah and Sekretariat DPRD are OPDs wherever they stand; a Sekretariat keeps its level, a Puskesmas is a UPTD."""
    assert above(build([{"opd": "Pemerintah Kabupaten", "bidang": name}]), 0)[0][1] == level
    if level == "opd":
        assert above(build([{"opd": name}]), 0) == [(above(build([{"opd": name}]), 0)[0][0], "opd")]


@pytest.mark.parametrize("name", ["Puskesmas Kedaton", "UPTD Samsat", "Sekretariat Kabupaten"])
def test_what_stands_as_an_opd_is_one(name: str) -> None:
    """Whatever its name, a unit in the column of the OPD is one, so that limits per OPD hold there."""
    assert above(build([{"opd": name}]), 0)[0][1] == "opd"


@pytest.mark.parametrize("column", ["bidang", "unit"])
def test_agencies_by_name_are_not_put_under_the_title(column: str) -> None:
    """Sekretariat Daerah and Sekretariat DPRD stand by themselves, in whatever column; nothing says that all are one OPD."""
    instance = build([{column: "Sekretariat Daerah"}, {column: "Sekretariat DPRD"}])
    assert [above(instance, e)[0][1] for e in (0, 1)] == ["opd", "opd"] and len(instance.facts.units) == 2
    assert not any("OPD" in text for text in notes(instance))


def test_agencies_as_units() -> None:
    """A list that names several agencies as units and no OPD is told: all of them are one OPD here."""
    told = notes(build([{"unit": "Dinas A"}, {"unit": "Badan B"}, {"unit": "Kecamatan C"}]))
    assert [text.partition(",")[0] for text in told] == ["the units of this list seem to be agencies (3"]
    assert not notes(build([{"unit": "Dinas A"}, {"unit": "Subbag Umum"}]))


def test_declared_units_are_left_alone() -> None:
    """Declared units have the tree that is written down."""
    instance = build([{"unit": "x"}], units=[{"id": "x", "level": "bidang"}])
    assert above(instance, 0) == [("x", "bidang")]
    assert instance.facts.units.parent.tolist() == [NO_UNIT]


@pytest.mark.parametrize(
    "staff",
    [
        [{"unit": "Subbag Umum"}] * 4,
        [{"bidang": "Bidang Arsip"}, {"bidang": "Bidang Arsip"}, {"bidang": "Sekretariat"}, {"bidang": "Sekretariat"}],
        [{"bidang": ""}, {"bidang": "Bidang Arsip"}, {"bidang": "Bidang Arsip"}, {"bidang": "Sekretariat"}],
    ],
)
def test_half_of_a_list_without_an_opd(staff: list[dict[str, str]]) -> None:
    """The ordinary letter with 50 % puts 2 of 4 in the office every day, whatever column names the units."""
    result = solve(build(staff, circulars=[{"name": "umum", "choose": {"limit": "50%"}}]))
    assert result.schedule is not None
    assert result.schedule.office.sum(axis=0).tolist() == [2] * 5
