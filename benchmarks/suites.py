"""What is measured: names of suites and the instances in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTANCES = ROOT / "instances"
AIM_CIRCULAR_S, AIM_1000_S, AIM_10000_S = 60.0, 5.0, 30.0


@dataclass(frozen=True)
class Case:
    """One instance of a suite.

    Parameters
    ----------
    name
        Name in tables.
    path
        The instance file, or None for a generated one.
    generate
        Arguments of `giliran generate` for a generated one; the seed of the run is added.
    aim_s
        Seconds from files to audited plan that are aimed at.
    """

    name: str
    path: Path | None
    aim_s: float
    generate: tuple[str, ...] = ()


def quick() -> list[Case]:
    """The circulars, the departments, and generated instances of 1,000 and 10,000 staff over five days."""
    circulars = [Case(path.parent.name, path, AIM_CIRCULAR_S) for path in sorted(INSTANCES.glob("circulars/*/instance.yaml"))]
    departments = [Case(path.parent.name, path, AIM_CIRCULAR_S) for path in sorted(INSTANCES.glob("departments/dept-*/instance.yaml"))]
    generated = [
        Case(f"generated {staff:,} × 5", None, aim, ("--staff", str(staff), "--weeks", "1"))
        for staff, aim in ((1_000, AIM_1000_S), (10_000, AIM_10000_S))
    ]
    return [*circulars, *departments, *generated]


SUITES = {"quick": quick}
