"""Letters as people receive them: their text out of files, and what their sentences say about office and home."""

from giliran.letters.findings import Elsewhere, Finding, Letter, Scope, Sense, Topic, Unread, When, Why
from giliran.letters.grammar import Grammar, grammar_with
from giliran.letters.passages import Passage
from giliran.letters.reading import read_letter

__all__ = [
    "Elsewhere",
    "Finding",
    "Grammar",
    "Letter",
    "Passage",
    "Scope",
    "Sense",
    "Topic",
    "Unread",
    "When",
    "Why",
    "grammar_with",
    "read_letter",
]
