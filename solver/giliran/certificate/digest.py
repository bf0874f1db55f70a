"""The digest that ties a certificate to the program of an instance."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from giliran.program import Program


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
