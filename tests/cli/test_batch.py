"""`giliran solve A B … --out-dir D`, from the words that are typed to the exit code."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from giliran import runs, solving
from giliran.cli import main
from giliran.cli.output import progress_bars
from giliran.cli.summary import ENDING_WORDS, STOPPED_WORDS
from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import Progress, TierResult
from giliran.engine.dispatch import tasks
from giliran.engine.proofs import multipliers
from giliran.errors import ExecutorError, InternalError
from giliran.files.batches import Ending
from giliran.files.schema import schema
from giliran.instance import Instance, named_files
from giliran.result import Result
from tests.cli.test_commands import INSTANCE
from tests.plans import CROWDED, NOBODY, plan, result_of

BAD = "schema: giliran/1\nhorizon: {start: 2021-07-12}\nstaf: []\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs the command line in a folder with the instances a, b and c, of which b is bad: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    Path("in").mkdir()
    for name, text in {"a": INSTANCE, "b": BAD, "c": INSTANCE}.items():
        Path("in", f"{name}.yaml").write_text(text.replace("Bidang kecil", name), encoding="utf-8")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def typed(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        out, err = capsys.readouterr()
        return code, out, err

    yield typed
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


def rows(out: str) -> dict[str, Any]:
    """Rows of a summary in JSON, by name; the summary fits its schema."""
    data = json.loads(out)
    jsonschema.validate(data, schema("batch"))
    return {row["name"]: row for row in data["instances"]}


def written() -> set[str]:
    """Names of the files in the folder of results."""
    return {path.name for path in Path("out").iterdir()}


def fake(monkeypatch: pytest.MonkeyPatch, answers: dict[str, Callable[[Instance], Result]]) -> list[str]:
    """Lets `solve` answer by the title of the instance; gives back the titles in the order in which they were solved."""
    solved: list[str] = []

    def solve(instance: Instance, options: object, **more: object) -> Result:
        solved.append(instance.facts.title)
        answer = answers.get(instance.facts.title)
        return result_of(instance, plan(instance)) if answer is None else answer(instance)

    monkeypatch.setattr(solving, "solve", solve)
    return solved


def test_one_bad_instance_does_not_stop_the_rest(run: Run) -> None:
    """Good instances get their files, the bad one a row and its problems in full below; the largest code is that of the batch."""
    code, out, err = run("solve", "in", "--out-dir", "out", "--workers", "1")
    assert code == 2 and "seed the first day of each" in err
    assert written() == {"a.csv", "a.json", "c.csv", "c.json"}
    lines = out.splitlines()
    assert lines[0].split() == ["Instance", "Status", "Staff", "Seconds"]
    assert lines[1].startswith("a         proven best") and lines[1].split()[3] == "4"
    assert lines[2].strip() == "written: out/a.csv, out/a.json"
    assert "    in/b.yaml:2: horizon.end: the key end is missing (and " in out
    assert "    - in/b.yaml:3: staf: unknown key staf\n      Did you mean staff?" in out
    assert lines[-1] == "Instances: 3, with a plan for everybody: 2. (exit code 2, the largest of all)"
    assert run("check", "in/a.yaml", "out/a.json")[0] == 0


def test_the_summary_in_both_forms_and_languages(run: Run) -> None:
    """JSON says what the table says; the table speaks Indonesian."""
    code, out, _ = run("solve", "in/a.yaml", "in/b.yaml", "--out-dir", "out", "--format", "json")
    assert code == 2
    found = rows(out)
    assert (found["a"]["ending"], found["a"]["exit_code"], found["a"]["people"], found["a"]["seed"]) == ("optimal", 0, 4, 20210712)
    assert found["a"]["files"] == [str(Path("out", "a.csv")), str(Path("out", "a.json"))]
    assert [tier["name"] for tier in found["a"]["tiers"]] == ["relaxations", "office_target", "fair_share"]
    assert (found["b"]["ending"], found["b"]["exit_code"], found["b"]["people"]) == ("bad_input", 2, None)
    assert found["b"]["problems"][0]["id"].endswith("kunci end belum diisi")
    _, out, _ = run("solve", "in", "--out-dir", "out", "--lang", "id")
    assert "terbukti terbaik" in out and "masukan salah" in out and "kode keluar 2" in out


def test_a_batch_writes_what_single_runs_write(run: Run) -> None:
    """A plan is the same whether its instance is solved alone or among others."""
    assert run("solve", "in/c.yaml", "-o", "c.csv")[0] == 0
    assert run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--kind", "csv")[0] == 0
    assert written() == {"a.csv", "c.csv"}
    assert Path("out/c.csv").read_bytes() == Path("c.csv").read_bytes()


def test_every_result_holds_its_proof(run: Run) -> None:
    """`--certificate` in a batch puts each proof into its own result."""
    assert run("solve", "in/a.yaml", "in/c.yaml", "--certificate", "--out-dir", "out", "--kind", "json")[0] == 0
    code, out, _ = run("check", "in/c.yaml", "out/c.json", "--certificate", "out/c.json")
    assert code == 0 and "1 of 1 part proved by arithmetic" in out


@pytest.mark.parametrize(
    ("answer", "code", "ending"),
    [
        (lambda instance: result_of(instance, plan(instance), Status.FEASIBLE, Stopped.TIME_LIMIT), 0, "feasible"),
        (lambda instance: result_of(instance, plan(instance, CROWDED), Status.FEASIBLE), 1, "feasible"),
        (lambda instance: result_of(instance, plan(instance, NOBODY), Status.INFEASIBLE), 1, "infeasible"),
        (lambda instance: result_of(instance, plan(instance, NOBODY), Status.UNKNOWN, Stopped.TIME_LIMIT), 3, "unknown"),
    ],
)
def test_exit_codes(run: Run, monkeypatch: pytest.MonkeyPatch, answer: Callable[[Instance], Result], code: int, ending: str) -> None:
    """The batch ends with the largest of the codes that its instances would end with alone."""
    fake(monkeypatch, {"a": answer})
    found, out, _ = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--format", "json")
    assert found == code
    assert (rows(out)["a"]["ending"], rows(out)["a"]["exit_code"], rows(out)["c"]["exit_code"]) == (ending, code, 0)


@pytest.mark.parametrize(
    ("error", "code", "ending", "said"),
    [
        (InternalError("the audit disagrees"), 4, "internal_error", "the audit disagrees"),
        (ZeroDivisionError("oops"), 4, "internal_error", "ZeroDivisionError: oops"),
        (ExecutorError("CommClosedError: the scheduler is gone"), 5, "lost", "nobody works any more"),
    ],
)
def test_errors_do_not_stop_the_rest(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, ending: str, said: str
) -> None:
    """Whatever goes wrong with one instance is told in its row, and the next one is solved."""

    def broken(instance: Instance) -> Result:
        raise error

    solved = fake(monkeypatch, {"a": broken})
    found, out, err = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--format", "json")
    assert (found, solved, rows(out)["a"]["ending"]) == (code, ["a", "c"], ending)
    told = rows(out)["a"]["problems"][0]["en"]
    assert said in told and "CommClosedError" not in told and "Traceback" not in err
    assert written() == {"c.csv", "c.json"}


def test_a_file_that_can_no_longer_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result whose place is gone when it is there to be written is bad input of its row alone, and none of its files is written."""

    def lost(instance: Instance) -> Result:
        Path("out/a.json").mkdir()
        return result_of(instance, plan(instance))

    fake(monkeypatch, {"a": lost})
    code, out, _ = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--format", "json")
    assert code == 2
    assert "a file was expected" in rows(out)["a"]["problems"][0]["en"] and rows(out)["c"]["ending"] == "optimal"
    assert written() == {"a.json", "c.csv", "c.json"} and not rows(out)["a"]["files"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("in/a.yaml", "in/x.yaml", "--out-dir", "out"), "in/x.yaml: there is no such file or folder"),
        (("in", "in/a.yaml", "--out-dir", "out"), "in/a.yaml: this instance is named twice"),
        (("in/a.yaml", "--out-dir", "in/b.yaml"), "a folder was expected"),
        (("in", "--out-dir", "in/b.yaml/x"), "the folder cannot be made"),
        (("in/a.yaml", "in/c.yaml"), "Add --out-dir FOLDER."),
        (("in/a.yaml", "--out-dir", "out", "-o", "plan.csv"), "--kind csv: xlsx, docx, pdf, html, txt, ics, csv, json"),
        (("in/a.yaml", "--out-dir", "out", "--all"), "a summary has no room for everybody"),
        (("in/d.json", "--out-dir", "in"), "the result would replace the instance"),
        (("in/a.yaml", "--out-dir", "staff"), "is no result of giliran"),
        (("in/c.yaml", "--out-dir", "staff"), "staff/c.csv: this is a folder, a file was expected"),
    ],
)
def test_what_shows_at_once_is_refused_before_the_first_solve(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """Paths that cannot be used are bad input of the whole batch; nothing is solved or written, no staff list is replaced."""
    Path("in/d.json").write_text('{"schema": "giliran/1"}', encoding="utf-8")
    Path("staff").mkdir()
    Path("staff/a.csv").write_text("id,name\n", encoding="utf-8")
    Path("staff/c.csv").mkdir()
    solved = fake(monkeypatch, {})
    code, out, err = run("solve", *words)
    assert (code, out, solved) == (2, "", [])
    assert said in err and not Path("out").exists()
    assert Path("staff/a.csv").read_text(encoding="utf-8") == "id,name\n"


def test_results_of_earlier_runs_are_replaced(run: Run) -> None:
    """The same batch can run again, also into the folder of its instances."""
    for _ in range(2):
        assert run("solve", "in", "--out-dir", "in")[0] == 2
    assert {path.name for path in Path("in").iterdir()} == {"a.yaml", "b.yaml", "c.yaml", "a.csv", "a.json", "c.csv", "c.json"}


def test_files_that_are_no_instances_are_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a folder holds beside instances is named on stderr."""
    Path("in/notes.yaml").write_text("a: 1\n", encoding="utf-8")
    fake(monkeypatch, {})
    assert "passed over" in run("solve", "in", "--out-dir", "out")[2]


def press(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, turn: int, times: int = 1) -> None:
    """Presses Ctrl-C when a function is called for the n-th time."""
    original, calls = getattr(owner, name), [0]

    def stage(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] == turn:
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, stage)


def test_ctrl_c_while_loading(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written stays, the rest is reported as not done, the code is 130."""
    Path("out").mkdir()
    Path("out/c.csv").write_text("staff_id,date,place\n", encoding="utf-8")
    press(monkeypatch, named_files, "read_document", 3)
    code, out, err = run("solve", "in", "--out-dir", "out", "--format", "json")
    assert code == 130 and "Interrupted" in err
    assert [(row["ending"], row["exit_code"]) for row in rows(out).values()] == [("optimal", 0), ("bad_input", 2), ("not_done", 130)]
    assert written() == {"a.csv", "a.json", "c.csv"}
    assert Path("out/c.csv").read_text(encoding="utf-8") == "staff_id,date,place\n"


def test_ctrl_c_in_the_search_ends_the_batch(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance at hand keeps its best plan or is not done; the next one is not begun, even if the search came to its end."""
    press(monkeypatch, tasks, "solve_by_flow", 1)
    code, out, _ = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--workers", "1", "--format", "json")
    found = rows(out)
    assert code == 130 and found["c"]["ending"] == "not_done" and found["c"]["seconds"] is None
    assert found["a"]["ending"] in ("optimal", "not_done")
    assert ("a.csv" in written()) is (found["a"]["ending"] == "optimal")


def test_ctrl_c_after_the_search_keeps_the_plan(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put together and written comes to its end."""
    press(monkeypatch, runs, "audit", 1)
    code, out, _ = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--format", "json")
    assert code == 130 and written() == {"a.csv", "a.json"}
    assert [row["ending"] for row in rows(out).values()] == ["optimal", "not_done"]


def test_a_second_ctrl_c_does_not_wait(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed twice, Ctrl-C gives up the instance at hand."""
    press(monkeypatch, runs, "audit", 1, times=2)
    code, out, _ = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out")
    assert code == 130 and written() == set()
    assert out.count("not done") == 2


def test_ctrl_c_while_a_proof_is_made(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is written without its proof, the next instance is not begun, and the code says that something is missing."""
    press(monkeypatch, multipliers, "certify", 1)
    code, out, err = run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out", "--certificate", "--format", "json")
    assert code == 130 and "its certificate is not made" in err
    assert [(row["ending"], row["exit_code"]) for row in rows(out).values()] == [("optimal", 130), ("not_done", 130)]
    assert "certificate" not in json.loads(Path("out/a.json").read_text(encoding="utf-8"))


def test_ctrl_c_in_the_last_instance_leaves_nothing_undone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where everything was done all the same, the code is that of the instances."""
    press(monkeypatch, runs, "audit", 2)
    assert run("solve", "in/a.yaml", "in/c.yaml", "--out-dir", "out")[0] == 0
    assert len(written()) == 4


def test_every_ending_has_words(run: Run) -> None:
    """A status that a solve may have has its ending, and every ending its words in both languages."""
    assert {status.value for status in Status} <= {ending.value for ending in Ending}
    assert set(ENDING_WORDS) == set(Ending) and set(STOPPED_WORDS) == set(Stopped)


def test_bars_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A terminal gets bars of instances and parts on stderr, anything else gets none."""
    with progress_bars("en", 2) as bars:
        assert bars.follow is None
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress_bars("en", 2) as bars:
        bars.begin("umum")
        assert bars.follow is not None
        bars.follow(Progress(1, 4, 0.1))
        bars.follow(Progress(1, 4, 0.2, 4, 1, (TierResult("aim", 2, 2, False), TierResult("own", 7, 4, False))))
        bars.end()
    out, err = capsys.readouterr()
    assert out == "" and "umum" in err and "Groups planned" in err
    assert "Groups planned, own 7 (gap 3)" in err, "the tier that is searched, and how far its bound is"


def test_a_plan_with_gaps_leaves_one_without(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a batch it goes beside the old one as well, never over the result of another instance; row and table say so."""
    Path("in/a.partial.yaml").write_text(Path("in/a.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    words = ("solve", "in/a.yaml", "in/a.partial.yaml", "--out-dir", "out", "--kind", "csv")
    fake(monkeypatch, {})
    assert run(*words)[0] == 0
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    gaps = ("??????", "001100", "110010", "001110")
    fake(monkeypatch, {"a": lambda instance: result_of(instance, plan(instance, gaps), Status.UNKNOWN)})
    code, out, _ = run(*words, "--format", "json")
    assert code == 3 and {name: Path("out", name).read_bytes() for name in before} == before
    row, other = rows(out)["a"], rows(out)["a.partial"]
    assert row["files"] == [str(Path("out", "a.partial.partial.csv"))]
    assert other["files"] == [str(Path("out", "a.partial.partial.partial.csv"))], "no two instances share one"
    assert "a.csv stays as it is, because this plan has gaps" in row["told"][-1]["en"]
    assert "a.partial.partial.csv" in run(*words)[1]
    assert rows(run(*words, "--partial", "--format", "json")[1])["a"]["files"] == [str(Path("out", "a.csv"))]
