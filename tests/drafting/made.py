"""Lists in the manner of real ones: an export of a whole government, a list in the order of ranks, a hospital; all people are invented."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = list[list[str]]

FIRST = ("Ani", "Budi", "Citra", "Dedi", "Eka", "Fitri", "Gilang", "Hana", "Indra", "Joko", "Kartika", "Lukman", "Maya", "Nanda", "Oki")
LAST = ("Saputra", "Lestari", "Wibowo", "Anggraini", "Pratama", "Siregar", "Hidayat", "Permata")


def person(k: int) -> tuple[str, str]:
    """Name and NIP of the k-th invented person: born and appointed on impossible days of the right form."""
    name = f"{FIRST[k % len(FIRST)]} {LAST[k % len(LAST)]} {'ABCDEFGHIJ'[k // 15 % 10]}"
    return name, f"19{60 + k % 40:02d}0{1 + k % 9}1520{10 + k % 10:02d}0{1 + k % 9}{1 + k % 2}{k:03d}"


EXPORT_HEAD = ["NO", "NIP BARU", "NAMA", "TEMPAT LAHIR", "GOL. AKHIR", "JABATAN", "JENIS JABATAN", "ESELON", "UNIT KERJA"]
EXPORT_HEAD += ["UNIT ORGANISASI INDUK", "KEDUDUKAN HUKUM", "JENIS PEGAWAI"]

AGENCIES = {
    "Dinas Kesehatan": {
        "Dinas Kesehatan": [("Kepala Dinas Kesehatan", "II.b")],
        "Sekretariat": [("Sekretaris", "III.a"), ("Kepala Sub Bagian Umum", "IV.a"), ("Bendahara", ""), ("Pengelola Kepegawaian", "")],
        "Bidang Pencegahan Penyakit": [("Kepala Bidang Pencegahan Penyakit", "III.b"), ("Epidemiolog Ahli Muda", ""), ("Analis Data", "")],
        "Puskesmas Sukamaju": [("Kepala Puskesmas", ""), ("Dokter Ahli Pertama", ""), ("Bidan Terampil", ""), ("Perawat Mahir", "")],
        "Puskesmas Mekarsari": [("Kepala Puskesmas", ""), ("Dokter Ahli Pertama", ""), ("Bidan Terampil", ""), ("Pengadministrasi", "")],
    },
    "Dinas Pendidikan": {
        "Dinas Pendidikan": [("Kepala Dinas Pendidikan", "II.b")],
        "Sekretariat": [("Sekretaris", "III.a"), ("Kasubbag Keuangan", "IV.a"), ("Operator Dapodik", ""), ("Staf", "")],
        "Bidang Sekolah Dasar": [("Kepala Bidang Sekolah Dasar", "III.b"), ("Sub Koordinator Kurikulum", ""), ("Analis Kurikulum", "")],
    },
    "BKPSDM": {
        "BKPSDM": [("Kepala Badan", "II.b")],
        "Sekretariat": [("Sekretaris", "III.a"), ("Kasubbag Umum", "IV.a"), ("Staf", ""), ("Staf", "")],
        "Bidang Mutasi": [("Plt. Kepala Bidang Mutasi", ""), ("Analis SDM Aparatur Ahli Muda", ""), ("Pengelola Data", "")],
    },
}


def export() -> Rows:
    """An export of a whole government: three agencies, two puskesmas, no titles; somebody on unpaid leave, a PPPK, an acting head."""
    rows = [EXPORT_HEAD]
    for agency, units in AGENCIES.items():
        for unit, posts in units.items():
            for post, echelon in posts:
                k = len(rows)
                name, nip = person(k)
                status, law = "PNS", "Aktif"
                if k % 11 == 0:
                    status, nip = "PPPK", f"{nip[:12]}21{nip[14:]}"
                if post == "Pengelola Data":
                    law = "CLTN"
                kind = "Struktural" if echelon else "Fungsional" if "Ahli" in post else "Pelaksana" if k % 2 else ""
                rows.append([str(k), nip, name, "Contoh", "III/c", post, kind, echelon, unit, agency, law, status])
    return rows


def ranked() -> Rows:
    """A list in the order of ranks with titles, a heading in two lines, names and NIP in one cell, remarks, and a signature."""
    posts = [
        ("Kepala Dinas", "IV/c", "II.b", "Dinas Pertanian", ""),
        ("Sekretaris", "IV/b", "III.a", "Sekretariat", ""),
        ("Kepala Bidang Tanaman Pangan", "IV/a", "III.b", "Bidang Tanaman Pangan", ""),
        ("Kepala Bidang Penyuluhan", "IV/a", "III.b", "Bidang Penyuluhan", "MPP mulai 1 Juli 2026"),
        ("Penyuluh Pertanian Ahli Madya", "IV/a", "", "Bidang Penyuluhan", ""),
        ("Sub Koordinator Benih", "III/d", "", "Bidang Tanaman Pangan", ""),
        ("Kepala Subbag Umum", "III/d", "IV.a", "Subbag Umum dan Kepegawaian", ""),
        ("Kepala Seksi Benih", "III/d", "IV.a", "Seksi Benih", ""),
        ("Analis Pakan", "III/c", "", "Bidang Tanaman Pangan", "Tugas Belajar"),
        ("Bendahara", "III/b", "", "Subbag Umum dan Kepegawaian", ""),
        ("Penyuluh Pertanian Ahli Pertama", "III/a", "", "Bidang Penyuluhan", ""),
        ("Pengelola Benih", "II/d", "", "Seksi Benih", ""),
        ("Pengadministrasi Umum", "II/c", "", "Sekretariat", ""),
        ("Staf", "II/b", "", "Bidang Penyuluhan", ""),
    ]
    rows: Rows = [["DAFTAR URUT KEPANGKATAN PEGAWAI"], ["DINAS PERTANIAN KABUPATEN CONTOH"], ["KEADAAN 1 JULI 2026"], []]
    rows += [
        ["NO", "NAMA / NIP", "PANGKAT TERAKHIR", "", "JABATAN", "", "UNIT KERJA", "KET"],
        ["", "", "GOL", "TMT", "NAMA", "ESL", "", ""],
        [str(k) for k in range(1, 9)],
    ]
    for k, (post, grade, echelon, unit, remark) in enumerate(posts, start=1):
        name, nip = person(100 + k)
        both = f"{name}, S.P.\nNIP. {nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"
        rows.append([str(k), both, grade, "01-04-2022", post, echelon, unit, remark])
    return [*rows, [], ["", "", "", "", "", "", "Kepala Dinas,"], ["", "", "", "", "", "", f"NIP. {person(101)[1]}"]]


def hospital() -> Rows:
    """A hospital: groups with counts in which numbers begin again, rooms as units, staff of its own without NIP, cleaners, vacant posts."""
    groups = {
        "I. STRUKTURAL (4 ORANG)": [
            ("Direktur RSUD Contoh", "IV/b", "Direksi"),
            ("Kepala Bagian Tata Usaha", "IV/a", "Bagian Tata Usaha"),
            ("Kepala Sub Bagian Keuangan", "III/d", "Subbag Keuangan"),
            ("Kepala Bidang Pelayanan", "IV/a", "Bidang Pelayanan"),
        ],
        "II. MEDIS DAN PARAMEDIS (5 ORANG)": [
            ("Dokter Ahli Madya", "IV/a", "IGD"),
            ("Perawat Penyelia", "III/d", "IGD"),
            ("Perawat Mahir", "III/b", "Rawat Inap"),
            ("Bidan Terampil", "II/d", "Rawat Inap"),
            ("Kepala Ruangan", "III/c", "Rawat Inap"),
        ],
        "III. NON ASN (5 ORANG)": [
            ("Perawat", "-", "Rawat Inap"),
            ("Administrasi Keuangan", "-", "Subbag Keuangan"),
            ("Petugas Kebersihan", "-", "Bagian Tata Usaha"),
            ("Satpam", "-", "Bagian Tata Usaha"),
            ("Pengadministrasi", "-", "Bagian Tata Usaha"),
        ],
    }
    rows: Rows = [["DATA PEGAWAI RSUD CONTOH"], ["TAHUN 2026"], ["No", "Nama Pegawai", "NIP / NIK", "Gol", "Jabatan", "Ruangan"]]
    at = 200
    for group, posts in groups.items():
        rows.append(["", group])
        for k, (post, grade, room) in enumerate(posts, start=1):
            at += 1
            name, nip = person(at)
            rows.append([str(k), name, "-" if "NON" in group and k % 2 else nip[:16] if "NON" in group else nip, grade, post, room])
    rows.append(["5", "LOWONG", "", "IV.a", "Kepala Seksi Penunjang", "Bidang Pelayanan"])
    return [*rows, ["", "JUMLAH SELURUHNYA", "14"], [], ["", "", "", "", "Direktur,"], ["", "", "", "", f"NIP. {person(201)[1]}"]]


def of_csv(path: Path) -> Rows:
    """The rows of a CSV file with semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [*csv.reader(stream, delimiter=";")]


def write_merged(path: Path, rows: Rows, spanning: Sequence[int] = ()) -> Path:
    """Rows as a workbook: titles merged over all columns, as are groups; equal cells below each other in some columns merged into one."""
    book: Any = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Daftar")
    wide = max(map(len, rows))
    spans = {start: end for column in spanning for start, end in _spans(rows, column)}
    for r, row in enumerate(rows):
        filled = [c for c, text in enumerate(row) if text]
        if len(filled) == 1 and r + 1 < len(rows) and wide > 2 and filled[0] < 2:
            sheet.merge_range(r, filled[0], r, wide - 1, row[filled[0]])
            continue
        for c, text in enumerate(row):
            if text and not any(column == c and top <= r <= bottom for (top, column), bottom in spans.items()):
                sheet.write_string(r, c, text)
    for (top, column), bottom in spans.items():
        sheet.merge_range(top, column, bottom, column, rows[top][column])
    book.close()
    return path


def _spans(rows: Rows, column: int) -> list[tuple[tuple[int, int], int]]:
    """Runs of equal cells in a column, longer than one."""
    found, top = [], 0
    texts = [row[column] if column < len(row) else "" for row in rows]
    for r in range(1, len(texts) + 1):
        if r == len(texts) or texts[r] != texts[top]:
            if texts[top] and r - top > 1:
                found.append(((top, column), r - 1))
            top = r
    return found
