"""Names, titles, ids and keys that a screen would obey: whatever is printed shows them, and nothing obeys them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.text import Text

from giliran.cli import main
from giliran.cli.output import console
from giliran.messages import LANGUAGES, Lang

EVIL = "\x1b[31mX\x1b]8;;http://x\x07\x9b2J\u202e\u2066\u200f\u061c\u200b\u2028\x7f\rY\x0b\tZ\U000e0041[bold red]:smile:"
FAKE = "\nERROR: all is lost"
SHOWN = r"\x1b[31mX"

Said = tuple[int, str, str]
Run = Callable[..., Said]


def evil(word: str) -> str:
    """A word that ends in everything hostile."""
    return word + EVIL + FAKE


def circular() -> dict[str, Any]:
    """A planner's own letter in which every text is hostile."""
    return {
        "schema": "giliran-circular/1",
        "name": "surat",
        "title": evil("Surat"),
        "issuer": evil("Bupati"),
        "authority": "regency",
        "number": [evil("1/2021")],
        "date": "2021-07-01",
        "in_force": {"from": "2021-07-01", "to": "open"},
        "expects": {"staff": {"tags": {evil("tag"): {"ask": evil("siapa")}}}},
        "parameters": {evil("batas"): {"values": [evil("a"), evil("b")], "default": evil("a"), "ask": evil("mana")}},
        "rules": [
            {
                "id": "L1",
                "kind": "office_cap",
                "share": "50%",
                "per": evil("tingkat"),
                "when": {evil("batas"): evil("a")},
                "source": {"row": evil("L1"), "via": evil("koran"), "quote": evil("paling banyak")},
            }
        ],
        "not_rules": {evil("L2"): evil("bukan")},
    }


def instance() -> dict[str, Any]:
    """An instance in which every text is hostile, but the ids, which may not be."""
    people = [
        {"id": f"P{k}", "name": evil(f"Pegawai {k}"), "unit": "u", "position": evil("jab"), "grade": evil("III"), "tags": evil("t")}
        for k in range(4)
    ]
    return {
        "schema": "giliran/1",
        "title": evil("Judul"),
        "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
        "calendars": {"office": {"holidays": {"country": "none", "extra": ["2021-07-14"]}}, evil("kal"): {"holidays": "none"}},
        "units": [{"id": "u", "name": evil("Bidang"), "level": evil("tingkat"), "sector": evil("s"), "tags": evil("g")}],
        "staff": people,
        "absences": [{"staff_id": "P1", "from": "2021-07-13", "to": "2021-07-13", "reason": evil("cuti")}],
        "circulars": [{"file": "surat.json", "choose": {evil("batas"): evil("a")}}],
        "conditions": {evil("zona"): [{"from": "2021-07-13", "to": "2021-07-13", "value": evil("merah")}]},
        "rules": [
            {"id": "piket", "kind": "duty_officers", "count": 2, "per": evil("tingkat"), "source": {"row": evil("L3")}},
            {"id": "batas", "kind": "office_cap", "share": "75%", "per": evil("tingkat"), "source": {"row": evil("L4")}},
        ],
        "goals": [{"id": "adil", "kind": "fair_share"}],
        "meetings": [{"id": "rapat", "name": evil("Rapat"), "date": "2021-07-15", "required": ["P0"]}],
        "document": {"letterhead": evil("Kop"), "signer": {"name": evil("Ani")}},
    }


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line beside the hostile files; whatever it prints must be harmless."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("surat.json").write_text(json.dumps(circular()), encoding="utf-8")
    Path("i.json").write_text(json.dumps(instance()), encoding="utf-8")

    def typed(*words: str) -> Said:
        code = main(list(words))
        out, err = capsys.readouterr()
        harmless(out + err)
        return code, out, err

    return typed


def harmless(text: str) -> None:
    """Of controls, formats and separators only the line end is printed, and no name makes a line of its own."""
    wrong = {char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert not wrong, sorted(map(hex, map(ord, wrong)))
    assert not any(line.startswith("ERROR:") for line in text.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["text", "json"])
def test_solve_and_check(run: Run, lang: Lang, form: str) -> None:
    """Reports and JSON of a plan, of its check and of a broken plan's check, markup and emoji codes as they were typed."""
    common = ["--lang", lang, "--format", form]
    code, out, _ = run("solve", "i.json", "-o", "p.csv", "-o", "r.json", "--verbose", "--workers", "1", "--certificate", "c.json", *common)
    assert code == 0 and (SHOWN if form == "text" else r"\u202e") in out
    assert "[bold red]:smile:" in out.replace("\n", "")
    assert run("check", "i.json", "r.json", "--certificate", "c.json", *common)[0] == 0
    rows = Path("p.csv").read_text(encoding="utf-8")
    Path("broken.csv").write_text(rows.replace(",home", ",office"), encoding="utf-8")
    assert run("check", "i.json", "broken.csv", *common)[0] == 1


def test_json_says_what_the_file_says(run: Run) -> None:
    """JSON on a screen and in a file hold the same values: names are data there, to the last character."""
    out = run("solve", "i.json", "-o", "r.json", "--workers", "1", "--format", "json")[1]
    printed, written = json.loads(out), json.loads(Path("r.json").read_text(encoding="utf-8"))
    for result in (printed, written):
        result.pop("seconds", None)
    assert printed == written
    assert printed["title"] == evil("Judul")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_batch(run: Run, lang: Lang) -> None:
    """Names of files in the table of a batch, and what is wrong with one of them."""
    folder = Path("folder\x1b[31m\u202e")
    folder.mkdir()
    (folder / "a\x1b]0;\x07\u2066.json").write_text(json.dumps(instance() | {"circulars": []}), encoding="utf-8")
    (folder / "b\n\u202e.json").write_text(json.dumps(instance()), encoding="utf-8")
    for form in ("text", "json"):
        run("solve", str(folder), "--lang", lang, "--format", form, "--workers", "1")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_circulars(run: Run, lang: Lang) -> None:
    """A letter of one's own, and one with a mistake at every hostile key."""
    assert run("circulars", "--check", "surat.json", "--lang", lang)[0] in {0, 2}
    wrong = {evil(key): value for key, value in circular().items()}
    Path("w.json").write_text(json.dumps(circular() | wrong | {"authority": evil("raja")}), encoding="utf-8")
    assert run("circulars", "--check", "w.json", "--lang", lang)[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", sorted(instance()))
def test_wrong_sections(run: Run, lang: Lang, section: str) -> None:
    """A hostile text, key, list and row where each section stands is told without harm."""
    for value in (EVIL, {EVIL: EVIL}, [EVIL], [{EVIL: EVIL, "id": EVIL, "kind": EVIL}], [[EVIL]]):
        Path("w.json").write_text(json.dumps(instance() | {section: value, evil("kunci"): 1}), encoding="utf-8")
        assert run("check", "w.json", "w.json", "--lang", lang)[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        (evil("solve"),),
        ("solve", evil("--pilihan")),
        ("solve", evil("x.json")),
        ("solve", "i.json", "--time-limit", evil("5")),
        ("solve", "i.json", "--workers", "half\udc80"),
        ("solve", "i.json", "-o", evil("x") + ".csv" + EVIL),
        ("solve", "i.json", "-o", EVIL + "/x.csv"),
        ("check", "i.json", evil("p") + ".csv"),
        ("check", "i.json", "surat.json", evil("zuviel")),
        ("rules", evil("office_cap")),
        ("circulars", evil("lampung")),
        ("schema", evil("instance")),
    ],
    ids=range(12),
)
def test_words_that_are_typed(run: Run, lang: Lang, words: tuple[str, ...]) -> None:
    """Commands, options, values and names of files."""
    assert run(*words, "--lang", lang)[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        f"staff_id,date,place\nP0{EVIL[:9]},2021-07-12,office\n",
        "staff_id,date,place\nP0,2021\x1b-07-12,of\u202efice\n",
        "staff\u202e_id,date,pl\x1bace\nP0,2021-07-12,office\n",
        f'staff_id,date,place,duty\nP0,2021-07-12,office,"{EVIL[:20]}\nERROR: x"\n',
    ],
    ids=range(4),
)
def test_tables(run: Run, lang: Lang, text: str) -> None:
    """Ids, cells and headings of a CSV."""
    Path("p.csv").write_text(text, encoding="utf-8")
    assert run("check", "i.json", "p.csv", "--lang", lang)[0] == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["a: \x1b[31m", "a: [\u202e", '"\\x": \x9b', "{\u202e: }}", "a: &\u202e b\nc: *\u2066", "!\u202e a", "\u202e"]
)
def test_bad_yaml_and_json(run: Run, lang: Lang, text: str) -> None:
    """Quotations of text that cannot be read."""
    for name in ("w.yaml", "w.json"):
        Path(name).write_text(text, encoding="utf-8")
        assert run("solve", name, "--lang", lang)[0] == 2


def test_the_last_guard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What a report forgot to show is shown by the console itself, which keeps the colours that are ours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    console().print(Text("a\x1b[2J\u202e", style="bold"), soft_wrap=True)
    assert capsys.readouterr().out == "\x1b[1ma\\x1b[2J\\u202e\x1b[0m\n"
