"""Circulars by name or file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from giliran.circulars.model import Circular
from giliran.circulars.problems import unknown
from giliran.errors import InputError, Where
from giliran.messages import Sentence
from giliran.text import parse_document, read_document

_SUFFIXES = (".yaml", ".yml", ".json")

_NO_CIRCULAR = Sentence(
    en="there is no circular named {name}, and no file of that name",
    id="tidak ada surat edaran bernama {name}, juga tidak ada berkas {name}",
)


def packaged() -> list[str]:
    """Names of the circulars that come with giliran, sorted."""
    return sorted(entry.name.removesuffix(".yaml") for entry in resources.files(__package__).iterdir() if entry.name.endswith(".yaml"))


def load_circular(name_or_path: str | Path, base: Path | None = None) -> Circular:
    """A circular that comes with giliran, by name, or one from a file.

    Parameters
    ----------
    name_or_path
        A packaged name such as `muba-2020`, or a file ending in .yaml, .yml or .json.
    base
        Folder in which relative paths start; the current folder by default.

    Raises
    ------
    InputError
        If there is no such circular, or with every problem of the file.
    """
    text = str(name_or_path)
    if not text.lower().endswith(_SUFFIXES):
        return _load_packaged(text)
    return Circular.read(read_document((base or Path()) / text))


def _load_packaged(name: str) -> Circular:
    names = packaged()
    if name not in names:
        raise InputError([unknown(Where(), _NO_CIRCULAR(name=name), name, names)])
    text = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return Circular.read(parse_document(text, f"{name}.yaml"), packaged=True)
