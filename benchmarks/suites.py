"""What is measured: names of suites and the instances in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from benchmarks.rewriting import with_shortest_runs
from benchmarks.shapes import SHAPES, Shape

ROOT = Path(__file__).resolve().parent.parent
INSTANCES = ROOT / "instances"
AIM_CIRCULAR_S, AIM_1000_S, AIM_10000_S = 60.0, 5.0, 30.0
LEAST_STAFF = 50
"""A scaled instance has at least so many people."""

PLAIN = ("caps", "duty", "absences", "wishes")
"""Rule families of B1."""

SEQUENCES = (*PLAIN, "sequences", "skills", "ledger")
"""Rule families of B2 and B4: runs and quiet weeks, skills that cross sections, history."""

AGENCY = (*SEQUENCES, "agency")
"""Rule families of B3: one more limit, over everybody, that binds on every full working day."""


ENDINGS = (".yaml", ".yml", ".json", ".xlsx", ".ods")
"""How names of instance files end."""


class Span(StrEnum):
    """What an aim is about."""

    FILES = "files"
    """From files to audited plan."""

    LOADED = "loaded"
    """From loaded instance to audited plan."""

    WRITTEN = "written"
    """From files to written plan."""


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
        Seconds that are aimed at; None for a scaled case, which has no aim.
    aim_of
        What the aim is about.
    rewrite
        Changes a generated instance file; None leaves it as it is.
    write
        Writes the instance of a seed into a folder, where `giliran generate` does not make it.
    """

    name: str
    path: Path | None
    aim_s: float | None
    generate: tuple[str, ...] = ()
    aim_of: Span = Span.FILES
    rewrite: Callable[[Path], None] | None = None
    write: Callable[[int, Path], Path] | None = None


def quick(scale: float = 1.0) -> list[Case]:
    """The circulars, the departments, and generated instances of 1,000 and 10,000 staff over five days."""
    circulars = [Case(path.parent.name, path, AIM_CIRCULAR_S) for path in sorted(INSTANCES.glob("circulars/*/instance.yaml"))]
    departments = [Case(path.parent.name, path, AIM_CIRCULAR_S) for path in sorted(INSTANCES.glob("departments/dept-*/instance.yaml"))]
    sizes = ((1_000, AIM_1000_S), (10_000, AIM_10000_S))
    generated = [_generated("generated", staff, 1, aim, scale, PLAIN, Span.FILES) for staff, aim in sizes]
    return [*circulars, *departments, *generated]


def b1(scale: float = 1.0) -> list[Case]:
    """Caps, duty, absences, fairness and wishes."""
    return [_generated("B1", 10_000, 1, 0.5, scale, PLAIN, Span.LOADED)]


def b2(scale: float = 1.0) -> list[Case]:
    """And sequences, switch costs, crossing skills, ledger."""
    return [_generated("B2", 10_000, 1, 5.0, scale, SEQUENCES, Span.LOADED)]


def b3(scale: float = 1.0) -> list[Case]:
    """And one limit for the whole agency that binds: one part."""
    return [_generated("B3", 10_000, 1, 40.0, scale, AGENCY, Span.LOADED)]


def b4(scale: float = 1.0) -> list[Case]:
    """The rules of B2 over four weeks, runs across weeks."""
    return [_generated("B4", 1_000, 4, 60.0, scale, SEQUENCES, Span.LOADED)]


def _generated(name: str, staff: int, weeks: int, aim_s: float, scale: float, families: tuple[str, ...], aim_of: Span) -> Case:
    people = staff if scale == 1 else max(LEAST_STAFF, round(staff * scale))
    arguments = ("--staff", str(people), "--weeks", str(weeks), "--family", ",".join(families))
    return Case(f"{name} {people:,} × {5 * weeks}", None, aim_s if people == staff else None, arguments, aim_of)


def small(scale: float = 1.0) -> list[Case]:
    """The rules of B1 and B2 for as many people as a local search gets through."""
    families = (("B1", PLAIN), ("B2", SEQUENCES))
    return [replace(_generated(name, 1_000, 1, 0.0, scale, rules, Span.LOADED), aim_s=None) for name, rules in families]


def b5(scale: float = 1.0) -> list[Case]:
    """B1's rules for a million people, from files to written plan."""
    return [_generated("B5", 1_000_000, 1, 60.0, scale, PLAIN, Span.WRITTEN)]


def growth(scale: float = 1.0) -> list[Case]:
    """B1's rules at growing sizes."""
    sizes = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
    return _growing("B1", sizes, scale, PLAIN)


def coupled(scale: float = 1.0) -> list[Case]:
    """B1's rules with one limit for the whole agency that binds, at growing sizes."""
    return _growing("B1 coupled", (1_000, 3_000, 10_000, 30_000, 100_000), scale, (*PLAIN, "agency"))


def _growing(name: str, sizes: tuple[int, ...], scale: float, families: tuple[str, ...]) -> list[Case]:
    return [replace(_generated(name, staff, 1, 0.0, scale, families, Span.LOADED), aim_s=None) for staff in sizes]


def b7(scale: float = 1.0) -> list[Case]:
    """The rules of B2 over eight weeks."""
    return [_long("B7", 1_000, 8, scale)]


def b8(scale: float = 1.0) -> list[Case]:
    """The rules of B2 over a quarter."""
    return [_long("B8", 300, 13, scale)]


def b9(scale: float = 1.0) -> list[Case]:
    """The rules of B2 over a quarter, half a year and a year."""
    return [_long("B9", staff, weeks, scale) for staff, weeks in ((1_000, 13), (300, 26), (100, 52))]


def b10(scale: float = 1.0) -> list[Case]:
    """B8, and whoever comes to the office does so on two days in a row at least."""
    return [replace(_long("B10", 300, 13, scale), rewrite=with_shortest_runs)]


def b11(scale: float = 1.0) -> list[Case]:
    """The rules of B3 over two weeks: one part."""
    return [_long("B11", 3_000, 2, scale, AGENCY)]


def weeks(scale: float = 1.0) -> list[Case]:
    """The rules of B2 over more and more weeks."""
    return [_long("B2 for weeks", 300, many, scale) for many in (2, 4, 8, 13, 26)]


def shapes(scale: float = 1.0) -> list[Case]:
    """Small instances of invented structure; their sizes are part of what they are, so there are no smaller ones."""
    return [_shaped(shape) for shape in SHAPES]


def _long(name: str, staff: int, weeks: int, scale: float, families: tuple[str, ...] = SEQUENCES) -> Case:
    return replace(_generated(name, staff, weeks, 0.0, scale, families, Span.LOADED), aim_s=None)


def _shaped(shape: Shape) -> Case:
    return Case(shape.case, None, None, aim_of=Span.LOADED, write=partial(Shape.write, shape))


def beside(paths: Iterable[Path]) -> list[Case]:
    """Cases of instance files that are not part of the project: of each file, or of every instance file in a folder."""
    files = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path]) if file.suffix in ENDINGS]
    return [Case(file.stem, file.resolve(), None, aim_of=Span.LOADED) for file in files]


SUITES: dict[str, Callable[[float], list[Case]]] = {
    "quick": quick,
    "small": small,
    "b1": b1,
    "b2": b2,
    "b3": b3,
    "b4": b4,
    "b5": b5,
    "growth": growth,
    "coupled": coupled,
    "b7": b7,
    "b8": b8,
    "b9": b9,
    "b10": b10,
    "b11": b11,
    "shapes": shapes,
    "weeks": weeks,
}
