"""`giliran schema`: the JSON Schema of a file."""

from __future__ import annotations

import click

from giliran.cli.exits import Exit
from giliran.cli.options import lang_option, word
from giliran.cli.output import answer_json
from giliran.cli.parsing import Speaking
from giliran.messages import Lang, Sentence

_HELP = Sentence(en="Print the JSON Schema of a kind of file.", id="Cetak JSON Schema suatu jenis berkas.")
_NAME = Sentence(
    en="instance, circular, result, certificate, batch, ledger, why, substitutes, replan, prices, curve, explanation, converted, "
    "export, draft or recap.",
    id="instance (berkas masukan), circular (surat edaran), result (hasil), certificate (sertifikat), batch (ringkasan), ledger (buku "
    "giliran), "
    "why (mengapa), substitutes (pengganti), replan (perubahan jadwal), "
    "prices (biaya aturan), curve (kurva), explanation (penjelasan), converted (berkas yang diubah jenisnya), "
    "export (ekspor), draft (rancangan), atau recap (rekap).",
)


NAMES = (
    "instance",
    "circular",
    "result",
    "certificate",
    "batch",
    "ledger",
    "why",
    "substitutes",
    "replan",
    "prices",
    "curve",
    "explanation",
    "converted",
    "export",
    "draft",
    "recap",
)
"""Kinds of files, as `giliran.files.schema` has them, which takes a second to load."""


def command(lang: Lang) -> click.Command:
    """The command, its help in one language."""
    return Speaking(
        "schema",
        lang=lang,
        help=_HELP().text(lang),
        callback=schema,
        arguments=[("NAME", _NAME())],
        params=[
            click.Argument(["name"], type=word("NAME", *NAMES), metavar="NAME"),
            lang_option(lang),
        ],
    )


def schema(name: str, lang: Lang) -> Exit:
    """Print the schema."""
    import json

    from giliran.files.schema import schema as schema_of

    answer_json(json.dumps(schema_of(name), ensure_ascii=False, indent=2))
    return Exit.DONE
