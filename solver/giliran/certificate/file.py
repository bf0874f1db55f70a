"""Certificate files: JSON that names people, days and rules as the instance does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, TypeVar

import numpy as np
from pydantic import AfterValidator, Field

from giliran.certificate.certificate import CERTIFICATE_SCHEMA, Certificate, Claim, PartClaims, Prices
from giliran.certificate.digest import SEAL, seal_of
from giliran.domain.selection import Model
from giliran.messages import Sentence, found_text
from giliran.program import Ints, Program
from giliran.text import TextError

LARGEST_NUMBER = 1 << 61
"""Numbers in certificates are at most this far from 0."""

_DIGITS = 64
_NO_DIGEST = Sentence(
    en="found {found}; expected {count} hexadecimal digits", id="ditemukan {found}; yang diharapkan {count} angka heksadesimal"
)


def _digest(text: str) -> str:
    if len(text) != _DIGITS or not set(text) <= set("0123456789abcdef"):
        raise TextError(_NO_DIGEST(found=found_text(text), count=_DIGITS))
    return text


Digest = Annotated[str, AfterValidator(_digest), Field(json_schema_extra={"pattern": f"^[0-9a-f]{{{_DIGITS}}}$"})]
Number = Annotated[int, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, strict=True)]
Count = Annotated[int, Field(ge=0, le=LARGEST_NUMBER, strict=True)]


class CellGroup(Model):
    """Cells of several people on the same days."""

    days: Annotated[list[dt.date], Field(min_length=1)]
    people: Annotated[list[str], Field(min_length=1)]


class RowPrice(Model):
    """The multiplier of one row: its number in the program, and the rule and day that it came from (null where it has no day)."""

    row: Count
    rule: str
    day: dt.date | None
    y: Number


class StatementPrice(Model):
    """The multiplier of a ladder or of a switch, by its number in the program."""

    number: Count
    y: Number


class ClaimRecord(Model):
    """Multipliers for one tier of a part: `scale` is their common denominator, `held` belongs to the tiers before."""

    tier: str
    scale: Annotated[int, Field(ge=1, le=LARGEST_NUMBER, strict=True)]
    held: dict[str, Count]
    rows: list[RowPrice]
    ladders: list[StatementPrice]
    switches: list[StatementPrice]


class PartClaimsRecord(Model):
    """A part: its cells, what the plan costs there, and why that cannot be less."""

    cells: Annotated[list[CellGroup], Field(min_length=1)]
    values: list[Number]
    claims: list[ClaimRecord]


class CertificateFile(Model):
    """Multipliers that prove a plan best, to be checked without a solver.

    Parameters
    ----------
    seal
        SHA-256 over everything else in the file, as JSON with sorted keys and no spaces.
    digest
        SHA-256 of the program that the instance compiles to.
    seed
        Of the lottery.
    tiers
        Names of the tiers, most important first.
    costs
        What the plan costs in each tier, as the audit counts it.
    unplanned
        Person-days that the plan leaves out.
    parts
        Parts that share nothing.
    """

    schema_: Literal["giliran-certificate/2"] = Field(alias="schema")
    seal: Digest
    digest: Digest
    seed: Annotated[int, Field(ge=0, strict=True)]
    tiers: list[str]
    costs: dict[str, Number]
    unplanned: Count
    parts: list[PartClaimsRecord]

    @classmethod
    def of(cls, certificate: Certificate, program: Program, ids: Sequence[str], dates: Sequence[dt.date]) -> CertificateFile:
        """The file of a certificate, sealed."""
        names = certificate.tiers
        bare = cls(
            schema_=CERTIFICATE_SCHEMA,
            seal="0" * _DIGITS,
            digest=certificate.digest,
            seed=certificate.seed,
            tiers=list(names),
            costs=dict(zip(names, certificate.costs, strict=True)),
            unplanned=certificate.unplanned,
            parts=[
                PartClaimsRecord(
                    cells=list(_groups(part.cells, program.shape[1], ids, dates)),
                    values=part.values.tolist(),
                    claims=[_claim_record(claim, program, names, dates) for claim in part.claims],
                )
                for part in certificate.parts
            ],
        )
        return bare.model_copy(update={SEAL: seal_of(bare.model_dump(mode="json", by_alias=True))})

    def text(self) -> str:
        """The file: JSON with one part per line."""
        data = self.model_dump(mode="json", by_alias=True)
        parts = data.pop("parts")
        head = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in data.items()]
        lines = ",\n".join(f"  {json.dumps(part, ensure_ascii=False, separators=(',', ':'))}" for part in parts)
        return "\n".join(["{", *head, ' "parts": [', *([lines] if parts else []), " ]", "}", ""])


class StrayError(Exception):
    """A name or number in a certificate file that the instance does not have.

    Parameters
    ----------
    path
        Where in the file.
    word
        What stands there.
    """

    def __init__(self, path: tuple[str | int, ...], word: object) -> None:
        self.path: tuple[str | int, ...] = path
        self.word: object = word
        super().__init__(path, self.word)

    def __str__(self) -> str:
        return f"{self.path}: {self.word}"


def certificate_of(file: CertificateFile, program: Program, ids: Sequence[str], dates: Sequence[dt.date]) -> Certificate:
    """The certificate of a file whose digest is the program's.

    Raises
    ------
    StrayError
        If it names people, days, tiers, rules or statements that the program does not have, or one twice.
    """
    if tuple(file.tiers) != program.tiers:
        raise StrayError(("tiers",), ", ".join(file.tiers))
    strange = [name for name in file.costs if name not in program.tiers]
    if strange or len(file.costs) < len(program.tiers):
        raise StrayError(("costs", *strange[:1]), ", ".join(strange or file.costs))
    reader = _Reader(program, {id_: e for e, id_ in enumerate(ids)}, {day: d for d, day in enumerate(dates)}, dates)
    parts = tuple(reader.part(part, ("parts", p)) for p, part in enumerate(file.parts))
    costs = tuple(file.costs[name] for name in program.tiers)
    return Certificate(file.digest, file.seed, program.tiers, costs, file.unplanned, parts)


_Path = tuple[str | int, ...]
_K = TypeVar("_K")


class _Reader:
    def __init__(self, program: Program, person: Mapping[str, int], day: Mapping[dt.date, int], dates: Sequence[dt.date]) -> None:
        self.program, self.person, self.day, self.dates = program, person, day, dates
        self.tier = {name: k for k, name in enumerate(program.tiers)}

    def part(self, record: PartClaimsRecord, path: _Path) -> PartClaims:
        if len(record.values) != len(self.tier):
            raise StrayError((*path, "values"), len(record.values))
        cells = [self._cells(group, (*path, "cells", k)) for k, group in enumerate(record.cells)]
        claims = [self._claim(claim, (*path, "claims", k)) for k, claim in enumerate(record.claims)]
        for k, claim in enumerate(claims):
            if any(claim.tier == other.tier for other in claims[:k]):
                raise StrayError((*path, "claims", k, "tier"), record.claims[k].tier)
        together = np.concatenate([np.zeros(0, dtype=np.int64), *cells])
        return PartClaims(together, np.array(record.values, dtype=np.int64), tuple(claims))

    def _cells(self, group: CellGroup, path: _Path) -> Ints:
        days = [_known(self.day, day, (*path, "days", k)) for k, day in enumerate(group.days)]
        people = [_known(self.person, id_, (*path, "people", k)) for k, id_ in enumerate(group.people)]
        return np.add.outer(np.array(people, dtype=np.int64) * self.program.shape[1], np.array(days, dtype=np.int64)).reshape(-1)

    def _claim(self, record: ClaimRecord, path: _Path) -> Claim:
        tier = _known(self.tier, record.tier, (*path, "tier"))
        held = np.zeros(tier, dtype=np.int64)
        for name, value in record.held.items():
            earlier = _known(self.tier, name, (*path, "held", name))
            if earlier >= tier:
                raise StrayError((*path, "held", name), name)
            held[earlier] = value
        rows = [(self._row(price, (*path, "rows", k)), price.y) for k, price in enumerate(record.rows)]
        ladders = self._numbers(record.ladders, len(self.program.ladders), (*path, "ladders"))
        switches = self._numbers(record.switches, len(self.program.switches.first), (*path, "switches"))
        return Claim(tier, record.scale, held, _prices(rows, (*path, "rows")), switches, ladders)

    def _row(self, price: RowPrice, path: _Path) -> int:
        if price.row >= len(self.program.rows):
            raise StrayError((*path, "row"), price.row)
        origin = self.program.origin(price.row)
        if origin.rule != price.rule:
            raise StrayError((*path, "rule"), price.rule)
        if (self.dates[origin.day] if origin.day >= 0 else None) != price.day:
            raise StrayError((*path, "day"), price.day)
        return price.row

    def _numbers(self, prices: Sequence[StatementPrice], count: int, path: _Path) -> Prices:
        for k, price in enumerate(prices):
            if price.number >= count:
                raise StrayError((*path, k, "number"), price.number)
        return _prices([(price.number, price.y) for price in prices], path)


def _prices(pairs: Sequence[tuple[int, int]], path: _Path) -> Prices:
    which = np.array([number for number, _ in pairs], dtype=np.int64)
    known, first = np.unique(which, return_index=True)
    if len(known) < len(which):
        twice = int(np.setdiff1d(np.arange(len(which)), first)[0])
        raise StrayError((*path, twice), pairs[twice][0])
    return Prices(which, np.array([y for _, y in pairs], dtype=np.int64))


def _known(numbers: Mapping[_K, int], name: _K, path: _Path) -> int:
    if name not in numbers:
        raise StrayError(path, name)
    return numbers[name]


def _groups(cells: Ints, days: int, ids: Sequence[str], dates: Sequence[dt.date]) -> Iterator[CellGroup]:
    """Cells by who has them on the same days."""
    by_person: dict[int, list[int]] = {}
    for cell in np.sort(cells).tolist():
        by_person.setdefault(cell // days, []).append(cell % days)
    alike: dict[tuple[int, ...], list[int]] = {}
    for person, mine in by_person.items():
        alike.setdefault(tuple(mine), []).append(person)
    for common, people in alike.items():
        yield CellGroup(days=[dates[d] for d in common], people=[ids[e] for e in people])


def _claim_record(claim: Claim, program: Program, names: Sequence[str], dates: Sequence[dt.date]) -> ClaimRecord:
    def row(number: int, y: int) -> RowPrice:
        origin = program.origin(number)
        return RowPrice(row=number, rule=origin.rule, day=dates[origin.day] if origin.day >= 0 else None, y=y)

    return ClaimRecord(
        tier=names[claim.tier],
        scale=claim.scale,
        held={names[j]: weight for j, weight in enumerate(claim.held.tolist()) if weight},
        rows=[row(number, y) for number, y in _pairs(claim.rows)],
        ladders=[StatementPrice(number=number, y=y) for number, y in _pairs(claim.ladders)],
        switches=[StatementPrice(number=number, y=y) for number, y in _pairs(claim.switches)],
    )


def _pairs(prices: Prices) -> list[tuple[int, int]]:
    return list(zip(prices.which.tolist(), prices.y.tolist(), strict=True))
