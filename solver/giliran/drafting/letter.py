"""Questions about the letter: which it is, its days, and what it leaves open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from giliran.circulars import Circular, Parameter, asked, load_circular, names_file, packaged
from giliran.circulars.parameters import ParameterType
from giliran.domain.words import Kind, canonical, words
from giliran.drafting.asking import Interview, Option, Question
from giliran.drafting.letter_force import about_force, days_in_force
from giliran.drafting.letter_proposals import Proposal, Proposals
from giliran.drafting.letter_quotes import quotes_of
from giliran.drafting.letter_weeks import likely_days, period_said
from giliran.drafting.proposals import chosen
from giliran.errors import InputError
from giliran.instance.records import MAX_DAYS
from giliran.messages import Lang, Said, Sentence, bilingual, meant, plain
from giliran.text import TextError, parse_span

ORDINARY = "umum"
"""The circular that stands for a letter which does not come along."""

_WHICH = Sentence(en="Which letter is the plan made under?", id="Jadwal disusun menurut surat yang mana?")
_WHICH_WHY = Sentence(
    en="The first fits most letters: the next questions ask what it says. The others are letters that come along as they are.",
    id="Yang pertama cocok untuk kebanyakan surat: pertanyaan berikutnya menanyakan isinya. Yang lain adalah surat yang sudah tersedia.",
)
_TITLE = Sentence(en="{title} ({name})", id="{title} ({name})")
_NO_LETTER = Sentence(en="no letter named {name} comes along", id="tidak ada surat bawaan bernama {name}")
_UNREADABLE = Sentence(en="{where}: {said}", id="{where}: {said}")
_NUMBER = Sentence(en="Number of the letter?", id="Nomor suratnya?")
_NUMBER_WHY = Sentence(
    en="It is printed as the basis of the plan. It may be filled in later, on the first sheet.",
    id="Dicetak sebagai dasar jadwal. Boleh diisi nanti pada lembar pertama.",
)
_BASIS = Sentence(en="Circular letter no. {number}", id="Surat Edaran Nomor {number}")
_LATER = Sentence(en="later", id="nanti")
_DAYS = Sentence(en="First and last day of the plan?", id="Jadwal untuk tanggal berapa sampai berapa?")
_DAYS_WHY = Sentence(
    en="Both in one line: 3 to 7 August 2026, or 3/8/2026 - 7/8/2026. Holidays and joint leave are left out by themselves.",
    id="Keduanya dalam satu baris: 3 s.d. 7 Agustus 2026, atau 3/8/2026 - 7/8/2026. Hari libur dan cuti bersama dilewati sendiri.",
)
_BACKWARDS = Sentence(en="the last day {last} is before the first, {first}", id="hari terakhir {last} sebelum hari pertama, {first}")
_TOO_LONG = Sentence(en="longer than {most} days", id="lebih panjang dari {most} hari")
_WHY = Sentence(
    en="{how} (the answer is kept as {name}; `giliran circulars {circular}` tells all)",
    id="{how} (jawaban disimpan sebagai {name}; `giliran circulars {circular}` menjelaskan semuanya)",
)
_HOW: Mapping[ParameterType | None, Sentence] = {
    None: Sentence(en="One of the answers above.", id="Salah satu jawaban di atas."),
    "weekday": Sentence(en="A weekday, such as Friday.", id="Nama hari, misalnya Jumat."),
    "share": Sentence(en="A percentage, such as 50%.", id="Persentase, misalnya 50%."),
    "share_or_none": Sentence(en="A percentage, such as 50%, or none.", id="Persentase, misalnya 50%, atau tidak ada."),
    "count": Sentence(en="A number: 0, 1, 2 …", id="Bilangan: 0, 1, 2 …"),
    "levels": Sentence(en="Levels of units, with commas between them.", id="Tingkat unit kerja, dipisah koma."),
    "ranks": Sentence(en="Ranks, with commas between them, or none.", id="Kelompok jabatan, dipisah koma, atau tidak ada."),
    "tags": Sentence(en="Words with commas between them, or none.", id="Kata-kata, dipisah koma, atau tidak ada."),
}
_OTHER_HOW = Sentence(en="Write the answer in words.", id="Tulis jawabannya.")
_NOT_A_RANK = Sentence(en="'{word}' is no rank; known are: {known}", id="'{word}' bukan kelompok jabatan; yang dikenal: {known}")


@dataclass(frozen=True)
class LetterAnswers:
    """What was answered about the letter.

    Parameters
    ----------
    circular
        The circular.
    named
        Its name, or the file that holds it.
    number
        The number of the letter, empty for none.
    first, last
        Days of the plan.
    start, end
        From when to when the letter is in force here; None for as long as it is.
    """

    circular: Circular
    named: str
    number: str
    first: dt.date
    last: dt.date
    start: dt.date | None = None
    end: dt.date | None = None

    def sections(self, choose: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
        """The same as sections of an instance, with answers to the circular's questions; the basis of the plan in a language."""
        entry: dict[str, Any] = {"file" if names_file(self.named) else "name": self.named}
        if choose:
            entry["choose"] = dict(choose)
        entry |= {key: day for key, day in (("from", self.start), ("to", self.end)) if day is not None}
        found: dict[str, Any] = {"horizon": {"start": self.first, "end": self.last}, "circulars": [entry]}
        return found | ({"document": {"basis": [_BASIS(number=self.number).text(lang)]}} if self.number else {})


def about_letter(today: dt.date, name: str | None, read: Proposals | None = None) -> Interview[LetterAnswers]:
    """Ask about the letter.

    Parameters
    ----------
    today
        The day on which it is asked; the plan is for the next week by default.
    name
        The circular where it is settled already.
    read
        What the text of the letter proposes.
    """
    circular, named = (yield from _which()) if name is None else (load_circular(name), name)
    number = ""
    if circular.own_reading:  # letters that come along have theirs
        known = read.number if read is not None else None
        default = "" if known is None else str(known.value)
        shown = _LATER() if known is None else plain(default)
        number = str((yield Question("number", _NUMBER(), default, shown, str, explained=_NUMBER_WHY(), quotes=quotes_of(known))))
    start, end = (yield from about_force(read)) if read is not None else (None, None)
    first, last = likely_days(circular, today) if read is None else days_in_force(circular, today, start, end)
    span = yield Question("days", _DAYS(), (first, last), period_said(first, last), _days, explained=_DAYS_WHY())
    first, last = span  # type: ignore[misc]  # what its reader gives
    return LetterAnswers(circular, named, number, first, last, start, end)


def _which() -> Interview[tuple[Circular, str]]:
    names = [ORDINARY, *(name for name in packaged() if name != ORDINARY)]
    letters = {name: load_circular(name) for name in names}
    options = tuple(Option((letters[name], name), _titled(letters[name])) for name in names)

    def read(text: str) -> tuple[Circular, str]:
        if names_file(text):
            return _from_file(text), text
        found = next((name for name in names if text.casefold() in (name, *map(str.casefold, _titles(letters[name])))), None)
        if found is None:
            raise TextError(_NO_LETTER(name=text), meant(text.casefold(), names))
        return letters[found], found

    answer = yield Question("circular", _WHICH(), options[0].value, options[0].said, read, options, _WHICH_WHY())
    return answer  # type: ignore[return-value]


def _from_file(name: str) -> Circular:
    """The circular in a file that an answer names; what is wrong with it is told as of any answer."""
    try:
        return load_circular(name)
    except InputError as error:
        first = error.problems[0]
        raise TextError(_UNREADABLE(where=str(first.where), said=first.said), first.advice) from None


def _titles(circular: Circular) -> tuple[str, str]:
    return circular.title.en, circular.title.id


def _titled(circular: Circular) -> Said:
    return _TITLE(title=bilingual(en=circular.title.en, id=circular.title.id), name=plain(circular.name))


def _days(text: str) -> tuple[dt.date, dt.date]:
    """Both days of an answer; one alone is first and last."""
    first, end = parse_span(text)
    last = end or first
    if last < first:
        raise TextError(_BACKWARDS(first=first, last=last))
    if (last - first).days >= MAX_DAYS:
        raise TextError(_TOO_LONG(most=MAX_DAYS))
    return first, last


def about_circular(circular: Circular, read: Proposals | None = None) -> Interview[dict[str, Any]]:
    """Ask the circular's own questions, as far as they matter after the answers so far; gives answers that are not its defaults.

    What the text of a letter proposes is the default of its question, which is asked then however seldom it matters, and is kept among
    the answers.
    """
    proposed = {name: value for name, value in chosen(circular.name).items() if name in circular.parameters}
    answers: dict[str, Any] = dict(proposed)
    of_letter: Mapping[str, Proposal] = read.choose if read is not None else {}
    done: set[str] = set(proposed) - set(of_letter)
    while (name := next((name for name in _to_ask(circular, answers, of_letter) if name not in done), None)) is not None:
        parameter = circular.parameters[name]
        done.add(name)
        if parameter.ask is None:
            continue
        answer = yield _of_parameter(circular, name, parameter, of_letter.get(name))
        if answer != parameter.read(parameter.default) or name in of_letter:
            answers[name] = list(answer) if isinstance(answer, tuple) else answer
    return answers


def _to_ask(circular: Circular, answers: Mapping[str, Any], of_letter: Mapping[str, Proposal]) -> list[str]:
    """Questions that matter: those of a short interview, and any for which a letter proposes something."""
    short = asked(circular, answers, short=True)
    return [name for name in asked(circular, answers) if name in short or name in of_letter]


def _of_parameter(circular: Circular, name: str, parameter: Parameter, proposal: Proposal | None = None) -> Question:
    assert parameter.ask is not None
    default = parameter.read(parameter.default if proposal is None else proposal.value)
    options = tuple(Option(parameter.read(word), _said(parameter, word)) for word in parameter.closed_words)
    how = _HOW.get(parameter.type, _OTHER_HOW)
    why = _WHY(how=how(), name=plain(name), circular=plain(circular.name))
    said = parameter.ask.said()
    quotes = quotes_of(proposal)
    return Question(f"choose.{name}", said, default, _said(parameter, default), lambda text: _value(parameter, text), options, why, quotes)


def _said(parameter: Parameter, value: object) -> Said:
    return bilingual(en=parameter.label(value, "en"), id=parameter.label(value, "id"))


def _value(parameter: Parameter, text: str) -> object:
    """The value of an answer; a rank that nobody knows is told, since a rule by it would mean nobody."""
    found = parameter.read(text)
    if parameter.type == "ranks" and isinstance(found, tuple):
        _refuse_strange(found, words(Kind.RANK))
        return tuple(canonical(Kind.RANK, word) for word in found)
    return found


def _refuse_strange(given: Sequence[str], known: Collection[str]) -> None:
    for word in given:
        if canonical(Kind.RANK, word) not in known:
            raise TextError(_NOT_A_RANK(word=word, known=[plain(rank) for rank in known]), meant(canonical(Kind.RANK, word), known))
