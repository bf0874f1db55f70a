"""Arrays of a caller as the sections of an instance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, TypeGuard, cast

import numpy as np
from numpy.typing import NDArray

from giliran.domain.place import Place
from giliran.domain.selection import MOST_NUMBER, MOST_WEIGHT
from giliran.errors import InputError, Problem, Where
from giliran.instance.records import MAX_DAYS
from giliran.messages import Sentence, found_text
from giliran.text import parse_document

FIRST = dt.date(2024, 1, 1)
"""The day that the first column stands for: a Monday; all days are worked."""

_NO_MASK = Sentence(
    en="found {found}; expected an array of true and false with a row per person and a column per day, bool[E, D]",
    id="ditemukan {found}; yang diharapkan larik benar/salah dengan satu baris per pegawai dan satu kolom per hari, bool[E, D]",
)
_NO_NUMBERS = Sentence(
    en="found {found}; expected a whole number, or an array of them that is {shape}",
    id="ditemukan {found}; yang diharapkan bilangan bulat, atau larik bilangan bulat berbentuk {shape}",
)
_NO_ARRAY = Sentence(
    en="found {found}; expected an array of whole numbers, int[{shape}]",
    id="ditemukan {found}; yang diharapkan larik bilangan bulat, int[{shape}]",
)
_NEGATIVE = Sentence(en="found {found}; numbers of people are not below 0", id="ditemukan {found}; jumlah pegawai tidak kurang dari 0")
_TOO_LARGE = Sentence(en="found {found}; expected at most {most}", id="ditemukan {found}; yang diharapkan paling banyak {most}")
_NO_WEIGHT = Sentence(en="found {found}; a wish weighs at most {most}", id="ditemukan {found}; bobot keinginan paling banyak {most}")
_NO_PLACE = Sentence(
    en="found {found}; expected 0 for none, 1 for the office, 2 for home",
    id="ditemukan {found}; yang diharapkan 0 untuk tidak ditetapkan, 1 untuk WFO, 2 untuk WFH",
)
_TOO_LONG = Sentence(
    en="found {days} days; a plan has at most {most}", id="ditemukan {days} hari; satu jadwal memuat paling banyak {most} hari"
)
_NO_TRUTH = Sentence(en="found {found}; expected true or false", id="ditemukan {found}; yang diharapkan true atau false")
_NO_GROUPS = Sentence(en="group is missing, which says who is in which group", id="group belum diisi, yaitu kelompok setiap pegawai")
_NO_AIM = Sentence(en="found {found}; expected one of {known}", id="ditemukan {found}; yang diharapkan salah satu dari {known}")

AIMS = ("most_office", "most_home")


@cache
def _forms() -> Mapping[str, Mapping[str, Any]]:
    text = resources.files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, Any]]", parse_document(text, "rules.yaml").data)


class Arrays:
    """Arrays, looked through; every problem is kept.

    Parameters
    ----------
    available
        bool[E, D].
    group
        int[E], or None.
    """

    def __init__(self, available: object, group: object) -> None:
        self.problems: list[Problem] = []
        whole = isinstance(available, np.ndarray) and available.dtype == np.bool_ and available.ndim == 2 and available.size > 0
        if not whole:
            raise InputError([Problem(Where(field="available"), _NO_MASK(found=found_text(available)))])
        self._available = cast("NDArray[np.bool_]", available)
        self.people: int = self._available.shape[0]
        self.days: int = self._available.shape[1]
        if self.days > MAX_DAYS:
            raise InputError([Problem(Where(field="available"), _TOO_LONG(days=self.days, most=MAX_DAYS))])
        self._dates = [(FIRST + dt.timedelta(days=d)).isoformat() for d in range(self.days)]
        self._ids = [str(e) for e in range(self.people)]
        self._group: NDArray[np.intp] | None = None
        """Number of everybody's group among `groups` : int[E]."""
        self.groups: list[int] = []
        given = self._whole("group", group, (self.people,), "E")
        if given is not None:
            names, self._group = np.unique(given, return_inverse=True)
            self.groups = names.tolist()

    def sections(self) -> dict[str, Any]:
        """Who, and when."""
        units = ["all", *(f"group-{name}" for name in self.groups)]
        unit = ["all"] * self.people if self._group is None else [f"group-{self.groups[number]}" for number in self._group.tolist()]
        away_e, away_d = np.nonzero(~self._available)
        found: dict[str, Any] = {
            "horizon": {"start": self._dates[0], "end": self._dates[-1]},
            "calendars": {"office": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "holidays": None}},
            "units": {"id": units, "level": ["all", *["group"] * len(self.groups)], "parent": ["", *["all"] * len(self.groups)]},
            "staff": {"id": self._ids, "unit": unit},
        }
        if len(away_e):
            days = [self._dates[d] for d in away_d.tolist()]
            found["absences"] = {"staff_id": [self._ids[e] for e in away_e.tolist()], "from": days, "to": days}
        return found

    def limits(self, name: str, given: object) -> Iterator[dict[str, Any]]:
        """Rules for a number of people a day: one for each different number."""
        if given is None:
            return
        by_group = name.startswith("group_")
        if by_group and self._group is None:
            self.problems.append(Problem(Where(field="group"), _NO_GROUPS()))
            return
        shapes: list[tuple[int, ...]] = [(len(self.groups),), (len(self.groups), self.days)] if by_group else [(self.days,)]
        table = self._numbers(name, given, shapes, "int[G] or int[G, D]" if by_group else "int[D]")
        if table is None:
            return
        field = "max" if name.endswith("most") else "min"
        for number in np.unique(table).tolist():
            where = table == number
            if where.all():
                yield {**_forms()[name], "id": f"{name}-{number}", field: number}
                continue
            for row in np.flatnonzero(where.any(axis=1)).tolist():
                reach = {"applies_to": {"units": [f"group-{self.groups[row]}"]}} if by_group else {}
                days = [self._dates[d] for d in np.flatnonzero(where[row]).tolist()]
                yield {**_forms()[name], "id": f"{name}-{number}-{row}", field: number, "days": {"dates": days}, **reach}

    def wishes(self, given: object) -> dict[str, Any] | None:
        """Wishes as columns: office where a number is above 0, home where it is below."""
        table = self._within("wish", given, -MOST_WEIGHT, MOST_WEIGHT)
        if table is None or not (table != 0).any():
            return None
        e, d = np.nonzero(table * self._available)
        place, weight = np.where(table[e, d] > 0, "office", "home"), np.abs(table[e, d])
        return {**self._cells(e, d), "place": place, "weight": weight}

    def pins(self, given: object) -> dict[str, Any] | None:
        """Fixed places as columns."""
        table = self._within("fixed", given, Place.NONE, Place.HOME)
        if table is None or not (table != Place.NONE).any():
            return None
        e, d = np.nonzero(table)
        return {**self._cells(e, d), "place": [Place(code).word for code in table[e, d].tolist()]}

    def _cells(self, person: NDArray[np.int64], day: NDArray[np.int64]) -> dict[str, Any]:
        """Columns that say whose and which day's a row is."""
        return {"staff_id": [self._ids[e] for e in person.tolist()], "date": [self._dates[d] for d in day.tolist()]}

    def goals(self, aim: object, *, fair: object, wished: bool) -> list[dict[str, Any]]:
        """What is aimed at, most important first."""
        if not isinstance(fair, bool | np.bool_):
            self.problems.append(Problem(Where(field="fair"), _NO_TRUTH(found=found_text(fair))))
        if aim not in AIMS:
            self.problems.append(Problem(Where(field="aim"), _NO_AIM(found=found_text(aim), known=", ".join(AIMS))))
        forms = _forms()
        further = [name for name, wanted in (("fair", fair), ("wish", wished)) if wanted]
        return [{**forms["aim"], "aim": aim}, *({**forms[name]} for name in further)]

    def _numbers(self, name: str, given: object, shapes: list[tuple[int, ...]], shape: str) -> NDArray[np.int64] | None:
        """Numbers of people by group and day : int64[G, D], one row where there are no groups."""
        size = (shapes[0][0] if len(shapes) > 1 else 1, self.days)
        alone = isinstance(given, int | np.integer) and not isinstance(given, bool)
        if not alone and not (_is_whole(given) and given.shape in shapes):
            self.problems.append(Problem(Where(field=name), _NO_NUMBERS(found=found_text(given), shape=shape)))
            return None
        table = np.asarray(given)
        least, most = int(table.min()), int(table.max())
        if least < 0 or most > MOST_NUMBER:
            said = _NEGATIVE(found=least) if least < 0 else _TOO_LARGE(found=found_text(most), most=MOST_NUMBER)
            self.problems.append(Problem(Where(field=name), said))
            return None
        by_row = table.ndim == 1 and len(shapes) > 1
        return np.broadcast_to(table[:, None] if by_row else table, size).astype(np.int64)

    def _within(self, name: str, given: object, least: int, most: int) -> NDArray[np.int64] | None:
        """Whole numbers of everybody's days, each from `least` to `most` : int64[E, D]."""
        table = self._whole(name, given, (self.people, self.days), "E, D")
        if table is None:
            return None
        smallest, largest = int(table.min()), int(table.max())
        if least <= smallest and largest <= most:
            return table.astype(np.int64)
        wrong = largest if largest > most else smallest
        said = _NO_PLACE(found=wrong) if name == "fixed" else _NO_WEIGHT(found=wrong, most=most)
        self.problems.append(Problem(Where(field=name), said))
        return None

    def _whole(self, name: str, given: object, size: tuple[int, ...], shape: str) -> NDArray[np.integer[Any]] | None:
        if given is None or (_is_whole(given) and given.shape == size):
            return given
        self.problems.append(Problem(Where(field=name), _NO_ARRAY(found=found_text(given), shape=shape)))
        return None


def _is_whole(given: object) -> TypeGuard[NDArray[np.integer[Any]]]:
    """Whether this is an array of whole numbers."""
    return isinstance(given, np.ndarray) and np.issubdtype(given.dtype, np.integer)
