"""What an instance is to a journal: a digest of everything that decides about plans, and which part of it differs between two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np
from pydantic import BaseModel

from giliran.domain.selection import Model
from giliran.instance import Instance
from giliran.messages import Said, Sentence

_PEOPLE = Sentence(
    en="it is about {people} {people:person|people} with these ids or another order, the input has {here}",
    id="isinya tentang {people} pegawai dengan id atau urutan lain, sedangkan berkas masukan memuat {here}",
)
_DAYS = Sentence(
    en="it is about {first} to {last}, the input about {from_} to {to}",
    id="isinya tentang {first} sampai {last}, sedangkan berkas masukan tentang {from_} sampai {to}",
)
_FACTS = Sentence(
    en="absences, units, ledger or other entries of the input have changed since",
    id="data tidak masuk, unit kerja, saldo, atau isian lain dalam berkas masukan sudah berubah sejak itu",
)
_RULES = Sentence(en="rules or goals of the input have changed since", id="aturan atau tujuan dalam berkas masukan sudah berubah sejak itu")

_UNTOLD = {"title", "dates", "staff"}
"""Facts that decide about no plan, or that are told by themselves."""


class Identity(Model):
    """An instance, as far as plans for it depend on it; each digest is SHA-256 in hexadecimal digits, cut to 16."""

    people: int
    ids: str
    first: str
    last: str
    facts: str
    rules: str

    @classmethod
    def of(cls, instance: Instance) -> Identity:
        """That of an instance; names, phones, titles and signers are no part of it."""
        facts = instance.facts
        told = {field.name: getattr(facts, field.name) for field in fields(facts) if field.compare and field.name not in _UNTOLD}
        return cls(
            people=facts.num_people,
            ids=_digest(facts.staff.ids),
            first=facts.dates[0].isoformat(),
            last=facts.dates[-1].isoformat(),
            facts=_digest([told, facts.staff.born, facts.staff.nips]),
            rules=_digest(
                [[(statement.id, type(statement).__name__, statement) for statement in instance.view.statements], instance.tiers]
            ),
        )

    @property
    def digest(self) -> str:
        """All of it as one word."""
        return _digest(self)

    def is_about(self, here: Identity) -> bool:
        """Whether both are about the same people and days."""
        return (self.people, self.ids, self.first, self.last) == (here.people, here.ids, here.first, here.last)

    def differences(self, here: Identity) -> Iterator[Said]:
        """Why another one, that of the input at hand, is not the same."""
        if (self.people, self.ids) != (here.people, here.ids):
            yield _PEOPLE(people=self.people, here=here.people)
        if (self.first, self.last) != (here.first, here.last):
            yield _DAYS(first=self.first, last=self.last, from_=here.first, to=here.last)
        if self.facts != here.facts:
            yield _FACTS()
        if self.rules != here.rules:
            yield _RULES()


def _digest(value: object) -> str:
    out = hashlib.sha256()
    for piece in _pieces(value):
        out.update(len(piece).to_bytes(8, "little") + piece)
    return out.hexdigest()[:16]


def _pieces(value: object) -> Iterator[bytes]:
    """Anything that instances are made of, the same whatever order sets and mappings happen to have."""
    if isinstance(value, np.ndarray):
        yield f"{value.dtype.str}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, BaseModel):
        yield from _pieces({name: getattr(value, name) for name in type(value).model_fields})
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _pieces({field.name: getattr(value, field.name) for field in fields(value) if field.compare})
    elif isinstance(value, Mapping):
        yield b"{%d" % len(value)
        for key in sorted(value, key=repr):
            yield from _pieces(key)
            yield from _pieces(value[key])
    elif isinstance(value, set | frozenset):
        yield from _pieces(sorted(value, key=repr))
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        items = list(value)
        yield b"[%d" % len(items)
        for item in items:
            yield from _pieces(item)
    else:
        yield f"{type(value).__name__}:{value!r}".encode()
