"""How to solve: the options of a caller, validated."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from giliran.domain.selection import Model
from giliran.engine.base.outcome import ALL_METHODS, Method
from giliran.errors import InputError, Where
from giliran.text.model_errors import problems_of


class Engine(StrEnum):
    """Which engine solves the parts; `auto` uses exact relaxations before CP-SAT, `cpsat` solves everything with it alone."""

    AUTO = "auto"
    CPSAT = "cpsat"


class SolveOptions(Model):
    """How to solve.

    Parameters
    ----------
    time_limit_s
        Seconds for compiling and search, shared among parts, and for loading the solvers where nobody has loaded them (`warm_up`); none
        when None. When it ends the best plan and its true bound are returned.
        What compiling leaves is the search's, a moment at least; a limit that ends while compiling gives a result without a plan, of
        status `UNKNOWN`. Naming and audit come after, their seconds are in `Result.seconds`.
    workers
        Parts solved at the same time, by threads of this process or by an executor; as many as this machine has cores when None.
    seed
        Of the lottery and the search; when None that of the result it starts from, else the first day of the horizon (20210712).
    engine
        Which engine solves the parts.
    split
        Solve independent parts alone. Off only to compare.
    without
        What `auto` leaves out, of `Method`. Only to compare: status and tiers are the same with and without.
    anyway
        Where no plan keeps every rule, plan with the least total bend before everything else: each rule that is missed by one costs 1 if
        it is an own rule, 10 of an agency's letter, 100 of a regency's, 1,000 of a province's, 10,000 of a national one. What is missed
        are `MUST` findings of the result, the total is `Result.bends`, the status stays `INFEASIBLE`. Where some plan keeps every rule
        it changes nothing.

    Raises
    ------
    InputError
        If an option is unknown, or its value cannot be.
    """

    time_limit_s: float | None = Field(default=None, gt=0)
    workers: int | None = Field(default=None, ge=1)
    seed: int | None = Field(default=None, ge=0)
    engine: Engine = Engine.AUTO
    split: bool = True
    without: frozenset[Method] = frozenset()
    anyway: bool = False

    @property
    def methods(self) -> frozenset[Method]:
        """What is tried besides CP-SAT."""
        return frozenset() if self.engine is Engine.CPSAT else ALL_METHODS - self.without

    if not TYPE_CHECKING:  # type checkers know the fields, and would know only `options` from this

        def __init__(self, **options: Any) -> None:
            try:
                super().__init__(**options)
            except ValidationError as error:
                raise InputError(problems_of(error, lambda path: Where(field=".".join(map(str, path))), type(self), options)) from None
