"""What a page says by itself: headings, labels, hints. Its script takes them by their keys, and fills in what stands in braces."""

from __future__ import annotations

from collections.abc import Mapping

from giliran.messages import Lang, Sentence

_WORDS: Mapping[str, Sentence] = {
    "skip": Sentence(en="To the plan", id="Langsung ke jadwal"),
    "noscript": Sentence(
        en="This page shows its plan by a script inside it. Save the file and open it in a browser: it loads nothing from elsewhere.",
        id="Halaman ini menampilkan jadwal dengan skrip di dalamnya. Simpan berkas ini lalu buka di peramban: tidak ada yang diambil dari "
        "luar.",
    ),
    "theme": Sentence(en="Dark", id="Gelap"),
    "print": Sentence(en="Print", id="Cetak"),
    "views": Sentence(en="Parts of the page", id="Bagian halaman"),
    "grid": Sentence(en="Plan", id="Jadwal"),
    "heat": Sentence(en="Limits", id="Batas"),
    "duty": Sentence(en="Duty", id="Piket"),
    "fairness": Sentence(en="Fairness", id="Keadilan"),
    "findings": Sentence(en="Findings", id="Catatan"),
    "changes": Sentence(en="Changes", id="Perubahan"),
    "answers": Sentence(en="Why", id="Mengapa"),
    "filters": Sentence(en="Search and choose", id="Cari dan pilih"),
    "search": Sentence(en="Name, NIP, position, unit", id="Nama, NIP, jabatan, unit kerja"),
    "search_label": Sentence(en="Search (key /)", id="Cari (tombol /)"),
    "unit": Sentence(en="Unit", id="Unit kerja"),
    "all_units": Sentence(en="all units", id="semua unit kerja"),
    "day": Sentence(en="Day", id="Hari"),
    "all_days": Sentence(en="all days", id="semua hari"),
    "place": Sentence(en="Place", id="Tempat"),
    "all_places": Sentence(en="any", id="semua"),
    "changed_only": Sentence(en="changed", id="berubah"),
    "on_duty_only": Sentence(en="on duty", id="petugas piket"),
    "clear": Sentence(en="Clear", id="Hapus pilihan"),
    "shown": Sentence(en="{shown} of {all} people", id="{shown} dari {all} pegawai"),
    "nobody": Sentence(en="Nobody is like that.", id="Tidak ada yang cocok."),
    "nothing": Sentence(en="Nothing to tell.", id="Tidak ada yang perlu disebutkan."),
    "more": Sentence(en="{count} more", id="{count} lagi"),
    "key": Sentence(en="Key", id="Keterangan"),
    "person": Sentence(en="Name", id="Nama"),
    "on_duty": Sentence(en="on duty: {rules}", id="petugas piket: {rules}"),
    "on_duty_key": Sentence(en="on duty", id="petugas piket"),
    "changed_key": Sentence(en="changed against the published plan", id="berubah dari jadwal yang sudah ditetapkan"),
    "named_now": Sentence(en="now on duty ({rule})", id="menjadi petugas piket ({rule})"),
    "named_before": Sentence(en="no longer on duty ({rule})", id="tidak lagi menjadi petugas piket ({rule})"),
    "broken_key": Sentence(en="breaks a rule that must hold", id="tidak memenuhi aturan wajib"),
    "told_key": Sentence(en="a finding tells of it", id="ada catatan"),
    "broken": Sentence(en="broken", id="ketidaksesuaian"),
    "cost": Sentence(en="cost", id="berbiaya"),
    "note": Sentence(en="note", id="catatan"),
    "at_limit": Sentence(en="exactly at the limit", id="tepat pada batas"),
    "limit": Sentence(en="Limit", id="Batas"),
    "everybody": Sentence(en="All people in the office, without a limit", id="Semua pegawai WFO, tanpa batas"),
    "office_home": Sentence(en="WFO {office}, WFH {home}", id="WFO {office} dan WFH {home}"),
    "counts_office": Sentence(en="people in the office / limit", id="pegawai WFO / batas"),
    "counts_home": Sentence(en="people at home / limit", id="pegawai WFH / batas"),
    "heat_key": Sentence(en="the stronger the colour, the nearer to the limit", id="makin kuat warnanya, makin dekat ke batas"),
    "not_printed": Sentence(
        en="Rows that are not printed: {count}. Choose a unit, or print the workbook.",
        id="{count} baris lagi tidak dicetak: pilih unit kerja, atau cetak berkas Excel.",
    ),
    "group": Sentence(en="Group", id="Kelompok"),
    "heat_label": Sentence(en="People per group and day against the limit", id="Jumlah pegawai per kelompok dan hari terhadap batas"),
    "grid_label": Sentence(en="Plan, people by days", id="Jadwal, pegawai menurut hari"),
    "grid_help": Sentence(
        en="Arrow keys move, Home and End go to the ends, Enter shows more, Escape goes back, / searches.",
        id="Tombol panah untuk berpindah, Home dan End ke ujung, Enter untuk rincian, Escape untuk kembali, / untuk mencari.",
    ),
    "fair_days": Sentence(en="{low} to {high} days, mean fair share {share}", id="{low} sampai {high} hari, jatah rata-rata {share}"),
    "fair_same": Sentence(en="{low} days each, mean fair share {share}", id="masing-masing {low} hari, jatah rata-rata {share}"),
    "fair_differences": Sentence(en="differences {low} to {high}", id="selisih {low} sampai {high}"),
    "fair_members": Sentence(en="people: {count}", id="{count} pegawai"),
    "fair_key": Sentence(
        en="The bar goes from the fewest to the most office days of a member; the line is the mean fair share.",
        id="Batang: hari giliran paling sedikit sampai paling banyak di antara anggota; garis: jatah rata-rata.",
    ),
    "close": Sentence(en="Close", id="Tutup"),
    "detail": Sentence(en="Details", id="Rincian"),
    "no_unit": Sentence(en="Without a unit", id="Tanpa unit kerja"),
    "days_of": Sentence(en="WFO {office} · WFH {home} · away {away}", id="WFO {office} · WFH {home} · tidak bertugas {away}"),
    "was_becomes": Sentence(en="before: {was}, now: {becomes}", id="semula {was}, menjadi {becomes}"),
    "because": Sentence(en="{what}, because {because}", id="{what}, karena {because}"),
    "no_changes": Sentence(
        en="Nothing changes against the published plan.", id="Tidak ada yang berubah dari jadwal yang sudah ditetapkan."
    ),
    "made": Sentence(en="Made with Giliran", id="Disusun dengan Giliran"),
}


def page_words(lang: Lang) -> dict[str, str]:
    """Every word of the page by its key; what stands in braces is left for the script."""
    return {key: getattr(sentence, lang) for key, sentence in _WORDS.items()}
