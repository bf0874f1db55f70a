"""A workbook that is written: its formats, and the limits of what a cell takes."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Said, Sentence
from giliran.text.missing import OR_YAML, WRITE_WORKBOOKS, not_installed

MOST_LETTERS = 32_767
"""Of a cell."""
MOST_ROWS = 1_048_575
"""Of a sheet, below its heading."""
FILL_TO = 1_000
"""The row to which lists of words are offered at least."""

_FIRST_DATE = dt.date(1900, 3, 1)  # before it, Excel counts a day that never was
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBER = re.compile(r"(?!-0$)-?(0|[1-9][0-9]{0,8})(\.[0-9]{0,2}[1-9])?", re.ASCII)
_DATES: dict[Lang, str] = {"en": "yyyy-mm-dd", "id": "dd/mm/yyyy"}
_GOES_ON = "# …"
"""The first line of a piece of a longer text: cells are trimmed, and the lines below it are indented."""
_WIDEST = 44
"""Letters of a column whose texts are longer."""
_MOST_OFFERED = 255
"""Letters that a list of words offers at most."""

HEAD: dict[str, object] = {"bold": True, "bg_color": "#D9D9D9", "border": 1, "text_wrap": True, "valign": "vcenter"}
TEXT: dict[str, object] = {"num_format": "@", "valign": "top"}
LONG: dict[str, object] = {**TEXT, "text_wrap": True}
GREY: dict[str, object] = {"font_color": "#808080", "italic": True}
GUESSED: dict[str, object] = {"bg_color": "#FFF2CC"}
ANSWER: dict[str, object] = {**LONG, "border": 1, "bg_color": "#FFFFE5"}
TITLE: dict[str, object] = {"bold": True, "font_size": 14}

_LONG = Sentence(
    en="characters of this text: {count}; a cell of a workbook holds {limit}", id="teks ini {count} huruf; sebuah sel memuat {limit} huruf"
)
_NO_TEXT = Sentence(
    en="'{text}' holds a code that is no character, which no cell of a workbook takes",
    id="'{text}' memuat kode yang bukan huruf, yang tidak dapat ditulis dalam sel",
)
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_MANY = Sentence(en="rows: {count}; a sheet holds {limit}", id="{count} baris; sebuah lembar memuat {limit} baris")


def fitting(texts: Iterable[str], least: int) -> int:
    """How wide a column has to be that its texts are seen, up to a width beyond which they are read in the line above the sheet."""
    return min(max([least, *(len(text) + 2 for text in texts)]), max(_WIDEST, least))


class Paper:
    """A workbook that is written.

    Parameters
    ----------
    lang
        Of headings, words and formats.
    instead
        What can be done where nothing writes workbooks.
    """

    def __init__(self, lang: Lang, instead: Sentence | None = OR_YAML) -> None:
        try:
            import xlsxwriter
        except ImportError:
            raise not_installed(WRITE_WORKBOOKS, instead) from None
        self.lang = lang
        self._buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.made: Any = xlsxwriter.Workbook(self._buffer, options)
        self.made.set_properties({"created": dt.datetime(2000, 1, 1)})  # the same data give the same bytes
        self._format = cache(lambda fields: self.made.add_format(dict(fields)))
        self.problems: list[Problem] = []

    def format(self, *fields: dict[str, Any]) -> Any:
        """A format with all these fields."""
        return self._format(tuple(sorted({key: value for each in fields for key, value in each.items()}.items())))

    def date_format(self) -> dict[str, Any]:
        """Fields of the format of dates."""
        return {"num_format": _DATES[self.lang], "valign": "top", "align": "left"}

    def sheet(self, name: str) -> Any:
        """A new sheet, with its first row in sight wherever somebody reads."""
        sheet = self.made.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def write(self, sheet: Any, row: int, column: int, text: str, kind: str = "text", *fields: dict[str, Any]) -> None:
        """A cell: a date or a count where the text is one, else the text, whatever it begins with."""
        if kind == "date" and (day := _day(text)) is not None:
            sheet.write_datetime(row, column, day, self.format(TEXT, *fields, self.date_format()))
        elif kind == "count" and _NUMBER.fullmatch(text):
            sheet.write_number(row, column, float(text), self.format({"valign": "top"}, *fields))
        elif len(text) > MOST_LETTERS:
            self.problems.append(Problem(Where(field=f"{sheet.name}!{row + 1}"), _LONG(count=len(text), limit=MOST_LETTERS)))
        elif _NOT_IN_XML.search(text):
            self.problems.append(Problem(Where(field=f"{sheet.name}!{row + 1}"), _NO_TEXT(text=text)))
        elif text:
            sheet.write_string(row, column, text, self.format(TEXT, *fields))
        elif fields:
            sheet.write_blank(row, column, None, self.format(TEXT, *fields))

    def offer(self, sheet: Any, first: int, last: int, column: int, words: Sequence[str] | str, *, closed: bool) -> None:
        """Words, or the cells that hold them, to choose from below each other; `closed` if no others make sense."""
        if not words or (not isinstance(words, str) and not fits_list(words)):
            return
        options = {"validate": "list", "source": words if isinstance(words, str) else [*words], "ignore_blank": True}
        sheet.data_validation(first, column, last, column, options | ({} if closed else {"show_error": False}))

    def check_rows(self, name: str, count: int) -> None:
        """Note a problem if a sheet cannot hold so many rows."""
        if count > MOST_ROWS:
            self.problems.append(Problem(Where(field=name), _MANY(count=count, limit=MOST_ROWS)))

    def pieces(self, text: str) -> list[str]:
        """A text of several lines in as many pieces as cells need to hold it."""
        found = [""]
        for line in text.split("\n"):
            longer = f"{found[-1]}\n{line}" if found[-1] else line
            found[-1:] = [longer] if len(longer) <= MOST_LETTERS or not found[-1] else [found[-1], f"{_GOES_ON}\n{line}"]
        return found

    def say(self, said: Said) -> str:
        """A sentence in the language of the workbook."""
        return said.text(self.lang)

    def close(self) -> bytes:
        """The bytes of the file.

        Raises
        ------
        InputError
            With everything that its cells could not hold.
        """
        if self.problems:
            raise InputError(self.problems)
        self.made.close()
        return self._buffer.getvalue()


def fits_list(words: Sequence[str]) -> bool:
    """Whether a list of words can be offered as it is: commas part its items."""
    return len(",".join(words)) <= _MOST_OFFERED and not any("," in word for word in words)


def _day(text: str) -> dt.datetime | None:
    """The date of a text in the one form that is written back alike; None for any other text."""
    if not _DATE.fullmatch(text):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return dt.datetime.combine(day, dt.time()) if day >= _FIRST_DATE else None
