"""Words of staff lists and their spellings."""

from __future__ import annotations

from collections import Counter

import pytest

from giliran.domain.place import Place
from giliran.domain.words import (
    Kind,
    canonical,
    columns_called,
    is_of_attendance,
    meant_words,
    parse_answer,
    parse_attendance,
    parse_place,
    parse_weekday,
    simple,
    spellings,
    words,
)
from giliran.instance.rows import ROWS
from giliran.messages import LANGUAGES, Lang
from giliran.text import TextError, column_name


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.COLUMN])
def test_a_spelling_means_one_word(kind: Kind) -> None:
    """No spelling stands for two words of a kind."""
    counted = Counter(spelling for word in words(kind) for spelling in spellings(kind, word))
    assert [spelling for spelling, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("kind", "text", "word"),
    [
        (Kind.RANK, "Pimpinan Tinggi Pratama", "jpt_pratama"),
        (Kind.RANK, "Eselon III.a", "administrator"),
        (Kind.STATUS, "P3K", "pppk"),
        (Kind.STATUS, "Tenaga Kontrak", "kontrak"),
        (Kind.FUNCTION, "Lapangan", "field"),
        (Kind.REASON, "DL", "dinas_luar"),
        (Kind.STATUS, "Magang / PKL", "magang_pkl"),
        (Kind.STATUS, "PPPK Paruh Waktu", "pppk_pw"),
        (Kind.STATUS, "Tenaga Alih Daya", "outsourcing"),
        (Kind.STATUS, "BLUD Non-PNS", "blud"),
        (Kind.STATUS, "Non ASN", "non_asn"),
    ],
)
def test_canonical(kind: Kind, text: str, word: str) -> None:
    """Usual spellings become one word, free words only a simple form."""
    assert canonical(kind, text) == word


def test_statuses_are_civil_servants_or_not() -> None:
    """In a rule `asn` and `non_asn` part all statuses: PPPK of either kind are civil servants, PJLP, BLUD and outsourced are not."""
    asn, others = set(meant_words(Kind.STATUS, "ASN")), set(meant_words(Kind.STATUS, "non-ASN"))
    assert asn | others == set(words(Kind.STATUS)) and not asn & others
    assert asn == {"asn", "pns", "cpns", "pppk", "pppk_pw"}
    spelt = ["PJLP", "THL", "PPNPN", "BLUD Non PNS", "Alih Daya", "Tenaga Kontrak", "PTT", "Non-PNS"]
    assert {canonical(Kind.STATUS, text) for text in spelt} <= others
    assert meant_words(Kind.STATUS, "P3K") == ("pppk",)


@pytest.mark.parametrize(("text", "place"), [("WFO", Place.OFFICE), ("Kantor", Place.OFFICE), ("wfh", Place.HOME), ("libur", Place.OFF)])
def test_places(text: str, place: Place) -> None:
    """Places are read in the words of Indonesian plans."""
    assert parse_place(text) is place


@pytest.mark.parametrize(("text", "weekday"), [("Senin", 0), ("Jum'at", 4), ("fri", 4), ("Minggu", 6)])
def test_weekdays(text: str, weekday: int) -> None:
    """Weekdays are read in both languages."""
    assert parse_weekday(text) == weekday


@pytest.mark.parametrize(
    ("text", "answer"), [("Ya", True), ("x", True), ("1", True), ("true", True), ("tidak", False), ("-", False), ("", False)]
)
def test_answers(text: str, answer: bool) -> None:
    """Yes and no are read as people mark them."""
    assert parse_answer(text) is answer


def test_unknown_place() -> None:
    """A word that nobody knows is told with the nearest one."""
    with pytest.raises(TextError) as caught:
        parse_place("offfice")
    assert caught.value.advice is not None
    assert "office" in caught.value.advice.text()


@pytest.mark.parametrize(
    ("word", "place"),
    [
        *(("WFO", Place.OFFICE), ("WFH", Place.HOME), ("WFA", Place.HOME)),
        *(
            (word, Place.ABSENT)
            for word in ("DIKLAT", "DINAS_LUAR", "Dinas Luar", "IZIN", "SAKIT", "CUTI", "CLTN", "ALPHA", "TIDAK_PRESENSI")
        ),
    ],
)
def test_words_of_attendance_systems(word: str, place: Place) -> None:
    """What attendance systems export says where somebody was; from anywhere is not the office, no record is no attendance."""
    assert parse_attendance(word) == place
    assert is_of_attendance(word)


@pytest.mark.parametrize("word", ["HADIR", "TERLAMBAT"])
def test_words_that_leave_the_place_open(word: str) -> None:
    """Whoever came, late or not, may have come to either place: nobody guesses."""
    with pytest.raises(TextError, match="not whether to the office"):
        parse_attendance(word)


@pytest.mark.parametrize(
    ("word", "reason"),
    [("DIKLAT", "diklat"), ("DINAS_LUAR", "dinas_luar"), ("IZIN", "izin"), ("SAKIT", "sakit"), ("CUTI", "cuti"), ("CUTI BERSAMA", "cuti")],
)
def test_reasons_of_attendance_systems(word: str, reason: str) -> None:
    """The same words in a list of leave are reasons."""
    assert canonical(Kind.REASON, word) == reason


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_is_a_column(lang: Lang) -> None:
    """What sheets call a column is known to whoever reads tables."""
    for name, words_ in columns_called().items():
        assert column_name(words_[lang]) == name or simple(words_[lang]) in map(simple, spellings(Kind.COLUMN, name)), name


def test_every_column_has_a_heading() -> None:
    """A column that a table may have can be written on a sheet, too."""
    columns = {field.alias or name for row in ROWS for name, field in row.model_fields.items()}
    assert columns <= columns_called().keys()
