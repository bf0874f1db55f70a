"""Calendars and employment of an instance that is built from data."""

from __future__ import annotations

import holidays
import pytest

from giliran.errors import InputError
from tests.instance.test_build import build, kinds


def test_holidays() -> None:
    """Tuesday 20 July 2021 is Idul Adha: nobody of an Indonesian calendar works, a calendar without holidays does."""
    instance = build(
        horizon={"start": "2021-07-19", "end": "2021-07-21"},
        calendars={"office": {}, "shift": {"holidays": "none"}},
        staff=[{"id": "P1", "unit": "a"}, {"id": "P2", "unit": "a", "calendar": "shift"}],
    )
    assert (kinds(instance, 0), kinds(instance, 1)) == ("w-w", "www")


def test_joint_leave() -> None:
    """12 May 2021 is joint leave; a calendar may leave it out, and may name further days and take days back."""
    days = {"start": "2021-05-10", "end": "2021-05-14"}
    with_leave = {"office": {"holidays": {"extra": ["2021-05-10"], "not": ["2021-05-14"]}}}
    without = {"office": {"holidays": {"joint_leave": False}}}
    assert kinds(build(horizon=days, calendars=with_leave)) == "-w--w"
    assert kinds(build(horizon=days, calendars=without)) == "www--"


@pytest.mark.parametrize("label", ["%s (estimated)", "maybe %s"])
def test_estimated_holidays(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates that nobody has announced yet are told, however the package of holidays words its mark; fixed ones are not."""
    monkeypatch.setattr(type(holidays.country_holidays("ID")), "estimated_label", label)
    notes = [note.said.text() for note in build(horizon={"start": "2040-08-01", "end": "2040-08-31"}, calendars={"office": {}}).notes]
    told = [note for note in notes if "is an estimate" in note]
    assert len(told) == 1 and "August 2040" in told[0] and "Independence" not in told[0]


def test_own_holidays_without_a_country() -> None:
    """Own dates stand beside Indonesia's holidays, whose names are told; with `country: none` they stand alone and nothing is told."""
    days = {"start": "2026-06-01", "end": "2026-06-05"}
    beside = build(horizon=days, calendars={"k": {"holidays": {"extra": ["2026-06-02"]}}})
    alone = build(horizon=days, calendars={"k": {"holidays": {"country": "none", "extra": ["2026-06-02"]}}})
    asked = build(horizon=days, calendars={"k": {"holidays": {"country": "ID", "extra": ["2026-06-02"]}}})
    assert (kinds(beside), kinds(alone), kinds(asked)) == ("--www", "w-www", "--www")
    [told] = [note.said for note in beside.notes if "besides" in note.said.text()]
    assert "Monday 1 June 2026 (Pancasila Day)" in told.text("en")
    assert "Senin 1 Juni 2026 (Hari Lahir Pancasila)" in told.text("id")
    assert "besides" not in "".join(note.said.text() for note in (*alone.notes, *asked.notes))


def test_unknown_countries_are_not_listed() -> None:
    """A country that nobody knows is told with the way to write one, not with five hundred codes."""
    with pytest.raises(InputError) as raised:
        build(calendars={"office": {"holidays": {"country": "Wakanda"}}})
    assert "`country: none`" in str(raised.value)
    assert len(str(raised.value)) < 250


def test_call_days() -> None:
    """On a call day there is a cell of another kind; other weekend days have none."""
    assert kinds(build(calendars={"office": {"call_days": ["sat"], "holidays": "none"}})) == "wwwwwc-"


def test_part_time() -> None:
    """Part-timers have cells on their own weekdays only, and keep the call days of their calendar."""
    calendars = {"office": {"call_days": "sat", "holidays": "none"}}
    assert kinds(build(calendars=calendars, staff=[{"id": "P1", "unit": "a", "workdays": ["mon", "rabu"]}])) == "w-w--c-"


def test_hired_and_left() -> None:
    """Cells begin on the day of hiring and end with the last day of employment, both included."""
    assert kinds(build(staff=[{"id": "P1", "unit": "a", "hired": "2021-07-13", "left": "2021-07-15"}])) == "-www---"


def test_employed_at_another_time() -> None:
    """Somebody hired after the horizon, or gone before it, has no cell."""
    staff = [{"id": "P1", "unit": "a", "hired": "2021-08-01"}, {"id": "P2", "unit": "a", "left": "2021-07-01"}]
    assert not build(staff=staff).facts.has_cell.any()
