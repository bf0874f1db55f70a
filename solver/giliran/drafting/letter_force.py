"""From when to when a letter is in force, as its text says and as somebody answers, and the days that a plan is likely for."""

from __future__ import annotations

import datetime as dt

from giliran.circulars import Circular
from giliran.domain.words import simple
from giliran.drafting.answers import NONE, NOTHING
from giliran.drafting.asking import Interview, Question
from giliran.drafting.letter_proposals import Proposal, Proposals
from giliran.drafting.letter_quotes import quotes_of
from giliran.drafting.letter_weeks import date_said, likely_days, next_week
from giliran.messages import Said, Sentence
from giliran.text import TextError, parse_date

_MOST_DAYS = 31
"""A letter in force for no longer is planned as a whole."""
_FRIDAY = 4

_FROM = Sentence(en="From which day on is the letter in force?", id="Surat ini berlaku mulai tanggal berapa?")
_TO = Sentence(en="Up to which day is the letter in force?", id="Surat ini berlaku sampai tanggal berapa?")
_WHY = Sentence(en="A date such as 3 August 2026, or none.", id="Tanggal, misalnya 3 Agustus 2026, atau tidak ada.")
_BACKWARDS = Sentence(en="{last} is before the first day, {first}", id="{last} sebelum hari pertama, {first}")


def about_force(read: Proposals) -> Interview[tuple[dt.date | None, dt.date | None]]:
    """Ask from when to when the letter is in force, as far as its text says so."""
    start: dt.date | None = None
    end: dt.date | None = None
    if read.first is not None:
        start = yield _question("circular.from", _FROM(), read.first, None)  # type: ignore[assignment]  # what its reader gives
    if read.last is not None:
        end = yield _question("circular.to", _TO(), read.last, start)  # type: ignore[assignment]  # the same
    return start, end


def _question(key: str, said: Said, proposal: Proposal, first: dt.date | None) -> Question:
    def read(text: str) -> object:
        if simple(text) in NOTHING:
            return None
        day = parse_date(text)
        if first is not None and day < first:
            raise TextError(_BACKWARDS(first=first, last=day))
        return day

    default = proposal.value if first is None or proposal.value >= first else None
    return Question(
        key, said, default, NONE() if default is None else date_said(default), read, explained=_WHY(), quotes=quotes_of(proposal)
    )


def days_in_force(circular: Circular, today: dt.date, start: dt.date | None, end: dt.date | None) -> tuple[dt.date, dt.date]:
    """The days of a plan under a letter: all of them where they are few, else the next week of them, or their first."""
    if start is not None and end is not None and (end - start).days < _MOST_DAYS:
        return start, end
    first, last = likely_days(circular, today)
    if start is not None and first < start:
        first, last = start, start + dt.timedelta(days=(_FRIDAY - start.weekday()) % 7)
        if start.weekday() > _FRIDAY:
            first, last = next_week(start - dt.timedelta(days=1))
    if end is not None and last > end:
        last = end
        first = min(first, end - dt.timedelta(days=min(end.weekday(), _FRIDAY)))
        if start is not None:
            first = max(first, start)
    return first, last
