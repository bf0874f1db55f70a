"""Workbooks on the command line: planned as they are, converted, never written over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from giliran import load_instance
from giliran.books import write_book
from giliran.cli import main
from giliran.files.schedules import read_schedule
from giliran.files.schema import schema
from tests.books.sheets import DATA, book

Said = tuple[int, str, str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with `dinas.xlsx`, where commands run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    book(tmp_path / "dinas.xlsx")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    """Exit code, stdout and stderr of a command."""
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("lang", "name"), [("id", "dinas-jadwal-2026-08-03.xlsx"), ("en", "dinas-plan-2026-08-03.xlsx")])
def test_the_plan_goes_beside_the_workbook(lang: str, name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without -o there is a workbook of the plan beside it, named in its language, with a plan that is audited clean."""
    (folder / "dinas.xlsx").write_bytes(write_book(DATA, lang))  # type: ignore[arg-type]
    code, out, _ = run(capsys, "solve", "dinas.xlsx")
    assert code == 0 and name in " ".join(out.split()).replace("- ", "-")
    assert sorted(path.name for path in folder.iterdir()) == sorted(["dinas.xlsx", name])
    assert run(capsys, "check", "dinas.xlsx", name)[0] == 0
    instance = load_instance("dinas.xlsx")
    assert (read_schedule(name, instance).planned(instance.facts) | instance.facts.absent).all()


def test_nothing_is_written_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of that name stays as it is, the plan is shown all the same, and -o is named; with -o only what was asked is written."""
    there = folder / "dinas-jadwal-2026-08-03.xlsx"
    there.write_bytes(b"hers")
    code, out, err = run(capsys, "solve", "dinas.xlsx", "--lang", "id")
    assert code == 0 and "Ani" in out
    assert "tidak diubah" in err and "-o dinas-jadwal-2026-08-03-2.xlsx" in err
    assert there.read_bytes() == b"hers"
    there.unlink()
    assert run(capsys, "solve", "dinas.xlsx", "-o", "plan.csv")[0] == 0
    assert {path.name for path in folder.iterdir()} == {"dinas.xlsx", "plan.csv"}
    assert run(capsys, "solve", "dinas.xlsx", "--format", "json")[0] == 0
    assert {path.name for path in folder.iterdir()} == {"dinas.xlsx", "plan.csv"}


def test_other_instances_write_nothing_by_themselves(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A YAML file is planned as ever: what is not asked for is not written."""
    assert run(capsys, "convert", "dinas.xlsx", "-o", "dinas.yaml")[0] == 0
    assert run(capsys, "solve", "dinas.yaml")[0] == 0
    assert {path.name for path in folder.iterdir()} == {"dinas.xlsx", "dinas.yaml"}


SECONDS = re.compile(r"\d+\.\d\d")
COMMANDS = [
    ("check", "dinas.xlsx", "plan.csv"),
    ("why", "dinas.xlsx", "plan.csv", "--staff", "b", "--date", "2026-08-05"),
    ("substitutes", "dinas.xlsx", "plan.csv", "--staff", "a", "--date", "2026-08-05"),
    ("explain", "dinas.xlsx"),
    ("price", "dinas.xlsx"),
    ("export", "dinas.xlsx", "plan.csv", "-o", "out.xlsx"),
    ("publish", "dinas.xlsx", "plan.csv", "--ledger", "buku.csv"),
    ("replan", "dinas.xlsx", "--published", "plan.csv"),
    ("solve", "dinas.xlsx", "--out-dir", "out"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0] + "-".join(words[3:]))
def test_every_command_takes_a_workbook(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever takes an instance takes a workbook, with the answer that the same instance in YAML gets."""
    assert run(capsys, "convert", "dinas.xlsx", "-o", "dinas.yaml")[0] == 0
    assert run(capsys, "solve", "dinas.xlsx", "-o", "plan.csv")[0] == 0
    words = (*words, "--lang", "en")  # else the workbook is answered in its own language
    code, out, err = run(capsys, *words)
    assert code < 2, err
    for path in (*Path.cwd().glob("out*"), *Path.cwd().glob("buku*")):
        path.rename(f"old-{path.name}")
    other, again, _ = run(capsys, *("dinas.yaml" if word == "dinas.xlsx" else word for word in words))
    assert other == code
    assert SECONDS.sub("s", again) == SECONDS.sub("s", out).replace("dinas.xlsx", "dinas.yaml")


def test_convert(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To YAML, JSON and back; the answer for programs fits its schema, and no file is written over."""
    code, out, _ = run(capsys, "convert", "dinas.xlsx", "-o", "a.yaml", "--lang", "id")
    assert (code, out) == (0, "a.yaml: berkas masukan yang sama dengan dinas.xlsx (3 pegawai, 5 hari)\n")
    code, out, _ = run(capsys, "convert", "a.yaml", "-o", "b.json", "--format", "json")
    jsonschema.validate(json.loads(out), schema("converted"))
    assert run(capsys, "convert", "b.json", "-o", "c.xlsx", "--lang", "id")[0] == 0
    assert (folder / "c.xlsx").read_bytes() == write_book(DATA, "id")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for target in ("a.yaml", "b.json", "dinas.xlsx", "a.csv", "nowhere/a.yaml", "."):
        code, _, err = run(capsys, "convert", "dinas.xlsx", "-o", target)
        assert code == 2 and err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_convert_takes_tables_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables in files beside an instance become rows, and circulars are named as seen from the new place."""
    (folder / "sub").mkdir()
    (folder / "sub" / "staff.csv").write_text("id,nama\np1,Ani\np2,Budi\n", encoding="utf-8")
    (folder / "sub" / "letter.json").write_text(LETTER, encoding="utf-8")
    text = "schema: giliran/1\ntitle: Dinas\nperiode: {mulai: 2026-08-03, sampai: 2026-08-03}\npegawai: {berkas: staff.csv}\n"
    (folder / "sub" / "i.yaml").write_text(f"{text}surat_edaran: [{{file: letter.json}}]\n", encoding="utf-8")
    assert run(capsys, "convert", "sub/i.yaml", "-o", "i.yaml")[0] == 0
    text = (folder / "i.yaml").read_text(encoding="utf-8")
    assert "sub/letter.json" in text and "Budi" in text and "staff.csv" not in text and "pegawai" not in text


LETTER = json.dumps(
    {
        "schema": "giliran-circular/1",
        "name": "se-1",
        "title": "SE 1",
        "issuer": "Bupati",
        "authority": "regency",
        "in_force": {"from": "2026-01-01", "to": "open"},
        "rules": [{"id": "L1", "kind": "office_cap", "max": 1, "source": {"row": "L1", "via": "surat"}}],
    }
)
