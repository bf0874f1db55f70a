"""Ctrl-C at every stage: each output file is the old one, byte by byte, or a whole new one."""

from __future__ import annotations

import importlib
import json
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from giliran import runs
from giliran.cli import main
from giliran.engine.columns.highs import Relaxed
from giliran.engine.dispatch import suiting
from giliran.errors import InternalError
from giliran.records.results import VARYING
from tests.cli.test_commands import INSTANCE
from tests.plans import IDS

MEETING = f"""meetings: [{{id: rapat, required: ["{IDS[0]}", "{IDS[2]}"], choose_from: [2021-07-14, 2021-07-15]}}]
"""
OLD = {
    "plan.csv": "staff_id,date,place\n",
    "all.json": '{"schema": "giliran-result/1"}\n',
    "proof.json": '{"schema": "giliran-certificate/1"}\n',
}

LOADING = ["giliran.files.loading:load_instance", "giliran.instance.named_files:read_document", "giliran.files.loading:build_instance"]
BEFORE = [
    "giliran.runs:compile_program",
    "giliran.engine.run:find_clashes",
    "giliran.engine.run:split",
]
SEARCH = [
    "giliran.engine.dispatch.tasks:solve_by_flow",
    "giliran.engine.dispatch.tasks:attempt",
    "giliran.engine.columns.relaxation:solve_columns",
    "giliran.engine.columns.sequence:relax_choices",
    "giliran.engine.columns.turns:search_whole",
    "giliran.engine.dispatch.tasks:search",
]
AFTER = [
    "giliran.engine.run:deal",
    "giliran.engine.duty.naming:name_duty",
    "giliran.runs:audit",
    "giliran.runs:clash_findings",
]
WRITING = [
    ("giliran.files.formats:schedule_csv", 1),
    ("giliran.records.results:ResultFile.of", 1),
    ("giliran.records.results:JsonFile.text", 1),
    *((place, turn) for place in ("os:fsync", "pathlib:Path.replace") for turn in (1, 2, 3)),
]
"""Places and the turn: the third file is the certificate."""
PROVING = ["giliran.engine.proofs.multipliers:certify", "giliran.certificate.file:CertificateFile.of"]
TELLING = ["giliran.reports.terminal:report_result"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an instance that needs every stage, and results of earlier runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    (tmp_path / "i.yaml").write_text(INSTANCE + MEETING, encoding="utf-8")
    for name, text in OLD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    yield tmp_path


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Ctrl-C does what it does in a fresh process."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pressed_in(monkeypatch: pytest.MonkeyPatch, place: str, when: str = "before", turn: int = 1, times: int = 1) -> Callable[[], bool]:
    """Presses Ctrl-C before or after a function runs for the n-th time; the answer says later whether it was."""
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *holders, name = path.split(".")
    for holder in holders:
        owner = getattr(owner, holder)
    raw = vars(owner)[name]
    original = raw.__func__ if isinstance(raw, classmethod) else raw
    calls: list[bool] = []

    def stage(*args: Any, **kwargs: Any) -> Any:
        calls.append(True)
        mine = len(calls) == turn
        if mine and when == "before":
            press(times)
        answer = original(*args, **kwargs)
        if mine and when == "after":
            press(times)
        return answer

    monkeypatch.setattr(owner, name, classmethod(stage) if isinstance(raw, classmethod) else stage)
    return lambda: len(calls) >= turn


def press(times: int) -> None:
    """Presses Ctrl-C."""
    for _ in range(times):
        signal.raise_signal(signal.SIGINT)


def clean(folder: Path) -> None:
    """Nothing half done is left: no file beside those known, no handler, no thread."""
    assert {path.name for path in folder.iterdir()} == {"i.yaml", *OLD}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("giliran")]


def new_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of the files that changed, each of which is whole."""
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    new = {name for name, text in OLD.items() if (folder / name).read_text(encoding="utf-8") != text}
    for name in new - {"proof.json"}:
        assert main(["check", "i.yaml", name]) in (0, 1)
    if "proof.json" in new:
        assert main(["check", "i.yaml", "plan.csv", "--certificate", "proof.json"]) == 0
    return new


SOLVE = ["solve", "i.yaml", "--workers", "1", "-o", "plan.csv", "-o", "all.json", "--certificate", "proof.json"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", [*LOADING, *BEFORE])
def test_before_there_is_a_plan_everything_stays(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, when: str) -> None:
    """While files are read and the program is made Ctrl-C ends with 130 and every file as it was."""
    pressed = pressed_in(monkeypatch, place, when)
    assert main(SOLVE) == 130
    assert pressed()
    clean(folder)
    assert new_files(folder, monkeypatch) == set()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", AFTER)
def test_a_plan_that_was_found_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, when: str) -> None:
    """While a plan is put together, its officers are named and it is audited Ctrl-C waits for it, and everything is written."""
    pressed = pressed_in(monkeypatch, place, when)
    assert main(SOLVE) == 0
    assert pressed()
    clean(folder)
    assert new_files(folder, monkeypatch) == set(OLD)


@pytest.mark.parametrize("place", [*BEFORE, *AFTER])
def test_a_second_ctrl_c_does_not_wait(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Pressed twice, Ctrl-C ends at once, with every file as it was."""
    pressed = pressed_in(monkeypatch, place, times=2)
    assert main(SOLVE) == 130
    assert pressed()
    clean(folder)
    assert new_files(folder, monkeypatch) == set()


@pytest.mark.parametrize(
    ("place", "new"),
    [("giliran.files.loading:load_instance", set()), ("giliran.engine.proofs.multipliers:certify", {"plan.csv", "all.json"})],
)
@pytest.mark.parametrize("error", [ImportError("initialization failed"), SystemError("returned a result with an exception set")])
def test_ctrl_c_in_the_guise_of_another_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, new: set[str], error: Exception
) -> None:
    """A library that turns `KeyboardInterrupt` into an error of its own, as extensions do while they are loaded, is no internal error."""

    def loading(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise error from None

    module, _, name = place.partition(":")
    monkeypatch.setattr(importlib.import_module(module), name, loading)
    assert main(SOLVE) == 130
    clean(folder)
    assert new_files(folder, monkeypatch) == new


def test_an_error_after_ctrl_c_is_still_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Ctrl-C was waiting for a plan, an inconsistency of our own is told as such."""

    def broken(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)
        raise InternalError("the audit disagrees")

    monkeypatch.setattr(runs, "audit", broken)
    assert main(SOLVE) == 4
    clean(folder)
    assert new_files(folder, monkeypatch) == set()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("place", "engine"), [*((place, "auto") for place in SEARCH), ("giliran.engine.cpsat.search:call", "cpsat")])
def test_in_the_search_the_best_plan_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, engine: str, when: str) -> None:
    """Ctrl-C ends the search with its best plan, if it has one, and everything is written; else everything stays."""
    if place != "giliran.engine.dispatch.tasks:attempt":
        monkeypatch.setattr(suiting, "MOST_ATTEMPTED", 0)  # an attempt would leave nothing to the stages after it
    if place.endswith("search_whole"):
        monkeypatch.setattr(Relaxed, "integral", lambda *_: None)  # so would a vertex that is a plan
    pressed = pressed_in(monkeypatch, place, when)
    code = main([*SOLVE, "--engine", engine])
    assert pressed() and code in (0, 130)
    clean(folder)
    assert new_files(folder, monkeypatch) == (set(OLD) if code == 0 else set())


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("place", "turn"), WRITING)
def test_while_writing_a_plan_that_was_found_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, turn: int, when: str
) -> None:
    """Ctrl-C while a file is made, brought to the disk or renamed waits until all files are written."""
    pressed = pressed_in(monkeypatch, place, when, turn)
    assert main(SOLVE) == 0
    assert pressed()
    clean(folder)
    assert new_files(folder, monkeypatch) == set(OLD)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", [*PROVING, "giliran.certificate.file:CertificateFile.text"])
def test_a_proof_that_is_given_up_costs_no_plan(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, when: str) -> None:
    """Ctrl-C while a certificate is made leaves the old one, and the new plan."""
    pressed = pressed_in(monkeypatch, place, when)
    assert main(SOLVE) == 130
    assert pressed()
    clean(folder)
    assert new_files(folder, monkeypatch) == {"plan.csv", "all.json"}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", PROVING)
def test_a_proof_inside_that_is_given_up_costs_no_plan(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str, when: str
) -> None:
    """The same where the proof would stand in the result: it is written without one, and that is said."""
    pressed = pressed_in(monkeypatch, place, when)
    assert main([*SOLVE[:-1]]) == 130
    assert pressed() and "its certificate is not made" in capsys.readouterr().err
    clean(folder)
    assert new_files(folder, monkeypatch) == {"plan.csv", "all.json"}
    assert "certificate" not in json.loads((folder / "all.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", TELLING)
def test_while_printing_everything_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, when: str) -> None:
    """Ctrl-C while the answer is printed comes after every file."""
    pressed = pressed_in(monkeypatch, place, when)
    assert main(SOLVE) == 130
    assert pressed()
    clean(folder)
    assert new_files(folder, monkeypatch) == set(OLD)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("place", ["os:fsync", "pathlib:Path.replace"])
def test_generated_files_are_all_there_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, turn: int, when: str) -> None:
    """Ctrl-C while an instance is generated leaves all of its files or none of them, too."""
    words = ["generate", "--staff", "20", "-o", str(tmp_path / "i.yaml")]
    assert main(words) == 0
    whole = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        path.unlink()
    pressed = pressed_in(monkeypatch, place, when, turn)
    assert main(words) == 130
    assert pressed()
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == (whole if place == "pathlib:Path.replace" else {})


def test_undisturbed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Ctrl-C the same command writes everything, twice the same: what the tests above would else mistake for whole files."""
    assert main(SOLVE) == 0
    first = {name: (folder / name).read_text(encoding="utf-8") for name in OLD}
    assert new_files(folder, monkeypatch) == set(OLD)
    assert main(SOLVE) == 0
    one, two = (json.loads(text) for text in (first["all.json"], (folder / "all.json").read_text(encoding="utf-8")))
    assert {k: v for k, v in one.items() if k not in VARYING} == {k: v for k, v in two.items() if k not in VARYING}
    assert (folder / "plan.csv").read_text(encoding="utf-8") == first["plan.csv"]
    assert (folder / "proof.json").read_text(encoding="utf-8") == first["proof.json"]
