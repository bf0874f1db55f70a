"""Results as frames say what results say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import giliran
from tests.plans import CROWDED, IDS, plan, result_of, small_instance

pandas = pytest.importorskip("pandas")


def found(rows: tuple[str, ...] = CROWDED) -> giliran.Result:
    """A plan with one person too many on Wednesday, made without a solver."""
    instance = small_instance()
    return result_of(instance, plan(instance, rows))


def test_plan() -> None:
    """The plan has names and units beside what a schedule has, and is read as the same schedule."""
    result = found()
    frame = result.to_frame()
    assert [*frame.columns] == ["staff_id", "name", "unit", "date", "place", "duty"]
    first = frame.iloc[0].to_dict()
    assert first == {
        "staff_id": IDS[0],
        "name": "Pegawai 0",
        "unit": "u",
        "date": pandas.Timestamp(2021, 7, 12),
        "place": "office",
        "duty": "own/piket",
    }
    again = giliran.Schedule.from_rows(result.instance, frame)
    assert np.array_equal(again.place, result.schedule.place) and again.named == result.schedule.named


def test_fairness() -> None:
    """Days add up: difference is days and balance less the fair share, and days are those in the office."""
    result = found()
    frame = result.fairness_frame()
    assert frame["days"].tolist() == result.schedule.office.sum(axis=1).tolist()
    assert np.allclose(frame["difference"], frame["days"] + frame["balance"] - frame["share"])
    assert [*frame.columns[:4]] == ["goal", "account", "staff_id", "name"]


def test_findings() -> None:
    """Every finding is a row, with dates and ids, and its sentence in either language."""
    result = found()
    frame, own = result.findings_frame(), result.findings_frame(lang="id")
    assert len(frame) == len(result.findings) > 0
    assert frame["sentence"].tolist() == [finding.said.text("en") for finding in result.findings] != own["sentence"].tolist()
    broken = frame[frame["strength"] == "must"].iloc[0]
    assert (broken["rule"], broken["unit"], broken["days"], broken["amount"]) == ("own/batas", "u", "2021-07-14", 1)


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_other_libraries(kind: Any) -> None:
    """The frames are of the library that was asked for, with as many rows; another word is refused."""
    pytest.importorskip(kind)
    result = found()
    for frame in (result.to_frame(kind), result.fairness_frame(kind), result.findings_frame(kind)):
        assert type(frame).__module__.split(".")[0] == kind
    with pytest.raises(giliran.InputError, match="expected one of pandas, polars, pyarrow"):
        result.to_frame("dask")  # type: ignore[arg-type]


def test_nothing_to_tell() -> None:
    """A result without findings and accounts has empty frames with the same columns."""
    instance = small_instance(goals=[], rules=[])
    result = result_of(instance, plan(instance, named=()))
    assert len(result.fairness_frame()) == 0 and [*result.fairness_frame().columns] == [*found().fairness_frame().columns]
