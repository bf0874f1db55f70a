"""Questions about a list: which agencies are planned, what they are called, and what its names only suggest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from giliran.circulars import Circular
from giliran.domain.words import simple
from giliran.drafting.about_people import asked_ranks, coordinators, kept_staff, marks
from giliran.drafting.answers import NONE, parts_of, the_one
from giliran.drafting.asking import Interview, Option, Question
from giliran.drafting.listing import Listing, likely_agency, main_agencies
from giliran.drafting.proposals import in_full, unit_word
from giliran.drafting.units import DraftedUnits, drafted_units
from giliran.messages import Lang, Said, Sentence, few, plain

_MOST_LISTED = 40

_AGENCY = Sentence(en="Name of the agency?", id="Nama perangkat daerah?")
_AGENCY_WHY = Sentence(
    en="It stands above the plan, and is the unit of everybody whose row names none.",
    id="Ditulis di atas jadwal, dan menjadi unit kerja pegawai yang barisnya tidak menyebut unit kerja.",
)
_NO_AGENCY = Sentence(en="Agency", id="Perangkat Daerah")
_GOVERNMENT = Sentence(en="Local government", id="Pemerintah Daerah")
_TITLE = Sentence(en="Title of the plan?", id="Judul jadwal?")
_TITLE_WHY = Sentence(en="It stands above the plan.", id="Ditulis di atas jadwal.")
_WHICH = Sentence(
    en="Agencies in the list: {count}, as in an export of a whole government. Which of them are planned here?",
    id="Daftar memuat {count} perangkat daerah, seperti ekspor dari BKPSDM. Yang mana yang dijadwalkan di sini?",
)
_WHICH_WHY = Sentence(
    en="All of them stay one plan with limits for each; names with a semicolon between them leave the others out.",
    id="Semuanya menjadi satu jadwal dengan batas masing-masing; beberapa nama dipisah titik koma, yang lain dilewati.",
)
_ALL = Sentence(en="all", id="semua")
_NOT_CHOSEN = Sentence(en="another agency", id="perangkat daerah lain")
_UNITS = Sentence(en="{ask} Names with a semicolon between them.", id="{ask} Nama unit kerja, dipisah titik koma.")
_VALUE = Sentence(en="{ask} Now: {value}.", id="{ask} Sekarang: {value}.")
_UNITS_WHY = Sentence(en="Units: {units}. Write none for no unit.", id="Unit: {units}. Tulis tidak ada bila tidak satu pun.")
_NAMED = Sentence(en="The letter names as working in full: {units}", id="Surat menyebut yang tetap bekerja penuh: {units}")
_NO_UNIT = Sentence(en="there is no unit '{name}'", id="tidak ada unit kerja '{name}'")


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
    tags, lone
        By tag the ids of people who have it, and people who would be the only ones.
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
    lone: Sequence[str] = ()
    choose: Mapping[str, object] = field(default_factory=dict)


def about_agency(listing: Listing | None, lang: Lang) -> Interview[str]:
    """Ask what the agency is called, or whatever stands above a plan for several."""
    several = listing is not None and len(main_agencies(listing)) > 1
    found = likely_agency(listing) if listing is not None and not several else ""
    default = found or (_GOVERNMENT if several else _NO_AGENCY)().text(lang)
    said, why = (_TITLE(), _TITLE_WHY()) if several else (_AGENCY(), _AGENCY_WHY())
    answer = yield Question("agency", said, default, plain(default), str, explained=why)
    return str(answer)


def about_list(listing: Listing, circular: Circular, agency: str, named: Sequence[str] = ()) -> Interview[ListAnswers]:
    """Ask about the list.

    Parameters
    ----------
    agency
        What the agency is called; where the list names a single one, by whatever name, it is that.
    named
        Units that the text of a letter names as working in full.
    """
    several = main_agencies(listing)
    if len(several) > 1:
        listing = yield from _agencies(listing, several)
        chosen = main_agencies(listing)
        agency = chosen[0] if len(chosen) == 1 and agency in (_GOVERNMENT.en, _GOVERNMENT.id) else agency
    units = drafted_units(listing.named_as(agency).places, agency, listing.spellings, told=listing.names(agency))
    marked = yield from _unit_words(units, circular, named)
    with_heads = yield from coordinators(listing)
    ranks = yield from asked_ranks(listing)
    keeps, choose = yield from kept_staff(listing, circular)
    tags, lone = yield from marks(listing, circular)
    return ListAnswers(listing, units, agency, with_heads, ranks, keeps, marked, tags, lone, choose)


def _agencies(listing: Listing, several: Sequence[str]) -> Interview[Listing]:
    options = (Option(several, _ALL()), *(Option((name,), plain(name)) for name in several))

    def read(text: str) -> object:
        if simple(text) in (simple(_ALL().text("en")), simple(_ALL().text("id"))):
            return several
        return tuple(the_one(name, several, _NO_UNIT) for name in parts_of(text, several))

    answer = yield Question("agencies", _WHICH(count=len(several)), several, _ALL(), read, options, _WHICH_WHY())
    chosen = answer if isinstance(answer, tuple) else several
    return listing if set(chosen) == set(several) else listing.of_agencies(chosen, _NOT_CHOSEN())


def _unit_words(units: DraftedUnits, circular: Circular, named: Sequence[str]) -> Interview[dict[tuple[str, str], Sequence[str]]]:
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
        quotes: tuple[Said, ...] = ()
        if word == in_full()[1] and named:
            likely += [id_ for id_ in units_named(units, named) if id_ not in likely]
            quotes = (_NAMED(units=few([plain(name) for name in named], _MOST_LISTED)),)
        shown = plain("; ".join(likely)) if likely else NONE()
        read: Callable[[str], object] = lambda text: tuple(the_one(name, ids, _NO_UNIT) for name in parts_of(text, ids))  # noqa: E731
        answer = yield Question(f"units.{column}.{word}", _UNITS(ask=said), tuple(likely), shown, read, explained=listed, quotes=quotes)
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


def units_named(units: DraftedUnits, named: Sequence[str]) -> list[str]:
    """Units of a list that a letter names, by themselves or by their kind: "Puskesmas Sukamaju" by "puskesmas"."""
    words = [f"_{simple(name)}_" for name in named]
    roots = [row["id"] for row in units.rows if "parent" not in row]
    names = {row["id"]: f"_{simple(row.get('name', row['id']))}_" for row in units.rows if roots != [row["id"]]}
    return [id_ for id_, name in names.items() if any(word in name or name in word for word in words)]
