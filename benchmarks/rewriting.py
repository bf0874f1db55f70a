"""Generated instances with a rule changed, where `giliran generate` has no family for it."""

from __future__ import annotations

from pathlib import Path

import yaml

from giliran.generating.documents import yaml_text

RUNS = "runs"
"""Id of the rule on runs of days in generated instances."""

SHORTEST = 2


def with_shortest_runs(path: Path) -> None:
    """Let nobody come for fewer than `SHORTEST` days in a row; the longest run stays what it was.

    A plan exists as before: of those who took turns day by day, some come on two days and the others on the three after them.

    Raises
    ------
    ValueError
        If the instance has no rule on runs.
    """
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = [rule for rule in document["rules"] if rule["id"] == RUNS]
    if not found:
        raise ValueError(f"{path} has no rule {RUNS}")
    for rule in found:
        rule["min"] = SHORTEST
    path.write_text(yaml_text(document), encoding="utf-8")
