"""What a schedule does to teams that the solver forms, and what is to be told about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Facts
from giliran.domain.schedule import Schedule
from giliran.domain.units import NO_UNIT
from giliran.messages import Said, Sentence, plain
from giliran.program import Ints, ProgramBuilder
from giliran.rules.base import Statement
from giliran.rules.groups import WHOLE_SELECTION
from giliran.rules.kinds.team_rotation.forming import OPEN, Forming
from giliran.rules.toolkit.personal import days_text, each, name_of, names_text, place_text, spot

AWAY_ON_TURN = Sentence(
    en="{person} is {place} on {day}, but team {team} is on turn in the office",
    id="{person} {place} pada {day}, padahal tim {team} mendapat giliran WFO",
)
IN_OFF_TURN = Sentence(
    en="{person} is in the office on {day}, but team {team} is not on turn",
    id="{person} WFO pada {day}, padahal tim {team} tidak mendapat giliran",
)
IN_NO_TEAM = Sentence(en="{person} is in none of the {number} teams", id="{person} tidak berada dalam salah satu dari {number} tim")
MOVED = Sentence(
    en="{person} is in team {team}, but the published plan has team {kept}",
    id="{person} berada dalam tim {team}, padahal pada jadwal terbit dalam tim {kept}",
)
WRONG_SIZE = Sentence(
    en="{group}: team {team} has {found} people, not {least} to {most}",
    id="{group}: tim {team} beranggotakan {found} orang, bukan {least} sampai {most}",
)
FITS_NONE = Sentence(
    en="{person}: these days are not the turn of any of the {number} teams",
    id="{person}: hari WFO tidak cocok dengan giliran salah satu dari {number} tim",
)
NO_TEAMS = Sentence(
    en="{group}: these places fit no {number} teams of equal size; people over or missing: {over}",
    id="{group}: tempat kerja ini tidak cocok dengan {number} tim yang sama besar; kelebihan atau kekurangan: {over} orang",
)
FORMED = Sentence(
    en="{group}, team {team} ({number}), in the office on {days}: {people}",
    id="{group}, tim {team} ({number} orang), WFO pada {days}: {people}",
)
FORMED_RESTING = Sentence(
    en="{group}, team {team} ({number}), not on turn in this plan: {people}",
    id="{group}, tim {team} ({number} orang), tidak mendapat giliran dalam jadwal ini: {people}",
)
FOLLOWS = Sentence(
    en="{person} is in the office on {day} exactly when in team {team}",
    id="{person} WFO pada {day} hanya jika berada dalam tim {team}",
)
HOME_ONLY = Sentence(
    en="people who may only work at home are in no team ({number}): {people}",
    id="pegawai yang hanya boleh WFH tidak masuk tim mana pun ({number} orang): {people}",
)

Told = tuple[int, Said, dict[str, Any]]
"""Amount, sentence, and where it is."""


def compile_teams(owner: Statement, forming: Forming, out: ProgramBuilder) -> None:
    """A 0/1 column per person and team; the cells of a person follow the team's turns."""
    people, number = len(forming.people), forming.number
    mine = np.repeat(forming.kept, number)
    wanted = mine == np.tile(np.arange(number), people)
    team = out.aux(np.where(mine == OPEN, 0, wanted), np.where(mine == OPEN, 1, wanted)).reshape(people, number)
    out.rows(owner, np.full(people, number), team.reshape(-1), lo=1, hi=1, person=forming.people)
    p, d = np.nonzero(forming.cells[forming.people])
    e = forming.people[p]
    out.same(owner, out.cell(e, d), team[p, forming.on_turn[e, d]], day=d, person=e)
    least, most = forming.sizes()
    by_team = np.lexsort((np.tile(np.arange(number), people), np.repeat(forming.group, number)))
    size = np.repeat(np.bincount(forming.group, minlength=len(least)), number)
    out.rows(
        owner, size, team.reshape(-1)[by_team], lo=least.reshape(-1), hi=most.reshape(-1), group=np.repeat(np.arange(len(least)), number)
    )


def team_findings(
    facts: Facts, forming: Forming, schedule: Schedule, written: NDArray[np.int16] | None, names: Sequence[str]
) -> Iterator[Told]:
    """Everything in which a schedule misses the rotation; groups with cells that have no plan are skipped.

    Parameters
    ----------
    written
        Teams that the schedule gives, counted from 1 : int16[E]. None: it gives none, then some teams must fit its places.
    names
        Name of each team.
    """
    whole = forming.planned(schedule)
    if written is None:
        yield from _unwritten(facts, forming, schedule, whole)
    else:
        yield from _written(facts, forming, schedule, whole, written[forming.people].astype(np.int64) - 1, names)


def _written(
    facts: Facts, forming: Forming, schedule: Schedule, whole: NDArray[np.bool_], team: Ints, names: Sequence[str]
) -> Iterator[Told]:
    known = (team >= 0) & (team < forming.number)
    judged = whole[forming.group]
    for p in np.flatnonzero(judged & ~known).tolist():
        yield 1, IN_NO_TEAM(person=name_of(facts, int(forming.people[p])), number=forming.number), _of_person(facts, forming, p)
    for p in np.flatnonzero(judged & known & (forming.kept != OPEN) & (forming.kept != team)).tolist():
        said = MOVED(person=name_of(facts, int(forming.people[p])), team=names[team[p]], kept=names[forming.kept[p]])
        yield 1, said, _of_person(facts, forming, p)
    team_of = np.full(facts.num_people, OPEN, dtype=np.int64)
    team_of[forming.people[judged & known]] = team[judged & known]
    cells = forming.cells & (team_of != OPEN)[:, None]
    for e, d in each(cells & (schedule.office != (forming.on_turn == team_of[:, None]))):
        sentence = IN_OFF_TURN if schedule.office[e, d] else AWAY_ON_TURN
        place = place_text(schedule.place[e, d])
        yield 1, sentence(person=name_of(facts, e), place=place, day=facts.dates[d], team=names[team_of[e]]), spot(facts, e, d)
    yield from _sizes(facts, forming, whole, np.where(known, team, OPEN), names)


def _sizes(facts: Facts, forming: Forming, whole: NDArray[np.bool_], team: Ints, names: Sequence[str]) -> Iterator[Told]:
    """Teams that are too large or too small, in groups all of whose people are in a team."""
    least, most = forming.sizes()
    for group in np.flatnonzero(whole).tolist():
        members = forming.members(group)
        found = np.bincount(team[members][team[members] != OPEN], minlength=forming.number)
        off = np.maximum(least[group] - found, 0) + np.maximum(found - most[group], 0)
        if found.sum() == len(members):
            for k in np.flatnonzero(off).tolist():
                said = WRONG_SIZE(
                    group=group_text(facts, forming, group),
                    team=names[k],
                    found=int(found[k]),
                    least=int(least[group, k]),
                    most=int(most[group, k]),
                )
                yield int(off[k]), said, {"unit": int(forming.unit[group])}


def _unwritten(facts: Facts, forming: Forming, schedule: Schedule, whole: NDArray[np.bool_]) -> Iterator[Told]:
    fits = np.asarray(forming.fitting(schedule.office).any(axis=1))
    judged = whole[forming.group]
    for p in np.flatnonzero(judged & ~fits).tolist():
        yield 1, FITS_NONE(person=name_of(facts, int(forming.people[p])), number=forming.number), _of_person(facts, forming, p)
    team, (least, _) = forming.fill(schedule.office, np.arange(facts.num_people)), forming.sizes()
    for group in np.flatnonzero(whole).tolist():
        members = forming.members(group)
        if not bool(fits[members].all()):
            continue
        inside = team[members][team[members] != OPEN]
        short = np.maximum(least[group] - np.bincount(inside, minlength=forming.number), 0).sum()
        over = len(members) - len(inside) + int(short)
        if over:
            said = NO_TEAMS(group=group_text(facts, forming, group), number=forming.number, over=over)
            yield over, said, {"unit": int(forming.unit[group]), "people": tuple(forming.people[members].tolist())}


def team_notes(facts: Facts, forming: Forming, schedule: Schedule, written: NDArray[np.int16], names: Sequence[str]) -> Iterator[Told]:
    """The teams that a schedule gives, one sentence each."""
    team = written[forming.people].astype(np.int64) - 1
    for group in np.flatnonzero(forming.planned(schedule)).tolist():
        members = forming.members(group)
        for k in np.unique(team[members]).tolist():
            people = forming.people[members[team[members] == k]]
            if not 0 <= k < forming.number:
                continue
            days = np.flatnonzero((facts.has_cell[people] & (forming.on_turn[people] == k)).any(axis=0)).tolist()
            words = {"group": group_text(facts, forming, group), "team": names[k], "people": names_text(facts, people.tolist())}
            said = FORMED(number=len(people), days=days_text(facts, days), **words) if days else FORMED_RESTING(number=len(people), **words)
            yield 0, said, {"unit": int(forming.unit[group]), "days": tuple(days), "people": tuple(people.tolist())}


def group_text(facts: Facts, forming: Forming, group: int) -> Said:
    """How a group is named."""
    return WHOLE_SELECTION() if forming.unit[group] == NO_UNIT else plain(facts.units[int(forming.unit[group])].name)


def _of_person(facts: Facts, forming: Forming, p: int) -> dict[str, Any]:
    e = int(forming.people[p])
    days = np.flatnonzero(forming.cells[e]).tolist()
    return {"unit": int(facts.unit[e, days[0] if days else 0]), "days": tuple(days), "people": (e,)}
