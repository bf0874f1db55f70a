"""What stands on paper, before any format: everybody once, in the order of an office, and nothing that is nobody's business."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from giliran import Paper, PlanStyle
from giliran.reports import Report
from giliran.reports.calendar import events_of
from giliran.reports.chat import chat_text
from giliran.reports.paper import document_of
from giliran.reports.paper.measures import LEAST_ROWS, SMALL, depth_of, together
from giliran.reports.paper.model import (
    DOTS,
    Blank,
    Caption,
    Cell,
    Column,
    Corner,
    Ending,
    Grid,
    Key,
    Letterhead,
    Listing,
    NewPage,
    Notice,
    Page,
    Pairs,
    Row,
    Signature,
    Title,
)
from giliran.reports.scope import Scope
from tests.papers import DOCUMENT, STYLE, UNITS, blocks, instance, people, report, schedule, texts, with_gap, words_of

DUTY = {"id": "piket", "kind": "duty_officers", "per": "bidang", "count": 1}


def plain(words: tuple[str, ...]) -> str:
    """A line as one text."""
    return "".join(words)


def names(grid: Grid) -> list[str]:
    """Names of people in a table, from above."""
    return [row.cells[1].text.split("\n")[0] for row in grid.rows if len(row.cells) > 2 and not row.sums]


def on(found: Report, day: int) -> Report:
    """The report of a single day."""
    facts = found.facts
    return replace(found, only=Scope.whole(facts).on(facts, facts.dates[day]))


def test_the_table_is_the_schedule() -> None:
    """A row of each person with the codes of all days, duty marked, both totals; the rows below count each day."""
    made = instance(people(3), rules=[DUTY])
    grid = blocks(report(made, schedule(made, {"own/piket": {0: [0]}})), Grid)[0]
    assert [column.head for column in grid.columns][4:] == [
        *("Sen\n3 Agu", "Sel\n4 Agu", "Rab\n5 Agu", "Kam\n6 Agu", "Jum\n7 Agu"),
        *("Jml\nWFO", "Jml\nWFH", "Ket."),
    ]
    ids = made.facts.staff.ids
    assert texts(grid) == [
        ["Bidang Satu"],
        ["1", f"Pegawai 0000\n{ids[0]}", "Penata, III/c", "Analis Kebijakan", "WFO P", "WFH", "WFO", "WFH", "WFO", "3", "2", ""],
        ["2", f"Pegawai 0001\n{ids[1]}", "Penata, III/c", "Analis Kebijakan", "WFH", "WFO", "WFH", "WFO", "WFH", "2", "3", ""],
        ["3", f"Pegawai 0002\n{ids[2]}", "Penata, III/c", "Analis Kebijakan", "WFO", "WFH", "WFO", "WFH", "WFO", "3", "2", ""],
        ["JUMLAH WFO", "2", "1", "2", "1", "2", "8", "", ""],
        ["JUMLAH WFH", "1", "2", "1", "2", "1", "", "7", ""],
    ]


def test_heads_stand_first_and_contract_staff_last() -> None:
    """Inside a unit the head, then the order of the list, then those who are no civil servants."""
    staff = people(5)
    staff[0]["status"], staff[3]["status"], staff[4]["head"] = "honorer", "pppk_pw", "ya"
    assert names(blocks(report(instance(staff)), Grid)[0]) == [f"Pegawai {k:04d}" for k in (4, 1, 2, 3, 0)]


def test_who_has_no_nip_and_no_grade_has_a_dash() -> None:
    """Neither the id of a list nor the mark that somebody got there is an NIP; eighteen digits are one, and nine were."""
    nips = {"x1": "", "x2": "198001012005011001", "x3": "H-01", "x4": "010123456", "198001012005011004": ""}
    staff = [{"id": id_, "name": "Ani", "unit": "b1", "nip": nip} for id_, nip in nips.items()]
    rows = texts(blocks(report(instance(staff)), Grid)[0])[1:6]
    assert [row[1].split("\n")[1] for row in rows] == ["-", "198001012005011001", "-", "010123456", "198001012005011004"]
    assert rows[0][2:4] == ["-", "-"]


@pytest.mark.parametrize(("last", "weeks"), [("2026-08-14", 1), ("2026-08-21", 3)])
def test_more_than_twelve_dates_are_weeks_on_pages_of_their_own(last: str, weeks: int) -> None:
    """Every table has everybody once, under numbers that run through; each week but the first begins a page."""
    found = report(instance(people(9), last=last))
    grids = blocks(found, Grid)
    assert len(grids) == weeks and all(names(grid) == [f"Pegawai {k:04d}" for k in range(9)] for grid in grids)
    assert len(blocks(found, NewPage)) == weeks - 1
    captions = [caption.text for caption in blocks(found, Caption)]
    assert captions[1:2] == (["Minggu ke-2: Senin–Jumat, 10–14 Agustus 2026"] if weeks > 1 else [])


@pytest.mark.parametrize(
    ("first", "last", "paper", "landscape"),
    [
        ("2026-08-07", "2026-08-07", Paper.A4, False),
        ("2026-08-03", "2026-08-07", Paper.A4, False),
        ("2026-08-03", "2026-08-10", Paper.A4, True),
        ("2026-08-03", "2026-08-05", Paper.F4, False),
        ("2026-08-03", "2026-08-14", Paper.F4, True),
    ],
)
def test_pages_lie_where_the_table_is_wide(first: str, last: str, paper: Paper, landscape: bool) -> None:
    """Columns fill the page between its margins, whichever way it is held."""
    part = document_of(report(instance(people(2), first, last)), PlanStyle("id", paper=paper)).parts[0]
    (grid,) = (block for block in part.blocks if isinstance(block, Grid))
    assert part.page.landscape is landscape
    assert sum(column.width for column in grid.columns) == pytest.approx(part.page.room)
    assert {part.page.width, part.page.height} == ({210, 297} if paper is Paper.A4 else {215.03, 330.04})


def test_pages_begin_with_agencies_and_large_divisions() -> None:
    """Small divisions follow each other, a large one has pages of its own, another agency always; sums of all come last."""
    units = [*UNITS, {"id": "b3", "name": "Bidang Tiga", "level": "bidang", "parent": "d"}, {"id": "e", "name": "Badan", "level": "opd"}]
    staff = [
        {**one, "id": f"p{k}", "unit": unit} for k, (one, unit) in enumerate((p, u) for u in ("b1", "b2", "b3", "e") for p in people(5))
    ]
    big = [{**one, "id": f"q{k}", "unit": "b3"} for k, one in enumerate(people(40))]
    small, large = (blocks(report(instance(some, units=units)), Grid) for some in (staff, [*staff, *big]))
    assert [len(names(grid)) for grid in small] == [15, 5]
    assert [len(names(grid)) for grid in large] == [10, 45, 5]
    assert [row[0] for row in texts(large[-1])][-2:] == ["JUMLAH WFO SELURUHNYA", "JUMLAH WFH SELURUHNYA"]
    assert texts(large[-1])[-2][1:6] == [str(n) for n in schedule(instance([*staff, *big], units=units)).office.sum(axis=0)]


def test_what_is_missing_is_left_to_the_signing_service() -> None:
    """Number, date, position, signature, name and NIP are blanks, place, basis and pangkat dots; nothing is empty."""
    found = report(instance(people(1)))
    (corner,), (ending,) = blocks(found, Corner), blocks(found, Ending)
    assert dict(corner.lines[2:]) == {
        "NOMOR": (Blank.NUMBER,),
        "TANGGAL": (Blank.DATE,),
        "TENTANG": ("Jadwal kerja di kantor (WFO) dan di rumah (WFH)",),
    }
    assert corner.lines[:2] == (("", ("LAMPIRAN",)), ("", ("SURAT TUGAS ", Blank.POSITION)))
    assert blocks(found, Letterhead)[0].names == ("DINAS CONTOH",)
    assert blocks(found, Listing)[0].items == (DOTS,)
    assert ending.right == Signature(
        ((f"{DOTS}, ", Blank.DATE), (Blank.POSITION, ",")), Blank.SIGNATURE, (Blank.NAME,), (("", DOTS), ("NIP ", Blank.NIP))
    )
    assert ending.copies is None


def test_what_is_given_stands_on_paper() -> None:
    """Letterhead with its address, number, date, signer, basis and copies; no blank is left."""
    found = report(instance(people(1), document=DOCUMENT | {"kind": "Surat Edaran", "about": "Pola kerja"}))
    head = blocks(found, Letterhead)[0]
    assert (head.names, head.addresses) == (("PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH"), ("Jalan Merdeka 1, Contoh",))
    assert [plain(words) for _, words in blocks(found, Corner)[0].lines] == [
        *("LAMPIRAN", "SURAT EDARAN KEPALA DINAS CONTOH", "800/12/2026", "31 Juli 2026", "Pola kerja")
    ]
    assert blocks(found, Listing)[0].items == ("Surat Edaran Bupati Contoh Nomor 1", "Peraturan Contoh")
    assert blocks(found, Title)[0] == Title("POLA KERJA", ("DINAS CONTOH", "Periode: Senin–Jumat, 3–7 Agustus 2026"))
    (ending,) = blocks(found, Ending)
    assert [plain(line) for line in ending.right.above] == ["Contoh, 31 Juli 2026", "KEPALA DINAS CONTOH,"]
    assert [plain(line) for line in ending.right.below] == ["Pembina Tk. I, IV/b", "NIP 197001011990012001"]
    assert ending.right.sign is None and ending.copies.items == ("Bupati Contoh", "Inspektur")
    assert "${" not in words_of(document_of(found, STYLE)) and DOTS not in words_of(document_of(found, STYLE))


@pytest.mark.parametrize(
    ("signer", "above", "below"),
    [
        ({"position": "Plt. Kepala Dinas"}, ["Plt. KEPALA DINAS,"], ["NIP 1"]),
        ({"position": "Sekretaris", "on_behalf_of": "Kepala Dinas"}, ["a.n. KEPALA DINAS", "SEKRETARIS,"], ["NIP 1"]),
        (
            {"position": "Asisten", "on_behalf_of": "Bupati", "instead_of": "Sekretaris Daerah"},
            ["a.n. BUPATI", "SEKRETARIS DAERAH", "u.b.", "ASISTEN,"],
            ["NIP 1"],
        ),
        ({"position": "Bupati Contoh", "nip": "-"}, ["BUPATI CONTOH,"], []),
    ],
)
def test_forms_of_signatures(signer: dict[str, str], above: list[str], below: list[str]) -> None:
    """Acting officers, a.n. and u.b. stand as letters have them; what somebody has not is left out where it says so."""
    given = {"name": "Ani", "grade": "-", "nip": "1", **signer}
    (ending,) = blocks(report(instance(people(1), document={"signer": given})), Ending)
    assert [plain(line) for line in ending.right.above][1:] == above
    assert [plain(line) for line in ending.right.below] == below


def test_letters_with_a_number_are_the_basis_where_none_is_given() -> None:
    """The planner's own reading of a letter has none, and stays dots."""
    given = instance(people(2), "2021-07-12", "2021-07-16", circulars=[{"name": "lampung-2021"}, {"name": "umum"}])
    (basis,) = blocks(report(given), Listing)
    assert basis.items == (
        "Surat Sekretaris Daerah Provinsi Lampung Nomor 045.2/103/VII/Posko/2021: Pemprov Lampung, PPKM Darurat, WFO paling banyak 25%",
    )


def test_nobody_reads_why_somebody_is_away() -> None:
    """TB, and S only where reasons were asked for; no index of fairness, and nothing of who is always at home."""
    staff = people(3, tags="hamil")
    staff[1]["home_only"] = "ya"
    away = [{"staff_id": staff[0]["id"], "from": "2026-08-04", "to": "2026-08-05", "reason": "sakit"}]
    found = report(instance(staff, absences=away, goals=[{"kind": "fair_share"}]))
    said = words_of(document_of(found, STYLE)).casefold()
    assert not [word for word in ("sakit", "hamil", "tetap di rumah", "giliran", "jatah", "keadilan") if word in said]
    assert texts(blocks(found, Grid)[0])[1][4:9] == ["WFO", "TB", "TB", "WFH", "WFO"]
    told = blocks(found, Grid, PlanStyle("id", reasons=True))[0]
    assert texts(told)[1][5:7] == ["S", "S"] and ("S", "sakit") in [
        entry[::2] for entry in blocks(found, Key, PlanStyle("id", reasons=True))[0].entries
    ]


def test_a_holiday_is_a_shaded_column_and_a_call_day_says_off() -> None:
    """Independence Day is empty for everybody; who rests on a call day is told so, and the key says what codes mean."""
    calendar = {"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "call_days": ["sat"]}}
    made = instance(people(2, calendar="office"), "2026-08-14", "2026-08-18", calendars=calendar)
    found = report(made)
    assert texts(blocks(found, Grid)[0])[1][4:8] == ["WFO", "libur", "", "WFO"]
    assert [entry[0] for entry in blocks(found, Key)[0].entries] == ["WFO", "WFH", "libur"]


def test_a_plan_that_nobody_should_sign_says_so() -> None:
    """Gaps and broken rules stand above the table, and whoever has a gap is marked."""
    made = instance(people(4), rules=[{"id": "cap", "kind": "office_cap", "max": 1}])
    notices = [notice.text for notice in blocks(report(made, with_gap(schedule(made), 1, 0)), Notice)]
    assert notices == ["RANCANGAN: jadwal ini tidak memenuhi aturan wajib: 5.", "RANCANGAN: hari kerja yang belum terjadwal: 1."]
    grid = blocks(report(made, with_gap(schedule(made), 1, 0)), Grid)[0]
    assert [row[-1] for row in texts(grid)[1:5]] == ["", "belum terjadwal", "", ""] and texts(grid)[2][4] == "?"


def test_where_nobody_is_planned_the_paper_says_so() -> None:
    """No table, and no failure."""
    made = instance(people(2))
    empty = replace(schedule(made), place=np.zeros(made.facts.shape, dtype=np.int8))
    found = report(made, empty)
    assert not blocks(found, Grid) and blocks(found, Notice)[0].text == "RANCANGAN: belum ada pegawai yang terjadwal."


def test_changes_are_an_attachment_of_their_own() -> None:
    """Semula and menjadi, person by person, those who fell ill too, without a word of why; no attachment where nothing changes."""
    staff = people(4)
    away = [{"staff_id": staff[2]["id"], "from": "2026-08-03", "to": "2026-08-03", "reason": "sakit"}]
    made, before = instance(staff, absences=away), schedule(instance(staff))
    office = np.asarray(schedule(made).office).copy()
    office[1, :2] = ~office[1, :2]
    found = report(made, schedule(made, office=office), before)
    document = document_of(found, STYLE)
    assert [plain(block.lines[0][1]) for block in blocks(document, Corner)] == ["LAMPIRAN I", "LAMPIRAN II"]
    rows = texts(blocks(document, Grid)[1])
    assert [row[3:7] for row in rows] == [
        ["Bidang Satu", "Senin 3 Agustus 2026", "WFH", "WFO"],
        ["", "Selasa 4 Agustus 2026", "WFO", "WFH"],
        ["Bidang Satu", "Senin 3 Agustus 2026", "WFO", "TB"],
    ]
    assert [row[0] for row in rows] == ["1", "", "2"] and "sakit" not in words_of(document)
    assert len(blocks(report(made, before, before), Corner)) == 2  # whoever fell ill is told all the same
    assert len(blocks(report(instance(staff), before, before), Corner)) == 1


def test_a_day_that_changes_place_and_duty_is_one_row() -> None:
    """Codes of the plan itself, with the sign of duty; which duty it is stands in the note only where there are several."""
    staff = people(4)
    away = [{"staff_id": staff[0]["id"], "from": "2026-08-03", "to": "2026-08-03", "reason": "sakit"}]
    for rules, notes in (([DUTY], ["", ""]), ([DUTY, DUTY | {"id": "malam"}], ["tidak lagi own/piket", "menjadi own/piket"])):
        before = schedule(instance(staff, rules=rules), {"own/piket": {0: [0]}})
        made = instance(staff, rules=rules, absences=away)
        found = report(made, schedule(made, {"own/piket": {0: [2]}}), before)
        rows = texts(blocks(found, Grid)[-1])
        assert [row[5:8] for row in rows] == [["WFO P", "TB", notes[0]], ["WFO", "WFO P", notes[1]]]


def test_changes_name_the_plan_that_they_replace() -> None:
    """The letter is about changes unless it says otherwise; below the title of the changes stand both numbers of the plan."""
    staff = people(4)
    away = [{"staff_id": staff[0]["id"], "from": "2026-08-03", "to": "2026-08-03", "reason": "sakit"}]
    subjects = []
    for document in ({}, {"about": "Penyesuaian jam kerja"}):
        made = instance(staff, absences=away, document=document)
        found = replace(report(made, None, schedule(instance(staff))), version=2)
        subjects.append({plain(block.lines[-1][1]) for block in blocks(found, Corner)})
        titles = blocks(found, Title)
        assert "Jadwal ke-2, menggantikan jadwal ke-1" in titles[-1].below and "ke-2" not in words_of(titles[0])
    assert subjects == [{"Perubahan jadwal kerja di kantor (WFO) dan di rumah (WFH)"}, {"Penyesuaian jam kerja"}]


def test_duty_officers_are_an_attachment_of_their_own() -> None:
    """By day, with their units; telephone numbers only where they were asked for."""
    made = instance(people(3, phone="0812-1"), rules=[DUTY])
    found = report(made, schedule(made, {"own/piket": {0: [0], 2: [0, 2]}}))
    grid = blocks(found, Grid)[1]
    assert [column.head for column in grid.columns] == ["Hari/Tanggal", "No", "Nama / NIP", "Jabatan", "Unit kerja"]
    assert [(row[0], row[1], row[2][:12]) for row in texts(grid)] == [
        ("Senin 3 Agustus 2026", "1", "Pegawai 0000"),
        ("Rabu 5 Agustus 2026", "1", "Pegawai 0000"),
        ("", "2", "Pegawai 0002"),
    ]
    assert "0812-1" not in words_of(document_of(found, STYLE))
    assert "0812-1" in words_of(document_of(found, PlanStyle("id", phones=True)))


def test_the_sheet_of_a_day() -> None:
    """Place, time, room for signatures, a box for events, who is responsible, and who has seen it; then the plan of that day."""
    made = instance(people(3), rules=[DUTY], document=DOCUMENT | {"duty_place": "Ruang piket", "duty_hours": "07.30–16.00"})
    document = document_of(on(report(made, schedule(made, {"own/piket": {0: [0], 2: [0, 2]}})), 2), STYLE)
    sheet, rest = document.parts
    assert blocks(document, Pairs)[0].lines == (("Tempat", "Ruang piket"), ("Waktu", "07.30–16.00"))
    (grid,) = (block for block in sheet.blocks if isinstance(block, Grid))
    assert [column.head for column in grid.columns] == [
        *("Hari/Tanggal", "No", "Nama / NIP", "Jabatan", "Unit kerja", "Datang/Paraf", "Pulang/Paraf", "Ket")
    ]
    assert len(grid.rows) == 2 and all(row.deep >= 8 for row in grid.rows)
    ending = next(block for block in sheet.blocks if isinstance(block, Ending))
    assert ending.box == "Kejadian selama piket:" and ending.box_lines >= 3
    assert ending.left is not None and plain(ending.left.above[0]) == "Mengetahui,"
    assert [plain(line) for line in ending.right.above] == ["Contoh, 5 Agustus 2026", "Penanggung jawab piket,"]
    assert ending.right.name == (DOTS,)
    (table,) = (block for block in rest.blocks if isinstance(block, Grid))
    assert [column.head for column in table.columns][4] == "Rab\n5 Agu" and len(table.columns) == 8


def test_a_sheet_that_is_signed_by_hand_has_no_blanks() -> None:
    """The signing service never sees it: what is missing is dots."""
    made = instance(people(2), rules=[DUTY])
    sheet = document_of(on(report(made, schedule(made, {"own/piket": {0: [0]}})), 0), STYLE).parts[0]
    assert "${" not in repr(sheet) and DOTS in repr(sheet)


def test_whoever_the_letter_makes_responsible_signs_the_sheet() -> None:
    """The duty that the letter calls so is told by its words, and its officer stands at the signature."""
    staff = [*people(3), {"id": "k", "name": "Bu Kepala", "unit": "d", "rank": "jpt_pratama", "nip": "197001011990012009", "head": "ya"}]
    given = [{"name": "umum", "choose": {"duty": 1, "duty_per": "opd", "duty_responsible": "agency"}}]
    made = instance(staff, circulars=given)
    found = on(report(made, schedule(made, {"umum/duty": {0: [0]}, "umum/duty-responsible": {0: [3]}})), 0)
    document = document_of(found, STYLE)
    (ending,) = (block for block in document.parts[0].blocks if isinstance(block, Ending))
    assert ending.right.name == ("Bu Kepala",) and ending.right.below == (("NIP ", "197001011990012009"),)
    words = [row[-4] for row in texts(blocks(document, Grid)[0])]
    assert sorted(words) == ["penanggung jawab piket", "petugas piket"]
    text = chat_text(found, STYLE)
    assert "(petugas piket)" in text and "Bu Kepala (penanggung jawab piket)" in text and "umum/" not in text
    events = sorted(event.text for event in events_of(found, "id") if "piket" in event.text)
    assert [text.split(", ")[1] for text in events] == ["penanggung jawab piket", "petugas piket"]


def made_rows(sizes: list[int], lines: int = 1) -> tuple[Row, ...]:
    """Units of so many people, each with a heading, and two rows of sums."""
    person = Row((Cell("\n".join(["x"] * lines)),))
    units = [row for size in sizes for row in (Row((Cell("unit"),), begins=True), *[person] * size)]
    return (*units, Row((Cell("sum"),), sums=True), Row((Cell("sum"),), sums=True))


PAGE = Page(297, 210, 15, 15)
ENDING = Ending(Signature((("x",),), None, ("y",)))


@pytest.mark.parametrize(
    ("sizes", "ending", "groups"),
    [
        ([3, 1], None, [4, 2, 2]),  # small units whole, sums together
        ([3, 1], ENDING, [4, 4]),  # the last unit of one with sums and signature
        ([30], None, [3, *[1] * 28, 2]),  # the heading with its first two
        ([30], ENDING, [3, *[1] * 26, 4]),  # two people with sums and signature
    ],
)
def test_rows_that_stay_together(sizes: list[int], ending: Ending | None, groups: list[int]) -> None:
    """Groups cover all rows, in their order."""
    grid = Grid((Column("x", 40),), made_rows(sizes))
    found = together(grid, PAGE, ending)
    assert sum(found) == len(grid.rows) and found == groups


@pytest.mark.parametrize("lines", [1, 4, 12, 80])
@pytest.mark.parametrize("sizes", [[1], [2, 9, 40], [60], [1] * 50])
def test_no_more_stays_together_than_a_page_holds(sizes: list[int], lines: int) -> None:
    """But for single rows that are deeper than a page by themselves, and for the two above a signature."""
    grid = Grid((Column("x", 40),), made_rows(sizes, lines))
    rows = [depth_of(row, grid.columns) for row in grid.rows]
    found = together(grid, PAGE, ENDING)
    assert found[-1] >= min(LEAST_ROWS + 2, len(rows))
    at = 0
    for size in found[:-1]:
        assert size == 1 or sum(rows[at : at + size]) <= max(SMALL, rows[at])
        at += size


def test_english_paper_is_english() -> None:
    """The language is that of the style."""
    style = PlanStyle("en")
    found: list[Any] = blocks(report(instance(people(1))), Corner, style)
    assert found[0].lines[0][1] == ("ATTACHMENT",) and blocks(report(instance(people(1))), Key, style)[0].head == "Key:"
