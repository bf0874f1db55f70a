"""The page in a real browser: search, choices, keys, colours, a telephone, paper; it asks for nothing and complains of nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from giliran import Result, export
from tests.browsing import PHONE, Browser
from tests.pages.plans import HOSTILE, UNIT, plan

pytestmark = pytest.mark.once

GRID, CELL = "#view-grid .body", ".body .row:not(.unit)"
NAMES = f"{GRID} .row:not(.unit) .name"


@pytest.fixture(scope="module")
def result() -> Result:
    """A plan."""
    return plan()


@pytest.fixture(scope="module")
def path(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page, in Indonesian."""
    return export(result, tmp_path_factory.mktemp("page") / "plan.html", lang="id")


def opened(browser: Browser, path: Path, **more: Any) -> Browser:
    """The page in the browser, its first rows in sight."""
    browser.open(path, **more)
    browser.wait("document.querySelectorAll(arguments[0]).length > 0", NAMES)
    return browser


def test_it_asks_for_nothing_and_complains_of_nothing(browser: Browser, path: Path) -> None:
    """One file is loaded, every view is looked at, and the console stays empty."""
    opened(browser, path)
    for view in ("grid", "heat", "duty", "fairness", "findings"):
        browser.click(f"#tab-{view}")
        assert browser.value("document.querySelectorAll('.view:not([hidden])').length") == 1
    browser.click("#theme")
    browser.run("localStorage.clear();")
    assert browser.errors() == []
    assert [address for address in browser.requests() if not address.startswith("data:")] == [path.as_uri()]


def test_names_are_texts(browser: Browser, path: Path) -> None:
    """Whatever a name or a unit looks like, it is shown and does nothing."""
    opened(browser, path)
    assert set(HOSTILE) <= set(browser.texts(NAMES))
    assert UNIT.replace("\u2028", "\\u2028") + " (6)" in browser.texts(f"{GRID} .unit .name")
    assert browser.value("[document.images.length, document.scripts.length, document.querySelectorAll('main b:not(.marks b)').length]") == [
        0,
        2,
        0,
    ]
    assert browser.text("h1") == "Dinas <Pangan> & Tani" and browser.errors() == []


def test_the_grid_is_the_plan(browser: Browser, result: Result, path: Path) -> None:
    """Places of everybody, day by day, as people read them."""
    opened(browser, path)
    facts, place = result.instance.facts, result.schedule.place
    worked = [d for d in range(facts.num_days) if facts.dates[d].weekday() < 5]
    words = ["", "WFO", "WFH", "TB", ""]
    wanted = {facts.staff.names[e]: [words[place[e, d]] for d in worked] for e in range(facts.num_people)}
    cells = "[...row.children].map((cell) => cell.querySelector('span')?.innerText ?? '')"
    read = f"[...document.querySelectorAll(arguments[0])].map((row) => {cells})"
    rows = browser.value(read, f"{GRID} .row:not(.unit)")
    assert {name: days[: len(worked)] for name, *days in rows} == wanted


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ayu", {HOSTILE[4]}),
        ("pegawai 10", {"Pegawai 10"}),
        ("H-07", {"Pegawai 7"}),
        ("sapi analis 2 pegawai", {"Pegawai 11"}),
        ("{{7", None),
    ],
)
def test_search(browser: Browser, path: Path, typed: str, found: set[str] | None) -> None:
    """By parts of names, ids, positions and units, in any order; a unit's name finds all its people."""
    opened(browser, path)
    browser.write("#search", typed)
    names = set(browser.texts(NAMES))
    assert names == found if found is not None else len(names) == 6  # all of the unit that has it in its name
    assert browser.text("#shown") == f"{len(names)} dari 12 pegawai"


def test_choices(browser: Browser, result: Result, path: Path) -> None:
    """A unit with those below it, a day, a place; and all of it forgotten again."""
    opened(browser, path)
    facts, schedule = result.instance.facts, result.schedule
    browser.choose("#unit", 2)
    assert set(browser.texts(f"{GRID} .unit .name")) == {"Bidang Sapi (6)"}
    browser.choose("#day", 1)
    browser.choose("#place", "o")
    there = {facts.staff.names[e] for e in range(1, 12, 2) if schedule.office[e, 1]}
    assert set(browser.texts(NAMES)) == there and len(browser.texts("#view-grid .head .day")) == 1
    browser.choose("#place", "duty")
    assert len(browser.texts(NAMES)) == 1
    browser.click("#clear")
    browser.wait("document.querySelector('#shown').value.startsWith('12')")
    assert len(browser.texts("#view-grid .head .day")) == 10


def test_keys(browser: Browser, path: Path) -> None:
    """A slash searches, Escape clears and leaves, arrows walk through the cells, Enter tells more of one."""
    opened(browser, path)
    browser.keys("/", "a", "y", "u")
    assert browser.value("document.activeElement.id") == "search" and len(browser.texts(NAMES)) == 1
    browser.keys("ESCAPE")
    browser.wait("document.querySelector('#shown').value.startsWith('12')")
    browser.keys("ESCAPE", "ARROW_DOWN", "ARROW_RIGHT", "ARROW_RIGHT")
    label = browser.value("document.activeElement.getAttribute('aria-label')")
    assert label.startswith(f"{HOSTILE[0]}, Selasa 11 Agustus 2026: WF")
    browser.keys("ENTER")
    assert browser.text("#detail h2") == HOSTILE[0] and browser.value("document.activeElement.id") == "detail-name"
    browser.keys("ESCAPE")
    assert browser.value("[document.activeElement.getAttribute('aria-label'), document.querySelector('#detail').hidden]") == [label, True]
    browser.keys("END")
    assert browser.value("Number(document.activeElement.getAttribute('aria-colindex'))") == 13  # name, ten days, two sums


def test_what_a_screen_reader_is_told(browser: Browser, path: Path) -> None:
    """Language, roles, sizes of the grid, a label for every field and cell, one stop of the tab key, a way past the heading."""
    opened(browser, path)
    assert browser.value("document.documentElement.lang") == "id"
    grid = browser.value(
        "['role', 'aria-rowcount', 'aria-colcount'].map((name) => document.querySelector('#view-grid .table').getAttribute(name))"
    )
    assert grid == ["grid", "15", "13"]  # heading, two units, twelve people
    unlabelled = "[...document.querySelectorAll('input, select')].filter((field) => !field.labels.length).length"
    assert browser.value(unlabelled) == 0
    assert browser.value("document.querySelectorAll(`${arguments[0]} [tabindex='0']`).length", GRID) == 1
    assert browser.value("document.querySelectorAll(`${arguments[0]} .cell:not(.sum):not([aria-label])`).length", GRID) == 0
    assert browser.value("document.querySelector('.skip').hash") == "#main"
    assert browser.value("document.querySelectorAll('[role=tab][aria-selected=true]').length") == 1


CONTRAST = """
const parsed = (colour) => { const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
const ground = (each) => {
  for (let e = each; e; e = e.parentElement) { const c = parsed(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; }
  return [255, 255, 255]; };
const found = [];
for (const each of document.querySelectorAll('body *')) {
  if (!each.checkVisibility() || ![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
  const [one, other] = [light(parsed(getComputedStyle(each).color)), light(ground(each))].sort((a, b) => b - a);
  const ratio = (one + 0.05) / (other + 0.05);
  if (ratio < 4.5) found.push(`${each.tagName}.${each.className} ${ratio.toFixed(2)}`);
}
return [...new Set(found)];
"""


@pytest.mark.parametrize("dark", [False, True])
def test_texts_stand_out(browser: Browser, path: Path, dark: bool) -> None:
    """Contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3, level AA) in every view, light and dark; the switch turns one into the other."""
    opened(browser, path, dark=dark)
    browser.run("localStorage.clear();")
    before = browser.value("getComputedStyle(document.body).backgroundColor")
    assert (before == "rgb(255, 255, 255)") is not dark
    for view in ("grid", "heat", "duty", "fairness", "findings"):
        browser.run("giliran.show(arguments[0]); if (arguments[0] === 'grid') giliran.select(2, 1, {open: true});", view)
        assert browser.run(CONTRAST) == [], view
    browser.click("#theme")
    assert browser.value("getComputedStyle(document.body).backgroundColor") != before
    browser.run("localStorage.clear();")


def test_a_telephone(browser: Browser, path: Path) -> None:
    """Nothing is wider than the screen but tables, which are moved by themselves; the name stays in sight."""
    opened(browser, path, width=PHONE, height=844)
    for view in ("grid", "heat", "duty", "fairness", "findings"):
        browser.run("giliran.show(arguments[0]);", view)
        assert browser.value("document.documentElement.scrollWidth") == PHONE, view
    browser.run("giliran.show('grid');")
    browser.click(f"{GRID} .row:not(.unit) .cell")
    assert browser.text("#detail h2") == HOSTILE[0] and browser.value("document.documentElement.scrollWidth") == PHONE
    browser.click("#close")
    browser.run("document.querySelector('#view-grid .table').scrollLeft = 300;")
    assert browser.value("document.querySelector(arguments[0]).getBoundingClientRect().left >= 0", f"{GRID} .first")


def test_the_panel_of_a_telephone(browser: Browser, path: Path) -> None:
    """It lies over the page: the cell that was tapped stays above it, and it goes with its tab."""
    opened(browser, path, width=PHONE, height=600)
    browser.run("document.querySelectorAll(arguments[0])[3].click();", f"{GRID} .row:not(.unit) .cell.home")
    above = "document.activeElement.getBoundingClientRect().bottom <= document.querySelector('#detail').getBoundingClientRect().top"
    browser.wait(f"!document.querySelector('#detail').hidden && {above}")
    assert browser.value("document.activeElement.closest(arguments[0]) !== null", GRID)
    browser.run("giliran.show('duty');")
    assert browser.value("document.querySelector('#detail').hidden") is True
    browser.wait("document.querySelector('#main').style.paddingBottom === ''")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_marks_stand_above_the_text(browser: Browser, path: Path, width: int) -> None:
    """The sign of duty covers no letter of the place, and the end of the cells is no line across a sheet."""
    opened(browser, path, width=width)
    between = "(cell) => cell.querySelector('.marks').getBoundingClientRect().bottom - letters(cell.firstChild)"
    letters = "(span) => { const {top, bottom} = span.getBoundingClientRect(); return (top + bottom) / 2 - 6; }"
    found = browser.run(
        f"const letters = {letters}; return [...document.querySelectorAll(arguments[0])].map({between});", f"{GRID} .cell.duty"
    )
    assert found and max(found) <= 0
    browser.command("Emulation.setEmulatedMedia", media="print")
    assert browser.value("getComputedStyle(document.querySelector('#view-grid .table')).borderLeftWidth") == "0px"


def test_paper(browser: Browser, path: Path) -> None:
    """All people are on paper, under a heading on each sheet, without buttons; the screen is as before."""
    opened(browser, path, height=400)
    rows = browser.value("document.querySelectorAll(arguments[0]).length", f"{GRID} .row")
    printed = browser.pdf()
    assert printed.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert browser.value("document.querySelectorAll(arguments[0]).length", f"{GRID} .row") == rows
    browser.command("Emulation.setEmulatedMedia", media="print")
    assert browser.texts("button") == [] and browser.value("document.querySelector('#filters').checkVisibility()") is False


def test_without_script(browser: Browser, path: Path) -> None:
    """Whoever opens it in a reader without scripts is told what to do."""
    browser.open(path, script=False)
    assert "Simpan berkas ini" in browser.driver.page_source.partition("<noscript>")[2]
    browser.command("Emulation.setScriptExecutionDisabled", value=False)


def test_a_script_of_a_server(browser: Browser, path: Path) -> None:
    """The object `giliran`: a cell is changed, data are taken over, events tell what is chosen."""
    opened(browser, path)
    browser.run("document.addEventListener('giliran:select', (event) => { window.told = event.detail; });")
    browser.click(f"{GRID} .row:not(.unit) .cell")
    assert browser.value("[window.told, giliran.selected()]") == [{"row": 0, "day": 0}] * 2
    browser.run("giliran.setCell(0, 0, giliran.data.people.cells[0][0] === 'o' ? 'h' : 'o');")
    changed = browser.text(f"{GRID} .row:not(.unit) .cell")
    assert changed.startswith("WFH" if browser.value("giliran.data.people.cells[0][0]") == "h" else "WFO")
    browser.run("giliran.refresh({findings: [{strength: 'must', rule: 0, unit: 1, text: '<b>rusak</b>', rows: [0], days: [0]}]});")
    assert browser.text("#tab-findings") == "Catatan (1)"
    assert "broken" in browser.value("document.querySelector(arguments[0]).className", f"{GRID} .row:not(.unit) .cell")
    browser.run("giliran.show('findings');")
    assert browser.texts(".finding.must p:first-child") == ["<b>rusak</b>"]
