"""Circulars by name or file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType

from giliran.circulars.circular import Circular
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.text import parse_document, read_document
from giliran.text.model_errors import unknown
from giliran.text.plugins import plugins

OF_OTHERS = "giliran.circulars"
"""Entry points of other packages: packages that hold circulars as .yaml files."""

_SUFFIXES = (".yaml", ".yml", ".json")

_NO_CIRCULAR = Sentence(
    en="no circular named {name} comes with giliran; the name of a file ends in {endings}",
    id="tidak ada surat edaran bawaan bernama {name}; nama berkas berakhiran {endings}",
)
_OTHER_NAME = Sentence(
    en="{found}, but a package has a circular under the name of its file, {name}",
    id="{found}, padahal nama surat edaran dalam paket harus sama dengan nama berkasnya, {name}",
)


def packaged() -> list[str]:
    """Names of the circulars that come with giliran and with other packages, sorted.

    Raises
    ------
    InputError
        If a package cannot be loaded, or has a circular of a name that is there already.
    """
    return sorted(_files())


@cache
def _files() -> dict[str, Traversable]:
    """The file of every circular, by name."""
    found = dict(_files_in(__package__))
    for plugin in plugins(OF_OTHERS):
        for name, file in _files_in(plugin.module):
            if found.setdefault(name, file) is not file:
                raise plugin.taken(name)
    return found


def _files_in(package: str | ModuleType) -> Iterator[tuple[str, Traversable]]:
    for entry in resources.files(package).iterdir():
        if entry.name.endswith(".yaml"):
            yield entry.name.removesuffix(".yaml"), entry


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
    files = _files()
    if name not in files:
        raise InputError([unknown(Where(), _NO_CIRCULAR(name=name, endings=", ".join(_SUFFIXES)), name, packaged())])
    text = files[name].read_text(encoding="utf-8")
    circular = Circular.read(parse_document(text, f"{name}.yaml"), packaged=True)
    if circular.name != name:
        raise InputError([Problem(Where(f"{name}.yaml", field="name"), _OTHER_NAME(found=circular.name, name=name))])
    return circular
