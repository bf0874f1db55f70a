"""Who could stand in, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giliran.domain.facts import Facts
from giliran.messages import Said, Sentence, plain
from giliran.reports.words import joined
from giliran.rules.toolkit.personal import name_of
from giliran.whatif.costs import price_text
from giliran.whatif.reasons import reason_said
from giliran.whatif.stand_ins import Loss, Substitute, Substitutes
from giliran.whatif.swaps import Swap
from giliran.whatif.telling import BROKEN, GAPS, Line, days_said, move_lines, verdict

MOST_TOLD = 10
"""Substitutes and swaps told one by one; the rest is counted."""

_HEAD = Sentence(en="Instead of {person} ({id}) in the office on {day}:", id="Pengganti {person} ({id}) untuk WFO pada {day}:")
_HEAD_DUTY = Sentence(en="Instead of {person} ({id}) for {rule} on {day}:", id="Pengganti {person} ({id}) untuk {rule} pada {day}:")
_FIXED = Sentence(
    en="Nobody can stand in while rules put {person} there. For leave or sickness add the absence to the instance and plan again. Without "
    "{person} this would be broken:",
    id="Tidak ada yang dapat menggantikan selama aturan mewajibkan {person}. Bila cuti atau sakit, tambahkan pada berkas masukan lalu "
    "susun lagi. "
    "Tanpa {person} ini tidak dipenuhi:",
)
_NOBODY = Sentence(
    en="nobody of the same unit, and nobody counted with {person} by a limit or duty, is at home that day and free to come",
    id="tidak ada pegawai seunit, atau yang dihitung bersama {person} oleh batas atau piket, yang WFH dan bebas pada hari itu",
)
_NOBODY_NAMED = Sentence(en="nobody else may be named that day", id="tidak ada pegawai lain yang dapat ditugaskan pada hari itu")
_RANKED = Sentence(en="{rank}. {person} ({id}): {verdict}", id="{rank}. {person} ({id}): {verdict}")
_HERE = Sentence(en="in the office anyway, {price}", id="memang WFO, {price}")
_MORE = Sentence(en="further people who could: {count}", id="pegawai lain yang dapat: {count}")
_IMPOSSIBLE = Sentence(
    en="{count} {count:person|people} could come, but no plan has them there instead: {people}",
    id="{count} pegawai dapat masuk, tetapi tidak ada jadwal dengan mereka sebagai pengganti: {people}",
)
_DAYS = Sentence(en="office days {before} → {after}", id="hari giliran {before} → {after}")
_DAYS_OF_DUTY = Sentence(en="days of duty {before} → {after}", id="hari piket {before} → {after}")
_DIFFERENCE = Sentence(en="{days} (difference to the fair share {difference})", id="{days} (selisih dari jatah {difference})")
_WISH = Sentence(en="a wish not to come that day goes unmet", id="keinginan tidak WFO pada hari itu tidak terpenuhi")
_DOUBLE = Sentence(en="on duty for {rules} already", id="sudah bertugas untuk {rules}")
_LAST = Sentence(en="last called {day}", id="terakhir mendapat giliran {day}")
_NEVER = Sentence(en="not called before", id="belum mendapat giliran sebelum hari itu")
_SWAPS = Sentence(en="Exchanges that leave everything else as it is:", id="Pertukaran hari yang tidak mengubah hal lain:")
_NO_SWAP = Sentence(en="none", id="tidak ada")
_SWAP = Sentence(
    en="{other} ({id}) comes on {day}, {person} on {other_day} instead",
    id="{other} ({id}) WFO pada {day}, {person} pada {other_day} sebagai gantinya",
)
_WITH_DUTY = Sentence(en="{swap}; duty goes with the days: {rules}", id="{swap}; piketnya ikut bertukar: {rules}")
_MORE_SWAPS = Sentence(en="further exchanges: {count}", id="pertukaran lain: {count}")


def substitutes_lines(answer: Substitutes) -> list[Line]:
    """The answer, line by line."""
    facts = answer.instance.facts
    who = {"person": plain(facts.staff.called(answer.person)), "id": plain(facts.staff.ids[answer.person])}
    day = facts.dates[answer.day]
    lines = [Line(_HEAD(day=day, **who) if answer.duty is None else _HEAD_DUTY(day=day, rule=plain(answer.duty), **who))]
    lines += [Line(GAPS(count=answer.gaps), 1)] if answer.gaps else []
    lines += [Line(BROKEN(count=answer.broken), 1)] if answer.broken else []
    if answer.fixed:
        lines.append(Line(_FIXED(person=who["person"]), 1))
        return [*lines, *(Line(reason_said(reason), 2) for reason in answer.fixed)]
    for rank, one in enumerate(answer.ranked[:MOST_TOLD], 1):
        lines += _ranked(answer, rank, one)
    if not answer.ranked and not answer.impossible:
        lines.append(Line(_NOBODY(person=who["person"]) if answer.duty is None else _NOBODY_NAMED(), 1))
    lines += [Line(_MORE(count=len(answer.ranked) - MOST_TOLD), 1)] if len(answer.ranked) > MOST_TOLD else []
    if answer.impossible:
        people = [name_of(facts, e) for e in answer.impossible]
        lines.append(Line(_IMPOSSIBLE(count=len(people), people=people), 1))
    return lines


def swap_lines(facts: Facts, swaps: Sequence[Swap]) -> list[Line]:
    """Exchanges, line by line."""
    lines = [Line(_SWAPS()), *(Line(_swap(facts, swap), 1) for swap in swaps[:MOST_TOLD])]
    lines += [Line(_NO_SWAP(), 1)] if not swaps else []
    return [*lines, Line(_MORE_SWAPS(count=len(swaps) - MOST_TOLD), 1)] if len(swaps) > MOST_TOLD else lines


def _ranked(answer: Substitutes, rank: int, one: Substitute) -> Iterator[Line]:
    facts = answer.instance.facts
    price = _HERE(price=price_text(one.costs)) if one.in_office else price_text(one.costs)
    said = verdict(one.status, price)
    yield Line(_RANKED(rank=rank, person=plain(facts.staff.called(one.person)), id=plain(facts.staff.ids[one.person]), verdict=said), 1)
    if one.loss is not None:
        yield Line(joined(_losses(one, one.loss, duty=answer.duty is not None), "; "), 2)
    own = {(one.person, answer.day), (answer.person, answer.day)} if answer.duty is None else set()
    yield from move_lines(facts, tuple(move for move in one.moves if (move.person, move.day) not in own), 2)


def _losses(one: Substitute, loss: Loss, *, duty: bool) -> list[Said]:
    days = (_DAYS_OF_DUTY if duty else _DAYS)(before=loss.days_before, after=loss.days)
    said = [days if loss.difference is None else _DIFFERENCE(days=days, difference=days_said(loss.difference, signed=True))]
    if loss.wish:
        said.append(_WISH())
    if loss.other_duties:
        said.append(_DOUBLE(rules=[plain(rule) for rule in loss.other_duties]))
    said.append(_NEVER() if one.last_called is None else _LAST(day=one.last_called))
    return said


def _swap(facts: Facts, swap: Swap) -> Said:
    said = _SWAP(
        other=plain(facts.staff.called(swap.other)),
        id=plain(facts.staff.ids[swap.other]),
        day=facts.dates[swap.day],
        person=name_of(facts, swap.person),
        other_day=facts.dates[swap.other_day],
    )
    return _WITH_DUTY(swap=said, rules=[plain(rule) for rule in swap.duties]) if swap.duties else said
