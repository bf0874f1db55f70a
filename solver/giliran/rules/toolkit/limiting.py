"""What the four limiting kinds (cap, floor, home cap, share) have in common: rows, counts and sentences about limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from giliran.domain.facts import Facts
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.words import level_said
from giliran.messages import Percent, Said, Sentence, plain
from giliran.program import INFINITE, Cost, Ints, ProgramBuilder
from giliran.rules.answers import NO_SHARE, Counts, Limit, Sense, Side
from giliran.rules.base import Statement
from giliran.rules.groups import LEAF, WHOLE
from giliran.rules.toolkit.counting import LIMIT, Counted, ShareTable, Tally, sum_text
from giliran.rules.toolkit.easing import eased_text

AT_MOST = Sentence(
    en="{sum}at most {office} in the office, at least {home} at home",
    id="{sum}paling banyak {office} WFO, paling sedikit {home} WFH",
)
AT_LEAST = Sentence(
    en="{sum}at least {office} in the office, at most {home} at home",
    id="{sum}paling sedikit {office} WFO, paling banyak {home} WFH",
)
AT_MOST_AWAY = Sentence(en="{sum}at most {home} at home", id="{sum}paling banyak {home} WFH")
AT_LEAST_AWAY = Sentence(en="{sum}at least {home} at home", id="{sum}paling sedikit {home} WFH")
AT_MOST_THERE = Sentence(en="{sum}at most {office} in the office", id="{sum}paling banyak {office} WFO")
AT_LEAST_THERE = Sentence(en="{sum}at least {office} in the office", id="{sum}paling sedikit {office} WFO")
EXACTLY = Sentence(
    en="{sum}{office} in the office, {home} at home",
    id="{sum}{office} WFO, {home} WFH",
)
BETWEEN = Sentence(
    en="{sum}{least} to {most} in the office",
    id="{sum}{least} sampai {most} WFO",
)
OCCURRENCE = Sentence(en="{group}, {day}: {limit}", id="{group}, {day}: {limit}")
ARROW = Sentence(en="{sum} → ", id="{sum} → ")

PER_WHOLE = Sentence(en="of everybody concerned", id="dari semua pegawai yang dimaksud")
PER_LEAF = Sentence(en="in every unit", id="di setiap unit kerja")
PER_LEVEL = Sentence(en="per {levels}", id="per {levels}")
BY_CONDITION = Sentence(en="a share by {condition}", id="persentase menurut {condition}")


SHARE = "share"
C = TypeVar("C", bound=Counted)


@dataclass(frozen=True)
class Headcount:
    """The counted people of one group and day, in the office and at home."""

    group: int
    day: int
    office: int
    home: int


def limit_of(
    rule: Any,
    counts: Tally,
    number: Counts,
    *,
    side: Side,
    sense: Sense,
    least: Counts | None = None,
    most: Counts | None = None,
    relaxed: Counts | None = None,
    exempt: Iterable[str] = (),
) -> Limit:
    """The limit of a rule with the fields of `Counted`: whom it counts, and how many of them may be, or must be, in the office.

    Parameters
    ----------
    number
        People as the rule says it, on its own side : int64[G, D].
    least, most
        Bounds on people in the office, none where None : int64[G, D].
    relaxed
        The second, higher limit, `most` itself where None : int64[G, D].
    exempt
        Ids of duty rules whose officers are not counted.
    """
    upper = number_table(INFINITE, number) if most is None else most
    return Limit(
        rule=rule.id,
        groups=counts.groups,
        counted=counts.counted,
        active=counts.active,
        least=number_table(-INFINITE, number) if least is None else least,
        most=upper,
        side=side,
        sense=sense,
        number=number,
        size=counts.size if rule.share is not None else counts.groups.count(counts.counted),
        share=counts.share,
        relaxed=upper if relaxed is None else relaxed,
        must=rule.strength is Strength.MUST,
        exempt=frozenset(exempt),
        eased=counts.eased if counts.eased.any() else None,
    )


def limit_rows(
    limit: Limit, owner: Statement, out: ProgramBuilder, *, cost: Cost | None, least: Counts | None = None, most: Counts | None = None
) -> None:
    """One row per group and day: the counted people in the office lie between `least` and `most`, as far as there are any."""
    group, day, size, col = limit.groups.columns(limit.counted)
    lo = np.full_like(group, -INFINITE) if least is None else least[group, day]
    hi = np.full_like(group, INFINITE) if most is None else most[group, day]
    keep = limit.active[group, day] & ((lo > -INFINITE) | (hi < INFINITE))
    wanted = np.repeat(keep, size)
    out.rows(owner, size[keep], col[wanted], lo=lo[keep], hi=hi[keep], cost=cost, group=group[keep], day=day[keep])


def headcounts(limit: Limit, schedule: Schedule, least: Counts | None = None) -> Iterator[Headcount]:
    """Headcounts of the occurrences that a limit reaches and that are planned to the last cell.

    Parameters
    ----------
    least
        Fewest people in the office of occurrences that matter, all when None : int64[G, D].
    """
    counted, place = limit.counted, limit.counted.of(schedule.place)
    office, home, open_ = (
        limit.groups.count(counted.where(there)) for there in (place == Place.OFFICE, place == Place.HOME, place == Place.NONE)
    )
    wanted = limit.active & (open_ == 0)
    if least is not None:
        wanted &= office >= least
    for group, day in np.argwhere(wanted).tolist():
        yield Headcount(group, day, int(office[group, day]), int(home[group, day]))


def limit_text(limit: Limit, group: int, day: int) -> Said:
    """A limit with the sum that gives it, in people in the office and at home; those at home are present, not merely assigned."""
    people = len(limit.people(group, day))
    number = int(limit.number[group, day])
    total = _sum(limit, group, day)
    if limit.sense is Sense.EXACT:
        least, most = int(limit.least[group, day]), int(limit.most[group, day])
        if least != most:
            return BETWEEN(sum=total, least=least, most=most)
        return EXACTLY(sum=total, office=least, home=max(people - least, 0))
    office, home = (number, people - number) if limit.side is Side.OFFICE else (people - number, number)
    upper = (limit.sense is Sense.MOST) == (limit.side is Side.OFFICE)
    if limit.side is Side.OFFICE and not upper and limit.share[group, day] == NO_SHARE:
        return AT_LEAST_THERE(sum=total, office=office)  # of a number, such as that of duty officers, nothing follows for those at home
    return (AT_MOST if upper else AT_LEAST)(sum=total, office=max(office, 0), home=max(home, 0))


def own_side_text(limit: Limit, group: int, day: int) -> Said:
    """The same on the side of which the rule speaks, alone."""
    if limit.sense is Sense.EXACT:
        return limit_text(limit, group, day)
    number, most = int(limit.number[group, day]), limit.sense is Sense.MOST
    if limit.side is Side.OFFICE:
        return (AT_MOST_THERE if most else AT_LEAST_THERE)(sum=_sum(limit, group, day), office=number)
    return (AT_MOST_AWAY if most else AT_LEAST_AWAY)(sum=_sum(limit, group, day), home=number)


def _sum(limit: Limit, group: int, day: int) -> Said:
    """The sum that gives a share, with an arrow; nothing of a number that was given."""
    share = int(limit.share[group, day])
    return plain("") if share == NO_SHARE else ARROW(sum=_eased(limit, sum_text(int(limit.size[group, day]), share), group, day))


def _eased(limit: Limit, said: Said, group: int, day: int) -> Said:
    by = 0 if limit.eased is None else int(limit.eased[group, day])
    return eased_text(said, by) if by else said


def limit_occurrence(limit: Limit, facts: Facts, group: int, day: int) -> Said:
    """A limit of one group and day with its sum: "Bidang Anggaran, Tuesday 13 July 2021: 25 % × 30 = 7.5 → at most 7"."""
    return OCCURRENCE(group=limit.groups.label(facts, group), day=facts.dates[day], limit=limit_text(limit, group, day))


def per_text(per: str | tuple[str, ...]) -> Said:
    """How a rule's groups are named in a sentence."""
    if per == WHOLE:
        return PER_WHOLE()
    if per == LEAF:
        return PER_LEAF()
    return PER_LEVEL(levels=[level_said(level) for level in ([per] if isinstance(per, str) else per)])


def amount_text(rule: Counted, number: int | None) -> Said:
    """The number or share of a rule as it was written."""
    if isinstance(rule.share, ShareTable):
        return rule.with_ease(BY_CONDITION(condition=rule.share.condition), LIMIT)
    return rule.with_ease(plain(number if rule.share is None else Percent(rule.share)), LIMIT)


def eased_limit(rule: C, by: int, unit: str, number: str) -> dict[str, C]:
    """What `Statement.eased` says of a rule whose limit is a share, or else a number in the field `number`."""
    field = number if rule.share is None else SHARE
    return {field: rule.stepped(LIMIT, by, unit)}


def with_limit(rule: C, amount: int | Percent, number: str) -> C:
    """The same rule with a share or a number as its limit, whichever it had."""
    if isinstance(amount, Percent):
        return rule.model_copy(update={SHARE: amount.basis_points, number: None})
    return rule.model_copy(update={number: amount, SHARE: None, "base": None})


def place_of(limit: Limit, facts: Facts, count: Headcount) -> dict[str, object]:
    """Where a finding about an occurrence is: its unit and day, on frozen days its cells, for `Statement.finding`."""
    group, day = count.group, count.day
    place: dict[str, object] = {"unit": int(limit.groups.unit[group]), "days": (day,)}
    if facts.frozen_days[day]:
        place["cells"] = tuple((e, day) for e in limit.people(group, day).tolist())
    return place


def number_table(value: int, like: Ints) -> Counts:
    """One number for every group and day."""
    return np.full(like.shape, value, dtype=np.int64)
