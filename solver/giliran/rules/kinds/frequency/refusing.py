"""What an older kind says: refused, with the words of that kind."""

from __future__ import annotations

from giliran.messages import Said, Sentence, plain
from giliran.rules.answers import Side
from giliran.rules.groups import WHOLE
from giliran.rules.kinds.frequency.choices import Each, Fields, Happens, Pairs, Stretch
from giliran.text import TextError

NO_LIMIT = Sentence(en="give `least`, `most` or both", id="isi `least`, `most`, atau keduanya")
CROSSED = Sentence(en="`least` {least} is above `most` {most}", id="`least` {least} lebih besar daripada `most` {most}")
NO_SETS = Sentence(en="`sets` goes with `each: set` or `each: pair`", id="`sets` hanya untuk `each: set` atau `each: pair`")
SETS_MISSING = Sentence(en="`each: set` needs `sets`", id="`each: set` memerlukan `sets`")
SETS_OR_PER = Sentence(en="`sets` names its people itself; leave `per` out", id="`sets` sudah menyebut orangnya; hapus `per`")
NO_PER = Sentence(en="`per` goes with `each: group` or `each: pair`", id="`per` hanya untuk `each: group` atau `each: pair`")
NO_PAIRS = Sentence(en="`pairs` goes with `each: pair`", id="`pairs` hanya untuk `each: pair`")
ALONE = Sentence(en="a set names {person} alone, who is no pair", id="satu kelompok hanya menyebut {person}, bukan pasangan")
TWO = Sentence(en="Name at least two people.", id="Sebutkan paling sedikit dua pegawai.")
TWICE = Sentence(en="two sets name the same people: {people}", id="dua kelompok menyebut pegawai yang sama: {people}")
ONCE = Sentence(en="Take one of them out.", id="Hapus salah satunya.")

DAYS = Sentence(en="the days of a person are said by `days_per_person`", id="hari setiap pegawai diatur oleh `days_per_person`")
WRITE_DAYS = Sentence(
    en="Write `kind: days_per_person, place: {place}, window: horizon` with the same limits.",
    id="Tulis `kind: days_per_person, place: {place}, window: horizon` dengan batas yang sama.",
)
WRITE_ONE_DAY = Sentence(
    en="Write `kind: days_per_person, place: {place}, window: horizon, least: 1`.",
    id="Tulis `kind: days_per_person, place: {place}, window: horizon, least: 1`.",
)
APART = Sentence(
    en="that people of a set are never all at one place is said by `separation`",
    id="larangan seluruh anggota kelompok berada di tempat yang sama diatur oleh `separation`",
)
WRITE_APART = Sentence(en="Write `kind: separation, not_all: {place}`.", id="Tulis `kind: separation, not_all: {place}`.")
NEVER = Sentence(en="that nobody is ever there is said by `fixed_days`", id="larangan berada di tempat itu diatur oleh `fixed_days`")
WRITE_NEVER = Sentence(en="Write `kind: fixed_days, place: {place}`.", id="Tulis `kind: fixed_days, place: {place}`.")


def refuse_limits(fields: Fields) -> None:
    """Raise `TextError` where there is no limit, or where the two contradict each other."""
    if fields.least is None and fields.most is None:
        raise TextError(NO_LIMIT())
    if fields.least is not None and fields.most is not None and fields.least > fields.most:
        raise TextError(CROSSED(least=fields.least, most=fields.most))


def refuse_people(fields: Fields) -> None:
    """Raise `TextError` where the fields that say who is meant do not go together."""
    per = fields.per != WHOLE
    if fields.sets is not None and fields.each not in (Each.SET, Each.PAIR):
        raise TextError(NO_SETS())
    if fields.sets is None and fields.each is Each.SET:
        raise TextError(SETS_MISSING())
    if fields.sets is not None and per:
        raise TextError(SETS_OR_PER())
    if per and fields.each not in (Each.GROUP, Each.PAIR):
        raise TextError(NO_PER())
    if fields.pairs is not Pairs.ALL and fields.each is not Each.PAIR:
        raise TextError(NO_PAIRS())
    for k, ids in enumerate(fields.sets or ()):
        if fields.each is Each.PAIR and len(set(ids)) < 2:
            raise TextError(ALONE(person=plain(ids[0])), TWO())
        if any(set(ids) == set(other) for other in (fields.sets or ())[:k]):
            raise TextError(TWICE(people=[plain(id_) for id_ in sorted(set(ids))]), ONCE())


def refuse_older(fields: Fields, *, must: bool) -> None:
    """Raise `TextError` where another kind says the same."""
    if (older := older_words(fields, must=must)) is not None:
        raise TextError(*older)


def older_words(fields: Fields, *, must: bool) -> tuple[Said, Said] | None:
    """That another kind says the same, and what to write instead; None where none does."""
    if fields.total or fields.pairs is Pairs.NEW:
        return None
    place = fields.place.value
    if fields.each is Each.PERSON and fields.window is Stretch.DAY:
        return DAYS(), WRITE_DAYS(place=place)
    if fields.each is Each.PERSON and fields.window is Stretch.HORIZON and must and fields.happens is Happens.ANY and fields.least:
        return DAYS(), WRITE_ONE_DAY(place=place)
    if fields.most != 0:
        return None
    if fields.each in (Each.SET, Each.GROUP) and fields.happens is Happens.ALL and (must or fields.window is Stretch.DAY):
        return APART(), WRITE_APART(place=place)
    if fields.happens is Happens.ANY and must:
        other = Side.HOME if fields.place is Side.OFFICE else Side.OFFICE
        return NEVER(), WRITE_NEVER(place=other.value)
    return None
