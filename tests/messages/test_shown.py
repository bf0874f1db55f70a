"""What a screen would obey or hide stands there as its code."""

import json
import sys
import unicodedata

import pytest

from giliran.errors import Problem, Where
from giliran.messages import LANGUAGES, Sentence, bilingual, shown, shown_json, shown_lines

SAID = Sentence(en="{name} is away", id="{name} tidak masuk")

SEEN_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Formats of Unicode that are seen: Arabic, Syriac and Kaithi signs around numbers."""
UNSEEN_LETTERS = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0, *range(0xFE00, 0xFE0E)}
"""Default ignorable characters that Unicode counts as letters, marks or nothing, without the two that telephones write."""


NO_CHARACTERS = {0xFFFE, 0xFFFF}
"""Codes that XML, and so every workbook, takes for no characters."""


def hostile(code: int) -> bool:
    """Whether Unicode itself says that a character is obeyed or not seen."""
    if (
        code in UNSEEN_LETTERS
        or code == 0x2065
        or 0xFFF0 <= code <= 0xFFF8
        or code in NO_CHARACTERS
        or 0xE0000 <= code <= 0xE0FFF
        or 0x13430 <= code <= 0x1343F
    ):
        return True
    return unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and code not in SEEN_FORMATS


def test_every_character_is_shown_or_written_as_its_code() -> None:
    """Of all characters exactly those that Unicode calls controls, formats, separators or halves are replaced, by letters of ASCII."""
    for code in range(sys.maxunicode + 1):
        text = shown(chr(code))
        assert (text != chr(code)) == hostile(code), hex(code)
        assert text == chr(code) or (text.isascii() and text.isprintable())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Siti \x1b[31mAminah", r"Siti \x1b[31mAminah"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x9b31m\x7f", r"\x9b31m\x7f"),
        ("gaji\u202efdp.exe", r"gaji\u202efdp.exe"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("half\udc80", r"half\udc80"),
        (r"C:\Users\ani", r"C:\Users\ani"),
        ("Nuʻaim Ḥasan محمد 李 ❤\ufe0f", "Nuʻaim Ḥasan محمد 李 ❤\ufe0f"),
    ],
)
def test_forms(text: str, seen: str) -> None:
    """Codes have the form that Python writes; letters of every script, paths and emoji stay; what was shown is not shown again."""
    assert shown(text) == seen == shown(seen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_and_places_show_their_values(lang: str) -> None:
    """Values, places and words from elsewhere are shown; a line break in a name makes no line of its own."""
    problem = Problem(Where("a\u202e.csv", 3, "x\x1b"), SAID(name=["Ani\nBudi", SAID(name="\x07")]), SAID(name="\u2066"))
    lines = problem.text("en" if lang == "en" else "id").split("\n")
    assert len(lines) == 2 and lines[0].startswith(r"a\u202e.csv:3: x\x1b: Ani\nBudi") and r"\x07" in lines[0] and r"\u2066" in lines[1]
    assert bilingual(en="{\x1b}", id="{\u202e}").text("en" if lang == "en" else "id") == ("{\\x1b}" if lang == "en" else "{\\u202e}")


def test_lines_keep_their_ends_alone() -> None:
    """A report keeps its line ends; a carriage return, which writes over a line, is none."""
    assert shown_lines("a\nb\r\n\x0bc\u2028") == "a\nb\\r\n\\x0bc\\u2028"


def test_json_keeps_its_values() -> None:
    """JSON on a screen says the same as before, also of characters beyond 16 bits."""
    value = {"a\u202e": ["\x1b[0m", "\x7f\x9b", "\U000e0041", "é李", "\n"]}
    text = shown_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(text) == value
    assert not any(hostile(ord(char)) for char in text.replace("\n", ""))
