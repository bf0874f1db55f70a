"""From a list and a letter to the sections of an instance, with everything that was guessed on the way."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from giliran.books import Guess, write_book
from giliran.circulars import Circular
from giliran.drafting.about_list import ListAnswers, about_agency, about_list
from giliran.drafting.about_people import OFFICE_ONLY
from giliran.drafting.absences import drafted_absences, not_read
from giliran.drafting.asking import Interview
from giliran.drafting.letter import LetterAnswers, about_circular, about_letter
from giliran.drafting.letter_force import days_in_force
from giliran.drafting.letter_proposals import Proposal, Proposals
from giliran.drafting.letter_quotes import quoted_said
from giliran.drafting.letter_sheet import quoted_rows
from giliran.drafting.letter_weeks import likely_days
from giliran.drafting.listing import LeftOut, Listing, main_agencies
from giliran.drafting.people import STAFF, Told, drafted_staff
from giliran.drafting.proposals import chosen, staff_marked, unit_word
from giliran.drafting.units import AGENCY, UNITS
from giliran.errors import InputError
from giliran.instance import SCHEMA, Instance
from giliran.messages import Lang, Said, Sentence, plain
from giliran.text import Table

_NOTE = Sentence(en="Note: {heading}", id="Catatan: {heading}")
_ROW, _TEXT, _REASON = Sentence(en="Row", id="Baris"), Sentence(en="Text", id="Isi"), Sentence(en="Why", id="Alasan")
_DAYS = Sentence(en="proposed: write the days that you want", id="diusulkan: tulis tanggal yang dikehendaki")
_CHOSEN = Sentence(en="proposed for workbooks; the letter leaves it open", id="diusulkan bagi berkas ini; suratnya tidak menentukan")
_TOO_FULL = Sentence(
    en="cleaners, guards and drivers do not stay in the office every day: the letter has no room for them",
    id="petugas kebersihan, penjaga, dan pengemudi tidak diusulkan selalu WFO: batas dalam surat tidak cukup untuk mereka",
)
_UNIT_WORD = Sentence(en="proposed because of the name ('{word}')", id="diusulkan karena namanya ('{word}')")


@dataclass(frozen=True)
class Draft:
    """An instance to be filled in.

    Parameters
    ----------
    circular
        The circular that it is made under.
    sections
        As an instance file has them.
    guesses
        Cells of them that were guessed.
    notes
        By row of the staff table, what stands in columns of the list that nobody knows, by their headings.
    left
        Rows of the list that are nobody.
    unknown, unread, unused
        Headings of columns that nobody knows, sheets without a list, and what else is not read.
    read
        What the text of a letter proposed.
    """

    circular: Circular
    sections: Mapping[str, Any]
    guesses: tuple[Guess, ...] = ()
    notes: tuple[Mapping[str, str], ...] = ()
    left: tuple[LeftOut, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unused: tuple[Said, ...] = ()
    read: Proposals | None = None

    def value(self, guess: Guess) -> str:
        """What stands in a cell that was guessed; empty for nothing."""
        found = self.sections[guess.section]
        if isinstance(found, list | tuple):
            found = found[guess.row]
        for step in guess.column.split(".") if guess.column else ():
            found = found.get(step, "")
        return "; ".join(map(str, found)) if isinstance(found, list) else str(found)

    def with_absences(self, table: Table) -> Draft:
        """The same with the leave of a list; raises `InputError` as `drafted_absences`."""
        sections = {**self.sections, "absences": drafted_absences(table, self.sections.get(STAFF, ()))}
        return replace(self, sections=sections, unused=(*self.unused, *not_read(table)))

    def seen_from(self, folder: Path) -> Draft:
        """The same for a workbook in a folder, from which the names of files start: that of the circular begins at the working folder."""
        entries = [dict(entry) for entry in self.sections["circulars"]]
        for entry in entries:
            if "file" in entry:
                entry["file"] = _beside(entry["file"], folder)
        return replace(self, sections={**self.sections, "circulars": entries})

    def book(self, lang: Lang) -> bytes:
        """The workbook."""
        noted = [_noted(row, notes, lang) for row, notes in zip(self.sections.get(STAFF, ()), self.notes, strict=False)]
        sections = {**self.sections, **({STAFF: noted} if noted else {})}
        left = [(row.place, row.text, row.why.text(lang)) for row in self.left]
        heads = tuple(head.text(lang) for head in (_ROW(), _TEXT(), _REASON()))
        quoted = () if self.read is None else quoted_rows(self.read, lang)
        return write_book(sections, lang, guesses=self.guesses, examples=True, left_out=[heads, *left] if left else (), quoted=quoted)


def interview(today: dt.date, listing: Listing | None, circular: str | None, lang: Lang, read: Proposals | None = None) -> Interview[Draft]:
    """Ask what a draft needs to know: about the letter, what it leaves open, then about the list.

    Parameters
    ----------
    today
        The day on which it is asked.
    listing
        The list; None for an empty draft.
    circular
        The circular, where it is settled already.
    lang
        Language of texts that stand in the draft itself.
    read
        What the text of the letter proposes.
    """
    letter = yield from about_letter(today, circular, read)
    agency = yield from about_agency(listing, lang)
    choose = yield from about_circular(letter.circular, read)
    if listing is None:
        sections = {"schema": SCHEMA, "title": agency, **letter.sections(choose, lang)}
        return Draft(letter.circular, sections, tuple(_of_letter(letter, choose, today, read)), read=read)
    answers = yield from about_list(listing, letter.circular, agency, () if read is None else read.units)
    draft = _drafted(letter, choose, answers, lang)
    if answers.keeps == OFFICE_ONLY and _is_too_full(draft):
        draft = _drafted(letter, choose, replace(answers, keeps=""), lang)
        draft = replace(draft, unused=(*draft.unused, _TOO_FULL()))
    return replace(draft, guesses=(*_of_letter(letter, choose, today, read), *draft.guesses), read=read)


def _drafted(letter: LetterAnswers, choose: Mapping[str, Any], answers: ListAnswers, lang: Lang) -> Draft:
    listing = answers.listing
    told = Told(
        first=letter.first,
        with_heads=answers.with_heads,
        ranks=answers.ranks,
        tags=answers.tags,
        lone=answers.lone,
        keeps=answers.keeps,
        marks=choose.get(staff_marked(), ()),
        doubts=listing.doubts,
        filled=listing.filled,
    )
    staff = drafted_staff(listing.people, answers.units.ids, told)
    units, marked = _marked(answers)
    sections = {
        "schema": SCHEMA,
        "title": answers.agency,
        **letter.sections({**choose, **_added(choose, answers.choose)}, lang),
        UNITS: units,
        STAFF: list(staff.rows),
    }
    titled = [Guess("title", 0, "", AGENCY())] if len(main_agencies(listing)) < 2 and not listing.names(answers.agency) else []
    guesses = (*titled, *answers.units.guesses, *marked, *staff.guesses)
    return Draft(letter.circular, sections, guesses, staff.notes, listing.left, listing.unknown, listing.unread, listing.unused)


def _is_too_full(draft: Draft) -> bool:
    """Whether more people stay in the office every day than the letter lets in; not where the draft is none to plan from yet."""
    try:
        view = Instance.build(dict(draft.sections)).view
    except InputError:
        return False
    stay = view.facts.office_only & view.facts.present
    return any(bool((limit.groups.count(limit.counted & stay) > limit.most)[limit.active].any()) for limit in view.limits if limit.must)


def _of_letter(letter: LetterAnswers, choose: Mapping[str, Any], today: dt.date, read: Proposals | None) -> Iterator[Guess]:
    """Days that were proposed, answers with which a workbook begins, and those that rest on sentences of the letter."""
    likely = likely_days(letter.circular, today) if read is None else days_in_force(letter.circular, today, letter.start, letter.end)
    if (letter.first, letter.last) == likely:
        yield Guess("horizon", 0, "start", _DAYS())
        yield Guess("horizon", 0, "end", _DAYS())
    for name, value in chosen(letter.circular.name).items():
        if choose.get(name) == value and (read is None or name not in read.choose):
            yield Guess("circulars", 0, f"choose.{name}", _CHOSEN())
    if read is not None:
        yield from _quoted(letter, choose, read)


def _quoted(letter: LetterAnswers, choose: Mapping[str, Any], read: Proposals) -> Iterator[Guess]:
    """Cells whose answers are those that the text of the letter proposed, each with its sentences."""
    for column, day, proposal in (("from", letter.start, read.first), ("to", letter.end, read.last)):
        if proposal is not None and day == proposal.value:
            yield Guess("circulars", 0, column, quoted_said(proposal))
    if read.number is not None and letter.number == read.number.value:
        yield Guess("document", 0, "basis", quoted_said(read.number))
    for name, proposal in read.choose.items():
        if name in choose and _is_its_value(letter.circular, name, choose[name], proposal):
            yield Guess("circulars", 0, f"choose.{name}", quoted_said(proposal))


def _is_its_value(circular: Circular, name: str, value: Any, proposal: Proposal) -> bool:
    """Whether a choice is what was proposed, in whatever words."""
    parameter = circular.parameters[name]
    return parameter.read(value) == parameter.read(proposal.value)


def _added(choose: Mapping[str, Any], more: Mapping[str, object]) -> dict[str, Any]:
    """Words that answers about the list add to those that the circular's own questions gave."""
    return {name: list(dict.fromkeys([*choose.get(name, ()), word])) for name, word in more.items()}


def _marked(answers: ListAnswers) -> tuple[list[dict[str, str]], Sequence[Guess]]:
    """Units with the marks that they were given, and those that names alone made likely."""
    rows = [dict(row) for row in answers.units.rows]
    guesses: list[Guess] = []
    for (column, word), ids in answers.unit_words.items():
        for k, row in enumerate(rows):
            if row["id"] not in ids:
                continue
            row[column] = ";".join(filter(None, (row.get(column, ""), word)))
            why = unit_word(word, row.get("name", row["id"]))
            if why is not None:
                guesses.append(Guess(UNITS, k, column, _why(why)))
    return rows, guesses


def _beside(file: str, folder: Path) -> str:
    try:
        return file if Path(file).is_absolute() else Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive
        return str(Path(file).absolute())


def _noted(row: Mapping[str, str], notes: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """A row with columns for people."""
    return {**row, **{_NOTE(heading=heading).text(lang): text for heading, text in notes.items()}}


def _why(word: str) -> Said:
    return _UNIT_WORD(word=plain(word))
