"""An instance: facts, rules and goals, cross-checked."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from giliran.circulars import ResolvedCircular
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.lottery import default_seed
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import Sealed
from giliran.errors import InputError, Problem, Where
from giliran.instance.named_files import NamedFiles
from giliran.instance.offered import (
    cells_given,
    choices_given,
    day_given,
    flags_given,
    ids_given,
    rows_given,
    schedule_given,
    statements_given,
    text_given,
)
from giliran.instance.records import DocumentRecord
from giliran.instance.written import Written
from giliran.messages import Sentence, found_text
from giliran.rules.base import Goal, Rule
from giliran.rules.tiers import Tiers
from giliran.rules.view import View

_NO_SECTIONS = Sentence(
    en="found {found}; expected the sections of an instance by their names",
    id="ditemukan {found}; yang diharapkan bagian-bagian berkas masukan menurut namanya",
)
_BESIDE_FILES = Sentence(
    en="sections are arguments of their own here; beside `files` they are given as one mapping, which cannot choose the folder",
    id="bagian-bagian berkas masukan diberikan sebagai argumen tersendiri; bersama `files` semuanya diberikan sebagai satu kumpulan "
    "kunci dan "
    "nilai, yang tidak dapat memilih foldernya",
)
_AS_DATA = Sentence(
    en="Write Instance.build({{'horizon': …, 'staff': …}}, files=FOLDER).",
    id="Tulis Instance.build({{'horizon': …, 'staff': …}}, files=FOLDER).",
)
_LOAD_OR_BUILD = Sentence(
    en="Write Instance.build(horizon=…, staff=…); files are read by load_instance(path).",
    id="Tulis Instance.build(horizon=…, staff=…); berkas dibaca dengan load_instance(path).",
)


@dataclass(frozen=True, eq=False)
class Instance(Sealed):
    """Facts, rules and goals, cross-checked: whatever `load_instance` or `Instance.build` gives can be planned and audited.

    Parameters
    ----------
    facts
        Calendars, units, staff, absences and the like as arrays.
    rules, goals
        Every statement, those of facts included.
    tiers
        The order of costs.
    notes
        What must be told before a plan is read: circulars outside their period, rules that reach nobody, people under no rule.
    circulars
        Circulars in use with their choices made, in the order listed.
    document
        What stands around the table on paper.
    wheres
        Place of each written rule and goal in the files.
    source
        The file that it was read from, if any.
    sources
        Every file that it was read from, tables and circulars too, with its whole path; results are written over none of them.
    written
        What it was written as, for changed ones; None where it was put together by hand.
    """

    facts: Facts
    rules: tuple[Rule, ...]
    goals: tuple[Goal, ...]
    tiers: Tiers
    notes: tuple[Finding, ...] = ()
    circulars: tuple[ResolvedCircular, ...] = ()
    document: DocumentRecord = field(default_factory=DocumentRecord)
    wheres: Mapping[str, Where] = field(default_factory=dict, repr=False)
    source: Path | None = None
    sources: tuple[Path, ...] = field(default=(), repr=False)
    written: Written | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """The title for people."""
        return self.facts.title

    @property
    def seed(self) -> int:
        """The seed of the lottery unless another is given: the first day of the horizon, 20210712."""
        return default_seed(self.facts.dates[0])

    @cached_property
    def view(self) -> View:
        """The facts and statements, with the answers that compile and audit share."""
        return View(self.facts, self.rules, self.goals, self.tiers)

    @classmethod
    def build(
        cls,
        data: Mapping[str, Any] | None = None,
        /,
        *,
        files: str | os.PathLike[str] | None = None,
        **sections: Any,
    ) -> Instance:
        """An instance from plain Python data with the content of an instance file.

        Parameters
        ----------
        data
            Sections by name, as a file has them; dates may be text or `datetime.date`. A table (`units`, `staff`, `changes`, `absences`,
            `wishes`, `ledger`, `pins`, and `rows` of `published`) is a list of rows, a mapping of columns (lists or arrays of one length),
            or a frame of pandas, polars or Arrow, for which `pip install 'giliran[frames]'` is needed. What stands for nothing there
            (`None`, NaN, NaT) is an empty cell, a moment at midnight is its day.
        files
            Folder whose files the data may name, tables and circulars alike: relative names start there, and what leads out of it, by
            `..`, by links or in any other way, is refused unseen. Without it no file is opened at all; circulars that come with giliran
            are none. Sections then stand in `data` alone: ``Instance.build(**data)`` would let the data choose the folder.
        **sections
            Further sections: ``Instance.build(horizon=..., staff=[...], rules=[...])``.

        Raises
        ------
        InputError
            With every problem at once.
        """
        from giliran.instance.building import build_instance  # building makes instances

        if data is not None and not isinstance(data, Mapping):
            raise InputError([Problem(Where(field="data"), _NO_SECTIONS(found=found_text(data)), _LOAD_OR_BUILD())])
        if files is not None and (data is None or sections):
            raise InputError([Problem(Where(field="files"), _BESIDE_FILES(), _AS_DATA())])
        return build_instance({**(data or {}), **sections}, NamedFiles.within(files))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, files: str | os.PathLike[str] | None = None) -> Instance:
        """The instance that `to_dict` said; the same as ``Instance.build(data, files=files)``."""
        return cls.build(data, files=files)

    def to_dict(self) -> dict[str, Any]:
        """The sections that an equal instance is built from, all plain data: `json.dumps` takes them, `Instance.from_dict` reads them.

        Tables are rows, whatever they came from. Units and people are as on the first day, with what changes inside the horizon; wishes
        are spelled out by day, the ledger is the balances that it adds up to. A circular in a file stays its name: give `files` to
        `from_dict`.

        Raises
        ------
        InputError
            If the instance was put together by hand, or rules of its circulars were changed in a way that no file can say.
        """
        from giliran.instance.as_data import sections_of  # which says what instances say

        return sections_of(self)

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the instance to one file that `giliran.load_instance` reads; `giliran convert` makes a workbook of it.

        Parameters
        ----------
        path
            A name ending in .yaml, .yml or .json: a file that is not there yet, or an instance that was written before; none of those that
            this one was read from.

        Raises
        ------
        InputError
            As `to_dict`; if the name ends otherwise, the file is another's or one that this instance was read from, or it cannot be
            written.
        """
        from giliran.instance.as_file import write_instance

        return write_instance(self, path)

    def schedule_from(self, rows: object) -> Schedule:
        """The schedule that a list of rows, a mapping of columns or a frame says: see `Schedule.from_rows`."""
        from giliran.instance.schedule_reader import schedule_from  # its reader reads for instances

        return schedule_from(self, rows)

    def with_rules(
        self, *rules: Rule | Mapping[str, Any], goals: Iterable[Goal | Mapping[str, Any]] = (), without: Iterable[str] = ()
    ) -> Instance:
        """The instance with other rules or goals: nothing is read again, and `solve(…, start=result)` solves only what has changed.

        Parameters
        ----------
        *rules
            Rules, typed or as a file has them. One with the id of a rule that is there takes its place, whoever wrote that one; others are
            added as own rules.
        goals
            Goals, in the same way.
        without
            Ids of rules and goals that are taken out; whatever names them goes on without them.

        Raises
        ------
        InputError
            With everything that is wrong with them, by themselves or together with the rest.
        """
        from giliran.instance.changing import with_statements  # changing makes instances

        rules_, goals_ = statements_given(rules, "rules"), statements_given(goals, "goals")
        return with_statements(self, rules_, goals_, ids_given(without, "without"))

    def with_choices(self, circular: str, choices: Mapping[str, Any]) -> Instance:
        """The instance with some parameters of one of its circulars chosen otherwise.

        Circulars may replace parts of each other, so the rules of all of them are written anew: choose first, then change one of their
        rules by `with_rules`. Own rules stay as they are.

        Parameters
        ----------
        circular
            Its name.
        choices
            Values by parameter, as under `choose` in a file.

        Raises
        ------
        InputError
            If the circular is not in force here, or has no such parameter or value.
        """
        from giliran.instance.changing import with_choices

        return with_choices(self, text_given(circular, Where(field="circular")), choices_given(choices))

    def with_published(
        self,
        schedule: Schedule,
        *,
        frozen_to: dt.date | None = None,
        refill: bool | None = None,
        few_changes: bool | None = None,
        keep: bool | None = None,
    ) -> Instance:
        """The instance with a schedule of its horizon as the published plan, in place of any other.

        Parameters
        ----------
        schedule
            Places, names for duty and teams.
        frozen_to
            The last day on which it may not change any more; none when None.
        refill
            Whether seats that became free are filled again before places are kept; as before when None.
        few_changes, keep
            Whether few changes come before all goals, and before relaxations too; as before when None.

        Raises
        ------
        InputError
            If the schedule is one of other people or days.
        """
        from giliran.instance.changing import with_published

        last = None if frozen_to is None else day_given(frozen_to, "frozen_to")
        flags_given(refill=refill, few_changes=few_changes, keep=keep)
        return with_published(self, schedule_given(schedule), last, refill, few_changes, keep)

    def with_pins(self, pins: Iterable[Mapping[str, Any]] = (), *, without: Iterable[tuple[str, str | dt.date]] = ()) -> Instance:
        """The instance with cells pinned.

        Parameters
        ----------
        pins
            Rows, columns or a frame, as the table `pins` has them: `staff_id`, `date`, `place` or `duty`, `reason`. Where a cell is pinned
            already the new pin takes the place of the old one.
        without
            Cells that are pinned no longer: staff id (or NIP, or name) and date. Days without a pin do not matter beside others of the
            same person; somebody without any is told in a note.

        Raises
        ------
        InputError
            With everybody and every day that is unknown, the nearest one named, and with pins that contradict each other.
        """
        from giliran.instance.changing import with_pins

        return with_pins(self, rows_given(pins, "pins"), cells_given(without, "without"))

    def with_absences(self, absences: Iterable[Mapping[str, Any]] = (), *, without: Iterable[tuple[str, str | dt.date]] = ()) -> Instance:
        """The instance with people away.

        Parameters
        ----------
        absences
            Rows, columns or a frame, as the table `absences` has them: `staff_id`, `from`, `to`, `reason`. On days on which somebody is
            away already the new reason counts.
        without
            Cells of people who are back: staff id (or NIP, or name) and date. Days on which they are not away do not matter beside others;
            somebody who is away on none of them is told in a note.

        Raises
        ------
        InputError
            As for `with_pins`.
        """
        from giliran.instance.changing import with_absences

        return with_absences(self, rows_given(absences, "absences"), cells_given(without, "without"))
