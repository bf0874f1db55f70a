"""Messages to copy: short enough, whole units where they fit, nobody lost, nothing in a name that is obeyed, no reasons."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran.domain.changes import Changes, NameChange, PlaceChange
from giliran.domain.place import Place
from giliran.domain.schedule import Schedule
from giliran.instance import Instance
from giliran.reports.chat import MOST, begins_as_messages, chat_text
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle

LINE = re.compile(r"^=====.*=====\n", re.MULTILINE)
ID = PlanStyle("id")


def report(units: dict[str, list[str]], days: int = 1, **more: Any) -> Report:
    """A plan in which everybody is in the office from Monday 3 August 2026 on, by name of unit and of people."""
    staff = [{"id": f"{u}-{k}", "name": name, "unit": f"u{u}"} for u, names in enumerate(units.values()) for k, name in enumerate(names)]
    data = {
        "title": "Dinas Pangan",
        "horizon": {"start": "2026-08-03", "end": f"2026-08-{2 + days:02}"},
        "calendars": {"office": {"holidays": "none"}},
        "units": [{"id": f"u{u}", "name": name, "level": "bidang"} for u, name in enumerate(units)],
        "staff": staff,
        **more,
    }
    made = Instance.build(data)
    place = np.where(made.facts.absent, np.int8(Place.ABSENT), np.int8(Place.OFFICE)).astype(np.int8)
    return Report(made.view, Schedule(place))


def messages(text: str) -> list[str]:
    """What stands between the lines that are not to be copied."""
    before, *found, after = LINE.split(text)
    assert (before, after) == ("", "")
    return [message.strip("\n") for message in found]


def test_a_day_unit_by_unit() -> None:
    """Who is in the office, at home and away, by name, with duty: the whole text."""
    made = report(
        {"Sekretariat": ["Ani", "Budi"], "Bidang Gizi": ["Citra"]}, absences=[{"staff_id": "0-1", "from": "2026-08-03", "reason": "sakit"}]
    )
    place = made.schedule.place.copy()
    place[2] = Place.HOME
    named = np.array([[True], [False], [False]])
    made = replace(made, schedule=Schedule(place, {"own/piket": named}))
    expected = """===== pesan 1 dari 1: salin mulai baris berikut =====
*Jadwal kerja Senin 3 Agustus 2026*
Dinas Pangan

*Sekretariat*
WFO: 1
- Ani (piket)
Tidak bertugas: 1
- Budi

*Bidang Gizi*
WFH: 1
- Citra

===== selesai =====
"""
    assert chat_text(made, replace(ID, reasons=True)) == expected


def test_names_are_not_obeyed() -> None:
    """The only asterisks are ours, one pair a line and around all of it; line breaks and signs that nobody sees do not get through."""
    names = [
        "*tebal*",
        "_miring_",
        "~coret~",
        "```mesin```",
        "Ma`ruf",
        "dua\nbaris\r\n- palsu",
        "kanan\u202ekiri",
        "> kutip",
        "\x00\x1b[2J",
    ]
    [message] = messages(chat_text(report({"Bidang *A* _b_": names}), ID))
    assert not set("_~`>\r\x00\x1b\u202e") & set(message)
    assert [line for line in message.splitlines() if "*" in line] == ["*Jadwal kerja Senin 3 Agustus 2026*", "*Bidang ∗A∗ ＿b＿*"]
    assert len(message.splitlines()) == 5 + len(names)


def test_what_is_not_obeyed_stays() -> None:
    """A quotation is one at the beginning of a line alone; inside a name its sign means nothing."""
    [message] = messages(chat_text(report({"A": ["a > b"]}, title="> kutip"), ID))
    assert "- a > b" in message and "\n\u203a kutip\n" in message


def test_no_title_looks_like_the_end_of_a_message() -> None:
    """Lines that are not to be copied are ours alone."""
    line = "===== pesan 2 dari 5: salin mulai baris berikut ====="
    assert len(messages(chat_text(report({"A": ["Ani"]}, title=line), ID))) == 1


def test_messages_are_split_at_units() -> None:
    """Twelve units of forty people: no unit stands in two messages, the pieces are numbered, and everybody is told once."""
    units = {f"Bidang {u}": [f"Pegawai {u:02}-{k:02} \U0001f600" for k in range(40)] for u in range(12)}
    found = messages(chat_text(report(units), ID))
    assert len(found) > 1 and all(len(message.encode("utf-16-le")) // 2 <= MOST for message in found)
    heads = [message.splitlines()[0] for message in found]
    assert heads == [f"*Jadwal kerja Senin 3 Agustus 2026* ({k}/{len(found)})" for k in range(1, len(found) + 1)]
    told = [line for message in found for line in message.splitlines()]
    assert sorted(line[2:] for line in told if line.startswith("- ")) == sorted(name for names in units.values() for name in names)
    assert [line for line in told if line.startswith("*Bidang")] == [f"*{name}*" for name in units]


def test_a_unit_that_is_too_long_is_split_at_names() -> None:
    """Each piece says which unit goes on and where its people are; the next small unit follows the last piece."""
    units = {"Bidang Besar": [f"Pegawai dengan nama panjang {k:03}" for k in range(300)], "Bidang Kecil": ["Ani"]}
    found = messages(chat_text(report(units), ID))
    assert len(found) == 3 and all(len(message) <= MOST for message in found)
    assert all("\n*Bidang Besar* (lanjutan)\nWFO: 300\n- Pegawai" in message for message in found[1:])
    assert found[-1].endswith("\n\n*Bidang Kecil*\nWFO: 1\n- Ani")
    assert sum(message.count("\n- ") for message in found) == 301


@pytest.mark.parametrize("long", ["a" * 5_000, "\u202e" * 5_000, "\U0001f600" * 5_000])
def test_no_name_fills_a_message(long: str) -> None:
    """Titles, units and people with names of thousands of characters are cut."""
    found = messages(chat_text(report({long: [long] * 30}, title=long), ID))
    assert all(len(message.encode("utf-16-le")) // 2 <= MOST for message in found)


def test_people_of_one_name_have_their_ids() -> None:
    """Only within their unit, where they could be mixed up."""
    [message] = messages(chat_text(report({"A": ["Eka", "Eka"], "B": ["Eka"]}), ID))
    assert [line for line in message.splitlines() if "Eka" in line] == ["- Eka (0-0)", "- Eka (0-1)", "- Eka"]


def test_changes_alone() -> None:
    """Who, which day, from where to where, and duty; nothing about anybody else, and nothing about why."""
    made = report(
        {"Sekretariat": ["Ani", "Budi", "Citra"]}, days=2, absences=[{"staff_id": "0-2", "from": "2026-08-04", "reason": "sakit"}]
    )
    changes = replace(
        _nothing(),
        places=(PlaceChange(0, 0, Place.HOME, Place.OFFICE),),
        names=(NameChange("own/piket", 0, 0, False, True),),
        away=(PlaceChange(2, 1, Place.HOME, Place.ABSENT),),
    )
    told = replace(made, changes=changes, version=3)
    [message] = messages(chat_text(told, replace(ID, changes=True)))
    assert message.splitlines() == [
        "*Perubahan jadwal kerja*",
        "Dinas Pangan",
        "3–4 Agu 2026; jadwal ke-3",
        "",
        "*Sekretariat*",
        "- Ani: Sen 3 Agu WFH → WFO, menjadi piket",
        "- Citra: Sel 4 Agu WFH → tidak bertugas",
    ]


def test_no_change_is_said() -> None:
    """A text about changes is never empty."""
    made = report({"A": ["Ani"]})
    style = replace(ID, changes=True)
    [none] = messages(chat_text(replace(made, changes=_nothing()), style))
    [unknown] = messages(chat_text(made, style))
    assert none.endswith("Tidak ada perubahan tempat kerja maupun petugas piket.") and "tidak ada yang dapat dibandingkan" in unknown


def test_a_day_of_rest_is_said() -> None:
    """Neither an empty file nor one that is not known as ours the next time; days are written as those of work are."""
    text = chat_text(report({"A": ["Ani"]}, calendars={"office": {"workdays": ["tue"], "holidays": "none"}}), ID)
    assert messages(text) == ["*Jadwal kerja Senin 3 Agustus 2026*\nDinas Pangan\n\nTidak ada yang bekerja."] and begins_as_messages(text)


def test_changes_of_a_plan_with_gaps_say_so() -> None:
    """Whoever reads them must not take them for all that changes."""
    made = report({"A": ["Ani", "Budi"]})
    place = made.schedule.place.copy()
    place[0] = Place.NONE
    [message] = messages(chat_text(replace(made, schedule=Schedule(place), changes=_nothing()), replace(ID, changes=True)))
    assert "Belum semua pegawai terjadwal" in message


def test_files_of_ours_are_known() -> None:
    """By the line above the first message, in both languages."""
    made = report({"A": ["Ani"]})
    assert all(begins_as_messages(chat_text(made, PlanStyle(lang))) for lang in ("en", "id"))
    assert not begins_as_messages("===== catatan saya =====\n") and not begins_as_messages("*Jadwal kerja*\n")


def _nothing() -> Changes:
    """No changes."""
    return Changes((), ())
