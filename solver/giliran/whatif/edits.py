"""What edits by hand did to a plan: whom they moved, which rules they broke or mended, and what they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from giliran.audit import Audit, audit
from giliran.domain.changes import NameChange, PlaceChange
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.messages import Said, Sentence, plain
from giliran.rules.toolkit.personal import name_of, place_text
from giliran.whatif.costs import TierCost, changes_text, differences, price_text
from giliran.whatif.telling import Line

MOST_TOLD = 20
"""Edits of a sort that are told one by one."""

_HEAD = Sentence(
    en="Edited by hand since the plan was written: places {places}, names for duty {names}.",
    id="Diubah dengan tangan sejak jadwal ditulis: {places} tempat, {names} petugas piket.",
)
_MOVE = Sentence(en="{person}, {day}: {was} → {becomes}", id="{person}, {day}: {was} → {becomes}")
_NAMED = Sentence(en="{person}, {day}: named for {rule}", id="{person}, {day}: ditunjuk piket ({rule})")
_UNNAMED = Sentence(en="{person}, {day}: no longer named for {rule}", id="{person}, {day}: tidak lagi ditunjuk piket ({rule})")
_EMPTY = Sentence(en="nothing", id="kosong")
_MORE = Sentence(en="further ones: {count}", id="lainnya: {count}")
_BROKEN = Sentence(
    en="Rules that must hold and that this breaks, at {count} {count:place|places}:",
    id="Aturan wajib yang karena itu tidak dipenuhi, di {count} tempat:",
)
_MENDED = Sentence(en="Broken before, and mended by this: {count}.", id="Tidak dipenuhi sebelumnya, dan karena itu terpenuhi: {count}.")
_KEPT = Sentence(en="This breaks no rule that must hold.", id="Semua aturan wajib tetap dipenuhi.")
_OTHERWISE = Sentence(en="Otherwise, beside the plan before: {changes}.", id="Selain itu, dibanding jadwal semula: {changes}.")
_COST = Sentence(en="Beside the plan before: {price}.", id="Dibanding jadwal semula: {price}.")


@dataclass(frozen=True)
class Edits:
    """What is different from the plan before it was edited.

    Parameters
    ----------
    places, names
        Places, also of people who are away and such that are empty now; and names for duty.
    broken, mended
        Findings of rules that must hold: those that the plan before had not, and how many only it had.
    costs
        What the edited plan costs more, tier by tier.
    """

    places: tuple[PlaceChange, ...]
    names: tuple[NameChange, ...]
    broken: tuple[Finding, ...]
    mended: int
    costs: tuple[TierCost, ...]

    def __len__(self) -> int:
        return len(self.places) + len(self.names)


def edits_of(instance: Instance, before: Schedule, after: Schedule, found: Audit) -> Edits:
    """What was edited.

    Parameters
    ----------
    before, after
        The plan as it was written, and as it is now.
    found
        The audit of the latter.
    """
    old = audit(instance, before)
    known = Counter(_key(finding) for finding in old.broken)
    broken = []
    for finding in found.broken:
        if known[_key(finding)]:
            known[_key(finding)] -= 1
        else:
            broken.append(finding)
    places, names = tuple(_places(before, after)), tuple(_names(before, after))
    return Edits(places, names, tuple(broken), known.total(), differences(instance, old, found))


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.said.text("en")


def _places(before: Schedule, after: Schedule) -> Iterator[PlaceChange]:
    for e, d in np.argwhere(before.place != after.place).tolist():
        yield PlaceChange(e, d, Place(int(before.place[e, d])), Place(int(after.place[e, d])))


def _names(before: Schedule, after: Schedule) -> Iterator[NameChange]:
    nobody = np.zeros(before.place.shape, dtype=np.bool_)
    for rule in sorted({*before.duty, *after.duty}):
        was, becomes = before.duty.get(rule, nobody), after.duty.get(rule, nobody)
        for e, d in np.argwhere(was != becomes).tolist():
            yield NameChange(rule, e, d, was=bool(was[e, d]), becomes=bool(becomes[e, d]))


def edit_lines(facts: Facts, edits: Edits) -> list[Line]:
    """The same in sentences."""
    lines = [Line(_HEAD(places=len(edits.places), names=len(edits.names)))]
    lines += _shortened([_moved(facts, change) for change in edits.places])
    lines += _shortened([_renamed(facts, change) for change in edits.names])
    lines += [Line(_BROKEN(count=len(edits.broken)))] if edits.broken else [Line(_KEPT())]
    lines += _shortened([finding.said for finding in edits.broken])
    lines += [Line(_MENDED(count=edits.mended))] if edits.mended else []
    cost = _OTHERWISE(changes=changes_text(edits.costs)) if edits.broken else _COST(price=price_text(edits.costs))
    return [*lines, Line(cost)]


def _shortened(said: Iterable[Said]) -> Iterator[Line]:
    told = list(said)
    yield from (Line(one, 1) for one in told[:MOST_TOLD])
    if len(told) > MOST_TOLD:
        yield Line(_MORE(count=len(told) - MOST_TOLD), 1)


def _moved(facts: Facts, change: PlaceChange) -> Said:
    was, becomes = (_EMPTY() if place is Place.NONE else place_text(place) for place in (change.was, change.becomes))
    return _MOVE(person=name_of(facts, change.person), day=facts.dates[change.day], was=was, becomes=becomes)


def _renamed(facts: Facts, change: NameChange) -> Said:
    return (_NAMED if change.becomes else _UNNAMED)(
        person=name_of(facts, change.person), day=facts.dates[change.day], rule=plain(change.rule)
    )
