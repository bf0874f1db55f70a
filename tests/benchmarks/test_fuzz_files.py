"""The fuzzer of files: it finds what is planted, goes on after a crash, repeats itself, and leaves what can be tried again."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import benchmarks.fuzz.files.command as command
import benchmarks.fuzz.files.commanding as commanding
import benchmarks.fuzz.files.trying as trying
from benchmarks.fuzz.command import fuzz
from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.cases import Case
from benchmarks.fuzz.files.findings import Saved
from benchmarks.fuzz.files.instances import drawn, whole
from benchmarks.fuzz.files.of_trees import as_yaml
from benchmarks.fuzz.files.parts import Document
from benchmarks.fuzz.files.plans import circulars, plans
from benchmarks.fuzz.files.running import Run, run
from benchmarks.fuzz.files.samples import INSTANCE, LISTS, TABLES
from benchmarks.fuzz.files.sections import sections, tables
from benchmarks.fuzz.files.trying import Drawn
from benchmarks.fuzz.files.workbooks import workbooks
from benchmarks.fuzz.files.workers import Limits
from giliran.errors import InputError, Problem, Where
from giliran.instance import InstanceRecord
from giliran.instance.rows import ROWS
from giliran.messages import Sentence
from giliran.rules.registry import goal_kinds, rule_kinds

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


def test_every_trial_is_counted_when_one_in_the_middle_is_lost(tmp_path: Path) -> None:
    """Those before a crash count, and those after it are done by another process."""
    drawn = source(_raises)
    fatal = drawn.trial(2).files["instance.yaml"]

    def dies_once(folder: Path) -> None:
        if (folder / "instance.yaml").read_bytes() == fatal:
            os._exit(1)

    found = ran(dies_once, tmp_path, count=5)
    assert found.words == {"before_lost": 2, "lost": 1, "read": 2}


def test_a_finding_can_be_tried_again(tmp_path: Path) -> None:
    """The files of a finding are as they were read, and bring the same fault about."""
    found = ran(_raises, tmp_path, count=1)
    [path] = found.findings
    planted = source(_raises)
    saved = Saved(path / "finding.json", tuple(planted.cases))
    assert saved.trial(saved.number).files == planted.trial(0).files
    again = run(saved, range(1), tmp_path / "again", until=math.inf, tell=lambda line: None)
    assert again.faults == found.faults


def commanded(planted: Callable[[list[str]], int], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Run:
    """A run of one command in this process, with what is planted in the place of the command line."""
    monkeypatch.setattr(trying, "COMMANDS", 1)
    monkeypatch.setattr(trying, "APART", 0)
    monkeypatch.setattr(commanding, "main", planted)
    return ran(lambda folder: None, folder, count=1)


def _refuses_without_a_word(words: list[str]) -> int:
    return 2


def _fails(words: list[str]) -> int:
    print("Internal error, not your fault: KeyError: 'x'", file=sys.stderr)
    return 4


def _shows_a_traceback(words: list[str]) -> int:
    print("Traceback (most recent call last):", file=sys.stderr)
    return 1


def _answers_strangely(words: list[str]) -> int:
    return 17


def _prints_what_screens_obey(words: list[str]) -> int:
    print("\x1b[31mP1")
    return 0


def _stops_halfway(words: list[str]) -> int:
    Path("out/result.json").write_text('{"schema":', encoding="utf-8")
    return 0


def _writes_and_refuses(words: list[str]) -> int:
    Path("out/result.json").write_text("{}", encoding="utf-8")
    print("bad", file=sys.stderr)
    return 2


def _leaves_something(words: list[str]) -> int:
    Path("out/.giliran-00.tmp").write_text("", encoding="utf-8")
    return 0


def _eats_its_input(words: list[str]) -> int:
    Path("instance.yaml").write_text("staff_id,date,place\n", encoding="utf-8")
    return 0


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        (_refuses_without_a_word, "a command refuses without a word"),
        (_fails, "a command ends with 4: Internal error"),
        (_shows_a_traceback, "a command shows a traceback"),
        (_answers_strangely, "a command ends with 17"),
        (_prints_what_screens_obey, "a text holds a sign that screens obey: stdout"),
        (_stops_halfway, "a file is not whole: ['result.json']"),
        (_writes_and_refuses, "a command that refuses has written"),
        (_leaves_something, "a temporary file was left"),
        (_eats_its_input, "an input was changed: .yaml by ['rules']"),
    ],
)
def test_what_a_command_should_not_do_is_found(
    planted: Callable[[list[str]], int], kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit codes, streams and the files that are left are looked at after every command."""
    monkeypatch.setattr(commanding, "words_of", lambda plain, names, dice: [*plain])
    [name] = commanded(planted, monkeypatch, tmp_path).faults
    assert name.startswith(kind)


def test_a_command_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`giliran rules` over the real command line ends well."""
    monkeypatch.setattr(trying, "COMMANDS", 1)
    monkeypatch.setattr(trying, "APART", 1)
    monkeypatch.setattr(commanding, "words_of", lambda plain, names, dice: [*plain])
    found = ran(lambda folder: None, tmp_path, count=1)
    assert (found.words, found.faults) == ({"commands": 1}, {})


def test_what_is_mutated_is_good_input(tmp_path: Path) -> None:
    """Unmutated files are read without an error, so that what is wrong with mutated ones is the mutation."""
    for case in (*whole(), *sections(), *tables(), *plans(), *circulars(), *workbooks()):
        folder = tmp_path / case.name
        (folder / "out").mkdir(parents=True)
        for name, raw in case.files().items():
            (folder / name).write_bytes(raw)
        case.route.push(folder, Dice(1))


def test_samples_hold_every_section_and_column() -> None:
    """A new section or column has to be given a sample."""
    assert set(INSTANCE) | set(TABLES) == {field.alias or name for name, field in InstanceRecord.model_fields.items()}
    named = set(LISTS["names"][0])
    for (name, grid), row in zip(TABLES.items(), ROWS, strict=True):
        assert {field.alias or column for column, field in row.model_fields.items()} <= {*grid[0], *named}, name


def test_drawn_cases_hold_every_kind() -> None:
    """Together the drawn instances have every kind of rule and goal that can be written."""
    trees = [part.tree for case in drawn() for part in case.parts]
    there = {statement["kind"] for tree in trees for section in ("rules", "goals") for statement in tree.get(section, ())}
    assert there == {*rule_kinds(), *goal_kinds()}


def test_the_command_finds_and_tries_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`fuzz --files` ends with 1 and names the finding; `--replay` of its file does as long as the fault is there."""
    monkeypatch.setattr(command, "cases", lambda: tuple(source(_raises).cases))
    found = CliRunner().invoke(fuzz, ["--files", "--count", "2", "--seed", "1", "--no-store", "--findings", str(tmp_path)])
    assert found.exit_code == 1
    assert "2 × KeyError" in found.output
    [path] = tmp_path.iterdir()
    again = ["--files", "--replay", str(path / "finding.json")]
    assert CliRunner().invoke(fuzz, again).exit_code == 1
    monkeypatch.setattr(command, "cases", lambda: tuple(source(lambda folder: None).cases))
    assert CliRunner().invoke(fuzz, again).exit_code == 0


def test_the_same_number_gives_the_same_files() -> None:
    """Files are drawn from the number alone, and differ from number to number."""
    drawn = source(_raises)
    some = [drawn.trial(number).files["instance.yaml"] for number in range(20)]
    assert some == [drawn.trial(number).files["instance.yaml"] for number in range(20)]
    assert len(set(some)) > 15


def test_a_tree_too_deep_for_its_writer_gives_other_words() -> None:
    """Where mutations nest deeper than the writer goes the text is mutated instead, and the run goes on."""

    def write(tree: object, dice: Dice) -> str:
        if tree != {"a": 1}:
            raise RecursionError
        return "a: 1\n"

    part = Document("i.yaml", {"a": 1}, write)
    assert all(isinstance(part.mutated(Dice(number)), bytes) for number in range(50))
