"""The CSV for people: it opens in columns, no spreadsheet changes it, and it comes back as the same plan."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from giliran import CsvShape, Instance, PlanStyle, Result, SolveOptions, export, read_schedule, solve
from giliran.files.formats import FORMATS
from giliran.files.keeping import is_strange
from giliran.text.cells import looks_like_formula

ODD = ("007", "1E5", "3-1", "MAR1", "3374061204850001", "12,5", "1/2", "198503122010011000", "=A1", "+62812", "@x", "H-01")
"""Ids that spreadsheets would make something else of, and one that they leave alone."""
NAMES = ("=1+1", "Siti; S.E.", 'Budi "B"', "\t-2", "-", *(f"Pegawai {k}" for k in range(7)))


@pytest.fixture(scope="module")
def result() -> Result:
    """Two days with somebody ill and a duty officer."""
    data: dict[str, Any] = {
        "horizon": {"start": "2026-08-03", "end": "2026-08-04"},
        "staff": [{"id": id_, "name": name, "position": "-Analis"} for id_, name in zip(ODD, NAMES, strict=True)],
        "absences": [{"staff_id": "H-01", "from": "2026-08-04", "reason": "sakit"}],
        "rules": [
            {"id": "cap", "kind": "office_cap", "share": "50%"},
            {"id": "duty", "kind": "duty_officers", "count": 1},
        ],
        "goals": [{"kind": "office_target", "aim": "most_office"}],
    }
    return solve(Instance.build(data), SolveOptions(workers=1))


def written(result: Result, folder: Path, **more: Any) -> Path:
    """The file."""
    return export(result, folder / "plan.csv", style=PlanStyle(csv=CsvShape.EXCEL, **more))


def rows_of(path: Path) -> list[list[str]]:
    """Its rows."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("reasons", [False, True])
def test_it_comes_back_as_the_same_plan(lang: Any, reasons: bool, result: Result, tmp_path: Path) -> None:
    """Places and names, in either language; and it may be written again over itself."""
    path = written(result, tmp_path, lang=lang, reasons=reasons)
    read = read_schedule(path, result.instance)
    assert (read.place == result.schedule.place).all() and read.named == result.schedule.named
    assert not is_strange(path, FORMATS[".csv"].ours)


def test_it_opens_in_the_columns_of_an_indonesian_excel(result: Result, tmp_path: Path) -> None:
    """A BOM, semicolons, line ends of Windows, and Indonesian words."""
    path = written(result, tmp_path, lang="id")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfNo;NIP;Nama;Jabatan;Unit kerja;Tanggal;Tempat kerja;Petugas piket\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 1 + 2 * len(ODD)
    assert rows_of(path)[1][5:7] in (["Senin 3 Agustus 2026", "WFO"], ["Senin 3 Agustus 2026", "WFH"])


def test_no_cell_is_worked_out_or_loses_digits(result: Result, tmp_path: Path) -> None:
    """Formulas stay text, an NIP stands as on paper, and no id is a number or a date to a spreadsheet."""
    rows = rows_of(written(result, tmp_path))
    assert not [cell for row in rows for cell in row if looks_like_formula(cell) or cell.startswith("\t")]
    ids = [row[1] for row in rows[1::2]]
    assert ids[4] == "3374 0612 0485 0001" and ids[7] == "19850312 201001 1 000"
    assert ids[0] == "'007" and ids[-1] == "H-01"


def test_reasons_are_told_only_when_asked_for(result: Result, tmp_path: Path) -> None:
    """Nobody reads who is ill."""
    assert "sakit" not in written(result, tmp_path).read_text(encoding="utf-8-sig")
    assert "sakit" in written(result, tmp_path, reasons=True).read_text(encoding="utf-8-sig")


def test_the_tidy_csv_is_as_it_was(result: Result, tmp_path: Path) -> None:
    """For programs nothing changes."""
    text = export(result, tmp_path / "plan.csv").read_text(encoding="utf-8")
    assert text.startswith("staff_id,date,place,duty\n007,2026-08-03,")
