"""Writing results to files; the ending of the name says how."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from giliran.certificate.records import CertificateFile
from giliran.errors import InputError, Problem, Where
from giliran.files.assignments import schedule_csv
from giliran.files.results import RESULT_SCHEMA, ResultFile
from giliran.messages import Lang, Sentence, found_text, nearest
from giliran.result import Result
from giliran.text import write_text_atomic
from giliran.text.files import is_folder

_ENDING = Sentence(
    en="results are written to files ending in {known}, not in '{ending}'",
    id="hasil ditulis ke berkas berakhiran {known}, bukan '{ending}'",
)
_NO_RESULT = Sentence(en="found {found}; expected a result of solve", id="ditemukan {found}; yang diharapkan hasil solve")
_NO_PATH = Sentence(en="found {found}; expected the name of a file", id="ditemukan {found}; yang diharapkan nama berkas")
_MAYBE = Sentence(en="Maybe {near}?", id="Mungkin maksudnya {near}?")
_NO_FOLDER = Sentence(en="the folder {folder} does not exist", id="folder {folder} tidak ada")
_IS_FOLDER = Sentence(en="this is a folder, a file was expected", id="ini folder, padahal yang diperlukan berkas")
_TWICE = Sentence(en="this file is named twice", id="berkas ini disebut dua kali")


_Writer = Callable[[Result, Lang, CertificateFile | None], str]


def _csv(result: Result, lang: Lang, certificate: CertificateFile | None) -> str:
    return schedule_csv(result.instance.view, result.schedule)


def _json(result: Result, lang: Lang, certificate: CertificateFile | None) -> str:
    return ResultFile.of(result, lang, certificate).text()


_SCHEDULE_ONLY = ".csv"
EVERYTHING = ".json"
"""Ending of files that hold everything about a result, and its certificate where there is one."""
_WRITERS: dict[str, _Writer] = {_SCHEDULE_ONLY: _csv, EVERYTHING: _json}
MARKS = {_SCHEDULE_ONLY: "staff_id,date,place", EVERYTHING: RESULT_SCHEMA}
"""By ending, what stands near the beginning of every file that a result was written to."""


def export(result: Result, path: str | os.PathLike[str], lang: Lang = "en", certificate: CertificateFile | None = None) -> None:
    """Write a result wholly or not at all: the schedule to `.csv`, everything to `.json`.

    Parameters
    ----------
    result
        From `solve`.
    path
        The file; what was there before is replaced.
    lang
        Language of the sentences.
    certificate
        From `giliran.certifying.certificate_file`: stands in the `.json` beside everything else; a schedule has no place for it.

    Raises
    ------
    InputError
        If that is no result or no name of a file, the ending is another one, the folder is missing or the file cannot be written.
    """
    if not isinstance(result, Result):
        raise InputError([Problem(Where(field="result"), _NO_RESULT(found=found_text(result)))])
    if not isinstance(path, str | os.PathLike):
        raise InputError([Problem(Where(field="path"), _NO_PATH(found=found_text(path)))])
    check_targets([path])
    write_text_atomic(path, _WRITERS[Path(path).suffix.lower()](result, lang, certificate))


def check_targets(paths: Iterable[str | os.PathLike[str]]) -> None:
    """See before a long run that its results can be written.

    Raises
    ------
    InputError
        With every file whose ending is unknown, whose folder is missing, or that is named twice.
    """
    problems: list[Problem] = []
    seen: set[Path] = set()
    for path in map(Path, paths):
        where = Where(str(path))
        if path.suffix.lower() not in _WRITERS:
            near = nearest(path.suffix.lower(), _WRITERS)
            said = _ENDING(known=", ".join(_WRITERS), ending=path.suffix)
            problems.append(Problem(where, said, _MAYBE(near=path.with_suffix(near).name) if near else None))
        if not is_folder(path.parent):
            problems.append(Problem(where, _NO_FOLDER(folder=str(path.parent))))
        elif is_folder(path):
            problems.append(Problem(where, _IS_FOLDER()))
        whole = Path(os.path.realpath(path))
        if whole in seen:
            problems.append(Problem(where, _TWICE()))
        seen.add(whole)
    if problems:
        raise InputError(problems)


def export_all(result: Result, paths: Sequence[Path], lang: Lang = "en", certificate: CertificateFile | None = None) -> tuple[Path, ...]:
    """Write a result to several files, and say which.

    A file that would hold a schedule without a single place is not written, so that a plan made before is not lost to it; where there
    is nothing to decide because everybody is away, the plan says so and is written.

    Raises
    ------
    InputError
        As `export`, before anything is written.
    """
    check_targets(paths)
    facts = result.instance.facts
    planned = result.schedule.planned(facts)
    worth = bool(planned.any()) or not facts.present.any()
    written = tuple(path for path in paths if worth or path.suffix.lower() != _SCHEDULE_ONLY)
    for path in written:
        export(result, path, lang, certificate)
    return written
