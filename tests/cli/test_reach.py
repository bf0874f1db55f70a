"""Messages and calendars from the command line: what is in them, what follows a published plan, and that nothing is lost to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import Run, run
from tests.files.calendar_reader import ReadEvent, read_calendar

__all__ = ["run"]

WEEK = """schema: giliran/1
title: "Dinas Pangan; Gizi, dan \\\\ lain"
horizon: {start: 2026-08-03, end: 2026-08-05}
calendars: {office: {holidays: none}}
units: [{id: o, name: Dinas Pangan, level: opd}, {id: p, name: Sekretariat, level: bidang, parent: o}]
staff:
  - {id: A, name: "Ani, S.E.; M.M. \\\\n", nip: "198503122010011003", unit: p, phone: "0811"}
  - {id: B, name: "Budi\\nEND:VEVENT\\r\\nBEGIN:VALARM", unit: p}
  - {id: C, name: "../../Citra/CON", unit: p}
  - {id: c, name: "../../citra/con", unit: p}
rules: [{id: piket, kind: duty_officers, count: 1, per: bidang}]
"""
OLD = {"A": "OOH", "B": "HHO", "C": "HOH", "c": "OHH"}
NEW = {"A": "HOH", "B": "AHO", "C": "OOH", "c": "OHH"}
PLACES = {"O": "office", "H": "home", "A": "absent"}


def rows(plan: dict[str, str], duty: dict[str, str]) -> list[dict[str, str]]:
    """Rows of a plan by letters, with who is on duty on which day."""
    days = [f"2026-08-0{3 + d}" for d in range(3)]
    return [
        {"staff_id": who, "date": day, "place": PLACES[letter], "duty": "own/piket" if duty.get(day) == who else ""}
        for who, letters in plan.items()
        for day, letter in zip(days, letters, strict=True)
    ]


@pytest.fixture(autouse=True)
def week(run: Run) -> None:
    """An instance, the plan that was announced, and the third plan, for which somebody is ill."""
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    duty = {"2026-08-03": "A", "2026-08-04": "A", "2026-08-05": "B"}
    Path("old.json").write_text(json.dumps(rows(OLD, duty)), encoding="utf-8")
    new = {"schema": "giliran-result/1", "version": 3, "assignments": rows(NEW, duty | {"2026-08-03": "C"})}
    Path("new.json").write_text(json.dumps(new), encoding="utf-8")
    Path("now.yaml").write_text(WEEK + "absences: [{staff_id: B, from: 2026-08-03, to: 2026-08-03, reason: sakit}]\n", encoding="utf-8")


def events(path: Path) -> list[ReadEvent]:
    """Events of a calendar."""
    return read_calendar(path.read_bytes()).events


def test_a_calendar_for_each_person(run: Run) -> None:
    """Names that are hostile to files, lines and escapes: each file is in the folder and says what the plan says."""
    code, out, _ = run("export", "w.yaml", "old.json", "--ics-dir", "cal", "--lang", "id")
    assert code == 0 and out == "4 kalender, satu untuk setiap pegawai, di cal\n"
    names = sorted(path.name for path in Path("cal").iterdir())
    assert len({name.casefold() for name in names}) == 4 and all(name.endswith(".ics") and "/" not in name for name in names)
    [own] = Path("cal").glob("Ani*198503122010011003.ics")
    found = read_calendar(own.read_bytes())
    assert found.head["X-WR-CALNAME"] == "Jadwal kerja Ani, S.E.; M.M. \\n"
    assert [(str(event.first), event.summary) for event in found.events] == [
        ("2026-08-03", "WFO, petugas piket"),
        ("2026-08-04", "WFO, petugas piket"),
        ("2026-08-05", "WFH"),
    ]
    assert {(event.sequence, event.status, (event.end - event.first).days) for event in found.events} == {(0, "CONFIRMED", 1)}


def test_one_calendar_of_all(run: Run) -> None:
    """Whose day it is stands in every event, whatever is in the name; the identifiers are those of the calendars of each."""
    assert run("export", "w.yaml", "old.json", "-o", "all.ics", "--ics-dir", "cal")[0] == 0
    found = read_calendar(Path("all.ics").read_bytes())
    assert found.head["X-WR-CALNAME"] == "Work plan: Dinas Pangan; Gizi, dan \\ lain"
    assert len(found.events) == 12 and found.events[0].summary == "Ani, S.E.; M.M. \\n: WFO, duty officer"
    assert found.events[3].summary == "Budi END:VEVENT BEGIN:VALARM: WFH"
    assert {event.uid for event in found.events} == {event.uid for path in Path("cal").iterdir() for event in events(path)}


def test_duty_says_when_and_where(run: Run) -> None:
    """As the document has it; whoever is not on duty reads neither."""
    Path("h.yaml").write_text(WEEK + 'document: {duty_place: "Loket 1; Aula", duty_hours: 08.00–16.00}\n', encoding="utf-8")
    assert run("export", "h.yaml", "old.json", "--ics-dir", "cal")[0] == 0
    [own] = Path("cal").glob("Ani*198503122010011003.ics")
    assert [event.summary for event in events(own)] == [*["WFO, duty officer, 08.00–16.00, Loket 1; Aula"] * 2, "WFH"]


def test_a_plan_that_replaces_another(run: Run) -> None:
    """The same identifiers, higher numbers, a later stamp; the day of whoever is away is cancelled, and nobody reads why."""
    assert run("export", "w.yaml", "old.json", "-o", "old.ics")[0] == 0
    assert run("export", "now.yaml", "new.json", "-o", "new.ics", "--published", "old.json", "--show-reasons")[0] == 0
    old, new = (events(Path(f"{name}.ics")) for name in ("old", "new"))
    assert [event.uid for event in new] == [event.uid for event in old]
    assert [event.sequence for event in new] == [2] * 12 and new[0].stamp > old[0].stamp
    assert [event.summary for event in new if event.status == "CANCELLED"] == ["Budi END:VEVENT BEGIN:VALARM: WFH"]
    assert b"sakit" not in Path("new.ics").read_bytes()


def test_a_published_plan_without_a_number_is_the_first(run: Run) -> None:
    """So that the plan that follows it is never taken for the same one."""
    Path("new.json").write_text(json.dumps(rows(NEW, {"2026-08-03": "C", "2026-08-04": "A", "2026-08-05": "B"})), encoding="utf-8")
    assert run("export", "now.yaml", "new.json", "-o", "new.ics", "--published", "old.json")[0] == 0
    assert {event.sequence for event in events(Path("new.ics"))} == {1}


def test_replan_writes_calendars_and_messages(run: Run) -> None:
    """What is cancelled and what changes, from the plan that was announced; the messages hold no reason."""
    words = ("--published", "old.json", "--absent", "A:2026-08-03=sakit", "--ics-dir", "cal", "-o", "x.txt", "-o", "x.json", "--lang", "id")
    code, _, err = run("replan", "w.yaml", *words)
    assert code == 0 and "4 kalender" in err
    [own] = Path("cal").glob("Ani*")
    assert [event.status for event in events(own)] == ["CANCELLED", "CONFIRMED", "CONFIRMED"]
    text = Path("x.txt").read_text(encoding="utf-8")
    assert "*Perubahan jadwal kerja*" in text and "tidak lagi piket" in text and "menjadi piket" in text
    assert "tidak bertugas" in text and "sakit" not in text


def test_the_same_plan_gives_the_same_bytes(run: Run) -> None:
    """Texts and calendars; solve writes what export writes."""
    assert run("solve", "w.yaml", "-o", "a.json", "-o", "a.txt", "-o", "a.ics", "--ics-dir", "one")[0] == 0
    assert run("export", "w.yaml", "a.json", "-o", "b.txt", "-o", "b.ics", "--ics-dir", "two")[0] == 0
    first, second = ({path.name: path.read_bytes() for path in Path(name).iterdir()} for name in ("one", "two"))
    assert first == second and len(first) == 4
    assert [Path(f"a{ending}").read_bytes() == Path(f"b{ending}").read_bytes() for ending in (".txt", ".ics")] == [True, True]


def test_calendars_of_a_whole_plan_stay(run: Run) -> None:
    """A plan with gaps writes over none and says so, as in `solve`, what else is asked for is written; --partial writes them."""
    assert run("export", "w.yaml", "old.json", "--ics-dir", "cal")[0] == 0
    before = {path.name: path.read_bytes() for path in Path("cal").iterdir()}
    Path("gap.json").write_text(json.dumps(rows(OLD, {})[1:]), encoding="utf-8")
    code, out, _ = run("export", "w.yaml", "gap.json", "--ics-dir", "cal", "-o", "x.ics")
    assert code == 1 and "calendars in cal stay as they are" in " ".join(out.split()) and Path("x.ics").exists()
    assert json.loads(run("export", "w.yaml", "gap.json", "--ics-dir", "cal", "--format", "json")[1])["calendars_kept"] == "cal"
    assert before == {path.name: path.read_bytes() for path in Path("cal").iterdir()}
    assert run("export", "w.yaml", "gap.json", "--ics-dir", "cal", "--partial")[0] == 1
    assert before != {path.name: path.read_bytes() for path in Path("cal").iterdir()}


def test_changes_where_a_plan_is_named(run: Run) -> None:
    """With --published a text tells the changes, of the day and the unit that are asked for; without it the plan of the day."""
    asked = ("export", "now.yaml", "new.json", "--date", "2026-08-03", "--lang", "id")
    assert run(*asked, "-o", "day.txt")[0] == 0
    assert run(*asked, "-o", "new.txt", "--published", "old.json", "--per", "bidang")[0] == 0
    day, new = (Path(name).read_text(encoding="utf-8") for name in ("day.txt", "new-Sekretariat.txt"))
    assert "*Jadwal kerja Senin 3 Agustus 2026*" in day and "Selasa" not in day
    assert "Sen 3 Agu WFO → WFH, tidak lagi piket" in new and "jadwal ke-3" in new


def test_phones_where_they_are_asked_for(run: Run) -> None:
    """Beside duty officers alone, in the copy that stays inside."""
    asked = ("export", "w.yaml", "old.json", "-o", "day.txt", "--date", "2026-08-03")
    assert run(*asked)[0] == 0 and "0811" not in Path("day.txt").read_text(encoding="utf-8")
    assert run(*asked, "--phones")[0] == 0 and "(duty, 0811)" in Path("day.txt").read_text(encoding="utf-8")


def test_nothing_of_others_is_touched(run: Run) -> None:
    """A file of that name that is somebody else's stops everything; others in the folder stay as they are."""
    assert run("export", "w.yaml", "old.json", "--ics-dir", "cal")[0] == 0
    [own] = Path("cal").glob("Ani*")
    own.write_text("BEGIN:VCALENDAR\r\nPRODID:-//other//\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    Path("cal/notes.txt").write_text("mine", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path("cal").iterdir()}
    code, out, err = run("export", "now.yaml", "new.json", "--ics-dir", "cal", "-o", "x.ics")
    assert (code, out) == (2, "") and own.name in err and "no calendar of giliran" in err
    assert before == {path.name: path.read_bytes() for path in Path("cal").iterdir()} and not Path("x.ics").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "w.yaml", "old.json"), "nothing is asked for"),
        (("export", "w.yaml", "old.json", "-o", "x.ics", "--partial"), "about calendars, and none is asked for: --ics-dir FOLDER"),
        (("export", "w.yaml", "old.json", "--ics-dir", "old.json"), "this is a file, a folder was expected"),
        (("export", "w.yaml", "old.json", "-o", "Budi_END_VEVENT_BEGIN_VALARM-B.ics", "--ics-dir", "."), "is named beside the folder"),
        (("export", "w.yaml", "old.json", "-o", "mine.txt"), "is there already and is no plan of giliran"),
        (("solve", "w.yaml", "--out-dir", "out", "--ics-dir", "cal"), "calendars in one folder are about one instance"),
        (("solve", "w.yaml", "-o", "mine.txt"), "is there already and is no result of giliran"),
    ],
)
def test_what_is_refused(run: Run, words: tuple[str, ...], told: str) -> None:
    """Before anything is written."""
    Path("mine.txt").write_text("Belanja: beras\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, _, err = run(*words)
    assert code == 2 and told in " ".join(err.split())
    assert before == {path.name: path.read_bytes() for path in Path().iterdir()}


def test_without_the_package_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, not as an error of Python."""
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
    code, _, err = run("export", "w.yaml", "old.json", "-o", "x.ics", "--lang", "id")
    assert code == 2 and "pip install 'giliran[desk]'" in err and not Path("x.ics").exists()


def test_a_cancelled_day_stays_cancelled_in_the_third_plan(run: Run) -> None:
    """Whoever missed the second file hears of the cancelled day from the third, with the number of the second, and of nothing twice."""
    into = ("--ics-dir", "cal", "-o", "all.ics")
    ill = [("--published", f"{k}.json", "--absent", f"{who}:2026-08-0{day}") for k, (who, day) in enumerate([("A", 3), ("B", 4)], start=1)]
    assert run("solve", "w.yaml", "-o", "1.json", *into)[0] == 0
    assert run("replan", "w.yaml", *ill[0], "-o", "2.json", *into)[0] == 0
    cancelled = [event for event in events(Path("all.ics")) if event.status == "CANCELLED"]
    assert [(event.first.day, event.sequence) for event in cancelled] == [(3, 1)]
    assert run("replan", "w.yaml", *ill[1], "-o", "3.json", *into)[0] == 0
    now = events(Path("all.ics"))
    assert cancelled[0] in now and len({event.uid for event in now}) == len(now)
    [own] = Path("cal").glob("Ani*198503122010011003.ics")
    assert cancelled[0].uid in {event.uid for event in events(own) if event.status == "CANCELLED"}


def test_a_day_that_is_back_is_cancelled_no_more(run: Run) -> None:
    """Ani is back in the third plan: her day stands there once, with its number."""
    assert run("solve", "w.yaml", "-o", "1.json", "-o", "all.ics")[0] == 0
    assert run("replan", "w.yaml", "--published", "1.json", "--absent", "A:2026-08-03", "-o", "2.json", "-o", "all.ics")[0] == 0
    assert run("replan", "w.yaml", "--published", "2.json", "--back", "A:2026-08-03", "-o", "all.ics")[0] == 0
    assert {event.status for event in events(Path("all.ics"))} == {"CONFIRMED"}
    assert {event.sequence for event in events(Path("all.ics"))} == {2}


def test_another_week_is_not_cancelled(run: Run) -> None:
    """Days outside the plan are nothing that it says again."""
    assert run("solve", "w.yaml", "-o", "1.json", "-o", "all.ics")[0] == 0
    assert run("replan", "w.yaml", "--published", "1.json", "--absent", "A:2026-08-03", "-o", "all.ics")[0] == 0
    Path("next.yaml").write_text(Path("w.yaml").read_text(encoding="utf-8").replace("2026-08-0", "2026-09-0"), encoding="utf-8")
    assert run("solve", "next.yaml", "-o", "all.ics")[0] == 0
    assert {event.status for event in events(Path("all.ics"))} == {"CONFIRMED"}
