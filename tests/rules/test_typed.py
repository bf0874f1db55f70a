"""Rules built by their classes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

import giliran
from giliran import rules
from giliran.instance.given import statement_data
from giliran.rules.registry import example, goal_kinds, parse_goal, parse_rule, rule_kinds
from tests.rules.stub import STUB, stub

WEEK = {"start": "2021-07-12", "end": "2021-07-16"}
KINDS = {**rule_kinds(), **goal_kinds()}


def test_the_stub_is_made_of_the_kinds() -> None:
    """Type checkers see every kind with its fields, and no other: `python -m tests.rules.stub` writes the file."""
    assert STUB.read_text(encoding="utf-8") == stub()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_by_its_class(kind: type[Any]) -> None:
    """The example of a kind is the same rule built by its class, and comes back through JSON."""
    word = kind.model_fields["kind"].default
    fields = {key: value for key, value in example(word).items() if key != "kind"}
    parse: Any = parse_rule if word in rule_kinds() else parse_goal
    typed = getattr(rules, kind.__name__)(**fields)
    assert typed == parse(example(word))
    assert parse(json.loads(json.dumps(statement_data(typed)))) == typed


def test_build_takes_typed_rules() -> None:
    """Typed and written rules make the same instance; those without an id get a free one."""
    friday, runs = {"weekdays": "fri"}, {"kind": "consecutive", "place": "office", "max": 3}
    typed: list[Any] = [rules.OfficeCap(share="50%"), rules.OfficeCap(id="few", max=1, days=friday), runs]
    written = [{"kind": "office_cap", "share": "50%"}, {"id": "few", "kind": "office_cap", "max": 1, "days": friday}, runs]
    goal = rules.OfficeTarget(aim="most_office")
    built = [
        giliran.Instance.build(horizon=WEEK, staff={"id": ["A", "B"]}, rules=each, goals=goals)
        for each, goals in ((typed, [goal]), (written, [{"kind": "office_target", "aim": "most_office"}]))
    ]
    assert built[0].rules == built[1].rules and built[0].goals == built[1].goals
    assert [rule.id for rule in built[0].rules][:3] == ["own/office_cap", "own/few", "own/consecutive"]
    again = giliran.Instance.from_dict(built[0].to_dict())
    assert again.rules == built[0].rules
    assert "own/office_cap-2" in {rule.id for rule in built[0].with_rules(rules.OfficeCap(max=2)).rules}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: rules.OfficeCap(share=50), "share: '50' has no percent sign"),
        (lambda: rules.OfficeCap(shar="50%"), "Did you mean share?"),
        (lambda: rules.FairShare(step=-1, acount="x"), "unknown key acount"),
    ],
)
def test_fields_that_are_none(make: Any, said: str) -> None:
    """What is wrong with a field is told as in a file, in both languages."""
    with pytest.raises(giliran.InputError) as caught:
        make()
    assert said in caught.value.text() and caught.value.text() != caught.value.text("id")


def test_unknown_kinds_are_attribute_errors() -> None:
    """A class that is none is an `AttributeError`, as everywhere."""
    with pytest.raises(AttributeError, match="no attribute 'OfficeCup'"):
        _ = rules.OfficeCup  # type: ignore[attr-defined]
    assert "OfficeCap" in dir(rules)


@pytest.mark.slow
def test_kinds_are_loaded_late() -> None:
    """Importing the package of rules loads no kind."""
    program = "import sys, giliran.rules; print([name for name in sys.modules if name.startswith('giliran.rules.kinds')])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"
