"""Counting: shares of groups, who is counted, and the bound that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    WithJsonSchema,
    model_validator,
)

from giliran.domain.cell_set import CellSet, together
from giliran.domain.condition import condition_values
from giliran.domain.facts import Cells
from giliran.domain.selection import Model, Number, Selection, Word, people_of, select_cells
from giliran.messages import Percent, Said, Sentence
from giliran.rules.answers import NO_SHARE, Counts
from giliran.rules.groups import Grouping, Groups, Per, group_cells, grouping
from giliran.rules.toolkit.easing import Easing, spread_over
from giliran.text import TextError, parse_share
from giliran.text.numbers import WHOLE_SHARE, share_text

if TYPE_CHECKING:
    from giliran.rules.base import Statement
    from giliran.rules.view import View


_SHARE_SCHEMA = {"type": "string", "pattern": r"^\s*[0-9]+([.,][0-9]{1,2})?\s*%\s*$", "description": "a percentage, such as 25%"}

Share = Annotated[
    int,
    BeforeValidator(parse_share),
    Field(ge=0, le=WHOLE_SHARE),
    PlainSerializer(share_text, when_used="json"),
    WithJsonSchema(_SHARE_SCHEMA),
]
"""A share in basis points, written as a percentage."""


ONE_CONDITION = Sentence(en="a table of shares names exactly one condition", id="tabel persentase menyebut tepat satu kondisi")
BEYOND_MORE = Sentence(
    en="{count} more {count:person-day|person-days} beyond a limit that should hold",
    id="{count} orang-hari lebih banyak di luar batas yang sebaiknya dipenuhi",
)
BEYOND_LESS = Sentence(
    en="{count} fewer {count:person-day|person-days} beyond a limit that should hold",
    id="{count} orang-hari lebih sedikit di luar batas yang sebaiknya dipenuhi",
)
BASE_NEEDS_SHARE = Sentence(
    en="`base` says what a share is taken of, but no share is given",
    id="`base` menentukan dasar persentase, tetapi `share` tidak ada",
)


LIMIT = "limit"
"""What steps of a rule's limit are kept under, whether it was given as a number or as a share."""


class Of(StrEnum):
    """Whom a share is taken of."""

    ASSIGNED = "assigned"
    PRESENT = "present"
    OFFICE_ABLE = "office_able"
    HOME_ABLE = "home_able"


class Counting(StrEnum):
    """How people whom a date-fixed rule forces onto the counted side are counted."""

    EVERYONE = "everyone"
    UNFORCED = "unforced"
    FORCED_FREE = "forced_free"


class Rounding(StrEnum):
    """How a share of people becomes a number of people."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"
    EITHER = "either"


def _table(value: Any) -> Any:
    """`{zone: {none: 100%, low: 75%}}` becomes a table; a single share stays one."""
    if not isinstance(value, Mapping):
        return value
    if len(value) != 1:
        raise TextError(ONE_CONDITION())
    [(condition, rows)] = value.items()
    return {"condition": condition, "rows": rows}


class ShareTable(Model):
    """Shares by the value of a condition; a cell without a value is an error, never "no limit"."""

    condition: Word
    rows: dict[Word, Share]


def _as_written(share: int | ShareTable) -> str | dict[str, dict[str, str]]:
    """As a file has it: a table has its rows under its condition.

    One function for both: before pydantic 2.9 a union tries the writers of its members, and that of a share would be given tables.
    """
    if isinstance(share, ShareTable):
        return {share.condition: {value: share_text(row) for value, row in share.rows.items()}}
    return share_text(share)


_TABLE_SCHEMA = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {"type": "object", "additionalProperties": _SHARE_SCHEMA},
    "description": "percentages by the value of one condition: {zone: {low: 75%, high: 25%}}",
}

ShareOrTable = Annotated[
    Annotated[Share, Tag("[share]")] | Annotated[ShareTable, Tag("[table]")],
    Discriminator(lambda value: "[table]" if isinstance(value, (Mapping, ShareTable)) else "[share]"),
    BeforeValidator(_table),
    PlainSerializer(_as_written, when_used="json"),
    WithJsonSchema({"anyOf": [_SHARE_SCHEMA, _TABLE_SCHEMA]}),
]
"""A share, or a table of shares; the tags keep errors to the one that was meant."""


class Counted(Easing):
    """Fields of rules that count people of a group against a number or a share.

    Parameters
    ----------
    per
        `whole`, `leaf`, a level, or several levels (nearest at or above the person). Levels are literal: a sekretariat is no bidang.
    share
        A percentage, or a table of percentages by a condition.
    base
        Whom the share is taken of, when not of the selection itself.
    of
        Who makes up the number that the share is taken of: everybody, away or not (`assigned`, also when left out); who is not away that
        day (`present`); who is not bound to the home (`office_able`), or to the office (`home_able`).
    counts
        Whether people count whom another rule fixes where this one counts: `everyone` counts (also when left out); `unforced`: they do
        not, nor is the share taken of them; `forced_free`: they do not, but the share is taken of them too.
    rounding
        `down`, `up`, `half_up`, or for an exact share `either`; the kind's own way when left out.
    min_result
        A share above 0 % never gives less than this, if there is anybody whom it is taken of; 0 %, and a share of nobody, give nobody.
        The kind's own when left out.
    """

    missed: ClassVar[tuple[Sentence, Sentence]] = (BEYOND_MORE, BEYOND_LESS)

    per: Per = "whole"
    share: ShareOrTable | None = None
    base: Selection | None = None
    of: Of = Of.ASSIGNED
    counts: Counting = Counting.EVERYONE
    rounding: Rounding | None = None
    min_result: Number | None = Field(default=None, ge=0)

    def grouping(self, view: View) -> Grouping:
        """People of the numerator, and those of them who stand under no unit of `per`."""
        statement: Any = self
        return grouping(view.facts, self.per, view.less_lifted(statement, view.cell_set(statement)))

    @model_validator(mode="after")
    def _base_needs_share(self) -> Counted:
        if self.base is not None and self.share is None:
            raise TextError(BASE_NEEDS_SHARE())
        return self


@dataclass(frozen=True)
class Tally:
    """Who is counted, in which groups, and what a share is taken of.

    Parameters
    ----------
    groups
        Groups of the selected cells.
    counted
        Present cells of the numerator, of the people of `groups`.
    size
        People the share is taken of : int64[G, D].
    share
        Basis points : int64[G, D]; `NO_SHARE` where the rule gives a number.
    active
        Occurrences in which somebody is selected : bool[G, D].
    eased
        By how many people the limit is looser than it is written : int64[G, D].
    """

    groups: Groups
    counted: CellSet
    size: Counts
    share: Counts
    active: NDArray[np.bool_]
    eased: Counts


def tally(rule: Any, view: View, *, forced: Cells, eligible: Cells | None = None) -> Tally:
    """Count for a rule with the fields of `Counted`.

    Parameters
    ----------
    rule
        The rule: a `Statement` that is also `Counted`.
    forced
        Cells that a date-fixed rule forces onto the side that the rule counts : bool[E, D].
    eligible
        Narrows the numerator, not the denominator : bool[E, D].
    """
    facts = view.facts
    selected = view.less_lifted(rule, view.cell_set(rule))
    split = condition_values(facts, rule.share.condition) if isinstance(rule.share, ShareTable) else None
    base = selected if rule.base is None else view.less_lifted(rule, _base(rule, view))
    rows = together((selected.rows, base.rows), facts.num_people)
    selected, base = (CellSet(facts.num_people, rows, part.on(rows)) for part in (selected, base))
    groups = group_cells(facts, rule.per, selected.given(selected.table | base.table), split)
    counted, sized = selected & facts.present, base & _able(rule.of, view)
    if eligible is not None:
        counted &= eligible
    if rule.counts is not Counting.EVERYONE:
        counted -= forced
    if rule.counts is Counting.UNFORCED:
        sized -= forced
    eased = spread_over(facts.num_days, rule.eases(LIMIT, groups.unit, facts))
    return Tally(groups, counted, groups.count(sized), _shares(rule, groups, facts.num_days), groups.count(selected) > 0, eased)


def _base(rule: Any, view: View) -> CellSet:
    """Whom a share is taken of, where that is not the selection itself."""
    statement: Statement = rule
    facts = view.facts
    rows = people_of(facts, rule.base)
    days = statement.days.mask(facts, rows)
    if statement.in_force is not None:
        days = days & np.array([statement.in_force.first <= day <= statement.in_force.last for day in facts.dates], dtype=np.bool_)
    return CellSet(facts.num_people, rows, select_cells(facts, rule.base, facts.posting[rows]) & days)


def _able(of: Of, view: View) -> Cells:
    facts = view.facts
    if of is Of.PRESENT:
        return facts.present
    if of is Of.OFFICE_ABLE:
        return view.office_able
    if of is Of.HOME_ABLE:
        return view.home_able
    return facts.has_cell


def _shares(rule: Any, groups: Groups, days: int) -> Counts:
    if rule.share is None:
        per_group = [NO_SHARE] * len(groups)
    elif isinstance(rule.share, ShareTable):
        per_group = [rule.share.rows.get(value, NO_SHARE) for value in groups.value]
    else:
        per_group = [rule.share] * len(groups)
    return np.repeat(np.array(per_group, dtype=np.int64)[:, None], days, axis=1)


def share_of(size: Counts, share: Counts, rounding: Rounding, min_result: int) -> tuple[Counts, Counts]:
    """Number of people that a share of `size` people is, as a lower and an upper one.

    The two differ only for `Rounding.EITHER`. Integers throughout: `share` is in basis points. `min_result` raises neither 0 % nor a
    share of nobody: 0 % means nobody, also in a table whose other shares are raised.
    """
    product = size * share
    down, up = product // WHOLE_SHARE, -((-product) // WHOLE_SHARE)
    half = (2 * product + WHOLE_SHARE) // (2 * WHOLE_SHARE)
    low, high = {
        Rounding.DOWN: (down, down),
        Rounding.UP: (up, up),
        Rounding.HALF_UP: (half, half),
        Rounding.EITHER: (down, up),
    }[rounding]
    least = np.where((share > 0) & (size > 0), min_result, 0)
    return np.maximum(low, least), np.maximum(high, least)


SUM = Sentence(en="{share} × {size} = {product}", id="{share} × {size} = {product}")


def sum_text(size: int, share: int) -> Said:
    """The sum that gives a limit: "25 % × 30 = 7.5"."""
    return SUM(share=Percent(share), size=size, product=Fraction(size * share, WHOLE_SHARE))
