"""Ids are text and stay so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giliran.messages import LANGUAGES
from giliran.text import TextError, parse_id, parse_key


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
        ("Budi\u2007S", "Budi S"),
        ("\u3000Budi\u202fS\u2003", "Budi S"),
        ("Jose\u0301", "Jos\xe9"),
        ("\u212b", "\xc5"),
        ("'=A1", "=A1"),
        ("''+62812", "+62812"),
        ("'Aisyah", "'Aisyah"),
        ("O'=", "O'="),
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


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "a\tb", "a\uffff", "\ufffea", "\ud800", True])
def test_no_id(text: str) -> None:
    """Nothing, a line break inside, codes that are no characters, and a truth value are no ids."""
    with pytest.raises(TextError):
        parse_id(text)


@given(st.from_regex(r"[0-9]{18}", fullmatch=True))
def test_eighteen_digits(text: str) -> None:
    """Eighteen digits survive, written together or in the groups of a NIP."""
    assert parse_id(text) == text
    assert parse_id(f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}") == text


SIGNS = {
    "\xad": "U+00AD SOFT HYPHEN",
    "\u034f": "U+034F COMBINING GRAPHEME JOINER",
    "\u115f": "U+115F HANGUL CHOSEONG FILLER",
    "\u180e": "U+180E MONGOLIAN VOWEL SEPARATOR",
    "\u200b": "U+200B ZERO WIDTH SPACE",
    "\u200c": "U+200C ZERO WIDTH NON-JOINER",
    "\u200d": "U+200D ZERO WIDTH JOINER",
    "\u200e": "U+200E LEFT-TO-RIGHT MARK",
    "\u202a": "U+202A LEFT-TO-RIGHT EMBEDDING",
    "\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u2060": "U+2060 WORD JOINER",
    "\u2069": "U+2069 POP DIRECTIONAL ISOLATE",
    "\u2800": "U+2800 BRAILLE PATTERN BLANK",
    "\u3164": "U+3164 HANGUL FILLER",
    "\ufe0f": "U+FE0F VARIATION SELECTOR-16",
    "\ufeff": "U+FEFF ZERO WIDTH NO-BREAK SPACE",
    "\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A",
    "\U000e0100": "U+E0100 VARIATION SELECTOR-17",
}


@pytest.mark.parametrize(("sign", "name"), SIGNS.items())
@pytest.mark.parametrize("read", [parse_id, parse_key])
@pytest.mark.parametrize("pattern", ["P{}-1", "{}P-1", "P-1{}"])
def test_signs_that_nobody_sees(sign: str, name: str, read: Callable[[str], str], pattern: str) -> None:
    """A sign that is not seen is refused wherever it stands, by code point and name, beside the id that a reader sees."""
    with pytest.raises(TextError) as caught:
        read(pattern.format(sign))
    for lang in LANGUAGES:
        said = caught.value.said.text(lang)
        assert name in said
        assert "'P-1'" in said


def test_nothing_but_unseen_signs() -> None:
    """An id of which nothing is seen is refused, and never told to look like an empty one."""
    with pytest.raises(TextError, match=r"nothing that anybody sees: U\+200B ZERO WIDTH SPACE"):
        parse_id("\u200b")


@pytest.mark.parametrize("text", ["#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!"])
def test_formulas_that_came_to_nothing(text: str) -> None:
    """What a spreadsheet leaves of an id that it took for a formula is refused as that."""
    with pytest.raises(TextError, match="for a formula"):
        parse_id(text)


@given(st.text(st.sampled_from("'=+-@ a1\xe9\u0301\u200b\xa0\u3000"), max_size=6))
def test_read_again(text: str) -> None:
    """What was read as an id is read as the same id again."""
    try:
        found = parse_id(text)
    except TextError:
        return
    assert parse_id(found) == found
    assert parse_key(found) == found
