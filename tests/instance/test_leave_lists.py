"""Lists of leave as offices keep them: by NIP or by name, first and last day in one cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from giliran import InputError, Instance

STAFF = [
    {"id": "1", "name": "Ani, S.Sos., M.M."},
    {"id": "2", "name": "Budi"},
    {"id": "3", "name": "Citra, A.Md."},
    {"id": "4", "name": "Citra, S.E."},
]


def away(rows: list[dict[str, Any]]) -> list[list[int]]:
    """Days on which each person is away."""
    built = Instance.build(horizon={"start": "2026-08-03", "end": "2026-08-07"}, staff=STAFF, absences=rows)
    return [np.flatnonzero(days).tolist() for days in built.facts.absent]


def test_people_by_name_and_days_in_one_cell() -> None:
    """Names with or without titles, in capitals or not; an NIP that is "-" says nothing."""
    rows = [
        {"nama": "ANI, S.Sos., M.M.", "tanggal": "3 s.d. 5 Agustus 2026", "jenis": "Cuti"},
        {"nama": "budi", "tanggal": "7 Agustus 2026", "jenis": "Izin"},
        {"nama": "Citra, S.E.", "tanggal": "4/8/2026 - 5/8/2026", "jenis": "Sakit"},
    ]
    assert away(rows) == [[0, 1, 2], [4], [], [1, 2]]
    assert away(
        [{"nip": "-", "nama": "Ani", "mulai": "2026-08-03", "sampai": "2026-08-04"}, {"nip": "2", "nama": "x", "mulai": "2026-08-03"}]
    ) == [
        [0, 1],
        [0],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Citra", r"'Citra' may be Citra, A\.Md\. \(3\); Citra, S\.E\. \(4\)"), ("Budy", "Budi"), ("Zainal", "nobody is called 'Zainal'")],
)
def test_names_that_are_unclear_are_refused(name: str, said: str) -> None:
    """A name that two people have is told with both, a misspelt one with the nearest."""
    with pytest.raises(InputError, match=said):
        away([{"nama": name, "tanggal": "2026-08-03"}])


def test_all_wrong_rows_are_told_at_once() -> None:
    """With the month first, with an unknown name, with an unknown NIP."""
    rows = [
        {"nip": "-", "nama": "Ani", "tanggal": "8/13/2026"},
        {"nip": "-", "nama": "Zainal", "tanggal": "2026-08-03"},
        {"nip": "99", "nama": "Ani", "tanggal": "2026-08-03"},
    ]
    with pytest.raises(InputError) as caught:
        away(rows)
    assert len(caught.value.problems) == 3


def test_a_nip_with_spaces_beside_names() -> None:
    """One row without an NIP, and the NIP of the others are read as they are everywhere."""
    staff = [{"id": "198001012005011001", "name": "Ani"}, {"id": "198001012005011002", "name": "Budi"}]
    rows = [{"nip": "19800101 200501 1 001", "nama": "x", "mulai": "2026-08-03"}, {"nip": "", "nama": "Budi", "mulai": "2026-08-04"}]
    built = Instance.build(horizon={"start": "2026-08-03", "end": "2026-08-07"}, staff=staff, absences=rows)
    assert [np.flatnonzero(days).tolist() for days in built.facts.absent] == [[0], [1]]


def test_a_name_in_the_column_of_ids() -> None:
    """Where a list has no column of names, a name that one person alone has is understood in that of ids; another is refused as before."""

    def built(who: str) -> Instance:
        return Instance.build(
            horizon={"start": "2026-08-03", "end": "2026-08-07"},
            units=[{"id": "u", "level": "opd"}],
            staff=[{"id": str(k), "name": name, "unit": "u"} for k, name in enumerate(("Ani, S.E.", "Budi", "Budi"))],
            absences=[{"staff_id": who, "from": "2026-08-03"}],
        )

    assert built("Ani").facts.absent.sum(axis=1).tolist() == [1, 0, 0]
    for who in ("Budi", "Cici"):
        with pytest.raises(InputError, match=f"nobody has the id '{who}'"):
            built(who)


def test_a_choice_that_changes_nothing_is_told() -> None:
    """The first day of a second limit, without a second limit, is no silent wish."""
    instance = Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-07"},
        units=[{"id": "u", "level": "opd"}],
        staff=[{"id": "1", "unit": "u"}],
        circulars=[{"name": "umum", "choose": {"limit": "50%", "second_from": "2026-08-05", "duty": 0}}],
    )
    told = [note.said.text() for note in instance.notes]
    assert [text for text in told if "changes nothing" in text] == ["second_from is not used: with the other choices it changes nothing"]
