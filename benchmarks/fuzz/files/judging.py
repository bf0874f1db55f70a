"""What counts as a fault: whatever is not one of our own errors, and our own errors where they are badly told."""

from __future__ import annotations

import re
import traceback
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzz.files.of_books import unpacked
from giliran.errors import InputError, Problem
from giliran.messages import LANGUAGES

MOST_LETTERS = 60_000
"""Longest message in one language: twenty problems in every column of the widest table, and no more however long the table is."""
MOST_LINE = 3_000
"""Longest single problem."""

_INNERMOST = 3
"""Frames of ours by which faults are told apart."""
_OUTERMOST = 5
"""Frames of ours that are looked at where the inner ones are chance."""
_STRANGE = re.compile(
    r"\b(NoneType|dict|str|int|float|tuple|bool|frozenset|bytes|pydantic\w*|Traceback|ndarray|datetime|numpy(?! [0-9])"
    r"|\w+Error|\w+Exception)\b|<class|object at 0x|\[type=|[Ii]nput should|validation error"
)
_SHOWN = re.compile(r"\{\w+(?::[^}]*)?\}")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\xad\u034f\u115f\u3164")
_LAID_OUT = frozenset("\n\t")


class OvertimeError(BaseException):
    """Reading takes too long; no reader catches this."""


@dataclass(frozen=True)
class Fault:
    """Something that should not happen.

    Parameters
    ----------
    kind
        By which faults are told apart: the same for everything that one mistake brings about.
    said
        What happened this time.
    """

    kind: str
    said: str


class FoundError(Exception):
    """A fault that was found while something that was read was used.

    Parameters
    ----------
    fault
        The fault.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


def strange(error: BaseException, package: str = "giliran") -> Fault:
    """A fault for an error that nobody raised on purpose, by its type and the innermost frames of the package.

    Where time or depth ran out, the innermost frame is chance; then the outer ones tell.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"/{package}/" in frame.filename] or frames
    shown = ours[:_OUTERMOST] if isinstance(error, (OvertimeError, RecursionError)) else ours
    places = [f"{_short(frame.filename, package)}:{frame.name}" for frame in shown[-_INNERMOST:]]
    said = "".join(traceback.format_exception(error, limit=-8))[-4000:]
    return Fault(f"{type(error).__name__} at {' > '.join(places)}", said)


def _short(filename: str, package: str) -> str:
    return filename.rpartition(f"/{package}/")[2] if f"/{package}/" in filename else filename.rpartition("/")[2]


def told(error: InputError, files: Mapping[str, bytes]) -> Fault | None:
    """A fault where an error of ours is badly told, None where it is well told.

    Parameters
    ----------
    files
        Of the case, mutated as they were read: what stands there may be quoted.
    """
    raws = [part for raw in files.values() for part in (raw, *_packed(raw))]
    quoted = "\n".join(raw.decode("utf-8", errors="replace") for raw in raws)
    quoted += "\n".join(raw.decode("utf-16", errors="replace") for raw in raws if raw[:2] in (b"\xff\xfe", b"\xfe\xff"))
    if not error.problems:
        return Fault("an error without a problem", repr(error))
    for problem in error.problems:
        if fault := _badly(problem, quoted):
            return fault
    for lang in LANGUAGES:
        if len(error.text(lang)) > MOST_LETTERS:
            return Fault(f"a message is too long: {_template(error.problems[-1])}", error.text(lang)[:MOST_LETTERS])
    return None


def _packed(raw: bytes) -> list[bytes]:
    """The parts of a workbook; none of other files, and of those that cannot be opened."""
    try:
        return [*unpacked(raw).values()] if raw.startswith(b"PK") else []
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return []


def _badly(problem: Problem, quoted: str) -> Fault | None:
    which = _template(problem)
    for lang in LANGUAGES:
        text = problem.text(lang)
        if not text.strip() or not problem.said.text(lang).strip():
            return Fault(f"an empty message: {which}", text)
        if fault := in_words(text, quoted, which, MOST_LINE):
            return fault
    if not problem.where.file:
        return Fault(f"a problem names no file: {which}", problem.text())
    return None


def in_words(text: str, quoted: str, which: str, most: int) -> Fault | None:
    """A fault of a text for people.

    Parameters
    ----------
    quoted
        What the text may quote.
    which
        Which text it is, for the kind.
    most
        Letters at most.
    """
    if len(text) > most:
        return Fault(f"a text is too long: {which}", text[:most])
    for found in _STRANGE.finditer(text):
        if found.group() not in quoted:
            return Fault(f"a text names {found.group()}: {which}", text)
    return obeyed(text, which)


def obeyed(text: str, which: str) -> Fault | None:
    """A fault for a text with signs that a screen would obey, or not show at all."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return None
    for sign in text:
        if sign in _UNSEEN:
            return Fault(f"a text holds a sign that nobody sees: {which}", text)
        if sign in _BIDI or (unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign not in _LAID_OUT):
            return Fault(f"a text holds a sign that screens obey: {which}", text)
    return None


def _template(problem: Problem) -> str:
    """The sentence without its values: which message it is."""
    text = problem.said.sentence.en
    return _SHOWN.sub("…", text if text != "{text}" else problem.said.text())[:80]


def stray(folder: Path, expected: Iterable[str]) -> Fault | None:
    """A fault for a file that a folder should not hold, or lacks."""
    there, wanted = {path.name for path in folder.iterdir()}, set(expected)
    if there != wanted:
        more, less = sorted(there - wanted), sorted(wanted - there)
        return Fault(f"files that should not be there, or are gone: {_shapes(more)} {_shapes(less)}", f"{more} {less}")
    return None


def _shapes(names: Iterable[str]) -> str:
    return " ".join(re.sub(r"[0-9a-f]{6,}", "…", name) for name in names)


def changed(folder: Path, files: Mapping[str, bytes]) -> Fault | None:
    """A fault for an input that is not what it was, byte for byte."""
    for name, raw in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != raw:
            return Fault(f"an input was changed: {path.suffix}", str(path))
    return None
