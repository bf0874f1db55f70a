"""Circulars for people: the list, and one letter with its rules and open questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from giliran.circulars import CircularPage, ExpectedPage, ParameterPage, RulePage
from giliran.messages import Lang, Sentence, Whole, plain
from giliran.reports.lines import BOLD, DIM, print_lines, wrapped
from giliran.reports.rows import row_text
from giliran.rules.base import Authority

_LIST = Sentence(en="Circulars that come along", id="Surat edaran yang tersedia")
_MORE = Sentence(en="giliran circulars NAME shows one.", id="giliran circulars NAMA menampilkan salah satunya.")
_ISSUED = Sentence(en="{issuer} ({authority}), number {number}, {date}", id="{issuer} ({authority}), nomor {number}, {date}")
_NO_NUMBER = Sentence(en="{issuer} ({authority})", id="{issuer} ({authority})")
_IN_FORCE = Sentence(en="In force from {first} to {last}", id="Berlaku {first} sampai {last}")
_OPEN = Sentence(en="In force from {first}, without an end", id="Berlaku mulai {first}, tanpa batas akhir")
_RULES = Sentence(en="Rules", id="Aturan")
_GOALS = Sentence(en="Goals", id="Tujuan")
_WHEN = Sentence(en="only with {when}", id="hanya bila {when}")
_CHOICES = Sentence(en="Choices (choose: in the instance)", id="Pilihan (choose: dalam instans)")
_TAKES = Sentence(en="values: {values}; default: {default}", id="nilai: {values}; bawaan: {default}")
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
_INDENT, _WIDTH = "  ", 24


def report_circulars(console: Console, pages: Sequence[CircularPage], lang: Lang = "en") -> None:
    """Print names and titles."""
    print_lines(console, _list(pages, console.width, lang))


def report_circular(console: Console, page: CircularPage, lang: Lang = "en") -> None:
    """Print one circular: rules with their rows and quotations, choices, what a roster must say, rows that are no rule."""
    print_lines(console, _page(page, console.width, lang))


def _list(pages: Sequence[CircularPage], width: int, lang: Lang) -> Iterator[Text]:
    yield Text(_LIST().text(lang), style=BOLD)
    for page in pages:
        yield from wrapped(page.title, width, indent=" " * _WIDTH, first=_lead(page.name))
    yield Text()
    yield from wrapped(_MORE().text(lang), width, indent="", style=DIM)


def _page(page: CircularPage, width: int, lang: Lang) -> Iterator[Text]:
    yield from wrapped(page.name, width, indent="", style=BOLD)
    yield from wrapped(page.title, width, indent="")
    yield from wrapped(_issued(page, lang), width, indent="", style=DIM)
    first, last = page.in_force
    force = _IN_FORCE(first=first, last=last) if last else _OPEN(first=first)
    yield from wrapped(force.text(lang), width, indent="", style=DIM)
    sections = (
        (_RULES, [_rule(rule, width, lang) for rule in page.rules]),
        (_GOALS, [_rule(rule, width, lang) for rule in page.goals]),
        (_CHOICES, [_choice(choice, width, lang) for choice in page.parameters]),
        (_EXPECTS, [_expected(expected, width, lang) for expected in page.expects]),
        (_NOT_RULES, [wrapped(why, width, indent=" " * _WIDTH, first=_lead(row)) for row, why in page.not_rules]),
    )
    for title, items in sections:
        if items:
            yield Text()
            yield Text(title().text(lang), style=BOLD)
            for lines in items:
                yield from lines


def _issued(page: CircularPage, lang: Lang) -> str:
    authority = _AUTHORITY[page.authority]()
    if not page.number or not isinstance(page.date, dt.date):
        return _NO_NUMBER(issuer=page.issuer, authority=authority).text(lang)
    return _ISSUED(issuer=page.issuer, authority=authority, number=", ".join(page.number), date=page.date).text(lang)


def _rule(rule: RulePage, width: int, lang: Lang) -> Iterator[Text]:
    """Id and kind, then the letter's words, then the choice that it hangs on."""
    row = row_text(rule.row, lang)
    yield from wrapped(f"{rule.kind} ({row})" if row else rule.kind, width, indent=" " * _WIDTH, first=_lead(rule.id))
    if source := " – ".join(part for part in (f"“{rule.quote}”" if rule.quote else "", rule.via) if part):
        yield from wrapped(source, width, indent=" " * _WIDTH, style=DIM)
    if rule.when:
        yield from wrapped(_WHEN(when=Whole(rule.when)).text(lang), width, indent=" " * _WIDTH)


def _choice(choice: ParameterPage, width: int, lang: Lang) -> Iterator[Text]:
    yield from wrapped(choice.question or "–", width, indent=" " * _WIDTH, first=_lead(choice.name))
    values = ", ".join(choice.values) or choice.type or "–"
    yield from wrapped(_TAKES(values=Whole(values), default=choice.default).text(lang), width, indent=" " * _WIDTH, style=DIM)


def _expected(expected: ExpectedPage, width: int, lang: Lang) -> Iterator[Text]:
    name = ".".join(part for part in (expected.place, expected.column) if part)
    words = ", ".join(expected.words)
    question = ": ".join(part for part in (words, expected.question) if part)
    yield from wrapped(question or "–", width, indent=" " * _WIDTH, first=_lead(name))
    if expected.default is not None:
        yield from wrapped(_DEFAULT(default=plain(expected.default)).text(lang), width, indent=" " * _WIDTH, style=DIM)


def _lead(name: str) -> str:
    return f"{_INDENT}{name:<{_WIDTH - 3}} "
