"""The fuzzer of files: it finds what is planted, goes on after a crash, repeats itself, and leaves what can be tried again."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import benchmarks.fuzz.files.trying as trying
from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.findings import Saved
from benchmarks.fuzz.files.of_trees import as_yaml
from benchmarks.fuzz.files.parts import Document
from benchmarks.fuzz.files.running import Run, run
from benchmarks.fuzz.files.samples import INSTANCE
from benchmarks.fuzz.files.trying import Drawn
from benchmarks.fuzz.files.workers import Limits
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence

Push = Callable[[Path], None]


@dataclass(frozen=True)
class Planted:
    """A route that does what a test plants."""

    planted: Push

    def push(self, folder: Path, dice: Dice) -> None:
        """Do it."""
        self.planted(folder)

    def commands(self, dice: Dice) -> tuple[str, ...]:
        """Nothing of a file."""
        return ("rules",)


def source(planted: Push) -> Drawn:
    """Mutations of one file, read by what is planted."""
    return Drawn((Case("sample", 1, (Document("instance.yaml", INSTANCE, as_yaml),), (), Planted(planted)),))


@pytest.fixture(autouse=True)
def _only_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "COMMANDS", 0)
    monkeypatch.setattr(trying, "MOST_CPU_S", 0.2)


def ran(planted: Push, folder: Path, count: int = 5, **limits: float) -> Run:
    """A short run over a planted fault."""
    return run(source(planted), range(count), folder, until=math.inf, limits=Limits(**limits), tell=lambda line: None)  # type: ignore[arg-type]


def _raises(folder: Path) -> None:
    raise KeyError("planted")


def _computes(folder: Path) -> None:
    while True:
        pass


def _sleeps(folder: Path) -> None:
    time.sleep(60)


def _dies(folder: Path) -> None:
    os._exit(9)


def _hoards(folder: Path) -> None:
    bytearray(4_000_000_000)


def _writes_half(folder: Path) -> None:
    (folder / "out" / "plan.csv").write_text("staff_id,da", encoding="utf-8")


def _meddles(folder: Path) -> None:
    (folder / ".giliran-1a2b3c4d.tmp").write_text("", encoding="utf-8")


def refusing(en: str, file: str = "instance.yaml") -> Push:
    """A reader that refuses with a sentence."""

    def push(folder: Path) -> None:
        raise InputError([Problem(Where(file), Sentence(en=en, id=en)())])

    return push


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        (_raises, "KeyError at "),
        (_computes, "OvertimeError at "),
        (_hoards, "MemoryError at "),
        (_writes_half, "files that should not be there"),
        (_meddles, "files that should not be there"),
        (refusing("expected NoneType"), "a text names NoneType"),
        (refusing(" ", ""), "an empty message"),
        (refusing("x" * 30_000), "a text is too long"),
        (refusing("not so", ""), "a problem names no file"),
        (refusing("\x1b[2J"), "a text holds a sign that screens obey"),
        (refusing("\u202eP1"), "a text holds a sign that screens obey"),
    ],
)
def test_what_is_planted_is_found_once(planted: Push, kind: str, tmp_path: Path) -> None:
    """A fault of every mutation is one finding, counted as often as it happened."""
    found = ran(planted, tmp_path, count=3)
    [(name, times)] = found.faults.items()
    assert name.startswith(kind)
    assert (times, found.mutations, len(found.findings)) == (3, 3, 1)


def test_a_refusal_in_good_words_is_none(tmp_path: Path) -> None:
    """An error of ours that says where and what is what should happen."""
    assert not ran(refusing("not a date: 2021-07-32"), tmp_path).faults


@pytest.mark.parametrize(("planted", "kind"), [(_sleeps, "a process hangs"), (_dies, "a process ended with 9")])
def test_a_lost_process_is_a_finding_and_the_run_goes_on(planted: Push, kind: str, tmp_path: Path) -> None:
    """Every trial is done although each ends its process."""
    found = ran(planted, tmp_path, count=2, silent_s=0.5)
    assert found.mutations == 2
    assert [name.startswith(kind) for name in found.faults] == [True]


def test_a_finding_can_be_tried_again(tmp_path: Path) -> None:
    """The files of a finding are as they were read, and bring the same fault about."""
    found = ran(_raises, tmp_path, count=1)
    [path] = found.findings
    planted = source(_raises)
    saved = Saved(path / "finding.json", tuple(planted.cases))
    assert saved.trial(saved.number).files == planted.trial(0).files
    again = run(saved, range(1), tmp_path / "again", until=math.inf, tell=lambda line: None)
    assert again.faults == found.faults


def test_the_same_number_gives_the_same_files() -> None:
    """Files are drawn from the number alone, and differ from number to number."""
    drawn = source(_raises)
    some = [drawn.trial(number).files["instance.yaml"] for number in range(20)]
    assert some == [drawn.trial(number).files["instance.yaml"] for number in range(20)]
    assert len(set(some)) > 15
