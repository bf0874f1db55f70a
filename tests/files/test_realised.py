"""Attendance lists of several agencies: whom names and ids mean where two agencies number their people alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from giliran.domain.place import Place
from giliran.files.recap.books import BookPerson
from giliran.files.recap.joining import AgencyPlan
from giliran.files.recap.realised import Realised, read_realised

MONDAY = dt.date(2026, 8, 3)
OFFICE, HOME, NONE = int(Place.OFFICE), int(Place.HOME), int(Place.NONE)


def agency(name: str, people: Mapping[str, str]) -> AgencyPlan:
    """An agency whose people, names by ids and none with an NIP, are planned in the office on Monday."""
    rows = tuple(BookPerson(id_, "", called, name, "", "") for id_, called in people.items())
    return AgencyPlan(name, rows, np.full((len(rows), 1), OFFICE, np.int8), np.zeros((len(rows), 1), np.int16), {}, ())


def realised(tmp_path: Path, text: str) -> list[list[int]]:
    """Where a list says that the people of two agencies were, both of which number theirs from 001."""
    plans = [agency("Dinas A", {"001": "Andi", "009": "Tono"}), agency("Dinas B", {"001": "Budi", "003": "Bela"})]
    (tmp_path / "hadir.csv").write_text(text, encoding="utf-8")
    found: list[Realised]
    found, _ = read_realised(plans, [MONDAY], [tmp_path / "hadir.csv"])
    return [each.place[:, 0].tolist() for each in found]


def test_a_name_means_its_own_agency(tmp_path: Path) -> None:
    """Budi of B has the id of Andi of A, and Tono of A stands beside him: Budi's day is no one else's."""
    assert realised(tmp_path, "Nama,tanggal,kehadiran\nBudi,2026-08-03,WFH\nTono,2026-08-03,WFO\n") == [[NONE, OFFICE], [HOME, NONE]]


def test_two_of_one_id_in_one_list(tmp_path: Path) -> None:
    """Both have the id 001, and each has the day that stands beside the name."""
    assert realised(tmp_path, "Nama,tanggal,kehadiran\nBudi,2026-08-03,WFH\nAndi,2026-08-03,WFO\n") == [[OFFICE, NONE], [HOME, NONE]]


def test_an_id_means_the_agency_that_a_name_settles(tmp_path: Path) -> None:
    """001 beside Bela, whom only B has, is Budi."""
    text = "staff_id,Nama,tanggal,kehadiran\n001,,2026-08-03,WFH\n,Bela,2026-08-03,WFO\n"
    assert realised(tmp_path, text) == [[NONE, NONE], [HOME, OFFICE]]
