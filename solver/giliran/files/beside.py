"""Where the plan of a workbook goes when nobody says: beside it, over nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from giliran.books import language_of
from giliran.files.formats import WORKBOOK
from giliran.instance import Instance
from giliran.messages import Lang, Said, Sentence, Whole
from giliran.text.trying import try_targets

_WORDS: dict[Lang, str] = {"en": "plan", "id": "jadwal"}
_THERE = Sentence(
    en="{file} is there already and stays as it is; the plan goes to another file with -o: {words}",
    id="{file} sudah ada dan tidak diubah; jadwal ini ditulis ke berkas lain dengan -o: {words}",
)

_REFUSED = Sentence(
    en="{file} is not written: {why}; the plan goes elsewhere with -o: {words}",
    id="{file} tidak ditulis: {why}; jadwal ini ditulis di tempat lain dengan -o: {words}",
)


@dataclass(frozen=True)
class Beside:
    """The file for the plan of a workbook.

    Parameters
    ----------
    path
        The file; None where there is something already.
    told
        What must be said about that.
    """

    path: Path | None
    told: Said | None = None


def plan_beside(instance: Instance) -> Beside | None:
    """`dinas-jadwal-2026-08-03.xlsx` for `dinas.xlsx`, in English `dinas-plan-2026-08-03.xlsx`; None for what is read from no workbook."""
    source = instance.source
    lang = language_of(source) if source is not None else None
    if source is None or lang is None:
        return None
    path = named_beside(source, instance, lang)
    words = Whole(f"giliran solve {_typed(source)} -o {_typed(path.with_name(f'{path.stem}-2{WORKBOOK}'))}")
    if os.path.lexists(path):
        return Beside(None, _THERE(file=path, words=words))
    refused = next(try_targets([path]), None)
    return Beside(path) if refused is None else Beside(None, _REFUSED(file=path, why=refused.said, words=words))


def named_beside(source: Path, instance: Instance, lang: Lang) -> Path:
    """What the plan of an instance that was read from a file is called beside it."""
    return source.with_name(f"{source.stem}-{_WORDS[lang]}-{instance.facts.dates[0].isoformat()}{WORKBOOK}")


def _typed(path: Path) -> str:
    """A path as somebody types it."""
    return f'"{path}"' if " " in str(path) else str(path)
