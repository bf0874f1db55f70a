"""Makes every instance of this folder from `sources/`: `python instances/make.py [NAME …]`.

A source says which agencies there are, how large, and the rest of the instance. People are drawn from its seed, so the same source gives
the same bytes everywhere. The `tiny` instances are written by hand and left alone. A source with `sample: true` also goes into
the package (`giliran solve --sample NAME`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "solver"))

from giliran.generating import Family, GenerateOptions, csv_columns, generate  # noqa: E402
from giliran.generating.arithmetic import DUTY_COUNT, duty_groups  # noqa: E402
from giliran.generating.away import Absences, Weeks, absences, keep_enough, office_weeks, wishes  # noqa: E402
from giliran.generating.dice import Dice  # noqa: E402
from giliran.generating.documents import MAIN, build_files  # noqa: E402
from giliran.generating.people import Roster, people, tagged  # noqa: E402
from giliran.generating.shape import Office, Shape, UnitRow, branch, bureau, flat, hospital, join, office  # noqa: E402

SOURCES = HERE / "sources"
SAMPLES = HERE.parent / "solver" / "giliran" / "sample_files"
"""Instances that travel in the package."""
AWAY = 80
HOME_ONLY = 20
_UNIT_KEYS = ("id", "name", "level", "parent", "sector", "calendar")


@dataclass(frozen=True)
class Cast:
    """The people of an instance and when they are away."""

    roster: Roster
    weeks: Weeks
    away: Absences


def files_of(source: Path) -> dict[str, str]:
    """Every file of the instance that a source describes, text by name."""
    spec = yaml.safe_load(source.read_text(encoding="utf-8"))
    if "generate" in spec:
        options = dict(spec["generate"])
        return dict(generate(GenerateOptions(**options | {"families": frozenset(map(Family, options["families"]))})).files)
    seed = int(spec["seed"])
    cast = _cast(spec, seed)
    document, ids = dict(spec["instance"]), cast.roster.ids()
    if "meetings" in document:
        document["meetings"] = [_meeting(meeting, cast.roster) for meeting in document["meetings"]]
    found = {
        "units": csv_columns.unit_table(cast.roster),
        "staff": csv_columns.staff_table(cast.roster, details=True, phones=spec.get("phones", False)),
        "absences": csv_columns.absence_table(ids, cast.away, cast.weeks),
    }
    if spec.get("wishes"):
        found["wishes"] = csv_columns.wish_table(ids, wishes(Dice(seed, "wishes"), len(ids), len(cast.weeks)), cast.weeks)
    if "plan" in spec:
        found["published"] = _plan(cast, spec["plan"])
    if spec.get("inline_units"):
        document["units"] = [_plain(row) for row in cast.roster.units]
        del found["units"]
    comment = f"{spec['comment'].strip()}\nMade by instances/make.py from {source.relative_to(HERE).as_posix()}."
    extra = {name: text.rstrip() + "\n" for name, text in spec.get("files", {}).items()}
    return build_files(MAIN, document, found, comment) | extra


def folders_of(source: Path) -> list[Path]:
    """Where the instance of a source is put: into this folder, and into the package where the source says `sample: true`."""
    is_sample = yaml.safe_load(source.read_text(encoding="utf-8")).get("sample", False)
    folder = HERE / source.relative_to(SOURCES).with_suffix("")
    return [folder, *([SAMPLES / folder.name] if is_sample else [])]


def _cast(spec: Mapping[str, Any], seed: int) -> Cast:
    agencies = [one for agency in spec["agencies"] for one in _repeated(agency)]
    shapes = [_shape(Dice(seed, f"shape of {agency['id']}"), agency) for agency in agencies]
    chance = Dice(seed, "people")
    roster = people(chance, join(shapes), era=spec["era"], home_only=spec.get("home_only", HOME_ONLY))
    firsts = [agency.get("first", 0) for agency in agencies]
    roster = replace(roster, number=_numbers(shapes, firsts), digits=spec.get("digits", roster.digits))
    for mark in spec.get("marks", []):
        roster = tagged(roster, mark["tag"], _chosen(Dice(seed, f"{mark['tag']} in {mark['under']}"), roster, mark))
    horizon = spec["instance"]["horizon"]
    weeks = office_weeks(horizon["start"], horizon["end"])
    away = absences(Dice(seed, "absences"), len(roster), weeks, spec.get("away", AWAY))
    away = away.only(~roster.head[away.person] | np.bool_(not spec.get("heads_stay")))
    return Cast(roster, weeks, keep_enough(away, len(weeks), duty_groups(roster), DUTY_COUNT))


def _repeated(agency: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One agency, or as many like it as it says, sizes growing by one so that they differ."""
    if "repeat" not in agency:
        return [dict(agency)]
    base = {key: value for key, value in agency.items() if key != "repeat"}
    count = agency["repeat"]
    return [
        base | {"id": f"{agency['id']}-{k + 1:02d}", "name": f"{agency['name']} {k + 1}", "staff": agency["staff"] + k % 5}
        for k in range(count)
    ]


def _shape(dice: Dice, agency: Mapping[str, Any]) -> Shape:
    row = UnitRow(**{key: agency[key] for key in _UNIT_KEYS if key in agency}, tags=tuple(agency.get("tags", ())))
    size, lead, work = agency["staff"], agency.get("lead", "administrator"), agency.get("work", "mixed")
    match agency["form"]:
        case "office":
            names, sizes = tuple(agency.get("bidang", ())), tuple(agency.get("sizes", ()))
            plan = Office(row, size, names, work, agency.get("lead", "jpt_pratama"), agency.get("smallest", 8), sizes=sizes)
            return office(dice, replace(plan, delayered=agency.get("delayered", False)))
        case "hospital":
            return hospital(dice, row, size, shift=agency["shift"], desk=agency["desk"])
        case "branch":
            return branch(row, size, work, lead=lead)
        case "biro":
            return bureau(dice, row, size)
        case "flat":
            return flat(row, size, work, lead=lead)
        case form:
            raise ValueError(f"{agency['id']}: no form {form!r}")


def _numbers(shapes: Sequence[Shape], firsts: Sequence[int]) -> NDArray[np.int64]:
    """Running numbers, starting anew where an agency names its first : int64[E]."""
    numbers: list[int] = []
    for shape, first in zip(shapes, firsts, strict=True):
        start = first or (numbers[-1] + 1 if numbers else 1)
        numbers += range(start, start + shape.size)
    return np.array(numbers, dtype=np.int64)


def _chosen(dice: Dice, roster: Roster, mark: Mapping[str, Any]) -> NDArray[np.int64]:
    inside = np.array([row.id == mark["under"] or row.id.startswith(mark["under"] + "/") for row in roster.units])
    able = np.flatnonzero(inside[roster.unit] & ~roster.head & ~roster.home_only)
    return able[dice.sample(len(able), mark["count"])]


def _meeting(meeting: Mapping[str, Any], roster: Roster) -> dict[str, Any]:
    """Heads are named by their units, so that a source needs no ids of people."""
    ids = np.array(roster.ids())
    index = {row.id: u for u, row in enumerate(roster.units)}
    units = {key: [index[unit] for unit in meeting[key]] for key in ("required", "invited")}
    return dict(meeting) | {key: ids[roster.head & np.isin(roster.unit, rows)].tolist() for key, rows in units.items()}


def _plan(cast: Cast, plan: Mapping[str, Any]) -> str:
    """A published plan: in every office as many people as the share allows, taking turns in the order of the list."""
    roster, ids, rows = cast.roster, cast.roster.ids(), []
    office_of = roster.ancestor(("opd",))[roster.unit]
    for turn, day in enumerate(day for week in cast.weeks for day in week):
        away = _away_on(cast, turn)
        for unit in np.unique(office_of):
            members = np.flatnonzero(office_of == unit)
            seats = len(members) * plan["per_mille"] // 1000
            able = [e for e in np.roll(members, -turn * seats).tolist() if not away[e] and not roster.home_only[e]]
            called = set(able[:seats])
            rows += [(ids[e], day.isoformat(), "absent" if away[e] else "office" if e in called else "home") for e in members.tolist()]
    return csv_columns.table(("staff_id", "date", "place"), list(zip(*rows, strict=True)))


def _away_on(cast: Cast, turn: int) -> NDArray[np.bool_]:
    """Who is away on the working day of that number : bool[E]."""
    starts = np.cumsum([0, *map(len, cast.weeks)])
    away = np.zeros(len(cast.roster), dtype=np.bool_)
    first, last = starts[cast.away.week] + cast.away.first, starts[cast.away.week] + cast.away.last
    away[cast.away.person[(first <= turn) & (turn <= last)]] = True
    return away


def _plain(row: UnitRow) -> dict[str, Any]:
    named = {key: getattr(row, key) for key in _UNIT_KEYS if getattr(row, key)}
    return named | ({"tags": list(row.tags)} if row.tags else {})


def main(names: Sequence[str]) -> None:
    """Write all instances, or those named."""
    for source in sorted(SOURCES.rglob("*.yaml")):
        if names and source.stem not in names:
            continue
        files = files_of(source)
        for folder in folders_of(source):
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8", newline="\n")
            print(folder.relative_to(HERE.parent).as_posix())


if __name__ == "__main__":
    main(sys.argv[1:])
