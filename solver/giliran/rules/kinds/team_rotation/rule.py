"""Teams that take turns in the office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from giliran.domain.cell_set import CellSet
from giliran.domain.facts import NO_TEAM, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Date, Key
from giliran.domain.units import NO_UNIT
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, plain
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes
from giliran.rules.base import Rule
from giliran.rules.edits import Edit
from giliran.rules.groups import WHOLE, WHOLE_SELECTION, Grouping, Per, grouping, unit_map
from giliran.rules.kinds.team_rotation.findings import (
    AWAY_ON_TURN,
    FOLLOWS,
    HOME_ONLY,
    IN_OFF_TURN,
    compile_teams,
    team_findings,
    team_notes,
)
from giliran.rules.kinds.team_rotation.forming import OPEN, Forming, form
from giliran.rules.kinds.team_rotation.turns import Length, Turn, Turns, steps, teams_found
from giliran.rules.toolkit.personal import IN_OFFICE, each, name_of, names_text, outranked, place_text, spot
from giliran.rules.view import View
from giliran.text import TextError

TEAMLESS = Sentence(
    en="people without a team of this rotation ({number}): {people}",
    id="pegawai tanpa tim dalam pergiliran ini ({number} orang): {people}",
)
GIVE_TEAM = Sentence(
    en="Fill in `team` in the staff table, or take these people out under `except`.",
    id="Isi kolom `team` pada daftar pegawai, atau keluarkan mereka lewat `except`.",
)
OTHER_NUMBER = Sentence(
    en="{group} has the teams {found}, not {number} of them",
    id="{group} mempunyai tim {found}, bukan {number} tim",
)
ONLY_MUST = Sentence(
    en="teams can only be formed for a rotation that must hold",
    id="tim hanya dapat dibentukkan untuk pergiliran yang wajib dipatuhi",
)
LEAVE_MUST = Sentence(
    en="Leave `strength` out, or give the teams in the staff table and leave `choose_teams` out.",
    id="Hapus `strength`, atau isi kolom `team` pada daftar pegawai dan hapus `choose_teams`.",
)
TWO_TEAMS = Sentence(en="a rotation needs at least two different teams", id="pergiliran memerlukan paling sedikit dua tim yang berbeda")
TURN = Sentence(en="{person} (team {team}), {day}: {place}", id="{person} (tim {team}), {day}: {place}")
NAMED = Sentence(
    en="The teams {teams} take turns in the office by {turn}, {first} from {anchor}; the others are at home.",
    id="Tim {teams} bergantian WFO per {turn}, dimulai {first} pada {anchor}; yang lain WFH.",
)
NUMBERED = Sentence(
    en="{number} teams take turns in the office by {turn} from {anchor}, in alphabetical order; the others are at home.",
    id="{number} tim bergantian WFO per {turn} mulai {anchor}, menurut abjad; yang lain WFH.",
)
EQUAL = Sentence(
    en="{number} teams of equal size, formed by the plan, take turns in the office by {turn} from {anchor}; the others are at home.",
    id="{number} tim yang sama besar, dibentuk dalam jadwal, bergantian WFO per {turn} mulai {anchor}; yang lain WFH.",
)
MOST_TEAMS = 1_000
FEWEST_TEAMS = 2
"""A single team would have nobody to take turns with."""


class TeamRotation(Rule):
    """Teams take turns: the one on turn is in the office, the others are at home.

    Parameters
    ----------
    teams
        Names of the teams in the order of their turns; or their number: then the names are those in the staff table, group by group,
        in alphabetical order.
    choose_teams
        Form the teams, equal in size ±1 in each group; they are written to the schedule, and kept where a published plan has them.
    turn
        `day`: working days of the person's calendar; `{working_days: n}`: so many of them, one such turn beginning on the anchor; `week`
        and `fortnight` begin on Mondays.
    anchor
        A date on which the first team is on turn.
    per
        Groups that rotate by themselves: `whole`, `leaf`, a level, or several levels.

    Notes
    -----
    Meaning: people of the team on turn are in the office, people of the others at home. Given teams fix cells, so nobody's fairness
    counts them; teams that are formed leave them free. Home-only people stay at home, with a note, and are put into no team. A group is
    that of the first day on which the rule means the person; newcomers fill the smallest teams.
    Working days are counted by the calendar alone: nobody's absence or part-time makes a turn longer.
    Formula: ``x[i, d] = 1`` if ``steps(anchor, d) mod teams = team[i]``, else ``0``. Teams that are formed:
    ``x[i, d] = t[i, steps(anchor, d) mod teams]``, ``Σ_k t[i, k] = 1``, ``⌊n / teams⌋ ≤ Σ_i t[i, k] ≤ ⌈n / teams⌉``.
    Source: Inmendagri 14/2021 ("secara bergantian"), behind SE Bupati Tulang Bawang Barat 045.2/148/I.09/2021 (29 June 2021), row T1.

    Kept: A of the first team and B of the second, teams `1 2`, take turns by day: `10101 01010`.
    Broken by 1: `10101 01011`.
    Kept: turns of two working days, with `turn: {working_days: 2}`, teams `1 2`: `11001 00110`.
    Broken by 1: `11001 00111`.
    """

    summary: ClassVar[Sentence] = Sentence(
        en="Teams take turns: the one on turn is in the office, the others are at home.",
        id="Tim bergantian WFO: satu tim WFO pada gilirannya, tim lain WFH.",
    )
    example: ClassVar[Mapping[str, Any]] = {"teams": 2, "turn": "day", "anchor": "2021-07-12"}

    kind: Literal["team_rotation"] = "team_rotation"
    teams: Annotated[int, Field(ge=FEWEST_TEAMS, le=MOST_TEAMS)] | tuple[Key, ...]
    choose_teams: bool = False
    turn: Length = Turn.WEEK
    anchor: Date
    per: Per = WHOLE

    @model_validator(mode="after")
    def _two_teams(self) -> TeamRotation:
        if isinstance(self.teams, tuple) and (len(self.teams) < FEWEST_TEAMS or len(set(self.teams)) != len(self.teams)):
            raise TextError(TWO_TEAMS())
        if self.choose_teams and self.strength is Strength.SHOULD:
            raise TextError(ONLY_MUST(), LEAVE_MUST())
        return self

    @property
    def _number(self) -> int:
        return len(self.teams) if isinstance(self.teams, tuple) else self.teams

    @property
    def _names(self) -> tuple[str, ...]:
        return self.teams if isinstance(self.teams, tuple) else tuple(str(k + 1) for k in range(self.teams))

    @property
    def binds_the_past(self) -> bool:
        """Where teams are formed, the places of frozen days say who is in which."""
        return self.choose_teams

    # -- whose turn ----------------------------------------------------------------------------------------------------------------

    def _turns(self, view: View) -> Turns:
        facts = view.facts
        meant = view.cells(self)
        group = unit_map(facts, self.per)[facts.unit]
        meant = meant & (group != NO_UNIT)
        code = facts.postings.team.code[facts.posting]
        found = {} if isinstance(self.teams, tuple) else teams_found(facts, meant, group, code)
        place = np.full(facts.shape, -1, dtype=np.int64)
        if isinstance(self.teams, tuple):
            order = {name: k for k, name in enumerate(self.teams)}
            table = np.array([*(order.get(word, -1) for word in facts.postings.team.words), -1], dtype=np.int64)
            place = np.where(meant, table[code], -1)
        for unit, names in found.items():
            table = np.array([*(names.index(word) if word in names else -1 for word in facts.postings.team.words), -1], dtype=np.int64)
            place = np.where(meant & (group == unit), table[code], place)
        cells = place >= 0
        return Turns(cells, cells & (steps(facts, self.turn, self.anchor) % self._number == place), meant & ~cells, found)

    def fixes(self, view: View) -> Fixes | None:
        """Cells of all teams, absent people included."""
        if self.choose_teams:
            return None
        turns = self._turns(view)
        return Fixes(CellSet.whole(turns.on_turn), CellSet.whole(turns.cells & ~turns.on_turn))

    def _forming(self, view: View) -> Forming:
        """Who is to be put into teams, if the rule forms them."""

        def build() -> Forming:
            published = view.facts.published_team.get(self.id)
            return form(
                view.facts, view.cells(self), self.per, steps(view.facts, self.turn, self.anchor) % self._number, self._number, published
            )

        return view.once((self.id, "forming"), build)

    def needs_office(self, view: View) -> CellSet | None:
        """Cells of people who will be put into teams: each of them comes when the team is on turn."""
        return CellSet.whole(self._forming(view).cells) if self.choose_teams else None

    def formed_teams(self, view: View, schedule: Schedule, order: NDArray[np.int64]) -> NDArray[np.int16] | None:
        """Teams that fit the places; nobody's in groups without a plan."""
        if not self.choose_teams or not len(self._forming(view).people):
            return None
        forming = self._forming(view)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        team = forming.fill(schedule.office, rank)
        known = (team != OPEN) & forming.planned(schedule)[forming.group]
        found = np.full(view.facts.num_people, NO_TEAM, dtype=np.int16)
        found[forming.people[known]] = team[known] + 1
        return found

    def problems(self, view: View) -> Iterator[Problem]:
        """People without a team, and groups with another number of teams."""
        if self.choose_teams:
            return
        facts, turns = view.facts, self._turns(view)
        people = np.flatnonzero(turns.teamless.any(axis=1)).tolist()
        if people:
            said = TEAMLESS(number=len(people), people=names_text(facts, people))
            yield Problem(Where(field=f"{self.id}.teams"), said, GIVE_TEAM())
        for unit, names in turns.found.items():
            if len(names) != self.teams:
                group = WHOLE_SELECTION() if self.per == WHOLE else plain(facts.units[unit].name)
                yield Problem(Where(field=f"{self.id}.teams"), OTHER_NUMBER(group=group, found=list(names) or "–", number=self.teams))

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or a charge for each that is elsewhere; columns for teams that are formed."""
        if self.choose_teams:
            compile_teams(self, self._forming(view), out)
            return
        facts, turns = view.facts, self._turns(view)
        office = turns.on_turn & facts.present & ~facts.home_only
        away = turns.cells & ~turns.on_turn & facts.present
        out.place(view.cost(self), office=office, away=away)

    def grouping(self, view: View) -> Grouping:
        """People of the rule, and those of them who take no turns."""
        return grouping(view.facts, self.per, view.cell_set(self))

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody who is not where the turn of the team says."""
        if self.choose_teams:
            yield from self._audit_formed(view, schedule)
        else:
            yield from self._audit_given(view, schedule)

    def _audit_given(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        facts, turns = view.facts, self._turns(view)
        wrong = turns.cells & schedule.planned(facts) & (schedule.office != turns.on_turn)
        for e, d in each(wrong & ~(turns.on_turn & facts.home_only)):
            said = {"person": name_of(facts, e), "day": facts.dates[d], "team": _team(facts, e, d)}
            sentence = AWAY_ON_TURN if turns.on_turn[e, d] else IN_OFF_TURN
            told = sentence(place=place_text(schedule.place[e, d]), **said)
            yield self.finding(self.strength, 1, told, **spot(facts, e, d))
        for number, told, where in outranked(facts, turns.on_turn):
            yield self.finding(Strength.NOTE, number, told, **where)

    def _audit_formed(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        facts, forming, written = view.facts, self._forming(view), schedule.team.get(self.id)
        names = self._names
        for amount, said, where in team_findings(facts, forming, schedule, written, names):
            yield self.finding(Strength.MUST, amount, said, **where)
        if written is not None:
            for amount, said, where in team_notes(facts, forming, schedule, written, names):
                yield self.finding(Strength.NOTE, amount, said, **where)
        always_home = np.flatnonzero((view.cells(self) & facts.home_only).any(axis=1))
        people = np.setdiff1d(always_home, forming.people).tolist()
        if people:
            told = HOME_ONLY(number=len(people), people=names_text(facts, people))
            yield self.finding(Strength.NOTE, len(people), told, people=tuple(people))

    def edits(self, view: View) -> Iterator[Edit]:
        """A wish in place of an order, where teams are given."""
        if not self.choose_teams:
            yield from super().edits(view)

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """Where one person's team is on one day."""
        facts = view.facts
        if self.choose_teams and person >= 0 and day >= 0:
            team = self._names[self._forming(view).on_turn[person, day]]
            return FOLLOWS(person=name_of(facts, person), day=facts.dates[day], team=team)
        if person < 0 or day < 0 or self.choose_teams:
            return self.describe(view)
        place = IN_OFFICE() if self._turns(view).on_turn[person, day] else place_text(facts.resting_place[person, day])
        return TURN(person=name_of(facts, person), team=_team(facts, person, day), day=facts.dates[day], place=place)

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        turn = self.turn.text
        if self.choose_teams:
            return EQUAL(number=self._number, turn=turn, anchor=self.anchor)
        if isinstance(self.teams, tuple):
            return NAMED(teams=list(self.teams), turn=turn, first=self.teams[0], anchor=self.anchor)
        return NUMBERED(number=self.teams, turn=turn, anchor=self.anchor)


def _team(facts: Facts, e: int, d: int) -> Said:
    code = int(facts.postings.team.code[facts.posting[e, d]])
    return plain(facts.postings.team.words[code] if code >= 0 else "–")
