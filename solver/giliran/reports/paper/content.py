"""What is printed of a plan: the plan as an attachment, who has duty, what changes; of a single day its sheet of duty first."""

from __future__ import annotations

from collections.abc import Iterator

from giliran.messages import Lang, Sentence
from giliran.reports.paper.changes import TITLE, change_grid
from giliran.reports.paper.duty import duty_grid, duty_sheets, where_and_when
from giliran.reports.paper.letter import about, basis, called, copies, corner, letterhead, signature
from giliran.reports.paper.measures import page_for
from giliran.reports.paper.model import Block, Document, Ending, Grid, Key, Notice, Page, Part, Title
from giliran.reports.paper.plan import plan_part
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.reports.words import REPLACES

_PERIOD = Sentence(en="Period: {days}", id="Periode: {days}")
_DUTY = Sentence(en="Duty officers", id="Daftar petugas piket")
_BROKEN = Sentence(
    en="DRAFT: this plan breaks rules that must hold: {count}.", id="RANCANGAN: jadwal ini tidak memenuhi aturan wajib: {count}."
)
_GAPS = Sentence(en="DRAFT: days of work without a place: {count}.", id="RANCANGAN: hari kerja yang belum terjadwal: {count}.")
_NOBODY = Sentence(en="DRAFT: nobody is planned.", id="RANCANGAN: belum ada pegawai yang terjadwal.")


def document_of(report: Report, style: PlanStyle) -> Document:
    """Everything that is printed of a plan."""
    day = report.scope.days.sum() == 1 < report.facts.num_days
    sheets = tuple(duty_sheets(report, style)) if day else ()
    parts = (*sheets, *_attachments(report, style, with_duty=not sheets))
    return Document(about(report, style.lang), style.lang, report.facts.dates[0], parts)


def _attachments(report: Report, style: PlanStyle, *, with_duty: bool) -> Iterator[Part]:
    """The attachments, numbered where there are several."""
    lang, changes = style.lang, change_grid(report, style)
    found = [*_contents(report, style, changes, with_duty=with_duty)]
    for k, (page, blocks) in enumerate(found):
        head = corner(report, lang, k if len(found) > 1 else None, changed=changes is not None)
        ending = Ending(signature(report, lang), copies=copies(report, lang))
        yield Part(page, (head, letterhead(report), *blocks, ending))


def _contents(
    report: Report, style: PlanStyle, changes: tuple[Page, Key, Grid] | None, *, with_duty: bool
) -> Iterator[tuple[Page, tuple[Block, ...]]]:
    """What stands in each attachment between letterhead and signature."""
    lang = style.lang
    plan = plan_part(report, style)
    rests_on = basis(report, lang)
    period = _PERIOD(days=plan.period).text(lang) if plan else ""
    below = (*called(report), *((period,) if period else ()))
    title = Title(about(report, lang).upper(), (*below, *([plan.holidays] if plan and plan.holidays else [])))
    if plan is None:
        yield page_for(style.paper, 0), (title, rests_on, Notice(_NOBODY().text(lang)))
        return
    yield plan.page, (title, *_notices(report, lang), rests_on, *plan.blocks)
    duty = duty_grid(report, style) if with_duty else None
    if duty is not None:
        where = where_and_when(report, lang, always=False)
        yield duty[0], (Title(_DUTY().text(lang).upper(), below), *([where] if where else []), duty[1])
    if changes is not None:
        page, key, grid = changes
        yield page, (Title(TITLE().text(lang).upper(), (*below, *_replaced(report, lang))), key, grid)


def _replaced(report: Report, lang: Lang) -> Iterator[str]:
    """Which plan this is, and which one it replaces, where it is not the first."""
    if report.version > 1:
        yield REPLACES(version=report.version, replaces=report.version - 1).text(lang)


def _notices(report: Report, lang: Lang) -> Iterator[Notice]:
    """What whoever signs must not overlook."""
    if report.broken:
        yield Notice(_BROKEN(count=len(report.broken)).text(lang))
    if report.gaps.any():
        yield Notice(_GAPS(count=int(report.gaps.sum())).text(lang))
