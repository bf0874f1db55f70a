"""What is found in the sheets of a workbook: problems and notes, and in which cell."""

from __future__ import annotations

from giliran.errors import Problem, Problems, Where
from giliran.messages import Said
from giliran.text.tables import letters


def cell_name(sheet: str, line: int, column: int) -> str:
    """A cell as people name it: `Pegawai!F14`; the column counts from 0."""
    return f"{sheet}!{letters(column)}{line}"


class Findings:
    """Collects what is wrong with a workbook, and what must be told about it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: Problems = Problems()
        self.notes: list[Said] = []
        self.beside: dict[str, list[dict[str, str]]] = {}

    def wrong(self, sheet: str, line: int, column: int, said: Said, advice: Said | None = None) -> None:
        """Something that is wrong in a cell."""
        self.problems.add(self.where(sheet, line, column), said, advice)

    def where(self, sheet: str, line: int, column: int, rest: str = "") -> Where:
        """A cell as a place, with a place inside its text."""
        cell = cell_name(sheet, line, column)
        return Where(self.file, line, f"{cell}: {rest}" if rest else cell)

    def extend(self, problems: list[Problem]) -> None:
        """Problems that were found elsewhere."""
        self.problems.extend(problems)
