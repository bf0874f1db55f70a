"""What is written about the published plan and has no effect is told once, by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from giliran import InputError, Instance, load_instance
from giliran.domain.finding import Told

DAYS = {"start": "2021-07-12", "end": "2021-07-13"}
CAP = {"id": "cap", "kind": "office_cap", "max": 1}
DUTY = {"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang"}
AIM = {"id": "aim", "kind": "office_target", "aim": "most_office"}
SAME = {"id": "same", "kind": "stability"}
ROW = {"staff_id": "A", "date": "2021-07-12", "place": "office"}
BEFORE = {"staff_id": "A", "date": "2021-07-09", "place": "office"}


def build(files: Path | None = None, **sections: Any) -> Instance:
    """Two people, two days, one bidang."""
    given = {
        "horizon": DAYS,
        "calendars": {"office": {"holidays": "none"}},
        "units": [{"id": "u", "level": "bidang"}],
        "staff": [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        "rules": [CAP],
        **sections,
    }
    return Instance.build(given, files=files)


def told(instance: Instance, *words: str) -> list[str]:
    """Notes that have one of some words, in English; every one can be said in Indonesian."""
    notes = [note.said.text("en") for note in instance.notes if note.said.text("id")]
    return [text for text in notes if any(word in text for word in words)]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-07-11", ["before the horizon, so that nothing is frozen"]),
        ("2021-07-12", []),
        ("2021-07-13", []),
        ("2021-07-14", ["after the horizon, so that whatever the plan says of it is frozen"]),
    ],
)
def test_frozen_to_outside_the_horizon(day: str, said: list[str]) -> None:
    """A last frozen day outside the horizon is told with what follows; the days of the horizon need no word."""
    found = told(build(published={"rows": [ROW], "frozen_to": day}, goals=[AIM, SAME]), "frozen_to")
    assert len(found) == len(said) and all(part in text for part, text in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"published": {"rows": [ROW], "refill": True}, "goals": [AIM, SAME]}, None),
        ({"published": {"rows": [ROW]}, "goals": [AIM, SAME]}, None),
        ({"published": {"rows": [ROW], "refill": True}, "goals": [AIM]}, "no goal keeps to published days"),
        ({"published": {"rows": [BEFORE], "refill": True}, "goals": [AIM, SAME]}, "no goal keeps to published days"),
        (
            {"published": {"rows": [ROW], "refill": True, "frozen_to": "2021-07-13"}, "goals": [AIM, SAME]},
            "no goal keeps to published days",
        ),
        (
            {"published": {"rows": [ROW], "refill": True}, "goals": [AIM, SAME], "tiers": ["stability", "office_target"]},
            "the order under `tiers` decides",
        ),
        ({"published": {"rows": [ROW], "refill": True}, "goals": [AIM, SAME], "tiers": ["relaxations"]}, None),
    ],
)
def test_refill_without_effect(sections: dict[str, Any], said: str | None) -> None:
    """`refill` is told where the order of tiers is the same without it, with the reason, and nowhere else."""
    found = told(build(**sections), "refill")
    assert (found == []) if said is None else (len(found) == 1 and said in found[0])


def test_asking_for_refill_without_a_plan(tmp_path: Path) -> None:
    """`--refill` for an instance without any published plan is told."""
    path = tmp_path / "i.json"
    path.write_text(json.dumps({"schema": "giliran/1", "horizon": DAYS, "staff": [{"id": "A"}], "rules": [CAP]}), encoding="utf-8")
    assert told(load_instance(path), "refill") == []
    assert told(load_instance(path, refill=True), "refill") == ["`refill` has no effect: there is no published plan"]


@pytest.mark.parametrize(
    ("published", "number"), [(None, 1), ({"rows": [BEFORE]}, 1), ({"rows": [ROW]}, 0), ({"rows": [ROW], "frozen_to": "2021-07-13"}, 0)]
)
def test_a_goal_without_a_plan_to_keep_to(published: dict[str, Any] | None, number: int) -> None:
    """A goal that keeps to a published plan is told by its id where no day of the horizon is published."""
    found = told(build(goals=[AIM, SAME], **({} if published is None else {"published": published})), "own/same")
    assert len(found) == number and all("nothing is published for these days" in text for text in found)


def test_a_letter_of_other_days_comes_first() -> None:
    """A letter that is over before the plan begins leaves everybody without a rule: that stands beside the status."""
    instance = build(rules=[], circulars=[{"name": "umum", "to": "2021-07-09"}])
    [lapsed] = [finding for finding in instance.notes if finding.rule == "umum"]
    assert lapsed.told is Told.HEADLINE
    assert "in force on no day of the horizon" in lapsed.said.text()


def test_names_and_teams_of_rules_that_are_called_otherwise() -> None:
    """Published names and teams of a rule that is not here are told in a sentence each, with the rule that may be meant."""
    rows = [{**ROW, "duty": "own/pikt"}, {**ROW, "staff_id": "B", "duty": "own/lain-sekali", "team": "own/tims=1"}]
    teams = {"id": "tim", "kind": "team_rotation", "teams": 2, "choose_teams": True, "anchor": "2021-07-12"}
    instance = build(rules=[DUTY, teams], published={"rows": rows}, goals=[SAME])
    assert told(instance, "no longer") == [
        "names of the published plan for duties that there are no longer, not kept: own/lain-sekali (1) and "
        "own/pikt (1; did you mean own/piket?)",
        "teams of the published plan for rules that there are no longer, not kept: own/tims (1; did you mean own/tim?)",
    ]


def test_a_pin_for_a_duty_that_is_none_has_its_place(tmp_path: Path) -> None:
    """A pin for a duty rule that is not here is told with file, line and column, and with the rule that may be meant."""
    pins = "staff_id,date,duty\nA,2021-07-12,own/piket\nB,2021-07-13,own/pikt\n"
    (tmp_path / "pins.csv").write_text(pins, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        build(rules=[DUTY], pins={"file": "pins.csv"}, files=tmp_path)
    [problem] = caught.value.problems
    assert (problem.where.file, problem.where.line, problem.where.field) == (str(tmp_path / "pins.csv"), 3, "duty")
    assert problem.advice is not None and "own/piket" in problem.advice.text()
