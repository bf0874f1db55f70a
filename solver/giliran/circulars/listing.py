"""Circulars that come with giliran as programs list them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from giliran.circulars.library import load_circular, packaged
from giliran.messages import LANGUAGES, Lang


@dataclass(frozen=True)
class ListedCircular:
    """A circular that comes with giliran.

    Parameters
    ----------
    name
        What `circulars` of an instance calls it.
    title
        Its title by language.
    first, last
        Days on which it was in force; no last one where it has no end.
    choices
        What holds of each of its parameters where `choose` says nothing.
    """

    name: str
    title: Mapping[Lang, str]
    first: dt.date
    last: dt.date | None
    choices: Mapping[str, Any]


def list_circulars() -> tuple[ListedCircular, ...]:
    """Every circular that comes with giliran, by name."""
    return tuple(_listed(name) for name in packaged())


def _listed(name: str) -> ListedCircular:
    circular = load_circular(name)
    choices = {name: parameter.standard for name, parameter in circular.parameters.items()}
    title = {lang: circular.title.text(lang) for lang in LANGUAGES}
    return ListedCircular(name, title, circular.in_force.start, circular.in_force.to, choices)
