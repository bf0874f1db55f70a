"""Instances whose files say one thing many times: thousands of meetings, rules, rows of a table, parameters of a circular."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

FIRST, LAST = "2021-07-12", "2021-07-16"
DAYS = ("2021-07-12", "2021-07-13", "2021-07-14", "2021-07-15", "2021-07-16")
PEOPLE_OF_A_UNIT = 10
"""People of every unit of the common part."""

Sections = dict[str, Any]
Write = Callable[[int, int, Path], Sections]
"""From how often, the number of people, and a folder for tables, to the sections that say it."""


def write_instance(kind: str, many: int, people: int, folder: Path) -> Path:
    """An instance of some people over a week, in whose files one kind of input stands many times; none of it for 0.

    The common part, units and staff, is the same however often.
    """
    units = [f"u{k}" for k in range(people // PEOPLE_OF_A_UNIT)]
    below = ((unit, unit, "bidang", "opd") for unit in units)
    _table(folder / "units.csv", ("id", "name", "level", "parent"), [("opd", "Dinas", "opd", ""), *below])
    staff = ((_person(e), f"Nama {e}", units[e // PEOPLE_OF_A_UNIT], "pelaksana") for e in range(people))
    _table(folder / "staff.csv", ("id", "name", "unit", "rank"), staff)
    sections: Sections = {
        "horizon": {"start": FIRST, "end": LAST},
        "calendars": {"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}},
        "units": {"file": "units.csv"},
        "staff": {"file": "staff.csv"},
        "rules": [{"id": "cap", "kind": "office_cap", "share": "75%", "per": "opd"}],
        "goals": [{"id": "aim", "kind": "office_target", "aim": "most_office"}],
    }
    more = INPUTS[kind](many, people, folder) if many else {}
    stated = {key: [*sections[key], *more.get(key, [])] for key in ("rules", "goals")}
    path = folder / "instance.yaml"
    path.write_text(_yaml({**sections, **more, **stated}))
    return path


def _person(e: int) -> str:
    return f"p{e}"


def _unit(k: int, people: int) -> str:
    return f"u{k % (people // PEOPLE_OF_A_UNIT)}"


def _cells(many: int, people: int) -> Iterable[tuple[int, str]]:
    """So many different people and days, people first."""
    if many > people * len(DAYS):
        raise ValueError(f"{many} cells of {people} people")
    return ((k % people, DAYS[k // people]) for k in range(many))


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path.write_text("\n".join(",".join(row) for row in [columns, *rows]) + "\n")


def _yaml(sections: Sections) -> str:
    """Sections as a planner writes them: an entry of a list a line."""
    lines = ["schema: giliran/1", "title: Banyak masukan"]
    for key, value in sections.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {json.dumps(item)}" for item in value)]
        elif isinstance(value, dict) and len(value) > len(DAYS):
            lines += [f"{key}:", *(f"  {name}: {json.dumps(item)}" for name, item in value.items())]
        else:
            lines.append(f"{key}: {json.dumps(value)}")
    return "\n".join(lines) + "\n"


def _meetings(many: int, people: int, **day: Any) -> Sections:
    pairs = ([_person(2 * k % people), _person((2 * k + 1) % people)] for k in range(many))
    return {"meetings": [{"id": f"m{k}", "required": pair, **day} for k, pair in enumerate(pairs)]}


def _dated(many: int, people: int, folder: Path) -> Sections:
    """Meetings on a given day."""
    return _meetings(many, people, date=FIRST)


def _open(many: int, people: int, folder: Path) -> Sections:
    """Meetings whose day is to be chosen."""
    return _meetings(many, people, choose_from=[{"from": FIRST, "to": LAST}])


def _rules(many: int, make: Callable[[int], dict[str, Any]]) -> Sections:
    return {"rules": [{"id": f"r{k}", **make(k)} for k in range(many)]}


def _caps(many: int, people: int, folder: Path) -> Sections:
    """A cap for a unit on a day."""
    return _rules(many, lambda k: {"kind": "office_cap", "max": 8, "applies_to": {"units": [_unit(k, people)]}})


def _id_caps(many: int, people: int, folder: Path) -> Sections:
    """A cap for three people who are listed."""
    three = [[_person((3 * k + i) % people) for i in range(3)] for k in range(many)]
    return _rules(many, lambda k: {"kind": "office_cap", "max": 2, "applies_to": {"ids": three[k]}})


def _duties(many: int, people: int, folder: Path) -> Sections:
    """A duty rule for a unit, each with an account of its own."""
    duty = {"kind": "duty_officers", "per": "whole", "count": 1}
    return _rules(many, lambda k: {**duty, "account": f"a{k}", "applies_to": {"units": [_unit(k, people)]}})


def _sections(many: int, people: int, folder: Path) -> Sections:
    """A duty rule for a section of its own people, who come with it."""
    with (folder / "units.csv").open("a") as file:
        file.writelines(f"s{k},s{k},seksi,opd\n" for k in range(many))
    with (folder / "staff.csv").open("a") as file:
        file.writelines(f"s{k}-{e},Nama {e},s{k},pelaksana\n" for k in range(many) for e in range(PEOPLE_OF_A_UNIT))
    return _rules(many, lambda k: {"kind": "duty_officers", "count": 2, "applies_to": {"units": [f"s{k}"]}})


def _separations(many: int, people: int, folder: Path) -> Sections:
    """Two people who are not in the office together."""
    pairs = [[_person(2 * k % people), _person((2 * k + 1) % people)] for k in range(many)]
    return _rules(many, lambda k: {"kind": "separation", "not_all": "office", "sets": [pairs[k]]})


def _person_days(many: int, people: int, folder: Path) -> Sections:
    """Days in a week of one person."""
    return _rules(many, lambda k: {"kind": "days_per_person", "most": 4, "window": "week", "applies_to": {"ids": [_person(k % people)]}})


def _fixed_days(many: int, people: int, folder: Path) -> Sections:
    """A fixed day of one person."""
    day = {"kind": "fixed_days", "place": "home", "days": {"dates": [FIRST]}}
    return _rules(many, lambda k: {**day, "applies_to": {"ids": [_person(k % people)]}})


def _pins(many: int, people: int, folder: Path) -> Sections:
    """Rows of pins."""
    _table(folder / "pins.csv", ("staff_id", "date", "place"), ((_person(e), day, "home") for e, day in _cells(many, people)))
    return {"pins": {"file": "pins.csv"}}


def _pins_within(many: int, people: int, folder: Path) -> Sections:
    """Pins in the instance file itself."""
    return {"pins": [{"staff_id": _person(e), "date": day, "place": "home"} for e, day in _cells(many, people)]}


def _absences(many: int, people: int, folder: Path) -> Sections:
    """Rows of absences."""
    rows = ((_person(e), day, day, "cuti") for e, day in _cells(many, people))
    _table(folder / "absences.csv", ("staff_id", "from", "to", "reason"), rows)
    return {"absences": {"file": "absences.csv"}}


def _wishes(many: int, people: int, folder: Path) -> Sections:
    """Rows of wishes."""
    rows = ((_person(e), day, "home", "1") for e, day in _cells(many, people))
    _table(folder / "wishes.csv", ("staff_id", "date", "place", "weight"), rows)
    return {"wishes": {"file": "wishes.csv"}, "goals": [{"id": "asked", "kind": "wishes"}]}


def _ledger(many: int, people: int, folder: Path) -> Sections:
    """Rows of the ledger."""
    rows = ((_person(e), "office", f"2021-W{10 + DAYS.index(day)}", "3", '"2,5"') for e, day in _cells(many, people))
    _table(folder / "ledger.csv", ("staff_id", "account", "period", "burden", "share"), rows)
    return {"ledger": {"file": "ledger.csv"}, "goals": [{"id": "fair", "kind": "fair_share"}]}


def _accounts(many: int, people: int, folder: Path) -> Sections:
    """Rows of the ledger, each in an account of its own."""
    rows = ((_person(e), f"a{k}", "2021-W10", "3", '"2,5"') for k, (e, _) in enumerate(_cells(many, people)))
    _table(folder / "ledger.csv", ("staff_id", "account", "period", "burden", "share"), rows)
    return {"ledger": {"file": "ledger.csv"}}


def _published(many: int, people: int, folder: Path) -> Sections:
    """Rows of the published plan, of which nothing is kept."""
    _table(folder / "published.csv", ("staff_id", "date", "place"), ((_person(e), day, "home") for e, day in _cells(many, people)))
    return {"published": {"file": "published.csv"}, "goals": [{"id": "same", "kind": "stability"}]}


def _published_within(many: int, people: int, folder: Path) -> Sections:
    """Rows of the published plan in the instance file itself."""
    rows = [{"staff_id": _person(e), "date": day, "place": "home"} for e, day in _cells(many, people)]
    return {"published": {"rows": rows}, "goals": [{"id": "same", "kind": "stability"}]}


def _frozen(many: int, people: int, folder: Path) -> Sections:
    """Rows of a published plan that is frozen and breaks the cap."""
    _table(folder / "published.csv", ("staff_id", "date", "place"), ((_person(e), day, "office") for e, day in _cells(many, people)))
    return {"published": {"file": "published.csv", "frozen_to": LAST}}


def _units(many: int, people: int, folder: Path) -> Sections:
    """Rows of units without people, below one another in tens."""
    with (folder / "units.csv").open("a") as file:
        file.writelines(f"v{k},v{k},seksi,{f'v{k // 10}' if k >= 10 else 'opd'}\n" for k in range(many))
    return {}


def _changes(many: int, people: int, folder: Path) -> Sections:
    """Rows of changes of people."""
    rows = ((_person(e), day, _unit(e + 1 + DAYS.index(day), people)) for e, day in _cells(many, people))
    _table(folder / "changes.csv", ("staff_id", "from", "unit"), rows)
    return {"changes": {"file": "changes.csv"}}


def _conditions(many: int, people: int, folder: Path) -> Sections:
    """Values of a condition, by unit."""
    values = [{"units": [_unit(k, people)], "value": "low"} for k in range(many)]
    rule = {"id": "zoned", "kind": "office_cap", "per": "bidang", "share": {"zone": {"low": "75%", "medium": "50%"}}}
    return {"conditions": {"zone": [{"value": "medium"}, *values]}, "rules": [rule]}


def _conditional(many: int, people: int, folder: Path) -> Sections:
    """Rules with a condition, and a value of it for each."""
    values = [{"units": [_unit(k, people)], "value": "low"} for k in range(many)]
    share = {"zone": {"low": "100%", "medium": "50%"}}
    rules = _rules(many, lambda k: {"kind": "office_cap", "share": share, "applies_to": {"units": [_unit(k, people)]}})
    return {**rules, "conditions": {"zone": [{"value": "medium"}, *values]}}


def _reasons(many: int, people: int, folder: Path) -> Sections:
    """Caps that are relaxed for a reason that is written."""
    relaxed = {"relax_to": {"share": "100%", "reason": "optional"}}
    rules = _rules(many, lambda k: {"kind": "office_cap", "share": "80%", "applies_to": {"units": [_unit(k, people)]}, **relaxed})
    return {**rules, "reasons": {f"own/r{k}": "antrean layanan" for k in range(many)}}


def _letter(many: int) -> Sections:
    """A circular of so many parameters, each read by one of its rules."""
    both = {"en": "A letter", "id": "Surat"}
    source = {"row": 1, "via": "a letter", "quote": "paling banyak"}
    ask = {"en": "How many?", "id": "Berapa?"}
    rule = {"kind": "office_cap", "per": "bidang", "applies_to": {"units": ["u0"]}, "source": source}
    return {
        "schema": "giliran-circular/1",
        "name": "letter",
        "title": both,
        "issuer": both,
        "authority": "agency",
        "number": ["800/2/2021"],
        "date": "2021-07-01",
        "in_force": {"from": "2021-07-01", "to": "open"},
        "parameters": {f"q{k}": {"default": "50%", "type": "share", "ask": ask} for k in range(many)},
        "rules": [{"id": f"limit{k}", **rule, "share": {"choose": f"q{k}"}} for k in range(many)],
    }


def _parameters(many: int, people: int, folder: Path) -> Sections:
    """Parameters of a circular, each chosen and read by a rule."""
    (folder / "letter.json").write_text(json.dumps(_letter(many)))
    return {"circulars": [{"file": "letter.json", "choose": {f"q{k}": "60%" for k in range(many)}}]}


INPUTS: dict[str, Write] = {
    "dated meetings": _dated,
    "open meetings": _open,
    "caps of units": _caps,
    "caps of listed people": _id_caps,
    "duty rules": _duties,
    "duty rules of sections": _sections,
    "separations": _separations,
    "days of a person": _person_days,
    "fixed days": _fixed_days,
    "relaxed caps with reasons": _reasons,
    "pins": _pins,
    "pins within": _pins_within,
    "absences": _absences,
    "wishes": _wishes,
    "ledger": _ledger,
    "accounts": _accounts,
    "published": _published,
    "published within": _published_within,
    "frozen": _frozen,
    "units": _units,
    "changes": _changes,
    "conditions": _conditions,
    "rules with a condition": _conditional,
    "parameters": _parameters,
}
"""Every kind of input that can stand in files many times."""
