"""An answer to "why me?" in lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from giliran.messages import Said, Sentence, plain
from giliran.rules.toolkit.personal import name_of, place_text
from giliran.whatif.costs import better, changes_text, price_text, same
from giliran.whatif.reasons import Reason, reason_said
from giliran.whatif.telling import BROKEN, GAPS, Line, duty_said, move_lines, turns_said, verdict
from giliran.whatif.why import DayOfPlan, Opposite, Why

_HEAD = Sentence(en="{person} ({id}), {unit}", id="{person} ({id}), {unit}")
_BETTER = Sentence(
    en="This plan is not the best anyway; better would be: {change}.", id="Jadwal ini memang belum yang terbaik; lebih baik: {change}."
)
_DAY = Sentence(en="{day}: {place}", id="{day}: {place}")
_DAY_DUTY = Sentence(en="{day}: {place}, on duty for {rules}", id="{day}: {place}, petugas piket {rules}")
_NO_CELL = Sentence(en="{day}: not a working day", id="{day}: bukan hari kerja")
_NO_PLACE = Sentence(en="{day}: no place is planned", id="{day}: tempat kerja belum diisi")
_FIXED = Sentence(en="Fixed. If {place}, this would be broken:", id="Sudah ditetapkan. Bila {place}, ini tidak dipenuhi:")
_ALONE_BREAKS = Sentence(
    en="If {place} and nobody else moves, this would be broken:", id="Bila {place} dan yang lain tetap, ini tidak dipenuhi:"
)
_ALONE_COSTS = Sentence(en="If {place} and nobody else moves: possible, {price}", id="Bila {place} dan yang lain tetap: dapat, {price}")
_INSTEAD = Sentence(en="If {place}: {verdict}", id="Bila {place}: {verdict}")
_SWAP = Sentence(en="{verdict}, in exchange with {person}", id="{verdict}, bertukar dengan {person}")
_ALONE = Sentence(en="{verdict}; nobody else moves", id="{verdict}; yang lain tetap")
_POSSIBLE = Sentence(en="possible, {price}", id="dapat, {price}")


def why_lines(answer: Why) -> list[Line]:
    """The answer, line by line."""
    return [*_head(answer), *(line for day in answer.days for line in _day(answer, day)), *_standing(answer)]


def _head(answer: Why) -> Iterator[Line]:
    facts, e = answer.instance.facts, answer.person
    unit = facts.units[int(facts.unit[e, answer.days[0].day])].name
    yield Line(_HEAD(person=plain(facts.staff.called(e)), id=plain(facts.staff.ids[e]), unit=plain(unit)))
    if answer.gaps:
        yield Line(GAPS(count=answer.gaps))
    if answer.broken:
        yield Line(BROKEN(count=answer.broken))
    if better(answer.best):
        yield Line(_BETTER(change=changes_text(answer.best)))


def _standing(answer: Why) -> Iterator[Line]:
    facts = answer.instance.facts
    yield from (Line(turns_said(facts, turns)) for turns in answer.turns)
    yield from (Line(duty_said(facts, turns)) for turns in answer.duties)


def _day(answer: Why, told: DayOfPlan) -> Iterator[Line]:
    yield Line(_title(answer, told))
    if told.opposite is None:
        return
    place = place_text(told.opposite.place)
    if told.reasons:
        yield Line((_FIXED if told.fixed else _ALONE_BREAKS)(place=place), 1)
        yield from _rules(told.reasons)
    elif not same(told.alone) and len(told.opposite.moves) != 1:
        yield Line(_ALONE_COSTS(place=place, price=price_text(told.alone)), 1)
        yield from _rules(told.costly)
    if not told.fixed:
        yield from _opposite(answer, told.opposite, place)
        if len(told.opposite.moves) == 1:
            yield from _rules(told.costly)


def _rules(reasons: Iterable[Reason]) -> Iterator[Line]:
    return (Line(reason_said(reason), 2) for reason in reasons)


def _title(answer: Why, told: DayOfPlan) -> Said:
    facts = answer.instance.facts
    day = facts.dates[told.day]
    if not facts.has_cell[answer.person, told.day]:
        return _NO_CELL(day=day)
    if told.opposite is None and facts.present[answer.person, told.day]:
        return _NO_PLACE(day=day)
    if told.duties:
        return _DAY_DUTY(day=day, place=place_text(told.place), rules=[plain(rule) for rule in told.duties])
    return _DAY(day=day, place=place_text(told.place))


def _opposite(answer: Why, opposite: Opposite, place: Said) -> Iterator[Line]:
    said = verdict(opposite.status, _POSSIBLE(price=price_text(opposite.costs)))
    other = opposite.swapped_with
    if other is not None:
        said = _SWAP(verdict=said, person=name_of(answer.instance.facts, other))
    elif len(opposite.moves) == 1:
        said = _ALONE(verdict=said)
    yield Line(_INSTEAD(place=place, verdict=said), 1)
    yield from _rules(opposite.reasons)
    yield from move_lines(answer.instance.facts, opposite.moves[1:], 2)
