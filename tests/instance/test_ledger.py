"""The ledger: which of its rows still stand, and for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from giliran.domain.facts import Facts
from giliran.errors import InputError
from giliran.instance import Instance

UNIT = {"id": "u", "level": "bidang"}


def sections(ledger: Any, **more: Any) -> dict[str, Any]:
    """A and B over a week, with a ledger."""
    return {
        "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
        "units": [UNIT],
        "staff": [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        "rules": [{"id": "batas", "kind": "office_cap", "max": 1}],
        "ledger": ledger,
        **more,
    }


def build(ledger: Any, **more: Any) -> Facts:
    """Their facts."""
    return Instance.build(**sections(ledger, **more)).facts


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


OLD, NEW = row(3, 1, period="2020-W53"), row(1, 2, period="2021-W01")


@pytest.mark.parametrize(("balances", "balance"), [({}, 1500), ({"reset": "never"}, 1500), ({"reset": "year"}, -500)])
def test_a_year_begins_anew(balances: dict[str, str], balance: int) -> None:
    """With `reset: year` weeks that began last year, as that of 28 December, are past; what has no period always counts."""
    opening = {"staff_id": "A", "balance": "0.5"}
    assert build([OLD, NEW, opening], balances=balances).balance("office").tolist() == [balance, 0]


U1, U2 = {"unit": "u1"}, {"unit": "u"}


@pytest.mark.parametrize(
    ("rows", "kept", "reset"),
    [
        ([row(3, 1, **U2)], 2000, 2000),
        ([row(3, 1, period="2021-W20", **U1), row(1, 2, period="2021-W21", **U2)], 1000, -1000),
        # Who comes back begins anew too: what was before the other unit is past with it, whoever wrote down the unit or not.
        ([row(9, 1, period="2021-W19", **U2), row(3, 1, period="2021-W20", **U1), row(1, 2, period="2021-W21", **U2)], 9000, -1000),
        ([row(9, 1, period="2021-W19"), row(3, 1, period="2021-W20", **U1), row(1, 2, period="2021-W21")], 9000, -1000),
        ([row(9, 1, period="2021-W19")], 8000, 8000),
    ],
)
def test_a_transfer(rows: list[dict[str, Any]], kept: int, reset: int) -> None:
    """A balance goes along to another unit, or with `transfer: reset` stays behind."""
    assert build(rows).balance("office").tolist() == [kept, 0]
    assert build(rows, balances={"transfer": "reset"}).balance("office").tolist() == [reset, 0]


def test_newcomers_and_those_who_left() -> None:
    """Who is new has no balance; rows of those who left stay in the ledger, and are told."""
    instance = Instance.build(**sections([GAVE, row(9, 1, person="X")]))
    assert instance.facts.balance("office").tolist() == [500, 0]
    assert any("not in the staff table, left out: 1" in note.said.text() for note in instance.notes)
