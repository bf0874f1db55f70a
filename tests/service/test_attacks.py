"""What the local page refuses: other pages, other names, no token, too much, and whatever is not what it should be."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pytest

from giliran.service.guards import COOKIE, Door
from giliran.service.limits import MOST_BODY, MOST_CELLS
from giliran.service.refusals import RefusalError
from tests.service.serving import HOST, JOURNAL, MONDAY, TUESDAY, WEDNESDAY, WHO, Page, agency, served

CELL = {"staff_id": WHO[0], "date": MONDAY, "place": "home"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that nothing here may change."""
    with served(agency(tmp_path_factory.mktemp("attacked"))) as found:
        yield found
        assert len((found.folder / JOURNAL).read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "192.168.0.7:{port}", ""])
@pytest.mark.parametrize("path", ["/", "/api/state", "/openapi.json", "/enter"])
def test_other_names_are_refused(page: Page, host: str, path: str) -> None:
    """A name that is made to point here (DNS rebinding) reads nothing, the page not either."""
    port = page.serving.door.port
    answer = page.client.get(path, headers={"host": host.format(port=port)})
    assert answer.status_code == 421 and "Pegawai" not in answer.text


def test_two_names_are_refused(page: Page) -> None:
    """A request with two hosts, which two programs might read differently, is refused."""
    port = page.serving.door.port
    with socket.create_connection((HOST, port), timeout=10) as line:
        line.sendall(f"GET /api/state HTTP/1.1\r\nHost: {HOST}:{port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n".encode())
        assert line.recv(100).split()[1] in (b"400", b"421")


FOREIGN: list[dict[str, str]] = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "https://127.0.0.1:{port}"},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ["/api/changes", "/api/undo", "/api/jobs", "/api/jobs/1/cancel", "/api/save", "/enter"])
def test_pages_from_elsewhere_change_nothing(page: Page, headers: dict[str, str], path: str) -> None:
    """Whatever a page of another site lets the planner's browser send is refused before it is read."""
    given = {name: value.format(port=page.serving.door.port) for name, value in headers.items()}
    answer = page.client.post(path, json={"version": 0, "cells": [CELL]}, headers=given)
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_forms_change_nothing(page: Page, kind: str) -> None:
    """What forms can send without the browser asking first is no JSON, and is refused."""
    answer = page.client.post("/api/changes", content=b'{"version": 0, "cells": []}', headers={"content-type": kind})
    assert answer.status_code == 415


def test_no_other_page_may_read_or_show_it(page: Page) -> None:
    """No answer allows another origin, a frame or a guess at its type; scripts of other sites are refused what they ask for."""
    for path in ("/", "/api/state", "/nothing"):
        answer = page.client.get(path, headers={"origin": page.serving.address.rstrip("/")})
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["x-frame-options"] == "DENY" and answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert (answer.headers["cache-control"], answer.headers["cross-origin-resource-policy"]) == ("no-store", "same-origin")
    assert page.client.get("/api/state", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}).status_code == 403
    asked_first = page.client.options("/api/changes", headers={"origin": "http://evil.example", "access-control-request-method": "POST"})
    assert asked_first.status_code == 405


WRONG: list[dict[str, Any]] = [
    {},
    {"version": 0},
    {"version": 0, "cells": []},
    {"version": 0, "cells": [CELL] * (MOST_CELLS + 1)},
    {"version": 0, "cells": [CELL, CELL]},
    {"version": "0", "cells": [CELL]},
    {"version": True, "cells": [CELL]},
    {"version": -1, "cells": [CELL]},
    {"version": 0.5, "cells": [CELL]},
    {"version": 0, "cells": [CELL], "path": "/etc/passwd"},
    {"version": 0, "cells": [{**CELL, "file": "../../x.xlsx"}]},
    {"version": 0, "cells": [{**CELL, "staff_id": "../../etc/passwd"}]},
    {"version": 0, "cells": [{**CELL, "staff_id": "Pegawai 0"}]},
    {"version": 0, "cells": [{**CELL, "staff_id": "x" * 1000}]},
    {"version": 0, "cells": [{**CELL, "staff_id": None}]},
    {"version": 0, "cells": [{**CELL, "staff_id": "\u0000"}]},
    {"version": 0, "cells": [{**CELL, "date": "2021-07-18"}]},
    {"version": 0, "cells": [{**CELL, "date": "tomorrow"}]},
    {"version": 0, "cells": [{**CELL, "date": 5}]},
    {"version": 0, "cells": [{**CELL, "place": "absent"}]},
    {"version": 0, "cells": [{**CELL, "place": "off"}]},
    {"version": 0, "cells": [{**CELL, "place": 1}]},
    {"version": 0, "cells": [{**CELL, "duty": ["own/pikett"]}]},
    {"version": 0, "cells": [{**CELL, "duty": "own/piket"}]},
    {"version": 0, "cells": [{"staff_id": WHO[0], "date": MONDAY}]},
    {"version": 0, "cells": [{"staff_id": WHO[1], "date": TUESDAY, "place": "office"}]},
    {"version": 0, "cells": [{"staff_id": WHO[1], "date": TUESDAY, "place": "rest"}]},
    {"version": 0, "cells": {"staff_id": WHO[0]}},
]


@pytest.mark.parametrize("body", WRONG, ids=lambda body: str(body)[:80])
def test_what_cannot_be_is_told_in_both_languages(page: Page, body: dict[str, Any]) -> None:
    """Wrong types, unknown people, days, places and rules, and fields that are none: 422 with sentences, and nothing changes."""
    answer = page.client.post("/api/changes", json=body)
    assert answer.status_code == 422
    for problem in answer.json()["problems"]:
        assert problem["sentences"]["en"] and problem["sentences"]["id"] and "pydantic" not in answer.text
    assert page.version == 0


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 60_000, b'{"version": 1e999}', b"\xff\xfe", b'"\\ud800"', b"null", b"7" * 5000])
def test_what_is_no_json_is_told(page: Page, content: bytes) -> None:
    """Half, deep and broken JSON is refused, and the page goes on."""
    answer = page.client.post("/api/changes", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422) and answer.json()["problems"]


def test_huge_bodies_are_refused(page: Page) -> None:
    """A body of more than the limit is refused, whether its length is told before or not."""
    headers = {"content-type": "application/json"}
    large = b" " * (MOST_BODY + 1)
    assert page.client.post("/api/changes", content=large, headers=headers).status_code == 413
    pieces = (large[:1000] for _ in range(100))
    assert page.client.post("/api/changes", content=pieces, headers=headers).status_code == 413


@pytest.mark.parametrize("sent", [b"", b"GET /api/state HT", b"GET / HTTP/1.1\r\nHost: x\r\nX: "])
def test_who_never_finishes_asking_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    """A connection on which no request comes, or half of one, is closed and holds no place for ever."""
    monkeypatch.setattr("giliran.service.limits.BODY_S", 0.05)
    with served(agency(tmp_path)) as found, socket.create_connection((HOST, found.serving.door.port), timeout=10) as line:
        line.sendall(sent)
        assert line.recv(100) == b""


@pytest.mark.parametrize(
    "path",
    [
        "/api/why?version=0&staff=nobody",
        "/api/why?version=x&staff=a",
        "/api/why?version=0",
        f"/api/why?version=0&staff={'x' * 300}",
        f"/api/substitutes?version=0&staff={WHO[0]}&date=2021-07-12&duty=own/none",
        f"/api/substitutes?version=0&staff={WHO[0]}&date=1999-01-01",
        f"/api/cell?staff={WHO[0]}&date=%2e%2e%2f",
        "/api/jobs/x",
    ],
)
def test_questions_that_make_no_sense_are_told(page: Page, path: str) -> None:
    """Questions about nobody, no day and no rule get a sentence."""
    answer = page.client.get(path)
    assert answer.status_code == 422 and answer.json()["problems"][0]["sentences"]["id"]


@pytest.mark.parametrize("path", ["/api/jobs/7", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/i.yaml", "/docs", "/static/x"])
def test_there_is_nothing_else(page: Page, path: str) -> None:
    """No path leads to a file, and there is no page of documents that loads from elsewhere."""
    answer = page.client.get(path)
    assert answer.status_code == 404 and answer.json()["problems"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(page: Page, method: str) -> None:
    """Only what is offered is done."""
    answer = page.client.request(method, "/api/changes", headers={"content-type": "application/json"})
    assert answer.status_code == 405


PAGES = ("/", "/api/state", "/api/page")
ANSWERS = (
    f"/api/why?version=0&staff={WHO[0]}",
    f"/api/why?version=0&staff={WHO[0]}&date={WEDNESDAY}",
    f"/api/substitutes?version=0&staff={WHO[0]}&date={MONDAY}",
)


def ordered(folder: Path, reason: str) -> Path:
    """An agency with orders for a reason: two that the plan follows, office and home, and one that it does not."""
    orders = [(WHO[0], MONDAY, "office"), (WHO[0], WEDNESDAY, "home"), (WHO[3], WEDNESDAY, "home")]
    rows = [f"  - {{staff_id: '{who}', date: {day}, place: {place}, reason: {json.dumps(reason)}}}\n" for who, day, place in orders]
    instance = agency(folder) / "i.yaml"
    instance.write_text(f"{instance.read_text(encoding='utf-8')}pins:\n{''.join(rows)}", encoding="utf-8")
    return folder


@pytest.mark.once
@pytest.mark.parametrize("more", ["", "\tRSUD", "\u200b", " dan lain-lain" * 20], ids=["short", "tab", "unseen", "long"])
def test_reasons_of_absence_stay_here(tmp_path: Path, more: str) -> None:
    """Neither the page nor an answer says why somebody is away or was ordered to a place, unless it was asked for at the start."""
    secret = "kemoterapi"
    with served(ordered(tmp_path, secret + more), lang="id") as found:
        pages, answers = ([found.client.get(path).text for path in paths] for paths in (PAGES, ANSWERS))
    assert not any("cuti" in text.lower() for text in pages)
    assert [path for path, text in zip(PAGES + ANSWERS, pages + answers, strict=True) if secret in text] == []
    with served(tmp_path, lang="id", reasons=True) as found:
        assert "cuti" in found.client.get("/").text.lower()
        assert [path for path in PAGES + ANSWERS if secret not in found.client.get(path).text] == []


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that other machines can reach."""
    with served(agency(tmp_path_factory.mktemp("guarded")), host="0.0.0.0") as found:
        yield found


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer x"}, {"cookie": f"{COOKIE}=x"}, {"cookie": "=;=\x01"}], ids=str)
def test_without_the_token_nothing_is_told(guarded: Page, headers: dict[str, str]) -> None:
    """Beyond this machine everything needs the token; whoever has none is asked for it, and sees nothing of the plan."""
    for path in ("/api/state", "/openapi.json", "/"):
        answer = guarded.client.get(path, headers=headers)
        assert answer.status_code == 401 and "Pegawai" not in answer.text and "Bidang" not in answer.text
    assert guarded.client.post("/api/changes", json={"version": 0, "cells": [CELL]}, headers=headers).status_code == 401


def test_the_token_opens_and_the_link_works_once(guarded: Page) -> None:
    """The link gives a cookie that scripts cannot read and other sites cannot send; a second time it opens nothing.

    Whoever asks only what is there, as programs do that show links, and a browser that loads ahead do not use it up.
    """
    link, token = guarded.serving.link, guarded.serving.door.token
    assert guarded.client.head(link).status_code == 200
    for name in ("sec-purpose", "purpose"):
        assert guarded.client.get(link, headers={name: "prefetch;prerender"}).status_code == 503
    opened = guarded.client.get(link)
    assert opened.status_code == 303 and opened.headers["location"] == "/"
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert httpx.get(link, verify=False).status_code == 401
    plain = httpx.Client(base_url=guarded.serving.address, verify=False)
    with plain:
        assert plain.get("/api/state", headers={"cookie": cookie.partition(";")[0]}).status_code == 200
        assert plain.get("/api/state", headers={"authorization": f"Bearer {token}"}).status_code == 200
        typed = plain.post("/enter", data={"key": token})
        assert typed.status_code == 303
        assert plain.post("/enter", data={"key": "guess"}).status_code == 401


def test_all_addresses_are_numbers() -> None:
    """A page that listens everywhere is called by addresses of numbers and by its own names, by no other name."""
    door = Door.opened(["localhost"], 8765, any_address=True, guarded=True)
    assert all(map(door.knows, ("192.168.0.7:8765", "[fe80::1]:8765", "LOCALHOST:8765")))
    assert not any(map(door.knows, ("evil.example:8765", "192.168.0.7", "192.168.0.7:80", "", ":8765", "[::1", "1.2.3.4.nip.io:8765")))


def test_every_refusal_says_its_status() -> None:
    """No kind is answered by the status of another."""
    assert all(isinstance(vars(kind).get("status"), HTTPStatus) for kind in RefusalError.__subclasses__())
