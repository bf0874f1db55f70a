"""Questions about a list: which agencies are planned, what they are called, and what its names only suggest."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from giliran.circulars import Circular
from giliran.domain.words import Kind, canonical, simple, words
from giliran.drafting.asking import Interview, Option, Question
from giliran.drafting.listing import Listing, main_agencies
from giliran.drafting.people import asked_of, stays
from giliran.drafting.proposals import kept, staff_tags, staff_word, unit_word
from giliran.drafting.units import DraftedUnits, drafted_units
from giliran.lists.positions import Read
from giliran.messages import MEANT, Lang, Said, Sentence, bilingual, few, meant, nearest, plain
from giliran.text import TextError

MOST_NAMED = 6
"""Names that a question tells one by one."""
_MOST_LISTED = 40
_NOBODY = frozenset({"tidak_ada", "none", "kosong", "nobody", "tidak"})

_AGENCY = Sentence(en="Name of the agency?", id="Nama perangkat daerah?")
_AGENCY_WHY = Sentence(
    en="It stands above the plan, and is the unit of everybody whose row names none.",
    id="Ditulis di atas jadwal, dan menjadi unit pegawai yang barisnya tidak menyebut unit.",
)
_NO_AGENCY = Sentence(en="Agency", id="Perangkat Daerah")
_GOVERNMENT = Sentence(en="Local government", id="Pemerintah Daerah")
_TITLE = Sentence(en="Title of the plan?", id="Judul jadwal?")
_TITLE_WHY = Sentence(en="It stands above the plan.", id="Ditulis di atas jadwal.")
_WHICH = Sentence(
    en="The list holds {count} agencies, as an export of a whole government does. Which are planned here?",
    id="Daftar memuat {count} perangkat daerah, seperti ekspor dari BKPSDM. Yang mana yang dijadwalkan di sini?",
)
_WHICH_WHY = Sentence(
    en="All of them stay one plan with limits for each; names with a semicolon between them leave the others out.",
    id="Semuanya menjadi satu jadwal dengan batas masing-masing; beberapa nama dipisah titik koma, yang lain dilewati.",
)
_ALL = Sentence(en="all", id="semua")
_NOT_CHOSEN = Sentence(en="another agency", id="perangkat daerah lain")
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
_UNITS = Sentence(en="{ask} Names with a semicolon between them.", id="{ask} Nama unit, dipisah titik koma.")
_VALUE = Sentence(en="{ask} Now: {value}.", id="{ask} Sekarang: {value}.")
_UNITS_WHY = Sentence(en="Units: {units}. Write none for no unit.", id="Unit: {units}. Tulis tidak ada bila tidak satu pun.")
_TAGGED = Sentence(
    en="Who has the mark {tag}? Names or NIP with a semicolon between them.",
    id="Siapa yang bertanda {tag}? Nama atau NIP, dipisah titik koma.",
)
_TAGGED_WHY = Sentence(
    en="Not all of them are at home on the same day, where the letter says so. Proposed by positions. Write none for nobody.",
    id="Tidak WFH semua pada hari yang sama, bila suratnya menentukan demikian. Diusulkan dari jabatannya. Tulis tidak ada bila kosong.",
)
_NONE = Sentence(en="none", id="tidak ada")
_YES = Sentence(en="yes", id="ya")
_NO = Sentence(en="no", id="tidak")
_NO_UNIT = Sentence(en="there is no unit '{name}'", id="tidak ada unit '{name}'")
_NO_PERSON = Sentence(en="nobody is called '{name}'", id="tidak ada pegawai bernama '{name}'")
_SEVERAL = Sentence(en="'{name}' may be {names}", id="'{name}' dapat berarti {names}")
_YES_OR_NO = Sentence(en="'{text}' is neither yes nor no", id="'{text}' bukan ya atau tidak")


@dataclass(frozen=True)
class ListAnswers:
    """What was answered about a list.

    Parameters
    ----------
    listing, units
        The people that are planned, and their units.
    agency
        The agency of whoever has none in the list, and the title.
    with_heads, ranks, keeps
        As in `Told`.
    unit_words
        By column (tags, sector) and word the ids of units that have it, and by id the word in the name that made it likely.
    tags
        By tag the ids of people who have it.
    choose
        Answers to the circular that follow from these.
    """

    listing: Listing
    units: DraftedUnits
    agency: str
    with_heads: bool = False
    ranks: Mapping[str, str] = field(default_factory=dict)
    keeps: str = ""
    unit_words: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    choose: Mapping[str, object] = field(default_factory=dict)


def about_agency(listing: Listing | None, lang: Lang) -> Interview[str]:
    """Ask what the agency is called, or whatever stands above a plan for several."""
    several = listing is not None and len(main_agencies(listing)) > 1
    names = listing.agencies if listing is not None and not several else ()
    default = names[0] if names else (_GOVERNMENT if several else _NO_AGENCY)().text(lang)
    said, why = (_TITLE(), _TITLE_WHY()) if several else (_AGENCY(), _AGENCY_WHY())
    answer = yield Question("agency", said, default, plain(default), str, explained=why)
    return str(answer)


def about_list(listing: Listing, circular: Circular, agency: str) -> Interview[ListAnswers]:
    """Ask about the list.

    Parameters
    ----------
    agency
        What the agency is called; where the list names a single one, by whatever name, it is that.
    """
    several = main_agencies(listing)
    if len(several) > 1:
        listing = yield from _agencies(listing, several)
        named = main_agencies(listing)
        agency = named[0] if len(named) == 1 and agency in (_GOVERNMENT.en, _GOVERNMENT.id) else agency
    units = drafted_units(listing.named_as(agency).places, agency, listing.spellings, told=listing.names(agency))
    marked = yield from _unit_words(units, circular)
    with_heads = yield from _coordinators(listing)
    ranks = yield from _ranks(listing)
    keeps, choose = yield from _kept(listing, circular)
    tags = yield from _tags(listing, circular)
    return ListAnswers(listing, units, agency, with_heads, ranks, keeps, marked, tags, choose)


def _agencies(listing: Listing, several: Sequence[str]) -> Interview[Listing]:
    options = (Option(several, _ALL()), *(Option((name,), plain(name)) for name in several))

    def read(text: str) -> object:
        if simple(text) in (simple(_ALL().text("en")), simple(_ALL().text("id"))):
            return several
        return tuple(_one(name, several, _NO_UNIT) for name in _parts(text, several))

    answer = yield Question("agencies", _WHICH(count=len(several)), several, _ALL(), read, options, _WHICH_WHY())
    chosen = answer if isinstance(answer, tuple) else several
    return listing if set(chosen) == set(several) else listing.of_agencies(chosen, _NOT_CHOSEN())


def _unit_words(units: DraftedUnits, circular: Circular) -> Interview[dict[tuple[str, str], Sequence[str]]]:
    """Which units have the marks that the circular selects by; names tell what is likely."""
    expects = circular.expects.units
    asked: list[tuple[str, str, Said]] = []
    for tag, mark in expects.tags.items():
        if mark.ask is not None:
            asked.append(("tags", tag, mark.ask.said()))
    if expects.sector is not None and expects.sector.ask is not None:
        for value in expects.sector.values:
            if value != expects.sector.default:
                asked.append(("sector", value, _VALUE(ask=expects.sector.ask.said(), value=plain(value))))
    found: dict[tuple[str, str], Sequence[str]] = {}
    ids = [row["id"] for row in units.rows]
    listed = _UNITS_WHY(units=few([plain(id_) for id_ in ids], _MOST_LISTED))
    for column, word, said in asked:
        likely = likely_units(units, word)
        shown = plain("; ".join(likely)) if likely else _NONE()
        read: Callable[[str], object] = lambda text: tuple(_one(name, ids, _NO_UNIT) for name in _parts(text, ids))  # noqa: E731
        answer = yield Question(f"units.{column}.{word}", _UNITS(ask=said), tuple(likely), shown, read, explained=listed)
        found[column, word] = answer  # type: ignore[assignment]
    return found


def likely_units(units: DraftedUnits, word: str) -> list[str]:
    """Units whose names make a mark likely; those below one that has it get it from there."""
    found: list[str] = []
    roots = [row["id"] for row in units.rows if "parent" not in row]
    for row in units.rows:
        if roots == [row["id"]]:  # a whole agency that serves is planned by what stands in it
            continue
        if row.get("parent") in found and unit_word(word, row.get("parent", "")) is not None:
            continue
        if unit_word(word, row.get("name", row["id"])) is not None:
            found.append(row["id"])
    return found


def _coordinators(listing: Listing) -> Interview[bool]:
    people = [_called(person.cells) for person in listing.people if (read := asked_of(person)) is not None and read.tag]
    if not people:
        return False
    said = _WITH_HEADS(people=few([plain(name) for name in people], MOST_NAMED))
    return (yield _yes_no("coordinators", said, default=False, why=_WITH_HEADS_WHY())) is True


def _ranks(listing: Listing) -> Interview[dict[str, str]]:
    """Ranks of positions that the class of the agency decides, once for each."""
    asked: dict[str, tuple[Read, list[str]]] = {}
    for person in listing.people:
        read = asked_of(person)
        if read is not None and not read.tag:
            asked.setdefault(read.phrase, (read, []))[1].append(_called(person.cells))
    found: dict[str, str] = {}
    for phrase, (read, people) in asked.items():
        said = _RANK(phrase=plain(phrase), people=few([plain(name) for name in people], MOST_NAMED), why=read.ask)
        options = (*(Option(rank, plain(rank)) for rank in words(Kind.RANK)), Option("", _NONE()))
        shown: Said = plain(read.rank) if read.rank else _NONE()
        answer = yield Question(f"rank.{simple(phrase)}", said, read.rank, shown, _rank, options, _RANK_WHY())
        found[phrase] = str(answer)
    return found


def _rank(text: str) -> str:
    word = canonical(Kind.RANK, text)
    if simple(text) in _NOBODY:
        return ""
    if word not in words(Kind.RANK):
        raise TextError(_NO_RANK(word=text), meant(word, words(Kind.RANK)))
    return word


def _kept(listing: Listing, circular: Circular) -> Interview[tuple[str, dict[str, object]]]:
    """How guards and cleaners stay in the office, and what the circular is told of it."""
    people = [_called(person.cells) for person in listing.people if stays(person) is not None]
    if not people:
        return "", {}
    said = _KEEPS(people=few([plain(name) for name in people], MOST_NAMED))
    if (yield _yes_no("kept", said, default=True, why=_KEEPS_WHY())) is not True:
        return "", {}
    how = kept()
    parameters = [name for name in how.parameters if name in circular.parameters]
    return ("function", dict.fromkeys(parameters, how.function)) if parameters else ("office_only", {})


def _tags(listing: Listing, circular: Circular) -> Interview[dict[str, Sequence[str]]]:
    """Who has the marks that the circular names, or asks for."""
    named = {word for p in circular.parameters.values() if p.type == "tags" for word in _words(p.read(p.default))}
    asked = [*(tag for tag in staff_tags() if tag in named), *(tag for tag in circular.expects.staff.tags if tag not in staff_tags())]
    found: dict[str, Sequence[str]] = {}
    people = {person.cells["id"]: _called(person.cells) for person in listing.people}
    for tag in asked:
        likely = [p.cells["id"] for p in listing.people if tag in staff_tags() and staff_word(tag, p.cells.get("position", ""))]
        shown: Said = plain("; ".join(people[id_] for id_ in likely[:MOST_NAMED])) if likely else _NONE()
        if len(likely) > MOST_NAMED:
            shown = plain(few([plain(people[id_]) for id_ in likely], MOST_NAMED))
        read: Callable[[str], object] = lambda text: tuple(_person(name, people) for name in _parts(text, ()))  # noqa: E731
        answer = yield Question(f"staff.tags.{tag}", _TAGGED(tag=plain(tag)), tuple(likely), shown, read, explained=_TAGGED_WHY())
        if answer != tuple(likely):
            found[tag] = answer  # type: ignore[assignment]
    return found


def _yes_no(key: str, said: Said, *, default: bool, why: Said) -> Question:
    yes, no = Option(True, _YES()), Option(False, _NO())
    shown = {True: _YES(), False: _NO()}[default]
    return Question(key, said, default, shown, _answer, (yes, no), why)


def _answer(text: str) -> bool:
    word = simple(text)
    for value, said in ((True, _YES()), (False, _NO())):
        if word in (said.text("en"), said.text("id"), said.text("en")[0], said.text("id")[0]):
            return value
    raise TextError(_YES_OR_NO(text=text))


def _parts(text: str, known: Sequence[str]) -> list[str]:
    """The names of an answer: parted by semicolons, or by commas where no known name holds one; none for the word that says so."""
    if simple(text) in _NOBODY:
        return []
    parts = [part.strip() for part in text.split(";") if part.strip()]
    by_comma = [part.strip() for part in text.split(",") if part.strip()]
    plainly = len(parts) == 1 and known and simple(text) not in map(simple, known)
    return by_comma if plainly else parts


def _one(name: str, known: Sequence[str], sentence: Sentence) -> str:
    """The known name that an answer means: itself, the only one that holds it, or none, which is told with the nearest."""
    same = [each for each in known if simple(each) == simple(name)] or [
        each for each in known if simple(name) and simple(name) in simple(each)
    ]
    if len(same) == 1:
        return same[0]
    if same:
        raise TextError(_SEVERAL(name=name, names=few([plain(each) for each in same], MOST_NAMED)))
    near = nearest(name.casefold(), [each.casefold() for each in known])
    likely = next((each for each in known if each.casefold() == near), None)
    raise TextError(sentence(name=name), None if likely is None else MEANT(near=plain(likely)))


def _person(name: str, people: Mapping[str, str]) -> str:
    if (id_ := name.replace(" ", "")) in people or (id_ := name) in people:
        return id_
    names = list(people.values())
    called = _one(name, names, _NO_PERSON)
    ids = [id_ for id_, other in people.items() if other == called]
    if len(ids) > 1:
        raise TextError(_SEVERAL(name=name, names=[bilingual(en=f"{called} ({id_})", id=f"{called} ({id_})") for id_ in ids]))
    return ids[0]


def _called(cells: Mapping[str, str]) -> str:
    return cells.get("name") or cells["id"]


def _words(value: object) -> Sequence[str]:
    return tuple(itertools.chain(value)) if isinstance(value, tuple) else (str(value),)
