"""Places that a planner pinned by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from giliran.domain.facts import Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.domain.schedule import Schedule
from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence, meant, plain
from giliran.program import ProgramBuilder
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.personal import each, name_of, outranked, place_text, spot
from giliran.rules.view import View

ELSEWHERE = Sentence(
    en="{person} is {place} on {day} but is pinned {pinned}",
    id="{person} {place} pada {day}, padahal {pinned} atas perintah pimpinan",
)
OVERTAKEN = Sentence(
    en="{person} is absent on {day}; the pin ({pinned}) has no effect",
    id="{person} tidak masuk pada {day}; perintah pimpinan ({pinned}) tidak berlaku",
)
PINNED = Sentence(en="{person}, {day}: pinned {pinned}", id="{person}, {day}: {pinned} atas perintah pimpinan")
WITH_REASON = Sentence(en="{said} (reason: {reason})", id="{said} (alasan: {reason})")
DESCRIBED = Sentence(en="Pinned places stay as they are: {number}.", id="Tempat kerja atas perintah pimpinan tidak diubah: {number}.")


UNKNOWN_DUTY = Sentence(
    en="'{text}', for which a pin names somebody, is not a duty rule here",
    id="'{text}', yang disebut dalam perintah pimpinan, bukan aturan piket yang berlaku di sini",
)


class Pins(Rule):
    """Places pinned by hand stay as they are.

    Notes
    -----
    Meaning: the person has the pinned place that day. A pin never makes a cell unfree: its office days are the person's burden as any
    other. Absent people, and home-only people pinned to the office, are skipped with a note. Who is pinned for a duty is pinned to the
    office, and is named before anybody else if that duty can name them; `duty_officers` tells where it cannot.
    Formula: ``x[i, d] = 1`` (office) or ``x[i, d] = 0`` (home, off).
    Source: the pins of the instance, with their reasons.

    Kept: Monday in the office, pinned `1..`, planned `100`.
    Broken by 1: `000`.
    """

    public: ClassVar[bool] = False
    kind: Literal["pins"] = "pins"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """In force where there are pins."""
        return [cls(id="facts/pins")] if (facts.pinned != Place.NONE).any() else []

    def problems(self, view: View) -> Iterator[Problem]:
        """Names for duties that are none."""
        rules = {duty.rule for duty in view.duties}
        for text in view.facts.pinned_duty:
            if text not in rules:
                where = view.facts.pinned_duty_at.get(text, Where(field="pins"))
                yield Problem(where, UNKNOWN_DUTY(text=text), meant(text, rules))

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Fixed cells, or where pins may be bent a charge for each that is elsewhere."""
        pinned, here = view.facts.pinned, view.facts.present
        office = (pinned == Place.OFFICE) & ~view.facts.home_only
        out.place(view.cost(self), office=office & here, away=((pinned == Place.HOME) | (pinned == Place.OFF)) & here)

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every pinned cell whose place is another, and pins that have no effect."""
        facts = view.facts
        for e, d in each(facts.pinned != Place.NONE):
            pinned, place = int(facts.pinned[e, d]), int(schedule.place[e, d])
            values = {"person": name_of(facts, e), "day": facts.dates[d], "pinned": place_text(pinned)}
            if facts.absent[e, d]:
                yield self.finding(Strength.NOTE, 1, OVERTAKEN(**values), **spot(facts, e, d))
            elif place == Place.NONE or (pinned == Place.OFFICE and facts.home_only[e, d]):
                continue
            elif (place == Place.OFFICE) != (pinned == Place.OFFICE):
                said = _with_reason(facts, e, d, ELSEWHERE(place=place_text(place), **values))
                yield self.finding(Strength.MUST, 1, said, **spot(facts, e, d))
        for number, said, where in outranked(facts, facts.pinned == Place.OFFICE):
            yield self.finding(Strength.NOTE, number, said, **where)

    def occurrence(self, view: View, group: int, day: int, person: int) -> Said:
        """One pin with its reason."""
        facts = view.facts
        if person < 0 or day < 0:
            return self.describe(view)
        pinned = place_text(facts.pinned[person, day])
        return _with_reason(facts, person, day, PINNED(person=name_of(facts, person), day=facts.dates[day], pinned=pinned))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED(number=int((view.facts.pinned != Place.NONE).sum()))


def _with_reason(facts: Facts, e: int, d: int, said: Said) -> Said:
    """A sentence with the reason of a pin, where one was given."""
    reason = facts.pin_reasons.get((e, d))
    return WITH_REASON(said=said, reason=plain(reason)) if reason else said
