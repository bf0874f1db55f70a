"""Changing a plan over a socket: what it breaks and costs is what a check of the whole plan says, and it is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import pytest

from giliran import check, load_instance, read_schedule
from giliran.domain.place import Place
from giliran.records.results import FindingRecord
from giliran.service.desk import Phase
from giliran.service.jobs import Ending, Job
from giliran.service.limits import MOST_KEPT
from giliran.service.states import Cell, State
from tests.plans import DUTY, GOOD, plan, small_instance
from tests.service.serving import JOURNAL, MONDAY, SATURDAY, SAVED, TUESDAY, WEDNESDAY, WHO, Page, agency, served


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """A page of four people."""
    with served(agency(tmp_path)) as found:
        yield found


def test_one_too_many_is_told_at_once(page: Page) -> None:
    """A third person in the office breaks the cap of two on that day: the sentence says so, and taking it back mends it."""
    done = page.change((WHO[2], WEDNESDAY, "office")).json()
    assert [said["en"] for said in done["broken"]] == [
        "Bidang Satu, Wednesday 14 July 2021: in the office 3, 1 too many (50 % × 4 = 2 → at most 2 in the office, at least 2 at home)"
    ]
    assert done["cells"] == [{"staff_id": WHO[2], "date": WEDNESDAY, "place": "office", "duty": [], "by_hand": True}]
    assert done["price"]["id"].startswith("Selain itu")
    back = page.change((WHO[2], WEDNESDAY, "rest")).json()
    assert (back["broken"], back["mended"], back["cells"][0]["by_hand"]) == ([], 1, False)


def test_answers_are_those_of_a_check_of_the_whole_plan(page: Page) -> None:
    """After every change, also one that names somebody else for duty, findings and tiers are those of `giliran.check`."""
    instance = load_instance(page.folder / "i.yaml")
    expected = read_schedule(page.folder / "plan.csv", instance).place.copy()
    for e, d, place in ((2, 2, Place.OFFICE), (0, 0, Place.HOME), (3, 5, Place.OFFICE), (3, 5, Place.OFF), (1, 0, Place.OFFICE)):
        done = page.change((WHO[e], instance.facts.dates[d].isoformat(), place.word)).json()
        expected[e, d] = place
        now = page.started.desk.seen().state.plan
        found = check(instance, now)
        assert np.array_equal(now.place, expected)
        assert done["state"]["tiers"] == dict(found.tiers)
        told = [FindingRecord.of(finding, instance.facts, "en").model_dump(mode="json") for finding in found.findings]
        assert done["state"]["findings"] == told and done["state"]["more"] == 0


def test_names_for_duty_change_by_themselves(page: Page) -> None:
    """Whoever is named is set without moving anybody; a name for somebody at home is told."""
    cell = page.client.get("/api/cell", params={"staff": WHO[3], "date": MONDAY}).json()
    assert [(each["rule"], each["named"]) for each in cell["duties"]] == [(DUTY, False)]
    wanted = {"version": 0, "cells": [{"staff_id": WHO[3], "date": MONDAY, "duty": [DUTY]}]}
    done = page.client.post("/api/changes", json=wanted).json()
    assert done["cells"] == [{"staff_id": WHO[3], "date": MONDAY, "place": "home", "duty": [DUTY], "by_hand": False}]
    assert len(done["broken"]) == 2, "not in the office, and two are named where one is asked for"


def test_a_duty_is_offered_as_the_letter_calls_it(tmp_path: Path) -> None:
    """Whoever is set for duty is told its name from the letter, not the id of its rule, which stays for programs."""
    file = agency(tmp_path) / "i.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("kind: duty_officers,", "kind: duty_officers, source: {quote: penanggung jawab piket},"), encoding="utf-8")
    with served(tmp_path) as page:
        cell = page.client.get("/api/cell", params={"staff": WHO[3], "date": MONDAY}).json()
    assert [(each["rule"], each["said"]["id"]) for each in cell["duties"]] == [(DUTY, "penanggung jawab piket")]


def test_a_stale_change_gets_the_newer_plan(page: Page) -> None:
    """Two tabs: the second one's change of the plan before the first one's is refused with the plan as it is, and changes nothing."""
    assert page.change((WHO[0], MONDAY, "home"), version=0).status_code == 200
    late = page.change((WHO[1], MONDAY, "office"), version=0)
    assert late.status_code == 409
    assert late.json()["state"]["version"] == 1
    assert [cell["staff_id"] for cell in late.json()["state"]["by_hand"]] == [WHO[0]]
    assert "has changed since" in late.json()["problems"][0]["sentences"]["en"]


def test_of_fifty_changes_at_once_one_is_made(page: Page) -> None:
    """Fifty clients change the same plan at the same time: one is heard, all others get the plan that it has made, nothing is lost."""

    def flip(number: int) -> int:
        cells = [{"staff_id": WHO[number % 4], "date": WEDNESDAY, "place": ("office", "rest")[number % 2]}]
        with httpx.Client(base_url=page.serving.address, timeout=60, verify=False) as client:
            return client.post("/api/changes", json={"version": 0, "cells": cells}).status_code

    with ThreadPoolExecutor(50) as pool:
        assert sorted(pool.map(flip, range(50))) == [200] + [409] * 49
    lines = [json.loads(line) for line in (page.folder / JOURNAL).read_text(encoding="utf-8").splitlines()]
    assert ([line["n"] for line in lines], page.version) == ([0, 1], 1)


def test_whoever_tries_again_is_heard(page: Page) -> None:
    """Clients who repeat their change with the newer plan are all heard, one after the other, and each change is a line."""

    def flip(number: int) -> None:
        cells = [{"staff_id": WHO[number % 4], "date": WEDNESDAY, "place": ("office", "rest")[number % 2]}]
        with httpx.Client(base_url=page.serving.address, timeout=60, verify=False) as client:
            done = client.post("/api/changes", json={"version": 0, "cells": cells})
            while done.status_code == 409:
                done = client.post("/api/changes", json={"version": done.json()["state"]["version"], "cells": cells})
            assert done.status_code == 200

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(flip, range(8)))
    lines = (page.folder / JOURNAL).read_text(encoding="utf-8").splitlines()
    assert (page.version, [json.loads(line)["n"] for line in lines]) == (8, [*range(9)])


def test_undo_goes_back_step_by_step(page: Page) -> None:
    """Each undo gives the plan before; at the first one there is nothing left to undo."""
    first = page.started.desk.seen().state.plan.place
    page.change((WHO[0], MONDAY, "home"))
    page.change((WHO[1], MONDAY, "office"))
    assert page.post("/api/undo").json()["cells"][0]["staff_id"] == WHO[1]
    last = page.post("/api/undo").json()
    assert np.array_equal(page.started.desk.seen().state.plan.place, first)
    assert (last["state"]["can_undo"], last["state"]["version"]) == (False, 4)
    assert page.post("/api/undo").status_code == 409


def test_planning_again_keeps_what_was_set_by_hand(page: Page) -> None:
    """Somebody is put into the office above the cap; the new plan keeps that and moves another, with every rule kept."""
    page.change((WHO[2], WEDNESDAY, "office"))
    begun = page.post("/api/jobs")
    assert (begun.status_code, begun.json()["kind"]) == (202, "replan")
    job = page.ended(begun.json()["number"])
    assert (job["state"], job["problems"]) == ("done", [])
    assert any("change" in said["en"] for said in job["told"])
    state = page.client.get("/api/state").json()
    assert (state["counts"]["must"], state["phase"], state["version"]) == (0, "ready", 2)
    seen = page.started.desk.seen()
    assert seen.state.plan.place[2, 2] == Place.OFFICE
    assert [(cell["staff_id"], cell["date"]) for cell in state["by_hand"]] == [(WHO[2], WEDNESDAY)]


def test_a_plan_is_made_where_there_is_none(tmp_path: Path) -> None:
    """Without a plan the page begins by making one, proven best, while it can be looked at already."""
    with served(agency(tmp_path), None) as page:
        page.started.plan_if_empty()
        assert page.client.get("/").status_code == 200
        assert page.ended(1)["state"] == "done"
        assert page.client.get("/api/state").json()["counts"] == {"must": 0, "should": 0, "note": 0}


def test_a_job_that_is_cancelled_changes_nothing(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a job is at work changes and second jobs are refused; after a cancel the plan is as it was."""

    def endless(instance: object, state: State, options: object, job: object) -> None:
        from giliran.service.jobs import CancelledError, Job

        assert isinstance(job, Job) and job.cancel.wait(30)
        raise CancelledError

    monkeypatch.setattr("giliran.service.desk.plan_again", endless)
    number = page.post("/api/jobs").json()["number"]
    for refused in (page.change((WHO[0], MONDAY, "home")), page.post("/api/jobs"), page.post("/api/undo")):
        assert refused.status_code == 409 and "being made" in refused.json()["problems"][0]["sentences"]["en"]
    assert page.client.get("/api/phase").json()["phase"] == "planning"
    assert page.client.post(f"/api/jobs/{number}/cancel", json={}).json()["state"] == "cancelled"
    assert (page.version, page.client.get("/api/phase").json()["phase"]) == (0, "ready")
    assert page.change((WHO[0], MONDAY, "home")).status_code == 200


def test_whoever_reads_that_a_job_has_ended_may_go_on(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment at which a job's end is written down changes are taken; what was seen before stays as it was."""
    desk, go, phases = page.started.desk, threading.Event(), list[Phase]()
    written = threading.Event()

    def at_once(instance: object, state: State, options: object, job: object) -> tuple[object, tuple[()]]:
        assert go.wait(30)
        return state.plan, ()

    def noted(job: Job, name: str, value: object) -> None:
        object.__setattr__(job, name, value)
        if value is Ending.DONE and not written.is_set():
            written.set()
            phases.append(desk.seen().phase)

    monkeypatch.setattr("giliran.service.desk.plan_again", at_once)
    number = page.post("/api/jobs").json()["number"]
    before = desk.seen()
    monkeypatch.setattr(Job, "__setattr__", noted)
    go.set()
    assert page.ended(number)["state"] == "done" and phases == [Phase.READY]
    assert before.job is not None and (before.phase, before.job.ending) == (Phase.PLANNING, Ending.RUNNING)


def test_why_and_substitutes_are_those_of_the_plan_at_hand(page: Page) -> None:
    """The answers are about the plan as it was changed, in lines for people and as the files of the commands."""
    page.change((WHO[2], WEDNESDAY, "office"))
    told = page.client.get("/api/why", params={"version": 1, "staff": WHO[2], "date": WEDNESDAY}).json()
    assert (told["why"]["days"][0]["place"], told["why"]["broken"]) == ("office", 1)
    assert told["lines"][0]["sentences"]["id"].startswith("Pegawai 2")
    others = page.client.get("/api/substitutes", params={"version": 1, "staff": WHO[0], "date": TUESDAY}).json()
    assert others["substitutes"]["staff_id"] == WHO[0]
    assert page.client.get("/api/why", params={"version": 0, "staff": WHO[2]}).status_code == 409


def test_the_saved_workbook_is_the_plan(page: Page) -> None:
    """A workbook beside the input, read with the library, has the places and names of the plan at hand; a second save renews it."""
    page.change((WHO[2], WEDNESDAY, "office"), (WHO[0], SATURDAY, "office"))
    saved = page.post("/api/save").json()
    assert saved == {"version": 1, "file": SAVED, "kept": False, "broken": 1, "gaps": 0}
    instance = load_instance(page.folder / "i.yaml")
    read = read_schedule(page.folder / SAVED, instance)
    now = page.started.desk.seen().state.plan
    assert np.array_equal(read.place, now.place) and read.named == now.named
    page.change((WHO[2], WEDNESDAY, "rest"))
    assert page.post("/api/save").json()["file"] == SAVED
    assert read_schedule(page.folder / SAVED, instance).place[2, 2] == Place.HOME


def test_saving_writes_over_nothing_of_others(page: Page) -> None:
    """A file that is there, and one of ours that somebody edited since, stay; the plan gets the next name."""
    (page.folder / SAVED).write_bytes(b"somebody's")
    second = SAVED.replace(".xlsx", "-2.xlsx")
    assert page.post("/api/save").json()["file"] == second
    (page.folder / second).write_bytes(b"edited in Excel")
    assert page.post("/api/save").json()["file"] == SAVED.replace(".xlsx", "-3.xlsx")
    assert (page.folder / SAVED).read_bytes() == b"somebody's"
    assert (page.folder / second).read_bytes() == b"edited in Excel"
    assert sorted(path.name for path in page.folder.glob("plan*")) == ["plan.csv"]


def test_only_so_many_plans_are_kept() -> None:
    """Undo reaches back a bounded number of steps, whatever was changed."""
    from collections import deque

    from giliran.service.journal import gone_back

    instance = small_instance()
    states = deque([State.begin(plan(instance, GOOD))], maxlen=MOST_KEPT + 1)
    for step in range(MOST_KEPT + 10):
        states.append(states[-1].changed([Cell(0, 0, (Place.OFFICE, Place.HOME)[step % 2])]))
    for _ in range(MOST_KEPT):
        states.append(gone_back(states))
    with pytest.raises(LookupError):
        gone_back(states)


def test_the_interface_is_documented(page: Page) -> None:
    """The OpenAPI document types every request and answer, and no parameter or field names a file."""
    document = page.client.get("/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) == 12
    for operation in operations:
        success = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
        assert "$ref" in success["content"]["application/json"]["schema"]
    fields = {name for schema in document["components"]["schemas"].values() for name in schema.get("properties", {})}
    requests = {"ChangeRequest", "VersionRequest", "JobRequest", "CellWanted"}
    asked = {name for schema in requests for name in document["components"]["schemas"][schema]["properties"]}
    assert asked == {"version", "cells", "kind", "staff_id", "date", "place", "duty"} and "path" not in fields
