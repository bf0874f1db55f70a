"""Days in the office shared fairly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field

from giliran.domain.facts import THOUSANDTHS, Cells
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Days, Number
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, few, plain
from giliran.program import ProgramBuilder
from giliran.rules.answers import CostUnit, Counts, Fairness
from giliran.rules.base import Goal
from giliran.rules.groups import LEAF, WHOLE
from giliran.rules.kinds.fair_share.loads import FairShares, expected_loads, fair_shares, unreached
from giliran.rules.kinds.fair_share.peers import AUTO, DUTY_UNIT, comparison_groups
from giliran.rules.view import View

SHOWN = 5
"""Units named in a question; the others are only counted."""

EMPTIED = Sentence(
    en="no aim, minimum or equality reaches these people ({people}) of {units}; fairness alone would leave all of them at home",
    id="tidak ada tujuan, batas minimum, atau jumlah tetap bagi pegawai ini ({people}) di {units}; keadilan saja akan membuat semuanya WFH",
)
WHICH_AIM = Sentence(
    en="Which is meant? Add a goal `office_target` with `aim: most_office` (as many in the office as allowed) or `aim: most_home`.",
    id="Mana yang dimaksud? Tambahkan tujuan `office_target` dengan `aim: most_office` (sebanyak mungkin WFO) atau `aim: most_home`.",
)
NO_LEVEL = Sentence(en="no unit is of level {word}", id="tidak ada unit kerja dengan tingkat {word}")
KNOWN_LEVELS = Sentence(
    en="Give `auto`, `duty_unit`, `leaf`, or levels: {levels}.",
    id="Isi `auto`, `duty_unit`, `leaf`, atau tingkat: {levels}.",
)
LESS_FAIR = Sentence(
    en="office days shared less fairly (squared differences from the fair share +{count})",
    id="hari giliran terbagi kurang adil (kuadrat selisih dari jatah +{count})",
)
MORE_FAIR = Sentence(
    en="office days shared more fairly (squared differences from the fair share −{count})",
    id="hari giliran terbagi lebih adil (kuadrat selisih dari jatah −{count})",
)
EQUALLY = Sentence(
    en="Days in the office are shared equally: as close as possible to the same number for everybody, earlier periods included.",
    id="Hari giliran WFO dibagi sama: sedekat mungkin dengan jumlah yang sama bagi setiap pegawai, termasuk dari masa sebelumnya.",
)
DESCRIBED = Sentence(
    en="Days in the office are shared fairly: everybody's days come as close as possible to a fair share, earlier periods included.",
    id="Hari giliran WFO dibagi merata: hari setiap pegawai sedekat mungkin dengan jatahnya, termasuk dari masa sebelumnya.",
)


def _levels(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Sharing(StrEnum):
    """Whether a fair share goes by the days that a person can give."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"


class FairShare(Goal):
    """Days in the office as close as possible to everybody's fair share, less or more by what earlier periods left.

    Parameters
    ----------
    count_days
        Days that count; all when left out, call days included.
    account
        Name of the ledger account that keeps the balance.
    step
        Thousandths of a day to which balance less share is rounded; smaller differences are ties.
    groups
        Whom reports compare: `auto`, `duty_unit`, `leaf`, a level or several. Changes no plan.
    share
        `proportional`: whoever has fewer counted days is asked for fewer, so that nobody is charged for days of absence. `equal`: all who
        have a counted day are asked for the same number of days, as far as they have them, be it after leave or in part-time.

    Notes
    -----
    Meaning: counted are free cells on the days that count. The fair share of a person is the sum of the loads expected there, see
    `loads.expected_loads`; with `equal` the mean of these sums, rounded half up, over all who have a counted cell, while reports and the
    ledger ask everybody of a comparison group for the same part of the days that it gave.
    Formula: ``Σ_i (1000·b_i² + 2·β_i·b_i)``, b_i the counted days in the office, β_i the balance less the fair share in thousandths of a
    day, rounded half up to `step`: up to constants ``Σ_i (1000·b_i + β_i)² / 1000``.
    Source: SE Sekda Lampung 045.2/103/VII/Posko/2021 (9 July 2021), row L14: "dilakukan pembagian kerja secara merata".

    Kept at −2000: one seat a day (`kind: office_cap, max: 1`) for two people and an office as full as allowed (`kind: office_target,
    aim: most_office`) are a fair share of 1 each, `10 01`.
    Broken by 2000: `11 00`.
    Kept at −8000: two days each with `share: equal`, although one of them is there on two of four days alone, away `.... ..aa`, planned
    `0011 11aa`.
    Kept at −6000: three and one, `1011 01aa`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Days in the office as close as possible to everybody's fair share, less or more by what earlier periods left.",
        id="Hari giliran WFO setiap pegawai sedekat mungkin dengan jatahnya, dikurangi atau ditambah saldo dari masa sebelumnya.",
    )
    example: ClassVar[Mapping[str, Any]] = {}
    own_tiers: ClassVar[tuple[tuple[str, int], ...]] = (("fair_share", 20),)
    tier_words: ClassVar[Mapping[str, Sentence]] = {"fair_share": Sentence(en="distance from fair shares", id="jarak dari jatah")}
    on_call_days: ClassVar[bool] = True

    kind: Literal["fair_share"] = "fair_share"
    count_days: Days | None = None
    account: str = Field(default="office", min_length=1)
    step: Number = Field(default=500, ge=1)
    groups: Annotated[str | tuple[str, ...], BeforeValidator(_levels)] = AUTO
    share: Sharing = Sharing.PROPORTIONAL

    def counted(self, view: View) -> Cells:
        """Free cells on the days that count : bool[E, D]."""
        cells = view.cells(self) & view.free
        return cells if self.count_days is None else cells & self.count_days.mask(view.facts)

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """Squares of the differences from the fair share, in days."""
        yield self.tier_name, CostUnit(self.weight * THOUSANDTHS, LESS_FAIR, MORE_FAIR)

    def keeps(self) -> str:
        """The account of the goal."""
        return self.account

    def shares(self, view: View) -> FairShares:
        """What this goal compares."""
        equal = self.share is Sharing.EQUAL
        return view.once((self.id, "shares"), lambda: fair_shares(view, self.counted(view), self.account, self.step, equal=equal))

    def problems(self, view: View) -> Iterator[Problem]:
        """Levels under `groups` that no unit has, and units that this goal alone would empty: their aim is asked for."""
        levels = sorted(view.facts.units.level.known)
        for word in (self.groups,) if isinstance(self.groups, str) else self.groups:
            if word not in (*levels, AUTO, DUTY_UNIT, LEAF, WHOLE):
                yield Problem(Where(field=f"{self.id}.groups"), NO_LEVEL(word=f"'{word}'"), KNOWN_LEVELS(levels=levels))
        alone = unreached(view, self.counted(view))
        if not alone.any():
            return
        units = np.unique(view.facts.unit[alone]).tolist()
        names = few([plain(view.facts.units[u].name) for u in units], SHOWN)
        yield Problem(Where(field=self.id), EMPTIED(people=int(alone.any(axis=1).sum()), units=names), WHICH_AIM())

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Squares per person: `1000·b² + 2·β·b`."""
        shares = self.shares(view)
        person, day = np.nonzero(shares.counted)
        people, size = np.unique(person, return_counts=True)
        cost = view.cost_in(self.tier_name, self.weight)
        out.squares(size, out.cell(person, day), cost, times=THOUSANDTHS, plus=2 * shares.beta[people])

    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """The sum over everybody whose counted days are all planned."""
        shares = self.shares(view)
        planned = _planned(shares.counted, schedule)
        days = _burden(shares.counted, schedule)[planned]
        total = (THOUSANDTHS * days * days + 2 * shares.beta[planned] * days).sum()
        return {self.tier_name: self.weight * int(total)}

    def fairness(self, view: View, schedule: Schedule) -> Fairness:
        """Burden, fair share and balance of everybody, and whom to compare with whom."""
        shares = self.shares(view)
        group, unit = view.once((self.id, "groups"), lambda: comparison_groups(view, shares.counted, self.groups))
        burden, equal = _burden(shares.counted, schedule), self.share is Sharing.EQUAL
        return Fairness(
            goal=self.id,
            account=self.account,
            counted=shares.counted,
            burden=burden,
            share=_means(burden, group, _planned(shares.counted, schedule)) if equal else shares.share,
            balance=shares.balance,
            group=group,
            groups_unit=unit,
            equal=equal,
        )

    def loads(self, view: View) -> Counts:
        """The loads whose sums are the fair shares, each rounded half up : int64[E, D]."""
        return expected_loads(view, self.counted(view)).thousandths(view.facts.shape)

    def describe(self, view: View) -> Said:
        """The goal in one sentence."""
        return EQUALLY() if self.share is Sharing.EQUAL else DESCRIBED()


def _planned(counted: Cells, schedule: Schedule) -> NDArray[np.bool_]:
    """People whose every counted day has a place : bool[E]."""
    return np.asarray(~(counted & (schedule.place == Place.NONE)).any(axis=1))


def _means(burden: Counts, group: Counts, planned: NDArray[np.bool_]) -> Counts:
    """The days of each comparison group in equal parts, in thousandths rounded half up, for those of it who are planned : int64[E]."""
    share, inside = np.zeros_like(burden), (group >= 0) & planned
    days, people = np.bincount(group[inside], burden[inside]).astype(np.int64), np.bincount(group[inside])
    share[inside] = ((2 * THOUSANDTHS * days + people) // np.maximum(2 * people, 1))[group[inside]]
    return share


def _burden(counted: Cells, schedule: Schedule) -> Counts:
    """Counted days of everybody in the office : int64[E]."""
    return np.asarray((counted & schedule.office).sum(axis=1), dtype=np.int64)
