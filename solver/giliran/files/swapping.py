"""Two files in the wrong order: told by what they are, before either is refused for what it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from giliran.books.sheets import LETTER, sheet_name
from giliran.errors import Problem, Where
from giliran.files.gathering import says_instance
from giliran.files.keeping import ZIP, head_of, holds_plan
from giliran.files.writing import RESULTS
from giliran.lists.workbooks import is_workbook, sheets_in
from giliran.messages import LANGUAGES, Sentence, Whole

_SWAPPED = Sentence(
    en="this is no instance, and {schedule}, which stands in the place of the schedule, is one",
    id="ini bukan berkas masukan, sedangkan {schedule} yang ditulis di tempat jadwal adalah berkas masukan",
)
_THIS_WAY = Sentence(en="The instance comes first: {words}", id="Tulis berkas masukan lebih dahulu: {words}")

_TABLE = ".csv"
"""An ending that no instance has."""
_ROWS = "["


def swapped(instance: Path, schedule: Path, command: str) -> Iterator[Problem]:
    """The problem of an instance and a schedule that stand in each other's place, behind the name of a command."""
    if (says_instance(schedule) or _has_letter(schedule)) and _is_plan(instance):
        words = Whole(f"giliran {command} {schedule} {instance}")
        yield Problem(Where(str(instance)), _SWAPPED(schedule=schedule), _THIS_WAY(words=words))


def _has_letter(path: Path) -> bool:
    """Whether a file is a workbook with the sheet of an instance that asks about the letter."""
    return is_workbook(path.name) and not sheets_in(path).isdisjoint(sheet_name(LETTER, lang) for lang in LANGUAGES)


def _is_plan(path: Path) -> bool:
    """Whether a file is a table, a list of rows, or a result."""
    head = head_of(path)
    if head.startswith(ZIP):
        return holds_plan(path)
    return bool(head) and (path.suffix.lower() == _TABLE or head.startswith(_ROWS) or any(ours(path) for ours in RESULTS.values()))
