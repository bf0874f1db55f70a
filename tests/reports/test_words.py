"""Small words and numbers of reports."""

from __future__ import annotations

import datetime as dt

import pytest
from rich.console import Console

from giliran.messages import Lang
from giliran.reports import Report
from giliran.reports.terminal.screen import Screen
from giliran.reports.words import days_text, period
from tests.plans import plan, small_instance


@pytest.mark.parametrize(
    ("thousandths", "signed", "lang", "text"),
    [
        (1500, False, "en", "1.5"),
        (1500, False, "id", "1,5"),
        (2000, True, "en", "+2"),
        (-333, True, "en", "−0.33"),
        (-4, True, "en", "0"),
        (999, False, "en", "1"),
        (0, True, "id", "0"),
    ],
)
def test_days_text(thousandths: int, signed: bool, lang: Lang, text: str) -> None:
    """Thousandths of a day are days with at most two decimals, in the reader's language."""
    assert days_text(thousandths, lang, signed=signed) == text


@pytest.mark.parametrize(
    ("first", "last", "lang", "text"),
    [
        ("2021-07-12", "2021-07-18", "en", "12–18 Jul 2021"),
        ("2021-06-28", "2021-07-09", "id", "28 Jun – 9 Jul 2021"),
        ("2021-12-27", "2022-01-07", "en", "27 Dec 2021 – 7 Jan 2022"),
        ("2021-08-01", "2021-08-01", "id", "1 Agu 2021"),
    ],
)
def test_period(first: str, last: str, lang: Lang, text: str) -> None:
    """A period says no more than it must."""
    assert period(dt.date.fromisoformat(first), dt.date.fromisoformat(last), lang) == text


def test_percent_signs_stay_with_their_number() -> None:
    """A line never breaks between a number and its percent sign."""
    assert [line.plain for line in Screen(Console(width=11)).wrapped("at most 25 % here", indent="")] == ["at most", "25 % here"]


def test_unit_is_named_as_far_up_as_it_takes() -> None:
    """Units called alike, also under units called alike, are told apart by those above them."""
    units = [{"id": opd, "name": opd.title(), "level": "opd"} for opd in ("dinas", "badan")]
    units += [{"id": f"{opd}/sek", "name": "Sekretariat", "level": "sekretariat", "parent": opd} for opd in ("dinas", "badan")]
    units += [{"id": f"{opd}/sek/u", "name": "Umum", "level": "seksi", "parent": f"{opd}/sek"} for opd in ("dinas", "badan")]
    units += [{"id": "dinas/laut", "name": "Bidang Laut", "level": "bidang", "parent": "dinas"}]
    instance = small_instance(units=units, staff=[{"id": "P", "unit": "dinas/laut"}], absences=[], rules=[])
    report = Report(instance.view, plan(instance, ["0" * 6], ["0" * 6]))
    assert {report.unit_name(unit) for unit in range(len(units))} == {
        "Dinas",
        "Badan",
        "Dinas › Sekretariat",
        "Badan › Sekretariat",
        "Dinas › Sekretariat › Umum",
        "Badan › Sekretariat › Umum",
        "Bidang Laut",
    }


@pytest.mark.parametrize(
    ("row", "title"),
    [("L4", "own/x (baris L4)"), ("own", "own/x"), ("none", "own/x (tidak ada dalam surat)"), ("", "own/x"), (None, "own/x")],
)
def test_rule_with_its_row(row: str | None, title: str) -> None:
    """A rule is named with its row, or said not to stand in the letter; a planner's own letter has no rows."""
    instance = small_instance()
    assert Report(instance.view, plan(instance)).rule_name("own/x", row).text("id") == title
