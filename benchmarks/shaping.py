"""`auto` beside each of its own methods alone, on small instances of many structures."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.alone import PREFIX
from benchmarks.comparison import NONE, PROVEN, ours_in, solve_s, who
from benchmarks.measure import Record
from benchmarks.tables import NOTHING, about

SUITE = "shapes"
MOST_TIMES, MORE_S = 1.5, 0.3
"""`auto` may take so many times what its best method alone takes, and so many seconds more."""

DECIDED = (PROVEN, "infeasible")


@dataclass(frozen=True)
class Pair:
    """One run of `auto` beside the best of its methods alone.

    Parameters
    ----------
    seed
        Of the run.
    auto_s
        Seconds in the solve stage, at most the budget where nothing was proven.
    proven
        Whether `auto` proved all tiers, or that there is no plan.
    best
        The method alone that was done first; None where none was done.
    best_s
        Its seconds; the budget where none was done.
    """

    seed: int
    auto_s: float
    proven: bool
    best: str | None
    best_s: float

    @property
    def ratio(self) -> float:
        """How many times the best method's seconds `auto` takes."""
        return self.auto_s / self.best_s

    @property
    def excess(self) -> float:
        """Seconds above what is allowed; negative where it holds. Where `auto` alone was not done in the budget that is never so."""
        return self.auto_s - MOST_TIMES * self.best_s - MORE_S

    @property
    def lost(self) -> bool:
        """Whether a method alone is better by more than is allowed."""
        return self.best is not None and (not self.proven or self.excess > 0)


def pairs(records: list[Record]) -> list[Pair]:
    """One for every seed of one case."""
    found = []
    for seed, our in ours_in(records).items():
        alone = [run for run in records if run["run"] == seed and who(run).startswith(PREFIX)]
        done = min((run for run in alone if run["status"] in DECIDED), key=solve_s, default=None)
        proven = our["status"] in DECIDED
        limit = float(our["budget_s"])
        best_s = limit if done is None else solve_s(done)
        found.append(Pair(seed, solve_s(our) if proven else limit, proven, None if done is None else who(done), best_s))
    return found


def by_case(records: list[Record]) -> dict[str, list[Pair]]:
    """Pairs of every case."""
    cases = dict.fromkeys(record["case"] for record in records)
    return {case: pairs([record for record in records if record["case"] == case]) for case in cases}


def shapes_table(records: list[Record]) -> str:
    """One row per case: the seed in which `auto` is worst against the best method alone."""
    if not records:
        return NOTHING
    lines = [
        "| instance | proven | `auto`, s | best method alone, s | ratio in the worst seed | holds |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_row(case, found) for case, found in by_case(records).items() if found),
    ]
    rule = f"Holds: in every seed at most {MOST_TIMES:g} × the best of its own methods alone + {MORE_S:g} s, solve stage."
    return "\n".join([*lines, "", rule, "", about(records)])


def _row(case: str, found: list[Pair]) -> str:
    worst = max(found, key=lambda pair: (pair.lost, pair.excess))
    names = ", ".join(sorted({pair.best.removeprefix(PREFIX) for pair in found if pair.best is not None})) or "none was done"
    cells = (
        case,
        f"{sum(pair.proven for pair in found)} of {len(found)}",
        f"{median(pair.auto_s for pair in found):.2f}",
        f"{median(pair.best_s for pair in found):.2f} ({names})",
        NONE if worst.best is None else ("" if worst.proven else "≥ ") + f"{worst.ratio:.1f} (seed {worst.seed})",
        "**no**" if worst.lost else "yes" if all(pair.proven for pair in found) else "nobody was done",
    )
    return f"| {' | '.join(cells)} |"
