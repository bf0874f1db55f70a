"""Plans for paper, and what other libraries read of the files that are made of them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import docx
import numpy as np
import pypdf

from giliran import Instance, Place
from giliran.audit import audit
from giliran.domain.schedule import Schedule, schedule_of
from giliran.files.exporting import changes_against
from giliran.reports import Report
from giliran.reports.paper import document_of
from giliran.reports.paper.model import Block, Document, Grid
from giliran.reports.style import PlanStyle

STYLE = PlanStyle("id")
SIGNER = {"name": "Dra. Sri Wahyuni, M.Si.", "position": "Kepala Dinas Contoh", "grade": "Pembina Tk. I, IV/b", "nip": "197001011990012001"}
DOCUMENT = {
    "letterhead": ["PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH", "Jalan Merdeka 1, Contoh"],
    "number": "800/12/2026",
    "place": "Contoh",
    "date": "2026-07-31",
    "signer": SIGNER,
    "basis": ["Surat Edaran Bupati Contoh Nomor 1", "Peraturan Contoh"],
    "copies": ["Bupati Contoh", "Inspektur"],
}


def people(count: int, **columns: Any) -> list[dict[str, Any]]:
    """So many civil servants of a section, with all that a letter says of them."""
    return [
        {
            "id": f"{1970 + k % 30}0101199001{k:04d}00"[:18],
            "name": f"Pegawai {k:04d}",
            "unit": "b1",
            "position": "Analis Kebijakan",
            "grade": "Penata, III/c",
            "status": "pns",
            **columns,
        }
        for k in range(count)
    ]


UNITS = [
    {"id": "d", "name": "Dinas Contoh", "level": "opd"},
    {"id": "b1", "name": "Bidang Satu", "level": "bidang", "parent": "d"},
    {"id": "b2", "name": "Bidang Dua", "level": "bidang", "parent": "d"},
]


def instance(staff: Sequence[dict[str, Any]], first: str = "2026-08-03", last: str = "2026-08-07", **more: Any) -> Instance:
    """An agency of two divisions, by its people and days."""
    data = {"title": "Dinas Contoh", "horizon": {"start": first, "end": last}, "units": UNITS, "staff": [*staff]}
    return Instance.build({**data, **more})


def schedule(
    made: Instance, duty: dict[str, dict[int, Sequence[int]]] | None = None, office: np.ndarray[Any, Any] | None = None
) -> Schedule:
    """Every other person in the office, day by day; duty by rule, day and people."""
    facts = made.facts
    turns = (np.arange(facts.num_people)[:, None] + np.arange(facts.num_days)) % 2 == 0
    place = schedule_of(facts, turns if office is None else office, np.ones(facts.shape, dtype=np.bool_)).place
    named = {}
    for rule, days in (duty or {}).items():
        named[rule] = np.zeros(facts.shape, dtype=np.bool_)
        for day, officers in days.items():
            named[rule][list(officers), day] = True
    return Schedule(place, named)


def report(made: Instance, plan: Schedule | None = None, published: Schedule | None = None) -> Report:
    """The report of a plan with its audit."""
    plan = plan or schedule(made)
    found = Report.of_audit(made, plan, audit(made, plan))
    return found if published is None else replace(found, changes=changes_against(made.facts, published, plan))


def with_gap(plan: Schedule, person: int, day: int) -> Schedule:
    """The plan without a place for somebody on a day."""
    place = plan.place.copy()
    place[person, day] = Place.NONE
    return Schedule(place, plan.duty)


def blocks(found: Document | Report, kind: type[Any], style: PlanStyle = STYLE) -> list[Any]:
    """All blocks of a kind."""
    document = found if isinstance(found, Document) else document_of(found, style)
    every: Iterator[Block] = (block for part in document.parts for block in part.blocks)
    return [block for block in every if isinstance(block, kind)]


def texts(grid: Grid) -> list[list[str]]:
    """What stands in the cells of a table."""
    return [[cell.text for cell in row.cells] for row in grid.rows]


def words_of(document: Document) -> str:
    """Everything that a document says, in one text."""
    return repr(document)


def word(raw: bytes) -> Any:
    """A .docx file as python-docx reads it."""
    return docx.Document(io.BytesIO(raw))


def pages(raw: bytes) -> list[str]:
    """The text of every page of a .pdf file."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]
