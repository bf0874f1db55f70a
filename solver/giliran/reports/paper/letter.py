"""What stands around a table: the block that names the letter, letterhead, basis, who signs and who gets copies.

What nobody has said stays a blank that the signing service fills in, or dots; never nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from giliran.domain.units import NO_UNIT
from giliran.instance import DocumentRecord
from giliran.instance.records import Signer
from giliran.messages import MONTHS, Lang, Sentence, shown
from giliran.reports.paper.model import DOTS, Blank, Corner, Letterhead, Listing, Signature, Words
from giliran.reports.report import Report

_ATTACHMENT = Sentence(en="ATTACHMENT", id="LAMPIRAN")
_NUMBERED = Sentence(en="ATTACHMENT {number}", id="LAMPIRAN {number}")
_KIND = Sentence(en="Letter of assignment", id="Surat Tugas")
_NUMBER, _DATE = Sentence(en="NUMBER", id="NOMOR"), Sentence(en="DATE", id="TANGGAL")
_ABOUT = Sentence(en="ABOUT", id="TENTANG")
_GENERAL = Sentence(en="Work in the office (WFO) and at home (WFH)", id="Jadwal kerja di kantor (WFO) dan di rumah (WFH)")
_CHANGED = Sentence(
    en="Changes of work in the office (WFO) and at home (WFH)", id="Perubahan jadwal kerja di kantor (WFO) dan di rumah (WFH)"
)
_BASIS, _COPIES = Sentence(en="Basis:", id="Dasar:"), Sentence(en="Copies to:", id="Tembusan:")
_LETTER = Sentence(en="{issuer}, No. {number}: {title}", id="Surat {issuer} Nomor {number}: {title}")
_BEHALF = Sentence(en="for ", id="a.n. ")
_KNOWN = Sentence(en="Seen by", id="Mengetahui")

NONE = "-"
"""In place of what somebody has not, such as the NIP of a regent."""
_INSTEAD = "u.b."
"""Of "untuk beliau", between the officer who was charged and whoever signs."""
_AS_WRITTEN = frozenset({"a.n.", "u.b.", "plt.", "plh.", "pj.", "pjs."})
_ROMAN = ("I", "II", "III", "IV", "V")


def about(report: Report, lang: Lang, *, changed: bool = False) -> str:
    """What the letter is about: as given, else the plan, or that it is `changed`."""
    return shown(report.document.about or "") or (_CHANGED if changed else _GENERAL)().text(lang)


def called(report: Report) -> tuple[str, ...]:
    """The title of the plan in capitals; nothing where it has none."""
    title = shown(report.facts.title)
    return (title.upper(),) if title else ()


def corner(report: Report, lang: Lang, number: int | None, *, changed: bool = False) -> Corner:
    """The block that says of which letter this is an attachment; its number where there are several."""
    document = report.document
    kind = shown(document.kind or _KIND().text(lang)).upper()
    whose = document.signer.on_behalf_of or document.signer.position
    issuer: str | Blank = capitals(whose) if whose else Blank.POSITION
    head = _ATTACHMENT() if number is None else _NUMBERED(number=_ROMAN[number])
    date = long_date(document, lang)
    return Corner(
        (
            ("", (head.text(lang),)),
            ("", (f"{kind} ", issuer)),
            (_NUMBER().text(lang), (shown(document.number) if document.number else Blank.NUMBER,)),
            (_DATE().text(lang), (date,)),
            (_ABOUT().text(lang), (about(report, lang, changed=changed),)),
        )
    )


def letterhead(report: Report) -> Letterhead:
    """The letterhead; where none is given the agency of everybody shown, or the title.

    Addresses begin with the first line after the top one that has a digit: a street, a telephone.
    """
    given = [shown(line) for line in report.document.letterhead or () if line.strip()]
    if not given:
        return Letterhead((_agency(report) or shown(report.facts.title).upper() or DOTS,))
    names = next((k for k, line in enumerate(given) if k and any(map(str.isdigit, line))), len(given))
    return Letterhead(tuple(given[:names]), tuple(given[names:]))


def basis(report: Report, lang: Lang) -> Listing:
    """What the plan rests on: as given, else the letters in force that have a number, else dots."""
    given = report.document.basis
    items = [shown(item) for item in given or () if item.strip()]
    if given is None:
        letters = (letter for letter in report.circulars if letter.number)
        items = [
            _LETTER(issuer=letter.issuer.said(), number=", ".join(letter.number), title=letter.title.said()).text(lang)
            for letter in letters
        ]
    return Listing(_BASIS().text(lang), tuple(items) or (DOTS,))


def copies(report: Report, lang: Lang) -> Listing | None:
    """Who gets copies; None for nobody."""
    items = tuple(shown(item) for item in report.document.copies if item.strip())
    return Listing(_COPIES().text(lang), items) if items else None


def signature(report: Report, lang: Lang) -> Signature:
    """The signature of the letter."""
    document, signer = report.document, report.document.signer
    place = shown(document.place) if document.place else DOTS
    return Signature(((f"{place}, ", long_date(document, lang)), *_positions(signer, lang)), *_signed(signer))


def seen(report: Report, lang: Lang) -> Signature:
    """The same officer, who has seen a sheet of duty: that is signed by hand, so that what is missing is dots."""
    found = signature(report, lang)
    above = ((f"{_KNOWN().text(lang)},",), *map(_by_hand, found.above[1:]))
    return Signature(above, None, _by_hand(found.name), tuple(map(_by_hand, found.below)))


def _by_hand(words: Words) -> Words:
    return tuple(DOTS if isinstance(piece, Blank) else piece for piece in words)


def long_date(document: DocumentRecord, lang: Lang) -> str | Blank:
    """The date of the letter without its weekday: "3 Agustus 2026"."""
    day = document.date
    return Blank.DATE if day is None else f"{day.day} {MONTHS[lang][day.month - 1]} {day.year}"


def capitals(text: str) -> str:
    """A position in capitals, but for the signs before it: "Plt. KEPALA DINAS"."""
    return " ".join(word if word.casefold() in _AS_WRITTEN else word.upper() for word in shown(text).split())


def _positions(signer: Signer, lang: Lang) -> Iterator[Words]:
    if signer.on_behalf_of:
        yield (f"{_BEHALF().text(lang)}{capitals(signer.on_behalf_of)}",)
    if signer.instead_of:
        yield (capitals(signer.instead_of),)
        yield (_INSTEAD,)
    yield (capitals(signer.position) if signer.position else Blank.POSITION, ",")


def _signed(signer: Signer) -> tuple[Blank | None, Words, tuple[Words, ...]]:
    """Room to sign, name, and what stands below it."""
    known = bool(signer.name)
    below = [*_line("", signer.grade, DOTS), *_line("NIP ", signer.nip, DOTS if known else Blank.NIP)]
    return None if known else Blank.SIGNATURE, (shown(signer.name) if known else Blank.NAME,), tuple(below)


def _line(before: str, text: str, missing: str | Blank) -> Iterator[Words]:
    if text != NONE:
        yield (before, shown(text) if text else missing)


def _agency(report: Report) -> str:
    """The highest unit above everybody shown, in capitals; empty where there are several."""
    facts = report.facts
    units = {int(unit) for unit in facts.unit[report.scope.people][facts.has_cell[report.scope.people]]}
    if not units or NO_UNIT in units:
        return ""
    roots = {facts.units.path(unit)[-1] for unit in units}
    return report.unit_path(roots.pop())[0].upper() if len(roots) == 1 else ""
