"""What docstrings say under "Kept" and "Broken", read as instances and schedules. How to write it: `giliran/rules/README.md`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import yaml

from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.rules.base import Statement
from giliran.rules.registry import goal_kinds, known

LETTERS = "ABCDEFGH"
FIRST, MONDAY = 12, "2021-07-{day}"
"""Claims are about the days from Monday 12 July 2021 on."""

IT, BESIDE = "it", "beside"
"""Ids of the statement that a claim is about, and of the first of the others that it names."""

PLACES = {"1": Place.OFFICE, "0": Place.HOME, "a": Place.ABSENT, "-": Place.OFF, "?": Place.NONE}
WORDS = {"1": "office", "0": "home", "a": "absent", "-": "off"}

_LABEL = r"Kept(?: at (?P<kept>[−\d]+))?|Broken by (?P<broken>\w+)(?:, [^:`]*)?"
_CLAIM = re.compile(rf"^({_LABEL}):(?P<text>.*?)(?=^Kept|^Broken|\Z)", re.MULTILINE | re.DOTALL)
_LITERAL = re.compile(r"(?P<word>[\w-]*)\s*`(?P<text>[^`]*)`")
_PLAN = re.compile(r"^[10a?-]+( [10a?-]+)*$")

MARKS = ("published", "wishes", "pinned", "away", "required", "officers", "frozen", "named", "teams", "units", "home-only", "office-only")
"""Words before a literal that say what it is; other literals of places are the plan."""


@dataclass(frozen=True)
class Claim:
    """One schedule that a docstring judges.

    Parameters
    ----------
    kind
        The kind that the docstring is about.
    kept
        Whether it stands under "Kept".
    amount
        What the schedule costs a goal that it keeps (`Kept at`), or how much it misses the rule, or costs more than one kept, by.
    plan
        A word of places per person, a letter per day.
    fields
        Fields of the statement besides those of the kind's example.
    beside
        Other rules and goals.
    marks
        Facts by the word before them, a word per person.
    """

    kind: str
    kept: bool
    amount: int
    plan: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    beside: tuple[Mapping[str, Any], ...] = ()
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind}-{'kept' if self.kept else f'broken-by-{self.amount}'}-{'_'.join(self.plan)}"


def claims_of(kind: type[Statement]) -> tuple[Claim, ...]:
    """The claims of a docstring in their order; facts, fields and other rules stand until others are named.

    Raises
    ------
    ValueError
        If a claim has no plan or two, facts about others than its people, or a literal that says nothing.
    """
    found: list[Claim] = []
    said: dict[str, Any] = {"fields": {}, "beside": (), "marks": {}}
    for claim in _CLAIM.finditer(inspect.cleandoc(kind.__doc__ or "")):
        said = _said(claim["text"], said)
        if "plan" not in said:
            raise ValueError(f"{kind.__name__} shows no places: {claim[0]}")
        if any(len(rows) != len(said["plan"]) for rows in said["marks"].values()) or len({*map(len, said["plan"])}) > 1:
            raise ValueError(f"{kind.__name__} does not say a word of each person: {claim[0]}")
        amount = claim["broken"] or claim["kept"] or "0"
        number = 0 if amount == "nothing" else int(amount.replace("−", "-"))
        found.append(Claim(kind.model_fields["kind"].default, claim[1].startswith("Kept"), number, **said))
    return tuple(found)


def _said(text: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the literals of a claim say, and what earlier ones said; the plan is always new."""
    said = {"fields": before["fields"], "beside": before["beside"], "marks": before["marks"]}
    beside: list[Mapping[str, Any]] = []
    for literal in _LITERAL.finditer(text):
        if ": " in literal["text"]:
            written = yaml.safe_load(f"{{{' '.join(literal['text'].split())}}}")
            beside += [written] if "kind" in written else []
            said |= {"fields": said["fields"] if "kind" in written else {**said["fields"], **written}}
        elif literal["word"] in MARKS:
            said["marks"] = {**said["marks"], literal["word"]: tuple(literal["text"].split())}
        elif _PLAN.match(literal["text"]) and "plan" not in said:
            said["plan"] = tuple(literal["text"].split())
        else:
            raise ValueError(f"neither fields nor facts nor the only plan: {literal[0].strip()}")
    return {**said, "beside": tuple(beside) or said["beside"]}


def document_of(claim: Claim, **fields: Any) -> dict[str, Any]:
    """The instance of a claim: its people and days, its facts, and its statement where the kind is written; `fields` are added to that."""
    people, days = LETTERS[: len(claim.plan)], len(claim.plan[0])
    units = claim.marks.get("units", ("u",) * len(people))
    teams = claim.marks.get("teams", ("",) * len(people))
    document: dict[str, Any] = {
        "horizon": {"start": MONDAY.format(day=FIRST), "end": MONDAY.format(day=FIRST + days - 1)},
        "calendars": {"office": {"holidays": "none"}},
        "units": [{"id": unit, "level": "bidang"} for unit in sorted({name for word in units for name in word.split("+")})],
        "staff": [_person(claim, k, *each) for k, each in enumerate(zip(people, units, teams, strict=True))],
        "rules": [],
        "goals": [],
        **_facts(claim, people),
    }
    written = [{**other, "id": f"{BESIDE}-{k}" if k else BESIDE} for k, other in enumerate(claim.beside)]
    kind = known()[claim.kind]
    written += [{**kind.example, **claim.fields, **fields, "id": IT, "kind": claim.kind}] if kind.public else []
    for statement in written:
        document["goals" if statement["kind"] in goal_kinds() else "rules"].append(statement)
    return {key: value for key, value in document.items() if value not in ([], {})}


def _person(claim: Claim, k: int, letter: str, unit: str, team: str) -> dict[str, Any]:
    first, _, second = unit.partition("+")
    bound = {word.replace("-", "_"): claim.marks[word][k] for word in ("home-only", "office-only") if word in claim.marks}
    return {"id": letter, "unit": first, **({"also": second} if second else {}), **({"team": team} if team else {}), **bound}


def _facts(claim: Claim, people: str) -> dict[str, Any]:
    """Sections of the facts that the words before literals name."""

    def marked(word: str, letters: str = "10a-") -> Iterator[tuple[str, str, str]]:
        for person, row in zip(people, claim.marks.get(word, ("",) * len(people)), strict=True):
            yield from ((person, MONDAY.format(day=FIRST + d), letter) for d, letter in enumerate(row) if letter in letters)

    def rows(word: str) -> list[dict[str, Any]]:
        return [{"staff_id": e, "date": date, "place": WORDS[letter]} for e, date, letter in marked(word)]

    required: dict[str, list[str]] = {}
    for e, date, _ in marked("required", "1"):
        required.setdefault(date, []).append(e)
    published = rows("published") + [{**row, "duty": f"own/{BESIDE}"} for row in rows("officers") if row["place"] == "office"]
    frozen = [date for _, date, _ in marked("frozen", "1")]
    return {
        "wishes": [{**row, "weight": 1} for row in rows("wishes")],
        "pins": [{**row, "reason": "janji"} for row in rows("pinned")],
        "absences": [{"staff_id": e, "from": date, "to": date, "reason": "cuti"} for e, date, _ in marked("away", "a")],
        "meetings": [{"id": f"m{k}", "date": date, "required": who} for k, (date, who) in enumerate(required.items())],
        "published": {"rows": published, **({"frozen_to": max(frozen)} if frozen else {})} if published else {},
    }


def cost_of(claim: Claim) -> int:
    """What the plan of a claim costs or misses in all: a broken one its amount more than the one kept."""
    if claim.kept:
        return claim.amount
    return next(other.amount for other in claims_of(known()[claim.kind]) if other.kept) + claim.amount


def instance_of(claim: Claim, **fields: Any) -> Instance:
    """The instance of a claim; `fields` are added to its statement."""
    return Instance.build(document_of(claim, **fields))


def schedule_of_claim(claim: Claim, instance: Instance) -> Schedule:
    """The places of a claim as they stand, and the officers that it names."""
    place = np.array([[PLACES[letter] for letter in row] for row in claim.plan], dtype=np.int8)
    named = claim.marks.get("named")
    duty = {} if named is None else {f"own/{BESIDE}": np.array([[letter == "1" for letter in row] for row in named])}
    unplanned = place == Place.NONE
    return Schedule(place, duty, unplanned=unplanned if unplanned.any() else None)


def statements_of(claim: Claim, instance: Instance) -> Sequence[Statement]:
    """The statements of an instance that a claim is about."""
    return [statement for statement in instance.view.statements if statement.kind == claim.kind]


CLAIMS = [claim for kind in known().values() for claim in claims_of(kind)]
"""Those of all kinds."""
