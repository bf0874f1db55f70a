"""Instances from files."""

from __future__ import annotations

import os
from pathlib import Path

from giliran.errors import InputError, Problem
from giliran.instance import SCHEMA, Instance
from giliran.messages import Sentence
from giliran.text import Table, read_document, read_table

_NOT_A_MAPPING = Sentence(
    en="an instance file holds keys with values: horizon, staff, rules …",
    id="berkas ini seharusnya berisi pasangan kunci dan nilai: horizon, staff, rules …",
)
_NO_SCHEMA = Sentence(en="the key schema is missing", id="kunci schema belum diisi")
_WRITE_SCHEMA = Sentence(en="Write `schema: {schema}` on the first line.", id="Tulis `schema: {schema}` pada baris pertama.")


def load_instance(path: str | os.PathLike[str]) -> Instance:
    """An instance from a YAML or JSON file; the tables that it names stand in files beside it.

    Parameters
    ----------
    path
        A file, or a folder that holds `instance.yaml` or `instance.json`.

    Raises
    ------
    InputError
        With every problem of the files at once.
    NotYetError
        If it asks for something that cannot be planned yet.
    """
    file = _inside(Path(path))
    document = read_document(file)
    data = document.data
    if not isinstance(data, dict):
        raise InputError([Problem(document.where(), _NOT_A_MAPPING())])
    missing = [] if "schema" in data else [Problem(document.where(), _NO_SCHEMA(), _WRITE_SCHEMA(schema=SCHEMA))]

    def read(name: str) -> Table:
        return read_table(file.parent / name)

    try:
        instance = Instance.build(data, base=file.parent, where=document.where, read=read, source=file)
    except InputError as error:
        if not missing:
            raise
        raise InputError([*missing, *error.problems]) from None
    if missing:
        raise InputError(missing)
    return instance


def _inside(path: Path) -> Path:
    """The instance file of a folder, or the file itself."""
    if path.is_dir():
        return next((path / name for name in ("instance.yaml", "instance.yml", "instance.json") if (path / name).exists()), path)
    return path
