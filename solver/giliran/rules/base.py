"""What every rule and goal can do: mean, compile, audit and describe itself, and answer small questions of other rules."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import ALL_DAYS, DateRange, Days, Model, Selection, Weight
from giliran.errors import InputError, Problem, Where
from giliran.messages import Percent, Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.answers import CostUnit
from giliran.rules.edits import Edit, words
from giliran.text.model_errors import problems_of

if TYPE_CHECKING:
    from giliran.rules.answers import Aim, Apart, Changed, Convened, Counts, Duty, Fairness, Fixes, Lift, Limit, Serving, Standing
    from giliran.rules.groups import Grouping
    from giliran.rules.view import View


RELAXATIONS = "relaxations"
"""The tier of every `should` rule that names none."""

STAFFED = "staffed"
"""The tier of rules by which no unit stands empty and somebody responsible is there."""

MISSED_MORE = Sentence(
    en="rules that should hold missed by {count} more", id="aturan yang sebaiknya dipenuhi terlewat {count} lebih banyak"
)
MISSED_LESS = Sentence(
    en="rules that should hold missed less, by {count}", id="aturan yang sebaiknya dipenuhi terlewat {count} lebih sedikit"
)

RULE_TIER_WORDS: dict[str, Sentence] = {
    RELAXATIONS: Sentence(en="rules that only should hold", id="aturan yang sebaiknya dipenuhi"),
    STAFFED: Sentence(en="units with nobody in charge", id="unit kerja tanpa pejabat atau pegawai"),
}
"""What their costs are called."""

RULE_TIERS: tuple[tuple[str, int], ...] = ((RELAXATIONS, 0), (STAFFED, 5))
"""Default tiers that rules own, with their ranks; they come before those of all goals."""


DEARER = 10
"""How much more it costs to bend a rule of one authority than one of the authority below it."""


class Authority(StrEnum):
    """Who may change a rule, weakest first."""

    OWN = "own"
    AGENCY = "agency"
    REGENCY = "regency"
    PROVINCE = "province"
    NATIONAL = "national"

    @property
    def bend(self) -> int:
        """What it costs to miss one of its rules by one: 1 for an own rule, ten times as much from each authority to the next."""
        return int(DEARER ** list(Authority).index(self))


class Source(Model):
    """Where a rule was read: row of the circular, the report it was read in, and the words."""

    row: str = ""
    via: str = ""
    quote: str = ""


class Statement(Model):
    """What rules and goals have in common.

    Parameters
    ----------
    id
        `own/…`, `<circular>/…` or `facts/…`; empty for an own one that is given a free id when an instance is built.
    applies_to
        Whom it means; everybody when left out. Fields, all of which must hold: `units`, `levels`, `unit_tags`, `sectors`, `functions`,
        `ranks`, `statuses`, `tags`, `heads` (of units of these levels), `older_than` (years of age on the first day, by birth date or
        NIP), `ids`, and `except` with the same. A list means any of several.
    days
        On which days: `dates` (single ones, or `{from, to}`), `weekdays` (`mon` to `sun`), `conditions` (name and value), and `except`
        with the same; call days only where they are named.
    in_force
        Dates between which its circular is in force here; the whole horizon when None.
    yields_to
        Ids of statements whose cells are not meant by this one: goals that replace it there. Set when an instance is built.
    """

    public: ClassVar[bool] = True
    """Listed by `giliran rules`; facts that behave like rules are not."""

    summary: ClassVar[Sentence]
    """What the kind asks for, in one sentence; in English the first line of its docstring. Every public kind has its own."""

    example: ClassVar[Mapping[str, Any]]
    """Fields of a small statement that shows what the kind is for, as a file writes them; every public kind has its own.

    `giliran rules` and the JSON Schema show it; the tests of every kind and random instances are made from it, so it names no person
    and no unit. "Kept" and "Broken" of the docstring are about it.
    """

    on_call_days: ClassVar[bool] = False
    """Means call days too where `days` say nothing; rules reach call days only where `days` name them."""

    kind: str
    id: str = ""
    source: Source = Source()
    authority: Authority = Authority.OWN
    applies_to: Selection | None = None
    days: Days = ALL_DAYS
    in_force: DateRange | None = None
    yields_to: tuple[str, ...] = ()

    if not TYPE_CHECKING:  # type checkers know the fields

        def __init__(self, **fields: Any) -> None:
            try:
                super().__init__(**fields)
            except ValidationError as error:
                raise InputError(problems_of(error, lambda path: Where(field=".".join(map(str, path))), type(self), fields)) from None

        __init__.__pydantic_base_init__ = True  # what is read from files does not come by here: its problems have places in them

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def secret(self) -> bool:
        """Whether nobody is told what this asks for, and of whom; `describe` tells nothing of it then."""
        return False

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """Statements of this kind that hold although nobody wrote them: absences, pins, meetings."""
        return []

    @classmethod
    def unasked(cls, facts: Facts) -> Said | None:
        """What to tell where the facts speak of this kind and nothing of it is written; None where they do not."""
        return None

    @abstractmethod
    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Add what this means to the program."""

    @abstractmethod
    def describe(self, view: View) -> Said:
        """The rule in one sentence, with its numbers."""

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """One occurrence of this, as rows name it, in words: "Bidang Anggaran, Tuesday 13 July: 25 % × 30 = 7.5 → at most 7"."""
        return self.describe(view)

    def tier_names(self) -> tuple[str, ...]:
        """Names of the tiers in which this may cost something."""
        return ()

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """For each of `tier_names` what a unit of cost means there; several where this counts several things in one tier."""
        yield from ()

    def problems(self, view: View) -> Iterator[Problem]:
        """What is wrong with this statement on these facts; none by default."""
        yield from ()

    def reaches(self, view: View) -> CellSet:
        """Cells of the people whom this means, absent or not: of a kind with a list of people, of those alone."""
        return view.cell_set(self)

    def fixes(self, view: View) -> Fixes | None:
        """Cells that this rule, being about the person, fixes on given dates; None if it fixes none."""
        return None

    def apart(self, view: View) -> Apart | None:
        """Cohorts that this keeps apart, absent people included; None if it keeps none apart."""
        return None

    def kept_places(self, view: View) -> Standing | None:
        """Present cells whose place stands on frozen days, whatever other rules say about them; None if this keeps none."""
        return None

    def limits(self, view: View) -> Sequence[Limit]:
        """Bounds on how many people of a group are in the office."""
        return ()

    def duties(self, view: View) -> Duty | None:
        """Who may be named for what duty; None if this is no duty rule."""
        return None

    def duties_apart(self, view: View) -> Duty | None:
        """The duty before any cap changed it; it may not depend on any limit."""
        return self.duties(view)

    def raises(self, view: View) -> Duty | None:
        """The duty whose needs caps must make room for by rising; it may not depend on any limit."""
        return None

    def formed_teams(self, view: View, schedule: Schedule, order: NDArray[np.int64]) -> NDArray[np.int16] | None:
        """Teams that fit the places of a schedule, counted from 1 : int16[E]; None if this forms no teams.

        Whoever fits several is put into one of them in the order of `order`, people by lottery : int64[E].
        """
        return None

    def serving(self, view: View, schedule: Schedule) -> Sequence[Serving]:
        """Whom of those with a place a schedule names for which duty group, by day; nothing where it says nothing about this rule."""
        return ()

    def convened(self, view: View, schedule: Schedule) -> Sequence[Convened]:
        """The days on which a schedule has the meetings whose day this leaves to the plan."""
        return ()

    def grouping(self, view: View) -> Grouping | None:
        """Whom this wants in groups, and whom no group takes; None if it forms no groups."""
        return None

    def lifts(self, view: View) -> Lift | None:
        """People whom this takes out of the caps that it names."""
        return None

    def needs_office(self, view: View) -> CellSet | None:
        """Cells of people of whom this wants some days in the office, absent or not, beside what its limits ask for."""
        return None

    def aim(self, view: View) -> Aim | None:
        """Cells that this wants in the office, or at home."""
        return None

    def counts_changes(self) -> Changed | None:
        """What this counts of changes against the published plan, of everybody and nothing else; None if it counts no such thing."""
        return None

    def eased(self, by: int, unit: str = "") -> Mapping[str, Self]:
        """The same with one of its numbers `by` people, or days, looser in every group and window; tighter where `by` is negative.

        By the field that says the number: a limit of 25 % that gives 7 people gives 8. In the groups of one unit alone where its id is
        given. Numbers that cannot go so far are left out; empty for what has no number.
        """
        return {}

    def limited(self, amount: int | Percent, field: str) -> Self | None:
        """The same with another number in a field that `eased` names, or a share in its place; None where there can be no such number."""
        return None

    def keeps(self) -> str | None:
        """Name of the ledger account whose balances this looks at; None if it looks at none."""
        return None

    def in_vain(self, facts: Facts) -> bool:
        """Whether this looks at published places, and nothing is published inside the horizon."""
        return False

    def fairness(self, view: View, schedule: Schedule) -> Fairness | None:
        """Burden and fair share of everybody, if this goal keeps such an account."""
        return None

    def loads(self, view: View) -> Counts | None:
        """Load expected at each cell that such an account counts, in thousandths of a day : int64[E, D]; 0 elsewhere."""
        return None

    def finding(self, strength: Strength, amount: int, said: Said, **place: Any) -> Finding:
        """A finding of this statement; `place` is `unit`, `days`, `people`, `tier`, `cost`."""
        return Finding(rule=self.id, kind=self.kind, strength=strength, amount=amount, said=said, row=self.source.row, **place)


class Rule(Statement):
    """A statement that must hold, or should: then each unit of violation costs `weight` in `tier`.

    Parameters
    ----------
    strength
        `must` or `should`.
    tier
        Tier of a `should` rule, `relaxations` when left out: a default tier, of a goal in use or not, or one listed under `tiers`.
    weight
        Positive integer.
    """

    missed: ClassVar[tuple[Sentence, Sentence]] = (MISSED_MORE, MISSED_LESS)
    """So many more, or less, of what the amounts of findings count, in words with the place `count`."""

    strength: Literal[Strength.MUST, Strength.SHOULD] = Strength.MUST
    tier: str | None = None
    weight: Weight = 1

    @property
    def binds_the_past(self) -> bool:
        """Whether a schedule that misses this is wrong on frozen days too, where other rules are told as notes about the past."""
        return False

    def tier_names(self) -> tuple[str, ...]:
        """The tier of a `should` rule."""
        return (self.tier or RELAXATIONS,) if self.strength is Strength.SHOULD else ()

    def cost_units(self) -> Iterator[tuple[str, CostUnit]]:
        """What a `should` rule counts where it is missed."""
        if self.strength is Strength.SHOULD:
            yield self.tier or RELAXATIONS, CostUnit(self.weight, *self.missed)

    def finding(self, strength: Strength, amount: int, said: Said, **place: Any) -> Finding:
        """A finding of this rule; a `SHOULD` finding costs `amount` times the weight in the rule's tier."""
        if strength is Strength.SHOULD:
            place = {"tier": self.tier or RELAXATIONS, "cost": amount * self.weight, **place}
        return super().finding(strength, amount, said, **place)

    def edits(self, view: View) -> Iterator[Edit]:
        """Ways in which this could ask for less, milder ones first; the last of all is that it only should hold."""
        yield words("strength", self.strength, Strength.SHOULD)

    @abstractmethod
    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Where the schedule misses this rule, by how much, and what else must be told.

        A missed `must` rule gives `MUST` findings, a missed `should` rule `SHOULD` findings whose amounts add up to its cost (before
        its weight). Occurrences with cells that are not planned are skipped.
        """


class Goal(Statement):
    """A cost in a tier, never an obligation.

    Parameters
    ----------
    tier
        Where it counts; the kind's own tier when left out.
    weight
        Positive integer; matters when several goals share a tier.
    """

    own_tiers: ClassVar[tuple[tuple[str, int], ...]]
    """Names of the kind's own tiers, the first being its default, with their usual ranks in the default order, smaller first."""

    tier_words: ClassVar[Mapping[str, Sentence]]
    """What the costs in each of these tiers are called."""

    tier: str | None = None
    weight: Weight = 1

    @classmethod
    def ranks(cls, facts: Facts) -> Mapping[str, int]:
        """Ranks of the kind's own tiers where it is in use on these facts."""
        return dict(cls.own_tiers)

    @property
    def tier_name(self) -> str:
        """The tier that the goal costs in first of all."""
        return self.tier or self.own_tiers[0][0]

    def tier_names(self) -> tuple[str, ...]:
        """Every tier of the goal."""
        return (self.tier_name,)

    @abstractmethod
    def values(self, view: View, schedule: Schedule) -> Mapping[str, int]:
        """The cost of a schedule by the name of the tier it goes to, weights of the goal included; what is not planned costs nothing."""

    def notes(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """What must be told about this goal."""
        yield from ()
