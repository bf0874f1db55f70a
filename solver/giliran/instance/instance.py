"""An instance: facts, rules and goals, cross-checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from giliran.circulars import ResolvedCircular
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.lottery import default_seed
from giliran.domain.sealing import Sealed
from giliran.errors import InputError, Problem, Where
from giliran.instance.named_files import NamedFiles
from giliran.instance.records import DocumentRecord
from giliran.instance.written import Written
from giliran.messages import Sentence, found_text
from giliran.rules.base import Goal, Rule
from giliran.rules.tiers import Tiers
from giliran.rules.view import View

_NO_SECTIONS = Sentence(
    en="found {found}; expected the sections of an instance by their names",
    id="ditemukan {found}; yang diharapkan bagian-bagian instans menurut namanya",
)
_BESIDE_FILES = Sentence(
    en="sections are arguments of their own here; beside `files` they are given as one mapping, which cannot choose the folder",
    id="bagian-bagian instans diberikan sebagai argumen tersendiri; bersama `files` semuanya diberikan sebagai satu kumpulan kunci dan "
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
            Sections by name, as a file has them; dates may be text or `datetime.date`.
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
