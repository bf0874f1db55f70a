"""How an agency is divided into units, and how many people sit in each.

Sizes follow public figures on Indonesian regional government: a team (seksi) has 2 to 8 people, a bidang 8 to 25, a sekretariat 10 to
30. They are estimates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from giliran.generating.dice import Dice

TEAM_SIZE = 4
"""People in a usual team."""

LARGEST_TEAM = 8
LARGEST_BIDANG = 25
MOST_TEAMS = 4
"""Teams of a bidang, where its size allows."""


@dataclass(frozen=True)
class UnitRow:
    """A unit as a table writes it; empty fields are inherited from the parent."""

    id: str
    name: str
    level: str
    parent: str = ""
    sector: str = ""
    tags: tuple[str, ...] = ()
    calendar: str = ""


@dataclass(frozen=True)
class Post:
    """People put together into one unit.

    Parameters
    ----------
    unit
        Id of the unit.
    size
        How many, the head included; at least 1.
    work
        What they do: a key of `people.FUNCTIONS`.
    lead
        Rank of the first of them, who is head of the unit; empty where nobody is.
    """

    unit: str
    size: int
    work: str
    lead: str = ""


@dataclass(frozen=True)
class Shape:
    """Units, parents before children, and the people in them."""

    units: tuple[UnitRow, ...] = ()
    posts: tuple[Post, ...] = ()

    def __add__(self, other: Shape) -> Shape:
        return Shape(self.units + other.units, self.posts + other.posts)

    @property
    def size(self) -> int:
        """Number of people."""
        return sum(post.size for post in self.posts)


def join(shapes: list[Shape]) -> Shape:
    """Several shapes one after another."""
    units = tuple(unit for shape in shapes for unit in shape.units)
    return Shape(units, tuple(post for shape in shapes for post in shape.posts))


def split(dice: Dice, total: int, parts: int, least: int, most: int) -> list[int]:
    """Random sizes of `parts` parts that add up to `total`, each from `least` to `most`.

    Raises
    ------
    ValueError
        If no such sizes exist.
    """
    if not least * parts <= total <= most * parts:
        raise ValueError(f"{total} cannot be split into {parts} parts of {least} to {most}")
    sizes = []
    for left in range(parts - 1, -1, -1):
        even = total // (left + 1)
        low = max(least, total - most * left, even - even // 4)
        high = min(most, total - least * left, even + even // 4)
        sizes.append(dice.between(min(low, high), high))
        total -= sizes[-1]
    return sizes


@dataclass(frozen=True)
class Office:
    """What an office looks like: the head, a sekretariat, bidang, and teams in them.

    Parameters
    ----------
    unit
        The office itself.
    size
        People in it, all units together.
    bidang
        Names; empty: as many as the size asks for.
    work
        What its people do: a key of `people.FUNCTIONS`.
    lead
        Rank of its head.
    smallest
        People that a sekretariat or bidang has at least.
    delayered
        Teams are led by a fungsional, as since 2021, not by a pengawas.
    sizes
        People in the sekretariat and in each bidang, when they are to be exactly so.
    """

    unit: UnitRow
    size: int
    bidang: tuple[str, ...] = ()
    work: str = "office"
    lead: str = "jpt_pratama"
    smallest: int = 8
    delayered: bool = False
    sizes: tuple[int, ...] = ()


def office(dice: Dice, plan: Office) -> Shape:
    """Units and posts of an office; a small one is a sekretariat only."""
    sizes = list(plan.sizes) or _sections(dice, plan)
    names = plan.bidang or tuple(f"Bidang {k}" for k in range(1, len(sizes)))
    shapes = [Shape((plan.unit,), (Post(plan.unit.id, 1, "office", plan.lead),))]
    if sizes:
        desk = UnitRow(f"{plan.unit.id}/sek", "Sekretariat", "sekretariat", plan.unit.id)
        shapes.append(section(dice, desk, sizes[0], plan if plan.work == "mixed" else replace(plan, work="office")))
    for k, (name, size) in enumerate(zip(names, sizes[1:], strict=True), start=1):
        title = name if name.startswith(("Bidang", "Inspektur")) else f"Bidang {name}"
        shapes.append(section(dice, UnitRow(f"{plan.unit.id}/b{k}", title, "bidang", plan.unit.id), size, plan))
    return join(shapes)


def _sections(dice: Dice, plan: Office) -> list[int]:
    """Sizes of the sekretariat and of the bidang."""
    people = plan.size - 1
    if people == 0:
        return []
    usual = (plan.smallest + LARGEST_BIDANG) // 2
    parts = 1 + (len(plan.bidang) if plan.bidang else max(0, (people - usual // 2) // usual))
    parts = max(1, min(parts, people // plan.smallest)) if not plan.bidang else parts
    return split(dice, people, parts, min(plan.smallest, people // parts), max(LARGEST_BIDANG, -(-people // parts)))


def section(dice: Dice, row: UnitRow, size: int, plan: Office) -> Shape:
    """A sekretariat or bidang: its head, and teams where it is large enough."""
    people = size - 1
    teams = max(min(MOST_TEAMS, people // TEAM_SIZE), -(-people // LARGEST_TEAM))
    head = Post(row.id, 1, plan.work, "administrator")
    if teams < 2:
        return Shape((row,), (Post(row.id, size, plan.work, "administrator"),))
    lead = "fungsional" if plan.delayered else "pengawas"
    word = "Subbagian" if row.level == "sekretariat" else "Seksi"
    sizes = split(dice, people, teams, 2, LARGEST_TEAM)
    rows = [UnitRow(f"{row.id}/s{k}", f"{word} {k}", "seksi", row.id) for k in range(1, teams + 1)]
    posts = [Post(team.id, size, plan.work, lead) for team, size in zip(rows, sizes, strict=True)]
    return Shape((row, *rows), (head, *posts))


def flat(unit: UnitRow, size: int, work: str, *, lead: str) -> Shape:
    """A unit without parts: its head and `size` - 1 others."""
    return Shape((unit,), (Post(unit.id, size, work, lead),))


def bureau(dice: Dice, unit: UnitRow, size: int) -> Shape:
    """A biro of a secretariat-general: its head and three bagian."""
    rows = [UnitRow(f"{unit.id}/{k}", f"Bagian {k}", "bagian", unit.id) for k in range(1, 4)]
    sizes = split(dice, size - 1, len(rows), 1, size)
    posts = [Post(row.id, people, "office", "administrator") for row, people in zip(rows, sizes, strict=True)]
    return Shape((unit, *rows), (Post(unit.id, 1, "office", "jpt_pratama"), *posts))


def branch(unit: UnitRow, size: int, work: str, *, lead: str = "administrator", desk: int = 0) -> Shape:
    """A branch (UPTD, kecamatan, panti …): its head, an office desk of `desk` people, the others at its work.

    Up to 7 people it is one unit without parts.
    """
    if size <= LARGEST_TEAM - 1:
        return flat(unit, size, work, lead=lead)
    desk = desk or max(2, size // 5)
    rows = (
        UnitRow(f"{unit.id}/tu", "Subbagian Tata Usaha", "seksi", unit.id),
        UnitRow(f"{unit.id}/yan", "Seksi Pelayanan", "seksi", unit.id),
    )
    posts = (
        Post(unit.id, 1, "office", lead),
        Post(rows[0].id, desk, "office", "pengawas"),
        Post(rows[1].id, size - 1 - desk, work, "pengawas"),
    )
    return Shape((unit, *rows), posts)


def hospital(dice: Dice, unit: UnitRow, size: int, *, shift: str, desk: int) -> Shape:
    """A hospital: its director, an office of `desk` people in two parts, the others in wards on the calendar `shift`."""
    office_rows = [
        UnitRow(f"{unit.id}/umum", "Bagian Umum dan Keuangan", "bagian", unit.id),
        UnitRow(f"{unit.id}/yanmed", "Bagian Pelayanan Medik dan Penunjang", "bagian", unit.id),
    ]
    desks = split(dice, desk, len(office_rows), 1, desk)
    wards = size - 1 - desk
    count = max(1, wards // 45)
    ward_rows = [UnitRow(f"{unit.id}/i{k}", f"Instalasi {k}", "instalasi", unit.id, calendar=shift) for k in range(1, count + 1)]
    sizes = split(dice, wards, count, 1, wards)
    posts = [Post(unit.id, 1, "office", "jpt_pratama" if size > 250 else "administrator")]
    posts += [Post(row.id, people, "office", "administrator") for row, people in zip(office_rows, desks, strict=True)]
    posts += [Post(row.id, people, "ward", "fungsional") for row, people in zip(ward_rows, sizes, strict=True)]
    return Shape((unit, *office_rows, *ward_rows), tuple(posts))
