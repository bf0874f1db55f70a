"""The JSON file of a plan that was planned again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from giliran.domain.changes import NameChange, PlaceChange
from giliran.domain.facts import Facts
from giliran.domain.selection import Model
from giliran.messages import Lang
from giliran.records.results import FindingRecord, JsonFile, ResultFile
from giliran.records.sentences import Sentences
from giliran.reports.replanned import change_lines
from giliran.whatif.causes import CausedChange
from giliran.whatif.orders import Order
from giliran.whatif.replanned import Fewest, Replanned

REPLAN_SCHEMA: Literal["giliran-replan/1"] = "giliran-replan/1"


class FewestRecord(Model):
    """A number of changes; no plan that is as good in the tiers before has fewer than `bound`, null where nothing is known of fewer."""

    value: int
    bound: int | None
    proven: bool

    @classmethod
    def of(cls, fewest: Fewest) -> FewestRecord:
        """The record of a number."""
        return cls(value=fewest.value, bound=fewest.bound, proven=fewest.proven)


class OrderRecord(Model):
    """What happened or was decided since the plan was published; `about` is a reason of absence, a place, or a duty rule."""

    kind: Literal["away", "back", "place", "duty"]
    staff_id: str
    days: list[dt.date]
    about: str
    reason: str
    sentences: Sentences

    @classmethod
    def of(cls, order: Order, facts: Facts) -> OrderRecord:
        """The record of an order."""
        return cls(
            kind=order.kind.value,
            staff_id=facts.staff.ids[order.person],
            days=[facts.dates[d] for d in order.days],
            about=order.about,
            reason=order.reason,
            sentences=Sentences.of(order.said(facts)),
        )


class ChangeRecord(Model):
    """One change: a place (`office`, `home`, `off`, `absent`), or with `duty` whether the person is `named` for that rule or `not_named`.

    `orders` are numbers of orders that it goes back to, from 0; `rules` those that the published plan would break if it stayed.
    """

    staff_id: str
    date: dt.date
    duty: str | None
    was: Literal["office", "home", "off", "absent", "named", "not_named"]
    becomes: Literal["office", "home", "off", "absent", "named", "not_named"]
    orders: list[int]
    rules: list[str]
    sentences: Sentences

    @classmethod
    def of(cls, change: CausedChange, orders: Sequence[Order], facts: Facts) -> ChangeRecord:
        """The record of a change."""
        what = change.what
        record: dict[str, Any] = {
            "staff_id": facts.staff.ids[what.person],
            "date": facts.dates[what.day],
            **_sides(what),
            "orders": [k for k, order in enumerate(orders) if any(order is other for other in change.orders)],
            "rules": [*dict.fromkeys(finding.rule for finding in change.findings)],
            "sentences": Sentences.of(change.because),
        }
        return cls.model_validate(record)


def _sides(what: PlaceChange | NameChange) -> dict[str, Any]:
    """What it is about, before and now."""
    if isinstance(what, PlaceChange):
        return {"duty": None, "was": what.was.word, "becomes": what.becomes.word}
    was, becomes = ("named" if named else "not_named" for named in (what.was, what.becomes))
    return {"duty": what.rule, "was": was, "becomes": becomes}


class ReplanFile(JsonFile):
    """A published plan, planned again.

    Parameters
    ----------
    version, replaces
        Number of the new plan, and of the one that it replaces.
    changed_days, changed_people
        Of people who are there; absences are no changes of the plan.
    changed_names
        Names for duty that change.
    orders, changes
        What is new, and what changes because of it, absences among it.
    outdated
        Rules of today that the published plan does not keep, whatever was ordered.
    told
        The same in sentences.
    result
        The new plan with everything about it; left out where the list of changes alone was asked for.
    """

    schema_: Literal["giliran-replan/1"] = Field(default=REPLAN_SCHEMA, alias="schema")
    title: str
    version: int
    replaces: int
    changed_days: FewestRecord
    changed_people: FewestRecord
    changed_names: int
    told: list[Sentences]
    orders: list[OrderRecord]
    changes: list[ChangeRecord]
    outdated: list[FindingRecord]
    result: ResultFile | None = None

    @classmethod
    def of(cls, replanned: Replanned, lang: Lang = "en", *, whole: bool = True) -> ReplanFile:
        """The file of a plan; its result is left out where it is not `whole`."""
        result, facts = replanned.result, replanned.result.instance.facts
        return cls(
            title=facts.title,
            version=replanned.version,
            replaces=replanned.replaces,
            changed_days=FewestRecord.of(replanned.days),
            changed_people=FewestRecord.of(replanned.people),
            changed_names=replanned.names,
            told=[Sentences.of(said) for said in (*change_lines(replanned), *replanned.notes)],
            orders=[OrderRecord.of(order, facts) for order in replanned.orders],
            changes=[ChangeRecord.of(change, replanned.orders, facts) for change in replanned.changes],
            outdated=[FindingRecord.of(finding, facts, lang) for finding in replanned.outdated],
            result=ResultFile.of(result, lang) if whole else None,
        )

    def _written(self) -> dict[str, Any]:
        data = super()._written()
        if self.result is None:
            del data["result"]
        return data
