"""What is wrong with sets that should be together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from giliran.domain.place import Strength
from giliran.errors import Problem, Where
from giliran.messages import Sentence, meant, plain
from giliran.program.segments import segment_sums
from giliran.rules.kinds.together.members import Members
from giliran.rules.toolkit.personal import name_of, names_text
from giliran.rules.view import View

if TYPE_CHECKING:
    from giliran.rules.kinds.together.rule import Together

NOBODY = Sentence(en="there is nobody with the id {id}", id="tidak ada pegawai dengan id {id}")
ALONE = Sentence(en="a set names {person} alone", id="satu kelompok hanya menyebut {person}")
TWO = Sentence(en="Name at least two people.", id="Sebutkan paling sedikit dua pegawai.")
UNTAGGED = Sentence(en="nobody has the tag {tag}", id="tidak ada pegawai dengan tanda {tag}")
NEVER = Sentence(
    en="{people} could never be together: on {days:the only day|each of the days} on which they are present ({days}) {office} must be in "
    "the office, {home} must not",
    id="{people} tidak pernah dapat bersama: pada semua hari mereka masuk ({days} hari) {office} harus WFO, "
    "sedangkan {home} tidak boleh WFO",
)
ACROSS = Sentence(
    en="{people} could never come together: {rule} lets only one of their cohorts come on a day",
    id="{people} tidak pernah dapat WFO bersama: menurut {rule} hanya satu dari kelompok mereka yang boleh WFO dalam satu hari",
)
ONE_COHORT = Sentence(
    en="Let each set stay inside one cohort, or change the cohorts.",
    id="Susun setiap kelompok dari satu kelompok itu saja, atau ubah kelompoknya.",
)
TAKE_OUT = Sentence(
    en="Take one of them out of the set, or change what fixes their days.",
    id="Keluarkan salah satunya dari kelompok, atau ubah aturan yang menetapkan hari mereka.",
)


def found_problems(rule: Together, view: View, members: Members) -> Iterator[Problem]:
    """Ids of nobody, sets of one person, tags of nobody, and sets that could never be together."""
    index = view.facts.staff.index
    for id_ in dict.fromkeys(id_ for ids in rule.sets or () for id_ in ids):
        if id_ not in index:
            yield Problem(Where(field=f"{rule.id}.sets"), NOBODY(id=id_), meant(id_, index))
    for ids in rule.sets or ():
        if len(set(ids)) == 1 and ids[0] in index:
            yield Problem(Where(field=f"{rule.id}.sets"), ALONE(person=name_of(view.facts, index[ids[0]])), TWO())
    yield from _untagged(rule, view)
    if rule.strength is Strength.MUST:
        yield from _never(rule, view, members)
        yield from _across(rule, view, members)


def _untagged(rule: Together, view: View) -> Iterator[Problem]:
    postings = view.facts.postings
    known = sorted({tag for tags in set(postings.tags) for tag in tags})
    for tag in rule.tags or ():
        if tag not in known:
            yield Problem(Where(field=f"{rule.id}.tags"), UNTAGGED(tag=plain(tag)), meant(tag, known))


def _never(rule: Together, view: View, members: Members) -> Iterator[Problem]:
    """Sets of which on every day some must be in the office and others must not."""
    day = members.day[members.owner]
    office = view.forced_office[members.person, day]
    home = view.forced_home[members.person, day] & ~office
    clash = (segment_sums(office, members.start) > 0) & (segment_sums(home, members.start) > 0)
    open_ = np.unique(members.group[~clash])
    for some in members.by_set(clash & ~np.isin(members.group, open_)):
        entries = [slice(members.start[k], members.start[k + 1]) for k in some]
        people, here, there = (
            sorted({int(e) for entry in entries for e in members.person[entry][chosen[entry]]})
            for chosen in (np.ones_like(office), office, home)
        )
        said = NEVER(
            people=names_text(view.facts, people),
            days=len(some),
            office=names_text(view.facts, here),
            home=names_text(view.facts, there),
        )
        yield Problem(Where(field=rule.id), said, TAKE_OUT())


def _across(rule: Together, view: View, members: Members) -> Iterator[Problem]:
    """Sets of which on every day people of different cohorts are present."""
    day, owner = members.day[members.owner], members.owner
    for other in view.rules if len(members) else ():
        apart = other.apart(view) if other.strength is Strength.MUST else None
        if apart is None:
            continue
        group, cohort = apart.group[members.person, day], apart.cohort[members.person, day]
        order = np.lexsort((cohort, group, owner))
        beside = (np.diff(owner[order]) == 0) & (np.diff(group[order]) == 0) & (np.diff(cohort[order]) != 0)
        parted = np.zeros(len(members), dtype=np.bool_)
        parted[owner[order][1:][beside & (group[order][1:] >= 0)]] = True
        whole = parted & ~np.isin(members.group, members.group[~parted])
        for some in members.by_set(whole):
            people = sorted({e for k in some for e in members.people(k)})
            said = ACROSS(people=names_text(view.facts, people), rule=plain(other.id))
            yield Problem(Where(field=rule.id), said, ONE_COHORT())
