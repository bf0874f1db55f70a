"""The ledger as a file: rows are appended to it, and what stands in it stays byte for byte."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from giliran.domain.facts import THOUSANDTHS
from giliran.errors import Problem, Problems, Where
from giliran.instance.ledger import LedgerEntry, read_entries, standing
from giliran.instance.reading import Rows
from giliran.instance.rows import LedgerRow
from giliran.messages import Sentence
from giliran.text import column_name, parse_table
from giliran.text.cells import FORMULA_SIGNS
from giliran.text.csv_reader import MAX_TABLE_BYTES, separator_of
from giliran.text.files import decode, is_file, misnamed, read_bytes, refuse
from giliran.text.replacing import write_all_atomic
from giliran.text.trying import is_direct, refuse_all, try_targets

ENDING = ".csv"
"""Ending of ledger files."""

COLUMNS = ("staff_id", "account", "period", "burden", "share", "last_called", "unit")
"""Columns of a new ledger."""

NEEDED = ("staff_id", "period", "burden", "share")
"""Columns without which a table takes no row."""

_ENDING = Sentence(en="a ledger ends in .csv, not in '{ending}'", id="berkas buku giliran berakhiran .csv, bukan '{ending}'")
_NOT_A_FILE = Sentence(en="rows can only be appended to a regular file", id="baris hanya dapat ditambahkan pada berkas biasa")
_OPEN_ELSEWHERE = Sentence(
    en="LibreOffice has the ledger open (beside it is {lock}) and would write over rows that are added now",
    id="buku giliran sedang dibuka di LibreOffice (di sampingnya ada {lock}), dan baris yang ditambahkan sekarang akan tertimpa olehnya",
)
_CLOSE_THERE = Sentence(
    en="Close it there; if nobody has it open any more, delete {lock}.",
    id="Tutup dahulu di sana; bila sudah tidak ada yang membukanya, hapus {lock}.",
)

_NO_LETTER = Sentence(
    en="'{text}' cannot be written in the encoding of this file", id="'{text}' tidak dapat ditulis dengan pengodean berkas ini"
)
_AS_UTF8 = Sentence(en="Save it again in UTF-8; from Excel as 'CSV UTF-8'.", id="Simpan kembali dalam UTF-8; dari Excel pilih 'CSV UTF-8'.")
_CHANGED = Sentence(
    en="the ledger was changed while this ran, so nothing was written",
    id="buku giliran berubah selagi perintah ini berjalan, jadi tidak ada yang ditulis",
)
_ONCE_MORE = Sentence(en="Give the command again.", id="Ulangi perintahnya.")

_SIGN = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
"""How rows are encoded that follow a text which began with a byte order mark."""


@dataclass(frozen=True)
class LedgerFile:
    """A ledger at a path, as it is now.

    Parameters
    ----------
    path
        The file, which need not be there.
    raw
        What stands in it, byte for byte.
    columns
        Its columns by our names for them, in their order; those of a new ledger where there is none.
    entries, lines
        Its rows, and the line on which each begins.
    """

    path: Path
    raw: bytes = b""
    columns: tuple[str, ...] = COLUMNS
    entries: Sequence[LedgerEntry] = ()
    lines: Sequence[int] = ()
    encoding: str = "utf-8"
    separator: str = ","
    comma: bool = False

    @cached_property
    def standing(self) -> list[int]:
        """Rows that no other row takes back."""
        return standing(self.entries)

    @property
    def lacks(self) -> tuple[str, ...]:
        """Columns of a new ledger that this one does not have, so that what belongs there is not kept."""
        return tuple(name for name in COLUMNS if name not in self.columns)

    def with_rows(self, entries: Iterable[LedgerEntry]) -> bytes:
        """What the file holds with some more rows at its end."""
        out = io.StringIO(newline="")
        text = decode(self.raw)[0] if self.raw else ""
        end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
        if not text:
            out.write(self.separator.join(self.columns) + end)
        elif not text.endswith(("\n", "\r")):
            out.write(end)
        for entry in entries:
            cells = self._cells(entry)
            row = io.StringIO(newline="")
            csv.writer(row, delimiter=self.separator, lineterminator=end).writerow([cells.get(name, "") for name in self.columns])
            out.write(row.getvalue())
        return self.raw + self._encoded(out.getvalue())

    def _encoded(self, text: str) -> bytes:
        if self.raw.startswith(codecs.BOM_UTF16_BE):
            return text.encode("utf-16-be")
        try:
            return text.encode(_SIGN.get(self.encoding, self.encoding))
        except UnicodeEncodeError as error:
            raise refuse(str(self.path), _NO_LETTER(text=text[error.start]), _AS_UTF8()) from None

    def append(self, entries: Iterable[LedgerEntry]) -> None:
        """Write the file anew with some more rows at its end.

        Raises
        ------
        InputError
            If it cannot be written, or somebody else changed it since it was read; it is as it was then.
        """
        added = self.with_rows(entries)
        write_all_atomic([(self.path, lambda: self._unless_changed(added))])

    def _unless_changed(self, content: bytes) -> bytes:
        there = bytes(read_bytes(self.path, MAX_TABLE_BYTES)) if is_file(self.path) else b""
        if there != self.raw:
            raise refuse(str(self.path), _CHANGED(), _ONCE_MORE())
        return content

    def _cells(self, entry: LedgerEntry) -> Mapping[str, str]:
        """A row by column; ids that a spreadsheet would work out are kept as text."""
        brought = entry.burden is None and entry.share is None
        numbers = {"balance": entry.balance} if brought else {"burden": entry.burden or 0, "share": entry.share or 0}
        marked = {**entry.key._asdict(), "unit": entry.unit}
        return {
            **{name: _marked(text) for name, text in marked.items()},
            **{name: self._days(value) for name, value in numbers.items()},
            "last_called": entry.last_called.isoformat() if entry.last_called else "",
        }

    def _days(self, thousandths: int) -> str:
        whole, part = divmod(abs(thousandths), THOUSANDTHS)
        text = f"{whole}.{part:03}".rstrip("0").rstrip(".")
        return ("-" if thousandths < 0 else "") + (text.replace(".", ",") if self.comma else text)


def _marked(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in FORMULA_SIGNS else text


def read_ledger(path: str | os.PathLike[str]) -> LedgerFile:
    """The ledger of a file; an empty one where there is no file, or nothing in it.

    Raises
    ------
    InputError
        If the name does not end in .csv, the file cannot be read or written, or what stands in it is no ledger.
    """
    file = Path(path)
    refuse_all(_misnamed(file))
    refuse_all(try_targets([file]))
    if not is_file(file) or not file.stat().st_size:
        return LedgerFile(file)
    raw = bytes(read_bytes(file, MAX_TABLE_BYTES))
    text, encoding = decode(raw)
    table = parse_table(text, str(file), encoding)
    problems = Problems()
    rows = Rows(table, LedgerRow, problems, NEEDED)
    entries = read_entries(rows) if not problems.all else []
    refuse_all(problems.all)
    called = {rows.called(name): name for name in LedgerRow.model_fields if rows.has(name)}
    separator = separator_of(text.removeprefix("\ufeff"))
    commas = separator != "," and any("," in cell for name in ("burden", "share") for cell in rows.text(name))
    return LedgerFile(
        path=file,
        raw=raw,
        columns=tuple(called.get(column_name(name), name) for name in table.columns),
        entries=entries,
        lines=[table.line(row) for row in range(len(table))],
        encoding=encoding,
        separator=separator,
        comma=commas,
    )


def _misnamed(path: Path) -> Iterator[Problem]:
    if path.suffix.lower() != ENDING:
        yield misnamed(path, ENDING, _ENDING(ending=path.suffix))
    elif is_direct(path):
        yield Problem(Where(str(path)), _NOT_A_FILE())
    lock = f".~lock.{path.name}#"
    if is_file(path.with_name(lock)):
        yield Problem(Where(str(path)), _OPEN_ELSEWHERE(lock=lock), _CLOSE_THERE(lock=lock))
