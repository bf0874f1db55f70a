"""Ranks from the names of positions, by the traps that lists hold."""

from __future__ import annotations

import pytest

from giliran.lists.positions import given_rank, is_asn, read_position

RANKS = {
    "Kepala Dinas": "jpt_pratama",
    "Kepala Badan Pendapatan Daerah": "jpt_pratama",
    "Kasatpol PP": "jpt_pratama",
    "Staf Ahli Bupati Bidang Hukum": "jpt_pratama",
    "Asisten Perekonomian dan Pembangunan": "jpt_pratama",
    "Sekretaris DPRD": "jpt_pratama",
    "Inspektur": "jpt_pratama",
    "Sekretaris Dinas": "administrator",
    "Sekretaris": "administrator",
    "Kepala Bidang Arsip": "administrator",
    "Kabag Umum": "administrator",
    "Inspektur Pembantu Wilayah I": "administrator",
    "Irban II": "administrator",
    "Camat": "administrator",
    "Sekcam": "administrator",
    "Penelaah Teknis Kebijakan": "pelaksana",
    "Pengolah Data dan Informasi": "pelaksana",
    "Petugas Loket": "pelaksana",
    "Wakil Direktur Pelayanan": "administrator",
    "Ka. Subbag Umum": "pengawas",
    "Kepala Sub Bagian Keuangan": "pengawas",
    "Kasubag Perencanaan": "pengawas",
    "Kasi Pelayanan": "pengawas",
    "Kasubbid Aset": "pengawas",
    "Lurah": "pengawas",
    "Kepala UPTD Pasar": "pengawas",
    "Kepala UPTD Puskesmas Sukamaju": "fungsional",
    "Kepala Subag Umum": "pengawas",
    "Kepala Satpol PP": "jpt_pratama",
    "Kepala SMPN 3": "fungsional",
    "Asisten II": "jpt_pratama",
    "JFU": "pelaksana",
    "Jabatan Pelaksana": "pelaksana",
    "Staf Khusus Bupati": "",
    "Sekretaris Desa": "",
    "Administrator Database Kependudukan Ahli Muda": "fungsional",
    "Pengawas Sekolah Ahli Madya": "fungsional",
    "Asisten Apoteker Terampil": "fungsional",
    "Inspektur Tambang Ahli Muda": "fungsional",
    "Arsiparis Penyelia": "fungsional",
    "Sub-Koordinator Perencanaan": "fungsional",
    "Analis Kebijakan Ahli Muda/Sub Koordinator Umum": "fungsional",
    "Ketua Tim Kerja Data": "fungsional",
    "Guru": "fungsional",
    "Kepala Sekolah": "fungsional",
    "Kepala Puskesmas": "fungsional",
    "Bidan": "fungsional",
    "Penata Layanan Operasional": "pelaksana",
    "Operator Layanan Operasional": "pelaksana",
    "Pengelola Umum Operasional": "pelaksana",
    "Pengadministrasi Perkantoran": "pelaksana",
    "Staf": "pelaksana",
    "Pranata Komputer": "fungsional",
    "Pranata Hubungan Masyarakat": "fungsional",
    "Statistisi": "fungsional",
    "Perencana": "fungsional",
    "Analis Kebijakan": "fungsional",
    "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah": "fungsional",
    "Pengawas Lingkungan Hidup": "fungsional",
    "Nutrisionis": "fungsional",
    "Teknisi Elektromedis": "fungsional",
    "Teknik Jalan dan Jembatan": "fungsional",
    "Bendahara": "pelaksana",
    "Bendahara Pengeluaran Pembantu": "pelaksana",
    "Operator Komputer": "pelaksana",
    "Verifikator Keuangan": "pelaksana",
    "Penyusun Laporan Keuangan": "pelaksana",
    "Pengelola Kepegawaian": "pelaksana",
    "Pramubakti": "pelaksana",
    "Pramu Kebersihan": "pelaksana",
    "Petugas Kebersihan": "pelaksana",
    "Pengemudi": "pelaksana",
    "Satpam": "pelaksana",
    "Penjaga Malam": "pelaksana",
    "Teknisi Jaringan": "pelaksana",
    "Ajudan Bupati": "pelaksana",
    "Analis": "",
    "Analis Sumber Daya Manusia Aparatur": "",
    "Perencana Program": "",
    "Pengelola Pengadaan Barang/Jasa": "",
    "Operator SIAK": "",
    "Polisi Pamong Praja": "",
    "Pengawas": "",
    "Bidang Arsip": "",
    "Kepala Ruangan Melati": "",
    "Kepala Instalasi Farmasi": "",
    "Danru": "",
    "Sekretaris Pimpinan": "",
    "Pembina": "",
    "Penata Tk. I": "",
    "Tenaga Kebersihan": "",
    "Sekretaris Daerah": "",
    "Direktur RSUD": "",
    "Plt. Kepala Dinas": "",
}


@pytest.mark.parametrize("position", RANKS)
def test_rank_of_a_position(position: str) -> None:
    """Echelons, functional grades before structural words, and nothing where the name does not tell."""
    assert read_position(position).rank == RANKS[position]


@pytest.mark.parametrize(
    "text",
    [
        "Kepala Bidang Data; Plt. Kepala Dinas",
        "Sekretaris / Plt. Kepala Dinas",
        "Sekretaris (Plt. Kepala Dinas)",
        "Plt. Kepala Dinas / Sekretaris Dinas",
        "Kabid Data selaku Plh. Sekretaris",
        "Plt. Kepala Dinas\nKepala Bidang Data",
        "Kabid Data merangkap Plh. Sekretaris",
    ],
)
def test_of_two_posts_the_definitive_one_counts(text: str) -> None:
    """The acting post makes somebody a head, and gives no rank."""
    found = read_position(text)
    assert (found.rank, found.head) == ("administrator", True)


@pytest.mark.parametrize("position", ["Koordinator Data", "Direktur RSUD", "Kepala UPTD Pasar", "Sekretaris Daerah"])
def test_what_custom_decides_is_asked(position: str) -> None:
    """Never guessed in silence: both languages say what to look at."""
    ask = read_position(position).ask
    assert ask is not None
    assert ask.text("en") != ask.text("id")


@pytest.mark.parametrize(
    ("status", "nip", "asn"),
    [("PNS", "", True), ("PPPK Paruh Waktu", "", True), ("Tenaga Kontrak", "1" * 18, False), ("", "1" * 18, True), ("", "1" * 16, False)],
)
def test_ranks_are_for_civil_servants(status: str, nip: str, asn: bool) -> None:
    """By status; without one by an NIP of 18 digits."""
    assert is_asn(status, nip) is asn


@pytest.mark.parametrize(
    ("cells", "rank"),
    [
        ({"echelon": "II.b", "rank": "Jabatan Struktural", "position": "Kepala Dinas"}, "II.b"),
        (
            {"echelon": "Non Eselon", "rank": "Jabatan Fungsional Tertentu", "position": "Kepala UPT"},
            "Jabatan Fungsional Tertentu",
        ),
        ({"rank": "Jabatan Struktural", "position": "Kepala Dinas"}, ""),
        ({"rank": "Satgas"}, "Satgas"),
        ({"position": "Kepala Dinas"}, ""),
    ],
)
def test_a_filled_echelon_or_kind_of_position_wins(cells: dict[str, str], rank: str) -> None:
    """An echelon before a kind, a kind before the position, unless it says no more than "structural"."""
    assert given_rank(cells) == rank
