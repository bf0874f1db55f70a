"""What a solve gives back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from giliran.bending import Bends
from giliran.binding import Binding, bindings
from giliran.certificate.file import CertificateFile
from giliran.chosen import Chosen, DutyNames, MeetingDays, Team, chosen_by
from giliran.costing import StatementCost, statement_costs
from giliran.domain.changes import Changes, changes_of
from giliran.domain.finding import Finding
from giliran.domain.schedule import Schedule
from giliran.domain.sealing import TRANSIENT, Sealed
from giliran.domain.status import Status, Stopped
from giliran.engine.base.memory import Memory
from giliran.engine.base.outcome import PartResult, TierResult
from giliran.errors import InfeasibleError, InputError, Problem, UndecidedError, Where
from giliran.instance import Instance
from giliran.messages import LANGUAGES, Lang, Sentence, found_text, plain
from giliran.reports.markup import result_html
from giliran.reports.summary import summary_lines, tiers_text
from giliran.rules.answers import Fairness
from giliran.text.frames import FrameKind, frame_of

_NO_LANG = Sentence(en="found {found}; expected one of {known}", id="ditemukan {found}; yang diharapkan salah satu dari {known}")
_NO_CERTIFICATE = Sentence(en="found {found}; expected a certificate", id="ditemukan {found}; yang diharapkan sertifikat")
NO_PLAN = Sentence(en="no plan keeps every rule: {why}", id="tidak ada jadwal yang memenuhi semua aturan: {why}")
NO_PLAN_YET = {
    Stopped.TIME_LIMIT: Sentence(
        en="time ran out before everybody had a plan; nothing is known about the rest",
        id="waktu habis sebelum semua pegawai mendapat jadwal; sisanya belum diketahui",
    ),
    Stopped.CANCELLED: Sentence(
        en="the search was interrupted before everybody had a plan; nothing is known about the rest",
        id="pencarian dihentikan sebelum semua pegawai mendapat jadwal; sisanya belum diketahui",
    ),
    Stopped.CRASHED: Sentence(
        en="worker processes were ended by the system before everybody had a plan, most likely for lack of memory; nothing is known "
        "about the rest",
        id="proses pekerja diakhiri oleh sistem sebelum semua pegawai mendapat jadwal, kemungkinan besar karena memori tidak cukup; "
        "sisanya belum diketahui",
    ),
}
"""Why some part has no plan, by what ended the search."""


@dataclass(frozen=True, eq=False, repr=False)
class Result(Sealed):
    """A plan with its proof, or the proof that there is none.

    `print(result)` tells it in six lines, a notebook shows the plan too; `giliran.reports` has everything, as tables and printed.

    Parameters
    ----------
    instance
        What was solved.
    status, stopped
        How it ended, and what ended it early.
    schedule
        Places of all cells; cells of parts without a plan have none.
    tiers
        Values and bounds, most important first; empty when nothing is planned.
    findings
        The audit's findings, and for infeasible parts the clash in a sentence.
    fairness
        Burdens and fair shares.
    parts
        What was solved alone.
    seconds
        Wall time per stage.
    reproducible
        The same files, seed, options and version give the same bytes.
    seed, workers
        As used.
    versions
        Versions of giliran, Python and the packages that matter.
    memory
        What was proven about each part, for `solve(…, start=result)`; pickles leave it out.
    version
        Number of the plan: 1, and one more each time that it is planned again.
    bends
        How far the plan bends what must hold, of a run with `anyway` where no plan keeps every rule; None elsewhere. `tiers` and `parts`
        are then about plans that bend no more.
    """

    instance: Instance
    status: Status
    stopped: Stopped | None
    schedule: Schedule
    tiers: tuple[TierResult, ...]
    findings: tuple[Finding, ...]
    fairness: tuple[Fairness, ...]
    parts: tuple[PartResult, ...]
    seconds: Mapping[str, float]
    reproducible: bool
    seed: int
    workers: int
    versions: Mapping[str, str]
    memory: Memory | None = field(default=None, repr=False, metadata=TRANSIENT)
    version: int = 1
    bends: Bends | None = None

    @property
    def unprepared(self) -> bool:
        """Whether the time limit ended before the search began: there is no plan for anybody, and nothing was audited."""
        return self.status is Status.UNKNOWN and not self.parts

    def __str__(self) -> str:
        """Six lines: title, size and seed, status, who has no plan, findings by number, tiers."""
        return "\n".join(line.text() for line in summary_lines(self))

    def __repr__(self) -> str:
        """One line: status, size, period and tiers."""
        dates = self.instance.facts.dates
        period = f"{self.instance.facts.num_people} people, {dates[0]} to {dates[-1]}"
        return f"<Result {self.status.value}: {period}; {tiers_text(self.tiers) if self.tiers else 'no plan for everybody'}>"

    def _repr_html_(self) -> str:
        """The six lines and the plan, for notebooks."""
        return result_html(self)

    @cached_property
    def changes(self) -> Changes | None:
        """What the schedule changes against the published plan; None where nothing inside the horizon was published."""
        return changes_of(self.instance.facts, self.schedule)

    @cached_property
    def chosen(self) -> Chosen:
        """What the schedule chooses besides places."""
        return chosen_by(self.instance.view, self.schedule)

    @property
    def meetings(self) -> tuple[MeetingDays, ...]:
        """Every meeting with its days, chosen or given."""
        return self.chosen.meetings

    @property
    def teams(self) -> tuple[Team, ...]:
        """Teams that the plan formed, with their people."""
        return self.chosen.teams

    @property
    def duty(self) -> tuple[DutyNames, ...]:
        """Who is named for which duty, by rule, day and unit."""
        return self.chosen.duty

    def binding(self, free: int | None = 0) -> tuple[Binding, ...]:
        """Limits and needs that bind: the plan has as many people in the office, or at home, as they allow or ask for.

        Tight is not the same as costly: `giliran.price` solves again with other numbers.

        Parameters
        ----------
        free
            Also limits from which the plan is so many people away; every limit when None.
        """
        return bindings(self.instance.view, self.schedule, free)

    def costs(self) -> tuple[StatementCost, ...]:
        """What every rule and goal costs in every tier, most important tier first; they add up to the values of `tiers`."""
        return statement_costs(self.instance.view, self.schedule, self.findings) if self.tiers else ()

    def to_frame(self, kind: FrameKind = "pandas") -> Any:
        """The plan as a frame, for which `pip install 'giliran[frames]'` is needed: a row per person and day that has a place,
        or is left out because it could not be planned ("unplanned").

        Parameters
        ----------
        kind
            The library: "pandas", "polars" or "pyarrow".

        Returns
        -------
        frame
            Columns `staff_id`, `name`, `unit` (its id), `date`, `place`, and `duty` and `team` where there are any, joined by ";". What
            `Schedule.from_rows` reads.

        Raises
        ------
        InputError
            If the library, or narwhals, is not installed.
        """
        from giliran.records.frames import plan_columns

        return frame_of(plan_columns(self), kind)

    def fairness_frame(self, kind: FrameKind = "pandas") -> Any:
        """Who gave how much, as a frame: a row per goal and person with days that count; see `to_frame`.

        Returns
        -------
        frame
            Columns `goal`, `account`, `staff_id`, `name`, and in days `days`, `share` (the fair one), `balance` (before the period) and
            `difference` (days + balance - share).
        """
        from giliran.records.frames import fairness_columns

        return frame_of(fairness_columns(self), kind)

    def findings_frame(self, kind: FrameKind = "pandas", lang: Lang = "en") -> Any:
        """Findings as a frame, broken rules first; see `to_frame`.

        Returns
        -------
        frame
            Columns `rule`, `kind`, `strength` ("must", "should", "note"), `unit` (id, empty for none), `days` and `people` (dates and ids
            joined by ";"), `amount`, `tier`, `cost`, and `sentence` in `lang`.
        """
        from giliran.records.frames import finding_columns

        _check_told(lang)
        return frame_of(finding_columns(self, lang), kind)

    def to_dict(self, lang: Lang = "en", certificate: CertificateFile | None = None) -> dict[str, Any]:
        """Everything about it as plain data, as `giliran.export` writes it to a `.json` file (`giliran.json_schema("result")`).

        Parameters
        ----------
        lang
            Language of the sentences; all of them stand there in every language too.
        certificate
            From `giliran.make_certificate`, to stand in it.

        Raises
        ------
        InputError
            If an argument is something else.
        """
        data: dict[str, Any] = json.loads(self.to_json(lang, certificate))
        return data

    def to_json(self, lang: Lang = "en", certificate: CertificateFile | None = None) -> str:
        """The same as text: the content of the `.json` file."""
        from giliran.records.results import ResultFile  # models of records, 0.1 s: not before they are needed

        _check_told(lang, certificate)
        return ResultFile.of(self, lang, certificate).text()

    def require(self) -> Schedule:
        """The schedule of the whole instance.

        Raises
        ------
        InfeasibleError
            If some part was proved to have no plan.
        UndecidedError
            If some part has no plan yet, because time or memory ran out or the search was interrupted.
        """
        if self.status is Status.INFEASIBLE:
            first = next((finding.said for finding in self.findings if finding.amount), plain(""))
            raise InfeasibleError(NO_PLAN(why=first))
        if self.status is Status.UNKNOWN:
            raise UndecidedError(NO_PLAN_YET[self.stopped or Stopped.TIME_LIMIT]())
        return self.schedule


def _check_told(lang: object, certificate: object = None) -> None:
    """See that a language is one, and a certificate, where one is given; raises `InputError`."""
    problems = []
    if lang not in LANGUAGES:
        problems.append(Problem(Where(field="lang"), _NO_LANG(found=found_text(lang), known=", ".join(LANGUAGES))))
    if not isinstance(certificate, CertificateFile | None):
        problems.append(Problem(Where(field="certificate"), _NO_CERTIFICATE(found=found_text(certificate))))
    if problems:
        raise InputError(problems)
