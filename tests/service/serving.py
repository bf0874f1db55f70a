"""A local page that is being served, by a thread of the test or by a process of its own, and a client that asks it over a socket."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from giliran.records.assignments import schedule_csv
from giliran.reports.style import PlanStyle
from giliran.service.serving import Serving, bound, serving
from giliran.service.starting import Started, start
from giliran.solving import SolveOptions
from tests.cli.test_commands import INSTANCE
from tests.cli.test_process import LISTENING, SOURCE
from tests.plans import GOOD, IDS, plan, small_instance

HOST = "127.0.0.1"
MONDAY, TUESDAY, WEDNESDAY, SATURDAY = "2021-07-12", "2021-07-13", "2021-07-14", "2021-07-17"
JOURNAL = "i-2021-07-12.giliran.jsonl"
SAVED = "i-plan-2021-07-12.xlsx"


def agency(folder: Path, rows: tuple[str, ...] = GOOD) -> Path:
    """Write an instance of four people and a plan for it, `i.yaml` and `plan.csv`."""
    (folder / "i.yaml").write_text(INSTANCE, encoding="utf-8")
    instance = small_instance()
    (folder / "plan.csv").write_text(schedule_csv(instance.view, plan(instance, rows)), encoding="utf-8")
    return folder


@dataclass
class Page:
    """A page that is being served.

    Parameters
    ----------
    folder
        Where its files are.
    serving
        How it is reached.
    started
        What is behind it.
    client
        Asks it.
    """

    folder: Path
    serving: Serving
    started: Started
    client: httpx.Client

    @property
    def version(self) -> int:
        """Number of the plan at hand."""
        return int(self.client.get("/api/state").json()["version"])

    def change(self, *cells: tuple[str, str, str], version: int | None = None) -> httpx.Response:
        """Put people, by id, on days into places."""
        wanted = [{"staff_id": who, "date": day, "place": place} for who, day, place in cells]
        return self.client.post("/api/changes", json={"version": self.version if version is None else version, "cells": wanted})

    def post(self, path: str, **body: Any) -> httpx.Response:
        """Ask for something about the plan at hand."""
        return self.client.post(path, json={"version": self.version, **body})

    def ended(self, number: int) -> dict[str, Any]:
        """A job, once it has ended."""
        assert self.started.desk.job(number).join(60)
        return dict(self.client.get(f"/api/jobs/{number}").json())


@contextmanager
def served(folder: Path, plan: str | None = "plan.csv", *, host: str = HOST, fresh: bool = False, **style: Any) -> Iterator[Page]:
    """Serve what is in a folder."""
    given = None if plan is None else folder / plan
    made = PlanStyle(**style)
    with bound(host, 0) as listening:
        started = start(folder / "i.yaml", given, made, SolveOptions(workers=1, time_limit_s=30), fresh=fresh)
        with serving(started.desk, made, listening, host) as page, httpx.Client(base_url=page.address, timeout=30, verify=False) as client:
            yield Page(folder, page, started, client)


@contextmanager
def process(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`giliran serve` as a process, and the address that it prints."""
    code = f"{LISTENING}import sys\nfrom giliran.cli import main\nsys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), *sys.path]), "PYTHONIOENCODING": "utf-8", "GILIRAN_LANG": "en"}
    command = [sys.executable, "-c", code, "serve", *words]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout.readline().split()[-1:][0]
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGTERM)
            running.communicate(timeout=30)


WHO = IDS
"""Ids of the people."""
