"""People and days as somebody names them who has the plan before him: by a mark, by a part of a name, by a date."""

from __future__ import annotations

import datetime as dt

from giliran.domain.facts import Facts
from giliran.errors import InputError, Problem, Where
from giliran.instance.offered import day_given, text_given
from giliran.instance.reading import unknown_word
from giliran.messages import Sentence, few, meant, plain
from giliran.text import TextError, parse_date
from giliran.text.dates import DAY_WORDS
from giliran.text.day_headings import day_headings

MOST_NAMED = 8
"""People told by name where a part of a name is that of several."""

_NOBODY = Sentence(en="nobody here has the id, NIP or name '{found}'", id="tidak ada pegawai dengan id, NIP, atau nama '{found}'")
_SEVERAL = Sentence(
    en="'{found}' is part of several names ({count}): {people}", id="'{found}' terdapat dalam nama {count} pegawai: {people}"
)
_BY_ID = Sentence(en="Write the id.", id="Tulis id-nya.")
_SEVERAL_DAYS = Sentence(en="'{text}' is the name of several days: {days}", id="'{text}' adalah nama beberapa hari: {days}")
_WHOLE_DATE = Sentence(en="Write the date, such as {day}.", id="Tulis tanggalnya, misalnya {day}.")
_OUTSIDE = Sentence(en="{day} is outside the horizon, {first} to {last}", id="{day} berada di luar periode ini, {first} sampai {last}")


def person_named(facts: Facts, text: str, where: Where) -> int:
    """Row of the person who has this id or NIP, this name, or a name with this part, whatever the case of its letters.

    Raises
    ------
    InputError
        If nobody does, with the nearest id or name; or several, with all of them.
    """
    staff, word = facts.staff, text_given(text, where).strip()
    if word in staff.index:
        return staff.index[word]
    digits = "".join(word.split())
    by_nip = [e for e, nip in enumerate(staff.nips) if nip and nip == digits]
    if len(by_nip) == 1:
        return by_nip[0]
    low = word.casefold()
    names = [name.casefold() for name in staff.names]
    found = [e for e, name in enumerate(names) if name == low] or [e for e, name in enumerate(names) if low and low in name]
    if len(found) == 1:
        return found[0]
    if not found:
        problem = unknown_word(where, _NOBODY(found=plain(word)), word, staff.index)
        near = meant(word, [*staff.ids, *(name for name in staff.names if name)])
        raise InputError([Problem(where, problem.said, near or problem.advice)])
    people = few([f"{staff.names[e]} ({staff.ids[e]})" for e in found], MOST_NAMED)
    raise InputError([Problem(where, _SEVERAL(found=plain(word), count=len(found), people=people), _BY_ID())])


def day_named(facts: Facts, text: str | dt.date, where: Where) -> int:
    """Index of a date of the horizon, given as a date, in any spelling that files may have, or as `5 Agt`, `5/8`, `Rabu`, `5` are said.

    Raises
    ------
    InputError
        If it is no date, outside the horizon, or several days of the horizon are called so.
    """
    day = day_said(facts, text, where) if isinstance(text, str) else day_given(text, where.field)
    offset = (day - facts.dates[0]).days
    if not 0 <= offset < facts.num_days:
        raise InputError([Problem(where, _OUTSIDE(day=day, first=facts.dates[0], last=facts.dates[-1]))])
    return offset


def day_said(facts: Facts, text: str, where: Where) -> dt.date:
    """The date that a text says, whole or as people say it who know the plan: without the year, the month, or the number.

    Raises
    ------
    InputError
        If it is no date, or several days of the horizon are called so.
    """
    word = text.strip()
    number = DAY_WORDS.get(word.casefold())
    called = [date for date in facts.dates if date.weekday() == number or (word.isdecimal() and date.day == int(word))]
    if len(called) > 1:
        raise InputError([Problem(where, _SEVERAL_DAYS(text=word, days=few([*called], MOST_NAMED)), _WHOLE_DATE(day=called[0]))])
    if called:
        return called[0]
    found = day_headings([word], facts.dates[0], facts.dates[-1])
    try:
        if word in found.refused and not found.numbered:
            raise found.refused[word]
        return found.dates.get(word) or parse_date(word)
    except TextError as error:
        raise InputError([error.problem(where)]) from None
