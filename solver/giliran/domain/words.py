"""Words of Indonesian staff lists: their usual spellings, made one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

from giliran.domain.calendar import WEEKDAYS
from giliran.domain.place import Place
from giliran.messages import WEEKDAYS as WEEKDAY_NAMES
from giliran.messages import Lang, Said, Sentence, bilingual, did_you_mean, meant, nearest, plain
from giliran.text import TextError, parse_document

_SIGNS = re.compile(r"[\W_]+")

ASN = "asn"
"""The status of civil servants where a list does not say more; in rules it stands for all of them."""

NON_ASN = "non_asn"
"""The same for everybody who works there without being a civil servant."""

_BARE_ECHELON = re.compile(r"(i{1,3}|iv|[1-4])_?[ab]?")
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv"}

_ALIKE = 0.7
"""Likeness of a short word that may also be no word of ours at all: "hamil" is no misspelt "kamis"."""

_NOT_A_WORD = Sentence(en="'{found}' is not one of {known}", id="'{found}' tidak termasuk {known}")
_NO_WORD = Sentence(en="nothing is given; expected one of {known}", id="belum diisi; yang diharapkan salah satu dari {known}")

_NOT_SURE = Sentence(
    en="'{found}' says that somebody came, but not whether to the office", id="'{found}' tidak mengatakan apakah pegawai itu WFO atau WFH"
)
WRITE_PLACE = Sentence(en="Write WFO or WFH.", id="Tulis WFO atau WFH.")
"""Advice where a word leaves the place open."""
_SHOWN: Mapping[str, Mapping[str, Mapping[Lang, str]]] = {
    "place": {
        "office": {"en": "WFO", "id": "WFO"},
        "home": {"en": "WFH", "id": "WFH"},
        "absent": {"en": "absent", "id": "tidak hadir"},
        "off": {"en": "off", "id": "libur"},
    },
    "answer": {"yes": {"en": "yes", "id": "ya"}, "no": {"en": "no", "id": "tidak"}},
}
"""Words of which no others make sense, as people read them, by their kinds."""
_EITHER = frozenset({"h", "hadir", "present", "terlambat", "late", "v", "✓", "✔", "√"})
"""Words and ticks of attendance lists that leave the place open."""


_ACRONYMS = frozenset({"opd", "uptd", "upt", "skpd", "rsud", "dprd"})
"""Levels that are written in capitals."""


class Kind(StrEnum):
    """What a word is about."""

    RANK = "rank"
    STATUS = "status"
    FUNCTION = "function"
    PLACE = "place"
    REASON = "reason"
    AWAY = "away"
    """Words of attendance lists besides those for reasons."""
    WEEKDAY = "weekday"
    ANSWER = "answer"
    LEVEL = "level"
    SMALL_LEVEL = "small_level"
    """Levels below a bidang: units so small that in every rotation nobody is there on some day."""
    UNIT_NAME = "unit_name"
    AGENCY_NAME = "agency_name"
    COLUMN = "column"


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return parse_document(text, "words.yaml").data  # type: ignore[return-value]


def words(kind: Kind) -> tuple[str, ...]:
    """The words of a kind that rules select by."""
    return tuple(_tables()[kind])


def meant_words(kind: Kind, text: str) -> tuple[str, ...]:
    """The words that a spelling in a rule stands for: every status of civil servants for `asn`, all others for `non_asn`, else one word."""
    word = canonical(kind, text)
    if kind is not Kind.STATUS or word not in (ASN, NON_ASN):
        return (word,)
    servants = (ASN, *_tables()["civil_service"][ASN])
    return servants if word == ASN else tuple(status for status in words(kind) if status not in servants)


def level_said(level: str) -> Said:
    """A level of units in a sentence: "OPD", "bidang", "sub bidang"."""
    return plain(level.upper() if level in _ACRONYMS else level.replace("_", " "))


def spellings(kind: Kind, word: str) -> tuple[str, ...]:
    """Everything that stands for a word, itself first."""
    return (word, *_tables()[kind].get(word, ()))


def columns_called() -> Mapping[str, Mapping[Lang, str]]:
    """What the columns of tables are called in either language, in the order in which people want to see them."""
    return _tables()["heading"]  # type: ignore[return-value]


def column_called(name: str) -> Said:
    """A column as messages name it: `position`, in Indonesian `jabatan`."""
    words = columns_called().get(name, {})
    return bilingual(en=name, id=simple(words.get("id", name)))


@cache
def _meanings(kind: Kind) -> Mapping[str, str]:
    return {spelling: word for word, others in _tables()[kind].items() for spelling in (word, *others)}


def simple(text: str) -> str:
    """A word in small letters, with `_` for spaces and signs: "JPT Pratama" is `jpt_pratama`."""
    return _SIGNS.sub("_", text.casefold()).strip("_")


def canonical(kind: Kind, text: str) -> str:
    """The word that a spelling stands for; a free word becomes itself in simple form."""
    word = simple(text)
    return _meanings(kind).get(word, word)


def rank_of_echelon(text: str) -> str:
    """The rank of an echelon as lists write it under that heading: "III.a", "IIIa", "3"; other words are ranks themselves."""
    found = _BARE_ECHELON.fullmatch(simple(text))
    return canonical(Kind.RANK, f"eselon_{_ROMAN.get(found[1], found[1])}" if found else text)


def beginning(kind: Kind, name: str) -> str | None:
    """The word of a kind that a name begins with, the longest that it does; None for none.

    Among the levels that names of units tell, "Sekretariat Daerah" begins with `opd`, "Sekretariat Dinas" with `sekretariat`.
    """
    parts = simple(name).split("_")
    beginnings = ("_".join(parts[:many]) for many in range(len(parts), 0, -1))
    return next((word for text in beginnings if (word := _meanings(kind).get(text)) is not None), None)


def meant_by(kinds: Iterable[Kind], text: str) -> Said | None:
    """What to advise whoever mistyped a word that may be of several kinds."""
    known = {spelling for kind in kinds for spelling in _meanings(kind)}
    return did_you_mean(nearest(simple(text), known, _ALIKE))


def closed(kind: Kind, text: str) -> str:
    """The word that a spelling stands for, where only known words make sense.

    Raises
    ------
    TextError
        If nobody knows the word.
    """
    meanings = _meanings(kind)
    word = text if text in meanings else simple(text)
    if word not in meanings and not text.strip():
        raise TextError(_NO_WORD(known=_all_said(kind)))
    if word not in meanings:
        raise TextError(_NOT_A_WORD(found=text, known=_all_said(kind)), meant(word, meanings))
    return meanings[word]


def shown_word(kind: Kind, word: str, lang: Lang) -> str:
    """A word of which no others make sense as people read it: `mon` is "Senin", `home` is "WFH"; all others as they are."""
    if kind is Kind.WEEKDAY and word in WEEKDAYS:
        return WEEKDAY_NAMES[lang][WEEKDAYS.index(word)]
    return _SHOWN.get(kind, {}).get(word, {}).get(lang, word)


@cache
def _all_said(kind: Kind) -> list[Said]:
    """Every word of a kind, for messages; made once, however many wrong words there are."""
    return [_said(kind, word) for word in words(kind)]


def _said(kind: Kind, word: str) -> Said:
    """The same for messages, which name it in English as files know it."""
    shown = shown_word(kind, word, "id")
    return bilingual(en=word, id=shown.lower() if kind is Kind.WEEKDAY else shown)


def parse_place(text: str) -> Place:
    """A place from its word: `office`, WFO, kantor; raises `TextError`."""
    return Place[closed(Kind.PLACE, text).upper()]


def parse_attendance(text: str) -> Place:
    """Where somebody was, from a word of an attendance list: a place, or a reason to be away; nothing where it says nothing.

    Raises
    ------
    TextError
        If nobody knows the word, or it stands for different things in different lists: `H` is `hadir`, or `home`.
    """
    word = simple(text)
    if says_only_present(text):
        raise TextError(_NOT_SURE(found=text), WRITE_PLACE())
    if not word:
        return Place.NONE
    return Place.ABSENT if word in _meanings(Kind.REASON) else parse_place(text)


def reason_of_absence(text: str) -> str:
    """Why somebody is away, from a word of an absence or of an attendance list: "S" and "Sakit" are `sakit`; a free word is itself."""
    return canonical(Kind.AWAY, canonical(Kind.REASON, text))


def says_only_present(text: str) -> bool:
    """Whether a word of an attendance list says that somebody came to work, and not where."""
    return (simple(text) or text.strip()) in _EITHER


def is_of_attendance(text: str) -> bool:
    """Whether attendance lists have such a word in a cell."""
    return says_only_present(text) or any(simple(text) in _meanings(kind) for kind in (Kind.PLACE, Kind.REASON))


def parse_weekday(text: str) -> int:
    """A weekday from its word, 0 is Monday; raises `TextError`."""
    return WEEKDAYS.index(closed(Kind.WEEKDAY, text))


def parse_answer(text: str) -> bool:
    """Yes or no from its word, nothing is no; raises `TextError`."""
    return bool(text) and closed(Kind.ANSWER, text) == "yes"
