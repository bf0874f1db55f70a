"""What a plan changes as messages: who, on which day, from where to where, and who is on duty instead of whom. Never why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from giliran.domain.changes import NameChange, PlaceChange
from giliran.domain.place import Place
from giliran.messages import Lang, Sentence
from giliran.reports.chat.days import called, duty_words
from giliran.reports.chat.marking import named
from giliran.reports.chat.pieces import Group, Notice, Section
from giliran.reports.plan import units_with_people
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.words import day_with_month, period, place_word

_HEAD = Sentence(en="Changes of the work plan", id="Perubahan jadwal kerja")
_VERSION = Sentence(en="{period}; plan {version}", id="{period}; jadwal ke-{version}")
_PERIOD = Sentence(en="{period}", id="{period}")
_NOTHING = Sentence(en="Nothing changes: neither a place nor a duty officer.", id="Tidak ada perubahan tempat kerja maupun petugas piket.")
_OPEN = Sentence(en="Not everybody is planned yet: more may change.", id="Belum semua pegawai terjadwal: masih mungkin ada perubahan lain.")
_UNCOMPARED = Sentence(
    en="The plan that was announced says nothing of these days, so there is nothing to compare.",
    id="Jadwal yang sudah ditetapkan tidak memuat hari-hari ini, jadi tidak ada yang dapat dibandingkan.",
)
_AWAY = Sentence(en="away", id="tidak bertugas")
_MOVED = Sentence(en="{was} → {becomes}", id="{was} → {becomes}")
_ON, _OFF = Sentence(en="now {duty}", id="menjadi {duty}"), Sentence(en="no longer {duty}", id="tidak lagi {duty}")
_MOST_IN_A_LINE = 10
"""Days in the line of a person; further ones have a line of their own."""

Change = PlaceChange | NameChange
Days = Mapping[int, Sequence[Change]]


def change_notice(report: Report, style: PlanStyle) -> Notice:
    """What is to be told of the changes, unit by unit and person by person."""
    facts, lang = report.facts, style.lang
    days = [day for d, day in enumerate(facts.dates) if report.scope.days[d]]
    when = period(days[0], days[-1], lang)
    under = (_VERSION(period=when, version=report.version) if report.version > 1 else _PERIOD(period=when)).text(lang)
    sections = [*_sections(report, lang)]
    if not sections:
        sections = [Section("", [Group("", [(_UNCOMPARED if report.changes is None else _NOTHING)().text(lang)])])]
    return Notice(_HEAD().text(lang), [named(facts.title), under, _OPEN().text(lang) if report.gaps.any() else ""], sections)


def _sections(report: Report, lang: Lang) -> Iterator[Section]:
    changed = _by_person(report)
    for unit, people in units_with_people(report):
        names = called(report, people.tolist())
        lines = [line for e in people.tolist() if e in changed for line in _lines(report, names[e], changed[e], lang)]
        if lines:
            yield Section(named(report.unit_name(unit)) if unit >= 0 else "", [Group("", lines)])


def _by_person(report: Report) -> dict[int, Days]:
    """Changes of what is shown, by person, then by day."""
    found: dict[int, dict[int, list[Change]]] = {}
    people, days = report.scope.people, report.scope.days
    for change in _changes(report):
        if people[change.person] and days[change.day]:
            found.setdefault(change.person, {}).setdefault(change.day, []).append(change)
    return {e: dict(sorted(of.items())) for e, of in found.items()}


def _changes(report: Report) -> Iterator[Change]:
    """Places and whoever is away now, then names; who was to come and is away changes no plan, but others wait for that person."""
    if report.changes is not None:
        yield from report.changes.places
        yield from report.changes.away
        yield from report.changes.names


def _lines(report: Report, name: str, changes: Days, lang: Lang) -> Iterator[str]:
    texts = [f"{day_with_month(report.facts.dates[d], lang)} {_said(report, of, lang)}" for d, of in changes.items()]
    for first in range(0, len(texts), _MOST_IN_A_LINE):
        yield f"- {name}: {'; '.join(texts[first : first + _MOST_IN_A_LINE])}"


def _said(report: Report, changes: Sequence[Change], lang: Lang) -> str:
    """What changes for a person on a day: the place, then duty."""
    texts = []
    for change in changes:
        if isinstance(change, PlaceChange):
            texts.append(_MOVED(was=_word(change.was, lang), becomes=_word(change.becomes, lang)).text(lang))
        else:
            texts.append((_ON if change.becomes else _OFF)(duty=duty_words(report, [change.rule], lang)).text(lang))
    return ", ".join(texts)


def _word(place: Place, lang: Lang) -> str:
    return _AWAY().text(lang) if place is Place.ABSENT else place_word(place, lang)
