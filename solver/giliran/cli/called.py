"""What functions of the library call their arguments, as options call them on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from giliran.errors import InputError, Problem


@contextmanager
def called(options: Mapping[str, str]) -> Iterator[None]:
    """Problems with arguments, by name, are told about these options instead."""
    try:
        yield
    except InputError as error:
        raise InputError([_with(problem, options) for problem in error.problems]) from None


def _with(problem: Problem, options: Mapping[str, str]) -> Problem:
    where = problem.where
    return problem if where.file or where.field not in options else replace(problem, where=replace(where, field=options[where.field]))
