"""Every key of every kind of file, with what it may hold, as lines that two versions of giliran can be compared by.

``PYTHONPATH=solver python -m tests.files.keys`` prints those of the giliran that it finds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Set
from typing import Any

from giliran.files.schema import SCHEMAS

Schema = Mapping[str, Any]

READ = ("instance", "circular")
"""Kinds of files that people write; giliran writes the others."""


def keys() -> dict[str, dict[str, Any]]:
    """By kind of file: what each key may hold, and which keys have to be there; a key stands behind the record that has it."""
    schemas = {name: make() for name, make in SCHEMAS.items()}
    of_proofs = {"CertificateFile", *schemas.pop("certificate")["$defs"]}  # certificates have a form of their own, also in results
    return {name: _of_file(schema, of_proofs) for name, schema in schemas.items()}


def _of_file(schema: Schema, left_out: Set[str]) -> dict[str, Any]:
    definitions = schema["$defs"]
    records = {"": schema, **{name: definitions[name] for name in definitions if name not in left_out}}
    held: dict[str, str] = {}
    needed: list[str] = []
    for name, record in records.items():
        for form in _forms(record):
            called = form.get("properties", {}).get("kind", {}).get("const", name)
            for key, value in form.get("properties", {}).items():
                held[f"{called}.{key}"] = " | ".join(sorted(set(_held(value, definitions))))
            needed += [f"{called}.{key}" for key in form.get("required", ())]
    return {"keys": dict(sorted(held.items())), "needed": sorted(needed)}


def _forms(record: Schema) -> Iterator[Schema]:
    """The record itself, or its long form where short ones are taken too."""
    yield from (form for form in (record, *record.get("anyOf", ()), *record.get("oneOf", ())) if "properties" in form)


def _held(value: Schema, definitions: Mapping[str, Schema]) -> Iterator[str]:
    """What a value may be: types, words, records by their keys, lists of these."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        record = definitions[name]
        yield from ["record"] if any(_forms(record)) else _held(record, definitions)
    for option in (*value.get("anyOf", ()), *value.get("oneOf", ()), *value.get("allOf", ())):
        yield from _held(option, definitions)
    yield from (f"={word}" for word in (*value.get("enum", ()), *([value["const"]] if "const" in value else ())))
    types = value.get("type", ())
    for kind in [types] if isinstance(types, str) else types:
        if kind == "array":
            yield "list"
            yield from (f"list of {inner}" for inner in _held(value.get("items", {}), definitions))
        elif "enum" not in value and "const" not in value:
            yield str(kind)


if __name__ == "__main__":
    json.dump(keys(), sys.stdout, indent=0, ensure_ascii=False)
