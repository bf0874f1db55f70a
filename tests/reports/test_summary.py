"""A result in six lines, in one, and in a notebook."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import TierResult
from giliran.reports import duty_table, finding_table
from giliran.reports.markup import MOST_PEOPLE, table_html
from giliran.reports.report import Report
from giliran.reports.summary import tiers_text
from tests.plans import CROWDED, GOOD, NOBODY, plan, result_of, small_instance
from tests.reports.test_terminal import crowd, empty_plan

SCRIPT = "<script>alert(1)</script>"


class Page(HTMLParser):
    """What a browser makes of HTML: tags and texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Keep a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


def test_six_lines() -> None:
    """Title, size and seed, status, who has no plan, findings by number, tiers."""
    instance = small_instance()
    first, size, status, left, found, tiers = str(result_of(instance, plan(instance))).splitlines()
    assert (first, size) == ("Bidang kecil", "4 people · 1 unit · Monday–Saturday, 12–17 July 2021 · seed 20210712")
    assert status == "Proven best: no plan under these rules is better."
    assert left == "Everybody has a plan."
    assert found.startswith("Findings: broken 0, costs 0, notes ")
    assert tiers.startswith("Tiers: ") and "office_target" in tiers


def test_six_lines_of_less_than_a_plan() -> None:
    """What stopped the search stands beside the status, and people without a plan are counted."""
    instance = small_instance(title="")
    result = result_of(instance, plan(instance, ("??????", *GOOD[1:])), Status.UNKNOWN, Stopped.TIME_LIMIT)
    lines = str(result).splitlines()
    assert len(lines) == 6 and lines[0] == "Untitled"
    assert lines[2].startswith("Time ran out") and lines[2].endswith("The time limit ended the search.")
    assert lines[3] == "Without a plan: 1 of 4 people."


def test_where_nobody_can_be_planned_nobody_else_is_spoken_of() -> None:
    """Everybody else is planned only where there is somebody else; tiers are left out because somebody is not planned."""
    instance = small_instance()
    nobody, some = (
        replace(result_of(instance, plan(instance, rows), Status.INFEASIBLE), tiers=()) for rows in (NOBODY, ("??????", *GOOD[1:]))
    )
    assert str(nobody).splitlines()[2] == "Impossible: no plan keeps every rule, and nobody is planned."
    assert str(some).splitlines()[2].endswith("Everybody else is planned.")
    assert str(some).splitlines()[5] == "Tiers: none, not everybody is planned" and "no plan for everybody" in repr(some)


def test_tiers_say_how_far_they_are_proven() -> None:
    """A proven tier is its value, an open one has its gap, and one whose value no plan beats only given open tiers is not proven."""
    tiers = [TierResult("a", 3, 3, False), TierResult("b", 5, 3, False), TierResult("c", 4, 4, True), TierResult("d", 4, 1, True)]
    assert tiers_text(tiers).text() == "a 3, b 5 (gap 2), c 4 (not proven), d 4 (gap 3)"
    assert tiers_text(tiers).text("id") == "a 3, b 5 (selisih 2), c 4 (belum terbukti), d 4 (selisih 3)"


@pytest.mark.parametrize("status", list(Status))
def test_one_line(status: Status) -> None:
    """`repr` is one line with status, size, period and tiers, whatever the title holds."""
    instance = small_instance(title="two\nlines")
    result = result_of(instance, plan(instance, CROWDED), status)
    assert len(str(result).splitlines()) == 6
    assert re.fullmatch(rf"<Result {status.value}: 4 people, 2021-07-12 to 2021-07-17; .*office_target \d+.*>", repr(result))


def test_a_notebook_shows_the_plan() -> None:
    """The six lines, then a table per unit with a row per person and a column per day."""
    page = Page(result_of(small_instance(), plan(small_instance()))._repr_html_())
    assert page.texts[0] == str(result_of(small_instance(), plan(small_instance())))
    assert page.tags.count("table") == 1 and page.tags.count("tr") == 5 and page.tags.count("th") == 8
    assert "WFO*" in page.texts and "cuti" in page.texts


def test_names_are_text_in_a_notebook() -> None:
    """Whatever a name, a title, a unit or a reason holds is shown as it is written, and never obeyed."""
    staff = [{"id": f"{k}<b>", "unit": "u", "name": SCRIPT} for k in range(4)]
    units = [{"id": "u", "name": f"{SCRIPT}&amp;", "level": "bidang"}]
    instance = small_instance(title=SCRIPT, staff=staff, units=units, absences=[])
    result = result_of(instance, plan(instance))
    html = result._repr_html_() + table_html(duty_table(Report.of(result))) + table_html(finding_table(Report.of(result)))
    page = Page(html)
    assert not {"script", "b"} & set(page.tags)
    assert page.texts.count(SCRIPT) >= 4 and f"{SCRIPT}&amp;" in page.texts


def test_a_notebook_is_not_drowned() -> None:
    """Of very many people the first are shown, the others counted."""
    page = Page(empty_plan(crowd(MOST_PEOPLE + 30))._repr_html_())
    assert page.tags.count("tr") == MOST_PEOPLE + 1 and "… 30 more people" in page.texts
