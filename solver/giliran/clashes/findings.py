"""Why a part has no plan: one sentence with the numbers where a sum says it, and where none does, that two searches proved it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from giliran.clashes.accounts import Accounts
from giliran.clashes.fixing_rules import FixingRules, opposite_findings
from giliran.clashes.summands import Account
from giliran.clashes.words import SumWords
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.status import Status, Stopped
from giliran.messages import Said, Sentence, plain
from giliran.program import HARD, Program
from giliran.program.segments import segment_sums
from giliran.rules.view import View

if TYPE_CHECKING:
    from giliran.engine.base.outcome import Outcome, PartResult
    from giliran.engine.base.sums import Sum

NO_PLAN = Sentence(
    en="no plan exists for {people} {people:person|people} ({units}): no sum shows it, two different searches proved it; rules that meet "
    "there: {rules}",
    id="tidak ada jadwal untuk {people} pegawai ({units}): tidak tampak dari penjumlahan, tetapi terbukti oleh dua pencarian yang "
    "berbeda; aturan yang bertemu di sana: {rules}",
)
NO_PLAN_YET = {
    Stopped.TIME_LIMIT: Sentence(
        en="no plan yet for {people} {people:person|people} ({units}): time ran out, nothing is proved",
        id="belum ada jadwal untuk {people} pegawai ({units}): waktu habis, belum ada yang terbukti",
    ),
    Stopped.CANCELLED: Sentence(
        en="no plan yet for {people} {people:person|people} ({units}): the search was interrupted, nothing is proved",
        id="belum ada jadwal untuk {people} pegawai ({units}): pencarian dihentikan, belum ada yang terbukti",
    ),
    Stopped.CRASHED: Sentence(
        en="no plan yet for {people} {people:person|people} ({units}): worker processes were ended by the system, nothing is proved",
        id="belum ada jadwal untuk {people} pegawai ({units}): proses pekerja diakhiri oleh sistem, belum ada yang terbukti",
    ),
}
AND_OTHERS = Sentence(en="{names} and {count} other {count:unit|units}", id="{names} dan {count} unit kerja lain")

NAMED_UNITS = 3


def clash_findings(view: View, program: Program, outcome: Outcome) -> tuple[Finding, ...]:
    """A `MUST` finding for every sum and every part proved impossible, a note for every part without a plan yet.

    Parameters
    ----------
    view, program
        The rules, and what they were compiled to.
    outcome
        What the engine found: a part that has `sums` is told by these, and by nothing else.
    """
    fixing = FixingRules(view)
    opposite = np.flatnonzero(program.clash)
    sums = list(dict.fromkeys(one for some in outcome.sums for one in some))
    findings = [*_by_sum(view, program, sums, fixing), *opposite_findings(view, fixing, opposite)]
    told = set(opposite.tolist())
    days = view.facts.num_days
    for part, some in zip(outcome.parts, outcome.sums, strict=True):
        if part.status is Status.UNKNOWN:
            findings.append(_open(view, part, outcome.stopped))
        elif part.status is Status.INFEASIBLE and not some and told.isdisjoint(e * days + d for e in part.people for d in part.days):
            findings.append(_proved(view, program, part))
    return tuple(findings)


def _by_sum(view: View, program: Program, sums: Sequence[Sum], fixing: FixingRules) -> Iterator[Finding]:
    """Sums with the same numbers, in one unit, are told once."""
    if not sums:
        return
    accounts = Accounts(program, fixing)
    made = [accounts.of(one) for one in sums]
    units = [_common_unit(view, _units(view, account)) for account in made]
    same: dict[tuple[int, object], list[Account]] = {}
    for account, unit in zip(made, units, strict=True):
        same.setdefault((unit, account.key), []).append(account)
    words = SumWords(view, program)
    told = [_sum_finding(view, words, account, others, unit) for (unit, _), (account, *others) in same.items()]
    yield from sorted(told, key=lambda finding: (finding.unit, finding.days, finding.people))


def _sum_finding(view: View, words: SumWords, account: Account, others: list[Account], unit: int) -> Finding:
    """A finding of the rule that gives too little, or where none does of the one that asks for too much."""
    where = plain(view.facts.units[unit].name) if unit >= 0 else _named(view, _units(view, account))
    said = words.sentence(account, where, others)
    people, days = np.divmod(np.concatenate([one.cells for one in (account, *others)]), view.facts.num_days)
    place = {"unit": unit, "days": tuple(np.unique(days).tolist()), "people": tuple(np.unique(people).tolist())}
    return view.by_id[account.first_rule].finding(Strength.MUST, account.missing, said, **place)


def _units(view: View, account: Account) -> set[int]:
    return {int(u) for u in np.unique(view.facts.unit.reshape(-1)[account.cells])}


def _common_unit(view: View, units: set[int]) -> int:
    """The lowest unit that holds all of some units, -1 if there is none."""
    paths = [view.facts.units.path(u) for u in sorted(units)]
    common = set(paths[0]).intersection(*paths[1:]) if paths else set()
    return max(common, key=lambda u: int(view.facts.units.depth[u]), default=-1)


def _named(view: View, units: set[int]) -> Said:
    """Units by name, the first of many."""
    names = [view.facts.units[u].name for u in sorted(units)]
    where: Said = plain(names[:NAMED_UNITS])
    return AND_OTHERS(names=where, count=len(names) - NAMED_UNITS) if len(names) > NAMED_UNITS else where


def _proved(view: View, program: Program, part: PartResult) -> Finding:
    """A part that searches alone prove impossible: a finding of the first rule that must hold there."""
    units = _units_of(view, part)
    rules = _rules_of(view, program, part)
    said = NO_PLAN(people=len(part.people), units=_named(view, units), rules=rules)
    place = {"unit": _common_unit(view, units), "days": part.days, "people": part.people}
    return view.by_id[rules[0]].finding(Strength.MUST, 1, said, **place)


def _rules_of(view: View, program: Program, part: PartResult) -> list[str]:
    """Ids of the rules that must hold among the cells of a part, in the order in which they were written."""
    inside = np.zeros(program.num_columns, dtype=np.bool_)
    inside[: program.num_cells].reshape(program.shape)[np.ix_(part.people, part.days)] = True
    rows = program.rows
    touched = (segment_sums(inside[rows.col], rows.start) > 0) & (rows.tier == HARD)
    there = {program.rules[rule] for rule in np.unique(rows.rule[touched if touched.any() else rows.tier == HARD]).tolist()}
    return [statement.id for statement in view.statements if statement.id in there]


def _open(view: View, part: PartResult, stopped: Stopped | None) -> Finding:
    """A part without a plan yet, about which nothing is proved: no rule is broken."""
    units = _units_of(view, part)
    return Finding(
        rule="",
        kind="",
        strength=Strength.NOTE,
        amount=0,
        said=NO_PLAN_YET[stopped or Stopped.TIME_LIMIT](people=len(part.people), units=_named(view, units)),
        unit=_common_unit(view, units),
        days=part.days,
        people=part.people,
    )


def _units_of(view: View, part: PartResult) -> set[int]:
    return {int(u) for u in np.unique(view.facts.unit[np.ix_(part.people, part.days)])}
