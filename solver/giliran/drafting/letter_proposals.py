"""What a letter proposes: choices of `umum` with the sentences they rest on, days, and what stands there besides."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from giliran.drafting import letter_reasons as reasons
from giliran.drafting.letter_limits import Limits, limits_in, timed
from giliran.drafting.letter_staff import Chosen, staff_in
from giliran.letters import Finding, Letter, Passage, Topic
from giliran.messages import Said, plain

_KEPT: Mapping[Topic, Said] = {
    Topic.MEETING: reasons.MEETING(),
    Topic.ROOM: reasons.ROOM(),
    Topic.PART_OF_DAYS: reasons.PART_OF_DAYS(),
    Topic.DISCRETION: reasons.DISCRETION(),
    Topic.REVOKES: reasons.REVOKES(),
    Topic.EXTENDS: reasons.EXTENDS(),
    Topic.SESSIONS: reasons.SESSIONS(),
    Topic.KEPT_DAY: reasons.KEPT_DAY(),
}
_FLEXIBLE = re.compile(r"\b(?:FWA|flexible\s+work|(?:be)?kerja\s+(?:secara\s+)?fleksibel)", re.IGNORECASE)
_ABOUT_STAFF = frozenset({Topic.SHARE, Topic.PEOPLE, Topic.DAYS, Topic.WEEKDAY, Topic.LEADERS, Topic.IN_FULL, Topic.CONTRACT, Topic.HEALTH})
"""What has to be a choice or to be told."""


@dataclass(frozen=True)
class Proposal:
    """A choice that a letter proposes.

    Parameters
    ----------
    value
        The value, as circulars have it.
    passages
        The sentences that it rests on; none where the letter is silent.
    why
        What should be told besides the sentences.
    open
        Whether the letter does not say enough: the value only keeps another one, which nobody asked for, out of the plan.
    """

    value: Any
    passages: tuple[Passage, ...] = ()
    why: Said | None = None
    open: bool = False


@dataclass(frozen=True)
class NotTaken:
    """Something that a letter says and that became no choice, with the reason."""

    finding: Finding
    why: Said


@dataclass(frozen=True)
class Proposals:
    """Everything that a letter proposes.

    Parameters
    ----------
    letter
        What it says.
    choose
        Choices of `umum` by parameter.
    number
        Its number.
    first, last
        From when to when it is in force.
    units
        Words for units that work in full, such as `kecamatan`, and names of agencies.
    clashes
        Pairs of sentences that contradict each other.
    not_taken
        What became no choice.
    """

    letter: Letter
    choose: Mapping[str, Proposal]
    number: Proposal | None = None
    first: Proposal | None = None
    last: Proposal | None = None
    units: tuple[str, ...] = ()
    clashes: tuple[tuple[Finding, Finding], ...] = ()
    not_taken: tuple[NotTaken, ...] = field(default=())


def proposals_of(letter: Letter) -> Proposals:
    """What a letter proposes; the same letter always proposes the same."""
    found = letter.findings
    limits = limits_in(found)
    staff = staff_in(found)
    taken = {**staff.choose, **limits.choose}
    choose = {name: _proposal(chosen) for name, chosen in taken.items()}
    choose.update(_without_shares(found, limits, staff.choose))
    shared = choose.get("second_weekdays")
    if shared is not None and "home_day" in choose and "home_day" not in limits.choose and choose["home_day"].value in shared.value:
        del choose["home_day"], taken["home_day"]  # that day has a share of its own: not everybody is at home
    first, last, more = _in_force(found, limits)
    number = next((finding for finding in found if finding.topic is Topic.NUMBER), None)
    kept = [NotTaken(finding, _KEPT[finding.topic]) for finding in found if finding.topic in _KEPT]
    supposed = [finding for finding in found if finding.topic is Topic.AT_HOME and finding.scope.condition]
    kept += [NotTaken(finding, reasons.CONDITION(condition=plain(finding.scope.condition))) for finding in supposed]
    left = [NotTaken(finding, why) for finding, why in (*limits.left, *staff.left, *more)]
    left += _beside(found, [finding for chosen in taken.values() for finding in chosen.found], [each.finding for each in (*kept, *left)])
    order = {id(finding): k for k, finding in enumerate(found)}
    return Proposals(
        letter=letter,
        choose=choose,
        number=None if number is None else Proposal(number.words[0], (number.passage,)),
        first=first,
        last=last,
        units=staff.units,
        clashes=limits.clashes,
        not_taken=tuple(sorted((*kept, *left), key=lambda each: order.get(id(each.finding), len(order)))),
    )


def _proposal(chosen: Chosen) -> Proposal:
    passages = tuple(dict.fromkeys(passage for finding in chosen.found for passage in finding.passages))
    flexible = any(_FLEXIBLE.search(passage.text) for passage in passages)
    return Proposal(chosen.value, passages, chosen.why or (reasons.FLEXIBLE() if flexible else None), chosen.open)


def _beside(found: Sequence[Finding], taken: Sequence[Finding], told: Sequence[Finding]) -> list[NotTaken]:
    """What became neither a choice nor anything that is told, so that nothing of a letter gets lost."""
    known = {*taken, *told}
    mine = [finding for finding in found if finding.topic in _ABOUT_STAFF]
    return [NotTaken(finding, reasons.BESIDE()) for finding in mine if not known & {finding, timed(finding, found)}]


def _without_shares(found: Sequence[Finding], limits: Limits, staff: Mapping[str, Chosen]) -> Iterator[tuple[str, Proposal]]:
    """No limit where the letter gives none: a default of our own would be one that nobody wrote."""
    if "limit" in limits.choose:
        return
    yield "limit", Proposal("none", why=reasons.NO_SHARE())
    at_home = [finding for finding in found if finding.topic in (Topic.AT_HOME, Topic.EXTENDS) and not finding.scope.condition]
    if at_home and not {"days", "home_day"} & set(staff) | {"days", "home_day"} & set(limits.choose):
        yield "aim", Proposal("most_home", tuple(passage for finding in at_home for passage in finding.passages), reasons.AT_HOME())


def _in_force(found: Sequence[Finding], limits: Limits) -> tuple[Proposal | None, Proposal | None, list[tuple[Finding, Said]]]:
    """First and last day of the letter: of what it says of itself, else of its only limit, else of a weekday; and other dates."""
    own = [finding for finding in found if finding.topic is Topic.IN_FORCE]
    either = (own, limits.main_dated, [finding for finding in found if finding.topic is Topic.WEEKDAY])
    if not own and len(limits.main_dated) > 1:
        return *_around(limits.main_dated), []
    starts = next(filter(None, ([finding for finding in each if finding.when.first is not None] for each in either)), [])
    ends = next(filter(None, ([finding for finding in each if finding.when.last is not None] for each in either)), [])
    start = starts[0] if starts else None
    after = [finding for finding in ends if start is None or _last(finding) >= (start.when.first or dt.date.min)]
    end = next((finding for finding in after if finding is start), after[-1] if after else None)
    more = [(finding, reasons.OTHER_DATES()) for finding in own if finding not in (start, end) and finding.topic is Topic.IN_FORCE]
    return _dated(start, first=True), _dated(end, first=False), more


def _around(found: Sequence[Finding]) -> tuple[Proposal | None, Proposal | None]:
    """From the first day of several limits to the last one of all, if each has one."""
    first = min(found, key=lambda finding: finding.when.first or dt.date.max)
    last = max(found, key=_last)  # an open end comes after every day
    return _dated(first, first=True), _dated(last, first=False)


def _last(finding: Finding) -> dt.date:
    return finding.when.last or dt.date.max


def _dated(finding: Finding | None, *, first: bool) -> Proposal | None:
    if finding is None:
        return None
    day = finding.when.first if first else finding.when.last
    return None if day is None else Proposal(day, finding.passages)
