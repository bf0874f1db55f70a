"""What fields hold is found in their annotations; nobody keeps a list."""

from giliran.rules.toolkit.fields import reference_fields, selector_fields, selector_list_fields


def test_fields_that_hold_ids_of_rules() -> None:
    """Caps name duty rules, full service names caps."""
    assert reference_fields() == {"exempt", "lifts"}


def test_fields_that_hold_selectors() -> None:
    """Whom a rule means, whom a share is taken of, who is eligible; cohorts are several selections."""
    assert selector_fields() == {"applies_to", "base", "eligible"}
    assert selector_list_fields() == {"cohorts"}
