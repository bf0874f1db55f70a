"""Questions about the people of a list: what their positions only suggest."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Sequence

from giliran.circulars import Circular
from giliran.circulars.labels import COMMON
from giliran.domain.words import Kind, canonical, simple, words
from giliran.drafting.answers import MOST_NAMED, NONE, NOTHING, called, parts_of, the_person, yes_no
from giliran.drafting.asking import Interview, Option, Question
from giliran.drafting.listing import Listing
from giliran.drafting.people import asked_of, stays
from giliran.drafting.proposals import kept, remark_tags, remark_word, staff_tags, staff_word
from giliran.lists.leaving import remark_of
from giliran.lists.positions import Read
from giliran.messages import Said, Sentence, few, meant, plain
from giliran.text import TextError

OFFICE_ONLY = "office_only"
"""The column that keeps people in the office every day."""

_WITH_HEADS = Sentence(
    en="Coordinators and team leaders in the list ({people}): do they stay with the heads (officials)?",
    id="Koordinator dan ketua tim dalam daftar ({people}): ikut ketentuan pimpinan (pejabat)?",
)
_WITH_HEADS_WHY = Sentence(
    en="By law they are no heads: a role, not a post. With yes they get the rank pengawas, so that rules for officials mean them.",
    id="Menurut aturan ini peran, bukan jabatan. Bila ya, kelompok jabatannya ditulis pengawas sehingga kena aturan pimpinan.",
)
_RANK = Sentence(en="'{phrase}' ({people}): {why}. Which rank?", id="'{phrase}' ({people}): {why}. Kelompok jabatannya apa?")
_RANK_WHY = Sentence(
    en="Rules for officials go by it. It can be changed in the workbook.",
    id="Aturan bagi pejabat mengikutinya. Dapat diubah dalam berkas Excel.",
)
_NO_RANK = Sentence(en="'{word}' is no rank", id="'{word}' bukan kelompok jabatan")
_KEEPS = Sentence(
    en="Cleaners, guards, drivers and technicians who are no civil servants ({people}): do they stay in the office?",
    id="Petugas kebersihan, keamanan, pengemudi, dan teknisi non-ASN ({people}): tetap di kantor?",
)
_KEEPS_WHY = Sentence(
    en="Most letters leave them in the office, outside the limits. With no they take turns as everybody does.",
    id="Kebanyakan surat menetapkan mereka tetap di kantor, di luar batas. Bila tidak, mereka ikut bergiliran.",
)
_TAGGED = Sentence(
    en="Who has the mark {tag}? Names or NIP with a semicolon between them.",
    id="Siapa yang bertanda {tag}? Nama atau NIP, dipisah titik koma.",
)
_TAGGED_WHY = Sentence(
    en="Not all of them are at home on the same day, where the letter says so. Proposed by positions. Write none for nobody.",
    id="Tidak WFH semua pada hari yang sama, bila suratnya menentukan demikian. Diusulkan dari jabatannya. Tulis tidak ada bila kosong.",
)
_NOTED_WHY = Sentence(
    en="The letter may place them at home. Proposed by remarks in the list. Write none for nobody.",
    id="Surat dapat menetapkan mereka WFH. Diusulkan dari keterangan dalam daftar. Tulis tidak ada bila kosong.",
)


def coordinators(listing: Listing) -> Interview[bool]:
    """Ask whether coordinators, if there are any, stay with the heads."""
    people = [called(person.cells) for person in listing.people if (read := asked_of(person)) is not None and read.tag]
    if not people:
        return False
    said = _WITH_HEADS(people=few([plain(name) for name in people], MOST_NAMED))
    return (yield yes_no("coordinators", said, default=False, why=_WITH_HEADS_WHY())) is True


def asked_ranks(listing: Listing) -> Interview[dict[str, str]]:
    """Ranks of positions that the class of the agency decides, once for each."""
    asked: dict[str, tuple[Read, list[str]]] = {}
    for person in listing.people:
        read = asked_of(person)
        if read is not None and not read.tag:
            asked.setdefault(read.phrase, (read, []))[1].append(called(person.cells))
    found: dict[str, str] = {}
    for phrase, (read, people) in asked.items():
        said = _RANK(phrase=plain(phrase), people=few([plain(name) for name in people], MOST_NAMED), why=read.ask)
        options = (*(Option(rank, _called_rank(rank)) for rank in words(Kind.RANK)), Option("", NONE()))
        shown = _called_rank(read.rank) if read.rank else NONE()
        answer = yield Question(f"rank.{simple(phrase)}", said, read.rank, shown, _rank, options, _RANK_WHY())
        found[phrase] = str(answer)
    return found


def _called_rank(rank: str) -> Said:
    return COMMON["ranks"].get(rank, plain(rank))


def _rank(text: str) -> str:
    """A rank that is known, or none."""
    word = canonical(Kind.RANK, text)
    if simple(text) in NOTHING:
        return ""
    if word not in words(Kind.RANK):
        raise TextError(_NO_RANK(word=text), meant(word, words(Kind.RANK)))
    return word


def kept_staff(listing: Listing, circular: Circular) -> Interview[tuple[str, dict[str, object]]]:
    """How guards and cleaners stay in the office, and what the circular is told of it."""
    people = [called(person.cells) for person in listing.people if stays(person) is not None]
    if not people:
        return "", {}
    said = _KEEPS(people=few([plain(name) for name in people], MOST_NAMED))
    if (yield yes_no("kept", said, default=True, why=_KEEPS_WHY())) is not True:
        return "", {}
    how = kept()
    parameters = [name for name in how.parameters if name in circular.parameters]
    return ("function", dict.fromkeys(parameters, how.function)) if parameters else (OFFICE_ONLY, {})


def marks(listing: Listing, circular: Circular) -> Interview[tuple[dict[str, Sequence[str]], tuple[str, ...]]]:
    """Who has the marks that the circular names, or asks for; and whoever would be the only one, for whom none is proposed."""
    named = {word for p in circular.parameters.values() if p.type == "tags" for word in _words(p.read(p.default))}
    expected = [tag for tag in circular.expects.staff.tags if tag not in staff_tags()]
    noted = {tag: ids for tag in remark_tags() if tag in {*named, *expected} and (ids := _noted(listing, tag))}
    asked = [*(tag for tag in staff_tags() if tag in named), *expected, *(tag for tag in noted if tag not in expected)]
    found: dict[str, Sequence[str]] = {}
    people = {person.cells["id"]: called(person.cells) for person in listing.people}
    holders, lone = _holders(listing, [tag for tag in asked if tag in staff_tags()])
    for tag in asked:
        likely = holders.get(tag) or noted.get(tag, ())
        names = [plain(people[id_]) for id_ in likely]
        shown = plain("; ".join(map(str, names)) if len(names) <= MOST_NAMED else few(names, MOST_NAMED)) if names else NONE()
        read: Callable[[str], object] = lambda text: tuple(the_person(name, people) for name in parts_of(text, ()))  # noqa: E731
        why = _NOTED_WHY() if tag in noted else _TAGGED_WHY()
        question = Question(f"staff.tags.{tag}", _TAGGED(tag=plain(tag)), likely, shown, read, explained=why)
        found[tag] = yield question  # type: ignore[assignment]  # what its reader gives
    return found, lone


def _holders(listing: Listing, tags: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """By tag whose positions make it likely, where their agency has several with any of them; and whoever is the only one."""
    likely: dict[str, dict[str, str]] = {tag: {} for tag in tags}
    for person, path in zip(listing.people, listing.places.paths, strict=True):
        for tag in tags:
            if remark_of(person) is None and staff_word(tag, person.cells.get("position", "")) is not None:
                likely[tag][person.cells["id"]] = path[0]
    often = Counter(path for holders in likely.values() for path in holders.values())
    several = {tag: tuple(id_ for id_, path in holders.items() if often[path] > 1) for tag, holders in likely.items()}
    return several, tuple(id_ for holders in likely.values() for id_, path in holders.items() if often[path] == 1)


def _noted(listing: Listing, tag: str) -> tuple[str, ...]:
    """Whom remarks in the list make likely to have a tag."""
    return tuple(person.cells["id"] for person in listing.people if remark_word(tag, person.notes) is not None)


def _words(value: object) -> Sequence[str]:
    return tuple(itertools.chain(value)) if isinstance(value, tuple) else (str(value),)
