"""Sentences with hand-written right answers, and what was found in them beside that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giliran.circulars import load_circular
from giliran.drafting.letter_proposals import Proposals, proposals_of
from giliran.letters import Finding, Topic, grammar_with, read_letter
from giliran.text import read_document

HERE = Path(__file__).parent
BINDING = (Topic.SHARE, Topic.PEOPLE, Topic.DAYS)
YEAR = 2026


@dataclass(frozen=True)
class Case:
    """A text, and what it says."""

    name: str
    text: str
    wanted: Mapping[str, Any]


def cases(file: str) -> list[Case]:
    """The cases of a file."""
    data: Any = read_document(HERE / file).data
    return [Case(each["id"], each["text"], each) for each in data]


def binding(text: str) -> list[Finding]:
    """Numbers that bind in a text."""
    letter = read_letter(text, grammar_with(None), YEAR)
    return [finding for finding in letter.findings if finding.topic is Topic.SHARE or (finding.topic in BINDING and finding.number)]


def fits(finding: Finding, wanted: Mapping[str, Any]) -> bool:
    """Whether a finding is what was wanted, as far as that says."""
    return all(_has(finding, key, value) for key, value in wanted.items())


def _has(finding: Finding, key: str, value: Any) -> bool:
    scope, when = finding.scope, finding.when
    of_number = {"share": Topic.SHARE, "people": Topic.PEOPLE, "days": Topic.DAYS}
    if key in of_number:
        number = round(float(value.rstrip("%")) * 100) if key == "share" else value
        return finding.topic is of_number[key] and finding.number == number
    if key == "if":
        return value in scope.condition.casefold()
    if key == "per":
        return set(scope.per) == ({value} if isinstance(value, str) else set(value))
    found = {
        "side": finding.side.name.lower() if finding.side else "",
        "sense": finding.sense,
        "of": list(scope.groups),
        "units": list(scope.units),
        "from": str(when.first),
        "to": str(when.last),
        "weekdays": list(when.weekdays),
        "duty": finding.duty,
        "leaders": finding.leaders,
        "relaxed": finding.relaxed,
    }
    return bool(found[key] == value)


def missed(found: Sequence[Finding], wanted: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What was wanted and is not there."""
    left = list(found)
    absent = []
    for each in wanted:
        fit = next((finding for finding in left if fits(finding, each)), None)
        if fit is None:
            absent.append(each)
        else:
            left.remove(fit)
    return absent


def invented(found: Sequence[Finding], wanted: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """What is there and was not wanted."""
    left = list(wanted)
    for finding in found:
        fit = next((each for each in left if fits(finding, each)), None)
        if fit is None:
            yield finding
        else:
            left.remove(fit)


def proposed(text: str) -> Proposals:
    """What a text proposes."""
    return proposals_of(read_letter(text, grammar_with(None), YEAR))


def wrong_choices(found: Proposals, wanted: Mapping[str, Any]) -> list[str]:
    """Choices that are not as wanted; a choice that nobody wanted has to be the default."""
    parameters = load_circular("umum").parameters
    has = {name: proposal.value for name, proposal in found.choose.items() if not proposal.open}
    wrong = []
    for name, value in wanted.items():
        if name not in has or not _alike(parameters[name].read(has[name]), parameters[name].read(value)):
            wrong.append(f"{name}: {has.get(name)} instead of {value}")
    more = [name for name in has if name not in wanted and parameters[name].read(has[name]) != parameters[name].standard]
    return [*wrong, *(f"{name}: {has[name]} was not wanted" for name in more)]


def _alike(one: Any, other: Any) -> bool:
    return set(one) == set(other) if isinstance(one, tuple) else bool(one == other)
