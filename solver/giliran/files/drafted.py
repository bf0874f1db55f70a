"""Drafts as workbooks: written where nothing is yet, and told to programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from giliran.books import Guess
from giliran.books.paper import Paper
from giliran.domain.selection import Model
from giliran.drafting.draft import Draft
from giliran.drafting.listing import LeftOut
from giliran.drafting.telling import solve_command
from giliran.errors import Problem, Where
from giliran.files.letter_record import LetterRecord
from giliran.messages import Lang, Sentence
from giliran.records.results import JsonFile
from giliran.records.sentences import Sentences
from giliran.text import write_text_atomic
from giliran.text.trying import CHOOSE_OTHER, refuse_all, try_targets

DRAFT_SCHEMA: Literal["giliran-draft/1"] = "giliran-draft/1"
ENDING = ".xlsx"
"""Of the workbooks that are written."""

_IS_THERE = Sentence(en="the file is there already, and nothing is written over it", id="berkas ini sudah ada dan tidak akan ditimpa")
_NO_KIND = Sentence(en="a workbook to fill in ends in {ending}", id="berkas Excel untuk diisi berakhiran {ending}")


class GuessRecord(Model):
    """A cell that was guessed: its section, row from 0 and column or key, what stands there, and why."""

    section: str
    row: int
    column: str
    value: str
    why: Sentences


class LeftRecord(Model):
    """A row of the list that is nobody: its sheet where there are several, its line, how it begins, and why."""

    sheet: str
    line: int
    text: str
    why: Sentences


class DraftFile(JsonFile):
    """What `giliran new` says.

    Parameters
    ----------
    file
        The workbook that was written.
    circular
        The circular that it is made under.
    start, end
        Days of the plan.
    people, units, absences
        So many rows.
    guesses, left_out
        What was guessed, and rows of the list that are nobody.
    unknown_columns, unread_sheets
        Columns that are kept as notes, and sheets without a list.
    next
        The command that comes next.
    letter
        What the text of the letter says, where one was given.
    """

    schema_: Literal["giliran-draft/1"] = Field(default=DRAFT_SCHEMA, alias="schema")
    file: str
    circular: str
    start: dt.date
    end: dt.date
    people: int
    units: int
    absences: int
    guesses: list[GuessRecord]
    left_out: list[LeftRecord]
    unknown_columns: list[str]
    unread_sheets: list[str]
    next: str
    letter: LetterRecord | None = None

    @classmethod
    def of(cls, draft: Draft, path: Path, letter: str = "") -> DraftFile:
        """The file of a draft, and of the letter that was read for it."""
        horizon = draft.sections["horizon"]
        return cls(
            file=str(path),
            circular=draft.circular.name,
            start=horizon["start"],
            end=horizon["end"],
            people=len(draft.sections.get("staff", ())),
            units=len(draft.sections.get("units", ())),
            absences=len(draft.sections.get("absences", ())),
            guesses=[_guess(draft, guess) for guess in draft.guesses],
            left_out=[_left(row) for row in draft.left],
            unknown_columns=list(draft.unknown),
            unread_sheets=list(draft.unread),
            next=solve_command(str(path)),
            letter=None if draft.read is None else LetterRecord.of(draft.read, letter),
        )


def refuse_target(path: Path) -> None:
    """See, before anything is asked, that a workbook can be written and nothing is there yet; raises `InputError`."""
    refuse_all(_refused(path))
    Paper("en", None)  # what writes workbooks is installed: answers are asked for in nothing else


def write_draft(draft: Draft, path: Path, lang: Lang) -> None:
    """Write the workbook of a draft; raises `InputError` as `refuse_target`."""
    book = draft.seen_from(path.parent).book(lang)
    refuse_target(path)
    write_text_atomic(path, book)


def _refused(path: Path) -> Iterator[Problem]:
    if path.suffix.lower() != ENDING:
        yield Problem(Where(str(path)), _NO_KIND(ending=ENDING), CHOOSE_OTHER())
    elif path.is_symlink() or path.exists():
        yield Problem(Where(str(path)), _IS_THERE(), CHOOSE_OTHER())
    else:
        yield from try_targets([path])


def _guess(draft: Draft, guess: Guess) -> GuessRecord:
    why = Sentences.of(guess.why)
    return GuessRecord(section=guess.section, row=guess.row, column=guess.column, value=draft.value(guess), why=why)


def _left(row: LeftOut) -> LeftRecord:
    return LeftRecord(sheet=row.sheet, line=row.line, text=row.text, why=Sentences.of(row.why))
