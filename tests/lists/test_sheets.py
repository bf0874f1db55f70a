"""Tables in workbooks: lists of leave as somebody types them in Excel are what the same rows in a CSV file are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from giliran import InputError, Instance

ROWS: list[list[object]] = [
    ["No", "Nama", "Tanggal", "Keterangan"],
    [1, 2, 3, 4],
    [1, "Pegawai 1", "3 s.d. 5 Agustus 2026", "Cuti Tahunan"],
    [2, "Pegawai 2", dt.date(2026, 8, 7), "Sakit"],
]


def leave(path: Path, rows: list[list[object]]) -> Path:
    """A list of leave below a title, on the second sheet."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    book.add_worksheet("Petunjuk").write(0, 0, "Diisi setiap Senin")
    sheet = book.add_worksheet("Cuti")
    sheet.merge_range(0, 0, 0, 3, "DAFTAR CUTI PEGAWAI")
    for r, row in enumerate(rows, start=2):
        for c, value in enumerate(row):
            sheet.write_datetime(r, c, value) if isinstance(value, dt.date) else sheet.write(r, c, value)
    book.close()
    return path


def instance(folder: Path) -> Instance:
    """Three people and the list."""
    sections = {
        "horizon": {"start": "2026-08-03", "end": "2026-08-07"},
        "staff": [{"id": f"p{k}", "name": f"Pegawai {k}", "bidang": "Data"} for k in range(3)],
        "absences": {"file": "cuti.xlsx"},
    }
    return Instance.build(sections, files=folder)


def test_a_list_of_leave_in_a_workbook(tmp_path: Path) -> None:
    """By name, both days in one cell or a real date, below a title and a row of numbers."""
    leave(tmp_path / "cuti.xlsx", ROWS)
    absent = instance(tmp_path).facts.absent
    assert absent.astype(int).tolist() == [[0, 0, 0, 0, 0], [1, 1, 1, 0, 0], [0, 0, 0, 0, 1]]


def test_mistakes_are_told_with_their_row(tmp_path: Path) -> None:
    """Sheet and cell, as people find it in Excel."""
    leave(tmp_path / "cuti.xlsx", [*ROWS, [3, "Pegawai 9", "32 Agustus 2026", "Izin"]])
    with pytest.raises(InputError, match=r"cuti\.xlsx: Cuti!B7: .*Pegawai 9"):
        instance(tmp_path)


def test_a_workbook_without_a_table(tmp_path: Path) -> None:
    """Nothing names columns: told with what to do."""
    leave(tmp_path / "cuti.xlsx", [["Rekap", "Lain"], [1, 2]])
    with pytest.raises(InputError, match="no sheet has a row that names columns"):
        instance(tmp_path)


def test_leave_on_the_sheet_behind_the_list_of_staff(tmp_path: Path) -> None:
    """One workbook may hold both: the sheet with days is read, not the list before it."""
    book = xlsxwriter.Workbook(str(tmp_path / "cuti.xlsx"))
    staff = [["No", "Nama", "NIP", "Pangkat/Gol", "Jabatan"], [1, "Pegawai 1", "198001012005011001", "III/a", "Analis"]]
    for name, rows in (("Pegawai", staff), ("Cuti", [["Nama", "Mulai", "Sampai"], ["Pegawai 1", "3-5 Agustus 2026", ""]])):
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
    book.close()
    assert instance(tmp_path).facts.absent.sum(axis=1).tolist() == [0, 3, 0]
