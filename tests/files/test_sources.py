"""What an instance was read from is never written over, whatever kind of file it is and by whatever name it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from giliran.cli import main
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.files.schema import schema
from giliran.files.writing import export
from giliran.instance import Instance
from tests.circulars.small import CAP, HEAD
from tests.plans import IDS, plan, result_of

TABLES = {
    "units": "id,name,level\nu,Bidang Satu,bidang\n",
    "staff": "id,name,unit\n" + "".join(f"{id_},Pegawai,u\n" for id_ in IDS),
    "changes": f"staff_id,from,unit\n{IDS[0]},2021-07-14,u\n",
    "absences": f"staff_id,from,to,reason\n{IDS[1]},2021-07-13,2021-07-13,cuti\n",
    "wishes": f"staff_id,weekday,place\n{IDS[1]},tue,home\n",
    "ledger": f"staff_id,period,burden,share\n{IDS[0]},2021-06,3,3\n",
    "pins": f"staff_id,date,place\n{IDS[0]},2021-07-15,home\n",
    "published": f"staff_id,date,place\n{IDS[0]},2021-07-12,office\n",
}
DOCUMENT = """schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-17}
calendars: {office: {workdays: [mon, tue, wed, thu, fri], call_days: [sat], holidays: none}}
circulars: [{file: own.json}]
goals: [{kind: office_target, aim: most_office}, {kind: fair_share}, {kind: wishes}]
"""

OPENED: list[str] = []
"""Files that Python opens to read, while somebody asks for them."""


def _hear(event: str, words: tuple[Any, ...]) -> None:
    if event == "open" and OPENED and isinstance(words[0], str | os.PathLike):
        OPENED.append(os.fspath(words[0]))  # type: ignore[arg-type]


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Every file that is opened meanwhile, as the interpreter tells it."""
    if not getattr(_hear, "added", False):
        sys.addaudithook(_hear)
        _hear.added = True  # type: ignore[attr-defined]
    OPENED[:] = ["begin"]
    yield OPENED
    OPENED.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an instance that names a file for everything that may stand in one."""
    import json

    import yaml

    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    (tmp_path / "own.json").write_text(json.dumps(yaml.safe_load(HEAD + CAP), default=str))
    (tmp_path / "i.yaml").write_text(DOCUMENT + "".join(f"{name}: {{file: {name}.csv}}\n" for name in TABLES))
    return tmp_path


def naming(record: Any, definitions: dict[str, Any]) -> bool:
    """Whether a section of the schema may name a file."""
    if isinstance(record, list):
        return any(naming(item, definitions) for item in record)
    if not isinstance(record, dict):
        return False
    if "file" in record.get("properties", {}):
        return True
    reference = record.get("$ref", "").rpartition("/")[2]
    inner = [definitions[reference]] if reference in definitions else []
    return any(naming(record.get(key, []), definitions) for key in ("anyOf", "items")) or naming(inner, definitions)


def test_the_instance_here_names_every_file_that_one_may_name() -> None:
    """Whoever lets another section name a file adds it to these tests."""
    whole = schema("instance")
    assert {name for name, section in whole["properties"].items() if naming(section, whole["$defs"])} == {*TABLES, "circulars"}


def test_an_instance_knows_every_file_that_was_opened_for_it(folder: Path, heard: list[str]) -> None:
    """What the interpreter opened in the folder is what the instance says that it was read from."""
    instance = load_instance(folder / "i.yaml")
    opened = {Path(file) for file in heard if Path(file).parent == folder}
    assert set(instance.sources) == opened == set(folder.iterdir())


def test_sources_keep_their_meaning_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Read by short names, the files are known from another folder too."""
    monkeypatch.chdir(folder)
    instance = load_instance("i.yaml")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(InputError, match="which the instance is read from"):
        export(result_of(instance, plan(instance)), folder / "published.csv")


def test_files_of_data_in_python_are_known(folder: Path) -> None:
    """`Instance.build` knows its files as `load_instance` does."""
    instance = Instance.build(
        {"horizon": {"start": "2021-07-12", "end": "2021-07-16"}, "units": {"file": "units.csv"}, "staff": {"file": "staff.csv"}},
        files=folder,
    )
    assert instance.sources == (folder / "units.csv", folder / "staff.csv")


@pytest.mark.parametrize("name", [*(f"{name}.csv" for name in TABLES), "own.json"])
def test_python_writes_over_no_source(folder: Path, name: str) -> None:
    """`export` refuses every file of the instance and says which it is."""
    instance = load_instance(folder / "i.yaml")
    result, before = result_of(instance, plan(instance)), (folder / name).read_bytes()
    with pytest.raises(InputError) as caught:
        export(result, folder / name)
    assert f"{name}: this would replace {folder / name}, which" in caught.value.text() and "akan menimpa" in caught.value.text("id")
    assert (folder / name).read_bytes() == before


@pytest.mark.parametrize("option", ["-o", "--certificate", "--out-dir"])
@pytest.mark.parametrize("name", [*(f"{name}.csv" for name in TABLES), "own.json"])
def test_the_command_line_writes_over_no_source(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, option: str
) -> None:
    """Every option that names files refuses those of the instance, before anything is searched."""
    monkeypatch.setattr("giliran.solving.solve", lambda *_, **__: pytest.fail("the search has begun"))
    monkeypatch.chdir(folder)
    if option == "--out-dir":  # the results are named after the instance, and begin like results
        Path("i.yaml").rename(Path(name).with_suffix(".yaml"))
        head = "staff_id,date,place\n" if name.endswith(".csv") else '{"schema": "giliran-result/1"}'
        Path(name).write_text(head)
        words = [str(Path(name).with_suffix(".yaml")), "--out-dir", "."]
    else:
        words = ["i.yaml", option, name]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(["solve", *words]) == 2
    assert name in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("how", ["symlink_to", "hardlink_to"])
def test_other_names_of_a_source(folder: Path, how: str) -> None:
    """A link to a file of the instance, of either kind, is that file."""
    instance = load_instance(folder / "i.yaml")
    other = folder / "other.csv"
    getattr(other, how)(folder / "staff.csv")
    with pytest.raises(InputError, match=r"staff\.csv, which the instance is read from"):
        export(result_of(instance, plan(instance)), other)


@pytest.fixture
def weeks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two weeks of which the second was announced in a file that looks like a result of the first."""
    monkeypatch.chdir(folder)
    text = Path("i.yaml").read_text()
    Path("out").mkdir()
    Path("out/a.csv").write_text(TABLES["published"])
    Path("a.yaml").write_text(text)
    Path("b.yaml").write_text(text.replace("published: {file: published.csv}", "published: {file: ./out/../out/a.csv}"))
    return folder


@pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
def test_no_result_of_a_batch_replaces_what_another_instance_reads(
    weeks: Path, capsys: pytest.CaptureFixture[str], link: str | None
) -> None:
    """The plan that one week was announced with is no place for the plan of another; the batch is refused before the first search."""
    if link:
        getattr(Path("last.csv"), link)(weeks / "out" / "a.csv")
        Path("b.yaml").write_text(Path("b.yaml").read_text().replace("./out/../out/a.csv", "last.csv"))
    assert main(["solve", "a.yaml", "b.yaml", "--out-dir", "out"]) == 2
    assert "out/a.csv: the result would replace this file, which b.yaml reads or names" in capsys.readouterr().err
    assert [(path.name, path.read_text()) for path in Path("out").iterdir()] == [("a.csv", TABLES["published"])]


def test_each_week_alone_may_replace_its_own_result(weeks: Path) -> None:
    """Where no instance of the batch reads it, a result of an earlier run is replaced."""
    assert main(["solve", "a.yaml", "--out-dir", "out"]) == 0
    assert len(Path("out/a.csv").read_text().splitlines()) > 10
