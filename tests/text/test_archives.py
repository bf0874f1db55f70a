"""Archives of others: what is damaged, locked or without end is told apart, by the guard and by all who read files with it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from giliran import InputError
from giliran.files.keeping import holds_paper, sheets_in
from giliran.letters import word
from giliran.letters.files import letter_text
from giliran.lists import workbooks
from giliran.lists.workbooks import grids_in, unused_in
from giliran.text.archives import ArchiveError, BombError, LockedError, parts_in, unpacking, xml_in
from tests.letters.made import word as word_file
from tests.text.archived import DAMAGED, archive_of, larger, locked, understated

PART, MOST = "xl/workbook.xml", 1_000_000
SMALL = archive_of(PART, b"<a>" + b"x" * 1000 + b"</a>")


def workbook() -> bytes:
    """A workbook of one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Daftar").write_row(0, 0, ["Nama", "NIP"])
    return out.getvalue()


def refused(path: Path) -> str:
    """What is said of a letter or workbook that is refused, in English."""
    with pytest.raises(InputError) as error:
        letter_text(path, path.name) if path.suffix == ".docx" else grids_in(path, path.name)
    return "\n".join(problem.text("en") for problem in error.value.problems)


def as_file(folder: Path, kind: str, raw: bytes) -> Path:
    """The archive as a file."""
    path = folder / f"x.{kind}"
    path.write_bytes(raw)
    return path


MADE = {"docx": lambda: word_file(["WFO paling banyak 50%."]), "xlsx": workbook}


def test_an_archive_of_the_most_that_it_may_be() -> None:
    """As many bytes as it may unpack to, over all its parts, are not too many; one more is."""
    raw = larger(SMALL, 5_000)
    with unpacking(raw, 6_007) as archive:
        assert len(archive.namelist()) == 2
    with pytest.raises(BombError), unpacking(raw, 6_006):
        pass


@pytest.mark.parametrize("way", [larger, understated])
def test_bombs(way: Callable[[bytes, int], bytes]) -> None:
    """Whatever the directory says, unpacking ends where there is too much."""
    with pytest.raises(BombError), unpacking(way(SMALL, 5_000_000), MOST):
        pass


def test_of_a_part_no_more_is_read_than_may_be() -> None:
    """XML that goes on behind its most is cut, and so is none any more."""
    assert xml_in(SMALL, PART, 1_007).tag == "a"
    with pytest.raises(ArchiveError):
        xml_in(SMALL, PART, 1_006)


def test_what_needs_a_password() -> None:
    """It is told apart from damage."""
    with pytest.raises(LockedError), unpacking(locked(SMALL), MOST):
        pass
    with pytest.raises(LockedError):
        xml_in(locked(SMALL), PART, MOST)


@pytest.mark.parametrize("way", DAMAGED)
def test_damage(way: str) -> None:
    """One error, whatever unpacking raises."""
    raw = DAMAGED[way](SMALL)
    for read in (lambda: unpacking(raw, MOST).__enter__(), lambda: xml_in(raw, PART, MOST)):
        with pytest.raises(ArchiveError) as error:
            read()
        assert type(error.value) is ArchiveError


def test_what_is_not_there(tmp_path: Path) -> None:
    """No such part, no such file, no archive."""
    with pytest.raises(ArchiveError):
        xml_in(SMALL, "xl/other.xml", MOST)
    with pytest.raises(ArchiveError):
        xml_in(tmp_path / "none.xlsx", PART, MOST)
    with pytest.raises(ArchiveError):
        parts_in(b"no archive")


def test_what_is_seen_meanwhile() -> None:
    """A part that turns out to be damaged only where it is read is damage too."""
    with pytest.raises(ArchiveError), unpacking(SMALL, MOST) as archive:
        archive.read("xl/other.xml")


@pytest.mark.parametrize("kind", MADE)
def test_whole_files_are_read(kind: str, tmp_path: Path) -> None:
    """What is broken below was whole before."""
    path = as_file(tmp_path, kind, MADE[kind]())
    assert "50%" in letter_text(path, "x") if kind == "docx" else [grid.name for grid in grids_in(path, "x")] == ["Daftar"]


@pytest.mark.parametrize("way", DAMAGED)
@pytest.mark.parametrize("kind", MADE)
def test_damaged_files(kind: str, way: str, tmp_path: Path) -> None:
    """Documents and workbooks say so in a sentence; nothing is raised where somebody only looks whether a file is ours."""
    path = as_file(tmp_path, kind, DAMAGED[way](MADE[kind]()))
    assert "damaged" in refused(path)
    assert sheets_in(path) <= {"Daftar"} and not holds_paper(path)
    assert unused_in(path, "x") == ()


@pytest.mark.parametrize(("kind", "said"), [("docx", "protected"), ("xlsx", "protected by a password")])
def test_locked_files(kind: str, said: str, tmp_path: Path) -> None:
    """A password is named."""
    path = as_file(tmp_path, kind, locked(MADE[kind]()))
    assert said in refused(path)
    assert sheets_in(path) == frozenset() and not holds_paper(path)


@pytest.mark.parametrize("way", [larger, understated])
@pytest.mark.parametrize("kind", MADE)
def test_files_without_end(kind: str, way: Callable[[bytes, int], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents and workbooks alike, also where the directory lies."""
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", MOST)
    monkeypatch.setattr(word, "MAX_UNPACKED", MOST)
    assert "larger than 1 MB" in refused(as_file(tmp_path, kind, way(MADE[kind](), 5_000_000)))
