"""Findings of a letter in words for people: "WFH paling banyak 50%", always with the other side of a share beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giliran.domain.place import Place
from giliran.letters import Finding, Sense, Topic, Why
from giliran.letters.days import KEYS
from giliran.messages import LANGUAGES, WEEKDAYS, Percent, Said, Sentence, bilingual, plain
from giliran.text.numbers import WHOLE_SHARE

_SIDE: Mapping[Place | None, Sentence] = {
    Place.OFFICE: Sentence(en="WFO", id="WFO"),
    Place.HOME: Sentence(en="WFH", id="WFH"),
}
_SENSE: Mapping[Sense | None, Sentence] = {
    Sense.MOST: Sentence(en="at most", id="paling banyak"),
    Sense.LEAST: Sentence(en="at least", id="paling sedikit"),
    Sense.EXACT: Sentence(en="exactly", id="sebesar"),
    None: Sentence(en="(neither most nor least said)", id="(tanpa paling banyak/sedikit)"),
}
_MIRRORED: Mapping[Sense | None, Sense | None] = {Sense.MOST: Sense.LEAST, Sense.LEAST: Sense.MOST, Sense.EXACT: Sense.EXACT, None: None}
_OTHER = {Place.OFFICE: Place.HOME, Place.HOME: Place.OFFICE}
_SHARE = Sentence(
    en="{side} {sense} {share}, that is {other} {mirrored} {rest}", id="{side} {sense} {share}, yaitu {other} {mirrored} {rest}"
)
_BARE = Sentence(en="{side} {share}, that is {other} {rest}", id="{side} {share}, yaitu {other} {rest}")
_PART = Sentence(en="{share}", id="{share}")
_PEOPLE = Sentence(en="{count} in the office", id="{count} orang di kantor")
_DUTY = Sentence(en="{count} on duty", id="piket {count} orang")
_SOME_DUTY = Sentence(en="on duty, no number", id="piket, tanpa jumlah")
_DAYS = Sentence(en="{side} {sense} {count} {count:day|days} a week", id="{side} {sense} {count} hari seminggu")
_WORDS = Sentence(en="{topic} ({words})", id="{topic} ({words})")
_TOPICS: Mapping[Topic, Sentence] = {
    Topic.LEADERS: Sentence(en="officials in the office", id="pejabat tetap di kantor"),
    Topic.IN_FULL: Sentence(en="in full in the office", id="bekerja penuh di kantor"),
    Topic.CONTRACT: Sentence(en="staff who are no civil servants in the office", id="non-ASN di kantor"),
    Topic.HEALTH: Sentence(en="at home by a mark or by age", id="WFH karena keadaan atau usia"),
    Topic.AT_HOME: Sentence(en="work at home", id="bekerja dari rumah"),
    Topic.IN_FORCE: Sentence(en="dates", id="tanggal"),
    Topic.NUMBER: Sentence(en="number of the letter", id="nomor surat"),
    Topic.DISCRETION: Sentence(en="left to heads", id="diserahkan kepada pimpinan"),
    Topic.REVOKES: Sentence(en="another letter revoked", id="surat lain dicabut"),
    Topic.EXTENDS: Sentence(en="extension", id="perpanjangan"),
    Topic.SESSIONS: Sentence(en="sessions", id="sesi"),
    Topic.KEPT_DAY: Sentence(en="on no other day", id="tanpa hari pengganti"),
}
_AT_HOME: Mapping[Topic, Sentence] = {
    Topic.LEADERS: Sentence(en="officials at home", id="pejabat WFH"),
    Topic.IN_FULL: Sentence(en="at home", id="WFH"),
    Topic.CONTRACT: Sentence(en="staff who are no civil servants at home", id="non-ASN WFH"),
}
_NAMES: Mapping[str, Said] = {
    "admin": bilingual(en="administration", id="administrasi"),
    "service": bilingual(en="public service", id="pelayanan"),
    "non_service": bilingual(en="other than service", id="selain pelayanan"),
    "field": bilingual(en="field work", id="lapangan"),
    "contract": plain("non-ASN"),
    "uptd": plain("UPTD"),
    "vaccinated": bilingual(en="vaccinated", id="yang sudah divaksin"),
    "jpt_madya": plain("JPT Madya"),
    "jpt_pratama": plain("JPT Pratama"),
}
_WHYS: Mapping[Why, Sentence] = {
    Why.FUEL: Sentence(en="fuel, vehicles", id="BBM, kendaraan"),
    Why.ELECTRICITY: Sentence(en="electricity, energy", id="listrik, energi"),
    Why.TRAVEL: Sentence(en="travel", id="perjalanan"),
    Why.MONEY: Sentence(en="money", id="uang"),
    Why.VACCINE: Sentence(en="health, figures of cases", id="kesehatan, angka kasus"),
    Why.OTHERS: Sentence(en="companies, schools, shops", id="swasta, sekolah, tempat usaha"),
    Why.SCORE: Sentence(en="performance, savings", id="kinerja, penghematan"),
    Why.REPORT: Sentence(en="a report of what was", id="laporan keadaan"),
    Why.EXAMPLE: Sentence(en="an example or an explanation", id="contoh atau penjelasan"),
    Why.FORMER: Sentence(en="what held before", id="ketentuan sebelumnya"),
    Why.PLAN: Sentence(en="what is only thought about", id="baru wacana"),
    Why.HOURS: Sentence(en="hours", id="jam kerja"),
    Why.MEASURE: Sentence(en="measures", id="ukuran"),
    Why.LAW: Sentence(en="a law, a date, a code", id="peraturan, tanggal, nomor"),
    Why.TIME: Sentence(en="a length of time", id="jangka waktu"),
}


def finding_said(finding: Finding) -> Said:
    """A finding in words."""
    if finding.topic in (Topic.SHARE, Topic.MEETING, Topic.ROOM, Topic.PART_OF_DAYS):
        return _share(finding)
    if finding.topic is Topic.PEOPLE:
        return (_DUTY if finding.duty else _PEOPLE)(count=finding.number) if finding.number else _SOME_DUTY()
    if finding.topic is Topic.DAYS:
        return _DAYS(side=_SIDE[finding.side](), sense=_SENSE[finding.sense](), count=finding.number)
    if finding.topic is Topic.WEEKDAY:
        return _WORDS(topic=_SIDE[finding.side](), words=_weekdays(finding.words))
    topic = (_AT_HOME if finding.side is Place.HOME else {}).get(finding.topic, _TOPICS[finding.topic])()
    words = [*map(group_said, finding.words), *map(plain, finding.scope.units)]
    return _WORDS(topic=topic, words=words) if words else topic


def group_said(word: str) -> Said:
    """A group of staff or a rank, in words where it has some: "selain pelayanan"; a mark is a word already."""
    return _NAMES.get(word, plain(word))


def _weekdays(keys: Sequence[str]) -> Said:
    """Weekdays by their names."""
    texts = {lang: ", ".join(WEEKDAYS[lang][KEYS.index(key)] for key in keys) for lang in LANGUAGES}
    return bilingual(en=texts["en"], id=texts["id"])


def _share(finding: Finding) -> Said:
    share = Percent(finding.number)
    if finding.side is None:
        return _PART(share=share)
    known = {
        "side": _SIDE[finding.side](),
        "share": share,
        "other": _SIDE[_OTHER[finding.side]](),
        "rest": Percent(WHOLE_SHARE - finding.number),
    }
    if finding.sense is None:
        return _BARE(**known)
    return _SHARE(sense=_SENSE[finding.sense](), mirrored=_SENSE[_MIRRORED[finding.sense]](), **known)


def why_said(why: Why) -> Said:
    """What a number that is no share is about."""
    return _WHYS[why]()
