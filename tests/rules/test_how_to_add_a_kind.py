"""The page on how to add a kind is true: what it names is there, and its example of claims holds."""

import re
from pathlib import Path

import pytest

from giliran.program import ProgramBuilder
from giliran.rules.registry import known
from tests.rules.claims import MARKS, claims_of
from tests.rules.test_claims import test_audit as hold_audit
from tests.rules.test_claims import test_program as hold_program

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "solver/giliran/rules/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bout\.(\w+)", PAGE))))
def test_what_a_kind_may_say_is_there(name: str) -> None:
    """Every method of the table is one of the builder."""
    assert callable(getattr(ProgramBuilder, name))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\b(?:tests|benchmarks|solver)/[\w/.]+", PAGE))))
def test_files_are_there(path: str) -> None:
    """Every file and folder that is named exists, with a known kind for KIND."""
    assert (ROOT / path.replace("KIND", "home_cap")).exists()


def test_words_before_literals_are_all_told() -> None:
    """The page names every word that makes a fact of a literal."""
    assert [word for word in MARKS if not re.search(rf"`{word}\b", PAGE)] == []


def test_its_claims_hold() -> None:
    """What it says of `office_floor` is found by audit and program."""
    lines = [line.strip() for line in PAGE.splitlines() if re.match(r"    (Kept|Broken)", line)]
    shown = type("Shown", (known()["office_floor"],), {"__doc__": "Shown.\n\n" + "\n".join(lines)})
    claims = claims_of(shown)
    assert [claim.amount for claim in claims] == [0, 1, 2]
    for claim in claims:
        hold_audit(claim)
        hold_program(claim)
