"""How a plan is put on paper or into a spreadsheet: what whoever asks for it may choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from giliran.errors import InputError, Problem, Where
from giliran.messages import LANGUAGES, Lang, Sentence, did_you_mean, found_text, nearest

_NOT_LISTED = Sentence(en="found {found}; expected one of {known}", id="ditemukan {found}; yang diharapkan salah satu dari {known}")
_NO_TRUTH = Sentence(en="found {found}; expected true or false", id="ditemukan {found}; yang diharapkan true atau false")


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

    Raises
    ------
    InputError
        With everything that is none of these; the words of `paper` and `csv` do as well ("f4", "excel").
    """

    lang: Lang = "en"
    reasons: bool = False
    phones: bool = False
    paper: Paper = Paper.A4
    csv: CsvShape = CsvShape.TIDY
    changes: bool = False

    def __post_init__(self) -> None:
        problems = [*self._strange()]
        if problems:
            raise InputError(problems)
        object.__setattr__(self, "paper", Paper(self.paper))
        object.__setattr__(self, "csv", CsvShape(self.csv))

    def _strange(self) -> Iterator[Problem]:
        """Fields that are none."""
        closed: tuple[tuple[str, object, list[str]], ...] = (
            ("lang", self.lang, [*LANGUAGES]),
            ("paper", self.paper, [*map(str, Paper)]),
            ("csv", self.csv, [*map(str, CsvShape)]),
        )
        for field, value, known in closed:
            if value not in known:
                near = nearest(value, known) if isinstance(value, str) else None
                yield Problem(Where(field=field), _NOT_LISTED(found=found_text(value), known=", ".join(known)), did_you_mean(near))
        flags = (("reasons", self.reasons), ("phones", self.phones), ("changes", self.changes))
        yield from (Problem(Where(field=name), _NO_TRUTH(found=found_text(flag))) for name, flag in flags if not isinstance(flag, bool))
