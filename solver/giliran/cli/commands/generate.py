"""`giliran generate`: make an instance from a seed."""

from __future__ import annotations

from pathlib import Path

import click

from giliran.cli.exits import Exit
from giliran.cli.options import PATH, lang_option, option, whole
from giliran.cli.output import answer
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(
    en="Make a synthetic instance from a seed, for tests and measurements.",
    id="Buat berkas masukan sintetis dari sebuah kunci, untuk uji dan pengukuran.",
)
_STAFF = Sentence(en="Number of people.", id="Jumlah pegawai.")
_WEEKS = Sentence(en="Number of weeks. Default: 1.", id="Jumlah minggu. Bawaan: 1.")
_SEED = Sentence(
    en="Seed; the same options give the same files. Default: 1.", id="Kunci; pilihan yang sama menghasilkan berkas yang sama. Bawaan: 1."
)
_FAMILY = Sentence(
    en="Rule families, with commas or repeated: caps, duty, absences, wishes (these four by default), sequences, skills, ledger, agency; "
    "or none.",
    id="Kelompok aturan, dengan koma atau diulang: caps, duty, absences, wishes (empat ini bawaannya), sequences, skills, ledger, agency; "
    "atau none.",
)
_OUTPUT = Sentence(
    en="A .yaml file, with its tables beside it, or a folder.", id="Berkas .yaml, dengan tabel-tabel di sampingnya, atau folder."
)
_NONE = "none"


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "generate",
        lang=lang,
        help=_HELP().text(lang),
        callback=generate,
        params=[
            option(["--staff"], _STAFF, lang, type=whole("N", 1), required=True),
            option(["--weeks"], _WEEKS, lang, type=whole("W", 1), default=1),
            option(["--seed"], _SEED, lang, type=whole("N", 0), default=1),
            option(["--family"], _FAMILY, lang, multiple=True, metavar="NAME"),
            option(["-o", "--output"], _OUTPUT, lang, type=PATH, required=True, metavar="FILE"),
            lang_option(lang),
        ],
    )


def generate(staff: int, weeks: int, seed: int, family: tuple[str, ...], output: Path, lang: Lang) -> Exit:
    """Generate, write, print the names of the files."""
    from giliran.generating import DEFAULT_FAMILIES, GenerateOptions, generate_to, parse_families

    words = [word.strip() for names in family for word in names.split(",") if word.strip()]
    families = parse_families(word for word in words if word != _NONE) if words else DEFAULT_FAMILIES
    for path in generate_to(GenerateOptions(staff, weeks, seed, families), output):
        answer(str(path))
    return Exit.DONE
