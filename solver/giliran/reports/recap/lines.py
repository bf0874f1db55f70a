"""What a recap says in words: states of agencies, limits, and the few lines that a terminal shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from giliran.messages import MONTHS, Lang, Said, Sentence, plain
from giliran.reports.recap.model import Agency, Missed, Recap
from giliran.reports.words import both
from giliran.reports.workbook.boards import Exempt

EXEMPT = {
    Exempt.LEADER: Sentence(en="Exempt:\nleaders", id="Dikecuali-\nkan:\npimpinan"),
    Exempt.SERVICE: Sentence(en="Exempt:\nunits in\nservice", id="Dikecuali-\nkan:\nunit kerja\npelayanan"),
    Exempt.FUNCTION: Sentence(en="Exempt:\nduties", id="Dikecuali-\nkan: tugas\npelayanan"),
    Exempt.STATUS: Sentence(en="Exempt:\nstatus", id="Dikecuali-\nkan: status\nkepegawaian"),
    Exempt.MARKED: Sentence(en="Exempt:\nmarked", id="Dikecuali-\nkan:\nditandai"),
    Exempt.OTHER: Sentence(en="Exempt:\nother", id="Dikecuali-\nkan: lain"),
}
"""Headings of reasons for staying in the office."""
_LACKING, _ALL = Sentence(en="NO PLAN", id="BELUM MENGIRIM"), Sentence(en="complete", id="lengkap")
_SOME = Sentence(en="{days} of {all} working days", id="{days} dari {all} hari kerja")
_UNEXPECTED = Sentence(en="{state}; not in the list", id="{state}; tidak ada dalam daftar")
_SIDES = {"office": "WFO", "home": "WFH"}
_MOST = Sentence(en="at most {most} {side}", id="paling banyak {most} {side}")
_LEAST = Sentence(en="at least {least} {side}", id="paling sedikit {least} {side}")
_BETWEEN = Sentence(en="{least} to {most} {side}", id="{least} sampai {most} {side}")
_OWN = Sentence(en="for all agencies", id="untuk semua OPD")
_PLAN, _FACT, _BOTH = (
    Sentence(en="plan", id="rencana"),
    Sentence(en="reality", id="kenyataan"),
    Sentence(en="plan and reality", id="rencana dan kenyataan"),
)
_SENT = Sentence(en="{month}: {sent} of {all} agencies sent a plan", id="{month}: {sent} dari {all} OPD mengirim jadwal")
_MISSING = Sentence(en="No plan: {names}", id="Belum mengirim: {names}")
_OFF = Sentence(
    en="{name}: limits are not kept on {plan} {plan:day|days} of the plan",
    id="{name}: batas tidak dipenuhi pada {plan} hari menurut rencana",
)
_OFF_BOTH = Sentence(
    en="{name}: limits are not kept on {plan} {plan:day|days} of the plan and {fact} {fact:day|days} in reality",
    id="{name}: batas tidak dipenuhi pada {plan} hari menurut rencana dan {fact} hari menurut kenyataan",
)
_OF_FILE = Sentence(en="{file}: {said}", id="{file}: {said}")
_MOST_TOLD = 30
_MORE = Sentence(en="and {count} more, which stand in the workbook", id="dan {count} lagi, semuanya ada dalam berkas rekap")


def state_words(agency: Agency, workdays: Sequence[dt.date], lang: Lang) -> str:
    """How far an agency sent a plan."""
    if not agency.sent:
        return _LACKING().text(lang)
    days = len({day.day for day in agency.days} & {*workdays})
    state = _ALL() if days == len(workdays) else _SOME(days=days, all=len(workdays))
    return (_UNEXPECTED(state=state) if agency.expected is False else state).text(lang)


def rule_words(one: Missed, lang: Lang) -> str:
    """The rule of a limit by its id, or that whoever adds up gave it."""
    return one.rule or _OWN().text(lang)


def limit_words(one: Missed, lang: Lang) -> str:
    """A limit as people say it."""
    side = _SIDES.get(one.side, one.side)
    if one.least is not None and one.most is not None:
        return _BETWEEN(least=one.least, most=one.most, side=side).text(lang)
    return (_LEAST(least=one.least, side=side) if one.most is None else _MOST(most=one.most, side=side)).text(lang)


def kept_words(one: Missed, lang: Lang) -> str:
    """Where a limit is not kept."""
    return (_BOTH if one.in_plan and one.in_fact else _PLAN if one.in_plan else _FACT)().text(lang)


def recap_lines(recap: Recap) -> Iterator[Said]:
    """Who sent a plan, who did not, who is off the limits, and what must be known about the numbers."""
    month = both(_month, recap.month)
    yield _SENT(month=month, sent=sum(agency.sent for agency in recap.agencies), all=len(recap.agencies))
    if recap.lacking:
        yield _MISSING(names=[plain(agency.name) for agency in recap.lacking])
    off = [agency for agency in recap.agencies if agency.missed]
    notes = [note for note in recap.notes if note.grave]
    for agency in off[:_MOST_TOLD]:
        plan, fact = (agency.days_missed(in_fact=in_fact) for in_fact in (False, True))
        name = plain(agency.name)
        yield _OFF_BOTH(name=name, plan=plan, fact=fact) if agency.actual else _OFF(name=name, plan=plan)
    for note in notes[:_MOST_TOLD]:
        yield _OF_FILE(file=note.file, said=note.said) if note.file else note.said
    more = max(len(off) - _MOST_TOLD, 0) + max(len(notes) - _MOST_TOLD, 0)
    if more:
        yield _MORE(count=more)


def _month(month: dt.date, lang: Lang) -> str:
    return f"{MONTHS[lang][month.month - 1]} {month.year}"
