"""Where the plan of a local page is saved: a workbook beside the input, over nothing but what this page wrote itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from giliran.domain.schedule import Schedule
from giliran.errors import InputError, Problem, Where
from giliran.files.beside import named_beside
from giliran.files.exporting import Exported, Wanted, export_plan
from giliran.instance import Instance
from giliran.messages import Sentence
from giliran.reports.style import PlanStyle
from giliran.text.opened import among, by_marks

MOST_NAMES = 1000
"""Workbooks of one name that may stand beside the input."""

_FULL = Sentence(en="there {count:is|are} {count} {count:plan|plans} of this name already", id="sudah ada {count} jadwal dengan nama ini")
_CLEAR = Sentence(en="Remove or rename old ones, then save again.", id="Hapus atau ganti nama yang lama, lalu simpan kembali.")


@dataclass
class Saver:
    """Saves plans of one instance.

    Parameters
    ----------
    instance
        The instance, read from a file.
    style
        How plans are written.
    read
        Files of plans that were read; none is written over.
    last
        Name and SHA-256 of the workbook that was written last.
    """

    instance: Instance
    style: PlanStyle
    read: Sequence[Path] = ()
    last: tuple[str, str] | None = None

    def write(self, plan: Schedule) -> tuple[Path, str, Exported]:
        """Write a plan: the file, its SHA-256, and what stands in it.

        Raises
        ------
        InputError
            If it cannot be written; what was there before is unchanged.
        """
        path = self._place()
        exported = export_plan(self.instance, plan, Wanted([path], self.style), read=self.read)
        self.last = (path.name, _sha256(path) or "")
        return path, self.last[1], exported

    def _place(self) -> Path:
        """The last one where it is as it was written, else the first name that is free: whoever edited it in Excel keeps that."""
        names = list(self._names())
        if self.last is not None:
            again = names[0].with_name(Path(self.last[0]).name)
            if again in names and among(again, by_marks(self.read)) is None and _sha256(again) == self.last[1]:
                return again
        free = next((path for path in names if not os.path.lexists(path)), None)
        if free is None:
            raise InputError([Problem(Where(str(names[0])), _FULL(count=len(names)), _CLEAR())])
        return free

    def _names(self) -> Iterator[Path]:
        assert self.instance.source is not None
        first = named_beside(self.instance.source, self.instance, self.style.lang)
        yield first
        yield from (first.with_name(f"{first.stem}-{k}{first.suffix}") for k in range(2, MOST_NAMES))


def _sha256(path: Path) -> str | None:
    """Of the content of a file; None where there is none, or none that may be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
