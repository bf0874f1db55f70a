"""Why something that a letter says became no choice, and what a planner should know of a choice that it became."""

from giliran.messages import Sentence

NO_SHARE = Sentence(
    en="no share that holds for everybody was found in the letter", id="dalam surat tidak ditemukan persentase yang berlaku umum"
)
SEVERAL = Sentence(
    en="the letter gives several shares; which of them holds here has to be chosen",
    id="surat memuat beberapa persentase; pilih mana yang berlaku di sini",
)
UNSAID = Sentence(
    en="the letter says neither 'at most' nor 'at least'; choose that if it is meant",
    id="surat tidak menyebut 'paling banyak' atau 'paling sedikit'; pilih itu bila demikian maksudnya",
)
THIRDS = Sentence(
    en="thirds are no exact percentage; rounded so that a third of 30 people stays 10",
    id="sepertiga tidak tepat dalam persen; dibulatkan agar sepertiga dari 30 pegawai tetap 10",
)
AT_HOME = Sentence(en="the letter sends staff home and gives no number", id="surat mengatur WFH tanpa menyebut angka")
OF_THE_DAY = Sentence(en="read as the share of the weekday at home", id="dibaca sebagai persentase pada hari WFH itu")
WORK_UNIT = Sentence(
    en="the letter says 'unit kerja'; which level that is here has to be chosen",
    id="surat menyebut 'unit kerja'; pilih tingkat mana yang dimaksud di sini",
)
CONDITION = Sentence(
    en="holds only where the letter says so: {condition}; choose what is true here",
    id="berlaku hanya dengan syarat dalam surat: {condition}; pilih yang sesuai keadaan di sini",
)
OF_OTHERS = Sentence(
    en="of some staff or agencies alone ({whom}); a single limit cannot say that",
    id="hanya bagi pegawai atau perangkat daerah tertentu ({whom}); satu batas tidak dapat menyatakannya",
)
IF_NEEDED = Sentence(
    en="only if needed; write it as a rule of its own with a reason (`giliran guide circular files`)",
    id="hanya bila diperlukan; tulis sebagai aturan tersendiri dengan alasan (`giliran guide berkas surat edaran`)",
)
DOUBT = Sentence(en="the number in digits is not the one in words", id="angka dan huruf pada bilangan ini berbeda")
ONE_MORE = Sentence(
    en="a further share beside those that were taken; list the letter twice if both hold",
    id="persentase lain di samping yang diusulkan; tulis surat ini dua kali bila keduanya berlaku",
)
SAME_ON_DATES = Sentence(en="the same on these days as on all others", id="pada tanggal itu sama dengan hari-hari lain")
HEADLINE = Sentence(
    en="repeats, shorter, a share that another sentence gives for some staff alone",
    id="mengulang secara singkat persentase yang di kalimat lain hanya bagi sebagian pegawai",
)
BESIDE = Sentence(
    en="stands beside what was proposed, which already answers the question", id="di samping usulan yang sudah menjawab pertanyaannya"
)
FLEXIBLE = Sentence(
    en="the letter says FWA, flexible working: read as not in the office; see whether it means hours instead",
    id="surat menyebut FWA, kerja fleksibel: dibaca sebagai WFH; periksa apakah yang dimaksud jam kerja",
)
CLASH = Sentence(en="contradicts another sentence", id="bertentangan dengan kalimat lain")
MEETING = Sentence(en="about meetings, no limit on staff", id="tentang rapat, bukan batas pegawai")
ROOM = Sentence(
    en="about the room, not about staff; answer the limit if staff are meant",
    id="tentang kapasitas ruang, bukan jumlah pegawai; isi batasnya bila yang dimaksud pegawai",
)
DISCRETION = Sentence(en="left to the head of the agency: no number", id="diserahkan kepada pimpinan: tanpa angka")
REVOKES = Sentence(
    en="another letter holds no longer; if it was planned under, name it under `replaces`",
    id="surat lain tidak berlaku lagi; bila pernah dipakai, sebutkan pada `replaces`",
)
EXTENDS = Sentence(
    en="an earlier letter goes on; keep its account of turns (`giliran guide next week`)",
    id="surat sebelumnya diperpanjang; lanjutkan buku gilirannya (`giliran guide minggu berikutnya`)",
)
SESSIONS = Sentence(en="about sessions within a day, which are not planned", id="tentang sesi dalam sehari, yang tidak dijadwalkan")
KEPT_DAY = Sentence(
    en="no other day stands for a day at home on a holiday, nor does one in the plan",
    id="hari WFH yang jatuh pada hari libur tidak dipindahkan, begitu pula dalam jadwal",
)
OTHER_DATES = Sentence(en="further dates", id="tanggal lain")
PERMITTED = Sentence(en="a permission, no duty", id="boleh, bukan wajib")
WEEKDAYS = Sentence(en="`umum` takes one weekday that everybody works at home", id="`umum` menerima satu hari WFH bagi semua pegawai")
OFFICE_DAYS = Sentence(en="weekdays in the office: all days but the one at home", id="hari WFO: semua hari selain hari WFH")
UNITS = Sentence(
    en="units by name: asked in the question about units that work in full",
    id="unit kerja yang disebut: ditanyakan pada unit kerja yang bekerja penuh",
)
NO_NUMBER = Sentence(en="duty without a number; answer how many", id="piket tanpa jumlah; isi berapa orang")
MORE_PEOPLE = Sentence(en="a further number of people beside the one that was taken", id="jumlah orang lain di samping yang diusulkan")
AT_MOST_PEOPLE = Sentence(
    en="at most so many people: `umum` has shares for that", id="paling banyak sekian orang: `umum` memakai persentase untuk itu"
)
STAFF_AT_HOME = Sentence(
    en="`umum` asks who stays in the office, not who is at home by office; write a rule of its own (`giliran guide circular files`)",
    id="`umum` menanyakan siapa yang tetap WFO, bukan jabatan yang WFH; tulis aturan tersendiri (`giliran guide berkas surat edaran`)",
)
AT_MOST_DUTY = Sentence(
    en="at most so many on duty: `umum` takes the number that has to be; answer how many",
    id="paling banyak sekian petugas piket: `umum` memakai jumlah yang wajib ada; isi berapa orang",
)
PART_OF_DAYS = Sentence(
    en="a share of each person's days; `umum` takes numbers of days a week",
    id="bagian dari hari kerja setiap pegawai; `umum` memakai jumlah hari seminggu",
)
MORE_DAYS = Sentence(en="a further number of days", id="jumlah hari lain")
ONCE_A_WEEK = Sentence(en="the same as the weekday at home", id="sama dengan hari WFH itu")
EITHER = Sentence(en="both a duty and a permission in the letter", id="surat menyebut wajib dan juga boleh")
