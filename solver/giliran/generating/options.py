"""What to generate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence, Whole, found_text, meant

LEAST_STAFF = 8
"""Fewer people cannot take turns in everything that the rule families ask for."""

MOST_STAFF = 5_000_000
MOST_WEEKS = 104

_RANGE = Sentence(
    en="{what}: {found} is outside {least} to {most}.",
    id="{what}: {found} di luar batas {least} sampai {most}.",
)
_UNKNOWN = Sentence(
    en="There is no rule family {found}; the families are {known}.",
    id="Tidak ada kelompok aturan {found}; yang ada: {known}.",
)
_NO_WORDS = Sentence(
    en="found {found}; expected a list of rule families, of {known}",
    id="ditemukan {found}; yang diharapkan daftar kelompok aturan, dari {known}",
)
_STAFF = Sentence(en="number of staff", id="jumlah pegawai")
_WEEKS = Sentence(en="number of weeks", id="jumlah minggu")


class Family(StrEnum):
    """A group of rules or facts that can be switched on."""

    CAPS = "caps"
    DUTY = "duty"
    ABSENCES = "absences"
    WISHES = "wishes"
    SEQUENCES = "sequences"
    SKILLS = "skills"
    LEDGER = "ledger"
    AGENCY = "agency"


DEFAULT_FAMILIES = frozenset({Family.CAPS, Family.DUTY, Family.ABSENCES, Family.WISHES})


@dataclass(frozen=True)
class GenerateOptions:
    """Size, length, seed and rule families of a generated instance.

    Parameters
    ----------
    staff
        Number of people, `LEAST_STAFF` to `MOST_STAFF`.
    weeks
        Number of weeks, 1 to `MOST_WEEKS`.
    seed
        Any integer; the same options give the same bytes everywhere.
    families
        Groups of rules and facts.

    Raises
    ------
    InputError
        If a number is outside its range.
    """

    staff: int
    weeks: int = 1
    seed: int = 1
    families: frozenset[Family] = DEFAULT_FAMILIES

    def __post_init__(self) -> None:
        numbers = ((_STAFF(), self.staff, LEAST_STAFF, MOST_STAFF), (_WEEKS(), self.weeks, 1, MOST_WEEKS))
        problems = [
            Problem(Where(), _RANGE(what=what, found=number, least=least, most=most))
            for what, number, least, most in numbers
            if not least <= number <= most
        ]
        if problems:
            raise InputError(problems)


def parse_families(words: Iterable[str]) -> frozenset[Family]:
    """Families by their names.

    Raises
    ------
    InputError
        If a word names no family, or it is no list of words.
    """
    known = [family.value for family in Family]
    if isinstance(words, str) or not isinstance(words, Iterable):
        raise InputError([Problem(Where(field="families"), _NO_WORDS(found=found_text(words), known=Whole(", ".join(known))))])
    wanted = list(words)
    problems = [
        Problem(Where(), _UNKNOWN(found=str(word), known=Whole(", ".join(known))), meant(str(word), known))
        for word in wanted
        if word not in known
    ]
    if problems:
        raise InputError(problems)
    return frozenset(Family(word) for word in wanted)
