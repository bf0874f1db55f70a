"""Whoever follows the guide gets what it says."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import giliran.guide
from giliran.messages import LANGUAGES, Lang
from tests.examples import Reader, blocks, reader

__all__ = ["reader"]

PAGES = sorted(Path(giliran.guide.__file__).parent.glob("*/*.md"))
WIDEST = 78
"""Columns of a line of code that a terminal of 80 columns shows unbroken; rich leaves one free on either side."""


def name(path: Path) -> str:
    """A page's place in the guide."""
    return f"{path.parent.name}/{path.name}"


@pytest.fixture(scope="module")
def followed() -> dict[Path, Path]:
    """Folders of readers who have followed a page, by page; each is there once somebody has."""
    return {}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_examples_run(path: Path, reader: Reader, followed: dict[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every example of a page does what the page says, for a reader who has followed the first page."""
    first = next(page for page in PAGES if page.parent == path.parent)
    if first in followed:
        shutil.copytree(followed[first], reader.folder, dirs_exist_ok=True)
    else:
        reader.follow(first.read_text(encoding="utf-8"))
        followed[first] = shutil.copytree(reader.folder, tmp_path_factory.mktemp("followed"), dirs_exist_ok=True)
    if path != first:
        reader.follow(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_first_weeks_need_no_note(lang: Lang, reader: Reader) -> None:
    """The plans of the first and the next week are proven without a finding, and the ledger of the first reaches the next.

    The plan after somebody fell ill says why the announced one could not stay: its officer of Wednesday is the one who is ill.
    """
    for path in (page for page in PAGES if page.parent.name == lang and page.name[:2] in ("10", "20")):
        reader.follow(path.read_text(encoding="utf-8"))
    results = [json.loads(path.read_text(encoding="utf-8")) for path in reader.folder.glob("*.json")]
    assert len(results) == 3
    told = {result["title"]: [finding["sentences"]["en"] for finding in result["findings"]] for result in results}
    assert {result["status"] for result in results} == {"optimal"}
    assert sorted(len(found) for found in told.values()) == [0, 0, 1]
    assert all(said.startswith("published, but umum/duty") for found in told.values() for said in found)
    balances = [{person["balance_thousandths"] for person in result["fairness"][0]["people"]} - {0} for result in results]
    assert [bool(found) for found in balances] == [result["horizon"][0] == "2026-08-10" for result in results]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_examples_fit_a_terminal(path: Path) -> None:
    """Lines that a reader copies are not broken where a terminal has 80 columns."""
    for block in blocks(path.read_text(encoding="utf-8")):
        assert [line for line in block.text.splitlines() if len(line) > WIDEST] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_files_are_called_by_their_names(path: Path) -> None:
    """The words right above the text of a file say what it is called; the mark for tests is seen by nobody."""
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"((?:.+\n)+)\n<!-- file: (\S+) -->", text)
    assert len(named) == text.count("<!-- file: ")
    for above, file in named:
        assert f"`{file}`" in above, above


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_references_lead_somewhere(path: Path) -> None:
    """Every page that a page sends its reader to is there, by its name in the same language."""
    topics = {page.topic for page in giliran.guide.load_pages("en" if path.parent.name == "en" else "id")}
    for words in re.findall(r"`giliran guide ([^`]+)`", path.read_text(encoding="utf-8").replace("\n", " ")):
        assert words.replace(" ", "-") in topics, words
