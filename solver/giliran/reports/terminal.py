"""The whole report on a terminal: what was planned, how well, and what must be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from giliran.audit import Audit
from giliran.domain.place import Strength
from giliran.domain.schedule import Schedule
from giliran.domain.status import Status, Stopped
from giliran.instance import Instance
from giliran.messages import Lang, Sentence, Whole
from giliran.reports.changes import changes
from giliran.reports.details import details
from giliran.reports.gaps import gaps
from giliran.reports.grid import grid
from giliran.reports.headcounts import limits
from giliran.reports.headline import headlines
from giliran.reports.holidays import holidays
from giliran.reports.lines import BAD, BOLD, COSTLY, GOOD, print_lines
from giliran.reports.page import Page, period
from giliran.reports.sharing import fairness
from giliran.reports.telling import findings
from giliran.result import Result

_FACTS = Sentence(en="{period} · people {people} · units {units}", id="{period} · pegawai {people} · unit {units}")
_SEED = Sentence(en="{facts} · seed {seed}", id="{facts} · kunci undian {seed}")
_FILES = Sentence(en="Written: {files}", id="Ditulis: {files}")

STATUS_WORDS = {
    Status.OPTIMAL: Sentence(
        en="Proven best: no plan under these rules is better.", id="Terbukti terbaik: tidak ada jadwal yang lebih baik menurut aturan ini."
    ),
    Status.FEASIBLE: Sentence(
        en="A plan that keeps every rule; not proven best yet.", id="Jadwal memenuhi semua aturan; belum terbukti terbaik."
    ),
    Status.INFEASIBLE: Sentence(
        en="Impossible: for some people no plan keeps every rule. Everybody else is planned.",
        id="Mustahil: bagi sebagian pegawai tidak ada jadwal yang memenuhi semua aturan. Pegawai lain tetap dijadwalkan.",
    ),
    Status.UNKNOWN: Sentence(
        en="Time ran out, no plan yet for some people: nothing is proven about them.",
        id="Waktu habis, belum ada jadwal bagi sebagian pegawai: belum ada yang terbukti tentang mereka.",
    ),
}
_UNKNOWN = Sentence(
    en="No plan yet for some people: nothing is proven about them.",
    id="Belum ada jadwal bagi sebagian pegawai: belum ada yang terbukti tentang mereka.",
)
"""That of UNKNOWN where something else than time ended the search."""
_UNPLANNED = Sentence(
    en="Without a plan: {count} of {people} {people:person|people}.", id="Belum terjadwal: {count} dari {people} pegawai."
)
STOPPED_WORDS = {
    Stopped.TIME_LIMIT: Sentence(en="The time limit ended the search.", id="Pencarian berakhir karena batas waktu."),
    Stopped.CANCELLED: Sentence(
        en="The search was interrupted; this is the best found so far.", id="Pencarian dihentikan; ini hasil terbaik sejauh ini."
    ),
    Stopped.CRASHED: Sentence(
        en="Worker processes were ended by the system, twice for the same people, most likely for lack of memory.",
        id="Proses pekerja diakhiri oleh sistem, dua kali untuk pegawai yang sama, kemungkinan besar karena memori tidak cukup.",
    ),
}
_AUDIT = Sentence(en="Audit of a schedule", id="Pemeriksaan jadwal")
_BROKEN = Sentence(en="Broken rules: {count}. (exit code 1)", id="Aturan yang dilanggar: {count}. (kode keluar 1)")
_KEPT = Sentence(en="Every rule that must hold is kept. (exit code 0)", id="Semua aturan wajib dipenuhi. (kode keluar 0)")
_REFUTED = Sentence(
    en="Every rule that must hold is kept, but something that is claimed about the schedule is wrong. (exit code 1)",
    id="Semua aturan wajib dipenuhi, tetapi ada pernyataan tentang jadwal ini yang salah. (kode keluar 1)",
)
_UNPLACED = Sentence(
    en="Every rule that must hold is kept, but {count} {count:person-day has|person-days have} no place. (exit code 1)",
    id="Semua aturan wajib dipenuhi, tetapi {count} hari-orang belum mendapat tempat. (kode keluar 1)",
)
_NO_PLAN = Sentence(en="No plan for everybody. (exit code 1)", id="Tidak ada jadwal bagi semua pegawai. (kode keluar 1)")
_NO_TIME = Sentence(
    en="No plan for everybody in this time; allow more with --time-limit. (exit code 3)",
    id="Belum ada jadwal bagi semua pegawai dalam waktu ini; beri waktu lebih dengan --time-limit. (kode keluar 3)",
)
_NOT_YET: dict[Stopped | None, Sentence] = {
    Stopped.CANCELLED: Sentence(
        en="No plan for everybody before the interruption. (exit code 3)",
        id="Belum ada jadwal bagi semua pegawai sebelum dihentikan. (kode keluar 3)",
    ),
    Stopped.CRASHED: Sentence(
        en="No plan for everybody with this memory; close other programs or use fewer --workers. (exit code 3)",
        id="Belum ada jadwal bagi semua pegawai dengan memori ini; tutup program lain atau kurangi --workers. (kode keluar 3)",
    ),
}
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
    view = result.instance.view
    page = Page(view, result.schedule, result.findings, result.fairness, lang, console.width, files[0] if files else "", result.changes)
    print_lines(console, _head(page, result.seed))
    print_lines(console, _status(page, result))
    print_lines(console, headlines(page))
    print_lines(console, findings(page) if result.unprepared else _body(page))
    if verbose:
        print_lines(console, details(page, result))
    print_lines(console, _written(page, files))
    print_lines(console, _verdict(page, result.status, result.stopped))


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
    page = Page(instance.view, schedule, audit.findings, audit.fairness, lang, console.width, see, audit.changes)
    print_lines(console, _head(page))
    print_lines(console, [Text(page.say(_AUDIT))])
    print_lines(console, gaps(page))
    print_lines(console, headlines(page))
    print_lines(console, _body(page))
    print_lines(console, _verdict(page, refuted=refuted))


def _head(page: Page, seed: int | None = None) -> Iterator[Text]:
    facts = page.facts
    if facts.title:
        yield from page.wrapped(facts.title, indent="", style=BOLD)
    when = period(facts.dates[0], facts.dates[-1], page.lang)
    said = _FACTS(period=when, people=facts.num_people, units=len(facts.units))
    yield from page.wrapped(said if seed is None else _SEED(facts=said, seed=seed), indent="")
    yield from holidays(page)


def _status(page: Page, result: Result) -> Iterator[Text]:
    otherwise = result.status is Status.UNKNOWN and result.stopped in _NOT_YET
    yield from page.wrapped(page.say(_UNKNOWN if otherwise else STATUS_WORDS[result.status]), indent="", style=_STATUS_STYLE[result.status])
    if result.schedule.unplanned is not None and result.schedule.unplanned.any():
        count = int(result.schedule.unplanned.any(axis=1).sum())
        yield from page.wrapped(page.say(_UNPLANNED, count=count, people=page.facts.num_people), indent="")
    if result.stopped is not None:
        yield from page.wrapped(page.say(STOPPED_WORDS[result.stopped]), indent="")


def _body(page: Page) -> Iterator[Text]:
    yield from grid(page)
    yield from changes(page)
    yield from limits(page)
    yield from fairness(page)
    yield from findings(page)


def _written(page: Page, files: Sequence[str]) -> Iterator[Text]:
    if files:
        yield Text()
        yield from page.wrapped(page.say(_FILES, files=Whole(", ".join(files))), indent="")


def _verdict(page: Page, status: Status | None = None, stopped: Stopped | None = None, *, refuted: bool = False) -> Iterator[Text]:
    yield Text()
    broken = sum(finding.strength is Strength.MUST for finding in page.findings)
    if status is Status.INFEASIBLE:
        yield from page.wrapped(page.say(_NO_PLAN), indent="", style=BAD)
    elif status is Status.UNKNOWN:
        said = _NOT_YET.get(stopped, _NO_TIME)
        yield from page.wrapped(page.say(said), indent="", style=BAD)
    elif broken:
        yield from page.wrapped(page.say(_BROKEN, count=broken), indent="", style=BAD)
    elif refuted:
        yield from page.wrapped(page.say(_REFUTED), indent="", style=BAD)
    elif status is None and (unplaced := int(page.schedule.unplaced(page.facts).sum())):
        yield from page.wrapped(page.say(_UNPLACED, count=unplaced), indent="", style=BAD)
    else:
        yield from page.wrapped(page.say(_KEPT), indent="", style=GOOD)
