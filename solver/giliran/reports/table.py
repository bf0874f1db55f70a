"""Tables of a report: typed and frozen, in no language and no layout. A terminal, a workbook, a page or a frame renders them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from giliran.domain.place import Place
from giliran.messages import Lang, Percent, Said, plain, render_share
from giliran.reports.words import day_with_month, days_text, place_word


class Kind(StrEnum):
    """What stands in a column; every cell is that, or None where there is nothing to say."""

    TEXT = "text"
    """Words: `Said`."""
    COUNT = "count"
    """People, days or costs: int."""
    SHARE = "share"
    """A share: `Percent`, in basis points."""
    DAY = "day"
    """A date: `datetime.date`."""
    DAYS = "days"
    """A number of days: int, in thousandths of a day."""
    DIFFERENCE = "difference"
    """The same where the sign matters."""
    PLACE = "place"
    """Where somebody is on a day: `Mark`."""
    FLAG = "flag"
    """Whether a finding tells of it: bool."""


@dataclass(frozen=True)
class Mark:
    """Where one person is on one day.

    Parameters
    ----------
    place
        The place; `NONE` where nothing is planned.
    duty
        Ids of the duty rules that name the person.
    reason
        Why the person is absent, as the roster has it; empty where it does not say.
    """

    place: Place
    duty: tuple[str, ...] = ()
    reason: str = ""


Cell = Said | int | Percent | dt.date | Mark | None


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    key
        Its name for programs.
    title
        Its heading.
    kind
        What its cells are.
    day
        The day that it is about, in the plan, where each day has a column.
    """

    key: str
    title: Said
    kind: Kind
    day: dt.date | None = None


class Row:
    """Base of rows: each column's cell is the attribute of the column's key; texts that are the same in every language are plain str."""

    columns: ClassVar[tuple[Column, ...]] = ()

    def cell(self, column: Column) -> Cell:
        """What stands in a column."""
        value = getattr(self, column.key)
        return plain(value) if isinstance(value, str) else value


R_co = TypeVar("R_co", bound=Row, covariant=True)


@dataclass(frozen=True)
class Table(Generic[R_co]):
    """A table.

    Parameters
    ----------
    key
        Its name for programs: plan, duty, headcounts, fairness, findings, changes.
    title
        Its heading.
    columns
        Keys, headings and kinds, in order.
    rows
        Its rows, whose attributes hold more than the columns show.
    """

    key: str
    title: Said
    columns: tuple[Column, ...]
    rows: tuple[R_co, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of every row, in the order of the columns."""
        for row in self.rows:
            yield tuple(row.cell(column) for column in self.columns)

    def texts(self, lang: Lang = "en") -> Iterator[tuple[str, ...]]:
        """The same in words."""
        for cells in self.cells():
            yield tuple(cell_text(column.kind, cell, lang) for column, cell in zip(self.columns, cells, strict=True))


def cell_text(kind: Kind, cell: Cell, lang: Lang = "en") -> str:
    """A cell in words, for whoever has no better way to show its kind."""
    match cell:
        case None:
            return ""
        case Said():
            return cell.text(lang)
        case Percent():
            return render_share(cell.basis_points, lang)
        case dt.date():
            return day_with_month(cell, lang)
        case Mark():
            return place_word(cell.place, lang, cell.reason) + ("*" if cell.duty else "")
    if kind is Kind.FLAG:
        return "!" if cell else ""
    if kind in (Kind.DAYS, Kind.DIFFERENCE):
        return days_text(cell, lang, signed=kind is Kind.DIFFERENCE)
    return str(cell)
