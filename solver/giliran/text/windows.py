"""Names that Windows gives a meaning of its own: devices, endings that it drops, signs that it reads as something else."""

from __future__ import annotations

import os
import re
from pathlib import PureWindowsPath

from giliran.messages import Said, Sentence

_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?=\s*(?:\.|$))", re.IGNORECASE)
"""Whatever follows a dot, `NUL.csv` is the device. Source: Microsoft, "Naming Files, Paths, and Namespaces"."""
_SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DROPPED = (".", " ")
_ABOVE = ".."

_IS_DEVICE = Sentence(
    en="the file cannot be written: on Windows {name} is a device, whatever the ending",
    id="berkas tidak dapat ditulis: di Windows {name} adalah nama perangkat, apa pun akhirannya",
)
_IS_CUT = Sentence(
    en="the file cannot be written: Windows drops the dots and blanks at the end of the name '{name}'",
    id="berkas tidak dapat ditulis: Windows menghapus titik dan spasi di akhir nama '{name}'",
)
_HAS_SIGN = Sentence(
    en="the file cannot be written: on Windows no name holds the sign {sign}, as '{name}' does",
    id="berkas tidak dapat ditulis: di Windows nama tidak boleh memuat tanda {sign}, seperti pada '{name}'",
)


def on_windows() -> bool:
    """Whether this is Windows."""
    return os.name == "nt"


def refused_by_windows(path: str | os.PathLike[str]) -> Said | None:
    """What Windows would make of the path of a file or folder that is to be written, where that is not what it says.

    None where it would be written as it is named; what Windows makes of a name matters on Windows alone.
    """
    if not on_windows():
        return None
    whole = PureWindowsPath(path)
    parts = whole.parts[1:] if whole.anchor else whole.parts
    return next((said for name in parts if name != _ABOVE and (said := _trouble(name)) is not None), None)


def safe_name(name: str) -> str:
    """A name that every system has for a file, once an ending such as `.csv` is put behind it; the same one where it is so already."""
    plain = _SIGNS.sub("_", name)
    device = _DEVICE.match(plain)
    return plain if device is None else f"{device[0]}_{plain[device.end() :]}"


def _trouble(name: str) -> Said | None:
    sign = _SIGNS.search(name)
    if sign is not None:
        return _HAS_SIGN(sign=sign[0], name=name)
    device = _DEVICE.match(name)
    if device is not None:
        return _IS_DEVICE(name=device[0].upper())
    return _IS_CUT(name=name) if name.endswith(_DROPPED) else None
