"""A failing instance made smaller: everything that can be left out while it still fails is."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.fuzz.drafting import Document

LISTS = ("rules", "goals", "circulars", "tiers", "meetings", "absences", "wishes", "pins", "ledger", "changes", "staff", "units")
"""Sections that are lists."""

KEPT = ("horizon", "published")
"""Sections whose single fields stay."""

MOST_TRIES = 600
"""So many smaller documents are tried at most."""


def shrink(document: Document, fails: Callable[[Document], bool]) -> Document:
    """The smallest document found that still fails.

    Parameters
    ----------
    document
        One that fails.
    fails
        Whether a document fails in the same way; bad input does not.
    """
    tries = 0
    smaller = True
    while smaller:
        smaller = False
        for each in _smaller(document):
            tries += 1
            if tries > MOST_TRIES:
                return document
            if fails(each):
                document, smaller = each, True
                break
    return document


def _smaller(document: Document) -> Iterator[Document]:
    """Documents with one thing less, large things first."""
    for section in sorted(document):
        if section not in ("horizon", "staff"):
            yield {key: value for key, value in document.items() if key != section}
    for section in (
        "rules",
        "goals",
        "circulars",
        "tiers",
        "meetings",
        "absences",
        "wishes",
        "pins",
        "ledger",
        "changes",
        "staff",
        "units",
    ):
        for k in range(len(document.get(section, []))):
            yield _without(document, (section,), k)
    yield from _shorter(document)
    for k in range(len(document.get("published", {}).get("rows", []))):
        yield _without(document, ("published", "rows"), k)
    for path, key in sorted(_fields(document), key=str):
        yield _without(document, path, key)


def _without(document: Document, path: tuple[Any, ...], key: Any) -> Document:
    """A copy without one key or one item; people are taken out of what names them."""
    found = copy.deepcopy(document)
    inside: Any = found
    for step in path:
        inside = inside[step]
    gone = inside.pop(key)
    if path == ("staff",):
        _forget(found, gone["id"])
    return found


def _forget(document: Any, id_: str) -> None:
    """Rows about a person, and the person's id in lists."""
    inner = document.values() if isinstance(document, dict) else document
    if isinstance(document, list):
        document[:] = [item for item in document if item != id_ and not (isinstance(item, dict) and item.get("staff_id") == id_)]
    for item in inner:
        if isinstance(item, (dict, list)):
            _forget(item, id_)


def _shorter(document: Document) -> Iterator[Document]:
    """A horizon that ends a day earlier, or begins a day later."""
    start, end = (dt.date.fromisoformat(document["horizon"][key]) for key in ("start", "end"))
    if end > start:
        yield {**document, "horizon": {"start": start.isoformat(), "end": (end - dt.timedelta(days=1)).isoformat()}}
        yield {**document, "horizon": {"start": (start + dt.timedelta(days=1)).isoformat(), "end": end.isoformat()}}


def _fields(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every key of every mapping, and every item of every inner list, that may perhaps be left out."""
    entries = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in entries:
        if path and path[0] not in KEPT and key != "id":
            yield path, key
        if isinstance(value, (dict, list)):
            yield from _fields(value, (*path, key))
