"""`giliran why` and `giliran substitutes`: what they print, in both languages, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

from giliran.files.schema import schema
from tests.cli.test_commands import Run, run
from tests.cli.test_publish import PLAN, WEEK

__all__ = ["run"]

WHY = ("why", "w.yaml", "plan.csv", "--staff")
SUBSTITUTES = ("substitutes", "w.yaml", "plan.csv", "--staff", "Ani", "--date", "2021-07-12")
WIDEST = 80


@pytest.fixture(autouse=True)
def week(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week of Ani and Budi with one seat a day, and its plan, in the folder at hand."""
    monkeypatch.setenv("COLUMNS", str(WIDEST))
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    Path("plan.csv").write_text(PLAN, encoding="utf-8")


def test_one_day(run: Run) -> None:
    """Budi could have Monday, if Ani took one of his days or the other way round; alone the duty would be missed."""
    code, out, err = run(*WHY, "ani", "--date", "12/7/2021")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Ani (A), Bidang Satu",
        "Monday 12 July 2021: in the office, on duty for own/piket",
        "  If at home and nobody else moves, this would be broken:",
        "    everybody concerned, Monday 12 July 2021: duty officers in the office 0, 1",
        "      too few (needed 1 of 2 available) [own/piket]",
        "  If at home: possible, costs nothing, in exchange with Budi",
        "    Budi, Monday 12 July 2021: at home → in the office",
        "Office days that count (own/fair_share): 3; fair share 2.5, earlier balance 0,",
        "  difference +0.5. Bidang Satu, 2 people: 2 to 3 days, 2.5 on average",
        "Duty (own/piket): named on 3 days; earlier balance 0. Everybody, 2 people: 2 to",
        "  3 days, 2.5 on average",
    ]


def test_one_day_in_indonesian(run: Run) -> None:
    """The same in Indonesian words."""
    code, out, err = run(*WHY, "A", "--date", "2021-07-12", "--lang", "id")
    assert (code, err) == (0, "")
    assert out.splitlines()[1:3] == [
        "Senin 12 Juli 2021: WFO, petugas piket own/piket",
        "  Bila WFH dan yang lain tetap, ini tidak dipenuhi:",
    ]
    assert "  Bila WFH: dapat, tanpa biaya, bertukar dengan Budi" in out.splitlines()


@pytest.mark.parametrize("words", [(*WHY, "Budi"), (*SUBSTITUTES, "--swap"), (*SUBSTITUTES, "--duty", "own/piket")], ids=lambda w: w[0])
@pytest.mark.parametrize("lang", ["en", "id"])
def test_lines_fit_the_screen(words: tuple[str, ...], lang: str, run: Run) -> None:
    """No line is wider than the terminal."""
    code, out, err = run(*words, "--lang", lang)
    assert (code, err) == (0, "") and max(map(len, out.splitlines())) <= WIDEST


@pytest.mark.parametrize(("words", "name"), [((*WHY, "A"), "why"), ((*SUBSTITUTES, "--swap"), "substitutes"), (SUBSTITUTES, "substitutes")])
def test_json_fits_its_schema(words: tuple[str, ...], name: str, run: Run) -> None:
    """Programs get what the schema says, and `giliran schema` prints that."""
    code, out, err = run(*words, "--format", "json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    jsonschema.Draft202012Validator(schema(name)).validate(data)
    assert data["schema"] == f"giliran-{name}/1" and data["staff_id"] == "A"
    assert json.loads(run("schema", name)[1]) == schema(name)


def test_who_else(run: Run) -> None:
    """Budi alone can come; he would have three days then, and a Thursday or Friday of his is Ani's in exchange."""
    code, out, err = run(*SUBSTITUTES, "--swap")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:3] == [
        "Instead of Ani (A) in the office on Monday 12 July 2021:",
        "  1. Budi (B): costs nothing",
        "    office days 2 → 3 (difference to the fair share +0.5); not called before",
    ]
    at = lines.index("Exchanges that leave everything else as it is:")
    assert [" ".join(lines[at + 1 + 2 * k : at + 3 + 2 * k]).split() for k in range(2)] == [
        f"Budi (B) comes on Monday 12 July 2021, Ani on {day} July 2021 instead; duty goes with the days: own/piket".split()
        for day in ("Thursday 15", "Friday 16")
    ]


def test_a_plan_that_breaks_a_rule(run: Run) -> None:
    """Both in one seat: the answer says so, prices count from the best plan, and the exit code is that of a broken rule."""
    Path("plan.csv").write_text(PLAN.replace("B,2021-07-12,home,", "B,2021-07-12,office,"), encoding="utf-8")
    code, out, _ = run(*WHY, "A", "--date", "2021-07-12")
    assert code == 1 and "This plan breaks rules at 1 place; prices there" in out


def test_a_plan_with_gaps(run: Run) -> None:
    """Days that the file leaves out are counted, and told."""
    Path("plan.csv").write_text(PLAN.replace("B,2021-07-13,home,\n", ""), encoding="utf-8")
    code, out, _ = run(*WHY, "B", "--date", "2021-07-13")
    assert code == 1 and "counted as not in the office: 1" in out and "Tuesday 13 July 2021: no place is planned" in out


def test_a_plan_for_other_dates(run: Run) -> None:
    """A plan of August says nothing about July."""
    Path("plan.csv").write_text(PLAN.replace("2021-07", "2021-08"), encoding="utf-8")
    for words in ((*WHY, "A"), SUBSTITUTES):
        code, out, err = run(*words)
        assert (code, out) == (2, "") and "2021" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*WHY, "Ana"), "nobody here has the id, NIP or name 'Ana'"),
        ((*WHY, "A", "--date", "2021-08-12"), "outside the horizon"),
        (("why", "plan.csv", "w.yaml", "--staff", "A"), "giliran why w.yaml plan.csv"),
        (("substitutes", "plan.csv", "w.yaml", "--staff", "A", "--date", "2021-07-12"), "giliran substitutes w.yaml plan.csv"),
        (("why", "w.yaml", "plan.csv"), "--staff is missing"),
        (("substitutes", "w.yaml", "plan.csv", "--staff", "B", "--date", "2021-07-12"), "Budi is not in the office"),
        ((*SUBSTITUTES, "--duty", "own/pikt"), "own/piket"),
    ],
)
def test_what_cannot_be_asked(words: tuple[str, ...], told: str, run: Run) -> None:
    """Unknown people and days, files in each other's place and questions about nobody are refused in words, and nothing is printed."""
    before = sorted(path.name for path in Path().iterdir())
    code, out, err = run(*words)
    assert (code, out) == (2, "") and told in err
    assert sorted(path.name for path in Path().iterdir()) == before


@pytest.mark.parametrize("lang", ["en", "id"])
def test_wide_names_fit_the_screen(lang: str, run: Run) -> None:
    """Signs that take two columns are counted as two, and no line ends between a number and its percent sign."""
    Path("w.yaml").write_text(WEEK.replace("Budi", "李小龙 " * 9).replace("max: 1", "share: 50%"), encoding="utf-8")
    code, out, err = run(*SUBSTITUTES, "--swap", "--lang", lang)
    assert (code, err) == (0, "") and "李" in out
    assert max(cell_len(line) for line in out.splitlines()) <= WIDEST
    out = "".join(run(*WHY, person, "--lang", lang)[1] for person in ("A", "B"))
    assert ("50%" if lang == "id" else "50 %") in out and not any(line.lstrip().startswith("%") for line in out.splitlines())
