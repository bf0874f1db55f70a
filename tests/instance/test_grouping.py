"""Rules that group people by units: whom no group takes, and rules that find no group at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from giliran.domain.finding import Finding
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.rules.registry import goal_kinds, known

WEEK = {"start": "2026-08-03", "end": "2026-08-07"}
UNITS = [
    {"id": "d", "name": "Dinas", "level": "opd"},
    {"id": "s", "name": "Sekretariat", "level": "sekretariat", "parent": "d"},
    {"id": "s1", "name": "Subbag Umum", "level": "subbagian", "parent": "s"},
    {"id": "b", "name": "Bidang X", "level": "bidang", "parent": "d"},
]
STAFF = [
    {"id": "H", "unit": "d", "rank": "jpt_pratama"},
    {"id": "S", "unit": "s", "rank": "administrator"},
    {"id": "T", "unit": "s1", "rank": "pelaksana"},
    {"id": "B", "unit": "b", "rank": "pelaksana"},
    {"id": "C", "unit": "b", "rank": "pelaksana"},
]
FLAT = [{"id": "x", "name": "Unit X", "level": "unit"}]
ALL_IN_X = [{**row, "unit": "x"} for row in STAFF]

GROUPING = sorted(word for word, kind in known().items() if "per" in kind.model_fields)
"""Kinds that group people by units."""

BESIDES = {"team_rotation": {"choose_teams": True}, "office_target": {"aim": "most_home", "level": True}}
"""Fields besides its example without which a kind does not look at its groups."""

LETTER = """\
schema: giliran-circular/1
name: letter
title: Letter
issuer: Somebody
authority: regency
in_force: {from: 2026-07-12, to: open}
rules:
  - {id: R1, kind: office_cap, share: 50%, per: bidang, source: {row: 1, via: x}}
"""


def build(files: Path | None = None, **sections: Any) -> Instance:
    """An instance of one week, two groups and a head."""
    return Instance.build({"horizon": WEEK, "units": UNITS, "staff": STAFF, **sections}, files=files)


def of_kind(kind: str, per: Any, **more: Any) -> dict[str, Any]:
    """A section with one statement of a kind."""
    section = "goals" if kind in goal_kinds() else "rules"
    return {section: [{"id": "it", "kind": kind, **known()[kind].example, **BESIDES.get(kind, {}), "per": per, **more}]}


def told(instance: Instance) -> list[Finding]:
    """Notes about people whom no group takes."""
    return [note for note in instance.notes if note.said.text().find("does not reach them") >= 0]


@pytest.mark.parametrize("kind", GROUPING)
def test_people_whom_no_group_takes(kind: str) -> None:
    """They are told with number, units and names, all in the finding, and the note names the levels that take them in."""
    [note] = told(build(**of_kind(kind, "bidang")))
    assert (note.rule, note.kind, note.amount, note.people) == ("own/it", kind, 3, (0, 1, 2))
    assert note.said.text("en").endswith(
        "3 people it means stand under no such unit, so it does not reach them: Dinas and Sekretariat (H, S and T); "
        "to take them in, write `per: [bidang, sekretariat]`"
    )
    assert "3 pegawai yang dimaksud tidak berada di bawah unit kerja seperti itu" in note.said.text("id")


@pytest.mark.parametrize("kind", GROUPING)
@pytest.mark.parametrize("per", ["whole", "leaf", "opd", ["bidang", "sekretariat", "opd"], ["whole"]])
def test_nobody_is_left_out(kind: str, per: Any) -> None:
    """Where everybody has a group nothing is told; a list of one word is that word."""
    assert not told(build(**of_kind(kind, per)))


@pytest.mark.parametrize("kind", GROUPING)
def test_no_group_at_all(kind: str) -> None:
    """A rule of the planner's own that means somebody and finds no group is an error with its cure."""
    with pytest.raises(InputError) as caught:
        build(units=FLAT, staff=ALL_IN_X, **of_kind(kind, "bidang"))
    [problem] = caught.value.problems
    assert str(problem.where).endswith("[0].per")
    assert "nobody stands under such a unit, so it would not reach any of the 5 it means" in problem.text()
    assert "or say `per: whole`" in problem.text()


def test_levels_are_literal() -> None:
    """The level bidang does not take a sekretariat with it in an own rule."""
    cap = build(**of_kind("office_cap", "bidang")).view.limits[0]
    assert cap.groups.count(cap.counted)[:, 0].tolist() == [2]


def test_a_duty_rule_asks_whether_anybody_eligible_is_there() -> None:
    """A duty rule is in vain where somebody eligible has no duty unit, not where nobody is eligible."""
    eligible = of_kind("duty_officers", ["irban"], eligible={"ranks": ["fungsional", "pelaksana"]})
    with pytest.raises(InputError, match="not reach any of the 3 it means"):
        build(**eligible)
    staff = [{"id": "A", "unit": "d", "rank": "fungsional", "also": "b"}, *STAFF]
    assert not told(build(staff=staff, **of_kind("duty_officers", "bidang", eligible={"ranks": ["fungsional"]})))
    few = told(build(**of_kind("duty_officers", "bidang", eligible={"ranks": ["pelaksana"]})))
    assert [note.people for note in few] == [(2,)]


def test_no_level_at_all() -> None:
    """An empty list of levels is told as such, and leaves no empty place in a sentence."""
    with pytest.raises(InputError, match="at least one level is needed"):
        Instance.build(
            horizon={"start": "2026-08-03", "end": "2026-08-03"},
            staff=[{"id": "A", "unit": "u"}],
            rules=[{"id": "it", "kind": "office_floor", "min": 1, "per": []}],
        )


def test_whole_and_leaf_stand_alone() -> None:
    """`whole` and `leaf` are no levels among others."""
    with pytest.raises(InputError, match="each stands alone"):
        build(**of_kind("office_cap", ["bidang", "whole"]))


@pytest.mark.parametrize("item", [{"level": "opd"}, ["opd"], None, 1])
def test_levels_are_words(item: object) -> None:
    """A list of levels with something else among them is bad input, at its place."""
    with pytest.raises(InputError, match=r"rules\[0\]"):
        build(**of_kind("office_cap", ["bidang", item]))


def test_letter_that_finds_no_group(tmp_path: Path) -> None:
    """A letter's rule that finds no group is not applicable here, and says why; nobody is under it."""
    (tmp_path / "letter.yaml").write_text(LETTER, encoding="utf-8")
    instance = build(files=tmp_path, units=FLAT, staff=ALL_IN_X, circulars=[{"file": "letter.yaml"}])
    [note] = [note for note in instance.notes if note.rule == "letter"]
    assert note.said.text("en") == "not applicable here: R1: nobody stands under a bidang"
    assert note.people == (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("choose", "field", "key"),
    [({"limit": "50%"}, "circulars[0]", "per"), ({"limit": "50%", "per": "bidang"}, "circulars[0].choose.per", "per")]
    + [({"limit": "none", "duty": 1}, "circulars[0]", "duty_per")],
)
def test_ordinary_letter_that_finds_no_group(choose: dict[str, Any], field: str, key: str) -> None:
    """The choices of the ordinary letter are the planner's own: what finds no group is an error where they stand, with the cure."""
    with pytest.raises(InputError) as caught:
        build(units=FLAT, staff=ALL_IN_X, circulars=[{"name": "umum", "choose": choose}])
    assert [str(problem.where) for problem in caught.value.problems] == [field]
    assert f"Fill the column opd of the staff table, or the level of the units, or say `{key}: whole`." in str(caught.value)
    build(units=FLAT, staff=ALL_IN_X, circulars=[{"name": "umum", "choose": {**choose, key: "whole"}}])


def test_ordinary_letter_widens_bidang() -> None:
    """In the ordinary letter bidang takes sekretariat with it, in the limit as in the duty, and nobody is left out by default."""
    for choose in ({"duty": 1}, {"duty": 1, "per": "bidang", "duty_per": "bidang"}):
        instance = build(circulars=[{"name": "umum", "choose": choose}])
        names = [[instance.facts.units[u].name for u in duty.groups_unit] for duty in instance.view.duties]
        assert names == [["Sekretariat", "Bidang X"]]
    [cap] = [limit for limit in instance.view.limits if limit.rule == "umum/limit-office"]
    assert [instance.facts.units[u].name for u in cap.groups.unit] == ["Dinas", "Sekretariat", "Bidang X"]


def test_a_dinas_does_not_hide_behind_its_puskesmas() -> None:
    """By default the ordinary letter limits a UPTD and a Puskesmas by themselves, and the Dinas without them."""
    staff = [{"id": f"A{k}", "opd": "Dinkes", "bidang": "Bidang X"} for k in range(2)]
    staff += [{"id": f"P{k}", "opd": "Dinkes", "bidang": f"{name} Satu"} for name in ("Puskesmas", "UPTD") for k in range(2)]
    people = [{**row, "id": f"{row['id']}-{k}"} for k, row in enumerate(staff)]
    instance = Instance.build(horizon=WEEK, staff=people, circulars=[{"name": "umum", "choose": {"limit": "50%"}}])
    [cap] = instance.view.limits
    names = {instance.facts.units[u].name: int(n) for u, n in zip(cap.groups.unit, cap.most[:, 0], strict=True)}
    assert names == {"Dinkes": 1, "Puskesmas Satu": 1, "UPTD Satu": 1}
