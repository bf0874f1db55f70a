"""What fields hold is found in their annotations; nobody keeps a list."""

from __future__ import annotations

from typing import Any

import pydantic
import pytest

from giliran.rules.registry import example, goal_kinds, rule_kinds
from giliran.rules.toolkit.fields import reference_fields, selector_fields, selector_list_fields


def test_fields_that_hold_ids_of_rules() -> None:
    """Caps name duty rules, full service names caps."""
    assert reference_fields() == {"exempt", "lifts"}


def test_fields_that_hold_selectors() -> None:
    """Whom a rule means, whom a share is taken of, who is eligible; cohorts are several selections."""
    assert selector_fields() == {"applies_to", "base", "eligible"}
    assert selector_list_fields() == {"cohorts"}


def _takes_a_number(schema: dict[str, Any]) -> bool:
    """Whether a field may be a whole number."""
    return schema.get("type") == "integer" or any(map(_takes_a_number, schema.get("anyOf", [])))


NUMBERS = [
    (kind, name)
    for kind, model in sorted({**rule_kinds(), **goal_kinds()}.items())
    for name, schema in model.model_json_schema()["properties"].items()
    if _takes_a_number(schema)
]


@pytest.mark.parametrize(("kind", "field"), NUMBERS)
def test_true_is_no_number(kind: str, field: str) -> None:
    """Python counts true as 1; in a rule or goal it is refused, in every field that takes a number."""
    with pytest.raises(pydantic.ValidationError) as caught:
        {**rule_kinds(), **goal_kinds()}[kind].model_validate({**example(kind), field: True})
    assert field in {error["loc"][0] for error in caught.value.errors() if error["loc"]}
