"""A number of a rule from one value to another: what plans come to at each ("how many desks do we need?")."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from giliran.domain.status import Status
from giliran.engine.base.outcome import Progress, TierResult
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.instance.offered import text_given
from giliran.messages import Percent, Said, Sentence
from giliran.result import Result
from giliran.solving import SolveOptions, solve
from giliran.whatif.calls import check_question, one_by_one
from giliran.whatif.dials import Amount, Dial, amounts_of, dial_named
from giliran.whatif.measures import Measures, measured
from giliran.whatif.pricing import reason_of

MOST_POINTS = 1000
"""Most values of one curve."""

_MIXED = Sentence(
    en="{first} and {last} cannot be compared: one is a share, the other a number",
    id="{first} dan {last} tidak dapat dibandingkan: yang satu persentase, yang lain angka",
)
_BACKWARDS = Sentence(
    en="the curve would end at {last}, before it starts at {first}", id="kurva berakhir pada {last}, sebelum mulai pada {first}"
)
_NO_STEP = Sentence(en="a step of 0 leads nowhere", id="langkah 0 tidak menuju ke mana pun")
_TOO_MANY = Sentence(en="too many values: {count}; {most} are the most", id="terlalu banyak nilai: {count}; paling banyak {most}")


@dataclass(frozen=True)
class Point:
    """The best plan for one value.

    Parameters
    ----------
    amount
        The value: a number, or a share in basis points.
    status
        How the instance with it ended; None where it would be no instance that can be planned.
    tiers
        Value and bound of every tier; empty where somebody has no plan.
    measures
        Numbers of the plan; None where somebody has none.
    why
        Why there is no plan; None where there is one.
    """

    amount: int | Percent
    status: Status | None
    tiers: tuple[TierResult, ...] = ()
    measures: Measures | None = None
    why: Said | None = None

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible, or it is proven that nothing is."""
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)


@dataclass(frozen=True)
class Curve:
    """Plans over the values of one number.

    Parameters
    ----------
    of
        What the number is called: `own/cap`, `own/days.most`, `umum.limit`.
    said
        The rule as it stands in the instance, in one sentence; None for a choice of a circular.
    points
        One for each value, in the order asked for.
    whole
        Whether every value was tried; False where the work was cancelled.
    """

    of: str
    said: Said | None
    points: tuple[Point, ...]
    whole: bool = True


def curve(
    instance: Instance,
    of: str,
    amounts: Iterable[int | str | Percent],
    options: SolveOptions | None = None,
    *,
    result: Result | None = None,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Curve:
    """Solve an instance with one number after the other in a rule, each time from the plan before.

    Parameters
    ----------
    instance
        The instance.
    of
        The rule, as `own/cap` or `cap`; of several numbers of a rule one, as `days.most`; or a parameter of a circular, as `umum.limit`.
    amounts
        Values: whole numbers, or shares such as `"25%"`, whichever the rule has now.
    options
        How to solve; a time limit is that of each solve.
    result
        A plan of the instance to begin with.
    cancel
        Set it from another thread to stop; the points that are done are returned.
    progress
        Called in this thread after every point, with a `Progress` that counts points.

    Raises
    ------
    InputError
        If nothing is called so (the nearest is named), a value is none, the number cannot have it, or an argument is something else.
    """
    check_question(instance, result, options, cancel, progress)
    dial, values = dial_named(instance, text_given(of, Where(field="of")), Where(field="of")), amounts_of(amounts)
    dial.check(values)
    start = result

    def solved(amount: Amount) -> Point:
        nonlocal start
        point, after = _point(instance, dial, amount, options, start, cancel)
        start = after if after is not None and after.tiers else start
        return point

    points = one_by_one(values, solved, cancel, progress)
    said = None if dial.rule is None else dial.rule.describe(instance.view)
    return Curve(dial.name, said, points, whole=len(points) == len(values))


def _point(
    instance: Instance, dial: Dial, amount: Amount, options: SolveOptions | None, start: Result | None, cancel: threading.Event | None
) -> tuple[Point, Result | None]:
    """A point, and its plan for the next one."""
    try:
        changed = dial.set_to(instance, amount)
    except InputError as error:
        if dial.rule is None:
            raise
        return Point(amount, None, why=error.problems[0].said), None
    after = solve(changed, options, cancel=cancel, start=start)
    if after.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Point(amount, after.status, why=reason_of(after)), after
    return Point(amount, after.status, after.tiers, measured(after)), after


def amounts_between(first: Amount, last: Amount, step: Amount) -> tuple[Amount, ...]:
    """Values from one to another, both included where the step leads there.

    Raises
    ------
    InputError
        If they are not of one kind, lead backwards or nowhere, or are too many.
    """
    if len({isinstance(each, Percent) for each in (first, last, step)}) > 1:
        other = last if isinstance(first, Percent) != isinstance(last, Percent) else step
        raise InputError([Problem(Where(field="--from, --to, --step"), _MIXED(first=first, last=other))])
    start, end, by = (each.basis_points if isinstance(each, Percent) else each for each in (first, last, step))
    said = _NO_STEP() if by == 0 else _BACKWARDS(first=first, last=last) if end < start else None
    if said is None and (count := (end - start) // by + 1) > MOST_POINTS:
        said = _TOO_MANY(count=count, most=MOST_POINTS)
    if said is not None:
        raise InputError([Problem(Where(field="--step" if by == 0 else "--to"), said)])
    return tuple(Percent(value) if isinstance(first, Percent) else value for value in range(start, end + 1, by))
