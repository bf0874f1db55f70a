"""Why cells of the staff table were guessed."""

from giliran.messages import Sentence

SAME_NIP = Sentence(
    en="the list gives the NIP {nip} of {name} here too, so a mark stands in its place; correct it",
    id="dalam daftar NIP-nya sama dengan {name} ({nip}), jadi diganti penanda; perbaiki",
)
MARK = Sentence(en="no NIP in the list: a mark made of the name", id="tanpa NIP dalam daftar: penanda dibuat dari namanya")
RANK = Sentence(en="read from the position ('{phrase}')", id="dibaca dari nama jabatan ('{phrase}')")
ASK = Sentence(en="read from the position ('{phrase}'): {why}", id="dibaca dari nama jabatan ('{phrase}'): {why}")
NO_RANK = Sentence(
    en="no rank can be read from this position; who has none is meant by no rule that selects by rank",
    id="kelompok jabatan tidak dapat dibaca dari nama jabatan ini; pegawai tanpa kelompok jabatan tidak kena aturan menurut jabatan",
)
WITH_HEADS = Sentence(
    en="'{phrase}': by your answer they stay with the heads", id="'{phrase}': menurut jawaban Anda ikut ketentuan pimpinan"
)
ANSWERED = Sentence(en="'{phrase}': by your answer", id="'{phrase}': menurut jawaban Anda")
UNREAD = Sentence(
    en="'{text}' in the list cannot be read here; it is kept as a note",
    id="'{text}' dalam daftar tidak terbaca di sini; disimpan sebagai catatan",
)
FROM_HEADING = Sentence(en="from the heading '{status}' of the list", id="dari judul kelompok '{status}' dalam daftar")
FROM_NIP = Sentence(en="guessed from the form of the NIP", id="diduga dari bentuk NIP")
FROM_GRADE = Sentence(en="guessed from the grade '{grade}'", id="diduga dari golongan '{grade}'")
WITHOUT_NIP = Sentence(en="guessed because there is no NIP", id="diduga karena tidak ada NIP")
ACTING = Sentence(en="leads the unit: {posts}", id="memimpin unit kerja: {posts}")
DOWN = Sentence(en="left empty in the list; taken from the row above", id="kosong dalam daftar; dianggap sama dengan baris di atasnya")
NO_UNIT = Sentence(en="the list names no unit; the agency was taken", id="daftar tidak menyebut unit kerjanya; dipakai perangkat daerahnya")
ABOVE = Sentence(
    en="below the heading '{status}', which names no unit; that of the heading above it was taken",
    id="di bawah judul '{status}', yang tidak menyebut unit kerja; dipakai unit kerja dari judul di atasnya",
)
LONE = Sentence(
    en="{tag}, alone in the agency: with the mark in the office every day, so it is not proposed; write it if that is meant",
    id="{tag} satu-satunya di perangkat daerah: dengan tanda ini WFO setiap hari, jadi tidak diusulkan; isi bila memang demikian",
)
TAG = Sentence(en="proposed because of the position ('{word}')", id="diusulkan karena jabatannya ('{word}')")
MARKED = Sentence(
    en="proposed because of the position ('{word}'): by the answers about the letter whoever has the mark {mark} stays in the office",
    id="diusulkan karena jabatannya ('{word}'): menurut jawaban tentang surat, pegawai bertanda {mark} tetap di kantor",
)
NOTED = Sentence(en="the list says '{remark}'", id="daftar menyebut '{remark}'")
LEAVES = Sentence(
    en="the list says '{remark}': proposed as the last day of work; empty this cell if that is wrong",
    id="daftar menyebut '{remark}': diusulkan sebagai hari kerja terakhir; kosongkan sel ini bila keliru",
)
GONE = Sentence(
    en="the list says '{remark}': proposed as not counted; empty this cell if the person does work here",
    id="daftar menyebut '{remark}': diusulkan tidak dihitung; kosongkan sel ini bila masih bertugas di sini",
)
KEPT = Sentence(
    en="'{word}': proposed to stay in the office; empty this cell if the person takes turns too",
    id="'{word}': diusulkan tetap di kantor; kosongkan sel ini bila ikut bergiliran",
)
