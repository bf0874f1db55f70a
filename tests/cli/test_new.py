"""`giliran new`: raw lists become plans in two commands; questions at a terminal; nothing is ever written over."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import xlsxwriter

from giliran import load_instance
from giliran.books import read_book
from giliran.files.schema import schema
from giliran.lists.workbooks import grids_in
from tests.cli.test_commands import Run, run
from tests.drafting.made import Rows, export, hospital, of_csv, ranked, write_merged

__all__ = ["run"]

NOMINATIVE: Rows = [
    ["DAFTAR NOMINATIF PEGAWAI"],
    ["DINAS PANGAN KABUPATEN CONTOH"],
    [],
    ["NO", "NAMA / NIP", "PANGKAT / GOL. RUANG", "JABATAN", "ESELON", "UNIT KERJA", "STATUS", "KET"],
    [str(k) for k in range(1, 9)],
    ["1", "Ani, S.P.\nNIP. 00000000 000000 0 001", "Pembina / IV.c", "Kepala Dinas", "II.b", "Dinas Pangan", "PNS", ""],
    ["", "SEKRETARIAT"],
    ["2", "Budi\nNIP. 00000000 000000 0 002", "Pembina / IV.a", "Sekretaris", "III.a", "Sekretariat", "PNS", ""],
    ["3", "Citra\nNIP. 00000000 000000 0 003", "IX", "Analis", "-", "Sekretariat", "PPPK", ""],
    ["4", "Dedi\n-", "", "Tenaga Kebersihan", "-", "Sekretariat", "Tenaga Kontrak", ""],
    ["", "BIDANG GIZI"],
    ["5", "Eka\nNIP. 00000000 000000 0 005", "Penata / III.d", "Kepala Bidang Gizi", "III.b", "Bidang Gizi", "PNS", "Pindah"],
    ["6", "Fitri\nNIP. 00000000 000000 0 006", "Penata / III.c", "Nutrisionis Ahli Muda", "-", "Bidang Gizi", "PNS", ""],
    [],
    ["", "", "", "", "", "Kepala Dinas,"],
]
"""A nominative list as a personnel office exports it."""

FOUND = Path(__file__).parents[1] / "drafting" / "lists"
"""Lists with which planners failed."""
LISTS: dict[str, Callable[[], Rows]] = {"nominative": lambda: NOMINATIVE, "export": export, "ranked": ranked, "hospital": hospital}
LISTS |= {path.stem: partial(of_csv, path) for path in sorted(FOUND.glob("*.csv"))}


def write_csv(path: Path, rows: Rows) -> Path:
    """Rows as an Indonesian Excel saves them."""
    wide = max(map(len, rows))
    lines = [";".join(f'"{cell}"' if "\n" in cell else cell for cell in [*row, *[""] * (wide - len(row))]) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", LISTS)
def test_from_a_raw_list_to_a_plan_in_two_commands(name: str, form: str, run: Run) -> None:
    """No YAML, no question, no refusal: the second command plans everybody who was listed, and writes a workbook to print."""
    rows = LISTS[name]()
    if form == "xlsx":
        write_merged(Path("daftar.xlsx"), rows, [column for column, head in enumerate(rows[0]) if head in ("Unit Kerja", "OPD", "Bidang")])
    else:
        write_csv(Path("daftar.csv"), rows)
    code, out, err = run("new", "--staff", f"daftar.{form}", "-o", "dinas.xlsx", "--lang", "id")
    assert (code, err) == (0, "")
    assert out.rstrip().endswith("giliran solve dinas.xlsx")
    assert max(map(len, out.splitlines())) <= 80 and len(out.splitlines()) <= 20
    code, out, err = run("solve", "dinas.xlsx", "-o", "jadwal.xlsx", "--lang", "id")
    assert code == 0, err
    assert "Terbukti terbaik" in out
    assert Path("jadwal.xlsx").exists()


def test_what_it_says(run: Run) -> None:
    """How many people and units, what was guessed and what to look at, what was left out, and the next command."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    out = run("new", "--staff", "daftar.xlsx", "-o", "dinas.xlsx", "--circular", "umum")[1]
    said = " ".join(out.split())
    assert said.startswith("dinas.xlsx holds 6 people, 3 units, ")
    assert "columns kept as notes: KET" in said
    assert "positions from which no rank can be read: Analis" in said
    assert "proposed as not counted: Eka" in said
    assert "on the last sheet: 6 (title above the list 2, heading of a group 2, heading or numbers of columns 1" in said
    assert said.endswith("Look through it, then: giliran solve dinas.xlsx")


def test_for_programs(run: Run) -> None:
    """The same facts as JSON, as the schema says; nobody is asked."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    code, out, _ = run("new", "--staff", "daftar.xlsx", "-o", "dinas.xlsx", "--format", "json")
    record = json.loads(out)
    jsonschema.validate(record, schema("draft"))
    assert (code, record["people"], record["units"], record["circular"]) == (0, 6, 3, "umum")
    assert {row["line"] for row in record["left_out"]} == {1, 2, 5, 7, 11, 15}
    gone = next(guess for guess in record["guesses"] if guess["column"] == "left")
    assert "Pindah" in gone["why"]["id"] and gone["value"]
    assert record["next"] == "giliran solve dinas.xlsx"


def test_the_workbook_of_a_list(run: Run) -> None:
    """Guesses are coloured with comments, notes and rows that were left out stand where nobody reads them."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    run("new", "--staff", "daftar.xlsx", "-o", "dinas.xlsx", "--lang", "id")
    sheets = {grid.name: grid for grid in grids_in(Path("dinas.xlsx"), "dinas.xlsx")}
    assert "Catatan: KET" in sheets["Pegawai"].rows[0].cells
    left = sheets["Dilewati"].rows
    assert left[0].cells[:3] == ("Baris", "Isi", "Alasan")
    assert [row.cells[0] for row in left[1:]] == ["1", "2", "5", "7", "11", "15"]
    assert load_instance("dinas.xlsx").facts.staff.names == ("Ani, S.P.", "Budi", "Citra", "Dedi", "Eka", "Fitri")
    assert read_book(Path("dinas.xlsx")).data["title"] == "Dinas Pangan"


@pytest.mark.parametrize("lang", ["en", "id"])
def test_an_empty_workbook(lang: str, run: Run) -> None:
    """Without a list: headings, an example row, and the questions of the letter; filled in it is an instance."""
    code, out, _ = run("new", "-o", "kosong.xlsx", "--circular", "muba-2020", "--lang", lang)
    assert code == 0 and "giliran solve kosong.xlsx" in out
    code, _, err = run("solve", "kosong.xlsx", "--lang", lang)
    assert code == 2
    assert ("nobody in the staff table" if lang == "en" else "tabel pegawai kosong") in err


def test_leave_is_taken_over(run: Run) -> None:
    """By name; a name that nobody has is refused with the row, and nothing is written."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    Path("cuti.csv").write_text("Nama;Mulai;Sampai;Jenis Cuti\nBudi;3/8/2026;4/8/2026;Cuti Tahunan\n", encoding="utf-8")
    code, out, _ = run("new", "--staff", "daftar.xlsx", "--absences", "cuti.csv", "-o", "dinas.xlsx")
    assert code == 0 and "absences taken over: 1" in out
    assert read_book(Path("dinas.xlsx")).data["absences"][0]["staff_id"] == "000000000000000002"
    Path("cuti.csv").write_text("Nama;Mulai;Jenis\nBudy;3/8/2026;Cuti\n", encoding="utf-8")
    code, _, err = run("new", "--staff", "daftar.xlsx", "--absences", "cuti.csv", "-o", "lain.xlsx")
    assert code == 2 and "cuti.csv:2" in err and "Budi" in err
    assert not Path("lain.xlsx").exists()


def test_nothing_is_written_over(run: Run) -> None:
    """A file that is there stays, the list itself too; told before anything is read or asked."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    before = Path("daftar.xlsx").read_bytes()
    code, _, err = run("new", "--staff", "daftar.xlsx", "-o", "daftar.xlsx")
    assert code == 2 and "there already" in err and "another name" in err
    assert Path("daftar.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "dinas.yaml"], ".xlsx"),
        (["-o", "nowhere/dinas.xlsx"], "does not exist"),
        (["--staff", "missing.xlsx", "-o", "dinas.xlsx"], "missing.xlsx"),
        (["--circular", "umun", "-o", "dinas.xlsx"], "umum"),
        (["--absences", "cuti.csv", "-o", "dinas.xlsx"], "staff list"),
        (["--staff", "daftar.xlsx"], "--output"),
    ],
)
def test_what_cannot_be_done_is_told(words: list[str], said: str, run: Run) -> None:
    """With the reason, and nothing is written."""
    code, out, err = run("new", *words)
    assert code == 2 and said in err and not out
    assert not list(Path().glob("dinas*"))


def test_numbers_that_a_spreadsheet_spoiled_are_refused_with_their_rows(run: Run) -> None:
    """All at once: whoever took them over would lose them for good."""
    rows = [["No", "Nama", "NIP"], ["1", "Ani", "1.98001E+17"], ["2", "Budi", "000000000000000002"], ["3", "Citra", "1,98E+17"]]
    write_csv(Path("daftar.csv"), rows)
    code, _, err = run("new", "--staff", "daftar.csv", "-o", "dinas.xlsx")
    assert code == 2 and "daftar.csv:2" in err and "daftar.csv:4" in err
    assert not Path("dinas.xlsx").exists()


class Terminal(io.StringIO):
    """Somebody at a terminal who has typed some lines."""

    def isatty(self) -> bool:
        """Whether somebody sits there."""
        return True


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> Terminal:
    """Somebody types lines; what is said to them."""
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal("".join(f"{line}\n" for line in lines)))
    monkeypatch.setattr("sys.stderr", screen)
    return screen


def test_somebody_at_a_terminal_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions come one after the other, wrong answers are asked again, `?` explains; the rest is taken by Enter."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    screen = typed(monkeypatch, "1", "800/1/2026", "besok", "10 s.d. 14 Agustus 2026", "?", "Dinas Ketahanan Pangan", *[""] * 60)
    assert run("new", "--staff", "daftar.xlsx", "-o", "dinas.xlsx", "--lang", "id")[0] == 0
    said = screen.getvalue()
    assert "'besok' bukan tanggal" in said
    assert "Ditulis di atas jadwal" in said
    assert max(map(len, said.splitlines())) <= 100
    data = read_book(Path("dinas.xlsx")).data
    assert data["title"] == "Dinas Ketahanan Pangan"
    assert str(data["horizon"]["start"]) == "2026-08-10"
    assert data["document"]["basis"] in ("Surat Edaran Nomor 800/1/2026", ["Surat Edaran Nomor 800/1/2026"])


def test_leave_that_cannot_be_read_is_told_before_anybody_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty answers are not lost because of one name in the list of leave."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    Path("cuti.csv").write_text("Nama;Mulai\nZaenab;3/8/2026\n", encoding="utf-8")
    screen = typed(monkeypatch, *[""] * 60)
    assert run("new", "--staff", "daftar.xlsx", "--absences", "cuti.csv", "-o", "dinas.xlsx", "--lang", "id")[0] == 2
    assert "Zaenab" in screen.getvalue() and "?" not in screen.getvalue()


def test_the_end_of_the_input_writes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-D in the middle, as Ctrl-C."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    typed(monkeypatch, "1", "800/1/2026")
    assert run("new", "--staff", "daftar.xlsx", "-o", "dinas.xlsx")[0] == 130
    assert not Path("dinas.xlsx").exists()


def test_an_interrupt_writes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a question waits."""

    class Interrupted(Terminal):
        def readline(self, size: int | None = -1, /) -> str:
            raise KeyboardInterrupt

    typed(monkeypatch)
    monkeypatch.setattr("sys.stdin", Interrupted())
    assert run("new", "-o", "dinas.xlsx")[0] == 130
    assert not Path("dinas.xlsx").exists()


def test_with_yes_nobody_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also at a terminal."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    screen = typed(monkeypatch)
    assert run("new", "--staff", "daftar.xlsx", "--yes", "-o", "dinas.xlsx")[0] == 0
    assert screen.getvalue() == ""


def test_without_the_package_that_writes_workbooks_it_says_which(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is asked."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    code, _, err = run("new", "-o", "dinas.xlsx")
    assert code == 2 and "giliran[desk]" in err


def test_advice_does_not_lead_to_an_ending_that_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are answered in a workbook alone: whoever cannot write one is not sent to .yaml, which is refused."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert ".yaml" not in run("new", "-o", "dinas.xlsx")[2]
    code, _, err = run("new", "-o", "dinas.yaml")
    assert code == 2 and "ends in .xlsx" in err


STRUCK, HIDDEN = 3, 4
"""Rows of people on each sheet of the workbook below, from 0."""


def test_sheets_for_divisions_with_merged_hidden_and_struck_rows(run: Run) -> None:
    """One sheet for each division, titles and units merged; who is hidden or struck through is nobody, and told with sheet and row."""
    book = xlsxwriter.Workbook("daftar.xlsx")
    struck = book.add_format({"font_strikeout": True})
    for name, people in (("Sekretariat", "ABCD"), ("Bidang Gizi", "EFGH")):
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 4, f"DAFTAR PEGAWAI DINAS PANGAN - {name.upper()}")
        sheet.write_row(1, 0, ["NO", "NAMA", "NIP", "JABATAN", "KET"])
        for k, letter in enumerate(people):
            nip = f"19800101200501{ord(letter):04d}"
            sheet.write_row(2 + k, 0, [k + 1, letter, f"'{nip}", "Staf", ""], struck if 2 + k == STRUCK else None)
        sheet.set_row(HIDDEN, None, None, {"hidden": True})
    book.close()
    code, out, _ = run("new", "--staff", "daftar.xlsx", "-o", "dinas.xlsx", "--lang", "id")
    assert code == 0 and "Sekretariat!4" in out
    facts = load_instance("dinas.xlsx").facts
    assert facts.staff.names == ("A", "D", "E", "H")
    assert [facts.units[unit].name for unit in facts.postings.unit.tolist()] == ["Sekretariat"] * 2 + ["Bidang Gizi"] * 2


def test_a_list_of_nobody_is_refused(run: Run) -> None:
    """With what was left out instead."""
    write_csv(Path("daftar.csv"), [["No", "Nama", "NIP", "Jabatan"], ["", "BIDANG GIZI", "", ""], ["1", "LOWONG", "", "Kasi"]])
    code, _, err = run("new", "--staff", "daftar.csv", "-o", "dinas.xlsx", "--lang", "id")
    assert code == 2 and "tidak ada baris pegawai" in err and "LOWONG" in err


def test_a_circular_in_a_file_is_found_from_the_workbook(run: Run) -> None:
    """Its name starts at the folder at hand for the first command, and at the folder of the workbook for the second."""
    write_merged(Path("daftar.xlsx"), NOMINATIVE)
    text = resources.files("giliran.circulars").joinpath("umum.yaml").read_text(encoding="utf-8")
    Path("surat.yaml").write_text(text.replace("name: umum", "name: surat", 1), encoding="utf-8")
    Path("sub").mkdir()
    code, _, err = run("new", "--staff", "daftar.xlsx", "--circular", "surat.yaml", "-o", "sub/dinas.xlsx")
    assert code == 0, err
    assert load_instance("sub/dinas.xlsx").facts.staff.names[0] == "Ani, S.P."
