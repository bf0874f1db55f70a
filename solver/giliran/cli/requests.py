"""What `giliran solve` was asked, and all that can be seen to be wrong with it before anything is solved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from giliran.cli.blanks import blanks
from giliran.cli.endings import ENDINGS
from giliran.cli.options import Format
from giliran.cli.proofs import Inside, Wanted
from giliran.cli.searching import Search
from giliran.errors import Problem, Where
from giliran.messages import Lang, Said, Sentence, Whole

if TYPE_CHECKING:
    from giliran.reports.style import PlanStyle

_NO_INSTANCE = Sentence(en="INSTANCE is missing", id="MASUKAN belum diisi")
_SEE_HELP = Sentence(en="See giliran solve --help.", id="Lihat giliran solve --help.")
_SWALLOWED = Sentence(
    en="INSTANCE is missing: {file} was taken as the file of the certificate",
    id="MASUKAN belum diisi: {file} dianggap sebagai berkas sertifikat",
)
_SWALLOWED_TOO = Sentence(
    en="If {file} is an instance, write it before --certificate: {words}",
    id="Bila {file} adalah berkas masukan, tulislah sebelum --certificate: {words}",
)
_NOT_A_CERTIFICATE = Sentence(
    en="this file is there already and is no certificate, so none is written over it",
    id="berkas ini sudah ada dan bukan sertifikat, jadi tidak ditimpa dengan sertifikat",
)
_NOWHERE = Sentence(
    en="the proof goes into the JSON result, and no JSON result is asked for",
    id="buktinya dimuat dalam hasil JSON, padahal tidak ada hasil JSON yang diminta",
)
_SOMEWHERE = Sentence(
    en="Add -o FILE.json or --format json, or name a file for the proof: --certificate FILE.json",
    id="Tambahkan -o BERKAS.json atau --format json, atau sebutkan berkas untuk buktinya: --certificate BERKAS.json",
)
_SOMEWHERE_MANY = Sentence(en="Add --kind json.", id="Tambahkan --kind json.")
_MANY = Sentence(en="several instances need a folder for their results", id="beberapa berkas masukan memerlukan folder untuk hasilnya")
_NAME_FOLDER = Sentence(en="Add --out-dir FOLDER.", id="Tambahkan --out-dir FOLDER.")
_ONLY_MANY = Sentence(en="kinds of files are chosen for a folder of results", id="jenis berkas hanya dipilih untuk folder hasil")
_ONLY_ONE = Sentence(
    en="one file cannot take the results; --out-dir gets a file for each instance, named after it",
    id="hasilnya tidak dapat ditulis ke satu berkas; --out-dir memuat satu hasil untuk setiap berkas masukan, dengan nama yang sama",
)
_ONE_CALENDAR = Sentence(
    en="calendars in one folder are about one instance", id="kalender dalam satu folder hanya untuk satu berkas masukan"
)
_EXPORT_THEM = Sentence(en="Leave it out; {words} writes them.", id="Hapus pilihan ini; {words} menulisnya.")
_CHOOSE_KIND = Sentence(
    en="Leave it out; --kind chooses the kinds, such as --kind csv: {kinds}",
    id="Hapus pilihan ini; --kind memilih jenisnya, misalnya --kind csv: {kinds}",
)
_NO_FILE = Sentence(
    en="with --out-dir every JSON result holds its own proof: --certificate takes no file, and got {file}",
    id="dengan --out-dir setiap hasil JSON memuat buktinya sendiri: --certificate tidak memerlukan berkas, tetapi mendapat {file}",
)
_NO_ROOM = Sentence(en="a summary has no room for everybody", id="ringkasan tidak memuat semua pegawai")
_SEE_RESULTS = Sentence(en="Leave it out: the results hold them.", id="Hapus pilihan ini: hasilnya memuat semuanya.")
_NO_PROOF = Sentence(
    en="a certificate is about plans that keep every rule, and --anyway may bend some",
    id="sertifikat hanya untuk jadwal yang memenuhi semua aturan, sedangkan --anyway dapat menyimpang",
)
_ONE_OF_BOTH = Sentence(en="Leave one of the two out.", id="Hapus salah satunya.")
_NOT_A_FOLDER = Sentence(en="this is a file, a folder was expected", id="ini berkas, padahal yang diperlukan folder")
_OVER_INSTANCE = Sentence(en="the result would replace the instance {file}", id="hasilnya akan menimpa berkas masukan {file}")
_OVER_READ = Sentence(
    en="the result would replace this file, which {file} reads or names",
    id="hasilnya akan menimpa berkas ini, yang dibaca atau disebut oleh {file}",
)
_NOT_A_RESULT = Sentence(
    en="this file is there already and is no result of giliran, so none is written over it",
    id="berkas ini sudah ada dan bukan hasil giliran, jadi tidak ditimpa",
)


@dataclass(frozen=True)
class Request:
    """What was asked.

    Parameters
    ----------
    instances
        As they were named.
    output
        Files for the result of a single instance.
    out_dir, kinds
        Folder for the results of many, and what is written there; no kinds mean all.
    certificate
        Where proofs go.
    search
        How to solve.
    format_, lang, verbose
        How the answer is printed.
    refill
        Whether free seats are filled before published places are kept, whatever the instances say.
    partial
        Whether plans with gaps replace plans without any.
    whole, no_pager
        Whether everybody and every section is printed, and never page by page.
    style
        How plans for people are written; as usual when None.
    calendars
        Folder for a calendar of each person of a single instance.
    """

    instances: tuple[Path, ...]
    output: tuple[Path, ...]
    out_dir: Path | None
    kinds: tuple[str, ...]
    certificate: Wanted
    search: Search
    format_: Format
    lang: Lang
    verbose: bool
    refill: bool
    partial: bool
    whole: bool
    no_pager: bool
    style: PlanStyle | None = None
    calendars: Path | None = None

    @property
    def proof_files(self) -> list[Path]:
        """Files for the proof alone."""
        return [self.certificate] if isinstance(self.certificate, Path) else []

    @property
    def proof_inside(self) -> bool:
        """Whether JSON results hold their proofs."""
        return self.certificate is Inside.RESULT


def check_single(request: Request) -> None:
    """See that one instance can be solved as asked.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    from giliran.certifying import check_ending
    from giliran.files.gathering import file_of
    from giliran.files.keeping import is_strange
    from giliran.files.writing import EVERYTHING, check_targets, is_proof
    from giliran.text.trying import refuse_all

    problems = list(_of_instances(request))
    problems += _unproved(request)
    if request.kinds:
        problems.append(_problem("--kind", _ONLY_MANY(), _NAME_FOLDER()))
    as_json = request.format_ is Format.JSON or any(path.suffix.lower() == EVERYTHING for path in request.output)
    if request.proof_inside and not as_json:
        problems.append(_problem("--certificate", _NOWHERE(), _SOMEWHERE()))
    refuse_all(problems)
    check_ending(request.proof_files)
    check_targets([*request.output, *request.proof_files])
    refuse_all(over_instances([file_of(path) for path in request.instances], [*request.output, *request.proof_files]))
    strange = [path for path in request.proof_files if is_strange(path, is_proof)]
    refuse_all(Problem(Where(str(path)), _NOT_A_CERTIFICATE(), _swallowed(path)) for path in strange)


def check_batch(request: Request) -> None:
    """See that many instances can be solved as asked.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    from giliran.files.writing import EVERYTHING
    from giliran.text.files import is_folder
    from giliran.text.trying import refuse_all

    problems = [*_unproved(request), *([] if request.instances else _of_instances(request))]
    if request.output:
        problems.append(_problem("--output", _ONLY_ONE(), _CHOOSE_KIND(kinds=", ".join(ENDINGS))))
    if request.calendars is not None:
        words = blanks("giliran export INSTANCE SCHEDULE --ics-dir FOLDER")
        problems.append(_problem("--ics-dir", _ONE_CALENDAR(), _EXPORT_THEM(words=words)))
    if isinstance(request.certificate, Path):
        file = str(request.certificate)
        problems.append(_problem("--certificate", _NO_FILE(file=file), _swallowed(request.certificate)))
    elif request.proof_inside and request.kinds and EVERYTHING.removeprefix(".") not in request.kinds:
        problems.append(_problem("--certificate", _NOWHERE(), _SOMEWHERE_MANY()))
    if request.whole:
        problems.append(_problem("--all", _NO_ROOM(), _SEE_RESULTS()))
    if request.out_dir is not None and os.path.lexists(request.out_dir) and not is_folder(request.out_dir):
        problems.append(Problem(Where(str(request.out_dir)), _NOT_A_FOLDER()))
    refuse_all(problems)


def over_instances(instances: Iterable[Path], targets: Iterable[Path]) -> Iterator[Problem]:
    """Problems of results that would be written over instances."""
    from giliran.text.opened import among, by_marks

    known = by_marks(instances)
    for target in targets:
        instance = among(target, known)
        if instance is not None:
            yield _over(target, _OVER_INSTANCE(file=str(instance)))


def over_others(targets: Iterable[Path]) -> Iterator[Problem]:
    """Problems of results that would be written over what is no result, such as somebody's list."""
    from giliran.files.keeping import is_strange
    from giliran.files.writing import RESULTS

    for target in targets:
        if is_strange(target, RESULTS[target.suffix.lower()]):
            yield _over(target, _NOT_A_RESULT())


def over_read(instances: Sequence[Path], targets: Sequence[Path]) -> Iterator[Problem]:
    """Problems of results that would be written over what some instance reads, such as the published plan of another week."""
    from giliran.files.mentions import mentions

    for instance in instances:
        for target in mentions(instance, targets):
            yield _over(target, _OVER_READ(file=str(instance)))


def _over(target: Path, said: Said) -> Problem:
    from giliran.text.trying import CHOOSE_OTHER

    return Problem(Where(str(target)), said, CHOOSE_OTHER())


def _of_instances(request: Request) -> Iterator[Problem]:
    """What is wrong with the number of instances."""
    from giliran.files.gathering import holds_many

    if not request.instances and isinstance(request.certificate, Path):
        yield _problem("", _SWALLOWED(file=str(request.certificate)), _swallowed(request.certificate))
    elif not request.instances:
        yield _problem("", _NO_INSTANCE(), _SEE_HELP())
    elif len(request.instances) > 1 or holds_many(request.instances[0]):
        yield _problem("", _MANY(), _NAME_FOLDER())


def _unproved(request: Request) -> Iterator[Problem]:
    """A certificate is about plans that keep every rule."""
    if request.search.anyway and (request.proof_inside or request.proof_files):
        yield _problem("--certificate", _NO_PROOF(), _ONE_OF_BOTH())


def _swallowed(path: Path) -> Said:
    return _SWALLOWED_TOO(file=path, words=Whole(f"giliran solve {path} --certificate"))


def _problem(option: str, said: Said, advice: Said) -> Problem:
    return Problem(Where(field=option), said, advice)
