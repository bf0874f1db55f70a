"""Birth dates are looked at where a rule asks for an age, and stand in no output."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from giliran.cli import main

STAFF = "id,name,bidang,born\nA,Ani,Satu,1961-03-14\nB,Budi,Satu,14 Maret 1961\nC,Citra,Satu,\n"
INSTANCE = """schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-16}
staff: {file: pegawai.csv}
circulars: [{name: umum, choose: {side: home, limit: 100%, always_home: must, home_age: 50, home_marks: []}}]
"""


def words_of(path: Path) -> str:
    """All that a file says; of a workbook every part."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("output", ["jadwal.csv", "jadwal.json", "jadwal.xlsx"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_birth_dates_stand_in_no_output(
    output: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither results, nor plans, nor notes hold the date that a table gives; who has none is named."""
    monkeypatch.chdir(tmp_path)
    Path("pegawai.csv").write_text(STAFF, encoding="utf-8")
    Path("usia.yaml").write_text(INSTANCE, encoding="utf-8")
    assert main(["solve", "usia.yaml", "--format", form, "--lang", "id", "--verbose", "-o", output]) == 0
    said = "".join(capsys.readouterr())
    assert re.search(r"tanggal lahir 1 pegawai tidak diketahui.*Citra", " ".join(said.split()))
    assert not re.search(r"(?<![\w.])1961(?!\w)|Maret", said)  # a year, not four digits of a digest or of a measured time
    assert not re.search("1961-03|14 Maret|14/03", words_of(Path(output)))
