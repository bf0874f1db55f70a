"""What the page of client programs says beyond what its examples show."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest

import giliran.guide
from giliran.messages import LANGUAGES, Lang
from tests.examples import blocks

GUIDE = Path(giliran.guide.__file__).parent
SCOPE = {"type": "http", "method": "POST", "path": "/plan", "query_string": b"", "headers": [(b"content-type", b"application/json")]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_client_that_goes_away_ends_its_search(lang: Lang) -> None:
    """The handler of the page notices that, answers nobody, and no thread of the search is left; without that it would search on."""
    page = (GUIDE / lang / "65-client-programs.md").read_text(encoding="utf-8")
    [web] = [block.text for block in blocks(page) if "FastAPI" in block.text]
    names: dict[str, Any] = {}
    exec(compile(web, "example", "exec"), names)
    names["OPTIONS"] = giliran.SolveOptions(workers=1, engine=giliran.Engine.CPSAT)
    endless = giliran.generate(40, 4, families=["caps", "duty", "absences", "wishes", "sequences", "skills", "ledger"])
    heard = iter([{"type": "http.request", "body": json.dumps(endless.to_dict()).encode(), "more_body": False}])
    answered: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return next(heard, {"type": "http.disconnect"})

    async def send(message: MutableMapping[str, Any]) -> None:
        answered.append(message)

    async def main() -> list[str]:
        await names["app"](SCOPE, receive, send)
        return [thread.name for thread in threading.enumerate() if thread.name.startswith("giliran")]

    assert asyncio.run(main()) == []
    assert answered[0]["status"] == 499
