"""What a letter was found to say, for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from giliran.domain.place import Place
from giliran.domain.selection import Model
from giliran.drafting.letter_proposals import Proposal, Proposals
from giliran.drafting.letter_words import finding_said, why_said
from giliran.letters import Finding, Passage, Topic
from giliran.records.sentences import Sentences
from giliran.text.numbers import share_text

_SHARES = (Topic.SHARE, Topic.MEETING, Topic.ROOM, Topic.PART_OF_DAYS)
_PLACES = {Place.OFFICE: "office", Place.HOME: "home"}


class QuoteRecord(Model):
    """A sentence of the letter: the line on which its paragraph begins, and its words."""

    line: int
    text: str


class FindingRecord(Model):
    """Something that a sentence says.

    Parameters
    ----------
    topic
        What it is about, such as share, people, days, weekday, leaders, in_full, health, in_force, meetings, room.
    said
        The same in words.
    side, sense
        Office or home; most, least or exact; null where the sentence does not say.
    share
        A share as files write it, "12.5%"; null where it has none.
    number
        People, days or years of age; 0 where it has none.
    groups, units, per, condition, contract
        Whom it means: functions and kinds of staff, agencies by name, levels of units that each have the number, what has to hold, and
        whether staff who are no civil servants are counted or left_out.
    start, end, weekdays
        On which days.
    words
        Ranks, functions, marks or weekdays.
    permitted, if_needed, duty, leaders, doubtful
        Whether it is a permission, holds only if needed, is about people on duty or about officials, and whether digits and words differ.
    quote
        The sentence.
    """

    topic: str
    said: Sentences
    side: str | None
    sense: str | None
    share: str | None
    number: int
    groups: list[str]
    units: list[str]
    per: list[str]
    condition: str
    contract: str
    start: dt.date | None
    end: dt.date | None
    weekdays: list[str]
    words: list[str]
    permitted: bool
    if_needed: bool
    duty: bool
    leaders: bool
    doubtful: bool
    quote: QuoteRecord


class ProposalRecord(Model):
    """A choice that the letter proposes: its name and value, whether it still has to be chosen, its sentences, and what to know of it."""

    choice: str
    value: Any
    to_be_chosen: bool
    quotes: list[QuoteRecord]
    why: Sentences | None


class NotTakenRecord(Model):
    """A finding that became no choice, and why."""

    finding: FindingRecord
    why: Sentences


class NumberRecord(Model):
    """A number that is no finding: how it is written, its sentence, and what it is about where that is known."""

    number: str
    quote: QuoteRecord
    about: str | None
    said: Sentences | None


class LetterRecord(Model):
    """What a letter was found to say.

    Parameters
    ----------
    file
        The letter; `-` where it was pasted.
    findings
        Everything that was found.
    proposals
        Choices of `umum`, and number, from and to of the letter.
    contradictions
        Pairs of findings that no plan keeps both.
    not_taken_up
        Findings that became no choice.
    not_understood, about_something_else
        Numbers that nothing was made of, and those about fuel, hours, money, laws and so on.
    """

    file: str
    findings: list[FindingRecord]
    proposals: list[ProposalRecord]
    contradictions: list[tuple[FindingRecord, FindingRecord]]
    not_taken_up: list[NotTakenRecord]
    not_understood: list[NumberRecord]
    about_something_else: list[NumberRecord]

    @classmethod
    def of(cls, read: Proposals, file: str) -> LetterRecord:
        """The record of what a letter proposes."""
        letter = read.letter
        named = {"number": read.number, "from": read.first, "to": read.last, **read.choose}
        return cls(
            file=file,
            findings=[_finding(finding) for finding in letter.findings],
            proposals=[_proposal(name, proposal) for name, proposal in named.items() if proposal is not None],
            contradictions=[(_finding(one), _finding(other)) for one, other in read.clashes],
            not_taken_up=[NotTakenRecord(finding=_finding(each.finding), why=Sentences.of(each.why)) for each in read.not_taken],
            not_understood=[NumberRecord(number=each.text, quote=_quote(each.passage), about=None, said=None) for each in letter.unread],
            about_something_else=[
                NumberRecord(number=each.text, quote=_quote(each.passage), about=each.why, said=Sentences.of(why_said(each.why)))
                for each in letter.elsewhere
            ],
        )


def _quote(passage: Passage) -> QuoteRecord:
    return QuoteRecord(line=passage.line, text=passage.text)


def _proposal(name: str, proposal: Proposal) -> ProposalRecord:
    value = proposal.value.isoformat() if isinstance(proposal.value, dt.date) else proposal.value
    why = None if proposal.why is None else Sentences.of(proposal.why)
    quotes = [_quote(passage) for passage in proposal.passages]
    return ProposalRecord(choice=name, value=value, to_be_chosen=proposal.open, quotes=quotes, why=why)


def _finding(finding: Finding) -> FindingRecord:
    scope, when = finding.scope, finding.when
    shares = finding.topic in _SHARES or (finding.topic is Topic.SESSIONS and finding.number > 0)
    return FindingRecord(
        topic=finding.topic,
        said=Sentences.of(finding_said(finding)),
        side=None if finding.side is None else _PLACES[finding.side],
        sense=finding.sense,
        share=share_text(finding.number) if shares else None,
        number=0 if shares else finding.number,
        groups=list(scope.groups),
        units=list(scope.units),
        per=list(scope.per),
        condition=scope.condition,
        contract=scope.contract,
        start=when.first,
        end=when.last,
        weekdays=list(when.weekdays),
        words=list(finding.words),
        permitted=finding.permit,
        if_needed=finding.relaxed,
        duty=finding.duty,
        leaders=finding.leaders,
        doubtful=finding.doubt,
        quote=_quote(finding.passage),
    )
