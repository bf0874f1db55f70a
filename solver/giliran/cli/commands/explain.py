"""`giliran explain`: why an instance cannot be planned, and what would make it possible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from giliran.cli.exits import Exit
from giliran.cli.interrupts import Interrupts
from giliran.cli.options import PATH, Format, format_option, lang_option, option, seconds, whole
from giliran.cli.output import answer_json, console, talk
from giliran.cli.parsing import Speaking
from giliran.errors import Problem, Where
from giliran.messages import Lang, Sentence

if TYPE_CHECKING:
    from giliran.explaining import Explanation, Repair

_HELP = Sentence(
    en="Say why an instance cannot be planned, and what would make it possible: what clashes, the least that rules would be bent, and "
    "changes that help, in the order of who may decide them.",
    id="Jelaskan mengapa suatu berkas masukan tidak dapat dijadwalkan dan apa yang memungkinkannya: yang berbenturan, penyimpangan "
    "terkecil, dan "
    "perubahan yang menolong, menurut siapa yang berwenang memutuskannya.",
)
_INSTANCE = Sentence(
    en="The instance: a .xlsx, .yaml or .json file, or the folder of one.", id="Berkas masukan: .xlsx, .yaml, atau .json, atau foldernya."
)
_REPAIR = Sentence(
    en="Write the instance with this change into the file of -o: its number in the list.",
    id="Tulis berkas masukan dengan perubahan ini ke berkas -o: nomornya dalam daftar.",
)
_OUTPUT = Sentence(en="A new file beside the instance, for --repair.", id="Berkas baru di samping berkas masukannya, untuk --repair.")
_TIME = Sentence(
    en="Stop after so many seconds; what was found by then is told.",
    id="Berhenti setelah sekian detik; yang sudah ditemukan tetap disampaikan.",
)
_WORKERS = Sentence(en="Processor cores that are used. Default: all.", id="Banyaknya inti prosesor yang dipakai. Bawaan: semuanya.")
_SEED = Sentence(
    en="Seed of the search. Default: the first day, such as 20210712.", id="Kunci pencarian. Bawaan: hari pertama, misalnya 20210712."
)
_NO_FILE = Sentence(
    en="a file is missing for the repaired instance: -o NEW.yaml", id="berkas baru untuk perbaikannya belum disebut: -o BARU.yaml"
)
_NO_NUMBER = Sentence(en="-o needs the number of a repair: --repair N", id="-o memerlukan nomor perbaikan: --repair N")
_NO_REPAIR = Sentence(
    en="there is no repair {number} here; {count} {count:was|were} found", id="tidak ada perbaikan {number}; yang ditemukan {count}"
)
_NOT_YET = Sentence(
    en="Nothing is written: the search ended before repair {number} was known.",
    id="Tidak ada yang ditulis: pencarian berakhir sebelum perbaikan {number} diketahui.",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "explain",
        lang=lang,
        help=_HELP().text(lang),
        callback=click.pass_obj(explain),
        arguments=[("INSTANCE", _INSTANCE())],
        params=[
            click.Argument(["instance"], type=PATH, metavar="INSTANCE"),
            option(["--repair"], _REPAIR, lang, type=whole("N", 1)),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, metavar="FILE"),
            option(["--time-limit"], _TIME, lang, type=seconds("S")),
            option(["--workers"], _WORKERS, lang, type=whole("N", 1)),
            option(["--seed"], _SEED, lang, type=whole("N", 0)),
            format_option(lang),
            lang_option(lang),
        ],
    )


def explain(
    stop: Interrupts,
    instance: Path,
    repair: int | None,
    output: Path | None,
    time_limit: float | None,
    workers: int | None,
    seed: int | None,
    format_: Format,
    lang: Lang,
) -> Exit:
    """Load, explain, write, print."""
    from giliran import explaining
    from giliran.files.loading import load_instance
    from giliran.files.repaired import check_target, write_repaired
    from giliran.solving import SolveOptions
    from giliran.text.trying import refuse_all

    refuse_all(_unasked(repair, output))
    loaded = load_instance(instance)
    if output is not None:
        check_target(loaded, output)
    options = SolveOptions(time_limit_s=time_limit, workers=workers, seed=seed)
    with stop.patient():
        found = explaining.explain(loaded, options, cancel=stop.pressed)
    wanted = None if repair is None else _wanted(found, repair, lang)
    written = () if wanted is None or output is None else write_repaired(loaded, wanted, output)
    files = [str(path) for path in written]
    if format_ is Format.JSON:
        from giliran.files.explanations import ExplanationFile

        answer_json(ExplanationFile.of(found, lang, files).text())
    else:
        from giliran.reports.terminal.explained import report_explanation

        report_explanation(console(), found, lang, see=str(instance), files=files)
    if stop.pressed.is_set():
        return Exit.INTERRUPTED
    if repair is not None:
        return Exit.DONE if written else Exit.UNDECIDED
    return {"feasible": Exit.DONE, "infeasible": Exit.BROKEN, "unknown": Exit.UNDECIDED}[found.status.value]


def _wanted(found: Explanation, number: int, lang: Lang) -> Repair | None:
    """The repair of a number; None where the search ended too early to know it, which is told.

    Numbers are those of the whole list, so none is taken after Ctrl-C.
    """
    from giliran.domain.status import Stopped
    from giliran.text.trying import refuse_all

    count = len(found.repairs)
    if number <= count and found.stopped is not Stopped.CANCELLED:
        return found.repairs[number - 1]
    if found.stopped is None:
        refuse_all([Problem(Where(field="--repair"), _NO_REPAIR(number=number, count=count))])
    talk(_NOT_YET(number=number).text(lang))
    return None


def _unasked(repair: int | None, output: Path | None) -> list[Problem]:
    """What is missing of the two options that belong together."""
    if repair is not None and output is None:
        return [Problem(Where(field="--repair"), _NO_FILE())]
    return [Problem(Where(field="--output"), _NO_NUMBER())] if output is not None and repair is None else []
