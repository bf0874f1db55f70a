"""Names for a duty that the published plan or a pin has given already, and the note about names that nobody proved best."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from giliran.domain.facts import Cells, Facts
from giliran.domain.finding import Finding
from giliran.domain.place import Place, Strength
from giliran.messages import Sentence
from giliran.rules.answers import Duty, Promised

UNPROVEN = Sentence(
    en="time ran out before it was proven who is named best where people may stand under two duty rules on one day; people concerned: "
    "{number}",
    id="waktu habis sebelum terbukti penunjukan petugas piket yang terbaik bagi pegawai yang dapat bertugas menurut dua aturan pada hari "
    "yang sama; pegawai terkait: {number}",
)


def promised(facts: Facts, duty: Duty) -> Promised | None:
    """Names that are promised for a duty, None where neither the published plan nor a pin names anybody for any.

    On frozen days the published names stand, also of people who are away now, and nobody else is named for a group of which the published
    plan knows anybody that day, unless it names nobody for any duty at all.
    On other days published and pinned names are kept if they can be.
    """
    if not facts.published_duty and not facts.pinned_duty:
        return None
    nobody = np.zeros(facts.shape, dtype=np.bool_)
    published = facts.published_duty.get(duty.rule, nobody)
    frozen = facts.frozen_days
    return Promised(
        fixed=published & frozen,
        closed=_known(facts, duty, published) & frozen,
        pinned=facts.pinned_duty.get(duty.rule, nobody) & facts.present & ~frozen,
        published=published & ~frozen,
    )


def promises(facts: Facts) -> NDArray[np.int64] | None:
    """A number for everybody, equal for people to whom the same names are promised : int64[E]; None where nobody is promised any."""
    tables = [cells for names in (facts.published_duty, facts.pinned_duty) for _, cells in sorted(names.items())]
    if not tables:
        return None
    _, number = np.unique(np.concatenate(tables, axis=1), axis=0, return_inverse=True)
    return np.asarray(number.reshape(-1), dtype=np.int64)


def unproven_names(people: NDArray[np.int64]) -> Iterator[Finding]:
    """A note about people whose names are good, but perhaps not the best."""
    if len(people):
        who = tuple(people.tolist())
        yield Finding(rule="", kind="duty", strength=Strength.NOTE, amount=0, said=UNPROVEN(number=len(who)), people=who)


def _known(facts: Facts, duty: Duty, published: Cells) -> NDArray[np.bool_]:
    """Groups and days of which the published plan knows somebody : bool[G, D]; none where it names nobody for any duty."""
    known = np.zeros(duty.need.shape, dtype=np.bool_)
    if facts.published_duty:
        people = (facts.published != Place.NONE) | published
        np.logical_or.at(known, duty.group, duty.open & people[duty.person])
    return known
