"""Naming for many duty rules: work grows with the people who could be named. Draws are counted, no clock is read."""

from __future__ import annotations

import numpy as np
import pytest

from giliran.engine.base.outcome import EngineOptions
from giliran.engine.duty import naming, pairs
from giliran.engine.duty.joint_naming import name_all
from giliran.engine.duty.pairs import Draw
from giliran.engine.run import optimise
from tests.builders import MONDAY
from tests.engine.test_joint_naming import request


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many people each lottery draws."""
    sizes: list[int] = []
    original = naming.lottery_order

    def counted(ids: list[str], *key: object) -> np.ndarray:
        sizes.append(len(ids))
        return original(ids, *key)

    monkeypatch.setattr(naming, "lottery_order", counted)
    monkeypatch.setattr(pairs, "lottery_order", counted)
    return sizes


def names(rules: int, people: int, *, tied: bool = False) -> dict[str, np.ndarray]:
    """One officer a day for each rule of two members of its own; on wish the first two rules have the same ones, and other accounts."""
    members = [(0 if tied and k == 1 else 2 * k) for k in range(rules)]
    requests = [request(f"r{k}", [(e, 0), (e + 1, 0)], [[1]], people=people) for k, e in enumerate(members)]
    draw = Draw(1, MONDAY, [f"p{e}" for e in range(people)])
    return dict(name_all(requests, np.ones((people, 1), dtype=bool), draw, EngineOptions(), optimise=optimise).duty)


def test_a_rule_draws_among_those_who_could_be_named(drawn: list[int]) -> None:
    """Fifty rules of two people each draw a hundred, however many others there are."""
    names(50, 1_000)
    assert sum(drawn) == 100


def test_everybody_is_drawn_only_for_rules_that_are_named_together(drawn: list[int]) -> None:
    """Two of fifty rules share their members: besides the hundred, everybody is drawn for the accounts of these two."""
    names(50, 1_000, tied=True)
    assert sum(drawn) == 100 + 2 * 1_000


def test_names_are_those_of_a_draw_of_everybody() -> None:
    """Whoever of two members comes first in the whole order of the rule's account is named."""
    ids = [f"p{e}" for e in range(100)]
    for rule, cells in names(50, 100).items():
        order = naming.lottery_order(ids, 1, MONDAY, rule).tolist()
        first = 2 * int(rule.removeprefix("r"))
        assert np.flatnonzero(cells[:, 0]).tolist() == [min(first, first + 1, key=order.index)]
