"""Ids are text and stay so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.text import TextError, parse_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19800101 200501 1 001", "198001012005011001"),
        ("19800101\xa0200501\xa01\xa0001", "198001012005011001"),
        ("000000000000000142", "000000000000000142"),
        (" P-0012 ", "P-0012"),
        ("Budi S", "Budi S"),
        ("1E5", "1E5"),
        ("bpkad/anggaran", "bpkad/anggaran"),
        (198001012005011001, "198001012005011001"),
    ],
)
def test_read(text: str | int, expected: str) -> None:
    """Spaces go from a number of digits only; everything else stays, zeros too."""
    assert parse_id(text) == expected


@pytest.mark.parametrize("text", ["1.98E+17", "1,98E+17", "1.98e17", "2E+17", "198001012005011000.0", "198001012005011000,00", "142.0"])
def test_spoiled_by_a_spreadsheet(text: str) -> None:
    """What a spreadsheet makes of a long number is refused by name, with advice."""
    with pytest.raises(TextError, match="a spreadsheet turned a number into this") as caught:
        parse_id(text)
    assert caught.value.advice is not None
    assert "as Text" in caught.value.advice.text()


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "a\tb", True])
def test_no_id(text: str) -> None:
    """Nothing, a line break inside, and a truth value are no ids."""
    with pytest.raises(TextError):
        parse_id(text)


@given(st.from_regex(r"[0-9]{18}", fullmatch=True))
def test_eighteen_digits(text: str) -> None:
    """Eighteen digits survive, written together or in the groups of a NIP."""
    assert parse_id(text) == text
    assert parse_id(f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}") == text
