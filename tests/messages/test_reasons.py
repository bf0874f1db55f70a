"""Why a system refuses something, without its own words."""

import errno
import os
import socket
from pathlib import Path

import pytest

from giliran.errors import InputError
from giliran.messages import LANGUAGES, reason_of
from giliran.text import read_document


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_number_is_said_in_both_languages(number: int) -> None:
    """No number of an error brings the words of the system into a sentence, and the languages differ."""
    english, indonesian = (reason_of(OSError(number, os.strerror(number), "f.csv")).text(lang) for lang in LANGUAGES)
    assert english != indonesian
    assert os.strerror(number) not in indonesian and "f.csv" not in english + indonesian


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "x"), "tidak ada izin"),
        (OSError(errno.ENOSPC, "x"), "ruang disk habis"),
        (IsADirectoryError(errno.EISDIR, "x"), "ini folder"),
        (OSError(errno.ENAMETOOLONG, "x"), "namanya terlalu panjang"),
        (OSError(errno.EROFS, "x"), "hanya dapat dibaca"),
        (OSError(errno.EMLINK, "x"), "tautannya terlalu banyak"),
        (OSError(errno.EBUSY, "x"), "sedang dibuka program lain"),
        (OSError("x"), "ditolak sistem"),
        (ValueError("embedded null byte"), "namanya memuat karakter"),
        (socket.gaierror(-2, "x"), "tidak ada komputer"),
        (TimeoutError("x"), "tidak ada yang menjawab"),
    ],
    ids=str,
)
def test_reasons(error: Exception, words: str) -> None:
    """The usual ones, with and without a number."""
    assert words in reason_of(error).text("id")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    """A message about a file is in one language from end to end."""
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / ("x" * 300 + ".yaml"))
    assert caught.value.text("id").endswith("berkas tidak dapat dibaca: namanya terlalu panjang")
