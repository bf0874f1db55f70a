"""What a planner is told of a letter: choices with their sentences, contradictions, what was not taken up, what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from giliran.drafting.letter_proposals import Proposal, Proposals
from giliran.drafting.letter_quotes import quote, quotes_of
from giliran.drafting.letter_sheet import proposed
from giliran.drafting.letter_words import finding_said, why_said
from giliran.letters import Passage, Why
from giliran.messages import Said, Sentence, plain

_MOST_SHOWN = 12
"""Sentences of a kind that are told one by one; all of them stand on the sheet."""

_NOTHING = Sentence(
    en="{file}: nothing was found about office or home; answer the questions yourself",
    id="{file}: tidak ditemukan apa pun tentang WFO atau WFH; jawab sendiri pertanyaannya",
)
_FOUND = Sentence(en="The letter {file} proposes, to be looked through:", id="Surat {file} mengusulkan, untuk diperiksa:")
_OPEN = Sentence(en="{choice} (to be chosen)", id="{choice} (perlu dipilih)")
_CLASH = Sentence(en="Contradictions:", id="Bertentangan:")
_AGAINST = Sentence(en="{one} / {other}", id="{one} / {other}")
_NOT_TAKEN = Sentence(en="Found, not taken up:", id="Ditemukan, tidak dipakai:")
_BECAUSE = Sentence(en="{what}: {why}", id="{what}: {why}")
_UNREAD = Sentence(
    en="Numbers, dates, denials and exceptions that were not understood:",
    id="Angka, tanggal, pengingkaran, dan pengecualian yang tidak dipahami:",
)
_NUMBER = Sentence(en='{number}: line {line}: "{quote}"', id='{number}: baris {line}: "{quote}"')
_LINE = Sentence(en='line {line}: "{quote}"', id='baris {line}: "{quote}"')
_ELSEWHERE = Sentence(en="Numbers about something else: {what}", id="Angka tentang hal lain: {what}")
_SO_MANY = Sentence(en="{what} {count}", id="{what} {count}")
_REST = Sentence(en="and {count} more, on the sheet about the letter", id="dan {count} lainnya, pada lembar Bunyi surat")


def letter_lines(read: Proposals, file: str) -> Iterator[tuple[Said, int]]:
    """The lines, each so many steps to the right; sentences are quoted below what they led to."""
    letter = read.letter
    if not letter.findings:
        yield _NOTHING(file=file), 0
    else:
        yield _FOUND(file=file), 0
    for proposals in _by_sentence(read):
        yield from ((_OPEN(choice=what) if proposal.open else what, 1) for what, proposal in proposals)
        yield from ((said, 2) for said in _behind([proposal for _, proposal in proposals]))
    yield from other_lines(read)


def other_lines(read: Proposals) -> Iterator[tuple[Said, int]]:
    """The same of what is no proposal: a planner has to know it before the first question."""
    letter = read.letter
    yield from _clashes(read)
    yield from _not_taken(read)
    if letter.unread:
        yield _UNREAD(), 0
        for unread in letter.unread[:_MOST_SHOWN]:
            yield _NUMBER(number=plain(unread.text), line=str(unread.passage.line), quote=plain(quote(unread.passage))), 1
        yield from _more(len(letter.unread))
    others = Counter(other.why for other in letter.elsewhere if other.why is not Why.LAW)
    if others:
        yield _ELSEWHERE(what=[_SO_MANY(what=why_said(why), count=count) for why, count in others.most_common()]), 0


def _by_sentence(read: Proposals) -> list[list[tuple[Said, Proposal]]]:
    """What is proposed, in their order, together where it rests on the same sentences."""
    found: dict[object, list[tuple[Said, Proposal]]] = {}
    for k, (what, proposal) in enumerate(proposed(read)):
        found.setdefault(proposal.passages or k, []).append((what, proposal))
    return list(found.values())


def _behind(proposals: Sequence[Proposal]) -> list[Said]:
    """The sentences, and everything that is to be told of them, each once."""
    return list({said.text("en"): said for proposal in proposals for said in quotes_of(proposal)}.values())


def _clashes(read: Proposals) -> Iterator[tuple[Said, int]]:
    if read.clashes:
        yield _CLASH(), 0
    for one, other in read.clashes[:_MOST_SHOWN]:
        yield _AGAINST(one=finding_said(one), other=finding_said(other)), 1
        yield from ((_quoted(passage), 2) for passage in dict.fromkeys((*one.passages, *other.passages)))
    yield from _more(len(read.clashes))


def _not_taken(read: Proposals) -> Iterator[tuple[Said, int]]:
    if read.not_taken:
        yield _NOT_TAKEN(), 0
    shown = read.not_taken[:_MOST_SHOWN]
    for passages in dict.fromkeys(each.finding.passages for each in shown):
        yield from ((_BECAUSE(what=finding_said(each.finding), why=each.why), 1) for each in shown if each.finding.passages == passages)
        yield from ((_quoted(passage), 2) for passage in passages)
    yield from _more(len(read.not_taken))


def _quoted(passage: Passage) -> Said:
    return _LINE(line=str(passage.line), quote=plain(quote(passage)))


def _more(count: int) -> Iterator[tuple[Said, int]]:
    if count > _MOST_SHOWN:
        yield _REST(count=count - _MOST_SHOWN), 1
