"""Reports on a terminal: what was planned, how well, and what must be told."""

from __future__ import annotations

import datetime as dt
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
from giliran.reports.terminal.brief import brief, clipped
from giliran.reports.terminal.details import details_section
from giliran.reports.terminal.grid import grid
from giliran.reports.terminal.kinds import report_kind, report_kinds
from giliran.reports.terminal.letters import report_circular, report_circulars
from giliran.reports.terminal.limits import limits_section
from giliran.reports.terminal.replanned import replanned_section
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, GOOD, Screen
from giliran.reports.terminal.sections import broken_section, changes_section, fairness_section, findings_section

if TYPE_CHECKING:
    from giliran.result import Result
    from giliran.whatif.replanned import Replanned

__all__ = ["report_audit", "report_circular", "report_circulars", "report_kind", "report_kinds", "report_replanned", "report_result"]

MOST_GAPS = 3
"""Lines about days without a place above the plan."""

_AUDIT = Sentence(en="Audit of a schedule", id="Pemeriksaan jadwal")
_FILES = Sentence(en="Written: {files}", id="Ditulis: {files}")
_SEE = Sentence(en="{shortfalls} (see the findings).", id="{shortfalls} (lihat catatan).")
_STATUS_STYLE = {Status.OPTIMAL: GOOD, Status.FEASIBLE: COSTLY, Status.INFEASIBLE: BAD, Status.UNKNOWN: BAD}


def report_result(
    console: Console,
    result: Result,
    lang: Lang = "en",
    *,
    files: Sequence[str] = (),
    verbose: bool = False,
    whole: bool = False,
    today: dt.date | None = None,
) -> None:
    """Print a result for people: a few lines, what is not kept, and the plan where it is not large.

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
    whole
        Everybody, and every section: headcounts, fairness, changes, all findings.
    today
        From when on officers are named in the few lines; from the first day where it is None or the plan is not under way.
    """
    screen, report = Screen(console, lang), Report.of(result)
    end = [*_written(screen, files), *_verdict(screen, *verdict(result))]
    begun = [*_head(screen, report, result.seed if whole else None, whole=whole), *_status(screen, result)]
    _print(screen, report, begun, end, whole=whole, today=today)
    if not result.unprepared:
        screen.print(_body(screen, report, files, whole=whole))
    if whole:
        screen.print(findings_section(screen, report))
    if verbose:
        screen.print(details_section(screen, result))
    screen.print([Text(), *end])


def report_replanned(
    console: Console,
    replanned: Replanned,
    lang: Lang = "en",
    *,
    files: Sequence[str] = (),
    verbose: bool = False,
    whole: bool = False,
    today: dt.date | None = None,
) -> None:
    """Print a plan that was planned again for people: what changes and why, and what must be told of the new plan.

    Parameters
    ----------
    replanned
        From `replan`; other parameters as of `report_result`.
    """
    screen, result = Screen(console, lang), replanned.result
    report = replace(Report.of(result), findings=_not_told_before(replanned))
    end = [*_written(screen, files), *_verdict(screen, *verdict(result))]
    begun = [*_head(screen, report, result.seed if whole else None, whole=whole), *_status(screen, result)]
    _print(screen, report, begun, end, whole=whole, today=today)
    screen.print(replanned_section(screen, replanned, whole=whole))
    if whole:
        screen.print(grid(screen, report, "", whole=True))
        screen.print(findings_section(screen, report))
    if verbose:
        screen.print(details_section(screen, result))
    screen.print([Text(), *end])


def _not_told_before(replanned: Replanned) -> list[Finding]:
    """The findings, without what the list of rules that the published plan does not keep has told."""
    told = {(finding.rule, finding.unit, finding.days, finding.people) for finding in replanned.outdated}
    return [
        finding
        for finding in replanned.result.findings
        if finding.said.sentence is not BROKEN_SINCE or (finding.rule, finding.unit, finding.days, finding.people) not in told
    ]


def report_audit(
    console: Console,
    instance: Instance,
    schedule: Schedule,
    audit: Audit,
    lang: Lang = "en",
    *,
    see: str = "",
    refuted: bool = False,
    whole: bool = False,
    today: dt.date | None = None,
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
    end = list(_verdict(screen, *verdict_of_audit(report, refuted=refuted)))
    begun = [*_head(screen, report, whole=whole), *screen.wrapped(_AUDIT(), indent=""), *_gaps(screen, report, whole=whole)]
    _print(screen, report, begun, end, whole=whole, today=today)
    screen.print(_body(screen, report, [see] if see else [], whole=whole))
    if whole:
        screen.print(findings_section(screen, report))
    screen.print([Text(), *end])


def _print(screen: Screen, report: Report, begun: Sequence[Text], end: Sequence[Text], *, whole: bool, today: dt.date | None) -> None:
    """What stands above the plan: the few lines with what is not kept in full, or all that must not be overlooked."""
    if whole:
        screen.print([*begun, *headlines(screen, report)])
    else:
        screen.print(brief(screen, report, begun, len(end), today))
        screen.print(broken_section(screen, report))


def _head(screen: Screen, report: Report, seed: int | None = None, *, whole: bool) -> Iterator[Text]:
    facts = report.facts
    if facts.title:
        title = screen.wrapped(facts.title, indent="", style=BOLD)
        yield from title if whole else clipped(screen, title, 1)
    yield from screen.wrapped(facts_line(facts, seed), indent="")
    if resting := holidays(facts):
        days = screen.wrapped(resting, indent="")
        yield from days if whole else clipped(screen, days, 1)


def _status(screen: Screen, result: Result) -> Iterator[Text]:
    status, *stopped = status_lines(result)
    yield from screen.wrapped(status, indent="", style=_STATUS_STYLE[result.status])
    if left := unplanned(result):
        yield from screen.wrapped(left, indent="")
    for said in stopped:
        yield from screen.wrapped(said, indent="")


def _gaps(screen: Screen, report: Report, *, whole: bool) -> Iterator[Text]:
    lines = [
        line
        for k, said in enumerate(gap_lines(report))
        for line in screen.wrapped(said, indent="    " if k else "", first="  " if k else None, style=BAD)
    ]
    yield from lines if whole else clipped(screen, lines, MOST_GAPS)


def headlines(screen: Screen, report: Report) -> Iterator[Text]:
    """The number of shortfalls, then the sentences that stand beside the status."""
    head = headline(report.facts, report.findings)
    if head.shortfalls:
        yield from screen.wrapped(_SEE(shortfalls=SHORTFALLS(count=head.shortfalls)), indent="", style=COSTLY)
    for said in head.told:
        yield from screen.wrapped(said, indent="    ", first="  ! ", style=COSTLY)


def _body(screen: Screen, report: Report, files: Sequence[str], *, whole: bool) -> Iterator[Text]:
    """The plan and what it changes; with the `whole` headcounts and fairness too."""
    yield from grid(screen, report, files[0] if files else "", whole=whole)
    yield from changes_section(screen, report, files, whole=whole)
    if whole:
        yield from limits_section(screen, report)
        yield from fairness_section(screen, report)


def _written(screen: Screen, files: Sequence[str]) -> Iterator[Text]:
    if files:
        yield from screen.wrapped(_FILES(files=Whole(", ".join(files))), indent="")


def _verdict(screen: Screen, said: Said, well: bool) -> Iterator[Text]:
    yield from screen.wrapped(said, indent="", style=GOOD if well else BAD)
