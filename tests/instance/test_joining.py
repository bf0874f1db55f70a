"""One letter in force twice under two names: limits change, accounts go on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from giliran import solve
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.rules.kinds.fair_share.goal import FairShare
from tests.circulars.small import HEAD

START, SECOND, END = "2023-08-28", "2023-09-04", "2023-09-08"  # two weeks from Monday to Friday
STAFF = [{"id": f"P{k}", "bidang": "Satu", "rank": "pelaksana", "status": "PNS"} for k in range(8)]
FIRST = {"name": "umum", "choose": {"side": "home", "limit": "50%", "never_empty": "no"}, "to": "2023-09-03"}
THEN = {"name": "umum", "as": "umum-ktt", "choose": {"side": "home", "limit": "75%", "never_empty": "no"}, "from": SECOND}


def build(*circulars: dict[str, Any], **sections: Any) -> Instance:
    """Eight people under some letters for two weeks."""
    return Instance.build(horizon={"start": START, "end": END}, staff=STAFF, circulars=list(circulars), **sections)


def planned(instance: Instance) -> Result:
    """Its plan."""
    result = solve(instance)
    assert result.schedule is not None
    return result


def heads(result: Result) -> list[int]:
    """People in the office on each working day."""
    days = [d for d, day in enumerate(result.instance.facts.dates) if day.weekday() < 5]
    return result.schedule.office.sum(axis=0)[days].tolist()  # type: ignore[union-attr]


def test_each_limit_holds_on_its_days() -> None:
    """Half of eight at home are four in the office, three quarters at home two; each rule is known by its entry's name."""
    instance = build(FIRST, THEN)
    assert heads(planned(instance)) == [4] * 5 + [2] * 5
    assert {"umum/limit-home", "umum-ktt/limit-home"} <= set(instance.view.by_id)


def test_one_account_of_fairness_over_the_whole() -> None:
    """4 × 5 + 2 × 5 = 30 days for eight people are three or four each, counted in one account; two accounts could give five and two."""
    result = planned(build(FIRST, THEN))
    goals = [goal.id for goal in result.instance.goals if isinstance(goal, FairShare)]
    assert goals == ["umum/fair"]
    assert sorted(result.schedule.office.sum(axis=1).tolist()) == [3, 3, 4, 4, 4, 4, 4, 4]  # type: ignore[union-attr]
    assert [goal.id for goal in result.instance.goals if goal.id.endswith("/aim")] == ["umum/aim"]


def test_duty_goes_on_in_one_account() -> None:
    """Both entries ask for one duty officer: one rule names them on all ten days, and the second limit exempts its officers."""
    more = {"duty": 1, "side": "office", "limit": "25%", "duty_in_limit": "outside"}
    instance = build({**FIRST, "choose": {**FIRST["choose"], **more}}, {**THEN, "choose": {**THEN["choose"], **more, "limit": "50%"}})
    result = planned(instance)
    assert list(result.schedule.duty) == ["umum/duty"]  # type: ignore[union-attr]
    assert int(result.schedule.duty["umum/duty"].any(axis=0).sum()) == 10  # type: ignore[union-attr]
    assert instance.view.by_id["umum-ktt/limit-office"].exempt == ("umum/duty",)  # type: ignore[attr-defined]
    assert heads(result) == [3] * 5 + [5] * 5  # 25 % and 50 % of eight, and the officer


def test_second_entry_needs_a_name() -> None:
    """Without `as` the second entry is refused at its place, with the line to write; so are names that cannot be, or are taken."""
    with pytest.raises(InputError, match=r"as: umum-2, from") as caught:
        build(FIRST, {key: value for key, value in THEN.items() if key != "as"})
    assert caught.value.problems[0].where.field == "circulars[1]"
    with pytest.raises(InputError, match="another name with `as`"):
        build(FIRST, THEN, {**THEN, "name": "umum"})
    for name in ("own", "facts", "umum/ktt", "dua kali"):
        with pytest.raises(InputError, match="cannot stand before the ids"):
            build(FIRST, {**THEN, "as": name})


def test_days_between_the_entries_belong_to_neither() -> None:
    """With a gap from Wednesday to Friday of the first week the account leaves those days out."""
    result = planned(build({**FIRST, "to": "2023-08-29"}, THEN))
    assert (heads(result)[:2], heads(result)[5:]) == ([4, 4], [2] * 5)
    [fair] = [goal for goal in result.instance.goals if isinstance(goal, FairShare)]
    counted = result.instance.view.cells(fair).any(axis=0)
    assert [d for d, day in enumerate(result.instance.facts.dates) if counted[d] and day.weekday() < 5] == [0, 1, 7, 8, 9, 10, 11]


def test_entry_that_replaces_itself() -> None:
    """It would switch all its own rules off, and everybody would work as if no letter were there."""
    with pytest.raises(InputError, match="umum-ktt replaces itself"):
        build(FIRST, {**THEN, "replaces": ["umum-ktt"]})


def test_entry_that_replaces_the_other() -> None:
    """An open first entry that the second replaces plans as one that ends before it."""
    opened = {key: value for key, value in FIRST.items() if key != "to"}
    instance = build(opened, {**THEN, "replaces": ["umum"]})
    assert heads(planned(instance)) == [4] * 5 + [2] * 5
    assert not [note for note in instance.notes if "one letter" in note.said.text("en")]


def test_entries_on_the_same_days_are_told() -> None:
    """Without an end both limits hold in the second week: the tighter one counts, and a note says so."""
    opened = {key: value for key, value in FIRST.items() if key != "to"}
    instance = build(opened, THEN)
    assert heads(planned(instance)) == [4] * 10
    [told] = [note.said.text("id") for note in instance.notes if "surat yang sama" in note.said.text("id")]
    assert "umum dan umum-ktt" in told and "Senin 4 September 2023 sampai Jumat 8 September 2023" in told


def test_entries_that_want_different_things_on_the_same_days_are_refused() -> None:
    """One wants as many as possible in the office and the other at home, on the same days: an error with advice."""
    opened = {"name": "umum", "choose": {"side": "office", "limit": "50%"}}
    with pytest.raises(InputError, match=r"something else than umum on the same days.*\(aim\)\n.*replaces: \[umum\]"):
        build(opened, THEN)


def test_different_accounts_are_refused() -> None:
    """Who comes first for home is outside the account: both entries have to say so."""
    with pytest.raises(InputError, match="one letter keeps one account"):
        build(FIRST, {**THEN, "choose": {**THEN["choose"], "always_home": "may", "home_marks": ["hamil"]}})


def test_choices_of_one_entry_are_changed_by_its_name() -> None:
    """`with_choices` of the new name leaves the first entry alone."""
    changed = build(FIRST, THEN).with_choices("umum-ktt", {"limit": "50%"})
    assert heads(planned(changed)) == [4] * 10
    assert heads(planned(build(FIRST, THEN).with_choices("umum", {"limit": "25%"}))) == [6] * 5 + [2] * 5


def test_letter_of_a_file_and_others_that_replace_it(tmp_path: Any) -> None:
    """A circular file may be used twice too; another letter replaces one of its entries by the name given here."""
    (tmp_path / "kecil.yaml").write_text(
        HEAD + "rules: [{id: A, kind: home_cap, source: {row: A, via: paper}, share: 50%, applies_to: {levels: [bidang]}}]\n"
        "goals: [{id: aim, kind: office_target, aim: most_home}]\n",
        encoding="utf-8",
    )
    twice = [{"file": "kecil.yaml", "to": "2023-09-03"}, {"file": "kecil.yaml", "as": "lagi", "from": SECOND}]
    text = {"horizon": {"start": START, "end": END}, "staff": STAFF, "circulars": [*twice, {**THEN, "replaces": ["lagi"]}]}
    instance = Instance.build(text, files=tmp_path)
    assert heads(planned(instance)) == [4] * 5 + [2] * 5
    assert [letter.name for letter in instance.circulars] == ["small", "lagi", "umum-ktt"]
    assert instance.facts.dates[0] == dt.date.fromisoformat(START)
