"""No change is lost: what was answered is in the journal, which is played again, and refused where it does not fit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.files.writing import export
from giliran.messages import LANGUAGES
from giliran.reports.style import PlanStyle
from giliran.service.starting import Started, start
from giliran.solving import SolveOptions, solve
from giliran.text.appending import Appending
from tests.cli.test_commands import INSTANCE
from tests.plans import CROWDED, DUTY
from tests.service.serving import JOURNAL, MONDAY, SAVED, WEDNESDAY, WHO, agency, served


def begun(folder: Path, plan: str | None = None, *, fresh: bool = False) -> Started:
    """A desk of what is in a folder."""
    return start(folder / "i.yaml", None if plan is None else folder / plan, PlanStyle(), SolveOptions(workers=1), fresh=fresh)


Said = tuple[int, list[list[int]], dict[str, list[int]]]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A day of work: a plan is changed, planned again, changed, undone and saved; its folder, and the plan at the end."""
    folder = tmp_path_factory.mktemp("day")
    with served(agency(folder)) as page:
        page.change((WHO[2], WEDNESDAY, "office"))
        page.ended(page.post("/api/jobs").json()["number"])
        page.change((WHO[0], MONDAY, "rest"), (WHO[1], MONDAY, "office"))
        cells = [{"staff_id": WHO[3], "date": MONDAY, "duty": [DUTY]}]
        page.client.post("/api/changes", json={"version": page.version, "cells": cells})
        page.change((WHO[3], WEDNESDAY, "rest"))
        page.post("/api/undo")
        page.post("/api/save")
        return folder, said(page.started)


@pytest.fixture
def worked_on(day: tuple[Path, Said], tmp_path: Path) -> Said:
    """That day's files in the folder of the test, and its plan at the end."""
    shutil.copytree(day[0], tmp_path, dirs_exist_ok=True)
    return day[1]


def said(started: Started) -> Said:
    """Version, places and names of the plan at hand."""
    state = started.desk.seen().state
    return state.version, state.plan.place.tolist(), {rule: part.columns.tolist() for rule, part in state.plan.named.parts.items()}


def test_everything_is_there_after_a_restart(tmp_path: Path, worked_on: Said) -> None:
    """Places, names, version, what was set by hand and can be undone are as they were; the first or the saved plan may be given."""
    for plan in (None, "plan.csv", SAVED):
        started = begun(tmp_path, plan)
        assert said(started) == worked_on
        assert "Taken up again" in started.told[0].text("en") and "6" in started.told[0].text("id")
        seen = started.desk.seen()
        assert seen.can_undo and seen.state.by_hand[2, 2]
        started.desk.close()
    with served(tmp_path) as page:  # the workbook of before is renewed, since nobody has touched it
        assert page.post("/api/save").json()["file"] == SAVED
    with served(tmp_path, SAVED) as page:  # unless it is what was begun with
        assert page.post("/api/save").json()["file"] == SAVED.replace(".xlsx", "-2.xlsx")


def test_a_line_names_its_instance_and_stands_before_the_answer(tmp_path: Path) -> None:
    """When an answer arrives its change is a whole line of the file, with its number and the digest of the instance."""
    with served(agency(tmp_path)) as page:
        page.change((WHO[0], MONDAY, "rest"))
        first, line = [json.loads(text) for text in (tmp_path / JOURNAL).read_text(encoding="utf-8").splitlines()]
    assert (first["schema"], first["event"], first["n"], line["n"]) == ("giliran-journal/1", "begin", 0, 1)
    assert line["instance"] == first["instance"] and len(line["instance"]) == 16
    assert line["cells"] == [{"staff_id": WHO[0], "date": MONDAY, "place": "home", "duty": None}]


@pytest.mark.parametrize("tail", [b'{"n":7,"instance":"', b"\x00" * 100, b"\xff\xfe\n", b"{}\n", b'{"n":2,"event":"undo"}\n'])
def test_a_damaged_end_is_told_and_left_out(tmp_path: Path, worked_on: Said, tail: bytes) -> None:
    """What a crash leaves behind the last whole line is cut away; the next line follows that one."""
    whole = (tmp_path / JOURNAL).read_bytes()
    (tmp_path / JOURNAL).write_bytes(whole + tail)
    started = begun(tmp_path)
    assert said(started) == worked_on and "is damaged" in started.told[0].text("en")
    started.desk.undo(started.desk.seen().state.version)
    started.desk.close()
    assert (tmp_path / JOURNAL).read_bytes().startswith(whole)
    begun(tmp_path).desk.close()


@pytest.mark.once
@pytest.mark.parametrize("kept", [0, 1, 30, -1])
def test_an_end_that_was_cut_off_loses_one_line(tmp_path: Path, kept: int) -> None:
    """Half of the last line is left out, those before it are there."""
    with served(agency(tmp_path)) as page:
        page.change((WHO[0], MONDAY, "rest"))
        page.change((WHO[1], MONDAY, "office"))
    *whole, last = (tmp_path / JOURNAL).read_bytes().splitlines(keepends=True)
    (tmp_path / JOURNAL).write_bytes(b"".join([*whole, last[:kept]]))
    started = begun(tmp_path)
    assert started.desk.seen().state.version == 1
    started.desk.close()


def refused(folder: Path, plan: str | None = None) -> str:
    """Why a journal is refused; the file stays as it is."""
    before = (folder / JOURNAL).read_bytes()
    with pytest.raises(InputError) as error:
        begun(folder, plan)
    assert (folder / JOURNAL).read_bytes() == before
    assert all(error.value.text(lang) for lang in LANGUAGES)
    return error.value.text("en")


@pytest.mark.parametrize("line", [0, 1, 3])
@pytest.mark.usefixtures("worked_on")
def test_damage_before_the_end_is_refused(tmp_path: Path, line: int) -> None:
    """A journal in which something was changed or is missing is no journal to go on with; its line is named."""
    lines = (tmp_path / JOURNAL).read_bytes().split(b"\n")
    for wrong in (lines[:line] + lines[line + 1 :], [*lines[:line], lines[line].replace(b'"', b"'", 1), *lines[line + 1 :]]):
        (tmp_path / JOURNAL).write_bytes(b"\n".join(wrong))
        assert f"{JOURNAL}:{line + 1}: " in refused(tmp_path) or line == 0


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("share: 50%", "share: 25%", "rules or goals"),
        ("to: 2021-07-13", "to: 2021-07-14", "absences"),
        ("name: Pegawai 3", "name: Pegawai 33", ""),
        ("end: 2021-07-17", "end: 2021-07-16", "it is about 2021-07-12 to 2021-07-17"),
        (f'id: "{WHO[3]}"', 'id: "X"', "it is about 4 people with these ids"),
    ],
)
@pytest.mark.usefixtures("worked_on")
def test_the_journal_of_another_instance_is_refused_with_reasons(tmp_path: Path, old: str, new: str, why: str) -> None:
    """What decides about plans must be as it was, what is only printed may change."""
    assert old in INSTANCE
    (tmp_path / "i.yaml").write_text(INSTANCE.replace(old, new), encoding="utf-8")
    if why:
        assert why in refused(tmp_path) and "--fresh" in refused(tmp_path)
    else:
        begun(tmp_path).desk.close()


@pytest.mark.usefixtures("worked_on")
def test_another_plan_is_refused_and_fresh_keeps_the_old_journal(tmp_path: Path) -> None:
    """A plan that the journal did not begin with needs --fresh; the journal of before is then kept under another name."""
    old = (tmp_path / JOURNAL).read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    (agency(other, CROWDED) / "plan.csv").rename(tmp_path / "crowded.csv")
    assert "did not begin with the plan" in refused(tmp_path, "crowded.csv")
    started = begun(tmp_path, "crowded.csv", fresh=True)
    assert started.desk.seen().state.version == 0 and len(started.desk.seen().audit.broken) == 1
    started.desk.close()
    assert (tmp_path / JOURNAL.replace(".jsonl", ".old.jsonl")).read_bytes() == old
    begun(tmp_path, "crowded.csv", fresh=True).desk.close()
    assert len(list(tmp_path.glob("*.old*.jsonl"))) == 2


def test_what_a_plan_was_made_with_is_there_after_a_restart(tmp_path: Path) -> None:
    """Somebody whom the plan's own file has ill is so on the page, and when it is started again without that file."""
    page = agency(tmp_path)
    given = load_instance(tmp_path / "i.yaml")
    ill = given.with_absences([{"staff_id": WHO[0], "from": MONDAY, "to": MONDAY, "reason": "sakit"}])
    export(solve(ill, SolveOptions(workers=1)), tmp_path / "second.json")
    for plan in ("second.json", None, "second.json"):
        started = begun(page, plan)
        assert started.desk.seen().instance.facts.absent[0, 0] and not started.desk.seen().audit.broken
        started.desk.close()


def test_a_foreign_file_is_not_written_into(tmp_path: Path) -> None:
    """A file of that name which is no journal stays as it is, with --fresh too."""
    agency(tmp_path)
    (tmp_path / JOURNAL).write_text("somebody's notes\n", encoding="utf-8")
    assert "no journal of giliran" in refused(tmp_path)
    with pytest.raises(InputError):
        begun(tmp_path, fresh=True)
    assert (tmp_path / JOURNAL).read_text(encoding="utf-8") == "somebody's notes\n"


def test_two_servers_on_one_file(tmp_path: Path) -> None:
    """The second one is refused with a sentence as long as the first one runs."""
    with served(agency(tmp_path)), pytest.raises(InputError, match="another giliran is at work on this file"):
        begun(tmp_path)
    begun(tmp_path).desk.close()


def test_a_change_that_cannot_be_kept_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the change is refused, the plan and the file are as they were, and no further change is taken; saving says so too."""

    def full(self: Appending, line: str) -> None:
        from giliran.messages import plain
        from giliran.text.files import refuse

        raise refuse(str(self.path), plain("no space left"))

    with served(agency(tmp_path)) as page:
        before = page.started.desk.seen().state.plan
        with monkeypatch.context() as patched:
            patched.setattr(Appending, "append", full)
            assert page.change((WHO[0], MONDAY, "rest")).status_code == 422
        assert np.array_equal(page.started.desk.seen().state.plan.place, before.place)
        assert page.client.get("/api/phase").json()["phase"] == "stuck"
        assert page.change((WHO[0], MONDAY, "rest")).status_code == 503
    assert len((tmp_path / JOURNAL).read_text(encoding="utf-8").splitlines()) == 1


def test_a_full_journal_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a journal grows larger than what is read again changes are refused, with a way on; the plan can be saved and is there."""
    monkeypatch.setattr("giliran.service.journal.ROOM_TO_SAVE", 1000)
    with served(agency(tmp_path)) as page:
        before = (tmp_path / JOURNAL).stat().st_size
        monkeypatch.setattr("giliran.service.journal.MOST_JOURNAL", before + 1010)
        answer = page.change((WHO[0], MONDAY, "rest"))
        assert answer.status_code == 422 and "is full" in answer.json()["problems"][0]["sentences"]["en"]
        assert (page.version, page.client.get("/api/phase").json()["phase"]) == (0, "stuck")
        answer = page.change((WHO[0], MONDAY, "rest"))
        assert answer.status_code == 503 and "--fresh" in answer.json()["problems"][0]["sentences"]["id"]
        assert (tmp_path / JOURNAL).stat().st_size == before
        assert page.post("/api/save").json()["file"] == SAVED
    begun(tmp_path).desk.close()
    begun(tmp_path, SAVED, fresh=True).desk.close()


def test_a_journal_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is looked at before it is in memory."""
    with served(agency(tmp_path)) as page:
        page.change((WHO[0], MONDAY, "rest"))
    monkeypatch.setattr("giliran.service.journal.MOST_JOURNAL", (tmp_path / JOURNAL).stat().st_size - 1)
    sizes, read = list[int](), Appending.read
    monkeypatch.setattr(Appending, "read", lambda self, most=-1: sizes.append(most) or read(self, most))
    assert "more than is read again" in refused(tmp_path)
    assert sizes and min(sizes) >= 0


def test_half_a_line_is_taken_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fails in the middle of a line, what was written of it is removed, so that the next start finds whole lines."""
    path = tmp_path / "lines"
    file = Appending(path)
    file.append("one")

    def failing(number: int) -> None:
        if path.stat().st_size > len("one\n"):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("giliran.text.appending.os.fsync", failing)
    with pytest.raises(InputError, match="no space left"):
        file.append("two")
    file.close()
    assert path.read_bytes() == b"one\n"
