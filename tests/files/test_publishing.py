"""A ledger in rough weather: weeks closed and taken back in any order, several runs at once, files that others hold or made."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pytest

from giliran.closing import ledger_rows
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.errors import InputError
from giliran.files.ledger import read_ledger
from giliran.files.publishing import publish
from giliran.instance import Instance
from giliran.text import period_name

HEAD = "staff_id,account,period,burden,share,last_called,unit\n"
MONDAY = dt.date(2021, 1, 4)


def instance(week: int = 0, people: str = "AB", folder: Path | None = None, **sections: Any) -> Instance:
    """A week of a section with one place."""
    first = MONDAY + dt.timedelta(weeks=week)
    return Instance.build(
        {
            "horizon": {"start": first, "end": first + dt.timedelta(days=4)},
            "calendars": {"office": {"holidays": "none"}},
            "units": [{"id": "u", "level": "bidang"}],
            "staff": [{"id": id_, "unit": "u"} for id_ in people],
            "rules": [{"id": "batas", "kind": "office_cap", "max": 1}],
            "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
            **sections,
        },
        files=folder,
    )


def turns(days: int, people: int = 2) -> Schedule:
    """The first person comes on the first days, the second on the others."""
    place = np.full((people, 5), np.int8(Place.HOME))
    place[0, :days] = place[1, days:] = Place.OFFICE
    return Schedule(place)


def name(week: int) -> str:
    """A week as a ledger has it."""
    first = MONDAY + dt.timedelta(weeks=week)
    return period_name(first, first + dt.timedelta(days=4))


@pytest.mark.parametrize("seed", range(4))
def test_weeks_are_closed_and_taken_back_in_any_order(seed: int, tmp_path: Path) -> None:
    """Whatever was closed, corrected and taken back before: balances are those of the weeks that stand, and no byte is lost.

    What stands is kept beside by a plain dictionary; an instance of a later week adds the ledger up.
    """
    dice, path = random.Random(seed), tmp_path / "l.csv"
    stands: dict[int, Counter[str]] = {}
    for _ in range(60):
        week, days = dice.randrange(13), dice.randint(0, 5)
        undo, closes = dice.choice([(None, True), (name(week), True), (name(week), False)])
        before = path.read_bytes() if path.exists() else b""
        plan = (instance(week), turns(days)) if closes else (None, None)
        if (week in stands) != (undo is not None):
            with pytest.raises(InputError):
                publish(path, *plan, undo=undo)
            assert (path.read_bytes() if path.exists() else b"") == before
            continue
        publish(path, *plan, undo=undo)
        assert path.read_bytes().startswith(before)
        stands.pop(week, None)
        if closes:
            stands[week] = Counter({"A": 2000 * days - 5000, "B": 5000 - 2000 * days})
        later = instance(14, folder=tmp_path, ledger={"file": "l.csv"})
        expected = [sum(days[id_] for days in stands.values()) // 2 for id_ in "AB"]
        assert later.facts.balance("office").tolist() == expected


def test_units_that_share_a_ledger_do_not_touch_each_other(tmp_path: Path) -> None:
    """Beside a plan `--undo` takes back the rows of its people alone, and tells that others stay; without one the whole period."""
    path = tmp_path / "l.csv"
    path.write_text(f"{HEAD}A,office,2020-W53,1,1,,u\nC,office,2020-W53,1,1,,u\n", encoding="utf-8")
    for people in ("AB", "CD"):
        publish(path, instance(0, people), turns(3))
    done = publish(path, instance(0), turns(2), undo=name(0))
    assert [entry.key.staff_id for entry in (*done.undone, *done.closed)] == ["A", "B", "A", "B"]
    assert f"rows of {name(0)} about people who are not in this instance stay as they are: 2" in [said.text() for said in done.notes]
    assert len(publish(path, undo=name(0)).undone) == 4
    with pytest.raises(InputError, match="has no rows for"):
        publish(path, instance(0), turns(2), undo=name(0))


def test_several_runs_at_once(tmp_path: Path) -> None:
    """Eight units close their week in one ledger at the same moment: all rows are there, whoever was first."""
    path, start = tmp_path / "l.csv", Barrier(8)
    plans = [instance(0, chr(65 + k) + chr(97 + k)) for k in range(8)]
    path.write_text(HEAD + "".join(f"{plan.facts.staff.ids[0]},office,2020-W53,1,1,,u\n" for plan in plans), encoding="utf-8")

    def close(plan: Instance) -> None:
        start.wait()
        publish(path, plan, turns(3))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(close, plans))
    assert len(read_ledger(path).entries) == 8 + 2 * 8
    assert not [file for file in tmp_path.iterdir() if file != path]


def test_the_same_week_at_once_is_closed_once(tmp_path: Path) -> None:
    """Two people press the button together: one closes the week, the other is told that it is closed."""
    path, start = tmp_path / "l.csv", Barrier(6)

    def close(_: int) -> bool:
        start.wait()
        try:
            publish(path, instance(), turns(3))
        except InputError as error:
            assert "is closed already" in str(error)
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(close, range(6))) == 1
    assert len(read_ledger(path).entries) == 2


@pytest.mark.parametrize(
    ("before", "end"),
    [
        (f"{HEAD}A,office,2020-W53,1,1,,u\n", "\n"),
        (f"{HEAD}A,office,2020-W53,1,1,,u".replace("\n", "\r\n"), "\r\n"),
        (f"{HEAD}A,office,2020-W53,1,1,,u\n".replace("\n", "\r"), "\r"),
        ("\ufeff" + f"{HEAD}A,office,2020-W53,1,1,,u\n\n,,,,,,\n".replace(",", ";"), "\n"),
        (f'{HEAD}"A",office,"2020-W53",1,1,,"u\nv"\n', "\n"),
        (f"{HEAD}A,office,2020-W53,1,1,,u\nJUMLAH,,,1,1,,\n", "\n"),
    ],
    ids=["plain", "windows", "old mac", "mark and blank rows", "quotes", "a sum"],
)
def test_ledgers_that_others_made(before: str, end: str, tmp_path: Path) -> None:
    """Whatever program wrote it: what stands in it stays byte for byte, and the new rows are read again as they were meant."""
    path = tmp_path / "l.csv"
    path.write_bytes(before.encode())
    plan = instance()
    publish(path, plan, turns(3))
    after = path.read_bytes()
    assert after.startswith(before.encode()) and after.endswith(end.encode())
    assert tuple(read_ledger(path).entries[-2:]) == ledger_rows(plan, turns(3))
    assert instance(1, folder=tmp_path, ledger={"file": "l.csv"}).facts.balance("office").tolist() == [500, -500]


def refused(path: Path, **more: Any) -> str:
    """What is said about a ledger that cannot be added to, and stays as it is."""
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(InputError) as caught:
        publish(path, instance(), turns(3), **more)
    assert (path.read_bytes() if path.exists() else None) == before
    assert caught.value.text("id") != caught.value.text("en")
    return caught.value.text().replace(str(path), path.name)


def test_a_sum_without_a_name(tmp_path: Path) -> None:
    """A row that adds up others is nobody's: told by its line, with what to do."""
    path = tmp_path / "l.csv"
    path.write_text(f"{HEAD}A,office,2020-W53,1,1,,u\n,,Jumlah,1,1,,\n", encoding="utf-8")
    assert refused(path) == "l.csv:3: staff_id: the id is empty\n  Write whose row it is; delete rows that add up others."


def test_a_ledger_that_libreoffice_has_open(tmp_path: Path) -> None:
    """It would write over the new rows with what it has read; its lock beside the file says so."""
    path = tmp_path / "l.csv"
    path.write_text(HEAD, encoding="utf-8")
    (tmp_path / ".~lock.l.csv#").write_text(",planner,pc,29.11.2026 07:00,file:///l;", encoding="utf-8")
    assert refused(path) == (
        "l.csv: LibreOffice has the ledger open (beside it is .~lock.l.csv#) and would write over rows that are added now\n"
        "  Close it there; if nobody has it open any more, delete .~lock.l.csv#."
    )


def test_folders_that_take_no_file(tmp_path: Path) -> None:
    """A folder that is not there, and one in which nobody may write; nothing is made, nor is the folder."""
    assert "the folder" in refused(tmp_path / "none" / "l.csv")
    assert not (tmp_path / "none").exists()
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "l.csv").write_text(HEAD, encoding="utf-8")
    closed.chmod(0o500)
    try:
        if os.access(closed, os.W_OK):
            pytest.skip("who runs this may write everywhere")
        assert "no file can be written in this folder" in refused(closed / "l.csv")
    finally:
        closed.chmod(0o700)


def test_a_ledger_that_may_not_be_changed(tmp_path: Path) -> None:
    """Whoever made it read-only wants to keep it; it is not replaced."""
    path = tmp_path / "l.csv"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0o400)
    if os.access(path, os.W_OK):
        pytest.skip("who runs this may write everywhere")
    assert "it is read-only" in refused(path)


def test_a_ledger_of_others(tmp_path: Path) -> None:
    """Other people: refused here, told where it is read. The same ids in units of others: told in both."""
    path = tmp_path / "l.csv"
    path.write_text(f"{HEAD}X,office,2020-W53,1,1,,x\nY,office,2020-W53,1,1,,x\n", encoding="utf-8")
    assert "nobody in this ledger (people 2) is in the staff table" in refused(path)
    read = instance(folder=tmp_path, ledger={"file": "l.csv"})
    assert [finding.said.text() for finding in read.notes] == [
        "nobody in this ledger (people 2) is in the staff table, so it seems to be that of another agency: everybody begins with 0"
    ]
    path.write_text(f"{HEAD}A,office,2020-W53,2,1,,x\nB,office,2020-W53,0,1,,y\n", encoding="utf-8")
    said = "no unit in this ledger (x and y) is one of the instance, so it may be that of another agency with the same ids"
    assert said in [finding.said.text() for finding in instance(folder=tmp_path, ledger={"file": "l.csv"}).notes]
    assert said in [said.text() for said in publish(path, instance(), turns(3)).notes]
