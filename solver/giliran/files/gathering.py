"""Instances named on a command line: files, and folders that hold several."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from giliran.books import language_of
from giliran.errors import InputError, Problem, Where
from giliran.files.loading import OF_FOLDER
from giliran.instance.named_files import DOCUMENTS
from giliran.lists.workbooks import WORKBOOKS, is_workbook
from giliran.messages import Sentence, meant, reason_of
from giliran.text.files import is_folder
from giliran.text.trying import is_direct
from giliran.text.windows import safe_name

_MISSING = Sentence(en="there is no such file or folder", id="berkas atau folder ini tidak ada")
_ENDING = Sentence(
    en="instances are files ending in {endings}, or folders",
    id="berkas masukan berupa berkas berakhiran {endings}, atau folder",
)
_EMPTY = Sentence(
    en="no instance in this folder: no file ending in {endings} says `schema: giliran/1`, and no workbook is one to plan from",
    id="tidak ada berkas masukan dalam folder ini: tidak ada berkas berakhiran {endings} yang memuat `schema: giliran/1`, dan tidak ada "
    "berkas "
    "Excel untuk menyusun jadwal",
)
_CLOSED = Sentence(en="the folder cannot be read: {reason}", id="folder tidak dapat dibaca: {reason}")
_TWICE = Sentence(en="this instance is named twice", id="berkas masukan ini disebut dua kali")
_SAME_NAME = Sentence(en="its results would have the same name as those of {other}", id="hasilnya akan bernama sama dengan hasil {other}")
_RENAME = Sentence(en="Rename one of the two, or solve them apart.", id="Ganti nama salah satunya, atau susun jadwalnya secara terpisah.")

_SAYS_SO = re.compile(rb"""["']?s(?:ch|k)ema["']?\s*:\s*["']?giliran/""")
_ENDINGS = (*DOCUMENTS, *WORKBOOKS)
_LOOKED_AT = 1_000_000
"""Bytes of a file in which its `schema` is looked for."""


@dataclass(frozen=True)
class Named:
    """An instance and the name of its results.

    Parameters
    ----------
    name
        The file's name without its ending, or its folder's where the file is called `instance`; where two would be equal, the names of
        folders above stand before it. Signs that a file cannot have everywhere are `_` in it, and no device is called so.
    path
        The file.
    """

    name: str
    path: Path


@dataclass(frozen=True)
class Gathered:
    """Instances, in the order in which they were named and by name within a folder.

    Parameters
    ----------
    instances
        At least one, no two with the same name.
    passed_over
        Files of folders that end like instances and do not say that they are.
    """

    instances: tuple[Named, ...]
    passed_over: tuple[Path, ...]


def holds_many(path: Path) -> bool:
    """Whether a path is a folder of instances, not one instance."""
    return is_folder(path) and _own(path) is None


def file_of(path: Path) -> Path:
    """The file that an instance stands in: its folder's, or the path itself."""
    return _own(path) or path


def gather(paths: Sequence[Path]) -> Gathered:
    """Every instance that some paths name: a file, the folder of one, or a folder with files and folders of instances.

    Raises
    ------
    InputError
        With every path that does not exist or may not be read, is no instance by its ending, holds none, is named twice, or would share its
        name.
    """
    found: list[Path] = []
    passed_over: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if holds_many(path):
            closed: list[OSError] = []
            inside = list(_files_in(path, closed.append))
            problems += [Problem(Where(str(error.filename)), _CLOSED(reason=reason_of(error))) for error in closed]
            mine = [file for file in inside if says_instance(file)]
            passed_over += [file for file in inside if file not in mine]
            problems += [] if mine else [Problem(Where(str(path)), _EMPTY(endings=", ".join(DOCUMENTS)))]
            found += mine
        else:
            problem = _refused(path)
            problems += [problem] if problem else []
            found.append(file_of(path))
    problems += _repeated(found)
    if problems:
        raise InputError(problems)
    return Gathered(_named(found), tuple(passed_over))


def _own(path: Path) -> Path | None:
    """The instance that a folder is."""
    return next((path / name for name in OF_FOLDER if (path / name).exists()), None) if is_folder(path) else None


def _refused(path: Path) -> Problem | None:
    where = Where(str(path))
    if is_folder(path):
        return None
    if not os.path.lexists(path):
        return Problem(where, _MISSING(), meant(path.name, _beside(path)))
    return None if path.suffix.lower() in _ENDINGS else Problem(where, _ENDING(endings=", ".join(_ENDINGS)))


def _beside(path: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return []


def _files_in(folder: Path, refused: Callable[[OSError], object]) -> Iterator[Path]:
    """Files of a folder and of those below it that may be instances; a folder that is one is looked into no further, one that may not be
    read is told to `refused`."""
    for place, folders, files in os.walk(folder, onerror=refused):
        own = _own(Path(place))
        if own is not None:
            folders.clear()
            yield own
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in sorted(files) if not name.startswith(".") and _may_be(path := Path(place, name)))


def _may_be(path: Path) -> bool:
    """Whether a file ends like an instance; of workbooks, which hold lists and plans too, those that are to be planned from."""
    return path.suffix.lower() in DOCUMENTS or (is_workbook(path.name) and language_of(path) is not None)


def says_instance(path: Path) -> bool:
    """Whether a file says that it is an instance; one that cannot be read is left to the loader, and no pipe is waited for."""
    if is_direct(path):
        return False
    if is_workbook(path.name):
        return language_of(path) is not None
    try:
        with path.open("rb") as stream:
            return _SAYS_SO.search(stream.read(_LOOKED_AT).replace(b"\0", b"")) is not None
    except OSError:
        return True


def _repeated(found: Sequence[Path]) -> list[Problem]:
    counts = Counter(os.path.realpath(path) for path in found)
    return [Problem(Where(str(path)), _TWICE()) for path in dict.fromkeys(found) if counts[os.path.realpath(path)] > 1]


def _named(found: Sequence[Path]) -> tuple[Named, ...]:
    """Names as short as they can be and still differ, upper and lower case alike."""
    words = [_words(path) for path in found]
    depth = [1] * len(found)
    while True:
        names = [safe_name("-".join(parts[-used:])) for parts, used in zip(words, depth, strict=True)]
        counts = Counter(name.casefold() for name in names)
        same = [k for k, name in enumerate(names) if counts[name.casefold()] > 1]
        if not same:
            return tuple(Named(name, path) for name, path in zip(names, found, strict=True))
        longer = [k for k in same if depth[k] < len(words[k])]
        if not longer:
            raise InputError(_clashing([found[k] for k in same], [names[k].casefold() for k in same]))
        for k in longer:
            depth[k] += 1


def _words(path: Path) -> tuple[str, ...]:
    """Folders and name of an instance, the ending left out."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  # keeps the names of links, as `resolve` would not
    parts = (*whole.parent.parts, whole.stem)[1:]
    return parts[:-1] if whole.name in OF_FOLDER and len(parts) > 1 else parts


def _clashing(paths: Sequence[Path], names: Sequence[str]) -> list[Problem]:
    problems = []
    for k, path in enumerate(paths):
        earlier = next((other for other, name in zip(paths[:k], names, strict=False) if name == names[k]), None)
        if earlier is not None:
            problems.append(Problem(Where(str(path)), _SAME_NAME(other=earlier), _RENAME()))
    return problems
