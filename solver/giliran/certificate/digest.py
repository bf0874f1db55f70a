"""The digest that ties a certificate to the program of an instance, and the seal over all that it says."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np

from giliran.program import Program

SEAL = "seal"
"""Key of the seal in a certificate."""


def digest_of(program: Program, ids: Sequence[str], dates: Sequence[dt.date]) -> str:
    """SHA-256 over every array of a program, and over who and when its cells are, in hexadecimal digits."""
    out = hashlib.sha256()
    for text in (*program.tiers, "", *program.rules, "", *ids, "", *(day.isoformat() for day in dates)):
        data = text.encode()
        out.update(len(data).to_bytes(8, "little") + data)
    for group in (program, program.rows, program.switches, program.costs, program.ladders, program.base):
        for field in fields(group):
            value = getattr(group, field.name)
            if isinstance(value, np.ndarray):
                out.update(f"{field.name}:{value.size}:".encode())
                out.update(np.ascontiguousarray(value, dtype="<i8").tobytes())
    out.update(repr(program.shape).encode())
    return out.hexdigest()


def seal_of(data: Mapping[str, object]) -> str:
    """SHA-256 over everything that a certificate says, as JSON with sorted keys, its seal left out, in hexadecimal digits.

    It shows that a file was changed by accident or by hand. Whoever forges a certificate can seal it again: what is proved is for the
    arithmetic to say.
    """
    said = {key: value for key, value in data.items() if key != SEAL}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
