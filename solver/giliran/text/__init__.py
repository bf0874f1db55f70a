"""Reading what people and programs wrote, with the place of everything; and writing files wholly or not at all.

Nothing here knows what an instance is. Texts become documents and tables, single texts become dates, ids, shares and numbers.
"""

from giliran.text.cells import csv_cells, looks_like_formula
from giliran.text.columns import Numbered, rows_of
from giliran.text.csv_reader import parse_table, read_table
from giliran.text.dates import parse_date, parse_span
from giliran.text.day_headings import DayHeadings, day_headings
from giliran.text.documents import Document, parse_document, parse_documents, read_document, read_documents
from giliran.text.failure import TextError
from giliran.text.forms import refuse_foreign
from giliran.text.ids import alike, parse_id, parse_key
from giliran.text.marks import Step, Value
from giliran.text.numbers import number_text, parse_decimal_thousandths, parse_share
from giliran.text.periods import is_period, period_days, period_name
from giliran.text.replacing import write_text_atomic
from giliran.text.tables import Table, column_name

__all__ = [
    "DayHeadings",
    "Document",
    "Numbered",
    "Step",
    "Table",
    "TextError",
    "Value",
    "alike",
    "column_name",
    "csv_cells",
    "day_headings",
    "is_period",
    "looks_like_formula",
    "number_text",
    "parse_date",
    "parse_decimal_thousandths",
    "parse_document",
    "parse_documents",
    "parse_id",
    "parse_key",
    "parse_share",
    "parse_span",
    "parse_table",
    "period_days",
    "period_name",
    "read_document",
    "read_documents",
    "read_table",
    "refuse_foreign",
    "rows_of",
    "write_text_atomic",
]
