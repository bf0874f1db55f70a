"""Thousands of duty rules about few people each: nothing makes a table of everybody for each of them, from load to written plan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from giliran import Instance, SolveOptions, solve
from giliran.audit import audit
from giliran.domain.cell_set import CellSet
from giliran.domain.facts import Cells
from giliran.domain.named import Named
from giliran.files.schedules import read_schedule
from giliran.files.writing import export
from giliran.result import Result

UNITS, MEMBERS = 30, 4


def instance(*, one: bool) -> Instance:
    """An officer of every unit, by one rule for all units or by a rule for each; accounts are the same."""
    duty = {"kind": "duty_officers", "count": 1, "account": "piket"}
    each = [{"id": f"r{k}", **duty, "applies_to": {"units": [f"u{k}"]}} for k in range(UNITS)]
    return Instance.build(
        {
            "schema": "giliran/1",
            "title": "Piket",
            "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
            "units": [
                {"id": "o", "name": "Badan", "level": "opd"},
                *({"id": f"u{k}", "name": f"Bidang {k}", "level": "bidang", "parent": "o"} for k in range(UNITS)),
            ],
            "staff": [{"id": f"p{e}", "name": f"Nama {e}", "unit": f"u{e // MEMBERS}"} for e in range(UNITS * MEMBERS)],
            "rules": [
                {"id": "cap", "kind": "office_cap", "share": "50%", "per": "bidang"},
                *([{"id": "r", **duty, "per": "bidang"}] if one else each),
            ],
            "goals": [{"id": "aim", "kind": "office_target", "aim": "most_office"}, {"id": "fair", "kind": "fair_share"}],
        }
    )


def solved(*, one: bool) -> Result:
    """Solved by one worker."""
    return solve(instance(one=one), SolveOptions(workers=1))


def test_no_stage_makes_a_table_of_everybody_for_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load, compile, search, naming, audit and the written plan spread the cells of no rule about few over everybody."""
    spread: list[str] = []
    dense, table = CellSet.dense.fget, Named.__getitem__
    assert dense is not None

    def watched(part: CellSet) -> Cells:
        if len(part.table) < part.people:
            spread.append("cells")
        return dense(part)

    monkeypatch.setattr(CellSet, "dense", property(watched))
    monkeypatch.setattr(Named, "__getitem__", lambda self, rule: spread.append(rule) or table(self, rule))
    export(solved(one=False), tmp_path / "plan.csv")
    assert not spread


def test_a_rule_for_each_unit_is_one_rule_for_all(tmp_path: Path) -> None:
    """Places are those of one rule, everybody has as many days of duty as some colleague then, and the written names are read again."""
    many, one = solved(one=False), solved(one=True)
    assert (many.schedule.place == one.schedule.place).all()
    days = [np.sort(result.schedule.on_duty.sum(axis=1).reshape(UNITS, MEMBERS)) for result in (many, one)]
    assert (days[0] == days[1]).all()
    assert not audit(many.instance, many.schedule).broken
    export(many, tmp_path / "plan.csv")
    again = read_schedule(tmp_path / "plan.csv", many.instance)
    assert again.duty == many.schedule.duty
    assert again.duty != one.schedule.duty
