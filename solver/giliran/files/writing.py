"""Writing results to files; the ending of the name says how."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial as later
from pathlib import Path
from typing import IO, Any, cast

from giliran.certificate.certificate import FAMILY
from giliran.certificate.file import CertificateFile
from giliran.errors import InputError, Problem, Where
from giliran.files.calendars import are_there, calendar_contents, calendars_kept, calendars_told, with_cancelled
from giliran.files.formats import CALENDAR, FORMATS, TABLE
from giliran.files.keeping import Free, Ours, begins_as_document, by_head, has_gaps, is_strange, place_for_gaps, proof_for_gaps
from giliran.files.rescuing import write_or_rescue
from giliran.instance.named_files import RESULT_SCHEMA
from giliran.instance.offered import flags_given
from giliran.instance.sources import over_sources
from giliran.messages import LANGUAGES, Lang, Said, Sentence, Whole, did_you_mean, found_text, nearest
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.result import Result
from giliran.text.opened import marks_of
from giliran.text.trying import refuse_all, try_targets

_ENDING = Sentence(
    en="results are written to files ending in {known}, not in '{ending}'",
    id="hasil ditulis ke berkas berakhiran {known}, bukan '{ending}'",
)
_NO_ENDING = Sentence(
    en="results are written to files ending in {known}; this name has no ending",
    id="hasil ditulis ke berkas berakhiran {known}; nama ini tidak berakhiran",
)
_NO_RESULT = Sentence(en="found {found}; expected a result of solve", id="ditemukan {found}; yang diharapkan hasil solve")
_NO_PATH = Sentence(
    en="found {found}; expected the name of a file or a stream", id="ditemukan {found}; yang diharapkan nama berkas atau aliran berkas"
)
_NO_LANG = Sentence(en="found {found}; expected one of {known}", id="ditemukan {found}; yang diharapkan salah satu dari {known}")
_NO_CERTIFICATE = Sentence(en="found {found}; expected a certificate", id="ditemukan {found}; yang diharapkan sertifikat")
_NO_STYLE = Sentence(en="found {found}; expected a PlanStyle", id="ditemukan {found}; yang diharapkan PlanStyle")
_NOT_INSTALLED = Sentence(
    en="writing {ending} needs another package, which is not installed",
    id="untuk menulis {ending} diperlukan paket tambahan yang belum terpasang",
)
_INSTALL = Sentence(en="Install it by {command}, or write .csv.", id="Pasang dengan {command}, atau tulis .csv.")
_INSTALL_IT = Sentence(en="Install it by {command}.", id="Pasang dengan {command}.")
_NO_FORMAT = Sentence(
    en="found {found}; the format of a stream is one of {known}", id="ditemukan {found}; format aliran berkas salah satu dari {known}"
)
_OTHER_FORMAT = Sentence(
    en="found {found}, and {file} says another by its ending", id="ditemukan {found}, padahal akhiran {file} menyebut yang lain"
)
_NO_TEXT = Sentence(
    en="this format is bytes, and the stream takes text; open it in binary mode",
    id="format ini berupa bita, sedangkan aliran berkas ini menerima teks; bukalah dalam mode biner",
)
_TWICE = Sentence(en="this file is named twice", id="berkas ini disebut dua kali")
_BESIDE = Sentence(
    en="{file} stays as it is, because this plan has gaps; it is in {beside} (--partial replaces such files too)",
    id="{file} tidak diubah karena jadwal ini belum lengkap; jadwal ini ada di {beside} (--partial juga menimpa berkas seperti itu)",
)
_NOT_WRITTEN = Sentence(en="{file}: not written, because nothing is planned", id="{file}: tidak ditulis, karena belum ada yang terjadwal")


EVERYTHING = ".json"
"""Ending of files that hold everything about a result, and its certificate where there is one."""
RESULTS: dict[str, Ours] = {ending: found.ours for ending, found in FORMATS.items()} | {
    EVERYTHING: by_head(later(begins_as_document, schema=RESULT_SCHEMA))
}
"""By ending, which files are results that were written."""
is_proof: Ours = by_head(later(begins_as_document, schema=FAMILY))
"""The same of certificates, of whatever version."""


def _content(
    result: Result, ending: str, style: PlanStyle, certificate: CertificateFile | None, because: Causes, over: Path | None = None
) -> str | bytes:
    """What stands in a file with this ending, put over another one."""
    if ending != EVERYTHING:
        made = FORMATS[ending].write(replace(Report.of(result), because=because), style)
        return with_cancelled(made, over, result.instance.facts.dates) if isinstance(made, bytes) and ending == CALENDAR and over else made
    from giliran.records.results import ResultFile  # models of records, 0.1 s: not before they are needed

    return ResultFile.of(result, style.lang, certificate).text()


Causes = Mapping[tuple[int, int, str], Said]
"""What changes go back to, as `Report.because` has it."""
_UNTOLD: Causes = {}


@dataclass(frozen=True)
class Targets:
    """Where a result goes.

    Parameters
    ----------
    plans
        Files for the plan and all about it, by their endings.
    proof
        A file for the certificate alone.
    partial
        Whether a plan with gaps replaces one without any.
    free
        Whether a file beside, that nobody named, may be written over, as far as others are concerned.
    style
        How plans for people are written, as usual when None; the language is that of the call.
    calendars
        A folder for a calendar of each person; whoever names it has seen that they can be written.
    """

    plans: Sequence[Path]
    proof: Path | None = None
    partial: bool = False
    free: Free = lambda _: True
    style: PlanStyle | None = None
    calendars: Path | None = None

    @property
    def named(self) -> list[Path]:
        """Every file that was named."""
        return [*self.plans, *([self.proof] if self.proof else [])]


@dataclass(frozen=True)
class Written:
    """Files that were written.

    Parameters
    ----------
    files
        In the order in which they were named.
    beside
        Files that stay as they are, with the files beside them that took a plan with gaps.
    left_out
        Schedules that would not have held a single place.
    calendars
        The folder of calendars, and how many there are.
    kept
        The folder whose calendars stay as they are, because they may be of a plan without gaps and this one has some.
    """

    files: tuple[Path, ...]
    beside: tuple[tuple[Path, Path], ...] = ()
    left_out: tuple[Path, ...] = ()
    calendars: tuple[Path, int] | None = None
    kept: Path | None = None

    def told(self) -> tuple[Said, ...]:
        """What is not as it was asked for, in sentences."""
        moved = (_BESIDE(file=file, beside=beside) for file, beside in self.beside)
        calendars = [calendars_told(*self.calendars)] if self.calendars else []
        kept = [calendars_kept(self.kept)] if self.kept else []
        return (*moved, *(_NOT_WRITTEN(file=path) for path in self.left_out), *calendars, *kept)


def export(
    result: Result,
    path: str | os.PathLike[str] | IO[str] | IO[bytes],
    lang: Lang = "en",
    certificate: CertificateFile | None = None,
    *,
    format: str | None = None,
    partial: bool = False,
    style: PlanStyle | None = None,
) -> Path | None:
    """Write a result wholly or not at all; the ending of the file says what is written.

    The schedule goes to `.csv`, everything to `.json`, sheets to `.xlsx`, paper to `.docx` or `.pdf`, a page for a browser to `.html`,
    texts to send to `.txt`, a calendar of everybody to `.ics`.

    Parameters
    ----------
    result
        From `solve`.
    path
        The file; what was there before is replaced. Or an open stream of text or bytes, which is written to at once and left open.
    lang
        Language of the sentences.
    certificate
        From `giliran.make_certificate`: stands in the `.json` beside everything else; a schedule has no place for it.
    format
        The format of a stream, as names of files end: "csv", "json", "xlsx" and so on. A file's is its ending.
    partial
        Let a plan with gaps (days of work without a place) replace one without any. Otherwise it goes beside it, to `NAME.partial`
        with the same ending, where such a plan, or what may be one, is there.
    style
        How plans for people are written: reasons of absence, paper, CSV for Excel; its language counts instead of `lang`.

    Returns
    -------
    Path or None
        The file that was written; None for a stream.

    Raises
    ------
    InputError
        If that is no result, no name of a file or stream, the ending or format is another one, the folder is missing, the file cannot be
        written, or the instance was read from it.
    InfeasibleError, UndecidedError
        As `Result.require`, if a `.csv`, `.txt` or `.ics` would not hold a single place.
    """
    flags_given(partial=partial)
    stream = None if isinstance(path, str | os.PathLike) or not hasattr(path, "write") else path
    refuse_all([*_strange(result, path, lang, certificate, style), *_format_problems(path, stream is not None, format)])
    chosen = style or PlanStyle(lang)
    target = Path(f"stream.{format}" if stream is not None else cast("str", path))
    if stream is None:
        check_targets([target])
    if not _is_worth(result, target):
        result.require()
    if stream is None:
        return export_all(result, Targets([target], partial=partial, style=chosen), chosen.lang, certificate).files[0]
    _pour(_content(result, target.suffix, chosen, certificate, _UNTOLD), stream)
    return None


def _pour(content: str | bytes, stream: Any) -> None:
    """Write to a stream what it takes: text as UTF-8 where it takes bytes.

    Many text streams are no `io.TextIOBase`: those of `tempfile` say by their encoding what they are, those of `codecs` only by refusing.
    """
    takes_text = isinstance(stream, io.TextIOBase) or isinstance(getattr(stream, "encoding", None), str)
    refused = InputError([Problem(Where(field="path"), _NO_TEXT())])
    if takes_text and isinstance(content, bytes):
        raise refused
    try:
        stream.write(content if takes_text or isinstance(content, bytes) else content.encode("utf-8"))
    except TypeError as error:
        if isinstance(content, bytes):
            raise refused from error
        stream.write(content)


def _format_problems(path: object, is_stream: bool, format: object) -> Iterator[Problem]:
    """What is wrong with the format: a stream needs one of those that there are, a file has its own."""
    known = [ending.removeprefix(".") for ending in FORMATS]
    if is_stream and format not in known:
        near = nearest(format, known) if isinstance(format, str) else None
        yield Problem(Where(field="format"), _NO_FORMAT(found=found_text(format), known=", ".join(known)), did_you_mean(near))
    if not is_stream and format is not None and isinstance(path, str | os.PathLike) and Path(path).suffix.lower() != f".{format}":
        yield Problem(Where(field="format"), _OTHER_FORMAT(found=found_text(format), file=str(path)))


def _strange(result: object, path: object, lang: object, certificate: object, style: object) -> Iterator[Problem]:
    """Problems of what is not what `export` takes."""
    if not isinstance(result, Result):
        yield Problem(Where(field="result"), _NO_RESULT(found=found_text(result)))
    if not isinstance(path, str | os.PathLike) and not hasattr(path, "write"):
        yield Problem(Where(field="path"), _NO_PATH(found=found_text(path)))
    if lang not in LANGUAGES:
        yield Problem(Where(field="lang"), _NO_LANG(found=found_text(lang), known=", ".join(LANGUAGES)))
    if not isinstance(certificate, CertificateFile | None):
        yield Problem(Where(field="certificate"), _NO_CERTIFICATE(found=found_text(certificate)))
    if not isinstance(style, PlanStyle | None):
        yield Problem(Where(field="style"), _NO_STYLE(found=found_text(style)))


def check_targets(paths: Iterable[str | os.PathLike[str]], endings: Collection[str] = ()) -> None:
    """See before a long run that its results can be written.

    Parameters
    ----------
    endings
        What files may end in; those of plans when empty.

    Raises
    ------
    InputError
        With every file whose ending is unknown, that needs a package which is not installed, whose folder is missing, that could not
        be written now, or that is named twice.
    """
    problems: list[Problem] = []
    seen: set[object] = set()
    named, writers = [Path(path) for path in paths], endings or FORMATS
    for path in named:
        if path.suffix.lower() not in writers:
            near = nearest(path.suffix.lower(), writers)
            known = ", ".join(writers)
            said = _ENDING(known=known, ending=path.suffix) if path.suffix else _NO_ENDING(known=known)
            problems.append(Problem(Where(str(path)), said, did_you_mean(path.with_suffix(near).name if near else None)))
        elif (written := FORMATS.get(path.suffix.lower())) is not None and not written.installed:
            install = _INSTALL if TABLE in writers else _INSTALL_IT
            advice = install(command=Whole("pip install 'giliran[desk]'"))
            problems.append(Problem(Where(str(path)), _NOT_INSTALLED(ending=path.suffix), advice))
        marks = marks_of(path)
        if not seen.isdisjoint(marks):
            problems.append(Problem(Where(str(path)), _TWICE()))
        seen |= marks
    refuse_all([*problems, *try_targets(named)])


def export_all(
    result: Result,
    targets: Targets,
    lang: Lang = "en",
    certificate: CertificateFile | None = None,
    proof: str | None = None,
    more: Sequence[tuple[Path, Callable[[], str]]] = (),
    because: Causes = _UNTOLD,
) -> Written:
    """Write everything about a result, all of it or nothing.

    A file that would hold a schedule without a single place is not written; where there is nothing to decide because everybody is away,
    the plan says so and is written. A plan with gaps goes beside one without any, unless `targets` say otherwise, and its proof with it;
    where one of its calendars is there already, none is written, so that no folder has calendars of two plans.

    Parameters
    ----------
    certificate
        Stands in the `.json` of the result.
    proof
        Text for the file of the certificate alone; None if there is none to write.
    more
        Other files that belong to it, and what makes their contents; whoever names them has seen that they may be replaced.
    because
        What changes go back to, for formats that tell it.

    Raises
    ------
    InputError
        As `export`, before anything is written.
    """
    check_targets(targets.named)
    refuse_all(over_sources(result.instance, targets.named))
    style = replace(targets.style or PlanStyle(), lang=lang)
    plans = [path for path in targets.plans if _is_worth(result, path)]
    places = _places(result, targets, plans)
    contents: list[tuple[Path, Callable[[], str | bytes]]] = [
        (places.get(path, path), later(_content, result, path.suffix.lower(), style, certificate, because, path)) for path in plans
    ]
    if targets.proof is not None and proof is not None:
        contents.append((places.get(targets.proof, targets.proof), later(str, proof)))
    contents += more
    folder = targets.calendars
    calendars = calendar_contents(Report.of(result), folder, style) if folder else []
    kept = not targets.partial and has_gaps(result) and are_there(calendars)
    if kept:
        folder, calendars = None, []
    write_or_rescue([*contents, *calendars], lang)
    files = tuple(path for path, _ in contents)
    beside = tuple((path, place) for path, place in places.items() if place != path and place in files)
    left_out = tuple(path for path in targets.plans if path not in plans)
    return Written(files, beside, left_out, (folder, len(calendars)) if folder else None, targets.calendars if kept else None)


def _is_worth(result: Result, path: Path) -> bool:
    """Whether a file would say anything: a schedule needs a place in it, or nobody to be placed."""
    facts = result.instance.facts
    return not FORMATS[path.suffix.lower()].of_places or bool(result.schedule.planned(facts).any()) or not facts.present.any()


def _places(result: Result, targets: Targets, plans: Sequence[Path]) -> dict[Path, Path]:
    """Where each file goes: a plan with gaps beside one without, and a certificate beside that of the plan that stays."""
    if targets.partial or not has_gaps(result):
        return {}
    taken: set[Path] = set(targets.named)

    def free(path: Path, ours: Ours) -> bool:
        strange = is_strange(path, ours) or any(over_sources(result.instance, [path]))
        return path not in taken and not strange and targets.free(path)

    places: dict[Path, Path] = {}
    for path in plans:
        places[path] = place_for_gaps(path, result.instance.facts, later(free, ours=RESULTS[path.suffix.lower()]))
        taken.add(places[path])
    moved = any(path != place for path, place in places.items())
    if targets.proof is not None and (moved or not plans):
        places[targets.proof] = proof_for_gaps(targets.proof, later(free, ours=is_proof))
    return places
