"""From lists to drafts: what is taken over, what is guessed with which reason, what is asked, what is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from giliran import InputError, Instance, Status, solve
from giliran.circulars import load_circular, packaged
from giliran.drafting.asking import Question, by_default
from giliran.drafting.draft import Draft, interview
from giliran.drafting.listing import Listing, listing_of, read_listing
from giliran.drafting.telling import draft_lines
from giliran.lists.staff import staff_of
from giliran.text import Table
from tests.drafting.made import export, hospital, ranked, write_merged
from tests.lists.test_traits import grid

TODAY = dt.date(2026, 7, 29)


def listing(*sheets: str) -> Listing:
    """A list in sheets as in the tests of traits."""
    found = staff_of([grid(text, f"Lembar {k}") for k, text in enumerate(sheets, start=1)], declared=False)
    assert found is not None
    return listing_of(found, "daftar.xlsx")


def drafted(found: Listing, answers: Mapping[str, str] | None = None, asked: list[Question] | None = None, circular: str = "umum") -> Draft:
    """The draft by defaults, but for answers by the keys of their questions; the instance that it is can always be built."""
    questions, answer = interview(TODAY, found, circular, "id"), None
    while True:
        try:
            question = questions.send(answer)
        except StopIteration as end:
            Instance.build(end.value.sections)
            return end.value  # type: ignore[no-any-return]
        if asked is not None:
            asked.append(question)
        text = (answers or {}).get(question.key)
        answer = question.default if text is None else question.read(text)  # type: ignore[assignment]


def column(draft: Draft, name: str, section: str = "staff") -> list[str]:
    """A column of a drafted table."""
    return [row.get(name, "") for row in draft.sections[section]]


def why(draft: Draft, section: str, row: int, name: str) -> str:
    """The reason of a guess, in Indonesian; empty where the cell was not guessed."""
    found = [guess.why.text("id") for guess in draft.guesses if (guess.section, guess.row, guess.column) == (section, row, name)]
    assert len(found) <= 1
    return "".join(found)


def list_of(rows: Sequence[str], head: str = "No|Nama|NIP|Jabatan|Unit Kerja") -> Listing:
    """A list of a head and rows, numbered."""
    return listing("\n".join([head, *(f"{k}|{row}" for k, row in enumerate(rows, start=1))]))


def test_people_and_units_of_a_list() -> None:
    """Units are a table with parents, people name them; what the list says by itself is no guess."""
    draft = drafted(list_of(["Ani|198001012005012001|Kepala Dinas|Dinas X", "Budi|198001012005011002|Staf|Bidang Data"]))
    assert draft.sections["units"] == [
        {"id": "Dinas X", "level": "opd"},
        {"id": "Bidang Data", "level": "bidang", "parent": "Dinas X"},
    ]
    assert column(draft, "unit") == ["Dinas X", "Bidang Data"]
    assert draft.sections["title"] == "Dinas X"
    assert not {"title", "units"} & {guess.section for guess in draft.guesses}


@pytest.mark.parametrize(
    ("nip", "status", "reason"),
    [
        ("198001012005012001", "PNS", "diduga dari bentuk NIP"),
        ("198001012021212001", "PPPK", "diduga dari bentuk NIP"),
        ("130123456", "PNS", "diduga dari bentuk NIP"),
        ("3201010101800001", "non_asn", "diduga dari bentuk NIP"),
        ("-", "non_asn", "diduga karena tidak ada NIP"),
    ],
)
def test_a_status_from_the_form_of_the_nip(nip: str, status: str, reason: str) -> None:
    """Coloured, where the list gives none."""
    draft = drafted(list_of([f"Ani|{nip}|Staf|Dinas X", "Budi|198001012005011002|Staf|Dinas X"]))
    assert column(draft, "status")[0] == status
    assert why(draft, "staff", 0, "status") == reason


def test_a_status_that_the_list_gives() -> None:
    """Its own column is kept as it is written; a heading above people is a guess."""
    draft = drafted(list_of(["Ani|-|Pramu|Dinas X|THL"], "No|Nama|NIP|Jabatan|Unit Kerja|Status"))
    assert (column(draft, "status"), why(draft, "staff", 0, "status")) == (["THL"], "")
    draft = drafted(listing("No|Nama|NIP|Jabatan\n|NON ASN||\n1|Ani|-|Pramu"))
    assert column(draft, "status") == ["NON ASN"] and "NON ASN" in why(draft, "staff", 0, "status")


def test_ranks_from_positions() -> None:
    """With the phrase that decided; what nobody can read stays empty and is told; non-ASN get none; an echelon is no guess."""
    rows = [
        "Ani|198001012005012001|Kepala Bidang Data|-|Dinas X",
        "Budi|198001012005011002|Juru Ukur|-|Dinas X",
        "Citra|-|Kepala Bidang Data|-|Dinas X",
        "Dedi|198001012005011004|Kepala Seksi Ukur|III.b|Dinas X",
    ]
    draft = drafted(list_of(rows, "No|Nama|NIP|Jabatan|Eselon|Unit Kerja"))
    assert column(draft, "rank") == ["administrator", "", "", "administrator"]
    assert "kepala bidang" in why(draft, "staff", 0, "rank")
    assert "tidak dapat dibaca" in why(draft, "staff", 1, "rank")
    assert [why(draft, "staff", row, "rank") for row in (2, 3)] == ["", ""]


@pytest.mark.parametrize("position", ["Direktur RSUD Contoh", "Kalak BPBD", "Sekretaris Daerah"])
def test_positions_whose_rank_is_asked(position: str) -> None:
    """The cell is empty and coloured, its comment is the question."""
    draft = drafted(list_of([f"Ani|198001012005012001|{position}|Dinas X"]))
    assert column(draft, "rank") == [""]
    assert why(draft, "staff", 0, "rank").startswith("dibaca dari nama jabatan (")


@pytest.mark.parametrize(("answer", "rank"), [(None, "fungsional"), ("ya", "pengawas"), ("tidak", "fungsional")])
def test_coordinators_are_asked_about(answer: str | None, rank: str) -> None:
    """They keep the mark; with yes they get a rank by which rules for officials mean them."""
    asked: list[Question] = []
    draft = drafted(list_of(["Ani|198001012005012001|Sub Koordinator Data|Dinas X"]), {"coordinators": answer} if answer else {}, asked)
    assert (column(draft, "rank"), column(draft, "tags")) == ([rank], ["koordinator"])
    assert why(draft, "staff", 0, "rank") and why(draft, "staff", 0, "tags")
    assert "Ani" in next(question.said.text("id") for question in asked if question.key == "coordinators")


@pytest.mark.parametrize(("answer", "rank"), [(None, ""), ("jpt pratama", "jpt_pratama"), ("tidak ada", "")])
def test_ranks_that_the_class_of_the_agency_decides_are_asked(answer: str | None, rank: str) -> None:
    """Once for each phrase, with who holds the post."""
    asked: list[Question] = []
    key = "rank.direktur_rsud"
    draft = drafted(list_of(["Ani|198001012005012001|Direktur RSUD X|RSUD X"]), {key: answer} if answer else {}, asked)
    assert column(draft, "rank") == [rank] and why(draft, "staff", 0, "rank")
    said = next(question.said.text("id") for question in asked if question.key == key)
    assert "direktur rsud" in said and "Ani" in said


def test_nobody_is_asked_about_what_the_list_does_not_hold() -> None:
    """No coordinators, no cleaners, one agency: no such questions."""
    asked: list[Question] = []
    drafted(list_of(["Ani|198001012005012001|Staf|Dinas X"]), asked=asked)
    assert not {"coordinators", "kept", "agencies"} & {question.key for question in asked}


def test_marks_of_those_who_should_not_all_be_away() -> None:
    """Proposed by positions, or as answered by names and NIP."""
    rows = ["Ani|198001012005012001|Bendahara|Dinas X", "Budi|198001012005011002|Operator SIPD|Dinas X"]
    rows += ["Citra|198001012005012003|Operator Layanan Operasional|Dinas X"]
    draft = drafted(list_of(rows))
    assert column(draft, "tags") == ["bendahara", "operator", ""]
    assert "bendahara" in why(draft, "staff", 0, "tags")
    draft = drafted(list_of(rows), {"staff.tags.bendahara": "budi; 198001012005012003", "staff.tags.operator": "tidak ada"})
    assert column(draft, "tags") == ["", "bendahara", "bendahara"]


def test_the_only_treasurer_is_no_proposal() -> None:
    """Whoever alone has any of these marks would be in the office every day: an empty coloured cell says so, an answer sets it."""
    rows = ["Ani|198001012005012001|Bendahara|Dinas X", "Budi|198001012005011002|Staf|Dinas X"]
    draft = drafted(list_of(rows))
    assert column(draft, "tags") == ["", ""] and "satu-satunya" in why(draft, "staff", 0, "tags")
    draft = drafted(list_of(rows), {"staff.tags.bendahara": "ani"})
    assert column(draft, "tags") == ["bendahara", ""]


def test_units_that_serve_are_proposed() -> None:
    """By their names, those below another not again; or as answered, by a part of the name."""
    rows = [f"P{k}|19800101200501200{k}|Staf|{unit}" for k, unit in enumerate(["Dinas X", "Bidang Pelayanan", "Bidang Data"])]
    draft = drafted(list_of(rows))
    assert column(draft, "tags", "units") == ["", "full_service", ""]
    assert "pelayanan" in why(draft, "units", 1, "tags")
    draft = drafted(list_of(rows), {"units.tags.full_service": "data"})
    assert column(draft, "tags", "units") == ["", "", "full_service"]
    assert why(draft, "units", 2, "tags") == ""


@pytest.mark.parametrize("unit", ["ICU", "Ruang NICU", "Instalasi Farmasi", "Kamar Operasi", "Instalasi Radiologi"])
def test_rooms_of_a_hospital_serve(unit: str) -> None:
    """Wards that never close are proposed, offices of the same hospital are not."""
    draft = drafted(list_of([f"P{k}|19800101200501200{k}|Staf|{name}" for k, name in enumerate(["RSUD X", unit, "Bagian Keuangan"])]))
    found = dict(zip(column(draft, "id", "units"), column(draft, "tags", "units"), strict=True))
    assert found[unit] == "full_service" and not found["Bagian Keuangan"]


def test_cleaners_and_guards_stay_in_the_office() -> None:
    """Those who are no civil servants, unless it is answered otherwise; the circular is told of their function."""
    found = list_of(["Ani|-|Petugas Kebersihan|Dinas X", "Budi|198001012005011002|Pengemudi|Dinas X", "Citra|-|Satpam|Dinas X"])
    draft = drafted(found)
    assert column(draft, "function") == ["field", "", "field"]
    assert draft.sections["circulars"][0]["choose"]["full_service_functions"] == ["field"]
    assert "kebersihan" in why(draft, "staff", 0, "function")
    draft = drafted(found, {"kept": "tidak"})
    assert column(draft, "function") == ["", "", ""]
    assert "full_service_functions" not in draft.sections["circulars"][0].get("choose", {})


@pytest.mark.parametrize("remark", ["Pindah 1-7-2026", "MPP", "Tugas Belajar", "CLTN", "pensiun TMT 1 Juli", "DPK"])
def test_whoever_may_be_gone_is_proposed_as_not_counted(remark: str) -> None:
    """The last day of work is the day before the plan, coloured with the remark, so that emptying the cell takes it back."""
    rows = [f"Ani|198001012005012001|Staf|Dinas X|{remark}", "Budi|198001012005011002|Staf|Dinas X|-"]
    found = list_of(rows, "No|Nama|NIP|Jabatan|Unit Kerja|KET")
    draft = drafted(found)
    assert column(draft, "left") == ["2026-08-02", ""]
    assert remark in why(draft, "staff", 0, "left")
    facts = Instance.build(draft.sections).facts
    assert facts.has_cell.sum(axis=1).tolist() == [0, 5]


@pytest.mark.parametrize(
    ("remark", "last"),
    [
        ("Pensiun 1-1-2027", "2026-12-31"),
        ("BUP Januari 2027", "2026-12-31"),
        ("pensiun TMT 6-8-2026", "2026-08-05"),
        ("Pindah mulai 1 September 2026", "2026-08-31"),
        ("MPP TMT 01/07/2026", "2026-08-02"),
    ],
)
def test_whoever_leaves_later_works_until_then(remark: str, last: str) -> None:
    """A remark with a date counts from that date on: whoever retires next month still takes turns this week."""
    draft = drafted(list_of([f"Ani|198001012005012001|Staf|Dinas X|{remark}"], "No|Nama|NIP|Jabatan|Unit Kerja|KET"))
    assert column(draft, "left") == [last] and remark in why(draft, "staff", 0, "left")


def test_ticked_columns_tell_whom_the_letter_may_place_at_home() -> None:
    """A column of its own for expectant mothers and the ill gives marks to whoever is ticked there, and to nobody else."""
    rows = [
        "Ani|198001012005012001|Staf|Dinas X|Ya|-",
        "Budi|198001012005011002|Staf|Dinas X|tidak|",
        "Edi|198001012005011003|Staf|Dinas X||V",
    ]
    found = list_of(rows, "No|Nama|NIP|Jabatan|Unit Kerja|Hamil|Komorbid")
    draft = drafted(found, {"choose.always_home": "ya, wajib WFH setiap hari"})
    assert column(draft, "tags") == ["hamil", "", "komorbid"]
    assert "Hamil" in why(draft, "staff", 0, "tags")


def test_remarks_tell_whom_the_letter_may_place_at_home() -> None:
    """Expectant and nursing mothers and the chronically ill get the marks that the letter asks for, coloured; nobody else is asked."""
    rows = ["Ani|198001012005012001|Staf|Dinas X|Hamil 7 bulan", "Budi|198001012005011002|Staf|Dinas X|-"]
    rows += ["Citra|198001012005012003|Staf|Dinas X|menyusui", "Dewi|198001012005012004|Staf|Dinas X|tidak hamil"]
    asked: list[Question] = []
    found = list_of(rows, "No|Nama|NIP|Jabatan|Unit Kerja|KET")
    draft = drafted(found, {"choose.always_home": "ya, wajib WFH setiap hari"}, asked)
    assert column(draft, "tags") == ["hamil", "", "menyusui", ""]
    assert "Hamil 7 bulan" in why(draft, "staff", 0, "tags")
    assert {"staff.tags.hamil", "staff.tags.menyusui"} <= {question.key for question in asked}
    assert "staff.tags.komorbid" not in {question.key for question in asked}
    schedule = solve(Instance.build(draft.sections)).schedule
    assert schedule is not None and schedule.office.sum(axis=1).tolist()[::2] == [0, 0]
    assert column(drafted(found, {"staff.tags.hamil": "tidak ada"}), "tags") == ["", "", "menyusui", ""]


def test_columns_that_nobody_knows_are_notes() -> None:
    """Only those that say something, and only in the workbook."""
    draft = drafted(list_of(["Ani|198001012005012001|Staf|Dinas X|S1|"], "No|Nama|NIP|Jabatan|Unit Kerja|Pendidikan|KET"))
    assert draft.unknown == ("Pendidikan",)
    assert draft.notes == ({"Pendidikan": "S1"},)
    assert "Pendidikan" not in draft.sections["staff"][0]


def test_cells_that_cannot_be_read_become_notes() -> None:
    """A list may mean something else by a heading: never a refusal of the second command, the cell is coloured."""
    head = "No|Nama|NIP|Jabatan|Unit Kerja|Pensiun|Pimpinan|Kalender|Mulai Bekerja"
    draft = drafted(list_of(["Ani|198001012005012001|Staf|Dinas X|58 tahun|Budi|shift|1 Maret 2020"], head))
    row = draft.sections["staff"][0]
    assert not {"left", "head", "calendar"} & set(row) and row["hired"] == "1 Maret 2020"
    assert set(draft.notes[0].values()) == {"58 tahun", "Budi", "shift"}
    assert "58 tahun" in why(draft, "staff", 0, "left") and "Budi" in why(draft, "staff", 0, "head")


def test_a_first_day_after_the_last_becomes_a_note() -> None:
    """As where somebody who is proposed as not counted would begin later."""
    found = list_of(["Ani|198001012005012001|Staf|Dinas X|1 September 2026|Pindah"], "No|Nama|NIP|Jabatan|Unit Kerja|Mulai Bekerja|KET")
    draft = drafted(found)
    assert column(draft, "left") == ["2026-08-02"] and column(draft, "hired") == [""]
    assert why(draft, "staff", 0, "hired") and "1 September 2026" in draft.notes[0].values()


def test_days_that_nobody_gave_are_guesses() -> None:
    """Coloured until somebody writes others."""
    found = list_of(["Ani|198001012005012001|Staf|Dinas X"])
    draft = drafted(found)
    assert [draft.value(guess) for guess in draft.guesses if guess.section == "horizon"] == ["2026-08-03", "2026-08-07"]
    assert not [guess for guess in drafted(found, {"days": "4 - 6 Agustus 2026"}).guesses if guess.section == "horizon"]


def test_marks_for_whoever_has_no_nip() -> None:
    """In the column of NIP, coloured; a list with ids of its own keeps both columns."""
    draft = drafted(list_of(["Ani|-|Staf|Dinas X", "Budi|198001012005011002|Staf|Dinas X"]))
    assert column(draft, "nip") == ["ani", "198001012005011002"]
    assert why(draft, "staff", 0, "nip") and not why(draft, "staff", 1, "nip")
    draft = drafted(listing("ID|Nama|NIP|Unit Kerja\np1|Ani|198001012005012001|Dinas X\np2|Budi|-|Dinas X"))
    assert (column(draft, "id"), column(draft, "nip")) == (["p1", "p2"], ["198001012005012001", ""])


def test_the_same_nip_twice() -> None:
    """Two posts of one person: the first counts, the other row is left out; two people: the second gets a mark, coloured."""
    nip = "198001012005012001"
    draft = drafted(list_of([f"Ani|{nip}|Sekretaris|Dinas X", f"Ani, S.E.|{nip}|Kepala Bidang Data|Dinas X"]))
    assert column(draft, "position") == ["Sekretaris"]
    assert [(row.line, row.person) for row in draft.left] == [(3, True)]
    draft = drafted(list_of([f"Ani|{nip}|Sekretaris|Dinas X", f"Budi|{nip}|Staf|Dinas X"]))
    assert column(draft, "nip") == [nip, "budi"]
    assert nip in why(draft, "staff", 1, "nip")


def test_an_acting_post_makes_a_head() -> None:
    """With the post as the reason."""
    nip = "198001012005012001"
    draft = drafted(list_of([f"Ani|{nip}|Sekretaris|Dinas X", f"Ani|{nip}|Plt. Kepala Dinas|Dinas X"]))
    assert column(draft, "head") == ["ya"]
    assert "Plt. Kepala Dinas" in why(draft, "staff", 0, "head")


def test_the_head_of_a_section_leads_no_kelurahan() -> None:
    """Where a lurah leads the unit, acting or not, those who lead a part of it are no heads; where nobody else does, they are."""
    posts = {"Kelurahan A": ["Lurah A", "Sekretaris Lurah", "Kasi Pemerintahan"], "Kelurahan B": ["Plt. Lurah", "Kasi Ekonomi"]}
    posts |= {"Sekretariat": ["Sekretaris", "Kepala Sub Bagian Umum"], "Seksi Data": ["Kepala Seksi Data", "Staf"]}
    people = [(unit, post) for unit, held in posts.items() for post in held]
    draft = drafted(list_of([f"P{k}|19800101200501200{k}|{post}|{unit}" for k, (unit, post) in enumerate(people)]))
    heads = [post for (_, post), head in zip(people, column(draft, "head"), strict=True) if head]
    assert heads == ["Lurah A", "Plt. Lurah", "Sekretaris", "Kepala Seksi Data"]


def test_a_heading_of_a_status_below_the_last_section() -> None:
    """Who stands below it has the status, and the unit of the heading before it is a coloured guess that is told."""
    rows = ["No|Nama|NIP|Jabatan", "|BIDANG JALAN", "|Seksi Aspal", "1|Ani|198001012005012001|Kepala Seksi Aspal"]
    draft = drafted(listing("\n".join([*rows, "|TENAGA KONTRAK / THL", "2|Budi|-|Administrasi", "3|Citra|-|Administrasi"])))
    assert column(draft, "status")[1:] == ["TENAGA KONTRAK"] * 2 and column(draft, "unit")[1:] == ["Seksi Aspal"] * 2
    assert "tidak menyebut unit kerja" in why(draft, "staff", 1, "unit") and not why(draft, "staff", 0, "unit")
    assert any("Budi; Citra" in said.text("id") or "Budi dan Citra" in said.text("id") for said, _ in draft_lines(draft, "x.xlsx"))


def test_units_that_are_guessed() -> None:
    """A section below the people of its division, one that the list leaves open, a level that no name tells, a unit from above."""
    rows = [
        "A|x1|Staf|Dinas X",
        "B|x2|Staf|Bidang Satu",
        "C|x3|Staf|Seksi Alfa",
        "D|x4|Staf|Bidang Dua",
        "E|x5|Staf|Seksi Beta",
        "F|x6|Staf|PAUD",
    ]
    draft = drafted(list_of(rows))
    names = column(draft, "id", "units")
    assert column(draft, "parent", "units")[names.index("Seksi Alfa")] == "Bidang Satu"
    assert why(draft, "units", names.index("Seksi Alfa"), "parent")
    assert column(draft, "level", "units")[names.index("PAUD")] == "bidang" and why(draft, "units", names.index("PAUD"), "level")
    draft = drafted(list_of(["A|x1|Staf|Bidang Satu", "B|x2|Staf|Bidang Dua", "C|x3|Staf|Seksi Alfa"]))
    assert "isi di sini" in why(draft, "units", column(draft, "id", "units").index("Seksi Alfa"), "parent")


def test_cells_that_were_left_empty_below_a_unit() -> None:
    """They are filled and coloured."""
    text = "No|Nama|NIP|Bidang\n1|A|x1|\n2|B|x2|Sekretariat\n3|C|x3|\n4|D|x4|Bidang Data\n5|E|x5|"
    draft = drafted(listing(text))
    assert column(draft, "unit")[1:] == ["Sekretariat", "Sekretariat", "Bidang Data", "Bidang Data"]
    assert [bool(why(draft, "staff", row, "unit")) for row in range(5)] == [True, False, True, False, True]


def test_the_agency_of_the_title() -> None:
    """A list that names it only in its title: a guess; by another answer it gets that name."""
    text = "DAFTAR PEGAWAI\nDINAS PANGAN\nNo|Nama|NIP|Bidang\n1|A|x1|Sekretariat\n2|B|x2|Bidang Gizi"
    draft = drafted(listing(text))
    assert column(draft, "id", "units")[0] == draft.sections["title"] == "DINAS PANGAN"
    assert why(draft, "units", 0, "id") and why(draft, "title", 0, "")
    draft = drafted(listing(text), {"agency": "Dinas Ketahanan Pangan"})
    assert column(draft, "id", "units")[0] == draft.sections["title"] == "Dinas Ketahanan Pangan"


def test_a_title_that_is_no_agency_by_its_words() -> None:
    """A school, say: proposed as the name, not what the list is called or when it was made."""
    draft = drafted(listing("DATA GURU DAN PEGAWAI\nSMP NEGERI 1 CONTOH\nTAHUN 2026\nNo|Nama|NIP|Jabatan\n1|A|198001012005012001|Guru"))
    assert draft.sections["title"] == column(draft, "id", "units")[0] == "SMP NEGERI 1 CONTOH"
    assert why(draft, "units", 0, "id") and why(draft, "title", 0, "")


def test_work_under_another_heading_is_the_position() -> None:
    """Lists of contract staff say what somebody does; a function that rules know stays one."""
    draft = drafted(listing("NO|NAMA HONORER|NIK|TUGAS|PENEMPATAN\n1|A|-|Kebersihan|Bidang Data\n2|B|-|Pelayanan|Bidang Data"))
    assert column(draft, "position") == ["Kebersihan", ""]
    assert column(draft, "function") == ["field", "Pelayanan"]


def test_units_with_the_same_name_in_two_agencies() -> None:
    """Each has a mark of its own, and the name that the list gives it."""
    rows = ["A|x1|Staf|Sekretariat|Dinas X", "B|x2|Staf|Sekretariat|Dinas Y"]
    draft = drafted(list_of(rows, "No|Nama|NIP|Jabatan|Unit Kerja|OPD"))
    assert column(draft, "id", "units") == ["Dinas X", "Sekretariat (Dinas X)", "Dinas Y", "Sekretariat (Dinas Y)"]
    assert column(draft, "name", "units") == ["", "Sekretariat", "", "Sekretariat"]
    assert column(draft, "unit") == ["Sekretariat (Dinas X)", "Sekretariat (Dinas Y)"]


def test_units_that_may_be_misspelt_are_told() -> None:
    """Those of one parent that differ in a letter; numbers and letters of a series make no misspelling."""
    rows = [
        "A|x1|Staf|Dinas X",
        "B|x2|Staf|Bidang Anggaran",
        "C|x3|Staf|Bidang Anggran",
        "D|x4|Staf|Irban Wilayah I",
        "E|x5|Staf|Irban Wilayah II",
    ]
    draft = drafted(list_of(rows))
    names = column(draft, "id", "units")
    assert "Bidang Anggaran" in why(draft, "units", names.index("Bidang Anggran"), "id")
    assert not why(draft, "units", names.index("Irban Wilayah II"), "id")


def test_other_spellings_of_a_unit_are_told() -> None:
    """One unit, and how else it is written."""
    draft = drafted(list_of(["A|x1|Staf|Sub Bagian Umum", "B|x2|Staf|Sub-Bagian Umum", "C|x3|Staf|Bidang Data"]))
    row = column(draft, "id", "units").index("Sub Bagian Umum")
    assert why(draft, "units", row, "id") == "juga ditulis: Sub-Bagian Umum"


def test_a_whole_government_is_asked_about(tmp_path: Any) -> None:
    """All agencies by default; of chosen ones all others are left out by row."""
    found = read_listing(write_merged(tmp_path / "e.xlsx", export()), "e.xlsx")
    asked: list[Question] = []
    draft = drafted(found, asked=asked)
    assert next(question for question in asked if question.key == "agencies").default == ("Dinas Kesehatan", "Dinas Pendidikan", "BKPSDM")
    assert column(draft, "level", "units").count("opd") == 3 and column(draft, "level", "units").count("puskesmas") == 2
    draft = drafted(found, {"agencies": "dinas pendidikan"})
    assert set(column(draft, "level", "units")) == {"opd", "sekretariat", "bidang"}
    assert len(draft.sections["staff"]) == 8 and len(draft.left) == 24
    assert draft.sections["title"] == "Dinas Pendidikan"


@pytest.mark.parametrize("rows", [export, ranked, hospital])
def test_lists_in_the_manner_of_real_ones(rows: Any, tmp_path: Any) -> None:
    """Everybody once, in the order of the list, whatever else stands there."""
    made = rows()
    draft = drafted(read_listing(write_merged(tmp_path / "d.xlsx", made), "d.xlsx"))
    people = [row for row in made if row and row[0].isdigit() and "LOWONG" not in row and row != [str(k) for k in range(1, len(row) + 1)]]
    at = next(k for row in made for k, text in enumerate(row) if text.upper().startswith("NAMA"))
    assert column(draft, "name") == [row[at].split("\n")[0] for row in people]


def test_people_on_several_sheets(tmp_path: Any) -> None:
    """One sheet for each division; rows that are left out name their sheet."""
    one, two = "Rekap|\nNo|Nama|NIP\n1|Ani|198001012005012001", "No|Nama|NIP\n1|Budi|198001012005011002\n|JUMLAH|1"
    found = staff_of([grid(one, "Sekretariat"), grid(two, "Bidang Data")], declared=False)
    assert found is not None
    draft = drafted(listing_of(found, "d.xlsx"))
    assert column(draft, "unit") == ["Sekretariat", "Bidang Data"]
    assert [row.place for row in draft.left] == ["Sekretariat!1", "Bidang Data!3"]


@pytest.mark.parametrize("name", packaged())
def test_under_every_letter_that_comes_along(name: str, tmp_path: Any) -> None:
    """By defaults its workbook is an instance, on days on which the letter is in force."""
    found = read_listing(write_merged(tmp_path / "e.xlsx", export()), "e.xlsx")
    draft = by_default(interview(TODAY, found, name, "id"))
    built = Instance.build(draft.sections)
    letter = load_circular(name).in_force
    assert letter.start <= built.facts.dates[0] and (letter.to is None or built.facts.dates[-1] <= letter.to)
    assert built.facts.has_cell.any()


def leave(*rows: tuple[str, str, str, str]) -> Table:
    """A list of leave by name and NIP."""
    return Table.from_records([dict(zip(("NIP", "Nama", "Mulai", "Jenis Cuti"), row, strict=True)) for row in rows], file="cuti.csv")


def test_a_list_of_leave() -> None:
    """By NIP or name, both days in one cell or one; the absences are those of the instance."""
    draft = drafted(list_of(["Ani, S.E.|198001012005012001|Staf|Dinas X", "Budi|-|Staf|Dinas X"]))
    draft = draft.with_absences(leave(("", "Ani", "3 s.d. 4 Agustus 2026", "Cuti Tahunan"), ("", "Budi", "7/8/2026", "Sakit")))
    assert [row["staff_id"] for row in draft.sections["absences"]] == ["198001012005012001", "budi"]
    assert Instance.build(draft.sections).facts.absent.astype(int).tolist() == [[1, 1, 0, 0, 0], [0, 0, 0, 0, 1]]


def test_a_list_of_leave_has_columns_that_nobody_knows() -> None:
    """As the personnel office exports it: further columns are told, never a refusal; a misspelt one still is."""
    draft = drafted(list_of(["Ani|198001012005012001|Staf|Dinas X"]))
    row = {"No": 1, "Nama": "Ani", "Jabatan": "Staf", "Mulai": "3/8/2026", "Lama": "1 hari", "No. Surat": "800/1", "Ket": ""}
    found = draft.with_absences(Table.from_records([row], file="cuti.csv"))
    assert Instance.build(found.sections).facts.absent.sum() == 1
    assert [said.text("id") for said in found.unused] == ["cuti.csv: kolom yang tidak dibaca: jabatan, lama, no._surat dan ket"]
    with pytest.raises(InputError, match="reasom"):
        draft.with_absences(Table.from_records([{"Nama": "Ani", "Mulai": "3/8/2026", "reasom": "sakit"}], file="cuti.csv"))


def test_a_list_of_leave_whose_reason_is_no_word_is_refused() -> None:
    """The workbook would be refused for it, so the list is, with its row."""
    draft = drafted(list_of(["Ani|198001012005012001|Staf|Dinas X"]))
    with pytest.raises(InputError, match=r"cuti.csv.*\n?.*'\[/\]' is not one of"):
        draft.with_absences(leave(("", "Ani", "3/8/2026", "[/]")))


def test_signs_that_nobody_sees_are_not_taken_over(tmp_path: Any) -> None:
    """Whoever copied a name from a web page has the unit that is read there, not another one; what is drafted can be built."""
    rows = ["Ani\u200b,198001012005012001\ufeff,Staf\u200b,Bidang\u200b Gizi", "Budi\x07,-,Staf,\u202aBidang Gizi\u202c"]
    (tmp_path / "list.csv").write_text("\n".join(["Nama,NIP,Jabatan,Unit Kerja", *rows]), encoding="utf-8")
    draft = drafted(read_listing(tmp_path / "list.csv", "list.csv"))
    assert column(draft, "name") == ["Ani", "Budi"]
    assert column(draft, "unit") == ["Bidang Gizi"] * 2


def test_a_list_of_leave_that_names_nobody_or_two_is_refused() -> None:
    """Both people are named, and everything is told at once."""
    draft = drafted(list_of(["Ani|198001012005012001|Staf|Dinas X", "Ani|198001012005012002|Staf|Dinas X"]))
    with pytest.raises(InputError) as refused:
        draft.with_absences(leave(("", "Ani", "3/8/2026", "Cuti"), ("", "Zaki", "3/8/2026", "Cuti"), ("", "Ani", "8/13/2026", "Cuti")))
    told = "\n".join(problem.text("en") for problem in refused.value.problems)
    assert "198001012005012001" in told and "198001012005012002" in told and "Zaki" in told and "month first" in told


def test_places_in_a_list_of_leave_are_called_as_there() -> None:
    """What is wrong is told under the headings of the list, not under names that stand nowhere in it."""
    draft = drafted(list_of(["Ani|198001012005012001|Staf|Dinas X"]))
    with pytest.raises(InputError) as refused:
        draft.with_absences(leave(("", "Zaki", "8/13/2026", "Cuti")))
    assert [problem.where.field.rpartition(".")[2] for problem in refused.value.problems] == ["nama", "mulai"]


def test_cleaners_stay_only_where_the_letter_lets_them() -> None:
    """Under a letter that lets nobody in, cleaners are not proposed to stay every day, and that is told; the draft can be planned."""
    people = [f"Pegawai {k}|19800101200501200{k}|Staf|Dinas X" for k in range(3)]
    listing = list_of([*people, "Udin|-|Tenaga Kebersihan|Dinas X"])
    kept, full = drafted(listing, circular="friday-2026"), drafted(listing, circular="lampung-2021")
    assert [row.get("office_only", "") for row in kept.sections["staff"]].count("ya") == 1
    assert not any(row.get("office_only") for row in full.sections["staff"])
    assert any("petugas kebersihan" in said.text("id") for said in full.unused)
    assert solve(Instance.build(full.sections)).status is Status.OPTIMAL
