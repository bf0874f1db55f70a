"""Files full of what nobody knows: one message for each kind, however many there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.text.tables import MOST_COLUMNS

WEEK = {"start": "2026-07-06", "end": "2026-07-10"}
MANY = 100_000


def problems(**sections: Any) -> list[str]:
    """What is wrong with an instance of some sections."""
    with pytest.raises(InputError) as caught:
        Instance.build({"horizon": WEEK, "staff": [{"id": "P1"}], **sections})
    return [problem.text() for problem in caught.value.problems]


@pytest.mark.parametrize("names", [[f"k{k}" for k in range(MANY)], ["a"] * MANY, [*[""] * (MANY - 1), "a"]])
def test_a_table_of_very_many_columns(tmp_path: Path, names: list[str]) -> None:
    """Unknown, doubled or nameless, they are one problem of the header."""
    (tmp_path / "staff.csv").write_text(f"id,{','.join(names)}\nP1{',' * MANY}\n", encoding="utf-8")
    (tmp_path / "i.yaml").write_text(
        "schema: giliran/1\nhorizon: {start: 2026-07-06, end: 2026-07-10}\nstaff: {file: staff.csv}\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_instance(tmp_path / "i.yaml")
    [problem] = caught.value.problems
    assert (problem.where.line, problem.said.text()) == (1, f"columns in this table: {MANY + 1}; a table has at most {MOST_COLUMNS}")


def test_records_of_very_many_columns() -> None:
    """The same holds for rows inside a document."""
    [problem] = problems(staff=[{"id": "P1", **{f"k{k}": "x" for k in range(MANY)}}])
    assert problem.startswith(f"staff: columns in this table: {MANY + 1}; a table has at most {MOST_COLUMNS}")


def test_very_many_unknown_sections() -> None:
    """They are one problem that names some and counts the others."""
    [problem] = problems(**{f"kunci{k}": 1 for k in range(MANY)})
    assert problem.startswith("unknown keys: kunci0, kunci1, ") and problem.endswith(f" and {MANY - 50} more")


def test_very_many_unknown_keys_of_a_rule() -> None:
    """A hundred are told one by one, the others are counted."""
    told = problems(rules=[{"id": "cap", "kind": "office_cap", "max": 1, **{f"kunci{k}": 1 for k in range(1_000)}}])
    assert len(told) == 101 and told[-1] == "rules[0]: and 900 more problems like these"
