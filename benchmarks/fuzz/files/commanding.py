"""The same files over the command line, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import giliran
from benchmarks.fuzz.dice import Dice
from benchmarks.fuzz.files.hostile import NUMBERS, TEXTS
from benchmarks.fuzz.files.judging import MOST_LETTERS, Fault, in_words, obeyed
from giliran.cli import main
from giliran.cli.exits import Exit
from giliran.files.writing import RESULTS

OUT = "out"
"""Folder beside the files, for what is written."""
MOST_S = 600.0
"""Seconds of a process of its own: what takes two seconds alone took more than sixty on a machine whose cores others had."""
_ANSWERS = (Exit.DONE, Exit.BROKEN, Exit.BAD_INPUT, Exit.UNDECIDED)
_OLD = "staff_id,date,place\nP1,2021-07-12,office\n"
"""A plan that is there already."""
_PLAN = "plan.csv"
"""Its name; a command that plans may replace it, and nothing else."""
_FAMILIES = ("caps", "duty", "absences", "wishes", "sequences", "skills", "ledger", "agency", "none", "caps,duty", ",", "x")
_OPTIONS = (
    *(
        "--lang",
        "--format",
        "--verbose",
        "--refill",
        "--seed",
        "--workers",
        "--time-limit",
        "--engine",
        "--certificate",
        "--kind",
        "--out-dir",
    ),
    *("-o", "--output", "--check", "--staff", "--weeks", "--family", "--help", "--version", "--", "-", "-x", "--x=y", "--lang=id"),
)
_WORDS = (
    "solve",
    "check",
    "circulars",
    "rules",
    "generate",
    "schema",
    "instance",
    "umum",
    "id",
    "en",
    "json",
    "text",
    "csv",
    "auto",
    "out",
    "none",
)


@dataclass(frozen=True)
class Answer:
    """What a command answered: its exit code, and what it wrote to its streams."""

    code: int
    out: str
    talk: str


def words_of(plain: tuple[str, ...], names: Sequence[str], dice: Dice) -> list[str]:
    """A command line: the plain one of a route, with more options now and then, or something else altogether.

    Parameters
    ----------
    names
        Files of the case, which an output may be aimed at.
    """
    luck = dice.random()
    if luck < 0.15:
        return _generate(dice)
    if luck < 0.3:
        return _random([*plain], dice)
    words = [*plain]
    if dice.chance(0.4):
        words += ["--lang", dice.pick(("en", "id"))]
    if words[0] in ("solve", "check") and dice.chance(0.3):
        words += ["--format", "json"]
    if words[0] == "solve":
        words += dice.pick(((), (), ("--verbose",), ("--refill",), ("--engine", "cpsat"), *_outputs(names, dice)))
    return words


def _outputs(names: Sequence[str], dice: Dice) -> Sequence[tuple[str, ...]]:
    """Where a plan may go: beside, together with its proof, and onto what is read."""
    plan, result = f"{OUT}/plan.csv", f"{OUT}/result.json"
    onto = (dice.pick(("-o", "--certificate")), dice.pick(names))
    return (
        *(("-o", plan), ("-o", result), ("-o", plan, "-o", result), ("-o", f"./{OUT}/../{OUT}/plan.csv", "-o", plan)),
        *(("--out-dir", OUT), ("--out-dir", f"{OUT}/new"), ("--out-dir", OUT, "--kind", "csv"), ("--out-dir", ".")),
        *(("--certificate", f"{OUT}/proof.json"), ("-o", result, "--certificate"), onto, onto, onto),
    )


def _generate(dice: Dice) -> list[str]:
    number = ("1", "2", "7", "30", "0", dice.pick(("-1", "x", "", "1.5", "nan", "٣", "1e3", "9" * 30)))
    output = dice.pick((f"{OUT}/made.yaml", f"{OUT}/made.yaml", f"{OUT}/made", f"{OUT}/made.txt", f"{OUT}/no/made.yaml", OUT, ".", ""))
    words = ["generate", "--staff", dice.pick(number), "-o", output]
    for option in ("--weeks", "--seed"):
        if dice.chance(0.4):
            words += [option, dice.pick(number)]
    return words + (["--family", dice.pick(_FAMILIES)] if dice.chance(0.5) else [])


def _random(words: list[str], dice: Dice) -> list[str]:
    """A list of arguments with some dropped, doubled, or replaced by others; nothing leads to a network or out of the folder."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(0, len(words))
        strange = dice.pick((*_OPTIONS, *_WORDS, *_WORDS, dice.pick(TEXTS), dice.pick(NUMBERS)))
        words[at : at + dice.randint(0, 1)] = [strange.replace("\0", "")] * dice.pick((1, 1, 2))
    return [word for word in words if not word.startswith(("--dask", "/")) and not word.startswith("../")]


def attempt(words: list[str], folder: Path, files: Mapping[str, bytes], dice: Dice, *, apart: bool) -> Fault | None:
    """Run a command in the folder of a case and judge what it answered and left.

    Parameters
    ----------
    apart
        In a process of its own.
    """
    before = _prepared(folder / OUT, dice)
    try:
        answer = _apart(words, folder) if apart else _inside(words, folder)
    except subprocess.TimeoutExpired:
        return Fault(f"a command does not end: {words[:1]}", f"{words}")
    return _judged(answer, words, files) or _left(answer, words, folder, before)


def _prepared(out: Path, dice: Dice) -> dict[str, bytes]:
    """What stands in the folder of outputs before a command."""
    for name in (_PLAN, "staff.csv"):
        if dice.chance(0.3):
            (out / name).write_text(_OLD, encoding="utf-8")
    return {path.name: path.read_bytes() for path in out.iterdir()}


def _apart(words: list[str], folder: Path) -> Answer:
    environment = {**os.environ, "PYTHONPATH": str(Path(giliran.__file__).parents[1])}
    command = [sys.executable, "-m", "giliran", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=MOST_S, check=False)
    return Answer(done.returncode, done.stdout.decode("utf-8", errors="replace"), done.stderr.decode("utf-8", errors="replace"))


def _inside(words: list[str], folder: Path) -> Answer:
    out, talk = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(talk):
        code = main(words)
    return Answer(int(code), out.getvalue(), talk.getvalue())


def _judged(answer: Answer, words: list[str], files: Mapping[str, bytes]) -> Fault | None:
    said = f"{words} ended with {answer.code}\n{answer.talk[-3000:]}\n{answer.out[-1000:]}"
    if "Traceback (most" in answer.talk or "Traceback (most" in answer.out:
        return Fault(f"a command shows a traceback: {words[:1]} {_last(answer.talk + answer.out)}", said)
    if answer.code not in _ANSWERS:
        return Fault(f"a command ends with {answer.code}: {_last(answer.talk + answer.out)}", said)
    if not {"json", "schema"} & set(words) and (fault := obeyed(answer.out, f"stdout of {words[:1]}")):
        return fault
    if answer.code == Exit.BAD_INPUT:
        if not answer.talk.strip():
            return Fault("a command refuses without a word", said)
        quoted = " ".join(words) + "\n".join(raw.decode("utf-8", errors="replace") for raw in files.values())
        return in_words(answer.talk, quoted, f"stderr of {words[:1]}", MOST_LETTERS)
    return None


def _last(text: str) -> str:
    """The line that says most about an internal error."""
    lines = [line for line in text.splitlines() if line.strip()]
    for word in ("nternal error", "esalahan dalam program", "rror"):
        for line in lines:
            if word in line:
                return line.strip()[:100]
    return lines[0][:100] if lines else ""


def _left(answer: Answer, words: list[str], folder: Path, before: Mapping[str, bytes]) -> Fault | None:
    """A fault for a file that is not whole, or was written by a command that says it wrote nothing."""
    out = folder / OUT
    after = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    said = f"{words} ended with {answer.code}, before {sorted(before)}, after {sorted(after)}\n{answer.talk[-2000:]}"
    if any(path.name.startswith(".giliran-") for path in folder.rglob(".*")):
        return Fault(f"a temporary file was left: {words[:1]}", said)
    if answer.code == Exit.BAD_INPUT and after != before and "--out-dir" not in words:
        return Fault(f"a command that refuses has written: {words[:1]}", said)
    gone = [name for name, raw in before.items() if after.get(name) != raw and (name != _PLAN or words[:1] != ["solve"])]
    if gone:
        return Fault(f"a command has overwritten what is not its own: {words[:1]} {gone}", said)
    halves = [name for name, raw in after.items() if raw != before.get(name) and not _is_whole(out / name)]
    return Fault(f"a file is not whole: {halves}", said) if halves and words[:1] != ["generate"] else None


def _is_whole(path: Path) -> bool:
    """Whether a file has its beginning and its end."""
    if path.suffix == ".xlsx":
        return zipfile.is_zipfile(path)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        try:
            return isinstance(json.loads(text), dict)
        except ValueError:
            return False
    ours = RESULTS.get(path.suffix)
    return (ours is None or ours(path)) and text.endswith("\n")
