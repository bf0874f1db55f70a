"""The files that an instance was read from: no result is written over one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from giliran.errors import Problem, Where
from giliran.instance.instance import Instance
from giliran.messages import Sentence
from giliran.text.opened import among, by_marks
from giliran.text.trying import CHOOSE_OTHER

_OVER_SOURCE = Sentence(
    en="this would replace {file}, which the instance is read from", id="ini akan menimpa {file}, berkas yang dibaca oleh berkas masukannya"
)


def over_sources(instance: Instance, targets: Iterable[Path]) -> Iterator[Problem]:
    """Problems of files that would be written over what the instance was read from, by whatever name."""
    known = by_marks(instance.sources)
    for target in targets:
        source = among(target, known)
        if source is not None:
            yield Problem(Where(str(target)), _OVER_SOURCE(file=source), CHOOSE_OTHER())
