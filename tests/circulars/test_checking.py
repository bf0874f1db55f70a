"""`check_circular` finds what would go wrong under some choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from giliran.circulars import check_circular
from giliran.errors import Problem
from giliran.messages import plain
from giliran.text import TextError
from tests.circulars.small import read

ASK = "ask: {en: Which?, id: Yang mana?}"


def accept(data: Mapping[str, Any]) -> object:
    """A reader of rules that takes everything but a share of `none`."""
    if data.get("share") == "none":
        raise TextError(plain("no share"))
    return data


def check(text: str) -> list[Problem]:
    """Problems of a small circular, its rules read by `accept`."""
    return check_circular(read(text), rule=accept, goal=accept)


def rules(text: str) -> str:
    """A rule section with one rule."""
    return f"rules: [{{id: A, kind: k, source: {{row: A, via: paper}}, {text}}}]\n"


def test_sound_circular_has_no_problems() -> None:
    """Questions, sources and choices in order: nothing to say."""
    assert check(f"parameters: {{a: {{default: x, values: [x, y], {ASK}}}}}\n" + rules("mode: {choose: a}")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parameters: {a: {default: x, values: [x, y]}}\n" + rules("mode: {choose: a}"), "a has no question"),
        ("expects: {units: {tags: [pasar]}}\n" + rules("applies_to: {unit_tags: [pasar]}"), "pasar has no question"),
        (f"expects: {{units: {{tags: {{pasar: {{{ASK}}}}}}}}}\n", "no rule selects by it"),
        (rules("applies_to: {unit_tags: [pasar]}"), "the unit tag pasar, which `expects` does not list"),
        (rules("share: {zone: {low: 75%, high: 25%}}"), "the condition zone, which `expects` does not list"),
        (rules("days: {conditions: {banjir: true}}"), "the condition banjir, which `expects` does not list"),
        (rules("applies_to: {except: [{sectors: [kritikal]}]}"), "the sector kritikal, which `expects` does not list"),
        (f"parameters: {{a: {{default: x, values: [x, y], {ASK}}}}}\n", "nothing uses the parameter a"),
        ("sets: {s: {ranks: [a]}}\n", "no rule uses the set s"),
        ("rules: [{id: A, kind: k}]\n", "has no `source`"),
        (f"parameters: {{a: {{default: 25%, type: share_or_none, {ASK}}}}}\n" + rules("share: {choose: a}"), "no share (with a: none)"),
        (
            f"parameters: {{a: {{default: x, values: [x, y, z], {ASK}}}}}\n" + rules("mode: {choose: a, x: 1, y: 2}"),
            "nothing is given for the value z of the parameter a (with a: z)",
        ),
    ],
)
def test_problem_is_found(text: str, said: str) -> None:
    """Each mistake makes one problem, with the choice that brings it out."""
    [problem] = check(text)
    assert said in problem.said.text("en")


def test_words_that_a_planner_names_need_not_be_expected() -> None:
    """A parameter of type `tags` names marks of the planner's own roster."""
    text = f"parameters: {{a: {{default: [pasar], type: tags, {ASK}}}}}\n" + rules("applies_to: {unit_tags: {choose: a}}")
    assert check(text) == []


def test_pair_of_choices_is_tried() -> None:
    """What goes wrong only under two choices together is found."""
    text = f"parameters: {{a: {{default: x, values: [x, y], {ASK}}}, b: {{default: x, values: [x, y], {ASK}}}}}\n"
    text += rules("applies_to: [{when: {a: x}, ranks: [r]}, {when: {b: x}, ranks: [s]}]")
    [problem] = check(text)
    assert "nothing is left of `applies_to`" in problem.said.text("en")
    assert "a: y, b: y" in problem.said.text("en")


def test_real_rule_kinds_are_used_by_default() -> None:
    """A mistyped field of a rule is found at its line, with the nearest field."""
    text = "rules:\n  - {id: A, kind: office_cap, source: {row: A, via: paper}, share: 25%, roundin: down}\n"
    [problem] = check_circular(read(text))
    assert problem.where.line == 10
    assert "unknown key roundin" in problem.said.text("en")
    assert problem.advice is not None
    assert "rounding" in problem.advice.text("en")


def test_unknown_kind_is_found() -> None:
    """A mistyped kind is met with the one that was meant."""
    text = "rules:\n  - {id: A, kind: office_capp, source: {row: A, via: paper}, share: 25%}\n"
    [problem] = check_circular(read(text))
    assert problem.where.line == 10
    assert "office_cap" in problem.text("en")
