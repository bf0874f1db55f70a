"""Sentences of the kind."""

from __future__ import annotations

from giliran.messages import Said, Sentence
from giliran.rules.answers import Side
from giliran.rules.kinds.frequency.choices import Each, Fields, Happens, Pairs, Stretch
from giliran.rules.toolkit.windows import Period

TOO_MANY = Sentence(
    en="{who}: {what}: {found}, {off} too many (at most {limit})", id="{who}: {what}: {found}, lebih {off} (paling banyak {limit})"
)
TOO_FEW = Sentence(
    en="{who}: {what}: {found}, {off} too few (at least {limit})", id="{who}: {what}: {found}, kurang {off} (paling sedikit {limit})"
)
USED_UP = Sentence(
    en="{who}: {what}: {found} earlier or frozen, {off} too many already; no more are planned (at most {limit})",
    id="{who}: {what}: sudah {found} (lebih awal atau dibekukan), lebih {off}; tidak ditambah lagi (paling banyak {limit})",
)
REDUCED = Sentence(
    en="{who}: {what}: wanted {limit}, possible {possible}; only what is possible is asked for",
    id="{who}: {what}: diminta {limit}, yang mungkin hanya {possible}; yang diminta hanya yang mungkin",
)
NOTHING = Sentence(
    en="{who}: {what}: this plan has none that could be counted, so nothing is asked for",
    id="{who}: {what}: tidak ada yang dapat dihitung dalam jadwal ini, jadi aturan ini tidak meminta apa pun",
)
OCCURRENCE = Sentence(en="{who}: {what}: {limits}", id="{who}: {what}: {limits}")
DESCRIBED = Sentence(en="{who}: {what}: {limits}.", id="{who}: {what}: {limits}.")
AT_MOST = Sentence(en="at most {limit}", id="paling banyak {limit}")
AT_LEAST = Sentence(en="at least {limit}", id="paling sedikit {limit}")
EVERYBODY = Sentence(en="Everybody concerned", id="Setiap pegawai yang dimaksud")
TOGETHER = Sentence(en="{each} (all together)", id="{each} (dijumlahkan)")

EACH = {
    Each.PERSON: EVERYBODY,
    Each.PAIR: Sentence(en="Every pair", id="Setiap pasangan"),
    Each.SET: Sentence(en="Every set", id="Setiap kelompok"),
    Each.GROUP: Sentence(en="Every group", id="Setiap kelompok unit kerja"),
}
NEW_PAIR = Sentence(en="Every new pair", id="Setiap pasangan baru")
NEW_PAIRS = Sentence(en="new pairs", id="pasangan baru")
COUNTED = {
    Each.PERSON: Sentence(en="people", id="pegawai"),
    Each.PAIR: Sentence(en="pairs", id="pasangan"),
    Each.SET: Sentence(en="sets", id="kelompok"),
    Each.GROUP: Sentence(en="groups", id="kelompok unit kerja"),
}
WINDOWS = {
    Stretch.DAY: Sentence(en="days", id="hari"),
    Stretch.WEEKEND: Sentence(en="weekends", id="akhir pekan"),
    Stretch.WEEK: Sentence(en="weeks", id="minggu"),
    Stretch.FORTNIGHT: Sentence(en="fortnights", id="jangka dua minggu"),
    Stretch.MONTH: Sentence(en="months", id="bulan"),
    Stretch.HORIZON: Sentence(en="plans", id="jadwal"),
}
STRETCHES = Sentence(en="stretches of {days} days", id="jangka {days} hari")
HAPPENING = Sentence(en="{windows} {event}", id="{windows} {event}")

PERSON = {
    (Happens.ANY, Side.OFFICE): Sentence(en="with a day in the office", id="dengan hari WFO"),
    (Happens.ALL, Side.OFFICE): Sentence(en="with all days in the office", id="yang semua harinya WFO"),
    (Happens.ONLY_ONE, Side.OFFICE): Sentence(en="with only one day in the office", id="dengan satu hari WFO saja"),
    (Happens.ANY, Side.HOME): Sentence(en="with a day at home", id="dengan hari WFH"),
    (Happens.ALL, Side.HOME): Sentence(en="with all days at home", id="yang semua harinya WFH"),
    (Happens.ONLY_ONE, Side.HOME): Sentence(en="with only one day at home", id="dengan satu hari WFH saja"),
}
MEMBERS = {
    (Happens.ANY, Side.OFFICE): Sentence(en="with somebody in the office", id="dengan salah seorang WFO"),
    (Happens.ALL, Side.OFFICE): Sentence(en="with all in the office on one day", id="dengan semuanya WFO pada hari yang sama"),
    (Happens.ONLY_ONE, Side.OFFICE): Sentence(en="with only one in the office on a day", id="dengan satu orang saja WFO pada suatu hari"),
    (Happens.ANY, Side.HOME): Sentence(en="with somebody at home", id="dengan salah seorang WFH"),
    (Happens.ALL, Side.HOME): Sentence(en="with all at home on one day", id="dengan semuanya WFH pada hari yang sama"),
    (Happens.ONLY_ONE, Side.HOME): Sentence(en="with only one at home on a day", id="dengan satu orang saja WFH pada suatu hari"),
}


def what(fields: Fields) -> Said:
    """What is counted: weekends with a day in the office."""
    event = (PERSON if fields.each is Each.PERSON else MEMBERS)[fields.happens, fields.place]()
    window = fields.window
    if fields.total and window is Stretch.HORIZON:
        windows = (NEW_PAIRS if fields.pairs is Pairs.NEW else COUNTED[fields.each])()
    else:
        windows = STRETCHES(days=window.days) if isinstance(window, Period) else WINDOWS[window]()
    return HAPPENING(windows=windows, event=event)


def who(fields: Fields) -> Said:
    """Of whom: every pair, or all pairs together."""
    each = (NEW_PAIR if fields.pairs is Pairs.NEW else EACH[fields.each])()
    return TOGETHER(each=each) if fields.total else each
