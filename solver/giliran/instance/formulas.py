"""Ids and names that a spreadsheet takes for formulas: allowed, but to be told."""

from __future__ import annotations

from collections.abc import Iterator

from giliran.domain.facts import Staff
from giliran.domain.units import Units
from giliran.messages import Said, Sentence, plain
from giliran.text import looks_like_formula

_MOST_NAMED = 5

_FORMULAS = Sentence(
    en="ids and names that begin with =, +, - or @, so that a spreadsheet takes them for formulas and may spoil them: {count} ({texts}); "
    "giliran writes such ids to CSV behind an apostrophe, and reads them without it",
    id="id dan nama yang diawali =, +, - atau @, sehingga dianggap rumus oleh pengolah lembar kerja (Excel) dan dapat rusak: {count} "
    "({texts}); dalam berkas CSV giliran menuliskan id itu di belakang tanda petik tunggal, dan membacanya tanpa tanda itu",
)


def formulas(staff: Staff, units: Units) -> Iterator[Said]:
    """One sentence about all of them, if there are any."""
    columns = (staff.ids, staff.names, units.ids, units.names)
    found = [*dict.fromkeys(text for column in columns for text in column if looks_like_formula(text))]
    if found:
        texts = [plain(text) for text in [*found[:_MOST_NAMED], *(["…"] if len(found) > _MOST_NAMED else [])]]
        yield _FORMULAS(count=len(found), texts=texts)
