"""From the sections of an instance file to an instance, with every problem told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.selection import Selector
from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance.checking import Checking
from giliran.instance.chosen import chosen_in_vain, chosen_problems
from giliran.instance.facts import ROWS_OF, TABLES, build_facts, read_tables
from giliran.instance.grouping import groupings, ungrouped, without_groups
from giliran.instance.instance import Instance
from giliran.instance.letters import Letter, Replacing, Told, read_letters, rule_data
from giliran.instance.named_files import NamedFiles
from giliran.instance.notes import (
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
from giliran.instance.records import SCHEMA, Horizon, InstanceRecord
from giliran.instance.replacing import replace_goals
from giliran.instance.statements import Writing
from giliran.messages import Said, Sentence, comparing
from giliran.rules.base import Goal, Rule, Statement
from giliran.rules.implied.unruled import Unruled
from giliran.rules.registry import known
from giliran.rules.tiers import Tiers, default_ranks, resolve_tiers
from giliran.rules.view import View
from giliran.text import number_text, refuse_foreign
from giliran.text.model_errors import Locate, problems_of
from giliran.text.opened import absolute, watching

FACTS = "facts"
"""In front of ids of statements that nobody wrote, and the place of notes about facts."""

_NO_HORIZON = Sentence(en="the key horizon is missing", id="kunci horizon belum diisi")
_WRITE_HORIZON = Sentence(
    en="Write horizon: {{start: 2021-07-12, end: 2021-07-18}}.", id="Tulis horizon: {{start: 2021-07-12, end: 2021-07-18}}."
)
_STRANGERS = Sentence(en="unknown keys: {keys}", id="kunci yang tidak dikenal: {keys}")
_FEW = 20
"""Unknown keys that are told one by one."""
_NO_TIER = Sentence(en="nothing here costs anything in a tier named {name}", id="tidak ada yang menaruh biaya di tingkat bernama {name}")
_NO_RULE = Sentence(en="there is no rule {id}", id="tidak ada aturan {id}")


@dataclass(frozen=True)
class _Parts:
    """An instance while it is put together."""

    record: InstanceRecord
    facts: Facts
    writing: Writing
    letters: Sequence[Letter]
    notes: list[Finding]
    locate: Locate
    refill: bool

    @property
    def wheres(self) -> dict[str, Where]:
        """Place of each statement in the files, of each meeting as `meetings.ID`, and of the whole as ""."""
        meetings = {f"meetings.{meeting.id}": self.locate(("meetings", k)) for k, meeting in enumerate(self.record.meetings)}
        return {"": self.locate(()), **meetings, **self.writing.wheres}


def build_instance(
    data: Mapping[str, Any], files: NamedFiles, *, where: Locate | None = None, source: Path | None = None, refill: bool = False
) -> Instance:
    """An instance from its sections.

    Parameters
    ----------
    data
        Sections by name, as `Instance.build` takes them.
    files
        Opens the files that they name.
    where
        Places of values in a file, by path; without it problems name the field alone.
    source
        The file that they were read from, if any.
    refill
        Whether seats that became free are filled before published places are kept, whatever the sections say.

    Raises
    ------
    InputError
        As `Instance.build`.
    """
    with comparing(), watching() as opened:
        return _built(data, files, where or _unplaced, source, opened, refill=refill)


def _built(
    data: Mapping[str, Any], files: NamedFiles, locate: Locate, source: Path | None, opened: Sequence[Path], *, refill: bool
) -> Instance:
    """The same; `opened` holds the files that were read, once they were."""
    problems = Problems()
    refuse_foreign(data, SCHEMA, locate)
    data = {key: value if key in TABLES else _as_in_files(value, ROWS_OF.get(key)) for key, value in data.items()}
    if refill and isinstance(data.get("published"), Mapping):
        data["published"] = {**data["published"], "refill": True}
    record, wrong = _record(data, locate, problems)
    tables = read_tables(record, locate, files.table, problems)
    writing = Writing(problems)
    letters: Sequence[Letter] = ()
    told: Sequence[Told] = ()
    built: tuple[Facts, list[Said]] | None = None
    if record.horizon is None:
        if data.get("horizon") is None:
            problems.add(locate(()), _NO_HORIZON(), _WRITE_HORIZON())
    else:
        if not (wrong | tables.unreadable) & {"calendars", "units", "staff"}:
            built = build_facts(record, record.horizon, tables, locate, problems)
        letters, told = _write_letters(record, record.horizon, files, writing, locate, problems)
    writing.own("rules", record.rules, record.rules, locate)
    writing.own("goals", record.goals, record.rules, locate)
    writing.check_references([id_ for letter in letters for id_ in letter.resolved.switched_off])
    _check_reasons(record, writing, letters, locate, problems)
    if built is None:
        raise InputError(problems.all)
    facts, said = built
    checking = Checking(facts, writing.wheres, letters)
    problems.extend(problem for statement in (*writing.rules, *writing.goals) for problem in checking.names(statement))
    problems.extend(chosen_problems(letters, checking.known))
    if problems.all:
        raise InputError(problems.all)
    notes = [*(note(FACTS, each) for each in said), *(note(each.rule, each.said) for each in told)]
    sources = tuple(dict.fromkeys([*([absolute(source)] if source else []), *opened]))
    return _finish(_Parts(record, facts, writing, letters, notes, locate, refill), checking, source, sources)


def _as_in_files(value: Any, rows: str | None = None) -> Any:
    """A value with the text that a file would hold in place of every number with a fraction; tables, also under the key `rows`, read
    their own cells.
    """
    if isinstance(value, float) and isfinite(value):
        return number_text(value)
    if isinstance(value, Mapping):
        return {key: item if key == rows else _as_in_files(item) for key, item in value.items()}
    return type(value)(map(_as_in_files, value)) if type(value) in (list, tuple) else value


def _record(data: Mapping[str, Any], locate: Locate, problems: Problems) -> tuple[InstanceRecord, frozenset[str]]:
    """The sections, and the names of those that are wrong; they are told and left out, so that the others can be checked too."""
    data = _without_strangers(data, locate, problems)
    try:
        return InstanceRecord.model_validate(dict(data)), frozenset()
    except ValidationError as error:
        problems.extend(problems_of(error, locate, InstanceRecord, data))
        wrong = frozenset(str(found["loc"][0]) for found in error.errors())
        return InstanceRecord.model_validate({key: value for key, value in data.items() if key not in wrong}), wrong


def _without_strangers(data: Mapping[str, Any], locate: Locate, problems: Problems) -> Mapping[str, Any]:
    """The sections without a multitude of unknown ones, told in one sentence; a few are told one by one, with what may be meant."""
    known = {*InstanceRecord.model_fields, *(field.alias for field in InstanceRecord.model_fields.values())}
    strange = [key for key in data if key not in known]
    if len(strange) <= _FEW:
        return data
    problems.add(locate(()), _STRANGERS(keys=strange))
    return {key: value for key, value in data.items() if key in known}


def _write_letters(
    record: InstanceRecord, horizon: Horizon, files: NamedFiles, writing: Writing, locate: Locate, problems: Problems
) -> tuple[Sequence[Letter], Sequence[Told]]:
    letters, told = read_letters(record.circulars, horizon, files, locate, problems)
    replacing = Replacing(letters, locate, problems)
    for letter in letters:
        if letter.last < letter.first:
            continue
        for section, statements in (("rules", letter.resolved.rules), ("goals", letter.resolved.goals)):
            for data in statements:
                writing.take(section, rule_data(letter, replacing.cut(data)), letter.circular.where, letter.place(data["id"]))
    return letters, [*told, *replacing.notes]


def _check_reasons(record: InstanceRecord, writing: Writing, letters: Sequence[Letter], locate: Locate, problems: Problems) -> None:
    """Reasons belong to rules that exist; those of rules that choices switch off do no harm."""
    off = {id_ for letter in letters for id_ in letter.resolved.switched_off}
    for id_ in record.reasons:
        if id_ not in writing.wheres and id_ not in off:
            problems.extend([unknown_word(locate(("reasons", id_)), _NO_RULE(id=id_), id_, writing.wheres)])


def _vain_refill(parts: _Parts, statements: Sequence[Statement]) -> Iterator[Said]:
    """What must be told where seats are to be filled again and nothing changes by it."""
    return vain_refill(parts.record, statements, parts.facts) if parts.refill or parts.facts.refill else iter(())


def _unused(facts: Facts, checking: Checking, written: Sequence[Statement]) -> list[Said]:
    """What the facts say, or leave out, without an effect that its author may expect."""
    return [*checking.unread(written), *checking.wordless(written), *unasked(facts, written), *unkept(facts, written)]


def _finish(parts: _Parts, checking: Checking, source: Path | None, sources: tuple[Path, ...]) -> Instance:
    """Everything that needs facts and statements at once."""
    facts, writing = parts.facts, parts.writing
    rules, goals = _typed(writing.rules, Rule), _typed(writing.goals, Goal)
    implied = [statement for kind in known().values() for statement in kind.implied(facts, [*rules, *goals])]
    statements: list[Statement] = [*rules, *goals, *implied]
    tiers = _tiers(parts, statements)
    first = View(facts, rules, goals, tiers)
    goals, replaced = replace_goals(first, goals, [letter.resolved.name for letter in parts.letters])
    view = View(facts, rules, goals, tiers)
    strange = [note(s.id, said, kind=s.kind) for s in (*rules, *goals) if (said := checking.strangers(s)) is not None]
    strange += chosen_in_vain(parts.letters, checking.known)
    strange += unused_conditions(facts, [*rules, *goals])
    strange += [note(FACTS, said) for said in _unused(facts, checking, [*rules, *goals])]
    lost = [note(FACTS, said) for said in (*lost_promises(view), *vain_goals(view), *_vain_refill(parts, statements))]
    found = groupings(view, [*rules, *goals])
    notes = [*parts.notes, *strange, *lost, *replaced, *idle_rules(view, rules, parts.letters), *ungrouped(facts, found, parts.letters)]
    alone = unruled_people(view, rules)
    if alone:
        ids = tuple(facts.staff.ids[e] for e in alone)
        implied.append(Unruled(id=f"{FACTS}/unruled", applies_to=(Selector(ids=ids),)))
        notes.append(unruled_note(facts, alone, f"{FACTS}/unruled"))
    instance = Instance(
        facts=facts,
        rules=(*rules, *_typed(implied, Rule)),
        goals=(*goals, *_typed(implied, Goal)),
        tiers=tiers,
        notes=tuple(notes),
        circulars=tuple(letter.resolved for letter in parts.letters),
        document=parts.record.document,
        wheres=parts.wheres,
        source=source,
        sources=sources,
    )
    _check(instance, checking, list(without_groups(found, parts.letters, writing.wheres)))
    return instance


def _tiers(parts: _Parts, statements: Sequence[Statement]) -> Tiers:
    idle = _idle_tiers(parts, statements)
    try:
        tiers = resolve_tiers(parts.record.tiers, statements, parts.facts)
    except InputError as error:
        wheres = {**parts.wheres, "tiers": parts.locate(("tiers",))}
        raise InputError([*idle, *_placed(((p.where.field, p) for p in error.problems), wheres)]) from None
    if idle:
        raise InputError(idle)
    return tiers


def _idle_tiers(parts: _Parts, statements: Sequence[Statement]) -> tuple[Problem, ...]:
    """Listed tiers that are neither default ones nor named by any rule or goal: misspelt ones."""
    known = {*default_ranks(statements, parts.facts), *(name for statement in statements for name in statement.tier_names())}
    idle = [name for name in dict.fromkeys(name for spec in parts.record.tiers for name in spec.of) if name not in known]
    where, found = parts.locate(("tiers",)), Problems()
    found.each(where.file, idle, lambda name: unknown_word(where, _NO_TIER(name=name), name, known))
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


def _unplaced(path: tuple[str | int, ...]) -> Where:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return Where(field=text.removeprefix("."))
