"""A plan that was planned again: how many days change, what was ordered, and the list of changes to send, person by person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from giliran.domain.changes import PlaceChange
from giliran.domain.place import Place
from giliran.messages import Said, Sentence, plain
from giliran.reports.piket import duty_called
from giliran.reports.table import Column, Kind, Row, Table
from giliran.reports.words import REPLACES, both, day_with_month, place_word

if TYPE_CHECKING:
    from giliran.rules.view import View
    from giliran.whatif.causes import CausedChange
    from giliran.whatif.replanned import Fewest, Replanned

_NOTHING = Sentence(
    en="Nobody who is there changes a day: what was published still keeps every rule.",
    id="Tidak ada pegawai masuk yang harinya berubah: jadwal yang sudah ditetapkan tetap memenuhi semua aturan.",
)
_DAYS = Sentence(
    en="{days} {days:day|days} of {people} {people:person|people} {days:changes|change}; {known}.",
    id="{days} hari dari {people} pegawai berubah; {known}.",
)
_LESS = Sentence(en="{less} {less:is|are} impossible", id="{less} hari tidak cukup")
_NONE = Sentence(en="without a change it is impossible", id="tanpa perubahan tidak dapat disusun")
_RELAXING = Sentence(en="{known} unless more is relaxed", id="{known} kecuali dengan pelonggaran tambahan")
_OPEN = Sentence(
    en="it is proven that {bound} must, not that fewer than {days} cannot do",
    id="terbukti {bound} hari harus berubah, belum terbukti bahwa kurang dari {days} tidak cukup",
)
_UNKNOWN = Sentence(en="it is not proven that fewer are impossible", id="belum terbukti bahwa lebih sedikit tidak cukup")
_PEOPLE = Sentence(
    en="With {days} changed {days:day|days} it takes {people} {people:person|people} at least.",
    id="Dengan {days} hari perubahan, sedikitnya {people} pegawai berubah.",
)
_NAMES = Sentence(en="{names} {names:name|names} for duty {names:changes|change}.", id="{names} nama petugas piket berubah.")
_HURRYING = Sentence(en="{known} unless more change at short notice", id="{known} kecuali dengan lebih banyak perubahan mendadak")
_SOON = Sentence(
    en="Up to {last}, at short notice: {days} {days:day|days}; {known}.",
    id="Sampai {last}, pemberitahuannya mendadak: {days} hari; {known}.",
)
_NOT_SOON = Sentence(en="None of them up to {last}, at short notice.", id="Tidak satu pun sampai {last}, yang pemberitahuannya mendadak.")

_TITLE = Sentence(en="Changes to send", id="Perubahan untuk disampaikan")
_PERSON = Sentence(en="{name} ({id})", id="{name} ({id})")
_MOVED = Sentence(en="{day}: {was} → {becomes}, because {because}", id="{day}: semula {was} menjadi {becomes}, karena {because}")
_NOW_ON_DUTY = Sentence(en="{day}: now {duty}, because {because}", id="{day}: menjadi {duty}, karena {because}")
_OFF_DUTY = Sentence(en="{day}: no longer {duty}, because {because}", id="{day}: tidak lagi menjadi {duty}, karena {because}")
_OF_DUTY = Sentence(en="duty officer ({duty})", id="petugas piket ({duty})")
_ON_DUTY = Sentence(en="duty officer", id="petugas piket")
_NOT_ON_DUTY = Sentence(en="not duty officer", id="bukan petugas piket")


@dataclass(frozen=True)
class SentRow(Row):
    """One change, as the person is told it.

    Parameters
    ----------
    id, name
        Whose.
    day
        When.
    rule
        Id of the duty rule; empty for a place.
    was, becomes
        What was published, and what is planned.
    because
        What it goes back to.
    said
        All of it but the person.
    """

    columns = (
        Column("id", Sentence(en="Id", id="Id")(), Kind.TEXT),
        Column("name", Sentence(en="Name", id="Nama")(), Kind.TEXT),
        Column("day", Sentence(en="Day", id="Hari")(), Kind.DAY),
        Column("rule", Sentence(en="Duty", id="Piket")(), Kind.TEXT),
        Column("was", Sentence(en="Published", id="Semula")(), Kind.TEXT),
        Column("becomes", Sentence(en="Planned", id="Menjadi")(), Kind.TEXT),
        Column("because", Sentence(en="Because", id="Karena")(), Kind.TEXT),
    )

    person: int
    id: str
    name: str
    day: dt.date
    rule: str
    was: Said
    becomes: Said
    because: Said
    said: Said

    def whose(self) -> Said:
        """The person, with the id."""
        return _PERSON(name=self.name, id=self.id) if self.name else plain(self.id)


def sent_table(replanned: Replanned) -> Table[SentRow]:
    """Every change, by person in the order of the staff table, then by day, a place before a duty."""
    view = replanned.result.instance.view
    rows = [_row(view, change) for change in replanned.changes]
    ordered = sorted(rows, key=lambda row: (row.person, row.day, row.rule))
    return Table("sent", _TITLE(), SentRow.columns, tuple(ordered))


def by_person(table: Table[SentRow]) -> Iterator[tuple[Said, tuple[Said, ...]]]:
    """Each person with what changes, in sentences."""
    for _, group in groupby(table.rows, key=lambda row: row.person):
        own = [*group]
        yield own[0].whose(), tuple(row.said for row in own)


def version_line(replanned: Replanned) -> Said:
    """The number of the plan, and of the one that it replaces."""
    return REPLACES(version=replanned.version, replaces=replanned.replaces)


def change_lines(replanned: Replanned) -> Iterator[Said]:
    """How many days, people and names change, and what is proven of fewer; nothing where not everybody is planned."""
    facts, days, people = replanned.result.instance.facts, replanned.days, replanned.people
    if not replanned.whole:
        return
    if days.value == 0:
        yield _NOTHING()
    else:
        yield _DAYS(days=days.value, people=people.value, known=_known(days, replanned.soon.value))
        if people.proven and people.value > 1:
            yield _PEOPLE(days=days.value, people=people.value)
    if facts.notice_to is not None and days.value:
        soon = replanned.soon
        said = _SOON(last=facts.notice_to, days=soon.value, known=_known(soon)) if soon.value else _NOT_SOON(last=facts.notice_to)
        yield said
    if replanned.names:
        yield _NAMES(names=replanned.names)


def order_lines(replanned: Replanned) -> Iterator[Said]:
    """What was ordered, then what must be told about it."""
    yield from (order.said(replanned.result.instance.facts) for order in replanned.orders)
    yield from replanned.notes


def _known(days: Fewest, soon: int = 0) -> Said:
    """What is known about fewer changed days; more at short notice can only make up for others where fewer in all leave room for them."""
    if days.bound is None:
        return _UNKNOWN()
    if not days.proven:
        return _OPEN(bound=days.bound, days=days.value) if days.bound > 0 else _UNKNOWN()
    known = _LESS(less=days.value - 1) if days.value > 1 else _NONE()
    known = _HURRYING(known=known) if days.hurrying and soon + 1 < days.value else known
    return _RELAXING(known=known) if days.relaxing else known


def _row(view: View, change: CausedChange) -> SentRow:
    facts, what, because = view.facts, change.what, change.because
    e, day = what.person, facts.dates[what.day]
    told = {"day": both(day_with_month, day), "because": because}
    if isinstance(what, PlaceChange):
        was, becomes = (_place(place) for place in (what.was, what.becomes))
        rule, said = "", _MOVED(was=was, becomes=becomes, **told)
    else:
        was, becomes = ((_ON_DUTY if named else _NOT_ON_DUTY)() for named in (what.was, what.becomes))
        rule, said = what.rule, (_NOW_ON_DUTY if what.becomes else _OFF_DUTY)(duty=_duty(view, what.rule), **told)
    return SentRow(e, facts.staff.ids[e], facts.staff.names[e], day, rule, was, becomes, because, said)


def _duty(view: View, rule: str) -> Said:
    """What whoever has a duty is called; where there are several, with the duty as its letter calls it."""
    return _OF_DUTY(duty=duty_called(view, rule)) if len(view.duties) > 1 else _ON_DUTY()


def _place(place: Place) -> Said:
    """A place as everybody may read it: why somebody is away is not told."""
    return both(lambda lang: place_word(place, lang))
