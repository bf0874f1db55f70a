"""`giliran solve --certificate` and `giliran check --certificate`, from the words that are typed to the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from giliran.cli import main
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
        ("en", "1 of 1 parts proved by arithmetic, 0 on CP-SAT's word"),
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
    (folder / "proof.json").write_text(json.dumps(data), encoding="utf-8")
    assert main([*CHECK]) == 1
    assert "part 1, tier office_target: the schedule costs" in capsys.readouterr().out
    assert main([*CHECK, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["certificate"]
    assert not found["holds"] and found["wrong"][0]["tier"] == "office_target" and found["wrong"][0]["sentences"]["id"]


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
    """`giliran check --certificate` loads neither ortools nor scipy, and no module of the engine that does."""
    packages = loaded_by([*CHECK], folder)
    assert "numpy" in packages and not {"ortools", "scipy"} & packages
