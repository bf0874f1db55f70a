"""What programs have, frames, columns, rows and arrays, makes the same instances and schedules as files."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import giliran
from giliran.domain.place import Place
from giliran.errors import InputError
from giliran.instance import Instance

WEEK = {"start": "2021-07-12", "end": "2021-07-16"}
UNITS = [{"id": "front", "level": "bidang"}, {"id": "back", "level": "bidang"}]
STAFF = [
    {"id": "A", "name": "Ani", "unit": "front", "hired": dt.date(2021, 7, 13), "head": True},
    {"id": "B", "name": "Budi", "unit": "back", "hired": None, "head": False},
    {"id": "C", "name": None, "unit": "back", "hired": dt.date(2010, 1, 1), "head": False},
]
ABSENCES = [{"staff_id": "B", "from": dt.date(2021, 7, 12), "to": dt.date(2021, 7, 13), "reason": "sakit"}]
WISHES = [
    {"staff_id": "C", "date": dt.date(2021, 7, 15), "weekday": None, "place": "home", "weight": 2},
    {"staff_id": "A", "date": None, "weekday": "fri", "place": "office", "weight": 1},
]
RULES = [{"id": "cap", "kind": "office_cap", "max": 2}, {"id": "duty", "kind": "duty_officers", "per": "bidang", "count": 1}]


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows as columns."""
    return {name: [row.get(name) for row in rows] for name in rows[0]}


def pandas_frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A frame of pandas as it comes of a database: moments for dates, floats where whole numbers are missing."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(columns(rows))
    for name in ("hired", "from", "to", "date"):
        if name in frame:
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def polars_frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A frame of polars."""
    return pytest.importorskip("polars").DataFrame(columns(rows))


def arrow_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A table of Arrow."""
    return pytest.importorskip("pyarrow").table(columns(rows))


def indexed(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A frame of pandas in which the first column is the index."""
    return pandas_frame(rows).set_index(next(iter(rows[0])))


def arrays(rows: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray[Any, Any]]:
    """Columns as arrays, dates as datetime64."""
    found = {}
    for name, column in columns(rows).items():
        dates = any(isinstance(value, dt.date) for value in column)
        found[name] = np.array(column, dtype="datetime64[D]" if dates else object)
    return found


SHAPES = {"columns": columns, "arrays": arrays, "pandas": pandas_frame, "index": indexed, "polars": polars_frame, "arrow": arrow_table}


def built(shape: Callable[[Any], Any] = list, **more: Any) -> Instance:
    """Three people in two units, with their tables in some shape."""
    sections: dict[str, Any] = {"horizon": WEEK, "units": UNITS, "staff": STAFF, "absences": ABSENCES, "wishes": WISHES}
    given = {name: shape(rows) if name in ("units", "staff", "absences", "wishes") else rows for name, rows in sections.items()}
    return Instance.build({**given, "rules": RULES, "goals": [{"kind": "office_target", "aim": "most_office"}], **more})


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_tables_in_any_shape(shape: Callable[[Any], Any]) -> None:
    """Rows, columns and frames of the same content make the same facts; missing values and moments are what they stand for."""
    assert built(shape).facts == built().facts


def test_rows_of_a_frame() -> None:
    """What `to_dict("records")` of pandas gives, with NaN, NaT and Timestamps, is read as well."""
    assert built(lambda rows: pandas_frame(rows).to_dict("records")).facts == built().facts


def test_whole_numbers_beside_gaps() -> None:
    """Pandas keeps whole numbers as floats where one is missing: they are whole numbers all the same."""
    wishes = [WISHES[0], {**WISHES[1], "weight": None}]
    assert built(wishes=pandas_frame(wishes)).facts.wishes.weight.tolist() == [1, 2]  # in the order of the staff


def test_spoiled_numbers_stay_spoiled() -> None:
    """An NIP that a column of floats has spoiled is refused, not guessed."""
    with pytest.raises(InputError, match="nip"):
        built(staff={"id": ["A", "B"], "nip": np.array([198001012006041001.0, np.nan])}, units=None, absences=None, wishes=None)


@pytest.mark.parametrize(
    ("staff", "said"),
    [
        ({"id": ["A", "B"], "name": ["x"]}, "staff: columns differ in how many rows they have: id 2 and name 1"),
        ({"id": ["A"], "name": "x"}, "staff.name: found the text 'x'; expected a column"),
        ({"id": "A"}, "staff: rows, or the file"),
        ({"id": [object()]}, "staff[0].id: a cell takes a text"),
        ({"id": ["A"], "tags": [frozenset("x")]}, "staff[0].tags: a cell takes a text"),
        ({"id": ["A"], "name": 5}, "staff.name: found 5; expected a column"),
        ({"id": ["A"], "name": np.zeros((2, 2))}, "staff.name: found an array float64[2, 2]; expected a column"),
        ({"id": ["A"], "name": [{}]}, "staff[0].name: a cell takes a text"),
        ({"id": ["A"], "name": [b"x"]}, "staff[0].name: a cell takes a text"),
        ({"id": {"A", "B"}}, "staff.id: found a list; expected a column"),
        ({"id": [10**5000]}, "staff[0].id: a cell takes a text"),
        ({"id": ["A"], "ID": ["A"]}, "staff.id: the column 'id' stands twice"),
        ({"id": ["A"], "unti": ["front"]}, "Did you mean unit?"),
    ],
)
def test_columns_that_are_none(staff: dict[str, Any], said: str) -> None:
    """What is no column is told where it stands, and in both languages."""
    with pytest.raises(InputError) as caught:
        Instance.build(horizon=WEEK, staff=staff)
    assert said in caught.value.text() and caught.value.text() != caught.value.text("id")


def test_frames_that_are_none() -> None:
    """A lazy frame, a single column, and a frame with two columns of one name are told with what to do."""
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    with pytest.raises(InputError, match="collect"):
        Instance.build(horizon=WEEK, staff=polars.LazyFrame({"id": ["A"]}))
    for column in (pandas.Series(["A"], name="id"), polars.Series("id", ["A"])):
        with pytest.raises(InputError, match=r"Series, a single column[^$]*to_frame\(\)"):
            Instance.build(horizon=WEEK, staff=column)
    with pytest.raises(InputError, match=r"pandas\.DataFrame"):
        Instance.build(horizon=WEEK, staff=pandas.DataFrame([["A", "B"]], columns=["id", "id"]))


def test_scalars_of_libraries() -> None:
    """Scalars of NumPy, in whatever unit of time, and members of enumerations stand for what they say, in tables and beside them."""
    monday, tuesday = np.datetime64("2021-07-12"), np.datetime64("2021-07-13T00:00:00.000000000")
    week = {"start": monday, "end": np.datetime64("2021-07-16", "ns")}
    absences = [{**ABSENCES[0], "from": monday, "to": tuesday}]
    assert built(horizon=week, absences=absences).facts == built().facts
    pin = {"staff_id": "C", "date": tuesday}
    pinned = built().with_pins([{**pin, "place": giliran.Place.HOME}])
    assert pinned.facts == built().with_pins([{**pin, "place": "home"}]).facts
    assert giliran.Schedule.from_rows(built(), [{**pin, "place": giliran.Place.HOME}]).place[2, 1] == Place.HOME
    told = giliran.why(built(), planned().schedule, "C", tuesday)  # type: ignore[arg-type]
    assert [day.day for day in told.days] == [1]


def test_a_place_that_is_missing() -> None:
    """A gap where a word is needed is told as a gap."""
    with pytest.raises(InputError, match=r"rows\[0\].place: nothing is given; expected one of"):
        giliran.Schedule.from_rows(built(), [{"staff_id": "C", "date": "2021-07-12", "place": float("nan")}])


def test_columns_in_a_file_are_no_table(tmp_path: Path) -> None:
    """A file holds rows: what a program may give as columns is refused there, as its schema says."""
    path = tmp_path / "instance.yaml"
    path.write_text("schema: giliran/1\nhorizon: {start: 2021-07-12, end: 2021-07-16}\nstaff: {id: [A, B]}\n", encoding="utf-8")
    with pytest.raises(InputError, match="rows, or the file"):
        giliran.load_instance(path)


def test_changed_by_frames() -> None:
    """Pins and absences of a changed instance come in any shape too."""
    pins = [{"staff_id": "C", "date": dt.date(2021, 7, 14), "place": "office"}]
    instance = built()
    assert instance.with_pins(pandas_frame(pins)).facts == instance.with_pins(pins).facts
    assert instance.with_absences(columns(ABSENCES)).facts == instance.with_absences(ABSENCES).facts


def same(one: giliran.Schedule, other: giliran.Schedule) -> bool:
    """Whether two schedules say the same of places, names and teams."""
    return np.array_equal(one.place, other.place) and one.named == other.named and [*one.team] == [*other.team]


def planned() -> giliran.Result:
    """A plan of the three people."""
    return giliran.solve(built())


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_schedules_as_frames(kind: Any) -> None:
    """A schedule that goes out as a frame comes back as the same one."""
    pytest.importorskip(kind)
    result = planned()
    frame = result.schedule.to_frame(result.instance, kind)
    assert type(frame).__module__.split(".")[0] == kind
    assert same(giliran.Schedule.from_rows(result.instance, frame), result.schedule)


def test_schedules_as_rows() -> None:
    """Rows have dates and lists, and come back as the same schedule; as columns too."""
    result = planned()
    rows = result.schedule.to_rows(result.instance)
    assert rows[0] == {"staff_id": "A", "date": dt.date(2021, 7, 13), "place": "office", "duty": ["own/duty"]}
    assert same(giliran.Schedule.from_rows(result.instance, rows), result.schedule)
    assert same(giliran.Schedule.from_rows(result.instance, columns(rows)), result.schedule)


def test_rows_of_other_words() -> None:
    """Rows as somebody else's program has them: Indonesian headings and words, moments for days."""
    instance = built()
    rows = [{"NIP": "C", "Tanggal": dt.datetime(2021, 7, 12), "Tempat": "WFO"}]
    place = giliran.Schedule.from_rows(instance, rows).place
    assert place[2, 0] == Place.OFFICE and (place != Place.NONE).sum() == 1
    assert (giliran.Schedule.from_rows(instance, []).place == Place.NONE).all()


def test_rows_that_are_wrong() -> None:
    """All that is wrong with rows is told at once, with the rows that it stands in."""
    rows = [{"staff_id": "X", "date": "2021-07-12", "place": "office"}, {"staff_id": "A", "date": "2020-07-12", "place": "moon"}]
    with pytest.raises(InputError) as caught:
        giliran.Schedule.from_rows(built(), rows)
    fields = {problem.where.field for problem in caught.value.problems}
    assert fields == {"rows[0].staff_id", "rows[1].date", "rows[1].place"}
    with pytest.raises(InputError, match="expected the rows of a schedule"):
        giliran.Schedule.from_rows(built(), "plan.csv")


def test_schedules_of_an_array() -> None:
    """An array of who is in the office makes everybody else rest where their calendar says; check takes it as it is."""
    instance = built()
    office = np.zeros(instance.facts.shape, dtype=np.bool_)
    office[2] = True
    schedule = giliran.Schedule.from_office(instance, office)
    # A is hired on Tuesday; B is away on Monday and Tuesday
    assert schedule.place.tolist() == [[0, 2, 2, 2, 2], [3, 3, 2, 2, 2], [1, 1, 1, 1, 1]]
    assert giliran.check(instance, office) == giliran.check(instance, schedule) == giliran.check(instance, schedule.place.astype(np.int64))


def test_a_mask_that_nobody_can_keep() -> None:
    """Somebody who is away and is put into the office is found by the audit, not passed over."""
    instance = built()
    office = np.ones(instance.facts.shape, dtype=np.bool_)
    broken = giliran.check(instance, office).broken
    assert {(finding.people, finding.days) for finding in broken if finding.rule.startswith("facts/")}


@pytest.mark.parametrize("given", [np.zeros((2, 2), dtype=np.bool_), np.zeros((3, 5)), np.full((3, 5), 9)])
def test_arrays_that_are_no_schedule(given: Any) -> None:
    """An array of another shape or kind, or with numbers that are no places, is one clear error."""
    with pytest.raises(InputError, match=r"expected an array|places are"):
        giliran.check(built(), given)


def test_schedules_of_others() -> None:
    """Rows are made of a schedule for the instance that it is for alone."""
    with pytest.raises(InputError, match="1 person"):
        giliran.Schedule(np.ones((1, 5), dtype=np.int8)).to_rows(built())


@pytest.mark.slow
def test_without_narwhals() -> None:
    """Without the extra the message says what to install; rows and columns need nothing."""
    program = """
import sys
sys.modules["narwhals"] = None
import pandas, giliran
giliran.Instance.build(horizon={"start": "2021-07-12", "end": "2021-07-16"}, staff={"id": ["A"]})
try:
    giliran.Instance.build(horizon={"start": "2021-07-12", "end": "2021-07-16"}, staff=pandas.DataFrame({"id": ["A"]}))
except giliran.InputError as error:
    print(error)
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "pip install 'giliran[frames]'" in said
