"""`giliran solve --certificate` and `giliran check --certificate`, from the words that are typed to the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from giliran.cli import main
from giliran.files.schema import schema
from giliran.records.results import VARYING
from tests.certificate.sealing import resealed
from tests.cli.test_commands import INSTANCE
from tests.cli.test_process import loaded_by

CHECK = ("check", "i.yaml", "plan.csv", "--certificate", "proof.json")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with an instance, its plan and a certificate."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    assert main(["solve", "i.yaml", "--workers", "1", "-o", "plan.csv", "--certificate", "proof.json"]) == 0
    assert "proof.json" in capsys.readouterr().out
    return tmp_path


def test_a_certificate_is_checked_in_both_languages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last lines say how many parts are proved by arithmetic and which tiers."""
    for lang, words in (
        ("en", "1 of 1 part proved by arithmetic, 0 on CP-SAT's word"),
        ("id", "1 dari 1 bagian terbukti dengan hitungan"),
    ):
        assert main([*CHECK, "--lang", lang]) == 0
        assert words in capsys.readouterr().out


def test_a_check_says_it_to_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check file counts parts and names tiers; without a certificate it has none."""
    assert main([*CHECK, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["certificate"]
    assert (found["holds"], found["parts"], found["proved"], found["open"], found["wrong"]) == (True, 1, 1, 0, [])
    assert found["tiers"] == ["relaxations", "office_target", "fair_share"]
    assert main([*CHECK[:3], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["certificate"] is None


def test_a_wrong_certificate_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim that does not hold is told with its part and tier."""
    data = json.loads((folder / "proof.json").read_text(encoding="utf-8"))
    assert data["parts"][0]["claims"]
    for claim in data["parts"][0]["claims"]:
        claim["rows"] = []
        claim["held"] = {}
    (folder / "proof.json").write_text(json.dumps(resealed(data)), encoding="utf-8")
    assert main([*CHECK]) == 1
    assert "part 1, tier office_target: the schedule costs" in capsys.readouterr().out
    assert main([*CHECK, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["certificate"]
    assert not found["holds"] and found["wrong"][0]["tier"] == "office_target" and found["wrong"][0]["sentences"]["id"]


EDITED = """schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-13}
units: [{id: u, level: bidang}]
staff: [{id: A, unit: u, head: true}, {id: B, unit: u}, {id: C, unit: u}]
rules:
  - {id: head, kind: fixed_days, applies_to: {ids: [A]}, place: office}
  - {id: piket, kind: duty_officers, per: bidang, count: 2}
goals: [{id: aim, kind: office_target, aim: most_home}]
"""


def test_an_edited_plan_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plan in which somebody was sent home by hand breaks a rule: the finding is told, and that the certificate proves nothing then."""
    (folder / "i.yaml").write_text(EDITED, encoding="utf-8")
    assert main(["solve", "i.yaml", "--workers", "1", "-o", "all.json", "--certificate"]) == 0
    rewritten(folder / "all.json", lambda data: data["assignments"][0].update(place="home"))
    capsys.readouterr()
    assert main(["check", "i.yaml", "all.json", "--certificate", "all.json"]) == 1
    text = capsys.readouterr().out
    assert "own/head: A is not in the office on Monday 12 July 2021" in text
    assert "proves nothing about this schedule, because it breaks rules that must hold" in text
    assert main(["check", "i.yaml", "all.json", "--certificate", "all.json", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["certificate"]
    assert (found["holds"], found["proved"], found["open"], found["tiers"]) == (False, 0, 0, [])


def test_a_certificate_of_another_instance_ends_with_2(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A certificate is bad input where the instance has changed."""
    (folder / "i.yaml").write_text(INSTANCE.replace("share: 50%", "share: 75%"), encoding="utf-8")
    assert main([*CHECK]) == 2
    assert "another instance" in capsys.readouterr().err


def test_certificates_are_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A certificate is not written to a file that ends otherwise; nothing is solved first."""
    assert main(["solve", "i.yaml", "--certificate", "proof.csv"]) == 2
    assert ".json" in capsys.readouterr().err
    assert not (folder / "proof.csv").exists()


def test_a_certificate_is_checked_without_the_solver(folder: Path) -> None:
    """`giliran check --certificate` loads neither ortools nor scipy nor highspy, and no module of the engine that does."""
    packages = loaded_by([*CHECK], folder)
    assert "numpy" in packages and not {"ortools", "scipy", "highspy"} & packages


@pytest.fixture
def inside(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A result that holds its certificate."""
    assert main(["solve", "i.yaml", "--workers", "1", "-o", "all.json", "--certificate"]) == 0
    capsys.readouterr()
    return folder / "all.json"


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """A JSON file with something changed, and its certificate sealed again."""
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    if isinstance(data["certificate"], dict):
        data["certificate"] = resealed(data["certificate"])
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize("schedule", ["all.json", "plan.csv"])
def test_a_result_proves_itself(inside: Path, capsys: pytest.CaptureFixture[str], schedule: str) -> None:
    """A result with a certificate is checked like a certificate of its own, for itself and for the same plan elsewhere."""
    assert main(["check", "i.yaml", schedule, "--certificate", "all.json"]) == 0
    assert "1 of 1 part proved by arithmetic" in capsys.readouterr().out


def test_the_certificate_inside_is_the_one_of_its_own_file(inside: Path) -> None:
    """The key holds the same document as the file, the result fits its schema, and stays the same without its certificate."""
    data = json.loads(inside.read_text(encoding="utf-8"))
    jsonschema.validate(data, schema("result"))
    assert data.pop("certificate") == json.loads(Path("proof.json").read_text(encoding="utf-8"))
    assert main(["solve", "i.yaml", "--workers", "1", "-o", "bare.json"]) == 0
    bare = json.loads(Path("bare.json").read_text(encoding="utf-8"))
    assert "certificate" not in bare
    assert {key: value for key, value in bare.items() if key not in VARYING} == {k: v for k, v in data.items() if k not in VARYING}


def test_a_printed_result_holds_its_certificate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` is a JSON result, too."""
    assert main(["solve", "i.yaml", "--certificate", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["certificate"]["schema"] == "giliran-certificate/2"


def test_a_result_without_a_certificate_is_told_how_to_get_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --certificate` of a bare result is bad input that says what to do."""
    assert main(["solve", "i.yaml", "-o", "bare.json"]) == 0
    assert main(["check", "i.yaml", "plan.csv", "--certificate", "bare.json"]) == 2
    assert "without a certificate\n  Solve again with `--certificate` and `-o FILE.json`" in capsys.readouterr().err


def _claims_nothing(data: dict[str, Any]) -> None:
    for claim in data["certificate"]["parts"][0]["claims"]:
        claim.update(rows=[], held={})


def _costs_less(data: dict[str, Any]) -> None:
    data["certificate"]["parts"][0]["values"][1] -= 1


def _another_plan(data: dict[str, Any]) -> None:
    row = next(row for row in data["assignments"] if row["place"] == "office" and not row["duty"])
    row["place"] = "home"


@pytest.mark.parametrize("change", [_claims_nothing, _costs_less, _another_plan])
def test_a_tampered_result_ends_with_1(inside: Path, change: Callable[[dict[str, Any]], None], capsys: pytest.CaptureFixture[str]) -> None:
    """A result whose certificate or plan was changed does not prove itself any more."""
    rewritten(inside, change)
    assert main(["check", "i.yaml", "all.json", "--certificate", "all.json"]) == 1
    assert "the certificate does not hold for this schedule" in capsys.readouterr().out


def _other_digest(data: dict[str, Any]) -> None:
    data["certificate"]["digest"] = "0" * 64


def _strange_row(data: dict[str, Any]) -> None:
    data["certificate"]["parts"][0]["claims"][0]["rows"][0]["rule"] = "own/none"


def _strange_key(data: dict[str, Any]) -> None:
    data["certificate"]["trust"] = True


def _no_document(data: dict[str, Any]) -> None:
    data["certificate"] = "yes"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_other_digest, "certificate.digest"),
        (_strange_row, "certificate.parts[0].claims[0].rows[0].rule"),
        (_strange_key, "certificate.trust"),
        (_no_document, "certificate"),
    ],
)
def test_what_is_no_certificate_inside_ends_with_2(
    inside: Path, change: Callable[[dict[str, Any]], None], field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be a certificate of this instance is bad input, told with its place in the result."""
    rewritten(inside, change)
    assert main(["check", "i.yaml", "all.json", "--certificate", "all.json"]) == 2
    assert f": {field}: " in capsys.readouterr().err


def test_a_certificate_inside_is_checked_without_the_solver(inside: Path) -> None:
    """Nor does a proof inside a result need a solver."""
    packages = loaded_by(["check", "i.yaml", "all.json", "--certificate", "all.json"], inside.parent)
    assert "numpy" in packages and not {"ortools", "scipy", "highspy"} & packages


def test_certificate_does_not_swallow_the_instance(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`solve --certificate i.yaml` says where the instance has to stand, in both languages, and leaves the file alone."""
    before = Path("i.yaml").read_bytes()
    assert main(["solve", "--certificate", "i.yaml"]) == 2
    assert "giliran solve i.yaml --certificate" in capsys.readouterr().err
    assert main(["solve", "--certificate", "i.yaml", "--lang", "id"]) == 2
    assert "tulislah sebelum --certificate" in capsys.readouterr().err
    assert Path("i.yaml").read_bytes() == before


def test_a_certificate_is_not_written_over_something_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An instance in JSON that was meant to be solved is not replaced by the certificate of another one."""
    Path("other.json").write_text('{"schema": "giliran/1"}', encoding="utf-8")
    assert main(["solve", "i.yaml", "--certificate", "other.json"]) == 2
    assert "no certificate" in capsys.readouterr().err
    assert Path("other.json").read_text(encoding="utf-8") == '{"schema": "giliran/1"}'
    assert main(["solve", "i.yaml", "--certificate", "proof.json"]) == 0


def test_a_proof_that_goes_nowhere_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file and without a JSON result there is no place for the proof, and the message says which would do."""
    assert main(["solve", "i.yaml", "-o", "plan.csv", "--certificate"]) == 2
    said = capsys.readouterr().err
    assert "-o FILE.json" in said and "--format json" in said and "--certificate FILE.json" in said
