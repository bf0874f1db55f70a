"""Notes of an instance: what is allowed, but to be told before a plan is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.instance.letters import Letter
from giliran.messages import Said, Sentence, plain
from giliran.rules.base import Rule
from giliran.rules.personal import names_text
from giliran.rules.view import View

_NOT_APPLICABLE = Sentence(en="{name}: not applicable here: {ids}", id="{name}: tidak ada yang dikenai di sini: {ids}")
_IDLE = Sentence(
    en="{rule} reaches nobody on any day of the horizon", id="{rule} tidak mengenai siapa pun pada hari mana pun dalam periode ini"
)
_UNRULED = Sentence(
    en="under no rule, so in the office as usual and not counted: {count} ({people})",
    id="tidak dikenai aturan apa pun, jadi bekerja di kantor seperti biasa dan tidak dihitung: {count} ({people})",
)


def note(rule: str, said: Said, kind: str = "instance", people: tuple[int, ...] = (), amount: int = 0) -> Finding:
    """Something to be told."""
    return Finding(rule=rule, kind=kind, strength=Strength.NOTE, amount=amount, said=said, people=people)


def idle_rules(view: View, written: Iterable[Rule], letters: Sequence[Letter]) -> Iterator[Finding]:
    """Rules that reach nobody: one line per circular, and one for each own rule."""
    idle = [rule for rule in written if not view.cells(rule).any()]
    for letter in letters:
        name = letter.resolved.name
        ids = [rule.id.removeprefix(f"{name}/") for rule in idle if rule.id.startswith(f"{name}/")]
        if ids:
            yield note(name, _NOT_APPLICABLE(name=name, ids=ids))
    names = {letter.resolved.name for letter in letters}
    for rule in idle:
        if rule.id.split("/", 1)[0] not in names:
            yield note(rule.id, _IDLE(rule=plain(rule.id)), kind=rule.kind)


def unruled_people(view: View, written: Iterable[Rule]) -> tuple[int, ...]:
    """Rows of people who work on some day, and whom no written rule and no aim reaches on any."""
    reached: Cells = view.aim.office | view.aim.home
    for rule in written:
        reached = reached | view.cells(rule)
    return tuple(np.flatnonzero(view.facts.has_cell.any(axis=1) & ~reached.any(axis=1)).tolist())


def unruled_note(facts: Facts, people: tuple[int, ...], rule: str) -> Finding:
    """Who is under no rule."""
    said = _UNRULED(count=len(people), people=names_text(facts, people))
    return note(rule, said, people=people, amount=len(people))
