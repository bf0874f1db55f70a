"""Archives (.zip: workbooks, documents) that somebody else made: damaged, locked, or unpacking without end."""

from __future__ import annotations

import copy
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as Xml  # expat limits what entities may grow to

_PIECE = 1_000_000
_LOCKED = 0x1
"""The flag of a part that only a password opens (APPNOTE.TXT 4.4.4)."""

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    Xml.ParseError,
    OSError,
    LookupError,
    ValueError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
"""What reading an archive may raise, and the XML in it."""


class ArchiveError(Exception):
    """An archive that cannot be read: it is damaged, or none at all."""


class LockedError(ArchiveError):
    """An archive that only a password opens."""


class BombError(ArchiveError):
    """An archive that unpacks to more than it may."""


@contextmanager
def unpacking(raw: bytes, most: int) -> Iterator[zipfile.ZipFile]:
    """An archive whose parts, each of them unpacked once to see it, come to at most `most` bytes.

    Raises
    ------
    ArchiveError
        Of its kind, if it is damaged or locked or larger; also where what is read of it meanwhile shows that it is damaged.
    """
    with _damage_told(), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if _unpacked(archive, most) > most:
            raise BombError
        yield archive


def parts_in(raw: bytes) -> list[str]:
    """The names of the parts of an archive, nothing of it unpacked; raises `ArchiveError`."""
    with _damage_told(), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.namelist()


def xml_in(source: Path | bytes, part: str, most: int) -> Xml.Element:
    """What one part says, the only one that is unpacked, and no more of it than `most` bytes; raises `ArchiveError` if there is none."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    with _damage_told(), zipfile.ZipFile(file) as archive, archive.open(_open(archive.getinfo(part))) as stream:
        return Xml.fromstring(stream.read(most))


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        raise ArchiveError from error


def _open(part: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A part, unless a password is needed for it."""
    if part.flag_bits & _LOCKED:
        raise LockedError
    return part


def _unpacked(archive: zipfile.ZipFile, most: int) -> int:
    """Bytes that the parts unpack to, whatever the directory says of them, as far as they matter."""
    found = 0
    for entry in archive.infolist():
        part = copy.copy(_open(entry))
        part.file_size = most + 1
        with archive.open(part) as stream:
            while found <= most and (piece := stream.read(_PIECE)):
                found += len(piece)
    return found
