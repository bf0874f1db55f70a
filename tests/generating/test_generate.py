"""Generated instances: the same bytes everywhere, the size asked for, and feasible, shown by a plan made by hand."""

import csv
import datetime as dt
import hashlib
import io
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from giliran import load_instance
from giliran.errors import InputError
from giliran.generating import DEFAULT_FAMILIES, Family, GenerateOptions, generate, generate_to, parse_families

ALL = frozenset(Family)


def rows(text: str) -> list[dict[str, str]]:
    """A CSV text as dictionaries."""
    return list(csv.DictReader(io.StringIO(text)))


def test_same_options_same_bytes() -> None:
    """The bytes of a generated instance, but for the line for editors, are fixed for good: benchmarks of different days compare one."""
    files = generate(GenerateOptions(300, 2, 5, ALL)).files
    text = "\0".join(f"{name}\0{text}" for name, text in files.items())
    digest = hashlib.sha256(re.sub("^# yaml-language-server:.*\n", "", text, flags=re.MULTILINE).encode()).hexdigest()
    assert digest[:16] == "f21cf60ec84ab4f9"


def test_seeds_differ() -> None:
    """Another seed gives another roster."""
    assert generate(GenerateOptions(60, seed=1)).files["staff.csv"] != generate(GenerateOptions(60, seed=2)).files["staff.csv"]


@pytest.mark.parametrize("staff", [8, 13, 60, 200, 777, 1500])
def test_size_is_exact(staff: int) -> None:
    """There are exactly as many people as asked for, with different ids, in units that exist."""
    files = generate(GenerateOptions(staff)).files
    people = rows(files["staff.csv"])
    units = {row["id"] for row in rows(files["units.csv"])}
    assert len({row["id"] for row in people}) == staff
    assert {row["unit"] for row in people} <= units


def test_families_leave_the_roster_alone() -> None:
    """One more family adds its own file and changes no other table."""
    small = generate(GenerateOptions(200, families=frozenset({Family.CAPS}))).files
    large = generate(GenerateOptions(200, families=frozenset({Family.CAPS, Family.WISHES}))).files
    assert "wishes.csv" not in small and "wishes.csv" in large
    assert small["staff.csv"] == large["staff.csv"]


def test_family_brings_its_rules() -> None:
    """Each rule family writes its own rules and no others."""
    named = {
        Family.CAPS: {"cap"},
        Family.DUTY: {"duty"},
        Family.SEQUENCES: {"runs"},
        Family.SKILLS: {"bendahara", "operator"},
        Family.AGENCY: {"agency"},
    }
    for family, expected in named.items():
        document = yaml.safe_load(generate(GenerateOptions(100, families=frozenset({family}))).files["instance.yaml"])
        assert {rule["id"] for rule in document["rules"]} - {"leaders", "critical", "field"} == expected


@pytest.mark.parametrize("staff", [8, 9, 12, 14, 20, 31, 60, 150, 151, 400, 1000])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_feasible_by_construction(staff: int, seed: int) -> None:
    """With every family in force a plan by hand keeps every rule."""
    broken = Witness(generate(GenerateOptions(staff, 2, seed, ALL)).files).broken()
    assert broken == []


@pytest.mark.parametrize("staff", [8, 20, 75, 150, 400])
@pytest.mark.parametrize("families", [frozenset(), DEFAULT_FAMILIES, ALL], ids=["none", "default", "all"])
def test_loads(staff: int, families: frozenset[Family], tmp_path: Path) -> None:
    """What is written is read back: everybody, and no rule that selects nobody."""
    instance = load_instance(generate_to(GenerateOptions(staff, 2, 4, families), tmp_path)[0])
    assert instance.facts.num_people == staff


def test_agency_cap_binds() -> None:
    """The limit of the whole agency is below the seats of its parts, so that it decides something on every day."""
    witness = Witness(generate(GenerateOptions(2000, 1, 1, ALL)).files)
    seats = sum(max(1, count * witness.share // 100) for count in witness.counted().values())
    assert witness.agency < seats


def test_writes_a_folder_or_a_file(tmp_path: Path) -> None:
    """A folder gets `instance.yaml`; a `.yaml` gets its tables beside it, named after it and named in it."""
    options = GenerateOptions(20)
    in_folder = generate_to(options, tmp_path / "new")
    assert {path.name for path in in_folder} == {"instance.yaml", "units.csv", "staff.csv", "absences.csv", "wishes.csv"}
    beside = generate_to(options, tmp_path / "kecil.yaml")
    assert {path.name for path in beside} == {
        f"kecil{end}" for end in (".yaml", "-units.csv", "-staff.csv", "-absences.csv", "-wishes.csv")
    }
    assert yaml.safe_load((tmp_path / "kecil.yaml").read_text(encoding="utf-8"))["staff"] == {"file": "kecil-staff.csv"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Files with another content are refused, all of them at once, and nothing is written."""
    target = tmp_path / "kecil.yaml"
    generate_to(GenerateOptions(20), target)
    (tmp_path / "kecil-wishes.csv").unlink()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(InputError) as caught:
        generate_to(GenerateOptions(21), target)
    assert {Path(problem.where.file).name for problem in caught.value.problems} == before.keys() - {"kecil-units.csv"}
    assert "Remove it first" in caught.value.text() and "Hapus dahulu" in caught.value.text("id")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_again_is_harmless(tmp_path: Path) -> None:
    """The same options again leave files of the same content alone and write those that are missing."""
    first = generate_to(GenerateOptions(20), tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in first}
    first[2].unlink()
    assert generate_to(GenerateOptions(20), tmp_path) == first
    assert first[2].exists() and all(path.stat().st_mtime_ns == stamps[path] for path in first if path != first[2])


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the place of the folder is told, not replaced."""
    (tmp_path / "new").write_text("mine")
    with pytest.raises(InputError, match="the folder cannot be made"):
        generate_to(GenerateOptions(20), tmp_path / "new")


@pytest.mark.parametrize(("staff", "weeks"), [(0, 1), (7, 1), (100, 0)])
def test_refuses_sizes_out_of_range(staff: int, weeks: int) -> None:
    """Too few people or weeks are refused with the range."""
    with pytest.raises(InputError, match="outside"):
        GenerateOptions(staff, weeks)


def test_unknown_family_names_the_nearest() -> None:
    """A mistyped family is refused with the nearest known one."""
    assert parse_families(["caps", "duty"]) == {Family.CAPS, Family.DUTY}
    with pytest.raises(InputError, match="wishes"):
        parse_families(["wihses"])


class Witness:
    """A plan by hand for a generated instance, and what it breaks; knows nothing of the generator's own sums."""

    def __init__(self, files: dict[str, str]) -> None:
        self.units = {row["id"]: row for row in rows(files["units.csv"])}
        self.people = rows(files["staff.csv"])
        document = yaml.safe_load(files["instance.yaml"])
        rules = {rule["id"]: rule for rule in document["rules"]}
        self.share = int(rules["cap"]["share"].rstrip("%"))
        self.agency = rules["agency"]["max"]
        self.start = document["horizon"]["start"]
        self.days = [d for d in range((document["horizon"]["end"] - self.start).days + 1) if d % 7 < 5]
        self.away = {
            (row["staff_id"], d)
            for row in rows(files["absences.csv"])
            for d in range((self.date(row["from"]) - self.start).days, (self.date(row["to"]) - self.start).days + 1)
        }

    @staticmethod
    def date(text: str) -> dt.date:
        """A date of a table."""
        return dt.date.fromisoformat(text)

    def above(self, unit: str, levels: tuple[str, ...]) -> str:
        """The nearest unit at or above one with one of the levels."""
        while unit and self.units[unit]["level"] not in levels:
            unit = self.units[unit]["parent"]
        return unit

    def leads(self, person: dict[str, str]) -> bool:
        """Fixed in the office."""
        return person["rank"] in ("jpt_pratama", "administrator")

    def critical(self, unit: str) -> bool:
        """In a unit tagged critical."""
        return bool(unit) and (self.units[unit].get("tags", "") == "critical" or self.critical(self.units[unit]["parent"]))

    def lifted(self, person: dict[str, str]) -> bool:
        """Outside the caps."""
        return person["function"] == "field" or (person["function"] == "service" and self.critical(person["unit"]))

    def counted(self) -> dict[str, int]:
        """People under each cap."""
        groups: dict[str, int] = defaultdict(int)
        for person in self.people:
            if not self.leads(person) and not self.lifted(person):
                groups[self.above(person["unit"], ("uptd", "opd"))] += 1
        return groups

    def eligible(self) -> dict[str, list[dict[str, str]]]:
        """Who may be on duty, by duty unit."""
        groups: dict[str, list[dict[str, str]]] = defaultdict(list)
        for person in self.people:
            unit = self.above(person["unit"], ("sekretariat", "bidang"))
            able = person["rank"] in ("pengawas", "fungsional", "pelaksana") or person["status"] == "kontrak"
            if unit and able and person.get("home_only") != "yes":
                groups[unit].append(person)
        return groups

    def there_all_week(self, person: dict[str, str], week: int) -> bool:
        """Never away in a week."""
        return not any((person["id"], 7 * week + d) in self.away for d in range(5))

    def turns(self, week: int) -> dict[str, int]:
        """Who comes on even (0) and on odd (1) days of a week."""
        turn: dict[str, int] = {}
        for opd in sorted({self.above(person["unit"], ("opd",)) for person in self.people}):
            for skill in ("bendahara", "operator"):
                holders = [p for p in self.people if p["tags"] == skill and self.above(p["unit"], ("opd",)) == opd]
                there = [p for p in holders if self.there_all_week(p, week)]
                turn |= {person["id"]: k for k, person in enumerate(there[:2])}
        for members in self.eligible().values():
            there = [p["id"] for p in members if self.there_all_week(p, week)]
            for parity in (0, 1):
                have = sum(turn.get(id_) == parity for id_ in there)
                new = [id_ for id_ in there if id_ not in turn][: max(0, 2 - have)]
                turn |= dict.fromkeys(new, parity)
        return turn

    def broken(self) -> list[str]:
        """Every rule that the plan by hand breaks."""
        found = []
        for d in self.days:
            turn = self.turns(d // 7)
            office = {id_ for id_, parity in turn.items() if parity == d % 7 % 2}
            found += [f"day {d}: {id_} is away" for id_ in office if (id_, d) in self.away]
            found += self.floors(d, office) + self.caps(d, office)
        return found

    def floors(self, d: int, office: set[str]) -> list[str]:
        """Duty units and skills that are not covered."""
        groups = [(unit, 2, [p["id"] for p in members]) for unit, members in self.eligible().items()]
        for skill in ("bendahara", "operator"):
            holders: dict[str, list[str]] = defaultdict(list)
            for person in self.people:
                if person["tags"] == skill:
                    holders[self.above(person["unit"], ("opd",))].append(person["id"])
            groups += [(f"{opd} {skill}", 1, ids) for opd, ids in holders.items()]
        able = [(name, need, [id_ for id_ in ids if (id_, d) not in self.away]) for name, need, ids in groups]
        return [f"day {d}: {name}" for name, need, ids in able if len(office & set(ids)) < min(need, len(ids))]

    def caps(self, d: int, office: set[str]) -> list[str]:
        """Groups with too many in the office."""
        inside: dict[str, int] = defaultdict(int)
        for person in self.people:
            if person["id"] in office and not self.lifted(person):
                inside[self.above(person["unit"], ("uptd", "opd"))] += 1
        limits = {unit: max(1, count * self.share // 100) for unit, count in self.counted().items()}
        found = [f"day {d}: {unit} {count} > {limits.get(unit, 0)}" for unit, count in inside.items() if count > limits.get(unit, 0)]
        return found + ([f"day {d}: agency"] if sum(inside.values()) > self.agency else [])


@pytest.mark.parametrize("name", ["x.json", "x.ymal", "x.CSV"])
def test_names_of_other_kinds_of_files_make_no_folder(tmp_path: Path, name: str) -> None:
    """Who names a file that is no `.yaml` gets no folder of that name, but is told how instances are written."""
    with pytest.raises(InputError) as error:
        generate_to(GenerateOptions(20), tmp_path / name)
    assert f"not as {Path(name).suffix}" in error.value.text("en") and "Write x.yaml;" in error.value.text("en")
    assert "Tulislah x.yaml;" in error.value.text("id")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["made", "s200.2", ".made", "made.json"])
def test_folders_are_called_as_one_likes(tmp_path: Path, name: str) -> None:
    """A name without an ending is that of a folder, and so is that of any folder which is there."""
    if name == "made.json":
        (tmp_path / name).mkdir()
    assert generate_to(GenerateOptions(20), tmp_path / name)[0] == tmp_path / name / "instance.yaml"


def test_endings_in_capitals(tmp_path: Path) -> None:
    """`X.YAML` is a file too."""
    assert generate_to(GenerateOptions(20), tmp_path / "X.YAML")[0] == tmp_path / "X.YAML"
    assert (tmp_path / "X.YAML").is_file()
