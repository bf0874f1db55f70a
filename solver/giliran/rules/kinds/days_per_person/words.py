"""Sentences of the kind, for days in the office and for days at home."""

from __future__ import annotations

from dataclasses import dataclass

from giliran.domain.place import Place
from giliran.messages import Sentence

TOO_FEW = Sentence(
    en="{person}, {window}: {days} {count}, {off} too few ({limit})",
    id="{person}, {window}: {count} {days}, kurang {off} ({limit})",
)
TOO_MANY = Sentence(
    en="{person}, {window}: {days} {count}, {off} too many ({limit})",
    id="{person}, {window}: {count} {days}, lebih {off} ({limit})",
)
OF_WHICH = Sentence(
    en="{count} (of which earlier, frozen or credited: {done})",
    id="{count} (termasuk {done} yang lebih awal, dibekukan, atau diakui)",
)
NO_DAY = Sentence(
    en="{per}: this plan has no such day, so nothing is asked for",
    id="{per}: tidak ada hari seperti itu dalam jadwal ini, jadi aturan ini tidak meminta apa pun",
)
REDUCED = Sentence(
    en="{person}, {window}: {days} wanted {asked}, possible {possible}; only the possible days are asked for ({limit})",
    id="{person}, {window}: diminta {asked} {days}, yang mungkin hanya {possible}; yang diminta hanya yang mungkin ({limit})",
)
USED_UP = Sentence(
    en="{person}, {window}: {days} earlier, frozen or credited {done}, {off} too many already; no more are planned ({limit})",
    id="{person}, {window}: sudah {done} {days} (lebih awal, dibekukan, atau diakui), lebih {off}; tidak ditambah lagi ({limit})",
)
FIXED_ABOVE = Sentence(
    en="{person}, {window}: {days} that are fixed {fixed}, {off} too many; no more are planned ({limit})",
    id="{person}, {window}: {fixed} {days} sudah pasti, lebih {off}; tidak ditambah lagi ({limit})",
)
AT_LEAST = Sentence(en="{sum}at least {days}", id="{sum}paling sedikit {days}")
AT_MOST = Sentence(en="{sum}at most {days}", id="{sum}paling banyak {days}")
ARROW = Sentence(en="{sum} → ", id="{sum} → ")
OCCURRENCE = Sentence(en="{person}, {window}: {days} {limit}", id="{person}, {window}: {days} {limit}")


@dataclass(frozen=True)
class There:
    """Where days are counted, and what they are called there.

    Parameters
    ----------
    place
        The place.
    days
        Such days in the middle of a sentence.
    described
        What the rule says, with places for the window and the limits.
    """

    place: Place
    days: Sentence
    described: Sentence


OFFICE = There(
    Place.OFFICE,
    Sentence(en="days in the office", id="hari WFO"),
    Sentence(en="Days in the office of everybody concerned, {per}: {limit}.", id="Hari WFO setiap pegawai yang dimaksud, {per}: {limit}."),
)
HOME = There(
    Place.HOME,
    Sentence(en="days at home", id="hari WFH"),
    Sentence(en="Days at home of everybody concerned, {per}: {limit}.", id="Hari WFH setiap pegawai yang dimaksud, {per}: {limit}."),
)
