"""A plan as a page for a browser: one file that asks for nothing from elsewhere. Writing it needs the extra `giliran[desk]`.

`page_data` makes the data of a report, `page_of` the page of some data, `page` both. Style, script and data stand inside; what the page may
do is said at its top by a policy that names each of them by its hash, so that nothing else can run, whatever a name holds. The script
shows texts as texts only. Whoever serves the page from a server adds a script of its own by `Addition` and reaches the page by the object
`giliran`, which `start.js` describes.
"""

from __future__ import annotations

from giliran.reports.page.data import PageData
from giliran.reports.page.making import page_data
from giliran.reports.page.rendering import BEGINNING, Addition, begins_as_page, embedded, page_of
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle

__all__ = ["BEGINNING", "Addition", "PageData", "begins_as_page", "embedded", "page", "page_data", "page_of"]


def page(report: Report, style: PlanStyle) -> str:
    """The page of a report; the same report gives the same bytes.

    Raises
    ------
    InputError
        If the package that fills in pages is not installed.
    """
    return page_of(page_data(report, style))
