"""From the sections of an instance file to an instance, with every problem told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from giliran.domain.facts import Facts
from giliran.errors import InputError, Problems
from giliran.instance.checking import Checking
from giliran.instance.chosen import chosen_problems
from giliran.instance.facts import ANY_WEEK, ROWS_OF, TABLES, build_facts, check_without_days, read_tables
from giliran.instance.finishing import FACTS, TIERS, finished
from giliran.instance.given import as_in_files, as_written, unplaced
from giliran.instance.instance import Instance
from giliran.instance.letters import Letter, Told, read_letters, write_letters
from giliran.instance.named_files import NamedFiles
from giliran.instance.notes import note
from giliran.instance.reading import unknown_word
from giliran.instance.records import SCHEMA, InstanceRecord
from giliran.instance.sections import keys_called, translated
from giliran.instance.statements import Writing
from giliran.instance.written import Written
from giliran.messages import Said, Sentence, comparing
from giliran.text import refuse_foreign
from giliran.text.model_errors import Locate, problems_of
from giliran.text.opened import absolute, watching

_NO_HORIZON = Sentence(en="the key horizon is missing", id="kunci horizon belum diisi")
_WRITE_HORIZON = Sentence(
    en="Write horizon: {{start: 2021-07-12, end: 2021-07-18}}.", id="Tulis horizon: {{start: 2021-07-12, end: 2021-07-18}}."
)
_STRANGERS = Sentence(en="unknown keys: {keys}", id="kunci yang tidak dikenal: {keys}")
_FEW = 20
"""Unknown keys that are told one by one."""
_NO_RULE = Sentence(en="there is no rule {id}", id="tidak ada aturan {id}")


def build_instance(
    data: Mapping[str, Any],
    files: NamedFiles,
    *,
    where: Locate | None = None,
    source: Path | None = None,
    refill: bool = False,
    told: Sequence[Said] = (),
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
    told
        What must be told about how the sections were read.

    Raises
    ------
    InputError
        As `Instance.build`.
    """
    with comparing(), watching() as opened:
        problems = Problems()
        sections, locate = translated(data, where or unplaced, problems)
        return _built(sections, files, locate, source, opened, problems, told, refill=refill)


def _built(
    data: Mapping[str, Any],
    files: NamedFiles,
    locate: Locate,
    source: Path | None,
    opened: Sequence[Path],
    problems: Problems,
    told_before: Sequence[Said],
    *,
    refill: bool,
) -> Instance:
    """The same; `opened` holds the files that were read, once they were."""
    refuse_foreign(data, SCHEMA, locate)
    data = {key: as_written(value) if key in ("rules", "goals") else value for key, value in data.items()}
    data = {key: value if key in TABLES else as_in_files(value, ROWS_OF.get(key)) for key, value in data.items()}
    if refill and isinstance(data.get("published"), Mapping):
        data["published"] = {**data["published"], "refill": True}
    record, wrong = _record(data, locate, problems)
    tables = read_tables(record, locate, files, problems)
    writing = Writing(problems)
    letters: Sequence[Letter] = ()
    told: Sequence[Told] = ()
    built: tuple[Facts, list[Said]] | None = None
    readable = not (wrong | tables.unreadable) & {"calendars", "units", "staff"}
    if record.horizon is None:
        if data.get("horizon") is None:
            problems.add(locate(()), _NO_HORIZON(), _WRITE_HORIZON())
        if readable:
            check_without_days(record, tables, locate, problems)
        read_letters(record.circulars, ANY_WEEK, files, locate, problems)
    else:
        if readable:
            built = build_facts(record, record.horizon, tables, locate, problems)
        letters, told = write_letters(record.circulars, record.horizon, files, writing, locate, problems)
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
    notes = [*(note(FACTS, each) for each in (*told_before, *said)), *(note(each.rule, each.said, first=each.first) for each in told)]
    meetings = {f"meetings.{meeting.id}": locate(("meetings", k)) for k, meeting in enumerate(record.meetings)}
    wheres = {"": locate(()), TIERS: locate((TIERS,)), **meetings, **writing.wheres}
    facts.staff.forget_index()
    slim = record.model_copy(update=dict.fromkeys(TABLES))
    written = Written(slim, tuple(writing.rules), tuple(writing.goals), tuple(letters), tuple(notes), wheres, refill)
    return finished(facts, written, checking, source, tuple(dict.fromkeys([*([absolute(source)] if source else []), *opened])))


def _record(data: Mapping[str, Any], locate: Locate, problems: Problems) -> tuple[InstanceRecord, frozenset[str]]:
    """The sections, and the names of those that are wrong; they are told and left out, so that the others can be checked too."""
    data = _without_strangers(data, locate, problems)
    try:
        return InstanceRecord.model_validate(dict(data)), frozenset()
    except ValidationError as error:
        problems.extend(problems_of(error, locate, InstanceRecord, data, called=keys_called))
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


def _check_reasons(record: InstanceRecord, writing: Writing, letters: Sequence[Letter], locate: Locate, problems: Problems) -> None:
    """Reasons belong to rules that exist; those of rules that choices switch off do no harm."""
    off = {id_ for letter in letters for id_ in letter.resolved.switched_off}
    for id_ in record.reasons:
        if id_ not in writing.wheres and id_ not in off:
            problems.extend([unknown_word(locate(("reasons", id_)), _NO_RULE(id=id_), id_, writing.wheres)])
