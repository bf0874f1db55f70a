"""Instances with something changed: rules, choices, the published plan, pins, absences. What does not change is taken over as it is.

Nothing is read again and no table is built twice: typed statements and facts are at hand, and only what is new is checked by itself.
Everything is checked together, as when an instance is built.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from giliran.circulars import Circular
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule, other_shape
from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance.absences import NO_REASON, build_absences
from giliran.instance.checking import Checking
from giliran.instance.chosen import chosen_problems
from giliran.instance.finishing import FACTS, TIERS, finished
from giliran.instance.given import as_in_files, id_of, nameless_as_data, unplaced, with_ids
from giliran.instance.instance import Instance
from giliran.instance.letters import Letter, write_letters
from giliran.instance.naming import day_named, person_named
from giliran.instance.notes import note
from giliran.instance.published import FREEZING, History, Published, frozen_cells
from giliran.instance.reading import unknown_word
from giliran.instance.records import CircularRecord, Horizon, InstanceRecord, PublishedRecord
from giliran.instance.statements import Writing, in_full, qualified
from giliran.instance.wishes_and_pins import Asking
from giliran.instance.written import Written
from giliran.messages import Said, Sentence, comparing, few, plain
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.fields import OWN
from giliran.text import Table
from giliran.text.model_paths import Path

Spots = Iterable[tuple[str, "str | dt.date"]]
"""Cells as people name them: who, and when."""

_NO_STATEMENT = Sentence(en="there is no rule or goal {id}", id="tidak ada aturan atau tujuan {id}")
_NOT_PINNED = Sentence(
    en="to be pinned no longer, but not pinned on the days given: {people}",
    id="penetapannya dicabut, padahal tidak ditetapkan pada hari yang disebut: {people}",
)
_NOT_AWAY = Sentence(
    en="said to be back, but not away on the days given: {people}",
    id="disebut masuk kembali, padahal tidak berhalangan pada hari yang disebut: {people}",
)
_MOST_NAMED = 5
_NO_CIRCULAR = Sentence(en="there is no circular {name} in this instance", id="tidak ada surat edaran {name} dalam berkas masukan ini")


def with_statements(
    instance: Instance,
    rules: Sequence[Rule | Mapping[str, Any]],
    goals: Sequence[Statement | Mapping[str, Any]],
    without: Collection[str],
) -> Instance:
    """The instance with some rules and goals added, put in place of those of the same id, or taken out."""
    written, problems = written_of(instance), Problems()
    known = [statement.id for statement in written.statements]
    gone = {_known_id(id_, known, problems) for id_ in without}
    given = with_ids({"rules": nameless_as_data(rules), "goals": nameless_as_data(goals)}, known)
    gone |= {id_of(item) for items in given.values() for item in items}
    writing = _kept(written, gone, problems)
    own = {id_.removeprefix(OWN) for id_ in (*writing.wheres, *map(id_of, given["rules"])) if id_.startswith(OWN)}
    for section, items in given.items():
        for position, item in enumerate(items):
            if isinstance(item, Statement):
                writing.put(section, item, Where(field=item.id))
            else:
                writing.take(section, in_full(as_in_files(item), own), unplaced, (section, position))
    writing.check_references([*(id_ for letter in written.letters for id_ in letter.resolved.switched_off), *gone])
    return _again(instance, _statements_of(written, writing), problems)


def with_choices(instance: Instance, circular: str, choices: Mapping[str, Any]) -> Instance:
    """The instance with parameters of a circular chosen otherwise."""
    written, problems = written_of(instance), Problems()
    names = [letter.resolved.name for letter in written.letters]
    if circular not in names:
        raise InputError([unknown_word(Where(field="circular"), _NO_CIRCULAR(name=circular), circular, names)])
    position = names.index(circular)
    records = [*written.record.circulars]
    records[position] = records[position].model_copy(update={"choose": {**records[position].choose, **as_in_files(choices)}})
    record = written.record.model_copy(update={"circulars": tuple(records)})
    from_letters = {s.id for s in written.statements if s.id.split("/", 1)[0] in names}
    writing = _kept(written, from_letters, problems)
    days, circulars = Horizon(start=instance.facts.dates[0], end=instance.facts.dates[-1]), Known(records, written.letters)
    letters, told = write_letters(records, days, circulars, writing, circulars.locate, problems)
    writing.check_references([id_ for letter in letters for id_ in letter.resolved.switched_off])
    before = {letter.resolved.name for letter in written.letters}
    notes = [*(found for found in written.notes if found.rule not in before), *(note(each.rule, each.said) for each in told)]
    changed = replace(_statements_of(written, writing), record=record, letters=tuple(letters), notes=tuple(notes))
    return _again(instance, changed, problems, chosen=True)


def with_published(
    instance: Instance,
    schedule: Schedule,
    frozen_to: dt.date | None,
    refill: bool | None = None,
    few_changes: bool | None = None,
    keep: bool | None = None,
) -> Instance:
    """The instance with a schedule of its horizon as the published plan, fixed up to a date; how it may change is as before where None."""
    facts, problems = instance.facts, Problems()
    if wrong := list(other_shape(facts, schedule)):
        raise InputError(wrong)
    history = History(facts.staff, facts.dates, facts.kind, facts.absent, problems)
    plan = history.taken(schedule, frozen_to, facts.past_dates, facts.past)
    refill = facts.refill if refill is None else refill
    keep = facts.keep if keep is None else keep
    few_changes = keep or (facts.few_changes if few_changes is None else few_changes)
    written = written_of(instance)
    published = PublishedRecord(rows=(), frozen_to=frozen_to, refill=refill, few_changes=few_changes, keep=keep, notice_to=facts.notice_to)
    record = written.record.model_copy(update={"published": published})
    changed = replace(_promised(facts, plan), refill=refill, few_changes=few_changes, keep=keep)
    return _again(instance, _told(_untold(replace(written, record=record), FREEZING), history.notes), problems, changed)


def with_pins(instance: Instance, rows: Table, without: Spots) -> Instance:
    """The instance with some cells pinned, and others no longer."""
    facts, problems = instance.facts, Problems()
    freed = _marked(facts, without, "without")
    asking = Asking(facts.staff, facts.dates, facts.kind, problems)
    pinned, why, named = asking.pins(rows)
    new = pinned != Place.NONE
    stays = ~freed & ~new
    kept = {rule: cells & stays for rule, cells in facts.pinned_duty.items()}
    duty = {rule: kept.get(rule, new & False) | named.get(rule, new & False) for rule in sorted({*kept, *named})}
    reasons = {cell: text for cell, text in facts.pin_reasons.items() if stays[cell]}
    changed = replace(
        facts,
        pinned=np.where(new, pinned, np.where(freed, np.int8(Place.NONE), facts.pinned)).astype(np.int8),
        pin_reasons={**reasons, **why},
        pinned_duty={rule: cells for rule, cells in duty.items() if cells.any()},
        pinned_duty_at={**asking.duties_at, **facts.pinned_duty_at},
    )
    were = np.logical_or.reduce([facts.pinned != Place.NONE, *facts.pinned_duty.values()])
    told = [*asking.notes, *_in_vain(facts, freed, were, _NOT_PINNED)]
    return _again(instance, _told(_untold(written_of(instance), (_NOT_PINNED,)), told), problems, changed)


def with_absences(instance: Instance, rows: Table, without: Spots) -> Instance:
    """The instance with some people away, and others back."""
    facts, problems = instance.facts, Problems()
    back = _marked(facts, without, "without")
    absent, code, reasons, notes = build_absences(rows, facts.staff, facts.dates, facts.has_cell, problems)
    words = tuple(sorted({*facts.absence_reasons, *reasons}))
    old, new = (np.array([words.index(word) for word in each], dtype=np.int16) for each in (facts.absence_reasons, reasons))
    reason = np.full(facts.shape, NO_REASON, dtype=np.int16)
    for cells, table, codes in ((facts.absent & ~back, facts.reason, old), (absent, code, new)):
        reason[cells] = codes[table[cells]]
    away = reason != NO_REASON
    changed = replace(
        facts,
        absent=away,
        reason=reason,
        absence_reasons=words,
        frozen=frozen_cells(facts.published, np.array([day in facts.frozen_dates for day in facts.dates], dtype=np.bool_), away),
    )
    told = [*notes, *_in_vain(facts, back, facts.absent, _NOT_AWAY)]
    return _again(instance, _told(_untold(written_of(instance), (_NOT_AWAY,)), told), problems, changed)


def written_of(instance: Instance) -> Written:
    """What an instance was written as; of one put together by hand, all that is no fact."""
    if instance.written is not None:
        return instance.written
    rules, goals = (
        tuple(statement for statement in each if not statement.id.startswith(f"{FACTS}/")) for each in (instance.rules, instance.goals)
    )
    wheres = {"": Where(), TIERS: Where(field=TIERS), **{statement.id: Where(field=statement.id) for statement in (*rules, *goals)}}
    return Written(InstanceRecord(), rules, goals, (), (), {**wheres, **instance.wheres}, refill=False)


def _again(instance: Instance, written: Written, problems: Problems, facts: Facts | None = None, *, chosen: bool = False) -> Instance:
    """The instance of other facts or statements; of the latter only those that are new are checked by themselves."""
    if facts is not None and written.origin is None:
        written = replace(written, origin=instance.facts)
    facts = facts or instance.facts
    checking = Checking(facts, written.wheres, written.letters)
    before = {id(statement) for statement in written_of(instance).statements}
    with comparing():
        new = [statement for statement in written.statements if id(statement) not in before]
        problems.extend(problem for statement in new for problem in checking.names(statement))
        if chosen:
            problems.extend(chosen_problems(written.letters, checking.known))
        if problems.all:
            raise InputError(problems.all)
        return finished(facts, written, checking, instance.source, instance.sources)


def _kept(written: Written, gone: Collection[str], problems: Problems) -> Writing:
    """What is written besides some statements."""
    writing = Writing(problems)
    writing.rules = [rule for rule in written.rules if rule.id not in gone]
    writing.goals = [goal for goal in written.goals if goal.id not in gone]
    writing.wheres = {id_: where for id_, where in written.wheres.items() if id_ not in gone}
    return writing


def _statements_of(written: Written, writing: Writing) -> Written:
    return replace(written, rules=tuple(writing.rules), goals=tuple(writing.goals), wheres=writing.wheres)


def _known_id(id_: str, known: Collection[str], problems: Problems) -> str:
    """The whole id of a statement that there is; another is told."""
    found = next((name for name in (id_, qualified(id_)) if name in known), None)
    if found is None:
        problems.extend([unknown_word(Where(field="without"), _NO_STATEMENT(id=id_), id_, known)])
    return found or id_


def _marked(facts: Facts, spots: Spots, field: str) -> Cells:
    """Cells as somebody names them : bool[E, D]."""
    cells = np.zeros(facts.shape, dtype=np.bool_)
    problems: list[Problem] = []
    for person, day in spots:
        try:
            cells[person_named(facts, person, Where(field=field)), day_named(facts, day, Where(field=field))] = True
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return cells


def _in_vain(facts: Facts, freed: Cells, were: Cells, sentence: Sentence) -> Iterator[Said]:
    """People none of whose freed cells were what they are freed of; whoever gives a whole week need not know which days."""
    people = np.flatnonzero(freed.any(axis=1) & ~(freed & were).any(axis=1)).tolist()
    if people:
        yield sentence(people=few([plain(facts.staff.label(e)) for e in people], _MOST_NAMED))


def _promised(facts: Facts, plan: Published) -> Facts:
    return replace(
        facts,
        published=plan.place,
        frozen=plan.frozen,
        frozen_dates=plan.frozen_dates,
        past_dates=plan.past_dates,
        past=plan.past,
        published_team=plan.team,
        published_duty=plan.duty,
    )


def _untold(written: Written, sentences: Collection[Sentence]) -> Written:
    """Without what was told by these about the same change as made before."""
    return replace(written, notes=tuple(found for found in written.notes if found.said.sentence not in sentences))


def _told(written: Written, said: Iterable[Said]) -> Written:
    new: list[Finding] = [note(FACTS, each) for each in said]
    return replace(written, notes=(*written.notes, *(found for found in new if found not in written.notes))) if new else written


@dataclass(frozen=True)
class Known:
    """Circulars that were read before, by the names that their entries give them."""

    records: Sequence[CircularRecord]
    letters: Sequence[Letter]

    def circular(self, name: str, where: Where) -> Circular:
        """As it was read."""
        names = [record.file or record.name for record in self.records]
        return self.letters[names.index(name)].circular

    def locate(self, path: Path) -> Where:
        """The place of something in an entry: where it was chosen in a file, else the entry's with the field."""
        letter, rest = self.letters[int(path[1])], path[2:]
        known = letter.chosen.get(str(rest[1])) if len(rest) > 1 and rest[0] == "choose" else None
        return known or Where(letter.entry.file, letter.entry.line, ".".join((letter.entry.field, *map(str, rest))))
