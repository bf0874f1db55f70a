"""Sentences about meetings on given days, and about lists of required people."""

from __future__ import annotations

from giliran.messages import Sentence

MISSED = Sentence(
    en="{person} is {place} on {day} but must be at {meetings}",
    id="{person} {place} pada {day}, padahal wajib menghadiri {meetings}",
)
BY_VIDEO = Sentence(
    en="{meeting} is not urgent and is held by video; nobody has to come",
    id="{meeting} tidak mendesak dan diadakan lewat konferensi video; tidak ada yang wajib WFO",
)
NO_MEETING = Sentence(en="there is no meeting {id}", id="tidak ada rapat {id}")
ALWAYS = Sentence(en="Required people are in the office on the day of their meeting.", id="Peserta yang wajib hadir WFO pada hari rapat.")
URGENT = Sentence(
    en="Only urgent meetings are held in person; their required people are in the office that day.",
    id="Hanya rapat mendesak yang diadakan tatap muka; peserta yang wajib hadir WFO pada hari itu.",
)
LIMITED = Sentence(
    en="{first} At most {share} of {base} may be required to come.",
    id="{first} Yang wajib hadir paling banyak {share} dari {base}.",
)
OCCURRENCE = Sentence(
    en="{person} must be at {meetings} on {day}",
    id="{person} wajib menghadiri {meetings} pada {day}",
)
