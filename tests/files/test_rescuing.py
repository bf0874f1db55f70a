"""A plan is not lost because its file is open in Excel: the old file stays, the new one is beside it, and whoever waited is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from giliran.cli import main
from giliran.errors import InputError
from giliran.files.rescuing import write_or_rescue

WEEK = """schema: giliran/1
horizon: {start: 2021-07-12, end: 2021-07-13}
staff: [{id: A}, {id: B}]
rules: [{kind: office_cap, max: 1}]
goals: [{kind: office_target, aim: most_office}]
"""


def lock(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the system refuse to replace some files, as Windows does while Excel has them open."""
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name in names:
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


def test_the_old_file_stays_and_the_new_one_is_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files that belong together none is replaced; those that were not there yet have their names."""
    old, free, new = tmp_path / "plan.xlsx", tmp_path / "plan.csv", tmp_path / "plan.json"
    old.write_text("old")
    free.write_text("old too")
    lock(monkeypatch, "plan.xlsx")
    with pytest.raises(InputError) as refused:
        write_or_rescue([(path, lambda path=path: f"new {path.suffix}") for path in (old, free, new)], "id")
    assert "Excel" in str(refused.value) and str(tmp_path / "plan.baru.xlsx") in refused.value.problems[1].text("id")
    assert (old.read_text(), free.read_text()) == ("old", "old too")
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if "old" not in path.read_text()} == {
        "plan.baru.xlsx": "new .xlsx",
        "plan.baru.csv": "new .csv",
        "plan.json": "new .json",
    }


def test_no_file_that_waits_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice in vain gives two files beside the old one."""
    (tmp_path / "plan.xlsx").write_text("old")
    lock(monkeypatch, "plan.xlsx")
    for text in ("first", "second"):
        with pytest.raises(InputError):
            write_or_rescue([(tmp_path / "plan.xlsx", lambda text=text: text)], "en")
    assert [(tmp_path / name).read_text() for name in ("plan.new.xlsx", "plan.new2.xlsx")] == ["first", "second"]


def test_where_nothing_can_be_written_the_reason_is_told_alone(tmp_path: Path) -> None:
    """No file is promised that is not there."""
    with pytest.raises(InputError) as refused:
        write_or_rescue([(tmp_path / "gone" / "plan.xlsx", lambda: "new")], "en")
    assert len(refused.value.problems) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_nothing_is_put_beside_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes to a pipe has no place beside it; the file that was to be written with it has."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "plan.xlsx").write_text("old")
    lock(monkeypatch, "plan.xlsx")
    with pytest.raises(InputError):
        write_or_rescue([(tmp_path / "pipe", lambda: "new"), (tmp_path / "plan.xlsx", lambda: "new")], "en")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pipe", "plan.new.xlsx", "plan.xlsx"]


def test_whoever_waited_for_a_plan_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Opened while the plan was made: exit code 2, the old workbook byte by byte, and the name of the new one."""
    monkeypatch.chdir(tmp_path)
    Path("w.yaml").write_text(WEEK, encoding="utf-8")
    assert main(["solve", "w.yaml", "-o", "plan.xlsx", "--lang", "id"]) == 0
    old = Path("plan.xlsx").read_bytes()
    lock(monkeypatch, "plan.xlsx")
    capsys.readouterr()
    assert main(["solve", "w.yaml", "-o", "plan.xlsx", "--lang", "id"]) == 2
    told = capsys.readouterr().err
    assert "jadwalnya tidak hilang: tersimpan di plan.baru.xlsx" in told and "Tutup berkas lama di Excel" in told
    assert Path("plan.xlsx").read_bytes() == old == Path("plan.baru.xlsx").read_bytes()
