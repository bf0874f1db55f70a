"""`giliran new --letter`: from a raw list and the text of a letter to a plan that keeps the numbers of the letter, counted."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from giliran.files.schema import schema
from tests.cli.test_commands import Run, run
from tests.drafting.made import person, ranked, write_merged
from tests.letters.made import SURAT, pdf

__all__ = ["run"]

LETTER = """SURAT EDARAN NOMOR 800/77/BKPSDM/2026
1. WFH dilaksanakan paling banyak 40% (empat puluh persen) dari jumlah pegawai di setiap perangkat daerah.
2. Pejabat pimpinan tinggi pratama dan administrator tetap bekerja di kantor.
3. Setiap Bidang dan Sekretariat menugaskan 1 (satu) orang petugas piket.
4. Penggunaan listrik dikurangi 25%.
Surat Edaran ini berlaku mulai tanggal 3 Agustus 2026 sampai dengan 7 Agustus 2026.
"""


def planned(path: str) -> list[dict[str, str]]:
    """The cells of a plan in CSV."""
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))


def test_from_a_letter_to_a_plan_that_keeps_it(run: Run) -> None:
    """Nobody is asked. Counted on the plan: of 12 people at work at most 4 (40 %) are at home, officials never, duty every day."""
    write_merged(Path("daftar.xlsx"), ranked())
    Path("surat.pdf").write_bytes(pdf([LETTER.splitlines()]))
    code, out, err = run("new", "--staff", "daftar.xlsx", "--letter", "surat.pdf", "-o", "dinas.xlsx", "--lang", "id")
    assert (code, err) == (0, "") and max(map(len, out.splitlines())) <= 80
    assert "Berapa persen? → 40% (`limit`)" in out and "listrik, energi 1" in out
    code, out, err = run("solve", "dinas.xlsx", "-o", "jadwal.csv", "--lang", "id")
    assert code == 0, err
    cells = planned("jadwal.csv")
    days = {f"2026-08-0{day}" for day in range(3, 8)}
    home = Counter(cell["date"] for cell in cells if cell["place"] == "home")
    assert set(home) == days and max(home.values()) == 4
    officials = {person(100 + k)[1] for k in (1, 2, 3)}  # Kepala Dinas, Sekretaris and one Kabid; the other one retires before
    assert {cell["place"] for cell in cells if cell["staff_id"] in officials} == {"office"}
    assert {cell["date"] for cell in cells if cell["duty"]} == days


def test_what_programs_get(run: Run) -> None:
    """Findings with side, sense, share, scope and dates, each with its sentence; proposals; what was refused; as the schema says."""
    Path("surat.txt").write_text(SURAT, encoding="utf-8")
    code, out, _ = run("new", "--letter", "surat.txt", "-o", "d.xlsx", "--format", "json")
    record = json.loads(out)
    jsonschema.validate(record, schema("draft"))
    assert code == 0
    letter = record["letter"]
    [share] = [finding for finding in letter["findings"] if finding["topic"] == "share"]
    assert (share["side"], share["sense"], share["share"], share["per"]) == ("home", "most", "50%", ["opd"])
    assert "paling banyak 50%" in share["quote"]["text"] and share["quote"]["line"] == 6
    values = {proposal["choice"]: proposal["value"] for proposal in letter["proposals"]}
    assert values["limit"] == "50%" and values["from"] == "2026-08-03" and values["number"] == "800.1.5/123/BKPSDM/2026"
    assert [(number["number"], number["about"]) for number in letter["about_something_else"] if number["about"] != "law"] == [
        ("30%", "fuel")
    ]


def test_pasted_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--letter -` reads what is pasted, all of it where that is no terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("WFO maksimal 25 persen."))
    code, out, _ = run("new", "--letter", "-", "-o", "d.xlsx", "--lang", "id")
    assert code == 0 and "Berapa persen? → 25% (`limit`)" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--letter", "surat.txt", "--circular", "muba-2020"], "muba-2020"),
        (["--phrases", "frasa.yaml"], "--letter"),
        (["--letter", "tidak-ada.pdf"], "tidak-ada.pdf"),
        (["--letter", "surat.txt", "--phrases", "frasa.yaml"], "frasa.yaml:1"),
    ],
)
def test_what_is_refused(words: list[str], said: str, run: Run) -> None:
    """Another circular, phrases without a letter, no such file, phrases that are none; nothing is written."""
    Path("surat.txt").write_text(SURAT, encoding="utf-8")
    Path("frasa.yaml").write_text("hadap: x\n", encoding="utf-8")
    code, _, err = run("new", *words, "-o", "d.xlsx", "--lang", "id")
    assert code == 2 and said in err
    assert not Path("d.xlsx").exists()
