"""Frames of pandas, polars and Arrow, read and made by way of narwhals, which is loaded for them alone (`giliran[frames]`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, Whole, found_text, plain

FrameKind = Literal["pandas", "polars", "pyarrow"]
"""Libraries whose frames are made."""

_KINDS = ("pandas", "polars", "pyarrow")
_SIGNS = ("__arrow_c_stream__", "__dataframe__", "__narwhals_dataframe__", "__narwhals_lazyframe__", "collect_schema")
"""Attributes that frames have, whatever library they are of."""

_NEEDED = Sentence(
    en="frames are read and made with the help of another package, which is not installed: {package}",
    id="untuk membaca dan membuat data frame diperlukan paket tambahan yang belum terpasang: {package}",
)
_INSTALL = Sentence(en="Install it by {command}.", id="Pasang dengan {command}.")
_NO_FRAME = Sentence(
    en="found {found}, a frame that cannot be read: {reason}", id="ditemukan {found}, data frame yang tidak dapat dibaca: {reason}"
)
_COLLECT = Sentence(
    en="Give rows that are there: a lazy frame is worked out by collect() or execute().",
    id="Berikan baris yang sudah ada: data frame yang belum dihitung diselesaikan dahulu dengan collect() atau execute().",
)
_ONE_COLUMN = Sentence(
    en="found {found}, a single column; expected a frame, rows or a mapping of columns",
    id="ditemukan {found}, satu kolom saja; yang diharapkan data frame, daftar baris, atau kumpulan kolom",
)
_TO_FRAME = Sentence(en="Make a frame of it by to_frame().", id="Jadikan data frame dengan to_frame().")
_NO_KIND = Sentence(en="found {found}; expected one of {known}", id="ditemukan {found}; yang diharapkan salah satu dari {known}")


def is_frame(value: object) -> bool:
    """Whether a value is a frame of some library: told by its attributes, nothing is loaded."""
    return not isinstance(value, type) and any(hasattr(type(value), sign) for sign in _SIGNS)


def columns_of(frame: Any, field: str) -> dict[str, Sequence[Any] | NDArray[Any]]:
    """The columns of a frame by their names; an index of pandas that has a name is a column too.

    Raises
    ------
    InputError
        If narwhals is not installed, or does not know frames of this kind; or if the frame is a lazy one, or has two columns of one name.
    """
    nw = _narwhals(field)
    names = getattr(getattr(frame, "index", None), "names", ())
    if any(name is not None for name in names):
        frame = frame.reset_index(level=[name for name in names if name is not None])
    try:
        whole = nw.from_native(frame, eager_only=True)
    except TypeError as error:
        if len(getattr(frame, "shape", (0, 0))) == 1:
            raise InputError([Problem(Where(field=field), _ONE_COLUMN(found=_kind(frame)), _TO_FRAME())]) from None
        raise InputError([Problem(Where(field=field), _unread(frame, error), _COLLECT())]) from None
    except nw.exceptions.NarwhalsError as error:
        raise InputError([Problem(Where(field=field), _unread(frame, error))]) from None
    moments = (nw.Date, nw.Datetime)
    return {
        column.name: column.to_numpy() if column.dtype in moments and getattr(column.dtype, "time_zone", None) is None else column.to_list()
        for column in whole.iter_columns()
    }


def frame_of(columns: Mapping[str, NDArray[Any]], kind: FrameKind = "pandas") -> Any:
    """A frame of some columns.

    Parameters
    ----------
    columns
        Arrays of one length by name; texts as arrays of objects, dates as datetime64[D].
    kind
        The library.

    Raises
    ------
    InputError
        If that is no library whose frames are made, or it or narwhals is not installed.
    """
    if kind not in _KINDS:
        raise InputError([Problem(Where(field="kind"), _NO_KIND(found=found_text(kind), known=", ".join(_KINDS)))])
    nw = _narwhals("kind")
    try:
        return nw.from_dict(dict(columns), backend=kind).to_native()
    except ImportError:
        raise InputError(
            [Problem(Where(field="kind"), _NEEDED(package=plain(kind)), _INSTALL(command=Whole(f"pip install {kind}")))]
        ) from None


def texts(items: Sequence[str]) -> NDArray[np.object_]:
    """Texts as a column : object[rows]."""
    return np.array([*items, None], dtype=object)[:-1]


def _narwhals(field: str) -> ModuleType:
    try:
        import narwhals
    except ImportError:
        said = _NEEDED(package=plain("narwhals"))
        raise InputError([Problem(Where(field=field), said, _INSTALL(command=Whole("pip install 'giliran[frames]'")))]) from None
    return narwhals


def _kind(frame: object) -> Said:
    """The library and class of a frame."""
    kind = type(frame)
    return plain(f"{kind.__module__.split('.')[0]}.{kind.__name__}")


def _unread(frame: object, error: Exception) -> Said:
    return _NO_FRAME(found=_kind(frame), reason=plain(Whole(" ".join(str(error).split()))))
