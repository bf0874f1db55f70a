"""Summaries of batches for people."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from giliran.cli.summary import MAX_TOLD, report_batch
from giliran.domain.status import Stopped
from giliran.files.batches import BatchFile, BatchRow, Ending
from giliran.messages import Lang
from giliran.records.results import TierRecord
from giliran.records.sentences import Sentences

TIERS = (
    TierRecord(name="relaxations", value=0, bound=0, conditional=False, proven=True),
    TierRecord(name="fair_share", value=12, bound=9, conditional=False, proven=False),
    TierRecord(name="wishes", value=7, bound=7, conditional=True, proven=False),
)
PROBLEM = Sentences(en="x.yaml:3: staff: something is wrong\n  Do this.", id="x.yaml:3: staff: ada yang salah\n  Lakukan ini.")


def said(*rows: BatchRow, lang: Lang = "en", width: int = 120, verbose: bool = False) -> str:
    """The summary of some rows as text."""
    out = io.StringIO()
    report_batch(Console(file=out, width=width), BatchFile.of(list(rows)), lang, verbose=verbose)
    return out.getvalue()


def solved(name: str = "dinas", **more: object) -> BatchRow:
    """The row of an instance with a plan that is not proven."""
    fields = {"stopped": Stopped.TIME_LIMIT, "people": 64, "seconds": 1.5, "tiers": TIERS, "files": ("d/dinas.csv",), **more}
    return BatchRow.model_validate({"name": name, "instance": "x.yaml", "ending": Ending.FEASIBLE, "exit_code": 0, **fields})


def failed(count: int = 1) -> BatchRow:
    """The row of an instance that could not be read."""
    return BatchRow(name="bad", instance="x.yaml", ending=Ending.BAD_INPUT, exit_code=2, seconds=0.1, problems=(PROBLEM,) * count)


def test_each_tier_has_value_and_gap() -> None:
    """Where it is wanted, a proven tier shows its value, an open one its gap, and one behind an open one that it is not proven."""
    text = said(solved(), verbose=True)
    assert "costs: rules that only should hold 0, distance from fair shares 12 (gap 3), unmet wishes 7 (not proven)" in text
    assert "costs:" not in said(solved())
    assert "a plan, not proven best, time limit     64     1.50" in text
    assert "written: d/dinas.csv" in text


def test_problems_on_one_line_and_in_full() -> None:
    """The first problem stands in the table on one line, all of them below with their advice."""
    table, full = said(solved(), failed(2)).split("\nProblems\n")
    assert "    x.yaml:3: staff: something is wrong (and 1 more)\n" in table and "Do this." not in table
    assert full.count("- x.yaml:3: staff: something is wrong\n      Do this.") == 2
    assert "(exit code 2, the largest of all)" in full


def test_indonesian() -> None:
    """The same in Indonesian, with a decimal comma."""
    text = said(solved(), failed(), lang="id", verbose=True)
    assert "1,50" in text and "jarak dari jatah 12 (selisih 3)" in text and "Lakukan ini." in text and "Pegawai" in text


@pytest.mark.parametrize(("lang", "words"), [("en", "Shortfalls to be told: 4"), ("id", "Kekurangan yang perlu diketahui: 4")])
def test_the_headline_of_each_plan(lang: Lang, words: str) -> None:
    """Shortfalls are counted beside the plan, and the first sentence that must not be overlooked stands there."""
    empty = Sentences(en="Sekretariat: nobody is in the office on Monday", id="Sekretariat: tidak ada yang WFO pada Senin")
    text = said(solved(shortfalls=4, told=(empty, empty)), lang=lang)
    assert words in text and f"    {getattr(empty, lang)} (" in text


def test_long_lists_are_counted() -> None:
    """Of very many problems the first ones are told."""
    text = said(failed(MAX_TOLD + 5))
    assert text.count("- x.yaml:3") == MAX_TOLD and "… 5 more" in text


@pytest.mark.parametrize("lang", ["en", "id"])
def test_narrow_screens_lose_nothing(lang: Lang) -> None:
    """Where a row does not fit, it stands below the name; name, status, staff and seconds are there in full."""
    text = " ".join(said(solved("dinas-pendapatan-daerah"), lang=lang, width=40).split())
    words = {
        "en": "dinas-pendapatan-daerah a plan, not proven best, time limit · Staff 64 · Seconds 1.50",
        "id": "dinas-pendapatan-daerah ada jadwal, belum terbukti terbaik, batas waktu · Pegawai 64 · Detik 1,50",
    }
    assert words[lang] in text


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Long names and files keep to the width."""
    text = said(solved("sangat-" * 20, files=("folder/" * 30,)), failed(), width=width)
    assert max(map(len, text.splitlines())) <= width
