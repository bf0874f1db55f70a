"""ASOCIO Student Challenge '25: hybrid-office days, groups that meet on a day to be chosen, and a desk for everybody present.

`python -m benchmarks.adapters.asocio FOLDER` solves every `instance*.json` of a folder for both of its aims.

Two or three office days per person and week, a desk of their own that suits for everybody in the office, every group complete on one day,
and preferred days: as many of them honoured as possible (`preferred`), or as few office days on other days as possible (`other`).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import click

from giliran.domain.calendar import WEEKDAYS
from giliran.instance import Instance
from giliran.solving import SolveOptions, solve

FIRST, LAST = "2025-06-02", "2025-06-06"
"""A Monday to Friday; the challenge has weekdays without dates."""

LEAST_DAYS, MOST_DAYS = 2, 3
"""Office days per person and week."""

Data = Mapping[str, Any]


class Aim(StrEnum):
    """What is counted."""

    PREFERRED = "preferred"
    OTHER = "other"


def read_instance(data: Data, aim: Aim) -> Instance:
    """An instance of the challenge in our terms.

    Parameters
    ----------
    data
        `Employees`, `Desks`, `Days`, `Employees_G` and `Days_E` of a file, and `Desks_E` where it is there; zones
        are left out.
    aim
        The tier `office_target` counts preferred days not honoured, or office days on other days.

    Raises
    ------
    giliran.InputError
        If the data name people or days that they do not list.
    """
    return Instance.build(
        title="ASOCIO",
        horizon={"start": FIRST, "end": LAST},
        calendars={"office": {"workdays": list(WEEKDAYS[: len(data["Days"])]), "holidays": "none"}},
        units=[{"id": "all", "name": "All", "level": "office"}],
        staff=[{"id": employee, "unit": "all"} for employee in data["Employees"]],
        meetings=[
            {"id": group, "name": group, "choose_from": [{"from": FIRST, "to": LAST}], "required": members}
            for group, members in data["Employees_G"].items()
        ],
        rules=[
            *_desks(data),
            {"id": "week", "kind": "days_per_person", "window": "week", "least": LEAST_DAYS, "most": MOST_DAYS},
        ],
        goals=list(_goals(data, aim)),
    )


def _desks(data: Data) -> Iterator[dict[str, Any]]:
    """A desk that suits for everybody in the office; where the data say of nobody which desks suit, no more people than desks."""
    if "Desks_E" not in data:
        yield {"id": "desks", "kind": "office_cap", "per": "whole", "max": len(data["Desks"])}
        return
    for desk in data["Desks"]:
        people = [employee for employee in data["Employees"] if desk in data["Desks_E"].get(employee, ())]
        if people:
            yield {"id": desk, "kind": "duty_officers", "one_each": "desk", "everybody": True, "count": 1, "eligible": {"ids": people}}


def _goals(data: Data, aim: Aim) -> Iterator[dict[str, Any]]:
    """One goal per day, for the people whose days of that name count."""
    for day, weekday in zip(data["Days"], WEEKDAYS, strict=False):
        people = [e for e in data["Employees"] if (day in data["Days_E"].get(e, ())) is (aim is Aim.PREFERRED)]
        if people:
            want = "most_office" if aim is Aim.PREFERRED else "most_home"
            yield {"id": weekday, "kind": "office_target", "aim": want, "applies_to": {"ids": people}, "days": {"weekdays": [weekday]}}


def honoured(data: Data, missed: int) -> int:
    """Preferred days honoured, from the number of those missed."""
    return sum(len(data["Days_E"].get(e, ())) for e in data["Employees"]) - missed


def rows(paths: Sequence[Path], workers: int, time_limit_s: float | None) -> Iterator[tuple[str, str, str, int, int, float]]:
    """For every file and aim: name, aim, status, what was reached, the bound, and seconds from loaded instance to audited plan."""
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        for aim in Aim:
            instance = read_instance(data, aim)
            start = time.perf_counter()
            result = solve(instance, SolveOptions(workers=workers, time_limit_s=time_limit_s))
            seconds = time.perf_counter() - start
            [tier] = [tier for tier in result.tiers if tier.name == "office_target"]
            reached = [honoured(data, tier.value), honoured(data, tier.bound)] if aim is Aim.PREFERRED else [tier.value, tier.bound]
            yield path.stem, aim.value, result.status.value, reached[0], reached[1], seconds


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--workers", default=2, show_default=True)
@click.option("--time-limit", "time_limit_s", type=float, default=None, help="Seconds per instance and aim.")
def main(folder: Path, workers: int, time_limit_s: float | None) -> None:
    """Solve every instance*.json of FOLDER."""
    click.echo("| instance | aim | status | reached | bound | seconds |\n| --- | --- | --- | --- | --- | --- |")
    for name, aim, status, reached, bound, seconds in rows(sorted(folder.glob("instance*.json")), workers, time_limit_s):
        click.echo(f"| {name} | {aim} | {status} | {reached} | {bound} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
