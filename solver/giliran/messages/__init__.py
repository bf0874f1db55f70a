"""Sentences for people, in English and Indonesian.

A `Sentence` cannot be made in one language only. Each stands in the file that says it, a rule kind's own in its rule file; a list of all
would have to agree with them. Whoever reports something keeps a `Said` (sentence and values); the text is made at the edge, in the
reader's language.
"""

from giliran.messages.dates import (
    LANGUAGES,
    MONTHS,
    WEEKDAYS,
    Lang,
    is_span,
    render_date,
    render_period,
    render_span,
    render_weekdays,
)
from giliran.messages.found import found_text, written
from giliran.messages.near import CUTOFF, MEANT, comparing, did_you_mean, meant, nearest, unguessed
from giliran.messages.reasons import reason_of
from giliran.messages.sentence import (
    Percent,
    Said,
    Sentence,
    Whole,
    bilingual,
    decimal,
    few,
    grouped,
    plain,
    render_share,
)
from giliran.messages.shown import MOST_OF_A_PATH, cut, shown, shown_json, shown_lines, unseen

__all__ = [
    "CUTOFF",
    "LANGUAGES",
    "MEANT",
    "MONTHS",
    "MOST_OF_A_PATH",
    "WEEKDAYS",
    "Lang",
    "Percent",
    "Said",
    "Sentence",
    "Whole",
    "bilingual",
    "comparing",
    "cut",
    "decimal",
    "did_you_mean",
    "few",
    "found_text",
    "grouped",
    "is_span",
    "meant",
    "nearest",
    "plain",
    "reason_of",
    "render_date",
    "render_period",
    "render_share",
    "render_span",
    "render_weekdays",
    "shown",
    "shown_json",
    "shown_lines",
    "unguessed",
    "unseen",
    "written",
]
