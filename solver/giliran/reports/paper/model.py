"""What stands on paper, without any format: blocks below each other, tables with measured columns, and what stays together.

Lengths are millimetres. Texts are data: nothing in them is markup, and characters that nobody sees stand as their codes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

from giliran.messages import Lang

MARK = "giliran-plan"
"""The keyword of files that we wrote."""


class Blank(StrEnum):
    """What the service that signs letters fills in, in words of its templates; each is written in one piece.

    Source: desk.md, section 5 (SRIKANDI).
    """

    NUMBER = "${nomor_naskah}"
    DATE = "${tanggal_naskah}"
    POSITION = "${jabatan_pengirim}"
    SIGNATURE = "${ttd_pengirim}"
    NAME = "${nama_pengirim}"
    NIP = "${nip_pengirim}"


DOTS = "." * 24
"""In place of what is missing and no service knows."""

Words = tuple[str | Blank, ...]
"""A line: texts, and blanks that are filled in later."""


class Look(Enum):
    """What a cell is: how it is shaded, in a way that a copying machine keeps."""

    TEXT = "text"
    COUNT = "count"
    BAND = "band"
    OFFICE = "office"
    HOME = "home"
    AWAY = "away"
    REST = "rest"
    HOLIDAY = "holiday"
    OPEN = "open"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text
        May have several lines.
    look
        What it is.
    bold
        In bold letters.
    columns
        How many it covers; those beside it that it covers are not written.
    continues
        Whether it belongs to the cell above it, which has its text.
    """

    text: str
    look: Look = Look.TEXT
    bold: bool = False
    columns: int = 1
    continues: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    head
        Its heading, in lines.
    width
        Millimetres.
    centred
        Whether its texts stand in the middle.
    """

    head: str
    width: float
    centred: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Parameters
    ----------
    cells
        From the left.
    begins
        Whether it is the heading of the rows below it.
    sums
        Whether it counts the rows above it.
    deep
        Millimetres that it takes at least, so that there is room to sign.
    """

    cells: tuple[Cell, ...]
    begins: bool = False
    sums: bool = False
    deep: float = 0.0


@dataclass(frozen=True)
class Corner:
    """The block at the top right: label and words of each line; a line without a label takes the whole width."""

    lines: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Letterhead:
    """The agency in large letters, then its addresses, a rule below."""

    names: tuple[str, ...]
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title:
    """Lines in the middle, the first in capitals and bold."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A sentence that must not be overlooked."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Lines of a label and what it says."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """A word, and what is listed below it with numbers."""

    head: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Caption:
    """A line above a table."""

    text: str


@dataclass(frozen=True)
class Key:
    """What codes mean, in one line: code, look and meaning of each."""

    head: str
    entries: tuple[tuple[str, Look, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table, its heading repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Signature:
    """Who signs.

    Parameters
    ----------
    above
        Lines above the room to sign: place and date, in whose name, position.
    sign
        What stands in that room; None for nothing.
    name
        The line of the name.
    below
        Pangkat and NIP.
    """

    above: tuple[Words, ...]
    sign: Blank | None
    name: Words
    below: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Ending:
    """What ends a part, on one page with the last rows of its last table.

    Parameters
    ----------
    box
        Heading of a box to write in, None for none; `box_lines` says how deep it is.
    left, right
        Who signs, on either side.
    copies
        Who gets copies, below; None for nobody.
    """

    right: Signature
    left: Signature | None = None
    box: str | None = None
    box_lines: int = 0
    copies: Listing | None = None


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Corner | Letterhead | Title | Notice | Pairs | Listing | Caption | Key | Grid | NewPage | Ending


@dataclass(frozen=True)
class Page:
    """A page, as it is held, and what of it is printed on.

    Parameters
    ----------
    width, height
        Millimetres.
    side, top
        Margins left and right, above and below.
    """

    width: float
    height: float
    side: float
    top: float

    @property
    def landscape(self) -> bool:
        """Whether it is wider than it is high."""
        return self.width > self.height

    @property
    def room(self) -> float:
        """Millimetres between the margins."""
        return self.width - 2 * self.side

    @property
    def depth(self) -> float:
        """Millimetres between the upper and the lower margin."""
        return self.height - 2 * self.top


@dataclass(frozen=True)
class Part:
    """What begins on a new page and has a shape of its own: an attachment, or the sheet of a day."""

    page: Page
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """Everything that is printed together.

    Parameters
    ----------
    title
        What the file calls itself.
    lang
        Of its words.
    created
        A date that is the plan's, not the clock's: the same plan gives the same file.
    parts
        One after another.
    """

    title: str
    lang: Lang
    created: dt.date
    parts: Sequence[Part]
