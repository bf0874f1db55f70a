"""Generated instances: rules, goals and facts by family."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from giliran.domain.calendar import WEEKDAYS
from giliran.errors import Problem, Where
from giliran.generating.arithmetic import DUTY_COUNT, SPARE, duty_groups, skill_groups
from giliran.generating.away import Absences, Weeks, absences, history, keep_enough, office_weeks, wishes
from giliran.generating.csv_columns import absence_table, ledger_table, staff_table, unit_table, wish_table
from giliran.generating.dice import Dice
from giliran.generating.documents import MAIN, build_files
from giliran.generating.options import Family, GenerateOptions
from giliran.generating.people import Roster
from giliran.generating.province import SKILLS, province
from giliran.generating.rulebook import WORKDAYS, goals, rules
from giliran.messages import Sentence
from giliran.text.files import is_file, is_folder, refuse
from giliran.text.replacing import write_all_atomic
from giliran.text.trying import make_folder, refuse_all, try_targets

_OTHER = Sentence(
    en="this file is there already with another content, so none is written over it",
    id="berkas ini sudah ada dengan isi lain, jadi tidak ditimpa",
)
_REMOVE = Sentence(en="Remove it first, or choose another name or folder.", id="Hapus dahulu, atau pilih nama atau folder lain.")

_NO_KIND = Sentence(
    en="instances are generated as .yaml with their tables beside it, or into a folder, not as {ending}",
    id="berkas masukan dibuat sebagai .yaml dengan tabel-tabel di sampingnya, atau dalam folder, bukan sebagai {ending}",
)
_NAME_YAML = Sentence(
    en="Write {name}; if a folder is meant, make it first.", id="Tulislah {name}; bila maksudnya folder, buatlah folder itu dahulu."
)
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]*")
"""How names of files end, and those of folders seldom do; `s200.2` is a folder."""

FIRST_DAY = dt.date(2026, 1, 5)
"""A Monday; generated calendars have no holidays, so that no package of holidays changes an instance."""

AWAY = 80
"""Per mille of person-days away."""

_PERIOD = "2025-12"
_DOCUMENT_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class GeneratedInstance:
    """An instance as texts, by file name; the document comes first."""

    files: Mapping[str, str]

    def write(self, folder: Path) -> list[Path]:
        """Write every file into a folder, which is made if it is missing, and say where they are.

        All are written, or none. A file that is there already with the same content stays as it is.

        Raises
        ------
        InputError
            If the folder cannot be written to, or with every file that is there already with another content.
        """
        paths = {folder / name: text.encode("utf-8") for name, text in self.files.items()}
        there = {path: _content(path) for path in paths if is_file(path)}
        refuse_all(Problem(Where(str(path)), _OTHER(), _REMOVE()) for path in there if there[path] != paths[path])
        make_folder(folder)
        missing = [path for path in paths if path not in there]
        refuse_all(try_targets(missing))
        write_all_atomic([(path, functools.partial(bytes, paths[path])) for path in missing])
        return list(paths)


def generate(options: GenerateOptions, main: str = MAIN) -> GeneratedInstance:
    """Make a feasible instance; the same options give the same bytes everywhere.

    Parameters
    ----------
    options
        Size, length, seed and rule families.
    main
        File name of the document; tables are named after it.
    """
    roster = province(options.staff, options.seed, skills=Family.SKILLS in options.families)
    weeks = office_weeks(FIRST_DAY, _last_day(options))
    return GeneratedInstance(build_files(main, _document(options, roster), _tables(options, roster, weeks), _comment(options)))


def generate_to(options: GenerateOptions, target: Path) -> list[Path]:
    """Generate into a folder, or, where `target` ends in `.yaml`, into that file with the tables beside it.

    Raises
    ------
    InputError
        If the target cannot be written to, or its name is that of another kind of file and no folder is called so.
    """
    if target.suffix.lower() in _DOCUMENT_SUFFIXES:
        return generate(options, target.name).write(target.parent)
    if _ENDING.fullmatch(target.suffix) and not is_folder(target):
        name = target.with_suffix(_DOCUMENT_SUFFIXES[0]).name
        raise refuse(str(target), _NO_KIND(ending=target.suffix), _NAME_YAML(name=name))
    return generate(options).write(target)


def _content(path: Path) -> bytes | None:
    """What a file holds; None if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _last_day(options: GenerateOptions) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=7 * options.weeks - 3)


def _comment(options: GenerateOptions) -> str:
    families = ",".join(sorted(options.families)) or "none"
    return f"Generated: staff {options.staff}, weeks {options.weeks}, seed {options.seed}, families {families}."


def _document(options: GenerateOptions, roster: Roster) -> dict[str, Any]:
    return {
        "schema": "giliran/1",
        "title": f"Generated government, {options.staff} staff, {options.weeks} weeks, seed {options.seed}",
        "horizon": {"start": FIRST_DAY, "end": _last_day(options)},
        "calendars": {
            "office": {"workdays": list(WORKDAYS), "holidays": "none"},
            "shift": {"workdays": list(WEEKDAYS), "holidays": "none"},
        },
        "rules": rules(options.families, roster),
        "goals": goals(options.families),
    }


def _tables(options: GenerateOptions, roster: Roster, weeks: Weeks) -> dict[str, str]:
    ids = roster.ids()
    found = {"units": unit_table(roster), "staff": staff_table(roster)}
    if Family.ABSENCES in options.families:
        found["absences"] = absence_table(ids, _away(options, roster, weeks), weeks)
    if Family.WISHES in options.families:
        found["wishes"] = wish_table(ids, wishes(Dice(options.seed, "wishes"), len(ids), len(weeks)), weeks)
    if Family.LEDGER in options.families:
        found["ledger"] = ledger_table(ids, history(Dice(options.seed, "ledger"), len(ids)), _PERIOD)
    return found


def _away(options: GenerateOptions, roster: Roster, weeks: Weeks) -> Absences:
    """Absences that leave enough people for every floor to be kept by turns."""
    away = absences(Dice(options.seed, "absences"), len(roster), weeks, AWAY)
    away = keep_enough(away, len(weeks), duty_groups(roster), DUTY_COUNT * SPARE)
    for skill in SKILLS if Family.SKILLS in options.families else ():
        away = keep_enough(away, len(weeks), skill_groups(roster, skill), SPARE)
    return away
