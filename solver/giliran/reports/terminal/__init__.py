"""Reports on a terminal: what was planned, how well, and what must be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from giliran.audit import BROKEN_SINCE, Audit
from giliran.domain.finding import Finding
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status
from giliran.instance import Instance
from giliran.messages import Lang, Said, Sentence, Whole
from giliran.reports.gaps import gap_lines
from giliran.reports.report import Report
from giliran.reports.summary import SHORTFALLS, facts_line, headline, holidays, status_lines, unplanned, verdict, verdict_of_audit
from giliran.reports.terminal.grid import grid
from giliran.reports.terminal.kinds import report_kind, report_kinds
from giliran.reports.terminal.letters import report_circular, report_circulars
from giliran.reports.terminal.limits import limits_section
from giliran.reports.terminal.replanned import replanned_section
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, GOOD, Screen
from giliran.reports.terminal.sections import changes_section, details_section, fairness_section, findings_section

if TYPE_CHECKING:
    from giliran.result import Result
    from giliran.whatif.replanned import Replanned

__all__ = ["report_audit", "report_circular", "report_circulars", "report_kind", "report_kinds", "report_replanned", "report_result"]

MOST_TOLD = 5
"""Sentences beside the status; the list of findings has all of them."""

_AUDIT = Sentence(en="Audit of a schedule", id="Pemeriksaan jadwal")
_FILES = Sentence(en="Written: {files}", id="Ditulis: {files}")
_SEE = Sentence(en="{shortfalls} (see the findings).", id="{shortfalls} (lihat catatan).")
_MORE = Sentence(en="… {count} more in the findings", id="… {count} lagi dalam catatan")
_STATUS_STYLE = {Status.OPTIMAL: GOOD, Status.FEASIBLE: COSTLY, Status.INFEASIBLE: BAD, Status.UNKNOWN: BAD}


def report_result(console: Console, result: Result, lang: Lang = "en", *, files: Sequence[str] = (), verbose: bool = False) -> None:
    """Print a result for people.

    Parameters
    ----------
    console
        Where to; its width is kept to, and a console that is no terminal gets no colours.
    result
        From `solve`.
    lang
        Language of the reader.
    files
        Files to which the result was written, to point at.
    verbose
        Also tiers, bounds, parts, seconds and versions.
    """
    screen, report = Screen(console, lang), Report.of(result)
    screen.print(_head(screen, report, result.seed))
    screen.print(_status(screen, result))
    screen.print(headlines(screen, report))
    screen.print(findings_section(screen, report) if result.unprepared else _body(screen, report, files[0] if files else ""))
    if verbose:
        screen.print(details_section(screen, result))
    if files:
        screen.print([Text(), *screen.wrapped(_FILES(files=Whole(", ".join(files))), indent="")])
    screen.print(_verdict(screen, *verdict(result)))


def report_replanned(
    console: Console, replanned: Replanned, lang: Lang = "en", *, files: Sequence[str] = (), verbose: bool = False
) -> None:
    """Print a plan that was planned again for people: what changes and why, and what must be told of the new plan.

    Parameters
    ----------
    replanned
        From `replan`; other parameters as of `report_result`.
    """
    screen, result = Screen(console, lang), replanned.result
    report = replace(Report.of(result), findings=_not_told_before(replanned))
    screen.print(_head(screen, report, result.seed))
    screen.print(replanned_section(screen, replanned))
    screen.print([Text(), *_status(screen, result)])
    screen.print(headlines(screen, report))
    screen.print(findings_section(screen, report))
    if verbose:
        screen.print(details_section(screen, result))
    if files:
        screen.print([Text(), *screen.wrapped(_FILES(files=Whole(", ".join(files))), indent="")])
    screen.print(_verdict(screen, *verdict(result)))


def _not_told_before(replanned: Replanned) -> list[Finding]:
    """The findings, without what the list of rules that the published plan does not keep has told."""
    told = {(finding.rule, finding.unit, finding.days, finding.people) for finding in replanned.outdated}
    return [
        finding
        for finding in replanned.result.findings
        if finding.said.sentence is not BROKEN_SINCE or (finding.rule, finding.unit, finding.days, finding.people) not in told
    ]


def report_audit(
    console: Console, instance: Instance, schedule: Schedule, audit: Audit, lang: Lang = "en", *, see: str = "", refuted: bool = False
) -> None:
    """Print the audit of a schedule for people.

    Parameters
    ----------
    see
        The file it came from.
    refuted
        Whether something that is claimed about the schedule does not hold; other parameters as of `report_result`.
    """
    screen, report = Screen(console, lang), Report.of_audit(instance, schedule, audit)
    screen.print(_head(screen, report))
    screen.print(screen.wrapped(_AUDIT(), indent=""))
    screen.print(_gaps(screen, report))
    screen.print(headlines(screen, report))
    screen.print(_body(screen, report, see))
    screen.print(_verdict(screen, *verdict_of_audit(report, refuted=refuted)))


def _head(screen: Screen, report: Report, seed: int | None = None) -> Iterator[Text]:
    facts = report.facts
    if facts.title:
        yield from screen.wrapped(facts.title, indent="", style=BOLD)
    yield from screen.wrapped(facts_line(facts, seed), indent="")
    if resting := holidays(facts):
        yield from screen.wrapped(resting, indent="")


def _status(screen: Screen, result: Result) -> Iterator[Text]:
    status, *stopped = status_lines(result)
    yield from screen.wrapped(status, indent="", style=_STATUS_STYLE[result.status])
    if left := unplanned(result):
        yield from screen.wrapped(left, indent="")
    for said in stopped:
        yield from screen.wrapped(said, indent="")


def _gaps(screen: Screen, report: Report) -> Iterator[Text]:
    for k, said in enumerate(gap_lines(report)):
        yield from screen.wrapped(said, indent="    " if k else "", first="  " if k else None, style=BAD)


def headlines(screen: Screen, report: Report) -> Iterator[Text]:
    """The number of shortfalls, then the sentences that stand beside the status."""
    head = headline(report.facts, report.findings)
    if head.shortfalls:
        yield from screen.wrapped(_SEE(shortfalls=SHORTFALLS(count=head.shortfalls)), indent="", style=COSTLY)
    listed = head.told if len(head.told) <= MOST_TOLD + 1 else head.told[:MOST_TOLD]
    for said in listed:
        yield from screen.wrapped(said, indent="    ", first="  ! ", style=COSTLY)
    if len(listed) < len(head.told):
        yield from screen.wrapped(_MORE(count=len(head.told) - len(listed)), indent="    ", style=COSTLY)


def _body(screen: Screen, report: Report, see: str) -> Iterator[Text]:
    yield from grid(screen, report, see)
    yield from changes_section(screen, report, see)
    yield from limits_section(screen, report)
    yield from fairness_section(screen, report)
    yield from findings_section(screen, report)


def _verdict(screen: Screen, said: Said, well: bool) -> Iterator[Text]:
    yield Text()
    yield from screen.wrapped(said, indent="", style=GOOD if well else BAD)
