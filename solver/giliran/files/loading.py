"""Instances from files."""

from __future__ import annotations

import os
from pathlib import Path

from giliran.books import Book, open_book
from giliran.errors import InputError, Problem, Where
from giliran.instance import SCHEMA, Instance
from giliran.instance.building import build_instance
from giliran.instance.named_files import DOCUMENTS, NamedFiles
from giliran.instance.offered import flags_given
from giliran.instance.sections import section_meant
from giliran.lists.workbooks import WORKBOOKS, is_workbook
from giliran.messages import Sentence, Whole, found_text
from giliran.text import Document
from giliran.text.files import is_folder, refuse

OF_FOLDER = ("instance.yaml", "instance.yml", "instance.json")
"""Names of the file that makes a folder an instance."""

SCHEMA_KEY, HORIZON = "schema", "horizon"

_LIST = ".csv"
_ENDING = Sentence(en="the name of an instance ends in {endings}", id="nama berkas masukan berakhiran {endings}")
_NEW = Sentence(en="A list of staff becomes one by {command}.", id="Daftar pegawai dijadikan berkas masukan dengan {command}.")
_NOT_A_MAPPING = Sentence(
    en="an instance file holds keys with values: horizon, staff, rules …",
    id="berkas ini seharusnya berisi pasangan kunci dan nilai: horizon, staff, rules …",
)
_NO_PATH = Sentence(en="found {found}; expected the path of a file", id="ditemukan {found}; yang diharapkan alamat berkas")
_BUILD = Sentence(
    en="Data in Python become an instance by Instance.build(…).", id="Data Python disusun menjadi masukan dengan Instance.build(…)."
)
_NO_SCHEMA = Sentence(en="the key schema is missing", id="kunci schema belum diisi")
_WRITE_SCHEMA = Sentence(en="Write `schema: {schema}` on the first line.", id="Tulis `schema: {schema}` pada baris pertama.")


def load_instance(path: str | os.PathLike[str], *, refill: bool = False, confine: bool = False) -> Instance:
    """An instance from a YAML or JSON file, or a workbook; the names of tables and circulars that it gives start in its folder.

    Parameters
    ----------
    path
        A file, or a folder that holds `instance.yaml` or `instance.json`.
    refill
        Fill seats that became free before places of the published plan are kept, whatever the file says.
    confine
        Open nothing outside the folder of the file, whatever names and links lead there: for files that strangers wrote.

    Raises
    ------
    InputError
        With every problem of the files at once.
    """
    if not isinstance(path, str | os.PathLike) or path == "":
        raise InputError([Problem(Where(field="path"), _NO_PATH(found=found_text(path)), _BUILD() if isinstance(path, dict) else None)])
    flags_given(refill=refill, confine=confine)
    file = _inside(Path(path))
    files = NamedFiles(file.parent, confined=confine)
    document = read_sections(file, files)
    book = document if isinstance(document, Book) else None
    data = book.sections() if book else document.data
    if not isinstance(data, dict):
        raise InputError([Problem(document.where(), _NOT_A_MAPPING())])
    wrong = list(book.problems) if book else []
    if book is not None and book.undated:
        raise InputError([*wrong, *book.undated])
    if wrong and not any(section_meant(key) == HORIZON for key in data):
        raise InputError(wrong)  # the sheet that names the days cannot be read
    if not any(section_meant(key) == SCHEMA_KEY for key in data):
        wrong.append(Problem(document.where(), _NO_SCHEMA(), _WRITE_SCHEMA(schema=SCHEMA)))
    try:
        instance = build_instance(data, files, where=document.where, source=file, refill=refill, told=book.notes if book else ())
    except InputError as error:
        if not wrong:
            raise
        raise InputError([*wrong, *error.problems]) from None
    if wrong:
        raise InputError(wrong)
    return instance


def read_sections(file: Path, files: NamedFiles) -> Document:
    """The document of an instance file, or its workbook, which keeps what is wrong with it; raises `InputError` if it cannot be read."""
    if not file.name.lower().endswith((*DOCUMENTS, *WORKBOOKS)):
        list_ = file.suffix.lower() == _LIST
        command = Whole(f"giliran new --staff {file} -o dinas.xlsx")
        raise refuse(str(file), _ENDING(endings=", ".join((*WORKBOOKS, *DOCUMENTS))), _NEW(command=command) if list_ else None)
    return files.document(file.name, Where(str(file)), open_book if is_workbook(file.name) else None)


def _inside(path: Path) -> Path:
    """The instance file of a folder, or the file itself."""
    if is_folder(path):
        return next((path / name for name in OF_FOLDER if os.path.lexists(path / name)), path)
    return path
