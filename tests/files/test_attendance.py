"""Attendance lists in every shape in which offices keep them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from giliran.domain.calendar import WEEKDAYS
from giliran.domain.place import Place
from giliran.errors import InputError
from giliran.files.attendance import Attended, read_attended
from giliran.instance import Instance

SIGNS = {Place.NONE: "?", Place.OFFICE: "1", Place.HOME: "0", Place.ABSENT: "a", Place.OFF: "-"}
WEEK = ("2026-08-03", "2026-08-07")


def instance(days: tuple[str, str] = WEEK, **sections: Any) -> Instance:
    """Ani, whose NIP is another than her id, Budi and Citra."""
    return Instance.build(
        {
            "horizon": {"start": days[0], "end": days[1]},
            "calendars": {"office": {"holidays": "none"}},
            "staff": [{"id": "A", "nip": "199001012015011001", "name": "Ani"}, {"id": "B", "name": "Budi"}, {"id": "C", "name": "Citra"}],
            "goals": [{"kind": "office_target", "aim": "most_office"}],
            **sections,
        }
    )


def attended(folder: Path, text: str, name: str = "hadir.csv", of: Instance | None = None) -> Attended:
    """What a list says."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_attended(path, of or instance())


def places(found: Attended) -> list[str]:
    """Everybody's days, a sign each."""
    return ["".join(SIGNS[Place(code)] for code in row) for row in found.schedule.place.tolist()]


def told(found: Attended) -> str:
    """What must be told."""
    return "\n".join(said.text() for said in found.told)


def refused(folder: Path, text: str, name: str = "hadir.csv", of: Instance | None = None) -> list[str]:
    """Everything that is said about a list that cannot be read, without the name of its file."""
    with pytest.raises(InputError) as caught:
        attended(folder, text, name, of)
    assert caught.value.text("id") != caught.value.text("en")
    return caught.value.text().replace(str(folder / name), "").splitlines()


LONG = "id,tanggal,kehadiran\nA,3/8/2026,WFO\nA,4/8/2026,SAKIT\nB,3/8/2026,WFH\nB,5/8/2026,DL\nC,7/8/2026,alpa\n"
HEADS = [
    ["2026-08-03", "2026-08-04", "2026-08-05", "2026-08-06", "2026-08-07"],
    ["3/8/2026", "4/8/2026", "5/8/2026", "6/8/2026", "7/8/2026"],
    ["3 Agustus 2026", "Selasa 4 Agustus 2026", "5 Agt 2026", "6-Aug-2026", "2026-08-07 00:00:00"],
    ["3 Agt", "04-Aug", "5/8", "Kam 6/8", "Jumat, 7 Agustus"],
    ["Sen 3", "Sel 4", "Rabu, 5", "6 Kam", "Jum'at 7"],
    ["3", "4", "5", "6", "7"],
    ["Tgl 3", "tgl. 4", "Tanggal 5", "06", "7"],
]
ROWS = [("A", "WFO,S,,,"), ("B", "WFH,,DL,,"), ("C", ",,,,A")]


@pytest.mark.parametrize("heads", HEADS, ids=lambda heads: heads[0])
def test_a_column_for_each_day_says_what_rows_say(heads: Sequence[str], tmp_path: Path) -> None:
    """The same list in rows and in columns, in CSV and JSON, is read as the same, whatever the usual heading of a day."""
    rows = "\n".join(f"{id_},{cells}" for id_, cells in ROWS)
    records = [dict(zip(("NIP", *heads), (id_, *cells.split(",")), strict=True)) for id_, cells in ROWS]
    quoted = ",".join(f'"{head}"' for head in heads)
    expected = places(attended(tmp_path, LONG))
    assert expected == ["1a???", "0?a??", "????a"]
    assert places(attended(tmp_path, f"NIP,{quoted}\n{rows}\n")) == expected
    assert places(attended(tmp_path, f"No;NIP;Nama;{';'.join(heads)};Jumlah;H;S\n".replace(",", "") + _numbered())) == expected
    assert places(attended(tmp_path, json.dumps(records), "hadir.json")) == expected


def _numbered() -> str:
    """The rows with a number, a name, and sums behind; between them the name of a unit, which says nothing."""
    lines = [f"{n};{id_};Nama;{cells.replace(',', ';')};9;1;1" for n, (id_, cells) in enumerate(ROWS, 1)]
    return "\n".join([lines[0], ";;Bidang Dua;;;;;;;;", *lines[1:]])


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Nama,Agustus 2026,,", ",Sen 3,Sel 4,Rab 5"),
        ("Nama,Agustus 2026,,", ",3,4,5"),
        ("Nama,Agustus 2026,,,Jumlah,", ",3,4,5,H,S"),
        ("Nama,Tanggal,,,Jumlah,", ",3,4,5,H,S"),
        ("Nama,Agt,,", ",Sen 3,Sel 4,Rab 5"),
    ],
)
def test_days_below_their_month(above: str, below: str, tmp_path: Path) -> None:
    """The second row of the heading names the days, with weekdays or not, with sums beside them or not."""
    sums = ",2,1" if "Jumlah" in above else ""
    for title in ("", "Daftar Hadir\n"):
        assert places(attended(tmp_path, f"{title}{above}\n{below}\nBudi,WFO,WFH,S{sums}\n"))[1] == "10a??"


def test_days_below_another_month(tmp_path: Path) -> None:
    """Numbers below July are of July, though they might be of the week in August."""
    assert "says nothing of Monday 3 August" in refused(tmp_path, "Nama,Juli 2026,\n,3,4\nBudi,WFO,WFH\n")[0]


def test_cells_without_a_heading_are_told(tmp_path: Path) -> None:
    """Friday's column has no heading: it is not read, and named by its letter."""
    found = attended(tmp_path, "Daftar Hadir,,,\nNama,3,4,\nBudi,WFO,WFH,S\n")
    assert places(found)[1] == "10???" and "columns that are filled and have no heading, not read: D" in told(found)


def test_words_of_cells(tmp_path: Path) -> None:
    """A day at work, at home, or why not; what is empty or a line says nothing."""
    words = "WFO,WFH,S,SAKIT,I,C,CUTI,DL,A,alpa,izin,,-,Dinas Luar,L"
    heads = ",".join(f"{day}/8/2026" for day in range(3, 18))
    shift = instance(("2026-08-03", "2026-08-17"), calendars={"office": {"holidays": "none", "workdays": [*WEEKDAYS]}})
    assert places(attended(tmp_path, f"id,{heads}\nA,{words}\n", of=shift))[0] == "10aaaaaaaaa??a-"


def test_numbers_of_a_month_serve_each_of_its_weeks(tmp_path: Path) -> None:
    """A sheet for August has columns 1 to 31; the week reads its own five, and says which days it took them for."""
    row = ",".join("WFO" if day % 2 else "WFH" for day in range(1, 32))
    found = attended(tmp_path, f"id,{','.join(map(str, range(1, 32)))}\nA,{row}\n")
    assert places(found)[0] == "10101"
    assert "numbered without a month, read as Saturday 1 August 2026 to Monday 31 August 2026" in told(found)
    assert "outside Monday 3 August 2026 to Friday 7 August 2026, not read: 26" in told(found)


@pytest.mark.parametrize(
    ("days", "heads", "expected"),
    [
        (("2026-08-31", "2026-09-04"), "31,1,2,3,4", "10101"),
        (("2026-08-31", "2026-09-04"), "1,2,3,4,5", "?1010"),
        (("2026-12-28", "2027-01-01"), "28,29,30,31,1", "10101"),
        (("2027-01-01", "2027-01-01"), "30,31,1,2,3", "1"),
        (("2026-12-28", "2027-01-01"), "31 Des,1 Jan,2 Jan,3 Jan,4 Jan", "???10"),
    ],
)
def test_days_around_the_end_of_a_month(days: tuple[str, str], heads: str, expected: str, tmp_path: Path) -> None:
    """Numbers follow each other: the month is the one for which they reach the plan, and a smaller number begins the next one."""
    week = instance(days, calendars={"office": {"holidays": "none"}})
    assert places(attended(tmp_path, f"id,{heads}\nA,WFO,WFH,WFO,WFH,WFO\n", of=week))[0] == expected


def test_an_empty_column_is_no_day(tmp_path: Path) -> None:
    """A form with 31 columns serves September too, where nobody wrote anything under the last."""
    heads = ",".join(map(str, range(1, 32)))
    september = instance(("2026-09-01", "2026-09-04"))
    assert places(attended(tmp_path, f"id,{heads}\nA,WFO,WFH{',' * 29}\n", of=september))[0] == "10??"
    assert ": 31: '31/9/2026' is not in the calendar" in refused(tmp_path, f"id,{heads}\nA,WFO{',' * 30}WFO\n", of=september)


def test_numbers_that_fit_two_months(tmp_path: Path) -> None:
    """Nothing is guessed: both months are named, and what to write."""
    long = instance(("2026-08-03", "2026-09-30"))
    assert refused(tmp_path, "id,1,2,3\nA,WFO,WFO,WFO\n", of=long) == [
        ": 1: '1' says no month, and days numbered like these fit August 2026 and September 2026",
        "  Write the month in the headings, such as 3/8/2026.",
    ]
    assert places(attended(tmp_path, "id,Sel 1,Rab 2,Kam 3\nA,WFO,WFO,WFO\n", of=long))[0][29:32] == "111"  # a Saturday in August


def test_all_that_is_not_understood_is_told_at_once(tmp_path: Path) -> None:
    """Headings by their name, cells by row and column; what stands in rows of others, or below other days, does not matter."""
    text = "NIP,2,3,Sel 5,2026-08-33,Shift\nA,??,WFG,WFO,WFO,pagi\n,,WFO,,,\nX,zz,zz,zz,zz,zz\nB,,HDR,,,\n"
    lines = refused(tmp_path, text)
    assert [line for line in lines if not line.startswith("  ")] == [
        ": columns that nobody knows: shift; known are: bidang, catatan, grade, keterangan, name, nip, no, note, opd, position, seksi, "
        "staff_id, unit, weekday",
        ": sel_5: 'sel, 5/8/2026': that date is Wednesday 5 August 2026",
        ": 2026-08-33: '2026-08-33' is not in the calendar",
        ":2: 3: 'WFG' is not one of office, home, absent and off",
        ":3: nip: the id is empty",
        ":5: 3: 'HDR' is not one of office, home, absent and off",
    ]


def test_somebody_twice(tmp_path: Path) -> None:
    """Two rows about one person must agree on every day."""
    assert refused(tmp_path, "id,3/8/2026,4/8/2026\nA,WFO,WFO\nA,WFO,WFH\n") == [
        ":3: 4/8/2026: Ani on Tuesday 4 August 2026: this row disagrees with an earlier one (:2: 4/8/2026)"
    ]


@pytest.mark.parametrize(
    ("rows", "expected", "said"),
    [
        ("A,H,S\nB,✓,hadir\n", ["?a???", "?????", "?????"], "only that somebody came, counted where the plan has them: 3"),
        ("A,H,S\nB,WFH,H\n", ["1a???", "01???", "?????"], "counted in the office because it tells days at home apart: 2"),
    ],
)
def test_somebody_came(rows: str, expected: list[str], said: str, tmp_path: Path) -> None:
    """Beside WFH a mere "came" is the office; in a list that tells neither apart it is where the plan has the person."""
    found = attended(tmp_path, f"id,3/8/2026,4/8/2026\n{rows}")
    assert places(found) == expected
    assert said in told(found)
    assert f"says nothing of, counted as planned: {15 - 4}" in told(found)


def test_somebody_came_of_whom_it_is_not_known_where(tmp_path: Path) -> None:
    """Beside WFO a mere "came" may be either; of somebody on leave the plan cannot say where; on call it is the office."""
    assert (
        refused(tmp_path, "id,3/8/2026,4/8/2026\nA,H,WFO\n")[0]
        == ":2: 3/8/2026: 'H' says that somebody came, but not whether to the office"
    )
    away = instance(absences=[{"staff_id": "A", "from": "2026-08-03", "reason": "cuti"}])
    assert refused(tmp_path, "id,3/8/2026,4/8/2026\nA,H,H\n", of=away)[0] == (
        ":2: 3/8/2026: Ani was to be away on Monday 3 August 2026 and came, but it is not said whether to the office"
    )
    call = instance(("2026-08-07", "2026-08-08"), calendars={"office": {"holidays": "none", "call_days": ["sat"]}})
    assert places(attended(tmp_path, "id,7/8/2026,8/8/2026\nA,H,H\n", of=call))[0] == "?1"


def test_people_of_others_are_left_out_and_told(tmp_path: Path) -> None:
    """The list of a whole agency serves each unit; who is in it by NIP is found too, and a misspelt id is answered by who is missing."""
    others = "".join(f"19800101200501{n:04},QQ,3/8/2026\n" for n in range(7))
    found = attended(tmp_path, f"nip,kehadiran,tanggal\n{others}199001012015011001,WFO,3/8/2026\nBb,WFO,3/8/2026\n")
    assert places(found)[0] == "1????"
    assert told(found).splitlines()[:2] == [
        "people of the attendance list who are not in this instance, left out: 8 (198001012005010000, 198001012005010001, "
        "198001012005010002, 198001012005010003, 198001012005010004, …)",
        "days of work that the attendance list says nothing of, counted as planned: 14",
    ]
    found = attended(tmp_path, "id,3/8/2026\nA,WFO\nBb,WFO\nC,WFO\n")
    assert "Bb of the attendance list is not in this instance, and it says nothing of B; perhaps they are one" in told(found)


@pytest.mark.parametrize("text", ["id,tanggal,kehadiran\nX,3/8/2026,QQ\nYa,3/8/2026,WFO\n", "id,3,4\nX,QQ,WFO\nYa,WFO,WFO\n"])
def test_a_list_of_another_agency(text: str, tmp_path: Path) -> None:
    """Where nobody of the instance stands in it, it is refused as a whole, by its people."""
    assert refused(tmp_path, text) == [": nobody in this attendance list (people 2: X, Ya) is in the instance, so it belongs to others"]


def test_ids_of_another_column(tmp_path: Path) -> None:
    """Where a list has its own numbers beside the NIP, the column that knows somebody says who is meant."""
    assert places(attended(tmp_path, "id,nip,3/8/2026\n17,199001012015011001,WFO\n18,B,WFH\n"))[:2] == ["1????", "0????"]


def test_an_unknown_id_beside_known_ones_is_a_stranger(tmp_path: Path) -> None:
    """X, another Ani of another unit, is left out and told; ids of which none is known leave it to the names."""
    found = attended(tmp_path, "id,nama,tanggal,kehadiran\nA,Ani,3/8/2026,WFO\nX,Ani,4/8/2026,SAKIT\n,Budi,3/8/2026,WFH\n")
    assert places(found)[:2] == ["1????", "0????"]
    assert "people of the attendance list who are not in this instance, left out: 1 (X)" in told(found)
    assert places(attended(tmp_path, "id,nama,3,4\n1,Ani,WFO,S\n2,Budi,WFH,\n"))[:2] == ["1a???", "0????"]


@pytest.mark.parametrize(
    ("text", "said"), [("unit,3,4\nBidang Satu,WFO,WFO\n", "the column 'staff_id' is missing"), ("id,3,4\nA,,\n", "says nothing")]
)
def test_lists_that_say_nothing(text: str, said: str, tmp_path: Path) -> None:
    """A list without ids and names, and a form that nobody filled."""
    assert said in refused(tmp_path, text)[0]


@pytest.mark.parametrize("heading", ["²", "３", "3²", "0", "32", "3 3 3", "x" * 300, "Sen", "Min 9 Sel"])
def test_headings_that_are_no_day(heading: str, tmp_path: Path) -> None:
    """Numbers of other scripts, of no month, and words are columns that nobody knows, or days that there are not."""
    assert refused(tmp_path, f'id,"{heading}",4\nA,WFO,WFO\n')
