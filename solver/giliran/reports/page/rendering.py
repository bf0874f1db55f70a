"""The data of a page, its style and its script put into one file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from giliran.reports.page.data import PageData
from giliran.text.missing import OR_CSV, WRITE_PAGES, not_installed

BEGINNING = '<!DOCTYPE html>\n<html lang="'
"""How every page begins, up to its language."""
MARK = '<meta name="generator" content="giliran">'
"""What stands near the beginning of every page of ours."""
STYLES = ("page.css", "print.css")
SCRIPTS = ("elements.js", "model.js", "filters.js", "table.js", "grid.js", "heat.js", "lists.js", "detail.js", "start.js")
"""Files of the style and of the script, in their order; they are one style and one script."""
_SCRIPT = '(() => {{\n"use strict";\n{text}}})();\n'
"""The script keeps its names to itself."""

_ESCAPED = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""What HTML or a script might read into JSON, in the escapes of JSON."""


@dataclass(frozen=True)
class Addition:
    """What somebody who serves the page puts into it, after what is its own.

    Parameters
    ----------
    style, script
        More of each; none of them may hold the end of an element.
    connects
        Whether scripts may ask the server that the page came from.
    """

    style: str = ""
    script: str = ""
    connects: bool = False


_NOTHING = Addition()


def page_of(data: PageData, addition: Addition = _NOTHING) -> str:
    """The page of some data.

    Raises
    ------
    InputError
        If the package that fills in pages is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
        from markupsafe import Markup
    except ImportError:
        raise not_installed(WRITE_PAGES, OR_CSV) from None
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    styles = [text for text in (_text(STYLES), addition.style) if text]
    scripts = [text for text in (_SCRIPT.format(text=_text(SCRIPTS)), addition.script) if text]
    return made.from_string(_text(("page.html",))).render(
        data=data,
        words=data.words,
        mark=Markup(MARK),
        policy=_policy(styles, scripts, connects=addition.connects),
        styles=[Markup(text) for text in styles],
        scripts=[Markup(text) for text in scripts],
        record=Markup(embedded(data.record())),
    )


def embedded(record: Mapping[str, Any]) -> str:
    """A record as JSON that ends no element of HTML and no line of a script."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def begins_as_page(text: str) -> bool:
    """Whether a file that begins so is a page of ours."""
    return text.startswith(BEGINNING) and MARK in text


@cache
def _text(names: tuple[str, ...]) -> str:
    folder = resources.files(__package__)
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def _policy(styles: list[str], scripts: list[str], *, connects: bool) -> str:
    """What the page may load and run: what stands in it, word for word."""
    rules = {
        "default-src": "'none'",
        "style-src": " ".join(map(_hash, styles)),
        "script-src": " ".join(map(_hash, scripts)),
        "img-src": "data:",
        "connect-src": "'self'" if connects else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
