"""A letter that is read: its proposals are defaults with their sentences, asked one by one, coloured where nobody was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from giliran import Instance
from giliran.books import read_book
from giliran.drafting.asking import Question, ask, by_default
from giliran.drafting.draft import Draft, interview
from giliran.drafting.letter_proposals import Proposals, proposals_of
from giliran.drafting.letter_telling import letter_lines
from giliran.drafting.listing import Listing, listing_of
from giliran.letters import grammar_with, read_letter
from giliran.lists.staff import staff_of
from giliran.lists.workbooks import grids_in
from tests.drafting.made import ranked
from tests.letters.made import SURAT
from tests.lists.test_traits import grid

TODAY = dt.date(2026, 7, 29)


def read(text: str) -> Proposals:
    """What a letter proposes."""
    return proposals_of(read_letter(text, grammar_with(None), TODAY.year))


def listing() -> Listing:
    """A list in the order of ranks."""
    text = "\n".join(" | ".join(cell.replace("\n", " ") for cell in row) for row in ranked() if row)
    found = staff_of([grid(text, "Daftar")], declared=False)
    assert found is not None
    return listing_of(found, "daftar.xlsx")


def drafted(text: str, answers: Mapping[str, str] | None = None) -> tuple[Draft, dict[str, Question]]:
    """The draft under a letter by defaults but for some answers, and the questions by their keys."""
    asked: dict[str, Question] = {}
    questions, answer = interview(TODAY, None, "umum", "id", read(text)), None
    while True:
        try:
            question = questions.send(answer)
        except StopIteration as end:
            return end.value, asked
        asked[question.key] = question
        given = (answers or {}).get(question.key)
        answer = question.default if given is None else question.read(given)  # type: ignore[assignment]


def test_each_proposal_is_the_default_of_its_question() -> None:
    """The share with its sentence beside the question; the number, the dates and the days of the plan as well."""
    draft, asked = drafted(SURAT)
    assert asked["choose.limit"].default == "50%"
    assert "paling banyak 50% (lima puluh persen)" in asked["choose.limit"].quotes[0].text("id")
    assert asked["choose.side"].default == "home" and asked["choose.leaders_place"].default == "office"
    assert asked["number"].default == "800.1.5/123/BKPSDM/2026"
    assert (asked["circular.from"].default, asked["circular.to"].default) == (dt.date(2026, 8, 3), dt.date(2026, 8, 14))
    assert asked["days"].default == (dt.date(2026, 8, 3), dt.date(2026, 8, 14))
    entry = draft.sections["circulars"][0]
    assert (entry["from"], entry["to"]) == (dt.date(2026, 8, 3), dt.date(2026, 8, 14))
    assert {name: entry["choose"][name] for name in ("side", "limit", "per", "leaders_place")} == {
        "side": "home",
        "limit": "50%",
        "per": "opd",
        "leaders_place": "office",
    }


def test_nothing_is_taken_over_that_somebody_answers_otherwise() -> None:
    """An answer wins over the letter, and is no guess."""
    draft, _ = drafted(SURAT, {"choose.limit": "25%", "circular.to": "tidak ada", "choose.leaders_place": "tidak"})
    entry = draft.sections["circulars"][0]
    assert entry["choose"]["limit"] == "25%" and "to" not in entry
    assert entry["choose"].get("leaders_place", "free") == "free" and "leader_ranks" in entry["choose"]
    assert not {"choose.limit", "to", "choose.leaders_place"} & {guess.column for guess in draft.guesses}


def test_a_seldom_question_is_asked_where_the_letter_answers_it() -> None:
    """The second share has grade advanced; a letter that gives one brings its questions into the interview."""
    text = "WFH paling banyak 50%. Khusus 4 s.d. 7 September 2026 WFH paling banyak 75%."
    assert {"choose.second_limit", "choose.second_from", "choose.second_to"} <= set(drafted(text)[1])
    assert "choose.second_limit" not in drafted("WFH paling banyak 50%.")[1]


def test_guesses_stand_on_the_sheet_with_their_sentences(tmp_path: Path) -> None:
    """Where nobody was asked: the cell is a guess with the quote as reason, and all that was found stands on a sheet of its own."""
    draft = by_default(interview(TODAY, None, "umum", "id", read(SURAT)))
    why = {guess.column: guess.why.text("id") for guess in draft.guesses if guess.section == "circulars"}
    assert "paling banyak 50% (lima puluh persen)" in why["choose.limit"]
    (tmp_path / "d.xlsx").write_bytes(draft.book("id"))
    assert read_book(tmp_path / "d.xlsx").data["circulars"][0]["choose"]["limit"] == "50%"
    [sheet] = [grid for grid in grids_in(tmp_path / "d.xlsx", "d.xlsx") if grid.name == "Bunyi surat"]
    said = [row.cells[:2] for row in sheet.rows]
    assert said[0] == ("Jenis", "Isi")
    assert ("diusulkan", "Berapa persen? → 50% (`limit`)") in said and ("tentang hal lain", "30%") in said


def test_a_letter_without_a_share_brings_no_limit() -> None:
    """The default of `umum` is 50 %, which such a letter does not say: none is proposed with the reason."""
    draft, asked = drafted("Setiap Jumat pegawai WFH.")
    assert draft.sections["circulars"][0]["choose"]["limit"] == "none"
    assert "tidak ditemukan" in asked["choose.limit"].quotes[0].text("id")


def test_units_that_a_letter_names_are_proposed_to_work_in_full() -> None:
    """A letter that keeps a unit in the office is the reason why it is the default of the question about such units."""
    text = "WFH paling banyak 50%. Dikecualikan bagi Bidang Penyuluhan dan kelurahan."
    asked: list[Question] = []
    questions, answer = interview(TODAY, listing(), "umum", "id", read("WFH paling banyak 50%. Kelurahan tetap bekerja di kantor.")), None
    assert read(text).choose["limit"].value == "50%"
    with pytest.raises(StopIteration):
        while True:
            question = questions.send(answer)
            asked.append(question)
            answer = question.default  # type: ignore[assignment]
    [about] = [question for question in asked if question.key == "units.tags.full_service"]
    assert "kelurahan" in about.quotes[0].text("id")


def test_marks_that_a_letter_keeps_are_given_to_staff() -> None:
    """Guards get the mark that the letter names, as a guess with its reason, so that the limit leaves them out; without it they do not."""
    heads = "Nama | Jabatan | Unit Kerja | Status"
    rows = ["Ani | Analis | Bidang A | PNS", "Budi | Analis | Bidang A | PNS", "Dedi | Petugas Keamanan | Bidang A | Non-ASN"]
    found = staff_of([grid("\n".join([heads, *rows]), "Daftar")], declared=False)
    assert found is not None
    for text, tags in (("Petugas keamanan tetap bekerja di kantor.", "keamanan"), ("", "")):
        proposals = read(f"WFH paling banyak 50%. {text}")
        draft = by_default(interview(TODAY, listing_of(found, "daftar.xlsx"), "umum", "id", proposals))
        guard = next(k for k, row in enumerate(draft.sections["staff"]) if row["position"] == "Petugas Keamanan")
        assert draft.sections["staff"][guard].get("tags", "") == tags
        why = [guess.why.text("id") for guess in draft.guesses if (guess.section, guess.row, guess.column) == ("staff", guard, "tags")]
        assert ["bertanda keamanan" in each for each in why] == ([True] if tags else [])


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Pegawai yang sudah divaksin WFO 50%.", "yang sudah divaksin"),
        ("Pelayanan WFO 100%. Unit pelayanan WFH 25%. Selain pelayanan WFH 75%.", "selain pelayanan"),
    ],
)
def test_whom_a_share_is_of_is_told_in_words(text: str, whom: str) -> None:
    """A planner reads whom it means, not the word by which the program knows them."""
    told = [each.why.text("id") for each in read(text).not_taken]
    assert any(f"({whom})" in why for why in told), told


def test_contradictions_are_shown() -> None:
    """WFH 75 % beside WFO 25 % is the same, beside WFO 50 % it is not; then both are told, and neither is taken."""
    assert not read("WFH sebesar 75%. WFO sebesar 25%.").clashes
    found = read("WFH sebesar 75%. WFO sebesar 50%.")
    assert len(found.clashes) == 1 and found.choose["limit"].open
    said = " ".join(line.text("id") for line, _ in letter_lines(found, "surat.txt"))
    assert "Bertentangan: WFH sebesar 75%, yaitu WFO sebesar 25% / WFO sebesar 50%, yaitu WFH sebesar 50%" in said


def test_quotes_cannot_harm_a_terminal() -> None:
    """Escape sequences and overrides in a letter are gone before anything is quoted; a long sentence is cut."""
    text = "WFO \x1b[31mpaling banyak\u202e 50% " + "dan seterusnya " * 100
    lines: list[str] = []
    answers = iter([""] * 100)
    ask(interview(TODAY, None, "umum", "id", read(text)), lambda prompt: next(answers), lines.append, "id")
    assert any("WFO [31mpaling banyak 50%" in line for line in lines)
    assert "".join(lines).isprintable() and max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Berlaku mulai tanggal 3 Agustus 2026 WFO paling banyak 50%.", (dt.date(2026, 8, 3), dt.date(2026, 8, 7))),
        ("WFO paling banyak 50% mulai 1 Juli 2026.", (dt.date(2026, 8, 3), dt.date(2026, 8, 7))),
        ("WFO paling banyak 50% mulai 8 Agustus 2026.", (dt.date(2026, 8, 10), dt.date(2026, 8, 14))),
        ("WFO paling banyak 50% sampai dengan 29 Mei 2020.", (dt.date(2020, 5, 25), dt.date(2020, 5, 29))),
        ("WFO paling banyak 50% tanggal 12 s.d. 20 Juli 2021.", (dt.date(2021, 7, 12), dt.date(2021, 7, 20))),
    ],
)
def test_days_of_the_plan(text: str, days: tuple[dt.date, dt.date]) -> None:
    """All days of a short letter; else the next week of those on which it is in force, or its first."""
    draft, asked = drafted(text)
    assert asked["days"].default == days
    sections = {**draft.sections, "staff": [{"id": "A"}, {"id": "B"}]}
    assert Instance.build(sections).view.limits
