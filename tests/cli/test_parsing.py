"""Words of the command line before any command runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from giliran.cli import main
from giliran.cli.language import language_of
from giliran.messages import LANGUAGES
from tests.cli.test_commands import INSTANCE


@pytest.mark.parametrize(
    ("argv", "variable", "lang"),
    [
        ([], "", "en"),
        ([], "id", "id"),
        ([], " ID", "id"),
        ([], "id_ID.UTF-8", "id"),
        ([], "indonesia", "en"),
        (["solve", "--lang", "id"], "", "id"),
        (["solve", "--lang=en"], "id", "en"),
        (["--lang", "id", "solve", "--lang", "en"], "", "en"),
        (["solve", "--lang"], "", "en"),
        (["solve", "--lang", "fr"], "id", "en"),
        (["solve", "--", "--lang", "id"], "", "en"),
    ],
)
def test_language(argv: list[str], variable: str, lang: str) -> None:
    """The last `--lang` counts, then the variable, then English, whatever the locale of whoever reads a pipe."""
    assert language_of(argv, {"GILIRAN_LANG": variable, "LANG": "id_ID.UTF-8"}) == lang


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "in_ID"}, "id"),
        ({"LC_ALL": "C", "LANG": "id_ID.UTF-8"}, "en"),
        ({"LC_MESSAGES": "id_ID", "LANG": "en_US.UTF-8"}, "id"),
        ({"LC_ALL": "", "LANG": "id_ID"}, "id"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"GILIRAN_LANG": "en", "LANG": "id_ID.UTF-8"}, "en"),
        ({"GILIRAN_LANG": "indonesia", "LANG": "id_ID.UTF-8"}, "id"),
    ],
)
def test_the_locale_on_a_terminal(environ: dict[str, str], lang: str) -> None:
    """Somebody at a terminal reads the language of the system; pipes and JSON are the same everywhere."""
    assert language_of(["solve", "i.yaml"], environ, terminal=True) == lang
    by_variable = "en" if environ.get("GILIRAN_LANG", "indonesia") == "indonesia" else environ["GILIRAN_LANG"]
    assert language_of(["solve", "i.yaml"], environ) == by_variable
    for words in (["--format", "json"], ["--format=json"]):
        assert language_of(["solve", "i.yaml", *words], environ, terminal=True) == by_variable


def test_the_workbook_comes_before_the_variable() -> None:
    """Whose headings are Indonesian is answered in Indonesian, unless `--lang` says otherwise."""
    assert language_of(["solve", "dinas.xlsx"], {"GILIRAN_LANG": "en"}, book="id") == "id"
    assert language_of(["solve", "dinas.xlsx", "--lang", "en"], {}, book="id") == "en"


@pytest.mark.parametrize("words", ["solve {}", "check {} p.csv", "solve --workers 1 {} -o out.xlsx"])
def test_a_workbook_is_answered_in_its_language(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands around its name, and whatever the variable says; `--lang` comes first, and a workbook to be written has no say."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GILIRAN_LANG", "en")
    Path("i.yaml").write_text(INSTANCE, encoding="utf-8")
    for lang in LANGUAGES:
        assert main(["convert", "i.yaml", "-o", f"{lang}.xlsx", "--lang", lang]) == 0
    assert main(["solve", "i.yaml", "-o", "p.csv", "-o", "out.xlsx", "--lang", "id"]) == 0

    def printed(words: str) -> str:
        capsys.readouterr()
        main(words.split())
        return capsys.readouterr().out

    assert "4 pegawai" in printed(words.format("id.xlsx")) and "4 people" in printed(words.format("en.xlsx"))
    assert "4 people" in printed(words.format("id.xlsx") + " --lang en") and "4 people" in printed("solve i.yaml -o out.xlsx")


@pytest.mark.parametrize(("text", "near"), [("indonesia", True), ("fr_FR", False), ("idn", True)])
def test_an_unknown_language_of_the_variable_is_told(
    text: str, near: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run goes on, in a language that it names."""
    monkeypatch.setenv("GILIRAN_LANG", text)
    assert main(["--version"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("giliran ") and err.startswith(f"GILIRAN_LANG={text} names no language: en, id. ")
    assert err.endswith("Meanwhile English.\n") and ("Did you mean id?" in err) is near


def test_a_known_language_is_not_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said of a variable that is right, or empty."""
    for text in ("", "ID", "en_US.UTF-8"):
        monkeypatch.setenv("GILIRAN_LANG", text)
        assert main(["--version"]) == 0 and capsys.readouterr().err == ""


@pytest.mark.parametrize(("lang", "said"), [("en", "[required]"), ("id", "[wajib diisi]")])
def test_required_options(lang: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What must be given is marked in the language of the help."""
    assert main(["generate", "--help", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert said in out and out.count("[required]") == (2 if lang == "en" else 0)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["solve", "--verbose=3", "x"], "the option --verbose takes no value\n  See giliran solve --help."),
        (["solve", "x", "--time-limit"], "the option --time-limit takes one value\n  See giliran solve --help."),
        (["--version=3"], "the option --version takes no value\n  See giliran --help."),
        (["solve", "--help=3", "--lang", "id"], "pilihan --help tidak memerlukan nilai\n  Lihat giliran solve --help."),
    ],
)
def test_values_of_options(capsys: pytest.CaptureFixture[str], argv: list[str], words: str) -> None:
    """An option without a value, and a value too many, are told apart, without the parser's own words."""
    assert main(argv) == 2
    assert capsys.readouterr().err.strip() == words


@pytest.mark.parametrize(
    ("argv", "option"),
    [
        (["solve", ""], "INSTANCE"),
        (["check", "i.yaml", ""], "SCHEDULE"),
        (["solve", "i.yaml", "-o", ""], "--output"),
        (["solve", "i.yaml", "--out-dir", ""], "--out-dir"),
        (["generate", "--staff", "50", "-o", ""], "--output"),
    ],
)
def test_empty_names_are_refused(capsys: pytest.CaptureFixture[str], argv: list[str], option: str) -> None:
    """A name that is empty, as where a variable of the shell is not set, never means the folder at hand."""
    assert main(argv) == 2
    assert capsys.readouterr().err.strip() == f"{option}: the name is empty; maybe it stands in a variable that is not set"


def test_names_that_no_file_has_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that passes a name with NUL in it is told so."""
    assert main(["check", "i\0.yaml", "p.csv"]) == 2
    assert capsys.readouterr().err.strip() == "INSTANCE: its name holds characters that no file name may have here"
