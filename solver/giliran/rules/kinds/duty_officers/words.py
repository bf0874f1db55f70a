"""Sentences of the rule about duty officers."""

from __future__ import annotations

from giliran.messages import Sentence

NEEDED = Sentence(
    en="{group}, {day}: duty officers needed {need} of {size} available",
    id="{group}, {day}: perlu {need} petugas piket dari {size} orang yang tersedia",
)
TOGETHER = Sentence(
    en="{groups}, {day}: duty officers needed together {need} of {size} available",
    id="{groups}, {day}: bersama-sama perlu {need} petugas piket dari {size} orang yang tersedia",
)
AT_LEAST = Sentence(
    en="At least {count} duty {count:officer|officers} in the office, {per}.", id="Paling sedikit {count} petugas piket WFO, {per}."
)
EXACTLY = Sentence(
    en="Exactly {count} of those eligible for duty in the office, {per}.",
    id="Tepat {count} orang yang memenuhi syarat piket WFO, {per}.",
)
MUST_ONLY = Sentence(
    en="`against_caps: {mode}` changes what must hold, but this rule is only a `should`",
    id="`against_caps: {mode}` mengubah hal yang wajib, padahal aturan ini hanya `should`",
)
NOT_BESIDE = Sentence(
    en="`one_each` cannot stand beside `{key}`: who counts for which duty would be open there",
    id="`one_each` tidak dapat ditulis bersama `{key}`: tidak pasti siapa yang dihitung untuk piket mana",
)
ASKS_NOBODY = Sentence(
    en="`everybody` cannot stand beside `{key}`: nobody is asked for there",
    id="`everybody` tidak dapat ditulis bersama `{key}`: di situ tidak ada yang diminta",
)
MIXED = Sentence(
    en="of the rules of `one_each: {name}` only some say `everybody`: {rules}",
    id="dari aturan dengan `one_each: {name}` hanya sebagian yang memuat `everybody`: {rules}",
)
AT_MOST = Sentence(
    en="Everybody eligible who is in the office has one of at most {count} {count:place|places}, {per}.",
    id="Setiap orang yang memenuhi syarat dan WFO mendapat satu dari paling banyak {count} tempat, {per}.",
)
OTHERWISE = Sentence(
    en="rules of `one_each: {name}` that only should hold cost the same in the same tier, but {rules} do not",
    id="aturan dengan `one_each: {name}` yang hanya sebaiknya dipenuhi harus bernilai sama pada tingkat yang sama, "
    "sedangkan {rules} berbeda",
)
EACH = Sentence(
    en="{first} Nobody stands for two duties of “{name}” on a day.",
    id="{first} Tidak ada yang memegang dua piket “{name}” pada hari yang sama.",
)
NO_REST = Sentence(
    en="`rest` cannot stand beside `{key}`: who has the duty would be open there",
    id="`rest` tidak dapat ditulis bersama `{key}`: tidak pasti siapa yang bertugas",
)
REST_DAYS = Sentence(
    en="`rest` follows duty on call days, and `days` of this rule names none",
    id="`rest` berlaku setelah piket di luar hari kerja, padahal `days` aturan ini tidak menyebut hari seperti itu",
)
WRITE_DAYS = Sentence(
    en="Name the days of this duty, such as `weekdays: [sat, sun]` in `days`.",
    id="Sebutkan hari piketnya, misalnya `weekdays: [sat, sun]` dalam `days`.",
)
UNPAIRED = Sentence(
    en="no other rule has `one_each: {name}`, so it changes nothing",
    id="tidak ada aturan lain dengan `one_each: {name}`, jadi isian itu tidak mengubah apa pun",
)
RESTING = Sentence(
    en="{first} After duty on a call day the next {days:working day|working days} ({days}) {place}.",
    id="{first} Setelah piket di luar hari kerja, {days} hari kerja berikutnya {place}.",
)
REST_SHARED = Sentence(
    en="`rest` cannot stand where somebody may have the duty of two units (`also`): for which of them would be open there",
    id="`rest` tidak dapat dipakai bila seseorang dapat bertugas untuk dua unit kerja (`also`): tidak pasti untuk unit kerja yang mana",
)
