"""Targets of headcounts, day by day: a number of people, or a share of those who belong to a group that day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, WithJsonSchema, model_serializer, model_validator

from giliran.domain.calendar import WEEKDAYS
from giliran.domain.selection import Model, Number
from giliran.messages import Sentence, plain, written
from giliran.rules.answers import Counts
from giliran.rules.toolkit.counting import Share
from giliran.text import TextError, parse_date
from giliran.text.numbers import WHOLE_SHARE, share_text

_WHOLE = re.compile(r"[0-9]{1,30}", re.ASCII)

NOT_A_TARGET = Sentence(
    en="'{found}' is neither a number of people nor a percentage",
    id="'{found}' bukan jumlah orang dan bukan persentase",
)
WRITE_TARGET = Sentence(
    en="Write a number such as 12, or a percentage such as 40%.", id="Tulis angka seperti 12, atau persentase seperti 40%."
)
SAME_DAY = Sentence(en="{day} has two targets", id="{day} mempunyai dua sasaran")
ONE_TARGET = Sentence(en="Keep one of them.", id="Pertahankan salah satunya.")
UNUSED = Sentence(
    en="`level_targets`: on none of these days does anybody concerned work in this plan: {days}",
    id="`level_targets`: tidak ada pegawai yang dimaksud yang bekerja dalam jadwal ini pada hari berikut: {days}",
)
NO_TARGETS = Sentence(en="no day has a target", id="tidak ada hari yang mempunyai sasaran")


class Target(Model):
    """A number of people, or a share of those of a group: exactly one of `people` and `share` is given."""

    people: Number | None = None
    share: Share | None = None

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        """`12` is a number of people, `40%` a share."""
        if isinstance(value, Target):
            return value
        text = " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if _WHOLE.fullmatch(text):
            return {"people": int(text)}
        if "%" not in text:
            raise TextError(NOT_A_TARGET(found=written(value)), WRITE_TARGET())
        return {"share": text}

    @model_serializer(mode="plain", when_used="json")
    def _as_written(self) -> int | str | None:
        """As a file has it: `12`, or `40%`."""
        return self.people if self.share is None else share_text(self.share)

    def of(self, size: Counts) -> Counts:
        """The target in people of groups of these sizes, a share rounded half up : int64 in their shape."""
        if self.share is None:
            return np.full_like(size, self.people)
        return np.asarray((2 * size * self.share + WHOLE_SHARE) // (2 * WHOLE_SHARE))


def _by_day(value: Any) -> Any:
    """Keys as weekdays or dates in one way of writing."""
    if not isinstance(value, Mapping):
        return value
    if not value:
        raise TextError(NO_TARGETS())
    days = [_day(key) for key in value]
    for day in days:
        if days.count(day) > 1:
            raise TextError(SAME_DAY(day=plain(day)), ONE_TARGET())
    return dict(zip(days, value.values(), strict=True))


def _day(key: object) -> str:
    text = key.isoformat() if isinstance(key, dt.date) else str(key).strip()
    return text if text in WEEKDAYS else parse_date(text).isoformat()


_SCHEMA = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+([.,]\d{1,2})? ?%$"}]},
    "description": "people in the office by weekday or date, as a number or a percentage: {mon: 12, 2026-06-19: 40%}",
}

Targets = Annotated[dict[str, Target], BeforeValidator(_by_day), WithJsonSchema(_SCHEMA)]
"""Targets by weekday or date, as a file writes them: `{mon: 12, fri: 40%}`; a date comes before its weekday."""


def target_of(targets: Mapping[str, Target], day: dt.date) -> Target | None:
    """The target of a day; None where it has none."""
    return targets.get(day.isoformat(), targets.get(WEEKDAYS[day.weekday()]))


def aimed(targets: Mapping[str, Target] | None, dates: Sequence[dt.date], size: Counts) -> tuple[Counts, NDArray[np.bool_]]:
    """Targets of groups in people, 0 where none are given, and which days matter.

    Parameters
    ----------
    targets
        None for no targets: then every day matters.
    size
        People of each group with a cell on each day, absent or not : int64[G, D].

    Returns
    -------
    target : int64[G, D]
    days : bool[D]
    """
    people = np.zeros_like(size)
    if targets is None:
        return people, np.ones(len(dates), dtype=np.bool_)
    days = np.zeros(len(dates), dtype=np.bool_)
    for d, day in enumerate(dates):
        target = target_of(targets, day)
        if target is not None:
            people[:, d], days[d] = target.of(size[:, d]), True
    return people, days


def unused(targets: Mapping[str, Target], dates: Sequence[dt.date], worked: NDArray[np.bool_]) -> list[str]:
    """Weekdays and dates with a target that no day takes up.

    Parameters
    ----------
    worked
        Days on which anybody meant has a cell : bool[D].
    """
    found = {key for day, here in zip(dates, worked.tolist(), strict=True) if here for key in (day.isoformat(), WEEKDAYS[day.weekday()])}
    return [key for key in targets if key not in found]
