"""Sentences of a letter as they are quoted: on one line, cut where they are long, with nothing in them that a screen would obey."""

from __future__ import annotations

from giliran.drafting.letter_proposals import Proposal
from giliran.letters import Passage
from giliran.messages import Said, Sentence, bilingual, cut, plain

MOST_QUOTED = 240
"""Letters of a sentence that are quoted."""
_MOST_QUOTES = 4
"""Sentences that are quoted for one choice."""

_SAYS = Sentence(en='The letter, line {line}: "{quote}"', id='Surat, baris {line}: "{quote}"')
_MORE = Sentence(en="and {count} more {count:sentence|sentences}", id="dan {count} kalimat lain")
_BECAUSE = Sentence(en="({why})", id="({why})")


def quote(passage: Passage) -> str:
    """A sentence to be quoted, without the marks of quotation around it."""
    return cut(passage.text.strip("\"'“”„ "), MOST_QUOTED)


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
