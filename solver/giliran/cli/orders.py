"""Orders on the command line: `ID:DATES=WHAT`, the person by id, NIP or part of a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from giliran.cli.blanks import blanks
from giliran.errors import InputError, Problem, Where
from giliran.messages import Said, Sentence, did_you_mean, meant, nearest, plain

if TYPE_CHECKING:
    import datetime as dt

    from giliran.instance import Instance

_FORM = Sentence(en="'{text}' is not of the form {form}", id="'{text}' tidak berbentuk {form}")
_OFFICE_OR_HOME = Sentence(en="Somebody who is away is told by --absent.", id="Pegawai yang tidak masuk disebut dengan --absent.")
_NO_DUTY = Sentence(en="'{text}' is not a duty rule here", id="'{text}' bukan aturan piket yang berlaku di sini")
_NOT_AWAY = Sentence(en="'{text}': nobody knows of an absence then", id="'{text}': memang tidak tercatat sebagai tidak masuk")
_BOTH = Sentence(
    en="{person} cannot be back and away on the same day, {day}",
    id="{person} tidak mungkin masuk kembali sekaligus tidak masuk pada hari yang sama, {day}",
)
_ONE_OF_BOTH = Sentence(en="Leave out --back or --absent for that day.", id="Hapus hari itu dari --back atau --absent.")
_BACKWARDS = Sentence(en="'{text}' ends before it starts", id="'{text}' berakhir sebelum mulai")

_RANGE = ".."
ABSENT_FORM, BACK_FORM, FIX_FORM, DUTY_FORM = "ID:DATES[=REASON]", "ID:DATES", "ID:DATES=office|home", "ID:DATES=RULE"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Orders:
    """Rows as the tables `absences` and `pins` have them, and who is back when."""

    absences: Rows
    pins: Rows
    back: tuple[tuple[str, dt.date], ...] = ()


def read_orders(
    instance: Instance, absent: Iterable[str], fix: Iterable[str], duty: Iterable[str], reason: str, back: Iterable[str] = ()
) -> Orders:
    """The orders of the options `--absent`, `--fix`, `--duty` and `--back`; `reason` is why places and duties are ordered.

    Raises
    ------
    InputError
        With every order that cannot be read: other forms, unknown people, days, places and rules with the nearest named.
    """
    reader = _Reader(instance)
    absences = reader.each("--absent", absent, reader.absence)
    pins = [*reader.each("--fix", fix, reader.fixed), *reader.each("--duty", duty, reader.named)]
    returned = tuple((row["staff_id"], row["date"]) for row in reader.each("--back", back, reader.back))
    reader.problems += reader.both(returned, absences)
    if reader.problems:
        raise InputError(reader.problems)
    return Orders(absences, [{**row, "reason": reason} if reason else row for row in pins], returned)


class _Reader:
    """Reads orders one by one; what is wrong with them is gathered."""

    def __init__(self, instance: Instance) -> None:
        self._facts = instance.facts
        self._duties = [duty.rule for duty in instance.view.duties]
        self.problems: list[Problem] = []

    def each(self, option: str, texts: Iterable[str], read: Callable[[str, Where], Rows]) -> Rows:
        """The rows of an option that may be repeated."""
        rows: Rows = []
        for text in texts:
            try:
                rows += read(text, Where(field=f"{option} {text}"))
            except InputError as error:
                self.problems += error.problems
        return rows

    def absence(self, text: str, where: Where) -> Rows:
        """Days away, with a reason or without."""
        person, spans, reason = self._read(text, where, ABSENT_FORM, needed=False)
        why = {"reason": reason} if reason else {}
        return [{"staff_id": person, "from": first, "to": last, **why} for first, last in spans]

    def back(self, text: str, where: Where) -> Rows:
        """Days on which somebody who was to be away is there."""
        person, spans, _ = self._read(text, where, BACK_FORM, needed=False)
        days = [day for day in self._days(spans) if self._is_away(person, day)]
        if not days:
            raise InputError([Problem(where, _NOT_AWAY(text=text))])
        return [{"staff_id": person, "date": day} for day in days]

    def both(self, returned: Iterable[tuple[str, dt.date]], absences: Rows) -> Iterator[Problem]:
        """Days on which somebody is said to be back, and away too."""
        for person, day in dict.fromkeys(returned):
            if any(row["staff_id"] == person and row["from"] <= day <= row["to"] for row in absences):
                label = self._facts.staff.label(self._facts.staff.index[person])
                yield Problem(Where(field="--back"), _BOTH(person=plain(label), day=day), _ONE_OF_BOTH())

    def _is_away(self, person: str, day: dt.date) -> bool:
        return bool(self._facts.absent[self._facts.staff.index[person], self._facts.dates.index(day)])

    def fixed(self, text: str, where: Where) -> Rows:
        """A place on every day."""
        from giliran.domain.place import Place
        from giliran.domain.words import parse_place
        from giliran.text import TextError

        person, spans, word = self._read(text, where, FIX_FORM)
        try:
            place = parse_place(word)
        except TextError as error:
            raise InputError([error.problem(where)]) from None
        if place == Place.ABSENT:
            raise InputError([Problem(where, _FORM(text=text, form=blanks(FIX_FORM)), _OFFICE_OR_HOME())])
        return [{"staff_id": person, "date": day, "place": Place(place).word} for day in self._days(spans)]

    def named(self, text: str, where: Where) -> Rows:
        """A duty on every day; its rule by its id, or by the end of it where no other ends so."""
        person, spans, word = self._read(text, where, DUTY_FORM)
        alike = [rule for rule in self._duties if rule.rpartition("/")[2] == word]
        rule = word if word in self._duties else alike[0] if len(alike) == 1 else None
        if rule is None:
            raise InputError([Problem(where, _NO_DUTY(text=word), meant(word, self._duties) or self._meant_end(word))])
        return [{"staff_id": person, "date": day, "duty": rule} for day in self._days(spans)]

    def _meant_end(self, word: str) -> Said | None:
        """The rule whose end is nearest to a word."""
        ends = {rule.rpartition("/")[2]: rule for rule in self._duties}
        near = nearest(word, sorted(ends))
        return did_you_mean(None if near is None else ends[near])

    def _read(self, text: str, where: Where, form: str, *, needed: bool = True) -> tuple[str, list[tuple[dt.date, dt.date]], str]:
        """The id of the person, first and last days, and what stands behind the sign."""
        from giliran.instance.naming import person_named

        left, sign, what = text.partition("=")
        person, colon, days = left.rpartition(":")
        if not (person.strip() and colon and days.strip()) or (needed and not what.strip()) or (sign and not what.strip()):
            raise InputError([Problem(where, _FORM(text=text, form=blanks(form)))])
        found = person_named(self._facts, person, where)
        spans = [self._span(piece, where) for piece in days.replace(";", ",").split(",") if piece.strip()]
        return self._facts.staff.ids[found], spans, what.strip()

    def _span(self, text: str, where: Where) -> tuple[dt.date, dt.date]:
        """A day, or the days of a range that are inside the horizon."""
        from giliran.instance.naming import day_named, day_said

        dates = self._facts.dates
        if _RANGE not in text:
            day = dates[day_named(self._facts, text.strip(), where)]
            return day, day
        first, last = (day_said(self._facts, end, where) for end in text.split(_RANGE, 1))
        if last < first:
            raise InputError([Problem(where, _BACKWARDS(text=text))])
        if last < dates[0] or first > dates[-1]:
            day_named(self._facts, first, where)  # tells that it is outside
        return max(first, dates[0]), min(last, dates[-1])

    def _days(self, spans: Iterable[tuple[dt.date, dt.date]]) -> Iterable[dt.date]:
        return (day for day in self._facts.dates if any(first <= day <= last for first, last in spans))
