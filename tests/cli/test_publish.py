"""`giliran publish`: what is appended, what is refused, and that nothing else is ever touched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from giliran.errors import InputError
from giliran.files.ledger import read_ledger
from giliran.files.loading import load_instance
from giliran.files.schema import schema
from tests.cli.test_commands import Run, run

__all__ = ["run"]

WEEK = """schema: giliran/1
title: Bidang kecil
horizon: {start: 2021-07-12, end: 2021-07-16}
calendars: {office: {holidays: none}}
units: [{id: u, name: Bidang Satu, level: bidang}]
staff:
  - {id: A, name: Ani, unit: u}
  - {id: B, name: Budi, unit: u}
rules:
  - {id: batas, kind: office_cap, max: 1}
  - {id: piket, kind: duty_officers, count: 1}
goals: [{kind: office_target, aim: most_office}, {kind: fair_share}]
"""
PLAN = """staff_id,date,place,duty
A,2021-07-12,office,own/piket
B,2021-07-12,home,
A,2021-07-13,office,own/piket
B,2021-07-13,home,
A,2021-07-14,office,own/piket
B,2021-07-14,home,
A,2021-07-15,home,
B,2021-07-15,office,own/piket
A,2021-07-16,home,
B,2021-07-16,office,own/piket
"""
HEAD = "staff_id,account,period,burden,share,last_called,unit\n"
ROWS = """A,office,2021-W28,3,2.5,2021-07-14,u
B,office,2021-W28,2,2.5,2021-07-16,u
A,own/piket,2021-W28,3,2.5,2021-07-14,u
B,own/piket,2021-W28,2,2.5,2021-07-16,u
"""
BACK = """A,office,2021-W28,-3,-2.5,2021-07-14,u
B,office,2021-W28,-2,-2.5,2021-07-16,u
A,own/piket,2021-W28,-3,-2.5,2021-07-14,u
B,own/piket,2021-W28,-2,-2.5,2021-07-16,u
"""
CLOSE = ("publish", "w.yaml", "plan.csv", "--ledger", "l.csv")


@pytest.fixture(autouse=True)
def week(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week and its plan in the folder at hand, and a screen on which no sentence is broken."""
    monkeypatch.setenv("COLUMNS", "200")
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    Path("plan.csv").write_text(PLAN, encoding="utf-8")


def held() -> str:
    """What the ledger holds."""
    return Path("l.csv").read_bytes().decode()


def test_a_week_is_closed(run: Run) -> None:
    """A new ledger gets a row for each person and account, duty too, which the answer says in either language."""
    code, out, err = run(*CLOSE)
    assert (code, held(), err) == (0, HEAD + ROWS, "")
    assert out == "2021-W28 is closed in l.csv: 4 rows for 2 people, accounts office, own/piket\n"
    Path("l.csv").unlink()
    assert run(*CLOSE, "--lang", "id")[1] == "2021-W28 ditutup dalam l.csv: 4 baris untuk 2 pegawai, akun office, own/piket\n"


def test_twice_is_refused_in_one_sentence(run: Run) -> None:
    """The same period again, and one that shares days with it, are refused by line and name; the ledger stays."""
    run(*CLOSE)
    code, out, err = run(*CLOSE)
    assert (code, out, held()) == (2, "", HEAD + ROWS)
    assert err == (
        "l.csv:2: 2021-W28 is closed already: Ani stands in account office on line 2, for 2021-W28\n"
        "  To close it anew, take the old rows back with --undo 2021-W28.\n"
    )
    Path("l.csv").write_text(f"{HEAD}B,office,Juli 2021,1,1,,\n", encoding="utf-8")
    assert "2021-W28 is closed already: Budi stands in account office on line 2, for Juli 2021" in run(*CLOSE)[2]


def test_a_period_is_taken_back(run: Run) -> None:
    """Opposite rows are appended; the week can be closed again, alone or in the same step; it is taken back only once."""
    run(*CLOSE)
    assert run("publish", "--ledger", "l.csv", "--undo", "12 Juli 2021 s.d. 18 Juli 2021")[:2] == (
        0,
        "2021-W28 is taken back in l.csv: 4 rows\n",
    )
    assert held() == HEAD + ROWS + BACK
    code, _, err = run("publish", "--ledger", "l.csv", "--undo", "2021-W28")
    assert (code, held()) == (2, HEAD + ROWS + BACK)
    assert "has no rows for 2021-W28 that still stand" in err
    assert run(*CLOSE)[0] == 0
    assert run(*CLOSE, "--undo", "2021-W28")[0] == 0
    assert held() == HEAD + ROWS + BACK + ROWS + BACK + ROWS


def test_the_wrong_period_is_answered_by_the_nearest(run: Run) -> None:
    """A period that is not there is refused with one that is."""
    run(*CLOSE)
    assert "Did you mean 2021-W28?" in run("publish", "--ledger", "l.csv", "--undo", "2021-W27")[2]


def test_what_happened(run: Run) -> None:
    """A was ill on Wednesday, and B came, by a list in the words of attendance lists; what else it holds is told and not used."""
    Path("hadir.csv").write_text(
        "NIP;Tanggal;Kehadiran\nA;14/07/2021;SAKIT\nB;14/07/2021;WFO\nA;12/07/2021;\nA;17/07/2021;WFO\nA;02/08/2021;DL\n", encoding="utf-8"
    )
    code, out, _ = run(*CLOSE, "--actual", "hadir.csv")
    assert code == 0
    assert held().splitlines()[1:3] == ["A,office,2021-W28,2,2,2021-07-13,u", "B,office,2021-W28,3,3,2021-07-16,u"]
    assert "days that were otherwise than planned, counted as they were: 2\n" in out
    assert "days of work that the attendance list says nothing of, counted as planned: 8\n" in out
    assert "outside Monday 12 July 2021 to Friday 16 July 2021, not read: 2\n" in out


@pytest.mark.parametrize("lang", ["en", "id"])
def test_lines_fit_the_screen(lang: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long for the terminal goes on below, a step further."""
    monkeypatch.setenv("COLUMNS", "60")
    Path("hadir.csv").write_text("NIP;Tanggal;Kehadiran\nA;14/07/2021;SAKIT\n", encoding="utf-8")
    code, out, _ = run(*CLOSE, "--actual", "hadir.csv", "--lang", lang)
    assert code == 0 and max(map(len, out.splitlines())) <= 60
    assert sum(line.startswith("  ") for line in out.splitlines()) >= 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "Aa,2021-07-12,WFO",
            "nobody in this attendance list (people 1: Aa) is in the instance, so it belongs to others\n  Did you mean A?",
        ),
        ("A,2021-07-12,SAKITT", "Did you mean sakit?"),
        ("A,2021-07-12,H\nB,2021-07-12,WFO", "'H' says that somebody came, but not whether to the office\n  Write WFO or WFH."),
        ("A,2021-08-12,WFO", "the attendance list says nothing of Monday 12 July 2021 to Friday 16 July 2021"),
        ("A,2021-07-12,WFO\nA,2021-07-12,SAKIT", "this row disagrees with an earlier one"),
    ],
)
def test_wrong_attendance_lists(run: Run, rows: str, said: str) -> None:
    """Unknown people and words are answered by the nearest known one; no ledger is made."""
    Path("hadir.csv").write_text(f"staff_id,date,place\n{rows}\n", encoding="utf-8")
    code, _, err = run(*CLOSE, "--actual", "hadir.csv")
    assert (code, Path("l.csv").exists()) == (2, False)
    assert said in err


@pytest.mark.parametrize(
    ("ledger", "said"),
    [
        (f"{HEAD}X,office,2021-W01,1,1,,\nY,office,2021-W01,1,1,,\n", "nobody in this ledger (people 2) is in the staff table"),
        ("staff_id,date,place\nA,2021-07-12,office\n", "none of the columns period, burden and share"),
        ("staff_id,period,burden,share\nA,2021-W01,1,1\n", "the ledger has no column account, so it cannot tell own/piket"),
        (f"{HEAD}A,office,2021-W01,satu,1,,\n", "'satu'"),
        ("\0\0", "NUL"),
    ],
)
def test_what_is_no_ledger_of_ours_stays(run: Run, ledger: str, said: str) -> None:
    """A ledger of another agency, and whatever is none, is refused, and stays byte for byte."""
    Path("l.csv").write_bytes(ledger.encode())
    code, _, err = run(*CLOSE)
    assert (code, held()) == (2, ledger)
    assert said in err


@pytest.mark.parametrize("name", ["w.yaml", "plan.csv", "plan.json", "l.txt"])
def test_no_input_is_lost(run: Run, name: str) -> None:
    """An instance, a plan, or any name that is no ledger's is refused as one; what is there stays."""
    before = Path(name).read_bytes() if Path(name).exists() else None
    assert run("publish", "w.yaml", "plan.csv", "--ledger", name)[0] == 2
    assert (Path(name).read_bytes() if Path(name).exists() else None) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeffpegawai;account;period;burden;share\r\nA;office;2021-W01;0,5;0\r\n", "A;office;2021-W28;3;2,5\r\n"),
        ("share\tstaff_id\taccount\tperiod\tburden\n0.5\tA\toffice\t2021-W01\t0", "\n2.5\tA\toffice\t2021-W28\t3\n"),
        ("sep=;\nstaff_id;account;period;burden;share\nA;;2021-W01;1;1\n", "A;office;2021-W28;3;2.5\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_rows_are_written_as_the_ledger_is(run: Run, before: str, after: str, encoding: str) -> None:
    """Separators, decimal commas, line ends, columns in any order and the encoding are those of the file, whose rows stay byte for byte."""
    raw = before.removeprefix("\ufeff").encode(encoding) if encoding != "utf-8" else before.encode()
    Path("l.csv").write_bytes(raw)
    code, out, _ = run(*CLOSE)
    assert (code, Path("l.csv").read_bytes().startswith(raw)) == (0, True)
    assert Path("l.csv").read_bytes().decode(encoding).removeprefix("\ufeff").startswith(before.removeprefix("\ufeff") + after)
    assert "so that they are not kept: last_called, unit" in out
    assert run(*CLOSE)[0] == 2


def test_a_plan_that_breaks_rules_is_closed_and_told(run: Run) -> None:
    """Rules that are not kept, and days without a place, end with 1 as `check` does; what was asked of people stands all the same."""
    Path("plan.csv").write_text(PLAN.replace("B,2021-07-12,home", "B,2021-07-12,office").replace("A,2021-07-16,home,\n", ""), "utf-8")
    code, out, _ = run(*CLOSE)
    assert code == 1 and held().startswith(HEAD + "A,office,2021-W28,3,")
    assert "giliran check w.yaml plan.csv tells them" in out
    assert "days of work without a place in this plan, counted for nobody: 1\n" in out


def test_an_attendance_list_fills_gaps(run: Run) -> None:
    """A day that the plan left open is known from the list: nothing is missing any more."""
    Path("plan.csv").write_text(PLAN.replace("A,2021-07-16,home,\n", ""), "utf-8")
    Path("hadir.csv").write_text("staff_id,date,place\nA,2021-07-16,WFH\n", "utf-8")
    code, out, _ = run(*CLOSE, "--actual", "hadir.csv")
    assert (code, held(), "without a place" in out) == (0, HEAD + ROWS, False)


def test_a_plan_without_names_is_told(run: Run) -> None:
    """A plan that names nobody for a duty closes no account of it, and says so."""
    Path("plan.csv").write_text(re.sub(r",(duty|own/piket|)$", "", PLAN, flags=re.MULTILINE), encoding="utf-8")
    code, out, _ = run(*CLOSE)
    assert (code, held().count("\n")) == (0, 3)
    assert "the plan names nobody for own/piket, so its account gets no rows\n" in out


def test_json(run: Run) -> None:
    """Programs get the rows and what is told, as the schema says."""
    run(*CLOSE)
    _, out, _ = run(*CLOSE, "--undo", "2021-W28", "--format", "json")
    told = json.loads(out)
    assert (told["schema"], told["closed"], told["undone"], len(told["rows"])) == ("giliran-ledger/1", "2021-W28", "2021-W28", 8)
    assert told["rows"][4] == {
        "staff_id": "A",
        "account": "office",
        "period": "2021-W28",
        "burden_thousandths": 3000,
        "share_thousandths": 2500,
        "balance_thousandths": 500,
        "last_called": "2021-07-14",
        "unit": "u",
    }
    known = schema("ledger")
    assert set(told) == set(known["properties"])
    assert set(told["rows"][0]) == set(known["$defs"]["EntryRecord"]["properties"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--ledger", "l.csv"), "a plan is missing: giliran publish INSTANCE SCHEDULE --ledger FILE"),
        (("w.yaml", "--ledger", "l.csv", "--undo", "2021"), "a plan is missing: giliran publish INSTANCE SCHEDULE"),
        (("--ledger", "l.csv", "--undo", "2021", "--actual", "x.csv"), "an attendance list needs the plan that it is about"),
        (("w.yaml", "plan.csv"), "--ledger is missing"),
        (("plan.csv", "w.yaml", "--ledger", "l.csv"), "The instance comes first"),
    ],
)
def test_arguments(run: Run, words: tuple[str, ...], said: str) -> None:
    """What does not go together is refused before any file is read."""
    code, _, err = run("publish", *words)
    assert (code, Path("l.csv").exists()) == (2, False)
    assert said in err


def test_the_next_plan_makes_good(run: Run) -> None:
    """A gave three of five days and had three duties: next week A gets two, and two duties."""
    run(*CLOSE)
    week = WEEK.replace("2021-07-12", "2021-07-19").replace("2021-07-16", "2021-07-23")
    Path("next.yaml").write_text(f"{week}ledger: {{file: l.csv}}\n", encoding="utf-8")
    assert run("solve", "next.yaml", "-o", "next.csv", "--workers", "1")[0] == 0
    rows = Path("next.csv").read_text(encoding="utf-8").splitlines()
    assert [sum(row.startswith(f"{id_},") and row.endswith("office,own/piket") for row in rows) for id_ in "AB"] == [2, 3]


def test_words_that_a_spreadsheet_would_work_out(run: Run) -> None:
    """Ids and units that begin like formulas are text in the ledger, and mean the same when it is read again."""
    week = WEEK.replace("id: u,", 'id: "=u;x",').replace("unit: u}", 'unit: "=u;x"}').replace("id: A,", 'id: "+A",')
    Path("w.yaml").write_text(week + "balances: {transfer: reset}\n", encoding="utf-8")
    Path("plan.csv").write_text(PLAN.replace("A,", "+A,"), encoding="utf-8")
    assert run(*CLOSE)[0] == 0
    assert held().splitlines()[1] == "'+A,office,2021-W28,3,2.5,2021-07-14,'=u;x"
    assert run("publish", "--ledger", "l.csv", "--undo", "2021-W28")[0] == 0
    assert run(*CLOSE)[0] == 0
    Path("w.yaml").write_text(week + "balances: {transfer: reset}\nledger: {file: l.csv}\n", encoding="utf-8")
    assert load_instance("w.yaml").facts.balance("office").tolist() == [500, -500]


def test_letters_that_the_file_cannot_hold(run: Run) -> None:
    """A ledger in an old encoding that has no sign for a name of ours is refused, with what to do; it stays."""
    Path("w.yaml").write_text(WEEK.replace("id: u,", "id: Ω,").replace("unit: u}", "unit: Ω}"), encoding="utf-8")
    raw = f"{HEAD}B,caf\u00e9,2021-W01,1,1,,\n".encode("windows-1252")
    Path("l.csv").write_bytes(raw)
    code, _, err = run(*CLOSE)
    assert (code, Path("l.csv").read_bytes()) == (2, raw)
    assert "'Ω' cannot be written in the encoding of this file" in err


@pytest.mark.parametrize("there", [None, HEAD])
def test_what_others_wrote_meanwhile_stays(there: str | None, tmp_path: Path) -> None:
    """Rows that somebody appends while a week is being closed are not lost: the later one is refused, and does it again."""
    path = tmp_path / "shared.csv"
    if there is not None:
        path.write_text(there, encoding="utf-8")
    ledger = read_ledger(path)
    path.write_text(HEAD + ROWS, encoding="utf-8")
    with pytest.raises(InputError, match="was changed while this ran"):
        ledger.append([])
    assert path.read_text(encoding="utf-8") == HEAD + ROWS


@pytest.mark.parametrize(("read", "is_told"), [("l.csv", False), ("./sub/../l.csv", False), ("old.csv", True)])
def test_another_ledger_than_the_one_that_is_read_is_told(run: Run, read: str, is_told: bool) -> None:
    """A week that was planned with the balances of one ledger and is closed in another splits what is remembered."""
    Path("sub").mkdir()
    for name in ("l.csv", "old.csv"):
        Path(name).write_text(f"{HEAD}A,office,2021-W27,1,1,,u\n", encoding="utf-8")
    Path("w.yaml").write_text(f"{WEEK}ledger: {{file: {read}}}\n", encoding="utf-8")
    code, out, _ = run(*CLOSE)
    assert (code, "come from elsewhere, not from l.csv" in out) == (0, is_told)


def test_errors_are_those_of_the_library() -> None:
    """A ledger that cannot be read is an input error, for programs too."""
    with pytest.raises(InputError, match=r"a ledger ends in \.csv, not in '\.json'"):
        read_ledger("l.json")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--ledger", "folder"), "folder: this is a folder, a file was expected"),
        (("--ledger", "buku"), "buku: the name has no ending; .csv was expected"),
    ],
)
def test_names_that_are_no_ledger(words: tuple[str, ...], said: str, run: Run) -> None:
    """A folder, and a name without an ending, are told as what they are."""
    Path("folder").mkdir()
    code, out, err = run("publish", "w.yaml", "plan.csv", *words)
    assert (code, out) == (2, "") and said in err and "''" not in err


def test_taking_back_from_no_ledger(run: Run) -> None:
    """A misspelt name is no empty ledger; nothing is written."""
    assert run(*CLOSE)[0] == 0
    code, out, err = run("publish", "--ledger", "ll.csv", "--undo", "2021-W28")
    assert (code, out) == (2, "") and "there is no such file" in err and "l.csv" in err.replace("ll.csv", "")
    assert not Path("ll.csv").exists()
