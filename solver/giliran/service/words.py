"""What the local page says beside what the page of a plan says: its script takes them by their keys and fills in what stands in braces."""

from __future__ import annotations

from collections.abc import Mapping

from giliran.messages import Lang, Sentence

_WORDS: Mapping[str, Sentence] = {
    "undo": Sentence(en="Undo", id="Urungkan"),
    "replan": Sentence(en="Plan again", id="Susun ulang"),
    "replan_hint": Sentence(
        en="The fewest changes that keep every rule; what you set stays as far as the rules allow",
        id="Perubahan sesedikit mungkin agar semua aturan dipenuhi; isian Anda tetap selama aturan mengizinkan",
    ),
    "cancel": Sentence(en="Cancel", id="Batalkan"),
    "save": Sentence(en="Save workbook", id="Simpan Excel"),
    "saving": Sentence(en="Saving …", id="Menyimpan …"),
    "planning": Sentence(en="Planning …", id="Menyusun jadwal …"),
    "planning_parts": Sentence(
        en="Planning … groups planned: {done} of {total}", id="Menyusun jadwal … kelompok selesai: {done} dari {total}"
    ),
    "cancelled": Sentence(en="Cancelled; the plan is as it was.", id="Dibatalkan; jadwal tidak berubah."),
    "put": Sentence(en="Set to {place}", id="Ubah menjadi {place}"),
    "name": Sentence(en="Name for duty: {rule}", id="Tunjuk sebagai petugas piket: {rule}"),
    "unname": Sentence(en="Take off duty: {rule}", id="Lepas dari piket: {rule}"),
    "why": Sentence(en="Why?", id="Mengapa?"),
    "substitutes": Sentence(en="Who else?", id="Siapa pengganti?"),
    "substitutes_duty": Sentence(en="Who else for {rule}?", id="Siapa pengganti piket {rule}?"),
    "asking": Sentence(en="Looking …", id="Mencari jawaban …"),
    "fixed": Sentence(
        en="Nothing to set here: no work, or away.", id="Tidak ada yang dapat diubah di sini: bukan hari kerja, atau tidak masuk."
    ),
    "breaks": Sentence(en="This breaks:", id="Akibatnya tidak dipenuhi:"),
    "keeps": Sentence(en="This breaks no rule that must hold.", id="Semua aturan wajib tetap dipenuhi."),
    "mended": Sentence(en="Mended by this: {count}.", id="Menjadi terpenuhi: {count}."),
    "more_broken": Sentence(en="further ones under Findings: {count}", id="lainnya pada Catatan: {count}"),
    "changed": Sentence(en="Changed: {who}, {day}: {place}.", id="Diubah: {who}, {day}: {place}."),
    "undone": Sentence(en="Taken back.", id="Diurungkan."),
    "saved": Sentence(en="Saved: {file}", id="Tersimpan: {file}"),
    "saved_broken": Sentence(
        en="Saved: {file}. Broken rules that must hold: {count}; its sheets tell them.",
        id="Tersimpan: {file}. Aturan wajib yang tidak dipenuhi: {count}; lembar-lembarnya menyebutkannya.",
    ),
    "gone": Sentence(
        en="giliran does not answer: it was ended, or the connection is cut. What was answered is kept.",
        id="giliran tidak menjawab: sudah diakhiri, atau sambungan terputus. Yang sudah dijawab tersimpan.",
    ),
    "hint": Sentence(
        en="Double click on a day, or Enter or Space, changes it; a click shows what is known about it.",
        id="Klik dua kali, Enter, atau Spasi pada suatu hari mengubahnya; klik sekali menampilkan keterangannya.",
    ),
    "tools": Sentence(en="Change the plan", id="Ubah jadwal"),
}


def serve_words(lang: Lang) -> dict[str, str]:
    """All of it in one language."""
    return {key: getattr(sentence, lang) for key, sentence in _WORDS.items()}
