"""What other installed packages add to giliran, by entry points."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib import resources
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence

_NOT_LOADED = Sentence(
    en="{value}, which the package adds to {group}, could not be loaded: {why}",
    id="{value}, tambahan paket itu untuk {group}, tidak dapat dimuat: {why}",
)
_NO_MODULE = Sentence(
    en="{value}, which the package adds to {group}, is no module",
    id="{value}, tambahan paket itu untuk {group}, bukan modul",
)
_NO_FOLDER = Sentence(
    en="{value}, which the package adds to {group}, is a module without a folder",
    id="{value}, tambahan paket itu untuk {group}, adalah modul tanpa folder",
)
_TWICE = Sentence(
    en="{name}, which the package adds to {group}, is there already",
    id="{name}, tambahan paket itu untuk {group}, sudah ada",
)
_ADVICE = Sentence(
    en="Ask the author of {package}, or remove it by pip uninstall {package}.",
    id="Hubungi pembuat {package}, atau lepaskan dengan pip uninstall {package}.",
)


@dataclass(frozen=True)
class Plugin:
    """A module or package of another distribution.

    Parameters
    ----------
    package
        The distribution that it comes with.
    group
        The entry points among which it stands.
    module
        The module.
    """

    package: str
    group: str
    module: ModuleType

    def taken(self, name: str) -> InputError:
        """What it names has been named by somebody else."""
        return InputError([Problem(Where(self.package), _TWICE(name=name, group=self.group), _ADVICE(package=self.package))])

    def inner(self) -> Iterator[ModuleType]:
        """Its module and, where that is a package, those in it at any depth, but for what is there to be run.

        Raises
        ------
        InputError
            If one of them cannot be loaded.
        """
        yield self.module
        for found in pkgutil.iter_modules(getattr(self.module, "__path__", ()), f"{self.module.__name__}."):
            if not found.name.endswith(".__main__"):
                module = _called(self.package, self.group, found.name, partial(importlib.import_module, found.name))
                yield from replace(self, module=module).inner()

    def files(self, ending: str) -> Iterator[Traversable]:
        """The files of an ending in its folder.

        Raises
        ------
        InputError
            If its module is a file of its own, which has no folder.
        """
        if not hasattr(self.module, "__path__"):
            said = _NO_FOLDER(value=self.module.__name__, group=self.group)
            raise InputError([Problem(Where(self.package), said, _ADVICE(package=self.package))])
        return (file for file in resources.files(self.module).iterdir() if file.name.endswith(ending))


def plugins(group: str) -> Iterator[Plugin]:
    """The modules that other packages add under a group of entry points, in the order of package and name.

    Raises
    ------
    InputError
        If one cannot be loaded or is no module.
    """
    for entry in sorted(entry_points(group=group), key=lambda entry: (_package(entry), entry.name)):
        yield Plugin(_package(entry), group, _loaded(entry))


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value


def _loaded(entry: EntryPoint) -> ModuleType:
    package = _package(entry)
    module = _called(package, entry.group, entry.value, entry.load)
    if not isinstance(module, ModuleType):
        raise InputError([Problem(Where(package), _NO_MODULE(value=entry.value, group=entry.group), _ADVICE(package=package))])
    return module


def _called(package: str, group: str, value: str, load: Callable[[], Any]) -> Any:
    """What loading gives; whatever the code of others raises is told with their name, not as a fault of ours."""
    try:
        return load()
    except (Exception, SystemExit) as error:
        said = _NOT_LOADED(value=value, group=group, why=f"{type(error).__name__}: {error}")
        raise InputError([Problem(Where(package), said, _ADVICE(package=package))]) from error
