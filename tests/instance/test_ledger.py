"""The ledger: which of its rows still stand, and for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from giliran.domain.facts import Facts
from giliran.errors import InputError
from giliran.instance import Instance

UNIT = {"id": "u", "level": "bidang"}


def build(ledger: Any, **sections: Any) -> Facts:
    """A and B over a week, with a ledger."""
    given = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
        "units": [UNIT],
        "staff": [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        "rules": [{"id": "batas", "kind": "office_cap", "max": 1}],
        "ledger": ledger,
        **sections,
    }
    return Instance.build(**given).facts


def row(burden: Any, share: Any, person: str = "A", period: str = "2021-W27", **more: str) -> dict[str, Any]:
    """A row about a week."""
    return {"staff_id": person, "period": period, "burden": burden, "share": share, **more}


GAVE, BACK = row(3, "2.5", last_called="2021-07-09"), row(-3, "-2.5")


@pytest.mark.parametrize(
    ("rows", "balance", "last"),
    [
        ([GAVE], 500, "2021-07-09"),
        ([GAVE, BACK], 0, None),
        ([BACK, GAVE], 0, None),
        ([GAVE, BACK, row(2, "2.5", last_called="2021-07-06")], -500, "2021-07-06"),
        ([GAVE, BACK, GAVE, BACK, GAVE], 500, "2021-07-09"),
        ([row(0, 0), row(0, 0), GAVE], 500, "2021-07-09"),
    ],
)
def test_rows_that_are_taken_back(rows: list[dict[str, Any]], balance: int, last: str | None) -> None:
    """A row with the same numbers and the other sign takes a row back, wherever it stands, and the last call with it."""
    office = build(rows).ledger["office"]
    assert office.balance.tolist() == [balance, 0]
    days = [None if not day else dt.date.fromordinal(day).isoformat() for day in office.last_called.tolist()]
    assert days == [last, None]


@pytest.mark.parametrize(
    "rows",
    [[BACK], [GAVE, row(-3, "-2")], [GAVE, row(-3, "-2.5", period="2021-W26")], [GAVE, row(-3, "-2.5", person="B")], [GAVE, BACK, BACK]],
)
def test_what_takes_nothing_back_is_refused(rows: list[dict[str, Any]]) -> None:
    """Negative days without a row of the same person, account, period and numbers are no way to a better balance."""
    with pytest.raises(InputError, match="cannot be negative, except in a row that takes back"):
        build(rows)
