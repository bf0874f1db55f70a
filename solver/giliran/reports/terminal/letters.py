"""Circulars for people: the list, and one letter with its rules and open questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from giliran.circulars import CircularPage, ExpectedPage, ParameterPage, RulePage
from giliran.messages import Lang, Said, Sentence, Whole, plain
from giliran.reports.terminal.screen import BOLD, DIM, Screen
from giliran.reports.words import row_said
from giliran.rules.base import Authority

_LIST = Sentence(en="Circulars that come along", id="Surat edaran yang tersedia")
_MORE = Sentence(en="giliran circulars NAME shows one.", id="giliran circulars NAMA menampilkan salah satunya.")
_ISSUED = Sentence(en="{issuer} ({authority}), number {number}, {date}", id="{issuer} ({authority}), nomor {number}, {date}")
_NO_NUMBER = Sentence(en="{issuer} ({authority})", id="{issuer} ({authority})")
_IN_FORCE = Sentence(en="In force from {first} to {last}", id="Berlaku {first} sampai {last}")
_OPEN = Sentence(en="In force from {first}, without an end", id="Berlaku mulai {first}, tanpa batas akhir")
_RULES = Sentence(en="Rules", id="Aturan")
_GOALS = Sentence(en="Goals", id="Tujuan")
_KIND = Sentence(en="{kind} ({row})", id="{kind} ({row})")
_WHEN = Sentence(en="only with {when}", id="hanya bila {when}")
_CHOICES = Sentence(en="Choices (choose: in the instance)", id="Pilihan (choose: dalam berkas masukan)")
_VALUE = Sentence(en="{value}: {words}", id="{value}: {words}")
_IS_DEFAULT = Sentence(en="{value}: {words} (default)", id="{value}: {words} (bawaan)")
_TAKES = Sentence(en="{takes}; default: {default}", id="{takes}; bawaan: {default}")
_TAKES_IN_WORDS = Sentence(en="{takes}; default: {default} ({words})", id="{takes}; bawaan: {default} ({words})")
_TYPES: dict[str, Sentence] = {
    "share": Sentence(en="a percentage such as 25%", id="persentase, misalnya 25%"),
    "share_or_none": Sentence(en="a percentage such as 25%, or none", id="persentase, misalnya 25%, atau none (tidak ada)"),
    "count": Sentence(en="a number", id="angka"),
    "levels": Sentence(en="one or several levels of units", id="satu atau beberapa tingkat unit kerja"),
    "ranks": Sentence(en="one or several ranks, or none", id="satu atau beberapa kelompok jabatan, atau none (tidak ada)"),
    "tags": Sentence(en="one or several words of the lists, or none", id="satu atau beberapa kata dari daftar, atau none (tidak ada)"),
    "weekday": Sentence(en="a weekday", id="nama hari"),
    "weekdays": Sentence(en="one or several weekdays, or none (every day)", id="satu atau beberapa nama hari, atau none (setiap hari)"),
    "date_or_none": Sentence(en="a date such as 2021-07-12, or none", id="tanggal, misalnya 2021-07-12, atau none (tidak ada)"),
}
_EXPECTS = Sentence(en="What the roster must say", id="Yang perlu ada dalam daftar pegawai")
_DEFAULT = Sentence(en="default: {default}", id="bawaan: {default}")
_NOT_RULES = Sentence(en="Rows that are no rule of a plan", id="Baris yang bukan aturan jadwal")
_AUTHORITY = {
    Authority.OWN: Sentence(en="own", id="sendiri"),
    Authority.AGENCY: Sentence(en="agency", id="instansi"),
    Authority.REGENCY: Sentence(en="regency or city", id="kabupaten/kota"),
    Authority.PROVINCE: Sentence(en="province", id="provinsi"),
    Authority.NATIONAL: Sentence(en="national", id="nasional"),
}


def report_circulars(console: Console, pages: Sequence[CircularPage], lang: Lang = "en") -> None:
    """Print names and titles."""
    screen = Screen(console, lang)
    screen.print(_list(screen, pages))


def report_circular(console: Console, page: CircularPage, lang: Lang = "en") -> None:
    """Print one circular: rules with their rows and quotations, choices, what a roster must say, rows that are no rule."""
    screen = Screen(console, lang)
    screen.print(_page(screen, page))


def _list(screen: Screen, pages: Sequence[CircularPage]) -> Iterator[Text]:
    yield from screen.wrapped(_LIST(), indent="", style=BOLD)
    for page in pages:
        yield from screen.item(page.name, page.title)
    yield Text()
    yield from screen.wrapped(_MORE(), indent="", style=DIM)


def _page(screen: Screen, page: CircularPage) -> Iterator[Text]:
    yield from screen.wrapped(page.name, indent="", style=BOLD)
    yield from screen.wrapped(page.title, indent="")
    yield from screen.wrapped(_issued(page), indent="", style=DIM)
    first, last = page.in_force
    force = _IN_FORCE(first=first, last=last) if last else _OPEN(first=first)
    yield from screen.wrapped(force, indent="", style=DIM)
    sections = (
        (_RULES, [_rule(screen, rule) for rule in page.rules]),
        (_GOALS, [_rule(screen, rule) for rule in page.goals]),
        (_CHOICES, [_choice(screen, choice) for choice in page.parameters]),
        (_EXPECTS, [_expected(screen, expected) for expected in page.expects]),
        (_NOT_RULES, [screen.item(row, why) for row, why in page.not_rules]),
    )
    for title, items in sections:
        if items:
            yield Text()
            yield from screen.wrapped(title(), indent="", style=BOLD)
            for lines in items:
                yield from lines


def _issued(page: CircularPage) -> Said:
    authority = _AUTHORITY[page.authority]()
    if not page.number or not isinstance(page.date, dt.date):
        return _NO_NUMBER(issuer=page.issuer, authority=authority)
    return _ISSUED(issuer=page.issuer, authority=authority, number=", ".join(page.number), date=page.date)


def _rule(screen: Screen, rule: RulePage) -> Iterator[Text]:
    """Id and kind, then the letter's words, then the choice that it hangs on."""
    row = row_said(rule.row)
    yield from screen.item(rule.id, _KIND(kind=rule.kind, row=row) if row else rule.kind)
    if source := " – ".join(part for part in (f"“{rule.quote}”" if rule.quote else "", rule.via) if part):
        yield from screen.wrapped(source, indent=screen.beside, style=DIM)
    if rule.when:
        yield from screen.wrapped(_WHEN(when=Whole(rule.when)), indent=screen.beside)


def _choice(screen: Screen, choice: ParameterPage) -> Iterator[Text]:
    yield from screen.item(choice.name, choice.question or "–")
    for value, words in zip(choice.values, choice.labels, strict=True):
        said = _IS_DEFAULT if value == choice.default else _VALUE
        yield from screen.wrapped(said(value=value, words=words), indent=screen.beside, style=DIM)
    if not choice.values:
        said = _TAKES if choice.default == choice.default_label else _TAKES_IN_WORDS
        takes = _TYPES[choice.type or "tags"]()
        yield from screen.wrapped(said(takes=takes, default=choice.default, words=choice.default_label), indent=screen.beside, style=DIM)
    if choice.asked_when:
        yield from screen.wrapped(_WHEN(when=Whole(choice.asked_when)), indent=screen.beside, style=DIM)


def _expected(screen: Screen, expected: ExpectedPage) -> Iterator[Text]:
    name = ".".join(part for part in (expected.place, expected.column) if part)
    words = ", ".join(expected.words)
    question = ": ".join(part for part in (words, expected.question) if part)
    yield from screen.item(name, question or "–")
    if expected.default is not None:
        yield from screen.wrapped(_DEFAULT(default=plain(expected.default)), indent=screen.beside, style=DIM)
