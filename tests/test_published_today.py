"""A published plan that the rules of today do not allow any more: what of it, and so why it cannot stay."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from giliran.audit import audit
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve
from tests.test_brute_force import built
from tests.tiny import instances

BEGIN = "published, but"


def since(findings: tuple[Finding, ...]) -> list[Finding]:
    """What is told of the published plan."""
    return [finding for finding in findings if finding.said.text().startswith(BEGIN)]


def key(finding: Finding) -> tuple[Any, ...]:
    """What a finding is about."""
    return finding.rule, finding.days, finding.people, finding.unit, finding.amount


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_it_is_what_an_audit_of_the_published_plan_finds(data: st.DataObject) -> None:
    """Where everybody has a published place, every broken rule of that plan is told, and nothing else; without one nothing is."""
    sections = data.draw(instances())
    bare = built(sections)
    facts = bare.facts
    drawn = data.draw(st.lists(st.sampled_from([Place.OFFICE, Place.HOME]), min_size=facts.present.size, max_size=facts.present.size))
    plan = np.where(facts.present, np.array(drawn, dtype=np.int8).reshape(facts.shape), np.int8(Place.NONE))
    cells = np.argwhere(facts.present).tolist()
    rows = [{"staff_id": facts.staff.ids[e], "date": facts.dates[d], "place": Place(int(plan[e, d])).word} for e, d in cells]
    known = Instance.build({**sections, "published": {"rows": rows}})
    plan = np.where(facts.absent, np.int8(Place.ABSENT), plan).astype(np.int8)
    expected = audit(bare, Schedule(plan)).broken
    told = since(audit(known, Schedule(plan)).findings)
    assert sorted(map(key, told)) == sorted(key(finding) for finding in expected if finding.days)
    assert all(finding.strength is Strength.NOTE and not finding.cost for finding in told)
    assert not since(audit(bare, Schedule(plan)).findings)


def test_an_officer_who_fell_ill() -> None:
    """Ani has the duty of Monday and is ill: the published plan lacks an officer there, and Budi, who is there, is named instead.

    Nothing of it may change where Monday is frozen; that is told as the past.
    """
    sections: dict[str, Any] = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-13"},
        "calendars": {"office": {"holidays": "none"}},
        "staff": [{"id": id_, "name": name} for id_, name in (("A", "Ani"), ("B", "Budi"))],
        "rules": [{"id": "piket", "kind": "duty_officers", "count": 1}],
        "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "stability"}],
        "absences": [{"staff_id": "A", "from": "2021-07-12", "reason": "sakit"}],
        "published": {
            "rows": [
                {"staff_id": id_, "date": f"2021-07-{day}", "place": "office", "duty": "own/piket" if id_ == who else ""}
                for day, who in ((12, "A"), (13, "B"))
                for id_ in "AB"
            ]
        },
    }
    result = solve(Instance.build(sections), SolveOptions(workers=1))
    told = since(result.findings)
    assert [finding.said.text() for finding in told] == [
        "published, but own/piket does not allow it any more, so that something here must change: everybody concerned, "
        "Monday 12 July 2021: named for duty 0 instead of 1"
    ]
    assert told[0].said.text("id").startswith("sudah terbit, tetapi tidak lagi sesuai dengan own/piket")
    assert result.changes is not None and [(change.person, change.day, change.becomes) for change in result.changes.names] == [
        (0, 0, False),
        (1, 0, True),
    ]
    frozen = {**sections, "published": {**sections["published"], "frozen_to": "2021-07-12"}}
    assert not since(solve(Instance.build(frozen), SolveOptions(workers=1)).findings)


def test_what_is_frozen_is_told_as_the_past() -> None:
    """Two come where one may: on Monday, which is frozen, that stays; on Tuesday somebody has to stay at home."""
    rows = [{"staff_id": id_, "date": f"2021-07-{day}", "place": "office"} for id_ in "AB" for day in (12, 13)]
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-13"},
        calendars={"office": {"holidays": "none"}},
        staff=[{"id": "A"}, {"id": "B"}],
        rules=[{"id": "batas", "kind": "office_cap", "max": 1}],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "stability"}],
        published={"rows": rows, "frozen_to": "2021-07-12"},
    )
    result = solve(instance, SolveOptions(workers=1))
    assert [finding.days for finding in since(result.findings)] == [(1,)]
    assert result.changes is not None and [change.day for change in result.changes.places] == [1]


def test_what_the_published_plan_leaves_open_is_not_told() -> None:
    """Budi is new and has no published place: whether the office is empty is not for the published plan to say."""
    sections: dict[str, Any] = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-12"},
        "calendars": {"office": {"holidays": "none"}},
        "staff": [{"id": "A"}, {"id": "B"}],
        "rules": [{"id": "isi", "kind": "office_floor", "min": 1}],
        "goals": [{"kind": "stability"}],
        "published": {"rows": [{"staff_id": "A", "date": "2021-07-12", "place": "home"}]},
    }
    assert not since(solve(Instance.build(sections), SolveOptions(workers=1)).findings)
    sections["published"]["rows"].append({"staff_id": "B", "date": "2021-07-12", "place": "home"})
    assert len(since(solve(Instance.build(sections), SolveOptions(workers=1)).findings)) == 1


def test_an_order_is_no_rule_by_name() -> None:
    """Ani was at home on Monday and is ordered to the office: it is told as what is known today, not by the id of a rule nobody wrote."""
    sections: dict[str, Any] = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-13"},
        "calendars": {"office": {"holidays": "none"}},
        "staff": [{"id": "A", "name": "Ani"}],
        "goals": [{"kind": "office_target", "aim": "most_home"}, {"kind": "stability"}],
        "pins": [{"staff_id": "A", "date": "2021-07-12", "place": "office"}],
        "published": {"rows": [{"staff_id": "A", "date": f"2021-07-{day}", "place": "home"} for day in (12, 13)]},
    }
    [told] = since(solve(Instance.build(sections), SolveOptions(workers=1)).findings)
    assert told.said.text().startswith("published, but what is known today does not allow it any more")
    assert told.said.text("id").startswith("sudah terbit, tetapi tidak lagi sesuai dengan data terbaru")
