"""The paper of a plan: the attachment to a letter, who has duty, what changes. Writing it needs the extra `giliran[desk]`.

What stands on it is a `Document` (`content.py`), made of blocks that know no format (`model.py`), with columns and rows measured
(`measures.py`); `word.py` and `typeset.py` write it down.
"""

from __future__ import annotations

from collections.abc import Callable

from giliran.reports.paper.content import document_of
from giliran.reports.paper.model import Document
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.text.missing import OR_CSV, WRITE_DOCUMENTS, not_installed

__all__ = ["document_of", "docx_of", "pdf_of"]


def docx_of(report: Report, style: PlanStyle) -> bytes:
    """A plan as a .docx file; the same plan gives the same bytes.

    Raises
    ------
    InputError
        If the package that writes documents is not installed.
    """
    from giliran.reports.paper.word import docx_bytes

    return _written(docx_bytes, report, style)


def pdf_of(report: Report, style: PlanStyle) -> bytes:
    """A plan as a .pdf file; the same plan gives the same bytes, also on a machine without fonts.

    Raises
    ------
    InputError
        If the package that writes documents is not installed.
    """
    from giliran.reports.paper.typeset import pdf_bytes

    return _written(pdf_bytes, report, style)


def _written(write: Callable[[Document], bytes], report: Report, style: PlanStyle) -> bytes:
    document = document_of(report, style)
    try:
        return write(document)
    except ImportError:
        raise not_installed(WRITE_DOCUMENTS, OR_CSV) from None
