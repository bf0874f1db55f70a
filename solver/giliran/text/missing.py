"""Packages of extras that are not installed: what they are for, how they are installed, what can be done without them."""

from __future__ import annotations

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, Whole

READ_WORKBOOKS = Sentence(en="workbooks are read", id="membaca berkas Excel")
READ_PDF = Sentence(en="PDF is read", id="membaca PDF")
READ_WORD = Sentence(en="Word documents are read", id="membaca berkas Word")
WRITE_WORKBOOKS = Sentence(en="workbooks are written", id="menulis berkas Excel")
WRITE_DOCUMENTS = Sentence(en="documents are written", id="menulis dokumen")
WRITE_PAGES = Sentence(en="pages are written", id="menulis halaman")
WRITE_CALENDARS = Sentence(en="calendars are written", id="menulis kalender")

OR_CSV = Sentence(en="write .csv", id="tulis .csv")
OR_YAML = Sentence(en="write a .yaml file", id="tulis berkas .yaml")
OR_SAVE_CSV = Sentence(en="save the sheet as CSV", id="simpan lembarnya sebagai CSV")
OR_PASTE = Sentence(en="paste the text by --letter -", id="tempelkan teksnya dengan --letter -")

_NEEDED = Sentence(
    en="{what} with the help of another package, which is not installed", id="untuk {what} diperlukan paket tambahan yang belum terpasang"
)
_INSTALL = Sentence(en="Install it by {command}.", id="Pasang dengan {command}.")
_INSTALL_OR = Sentence(en="Install it by {command}, or {instead}.", id="Pasang dengan {command}, atau {instead}.")
_COMMAND = "pip install 'giliran[desk]'"


def not_installed(what: Sentence, instead: Sentence | None = None, where: Where | None = None) -> InputError:
    """Why something that the extra `desk` is for cannot be done.

    Parameters
    ----------
    what
        What it is for.
    instead
        What can be done without it.
    where
        The file that is read.
    """
    command = Whole(_COMMAND)
    advice = _INSTALL(command=command) if instead is None else _INSTALL_OR(command=command, instead=instead())
    return InputError([Problem(where or Where(), _NEEDED(what=what()), advice)])
