"""Circulars by name or file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from giliran.circulars.circular import Circular
from giliran.errors import InputError, Where
from giliran.messages import Sentence
from giliran.text import parse_document, read_document
from giliran.text.model_errors import unknown

_SUFFIXES = (".yaml", ".yml", ".json")

_NO_CIRCULAR = Sentence(
    en="no circular named {name} comes with giliran; the name of a file ends in {endings}",
    id="tidak ada surat edaran bawaan bernama {name}; nama berkas berakhiran {endings}",
)


def packaged() -> list[str]:
    """Names of the circulars that come with giliran, sorted."""
    return sorted(entry.name.removesuffix(".yaml") for entry in resources.files(__package__).iterdir() if entry.name.endswith(".yaml"))


def names_file(text: str) -> bool:
    """Whether a text names a file, by its ending, and not a circular that comes with giliran."""
    return text.lower().endswith(_SUFFIXES)


def load_circular(name_or_path: str | Path) -> Circular:
    """A circular that comes with giliran, by name, or one from a file.

    Parameters
    ----------
    name_or_path
        A packaged name such as `muba-2020`, or a file ending in .yaml, .yml or .json.

    Raises
    ------
    InputError
        If there is no such circular, or with every problem of the file.
    """
    text = str(name_or_path)
    return Circular.read(read_document(text)) if names_file(text) else _load_packaged(text)


def _load_packaged(name: str) -> Circular:
    names = packaged()
    if name not in names:
        raise InputError([unknown(Where(), _NO_CIRCULAR(name=name, endings=", ".join(_SUFFIXES)), name, names)])
    text = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Circular.read(parse_document(text, f"{name}.yaml"), packaged=True)
