"""Drafts of mutated lists: what is drafted is an instance that can be read, or the list is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.judging import Fault, FoundError
from giliran import load_instance
from giliran.drafting.asking import by_default
from giliran.drafting.draft import Draft, interview
from giliran.drafting.listing import read_listing
from giliran.drafting.telling import draft_lines
from giliran.errors import InputError
from giliran.files.drafted import DraftFile
from giliran.instance.named_files import read_rows
from giliran.messages import LANGUAGES

TODAY = dt.date(2026, 8, 3)
LETTERS = ("umum", "umum", "friday-2026", "kaltim-2021", "muba-2020")


@dataclass(frozen=True)
class DraftRoute:
    """The file is a list of people, from which an instance is drafted.

    Parameters
    ----------
    main
        The list.
    leave
        A list of leave.
    """

    main: str
    leave: str

    def push(self, folder: Path, dice: Dice) -> None:
        """Draft with all defaults, read the draft, and build its instance."""
        lang = dice.pick(LANGUAGES)
        draft = by_default(interview(TODAY, read_listing(folder / self.main, self.main), dice.pick(LETTERS), lang))
        if dice.chance(0.5):
            draft = draft.with_absences(read_rows(folder / self.leave, self.leave))
        path = folder / "out" / "dinas.xlsx"
        path.write_bytes(draft.seen_from(path.parent).book(lang))
        try:
            _built(draft, path)
        finally:
            path.unlink()

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Draft it."""
        return ("new", "--staff", self.main, *(("--absences", self.leave) if dice.chance(0.5) else ()), "--yes", "-o", "out/dinas.xlsx")


def _built(draft: Draft, path: Path) -> None:
    """Tell the draft, and read it as `giliran solve` would: what is drafted is no reason to refuse anything."""
    for line in draft_lines(draft, str(path)):
        for lang in LANGUAGES:
            line[0].text(lang)
    DraftFile.of(draft, path).text()
    try:
        load_instance(path)
    except InputError as error:
        said = error.problems[0].said
        raise FoundError(Fault(f"a draft is refused: {said.sentence.en[:80]}", error.text())) from error
