"""Why the system refuses a file or a connection, in both languages: its own words are in one language, and differ between systems."""

from __future__ import annotations

import errno
import sys

from giliran.messages.sentence import Said, Sentence

_SHARING = (32, 33)
"""Numbers by which Windows says that another program has the file open."""

_LOCKED = Sentence(en="another program has it open", id="sedang dibuka program lain")
_DENIED = Sentence(en="permission denied", id="tidak ada izin")
_GONE = Sentence(en="there is no such file or folder", id="berkas atau folder itu tidak ada")
_FULL = Sentence(en="no space left on the disk", id="ruang disk habis")
_LARGE = Sentence(en="the file would become too large here", id="berkas menjadi terlalu besar di tempat ini")
_ENDED = Sentence(en="who should read it is gone", id="pembacanya sudah tidak ada")
_FAULTY = Sentence(en="the disk or drive does not work", id="disk atau perangkat tidak berfungsi")
_NO_SUPPORT = Sentence(en="this kind of file cannot do that", id="jenis berkas ini tidak mendukungnya")
_SILENT = Sentence(en="nobody answers there", id="tidak ada yang menjawab di sana")
_UNREACHED = Sentence(en="it cannot be reached", id="tidak dapat dijangkau")
_NO_HOST = Sentence(en="no computer of that name is known", id="tidak ada komputer dengan nama itu")
_MANY_FILES = Sentence(en="too many files are open", id="terlalu banyak berkas terbuka")
_NO_MEMORY = Sentence(en="not enough memory", id="memori tidak cukup")
_NO_NAME = Sentence(
    en="its name holds characters that no file name may have here", id="namanya memuat karakter yang tidak boleh ada di sini"
)
_UNTOLD = Sentence(en="the system refuses it ({code})", id="ditolak sistem ({code})")
_ODD = Sentence(en="the system refuses it", id="ditolak sistem")

_REASONS = {
    _DENIED: ("EACCES", "EPERM"),
    _GONE: ("ENOENT", "ESTALE", "ENODEV", "ENXIO"),
    _FULL: ("ENOSPC", "EDQUOT"),
    _LARGE: ("EFBIG", "EOVERFLOW"),
    _ENDED: ("EPIPE", "EBADF", "ESHUTDOWN"),
    _FAULTY: ("EIO",),
    _NO_SUPPORT: ("EINVAL", "EOPNOTSUPP", "ENOTSUP", "ENOSYS", "EXDEV"),
    _SILENT: ("ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "ECONNABORTED"),
    _UNREACHED: ("EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN", "EADDRNOTAVAIL"),
    _MANY_FILES: ("EMFILE", "ENFILE"),
    _NO_MEMORY: ("ENOMEM",),
    _LOCKED: ("EBUSY", "ETXTBSY", "EDEADLK"),
    Sentence(en="the system has no room for it just now", id="sistem sedang tidak sanggup melayaninya"): ("EAGAIN",),
    Sentence(en="this is a folder", id="ini folder"): ("EISDIR",),
    Sentence(en="a part of its path is no folder", id="bagian dari jalurnya bukan folder"): ("ENOTDIR",),
    Sentence(en="its name is too long", id="namanya terlalu panjang"): ("ENAMETOOLONG",),
    Sentence(en="the file system is read-only", id="sistem berkas hanya dapat dibaca"): ("EROFS",),
    Sentence(en="links lead around in a circle", id="tautannya berputar-putar"): ("ELOOP",),
    Sentence(en="it has too many links", id="tautannya terlalu banyak"): ("EMLINK",),
    Sentence(en="something of this name is there already", id="nama itu sudah dipakai"): ("EEXIST", "ENOTEMPTY"),
    Sentence(en="it takes too long to answer", id="terlalu lama menjawab"): ("EWOULDBLOCK", "EINPROGRESS"),
}
_BY_NUMBER = {number: said for said, names in reversed(_REASONS.items()) for name in names if (number := getattr(errno, name, None))}
"""Names that a system does not have are left out; of two names of one number the earlier one counts."""


def reason_of(error: BaseException) -> Said:
    """Why a file or a connection is refused, as people say it."""
    if getattr(error, "winerror", None) in _SHARING:
        return _LOCKED()
    socket = sys.modules.get("socket")  # where nothing has loaded it, nothing has raised its errors
    if socket is not None and isinstance(error, socket.gaierror):
        return _NO_HOST()
    if isinstance(error, OSError) and error.errno is not None:
        said = _BY_NUMBER.get(error.errno)
        return _UNTOLD(code=errno.errorcode.get(error.errno, error.errno)) if said is None else said()
    if isinstance(error, OSError):
        return _SILENT() if isinstance(error, TimeoutError) else _ODD()
    return _NO_NAME()
