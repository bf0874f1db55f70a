"""An explanation on a terminal: what clashes, the least that rules would be bent, and what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.text import Text

from giliran.domain.status import Status
from giliran.messages import Lang, Said, Sentence, Whole, plain
from giliran.reports.summary import STOPPED_WORDS, facts_line
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, DIM, GOOD, Screen
from giliran.rules.base import Authority
from giliran.rules.toolkit.personal import days_text

if TYPE_CHECKING:
    from giliran.explaining import Clash, ClashMember, Explanation, Repair

MOST_SAID = 4
"""Sentences about one rule of a clash."""
MOST_BENT = 8
"""Rules and days of the least bend that are told."""

_STATUS = {
    Status.FEASIBLE: Sentence(
        en="There is a plan that keeps every rule. (exit code 0)", id="Ada jadwal yang memenuhi semua aturan. (kode keluar 0)"
    ),
    Status.INFEASIBLE: Sentence(
        en="Impossible: no plan keeps every rule. (exit code 1)",
        id="Jadwal tidak dapat disusun: tidak ada yang memenuhi semua aturan. (kode keluar 1)",
    ),
    Status.UNKNOWN: Sentence(
        en="Time ran out before it was known whether there is a plan. (exit code 3)",
        id="Waktu habis sebelum diketahui apakah ada jadwal. (kode keluar 3)",
    ),
}
_STYLE = {Status.FEASIBLE: GOOD, Status.INFEASIBLE: BAD, Status.UNKNOWN: BAD}
_CLASHES = Sentence(en="What clashes: {count}", id="Yang berbenturan: {count}")
_TOGETHER = {
    "sum": Sentence(en="these do not add up:", id="ini tidak dapat dijumlahkan:"),
    "irreducible": Sentence(
        en="these cannot hold together; without any one of them the others can:",
        id="ini tidak dapat berlaku bersama; tanpa salah satunya, yang lain dapat:",
    ),
    "impossible": Sentence(
        en="these cannot hold together; perhaps fewer of them suffice, time ran out:",
        id="ini tidak dapat berlaku bersama; mungkin sebagian saja sudah cukup, waktu habis:",
    ),
}
_ALIKE = Sentence(
    en="the same {count} {count:time|times} more, on {days} ({units})", id="hal yang sama {count} kali lagi, pada {days} ({units})"
)
_MORE_CLASHES = Sentence(en="There are more that were not looked for.", id="Masih ada yang lain, yang tidak dicari.")
_MEMBER = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_MORE = Sentence(en="… and {count} more like this", id="… dan {count} lagi yang serupa")
_BENDS = Sentence(en="The least bend: {total}", id="Penyimpangan terkecil: {total}")
_AT_LEAST = Sentence(
    en="The least bend: {total} or less, at least {bound}", id="Penyimpangan terkecil: {total} atau kurang, sedikitnya {bound}"
)
_PRICES = Sentence(
    en="An own rule missed by one counts {own}, one of an agency's letter {agency}, a regency's {regency}, a province's {province}, a "
    "national one {national}. giliran solve --anyway plans so:",
    id="Aturan sendiri yang meleset satu dihitung {own}, aturan surat dinas {agency}, kabupaten/kota {regency}, provinsi {province}, "
    "nasional {national}. giliran solve --anyway menyusun jadwal seperti ini:",
)
_REPAIRS = Sentence(en="What would help: {count}", id="Yang dapat menolong: {count}")
_NO_REPAIRS = Sentence(
    en="No change that was tried makes a plan possible.", id="Tidak ada perubahan yang sudah dicoba yang memungkinkan jadwal."
)
_DECIDERS = {
    "choice": Sentence(en="What the letter leaves open:", id="Yang diserahkan oleh surat edaran:"),
    "own": Sentence(en="Your own rules:", id="Aturan sendiri:"),
    "fact": Sentence(en="Pins and leave:", id="Perintah pimpinan dan cuti:"),
    "letter": Sentence(en="What the agency's letter says:", id="Isi surat dinas:"),
    "issuer": Sentence(en="Needs the issuer's leave:", id="Memerlukan izin penerbit surat:"),
}
_JOINED = Sentence(en="{first}; and {rest}", id="{first}; dan {rest}")
_THEN = Sentence(en="{change}: then {then}", id="{change}: lalu {then}")
_PLANNED = Sentence(en="Each was planned by a search.", id="Semuanya terbukti dapat dijadwalkan.")
_WRITE = Sentence(en="{planned} One of them as a file: {words}", id="{planned} Salah satunya sebagai berkas: {words}")
_NEW_FILE = Sentence(en="{words}NEW{suffix}", id="{words}BARU{suffix}")
_IN_LETTERS = Sentence(
    en="{planned} They change the letters themselves: whoever issued them must, no instance can.",
    id="{planned} Yang berubah adalah suratnya sendiri: hanya penerbitnya yang dapat mengubahnya.",
)
_FILES = Sentence(en="Written: {files}", id="Ditulis: {files}")
_STOPPED = Sentence(en="{why} There may be more repairs.", id="{why} Mungkin masih ada perubahan lain yang menolong.")


def report_explanation(console: Console, explanation: Explanation, lang: Lang = "en", *, see: str = "", files: Sequence[str] = ()) -> None:
    """Print an explanation for people.

    Parameters
    ----------
    console
        Where to; its width is kept to.
    explanation
        From `explain`.
    lang
        Language of the reader.
    see
        The file of the instance, to write the next command.
    files
        Files that were written.
    """
    screen = Screen(console, lang)
    screen.print(_head(screen, explanation))
    screen.print(_clashes(screen, explanation))
    screen.print(_bends(screen, explanation))
    screen.print(_repairs(screen, explanation, see))
    if files:
        screen.print([Text(), *screen.wrapped(_FILES(files=Whole(", ".join(files))), indent="")])


def _head(screen: Screen, explanation: Explanation) -> Iterator[Text]:
    facts = explanation.instance.facts
    if facts.title:
        yield from screen.wrapped(facts.title, indent="", style=BOLD)
    yield from screen.wrapped(facts_line(facts), indent="")
    yield from screen.wrapped(_STATUS[explanation.status](), indent="", style=_STYLE[explanation.status])
    if explanation.stopped is not None:
        why = STOPPED_WORDS[explanation.stopped]()
        known = explanation.status is Status.INFEASIBLE
        yield from screen.wrapped(_STOPPED(why=why) if known else why, indent="", style=COSTLY)


def _clashes(screen: Screen, explanation: Explanation) -> Iterator[Text]:
    """Clashes one after another; of those with the same rules and numbers the first, and where the others are."""
    clashes = explanation.clashes
    if not clashes:
        return
    yield from screen.heading(_CLASHES(count=len(clashes)))
    alike: dict[object, list[Clash]] = {}
    for clash in clashes:
        alike.setdefault((clash.proof, *((member.rule, member.occurrences) for member in clash.members)), []).append(clash)
    for number, (clash, *others) in enumerate(alike.values(), start=1):
        yield from _clash(screen, number, clash)
        if others:
            yield from screen.wrapped(_others(explanation, others), indent="     ", style=DIM)
    if explanation.more:
        yield from screen.wrapped(_MORE_CLASHES(), style=DIM)


def _clash(screen: Screen, number: int, clash: Clash) -> Iterator[Text]:
    first, *rest = clash.sums or (_TOGETHER[clash.proof](),)
    yield from screen.wrapped(first, indent="     ", first=f"{number:>3}. ")
    for said in rest:
        yield from screen.wrapped(said, indent="     ")
    if not clash.sums:
        for member in clash.members:
            yield from _member(screen, member)


def _others(explanation: Explanation, others: Sequence[Clash]) -> Said:
    """Days and units of clashes like one that was told."""
    facts = explanation.instance.facts
    days = sorted({day for clash in others for member in clash.members for day in member.days})
    people = sorted({e for clash in others for member in clash.members for e in member.people})
    units = sorted({int(u) for u in np.unique(facts.unit[np.ix_(people, days)])})
    names = [facts.units[u].name for u in units]
    return _ALIKE(count=len(others), days=days_text(facts, days), units=plain(names))


def _member(screen: Screen, member: ClashMember) -> Iterator[Text]:
    shown = member.said if len(member.said) <= MOST_SAID else member.said[: MOST_SAID - 1]
    for k, said in enumerate(shown):
        told = _MEMBER(rule=plain(member.rule), said=said) if k == 0 else said
        yield from screen.wrapped(told, indent="       ", first="     - " if k == 0 else "       ")
    if len(shown) < len(member.said):
        yield from screen.wrapped(_MORE(count=len(member.said) - len(shown)), indent="       ", style=DIM)


def _bends(screen: Screen, explanation: Explanation) -> Iterator[Text]:
    bends = explanation.bends
    if bends is None:
        return
    yield from screen.heading((_BENDS if bends.proven else _AT_LEAST)(total=bends.total, bound=bends.bound))
    yield from screen.wrapped(_PRICES(**{authority.value: authority.bend for authority in Authority}))
    count = Counter(finding.rule for finding in explanation.bent)
    left = MOST_BENT
    for rule, each in groupby(explanation.bent, key=lambda finding: finding.rule):
        told = list(each)[: max(left, 1)]
        left -= len(told)
        for finding in told:
            yield from screen.wrapped(_MEMBER(rule=plain(rule), said=finding.said), indent="    ", first="  - ")
        if len(told) < count[rule]:
            yield from screen.wrapped(_MORE(count=count[rule] - len(told)), indent="    ", style=DIM)


def _repairs(screen: Screen, explanation: Explanation, see: str) -> Iterator[Text]:
    if explanation.status is not Status.INFEASIBLE:
        return
    yield from screen.heading(_REPAIRS(count=len(explanation.repairs)))
    if not explanation.repairs and explanation.stopped is None:
        yield from screen.wrapped(_NO_REPAIRS())
    number = 0
    for decider, each in groupby(explanation.repairs, key=lambda repair: repair.decider):
        yield from screen.wrapped(_DECIDERS[decider](), style=BOLD)
        for repair in each:
            number += 1
            yield from screen.wrapped(_changes(repair), indent="     ", first=f"{number:>3}. ")
    if explanation.repairs and see:
        yield from screen.wrapped(_how_to_write(explanation, see))


def _how_to_write(explanation: Explanation, see: str) -> Said:
    """The command for the first repair that an instance file can hold."""
    changed = [any(change.in_a_letter for change in repair.changes) for repair in explanation.repairs]
    if all(changed):
        return _IN_LETTERS(planned=_PLANNED())
    source, named = explanation.instance.source or Path(see), Path(see)
    beside = str((named.parent if named.name == source.name else named) / source.suffix).removesuffix(source.suffix)
    words = Whole(f"giliran explain {see} --repair {changed.index(False) + 1} -o {beside}")
    return _WRITE(planned=_PLANNED(), words=_NEW_FILE(words=words, suffix=source.suffix))


def _changes(repair: Repair) -> Said:
    said = repair.changes[0].said
    for change in repair.changes[1:]:
        said = _JOINED(first=said, rest=change.said)
    return said if repair.then is None else _THEN(change=said, then=repair.then)
