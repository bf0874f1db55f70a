"""How a plan is put on paper or into a spreadsheet: what whoever asks for it may choose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from giliran.messages import Lang


class Paper(StrEnum):
    """The paper of printed sheets."""

    A4 = "a4"
    F4 = "f4"
    """Indonesian folio, 215 × 330 mm."""


class CsvShape(StrEnum):
    """The shape of a plan in CSV."""

    TIDY = "tidy"
    """For programs: ids, ISO dates, words of files, commas."""
    EXCEL = "excel"
    """For people who open it in Excel: names, units, words of letters, semicolons."""


@dataclass(frozen=True)
class PlanStyle:
    """How a plan is written.

    Parameters
    ----------
    lang
        Of headings and words.
    reasons
        Whether it says why somebody is away; nobody's business on a sheet that is handed round.
    phones
        Whether telephone numbers stand beside duty officers: the inner copy alone.
    paper
        What sheets are printed on.
    csv
        The shape of CSV files.
    changes
        Whether texts to send tell what changes against the published plan, and nothing else.
    """

    lang: Lang = "en"
    reasons: bool = False
    phones: bool = False
    paper: Paper = Paper.A4
    csv: CsvShape = CsvShape.TIDY
    changes: bool = False
