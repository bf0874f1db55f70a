"""Facts and statements together: what holds although nobody wrote it, the order of tiers, notes, and the last checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.selection import Selector
from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance.checking import Checking
from giliran.instance.chosen import chosen_in_vain
from giliran.instance.grouping import groupings, ungrouped, without_groups
from giliran.instance.instance import Instance
from giliran.instance.notes import (
    costless,
    idle_rules,
    lost_promises,
    note,
    unasked,
    unkept,
    unruled_note,
    unruled_people,
    unused_conditions,
    vain_goals,
    vain_refill,
)
from giliran.instance.reading import unknown_word
from giliran.instance.replacing import replace_goals
from giliran.instance.written import Written
from giliran.messages import Said, Sentence
from giliran.rules.base import Goal, Rule, Statement
from giliran.rules.implied.unruled import Unruled
from giliran.rules.registry import known
from giliran.rules.tiers import Tiers, default_ranks, resolve_tiers
from giliran.rules.view import View

FACTS = "facts"
"""In front of ids of statements that nobody wrote, and the place of notes about facts."""

TIERS = "tiers"
"""The section of the order of tiers, and its place among `Written.wheres`."""

_NO_TIER = Sentence(en="nothing here costs anything under the name {name}", id="tidak ada biaya bernama {name} di sini")


def finished(facts: Facts, written: Written, checking: Checking, source: Path | None, sources: tuple[Path, ...]) -> Instance:
    """The instance of some facts and statements, once each of them is known to be right by itself.

    Raises
    ------
    InputError
        With everything that is wrong with them together.
    """
    rules, goals = _typed(written.rules, Rule), _typed(written.goals, Goal)
    implied = [statement for kind in known().values() for statement in kind.implied(facts, written.statements)]
    statements: list[Statement] = [*rules, *goals, *implied]
    tiers = _tiers(facts, written, statements)
    first = View(facts, rules, goals, tiers)
    goals, replaced = replace_goals(first, goals, [letter.resolved.name for letter in written.letters])
    view = View(facts, rules, goals, tiers)
    found = groupings(view, [*rules, *goals])
    notes = [*idle_rules(view, rules, written.letters), *costless(rules), *ungrouped(facts, found, written.letters)]
    notes += [*_strange(facts, written, checking, [*rules, *goals]), *_in_vain(view, written, statements), *replaced]
    if alone := unruled_people(view, rules):
        ids = tuple(facts.staff.ids[e] for e in alone)
        implied.append(Unruled(id=f"{FACTS}/unruled", applies_to=(Selector(ids=ids),)))
        notes.append(unruled_note(facts, alone, f"{FACTS}/unruled"))
    notes += written.notes  # how files were read comes last: a summary shows the first few
    instance = Instance(
        facts=facts,
        rules=(*rules, *_typed(implied, Rule)),
        goals=(*goals, *_typed(implied, Goal)),
        tiers=tiers,
        notes=tuple(notes),
        circulars=tuple(letter.resolved for letter in written.letters),
        document=written.record.document,
        wheres=written.wheres,
        source=source,
        sources=sources,
        written=written,
    )
    _check(instance, checking, list(without_groups(found, written.letters, written.wheres)))
    return instance


def _strange(facts: Facts, written: Written, checking: Checking, statements: Sequence[Statement]) -> Iterator[Finding]:
    """Words, conditions and facts without the effect that whoever wrote them may expect."""
    for statement in statements:
        if (said := checking.strangers(statement)) is not None:
            yield note(statement.id, said, kind=statement.kind)
    yield from chosen_in_vain(written.letters, checking.known)
    yield from unused_conditions(facts, statements)
    ageless = checking.ageless(statements)
    unknown = (*checking.unread(statements), *checking.wordless(statements), *([ageless] if ageless else []))
    yield from (note(FACTS, said) for said in (*unknown, *unasked(facts, statements), *unkept(facts, statements)))


def _in_vain(view: View, written: Written, statements: Sequence[Statement]) -> Iterator[Finding]:
    """What the published plan promises, and what is asked about it, in vain."""
    refilled: Iterable[Said] = ()
    if written.refill or view.facts.refill:
        refilled = vain_refill(written.record, statements, view.facts)
    yield from (note(FACTS, said) for said in (*lost_promises(view), *vain_goals(view), *refilled))


def _tiers(facts: Facts, written: Written, statements: Sequence[Statement]) -> Tiers:
    idle = _idle_tiers(facts, written, statements)
    try:
        tiers = resolve_tiers(written.record.tiers, statements, facts)
    except InputError as error:
        raise InputError([*idle, *_placed(((p.where.field, p) for p in error.problems), written.wheres)]) from None
    if idle:
        raise InputError(idle)
    return tiers


def _idle_tiers(facts: Facts, written: Written, statements: Sequence[Statement]) -> tuple[Problem, ...]:
    """Listed tiers that are neither default ones nor named by any rule or goal: misspelt ones."""
    named = {*default_ranks(statements, facts), *(name for statement in statements for name in statement.tier_names())}
    idle = [name for name in dict.fromkeys(name for spec in written.record.tiers for name in spec.of) if name not in named]
    where, found = written.wheres[TIERS], Problems()
    found.each(where.file, idle, lambda name: unknown_word(where, _NO_TIER(name=name), name, named))
    return found.all


def _check(instance: Instance, checking: Checking, in_vain: Sequence[Problem]) -> None:
    """Everything that can be wrong only with facts and statements together; `in_vain` are rules that find no group."""
    statements = instance.view.statements
    problems = [problem for statement in statements for problem in checking.meaning(statement)]
    problems += in_vain
    # Rules come first: what goals find wrong may follow from a limit that a rule could not give.
    for group in (instance.view.rules, instance.view.goals):
        if not problems:
            problems += _placed(((s.id, p) for s in group for p in s.problems(instance.view)), instance.wheres)
    if problems:
        raise InputError(problems)


def _placed(found: Iterable[tuple[str, Problem]], wheres: Mapping[str, Where]) -> list[Problem]:
    """Problems that name a statement by its id alone, or a meeting, with file and line."""
    placed = []
    for id_, problem in found:
        field = problem.where.field
        place = wheres.get(field, wheres.get(id_, wheres[""]))
        if place.field and field.startswith(f"{id_}."):
            field = place.field + field.removeprefix(id_)
        where = problem.where if problem.where.file else Where(place.file, place.line, field)
        placed.append(Problem(where, problem.said, problem.advice))
    return placed


def _typed(statements: Iterable[Statement], kind: Any) -> list[Any]:
    return [statement for statement in statements if isinstance(statement, kind)]
