"""JSON of many records: each stands on a line of its own, and is text from the beginning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeGuard, TypeVar, get_args

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema, to_jsonable_python

R = TypeVar("R", bound=BaseModel)


class Lines(Generic[R]):
    """Records of one kind as the lines that they are in a file; for the JSON Schema a list of them.

    Parameters
    ----------
    pieces
        Texts of whole lines, each of one record as JSON, with a line end after each.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._text = "".join(pieces)

    def __bool__(self) -> bool:
        return bool(self._text)

    def indented(self, indent: str) -> str:
        """The records parted by commas, with this indent before each."""
        return indent + self._text[:-1].replace("\n", ",\n" + indent)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (record,) = get_args(source)
        rows = handler.generate_schema(list[record])  # type: ignore[valid-type]
        return core_schema.json_or_python_schema(json_schema=rows, python_schema=core_schema.is_instance_schema(cls))


def fields_of(record: BaseModel) -> dict[str, Any]:
    """Keys and values of a record as JSON has them; lines, where there are any, are left as they are."""
    found = {}
    for name, field in type(record).model_fields.items():
        found[field.alias or name] = _plain(getattr(record, name))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Lines):
        return value or []
    if isinstance(value, BaseModel) and any(isinstance(item, Lines) for _, item in value):
        return fields_of(value)
    return [_plain(item) for item in value] if isinstance(value, list) else to_jsonable_python(value, by_alias=True)


def records(record: type[BaseModel], columns: Iterable[Iterable[object]]) -> Iterator[str]:
    """Lines of records whose values, in the order of their fields, stand in columns: numbers, or texts that are JSON already."""
    line = "{" + ", ".join(f"{json.dumps(name)}: %s" for name in record.model_fields) + "}\n"
    return map(line.__mod__, zip(*columns, strict=True))


def pretty(value: object, indent: str = "") -> str:
    """JSON with one line for every record, and for every value of what holds records."""
    if isinstance(value, Lines):
        return f"[\n{value.indented(indent + ' ')}\n{indent}]"
    if _is_table(value):
        items = [f"{indent} {pretty(item, indent + ' ')}" for item in value]
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    if isinstance(value, dict) and (not indent or any(isinstance(item, Lines) or _is_table(item) for item in value.values())):
        items = [f"{indent} {json.dumps(key)}: {pretty(item, indent + ' ')}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return json.dumps(value, ensure_ascii=False)


def _is_table(value: object) -> TypeGuard[list[dict[str, object]]]:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
