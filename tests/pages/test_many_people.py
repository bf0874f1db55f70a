"""Five thousand people on twenty days: only the rows in sight are there, and everybody can be found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from giliran import Instance, PlanStyle
from giliran.audit import audit
from giliran.domain.schedule import schedule_of
from giliran.reports import Report
from giliran.reports.page import page
from tests.browsing import Browser

pytestmark = [pytest.mark.slow, pytest.mark.once]

PEOPLE, UNITS = 5_000, 250
MOST_ROWS = 120
"""Rows that may stand in the document at once."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a plan in which every other person is in the office, day about."""
    units = [{"id": f"u{k:03d}", "name": f"Bidang {k}", "level": "bidang"} for k in range(UNITS)]
    staff = [{"id": f"P-{k:04d}", "name": f"Pegawai {k:04d}", "unit": f"u{k % UNITS:03d}"} for k in range(PEOPLE)]
    rules = [{"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"}]
    horizon = {"start": "2026-09-07", "end": "2026-10-02"}
    instance = Instance.build({"horizon": horizon, "units": units, "staff": staff, "rules": rules})
    e, d = np.indices(instance.facts.shape)
    schedule = schedule_of(instance.facts, (e // UNITS + d) % 2 == 0)
    text = page(Report.of_audit(instance, schedule, audit(instance, schedule)), PlanStyle("id"))
    found = tmp_path_factory.mktemp("many") / "plan.html"
    found.write_text(text, encoding="utf-8")
    assert len(text) < 1_500_000
    return found


def test_rows_come_as_they_are_scrolled_to(browser: Browser, path: Path) -> None:
    """A few rows stand in the document, others after a scroll; the last one by the keyboard, the focus with it; any by a search."""
    rows, table = "#view-grid .body .row", "document.querySelector('#view-grid .table')"
    browser.open(path)
    browser.wait("document.querySelectorAll(arguments[0]).length > 0", rows)
    assert browser.value(f"{table}.getAttribute('aria-rowcount')") == str(1 + UNITS + PEOPLE)
    assert len(browser.texts(rows)) < MOST_ROWS
    browser.run(f"{table}.scrollTop = 100000;")
    browser.wait("[...document.querySelectorAll(arguments[0])].some((row) => Number(row.getAttribute('aria-rowindex')) > 2000)", rows)
    assert browser.value("document.querySelectorAll(arguments[0]).length", rows) < MOST_ROWS
    browser.click("#view-grid .head")
    browser.run("document.querySelector('#view-grid [tabindex=\"0\"]').focus();")
    browser.run(
        f"{table}.dispatchEvent(new KeyboardEvent('keydown', {{key: 'End', ctrlKey: true, bubbles: true}}));",
    )
    assert browser.value("document.activeElement.closest('.row').firstChild.innerText") == "Pegawai 4999\nP-4999"
    browser.write("#search", "pegawai 3210")
    assert browser.texts(f"{rows}:not(.unit) .name") == ["Pegawai 3210"]
    browser.run("giliran.show('heat');")
    assert browser.value("document.querySelector('#view-heat .table').getAttribute('aria-rowcount')") == "2"  # her unit
    assert browser.errors() == []
