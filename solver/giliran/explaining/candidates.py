"""What could be changed, by who may decide it: open choices of letters, own rules, pins and leave, numbers of letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.circulars.asking import asked as matter
from giliran.circulars.choosing import CHOOSE
from giliran.circulars.parameter import Parameter
from giliran.circulars.parameters import NONE, Value, samples
from giliran.domain.place import Place
from giliran.explaining.changing import AT_WORK, REMOVED, UNPINNED, Change, Choice, Removal, Return, Unpin, choice, edited
from giliran.explaining.explanation import Decider
from giliran.instance import Instance
from giliran.instance.letters import Letter
from giliran.messages import Said, plain
from giliran.rules.base import Authority
from giliran.rules.groups import NO_GROUP
from giliran.rules.toolkit.personal import days_text, name_of
from giliran.rules.view import View
from giliran.text import parse_share

MOST_LEAVE = 20
"""People on leave whose return is tried."""

PINS = "facts/pins"
"""What a clash calls the pins of an instance."""

_NUMBERS = ("share", "share_or_none", "count")
"""Types of parameters that are numbers of the letter, not readings of it."""
_PER_CENT, _WHOLE = 100, 100
_FURTHER = 10
"""How far above its value a count is tried."""


@dataclass(frozen=True)
class Spot:
    """A limit of one day in a clash, known by whom it counts.

    Parameters
    ----------
    rule
        Its id.
    day
        Index of the day.
    people
        Rows of the people whom it counts : int64[·].
    """

    rule: str
    day: int
    people: NDArray[np.int64]

    def told(self, view: View) -> Said | None:
        """The limit in words, on the same or other facts and rules; None where there is none."""
        rule = view.by_id.get(self.rule)
        for limit in view.limits_of(rule) if rule is not None else ():
            group = limit.groups.at(self.people, self.day)
            if (group != NO_GROUP).any() and rule is not None:
                return rule.occurrence(view, int(group[group != NO_GROUP][0]), self.day, -1)
        return None


@dataclass(frozen=True)
class Concerned:
    """What stands in some clash.

    Parameters
    ----------
    rules
        Ids of rules.
    people, days
        Rows of people and indices of days, ascending.
    limits
        Limits.
    """

    rules: frozenset[str]
    people: tuple[int, ...]
    days: tuple[int, ...]
    limits: tuple[Spot, ...]


@dataclass(frozen=True)
class Ladder:
    """Changes of one kind, each asking for no more than the one before.

    Parameters
    ----------
    decider
        Who decides.
    steps
        The changes, mildest first.
    """

    decider: Decider
    steps: tuple[Change, ...]


def candidates(instance: Instance, concerned: Concerned) -> list[Ladder]:
    """What could be changed about what stands in a clash, in the order of who may decide."""
    rules, people, days = concerned.rules, concerned.people, concerned.days
    letters = [] if instance.written is None else [x for x in instance.written.letters if _has(x, rules)]
    found = [*_choices(letters), *_edits(instance, rules), *_pins(instance, rules, people, days), *_leave(instance, people, days)]
    order = list(Decider)
    return sorted((ladder for ladder in found if ladder.steps), key=lambda ladder: order.index(ladder.decider))


def _has(letter: Letter, rules: Collection[str]) -> bool:
    return any(id_.startswith(f"{letter.resolved.name}/") for id_ in rules)


def _decider(authority: Authority) -> Decider:
    if authority is Authority.OWN:
        return Decider.OWN
    return Decider.LETTER if authority is Authority.AGENCY else Decider.ISSUER


def _choices(letters: Sequence[Letter]) -> Iterator[Ladder]:
    """Every other value of every parameter that matters under the choices made; numbers step by step."""
    for letter in letters:
        circular, now = letter.resolved.name, letter.resolved.choices
        for name in matter(letter.circular, {key: now[key] for key in letter.chosen}):
            parameter = letter.circular.parameters[name]
            numeric = parameter.type in _NUMBERS
            decider = _decider(letter.resolved.authority) if numeric else Decider.CHOICE
            for values in _numbers(parameter, now[name]) if numeric else _each(parameter, now[name]):
                yield Ladder(decider, tuple(choice(circular, name, value, now[name]) for value in values))


def asked(instance: Instance, change: Change) -> Decider:
    """Who must be asked for a choice that takes a rule away: where all of a letter is the planner's own reading, that is what it says."""
    if instance.written is None or not isinstance(change, Choice):
        return Decider.CHOICE
    own = [x for x in instance.written.letters if x.circular.own_reading and x.resolved.name == change.circular]
    return _decider(own[0].resolved.authority) if own else Decider.CHOICE


def _each(parameter: Parameter, now: Value) -> Iterator[list[Any]]:
    """Every other word, or level; of lists of words longer ones."""
    if parameter.type == "date_or_none":  # what the letter says, and no other day
        return
    default = parameter.standard
    if isinstance(now, tuple) and isinstance(default, tuple) and parameter.type != "levels":
        wider = [tuple(dict.fromkeys((*now, word))) for word in default if word not in now]
        yield from ([list(words)] for words in (*wider, tuple(dict.fromkeys((*now, *default)))) if words != now)
        return
    for value in samples(default, parameter.type, parameter.values):
        if parameter.read(value) != now:
            yield [list(value) if isinstance(value, tuple) else value]


def _numbers(parameter: Parameter, now: Value) -> Iterator[list[Value]]:
    """Numbers up to the end, and down to the end."""
    if isinstance(now, int):
        yield list(range(now - 1, -1, -1))
        yield list(range(now + 1, now + 1 + _FURTHER))
    elif now != NONE:
        points = parse_share(str(now))
        no_limit: list[Value] = [NONE] if parameter.type == "share_or_none" else []
        yield [*(f"{value}%" for value in range(points // _PER_CENT + 1, _WHOLE + 1)), *no_limit]
        yield [*(f"{value}%" for value in range(-(-points // _PER_CENT) - 1, -1, -1)), *no_limit]


def _edits(instance: Instance, rules: Collection[str]) -> Iterator[Ladder]:
    """Own rules that ask for less; of a letter's rules numbers alone, and of these only what no parameter says."""
    letters = () if instance.written is None else instance.written.letters
    for rule in instance.rules:
        if rule.id in rules and rule.public:
            raw = next((found for letter in letters if (found := letter.raw(rule.id)) is not None), None)
            edits = list(rule.edits(instance.view))
            for edit in edits:
                if raw is None or (edit.numeric and not _is_chosen(raw.fields.get(edit.field))):
                    yield Ladder(_decider(rule.authority), tuple(edited(rule, edit, step) for step in edit.steps))
            if raw is None and not any(edit.steps for edit in edits):
                yield Ladder(Decider.OWN, (Removal(REMOVED(rule=plain(rule.id)), rule.id),))


def _is_chosen(value: object) -> bool:
    """Whether a parameter says what stands in a field of a letter's rule."""
    return isinstance(value, Mapping) and CHOOSE in value


def _pins(instance: Instance, rules: Collection[str], people: Sequence[int], days: Sequence[int]) -> Iterator[Ladder]:
    """Every pin of the people and days concerned, where pins stand in a clash."""
    facts = instance.facts
    if PINS not in rules:
        return
    for e in people:
        for d in days:
            if facts.pinned[e, d] != Place.NONE and facts.present[e, d]:
                said = UNPINNED(person=name_of(facts, e), day=facts.dates[d])
                yield Ladder(Decider.FACT, (Unpin(said, ((facts.staff.ids[e], facts.dates[d]),)),))


def _leave(instance: Instance, people: Sequence[int], days: Sequence[int]) -> Iterator[Ladder]:
    """Everybody of the units concerned who is away on days concerned."""
    facts = instance.facts
    if not people or not days:
        return
    units = np.unique(facts.unit[np.ix_(people, days)])
    away = facts.absent & facts.has_cell & np.isin(facts.unit, units)
    away[:, np.setdiff1d(np.arange(facts.num_days), days)] = False
    for e in np.flatnonzero(away.any(axis=1))[:MOST_LEAVE].tolist():
        gone = np.flatnonzero(away[e]).tolist()
        said = AT_WORK(person=name_of(facts, e), day=days_text(facts, gone), reason=_reason(instance, e, gone[0]))
        yield Ladder(Decider.FACT, (Return(said, tuple((facts.staff.ids[e], facts.dates[d]) for d in gone)),))


def _reason(instance: Instance, e: int, d: int) -> str:
    code = int(instance.facts.reason[e, d])
    return instance.facts.absence_reasons[code] if code >= 0 else "–"
