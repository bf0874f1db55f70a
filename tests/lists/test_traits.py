"""Every trait of lists as personnel offices export them: who is read, what is left out, and that both are told."""

from __future__ import annotations

import pytest

from giliran.lists.grid import Grid, Look, grid_of
from giliran.lists.rows import Left
from giliran.lists.staff import StaffList, staff_of


def grid(text: str, name: str = "") -> Grid:
    """A grid from lines whose cells are parted by `|`; `~` stands for a line break inside a cell."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return grid_of([(k, [cell.replace("~", "\n") for cell in line.split("|")]) for k, line in enumerate(lines, start=1)], name)


def staff(*texts: str, declared: bool = False) -> StaffList:
    """The staff of some sheets."""
    found = staff_of([grid(text, f"Sheet {k}") for k, text in enumerate(texts, start=1)], declared=declared)
    assert found is not None
    return found


def column(found: StaffList, name: str) -> list[str]:
    """A column of the people that were read."""
    return [person.cells.get(name, "") for person in found.people]


def why(found: StaffList, reason: Left) -> list[int]:
    """Lines that were left out for a reason."""
    return [row.line for row in found.skipped if row.why is reason]


PLAIN = """
    No|Nama|NIP|Jabatan|Unit Kerja
    1|Ani|198001012005012001|Kepala Bidang|Bidang Data
    2|Budi|198001012005011002|Analis|Bidang Data
"""


def test_a_plain_list() -> None:
    """Names, NIP, positions and units, nobody left out."""
    found = staff(PLAIN)
    assert column(found, "name") == ["Ani", "Budi"]
    assert column(found, "id") == column(found, "nip") == ["198001012005012001", "198001012005011002"]
    assert found.skipped == ()
    assert found.places is not None
    assert found.places.paths == (("", "Bidang Data", ""),) * 2


def test_titles_above_and_a_signature_below() -> None:
    """What stands around the list on paper is told by line, and nobody is made of it."""
    found = staff(
        """
        DAFTAR NOMINATIF PEGAWAI
        DINAS PERPUSTAKAAN KABUPATEN CONTOH
        KEADAAN JULI 2026

        NO|NAMA|NIP|JABATAN|UNIT KERJA
        1|2|3|4|5
        1|Ani|198001012005012001|Kepala Dinas|Dinas Perpustakaan
        2|Budi|198001012005011002|Sekretaris|Sekretariat

        ||||Contoh, 1 Juli 2026
        ||||Kepala Dinas,

        ||||Ani, S.Sos.
        ||||NIP. 19800101 200501 2 001
        """
    )
    assert column(found, "name") == ["Ani", "Budi"]
    assert why(found, Left.TITLE) == [1, 2, 3]
    assert why(found, Left.HEADING) == [6]
    assert why(found, Left.BELOW) == [10, 11, 13, 14]
    assert found.places is not None
    assert found.places.paths == (("Dinas Perpustakaan", "", ""), ("Dinas Perpustakaan", "Sekretariat", ""))


def test_a_signature_in_the_column_of_names() -> None:
    """The NIP of whoever signs is not that of the last person, who has none."""
    found = staff(
        """
        NO|NAMA|NIP|JABATAN
        1|Ani|198001012005012001|Kepala Dinas
        2|Budi|-|Tenaga Kebersihan

        |Mengetahui,
        |KEPALA DINAS

        |Ani
        |NIP. 19800101 200501 2 001
        """
    )
    assert column(found, "name") == ["Ani", "Budi"]
    assert column(found, "nip") == ["198001012005012001", ""]


def test_a_heading_in_two_lines_with_merged_cells() -> None:
    """A heading that spans columns says nothing by itself; the line below it does."""
    found = staff(
        """
        NO|NAMA|NIP|PANGKAT TERAKHIR||ESL|JABATAN
        |||GOL|TMT||
        1|Ani|198001012005012001|IV/a|01-04-2020|III.a|Sekretaris
        """
    )
    assert column(found, "grade") == ["IV/a"]
    assert column(found, "echelon") == ["III.a"]
    assert "PANGKAT TERAKHIR" not in column(found, "name")


def test_a_heading_that_is_repeated_on_every_page() -> None:
    """It is told once, by its lines."""
    found = staff(PLAIN + "No|Nama|NIP|Jabatan|Unit Kerja\n3|Citra|198001012005012003|Analis|Bidang Data")
    assert column(found, "name") == ["Ani", "Budi", "Citra"]
    assert why(found, Left.HEADING) == [4]


@pytest.mark.parametrize(
    "cell", ["Ani, S.Sos.~198001012005012001", "Ani, S.Sos.~NIP. 19800101 200501 2 001", "Ani, S.Sos.~NIP 19800101.200501.2.001"]
)
def test_name_and_nip_in_one_cell(cell: str) -> None:
    """Two lines of one cell; a title behind a comma stays with the name."""
    found = staff(f"NO|NAMA / NIP|JABATAN\n1|{cell}|Analis\n2|Budi~-|Pramu")
    assert column(found, "name") == ["Ani, S.Sos.", "Budi"]
    assert column(found, "nip") == ["198001012005012001", ""]


def test_name_and_nip_in_two_rows() -> None:
    """The row below a name holds the NIP alone."""
    found = staff(
        """
        NO|NAMA/NIP|JABATAN
        1|Ani|Analis
        |198001012005012001|
        2|Budi|Analis
        |19800101 200501 1 002|
        """
    )
    assert column(found, "name") == ["Ani", "Budi"]
    assert column(found, "nip") == ["198001012005012001", "198001012005011002"]


@pytest.mark.parametrize(
    ("text", "nip"),
    [
        ("'198001012005012001", "198001012005012001"),
        ("19800101 200501 2 001", "198001012005012001"),
        ("198001012021212001", "198001012021212001"),
        ("3201010101800001", "3201010101800001"),
        ("130123456", "130123456"),
        ("H-01", "H-01"),
        ("198001012005012001~C 123456", "198001012005012001"),
    ],
)
def test_nip_in_all_its_spellings(text: str, nip: str) -> None:
    """Signs between digits and a card number below them go; an NI PPPK, an NIK, an old NIP and a mark of one's own stay."""
    assert column(staff(f"No|Nama|NIP|Jabatan\n1|Ani|{text}|Analis"), "nip") == [nip]


def test_whoever_has_no_nip_gets_a_mark() -> None:
    """The mark is made of the name, so that it is the same next week, and no two people share one."""
    found = staff("No|Nama|NIP|Jabatan\n1|Ani, A.Md.|-|Pramu\n2|Ani|-|Pramu\n3|Budi|198001012005011002|Analis")
    assert column(found, "id") == ["ani", "ani-2", "198001012005011002"]
    assert found.marked == ("ani", "ani-2")


def test_stacked_cells() -> None:
    """Of a position with its unit and date below, and a name with a birthday below, the first line counts."""
    found = staff("No|Nama|NIP|Jabatan\n1|Ani~Contoh, 01-01-1980|198001012005012001|Kepala Seksi Data~Pada~Dinas X~TMT : 01-01-2022")
    assert column(found, "name") == ["Ani"]
    assert column(found, "position") == ["Kepala Seksi Data"]


def test_one_person_over_several_rows_and_a_table_below_each() -> None:
    """Rows with courses below a person are no people."""
    found = staff(
        """
        No|Nama|NIP|Jabatan|Diklat
        1|Ani|198001012005012001|Analis|PIM IV
        ||||PIM III
        |||Tahun|2019
        2|Budi|198001012005011002|Analis|-
        """
    )
    assert column(found, "name") == ["Ani", "Budi"]
    assert [row.line for row in found.skipped] == [3, 4]


@pytest.mark.parametrize(
    "below",
    [
        "|Riwayat Diklat|||~|No|Nama Diklat|Tahun|~|1|PIM IV|2015|~|2|PIM III|2019|",
        "No|Nama Diklat|Tahun||~1|PIM IV|2015||~2|PIM III|2019||",
        "No|Pendidikan|Lulus|Sekolah|~1|S-1|2002|Universitas|~2|S-2|2010|Universitas|",
    ],
)
def test_a_table_of_its_own_below_each_person(below: str) -> None:
    """With a heading and numbers of its own: its rows are no people, also below the last one; whoever has no NIP is still somebody."""
    rows = below.replace("~", "\n")
    people = ["1|Ani|198001012005012001|Analis|Bidang Data", "2|Budi|-|Pramu|Bidang Data", "3|Citra|198001012005012003|Staf|Bidang Data"]
    found = staff("No|Nama|NIP|Jabatan|Unit Kerja\n" + "".join(f"{person}\n{rows}\n" for person in people))
    assert column(found, "name") == ["Ani", "Budi", "Citra"]
    assert column(found, "position") == ["Analis", "Pramu", "Staf"]


def test_rows_stay_in_the_order_of_ranks() -> None:
    """A DUK is kept in its order, whatever units stand beside whom."""
    lines = ["1|D|x4|Kadis|Dinas X", "2|A|x1|Sekretaris|Sekretariat", "3|C|x3|Kabid|Bidang B", "4|B|x2|Kasubbag|Sekretariat"]
    assert column(staff("No|Nama|NIP|Jabatan|Unit Kerja\n" + "\n".join(lines)), "name") == ["D", "A", "C", "B"]


@pytest.mark.parametrize("grade", ["Pembina / (IV/a)", "Penata Tk.I, III/d", "III-d", "IX", "Pembina Tk. I (IV/b)"])
def test_grades_in_all_their_spellings(grade: str) -> None:
    """They stay as they are, and are never taken for an echelon."""
    found = staff(f"No|Nama|NIP|Pangkat/Gol. Ruang|Jabatan\n1|Ani|198001012005012001|{grade}|Analis")
    assert found.people[0].cells["grade"] == grade
    assert "echelon" not in found.people[0].cells


def test_sections_in_which_numbers_begin_again() -> None:
    """A heading with a count is no person, and no sum."""
    found = staff(
        """
        No|Nama|NIP|Jabatan
        |I. TENAGA PENDIDIK (2 ORANG)||
        1|Ani|198001012005012001|Guru
        2|Budi|198001012005011002|Guru
        |II. TENDIK (1 ORANG)||
        1|Citra|198001012005012003|Staf
        """
    )
    assert column(found, "name") == ["Ani", "Budi", "Citra"]
    assert why(found, Left.GROUP) == [2, 5]


@pytest.mark.parametrize("row", ["|TOTAL NOMINATIF|48 Pegawai|", "|JUMLAH WFO|110|102", "Jumlah|||2", "|Sub Total|2|"])
def test_sums(row: str) -> None:
    """Rows with sums are told, and are nobody."""
    found = staff(f"No|Nama|NIP|Jabatan\n1|Ani|198001012005012001|Guru\n{row}\n2|Budi|198001012005011002|Guru")
    assert column(found, "name") == ["Ani", "Budi"]
    assert why(found, Left.SUM) == [3]


@pytest.mark.parametrize("row", ["3|LOWONG||IV.a|Kasi", "3|-||IV.a|Kasi (lowong)", "|KOSONG|||Kasi", "|Kasubbag Program - LOWONG||IV.a|"])
def test_vacant_posts(row: str) -> None:
    """A post without a person is told."""
    found = staff(f"No|Nama|NIP|Eselon|Jabatan\n1|Ani|198001012005012001|III.a|Sekretaris\n{row}\n4|Budi|198001012005011002|-|Analis")
    assert column(found, "name") == ["Ani", "Budi"]
    assert why(found, Left.VACANT) == [3]


def test_an_acting_post_in_a_row_of_its_own() -> None:
    """The person counts once, with the definitive post, leads the unit, and is told."""
    found = staff(
        """
        No|Nama|NIP|Jabatan
        1|Ani|198001012005012001|Plt. Kepala Dinas
        2|Ani|198001012005012001|Sekretaris
        3|Budi|198001012005011002|Analis
        """
    )
    assert column(found, "position") == ["Sekretaris", "Analis"]
    assert column(found, "head") == ["ya", ""]
    assert found.merged == (("Ani", "Plt. Kepala Dinas"),)


def test_a_row_for_every_course() -> None:
    """The same NIP, name and post again is no second person; it is told as a further row."""
    found = staff(
        """
        No|Nama|NIP|Jabatan|Diklat
        1|Ani|198001012005012001|Analis|PIM IV
        1|Ani|198001012005012001|Analis|PIM III
        1|Ani|198001012005012001||PIM II
        2|Budi|198001012005011002|Analis|-
        """
    )
    assert column(found, "name") == ["Ani", "Budi"]
    assert column(found, "head") == ["", ""]
    assert why(found, Left.FURTHER) == [3, 4]


def test_people_without_an_nip_on_the_same_line_of_two_sheets() -> None:
    """They are two people, whatever their posts."""
    one, two = "No|Nama|NIP|Jabatan\n1|Ani|-|Staf", "No|Nama|NIP|Jabatan\n1|Budi|-|Plt. Lurah"
    found = staff(one, two)
    assert column(found, "name") == ["Ani", "Budi"]
    assert [person.sheet for person in found.people] == ["Sheet 1", "Sheet 2"]


def test_two_definitive_posts_are_left_to_be_told() -> None:
    """The same NIP twice without an acting post is a mistake of the list, which the table's reader tells."""
    found = staff("No|Nama|NIP|Jabatan\n1|Ani|198001012005012001|Kabid\n2|Ani|198001012005012001|Sekretaris")
    assert len(found.people) == 2


def test_hidden_rows_are_nobody_and_told() -> None:
    """A row that nobody sees was left out on purpose."""
    rows = [(1, ["No", "Nama", "NIP"]), (2, ["1", "Ani", "198001012005012001"]), (3, ["2", "Budi", "198001012005011002"])]
    found = staff_of([grid_of(rows, look=Look({3}))], declared=False)
    assert found is not None
    assert column(found, "name") == ["Ani"]
    assert why(found, Left.HIDDEN) == [3]


def test_columns_that_nobody_knows_are_kept_as_notes() -> None:
    """They are told once, and never a reason to refuse the list."""
    found = staff("No|Nama|NIP|Pendidikan|Ket\n1|Ani|198001012005012001|S1|cuti besar")
    assert found.unknown == ("Pendidikan", "Ket")
    assert found.people[0].notes == {"Pendidikan": "S1", "Ket": "cuti besar"}


@pytest.mark.parametrize(
    "unit",
    ["Subbag Umum - Sekretariat - Dinas X", "Dinas X > Sekretariat > Subbag Umum", "Subbag Umum – Sekretariat – Dinas X"],
)
def test_units_as_paths(unit: str) -> None:
    """Inside out or outside in: the words say which is which."""
    found = staff(f"No|Nama|NIP|Unit Kerja\n1|Ani|198001012005012001|{unit}")
    assert found.places is not None
    assert found.places.paths == (("Dinas X", "Sekretariat", "Subbag Umum"),)


def test_perangkat_daerah_beside_unit_kerja() -> None:
    """The agency in one column, the division in another."""
    found = staff("No|Nama|NIP|Perangkat Daerah|Unit Kerja\n1|Ani|198001012005012001|Dinas X|Bidang Data")
    assert found.places is not None
    assert found.places.paths == (("Dinas X", "Bidang Data", ""),)


BLOCKS = """
    No|Nama|NIP|Unit Kerja
    1|A|000000000000000001|Dinas X
    2|B|000000000000000002|Bidang Satu
    3|C|000000000000000003|Seksi Alfa
    4|D|000000000000000004|Bidang Dua
    5|E|000000000000000005|Seksi Beta
"""


def test_small_units_below_the_division_they_stand_in() -> None:
    """Division by division the list tells where its sections belong; that is a guess, and told."""
    found = staff(BLOCKS).places
    assert found is not None
    assert [path[1:] for path in found.paths] == [
        ("", ""),
        ("Bidang Satu", ""),
        ("Bidang Satu", "Seksi Alfa"),
        ("Bidang Dua", ""),
        ("Bidang Dua", "Seksi Beta"),
    ]
    assert found.guessed == (("Seksi Alfa", "Bidang Satu"), ("Seksi Beta", "Bidang Dua"))


def test_in_the_order_of_ranks_nothing_is_guessed() -> None:
    """Where all divisions come first, nobody knows which section belongs to which; that is told."""
    lines = BLOCKS.strip().splitlines()
    found = staff("\n".join([*lines[:3], lines[4], lines[3], lines[5]])).places
    assert found is not None
    assert found.guessed == ()
    assert found.orphans == ("Seksi Alfa", "Seksi Beta")


def test_a_subbagian_belongs_to_the_only_sekretariat() -> None:
    """In the order of ranks, too."""
    found = staff(
        "No|Nama|NIP|Unit Kerja\n1|A|000000000000000001|Sekretariat\n2|B|000000000000000002|Bidang Satu\n3|C|000000000000000003|Subbag Umum"
    ).places
    assert found is not None
    assert found.paths[2] == ("", "Sekretariat", "Subbag Umum")


def test_one_spelling_for_each_unit() -> None:
    """A heading in capitals and a column in small letters name one unit, as the column writes it."""
    found = staff("No|Nama|NIP|Unit Kerja\n|BIDANG DATA||\n1|A|000000000000000001|Bidang Data").places
    assert found is not None
    assert found.paths == (("", "Bidang Data", ""),)


def test_several_sheets_one_per_division() -> None:
    """Whoever stands on a sheet without units belongs to the unit that the sheet is called by."""
    one, two = "No|Nama|NIP\n1|Ani|198001012005012001", "No|Nama|NIP\n1|Budi|198001012005011002"
    found = staff_of([grid(one, "Sekretariat"), grid(two, "Bidang Data")], declared=False)
    assert found is not None
    assert found.places is not None
    assert found.places.paths == (("", "Sekretariat", ""), ("", "Bidang Data", ""))


def test_declared_units_are_left_alone() -> None:
    """Where units are declared elsewhere, the column names them, and nothing is made of it."""
    found = staff(BLOCKS, declared=True)
    assert found.places is None
    assert column(found, "unit")[2] == "Seksi Alfa"


def test_a_sheet_without_people_is_no_list() -> None:
    """Nothing looks like a heading: there is no list."""
    assert staff_of([grid("Rekap|Jumlah\nWFO|10\nWFH|20")], declared=False) is None


def places(found: StaffList) -> list[tuple[str, str, str]]:
    """Where everybody stands."""
    assert found.places is not None
    return list(found.places.paths)


def test_a_further_block_with_columns_of_its_own() -> None:
    """Below a second heading its columns count, so that no position becomes an NIP; the heading of each block may give a status."""
    found = staff(
        """
        I. PEGAWAI NEGERI SIPIL
        No|Nama|NIP|Jabatan|Bagian
        1|Ani|198001012005012001|Analis|Bagian Umum
        II. TENAGA KONTRAK
        No|Nama|Jabatan|Bagian|NIK|Pendidikan
        1|Budi|Pengemudi|Bagian Umum|3201010101800001|SMA
        2|Citra|Pramu|Bagian Umum|-|SMP
        """
    )
    assert column(found, "id") == ["198001012005012001", "3201010101800001", "citra"]
    assert column(found, "position") == ["Analis", "Pengemudi", "Pramu"]
    assert column(found, "status") == ["PEGAWAI NEGERI SIPIL", "TENAGA KONTRAK", "TENAGA KONTRAK"]
    assert found.given == (("PEGAWAI NEGERI SIPIL", 1), ("TENAGA KONTRAK", 2))
    assert why(found, Left.HEADING) == [5]


def test_a_status_inside_a_unit_and_beside_units() -> None:
    """Numbered otherwise than the units it is of the unit above; numbered as they are it stands beside them."""
    rows = ["|I. BIDANG DATA|", "1|Ani|x1", "|A. NON ASN|", "2|Budi|x2", "|II. BIDANG ARSIP|", "3|Citra|x3", "|III. NON ASN|", "4|Dedi|x4"]
    found = staff("\n".join(["No|Nama|NIP", *rows]))
    assert [path[1] for path in places(found)] == ["BIDANG DATA", "BIDANG DATA", "BIDANG ARSIP", ""]
    assert column(found, "status") == ["", "NON ASN", "", "NON ASN"]


def test_groups_with_a_letter_in_the_column_of_numbers() -> None:
    """The letter numbers the group, and no person."""
    found = staff("No|Nama|NIP\nA|PENDIDIK (1 ORANG)|\n1|Ani|x1\nB|TENAGA KEPENDIDIKAN|\n1|Budi|x2")
    assert column(found, "name") == ["Ani", "Budi"]
    assert why(found, Left.GROUP) == [2, 4]


def test_cells_that_span_several_people() -> None:
    """A division that is written once beside all of its people is everybody's; a name over two rows is one person's."""
    rows = [
        (1, ["No", "Bidang", "Nama", "NIP", "Diklat"]),
        (2, ["1", "Bidang Data", "Ani", "x1", "PIM IV"]),
        (3, ["", "", "", "", "PIM III"]),
        (4, ["2", "", "Budi", "x2", ""]),
        (5, ["3", "", "Citra", "x3", ""]),
    ]
    look = Look(merged={3: {0: "1", 1: "Bidang Data", 2: "Ani", 3: "x1"}, 4: {1: "Bidang Data"}})
    found = staff_of([grid_of(rows, look=look)], declared=False)
    assert found is not None
    assert column(found, "name") == ["Ani", "Budi", "Citra"]
    assert [path[1] for path in places(found)] == ["Bidang Data", "Bidang Data", ""]


def test_a_heading_in_three_lines_whose_cells_span_them() -> None:
    """The parts of a heading are read once each, and TMT is the day of a grade, never the first day of employment."""
    rows = [
        (1, ["NO", "NAMA", "NIP", "PANGKAT", "", "JABATAN", ""]),
        (2, ["", "", "", "GOL", "TMT", "NAMA", "ESELON"]),
        (3, ["", "", "", "", "", "JABATAN", ""]),
        (4, ["1", "Ani", "x1", "IV/a", "01-04-2020", "Sekretaris", "III.a"]),
    ]
    found = staff_of([grid_of(rows)], declared=False)
    assert found is not None
    assert [person.cells for person in found.people] == [
        {"id": "x1", "name": "Ani", "nip": "x1", "grade": "IV/a", "position": "Sekretaris", "echelon": "III.a"}
    ]


def test_whoever_is_struck_through_is_nobody_and_told() -> None:
    """A name that is struck through has moved or retired; a struck remark says nothing about the person."""
    rows = [(1, ["No", "Nama", "NIP", "Ket"]), (2, ["1", "Ani", "x1", "KPE"]), (3, ["2", "Budi", "x2", ""])]
    found = staff_of([grid_of(rows, look=Look(struck={2: {3}, 3: {0, 1, 2}}))], declared=False)
    assert found is not None
    assert column(found, "name") == ["Ani"]
    assert why(found, Left.STRUCK) == [3]


def test_sheets_that_say_what_people_are_or_nothing() -> None:
    """A sheet called by a status gives it, "Sheet 2" gives nothing, an abbreviated division is one, and a recap is told as no list."""
    head = "No|Nama|NIP\n1|"
    names = ["NON ASN", "Sheet 2", "BID. DIKDAS", "PAUD"]
    grids = [grid(f"{head}P{k}|x{k}", name) for k, name in enumerate(names)]
    found = staff_of([*grids, grid("Rekap|Jumlah\nWFO|10", "REKAP")], declared=False)
    assert found is not None
    assert column(found, "status") == ["NON ASN", "", "", ""]
    assert places(found) == [("", "", ""), ("", "", ""), ("", "BID. DIKDAS", ""), ("", "PAUD", "")]
    assert found.unread == ("REKAP",)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Nama Tenaga Honorer", "name"),
        ("NOMOR INDUK PPPK", "nip"),
        ("NIP BARU", "nip"),
        ("Unit Penempatan", "unit"),
        ("UNIT ORGANISASI INDUK", "opd"),
        ("Bagian", "bidang"),
        ("GOL. AKHIR", "grade"),
        ("Eselon", "echelon"),
        ("JENIS JABATAN", "rank"),
        ("Jenis Pegawai", "status"),
    ],
)
def test_headings_of_exports(heading: str, name: str) -> None:
    """Words that personnel offices use and tables of ours do not."""
    other = "NIP" if name == "name" else "Nama"
    assert column(staff(f"No|{other}|{heading}|Jabatan\n1|Ani|x1|Analis"), name) == ["x1"]


def test_an_export_of_several_agencies() -> None:
    """A puskesmas or kelurahan stands below the agency that its row names; a unit that bears the agency's name is the agency."""
    found = staff(
        """
        NIP|Nama|Unit Kerja|Unit Organisasi Induk
        x1|A|Dinas Kesehatan|Dinas Kesehatan
        x2|B|Puskesmas Sukamaju|Dinas Kesehatan
        x3|C|BKPSDM|BKPSDM
        x4|D|Kelurahan Melati|Kecamatan Sukamaju
        """
    )
    assert places(found) == [
        ("Dinas Kesehatan", "", ""),
        ("Dinas Kesehatan", "Puskesmas Sukamaju", ""),
        ("BKPSDM", "", ""),
        ("Kecamatan Sukamaju", "Kelurahan Melati", ""),
    ]


def test_a_kecamatan_with_its_kelurahan() -> None:
    """The title names the agency behind the words "daftar pegawai"; its seksi stand beside the secretariat, kelurahan below it."""
    groups = {"I. SEKRETARIAT KECAMATAN": "A", "II. SEKSI PEMERINTAHAN": "B", "III. KELURAHAN MELATI": "C"}
    rows = [line for group, name in groups.items() for line in (f"|{group}|", f"1|{name}|x{name}")]
    found = staff("\n".join(["DAFTAR NAMA PEGAWAI (PNS) DI LINGKUNGAN KECAMATAN SUKAMAJU", "No|Nama|NIP", *rows]))
    assert {path[0] for path in places(found)} == {"KECAMATAN SUKAMAJU"}
    assert [path[1:] for path in places(found)] == [
        ("SEKRETARIAT KECAMATAN", ""),
        ("SEKSI PEMERINTAHAN", ""),
        ("KELURAHAN MELATI", ""),
    ]


@pytest.mark.parametrize(
    ("unit", "path"),
    [
        ("Dinas Pekerjaan Umum, Bidang Bina Marga", ("Dinas Pekerjaan Umum", "Bidang Bina Marga", "")),
        ("Dinas Perindustrian, Perdagangan dan Koperasi", ("Dinas Perindustrian, Perdagangan dan Koperasi", "", "")),
    ],
)
def test_commas_part_units_and_stand_in_names(unit: str, path: tuple[str, str, str]) -> None:
    """A comma parts two units only where both sides are units by their names."""
    assert places(staff(f"No|Nama|NIP|Unit Kerja\n1|A|x1|{unit}")) == [path]


ONCE = "No|Nama|NIP|Bidang\n1|A|x1|\n2|B|x2|Sekretariat\n3|C|x3|\n4|D|x4|Bidang Data\n5|E|x5|"


def test_units_that_are_written_once_beside_the_first_of_their_people() -> None:
    """What merged cells become in files that cannot hold them; whoever stands above the first unit has none, and all are counted."""
    found = staff(ONCE)
    assert [path[1] for path in places(found)] == ["", "Sekretariat", "Sekretariat", "Bidang Data", "Bidang Data"]
    assert found.down == 2


@pytest.mark.parametrize("again", ["\n6|F|x6|Sekretariat", None])
def test_empty_units_that_may_mean_something_stay_empty(again: str | None) -> None:
    """A unit that is written twice, or empty cells below the last unit alone, as in the order of ranks."""
    text = ONCE + again if again else ONCE.replace("3|C|x3|\n", "")
    found = staff(text)
    assert found.down == 0
    assert "" in [path[1] for path in places(found)][1:]


def test_whoever_has_an_nip_and_no_name_is_somebody() -> None:
    """A numbered row with an NIP in its own column is a person."""
    found = staff("No|Nama|NIP|Jabatan\n1||198001012005012001|Analis\n2|Budi|198001012005011002|Analis")
    assert column(found, "nip") == ["198001012005012001", "198001012005011002"]


def test_headings_full_of_digits_and_people_without_any() -> None:
    """A heading may hold dates and numbered columns; a row with a number in front is a person, whatever words its cells hold."""
    found = staff("No|Nama|NIP|2026-08-03|2026-08-04|Gaji 2025|Ket|Jabatan\n1|Ani|-|WFO|WFH|1|Pensiun|Kepala\n2|Budi|-|WFO|WFH|2|-|Staf")
    assert column(found, "name") == ["Ani", "Budi"]
    assert found.unknown == ("2026-08-03", "2026-08-04", "Gaji 2025", "Ket")


@pytest.mark.parametrize("born", ["01-01-1980", "1980-01-01", "Contoh, 01-01-1980"])
def test_a_birthday_is_no_nip(born: str) -> None:
    """Eight digits below a name may be a day."""
    found = staff(f"No|Nama / NIP|Jabatan\n1|Ani~{born}|Analis")
    assert (column(found, "name"), column(found, "nip")) == (["Ani"], [""])


@pytest.mark.parametrize("title", ["Nama / Tempat Tgl Lahir", "NAMA, TEMPAT DAN TANGGAL LAHIR", "Nama Pegawai/TTL"])
def test_a_name_beside_a_birthday_in_one_cell(title: str) -> None:
    """The column of an official list names people, with an NIP and without; what else stands in its cells is kept as a note."""
    found = staff(f"No|NIP|{title}|Jabatan\n1|198001012005012001|Ani~Bogor, 1-1-1980|Analis\n2|-|Budi|Pengemudi\n3|-|Citra|Satpam")
    assert column(found, "name") == ["Ani", "Budi", "Citra"]
    assert [tuple(person.notes.values()) for person in found.people] == [("Ani Bogor, 1-1-1980",), (), ()]


def test_people_without_an_nip_below_a_heading_without_names() -> None:
    """A numbered row is a person, and gets a mark of its row, where no column of names is known."""
    found = staff("No|Aparatur|NIP|Jabatan\n1|Ani|198001012005012001|Analis\n2|Budi|-|Pengemudi")
    assert column(found, "id") == ["198001012005012001", "baris-3"]
    assert [person.notes["Aparatur"] for person in found.people] == ["Ani", "Budi"]


def test_headings_in_spread_letters() -> None:
    """They are the words that they spell."""
    found = staff("N O|N A M A|N I P|J A B A T A N|U N I T  K E R J A\n1|Ani|198001012005012001|Analis|Bidang Data")
    expected = {"name": "Ani", "nip": "198001012005012001", "position": "Analis", "unit": "Bidang Data"}
    assert {name: column(found, name)[0] for name in expected} == expected
    assert found.unknown == ()


def test_an_acting_post_of_another_division_leads_nothing_at_home() -> None:
    """The person counts once, in the own division, which gets no head by it; the other row is told."""
    head = "No|Nama|NIP|Jabatan|Unit Kerja"
    found = staff(f"{head}\n1|Ani|198001012005012001|Analis|Bidang Data\n2|Ani|198001012005012001|Plt. Kabid Jalan|Bidang Jalan")
    assert [(person.cells["unit"], person.cells.get("head", "")) for person in found.people] == [("Bidang Data", "")]
    assert why(found, Left.ACTING) == [3] and found.merged == (("Ani", "Plt. Kabid Jalan"),)


def test_a_unit_cut_short_is_the_whole_one() -> None:
    """ "Bid. Data" is "Bidang Data", whichever comes first; "Bidik" is another one."""
    rows = [f"{k}|P{k}|19800101200501200{k}|Analis|{unit}" for k, unit in enumerate(["Bid. Data", "Bidang Data", "Bidik"], start=1)]
    places = staff("\n".join(["No|Nama|NIP|Jabatan|Unit Kerja", *rows])).places
    assert places is not None and [path[1] for path in places.paths] == ["Bidang Data", "Bidang Data", "Bidik"]


def test_an_agency_known_by_the_title_alone() -> None:
    """A unit that the title names is the agency, where no name says what it is."""
    rows = "No|Nama|NIP|Jabatan|Unit\n1|Ani|198001012005012001|Kepala Dinas|DPMPTSP\n2|Budi|198001012005011002|Analis|Bidang Izin"
    places = staff(f"DATA PEGAWAI DPMPTSP\n{rows}").places
    assert places is not None and places.paths == (("DPMPTSP", "", ""), ("DPMPTSP", "Bidang Izin", ""))


LEAVE = """
    DAFTAR CUTI
    No|Nama|NIP|Jenis Cuti|Mulai|Sampai
    1|Ani|198001012005012001|Tahunan|3-8-2026|4-8-2026
    2|Citra||Sakit|3-8-2026|
"""


def test_a_sheet_of_leave_beside_the_list() -> None:
    """It makes nobody, neither again nor anew, and is told as a sheet that holds no list; alone it is read as before."""
    found = staff(PLAIN, LEAVE)
    assert column(found, "name") == ["Ani", "Budi"]
    assert found.unread == ("Sheet 2",) and found.unknown == ()
    assert column(staff(LEAVE), "name") == ["Ani", "Citra"]


def test_a_sheet_of_contracts_beside_the_list() -> None:
    """Days alone make no list of leave: whoever has a contract is a person."""
    contracts = "No|Nama|NIP|Mulai|Sampai\n1|Citra|-|1-1-2026|31-12-2026"
    assert column(staff(PLAIN, contracts), "name") == ["Ani", "Budi", "Citra"]


def test_a_sheet_for_each_division_whose_rows_name_smaller_units() -> None:
    """The name of the sheet is the division of units that are called alike in several of them."""
    rows = "No|Nama|NIP|Jabatan|Seksi/Sub Bidang\n1|P{k}|19800101200501200{k}|Analis|Sub Bidang Umum"
    sheets = [grid(rows.format(k=k), name) for k, name in enumerate(["BIDANG DATA", "BIDANG JALAN"])]
    found = staff_of(sheets, declared=False)
    assert found is not None and found.places is not None
    assert [path[1:] for path in found.places.paths] == [("BIDANG DATA", "Sub Bidang Umum"), ("BIDANG JALAN", "Sub Bidang Umum")]
