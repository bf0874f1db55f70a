"""What every request must pass before it reaches the desk, and what every answer says to the browser.

Whoever can open a page in the planner's browser must not reach the plan by way of it: names that point here from elsewhere (DNS
rebinding) are refused by the header `Host`, forms and scripts of other pages by `Origin` and `Sec-Fetch-Site`, and no page elsewhere may
read an answer, since none allows it (no CORS), or show it in a frame. A missing `Origin` passes where the body is JSON: browsers ask
first before they send that elsewhere, and no answer here permits it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import secrets
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, quote

from giliran.errors import Problem, Where
from giliran.messages import Said, Sentence
from giliran.service.entering import entrance
from giliran.service.limits import BODY_S, MOST_BODY
from giliran.service.problems import Problems

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "giliran"
"""Name of the cookie that holds the token."""
ENTER = "/enter"
"""Where a token, or a link that works once, becomes a cookie."""
_CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
_READING = {"GET", "HEAD"}
_OURS = {"same-origin", "none"}
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"

_HOST = Sentence(
    en="this page is not called {host} here; open it by the address that giliran printed",
    id="halaman ini tidak bernama {host} di sini; bukalah dengan alamat yang dicetak giliran",
)
_ORIGIN = Sentence(
    en="a page of {origin} asks for this; only the page of giliran itself may change a plan",
    id="permintaan ini berasal dari halaman {origin}; hanya halaman giliran sendiri yang boleh mengubah jadwal",
)
_ELSEWHERE = Sentence(en="elsewhere", id="tempat lain")
_TOKEN = Sentence(
    en="a token is needed: open the link that giliran printed, or send the token as Authorization: Bearer",
    id="diperlukan token: buka tautan yang dicetak giliran, atau kirim tokennya sebagai Authorization: Bearer",
)
_KIND = Sentence(en="the body must be JSON (application/json)", id="isi permintaan harus JSON (application/json)")
_METHOD = Sentence(en="{method} is not done here", id="{method} tidak dilayani di sini")
_LARGE = Sentence(en="the request is larger than {most} bytes", id="permintaan lebih besar dari {most} bita")
_SLOW = Sentence(en="the request did not arrive in {seconds} seconds", id="permintaan tidak sampai dalam {seconds} detik")
FAULT = Sentence(
    en="a fault of giliran ({what}); nothing was changed. {variable}=1 shows where",
    id="kesalahan giliran ({what}); tidak ada yang berubah. {variable}=1 menunjukkan letaknya",
)
DEBUG = "GILIRAN_DEBUG"
"""Set this environment variable to see where a fault came from, as everywhere on the command line."""

HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
"""Of every answer; what scripts may run stands in the page itself, by their hashes."""


@dataclass
class Door:
    """Who may come in.

    Parameters
    ----------
    hosts
        Names by which the page may be called, with ports, as browsers send them.
    any_address
        Whether it may also be called by any address of numbers: it listens on all of the machine's. A name that is made to point here
        is never one.
    port
        Where it listens.
    token
        What whoever asks must know; None where the page is reachable from this machine alone.
    once
        What the next link that works once holds; used up by the first who opens it.
    """

    hosts: frozenset[str]
    port: int
    any_address: bool = False
    token: str | None = None
    once: str | None = None
    _failed: int = field(default=0, repr=False)

    @classmethod
    def opened(cls, hosts: Iterable[str], port: int, *, any_address: bool, guarded: bool) -> Door:
        """A door, with a new token where it is guarded."""
        names = frozenset(f"{host}:{port}" for host in hosts) | frozenset(host for host in hosts if port == 80)
        if not guarded:
            return cls(names, port, any_address)
        return cls(names, port, any_address, secrets.token_urlsafe(24), secrets.token_urlsafe(24))

    def knows(self, host: str) -> bool:
        """Whether the page may be called so."""
        if host.lower() in self.hosts:
            return True
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "80")
        if not self.any_address or port != str(self.port):
            return False
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return True

    def admits(self, headers: Mapping[str, str]) -> bool:
        """Whether a request knows the token, where one is needed."""
        if self.token is None:
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), self.token):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self.token)

    def fits(self, key: str) -> bool:
        """Whether a key would open the door; nothing is used up."""
        return any(known is not None and _same(key, known) for known in (self.token, self.once))

    def takes(self, key: str) -> bool:
        """Whether a key opens the door: the token, or that of the link, which then is used up."""
        if self.token is not None and _same(key, self.token):
            return True
        if self.once is not None and _same(key, self.once):
            self.once = None
            return True
        return False


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())


class RefusedError(Exception):
    """A request that goes no further."""

    def __init__(self, status: HTTPStatus, said: Said) -> None:
        self.status, self.said = status, said
        super().__init__(status, said)


class Guard:
    """Stands before an application.

    Parameters
    ----------
    app
        What is behind it.
    door
        Who may come in.
    """

    def __init__(self, app: App, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        answering = _Answering(send)
        try:
            await self._answer(scope, receive, answering)
        except RefusedError as error:
            await answering.refuse(error.status, error.said)
        except Exception as error:  # whatever it is, the server goes on, and nobody sees a traceback
            if os.environ.get(DEBUG):
                traceback.print_exception(error)
            await answering.refuse(HTTPStatus.INTERNAL_SERVER_ERROR, FAULT(what=type(error).__name__, variable=DEBUG))

    async def _answer(self, scope: Scope, receive: Receive, answering: _Answering) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._door.knows(headers.get("host", "")) or sum(name.lower() == b"host" for name, _ in scope["headers"]) != 1:
            raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, _HOST(host=headers.get("host", "")[:100]))
        method = scope["method"]
        _check_method(method, headers)
        if method in _CHANGING:
            _check_kind(headers, _FORM if scope["path"] == ENTER else _JSON)
        if scope["path"] == ENTER:
            await self._enter(scope, receive, answering, headers)
            return
        if not self._door.admits(headers):
            if scope["path"] == "/" and method in _READING:
                await answering.page(HTTPStatus.UNAUTHORIZED, entrance())
                return
            raise RefusedError(HTTPStatus.UNAUTHORIZED, _TOKEN())
        body = await _body(receive, headers) if method in _CHANGING else b""
        await self._app(scope, _given(body, receive), answering)

    async def _enter(self, scope: Scope, receive: Receive, answering: _Answering, headers: Mapping[str, str]) -> None:
        """Change a link that works once, or the token that somebody typed, into a cookie."""
        method = scope["method"]
        text = (await _body(receive, {})).decode("latin-1") if method == "POST" else scope["query_string"].decode("latin-1")
        key = parse_qs(text, max_num_fields=3).get("key", [""])[0]
        ahead = _is_ahead(headers)
        if (ahead or method == "HEAD") and self._door.fits(key):  # nobody has opened it yet, so the link stays good
            await answering.page(HTTPStatus.SERVICE_UNAVAILABLE if ahead else HTTPStatus.OK, entrance())
            return
        if not self._door.takes(key):
            await answering.page(HTTPStatus.UNAUTHORIZED, entrance(wrong=True))
            return
        cookie = f"{COOKIE}={quote(self._door.token or '')}; HttpOnly; SameSite=Strict; Path=/"
        await answering.redirect("/", cookie)


def _check_method(method: str, headers: Mapping[str, str]) -> None:
    """Nothing is changed, and nothing read, for a page from elsewhere."""
    if method not in _CHANGING | _READING:
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, _METHOD(method=method[:20]))
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
    foreign = origin is not None and origin != f"http://{headers['host']}"
    if method in _CHANGING and (foreign or site not in _OURS):
        raise RefusedError(HTTPStatus.FORBIDDEN, _ORIGIN(origin=(origin or "")[:100] if foreign else _ELSEWHERE()))
    navigated = headers.get("sec-fetch-mode") == "navigate"  # a link to the page is none of a script's affairs
    if method in _READING and (foreign or site not in _OURS) and not navigated:
        raise RefusedError(HTTPStatus.FORBIDDEN, _ORIGIN(origin=(origin or "")[:100] if foreign else _ELSEWHERE()))


def _is_ahead(headers: Mapping[str, str]) -> bool:
    """Whether a browser asks for a page that nobody has opened yet."""
    return any("prefetch" in headers.get(name, "").lower() for name in ("sec-purpose", "purpose", "x-moz"))


def _check_kind(headers: Mapping[str, str], expected: str) -> None:
    if headers.get("content-type", "").partition(";")[0].strip().lower() != expected:
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _KIND())


async def _body(receive: Receive, headers: Mapping[str, str]) -> bytes:
    """The whole body, if it is small and comes soon."""
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > MOST_BODY:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _LARGE(most=MOST_BODY))
    try:
        return await asyncio.wait_for(_received(receive), BODY_S)
    except TimeoutError:
        raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, _SLOW(seconds=int(BODY_S))) from None


async def _received(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _LARGE(most=MOST_BODY))
        if not message.get("more_body", False):
            return bytes(body)


def _given(body: bytes, receive: Receive) -> Receive:
    """The body once, then whatever else comes."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Message:
        return first.pop() if first else await receive()

    return given


class _Answering:
    """Adds what every answer says."""

    def __init__(self, send: Send) -> None:
        self._send, self._begun = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begun = True
            own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", []), *own]
        await self._send(message)

    async def refuse(self, status: HTTPStatus, said: Said) -> None:
        """An answer with a problem, if none has begun."""
        if not self._begun:
            text = Problems.of([Problem(Where(), said)]).model_dump_json()
            await self._whole(status, text.encode(), [(b"content-type", b"application/json")])

    async def page(self, status: HTTPStatus, text: str) -> None:
        """An answer with a page."""
        await self._whole(status, text.encode(), [(b"content-type", b"text/html; charset=utf-8")])

    async def redirect(self, path: str, cookie: str) -> None:
        """Send elsewhere, with a cookie."""
        await self._whole(HTTPStatus.SEE_OTHER, b"", [(b"location", path.encode()), (b"set-cookie", cookie.encode())])

    async def _whole(self, status: HTTPStatus, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        length = (b"content-length", str(len(body)).encode())
        await self({"type": "http.response.start", "status": int(status), "headers": [*headers, length, (b"connection", b"close")]})
        await self({"type": "http.response.body", "body": body})
