"""The sheets of a workbook: their names in either language, and which table each holds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import cast

from pydantic import BaseModel

from giliran.domain.words import simple
from giliran.instance.rows import AbsenceRow, ChangeRow, LedgerRow, PinRow, PlanRow, StaffRow, UnitRow, WishRow
from giliran.messages import LANGUAGES, Lang
from giliran.text import parse_document

GUIDE, LETTER, MORE, LEFT_OUT, QUOTED = "guide", "letter", "more", "left_out", "quoted"

TABLES: Mapping[str, type[BaseModel]] = {
    "staff": StaffRow,
    "units": UnitRow,
    "absences": AbsenceRow,
    "wishes": WishRow,
    "pins": PinRow,
    "changes": ChangeRow,
    "ledger": LedgerRow,
    "published": PlanRow,
}
"""Sections that have a sheet of their own, in the order of the sheets, and the model of their rows."""

ALWAYS = ("staff", "units", "absences", "wishes", "pins")
"""Tables whose sheets are there to be filled in, also where there is no row yet."""


@cache
def _names() -> Mapping[str, Mapping[Lang, str]]:
    text = resources.files(__package__).joinpath("sheets.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[Lang, str]]", parse_document(text, "sheets.yaml").data)


def sheet_name(sheet: str, lang: Lang) -> str:
    """What a sheet is called: `staff` is "Pegawai"."""
    return _names()[sheet][lang]


def sheet_names(lang: Lang) -> list[str]:
    """What all sheets are called."""
    return [names[lang] for names in _names().values()]


def sheet_of(name: str) -> tuple[str, Lang] | None:
    """Which sheet has a name, and in which language; None for a name that no sheet has."""
    found = ((sheet, lang) for sheet, names in _names().items() for lang in LANGUAGES if simple(names[lang]) == simple(name))
    return next(found, None)
