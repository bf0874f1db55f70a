"""Files between the process that loads an instance and the one in which a peer works: arrays only."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.program import Costs, Ints, Ladders, Program, Rows, Switches

_GROUPS = {"rows": Rows, "switches": Switches, "costs": Costs, "ladders": Ladders, "base": Costs}
_ARRAYS = ("decision", "fixed", "clash", "aux_lo", "aux_hi", "constant")
_NAMES = ("tiers", "rules")


@dataclass(frozen=True)
class Task:
    """What a peer is given.

    Parameters
    ----------
    program
        The compiled statements.
    order
        People in lottery order : int64[E].
    sections
        The duty unit of each person, for models that compare people of one section : int64[E].
    """

    program: Program
    order: Ints
    sections: Ints


@dataclass(frozen=True)
class Answer:
    """What a peer gives back.

    Parameters
    ----------
    x
        Value of every column of the program : int64[N].
    planned
        Columns that have a plan : bool[N].
    figures
        What was measured, as JSON knows it.
    """

    x: Ints
    planned: NDArray[np.bool_]
    figures: dict[str, Any]


def write_task(path: Path, task: Task) -> None:
    """Write a task as `.npz`."""
    program = task.program
    arrays: dict[str, Any] = {name: getattr(program, name) for name in _ARRAYS}
    for group, kind in _GROUPS.items():
        arrays |= {f"{group}.{field.name}": getattr(getattr(program, group), field.name) for field in fields(kind)}
    arrays |= {name: np.array(getattr(program, name), dtype=np.str_) for name in _NAMES}
    np.savez(path, shape=np.array(program.shape), order=task.order, sections=task.sections, **arrays)


def read_task(path: Path) -> Task:
    """Read what `write_task` wrote."""
    with np.load(path) as file:
        given: dict[str, Any] = {name: file[name] for name in _ARRAYS} | {name: tuple(file[name].tolist()) for name in _NAMES}
        given |= {group: kind(**{field.name: file[f"{group}.{field.name}"] for field in fields(kind)}) for group, kind in _GROUPS.items()}
        people, days = file["shape"].tolist()
        return Task(Program(shape=(people, days), **given), file["order"], file["sections"])


def write_answer(path: Path, answer: Answer) -> None:
    """Write an answer as `.npz`."""
    np.savez(path, x=answer.x, planned=answer.planned, figures=np.array(json.dumps(answer.figures)))


def read_answer(path: Path) -> Answer:
    """Read what `write_answer` wrote."""
    with np.load(path) as file:
        return Answer(file["x"], file["planned"], json.loads(str(file["figures"])))
