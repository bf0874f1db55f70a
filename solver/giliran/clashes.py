"""Why a part has no plan: one sentence with the numbers where a sum says it, and where none does, that two searches proved it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.status import Status, Stopped
from giliran.engine.base.clash import Clash, ClashKind
from giliran.messages import Said, Sentence, plain
from giliran.program import Program, ProgramBuilder
from giliran.rules.view import View

if TYPE_CHECKING:
    from giliran.engine.base.outcome import Outcome, PartResult

TOO_MANY = Sentence(
    en="impossible: {sum} = {required}, but {limit}{more}",
    id="mustahil: {sum} = {required}, sedangkan {limit}{more}",
)
TOO_FEW = Sentence(
    en="impossible: {limit}, but {sum} = {possible} can be in the office{more}",
    id="mustahil: {limit}, sedangkan yang dapat WFO hanya {sum} = {possible}{more}",
)
FORCED = Sentence(en="forced {forced}", id="wajib {forced}")
AVAILABLE = Sentence(en="available {forced}", id="tersedia {forced}")
NEED = Sentence(en="{rule} {need}", id="{rule} {need}")
NEEDS = Sentence(en="{rule} {times} × {need}", id="{rule} {times} × {need}")
PLUS = Sentence(en="{left} + {right}", id="{left} + {right}")
MINUS = Sentence(en="{left} − {right}", id="{left} − {right}")
MORE_DAYS = Sentence(en="; further days with the same sum: {days}", id="; hari lain dengan jumlah yang sama: {days}")
OPPOSITE = Sentence(
    en="impossible: {person} on {day} is put in the office by {office} and out of it by {away}",
    id="mustahil: {person} pada {day} diwajibkan WFO oleh {office} dan tidak WFO oleh {away}",
)
NO_PLAN = Sentence(
    en="no plan exists for {people} {people:person|people} ({units}): no single sum shows it, two different searches proved it; sequences "
    "or several rules together clash",
    id="tidak ada jadwal untuk {people} pegawai ({units}): tidak tampak dari satu penjumlahan, tetapi terbukti oleh dua pencarian yang "
    "berbeda; urutan hari atau beberapa aturan sekaligus berbenturan",
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
AND_OTHERS = Sentence(en="{names} and {count} other {count:unit|units}", id="{names} dan {count} unit lain")

NAMED_UNITS = 3


def clash_findings(view: View, program: Program, outcome: Outcome) -> tuple[Finding, ...]:
    """A `MUST` finding for every clash and every part proved impossible, a note for every part without a plan yet."""
    rows = _one_side([clash for clash in outcome.clashes if clash.row is not None])
    findings = [*_by_sum(view, program, rows), *_opposite(view, [c.cell for c in outcome.clashes if c.cell is not None])]
    told = {(e, d) for finding in findings for e in finding.people for d in finding.days}
    for part in outcome.parts:
        if part.status in (Status.INFEASIBLE, Status.UNKNOWN):
            reached = {(e, d) for e in part.people for d in part.days}
            if part.status is Status.UNKNOWN or not told & reached:
                findings.append(_part_finding(view, part, outcome.stopped))
    return tuple(findings)


def _one_side(clashes: list[Clash]) -> list[Clash]:
    """Clashes without those that another one tells from its own side: the cap's sum says it all, the floor's would repeat it."""
    told = {row for clash in clashes if clash.kind is ClashKind.TOO_MANY for row, _ in clash.others}
    return [clash for clash in clashes if clash.kind is ClashKind.TOO_MANY or clash.row not in told]


def _by_sum(view: View, program: Program, clashes: Iterable[Clash]) -> Iterator[Finding]:
    """Clashes with the same numbers in one group are told once, with all their days."""

    def key(clash: Clash) -> tuple[int, int, int, int, tuple[tuple[int, int, int], ...]]:
        assert clash.row is not None
        rows = program.rows
        needs = Counter((int(rows.rule[row]), need) for row, need in clash.others)
        summands = tuple(sorted((rule, need, times) for (rule, need), times in needs.items()))
        return int(rows.rule[clash.row]), int(rows.group[clash.row]), clash.forced, clash.required, summands

    for (_, _, _, _, summands), same in groupby(sorted(clashes, key=lambda c: (key(c), c.row)), key=key):
        yield _sum_finding(view, program, list(same), summands)


def _sum_finding(view: View, program: Program, same: list[Clash], summands: tuple[tuple[int, int, int], ...]) -> Finding:
    first = same[0]
    assert first.row is not None
    origin = program.origin(first.row)
    rule = view.by_id[origin.rule]
    many = first.kind is ClashKind.TOO_MANY
    total = (FORCED if many else AVAILABLE)(forced=first.forced)
    for index, need, times in summands:
        name = plain(program.rules[index])
        summand = NEED(rule=name, need=need) if times == 1 else NEEDS(rule=name, times=times, need=need)
        total = (PLUS if many else MINUS)(left=total, right=summand)
    days = sorted({int(program.rows.day[clash.row]) for clash in same if clash.row is not None} - {-1})
    more = MORE_DAYS(days=len(days) - 1) if len(days) > 1 else plain("")
    limit = rule.occurrence(view, origin.group, origin.day, origin.person)
    if many:
        said = TOO_MANY(sum=total, required=first.required, limit=limit, more=more)
    else:
        said = TOO_FEW(sum=total, possible=first.limit, limit=limit, more=more)
    people, units = _concerned(view, program, [clash.row for clash in same if clash.row is not None])
    amount = max(abs(first.required - first.limit), 1)
    return rule.finding(Strength.MUST, amount, said, unit=_common_unit(view, units), days=tuple(days), people=people)


def _concerned(view: View, program: Program, rows: list[int]) -> tuple[tuple[int, ...], set[int]]:
    """People whose cells stand in some rows, and their units."""
    days = view.facts.num_days
    cols = np.concatenate([program.rows.col[program.rows.start[r] : program.rows.start[r + 1]] for r in rows])
    cells = cols[cols < program.num_cells]
    people = np.unique(cells // days)
    units = {int(u) for u in view.facts.unit.reshape(-1)[cells]}
    return tuple(people.tolist()), units


def _common_unit(view: View, units: set[int]) -> int:
    """The lowest unit that holds all of some units, -1 if there is none."""
    paths = [view.facts.units.path(u) for u in sorted(units)]
    common = set(paths[0]).intersection(*paths[1:]) if paths else set()
    return max(common, key=lambda u: int(view.facts.units.depth[u]), default=-1)


def _opposite(view: View, cells: list[int]) -> Iterator[Finding]:
    """Cells that rules fix in opposite ways, with the rules that do."""
    if not cells:
        return
    facts = view.facts
    fixing: dict[int, dict[int, list[str]]] = {cell: {0: [], 1: []} for cell in cells}
    for rule in view.rules:
        out = ProgramBuilder(facts.shape, view.tiers.names, facts.present)
        rule.compile(view, out)
        fixed = out.build().fixed
        for cell in cells:
            if fixed[cell] >= 0:
                fixing[cell][int(fixed[cell])].append(rule.id)
    for cell, sides in fixing.items():
        e, d = divmod(cell, facts.num_days)
        said = OPPOSITE(person=plain(facts.staff.label(e)), day=facts.dates[d], office=sides[1], away=sides[0])
        rule_id = sides[1][0] if sides[1] else sides[0][0]
        yield view.by_id[rule_id].finding(Strength.MUST, 1, said, unit=int(facts.unit[e, d]), days=(d,), people=(e,))


def _part_finding(view: View, part: PartResult, stopped: Stopped | None) -> Finding:
    facts = view.facts
    units = sorted({int(u) for u in facts.unit[np.ix_(part.people, part.days)].reshape(-1)})
    names = [facts.units[u].name for u in units]
    where: Said = plain(names[:NAMED_UNITS])
    if len(names) > NAMED_UNITS:
        where = AND_OTHERS(names=where, count=len(names) - NAMED_UNITS)
    impossible = part.status is Status.INFEASIBLE
    sentence = NO_PLAN if impossible else NO_PLAN_YET[stopped or Stopped.TIME_LIMIT]
    said = sentence(people=len(part.people), units=where)
    return Finding(
        rule="",
        kind="",
        strength=Strength.MUST if impossible else Strength.NOTE,
        amount=1 if impossible else 0,
        said=said,
        unit=_common_unit(view, set(units)),
        days=part.days,
        people=part.people,
    )
