"""`giliran explain` and `giliran solve --anyway`: what is printed, what is written, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from giliran.files.loading import load_instance
from giliran.files.schema import schema
from giliran.messages import LANGUAGES
from tests.cli.test_commands import Run, run

__all__ = ["run"]

FULL = """schema: giliran/1
title: Bidang penuh
horizon: {start: 2026-08-03, end: 2026-08-07}
units: [{id: u, name: Bidang Satu, level: bidang}]
staff:
  - {id: A, name: Ani, unit: u}
  - {id: B, name: Budi, unit: u}
  - {id: C, name: Cici, unit: u}
rules:
  - {id: wajib, kind: fixed_days, place: office, applies_to: {ids: [A, B]}}  # by order
  - {id: batas, kind: office_cap, max: 1}
"""


@pytest.fixture(autouse=True)
def full(run: Run) -> None:
    """An instance that nobody can plan, in the folder at hand."""
    Path("full.yaml").write_text(FULL, encoding="utf-8")


def test_a_feasible_instance(run: Run) -> None:
    """There is a plan, and that is all: code 0."""
    code, out, _ = run("explain", "i.yaml", "--workers", "1")
    assert code == 0
    assert "There is a plan that keeps every rule. (exit code 0)" in out
    assert "What" not in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_impossible_one(run: Run, lang: str) -> None:
    """Clashes, the least bend and repairs, on lines of 80 columns, in both languages: code 1 as `solve`."""
    code, out, _ = run("explain", "full.yaml", "--workers", "1", "--lang", lang)
    assert code == run("solve", "full.yaml", "--workers", "1")[0] == 1
    assert all(len(line) <= 80 for line in out.splitlines())
    words = {"en": ("What clashes: 5", "The least bend: 5", "own/batas: `max: 2` (now 1)"), "id": ("Yang berbenturan: 5", "(sekarang 1)")}
    assert all(word in out for word in words[lang])


def test_json_fits_its_schema(run: Run) -> None:
    """The same for programs."""
    code, out, _ = run("explain", "full.yaml", "--workers", "1", "--format", "json")
    data = json.loads(out)
    assert code == 1
    jsonschema.validate(data, schema("explanation"))
    assert (data["status"], data["stopped"], data["bends"]) == ("infeasible", None, {"total": 5, "bound": 5, "proven": True})
    assert [repair["number"] for repair in data["repairs"]] == [*range(1, len(data["repairs"]) + 1)]
    assert {member["rule"] for clash in data["clashes"] for member in clash["members"]} == {"own/wajib", "own/batas"}


def test_a_repair_is_written(run: Run) -> None:
    """By its number, into a new file that then can be planned; what was typed stays. What was asked for is done: code 0."""
    _, out, _ = run("explain", "full.yaml", "--workers", "1", "--format", "json")
    number = next(r["number"] for r in json.loads(out)["repairs"] if "`max: 2`" in r["changes"][0]["en"])
    code, out, _ = run("explain", "full.yaml", "--workers", "1", "--repair", str(number), "-o", "new.yaml")
    assert code == 0
    assert "Written: new.yaml" in out
    assert Path("new.yaml").read_text(encoding="utf-8") == FULL.replace("max: 1", "max: 2")
    assert run("solve", "new.yaml", "--workers", "1")[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--repair", "1"), "a file is missing"),
        (("-o", "new.yaml"), "--repair N"),
        (("--repair", "99", "-o", "new.yaml"), "there is no repair 99"),
        (("--repair", "1", "-o", "full.yaml"), "would replace"),
        (("--repair", "1", "-o", "i.yaml"), "there already"),
    ],
)
def test_what_cannot_be_written(run: Run, words: tuple[str, ...], told: str) -> None:
    """Nothing is written over, and what is missing is told: code 2."""
    before = {path: path.read_bytes() for path in Path().iterdir()}
    code, _, err = run("explain", "full.yaml", "--workers", "1", *words)
    assert code == 2
    assert told in err
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_no_time(run: Run) -> None:
    """Undecided is not impossible: code 3."""
    code, out, _ = run("explain", "full.yaml", "--workers", "1", "--time-limit", "0.000001")
    assert code == 3
    assert "Time ran out before it was known" in out


def test_a_plan_anyway(run: Run) -> None:
    """Everybody has a place, each broken rule is listed, files are written whole, `check` agrees with them: code 1."""
    code, out, _ = run("solve", "full.yaml", "--workers", "1", "--anyway", "-o", "p.csv", "-o", "p.json")
    assert code == 1
    assert "no plan keeps every rule; this one bends them least: 5." in out
    assert "Broken rules: 5. (exit code 1)" in out
    data = json.loads(Path("p.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema("result"))
    assert (data["status"], data["bends"]) == ("infeasible", {"total": 5, "bound": 5, "proven": True})
    assert len(Path("p.csv").read_text(encoding="utf-8").splitlines()) == 1 + 15
    checked, out, _ = run("check", "full.yaml", "p.json", "--format", "json")
    found = json.loads(out)
    assert checked == 1
    assert (found["contradictions"], found["disagreements"]) == ([], [])
    assert sum(finding["strength"] == "must" for finding in found["findings"]) == 5


def test_anyway_where_a_plan_keeps_all(run: Run) -> None:
    """Nothing is bent, and nothing is said of it."""
    code, out, _ = run("solve", "i.yaml", "--workers", "1", "--anyway", "-o", "p.json")
    assert code == 0
    assert "bends" not in out
    assert "bends" not in json.loads(Path("p.json").read_text(encoding="utf-8"))


def test_anyway_in_a_batch(run: Run) -> None:
    """A batch tells which plans bend rules; others are as before."""
    code, out, _ = run("solve", "full.yaml", "i.yaml", "--workers", "1", "--anyway", "--out-dir", "out", "--format", "json")
    rows = {row["name"]: row for row in json.loads(out)["instances"]}
    assert code == 1
    assert (rows["full"]["exit_code"], rows["i"]["exit_code"]) == (1, 0)
    assert any("bends them least: 5" in told["en"] for told in rows["full"]["told"])
    assert not any("bends" in told["en"] for told in rows["i"]["told"])


def test_no_certificate_of_a_plan_that_bends(run: Run) -> None:
    """A certificate is about plans that keep every rule: code 2 before anything is solved."""
    code, _, err = run("solve", "full.yaml", "--anyway", "-o", "p.json", "--certificate")
    assert code == 2
    assert "--anyway may bend some" in err


def test_a_repair_that_time_did_not_allow_to_find(run: Run) -> None:
    """No such repair yet is no wrong number: it is told, nothing is written, and the code says undecided."""
    code, _, err = run("explain", "full.yaml", "--workers", "1", "--repair", "1", "-o", "new.yaml", "--time-limit", "0.000001")
    assert code == 3 and "before repair 1 was known" in err
    assert not Path("new.yaml").exists()
    code, _, err = run("explain", "full.yaml", "--workers", "1", "--repair", "99", "-o", "new.yaml")
    assert code == 2 and "there is no repair 99 here" in err


TYPED = """schema: giliran/1
title: Bidang kecil
horizon: {start: 2026-08-03, end: 2026-08-07}
units: [{id: u, name: Bidang Satu, level: bidang}]
staff:
  - {id: "198001012005011001", name: Ani, unit: u}
  - {id: "198001012005011002", name: "Budi, S.E.", unit: u}
absences: {file: cuti.csv}
pins: {file: tetap.csv}
rules: [{id: piket, kind: duty_officers, per: bidang, count: 1}]
"""
LEAVE = "NIP;Nama;Mulai;Keterangan\n;Budi;3 s.d. 6 Agustus 2026;cuti\n"
PINS = 'NIP;Tanggal;Tempat;Alasan\n19800101 200501 1 001;4/8/2026;WFH;"perintah; kepala"\n19800101 200501 1 001;6/8/2026;WFO;\n'


@pytest.mark.parametrize(("words", "away", "pinned"), [("not away", [0, 2, 3], [1, 3]), ("without the pin", [0, 1, 2, 3], [3])])
def test_tables_as_offices_type_them(run: Run, words: str, away: list[int], pinned: list[int]) -> None:
    """Pins and leave under other headings, by name, with both days in one cell: a repair is written, changes one day, and plans."""
    for name, text in (("t.yaml", TYPED), ("cuti.csv", LEAVE), ("tetap.csv", PINS)):
        Path(name).write_text(text, encoding="utf-8")
    listed = json.loads(run("explain", "t.yaml", "--workers", "1", "--format", "json")[1])["repairs"]
    [number] = [n for n, each in enumerate(listed, start=1) if words in json.dumps(each["changes"])]
    assert run("explain", "t.yaml", "--workers", "1", "--repair", str(number), "-o", "new.yaml")[0] == 0
    facts = load_instance("new.yaml").facts
    assert (np.flatnonzero(facts.absent[1]).tolist(), np.flatnonzero(facts.pinned[0]).tolist()) == (away, pinned)
    assert run("solve", "new.yaml", "--workers", "1")[0] == 0


def test_the_command_for_a_file_is_one_that_works(run: Run) -> None:
    """The file stands beside the instance, and the repair is one that an instance can hold."""
    Path("far").mkdir()
    Path("far/full.yaml").write_text(FULL, encoding="utf-8")
    for see in ("full.yaml", "far/full.yaml"):
        out = " ".join(run("explain", see, "--workers", "1")[1].split())
        words = out.partition("as a file: giliran ")[2].split()
        assert run(*words)[0] == 0
        assert Path(see).with_name("NEW.yaml").exists()


def test_the_file_to_write_in_indonesian(run: Run) -> None:
    """The name that the command for a file proposes is in the language of the answer, as that of `-o` is elsewhere."""
    out = " ".join(run("explain", "full.yaml", "--workers", "1", "--lang", "id")[1].split())
    assert out.endswith("-o BARU.yaml")


def test_only_a_letter_can_be_changed(run: Run) -> None:
    """A number of a letter's own: no command for a file is offered."""
    letter = "schema: giliran-circular/1\nname: surat\ntitle: {en: A, id: A}\nissuer: {en: B, id: B}\nauthority: province\n"
    rules = (
        "in_force: {from: 2026-01-01, to: open}\nrules:\n  - {id: a, kind: office_cap, max: 1}\n  - {id: b, kind: office_floor, min: 2}\n"
    )
    Path("surat.yaml").write_text(letter + rules, encoding="utf-8")
    Path("l.yaml").write_text(FULL.partition("rules:")[0] + "circulars: [{file: surat.yaml}]\n", encoding="utf-8")
    code, out, _ = run("explain", "l.yaml", "--workers", "1")
    assert code == 1 and "surat/a: `max: 2` (now 1)" in out
    assert "They change the letters themselves" in out and "--repair" not in out
