"""The commands, from the words that are typed to the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from giliran import runs, solving
from giliran.cli import main
from giliran.cli.commands.schema import KINDS
from giliran.domain.status import Status
from giliran.errors import InternalError
from giliran.files.schema import SCHEMAS
from giliran.generating import Family
from giliran.messages import decimal
from giliran.preparing import TimeOverError
from giliran.records.assignments import schedule_csv
from giliran.records.results import ResultFile
from giliran.reports.terminal.details import STAGES
from tests.plans import CROWDED, GOOD, IDS, plan, result_of, small_instance

INSTANCE = f"""schema: giliran/1
title: Bidang kecil
horizon: {{start: 2021-07-12, end: 2021-07-17}}
calendars:
  office: {{workdays: [mon, tue, wed, thu, fri], call_days: [sat], holidays: none}}
units: [{{id: u, name: Bidang Satu, level: bidang}}]
staff:
{"".join(f'  - {{id: "{id_}", name: Pegawai {k}, unit: u}}' + chr(10) for k, id_ in enumerate(IDS))}
absences: [{{staff_id: "{IDS[1]}", from: 2021-07-13, to: 2021-07-13, reason: cuti}}]
rules:
  - {{id: batas, kind: office_cap, share: 50%, per: bidang, source: {{row: L4}}}}
  - {{id: piket, kind: duty_officers, count: 1, per: bidang}}
goals:
  - {{id: isi, kind: office_target, aim: most_office}}
  - {{id: adil, kind: fair_share}}
"""

Said = tuple[int, str, str]
Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in an empty folder with `i.yaml`: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GILIRAN_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "i.yaml").write_text(INSTANCE, encoding="utf-8")

    def typed(*words: str) -> Said:
        code = main(list(words))
        out, err = capsys.readouterr()
        return code, out, err

    return typed


def fake_solve(monkeypatch: pytest.MonkeyPatch, rows: tuple[str, ...] = GOOD, status: Status = Status.OPTIMAL) -> None:
    """Lets `solve` give a prepared result."""
    monkeypatch.setattr(solving, "solve", lambda instance, options, **more: result_of(instance, plan(instance, rows), status))


def schedule(rows: tuple[str, ...] = GOOD) -> None:
    """Writes `plan.csv` into the current folder."""
    instance = small_instance()
    Path("plan.csv").write_text(schedule_csv(instance.view, plan(instance, rows)), encoding="utf-8")


def test_every_stage_tells_its_seconds(run: Run) -> None:
    """What the time limit does not count, reading the files and what comes after the search, has its seconds in report and JSON."""
    _, out, _ = run("solve", "i.yaml", "-o", "all.json", "--verbose", "--workers", "1", "--time-limit", "30")
    told = json.loads(Path("all.json").read_text(encoding="utf-8"))["seconds"]
    assert list(told) == ["load", "compile", "solve", "name_duty", "audit"]
    said = " ".join(out.split())
    assert all(f"{STAGES[stage]().text()} {decimal(round(spent, 3)).text()}" in said for stage, spent in told.items())


def test_a_limit_that_ends_while_compiling_is_no_plan_yet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code 3 and the reason, no certificate, and a result that can be read: never an error."""

    def over() -> None:
        raise TimeOverError

    monkeypatch.setattr(runs, "until", lambda seconds: over)
    code, out, err = run("solve", "i.yaml", "-o", "all.json", "--certificate", "proof.json", "--time-limit", "7")
    assert (code, Path("proof.json").exists()) == (3, False)
    assert "preparing the model took all of its 7 s" in " ".join(out.split())
    assert "no certificate is made" in err
    told = json.loads(Path("all.json").read_text(encoding="utf-8"))
    assert (told["status"], told["stopped"], told["parts"]) == ("unknown", "time_limit", [])
    assert {row["place"] for row in told["assignments"]} == {"absent"}


def test_solve_and_check_again(run: Run) -> None:
    """A plan that was solved and written is clean when it is checked; the answer is on stdout, the talk on stderr."""
    code, out, err = run("solve", "i.yaml", "-o", "plan.csv", "-o", "all.json", "--workers", "1")
    assert (code, "Proven best" in out) == (0, True)
    assert "seed 20210712, time limit none" in err and "workers" not in err and "seed" not in out
    assert "seed 20210712, workers 1, time limit none" in run("solve", "i.yaml", "--workers", "1", "--verbose")[2]
    assert run("check", "i.yaml", "plan.csv")[0] == 0
    assert run("check", "i.yaml", "all.json")[0] == 0


def test_same_bytes_with_one_and_two_workers(run: Run) -> None:
    """A repeated run writes the same plan with one and with two workers."""
    for workers in ("1", "2"):
        assert run("solve", "i.yaml", "-o", f"plan{workers}.csv", "--workers", workers)[0] == 0
    assert Path("plan1.csv").read_bytes() == Path("plan2.csv").read_bytes()


@pytest.mark.parametrize(
    ("status", "rows", "code"),
    [
        (Status.OPTIMAL, GOOD, 0),
        (Status.FEASIBLE, GOOD, 0),
        (Status.INFEASIBLE, ("??????", *GOOD[1:]), 1),
        (Status.UNKNOWN, ("??????", *GOOD[1:]), 3),
        (Status.FEASIBLE, CROWDED, 1),
    ],
)
def test_exit_codes_of_solve(run: Run, monkeypatch: pytest.MonkeyPatch, status: Status, rows: tuple[str, ...], code: int) -> None:
    """0 is a plan, proven or not; 1 impossible or a broken rule; 3 no plan in time."""
    fake_solve(monkeypatch, rows, status)
    assert run("solve", "i.yaml")[0] == code


def test_result_as_json(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--format json` prints what `-o` writes, sentences in the language asked for."""
    fake_solve(monkeypatch, CROWDED)
    _, out, _ = run("solve", "i.yaml", "--format", "json", "--lang", "id", "-o", "all.json")
    assert out == Path("all.json").read_text(encoding="utf-8")
    assert "lebih 1" in json.loads(out)["findings"][0]["sentence"]


def test_indonesian(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--lang id` and the variable GILIRAN_LANG give the same Indonesian report."""
    fake_solve(monkeypatch)
    _, named, _ = run("solve", "i.yaml", "--lang", "id")
    monkeypatch.setenv("GILIRAN_LANG", "id")
    assert run("solve", "i.yaml")[1] == named
    assert "Terbukti terbaik" in named


def test_nothing_planned_is_not_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty plan does not replace a file; stderr says so."""
    fake_solve(monkeypatch, ("??????",) * 4, Status.UNKNOWN)
    code, _, err = run("solve", "i.yaml", "-o", "plan.csv")
    assert code == 3 and not Path("plan.csv").exists()
    assert "plan.csv: not written" in err


@pytest.mark.parametrize(("rows", "code"), [(GOOD, 0), (CROWDED, 1)])
def test_exit_codes_of_check(run: Run, rows: tuple[str, ...], code: int) -> None:
    """0 is a clean schedule, 1 one that breaks a rule; JSON says the same."""
    schedule(rows)
    assert run("check", "i.yaml", "plan.csv")[0] == code
    found, out, _ = run("check", "i.yaml", "plan.csv", "--format", "json")
    assert found == code and json.loads(out)["kept"] is (code == 0)


def test_check_compares_what_a_result_says_that_it_costs(run: Run) -> None:
    """A result whose tiers are not those of its schedule is told and ends with 1, although no rule is broken."""
    assert run("solve", "i.yaml", "-o", "all.json", "--workers", "1")[0] == 0
    data = json.loads(Path("all.json").read_text(encoding="utf-8"))
    values = {tier["name"]: tier["value"] for tier in data["tiers"]}
    data["tiers"][1]["value"] += 1
    data["tiers"].append({**data["tiers"][1], "name": "wishes", "value": 7})
    Path("all.json").write_text(json.dumps(data), encoding="utf-8")
    code, out, _ = run("check", "i.yaml", "all.json")
    target = values["office_target"]
    assert code == 1
    assert f"office_target: the file says that its schedule costs {target + 1}, it costs {target}" in out
    assert "wishes: the file says that its schedule costs 7, nothing of that name is counted here" in out
    assert "(exit code 1)" in out
    code, out, _ = run("check", "i.yaml", "all.json", "--format", "json")
    told = json.loads(out)
    assert (code, told["kept"], [each["tier"] for each in told["disagreements"]]) == (1, True, ["office_target", "wishes"])


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize(
    "words",
    [
        ("solve", "missing.yaml"),
        ("solve", "i.yaml", "-o", "plan.odt"),
        ("solve", "i.yaml", "-o", "no/plan.csv"),
        ("solve", "i.yaml", "--time-limit", "soon"),
        ("solve", "i.yaml", "--time-limit", "-1"),
        ("solve", "i.yaml", "--workers", "0"),
        ("solve", "i.yaml", "--seed", "1.5"),
        ("solve", "i.yaml", "--engine", "gurobi"),
        ("solve", "i.yaml", "--lang", "fr"),
        ("solve",),
        ("solve", "--certificate", "i.yaml"),
        ("solve", "i.yaml", "--certificate"),
        ("solve", "i.yaml", "--certificate", "--output", "plan.csv"),
        ("solve", "i.yaml", "--kind", "csv"),
        ("solve", "i.yaml", "i.yaml"),
        ("solve", "."),
        ("solve", "--out-dir", "d"),
        ("solve", "i.yaml", "i.yaml", "--out-dir", "d"),
        ("solve", "i.yaml", "missing.yaml", "--out-dir", "d"),
        ("solve", "i.yaml", "--out-dir", "d", "-o", "plan.csv"),
        ("solve", "i.yaml", "--out-dir", "d", "--certificate", "proof.json"),
        ("solve", "i.yaml", "--out-dir", "d", "--certificate", "--kind", "csv"),
        ("solve", "i.yaml", "--out-dir", "i.yaml"),
        ("solve", "i.yaml", "--sed", "1"),
        ("solve", "i.yaml", "--seed"),
        ("sovle", "i.yaml"),
        ("check", "i.yaml"),
        ("check", "i.yaml", "i.yaml", "more"),
        ("circulars", "lampung"),
        ("circulars", "--check", "missing.yaml"),
        ("rules", "duty"),
        ("generate", "--staff", "0", "-o", "x.yaml"),
        ("generate", "--staff", "20", "--family", "capz", "-o", "x.yaml"),
        ("generate", "--staff", "20"),
        ("schema", "plan"),
    ],
)
def test_bad_input(run: Run, lang: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad files and words end with code 2, one message on stderr, nothing on stdout and nothing written."""
    monkeypatch.setenv("GILIRAN_LANG", lang)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.strip() and "Traceback" not in err and "Error" not in err
    assert [path.name for path in Path().iterdir()] == ["i.yaml"]


def test_bad_input_is_bilingual(run: Run) -> None:
    """The same complaint comes in both languages, with the nearest known word."""
    assert "Did you mean --seed?" in run("solve", "i.yaml", "--sed", "1")[2]
    assert "Apakah maksudnya --seed?" in run("solve", "i.yaml", "--sed", "1", "--lang", "id")[2]
    assert "Did you mean solve?" in run("sovle")[2]
    assert "'more' was not expected" in run("check", "i.yaml", "i.yaml", "more")[2]


def test_internal_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An inconsistency of our own ends with code 4, one message, and a traceback only when it is asked for."""

    def broken(*_: object, **__: object) -> None:
        raise InternalError("the audit disagrees")

    monkeypatch.setattr(solving, "solve", broken)
    code, out, err = run("solve", "i.yaml", "-o", "plan.csv")
    assert (code, out) == (4, "") and "the audit disagrees" in err and "Traceback" not in err
    assert not Path("plan.csv").exists()
    monkeypatch.setenv("GILIRAN_DEBUG", "1")
    assert "Traceback" in run("solve", "i.yaml")[2]


def test_interrupted_before_a_plan(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C before there is anything to keep ends quietly, with nothing written."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(solving, "solve", interrupted)
    code, out, err = run("solve", "i.yaml", "-o", "plan.csv")
    assert (code, out) == (130, "") and "No file was left half written" in err
    assert not Path("plan.csv").exists()


def test_generate(run: Run) -> None:
    """The names of the files that were made are the answer; the same seed makes the same bytes."""
    code, out, _ = run("generate", "--staff", "20", "--weeks", "1", "--seed", "3", "--family", "caps,duty", "-o", "g.yaml")
    assert code == 0 and out.splitlines()[0] == "g.yaml"
    assert all(Path(name).exists() for name in out.splitlines())
    first = Path("g.yaml").read_bytes()
    run("generate", "--staff", "20", "--seed", "3", "--family", "caps", "--family", "duty", "-o", "g.yaml")
    assert Path("g.yaml").read_bytes() == first


def test_generate_names_every_family(run: Run) -> None:
    """The help of `generate` lists every rule family that there is."""
    _, out, _ = run("generate", "--help")
    assert all(family.value in out for family in Family)


def test_circulars(run: Run, tmp_path: Path) -> None:
    """The list, one letter, and the check of a file."""
    assert "lampung-2021" in run("circulars")[1]
    assert "L4" in run("circulars", "lampung-2021", "--lang", "id")[1]
    code, out, _ = run("circulars", "--check", str(Path(solving.__file__).parent / "circulars" / "muba-2020.yaml"))
    assert code == 0 and "every choice works" in out
    Path("bad.yaml").write_text("schema: giliran-circular/1\nname: x\nrulez: []\n", encoding="utf-8")
    code, out, err = run("circulars", "--check", "bad.yaml")
    assert (code, out) == (2, "") and "rulez" in err


def test_rules(run: Run) -> None:
    """The list of kinds, and one of them."""
    assert "duty_officers" in run("rules")[1]
    assert "against_caps" in run("rules", "duty_officers")[1]


def test_every_schema_can_be_asked_for() -> None:
    """The command, which loads no schema for its help, lists those that there are."""
    assert [*KINDS] == [*SCHEMAS] and "check" in KINDS


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema(run: Run, name: str) -> None:
    """Each schema is a JSON Schema of its file."""
    code, out, _ = run("schema", name)
    assert code == 0 and json.loads(out)["type"] == "object"


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("command", ["solve", "check", "circulars", "rules", "generate", "schema"])
def test_help(run: Run, command: str, lang: str) -> None:
    """Every command explains itself in both languages, and is listed."""
    code, out, err = run(command, "--help", "--lang", lang)
    assert (code, err) == (0, "")
    assert out.startswith({"en": "Usage: ", "id": "Pemakaian: "}[lang] + f"giliran {command}")
    assert command in run("--help", "--lang", lang)[1]


def test_no_command_shows_the_help(run: Run) -> None:
    """Without a command the help is the answer, exit codes included."""
    code, out, _ = run()
    assert code == 0 and "Exit codes: 0" in out


def test_version(run: Run) -> None:
    """`--version` names the program."""
    code, out, _ = run("--version")
    assert code == 0 and out.startswith("giliran ")


def test_refill(run: Run, tmp_path: Path) -> None:
    """`--refill` puts the target before an announced plan, for a file that does not say it."""
    more = """
  - {id: tetap, kind: stability}
published: {rows: [{staff_id: "%s", date: 2021-07-12, place: home}]}
"""
    (tmp_path / "i.yaml").write_text(INSTANCE.rstrip() + more % IDS[0], encoding="utf-8")
    for words, order in [((), ["stability", "office_target"]), (("--refill",), ["office_target", "stability"])]:
        code, out, _ = run("solve", "i.yaml", "--format", "json", *words)
        assert code == 0
        assert [tier["name"] for tier in json.loads(out)["tiers"]] == ["relaxations", *order, "fair_share"]


@pytest.mark.parametrize("form", ["csv", "excel", "names", "result", "list"])
def test_instance_and_plan_in_the_wrong_order(run: Run, form: str) -> None:
    """Whoever writes the plan before its instance is told so, with the right order."""
    schedule()
    text = Path("plan.csv").read_text(encoding="utf-8")
    result = ResultFile.of(result_of(small_instance(), plan(small_instance()))).text()
    name, text = {
        "csv": ("plan.csv", text),
        "excel": ("plan.csv", text.replace(",", ";")),
        "names": ("plan.csv", text.replace("staff_id,date,place", "NIP,Tanggal,Tempat")),
        "result": ("plan.json", result),
        "list": ("plan.json", json.dumps(json.loads(result)["assignments"])),
    }[form]
    Path(name).write_text(text, encoding="utf-8")
    code, _, err = run("check", name, "i.yaml")
    assert code == 2 and err.startswith(f"{name}: this is no instance, and i.yaml, which stands in the place of the schedule, is one")
    assert f"giliran check i.yaml {name}" in err
    assert f"giliran check i.yaml {name}" in run("check", name, "i.yaml", "--lang", "id")[2]
    assert run("check", "i.yaml", name)[0] in (0, 1)
