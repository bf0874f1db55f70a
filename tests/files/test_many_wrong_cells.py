"""Tables full of wrong cells: a hundred problems are told, the others are counted and never made. Calls are counted, no clock is read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from giliran.errors import MOST_TOLD, InputError, Problem
from giliran.files.loading import load_instance
from giliran.files.schedules import read_schedule
from giliran.instance import Instance
from giliran.messages import comparing, near

HEAD = """\
schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-16}
calendars: {office: {holidays: none}}
rules: [{id: cap, kind: office_cap, share: 50%}]
units: {file: units.csv}
staff: {file: staff.csv}
"""
HEADERS = {
    "units": "id,parent,calendar",
    "staff": "id,unit,calendar,head,home_only,office_only,hired,left,employed",
    "absences": "staff_id,from,to,reason",
    "wishes": "staff_id,date,weekday,place",
    "changes": "staff_id,from,unit,calendar",
    "pins": "staff_id,date,place,duty",
    "ledger": "staff_id,period,burden,share",
    "published": "staff_id,date,place,duty,team",
}
PLAN = "staff_id,date,place,duty,team"
FEW, MANY = 300, 600
MOST_CALLS = 60
"""Calls, of Python and of C functions, for a wrong row that is only counted; a guess alone takes hundreds."""
Row = Callable[[int], str]
ONE_EACH: dict[str, tuple[str, Row]] = {
    "nobody": ("absences", lambda k: f"zz{k},2021-07-12,,cuti"),
    "nearly somebody": ("wishes", lambda k: f"P-{k:04}x,,tue,home"),
    "spoiled ids": ("absences", lambda k: f"{k % 10}.{k}E+17,2021-07-12,,cuti"),
    "unseen signs": ("absences", lambda k: f"a\u200b{k},2021-07-12,,cuti"),
    "no dates": ("absences", lambda k: f"P-{k:04},tgl{k},,cuti"),
    "strange weekdays before dates": ("absences", lambda k: f'P-{k:04},"Senim, {k} Juli 2021",,cuti'),
    "no first days": ("absences", lambda k: f"P-{k:04},,2021-07-12,cuti"),
    "backwards": ("absences", lambda k: f"P-{k:04},2021-07-12,2021-07-01,cuti"),
    "units that are not there": ("staff", lambda k: f"P-{k:04},v{k},,,,,,,"),
    "calendars that are not there": ("staff", lambda k: f"P-{k:04},u,kal{k},,,,,,"),
    "no answers": ("staff", lambda k: f"P-{k:04},u,,yess{k},,,,,"),
    "both sides": ("staff", lambda k: f"P-{k:04},u,,,fri,fri,,,"),
    "left before": ("staff", lambda k: f"P-{k:04},u,,,,,2021-07-15,2021-07-13,"),
    "no spans": ("staff", lambda k: f"P-{k:04},u,,,,,,,tgl{k}.."),
    "spans outside": ("staff", lambda k: f"P-{k:04},u,,,,,,2021-07-13,2021-07-14.."),
    "parents that are not there": ("units", lambda k: f"v{k},up{k},"),
    "calendars of units": ("units", lambda k: f"v{k},,kal{k}"),
    "a date and a weekday": ("wishes", lambda k: f"P-{k:04},2021-07-12,tue,home"),
    "wishes outside": ("wishes", lambda k: f"P-{k:04},2021-08-12,,home"),
    "misspelt places": ("wishes", lambda k: f"P-{k:04},,tue,offic{k}"),
    "places for absences": ("wishes", lambda k: f"P-{k:04},,tue,absent"),
    "changes without a day": ("changes", lambda k: f"P-{k:04},,u,"),
    "pins without a day": ("pins", lambda k: f"P-{k:04},,home,"),
    "pins outside": ("pins", lambda k: f"P-{k:04},2021-08-12,home,"),
    "duty at home": ("pins", lambda k: f"P-{k:04},2021-07-12,home,own/d"),
    "less than nothing": ("ledger", lambda k: f"P-{k:04},2021-06,-{k + 1},0"),
    "the same period again": ("ledger", lambda k: "P-0000,2021-06,1,0"),
    "published places": ("published", lambda k: f"P-{k:04},2021-07-12,rmh{k},,"),
    "no teams": ("published", lambda k: f"P-{k:04},2021-07-12,home,,tim{k}"),
}
PLANS: dict[str, Row] = {
    "nobody": lambda k: f"zz{k},2021-07-12,home,,",
    "nearly somebody": lambda k: f"P-{k:04}x,2021-07-12,home,,",
    "dates outside": lambda k: f"P-{k:04},{1950 + k % 200}-{k // 200 + 1:02}-01,home,,",
    "misspelt places": lambda k: f"P-{k:04},2021-07-12,offic{k},,",
    "strange duties": lambda k: f"P-{k:04},2021-07-12,home,piket{k},",
    "no teams": lambda k: f"P-{k:04},2021-07-12,home,,tim{k}",
    "two places": lambda k: f"P-{k // 2:04},2021-07-12,{('home', 'office')[k % 2]},,",
}


def folder_of(path: Path, many: int, table: str = "", row: Row = str) -> Path:
    """An instance of `MANY` people with so many rows of a table."""
    path.mkdir()
    rows = {"units": ["u,,"], "staff": [f"P-{k:04},u,,,,,,," for k in range(MANY)]}
    rows[table] = [*(rows["units"] if table == "units" else []), *map(row, range(many))]
    names = [name for name in rows if name not in ("units", "staff", "")]
    path.joinpath("instance.yaml").write_text(HEAD + "".join(f"{name}: {{file: {name}.csv}}\n" for name in names), encoding="utf-8")
    for name in filter(None, rows):
        path.joinpath(f"{name}.csv").write_text("\n".join([HEADERS[name], *rows[name], ""]), encoding="utf-8")
    return path


def load_sparing(path: Path) -> None:
    """Load an instance with an allowance that some hundred known words spend."""
    with comparing(20_000):
        load_instance(path)


class Count:
    """Calls, messages made, and looks at how alike two words are, while something is read or refused."""

    def __init__(self, refused: Callable[[], Any]) -> None:
        self.made = self.looks = self.calls = 0
        self.problems: tuple[Problem, ...] = ()
        codes = {Problem.__init__.__code__: "made", near._likeness.__code__: "looks"}

        def count(frame: Any, event: str, argument: Any) -> None:
            if event == "call" and (name := codes.get(frame.f_code)):
                setattr(self, name, getattr(self, name) + 1)
            self.calls += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            refused()
        except InputError as error:
            self.problems = error.problems
        finally:
            sys.setprofile(None)


@pytest.mark.parametrize("kind", ONE_EACH)
def test_wrong_cells_are_told_up_to_a_hundred_and_counted(kind: str, tmp_path: Path) -> None:
    """Twice as many wrong rows are no more messages and few calls each, and all of them are told or counted."""
    paths = [folder_of(tmp_path / str(many), many, *ONE_EACH[kind]) for many in (1, FEW, MANY)]
    _, few, many = [Count(partial(load_sparing, path)) for path in paths]  # the first loads what is kept
    for found, rows in ((few, FEW), (many, MANY)):
        told = [problem for problem in found.problems if problem.count == 1]
        assert len(told) <= MOST_TOLD and sum(problem.count for problem in found.problems) in (rows, rows - 1)
        assert [problem.where.line for problem in told] == sorted(problem.where.line for problem in told)
    assert many.made <= few.made + 1
    assert many.calls - few.calls <= MOST_CALLS * (MANY - FEW)


@pytest.mark.parametrize("kind", PLANS)
def test_wrong_cells_of_a_plan(kind: str, tmp_path: Path) -> None:
    """The same holds for a plan to be checked, of which fifty problems are told."""
    instance = load_instance(folder_of(tmp_path / "i", 0))

    def refused(rows: int) -> Count:
        path = tmp_path / f"{rows}.csv"
        path.write_text("\n".join([PLAN, *map(PLANS[kind], range(rows)), ""]), encoding="utf-8")
        return Count(lambda: read_schedule(path, instance))

    refused(1)
    few, many = refused(FEW), refused(MANY)
    assert many.made <= few.made and few.made <= MOST_TOLD + 1
    wrong = [sum(problem.count for problem in found.problems) for found in (few, many)]
    assert wrong == ([FEW // 2, MANY // 2] if kind == "two places" else [FEW, MANY])
    assert many.calls - few.calls <= MOST_CALLS * (MANY - FEW)


def test_comparisons_have_an_allowance(tmp_path: Path) -> None:
    """The first misspelt ids get their guess; once the allowance is spent, the others are told without."""
    path = folder_of(tmp_path / "i", MANY, *ONE_EACH["nearly somebody"])
    with comparing(40_000):
        found = Count(lambda: load_instance(path))
    advised = [problem.advice is not None for problem in found.problems if problem.count == 1]
    assert advised[0] and not advised[-1] and advised == sorted(advised, reverse=True)
    assert found.looks <= 40_000 / near._LOOK


def test_a_count_is_honest_after_a_hundred() -> None:
    """Problems that count others count as so many in the line at the end."""
    rules = [{"id": f"cap{k}", "kind": "office_cap", "max": 1, **{f"kunci{j}": 1 for j in range(1_000)}} for k in range(2)]
    with pytest.raises(InputError) as caught:
        Instance.build(horizon={"start": "2026-07-06", "end": "2026-07-10"}, staff=[{"id": "P1"}], rules=rules)
    told = caught.value.told()
    assert len(told) == MOST_TOLD + 2 and told[-1].said.text() == "and 1000 more problems in this file"
    assert sum(problem.count for problem in told) == 2_000


def test_units_in_one_circle() -> None:
    """However long it is, the circle is one problem, and no chain is left to be walked."""
    calls = []
    for units in (FEW, FEW, MANY):
        rows = [{"id": f"u{k}", "parent": f"u{(k + 1) % units}"} for k in range(units)]
        week = {"start": "2026-07-06", "end": "2026-07-10"}
        found = Count(lambda rows=rows, week=week: Instance.build(horizon=week, units=rows, staff=[{"id": "P", "unit": "u0"}]))
        assert len(found.problems) == 1
        calls.append(found.calls)
    assert calls[2] <= 2.1 * calls[1]


def test_too_many_reasons_of_absence() -> None:
    """More reasons than codes are refused; they ended as an internal error."""
    absences = [{"staff_id": "P1", "from": "2026-07-06", "reason": f"alasan {k}"} for k in range(32_768)]
    with pytest.raises(InputError, match="different reasons of absence: 32768; at most 32767 can be told apart"):
        Instance.build(horizon={"start": "2026-07-06", "end": "2026-07-10"}, staff=[{"id": "P1"}], absences=absences)


@pytest.mark.parametrize(("column", "cell"), [("duty", "own/d{k}"), ("team", "own/t{k}=1")])
def test_too_many_rules_named(column: str, cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules named by a plan are kept up to a limit of memory, beyond it the table is refused once."""
    monkeypatch.setattr("giliran.instance.by_rule.MOST_BYTES", 1)
    rows = [{"staff_id": "P1", "date": "2026-07-06", "place": "office", column: cell.format(k=k)} for k in range(150)]

    def build(many: int) -> Instance:
        return Instance.build(horizon={"start": "2026-07-06", "end": "2026-07-10"}, staff=[{"id": "P1"}], published={"rows": rows[:many]})

    assert len(build(100).notes) > 0
    with pytest.raises(InputError, match=f"more than 100 different rules are named in the column '{column}'") as caught:
        build(150)
    assert len(caught.value.problems) == 1
