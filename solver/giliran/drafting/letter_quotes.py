"""Sentences of a letter as they are quoted: on one line, cut where they are long, with nothing in them that a screen would obey."""

from __future__ import annotations

from giliran.drafting.letter_proposals import Proposal
from giliran.letters import Passage
from giliran.messages import Said, Sentence, bilingual, plain

MOST_QUOTED = 240
"""Letters of a sentence that are quoted."""
_MARKS = "\"'“”„ "
_BEHIND = 60
"""Letters that have to stand behind what a sentence is quoted for."""
_MOST_QUOTES = 4
"""Sentences that are quoted for one choice."""

_SAYS = Sentence(en='The letter, line {line}: "{quote}"', id='Surat, baris {line}: "{quote}"')
_MORE = Sentence(en="and {count} more {count:sentence|sentences}", id="dan {count} kalimat lain")
_BECAUSE = Sentence(en="({why})", id="({why})")


def quote(passage: Passage) -> str:
    """A sentence to be quoted, without the marks of quotation around it; of a long one what stands around that which it proves."""
    text = passage.text.strip(_MARKS)
    if len(text) <= MOST_QUOTED:
        return text
    at = max(0, passage.at - (len(passage.text) - len(passage.text.lstrip(_MARKS))))
    if at <= MOST_QUOTED - _BEHIND:
        return f"{_ended(text, MOST_QUOTED)}…"
    first = min(at - MOST_QUOTED // 2, len(text) - MOST_QUOTED)
    first = text.find(" ", first, at) + 1 or first
    last = first + MOST_QUOTED
    return f"…{text[first:]}" if last >= len(text) else f"…{text[first : first + len(_ended(text[first:], MOST_QUOTED))]}…"


def _ended(text: str, most: int) -> str:
    """The beginning of a text up to the end of a word, where one ends not long before."""
    last = text.rfind(" ", most - _BEHIND // 2, most + 1)
    return text[: last if last > 0 else most]


def quotes_of(proposal: Proposal | None) -> tuple[Said, ...]:
    """The sentences that a proposal rests on, and what should be told of it."""
    if proposal is None:
        return ()
    shown = [_SAYS(line=str(passage.line), quote=plain(quote(passage))) for passage in proposal.passages[:_MOST_QUOTES]]
    if len(proposal.passages) > _MOST_QUOTES:
        shown.append(_MORE(count=len(proposal.passages) - _MOST_QUOTES))
    return (*shown, *([] if proposal.why is None else [_BECAUSE(why=proposal.why)]))


def quoted_said(proposal: Proposal) -> Said:
    """The same as one text, for the comment of a cell."""
    parts = quotes_of(proposal)
    return bilingual(en="\n".join(part.text("en") for part in parts), id="\n".join(part.text("id") for part in parts))
