"""JSON Schemas of the files that people and programs write, generated from the models that read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from giliran.circulars import Circular
from giliran.errors import InputError, Where
from giliran.instance import InstanceRecord
from giliran.instance.offered import text_given
from giliran.instance.rows import ROWS
from giliran.messages import Sentence
from giliran.rules.registry import example, goal_kinds, rule_kinds
from giliran.rules.tiers import TierSpec
from giliran.text.model_errors import unknown

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_INTERNAL = ("authority", "in_force", "yields_to", "default_sector", "default_function")
"""Fields that are filled in while an instance is built; a file does not write them."""

_UNKNOWN = Sentence(en="there is no schema named {name}", id="tidak ada skema bernama {name}")


class _Written(GenerateJsonSchema):
    """Schemas of what may be written, which is more than what is read in the end: readers accept short forms."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """What a reader turns into the inner form: one item for a list, a number or truth value for a word, text for a date."""
        inner = self.generate_inner(schema["schema"])
        if inner.get("type") == "array" and "items" in inner:
            return {"anyOf": [inner, inner["items"]]}
        if inner.get("format") == "date":
            return {"type": "string", "description": "a date, such as 2021-07-12"}
        if inner == {"type": "string"}:
            return {"type": ["string", "integer", "boolean"]}
        options = inner.get("anyOf", [inner])
        if any(option.get("type") == "object" or "$ref" in option for option in options):
            return {"anyOf": [*options, {"not": {"type": "object"}}]}
        return inner


def instance_schema() -> dict[str, Any]:
    """The JSON Schema of instance files: every section, every row of its tables, every kind of rule and goal."""
    kinds = {**rule_kinds(), **goal_kinds()}
    schema = _whole([InstanceRecord, TierSpec, *ROWS, *kinds.values()], InstanceRecord, "An instance of giliran")
    for section, known in (("rules", rule_kinds()), ("goals", goal_kinds())):
        listed = [{"$ref": f"#/$defs/{kind.__name__}"} for kind in known.values()]
        schema["properties"][section]["items"] = {"oneOf": listed, "discriminator": {"propertyName": "kind"}}
    for word, kind in kinds.items():
        _as_written(schema["$defs"][kind.__name__])
        schema["$defs"][kind.__name__]["examples"] = [example(word)]
    _as_written(schema["$defs"]["Selector"])
    for row in ROWS:
        _cells(schema["$defs"][row.__name__])
    schema["required"] = ["schema", "horizon", "staff"]
    return schema


def circular_schema() -> dict[str, Any]:
    """The JSON Schema of circular files. Fields of rules stay open: anything in them may be a `choose`."""
    schema = _whole([Circular], Circular, "A circular letter for giliran")
    definitions = schema["$defs"]
    definitions["RawRule"]["properties"]["kind"]["enum"] = [*rule_kinds(), *goal_kinds()]
    definitions["ExpectedStaff"]["properties"]["head"]["anyOf"].append(definitions["Asked"]["properties"]["ask"])
    return schema


def result_schema() -> dict[str, Any]:
    """The JSON Schema of result files."""
    from giliran.records.results import ResultFile  # results load what plans need; schemas of what people write do not

    return _whole([ResultFile], ResultFile, "A result of giliran")


def certificate_schema() -> dict[str, Any]:
    """The JSON Schema of certificate files."""
    from giliran.certificate.file import CertificateFile

    return _whole([CertificateFile], CertificateFile, "A certificate of giliran")


def batch_schema() -> dict[str, Any]:
    """The JSON Schema of summaries of batches."""
    from giliran.files.batches import BatchFile

    return _whole([BatchFile], BatchFile, "A summary of a batch of giliran")


def ledger_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran publish` says."""
    from giliran.files.publishing import LedgerReport

    return _whole([LedgerReport], LedgerReport, "Rows that giliran appended to a ledger")


def check_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran check` says."""
    from giliran.files.checks import CheckFile

    return _whole([CheckFile], CheckFile, "What giliran found in a schedule")


def why_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran why` says."""
    from giliran.files.why import WhyFile

    return _whole([WhyFile], WhyFile, "Why somebody is where a plan has them")


def substitutes_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran substitutes` says."""
    from giliran.files.substitutes import SubstitutesFile

    return _whole([SubstitutesFile], SubstitutesFile, "Who could stand in for somebody")


def replan_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran replan` says."""
    from giliran.files.replan_file import ReplanFile

    return _whole([ReplanFile], ReplanFile, "A published plan, planned again by giliran")


def prices_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran price` says."""
    from giliran.files.prices import PricesFile

    return _whole([PricesFile], PricesFile, "What the rules of an instance of giliran cost")


def curve_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran price --curve` says."""
    from giliran.files.prices import CurveFile

    return _whole([CurveFile], CurveFile, "Plans of giliran over the values of one number")


def export_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran export` says."""
    from giliran.files.exporting import ExportFile

    return _whole([ExportFile], ExportFile, "Files that giliran exported")


def explanation_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran explain` says."""
    from giliran.files.explanations import ExplanationFile

    return _whole([ExplanationFile], ExplanationFile, "An explanation of giliran")


def converted_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran convert` says."""
    from giliran.files.converting import ConvertedFile

    return _whole([ConvertedFile], ConvertedFile, "An instance of giliran as another kind of file")


def draft_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran new` says."""
    from giliran.files.drafted import DraftFile

    return _whole([DraftFile], DraftFile, "A workbook that giliran drafted from a list")


def recap_schema() -> dict[str, Any]:
    """The JSON Schema of what `giliran recap` says."""
    from giliran.files.recap.answer import RecapFile

    return _whole([RecapFile], RecapFile, "A month of many agencies, added up by giliran")


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "instance": instance_schema,
    "circular": circular_schema,
    "result": result_schema,
    "certificate": certificate_schema,
    "batch": batch_schema,
    "ledger": ledger_schema,
    "check": check_schema,
    "why": why_schema,
    "substitutes": substitutes_schema,
    "replan": replan_schema,
    "prices": prices_schema,
    "curve": curve_schema,
    "explanation": explanation_schema,
    "converted": converted_schema,
    "export": export_schema,
    "draft": draft_schema,
    "recap": recap_schema,
}
"""Schemas by name."""


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema by name, one of `SCHEMAS`.

    Raises
    ------
    InputError
        If there is no schema of that name.
    """
    if text_given(name, Where(field="name")) not in SCHEMAS:
        raise InputError([unknown(Where(field="name"), _UNKNOWN(name=name), name, SCHEMAS)])
    return SCHEMAS[name]()


json_schema = schema
"""What programs call it: `giliran.json_schema`."""


def _whole(models: Iterable[type[BaseModel]], main: type[BaseModel], title: str) -> dict[str, Any]:
    """One schema with the definitions of all models, `main` at its top."""
    _, joint = models_json_schema([(model, "validation") for model in models], by_alias=True, schema_generator=_Written)
    definitions: dict[str, Any] = joint["$defs"]
    for definition in definitions.values():
        if "anyOf" in definition:  # pydantic closes the whole model, short forms too; the long form inside is closed already
            definition.pop("additionalProperties", None)
    top = definitions.pop(main.__name__)
    return {"$schema": DIALECT, "$id": _identifier(top), **top, "title": title, "$defs": definitions}


def _identifier(top: Mapping[str, Any]) -> str:
    """A name that tells schemas and their versions apart: "giliran-result/1" is urn:giliran:result:1; nothing is fetched by it."""
    kind, version = top["properties"]["schema"]["const"].split("/")
    return f"urn:giliran:{kind.partition('-')[2] or 'instance'}:{version}"


def _as_written(definition: dict[str, Any]) -> None:
    """A rule as a file writes it: `kind` is needed, `id` is not, and nothing that is filled in later is there."""
    for field in _INTERNAL:
        definition["properties"].pop(field, None)
    if "kind" in definition["properties"]:
        definition["required"] = ["kind", *(name for name in definition.get("required", ()) if name not in ("id", "kind"))]


def _cells(definition: dict[str, Any]) -> None:
    """Cells of inline rows: text, whole numbers, truth values, nothing, or a list of these."""
    cell = {"type": ["string", "integer", "boolean", "null"]}
    for name, column in definition["properties"].items():
        kept = {key: column[key] for key in ("description",) if key in column}
        definition["properties"][name] = {"anyOf": [cell, {"type": "array", "items": cell}], **kept}
