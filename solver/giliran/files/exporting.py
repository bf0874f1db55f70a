"""Any schedule that was read, written in every format: the whole plan, one day of it, or a file for each unit of a level."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial as later
from pathlib import Path
from typing import Literal

from pydantic import Field

from giliran.audit import Audit, audit
from giliran.domain.changes import Changes, changes_of
from giliran.domain.facts import Facts
from giliran.domain.schedule import Schedule
from giliran.domain.selection import Model
from giliran.domain.units import NO_UNIT
from giliran.domain.words import Kind, canonical
from giliran.errors import Problem, Where
from giliran.files.calendars import are_there, calendar_contents, calendars_kept, calendars_told, check_calendars, with_cancelled
from giliran.files.formats import CALENDAR, FORMATS, PAGE
from giliran.files.keeping import is_strange
from giliran.files.rescuing import write_or_rescue
from giliran.files.writing import check_targets
from giliran.instance import Instance
from giliran.instance.naming import person_named
from giliran.instance.sources import over_sources
from giliran.messages import Said, Sentence, Whole, meant
from giliran.records.results import JsonFile
from giliran.records.sentences import Sentences
from giliran.reports.answer import Answer
from giliran.reports.gaps import GAPS
from giliran.reports.report import Report
from giliran.reports.scope import Scope, by_level
from giliran.reports.style import PlanStyle
from giliran.text.files import file_word
from giliran.text.opened import among, by_marks
from giliran.text.trying import CHOOSE_OTHER, refuse_all

ANSWER_S = 60.0
"""Seconds for the answer about one person; what is not known then is told as not known."""
MOST_TOLD = 10
"""Broken rules that are told one by one."""
_LONGEST = 60
"""Letters of the name of a unit in the name of a file."""
_UNNAMED = "unit"
"""What a unit is called there whose name has neither letters nor digits."""

_NO_LEVEL = Sentence(
    en="no unit has the level '{level}'; there are {known}",
    id="tidak ada unit kerja bertingkat '{level}'; yang ada: {known}",
)
_OVER_READ = Sentence(
    en="this would replace a plan that is read here, which stays as it is", id="ini akan menimpa jadwal yang dibaca di sini"
)
_NOT_OURS = Sentence(
    en="this file is there already and is no plan of giliran, so none is written over it",
    id="berkas ini sudah ada dan bukan jadwal dari giliran, jadi tidak ditimpa",
)
_NO_PAGE = Sentence(
    en="answers to why stand on a page, in a file ending in {ending}, and no such file is asked for",
    id="jawaban mengapa dimuat di halaman, yaitu berkas berakhiran {ending}, dan berkas itu tidak diminta",
)
_ASK_WHY = Sentence(en="Add -o plan.html, or ask giliran why.", id="Tambahkan -o plan.html, atau tanyakan dengan giliran why.")
_OTHERS = Sentence(en="others", id="lainnya")
_WRITTEN = Sentence(en="written: {file}", id="ditulis: {file}")
_BROKEN = Sentence(
    en="This plan breaks rules that must hold, at {count} {count:place|places}; it is written all the same, and the sheets say so.",
    id="Jadwal ini tidak memenuhi aturan wajib di {count} tempat; jadwal tetap ditulis, dan lembar-lembarnya menyebutkannya.",
)
_MORE = Sentence(
    en="and {count} more; giliran check {words} tells them all", id="dan {count} lagi; giliran check {words} menyebutkan semuanya"
)


@dataclass(frozen=True)
class Wanted:
    """What is to be written.

    Parameters
    ----------
    files
        Where to; with `per` each stands for a file for every unit, `plan.xlsx` for `plan-Dinas_Pangan.xlsx`.
    style
        How.
    per
        The level whose units get files of their own, or several with commas; empty for one file.
    day
        The only day; None for all.
    why
        Ids, NIPs or parts of names of people about whom `why` is asked; pages have the answers.
    calendars
        A folder for a calendar of each person; None for none.
    partial
        Whether calendars of a plan with gaps replace those that are there.
    """

    files: Sequence[Path]
    style: PlanStyle
    per: str = ""
    day: dt.date | None = None
    why: Sequence[str] = ()
    calendars: Path | None = None
    partial: bool = False


@dataclass(frozen=True)
class Exported:
    """What was written.

    Parameters
    ----------
    files
        In the order of the files that were asked for, then of the units.
    audit
        What the plan does to its rules.
    gaps
        Days of work without a place.
    folder, calendars
        The folder of calendars, and its files.
    kept
        The folder whose calendars stay as they are, because they may be of a plan without gaps and this one has some.
    """

    files: tuple[Path, ...]
    audit: Audit
    gaps: int
    folder: Path | None = None
    calendars: tuple[Path, ...] = ()
    kept: Path | None = None

    @property
    def clean(self) -> bool:
        """Whether every rule that must hold is kept, and everybody has a place."""
        return not self.audit.broken and not self.gaps

    def told(self, words: str) -> Iterator[Said]:
        """The same in sentences; `words` are the files that `giliran check` is asked about."""
        yield from (_WRITTEN(file=file) for file in self.files)
        if self.folder is not None:
            yield calendars_told(self.folder, len(self.calendars))
        if self.kept is not None:
            yield calendars_kept(self.kept)
        broken = self.audit.broken
        if broken:
            yield _BROKEN(count=len(broken))
            yield from (finding.said for finding in broken[:MOST_TOLD])
        if len(broken) > MOST_TOLD:
            yield _MORE(count=len(broken) - MOST_TOLD, words=Whole(words))
        if self.gaps:
            yield GAPS(count=self.gaps)


class BrokenRecord(Model):
    """A rule that must hold and does not."""

    rule: str
    sentences: Sentences


class ExportFile(JsonFile):
    """What `giliran export` wrote: the files, whether the plan keeps its rules, and where it does not.

    `calendars_kept` is the folder in which no calendar was written, because the plan has gaps and calendars are there.
    """

    schema_: Literal["giliran-export/1"] = Field(default="giliran-export/1", alias="schema")
    files: list[str]
    kept: bool
    gaps: int
    broken: list[BrokenRecord]
    calendars_kept: str | None = None

    @classmethod
    def of(cls, exported: Exported) -> ExportFile:
        """The file about what was written."""
        broken = [BrokenRecord(rule=finding.rule, sentences=Sentences.of(finding.said)) for finding in exported.audit.broken]
        files = [str(path) for path in (*exported.files, *exported.calendars)]
        kept = None if exported.kept is None else str(exported.kept)
        return cls(files=files, kept=not exported.audit.broken, gaps=exported.gaps, broken=broken, calendars_kept=kept)


def check_wanted(instance: Instance, wanted: Wanted, read: Sequence[Path]) -> None:
    """See that everything can be written before anything is.

    Parameters
    ----------
    read
        Files that plans were read from; none is written over.

    Raises
    ------
    InputError
        With every file of an unknown ending, that could not be written, or that would replace what is read or what is no plan of ours,
        and a level that no unit has.
    """
    check_targets(wanted.files, FORMATS)
    facts = instance.facts
    levels = dict.fromkeys(facts.units.level.known)
    unknown = [name for name in _levels(wanted.per) if name not in levels]
    refuse_all(Problem(Where(field="--per"), _NO_LEVEL(level=name, known=[*levels]), meant(name, levels)) for name in unknown)
    _asked(instance, wanted)
    targets = [path for path, _ in _parts(facts, wanted)]
    check_targets(targets, FORMATS)
    known = by_marks(read)
    over = [Problem(Where(str(path)), _OVER_READ(), CHOOSE_OTHER()) for path in targets if among(path, known) is not None]
    strange = [path for path in targets if is_strange(path, FORMATS[path.suffix.lower()].ours)]
    refuse_all([*over_sources(instance, targets), *over] or [Problem(Where(str(path)), _NOT_OURS(), CHOOSE_OTHER()) for path in strange])
    if wanted.calendars is not None:
        check_calendars(wanted.calendars, instance, read, targets)


def export_plan(
    instance: Instance,
    schedule: Schedule,
    wanted: Wanted,
    *,
    published: Schedule | None = None,
    read: Sequence[Path] = (),
    version: int = 1,
) -> Exported:
    """Write a schedule made anywhere, all files or none; one that breaks rules too, with what it breaks.

    Parameters
    ----------
    instance, schedule
        The plan.
    wanted
        Where and how.
    published
        What changes are told against; None for what the instance has published.
    read
        Files that plans were read from; none is written over.
    version
        Number of the plan.

    Raises
    ------
    InputError
        As `check_wanted`, before anything is written; or if a file cannot be written in the end: what was there before is unchanged.
    """
    check_wanted(instance, wanted, read)
    found = audit(instance, schedule)
    report = replace(Report.of_audit(instance, schedule, found), version=version, answers=_answers(instance, schedule, wanted))
    if published is not None:
        report = replace(report, changes=changes_against(instance.facts, published, schedule), before=published.place)
    contents: list[tuple[Path, Callable[[], str | bytes]]] = [
        (path, later(_written, path, replace(report, only=scope), wanted.style)) for path, scope in _parts(instance.facts, wanted)
    ]
    only = None if wanted.day is None else Scope.whole(instance.facts).on(instance.facts, wanted.day)
    calendars = [] if wanted.calendars is None else calendar_contents(replace(report, only=only), wanted.calendars, wanted.style)
    gaps, folder, kept = int(schedule.unplaced(instance.facts).sum()), wanted.calendars, None
    if gaps and not wanted.partial and are_there(calendars):
        folder, kept, calendars = None, wanted.calendars, []
    write_or_rescue([*contents, *calendars], wanted.style.lang)
    return Exported(tuple(path for path, _ in contents), found, gaps, folder, tuple(path for path, _ in calendars), kept)


def _written(path: Path, report: Report, style: PlanStyle) -> str | bytes:
    made = FORMATS[path.suffix.lower()].write(report, style)
    return with_cancelled(made, path, report.facts.dates) if isinstance(made, bytes) and path.suffix.lower() == CALENDAR else made


def changes_against(facts: Facts, before: Schedule, now: Schedule) -> Changes | None:
    """What one plan changes against another that was published."""
    duty = {rule: cells for rule, cells in before.duty.items() if cells.any()}
    return changes_of(replace(facts, published=before.place, published_duty=duty), now)


def _asked(instance: Instance, wanted: Wanted) -> list[int]:
    """Rows of the people who are asked about, each once; refused where no file would have the answers."""
    if wanted.why and not any(path.suffix.lower() == PAGE for path in wanted.files):
        refuse_all([Problem(Where(field="--why"), _NO_PAGE(ending=PAGE), _ASK_WHY())])
    return [*dict.fromkeys(person_named(instance.facts, name, Where(field="--why")) for name in wanted.why)]


def _answers(instance: Instance, schedule: Schedule, wanted: Wanted) -> tuple[Answer, ...]:
    people = _asked(instance, wanted)
    if not people:
        return ()
    from giliran.solving import SolveOptions  # the solver, 0.5 s: not before somebody asks
    from giliran.whatif.why import why
    from giliran.whatif.why_text import why_lines

    ids, options = instance.facts.staff.ids, SolveOptions(time_limit_s=ANSWER_S)
    told = [(e, why_lines(why(instance, schedule, ids[e], wanted.day, options=options))) for e in people]
    return tuple(Answer(e, tuple((line.step, line.said) for line in lines)) for e, lines in told)


def _parts(facts: Facts, wanted: Wanted) -> list[tuple[Path, Scope | None]]:
    """Every file, and what it is about; None for all of it."""
    whole = Scope.whole(facts)
    scope = whole if wanted.day is None else whole.on(facts, wanted.day)
    if not wanted.per:
        return [(path, None if scope.is_whole else scope) for path in wanted.files]
    units = list(by_level(facts, _levels(wanted.per)))
    names = _names(facts, [unit for unit, _ in units], wanted.style)
    return [
        (path.with_name(f"{path.stem}-{name}{path.suffix}"), scope.of(people))
        for path in wanted.files
        for name, (_, people) in zip(names, units, strict=True)
    ]


def _names(facts: Facts, units: Sequence[int], style: PlanStyle) -> list[str]:
    """Names of units as parts of names of files, which every system takes and which differ in more than capitals."""
    names = [_OTHERS().text(style.lang) if unit == NO_UNIT else file_word(facts.units.names[unit], _LONGEST) or _UNNAMED for unit in units]
    often, seen = Counter(map(str.casefold, names)), Counter[str]()
    found = []
    for name in names:
        seen[name.casefold()] += 1
        found.append(f"{name}_{seen[name.casefold()]}" if often[name.casefold()] > 1 else name)
    return found


def _levels(text: str) -> list[str]:
    return [canonical(Kind.LEVEL, part) for part in re.split("[,;]", text) if part.strip()]
