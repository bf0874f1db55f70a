"""Small instances of invented structure, each with a stated size: what is not caps, duty and absences of a generated government."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giliran.generating.dice import Dice

FIRST = dt.date(2026, 1, 5)
"""A Monday; calendars have no holidays."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
ALL_DAYS = (*WEEKDAYS, "sat", "sun")

BUREAU = 4
"""Units (seksi) of a bidang."""

TAGS = ("red", "green", "blue")
"""Everybody has one of them, by turns, so that they cross all units."""

Sections = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """One kind of structure.

    Parameters
    ----------
    name
        Name in tables.
    units, size
        Units of a level, and people in each.
    weeks
        Length of the horizon.
    sections
        Rules, goals and facts, from the dice of a seed and the ids of people, unit by unit.
    workdays
        Days of the week that everybody works.
    """

    name: str
    units: int
    size: int
    weeks: int
    sections: Callable[[Dice, Sequence[Sequence[str]]], Sections]
    workdays: tuple[str, ...] = WEEKDAYS

    @property
    def people(self) -> int:
        """Number of people."""
        return self.units * self.size

    @property
    def days(self) -> int:
        """Number of working days."""
        return self.weeks * len(self.workdays)

    @property
    def case(self) -> str:
        """Name and size."""
        return f"{self.name} {self.people:,} × {self.days}"

    def write(self, seed: int, folder: Path) -> Path:
        """The instance of a seed, as a file in a folder."""
        staff = [[f"p{u}-{k}" for k in range(self.size)] for u in range(self.units)]
        bureaus = range(-(-self.units // BUREAU))
        document = {
            "schema": "giliran/1",
            "title": self.case,
            "horizon": {"start": f"{FIRST}", "end": f"{FIRST + dt.timedelta(days=7 * self.weeks - 1)}"},
            "calendars": {"all": {"workdays": list(self.workdays), "holidays": "none"}},
            "units": [
                {"id": "o", "level": "opd", "calendar": "all"},
                *({"id": f"b{b}", "level": "bidang", "parent": "o"} for b in bureaus),
                *({"id": f"u{u}", "level": "seksi", "parent": f"b{u // BUREAU}"} for u in range(self.units)),
            ],
            "staff": [_member(u, k, id_) for u, ids in enumerate(staff) for k, id_ in enumerate(ids)],
            **self.sections(Dice(seed, self.name), staff),
        }
        path = folder / "instance.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path


def _member(unit: int, place: int, id_: str) -> Sections:
    return {"id": id_, "unit": f"u{unit}", "tags": [TAGS[place % len(TAGS)]]}


_FAIR = {"id": "fair", "kind": "fair_share"}
_WISHES = {"id": "wishes", "kind": "wishes"}
_SMOOTH = {"id": "smooth", "kind": "smooth_weeks"}


def _aim(aim: str, **more: Any) -> Sections:
    return {"id": "aim", "kind": "office_target", "aim": aim, **more}


def _cap(most: int, per: str = "whole") -> Sections:
    return {"id": f"cap-{per}", "kind": "office_cap", "per": per, "max": most}


def _runs(**limits: int) -> Sections:
    return {"id": "runs", "kind": "consecutive", "place": "office", **limits}


def _week(**limits: int) -> Sections:
    return {"id": "week", "kind": "days_per_person", "window": "week", **limits}


def _everybody(staff: Sequence[Sequence[str]]) -> list[str]:
    return [id_ for ids in staff for id_ in ids]


def _wishes(
    dice: Dice, staff: Sequence[Sequence[str]], place: str = "home", days: Sequence[str] = WEEKDAYS, many: int = 2
) -> list[Sections]:
    """Some weekdays of everybody."""
    return [{"staff_id": id_, "weekday": days[k], "place": place} for id_ in _everybody(staff) for k in dice.sample(len(days), many)]


def _level(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Squared headcounts of everybody; every unit chooses a day in each week, and limits of three sets cross the units."""
    rooms = [{"id": tag, "kind": "office_cap", "per": "whole", "applies_to": {"tags": [tag]}, "max": 11} for tag in TAGS]
    home = {"id": "home", "kind": "consecutive", "place": "home", "max": 2}
    return {
        "rules": [*rooms, home, _week(least=2, most=3)],
        "meetings": _meetings(staff, 3),
        "wishes": _wishes(dice, staff, many=3),
        "goals": [_WISHES, _aim("most_home", level=True)],
    }


def _nested(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Squared headcounts of everybody and of every bidang, one in the other, with a floor of a set that crosses them."""
    floors = [
        {"id": "floor", "kind": "office_floor", "per": "seksi", "min": 1},
        {"id": "key", "kind": "office_floor", "per": "whole", "eligible": {"tags": [TAGS[0]]}, "min": 7},
    ]
    inner = {"id": "inner", "kind": "office_target", "aim": "none", "level": True, "per": "bidang"}
    home = {"id": "home", "kind": "consecutive", "place": "home", "max": 3}
    goals = [_aim("most_home", level=True, level_weight=2), inner, _WISHES]
    return {"rules": [*floors, home, _week(least=1, most=3)], "wishes": _wishes(dice, staff, many=3), "goals": goals}


def _meetings(groups: Sequence[Sequence[str]], weeks: int) -> list[Sections]:
    """A day for every group in each week."""
    mondays = [FIRST + dt.timedelta(days=7 * week) for week in range(weeks)]
    return [
        {
            "id": f"m{g}-{w}",
            "name": f"Rapat {g}",
            "choose_from": [{"from": f"{monday}", "to": f"{monday + dt.timedelta(days=4)}"}],
            "required": list(ids),
        }
        for g, ids in enumerate(groups)
        for w, monday in enumerate(mondays)
    ]


def _chosen(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """A day for every team and for groups across teams, in each week."""
    across = [[ids[int(dice.below(len(ids), 1)[0])] for ids in staff] for _ in range(len(staff) // 2)]
    rules = [_cap(sum(map(len, staff)) // 2), _week(most=3)]
    goals = [_aim("most_office"), _FAIR, _WISHES]
    return {"rules": rules, "meetings": _meetings([*staff, *across], 2), "wishes": _wishes(dice, staff), "goals": goals}


def _teams(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Teams that the plan forms, which take turns by week, under a limit over all."""
    turns = {"teams": 2, "choose_teams": True, "turn": "week", "anchor": f"{FIRST}", "per": "seksi"}
    mondays = [FIRST + dt.timedelta(days=7 * week) for week in range(4)]
    away = [
        {"staff_id": ids[k], "from": f"{monday}", "to": f"{monday + dt.timedelta(days=2)}", "reason": "cuti"}
        for ids in staff
        for monday, k in zip(mondays, dice.below(len(ids), len(mondays)).tolist(), strict=True)
    ]
    rotation = {"id": "turns", "kind": "team_rotation", **turns}
    return {"rules": [rotation], "absences": away, "wishes": _wishes(dice, staff), "goals": [_aim("none", level=True), _FAIR, _WISHES]}


def _separations(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Pairs that are not both in the office, threes that are not all at home, and cohorts that do not meet."""
    order = [_everybody(staff)[k] for k in dice.below(2**31, sum(map(len, staff))).argsort(kind="stable").tolist()]
    pairs = [order[k : k + 2] for k in range(0, len(order) - 1, 2)]
    threes = [order[k : k + 3] for k in range(1, len(order) - 2, 3)]
    cohorts = [{"ids": [ids[k] for ids in staff[:2] for k in range(c, len(ids), 2)]} for c in range(2)]
    rules = [
        {"id": "pairs", "kind": "separation", "not_all": "office", "sets": pairs},
        {"id": "threes", "kind": "separation", "not_all": "home", "sets": threes},
        {"id": "cohorts", "kind": "separation", "cohorts": cohorts},
        _cap(len(order) * 2 // 5),
    ]
    return {"rules": rules, "wishes": _wishes(dice, staff), "goals": [_aim("most_office"), _FAIR, _WISHES]}


def _shortest(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Whoever comes does so on two or three days in a row."""
    rules = [_cap(len(staff[0]) // 2, "seksi"), _runs(min=2, max=3)]
    return {"rules": rules, "wishes": _wishes(dice, staff), "goals": [_aim("most_office"), _FAIR, _WISHES]}


def _many(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Hundreds of rules about five people each, which cross."""
    ids = _everybody(staff)
    rules: list[Sections] = []
    for k in range(240):
        five, day = {"ids": [ids[e] for e in dice.sample(len(ids), 5)]}, {"weekdays": [WEEKDAYS[k % len(WEEKDAYS)]]}
        limit: Sections = {"kind": "office_cap", "max": 3} if k % 2 else {"kind": "office_floor", "min": 1}
        rules.append({"id": f"r{k}", **limit, "applies_to": five, "days": day})
    return {"rules": rules, "wishes": _wishes(dice, staff), "goals": [_aim("most_office"), _FAIR, _WISHES]}


def _infeasible(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Every fourth unit asks for more days of its people than its limit has: 12 × 3 > 7 × 5."""
    tight = [f"u{u}" for u in range(len(staff)) if u % 4 == 1]
    narrow = {"id": "narrow", "kind": "office_cap", "per": "seksi", "max": 7, "applies_to": {"units": tight}}
    goals = [_aim("most_office"), _FAIR, _WISHES, _SMOOTH]
    return {"rules": [_cap(8, "seksi"), narrow, _week(least=3), _runs(max=2)], "wishes": _wishes(dice, staff), "goals": goals}


def _shifts(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Seven days a week: somebody always there, four or five days a week, never six in a row."""
    floor = {"id": "floor", "kind": "office_floor", "per": "seksi", "min": 4}
    rules = [floor, _week(least=4, most=5), _runs(max=5), _cap(7, "seksi")]
    goals = [_aim("most_home"), _FAIR, _WISHES, _SMOOTH]
    return {"rules": rules, "wishes": _wishes(dice, staff, days=ALL_DAYS), "goals": goals}


def _one_cap(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """One limit over everybody that leaves a tenth of the seats of the units empty."""
    many = sum(map(len, staff))
    rules = [_cap(len(staff[0]) // 2, "seksi"), _cap(many * 9 // 20), _runs(max=3)]
    return {"rules": rules, "wishes": _wishes(dice, staff), "goals": [_aim("most_office"), _FAIR, _WISHES, _SMOOTH]}


def _pairs(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Two of a team who both are at home cost, pair by pair and day by day, after wishes; two or three days a week, and few changes.

    As in colibri17/back-to-office (13 people, 20 days), whose rewards of pairs our rules can only say from the other side.
    """
    ids = _everybody(staff)
    teams = [ids[k::3] for k in range(3)]
    pairs = [[one, other] for team in teams for k, one in enumerate(team) for other in team[k + 1 :]]
    apart = {"id": "apart", "kind": "separation", "not_all": "home", "sets": pairs, "strength": "should"}
    return {
        "rules": [apart, _week(least=2, most=3), _cap(7)],
        "wishes": _wishes(dice, staff, "office"),
        "goals": [_WISHES, _SMOOTH],
    }


def _few(dice: Dice, staff: Sequence[Sequence[str]]) -> Sections:
    """Few people over many weeks: whoever comes does so on two or three days in a row, one of a set of three is always there."""
    floor = {"id": "key", "kind": "office_floor", "per": "whole", "eligible": {"tags": [TAGS[0]]}, "min": 1}
    rules = [_cap(len(staff[0]) // 2), floor, _runs(min=2, max=3)]
    return {"rules": rules, "wishes": _wishes(dice, staff), "goals": [_aim("most_office"), _FAIR, _WISHES, _SMOOTH]}


SHAPES = (
    Shape("level", 10, 6, 3, _level),
    Shape("nested levels", 8, 6, 2, _nested),
    Shape("chosen days", 8, 6, 2, _chosen),
    Shape("teams", 5, 8, 4, _teams),
    Shape("separations", 5, 8, 2, _separations),
    Shape("shortest runs", 2, 8, 4, _shortest),
    Shape("few and long", 1, 8, 6, _few),
    Shape("many small rules", 10, 8, 2, _many),
    Shape("infeasible parts", 8, 12, 2, _infeasible),
    Shape("seven-day weeks", 4, 9, 4, _shifts, ALL_DAYS),
    Shape("one cap", 30, 10, 1, _one_cap),
    Shape("pair rewards", 1, 13, 4, _pairs),
)
"""Levels, chosen days, teams, separations, shortest runs, many small rules, infeasible parts, long weeks, one limit over all, pairs."""
