"""What goes over the wire: requests, read strictly, and answers, typed for the OpenAPI document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from giliran.domain.place import Place, Strength
from giliran.domain.selection import Date, Model
from giliran.errors import Problem
from giliran.files.standing import TierCostRecord, cost_records
from giliran.files.substitutes import SubstitutesFile
from giliran.files.why import WhyFile
from giliran.messages import Lang, Said, Sentence, plain
from giliran.records.results import FindingRecord
from giliran.records.sentences import Sentences
from giliran.reports.piket import duty_called
from giliran.rules.toolkit.personal import place_text
from giliran.service.desk import Effect, Phase, Saved, Seen
from giliran.service.jobs import Ending, Job, Kind
from giliran.service.limits import MOST_CELLS, MOST_DUTIES, MOST_FINDINGS
from giliran.service.problems import Problems
from giliran.service.records import Id
from giliran.service.states import places_of
from giliran.whatif.costs import changes_text, price_text
from giliran.whatif.telling import Line

_OTHERWISE = Sentence(en="Apart from that: {changes}.", id="Selain itu: {changes}.")
_COST = Sentence(en="Beside the plan before: {price}.", id="Dibanding jadwal semula: {price}.")

Version = Annotated[StrictInt, Field(ge=0)]
"""Number of the plan that a page shows; a change of another one is stale."""


class CellWanted(Model):
    """One person and day as they are to be; what is None stays. `rest` is at home, on call days off."""

    staff_id: Id
    date: Date
    place: Literal["office", "home", "off", "rest"] | None = None
    duty: Annotated[list[Id], Field(max_length=MOST_DUTIES)] | None = None


class ChangeRequest(Model):
    """Cells to be changed together, of the plan that the page shows."""

    version: Version
    cells: Annotated[list[CellWanted], Field(min_length=1, max_length=MOST_CELLS)]


class VersionRequest(Model):
    """The plan that the page shows."""

    version: Version


class JobRequest(Model):
    """A plan to be made: `replan` with the fewest changes, keeping what was set by hand, or `solve` from nothing."""

    version: Version
    kind: Kind = Kind.REPLAN


class CellState(Model):
    """A cell as it is: `place` None where it has none, and the duty rules that name the person."""

    staff_id: str
    date: dt.date
    place: Literal["office", "home", "absent", "off"] | None
    duty: list[str]
    by_hand: bool


class FindingCounts(Model):
    """How many findings there are: rules that must hold and are broken, that should hold and are not, and notes."""

    must: int
    should: int
    note: int


class JobState(Model):
    """A job: how it stands, how many parts of its search are done, and what must be said of its end."""

    number: int
    kind: Kind
    state: Ending
    done: int
    total: int
    seconds: float
    told: list[Sentences]
    problems: list[Sentences]

    @classmethod
    def of(cls, job: Job) -> JobState:
        """The record of a job."""
        progress = job.progress
        return cls(
            number=job.number,
            kind=job.kind,
            state=job.ending,
            done=progress.done if progress else 0,
            total=progress.total if progress else 0,
            seconds=progress.seconds if progress else 0.0,
            told=[Sentences.of(said) for said in job.told],
            problems=[problem_sentences(problem) for problem in job.problems],
        )


class StateAnswer(Model):
    """The plan as it is.

    Parameters
    ----------
    version
        Its number; every change must name it.
    phase
        `ready` takes changes, `planning` has a job at work, `stuck` can no longer keep changes, `closed` is being ended.
    counts, findings, more
        The full audit: its findings by number, the first ones, and how many more there are.
    tiers
        What every tier costs.
    by_hand
        Cells whose place was set by hand.
    """

    version: int
    phase: Phase
    can_undo: bool
    job: JobState | None
    counts: FindingCounts
    findings: list[FindingRecord]
    more: int
    tiers: dict[str, int]
    by_hand: list[CellState]


class ChangeAnswer(Model):
    """What a change did.

    Parameters
    ----------
    cells
        Every cell that is another now.
    broken, mended
        Findings of rules that must hold: those that there were not before, and how many are no more.
    price, costs
        What it costs, in a sentence and tier by tier.
    state
        The plan as it is now.
    """

    cells: list[CellState]
    broken: list[Sentences]
    mended: int
    price: Sentences
    costs: list[TierCostRecord]
    state: StateAnswer

    @classmethod
    def of(cls, effect: Effect, state: StateAnswer) -> ChangeAnswer:
        """The record of an effect."""
        return cls(
            cells=changed_cells(effect),
            broken=[Sentences.of(finding.said) for finding in effect.broken[:MOST_FINDINGS]],
            mended=effect.mended,
            price=Sentences.of(_price(effect)),
            costs=cost_records(effect.costs),
            state=state,
        )


class PlaceChoice(Model):
    """A place that can be set, and its word."""

    place: Literal["office", "home", "off"]
    said: Sentences


class DutyChoice(Model):
    """A duty rule that names a person on a day, or can."""

    rule: str
    named: bool
    said: Sentences


class CellAnswer(Model):
    """What can be set for a person on a day; nothing on days off, and where the person is away."""

    version: int
    place: Literal["office", "home", "absent", "off"] | None
    places: list[PlaceChoice]
    duties: list[DutyChoice]

    @classmethod
    def of(cls, seen: Seen, person: int, day: int) -> CellAnswer:
        """The record of a cell."""
        view, state = seen.instance.view, cell_state(seen, person, day)
        allowed = places_of(view.facts, person, day)
        can = [duty.rule for duty in view.duties if bool((duty.open[:, day] & (duty.person == person)).any())] if allowed else []
        rules = dict.fromkeys([*state.duty, *can])
        return cls(
            version=seen.state.version,
            place=state.place,
            places=[PlaceChoice.model_validate({"place": each.word, "said": Sentences.of(place_text(each))}) for each in allowed],
            duties=[DutyChoice(rule=rule, named=rule in state.duty, said=Sentences.of(plain(duty_called(view, rule)))) for rule in rules],
        )


class PageAnswer(Model):
    """What the page draws anew of a plan: keys of its record, as `giliran-page/1` has them."""

    version: int
    page: dict[str, Any]


class PhaseAnswer(Model):
    """What the desk is at, without the plan."""

    version: int
    phase: Phase
    job: JobState | None


class LineRecord(Model):
    """A line of an answer, so many steps to the right."""

    step: int
    sentences: Sentences


class WhyAnswer(Model):
    """Why somebody is where the plan has them: as `giliran why` says it, and for programs."""

    version: int
    lines: list[LineRecord]
    why: WhyFile


class SubstitutesAnswer(Model):
    """Who could stand in: as `giliran substitutes` says it, and for programs."""

    version: int
    lines: list[LineRecord]
    substitutes: SubstitutesFile


class SavedAnswer(Model):
    """A workbook: its name beside the input, whether the plan keeps its rules, and days of work without a place."""

    version: int
    file: str
    kept: bool
    broken: int
    gaps: int

    @classmethod
    def of(cls, saved: Saved) -> SavedAnswer:
        """The record of a workbook."""
        broken = len(saved.exported.audit.broken)
        return cls(
            version=saved.seen.state.version, file=saved.path.name, kept=saved.exported.clean, broken=broken, gaps=saved.exported.gaps
        )


class StaleAnswer(Problems):
    """Why a request is not carried out, with the plan as it is where the request was about an older one."""

    state: StateAnswer | None = None


def state_answer(seen: Seen, lang: Lang) -> StateAnswer:
    """The record of the plan at hand."""
    facts, findings = seen.instance.facts, seen.audit.findings
    counts = {strength.value: sum(finding.strength is strength for finding in findings) for strength in Strength}
    hand = seen.state.by_hand
    return StateAnswer(
        version=seen.state.version,
        phase=seen.phase,
        can_undo=seen.can_undo,
        job=None if seen.job is None else JobState.of(seen.job),
        counts=FindingCounts.model_validate(counts),
        findings=[FindingRecord.of(finding, facts, lang) for finding in findings[:MOST_FINDINGS]],
        more=max(len(findings) - MOST_FINDINGS, 0),
        tiers=dict(seen.audit.tiers),
        by_hand=[cell_state(seen, e, d) for e, d in zip(*(axis.tolist() for axis in hand.nonzero()), strict=True)],
    )


def _price(effect: Effect) -> Said:
    """What a change costs; of one that breaks a rule nobody says that it is better."""
    return _OTHERWISE(changes=changes_text(effect.costs)) if effect.broken else _COST(price=price_text(effect.costs))


def cell_state(seen: Seen, person: int, day: int) -> CellState:
    """The record of a cell."""
    facts, plan = seen.instance.facts, seen.state.plan
    place = Place(int(plan.place[person, day]))
    return CellState.model_validate(
        {
            "staff_id": facts.staff.ids[person],
            "date": facts.dates[day],
            "place": None if place is Place.NONE else place.word,
            "duty": [rule for rule, part in sorted(plan.named.parts.items()) if person * facts.num_days + day in part.columns],
            "by_hand": bool(seen.state.by_hand[person, day]),
        }
    )


def changed_cells(effect: Effect) -> list[CellState]:
    """Every cell in which two plans differ, in place or in names for duty."""
    before, after = effect.before.state.plan, effect.after.state.plan
    differs = before.place != after.place
    for rule in {*before.duty, *after.duty}:
        old, new = before.duty.get(rule), after.duty.get(rule)
        differs = differs | ((old != new) if old is not None and new is not None else (old if new is None else new))
    return [cell_state(effect.after, e, d) for e, d in zip(*(axis.tolist() for axis in differs.nonzero()), strict=True)]


def line_records(lines: Iterable[Line]) -> list[LineRecord]:
    """Lines for people in both languages."""
    return [LineRecord(step=line.step, sentences=Sentences.of(line.said)) for line in lines]


def problem_sentences(problem: Problem) -> Sentences:
    """A problem with its place and advice, in both languages."""
    return Sentences(en=problem.text("en"), id=problem.text("id"))
