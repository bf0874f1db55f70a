"""Lines for people: what several answers about a plan say in the same words."""

from __future__ import annotations

from dataclasses import dataclass

from giliran.domain.changes import PlaceChange
from giliran.domain.facts import Facts
from giliran.domain.status import Status
from giliran.messages import Said, Sentence, bilingual, plain
from giliran.reports.words import days_text
from giliran.rules.toolkit.personal import name_of, place_text
from giliran.whatif.standing import DutyTurns, PeerGroup, Turns

MOST_MOVES = 6
"""Moves told one by one; the rest is counted."""

_MOVE = Sentence(en="{person}, {day}: {was} → {becomes}", id="{person}, {day}: {was} → {becomes}")
_MORE_MOVES = Sentence(en="further changed days: {count}", id="perubahan hari lainnya: {count}")
_IMPOSSIBLE = Sentence(en="there is no such plan", id="tidak ada jadwal seperti itu")
_TIME_UP = Sentence(en="not known: time was up", id="belum diketahui: waktu habis")
_NOT_PROVEN = Sentence(en="{price} (time was up: it may be less)", id="{price} (waktu habis: mungkin kurang dari itu)")
_EVERYBODY = Sentence(en="Everybody", id="Semua pegawai")
_TURNS = Sentence(
    en="Office days that count ({goal}): {days}; fair share {share}, earlier balance {balance}, difference {difference}",
    id="Hari giliran yang dihitung ({goal}): {days}; jatah {share}, saldo sebelumnya {balance}, selisih {difference}",
)
_AMONG = Sentence(
    en="{said}. {unit}, {members} {members:person|people}: {lowest} to {highest} {highest:day|days}, {mean} on average",
    id="{said}. {unit}, {members} pegawai: {lowest} sampai {highest} hari, rata-rata {mean}",
)
_AMONG_EQUALS = Sentence(
    en="{said}. {unit}, {members} {members:person|people}: {lowest} {lowest:day|days} each",
    id="{said}. {unit}, {members} pegawai: masing-masing {lowest} hari",
)
_ALONE = Sentence(en="{said}; nobody else is compared", id="{said}; tidak ada yang dibandingkan")
_DUTY = Sentence(en="Duty ({rule}): named on {days} {days:day|days}", id="Piket ({rule}): ditugaskan {days} hari")
_NOT_NAMED = Sentence(en="Duty ({rule}): the plan names nobody", id="Piket ({rule}): jadwal ini tidak menyebut petugas")
_BEFORE = Sentence(en="{said}; earlier balance {balance}", id="{said}; saldo sebelumnya {balance}")
_LAST = Sentence(en="{said}, last called {day}", id="{said}, terakhir bertugas {day}")

GAPS = Sentence(
    en="Days of work without a place in this plan, counted as not in the office: {count}",
    id="Hari kerja tanpa tempat dalam jadwal ini, dihitung tidak WFO: {count}",
)
BROKEN = Sentence(
    en="This plan breaks rules at {count} {count:place|places}; prices there are counted from the best plan.",
    id="Jadwal ini tidak memenuhi aturan di {count} tempat; biaya di sana dihitung dari jadwal terbaik.",
)


@dataclass(frozen=True)
class Line:
    """A line of an answer, so many steps to the right."""

    said: Said
    step: int = 0


def days_said(thousandths: int, *, signed: bool = False) -> Said:
    """Thousandths of a day as days: 1500 is "1.5", Indonesian "1,5"."""
    return bilingual(en=days_text(thousandths, "en", signed=signed), id=days_text(thousandths, "id", signed=signed))


def move_lines(facts: Facts, moves: tuple[PlaceChange, ...], step: int) -> list[Line]:
    """Who would be elsewhere, the rest counted."""
    lines = [
        Line(
            _MOVE(
                person=name_of(facts, move.person),
                day=facts.dates[move.day],
                was=place_text(move.was),
                becomes=place_text(move.becomes),
            ),
            step,
        )
        for move in moves[:MOST_MOVES]
    ]
    return [*lines, Line(_MORE_MOVES(count=len(moves) - MOST_MOVES), step)] if len(moves) > MOST_MOVES else lines


def verdict(status: Status, price: Said) -> Said:
    """A price, or why there is none."""
    if status is Status.INFEASIBLE:
        return _IMPOSSIBLE()
    if status is Status.UNKNOWN:
        return _TIME_UP()
    return price if status is Status.OPTIMAL else _NOT_PROVEN(price=price)


def turns_said(facts: Facts, turns: Turns) -> Said:
    """Office days of one person beside those of the group."""
    said = _TURNS(
        goal=plain(turns.goal),
        days=turns.days,
        share=days_said(turns.share),
        balance=days_said(turns.balance, signed=True),
        difference=days_said(turns.difference, signed=True),
    )
    return _among(facts, said, turns.group)


def duty_said(facts: Facts, turns: DutyTurns) -> Said:
    """Days of duty of one person beside those of the group."""
    said = _NOT_NAMED(rule=plain(turns.rule)) if turns.days is None else _DUTY(rule=plain(turns.rule), days=turns.days)
    said = _BEFORE(said=said, balance=days_said(turns.balance, signed=True))
    if turns.last_called is not None:
        said = _LAST(said=said, day=turns.last_called)
    return _among(facts, said, turns.group)


def _among(facts: Facts, said: Said, group: PeerGroup | None) -> Said:
    if group is None:
        return said
    if group.members == 1:
        return _ALONE(said=said)
    unit = _EVERYBODY() if group.unit is None else plain(facts.units[group.unit].name)
    known = {"said": said, "unit": unit, "members": group.members, "lowest": group.lowest}
    if group.lowest == group.highest:
        return _AMONG_EQUALS(**known)
    return _AMONG(**known, highest=group.highest, mean=days_said(group.mean))
