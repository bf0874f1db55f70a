"""What a plan was made with beside the files of its instance, on a sheet for programs, so that the plan can be read with them again."""

from __future__ import annotations

import json

from giliran.messages import Sentence
from giliran.reports.report import Report
from giliran.reports.workbook.boards import MOST_OF_A_CELL
from giliran.reports.workbook.sheets import Book, write_rows

ORDERS = Sentence(en="Data orders", id="Data perintah")
"""Name of the sheet."""
ORDERS_TAG = "giliran-ordered/1"
"""What stands on top of it."""
_SPACE = "\\u0020"


def write_orders(book: Book, report: Report) -> None:
    """The sheet, as JSON cut into cells; nothing where the instance's files say everything. Reasons only where they may be told."""
    facts, scope, ordered = report.facts, report.scope, report.ordered
    if ordered is None:
        return
    if not scope.is_whole:
        people = {facts.staff.ids[e] for e in range(facts.num_people) if scope.people[e]}
        ordered = ordered.within(people, {day for day, shown in zip(facts.dates, scope.days.tolist(), strict=True) if shown})
    data = (ordered if book.style.reasons else ordered.discreet()).model_dump(mode="json")
    text = json.dumps(data, separators=(",", ":")).replace(" ", _SPACE)  # whoever reads cells takes spaces off their ends
    rows = [[text[k : k + MOST_OF_A_CELL]] for k in range(0, len(text), MOST_OF_A_CELL)]
    write_rows(book, [[ORDERS_TAG], *rows], ORDERS)
