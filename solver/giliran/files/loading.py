"""Instances from files."""

from __future__ import annotations

import os
from pathlib import Path

from giliran.errors import InputError, Problem, Where
from giliran.instance import SCHEMA, Instance
from giliran.messages import Sentence, found_text
from giliran.text import Step, Table, read_document, read_table
from giliran.text.files import is_folder

ASSIGNMENTS = "assignments"
"""Key of a result file under which its plan stands."""

DOCUMENTS = (".json", ".yaml", ".yml")
"""Endings of files that are documents, instances among them."""

OF_FOLDER = ("instance.yaml", "instance.yml", "instance.json")
"""Names of the file that makes a folder an instance."""

_NO_ROWS = Sentence(
    en="rows were expected: a list of them, or a result with `{key}`",
    id="diperlukan baris-baris: sebuah daftar, atau berkas hasil yang memuat `{key}`",
)
_NOT_A_MAPPING = Sentence(
    en="an instance file holds keys with values: horizon, staff, rules …",
    id="berkas ini seharusnya berisi pasangan kunci dan nilai: horizon, staff, rules …",
)
_NO_PATH = Sentence(en="found {found}; expected the path of a file", id="ditemukan {found}; yang diharapkan alamat berkas")
_BUILD = Sentence(
    en="Data in Python become an instance by Instance.build(…).", id="Data Python dijadikan instans dengan Instance.build(…)."
)
_NO_SCHEMA = Sentence(en="the key schema is missing", id="kunci schema belum diisi")
_WRITE_SCHEMA = Sentence(en="Write `schema: {schema}` on the first line.", id="Tulis `schema: {schema}` pada baris pertama.")


def load_instance(path: str | os.PathLike[str], *, refill: bool = False) -> Instance:
    """An instance from a YAML or JSON file; the tables that it names stand in files beside it.

    Parameters
    ----------
    path
        A file, or a folder that holds `instance.yaml` or `instance.json`.
    refill
        Fill seats that became free before places of the published plan are kept, whatever the file says.

    Raises
    ------
    InputError
        With every problem of the files at once.
    NotYetError
        If it asks for something that cannot be planned yet.
    """
    if not isinstance(path, str | os.PathLike):
        raise InputError([Problem(Where(field="path"), _NO_PATH(found=found_text(path)), _BUILD() if isinstance(path, dict) else None)])
    file = _inside(Path(path))
    document = read_document(file)
    data = document.data
    if not isinstance(data, dict):
        raise InputError([Problem(document.where(), _NOT_A_MAPPING())])
    if refill and isinstance(published := data.get("published"), dict):
        data = {**data, "published": {**published, "refill": True}}
    missing = [] if "schema" in data else [Problem(document.where(), _NO_SCHEMA(), _WRITE_SCHEMA(schema=SCHEMA))]

    try:
        instance = Instance.build(
            data, base=file.parent, where=document.where, read=lambda name: read_rows(file.parent / name), source=file
        )
    except InputError as error:
        if not missing:
            raise
        raise InputError([*missing, *error.problems]) from None
    if missing:
        raise InputError(missing)
    return instance


def read_rows(path: str | os.PathLike[str]) -> Table:
    """The table in a CSV file, or the rows of a JSON or YAML file: a list of them, or the `assignments` of a result.

    Raises
    ------
    InputError
        If the file cannot be read or holds no rows.
    """
    if not str(path).lower().endswith(DOCUMENTS):
        return read_table(path)
    document = read_document(path)
    at: tuple[Step, ...] = (ASSIGNMENTS,) if isinstance(document.data, dict) else ()
    rows = document.data.get(ASSIGNMENTS) if isinstance(document.data, dict) else document.data
    if not isinstance(rows, list):
        raise InputError([Problem(document.where(at), _NO_ROWS(key=ASSIGNMENTS))])
    lines = [document.where((*at, row)).line for row in range(len(rows))]
    return Table.from_records(rows, file=str(path), lines=lines, field=ASSIGNMENTS if at else "rows")  # type: ignore[arg-type]


def _inside(path: Path) -> Path:
    """The instance file of a folder, or the file itself."""
    if is_folder(path):
        return next((path / name for name in OF_FOLDER if (path / name).exists()), path)
    return path
