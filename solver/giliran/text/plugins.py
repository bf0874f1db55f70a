"""What other installed packages add to giliran, by entry points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

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
    where, advice = Where(package), _ADVICE(package=package)
    try:
        module = entry.load()
    except Exception as error:  # whatever the code of others raises is told with their name, not as a fault of ours
        said = _NOT_LOADED(value=entry.value, group=entry.group, why=f"{type(error).__name__}: {error}")
        raise InputError([Problem(where, said, advice)]) from error
    if not isinstance(module, ModuleType):
        raise InputError([Problem(where, _NO_MODULE(value=entry.value, group=entry.group), advice)])
    return module
