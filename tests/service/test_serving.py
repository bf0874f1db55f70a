"""`giliran serve` as a process: it starts, is killed, ends, and says what is in its way."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import sys
from pathlib import Path

import httpx
import pytest

from giliran.cli import main
from giliran.cli.commands.serve import PORT
from giliran.messages import LANGUAGES
from tests.cli.test_process import loaded_by
from tests.service.serving import HOST, JOURNAL, MONDAY, WHO, agency, process

CHANGE = {"version": 0, "cells": [{"staff_id": WHO[0], "date": MONDAY, "place": "home"}]}
END_S = 10
"""Far more than an end takes, so that a busy machine fails no test."""


@pytest.mark.skipif(os.name != "posix", reason="no process can be killed like this elsewhere")
def test_a_killed_server_has_lost_nothing_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    """What was answered before the process was killed is there when the next one starts, with the same words.

    That one ends by Ctrl-C, although a client holds a connection: code 0, and where the changes are; no token is printed here.
    """
    words = ("i.yaml", "plan.csv", "--port", "0")
    with process(agency(tmp_path), *words) as (running, address):
        assert httpx.post(f"{address}api/changes", json=CHANGE, timeout=30, verify=False).status_code == 200
        running.kill()
        running.wait(END_S)
    with process(tmp_path, *words) as (running, address), httpx.Client(base_url=address, timeout=30, verify=False) as client:
        state = client.get("/api/state").json()
        assert state["version"] == 1 and [cell["staff_id"] for cell in state["by_hand"]] == [WHO[0]]
        running.send_signal(signal.SIGINT)
        code = running.wait(END_S)
        assert running.stderr is not None
        err = running.stderr.read()
    assert (code, "Traceback" in err, "token" in err) == (0, False, False)
    assert "Taken up again" in err and f"{JOURNAL} holds all changes" in err


def test_a_port_in_use_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Code 2, the port, and what to do; nothing was written."""
    monkeypatch.chdir(agency(tmp_path))
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "i.yaml", "plan.csv", "--port", str(port), "--lang", "id"]) == 2
    err = capsys.readouterr().err
    assert f"porta {port}" in err and "--port 0" in err and "Traceback" not in err
    assert not (tmp_path / JOURNAL).exists()


def test_an_input_that_is_missing_is_said_before_a_port_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another port would not help whoever mistyped the name of the file."""
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", str(tmp_path / "none.xlsx"), "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert "none.xlsx" in err and f"port {port}" not in err


@pytest.mark.parametrize("words", [["--host", "no.such.host.invalid"], ["--port", "70000"], ["--port", "x"], ["nowhere.csv"]])
def test_what_cannot_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Addresses, ports and files that there are not: code 2 and a sentence, and nothing is written."""
    monkeypatch.chdir(agency(tmp_path))
    files = [] if words[0] == "nowhere.csv" else ["plan.csv"]
    assert main(["serve", "i.yaml", *files, *words]) == 2
    assert "Internal" not in capsys.readouterr().err
    assert not (tmp_path / JOURNAL).exists()


@pytest.mark.parametrize("missing", ["uvicorn", "jinja2", "xlsxwriter"])
def test_without_the_packages_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    """The extra is named in both languages, be it for serving, for the page or for saving that a package is missing."""
    find = importlib.util.find_spec
    monkeypatch.chdir(agency(tmp_path))
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == missing else find(name, *more))
    for lang in ("en", "id"):
        assert main(["serve", "i.yaml", "--lang", lang]) == 2
        assert "pip install 'giliran[service]'" in capsys.readouterr().err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_names_the_port_that_is_taken(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    """The number in the help is the one that the command listens at."""
    assert main(["serve", "--help", "--lang", lang]) == 0
    assert f": {PORT}." in " ".join(capsys.readouterr().out.split())


@pytest.mark.once
def test_other_commands_load_no_server(tmp_path: Path) -> None:
    """`giliran check` loads neither FastAPI nor uvicorn."""
    assert not {"fastapi", "uvicorn", "starlette"} & loaded_by(["check", "i.yaml", "plan.csv"], agency(tmp_path))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are sent in other ways elsewhere")
def test_a_job_at_work_ends_with_ctrl_c(tmp_path: Path) -> None:
    """A search that would take long is cancelled by Ctrl-C, and the process is gone soon after."""
    assert (
        main(["generate", "--staff", "3000", "--weeks", "8", "--family", "caps,duty,sequences,skills", "-o", str(tmp_path / "i.yaml")]) == 0
    )
    with process(tmp_path, "i.yaml", "--port", "0") as (running, address):
        while httpx.get(f"{address}api/phase", timeout=60, verify=False).json()["job"]["total"] == 0:
            pass  # asked again
        running.send_signal(signal.SIGINT)
        assert running.wait(END_S) == 0
