"""Files of giliran 0.1.0 mean today what they meant: keys are only added, in what is read and in what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from giliran import InputError, check, load_instance
from giliran.circulars import load_circular
from giliran.cli import main
from giliran.files.claims import disagreements
from giliran.files.schedules import read_claimed
from giliran.files.schema import schema
from giliran.text import read_document
from tests.files.keys import READ, keys

OLD = Path(__file__).parent / "v0.1.0"
KEYS: dict[str, dict[str, Any]] = json.loads((OLD / "keys.json").read_text(encoding="utf-8"))
INSTANCES = {"whole/instance.yaml": (9, 12), "inline.json": (6, 5), "gaps.yaml": (4, 2)}
"""Instances, with their people and days."""
PLANS = {
    "whole/plan.csv": "whole/instance.yaml",
    "whole/result.json": "whole/instance.yaml",
    "inline-plan.csv": "inline.json",
    "inline-result.json": "inline.json",
    "gaps-result.json": "gaps.yaml",
}
"""Plans, with their instances."""


NEVER_WORKED = {"strength": {"=note"}}
"""What keys of records might hold and no run got through: a rule that only notes was an internal error wherever it was missed."""


def options(held: str) -> set[str]:
    """What a key may hold."""
    return set(held.split(" | "))


def worked(key: str, held: str) -> set[str]:
    """What a key might hold, less what never worked."""
    return options(held) - NEVER_WORKED.get(key.rpartition(".")[2], set())


@pytest.mark.parametrize("kind", KEYS)
def test_no_key_is_gone(kind: str) -> None:
    """Every key of 0.1.0 is still one, and may hold what it might hold then."""
    now = keys()[kind]["keys"]
    assert sorted(KEYS[kind]["keys"].keys() - now.keys()) == []
    assert {key: held for key, held in KEYS[kind]["keys"].items() if not worked(key, held) <= options(now[key])} == {}


@pytest.mark.parametrize("kind", READ)
def test_no_key_has_to_be_added(kind: str) -> None:
    """What people wrote for 0.1.0 lacks nothing: no key has to be there that need not be there before."""
    records = {key.partition(".")[0] for key in KEYS[kind]["keys"]}
    assert [key for key in keys()[kind]["needed"] if key.partition(".")[0] in records and key not in KEYS[kind]["needed"]] == []


@pytest.mark.parametrize("kind", sorted(KEYS.keys() - set(READ)))
def test_what_is_written_holds_no_more_than_before(kind: str) -> None:
    """Programs that read a key of 0.1.0 find it always, and no other type in it; words of a closed choice may be new."""
    now = keys()[kind]
    assert sorted(set(KEYS[kind]["needed"]) - set(now["needed"])) == []
    more = {key: options(now["keys"][key]) - options(held) for key, held in KEYS[kind]["keys"].items()}
    assert {key: new for key, new in more.items() if any(not word.startswith("=") for word in new)} == {}


def words_in(node: Any) -> Iterator[str]:
    """Every key and text of a document."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from (str(key), *words_in(value))
    elif isinstance(node, list):
        for item in node:
            yield from words_in(item)
    else:
        yield str(node)


def test_every_key_that_people_write_stands_in_a_file() -> None:
    """The stored instances and the stored circular use every key that 0.1.0 knew."""
    used: set[str] = set()
    for path in (*(OLD / name for name in INSTANCES), OLD / "whole" / "letter.yaml"):
        used |= set(words_in(read_document(path).data))
    for path in (OLD / "whole").glob("*.csv"):
        used |= set(path.read_text(encoding="utf-8").splitlines()[0].split(","))
    short = {"condition", "rows", "days"}  # of records that files write in their short form: a share by condition, a number of days
    known = {key.rpartition(".")[2] for kind in READ for key in KEYS[kind]["keys"]}
    assert sorted(known - used - short) == []


@pytest.mark.parametrize("name", INSTANCES)
def test_instances_load(name: str) -> None:
    """Instances of 0.1.0 load, also confined to their folder, and fit today's schema."""
    for confine in (False, True):
        assert load_instance(OLD / name, confine=confine).facts.shape == INSTANCES[name]
    fitting = jsonschema.Draft202012Validator(schema("instance"))
    assert [error.message for error in fitting.iter_errors(read_document(OLD / name).data)] == []


@pytest.mark.parametrize("plan", PLANS)
def test_plans_are_read_and_cost_what_they_cost(plan: str) -> None:
    """Plans and results of 0.1.0 are read, keep every rule today, and cost what they said."""
    instance = load_instance(OLD / PLANS[plan])
    schedule, claimed = read_claimed(OLD / plan, instance)
    found = check(instance, schedule)
    assert not found.broken
    assert disagreements(claimed.tiers, found) == ()
    assert claimed.made_by == ("0.1.0" if plan.endswith("json") else None)


def test_old_plans_can_be_published(tmp_path: Path) -> None:
    """A result and a plan of 0.1.0 serve as the published plan."""
    data = json.loads((OLD / "inline.json").read_text(encoding="utf-8"))
    for name in ("inline-plan.csv", "inline-result.json"):
        (tmp_path / "instance.json").write_text(json.dumps({**data, "published": {"file": str(OLD / name)}}), encoding="utf-8")
        facts = load_instance(tmp_path / "instance.json").facts
        assert (facts.published > 0).all()


def test_old_certificates_are_refused_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    """A certificate of 0.1.0 proves nothing any more, which is said of the certificate and not of the plan."""
    words = [str(OLD / "whole" / name) for name in ("instance.yaml", "plan.csv", "proof.json")]
    assert main(["check", *words[:2], "--certificate", words[2]]) == 2
    assert re.search(r"proof\.json.* certificate", capsys.readouterr().err)


def shape(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every key of a document by its path, with the kind of its value; items of a list are one."""
    kind = {dict: "keys", list: "list", str: "text", bool: "truth", int: "number", float: "number", type(None): "nothing"}[type(value)]
    yield path, kind
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from shape(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from shape(inner, f"{path}[]")


def lost(old: str, new: str) -> list[tuple[str, str]]:
    """What an old file has that a new one lacks; certificates have a form of their own, and costs stand under the names of tiers."""
    before = {(path, kind) for path, kind in shape(json.loads(old)) if not path.startswith((".certificate.", ".versions."))}
    return sorted(before - set(shape(json.loads(new))))


def test_results_keep_their_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The result of the same instance has every key today that it had, with a value of the same kind; so has its plan every column."""
    words = [
        "solve",
        str(OLD / "whole" / "instance.yaml"),
        "--workers",
        "1",
        "-o",
        str(tmp_path / "plan.csv"),
        "--format",
        "json",
        "--certificate",
    ]
    assert main(words) == 0
    assert lost((OLD / "whole" / "result.json").read_text(encoding="utf-8"), capsys.readouterr().out) == []
    header = (OLD / "whole" / "plan.csv").read_text(encoding="utf-8").splitlines()[0]
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8").startswith(header)


def test_audits_keep_their_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """What `check` prints of the same plan has every key that it had."""
    words = [str(OLD / "whole" / name) for name in ("instance.yaml", "result.json")]
    assert main(["check", *words, "--format", "json"]) == 0
    now = json.loads(capsys.readouterr().out)
    then = json.loads((OLD / "whole" / "check.json").read_text(encoding="utf-8"))
    assert (now.pop("certificate"), now["made_by"]) == (None, "0.1.0")
    del then["certificate"]  # the proof is not valid any more
    assert lost(json.dumps(then), json.dumps(now)) == []


def test_summaries_keep_their_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary of the same batch has every key that it had, and every plan every column."""
    words = ["solve", *(str(OLD / name) for name in INSTANCES), "--out-dir", str(tmp_path), "--workers", "1", "--format", "json"]
    assert main(words) == 1
    assert lost((OLD / "batch.json").read_text(encoding="utf-8"), capsys.readouterr().out) == []
    for old, new in (("inline-result.json", "inline.json"), ("gaps-result.json", "gaps.json")):
        assert lost((OLD / old).read_text(encoding="utf-8"), (tmp_path / new).read_text(encoding="utf-8")) == []
    header = (OLD / "inline-plan.csv").read_text(encoding="utf-8").splitlines()[0]
    assert (tmp_path / "inline.csv").read_text(encoding="utf-8").startswith(header)


def test_a_result_of_another_version_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever checks a result that another giliran made is told so, in both languages; one of this giliran needs no word."""
    words = ["check", str(OLD / "inline.json"), str(OLD / "inline-result.json")]
    monkeypatch.setattr("giliran.__version__", "0.9.0", raising=False)
    assert main(words) == 0
    assert "made by giliran 0.1.0, this is giliran 0.9.0" in " ".join(capsys.readouterr().out.split())
    assert main([*words, "--lang", "id"]) == 0
    assert "dibuat dengan giliran 0.1.0, sedangkan ini giliran 0.9.0" in " ".join(capsys.readouterr().out.split())
    monkeypatch.setattr("giliran.__version__", "0.1.0", raising=False)
    assert main(words) == 0
    assert "made by giliran" not in capsys.readouterr().out


@pytest.mark.parametrize(("form", "said"), [("giliran-result/2", "newer giliran made"), ("giliran-check/1", "expected giliran-result/1")])
def test_results_of_other_forms_are_refused(tmp_path: Path, form: str, said: str) -> None:
    """A result of a newer form, or another kind of file, is no schedule, neither to check nor as the published plan."""
    data = json.loads((OLD / "inline-result.json").read_text(encoding="utf-8"))
    (tmp_path / "result.json").write_text(json.dumps({**data, "schema": form}), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_claimed(tmp_path / "result.json", load_instance(OLD / "inline.json"))
    data = json.loads((OLD / "inline.json").read_text(encoding="utf-8"))
    (tmp_path / "i.json").write_text(json.dumps({**data, "published": {"file": "result.json"}}), encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        load_instance(tmp_path / "i.json")
    assert "result.json:1: schema" in caught.value.text()


def test_circulars_of_newer_forms_are_refused(tmp_path: Path) -> None:
    """A circular of a newer form is told with that alone, whatever else in it is unknown."""
    text = (OLD / "whole" / "letter.yaml").read_text(encoding="utf-8")
    (tmp_path / "letter.yaml").write_text(text.replace("circular/1", "circular/2") + "unheard_of: 1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_circular(tmp_path / "letter.yaml")
    [problem] = caught.value.problems
    assert "giliran-circular/2, which a newer giliran made" in problem.said.text() and problem.where.line == 1
