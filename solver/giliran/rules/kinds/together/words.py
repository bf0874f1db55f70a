"""What is said of sets that are together, and the words of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from giliran.messages import Sentence

PARTED = Sentence(
    en="{people}, {day}: {office} in the office, {away} not; all of them come or nobody",
    id="{people}, {day}: {office} WFO, {away} tidak; semuanya WFO atau tidak seorang pun",
)
PARTED_ON = Sentence(
    en="{people}: not at the same place on {days}; on each day all of them come or nobody",
    id="{people}: tidak di tempat yang sama pada {days}; setiap hari semuanya WFO atau tidak seorang pun",
)
WANTED = Sentence(en="{people}, {day}: all in the office or nobody", id="{people}, {day}: semuanya WFO atau tidak seorang pun")
SAME_PLACE = Sentence(en="At the same place on each day, {sets}.", id="Di tempat yang sama setiap hari, {sets}.")
SAME_DAYS = Sentence(en="In the office on the same days, {sets}.", id="WFO pada hari yang sama, {sets}.")
AS_OFTEN = Sentence(en="In the office together as often as possible, {sets}.", id="WFO bersama sesering mungkin, {sets}.")
UNMET = Sentence(
    en="{people}, {day}: {away} not in the office; they should be there together",
    id="{people}, {day}: {away} tidak WFO; mereka sebaiknya WFO bersama",
)
NEVER_MET = Sentence(en="{people}: on no day all in the office together", id="{people}: tidak ada hari ketika semuanya WFO bersama")
SETS = Sentence(en="in each set ({number})", id="dalam setiap kelompok ({number})")
TAGGED = Sentence(en="among those with one tag ({tags})", id="di antara pegawai dengan tanda yang sama ({tags})")
ONE_WAY = Sentence(en="give only one of `sets`, `tags` and `per`", id="isi hanya salah satu dari `sets`, `tags`, dan `per`")
TWICE = Sentence(en="two sets name the same people: {people}", id="dua kelompok menyebut pegawai yang sama: {people}")
TAG_TWICE = Sentence(en="the tag {tag} is given twice", id="tanda {tag} disebut dua kali")
ONCE = Sentence(en="Take one of them out.", id="Hapus salah satunya.")
NO_TWO = Sentence(
    en="no two people of a set are there on the same day, so nothing is asked for",
    id="tidak ada dua pegawai dari satu kelompok yang masuk pada hari yang sama, jadi aturan ini tidak meminta apa pun",
)
APART_MORE = Sentence(
    en="{count} more {count:person-day|person-days} at another place than the rest of a set",
    id="orang-hari di tempat yang berbeda dari kelompoknya bertambah {count}",
)
APART_LESS = Sentence(
    en="{count} fewer {count:person-day|person-days} at another place than the rest of a set",
    id="orang-hari di tempat yang berbeda dari kelompoknya berkurang {count}",
)
DAYS_MORE = Sentence(
    en="{count} more {count:day|days} on which a set is not at one place",
    id="hari ketika satu kelompok tidak di tempat yang sama bertambah {count}",
)
DAYS_LESS = Sentence(
    en="{count} fewer {count:day|days} on which a set is not at one place",
    id="hari ketika satu kelompok tidak di tempat yang sama berkurang {count}",
)
SETS_MORE = Sentence(
    en="{count} more {count:set|sets} not always at one place", id="kelompok yang tidak selalu di tempat yang sama bertambah {count}"
)
SETS_LESS = Sentence(
    en="{count} fewer {count:set|sets} not always at one place", id="kelompok yang tidak selalu di tempat yang sama berkurang {count}"
)

AWAY_MORE = Sentence(
    en="{count} more {count:person-day|person-days} on which somebody is not there to meet a set",
    id="orang-hari ketika pegawai tidak ikut WFO bersama kelompoknya bertambah {count}",
)
AWAY_LESS = Sentence(
    en="{count} fewer {count:person-day|person-days} on which somebody is not there to meet a set",
    id="orang-hari ketika pegawai tidak ikut WFO bersama kelompoknya berkurang {count}",
)
UNMET_MORE = Sentence(
    en="{count} more {count:day|days} on which a set does not meet", id="hari ketika satu kelompok tidak WFO bersama bertambah {count}"
)
UNMET_LESS = Sentence(
    en="{count} fewer {count:day|days} on which a set does not meet", id="hari ketika satu kelompok tidak WFO bersama berkurang {count}"
)
NEVER_MORE = Sentence(en="{count} more {count:set|sets} that never meet", id="kelompok yang tidak pernah WFO bersama bertambah {count}")
NEVER_LESS = Sentence(en="{count} fewer {count:set|sets} that never meet", id="kelompok yang tidak pernah WFO bersama berkurang {count}")
ONLY_SHOULD = Sentence(
    en="`want: met` is a wish: it costs where people do not meet", id="`want: met` adalah upaya: dihitung ketika pegawai tidak WFO bersama"
)
WRITE_SHOULD = Sentence(en="Write `strength: should`.", id="Tuliskan `strength: should`.")


class Company(StrEnum):
    """What is wanted of a set: the same places, or days on which all are in the office together."""

    SAME = "same"
    MET = "met"


class Whose(StrEnum):
    """Whose places are the same: of all who are present, or of those who may come to the office."""

    BOTH = "both"
    OFFICE = "office"


class CostPer(StrEnum):
    """What counts where a set is parted, or does not meet: people, days, or the set once."""

    PERSON_DAY = "person_day"
    SET_DAY = "set_day"
    SET = "set"


COSTS: Mapping[tuple[Company, CostPer], tuple[Sentence, Sentence]] = {
    (Company.SAME, CostPer.PERSON_DAY): (APART_MORE, APART_LESS),
    (Company.SAME, CostPer.SET_DAY): (DAYS_MORE, DAYS_LESS),
    (Company.SAME, CostPer.SET): (SETS_MORE, SETS_LESS),
    (Company.MET, CostPer.PERSON_DAY): (AWAY_MORE, AWAY_LESS),
    (Company.MET, CostPer.SET_DAY): (UNMET_MORE, UNMET_LESS),
    (Company.MET, CostPer.SET): (NEVER_MORE, NEVER_LESS),
}
"""What each counts, in words."""
