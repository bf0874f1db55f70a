"""Absent people are absent, present people have a place, and nobody has one on a day off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

import numpy as np

from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import DayKind, Place, Strength
from giliran.domain.schedule import Schedule
from giliran.messages import Said, Sentence
from giliran.program import ProgramBuilder
from giliran.rules.base import Rule, Statement
from giliran.rules.toolkit.personal import each, name_of, place_text, spot
from giliran.rules.view import View

NOT_THERE = Sentence(
    en="{person} is absent on {day} ({reason}) but stands as {place}",
    id="{person} tidak masuk pada {day} ({reason}), tetapi tercatat {place}",
)
THERE = Sentence(
    en="{person} works on {day} but stands as absent; no leave is known",
    id="{person} bekerja pada {day}, tetapi tercatat tidak masuk; tidak ada keterangan cuti atau izin",
)
DAY_OFF = Sentence(
    en="{person} does not work on {day} but stands as {place}",
    id="{person} tidak bekerja pada {day}, tetapi tercatat {place}",
)
CALL_DAY = Sentence(
    en="{person} stands as at home on {day}; on a call day one is in the office or off",
    id="{person} tercatat WFH pada {day}; pada hari piket di luar hari kerja hanya ada WFO atau libur",
)
WORKING_DAY = Sentence(
    en="{person} stands as off on {day}, which is a working day",
    id="{person} tercatat libur pada {day}, padahal hari kerja",
)
NO_PLACE = Sentence(
    en="no place is given for {person} on {day}",
    id="tempat kerja {person} pada {day} tidak diisi",
)
DESCRIBED = Sentence(
    en="Everybody who works that day is in the office or at home (on a call day in the office or off); absent people are absent.",
    id="Setiap pegawai yang bekerja hari itu WFO atau WFH (pada hari piket di luar hari kerja WFO atau libur); yang tidak masuk "
    "tercatat tidak masuk.",
)


class Presence(Rule):
    """Absent people are absent, present people have a place, and nobody works on a day off.

    Notes
    -----
    Meaning: an absent person is neither in the office nor at home; a present one is in the office or at home, on a call day in the
    office or off. Cells that a result left out on purpose (`Schedule.unplanned`) are skipped.
    Formula: none; only cells of present people are decided.
    Source: the absences and calendars of the instance.

    Kept: on leave on Tuesday, away `.a.`, planned `1a0`.
    Broken by 1: `110`.
    """

    public: ClassVar[bool] = False
    kind: Literal["presence"] = "presence"

    @classmethod
    def implied(cls, facts: Facts, written: Sequence[Statement]) -> list[Statement]:
        """Always in force."""
        return [cls(id="facts/absences")]

    @property
    def binds_the_past(self) -> bool:
        """Present people have a place on frozen days too; who turned out to be absent is told of."""
        return True

    def compile(self, view: View, out: ProgramBuilder) -> None:
        """Nothing: only cells of present people are decided."""

    def audit(self, view: View, schedule: Schedule) -> Iterator[Finding]:
        """Every cell whose place cannot be true, and every present cell without one."""
        facts = view.facts
        for sentence, cells in _offences(facts, schedule):
            for e, d in each(cells):
                said = sentence(
                    person=name_of(facts, e), day=facts.dates[d], place=place_text(schedule.place[e, d]), reason=_reason(facts, e, d)
                )
                yield self.finding(Strength.MUST, 1, said, **spot(facts, e, d))

    def describe(self, view: View) -> Said:
        """The rule in one sentence."""
        return DESCRIBED()


def _offences(facts: Facts, schedule: Schedule) -> Iterator[tuple[Sentence, Cells]]:
    place = schedule.place
    at_work = (place == Place.OFFICE) | (place == Place.HOME)
    call = facts.kind == DayKind.CALL
    left_out = np.zeros(facts.shape, dtype=np.bool_) if schedule.unplanned is None else schedule.unplanned
    yield NOT_THERE, facts.has_cell & facts.absent & (at_work | (place == Place.OFF))
    yield THERE, facts.present & (place == Place.ABSENT)
    # "absent" or "off" on somebody's day off says nothing untrue: hand-made tables often fill weekends that way.
    yield DAY_OFF, ~facts.has_cell & at_work
    yield CALL_DAY, facts.present & call & (place == Place.HOME)
    yield WORKING_DAY, facts.present & ~call & (place == Place.OFF)
    yield NO_PLACE, facts.present & (place == Place.NONE) & ~left_out


def _reason(facts: Facts, e: int, d: int) -> str:
    code = int(facts.reason[e, d])
    return facts.absence_reasons[code] if code >= 0 else "–"
