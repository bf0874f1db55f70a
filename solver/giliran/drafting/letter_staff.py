"""Choices of `umum` that follow from who works where: officials, services, guards, duty, days a week, a weekday, health."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from giliran.domain.place import Place
from giliran.drafting import letter_reasons as reasons
from giliran.drafting.proposals import in_full
from giliran.letters import Finding, Sense, Topic, When
from giliran.messages import Said, plain
from giliran.text.numbers import WHOLE_SHARE

_LEVELS: Mapping[str, Sequence[str]] = {"leaf": ("seksi", "subbagian"), "work_unit": ("bidang", "sekretariat")}
_LEAST_PER: Mapping[str, str] = {"leaf": "leaf", "bidang": "bidang", "sekretariat": "bidang", "work_unit": "bidang", "opd": "opd"}
_HOW: Mapping[Sense, str] = {Sense.MOST: "at_most", Sense.LEAST: "at_least", Sense.EXACT: "exactly"}
_WEEK = 5
_IN_OFFICE = (Topic.LEADERS, Topic.IN_FULL, Topic.CONTRACT)
"""What has a choice where it is about the office."""
_FUNCTIONS = ("service", "field")


@dataclass(frozen=True)
class Chosen:
    """A value of a choice, and the findings that it rests on."""

    value: Any
    found: tuple[Finding, ...]
    why: Said | None = None
    open: bool = False


@dataclass
class Staff:
    """Choices about staff by parameter, findings that became none, words for units that work in full, dates of shares, and whether
    a share or anything else is of a weekday at home."""

    choose: dict[str, Chosen] = field(default_factory=dict)
    left: list[tuple[Finding, Said]] = field(default_factory=list)
    units: tuple[str, ...] = ()
    dated: tuple[When, ...] = ()
    weekly: bool = False


def staff_in(found: Sequence[Finding]) -> Staff:
    """Choices that follow from the findings of a letter."""
    shares = [finding.when for finding in found if finding.topic is Topic.SHARE]
    staff = Staff(dated=tuple(when for when in shares if when.first is not None), weekly=any(when.weekdays for when in shares))
    staff.weekly = staff.weekly or any(finding.topic is Topic.WEEKDAY and finding.side is Place.HOME for finding in found)
    ways: Mapping[Topic, Callable[[Staff, Sequence[Finding]], None]] = {
        Topic.LEADERS: _leaders,
        Topic.IN_FULL: _in_full,
        Topic.CONTRACT: _contract,
        Topic.HEALTH: _health,
        Topic.WEEKDAY: _weekday,
        Topic.PEOPLE: _people,
        Topic.DAYS: _days,
    }
    for topic, way in ways.items():
        mine = [finding for finding in found if finding.topic is topic]
        if topic is Topic.IN_FULL:
            mine += [finding for finding in found if is_full_share(finding)]
        open_ = [finding for finding in mine if finding.scope.condition]
        if topic in _IN_OFFICE:
            home = [finding for finding in mine if finding.side is Place.HOME and finding not in open_]
            staff.left += [(finding, reasons.STAFF_AT_HOME()) for finding in home]
            mine = [finding for finding in mine if finding not in home]
        staff.left += [
            (finding, reasons.CONDITION(condition=plain(finding.scope.condition))) for finding in open_ if not is_full_share(finding)
        ]
        if topic is Topic.IN_FULL:
            staff.units = tuple(unit for finding in found if is_full_of_units(finding) for unit in finding.scope.units)
        if rest := [finding for finding in mine if finding not in open_]:
            way(staff, rest)
    return staff


def is_full_share(finding: Finding) -> bool:
    """Whether a share says, or allows, that services work in full; of agencies by name it is no choice for all."""
    full = finding.topic is Topic.SHARE and finding.side is Place.OFFICE and finding.number == WHOLE_SHARE
    full = full and (finding.sense is not Sense.MOST or finding.permit)
    return full and bool(set(finding.scope.groups) & set(_FUNCTIONS)) and not finding.scope.units


def is_full_of_units(finding: Finding) -> bool:
    """Whether a share says that agencies by name work in full."""
    full = finding.topic is Topic.SHARE and finding.side is Place.OFFICE and finding.number == WHOLE_SHARE
    return full and bool(finding.scope.units) and not finding.scope.condition


def _leaders(staff: Staff, found: Sequence[Finding]) -> None:
    staff.left += [(finding, reasons.PERMITTED()) for finding in found if finding.permit]
    by_name = [finding for finding in found if not finding.permit and finding.scope.groups]
    if by_name:
        names = {name for finding in by_name for name in finding.scope.groups}
        staff.choose["unit_heads"] = Chosen(names.pop() if len(names) == 1 else "both", tuple(by_name))
    must = [finding for finding in found if not finding.permit and not finding.scope.groups]
    if not must:
        return
    staff.choose["leaders_place"] = Chosen("office", tuple(must))
    ranks = list(dict.fromkeys(rank for finding in must for rank in finding.words))
    if ranks:
        order = ("jpt_madya", "jpt_pratama", "administrator", "pengawas")
        staff.choose["leader_ranks"] = Chosen([rank for rank in order if rank in ranks], tuple(each for each in must if each.words))


def _in_full(staff: Staff, found: Sequence[Finding]) -> None:
    words = [(word, finding) for finding in found for word in _words(finding)]
    functions = {word: finding for word, finding in reversed(words) if word in _FUNCTIONS}
    marks = {word: finding for word, finding in reversed(words) if word not in _FUNCTIONS}
    for name, chosen in (("full_service_functions", functions), ("full_service_marks", marks)):
        if chosen:
            order = list(dict.fromkeys(word for word, _ in words if word in chosen))
            staff.choose[name] = Chosen(order, tuple(dict.fromkeys(finding for word, finding in words if word in chosen)))
    if functions or marks:
        rest = [finding for finding in found if _words(finding)]
        if all(finding.permit for finding in rest):
            staff.choose[in_full()[0]] = Chosen("permit", tuple(rest))
    staff.units = tuple(dict.fromkeys((*staff.units, *(unit for finding in found for unit in finding.scope.units))))
    staff.left += [(finding, reasons.UNITS()) for finding in found if finding.scope.units]


def _words(finding: Finding) -> list[str]:
    if finding.topic is Topic.SHARE:
        return [group for group in finding.scope.groups if group in _FUNCTIONS]
    return list(finding.words)


def _contract(staff: Staff, found: Sequence[Finding]) -> None:
    staff.choose["contract"] = Chosen("left_out", tuple(found))
    staff.choose["contract_place"] = Chosen("office", tuple(found))


def _health(staff: Staff, found: Sequence[Finding]) -> None:
    must = [finding for finding in found if not finding.permit]
    mine = must or list(found)
    both = reasons.EITHER() if must and len(must) < len(found) else None
    staff.choose["always_home"] = Chosen("must" if must else "may", tuple(mine), both)
    marks = list(dict.fromkeys(mark for finding in mine for mark in finding.words))
    staff.choose["home_marks"] = Chosen(marks, tuple(mine))
    aged = [finding for finding in mine if finding.number]
    if aged:
        staff.choose["home_age"] = Chosen(max(finding.number for finding in aged), tuple(aged))
    staff.left += [(finding, reasons.EITHER()) for finding in found if finding not in mine]


def _of_another_time(found: Sequence[Finding], shares: Sequence[When]) -> bool:
    """Whether a share holds on other dates than a weekday at home."""
    return any(when != finding.when for finding in found for when in shares)


def _weekday(staff: Staff, found: Sequence[Finding]) -> None:
    home = [finding for finding in found if finding.side is Place.HOME and finding.when == When()]
    dated = [finding for finding in found if finding.side is Place.HOME and finding not in home]
    if not home:
        home, dated = ([], dated) if _of_another_time(dated, staff.dated) else (dated, [])
    staff.left += [(finding, reasons.ONE_MORE()) for finding in dated]
    days = list(dict.fromkeys(day for finding in home for day in finding.words))
    if len(days) == 1:
        staff.choose["home_day"] = Chosen(days[0], tuple(home))
    else:
        staff.left += [(finding, reasons.WEEKDAYS()) for finding in home]
    staff.left += [(finding, reasons.OFFICE_DAYS()) for finding in found if finding.side is Place.OFFICE]


def _people(staff: Staff, found: Sequence[Finding]) -> None:
    for finding in found:
        if finding.doubt:
            staff.left.append((finding, reasons.DOUBT()))
        elif not finding.number:
            staff.left.append((finding, reasons.NO_NUMBER()))
        elif finding.sense is Sense.MOST:
            staff.left.append((finding, reasons.AT_MOST_DUTY() if finding.duty else reasons.AT_MOST_PEOPLE()))
        elif finding.duty:
            _duty(staff, finding)
        else:
            _least(staff, finding)


def _duty(staff: Staff, finding: Finding) -> None:
    if "duty" in staff.choose:
        staff.left.append((finding, reasons.MORE_PEOPLE()))
        return
    mine = (finding,)
    staff.choose["duty"] = Chosen(finding.number, mine)
    levels = list(dict.fromkeys(word for level in finding.scope.per for word in _LEVELS.get(level, (level,))))
    if levels:
        staff.choose["duty_per"] = Chosen(levels, mine)
    if finding.words:
        staff.choose["duty_ranks"] = Chosen(list(finding.words), mine)
    if finding.scope.contract == "counted":
        staff.choose["duty_contract"] = Chosen("may", mine)


def _least(staff: Staff, finding: Finding) -> None:
    name = "least_leaders" if finding.leaders else "least_staff"
    if name in staff.choose:
        staff.left.append((finding, reasons.MORE_PEOPLE()))
        return
    staff.choose[name] = Chosen(finding.number, (finding,))
    levels = [_LEAST_PER[level] for level in finding.scope.per if level in _LEAST_PER]
    if levels:
        staff.choose.setdefault("least_per", Chosen(levels[0], (finding,)))


def _days(staff: Staff, found: Sequence[Finding]) -> None:
    same = [finding for finding in found if staff.weekly and finding.number in (1, _WEEK - 1)]
    staff.left += [(finding, reasons.ONCE_A_WEEK()) for finding in same]
    rest = [finding for finding in found if finding not in same]
    if not rest:
        return
    first = rest[0]
    mine = [first, *(other for other in rest[1:] if other.side is not first.side and other.number + first.number == _WEEK)]
    staff.choose["days"] = Chosen(first.number, tuple(mine))
    if first.sense is not None:
        staff.choose["days_how"] = Chosen(_HOW[first.sense], tuple(mine))
    staff.choose["days_side"] = Chosen("home" if first.side is Place.HOME else "office", tuple(mine))
    staff.left += [(finding, reasons.MORE_DAYS()) for finding in rest if finding not in mine]
