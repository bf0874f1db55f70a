"""Quotas of days: a number, or a share of a person's working days."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import WithJsonSchema, model_serializer, model_validator

from giliran.domain.selection import Model, Number
from giliran.messages import Percent, Said, Sentence, plain, written
from giliran.rules.edits import Edit, Step, shares
from giliran.rules.toolkit.counting import Share
from giliran.text import TextError
from giliran.text.numbers import WHOLE_SHARE, share_text

_WHOLE = re.compile(r"[0-9]{1,30}", re.ASCII)

NOT_A_QUOTA = Sentence(
    en="'{found}' is neither a number of days nor a percentage",
    id="'{found}' bukan jumlah hari dan bukan persentase",
)
WRITE_QUOTA = Sentence(
    en="Write a number such as 2, or a percentage such as 40%.", id="Tulis angka seperti 2, atau persentase seperti 40%."
)


class QuotaModel(Model):
    """A number of days, or a share of a person's working days: exactly one of `days` and `share` is given."""

    days: Number | None = None
    share: Share | None = None

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        """`2` is a number of days, `40%` a share."""
        if isinstance(value, QuotaModel):
            return value
        text = " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if _WHOLE.fullmatch(text):
            return {"days": int(text)}
        if "%" not in text:
            raise TextError(NOT_A_QUOTA(found=written(value)), WRITE_QUOTA())
        return {"share": text}

    @model_serializer(mode="plain", when_used="json")
    def _as_written(self) -> int | str | None:
        """As a file has it: `2`, or `40%`."""
        return self.days if self.share is None else share_text(self.share)

    def at_least(self, working: int) -> int:
        """Days that this asks for of `working` days, a share rounded up."""
        return math.ceil(self._exact(working))

    def at_most(self, working: int) -> int:
        """Days that this allows of `working` days, a share rounded down."""
        return math.floor(self._exact(working))

    def _exact(self, working: int) -> Fraction:
        if self.days is not None:
            return Fraction(self.days)
        assert self.share is not None
        return Fraction(self.share, WHOLE_SHARE) * working

    @property
    def text(self) -> Said:
        """The quota as it was written."""
        return plain(self.days) if self.share is None else plain(Percent(self.share))


_SCHEMA = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+([.,]\d{1,2})? ?%$"}]}

Quota = Annotated[QuotaModel, WithJsonSchema(_SCHEMA)]
"""A quota as a file writes it: `2` or `40%`."""


def quota_of(amount: int | Percent) -> QuotaModel:
    """A quota of so many days, or of a share."""
    return QuotaModel.model_construct(share=amount.basis_points) if isinstance(amount, Percent) else QuotaModel.model_construct(days=amount)


def above(least: QuotaModel, most: QuotaModel) -> bool:
    """Whether the smaller quota is certainly above the larger one; a number and a share cannot be compared without facts."""
    if least.days is not None and most.days is not None:
        return least.days > most.days
    return least.share is not None and most.share is not None and least.share > most.share


def milder(field: str, quota: QuotaModel | None, last: int) -> Edit:
    """Other quotas of a field up to a last number of days, whatever stands there; none where nothing does."""
    if quota is None:
        return Edit(field, ())
    if quota.share is not None:
        return Edit(
            field,
            tuple(Step(QuotaModel.model_validate(step.written), step.written) for step in shares(field, quota.share, up=last > 0).steps),
        )
    days = quota.days or 0
    milder_ones = range(days + 1, last + 1) if last else range(days - 1, -1, -1)
    return Edit(field, tuple(Step(QuotaModel.model_validate(n), n) for n in milder_ones))
