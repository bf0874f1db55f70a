"""The roster of a generated government: offices of some 150 people, branches, a hospital now and then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from giliran.generating.dice import Dice
from giliran.generating.people import Roster, people, tagged
from giliran.generating.shape import Office, Shape, UnitRow, branch, hospital, join, office, split

OFFICE_SIZE = 150
LEAST_OFFICE = 80
LARGEST_OFFICE = 250
SECTION_SIZE = 12
"""People in a sekretariat or bidang at least: below it two duty officers do not fit under a cap of 25 %."""

CRITICAL = "critical"
"""Tag of branches whose service runs in full."""

SKILLS = ("bendahara", "operator")
HOLDERS = 4
"""People with each skill in an office, as far as it has them."""

_HOME_ONLY = 20
_FEW = 6
_CRITICAL_EVERY = 8
_ROOM_FOR_BRANCH = 130
_BRANCHED = 350
_CRITICAL_SHARE = 450
_LARGEST_BRANCH = 40
_LEAST_BRANCH = 15


def province(staff: int, seed: int, *, skills: bool) -> Roster:
    """A roster of exactly `staff` people; `skills` marks holders of `SKILLS`, scattered over sekretariat and bidang."""
    dice = Dice(seed, "shape")
    count = max(1, -(-staff // LARGEST_OFFICE), (staff + OFFICE_SIZE // 2) // OFFICE_SIZE)
    sizes = split(dice, staff, count, min(LEAST_OFFICE, staff // count), max(LARGEST_OFFICE, staff))
    width = max(3, len(str(count)))
    shapes = [_agency(dice, k, size, f"{k + 1:0{width}d}") for k, size in enumerate(sizes)]
    roster = _few_home_only(people(Dice(seed, "people"), join(shapes), era="reform", home_only=_HOME_ONLY))
    return _with_skills(Dice(seed, "skills"), roster) if skills else roster


def _agency(dice: Dice, k: int, size: int, number: str) -> Shape:
    unit = UnitRow(f"opd-{number}", f"OPD {number}", "opd", calendar="office")
    branches = Shape()
    if k % _CRITICAL_EVERY == 0 and size >= _ROOM_FOR_BRANCH // 2:
        wards = size * _CRITICAL_SHARE // 1000
        row = UnitRow(f"{unit.id}/rs", f"RSUD {number}", "uptd", unit.id, tags=(CRITICAL,))
        branches = hospital(dice, row, wards, shift="shift", desk=max(4, wards // 6))
    elif size >= _ROOM_FOR_BRANCH and dice.between(1, 1000) <= _BRANCHED:
        count = dice.between(1, 3)
        for b in range(1, count + 1):
            people_there = dice.between(_LEAST_BRANCH, min(_LARGEST_BRANCH, size // 6))
            branches += branch(UnitRow(f"{unit.id}/u{b}", f"UPTD {number}-{b}", "uptd", unit.id), people_there, "counter")
    delayered = dice.between(0, 1) == 1
    plan = Office(unit, size - branches.size, work="mixed", smallest=SECTION_SIZE, delayered=delayered)
    return office(dice, plan) + branches


def _few_home_only(roster: Roster) -> Roster:
    """Nobody is home-only in a section where chance made it more than one in six: the others have to take turns."""
    section = roster.ancestor(("sekretariat", "bidang"))[roster.unit]
    inside = section >= 0
    size = np.bincount(section[inside], minlength=len(roster.units))
    alone = np.bincount(section[inside & roster.home_only], minlength=len(roster.units))
    return replace(roster, home_only=roster.home_only & ~(inside & (alone * _FEW > size)[section]))


def _with_skills(dice: Dice, roster: Roster) -> Roster:
    """Mark `HOLDERS` different people per office and skill among those who are neither leaders nor home-only nor in a branch."""
    opd, branch_of = roster.ancestor(("opd",)), roster.ancestor(("uptd",))
    able = ~roster.leads & ~roster.home_only & (branch_of[roster.unit] < 0)
    able_rows = np.flatnonzero(able)
    keys = dice.below(2**31, len(able_rows))
    order = able_rows[np.lexsort((able_rows, keys, opd[roster.unit[able_rows]]))]
    offices = opd[roster.unit[order]]
    first = np.searchsorted(offices, offices, side="left")
    nth = np.arange(len(order)) - first
    marked = roster
    for s, skill in enumerate(SKILLS):
        marked = tagged(marked, skill, order[(nth >= s * HOLDERS) & (nth < (s + 1) * HOLDERS)])
    return marked
