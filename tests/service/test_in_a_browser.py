"""The local page in Chromium, as a planner uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from giliran import load_instance, read_schedule
from giliran.domain.place import Place
from tests.browsing import Browser
from tests.service.serving import SAVED, Page, agency, served

pytestmark = pytest.mark.once

ROW, WEDNESDAY = 2, 2
"""The third person's Wednesday, at home in the plan."""
PRESS = "[...document.querySelectorAll('button')].find((each) => each.textContent === serve.words[arguments[0]]).click()"


@pytest.fixture
def page(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """A page of four people in Indonesian, open in the browser."""
    with served(agency(tmp_path), lang="id") as found:
        browser.open(found.serving.address)
        yield found
        assert browser.errors() == []
        assert all(address.startswith((found.serving.address, "data:")) for address in browser.requests())


def go(browser: Browser) -> None:
    """Choose the cell, with the focus in the table."""
    browser.run(f"giliran.select({ROW}, {WEDNESDAY}); document.querySelector('[role=grid] [tabindex=\"0\"]').focus()")


def letter(browser: Browser) -> str:
    """What the page shows in the cell."""
    return str(browser.value(f"giliran.data.people.cells[{ROW}][{WEDNESDAY}]"))


@pytest.mark.parametrize("key", ["ENTER", "SPACE"])
def test_a_key_changes_a_cell_and_the_finding_is_read(page: Page, browser: Browser, key: str) -> None:
    """Enter or Space puts the person into the office, the broken cap is told in words, and the undo button takes it back."""
    go(browser)
    browser.keys(key)
    browser.wait("serve.version === 1")
    assert letter(browser) == "o"
    assert "lebih 1" in browser.text("#effect .bad + ul li") and "tidak dipenuhi" in browser.text("#effect .bad")
    assert page.started.desk.seen().state.plan.place[ROW, WEDNESDAY] == Place.OFFICE
    browser.run(PRESS, "undo")
    browser.wait("serve.version === 2")
    assert letter(browser) == "h" and browser.value("document.querySelector('#serve button').disabled")


def test_change_plan_again_save(page: Page, browser: Browser) -> None:
    """A click in the panel changes, the plan is made again around that, and the saved workbook is the plan on the page."""
    browser.run(f"giliran.select({ROW}, {WEDNESDAY})")
    browser.wait("document.querySelector('#actions .sets')")
    browser.click("#actions .sets")
    browser.wait("serve.version === 1")
    browser.run(PRESS, "replan")
    browser.wait("serve.drawn === 2 && serve.phase === 'ready'")
    assert letter(browser) == "o" and browser.value("giliran.data.findings.filter((each) => each.strength === 'must').length") == 0
    browser.run(PRESS, "save")
    browser.wait("document.querySelector('#effect').textContent.includes('.xlsx')")
    saved = page.folder / SAVED.replace("plan", "jadwal")
    read = read_schedule(saved, load_instance(page.folder / "i.yaml"))
    assert np.array_equal(read.place, page.started.desk.seen().state.plan.place) and read.place[ROW, WEDNESDAY] == Place.OFFICE


def test_why_and_who_else_are_answered_in_the_panel(page: Page, browser: Browser) -> None:
    """The panel of a cell in the office has both questions, and shows their answers below the buttons."""
    browser.run("giliran.select(0, 0)")
    for question, words in (("why", "Bila WFH"), ("substitutes", "Pegawai")):
        browser.wait(
            "[...document.querySelectorAll('#actions button')].some((each) => each.textContent === serve.words[arguments[0]])", question
        )
        browser.run(PRESS, question)
        browser.wait("document.querySelector('#actions .answer').textContent.includes(arguments[0])", words)


def test_a_tab_that_is_behind_is_brought_up_to_date(page: Page, browser: Browser) -> None:
    """Another client changes the plan; the next change of the page is not made, it shows the newer plan and says so."""
    assert page.change(("198001012005011003", "2021-07-12", "office")).status_code == 200
    go(browser)
    browser.keys("ENTER")
    browser.wait("serve.drawn === 1")
    assert "sudah berubah" in browser.text("#effect")
    assert (letter(browser), browser.value("giliran.data.people.cells[3][0]")) == ("h", "o")
    assert [message for message in browser.errors() if "409" not in message] == []
