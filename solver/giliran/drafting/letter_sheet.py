"""Everything that a letter was found to say, row by row for people: what it led to, what it did not, and every sentence behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from giliran.circulars import Parameter, load_circular
from giliran.drafting.letter import ORDINARY
from giliran.drafting.letter_proposals import Proposal, Proposals
from giliran.drafting.letter_quotes import quote
from giliran.drafting.letter_weeks import date_said
from giliran.drafting.letter_words import finding_said, why_said
from giliran.letters import Passage, Why
from giliran.messages import LANGUAGES, Lang, Said, Sentence, bilingual, plain

_HEADS = (
    Sentence(en="Kind", id="Jenis"),
    Sentence(en="Found", id="Isi"),
    Sentence(en="Line", id="Baris"),
    Sentence(en="Sentence", id="Kalimat"),
    Sentence(en="Remark", id="Catatan"),
)
_PROPOSED = Sentence(en="proposed", id="diusulkan")
_OPEN = Sentence(en="to be chosen", id="perlu dipilih")
_CLASH = Sentence(en="contradiction", id="bertentangan")
_NOT_TAKEN = Sentence(en="not taken up", id="tidak dipakai")
_UNREAD = Sentence(en="not understood", id="tidak dipahami")
_ELSEWHERE = Sentence(en="about something else", id="tentang hal lain")
_CHOICE = Sentence(en="{name}: {value}", id="{name}: {value}")
_ANSWER = Sentence(en="{question} → {value} (`{name}`)", id="{question} → {value} (`{name}`)")
_NUMBER = Sentence(en="number of the letter", id="nomor surat")
_FROM = Sentence(en="in force from", id="berlaku mulai")
_TO = Sentence(en="in force to", id="berlaku sampai")


@dataclass(frozen=True)
class Row:
    """Something that was found: what became of it, what it is, its sentence if it has one, a remark."""

    kind: Sentence
    found: Said
    passage: Passage | None = None
    remark: Said | None = None


def quoted_rows(read: Proposals, lang: Lang) -> list[list[str]]:
    """The rows of the sheet, the first of them its heading."""
    found = [[head().text(lang) for head in _HEADS]]
    for row in rows_of(read):
        line, text = ("", "") if row.passage is None else (str(row.passage.line), quote(row.passage))
        found.append([row.kind().text(lang), row.found.text(lang), line, text, "" if row.remark is None else row.remark.text(lang)])
    return found


def rows_of(read: Proposals) -> Iterator[Row]:
    """Everything that was found, in the order in which a planner needs it."""
    for what, proposal in proposed(read):
        kind = _OPEN if proposal.open else _PROPOSED
        for passage in proposal.passages or (None,):
            yield Row(kind, what, passage, proposal.why)
    for one, other in read.clashes:
        pairs = ((one, other), (other, one)) if one.passages != other.passages else ((one, other),)
        for finding, against in pairs:
            yield from (Row(_CLASH, finding_said(finding), passage, finding_said(against)) for passage in finding.passages)
    for each in read.not_taken:
        yield from (Row(_NOT_TAKEN, finding_said(each.finding), passage, each.why) for passage in each.finding.passages)
    for unread in read.letter.unread:
        yield Row(_UNREAD, plain(unread.text), unread.passage)
    for number in read.letter.elsewhere:
        if number.why is not Why.LAW:
            yield Row(_ELSEWHERE, plain(number.text), number.passage, why_said(number.why))


def proposed(read: Proposals) -> Iterator[tuple[Said, Proposal]]:
    """What a letter proposes, in words for people."""
    if read.number is not None:
        yield _CHOICE(name=_NUMBER(), value=plain(str(read.number.value))), read.number
    for end, day in ((_FROM, read.first), (_TO, read.last)):
        if day is not None:
            yield _CHOICE(name=end(), value=date_said(day.value)), day
    parameters = load_circular(ORDINARY).parameters
    for name in parameters:
        if name in read.choose:
            proposal = read.choose[name]
            words = {lang: parameters[name].label(proposal.value, lang) for lang in LANGUAGES}
            value = bilingual(en=words["en"], id=words["id"])
            yield _ANSWER(question=_question(parameters[name], name), value=value, name=plain(name)), proposal


def _question(parameter: Parameter, name: str) -> Said:
    """The question of a choice without the advice for who types the answer, which stands in brackets behind it."""
    if parameter.ask is None:
        return plain(name)
    texts = {lang: parameter.ask.text(lang) for lang in LANGUAGES}
    asked = {lang: text[: text.rfind("?") + 1] or text for lang, text in texts.items()}
    return bilingual(en=asked["en"], id=asked["id"])
