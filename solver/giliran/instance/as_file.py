"""An instance written to one file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.generating.documents import instance_text
from giliran.instance.as_data import sections_of
from giliran.instance.instance import Instance
from giliran.instance.records import SCHEMA
from giliran.instance.sources import over_sources
from giliran.messages import Sentence, found_text
from giliran.text import write_text_atomic
from giliran.text.files import is_file
from giliran.text.trying import CHOOSE_OTHER, refuse_all

_HEAD_BYTES = 4096
_OURS = re.compile(rf"""["']?(schema|skema)["']?\s*:\s*["']?{SCHEMA}\b""")
"""How an instance begins."""

_NO_PATH = Sentence(en="found {found}; expected the name of a file", id="ditemukan {found}; yang diharapkan nama berkas")
_ENDING = Sentence(
    en="an instance is written to a file ending in {known}, not in '{ending}'",
    id="berkas masukan ditulis ke berkas berakhiran {known}, bukan '{ending}'",
)
_NOT_OURS = Sentence(
    en="this file is there already and is no instance, so none is written over it",
    id="berkas ini sudah ada dan bukan berkas masukan, jadi tidak ditimpa",
)


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_WRITERS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {".yaml": instance_text, ".yml": instance_text, ".json": _json}


def write_instance(instance: Instance, path: str | os.PathLike[str]) -> Path:
    """Write an instance wholly or not at all; see `Instance.write`."""
    if not isinstance(path, str | os.PathLike):
        raise InputError([Problem(Where(field="path"), _NO_PATH(found=found_text(path)))])
    target = Path(path)
    refuse_all(_refusals(instance, target))
    write_text_atomic(target, _WRITERS[target.suffix.lower()](sections_of(instance)))
    return target


def _refusals(instance: Instance, target: Path) -> Iterator[Problem]:
    if target.suffix.lower() not in _WRITERS:
        yield Problem(Where(str(target)), _ENDING(known=", ".join(_WRITERS), ending=target.suffix))
        return
    yield from over_sources(instance, [target])
    if is_file(target) and not _is_ours(target):
        yield Problem(Where(str(target)), _NOT_OURS(), CHOOSE_OTHER())


def _is_ours(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    return not head.strip() or _OURS.search(head.decode("utf-8", "replace")) is not None
