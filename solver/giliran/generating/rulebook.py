"""Rules and goals of a generated instance, by family."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import numpy as np

from giliran.domain.calendar import WEEKDAYS
from giliran.generating.arithmetic import CAP_LEVELS, DUTY_COUNT, DUTY_LEVELS, DUTY_RANKS, DUTY_STATUSES
from giliran.generating.arithmetic import seats as seats_of
from giliran.generating.options import Family
from giliran.generating.people import FUNCTION_WORDS, LEADERS, Roster
from giliran.generating.province import CRITICAL, SKILLS

WORKDAYS = WEEKDAYS[:5]
LONGEST_RUN = 3
"""Days in a row that anybody is asked to come."""

_LEADERS = {"ranks": list(LEADERS)}
_SERVICE = {"unit_tags": [CRITICAL], "functions": ["service"]}


def rules(families: Set[Family], roster: Roster) -> list[dict[str, Any]]:
    """The rules of some families, after those that every instance has: leaders and critical service in the office, field work free."""
    limits = [name for name, family in (("cap", Family.CAPS), ("agency", Family.AGENCY)) if family in families]
    found = [{"id": "leaders", "kind": "fixed_days", "applies_to": _LEADERS, "place": "office"}, *_full_service(limits, roster)]
    seats = seats_of(roster, duty=Family.DUTY in families, skills=Family.SKILLS in families)
    if Family.CAPS in families:
        share = f"{seats.share // 100}%"
        found.append({"id": "cap", "kind": "office_cap", "per": list(CAP_LEVELS), "share": share, "counts": "unforced"})
    if Family.AGENCY in families:
        found.append({"id": "agency", "kind": "office_cap", "per": "whole", "max": seats.agency, "counts": "unforced"})
    if Family.DUTY in families:
        found.append(_duty(roster))
    if Family.SKILLS in families:
        found += [_skill(skill) for skill in SKILLS]
    if Family.SEQUENCES in families:
        others = {"except": [_LEADERS, *([_SERVICE] if _has_critical(roster) else [])]}
        found.append({"id": "runs", "kind": "consecutive", "applies_to": others, "place": "office", "max": LONGEST_RUN})
    return found


def goals(families: Set[Family]) -> list[dict[str, Any]]:
    """Seats filled where there are limits, else everybody at home whom no rule asks for; then fairness; then wishes and quiet weeks."""
    aim = "most_office" if families & {Family.CAPS, Family.AGENCY} else "most_home"
    found = [{"id": "aim", "kind": "office_target", "aim": aim}, {"id": "fair", "kind": "fair_share"}]
    if Family.WISHES in families:
        found.append({"id": "wishes", "kind": "wishes"})
    if Family.SEQUENCES in families:
        found.append({"id": "smooth", "kind": "smooth_weeks"})
    return found


def _full_service(limits: list[str], roster: Roster) -> list[dict[str, Any]]:
    """Rules on full service, as far as there is anybody whom they mean."""
    found: list[dict[str, Any]] = []
    if _has_critical(roster):
        found.append({"id": "critical", "kind": "full_service", "applies_to": _SERVICE, "mode": "require", "lifts": limits})
    if np.any(roster.function == FUNCTION_WORDS.index("field")):
        found.append({"id": "field", "kind": "full_service", "applies_to": {"functions": ["field"]}, "mode": "permit", "lifts": limits})
    return found


def _has_critical(roster: Roster) -> bool:
    """Whether there is a critical unit; its wards have service staff."""
    return any(CRITICAL in row.tags for row in roster.units)


def _duty(roster: Roster) -> dict[str, Any]:
    eligible = [{"ranks": list(DUTY_RANKS)}, {"statuses": list(DUTY_STATUSES)}]
    there = {row.level for row in roster.units}
    per, count = [level for level in DUTY_LEVELS if level in there], DUTY_COUNT
    return {"id": "duty", "kind": "duty_officers", "applies_to": {"levels": per}, "per": per, "count": count, "eligible": eligible}


def _skill(skill: str) -> dict[str, Any]:
    """One holder in every office; not at weekends, when only wards are at work."""
    days = {"weekdays": list(WORKDAYS)}
    return {"id": skill, "kind": "office_floor", "days": days, "per": "opd", "eligible": {"tags": [skill]}, "min": 1}
