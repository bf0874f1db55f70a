"""A circular small enough to see at once, and how tests make others of it."""

from __future__ import annotations

from giliran.circulars import Circular
from giliran.text import parse_document

HEAD = """\
schema: giliran-circular/1
name: small
title: A small letter
issuer: The head
authority: regency
number: 1/2021
date: 2021-07-09
in_force: {from: 2021-07-12, to: open}
"""

CAP = """\
rules:
  - id: A
    kind: office_cap
    source: {row: A, via: a newspaper}
    share: 25%
"""


def read(text: str) -> Circular:
    """The circular in a text that follows `HEAD`."""
    return Circular.read(parse_document(HEAD + text, "small.yaml"))
