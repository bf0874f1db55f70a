"""Files that an instance names: which of them are opened, and what they hold."""

from __future__ import annotations

import ntpath
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Literal, TypeVar

from giliran.circulars import Circular, load_circular, names_file
from giliran.errors import InputError, Problem, Where
from giliran.instance.published_book import Sheets
from giliran.lists.sheets import read_sheet
from giliran.lists.table import read_staff
from giliran.lists.workbooks import grids_in, is_workbook, unused_in
from giliran.messages import Sentence, found_text
from giliran.text import Document, Step, Table, read_document, read_table, refuse_foreign
from giliran.text.files import is_folder

RESULT_SCHEMA: Literal["giliran-result/1"] = "giliran-result/1"

ASSIGNMENTS = "assignments"
"""Key of a result file under which its plan stands."""

DOCUMENTS = (".json", ".yaml", ".yml")
"""Endings of files that are documents, instances among them."""

Found = TypeVar("Found", Table, Document, Sheets)

_NO_ROWS = Sentence(
    en="rows were expected: a list of them, or a result with `{key}`",
    id="diperlukan baris-baris: sebuah daftar, atau berkas hasil yang memuat `{key}`",
)
_OPENS_NONE = Sentence(
    en="found {found}, the name of a file; no file is opened here",
    id="ditemukan {found}, nama berkas; di sini tidak ada berkas yang dibuka",
)
_SAY_WHERE = Sentence(
    en="Say which folder may be read, Instance.build(…, files=FOLDER), or give what the file holds.",
    id="Sebutkan folder yang boleh dibaca, Instance.build(…, files=FOLDER), atau berikan isi berkas itu.",
)
_OUTSIDE = Sentence(
    en="found {found}, which leads out of the folder whose files may be read",
    id="ditemukan {found}, yang berada di luar folder yang berkasnya boleh dibaca",
)
_PUT_INSIDE = Sentence(
    en="Put a copy into that folder, and name it as seen from there.",
    id="Taruh salinannya dalam folder itu, lalu tulis namanya dilihat dari sana.",
)
_NO_NAME = Sentence(en="found {found}, which cannot be the name of a file", id="ditemukan {found}, yang tidak dapat menjadi nama berkas")
_NO_FILE = Sentence(
    en="this is a pipe, a device or the like; only ordinary files are opened here",
    id="ini pipa, perangkat, atau sejenisnya; di sini hanya berkas biasa yang dibuka",
)
_NO_FOLDER = Sentence(en="found {found}; expected a folder that is there", id="ditemukan {found}; yang diharapkan folder yang ada")


@dataclass(frozen=True)
class NamedFiles:
    """Opens files by the names that data give them.

    Parameters
    ----------
    folder
        Where relative names start; without one no file is opened.
    confined
        Whether only files inside the folder are opened: ordinary ones, wherever links and `..` lead. What lies outside is not looked at,
        so that nobody learns whether it is there.
    """

    folder: Path | None = None
    confined: bool = True

    @classmethod
    def within(cls, files: object) -> NamedFiles:
        """What `Instance.build` may open: nothing, or the files of a folder.

        Raises
        ------
        InputError
            If something else is given, or the folder is not there.
        """
        if files is None:
            return cls()
        if not isinstance(files, str | os.PathLike) or not is_folder(Path(files)):
            raise InputError([Problem(Where(field="files"), _NO_FOLDER(found=found_text(files)))])
        return cls(Path(files))

    def table(self, name: str, where: Where) -> Table:
        """The rows in the file that is named at a place; raises `InputError`."""
        return self._read(name, where, read_rows)

    def staff(self, name: str, where: Where, *, declared: bool) -> Table:
        """The same of a staff table, which may be a list as personnel offices export it; `declared` as for `read_staff`."""
        rows = name.lower().endswith(DOCUMENTS)
        return self._read(name, where, read_rows if rows else lambda path, called: read_staff(path, called, declared=declared))

    def published(self, name: str, where: Where) -> Table | Sheets:
        """The rows of a published plan, or the sheets of a workbook, which are read when it is known who is meant; raises `InputError`."""
        if is_workbook(name):
            return self._read(name, where, lambda path, called: Sheets(grids_in(path, called), called, unused_in(path, called)))
        return self.table(name, where)

    def circular(self, name: str, where: Where) -> Circular:
        """A circular that comes with giliran, or the one in a file; raises `InputError`, without a place for a name that is unknown."""
        return Circular.read(self._read(name, where, read_document)) if names_file(name) else load_circular(name)

    def document(self, name: str, where: Where, read: Callable[[Path, str], Document] | None = None) -> Document:
        """The document in the file that is named at a place, read as a document or in another way; raises `InputError`."""
        return self._read(name, where, read or read_document)

    def _read(self, name: str, where: Where, reader: Callable[[Path, str], Found]) -> Found:
        if self.folder is None:
            raise InputError([Problem(where, _OPENS_NONE(found=found_text(name)), _SAY_WHERE())])
        written = str(self.folder / name)
        path = _inside(self.folder, name, where) if self.confined else self.folder / name
        try:
            return replace(reader(path, written), file=written)
        except InputError as error:
            raise InputError([_called(problem, str(path), written) for problem in error.problems]) from None


def read_rows(path: Path, name: str) -> Table:
    """The table in a CSV file or a workbook, or the rows of a JSON or YAML file: a list of them, or the `assignments` of a result.

    The ending of the name by which the file was asked for says which.

    Raises
    ------
    InputError
        If the file cannot be read or holds no rows.
    """
    if is_workbook(name):
        return read_sheet(path, name)
    if not name.lower().endswith(DOCUMENTS):
        return read_table(path)
    document = read_document(path, name)
    refuse_foreign(document.data, RESULT_SCHEMA, document.where)
    at: tuple[Step, ...] = (ASSIGNMENTS,) if isinstance(document.data, dict) else ()
    rows = document.data.get(ASSIGNMENTS) if isinstance(document.data, dict) else document.data
    if not isinstance(rows, list):
        raise InputError([Problem(document.where(at), _NO_ROWS(key=ASSIGNMENTS))])
    lines = [document.where((*at, row)).line for row in range(len(rows))]
    return Table.from_records(rows, file=name, lines=lines, field=ASSIGNMENTS if at else "rows")  # type: ignore[arg-type]


def stays(folder: str, name: str, paths: ModuleType = os.path) -> bool:
    """Whether a name leads to something inside a folder as far as its letters say, by the rules of a system (`posixpath`, `ntpath`)."""
    root = paths.normcase(paths.normpath(folder))
    whole = paths.normcase(paths.normpath(paths.join(folder, name)))
    return bool(whole == root or whole.startswith(root.rstrip(paths.sep) + paths.sep))


def _inside(folder: Path, name: str, where: Where) -> Path:
    """The file that a name means, with no link left on the way: it is what is opened, whatever becomes of the links meanwhile.

    Raises
    ------
    InputError
        If it leads out of the folder, or is no ordinary file.
    """
    if "\0" in name:
        raise InputError([Problem(where, _NO_NAME(found=found_text(name)))])
    outside = InputError([Problem(where, _OUTSIDE(found=found_text(name)), _PUT_INSIDE())])
    try:
        real = os.path.realpath(folder)
        if not (stays(str(folder.absolute()), name) or stays(real, name)) or _leaves_on_windows(name):
            raise outside  # before any link is followed: nothing outside is touched
        path = Path(os.path.realpath(Path(real, name)))
    except ValueError:  # letters that the file system does not have
        raise InputError([Problem(where, _NO_NAME(found=found_text(name)))]) from None
    if not stays(real, str(path)):
        raise outside
    if _is_special(path):
        raise InputError([Problem(Where(str(folder / name)), _NO_FILE())])
    return path


def _leaves_on_windows(name: str) -> bool:
    """Whether a name with a drive or server, or with `\\` between its parts, would lead out there: it is refused on every system."""
    return not os.path.isabs(name) and not stays(r"\\any\folder\of\it", name, ntpath)  # noqa: PTH117


def _is_special(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder; what the system refuses to tell is left to the reader."""
    try:
        return stat.S_IFMT(path.stat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR)
    except OSError:
        return False


def _called(problem: Problem, path: str, written: str) -> Problem:
    """A problem of a file by the name under which it was asked for."""
    where = problem.where
    return Problem(Where(written, where.line, where.field), problem.said, problem.advice) if where.file == path else problem
