"""Archives that somebody broke, each in another way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

_FLAGS = {b"PK\x03\x04": 6, b"PK\x01\x02": 8}
"""Where the flags of a part stand after the beginning of its own header and of that in the directory (APPNOTE.TXT 4.3.7, 4.3.12)."""


def archive_of(part: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(part, content)
    return out.getvalue()


def larger(raw: bytes, by: int) -> bytes:
    """The archive with one more part, which unpacks to so many bytes."""
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("media/photo.bin", bytes(by))
    return out.getvalue()


def understated(raw: bytes, by: int) -> bytes:
    """The same where the directory says that the part is small."""
    made, size = larger(raw, by), by.to_bytes(4, "little")
    assert made.count(size) == 2
    return made.replace(size, (200).to_bytes(4, "little"))


def locked(raw: bytes) -> bytes:
    """The archive with the mark on every part that a password is needed for it."""
    marked = bytearray(raw)
    for head, place in _FLAGS.items():
        at = raw.find(head)
        while at >= 0:
            marked[at + place] |= 1
            at = raw.find(head, at + 1)
    return bytes(marked)


def _packed_badly(raw: bytes, method: int) -> bytes:
    """Every part packed in a way that offices do not use, its beginning broken."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        first = new.infolist()[0]
    broken = bytearray(out.getvalue())
    start = first.header_offset + 30 + len(first.filename)
    broken[start + 4 : start + 12] = b"\xff" * 8
    return bytes(broken)


DAMAGED: Mapping[str, Callable[[bytes], bytes]] = {
    "half of it": lambda raw: raw[: len(raw) // 2],
    "its head alone": lambda raw: raw[:4],
    "bytes within": lambda raw: raw[:60] + b"\xff" * 20 + raw[80:],
    "a way of packing that is not known": lambda raw: raw.replace(b"\x08\x00", b"\x63\x00"),
    "LZMA": lambda raw: _packed_badly(raw, zipfile.ZIP_LZMA),
    "bzip2": lambda raw: _packed_badly(raw, zipfile.ZIP_BZIP2),
}
"""What makes of an archive one that cannot be read."""
