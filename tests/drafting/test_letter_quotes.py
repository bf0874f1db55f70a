"""Sentences of a letter are quoted so that whoever reads them sees what they prove, once."""

from __future__ import annotations

import pytest

from giliran.drafting.letter_quotes import MOST_QUOTED, quote
from giliran.drafting.letter_sheet import rows_of
from giliran.drafting.letter_telling import letter_lines
from giliran.letters import Topic
from tests.letters.scoring import proposed

LONG = "dengan memperhatikan keadaan di wilayah masing-masing serta ketersediaan sarana "


@pytest.mark.parametrize("before", range(0, 12, 2))
@pytest.mark.parametrize("behind", range(0, 12, 4))
def test_a_long_sentence_is_cut_around_its_number(before: int, behind: int) -> None:
    """Wherever in the sentence the number stands, the quote holds it, is no longer than quotes are, and cuts no word."""
    read = proposed(f"Pegawai {LONG * before}WFO paling banyak 50% {LONG * behind}.")
    [passage] = read.choose["limit"].passages
    found = quote(passage)
    assert "WFO paling banyak 50%" in found
    assert len(found.strip("…")) <= MOST_QUOTED
    assert set(found.strip("…").split()) <= set(passage.text.split())


def test_two_numbers_of_a_sentence_are_each_quoted() -> None:
    """What was not understood is quoted with its own number, far from the one that was."""
    read = proposed(f"WFO paling banyak 50%, {LONG * 10}, dan dilarang WFH minimal 25%.")
    assert "50%" in quote(read.choose["limit"].passages[0])
    assert ["25%" in quote(number.passage) for number in read.letter.unread] == [True]


def test_the_number_of_a_letter_is_quoted_without_its_title() -> None:
    """From the words before the number up to the number."""
    read = proposed("SURAT EDARAN\nNOMOR 800.1.5/123/BKPSDM/2026\nTENTANG\nPENYESUAIAN SISTEM KERJA PEGAWAI\n\nWFO paling banyak 50%.")
    assert read.number is not None
    assert [quote(passage) for passage in read.number.passages] == ["SURAT EDARAN NOMOR 800.1.5/123/BKPSDM/2026"]


def test_a_sentence_that_contradicts_itself_is_quoted_once() -> None:
    """In the lines as on the sheet."""
    read = proposed("Pegawai WFH sebesar 75% dan WFO sebesar 50%.")
    assert len(read.clashes) == 1
    lines = [line.text("id") for line, _ in letter_lines(read, "surat.txt")]
    at = lines.index("Bertentangan:")
    assert ["Pegawai WFH" in line for line in lines[at + 1 : at + 4]] == [False, True, False]
    assert [row.kind().text("id") for row in rows_of(read)].count("bertentangan") == 1


def test_flexible_working_is_read_as_not_in_the_office() -> None:
    """FWA is no place: that it is read as one is told beside the limit."""
    read = proposed("Pegawai melaksanakan FWA paling banyak 50%.")
    assert [finding.side and finding.side.name for finding in read.letter.findings if finding.topic is Topic.SHARE] == ["HOME"]
    why = read.choose["limit"].why
    assert why is not None and "FWA" in why.text("id")
