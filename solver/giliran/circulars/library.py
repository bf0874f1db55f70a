"""Circulars by name or file."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from giliran.circulars.circular import Circular
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence
from giliran.text import parse_document, read_document
from giliran.text.files import decode
from giliran.text.model_errors import unknown
from giliran.text.plugins import plugins

OF_OTHERS = "giliran.circulars"
"""Entry points of other packages: packages that hold circulars as .yaml files."""

_ENDING = ".yaml"
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


@dataclass(frozen=True)
class _Packaged:
    """The file of a circular, and what messages call it."""

    called: str
    file: Traversable


@cache
def _files() -> dict[str, _Packaged]:
    """Every circular by name."""
    own = (entry for entry in resources.files(__package__).iterdir() if entry.name.endswith(_ENDING))
    found = {file.name.removesuffix(_ENDING): _Packaged(file.name, file) for file in own}
    for plugin in plugins(OF_OTHERS):
        for file in plugin.files(_ENDING):
            name = file.name.removesuffix(_ENDING)
            if name in found:
                raise plugin.taken(name)
            found[name] = _Packaged(f"{plugin.package}/{file.name}", file)
    return found


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
    return cast(Circular, pickle.loads(_pickled(name, files[name])))


@cache
def _pickled(name: str, found: _Packaged) -> bytes:
    """A circular as everybody who asks for it gets one of their own: to read the file of a long letter takes eight times as long."""
    circular = Circular.read(parse_document(decode(found.file.read_bytes())[0], found.called), packaged=True)
    if circular.name != name:
        raise InputError([Problem(Where(found.called, field="name"), _OTHER_NAME(found=circular.name, name=name))])
    return pickle.dumps(circular)
