"""How a plan ended, in a few sentences: proven or not, who was left out, what must not be overlooked, whether every rule is kept."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from giliran.domain.calendar import Calendar
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding, Told
from giliran.domain.place import DayKind, Strength
from giliran.domain.status import Status, Stopped
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, grouped, plain, render_period, render_span
from giliran.reports.words import both, day_with_month, joined
from giliran.rules.base import STAFFED
from giliran.rules.tiers import tier_said
from giliran.rules.toolkit.personal import days_text

if TYPE_CHECKING:
    from giliran.reports.report import Report
    from giliran.result import Result

MOST_HOLIDAYS = 12
"""Most holidays that are named."""

STATUS_WORDS = {
    Status.OPTIMAL: Sentence(
        en="Proven best: no plan under these rules is better.", id="Terbukti terbaik: tidak ada jadwal yang lebih baik menurut aturan ini."
    ),
    Status.FEASIBLE: Sentence(
        en="A plan that keeps every rule; not proven best yet.", id="Jadwal memenuhi semua aturan; belum terbukti terbaik."
    ),
    Status.INFEASIBLE: Sentence(
        en="Impossible: for some people no plan keeps every rule. Everybody else is planned.",
        id="Jadwal tidak dapat disusun bagi sebagian pegawai: tidak ada yang memenuhi semua aturan. Pegawai lain tetap dijadwalkan.",
    ),
    Status.UNKNOWN: Sentence(
        en="Time ran out, no plan yet for some people: nothing is proven about them.",
        id="Waktu habis, belum ada jadwal bagi sebagian pegawai: belum ada yang terbukti tentang mereka.",
    ),
}
BENT = Sentence(
    en="Impossible: no plan keeps every rule; this one bends them least: {total}.",
    id="Tidak ada jadwal yang memenuhi semua aturan; jadwal ini paling sedikit menyimpang: {total}.",
)
"""That of INFEASIBLE where a plan was to be made anyway."""
BENT_SO_FAR = Sentence(
    en="Impossible: no plan keeps every rule; this one bends them by {total}, at least {bound} is needed.",
    id="Tidak ada jadwal yang memenuhi semua aturan; jadwal ini menyimpang {total}, sedikitnya {bound} diperlukan.",
)
NOT_PLANNED = Sentence(
    en="No plan yet for some people: nothing is proven about them.",
    id="Belum ada jadwal bagi sebagian pegawai: belum ada yang terbukti tentang mereka.",
)
"""That of UNKNOWN where something else than time ended the search."""
NOBODY_CAN_BE = Sentence(
    en="Impossible: no plan keeps every rule, and nobody is planned.",
    id="Jadwal tidak dapat disusun: tidak ada yang memenuhi semua aturan, dan tidak seorang pun terjadwal.",
)
"""That of INFEASIBLE where there is nobody else."""
STOPPED_WORDS = {
    Stopped.TIME_LIMIT: Sentence(en="The time limit ended the search.", id="Pencarian berakhir karena batas waktu."),
    Stopped.CANCELLED: Sentence(
        en="The search was interrupted; this is the best found so far.", id="Pencarian dihentikan; ini hasil terbaik sejauh ini."
    ),
    Stopped.CRASHED: Sentence(
        en="Worker processes were ended by the system, twice for the same people, most likely for lack of memory.",
        id="Proses pekerja diakhiri oleh sistem, dua kali untuk pegawai yang sama, kemungkinan besar karena memori tidak cukup.",
    ),
}
SHORTFALLS = Sentence(en="Shortfalls to be told: {count}", id="Kekurangan yang perlu diketahui: {count}")
UNPLANNED = Sentence(en="Without a plan: {count} of {people} {people:person|people}.", id="Belum terjadwal: {count} dari {people} pegawai.")
UNSTAFFED = Sentence(en="{unit}: {rule} found no room on {days}", id="{unit}: {rule} tidak terpenuhi karena batas pada {days}")
EVERYBODY = Sentence(en="everybody concerned", id="semua pegawai yang dimaksud")
_FACTS = Sentence(
    en="{people} {people:person|people} · {units} {units:unit|units} · {period}", id="{people} pegawai · {units} unit kerja · {period}"
)
_SEED = Sentence(en="{facts} · seed {seed}", id="{facts} · kunci undian {seed}")
_BROKEN = Sentence(en="Broken rules: {count}. (exit code 1)", id="Aturan yang tidak dipenuhi: {count}. (kode keluar 1)")
_KEPT = Sentence(en="Every rule that must hold is kept. (exit code 0)", id="Semua aturan wajib dipenuhi. (kode keluar 0)")
_REFUTED = Sentence(
    en="Every rule that must hold is kept, but something that is claimed about the schedule is wrong. (exit code 1)",
    id="Semua aturan wajib dipenuhi, tetapi ada pernyataan tentang jadwal ini yang salah. (kode keluar 1)",
)
_NO_PLAN = Sentence(en="No plan for everybody. (exit code 1)", id="Tidak ada jadwal bagi semua pegawai. (kode keluar 1)")
_UNPLACED = Sentence(
    en="Every rule that must hold is kept, but {count} {count:person-day has|person-days have} no place. (exit code 1)",
    id="Semua aturan wajib dipenuhi, tetapi {count} orang-hari belum mendapat tempat. (kode keluar 1)",
)
_NO_TIME = Sentence(
    en="No plan for everybody in this time; allow more with --time-limit. (exit code 3)",
    id="Belum ada jadwal bagi semua pegawai dalam waktu ini; beri waktu lebih dengan --time-limit. (kode keluar 3)",
)
_NOT_YET: dict[Stopped | None, Sentence] = {
    Stopped.CANCELLED: Sentence(
        en="No plan for everybody before the interruption. (exit code 3)",
        id="Belum ada jadwal bagi semua pegawai sebelum dihentikan. (kode keluar 3)",
    ),
    Stopped.CRASHED: Sentence(
        en="No plan for everybody with this memory; close other programs or use fewer --workers. (exit code 3)",
        id="Belum ada jadwal bagi semua pegawai dengan memori ini; tutup program lain atau kurangi --workers. (kode keluar 3)",
    ),
}
_HOLIDAYS = Sentence(en="Holidays: {days}", id="Hari libur: {days}")
_MORE_HOLIDAYS = Sentence(en="Holidays: {days}, and {rest} more", id="Hari libur: {days}, dan {rest} lainnya")
_CALENDARS = Sentence(en="calendar {names}", id="kalender {names}")
_NOTED = Sentence(en="{day} ({notes})", id="{day} ({notes})")
_TIER = Sentence(en="{name} {value}", id="{name} {value}")
_OPEN_TIER = Sentence(en="{name} {value} (gap {gap})", id="{name} {value} (selisih {gap})")
_CONDITIONAL = Sentence(en="{name} {value} (not proven)", id="{name} {value} (belum terbukti)")
_UNTITLED = Sentence(en="Untitled", id="Tanpa judul")
_EVERYBODY = Sentence(en="Everybody has a plan.", id="Semua pegawai terjadwal.")
_FOUND = Sentence(
    en="Findings: broken {broken}, costs {costs}, notes {notes}; shortfalls {shortfalls}.",
    id="Ketidaksesuaian {broken}, berbiaya {costs}, catatan {notes}; kekurangan {shortfalls}.",
)
_TIERS = Sentence(en="Tiers: {tiers}", id="Tingkat: {tiers}")
_NO_TIERS = Sentence(en="Tiers: none, not everybody is planned", id="Tingkat: tidak ada, belum semua pegawai terjadwal")


class Tier(Protocol):
    """Value and bound of a tier, as results and their records have them."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def value(self) -> int:
        """What the plan costs."""

    @property
    def bound(self) -> int:
        """What no plan can go below."""

    @property
    def proven(self) -> bool:
        """Whether it is the least possible."""


def facts_line(facts: Facts, seed: int | None = None) -> Said:
    """How many people and units, the weekdays and dates on which anybody works, and the seed of a plan."""
    worked = [facts.dates[d] for d in np.flatnonzero(facts.has_cell.any(axis=0)).tolist()]
    when = both(render_span, worked) if worked else both(render_period, facts.dates[0], facts.dates[-1])
    said = _FACTS(period=when, people=grouped(facts.num_people), units=grouped(len(facts.units)))
    return said if seed is None else _SEED(facts=said, seed=seed)


def summary_lines(result: Result) -> tuple[Said, ...]:
    """Six lines: the title; period, people, units and seed; the status; who has no plan; findings by number; the tiers."""
    facts, strengths = result.instance.facts, Counter(finding.strength for finding in result.findings)
    status, *more = status_lines(result)
    found = _FOUND(
        broken=strengths[Strength.MUST],
        costs=strengths[Strength.SHOULD],
        notes=strengths[Strength.NOTE],
        shortfalls=headline(facts, result.findings).shortfalls,
    )
    left = unplanned(result)
    tiers = _TIERS(tiers=tiers_text(result.tiers)) if result.tiers else _NO_TIERS()
    title = plain(facts.title) if facts.title else _UNTITLED()
    return title, facts_line(facts, result.seed), joined([status, *more], " "), left or _EVERYBODY(), found, tiers


def status_lines(result: Result) -> Iterator[Said]:
    """What is known at the end, and what ended the search early."""
    if result.bends is not None:
        yield (BENT if result.bends.proven else BENT_SO_FAR)(total=result.bends.total, bound=result.bends.bound)
    elif result.status is Status.INFEASIBLE and not result.schedule.planned(result.instance.facts).any():
        yield NOBODY_CAN_BE()
    elif result.status is Status.UNKNOWN and result.stopped in _NOT_YET:
        yield NOT_PLANNED()
    else:
        yield STATUS_WORDS[result.status]()
    if result.stopped is not None:
        yield STOPPED_WORDS[result.stopped]()


def unplanned(result: Result) -> Said | None:
    """How many people were left out; None where nobody was."""
    left = result.schedule.unplanned
    if left is None or not left.any():
        return None
    return UNPLANNED(count=int(left.any(axis=1).sum()), people=result.instance.facts.num_people)


def tiers_text(tiers: Iterable[Tier], *, words: bool = False) -> Said:
    """Every tier with its value, by its name in files or in `words`; where it is not proven, how far the bound is."""
    return joined(_tier(tier, tier_said(tier.name) if words else plain(tier.name)) for tier in tiers)


def _tier(tier: Tier, name: Said) -> Said:
    if tier.proven:
        return _TIER(name=name, value=tier.value)
    if tier.value == tier.bound:
        return _CONDITIONAL(name=name, value=tier.value)
    return _OPEN_TIER(name=name, value=tier.value, gap=tier.value - tier.bound)


def verdict(result: Result) -> tuple[Said, bool]:
    """The last sentence about a result, with the exit code, and whether all is well."""
    if result.status is Status.INFEASIBLE and (result.bends is None or unplanned(result)):
        return _NO_PLAN(), False
    if result.status is Status.UNKNOWN:
        return _NOT_YET.get(result.stopped, _NO_TIME)(), False
    return _kept(result.findings) or (_KEPT(), True)


def verdict_of_audit(report: Report, *, refuted: bool) -> tuple[Said, bool]:
    """The same about a schedule that was audited; `refuted` where something that is claimed about it does not hold."""
    if bad := _kept(report.findings):
        return bad
    if refuted:
        return _REFUTED(), False
    unplaced = int(report.schedule.unplaced(report.facts).sum())
    return (_UNPLACED(count=unplaced), False) if unplaced else (_KEPT(), True)


def _kept(findings: Sequence[Finding]) -> tuple[Said, bool] | None:
    """What is to be said where rules are broken."""
    broken = sum(finding.strength is Strength.MUST for finding in findings)
    return (_BROKEN(count=broken), False) if broken else None


def holidays(facts: Facts) -> Said | None:
    """Every holiday of the horizon on a day that a calendar in use would work or call, with its name; None where there is none."""
    calendars = [facts.calendars[name] for name in facts.postings.calendar.words]
    found = [said for day in facts.dates if (said := _holiday(day, calendars)) is not None]
    if not found:
        return None
    days, rest = joined(found[:MOST_HOLIDAYS]), len(found) - MOST_HOLIDAYS
    return _MORE_HOLIDAYS(days=days, rest=rest) if rest > 0 else _HOLIDAYS(days=days)


def _holiday(day: dt.date, calendars: list[Calendar]) -> Said | None:
    """The day, in brackets its name and the calendars that have it where others do not; None where it is a holiday of none."""
    usual = [calendar for calendar in calendars if calendar.usual(day) is not DayKind.NONE]
    resting = [calendar for calendar in usual if day in calendar.holidays]
    if not resting:
        return None
    notes = [calendar.names[day] for calendar in resting if day in calendar.names][:1]
    if len(resting) < len(usual):
        notes.append(_CALENDARS(names=", ".join(calendar.name for calendar in resting)))
    said = both(day_with_month, day)
    return _NOTED(day=said, notes=joined(notes, "; ")) if notes else said


@dataclass(frozen=True)
class Headline:
    """What stands beside the status.

    Parameters
    ----------
    shortfalls
        Findings about something that was asked for and that the facts leave no room for.
    told
        Units that stand empty; soft floors that found no room, one sentence for all days of a unit, unless the unit is told for these days
        already; whoever carries all the duty.
    """

    shortfalls: int
    told: tuple[Said, ...]


def headline(facts: Facts, findings: Sequence[Finding]) -> Headline:
    """The headline of the findings of a plan."""
    first = [finding for finding in findings if finding.told is Told.HEADLINE]
    places, people = ([finding for finding in first if bool(finding.people) is personal] for personal in (False, True))
    told = [*(f.said for f in places), *_unstaffed(facts, places, findings), *(f.said for f in people)]
    return Headline(sum(finding.told is Told.SHORTFALL for finding in findings), tuple(told))


def _unstaffed(facts: Facts, empty: Sequence[Finding], findings: Sequence[Finding]) -> Iterator[Said]:
    places = {(finding.unit, day) for finding in empty for day in finding.days}
    missed: dict[tuple[str, int], set[int]] = {}
    for finding in findings:
        if finding.strength is Strength.SHOULD and finding.tier == STAFFED:
            open_ = {day for day in finding.days if (finding.unit, day) not in places}
            missed.setdefault((finding.rule, finding.unit), set()).update(open_)
    for (rule, unit), days in missed.items():
        if days:
            name = EVERYBODY() if unit == NO_UNIT else plain(facts.units.names[unit])
            yield UNSTAFFED(unit=name, rule=plain(rule), days=days_text(facts, sorted(days)))
