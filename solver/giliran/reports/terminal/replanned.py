"""A plan that was planned again, on a terminal: what is new, how little changes, and the list of changes to send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from giliran.messages import Said, Sentence
from giliran.reports.replanned import by_person, change_lines, order_lines, sent_table, version_line
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, Screen

if TYPE_CHECKING:
    from giliran.whatif.replanned import Replanned

MOST_PEOPLE = 40
"""Most people whose changes are listed where not all are wanted."""
MOST_LISTED = 10
"""Most orders, and most rules that the published plan does not keep, that are listed then."""

_NEW = Sentence(en="What is new", id="Yang baru")
_NOTHING_NEW = Sentence(en="Nothing was ordered.", id="Tidak ada yang baru.")
_OUTDATED = Sentence(
    en="The published plan does not keep rules of today: {count}",
    id="Jadwal yang sudah ditetapkan tidak memenuhi aturan yang berlaku: {count}",
)
_RULE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_COUNTED = Sentence(en="{title}: {count}", id="{title}: {count}")
_MORE = Sentence(en="… and {count} more: --all", id="… dan {count} lagi: --all")
_MORE_PEOPLE = Sentence(
    en="… and {count} more {count:person|people}: --all, or --changes FILE",
    id="… dan {count} pegawai lagi: --all, atau --changes BERKAS",
)


def replanned_section(screen: Screen, replanned: Replanned, *, whole: bool) -> Iterator[Text]:
    """The number of the plan, what is new, what the published plan does not keep, how little changes, and the list to send."""
    yield from screen.heading(version_line(replanned))
    orders = [*order_lines(replanned)]
    yield from screen.heading(_NEW())
    yield from _some(screen, orders or [_NOTHING_NEW()], whole=whole)
    if replanned.outdated:
        yield from screen.heading(_OUTDATED(count=len(replanned.outdated)))
        yield from _some(screen, [_RULE(rule=finding.rule, said=finding.said) for finding in replanned.outdated], BAD, whole=whole)
    if not replanned.whole:
        return
    table = sent_table(replanned)
    yield from screen.heading(_COUNTED(title=table.title, count=len(table)))
    for said in change_lines(replanned):
        yield from screen.wrapped(said, indent="  ")
    people = [*by_person(table)]
    listed = people if whole else people[:MOST_PEOPLE]
    for person, changes in listed:
        yield from screen.wrapped(person, indent="    ", first="  ", style=BOLD)
        for said in changes:
            yield from screen.wrapped(said, indent="      ", first="    ")
    if rest := len(people) - len(listed):
        yield from screen.wrapped(_MORE_PEOPLE(count=rest), style=COSTLY)


def _some(screen: Screen, lines: Sequence[Said], style: str = "", *, whole: bool) -> Iterator[Text]:
    listed = lines if whole else lines[:MOST_LISTED]
    for said in listed:
        yield from screen.wrapped(said, indent="    ", first="  ", style=style)
    if rest := len(lines) - len(listed):
        yield from screen.wrapped(_MORE(count=rest), style=style)
