"""Teams that take turns in the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, model_validator

from giliran.domain.calendar import Calendar, date_range
from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import DayKind, Strength
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Date, Word
from giliran.domain.units import NO_UNIT
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, plain
from giliran.program import ProgramBuilder
from giliran.rules.answers import Fixes
from giliran.rules.base import Rule
from giliran.rules.calendars import posting_calendars
from giliran.rules.groups import WHOLE, WHOLE_SELECTION, unit_map
from giliran.rules.personal import IN_OFFICE, each, name_of, names_text, outranked, place_text, spot
from giliran.rules.view import View
from giliran.text import TextError

AWAY_ON_TURN = Sentence(
    en="{person} is {place} on {day}, but team {team} is on turn in the office",
    id="{person} {place} pada {day}, padahal tim {team} mendapat giliran WFO",
)
IN_OFF_TURN = Sentence(
    en="{person} is in the office on {day}, but team {team} is not on turn",
    id="{person} WFO pada {day}, padahal tim {team} tidak mendapat giliran",
)
LEFT_OUT = Sentence(
    en="no unit of the levels given stands above these people, so they take no turns ({number}): {people}",
    id="pegawai berikut tidak berada di bawah unit pada tingkat yang ditentukan, jadi tidak ikut bergiliran ({number} orang): {people}",
)
NO_TEAM = Sentence(
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
NOT_YET = Sentence(
    en="`choose_teams` asks for teams to be formed; this version cannot form them yet",
    id="`choose_teams` meminta tim dibentukkan; versi ini belum dapat membentuk tim",
)
GIVE_TEAMS = Sentence(
    en="Give everybody a `team` in the staff table and leave `choose_teams` out.",
    id="Isi kolom `team` untuk setiap pegawai dan hapus `choose_teams`.",
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
BY_DAY = Sentence(en="day", id="hari")
BY_WEEK = Sentence(en="week", id="minggu")
BY_FORTNIGHT = Sentence(en="fortnight", id="dua minggu")
FEWEST_TEAMS = 2
"""A single team would have nobody to take turns with."""


class Turn(StrEnum):
    """How long a team's turn lasts."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"


_TURN_WORDS = {Turn.DAY: BY_DAY, Turn.WEEK: BY_WEEK, Turn.FORTNIGHT: BY_FORTNIGHT}
_TURN_DAYS = {Turn.WEEK: 7, Turn.FORTNIGHT: 14}


@dataclass(frozen=True)
class Turns:
    """Who is in which team, and whether it is on turn.

    Parameters
    ----------
    cells
        Cells of people who are in a team : bool[E, D].
    on_turn
        Cells of people whose team is on turn : bool[E, D].
    teamless
        Cells that the rule means, of people in no team of the rotation : bool[E, D].
    found
        Teams of each group, where the rule gives only their number.
    """

    cells: Cells
    on_turn: Cells
    teamless: Cells
    found: Mapping[int, tuple[str, ...]]


class TeamRotation(Rule):
    """Teams take turns: the one on turn is in the office, the others are at home.

    Parameters
    ----------
    teams
        Names of the teams in the order of their turns; or their number: then the names are those in the staff table, group by group,
        in alphabetical order.
    choose_teams
        Form the teams; not possible yet.
    turn
        `day`: working days of the person's calendar; `week` and `fortnight` begin on Mondays.
    anchor
        A date on which the first team is on turn.
    per
        Groups that rotate by themselves: `whole`, `leaf`, a level, or several levels.

    Notes
    -----
    Meaning: people of the team on turn are in the office, people of the others at home. It fixes cells, so nobody's fairness counts
    them. Home-only people stay at home, with a note.
    Formula: ``x[i, d] = 1`` if ``steps(anchor, d) mod teams = team[i]``, else ``0``.
    Source: Inmendagri 14/2021 ("secara bergantian"), behind SE Bupati Tulang Bawang Barat 045.2/148/I.09/2021 (29 June 2021), row T1.

    Kept: A of the first team, B of the second, by day: `10101 01010`.
    Broken by 1: `10101 01011`.
    """

    kind: Literal["team_rotation"] = "team_rotation"
    teams: Annotated[int, Field(ge=FEWEST_TEAMS)] | tuple[Word, ...]
    choose_teams: bool = False
    turn: Turn = Turn.WEEK
    anchor: Date
    per: Annotated[str | tuple[str, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)] = WHOLE

    @model_validator(mode="after")
    def _two_teams(self) -> TeamRotation:
        if isinstance(self.teams, tuple) and (len(self.teams) < FEWEST_TEAMS or len(set(self.teams)) != len(self.teams)):
            raise TextError(TWO_TEAMS())
        return self

    # -- whose turn ----------------------------------------------------------------------------------------------------------------

    def _turns(self, view: View) -> Turns:
        facts = view.facts
        meant = view.cells(self)
        group = unit_map(facts, self.per)[facts.unit]
        meant = meant & (group != NO_UNIT)
        code = facts.postings.team.code[facts.posting]
        found = {} if isinstance(self.teams, tuple) else _teams_found(facts, meant, group, code)
        place = np.full(facts.shape, -1, dtype=np.int64)
        if isinstance(self.teams, tuple):
            order = {name: k for k, name in enumerate(self.teams)}
            table = np.array([*(order.get(word, -1) for word in facts.postings.team.words), -1], dtype=np.int64)
            place = np.where(meant, table[code], -1)
        for unit, names in found.items():
            table = np.array([*(names.index(word) if word in names else -1 for word in facts.postings.team.words), -1], dtype=np.int64)
            place = np.where(meant & (group == unit), table[code], place)
        cells = place >= 0
        number = len(self.teams) if isinstance(self.teams, tuple) else self.teams
        return Turns(cells, cells & (self._steps(facts) % number == place), meant & ~cells, found)

    def _steps(self, facts: Facts) -> NDArray[np.int64]:
        """Turns that have passed since the anchor, negative before it : int64[E, D]."""
        if self.turn is not Turn.DAY:
            monday = self.anchor - dt.timedelta(days=self.anchor.weekday())
            steps = np.array([(day - monday).days // _TURN_DAYS[self.turn] for day in facts.dates], dtype=np.int64)
            return np.broadcast_to(steps, facts.shape)
        calendars, which = posting_calendars(facts)
        table = np.array([_working_days(calendar, self.anchor, facts.dates) for calendar in calendars], dtype=np.int64)
        return np.asarray(table[which[facts.posting], np.arange(facts.num_days)])

    def fixes(self, view: View) -> Fixes | None:
        """Cells of all teams, absent people included."""
        if self.choose_teams:
            return None
        turns = self._turns(view)
        return Fixes(turns.on_turn, turns.cells & ~turns.on_turn)

    def not_yet(self, view: View) -> Iterator[Problem]:
        """Teams that would have to be formed."""
        if self.choose_teams and view.cells(self).any():
            yield Problem(Where(field=f"{self.id}.choose_teams"), NOT_YET(), GIVE_TEAMS())

    def problems(self, view: View) -> Iterator[Problem]:
        """People without a team, and groups with another number of teams."""
        if self.choose_teams:
            return
        facts, turns = view.facts, self._turns(view)
        people = np.flatnonzero(turns.teamless.any(axis=1)).tolist()
        if people:
            said = NO_TEAM(number=len(people), people=names_text(facts, people))
            yield Problem(Where(field=f"{self.id}.teams"), said, GIVE_TEAM())
        for unit, names in turns.found.items():
            if len(names) != self.teams:
                group = WHOLE_SELECTION() if self.per == WHOLE else plain(facts.units[unit].name)
                yield Problem(Where(field=f"{self.id}.teams"), OTHER_NUMBER(group=group, found=list(names) or "–", number=self.teams))

    # -- the program and the audit -------------------------------------------------------------------------------------------------

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or a charge for each that is elsewhere."""
        if self.choose_teams:
            return
        facts, turns = view.facts, self._turns(view)
        office = turns.on_turn & facts.present & ~facts.home_only
        away = turns.cells & ~turns.on_turn & facts.present
        cost = view.cost(self)
        if cost is None:
            out.fix(office=office, away=away)
            return
        out.charge(np.flatnonzero(office), -1, cost, base=1)
        out.charge(np.flatnonzero(away), 1, cost)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Everybody who is not where the turn of the team says, and whoever takes no turns."""
        if self.choose_teams:
            return
        facts, turns = view.facts, self._turns(view)
        wrong = turns.cells & schedule.planned(facts) & (schedule.office != turns.on_turn)
        for e, d in each(wrong & ~(turns.on_turn & facts.home_only)):
            said = {"person": name_of(facts, e), "day": facts.dates[d], "team": _team(facts, e, d)}
            sentence = AWAY_ON_TURN if turns.on_turn[e, d] else IN_OFF_TURN
            told = sentence(place=place_text(schedule.place[e, d]), **said)
            yield self.finding(self.strength, 1, told, **spot(facts, e, d))
        for number, told, where in outranked(facts, turns.on_turn):
            yield self.finding(Strength.NOTE, number, told, **where)
        outside = view.cells(self) & (unit_map(facts, self.per)[facts.unit] == NO_UNIT)
        people = np.flatnonzero(outside.any(axis=1)).tolist()
        if people:
            told = LEFT_OUT(number=len(people), people=names_text(facts, people))
            yield self.finding(Strength.NOTE, len(people), told, people=tuple(people))

    # -- words ---------------------------------------------------------------------------------------------------------------------

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """Where one person's team is on one day."""
        if person < 0 or day < 0 or self.choose_teams:
            return self.describe(view)
        facts = view.facts
        place = IN_OFFICE() if self._turns(view).on_turn[person, day] else place_text(facts.resting_place[person, day])
        return TURN(person=name_of(facts, person), team=_team(facts, person, day), day=facts.dates[day], place=place)

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        turn = _TURN_WORDS[self.turn]()
        if isinstance(self.teams, tuple):
            return NAMED(teams=list(self.teams), turn=turn, first=self.teams[0], anchor=self.anchor)
        return NUMBERED(number=self.teams, turn=turn, anchor=self.anchor)


def _team(facts: Facts, e: int, d: int) -> Said:
    code = int(facts.postings.team.code[facts.posting[e, d]])
    return plain(facts.postings.team.words[code] if code >= 0 else "–")


def _teams_found(facts: Facts, meant: Cells, group: NDArray[np.int32], code: NDArray[np.int32]) -> dict[int, tuple[str, ...]]:
    """Teams of the people meant, by group, in alphabetical order."""
    found: dict[int, set[str]] = {}
    for unit, word in np.unique(np.stack([group[meant], code[meant]], axis=1), axis=0).tolist():
        names = found.setdefault(unit, set())
        if word >= 0:
            names.add(facts.postings.team.words[word])
    return {unit: tuple(sorted(names)) for unit, names in found.items()}


def _working_days(calendar: Calendar, anchor: dt.date, dates: tuple[dt.date, ...]) -> list[int]:
    """Working days from the anchor up to, not including, each date; negative before the anchor."""
    first = min(anchor, dates[0])
    passed, count = {}, 0
    for day in date_range(first, max(anchor, dates[-1])):
        passed[day] = count
        count += calendar.kind(day) is DayKind.WORK
    return [passed[day] - passed[anchor] for day in dates]
