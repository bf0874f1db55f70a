"""Instances to try things with: those that come along, and generated ones, without a file of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.files.loading import OF_FOLDER, load_instance
from giliran.generating import DEFAULT_FAMILIES, GenerateOptions, parse_families
from giliran.generating import generate as generated
from giliran.generating.documents import MAIN
from giliran.instance import Instance
from giliran.instance.offered import text_given
from giliran.messages import Sentence, found_text
from giliran.text import parse_document, parse_table
from giliran.text.model_errors import unknown
from giliran.text.values import plain_value

_NO_NUMBER = Sentence(en="found {found}; expected a whole number", id="ditemukan {found}; yang diharapkan bilangan bulat")
_NO_SAMPLE = Sentence(en="no sample is called {name}", id="tidak ada contoh bernama {name}")


def samples() -> tuple[str, ...]:
    """Names of the instances that come along, sorted: see `load_sample`."""
    return tuple(sorted(entry.name for entry in _folder().iterdir() if (entry / OF_FOLDER[0]).is_file()))


def sample_folder(name: str) -> Path:
    """The folder of an instance that comes along.

    Raises
    ------
    InputError
        If there is none of that name, with the nearest.
    """
    if text_given(name, Where(field="name")) not in samples():
        raise InputError([unknown(Where(field="name"), _NO_SAMPLE(name=name), name, samples())])
    return _folder() / name


def load_sample(name: str) -> Instance:
    """An instance that comes along, such as "umum": 64 people for two weeks under a letter; everybody in it is synthetic.

    Raises
    ------
    InputError
        If there is none of that name, with the nearest; `samples` gives all names.
    """
    return load_instance(sample_folder(name))


def generate(staff: int, weeks: int = 1, seed: int = 1, families: Iterable[str] | None = None) -> Instance:
    """A synthetic instance that some plan keeps, in memory: the same arguments give the same one everywhere.

    Parameters
    ----------
    staff
        Number of people, at least 8.
    weeks
        Number of weeks.
    seed
        Any whole number.
    families
        Groups of rules and facts: caps, duty, absences, wishes (these four when None), sequences, skills, ledger, agency.

    Raises
    ------
    InputError
        If a number is outside its range, or a word is no group.
    """
    given = {"staff": plain_value(staff), "weeks": plain_value(weeks), "seed": plain_value(seed)}
    numbers = {field: value for field, value in given.items() if type(value) is int}
    strange = given.keys() - numbers.keys()
    if strange:
        raise InputError([Problem(Where(field=field), _NO_NUMBER(found=found_text(given[field]))) for field in given if field in strange])
    options = GenerateOptions(**numbers, families=DEFAULT_FAMILIES if families is None else parse_families(families))
    files = generated(options).files
    data: Any = parse_document(files[MAIN], MAIN).data
    tables = {key: value["file"] for key, value in data.items() if isinstance(value, dict) and "file" in value}
    return Instance.build({**data, **{key: parse_table(files[name], name) for key, name in tables.items()}})


def _folder() -> Path:
    return Path(str(resources.files("giliran").joinpath("sample_files")))
