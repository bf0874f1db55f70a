"""`giliran schema`: the JSON Schema of a file."""

from __future__ import annotations

from collections.abc import Mapping

import click

from giliran.cli.exits import Exit
from giliran.cli.options import lang_option, word
from giliran.cli.output import answer_json
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(en="Print the JSON Schema of a kind of file.", id="Cetak JSON Schema suatu jenis berkas.")
KINDS: Mapping[str, str] = {
    "instance": "berkas masukan",
    "circular": "surat edaran",
    "result": "hasil",
    "certificate": "sertifikat",
    "batch": "ringkasan",
    "ledger": "buku giliran",
    "check": "pemeriksaan",
    "why": "mengapa",
    "substitutes": "pengganti",
    "replan": "perubahan jadwal",
    "prices": "biaya aturan",
    "curve": "kurva",
    "explanation": "penjelasan",
    "converted": "berkas yang diubah jenisnya",
    "export": "ekspor",
    "draft": "rancangan",
    "recap": "rekap",
}
"""Kinds of files with their names in Indonesian; `giliran.files.schema`, which takes a second to load, has a schema for each."""

*_FIRST, _LAST = KINDS
_NAME = Sentence(
    en=f"{', '.join(_FIRST)} or {_LAST}.",
    id=f"{', '.join(f'{name} ({KINDS[name]})' for name in _FIRST)}, atau {_LAST} ({KINDS[_LAST]}).",
)


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "schema",
        lang=lang,
        help=_HELP().text(lang),
        callback=schema,
        arguments=[("NAME", _NAME())],
        params=[
            click.Argument(["name"], type=word("NAME", *KINDS), metavar="NAME"),
            lang_option(lang),
        ],
    )


def schema(name: str, lang: Lang) -> Exit:
    """Print the schema."""
    import json

    from giliran.files.schema import schema as schema_of

    answer_json(json.dumps(schema_of(name), ensure_ascii=False, indent=2))
    return Exit.DONE
