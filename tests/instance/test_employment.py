"""Days of employment: spans of whoever leaves and returns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import giliran
from giliran.domain.place import Place
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.instance.employment import Span, parse_employment, write_employment
from giliran.text import TextError
from tests.instance.test_build import build, kinds

FIRST = dt.date(2021, 7, 12)
"""A Monday, with which the week of `build` begins."""
TWO_WEEKS = {"start": FIRST, "end": FIRST + dt.timedelta(days=13)}


def employed(cell: Any, **more: Any) -> Instance:
    """An instance of two weeks with one person."""
    return build(horizon=TWO_WEEKS, staff=[{"id": "P1", "unit": "a", "employed": cell, **more}])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2021-07-13..2021-07-15", "-www----------"),
        ("..2021-07-13; 2021-07-22..", "ww--------ww--"),
        (["..2021-07-12", "2021-07-14..2021-07-15", "2021-07-23.."], "w-ww-------w--"),
        ("2021-07-23..; ..2021-07-12", "w----------w--"),
        ("sejak 23 Juli 2021; s.d. 12 Juli 2021", "w----------w--"),
        ("14 s.d. 15 Juli 2021", "--ww----------"),
        ("2021-07-12..2021-07-16; 2021-07-17..", "wwwww--wwwww--"),
        ("..2021-07-01; 2021-08-01..", "--------------"),
        ("", "wwwww--wwwww--"),
    ],
)
def test_spans(cell: Any, expected: str) -> None:
    """Somebody has cells on the working days inside a span alone; a span may be open at either end."""
    assert kinds(employed(cell)) == expected


def test_hired_and_left_bound_the_spans() -> None:
    """Both are kept: nobody works before being hired or after having left, whatever a span says besides."""
    assert kinds(employed("..2021-07-14; 2021-07-22..", hired="2021-07-13", left="2021-07-22")) == "-ww-------w---"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"employed": "2021-07-13"}, "satu tanggal"),
        ({"employed": "2021-07-13..2021-07-12"}, "berakhir sebelum mulai"),
        ({"employed": "..2021-07-13; 2021-07-13.."}, "bertumpang tindih"),
        ({"employed": "kemarin.."}, "'kemarin' bukan tanggal"),
        ({"employed": ".."}, "bukan tanggal"),
        ({"employed": "..2021-07-13; 2021-07-20..", "left": "2021-07-15"}, "masa 2021-07-20.. berada di luar masa bekerja"),
        ({"employed": "..2021-07-13; 2021-07-20..", "hired": "2021-07-15"}, "masa ..2021-07-13 berada di luar masa bekerja"),
    ],
)
def test_what_is_no_employment(row: dict[str, Any], said: str) -> None:
    """A span that cannot be is refused at its cell."""
    with pytest.raises(InputError) as caught:
        build(staff=[{"id": "P1", "unit": "a", **row}])
    [problem] = caught.value.problems
    assert said in problem.text("id") and "employed" in problem.text("id")


def test_a_date_alone_is_told_how_to_write_it() -> None:
    """The advice gives the three things that a date alone could mean."""
    with pytest.raises(TextError) as caught:
        parse_employment("12 Juli 2021")
    assert "2021-07-12.. for from that day on, ..2021-07-12 for until it" in str(caught.value.problem(giliran.errors.Where()).text("en"))


def spans_between(days: list[int]) -> list[Span]:
    """Spans from the first of some days to the second, from the third to the fourth, and so on."""
    dates = [FIRST + dt.timedelta(days=day) for day in sorted(days)]
    return list(zip(dates[::2], dates[1::2], strict=False))


SPANS = st.lists(st.integers(0, 19), min_size=2, max_size=8, unique=True).map(spans_between)


@given(SPANS, st.booleans(), st.booleans())
def test_what_is_written_is_read(spans: list[Span], begins: bool, ends: bool) -> None:
    """Spans come back from their cell, open ends too."""
    spans = [(dt.date.min if begins and not k else first, last) for k, (first, last) in enumerate(spans)]
    spans[-1] = (spans[-1][0], dt.date.max) if ends and (len(spans) > 1 or not begins) else spans[-1]
    if spans != [(dt.date.min, dt.date.max)]:
        assert parse_employment(write_employment(spans)) == tuple(spans)


@pytest.mark.parametrize("workdays", ["", "mon;wed;fri"])
def test_an_instance_says_its_spans_again(workdays: str) -> None:
    """As data it has the days that it had, those of part-timers too."""
    one = employed("..2021-07-12; 2021-07-14..2021-07-16; 2021-07-23..", workdays=workdays)
    other = Instance.build(one.to_dict())
    assert other.facts.kind.tolist() == one.facts.kind.tolist()
    assert "employed" in one.to_dict()["staff"][0]


def test_nobody_counts_outside_a_span() -> None:
    """Of four people half may come; on a day on which one is not employed there are three, so one comes, and no absence is told."""
    staff = [{"id": id_} for id_ in "ABC"] + [{"id": "D", "employed": "..2021-07-12; 2021-07-14.."}]
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-14"},
        staff=staff,
        rules=[{"kind": "office_cap", "share": "50%"}],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    )
    result = giliran.solve(instance, giliran.SolveOptions(workers=1))
    assert (result.schedule.place == Place.OFFICE).sum(axis=0).tolist() == [2, 1, 2]
    assert not instance.facts.absent.any() and not (result.schedule.place == Place.ABSENT).any()
    # a half on Monday and Wednesday for each of four, a third on Tuesday for each of three
    [group] = result.to_dict()["fairness"]
    assert [row["fair_share_thousandths"] for row in group["people"]] == [1333, 1333, 1333, 1000]
    assert np.array_equal(instance.facts.has_cell, [[True] * 3] * 3 + [[True, False, True]])
