"""The fuzz command and its oracle: what it finds, what it saves, and that it reads rules as their documentation says."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import benchmarks.fuzz.running as running
from benchmarks.fuzz.command import fuzz
from benchmarks.fuzz.comparing import Compared, Disagreement, compare, kinds_in
from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.drafting import Document, Draft
from benchmarks.fuzz.drawing import draw
from benchmarks.fuzz.oracle import read, readings
from benchmarks.fuzz.oracle.matching import most_seated
from benchmarks.fuzz.oracle.trying import Trying
from benchmarks.fuzz.properties import built
from benchmarks.fuzz.running import run
from benchmarks.fuzz.shrinking import shrink
from giliran.circulars import packaged
from giliran.instance import Instance
from giliran.rules.registry import example, goal_kinds, known, rule_kinds
from tests.rules.claims import CLAIMS, Claim, cost_of, document_of, statements_of

WEEK = {"start": "2021-07-12", "end": "2021-07-16"}
CALENDARS = {"office": {"holidays": "none"}}


def facts(people: str, days: int, **sections: Any) -> Document:
    """People named by letters in one bidang, from Monday 12 July 2021 on."""
    return {
        "horizon": {"start": "2021-07-12", "end": f"2021-07-{11 + days}"},
        "calendars": deepcopy(CALENDARS),  # samples may change them
        "units": [{"id": "u", "level": "bidang"}],
        "staff": [{"id": letter, "unit": "u"} for letter in people],
        **sections,
    }


def trying(document: Document) -> Trying:
    """All schedules of an instance, as the oracle reads it."""
    return Trying(read(Instance.build(document), document))


def amounts(document: Document, rule: str, places: str) -> int:
    """By how much a schedule, a bit string per person, misses one rule."""
    tried = trying(document)
    office = {(e, d) for e, line in enumerate(places.split()) for d, letter in enumerate(line) if letter == "1"}
    terms = [term for term in tried.world.terms if term.rule == rule]
    return sum(term.amount(frozenset(office & set(term.cells))) for term in terms)


# -- every kind is there -----------------------------------------------------------------------------------------------------------


def test_every_kind_has_a_reading_and_a_sample() -> None:
    """A new kind needs a file in the oracle; there is none for a kind that is gone."""
    assert set(readings()) == set(known())


@pytest.mark.parametrize("kind", sorted(readings()))
def test_every_sample_is_an_instance(kind: str) -> None:
    """Of some samples of each kind at least one is good input and has the kind in it."""
    found = set()
    for seed in range(12):
        document = facts("ABC", 3, goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}])
        draft = Draft(Dice(seed), document)
        readings()[kind].sample(draft)
        document = draft.finish()
        try:
            instance = Instance.build(document)
        except Exception:
            continue
        found |= {statement.kind for statement in (*instance.rules, *instance.goals)}
    assert kind in found


# -- hand-solved examples ----------------------------------------------------------------------------------------------------------

READ = [claim for claim in CLAIMS if claim.kind != "presence"]
"""Claims that the oracle can judge; to it absent people are nowhere."""


@pytest.mark.parametrize("claim", READ, ids=str)
def test_kept_and_broken(claim: Claim) -> None:
    """The oracle finds what docstrings say of their examples: kept, or broken by the amount given."""
    document = document_of(claim)
    instance = Instance.build(document)
    [statement] = statements_of(claim, instance)
    office = {(e, d) for e, line in enumerate(claim.plan) for d, letter in enumerate(line) if letter == "1"}
    terms = [term for term in read(instance, document).terms if term.rule == statement.id]
    assert sum(term.amount(frozenset(office & set(term.cells))) for term in terms) == cost_of(claim)


def test_local_exceeding() -> None:
    """Officers raise the cap of their own unit only: two leaders of another one stay above theirs of 1."""
    document = facts("ABCD", 1)
    document["units"] = [{"id": "a", "level": "opd"}, {"id": "b", "level": "opd"}]
    document["staff"] = [{"id": letter, "unit": unit} for letter, unit in zip("ABCD", "aabb", strict=True)]
    document["rules"] = [
        {"id": "leaders", "kind": "fixed_days", "applies_to": {"ids": ["A", "B"]}, "place": "office"},
        {"id": "cap", "kind": "office_cap", "per": "opd", "share": "50%"},
        {"id": "piket", "kind": "duty_officers", "applies_to": {"units": ["b"]}, "per": "opd", "count": 2, "against_caps": "exceed"},
    ]
    assert amounts(document, "own/cap", "1 1 1 1") == 1, "a: 2 > 1; b: 1 + max(0, 2 - 1) = 2"


def test_nobody_stands_for_two_units() -> None:
    """S, who belongs to two units, has one seat: beside an empty B that is one officer of two."""
    assert most_seated([({0, 1}, 1), ({1, 2}, 1)], {1}) == 1
    assert most_seated([({0, 1}, 1), ({1, 2}, 1)], {0, 1}) == 2


# -- the command -------------------------------------------------------------------------------------------------------------------


def test_a_short_run_agrees(tmp_path: Path) -> None:
    """Some dozens of seeded instances: planner and oracle agree on every one of them."""
    done = run(7, 0.2, tmp_path, most=40)
    assert done.compared > 10
    assert [path.read_text(encoding="utf-8") for path in done.findings] == []


def planted(document: Document, seed: int) -> Compared:
    """Disagrees about every instance that has a cap by number."""
    caps = [rule for rule in document.get("rules", []) if "max" in rule and rule["kind"] == "office_cap"]
    return Compared((Disagreement("planted", "a cap by number"),)) if caps else Compared()


def test_a_planted_disagreement_is_minimised_and_saved(tmp_path: Path) -> None:
    """What is left of the instance is the cap alone, and the file says what disagreed."""
    done = run(3, 0.2, tmp_path, most=60, judge=planted)
    assert done.findings
    finding = json.loads(done.findings[0].read_text(encoding="utf-8"))
    assert finding["found"] == [{"check": "planted", "said": "a cap by number"}]
    [rule] = finding["instance"]["rules"]
    assert set(rule) == {"id", "kind", "max"}
    assert "goals" not in finding["instance"]


def test_the_command_replays_and_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds a planted disagreement, ends with 1, and finds it again in the saved file; nothing is stored on demand."""
    monkeypatch.setattr(running, "compare", planted)
    monkeypatch.setattr("benchmarks.fuzz.command.run", lambda *args, **options: run(*args, **options, most=60, judge=planted))
    monkeypatch.setattr("benchmarks.fuzz.replaying.compare", planted)
    command = ["--minutes", "0.2", "--seed", "3", "--findings", str(tmp_path), "--no-store"]
    found = CliRunner().invoke(fuzz, command)
    assert found.exit_code == 1
    [path] = sorted(tmp_path.iterdir())[:1]
    again = CliRunner().invoke(fuzz, ["--replay", str(path)])
    assert again.exit_code == 1
    assert "planted: a cap by number" in again.output


def test_the_same_seed_draws_the_same() -> None:
    """An instance is a function of its seed alone."""
    assert [draw(seed) for seed in range(5)] == [draw(seed) for seed in range(5)]


def test_draws_reach_every_kind() -> None:
    """Among a few hundred draws there is every kind of rule and goal, and every packaged circular."""
    instances = [instance for seed in range(300) if (instance := built(draw(seed))) is not None]
    found = set().union(*(kinds_in(instance) for instance in instances))
    assert set(known()) <= found
    assert set(packaged()) <= found


def test_draws_show_every_example() -> None:
    """Among some hundred draws that are good input every public kind stands at least once as its example has it."""
    missing = {word: example(word) for word in (*rule_kinds(), *goal_kinds())}
    for document in map(draw, range(2_000)):
        drawn = [*document.get("rules", []), *document.get("goals", [])]
        shown = {word for word, fields in missing.items() if any({**rule, "id": fields["id"]} == fields for rule in drawn)}
        if shown and built(document) is not None:
            missing = {word: fields for word, fields in missing.items() if word not in shown}
        if not missing:
            return
    assert not missing


def test_shrinking_keeps_what_matters() -> None:
    """Everything goes that is not needed to fail."""
    document = {
        "horizon": WEEK,
        "staff": [{"id": "A"}, {"id": "B"}],
        "rules": [{"kind": "x", "n": 1}, {"kind": "y"}],
        "pins": [{"staff_id": "B"}],
    }

    def fails(each: Document) -> bool:
        return any(rule.get("n") == 1 for rule in each.get("rules", [])) and bool(each["staff"])

    small = shrink(document, fails)
    assert small["rules"] == [{"n": 1}], "neither the kind nor the other rule"
    assert len(small["staff"]) == 1
    assert "pins" not in small


def test_an_exception_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a plan raises that is not bad input is a disagreement, told with its name."""

    def broken(*args: Any, **options: Any) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("benchmarks.fuzz.comparing.solve", broken)
    document = facts("A", 1, goals=[{"id": "aim", "kind": "office_target", "aim": "most_office"}])
    found = compare(document, 1).disagreements
    assert {each.check for each in found} >= {"auto"}
    assert all("ZeroDivisionError: planted" in each.said for each in found)
