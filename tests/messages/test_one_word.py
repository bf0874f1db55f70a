"""One idea has one word in Indonesian, in sentences and in the guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import giliran

HOME = Path(giliran.__file__).parent
OTHER_WORDS = {
    "rekening": "akun",
    "ketidaksesuaian": "pelanggaran",
    "temuan": "catatan, pelanggaran",
    "sisa hari": "saldo",
    "beban kerja": "hari giliran",
    "buku besar": "buku giliran",
    "loteri": "undian",
}
"""Words that were used, or come to mind, for what has another word already."""


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_no_second_word(word: str) -> None:
    """Nobody has to find out that an account of the ledger is called otherwise in the guide than in the answers of commands."""
    files = [*HOME.rglob("*.py"), *(HOME / "guide" / "id").glob("*.md")]
    assert len(files) > 100
    found = [path.name for path in files if re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"), re.IGNORECASE)]
    assert found == [], f"the word is {OTHER_WORDS[word]}"
