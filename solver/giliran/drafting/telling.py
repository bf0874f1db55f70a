"""What a planner is told of a draft: how much there is, what was guessed, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from giliran.books import Guess
from giliran.books.columns import heading
from giliran.drafting import people, reasons, units
from giliran.drafting.draft import Draft
from giliran.drafting.letter_weeks import period_said
from giliran.messages import Said, Sentence, Whole, bilingual, few, plain

MOST_NAMED = 5
"""Names that a line tells."""

_HOLDS = Sentence(
    en="{file} holds {people} {people:person|people}, {units} {units:unit|units}, {days}, {circular}",
    id="{file} memuat {people} pegawai, {units} unit kerja, {days}, {circular}",
)
_EMPTY = Sentence(en="{file}: to be filled in, {days}, {circular}", id="{file}: untuk diisi, {days}, {circular}")
_AWAY = Sentence(en="absences taken over: {count}", id="cuti dan dinas yang diambil: {count}")
_GUESSED = Sentence(
    en="guessed, in yellow, with the reason in the cell's comment: {count} ({columns})",
    id="dugaan, sel kuning dengan alasan pada komentarnya: {count} ({columns})",
)
_LETTER = Sentence(en="letter", id="surat")
_SO_MANY = Sentence(en="{what} {count}", id="{what} {count}")
_ANOTHER = Sentence(en="standing twice", id="ganda")
_LEFT = Sentence(
    en="rows of the list that are nobody, on the last sheet: {count} ({reasons})",
    id="baris daftar yang dilewati, ada di lembar terakhir: {count} ({reasons})",
)
_LEFT_PEOPLE = Sentence(
    en="of these hidden, struck through, vacant or standing twice: {rows}",
    id="di antaranya tersembunyi, dicoret, lowong, atau ganda: {rows}",
)
_UNKNOWN = Sentence(en="columns kept as notes: {columns}", id="kolom yang disimpan sebagai catatan: {columns}")
_UNREAD = Sentence(en="sheets that hold no list of people: {sheets}", id="lembar yang bukan daftar pegawai: {sheets}")
_LOOKS: Mapping[Sentence, Sentence] = {
    reasons.NO_RANK: Sentence(
        en="positions from which no rank can be read: {names}", id="jabatan yang kelompok jabatannya tidak terbaca: {names}"
    ),
    reasons.ASK: Sentence(en="positions to look at: {names}", id="jabatan yang perlu diperiksa: {names}"),
    reasons.GONE: Sentence(en="proposed as not counted: {names}", id="diusulkan tidak dihitung: {names}"),
    reasons.LEAVES: Sentence(en="proposed as counted until they leave: {names}", id="diusulkan dihitung sampai berhenti: {names}"),
    reasons.ABOVE: Sentence(en="people whose unit the list does not name: {names}", id="pegawai yang unit kerjanya tidak disebut: {names}"),
    units.ORPHAN: Sentence(en="units whose division is not told: {names}", id="unit kerja yang bidangnya tidak diketahui: {names}"),
    units.ALIKE_NAMES: Sentence(
        en="units with nearly the same name as another: {names}",
        id="unit kerja yang namanya hampir sama: {names}",
    ),
    reasons.SAME_NIP: Sentence(en="people with the NIP of somebody else: {names}", id="pegawai dengan NIP milik pegawai lain: {names}"),
}
_LOOK = Sentence(en="To look at:", id="Perlu dilihat:")
_TIMES = Sentence(en="{name} ({count})", id="{name} ({count})")
_NEXT = Sentence(en="Look through it, then: {command}", id="Periksa isinya, lalu: {command}")
_FILL = Sentence(en="Fill it in, then: {command}", id="Isi dahulu, lalu: {command}")


def solve_command(file: str) -> str:
    """The command that plans a workbook."""
    quoted = f'"{file}"' if any(sign.isspace() for sign in file) else file
    return f"giliran solve {quoted}"


def draft_lines(draft: Draft, file: str) -> Iterator[tuple[Said, int]]:
    """The lines, each so many steps to the right.

    Parameters
    ----------
    file
        The workbook.
    """
    yield _head(draft, file), 0
    if absences := draft.sections.get("absences"):
        yield _AWAY(count=len(absences)), 0
    if draft.guesses:
        often = Counter(guess.column if guess.section in (people.STAFF, units.UNITS) else "" for guess in draft.guesses)
        columns = [_SO_MANY(what=_heading(column), count=count) for column, count in often.most_common()]
        yield _GUESSED(count=len(draft.guesses), columns=few(columns, MOST_NAMED)), 0
    if draft.left:
        whys = Counter(_ANOTHER if row.why.values else row.why.sentence for row in draft.left)
        parts = [_SO_MANY(what=why(), count=count) for why, count in whys.most_common()]
        yield _LEFT(count=len(draft.left), reasons=few(parts, MOST_NAMED)), 0
    if people_left := [row for row in draft.left if row.person]:
        rows = [_TIMES(name=plain(row.text or row.why), count=row.place) for row in people_left]
        yield _LEFT_PEOPLE(rows=few(rows, MOST_NAMED)), 1
    if draft.unknown:
        yield _UNKNOWN(columns=few([plain(name) for name in draft.unknown], MOST_NAMED)), 0
    if draft.unread:
        yield _UNREAD(sheets=few([plain(name) for name in draft.unread], MOST_NAMED)), 0
    yield from ((said, 0) for said in draft.unused)
    looks = list(_looks(draft))
    if looks:
        yield _LOOK(), 0
        yield from ((said, 1) for said in looks)
    yield (_NEXT if "staff" in draft.sections else _FILL)(command=Whole(solve_command(file))), 0


def _head(draft: Draft, file: str) -> Said:
    horizon, title = draft.sections["horizon"], draft.circular.title
    circular = bilingual(en=title.en, id=title.id)
    common = {"file": file, "days": period_said(horizon["start"], horizon["end"]), "circular": circular}
    if "staff" not in draft.sections:
        return _EMPTY(**common)
    return _HOLDS(people=len(draft.sections["staff"]), units=len(draft.sections["units"]), **common)


def _looks(draft: Draft) -> Iterator[Said]:
    """What somebody should look at: one line for each reason, positions with how often they stand there."""
    for reason, sentence in _LOOKS.items():
        found = {(guess.section, guess.row): guess for guess in draft.guesses if guess.why.sentence == reason}
        if found:
            by_position = reason in (reasons.NO_RANK, reasons.ASK)
            names = _counted(_name(draft, guess, by_position=by_position) for guess in found.values())
            yield sentence(names=few(names, MOST_NAMED))


def _name(draft: Draft, guess: Guess, *, by_position: bool) -> str:
    row = draft.sections[guess.section][guess.row]
    return str(row.get("position", "") if by_position else row.get("name") or row.get("id") or row.get("nip", ""))


def _counted(names: Iterable[str]) -> list[Said]:
    return [plain(name) if count == 1 else _TIMES(name=plain(name), count=count) for name, count in Counter(names).items()]


def _heading(column: str) -> Said:
    if not column:
        return _LETTER()
    word: Callable[[str], str] = str.lower if column not in ("nip", "id") else str
    return bilingual(en=word(heading(column, "en")), id=word(heading(column, "id")))
