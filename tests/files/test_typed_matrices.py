"""Matrices that people type: the same plan in every usual shape is read as the same schedule, and what may mean two things is refused."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from giliran import InputError, Instance, Place, read_schedule

NAMES = ("Budi Santoso, S.Sos., M.Si", "Hj. Siti Aminah, S.E.", "Drs. Ahmad Fauzi", "Dewi Lestari")
NIPS = tuple(f"19850312201001100{k}" for k in range(4))
SPACED = tuple(f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" for nip in NIPS)
DAYS = tuple(dt.date(2026, 8, day) for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14))
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat") * 2
WEEK = ("WFO", "WFH", "WFO", "WFH", "WFO", "WFO", "WFH", "WFO", "WFH", "WFO")
TURNED = tuple({"WFO": "WFH", "WFH": "WFO"}[word] for word in WEEK)
WORDS = (WEEK, TURNED, WEEK, TURNED)

Rows = list[list[object]]


@pytest.fixture(scope="module")
def given() -> Instance:
    """Two weeks of four people in two units."""
    return Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-14"},
        units=[{"id": unit, "name": f"Bidang {unit.upper()}", "level": "bidang"} for unit in "ab"],
        staff=[{"id": nip, "name": name, "unit": "ab"[k > 1]} for k, (nip, name) in enumerate(zip(NIPS, NAMES, strict=True))],
        rules=[{"kind": "office_cap", "share": "50%"}],
    )


def people(translate: Callable[[str], object] = str, *, names: Sequence[str] = NAMES, ids: Sequence[str] = SPACED) -> Rows:
    """A row for everybody: number, name, NIP where there are any, and the words of the days."""
    rows: Rows = []
    for k, name in enumerate(names):
        rows.append([str(k + 1), name, *([ids[k]] if ids else []), *map(translate, WORDS[k])])
    return rows


def head(*days: object) -> list[object]:
    """The heading of people, then of days."""
    return ["No", "Nama", "NIP", *days]


def signs(office: str, home: str) -> Callable[[str], object]:
    """Other signs for the two places."""
    return lambda word: {"WFO": office, "WFH": home}[word]


def pairs() -> Rows:
    """Two columns for each day, one of which is ticked."""
    rows: Rows = [head(*(text for day in DAYS for text in (f"{day.day} Agt", ""))), ["", "", "", *["WFO", "WFH"] * len(DAYS)]]
    ticked = {"WFO": ["v", ""], "WFH": ["", "v"]}
    return rows + [[str(k), NAMES[k], SPACED[k], *(text for word in WORDS[k] for text in ticked[word])] for k in range(4)]


SHAPES: dict[str, Rows] = {
    "dates": [head(*DAYS), *people()],
    "days of a month": [["Jadwal WFO/WFH Agustus 2026"], head(*(day.day for day in DAYS)), *people()],
    "weekdays of two weeks": [head(*WEEKDAYS), *people()],
    "weekdays above dates": [head(*WEEKDAYS), ["", "", "", *(f"{day.day} Agustus" for day in DAYS)], *people()],
    "weekdays above numbers": [head(*WEEKDAYS), ["", "", "", *(day.day for day in DAYS)], *people()],
    "weeks above weekdays": [head("Minggu I", *[""] * 4, "Minggu II", *[""] * 4), ["", "", "", *WEEKDAYS], *people()],
    "spans above weekdays": [
        head("3 - 7 Agustus 2026", *[""] * 4, "10 - 14 Agustus 2026", *[""] * 4),
        ["", "", "", *WEEKDAYS],
        *people(),
    ],
    "O and H": [head(*DAYS), *people(signs("O", "H"))],
    "K and R": [head(*DAYS), *people(signs("K", "R"))],
    "with dots": [head(*DAYS), *people(signs("W.F.O", "w f h"))],
    "words": [head(*DAYS), *people(signs("Kantor", "rumah"))],
    "ticks of those in the office": [["JADWAL WFO PEGAWAI"], head(*DAYS), *people(signs("√", ""))],
    "ticks of those at home": [["DAFTAR PEGAWAI WFH"], head(*DAYS), *people(signs("", "v"))],
    "ticks beside WFH": [head(*DAYS), *people(signs("v", "WFH"))],
    "ticks and crosses": [["JADWAL WFO"], head(*DAYS), *people(signs("v", "x"))],
    "ticks that a note explains": [["JADWAL WFO/WFH"], head(*DAYS), *people(signs("v", "x")), [], ["Keterangan: v = WFO, x = WFH"]],
    "two columns a day": pairs(),
    "names without titles": [head(*DAYS), *people(names=("BUDI SANTOSO", "Siti Aminah", "Ahmad Fauzi", "dewi lestari"), ids=("",) * 4)],
    "groups, sums and a signature": [
        head(*DAYS, "Jml WFO", "Ket"),
        ["", "BIDANG A"],
        *people()[:2],
        ["", "Jumlah WFO", "", *[1] * 10],
        ["", "BIDANG B"],
        *people()[2:],
        ["", "TOTAL", "", *[2] * 10],
        [],
        ["", "", "", "", "Kepala Dinas"],
    ],
    "a column of units": [["No", "Unit", "Nama", "NIP", *DAYS], *([row[0], "Bidang A", *row[1:]] for row in people())],
    "names alone, without numbers": [["Nama", *DAYS], *(row[1:2] + row[3:] for row in people()), [], ["", "", "", "Kepala Dinas"]],
    "NIP alone": [["NIP", *DAYS], *(row[2:] for row in people())],
    "name over NIP, without numbers": [["Nama / NIP", *DAYS], *([f"{row[1]}\n{row[2]}", *row[3:]] for row in people())],
    "name and NIP in one cell": [["No", "Nama / NIP", *DAYS], *([row[0], f"{row[1]}\n{row[2]}", *row[3:]] for row in people())],
}


def typed(path: Path, rows: Rows) -> Path:
    """A workbook with these cells."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet, date = book.add_worksheet("Sheet1"), book.add_format({"num_format": "d mmm"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), date)
            elif isinstance(value, int):
                sheet.write_number(r, c, value)
            elif value:
                sheet.write_string(r, c, str(value))
    book.close()
    return path


def expected(given: Instance) -> list[list[int]]:
    """The places of everybody on the days of work."""
    return [[Place.OFFICE if word == "WFO" else Place.HOME for word in words] for words in WORDS]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_usual_shape_is_the_same_plan(shape: str, given: Instance, tmp_path: Path) -> None:
    """Whoever typed it, however the days and the places are written."""
    read = read_schedule(typed(tmp_path / "typed.xlsx", SHAPES[shape]), given)
    columns = [given.facts.dates.index(day) for day in DAYS]
    assert read.place[:, columns].tolist() == expected(given)
    assert int((read.place != Place.NONE).sum()) == len(DAYS) * len(NAMES)


def test_a_matrix_saved_as_csv_is_read_too(given: Instance, tmp_path: Path) -> None:
    """Semicolons and dates as an Indonesian Excel saves them."""
    with (tmp_path / "typed.csv").open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([["Jadwal"], head(*(f"{day:%d/%m/%Y}" for day in DAYS)), *people()])
    read = read_schedule(tmp_path / "typed.csv", given)
    assert read.place[:, [given.facts.dates.index(day) for day in DAYS]].tolist() == expected(given)


def test_sheets_of_several_units_are_one_plan(given: Instance, tmp_path: Path) -> None:
    """A sheet for each bidang, as offices pass them on."""
    book = xlsxwriter.Workbook(str(tmp_path / "typed.xlsx"))
    for name, rows in (("A", people()[:2]), ("B", people()[2:])):
        sheet = book.add_worksheet(name)
        for r, row in enumerate([head(*(day.isoformat() for day in DAYS)), *rows]):
            sheet.write_row(r, 0, row)
    book.close()
    read = read_schedule(tmp_path / "typed.xlsx", given)
    assert read.place[:, [given.facts.dates.index(day) for day in DAYS]].tolist() == expected(given)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([head(*WEEKDAYS[:5]), *(row[:8] for row in people())], "weekdays of 1 week, and the plan has 2"),
        ([head(*DAYS), *people(signs("v", "x"))], "'v' in these cells says neither"),
        ([head(*DAYS), *people(signs("H", ""))], "'H' in these cells says neither"),
        ([head(*WEEKDAYS), ["", "", "", *(day.day + 1 for day in DAYS)], *people()], "says Monday, and its date is Tuesday 4 August"),
        ([head(*DAYS), *people(signs("WFO", "WFX"))], "'WFX' is not one of"),
    ],
)
def test_what_may_mean_two_things_is_refused(rows: Rows, told: str, given: Instance, tmp_path: Path) -> None:
    """No place is guessed: the sheet is named with what to write."""
    with pytest.raises(InputError) as refused:
        read_schedule(typed(tmp_path / "typed.xlsx", rows), given)
    assert told in str(refused.value)


def test_a_name_that_two_people_have_is_refused_with_both(tmp_path: Path) -> None:
    """Without titles both are called so; the NIP settles it."""
    given = Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-14"},
        staff=[{"id": "A", "name": "Budi, S.E."}, {"id": "B", "name": "Drs. Budi"}],
        rules=[{"kind": "office_cap", "share": "50%"}],
    )
    with pytest.raises(InputError, match=r"'Budi' may be Budi, S\.E\. \(A\); Drs\. Budi \(B\)"):
        read_schedule(typed(tmp_path / "typed.xlsx", [["No", "Nama", *DAYS], ["1", "Budi", *WEEK]]), given)
