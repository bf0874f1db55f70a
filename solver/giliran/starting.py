"""What a search begins with: a result of the same or a related instance, or the published plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.messages import Sentence
from giliran.options import SolveOptions
from giliran.result import Result

if TYPE_CHECKING:
    from giliran.engine.run import Start

_OTHER_PEOPLE = Sentence(
    en="the result is one of other people or other days; a search begins with one of the same instance, or of one made from it",
    id="hasil ini untuk pegawai atau hari yang lain; pencarian hanya dapat dimulai dari hasil berkas masukan yang sama, atau turunannya",
)


def start_of(instance: Instance, start: Result) -> Start:
    """What a result knows; `InputError` if it is one of other people or days."""
    from giliran.engine.run import Start

    facts, before = instance.facts, start.instance.facts
    if (facts.staff.ids, facts.dates) != (before.staff.ids, before.dates):
        raise InputError([Problem(Where(field="start"), _OTHER_PEOPLE())])
    return Start(start.memory, start.schedule.office, start.schedule.planned(before))


def known_start(instance: Instance, options: SolveOptions, start: Result | None) -> tuple[SolveOptions, Start | None]:
    """What a search begins with, and the options with the seed of the result that it begins with, where they name none."""
    if start is None:
        return options, announced_start(instance.facts)
    known = start_of(instance, start)
    return (options.model_copy(update={"seed": start.seed}) if options.seed is None else options), known


def announced_start(facts: Facts) -> Start | None:
    """The published plan, where few changes come first; None where that is not so."""
    if not facts.few_changes:
        return None
    from giliran.engine.run import Start

    return Start(None, facts.published == Place.OFFICE, np.isin(facts.published, (Place.OFFICE, Place.HOME, Place.OFF)))
