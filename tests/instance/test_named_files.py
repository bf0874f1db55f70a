"""Files that data name: none is opened unasked, and a folder confines to itself."""

from __future__ import annotations

import ast
import json
import ntpath
import os
import posixpath
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from giliran import InputError, Instance, load_instance
from giliran.errors import Problem
from giliran.files.schema import instance_schema
from giliran.instance import named_files
from giliran.instance.named_files import stays
from giliran.text import Table

DAYS = {"start": "2021-07-12", "end": "2021-07-13"}
SECRET = "id,kata-sandi\nrahasia-123,hunter2\n"
LETTER = """schema: giliran-circular/1
name: surat
title: {en: A letter, id: Surat}
issuer: {en: Us, id: Kami}
authority: agency
in_force: {from: 2021-07-12, to: open}
rules: [{id: R1, kind: office_cap, share: 50%, source: {row: 1, via: x}}]
"""
GOOD = {
    "staff": "id,unit\nA,u\nB,u\n",
    "units": "id,level\nu,bidang\n",
    "changes": "staff_id,from,unit\nA,2021-07-13,u\n",
    "absences": "staff_id,from,reason\nA,2021-07-12,cuti\n",
    "wishes": "staff_id,date,place\nB,2021-07-12,home\n",
    "ledger": "staff_id,balance\nA,1\n",
    "pins": "staff_id,date,place\nB,2021-07-13,office\n",
    "published": "staff_id,date,place\nA,2021-07-09,WFO\n",
    "circulars": LETTER,
}
"""What stands in the file that each key may name."""
INLINE = {"staff": [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}], "units": [{"id": "u", "level": "bidang"}]}


def ending(key: str) -> str:
    """How the name of its file ends."""
    return "yaml" if key == "circulars" else "csv"


def naming(key: str, name: str) -> dict[str, Any]:
    """The sections of an instance in which one key names a file."""
    return {"horizon": DAYS, **INLINE, key: [{"file": name}] if key == "circulars" else {"file": name}}


def named_in_schema() -> Iterator[str]:
    """Every section of an instance that may name a file, as its JSON Schema says."""
    schema = instance_schema()
    for key, section in schema["properties"].items():
        waiting, seen = [section], set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                if "file" in node.get("properties", {}):
                    yield key
                    break
                waiting += node.values()
                reference = str(node.get("$ref", "")).rpartition("/")[2]
                if reference and reference not in seen:
                    seen.add(reference)
                    waiting.append(schema["$defs"][reference])


def refused(files: object = None, **sections: Any) -> list[Problem]:
    """Everything wrong with an instance."""
    with pytest.raises(InputError) as caught:
        Instance.build(sections, files=files)  # type: ignore[arg-type]
    assert caught.value.text("id"), "every problem can be said in Indonesian"
    return list(caught.value.problems)


def one_refused(files: object, name: str, key: str = "staff") -> Problem:
    """The one problem of an instance in which one key names a file."""
    [problem] = refused(files, **naming(key, name))
    return problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of somebody's files, beside a secret of ours."""
    (tmp_path / "secret.csv").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret.yaml").write_text(SECRET, encoding="utf-8")
    inside = tmp_path / "theirs"
    (inside / "deep").mkdir(parents=True)
    for key, text in GOOD.items():
        (inside / f"{key}.{ending(key)}").write_text(text, encoding="utf-8")
        (inside / "deep" / f"{key}.{ending(key)}").write_text(text, encoding="utf-8")
    return inside


def test_every_key_that_may_name_a_file_is_tried_here() -> None:
    """The keys that the tests of this module try are those of which the JSON Schema says that they may name a file."""
    assert set(named_in_schema()) == set(GOOD)


@pytest.mark.parametrize("key", GOOD)
def test_no_file_without_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Whatever key names a file, it is refused by name and by what it names, with what helps, though the file is there."""
    monkeypatch.chdir(folder)
    problem = one_refused(None, f"{key}.{ending(key)}", key)
    assert str(problem.where) == ("circulars[0].file" if key == "circulars" else f"{key}.file")
    assert f"'{key}.{ending(key)}'" in problem.said.text() and "no file is opened" in problem.said.text()
    assert problem.advice is not None and "files=FOLDER" in problem.advice.text()


@pytest.mark.parametrize("written", ["surat.yaml", {"name": "surat.yaml"}, {"file": "/etc/surat.JSON"}])
def test_circulars_named_like_files_are_files(written: object) -> None:
    """A circular by name alone is a file all the same if it ends like one."""
    [problem] = refused(horizon=DAYS, **INLINE, circulars=[written])
    assert "no file is opened" in problem.said.text()


@pytest.mark.parametrize("written", ["muba-2020", {"name": "muba-2020"}])
def test_packaged_circulars_are_no_files(written: object) -> None:
    """Circulars that come with giliran need no folder."""
    assert [letter.name for letter in Instance.build(horizon=DAYS, **INLINE, circulars=[written]).circulars] == ["muba-2020"]


OPENED = """
import sys, json
opened = []
def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir", "glob.glob", "subprocess.Popen", "os.system") or event.startswith("socket."):
        opened.append(str(args[0]))
from giliran import Instance, InputError
sys.addaudithook(hook)
sections = json.load(sys.stdin)
try:
    Instance.build(sections)
    print(json.dumps(opened))
except InputError as error:
    print(json.dumps([*opened, "refused", error.text()]))
"""


def opened_by_build(sections: dict[str, Any], folder: Path) -> list[str]:
    """What another Python opens while it builds an instance; `refused` and why at the end if it does not."""
    done = subprocess.run(
        [sys.executable, "-B", "-P", "-c", OPENED],
        input=json.dumps(sections),
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
        check=True,
    )
    return list(json.loads(done.stdout))


def test_nothing_of_the_file_system_is_touched(folder: Path) -> None:
    """An instance with every section opens nothing but code and what comes with installed packages."""
    sections = {
        "schema": "giliran/1",
        "title": "../secret.csv",
        "horizon": DAYS,
        "calendars": {"office": {"holidays": {"country": "ID", "extra": ["2021-07-20"]}}},
        **INLINE,
        "changes": [{"staff_id": "A", "from": "2021-07-13", "unit": "u"}],
        "absences": [{"staff_id": "A", "from": "2021-07-12", "reason": "cuti"}],
        "wishes": [{"staff_id": "B", "date": "2021-07-12", "place": "home", "weight": 1}],
        "circulars": ["muba-2020"],
        "conditions": {"zone": [{"value": "low"}]},
        "reasons": {"own/cap": "file:///etc/passwd"},
        "rules": [
            {"id": "cap", "kind": "office_cap", "share": "50%", "relax_to": {"share": "100%"}},
            {"kind": "fixed_days", "place": "office", "days": {"conditions": {"zone": ["low"]}}, "applies_to": {"ids": ["A"]}},
        ],
        "goals": [{"kind": "fair_share"}, {"kind": "wishes"}],
        "document": {"letterhead": "../secret.csv", "signer": {"name": "/etc/passwd"}},
        "meetings": [{"id": "m", "date": "2021-07-13", "required": ["B"]}],
        "tiers": [],
        "ledger": [{"staff_id": "A", "balance": 1}],
        "balances": {"reset": "year", "transfer": "reset"},
        "published": {"rows": [{"staff_id": "A", "date": "2021-07-09", "place": "WFO"}], "frozen_to": "2021-07-12"},
        "pins": [{"staff_id": "B", "date": "2021-07-13", "place": "office"}],
    }
    assert set(sections) == set(instance_schema()["properties"]), "every section is tried"
    opened = opened_by_build(sections, folder)
    installed = {os.path.realpath(path) for path in (*sys.path, sys.prefix, sys.base_prefix) if path}
    beside = Path(__file__).resolve().parents[2]
    strange = [path for path in opened if not any(stays(place, os.path.realpath(path)) for place in installed - {str(beside)})]
    assert "refused" not in opened, opened[-1]
    assert strange == []


def test_nothing_is_opened_before_it_is_refused(folder: Path) -> None:
    """Where every key names a file that is there, building opens none of them, nor the folder that they stand in."""
    sections = {"horizon": DAYS}
    for key in GOOD:
        sections |= {key: naming(key, str(folder / f"{key}.{ending(key)}"))[key]}
    opened = opened_by_build(sections, folder)
    assert "refused" in opened
    assert [path for path in opened[: opened.index("refused")] if stays(str(folder.parent), str(folder / path))] == []


@pytest.mark.parametrize("key", GOOD)
@pytest.mark.parametrize("name", ["{key}", "deep/{key}", "./deep/../deep/{key}", "deep/../{key}", "{folder}/deep/{key}"])
def test_files_of_the_folder_are_read(folder: Path, key: str, name: str) -> None:
    """Names start in the folder, absolute ones may lead into it, and what holds no circular may hold rows."""
    written = name.format(key=f"{key}.{ending(key)}", folder=folder)
    assert Instance.build(naming(key, written), files=folder).facts.staff.ids == ("A", "B")
    assert Instance.build(naming(key, written), files=str(folder)).facts.staff.ids == ("A", "B")


def test_rows_in_json(folder: Path) -> None:
    """A table named by data may stand in a JSON file, as one named by an instance file may."""
    (folder / "staff.json").write_text(json.dumps(INLINE["staff"]), encoding="utf-8")
    assert Instance.build(naming("staff", "staff.json"), files=folder).facts.staff.ids == ("A", "B")


OUTSIDE = [
    "../secret.{e}",
    "deep/../../secret.{e}",
    "none/../../secret.{e}",
    "{outer}/secret.{e}",
    "{folder}/../secret.{e}",
    "../theirs-not/x.{e}",
    "{folder}-not/x.{e}",
    "link.{e}",
    "out/secret.{e}",
    "out/../secret.{e}",
    "link-to-link.{e}",
    "/dev/zero.{e}",
    r"C:\Users\x.{e}",
    "C:x.{e}",
    r"\\server\share\x.{e}",
    r"..\secret.{e}",
    r"deep\..\..\secret.{e}",
    "//server/share/x.{e}",
]


def with_links(folder: Path) -> None:
    """Links in the folder that lead out of it."""
    for end in ("csv", "yaml"):
        (folder / f"link.{end}").symlink_to(f"../secret.{end}")
        (folder / f"link-to-link.{end}").symlink_to(f"link.{end}")
    (folder / "out").symlink_to(folder.parent)


@pytest.mark.parametrize("key", ["staff", "published", "circulars"])
@pytest.mark.parametrize("name", OUTSIDE)
def test_what_leads_out_is_refused_unseen(folder: Path, name: str, key: str) -> None:
    """Whatever leads out of the folder is refused in one sentence, the same whether something is there or not, and quotes nothing of it."""
    with_links(folder)
    written = name.format(e=ending(key), outer=folder.parent, folder=folder)
    problem = one_refused(folder, written, key)
    assert str(problem.where) == ("circulars[0].file" if key == "circulars" else f"{key}.file")
    assert "leads out of the folder" in problem.said.text()
    for path in folder.parent.glob("secret.*"):
        path.unlink()
    assert one_refused(folder, written, key) == problem
    assert "rahasia" not in problem.text() and "hunter2" not in problem.text()


@pytest.mark.parametrize("name", ["a\0b.csv", "\0", "../secret.csv\0.csv", "\ud800.csv"])
def test_what_no_file_can_be_called(folder: Path, name: str) -> None:
    """Letters that no file system has are told as such."""
    problem = one_refused(folder, name)
    assert (str(problem.where), "cannot be the name of a file" in problem.said.text()) == ("staff.file", True)


@pytest.mark.parametrize(("name", "said"), [("none.csv", "no such file"), ("deep", "a folder"), ("", "a folder"), (".", "a folder")])
def test_what_is_not_there(folder: Path, name: str, said: str) -> None:
    """Inside the folder a missing file and a folder are told as everywhere, by the names that were written."""
    problem = one_refused(folder, name)
    assert problem.where.file == str(folder / name)
    assert said in problem.said.text()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_are_not_waited_for(folder: Path) -> None:
    """A named pipe in the folder is refused: a stranger must not make us wait."""
    os.mkfifo(folder / "pipe.csv")
    assert "only ordinary files" in one_refused(folder, "pipe.csv").said.text()


def test_links_inside_are_followed(folder: Path, tmp_path: Path) -> None:
    """Links within the folder are good, the folder itself may be one, and messages use the names that were written."""
    (folder / "blob").write_text(GOOD["staff"], encoding="utf-8")
    (folder / "rows").write_text(json.dumps(INLINE["staff"]), encoding="utf-8")
    (folder / "linked.csv").symlink_to("blob")
    (folder / "linked.json").symlink_to(folder / "rows")
    (folder / "bad.csv").symlink_to("deep/bad-one.csv")
    (folder / "deep" / "bad-one.csv").write_text("id,unit\nA,u\nA,u\n", encoding="utf-8")
    other = tmp_path / "other"
    other.symlink_to(folder)
    for name in ("linked.csv", "linked.json", str(other / "linked.csv"), str(folder / "linked.csv")):
        assert Instance.build(naming("staff", name), files=other).facts.staff.ids == ("A", "B")
    assert str(one_refused(other, "bad.csv").where).startswith(f"{other / 'bad.csv'}:3")


def test_what_was_resolved_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that is changed after it was looked at leads nowhere else: the file that it led to is opened by its own name."""
    (folder / "linked.csv").symlink_to("deep/staff.csv")
    read = named_files.read_table

    def late(path: Path) -> Table:
        (folder / "linked.csv").unlink()
        (folder / "linked.csv").symlink_to("../secret.csv")
        return read(path)

    monkeypatch.setattr(named_files, "read_table", late)
    assert Instance.build(naming("staff", "linked.csv"), files=folder).facts.staff.ids == ("A", "B")


def test_links_in_a_circle(folder: Path) -> None:
    """A link to itself cannot be read, and that is said."""
    (folder / "circle.csv").symlink_to("circle.csv")
    assert "cannot be read" in one_refused(folder, "circle.csv").said.text()


@pytest.mark.parametrize("files", ["", "none", "secret.csv", 5, True, ["."], "a\0b"])
def test_what_is_no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch, files: object) -> None:
    """Something else than a folder is refused even where no file is named."""
    monkeypatch.chdir(folder.parent)
    if files == "":
        assert Instance.build({"horizon": DAYS, **INLINE}, files="").facts.staff.ids == ("A", "B"), "the current folder"
        return
    [problem] = refused(files, horizon=DAYS, **INLINE)
    assert (str(problem.where), "expected a folder" in problem.said.text()) == ("files", True)


@pytest.mark.parametrize(
    ("paths", "folder", "name", "inside"),
    [
        (posixpath, "/a/b", "c", True),
        (posixpath, "/a/b", "../b/c", True),
        (posixpath, "/a/b", "../bc", False),
        (posixpath, "/a/b", "/a/b", True),
        (posixpath, "/", "a", True),
        (ntpath, r"C:\a\b", r"c\d", True),
        (ntpath, r"C:\a\b", "c/../d", True),
        (ntpath, r"C:\a\b", r"c:\A\B\d", True),
        (ntpath, r"C:\a\b", r"..\bc", False),
        (ntpath, r"C:\a\b", r"\a\c", False),
        (ntpath, r"C:\a\b", r"D:d", False),
        (ntpath, r"C:\a\b", r"\\server\share\d", False),
        (ntpath, r"\\server\share\a", r"b", True),
        (ntpath, r"\\server\share\a", r"\\server\other\a\b", False),
        (ntpath, "C:\\", "b", True),
    ],
)
def test_letters_of_a_name(paths: ModuleType, folder: str, name: str, inside: bool) -> None:
    """Whether a name stays in a folder is judged by the rules of each system."""
    assert stays(folder, name, paths) is inside


def test_data_cannot_choose_the_folder(folder: Path) -> None:
    """Data of a stranger that are given as arguments, `files` among them, are refused: the folder stands beside data as one mapping."""
    sections: dict[str, Any] = {"horizon": DAYS, **INLINE, "staff": {"file": "staff.csv"}, "files": str(folder)}
    with pytest.raises(InputError, match="given as one mapping"):
        Instance.build(**sections)
    with pytest.raises(InputError, match="given as one mapping"):
        Instance.build({}, **sections)
    with pytest.raises(InputError, match="unknown key files"):
        Instance.build(sections)


ALLOWED = {"domain/words.py", "circulars/library.py", "instance/named_files.py", "instance/sections.py", "instance/as_file.py"}
"""Modules that open what comes with giliran, the one that opens what data name, and the one that looks at what it would write over."""
OPENERS = {"open", "read_text", "read_bytes", "read_table", "read_document", "read_documents", "iterdir", "glob"}


def test_nothing_else_that_meets_data_opens_files() -> None:
    """Between the readers of text and the files of users no other module opens anything: whoever adds one is asked to confine it."""
    package = Path(named_files.__file__).parents[1]
    found = set()
    for path in (path for part in ("domain", "program", "rules", "circulars", "instance") for path in (package / part).rglob("*.py")):
        nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
        calls = [node.func for node in nodes if isinstance(node, ast.Call)]
        names = {call.id if isinstance(call, ast.Name) else call.attr for call in calls if isinstance(call, ast.Name | ast.Attribute)}
        names |= {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
        found |= {path.relative_to(package).as_posix()} if names & OPENERS else set()
    assert found == ALLOWED


def document(folder: Path, **sections: Any) -> Path:
    """An instance file in a folder."""
    path = folder / "instance.json"
    path.write_text(json.dumps({"schema": "giliran/1", "horizon": DAYS, **INLINE, **sections}), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", GOOD)
def test_an_instance_file_reads_what_it_names_unless_confined(folder: Path, tmp_path: Path, key: str) -> None:
    """A user's own file reads what it names, wherever that is; confined, it does not leave its folder."""
    inner = tmp_path / "own"
    inner.mkdir()
    path = document(inner, **naming(key, f"../theirs/{key}.{ending(key)}"))
    assert load_instance(path).facts.staff.ids == ("A", "B")
    with pytest.raises(InputError, match="leads out of the folder") as caught:
        load_instance(path, confine=True)
    assert str(path) in caught.value.text(), "the instance file and its line are named"
    path = document(folder, **naming(key, f"deep/{key}.{ending(key)}"))
    assert load_instance(path, confine=True).facts.staff.ids == ("A", "B")


@pytest.mark.parametrize("whole", [True, False])
def test_a_confined_instance_is_no_link_out_itself(folder: Path, tmp_path: Path, whole: bool) -> None:
    """An instance file that is itself a link out of its folder is refused where that is confined."""
    (tmp_path / "far").mkdir()
    (folder / "instance.json").symlink_to(document(tmp_path / "far"))
    path = folder if whole else folder / "instance.json"
    assert load_instance(path).facts.staff.ids == ("A", "B")
    with pytest.raises(InputError, match="leads out of the folder"):
        load_instance(path, confine=True)


def test_confined_from_another_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative paths of instance files and folders mean the same confined."""
    document(folder, **naming("staff", "staff.csv"))
    monkeypatch.chdir(folder.parent)
    assert load_instance("theirs", confine=True).facts.staff.ids == ("A", "B")
    monkeypatch.chdir(folder)
    assert load_instance("instance.json", confine=True).facts.staff.ids == ("A", "B")
    assert Instance.build(naming("staff", "deep/staff.csv"), files=".").facts.staff.ids == ("A", "B")


def test_a_name_in_other_capitals(tmp_path: Path) -> None:
    """The file whose name differs in capitals alone is the one that is meant, whatever else is near."""
    for name in ("d6.yaml", "q6.yaml"):
        (tmp_path / name).write_text("schema: giliran/1\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_instance(tmp_path / "D6.yaml")
    assert "did you mean d6.yaml?" in str(error.value).casefold()
