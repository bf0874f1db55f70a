"""Sentences, numbers and dates of letters, each by itself, against answers written by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from giliran.letters.days import spans_in, weeks_in
from giliran.letters.numbers import Measure, amounts_in
from giliran.letters.passages import passages_of
from giliran.letters.tokens import tokens_of


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("50%", [5000]),
        ("50 persen", [5000]),
        ("12,5 %", [1250]),
        ("50% (lima puluh persen)", [5000]),
        ("25 (dua puluh lima) persen", [2500]),
        ("dua puluh lima persen", [2500]),
        ("seratus persen", [10000]),
        ("tujuh belas persen", [1700]),
        ("twenty-five percent", [2500]),
        ("seventy five per cent", [7500]),
        ("I00%", [10000]),
        ("5O persen", [5000]),
        ("IOO%", [10000]),
        ("sepertiga pegawai", [3333]),
        ("dua pertiga dari pegawai", [6667]),
        ("tiga perempat pegawai", [7500]),
        ("setengah hari", []),
        ("150%", []),
        ("25-50%", [2500, 5000]),
        ("25% dan 50%", [2500, 5000]),
        ("Nomor 50 Tahun 2020", []),
    ],
)
def test_shares(text: str, shares: list[int]) -> None:
    """In digits, in words, in both, with what a scanner makes of them; in basis points."""
    assert [amount.value for amount in amounts_in(tokens_of(text)) if amount.measure is Measure.SHARE] == shares


@pytest.mark.parametrize("text", ["50:50", "50-50", "75 : 25 persen", "50 banding 50"])
def test_ratios(text: str) -> None:
    """Two numbers that make a hundred are one amount."""
    assert [amount.measure for amount in amounts_in(tokens_of(text))] == [Measure.RATIO]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3 s.d. 14 Agustus 2026", dt.date(2026, 8, 3), dt.date(2026, 8, 14)),
        ("3-14/8/2026", dt.date(2026, 8, 3), dt.date(2026, 8, 14)),
        ("3 – 14 Agustus 2026", dt.date(2026, 8, 3), dt.date(2026, 8, 14)),
        ("30 Juli sampai dengan 3 Agustus 2026", dt.date(2026, 7, 30), dt.date(2026, 8, 3)),
        ("28 Desember s/d 2 Januari 2027", dt.date(2026, 12, 28), dt.date(2027, 1, 2)),
        ("tanggal 3 Agustus 2026 sampai dengan tanggal 14 Agustus 2026", dt.date(2026, 8, 3), dt.date(2026, 8, 14)),
        ("Senin, 3 Agustus 2026 hingga Jumat, 7 Agustus 2026", dt.date(2026, 8, 3), dt.date(2026, 8, 7)),
        ("16 dan 17 April 2024", dt.date(2024, 4, 16), dt.date(2024, 4, 17)),
        ("25, 26, dan 27 Maret", dt.date(2026, 3, 25), dt.date(2026, 3, 27)),
        ("2026-08-03 sampai 2026-08-07", dt.date(2026, 8, 3), dt.date(2026, 8, 7)),
        ("3/8/2026 - 7/8/2026", dt.date(2026, 8, 3), dt.date(2026, 8, 7)),
        ("12/10 s/d 23/10/2026", dt.date(2026, 10, 12), dt.date(2026, 10, 23)),
        ("28/12 - 2/1/2027", dt.date(2026, 12, 28), dt.date(2027, 1, 2)),
        ("03.08.2026", dt.date(2026, 8, 3), dt.date(2026, 8, 3)),
        ("12 Juli", dt.date(2026, 7, 12), dt.date(2026, 7, 12)),
        ("July 12, 2021", dt.date(2021, 7, 12), dt.date(2021, 7, 12)),
        ("pada Februari 2024", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
    ],
)
def test_dates(text: str, first: dt.date, last: dt.date) -> None:
    """All forms of a day and of first and last days; a year that is missing is that of the letter."""
    [span] = spans_in(tokens_of(text))
    assert (span.first.date(2026), span.last.date(2026)) == (first, last)


@pytest.mark.parametrize(
    "text", ["32 Agustus 2026", "31/13/2026", "08.00-12.00", "1/2", "1/3 hingga 1/2 pegawai", "Pasal 4 ayat 2", "3 dan 9 orang"]
)
def test_no_dates(text: str) -> None:
    """What no calendar has, hours and plain numbers."""
    assert spans_in(tokens_of(text)) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("setiap hari Jumat", [("fri",)]),
        ("Senin sampai dengan Kamis", [("mon", "tue", "wed", "thu")]),
        ("Senin, Rabu dan Jumat", [("mon", "wed", "fri")]),
        ("Selasa (13/7/2021)", []),
        ("Kamis, 26 Maret 2020", []),
        ("dua minggu", []),
        ("hari Minggu", [("sun",)]),
        ("every Friday and on Mondays", [("fri",), ("mon",)]),
    ],
)
def test_weekdays(text: str, days: list[tuple[str, ...]]) -> None:
    """Weekdays by themselves; those of a date are none."""
    tokens = tokens_of(text)
    assert [week.days for week in weeks_in(tokens, spans_in(tokens))] == days


def texts(text: str) -> list[str]:
    """The sentences of a text."""
    return [passage.text for passage in passages_of(text)]


def test_lines_are_joined() -> None:
    """Words parted at the end of a line are whole; what belongs together by its hyphen keeps it; a page number is no text."""
    assert texts("Pegawai me-\nlaksanakan tugas di rumah masing-\nmasing tanggal 3-\n14 Agustus.\n\n- 2 -\n\nLalu selesai.") == [
        "Pegawai melaksanakan tugas di rumah masing-masing tanggal 3-14 Agustus.",
        "Lalu selesai.",
    ]


def test_short_forms_end_no_sentence() -> None:
    """S.d., No., names with letters; a sentence may begin without a space."""
    assert texts("Surat No. 5 berlaku s.d. 3 Mei bagi Dr. H. Ani di Kab. Contoh. Demikian.Terima kasih.") == [
        "Surat No. 5 berlaku s.d. 3 Mei bagi Dr. H. Ani di Kab. Contoh.",
        "Demikian.",
        "Terima kasih.",
    ]


def test_items_stand_below_their_stem() -> None:
    """Each item of a list knows what its list is about, down to the second list."""
    found = passages_of("1. WFO diatur:\na. zona merah:\n1) siang 25%;\n2) malam 10%;\nb. zona hijau 50%.\n2. Selesai.")
    assert [(passage.text, passage.stems) for passage in found] == [
        ("WFO diatur:", ()),
        ("zona merah:", ("WFO diatur:",)),
        ("siang 25%;", ("WFO diatur:", "zona merah:")),
        ("malam 10%;", ("WFO diatur:", "zona merah:")),
        ("zona hijau 50%.", ("WFO diatur:",)),
        ("Selesai.", ()),
    ]


def test_lines_of_the_letter_are_told() -> None:
    """The line of a quote is where its paragraph begins."""
    assert [passage.line for passage in passages_of("Satu.\n\nDua\ndan tiga.\n\n1. Empat.")] == [1, 3, 6]
