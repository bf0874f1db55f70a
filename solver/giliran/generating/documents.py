"""The files of an instance: one YAML document, and tables beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import yaml

MAIN = "instance.yaml"
"""Name of the document where an instance has a folder of its own."""

_MODELINE = "# yaml-language-server: $schema=instance.schema.json (giliran schema instance > instance.schema.json)\n"
"""Editors that know of it complete and check what is written; a file beside, because no address is ours."""

_ORDER = (
    *("schema", "title", "horizon", "calendars", "units", "staff", "absences", "wishes"),
    *("circulars", "conditions", "reasons", "rules", "goals", "tiers"),
    *("document", "meetings", "ledger", "balances", "published", "pins"),
)
"""Keys as a planner reads them: who and when, then the rules, then what is added."""

_WIDTH = 140
_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
"""What a reader takes for the end of a line."""
_NO_BREAK = 1_000_000


def table_name(main: str, table: str) -> str:
    """File name of a table: `staff.csv` in a folder of its own, `NAME-staff.csv` beside `NAME.yaml`."""
    return f"{table}.csv" if main == MAIN else f"{PurePath(main).stem}-{table}.csv"


def build_files(main: str, document: Mapping[str, Any], tables: Mapping[str, str], comment: str = "") -> dict[str, str]:
    """All files of an instance by name, the document first.

    Parameters
    ----------
    main
        File name of the document.
    document
        Its content; where a table belongs, the key's value may name its `file` and hold more fields, such as `frozen_to`.
    tables
        CSV text by key of the document.
    comment
        Lines for the head of the document.

    Returns
    -------
    dict of str to str
        Text by file name.
    """
    filed = {key: {"file": table_name(main, key), **document.get(key, {})} for key in tables}
    content = dict(sorted((dict(document) | filed).items(), key=lambda entry: _ORDER.index(entry[0])))
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return {main: head + instance_text(content)} | {filed[key]["file"]: text for key, text in tables.items()}


def instance_text(sections: Mapping[str, Any]) -> str:
    """A whole instance as YAML, with the schema that editors may hold it against; see `yaml_text`."""
    return _MODELINE + yaml_text(sections)


def yaml_text(content: Mapping[str, Any]) -> str:
    """A mapping as YAML in the order of its keys: on one line what fits there, lists of mappings an item a line.

    Dates are `datetime.date`; all other texts are quoted where a reader might take them for something else.
    """
    return "".join(f"{line}\n" for key, value in content.items() for line in _entry(key, value, 0))


def _entry(key: str, value: Any, depth: int) -> list[str]:
    line = f"{' ' * depth}{flow_text(key)}: {flow_text(value)}"
    if not value or not isinstance(value, Mapping | list) or (len(line) <= _WIDTH and not _nested(value)):
        return [line]
    if isinstance(value, Mapping):
        return [f"{' ' * depth}{flow_text(key)}:", *(part for k, v in value.items() for part in _entry(k, v, depth + 2))]
    return [f"{' ' * depth}{flow_text(key)}:", *(part for item in value for part in _item(item, depth + 2))]


def _nested(value: Mapping[str, Any] | list[Any]) -> bool:
    """Lists of mappings and mappings of mappings are read more easily line by line."""
    parts = value.values() if isinstance(value, Mapping) else value
    return any(isinstance(part, Mapping) for part in parts)


def _item(item: Any, depth: int) -> list[str]:
    line = f"{' ' * depth}- {flow_text(item)}"
    if len(line) <= _WIDTH or not isinstance(item, Mapping):
        return [line]
    first, *rest = (part for key, value in item.items() for part in _entry(key, value, depth + 2))
    return [f"{' ' * depth}- {first.lstrip()}", *rest]


def flow_text(value: Any) -> str:
    """A value as YAML on one line."""
    text = yaml.dump([value], Dumper=_Dumper, default_flow_style=True, sort_keys=False, allow_unicode=True, width=_NO_BREAK)
    return str(text).strip()[1:-1]


class _Dumper(yaml.SafeDumper):
    """Writes every value out, and texts of several lines on one."""

    def ignore_aliases(self, data: Any) -> bool:
        """Values that are shared are written as often as they stand."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if text != text.strip() or _BREAK.search(text) else None)


_Dumper.add_representer(str, _text)
