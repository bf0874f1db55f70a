"""Serving a desk: a socket that is bound first, a server in a thread, and an end within a second."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from giliran.errors import InputError, Problem, Where
from giliran.files.formats import FORMATS, PAGE, WORKBOOK
from giliran.messages import Sentence, Whole, plain, reason_of
from giliran.reports.style import PlanStyle
from giliran.service import limits
from giliran.service.app import application
from giliran.service.desk import Desk
from giliran.service.guards import ENTER, Door, Guard

if TYPE_CHECKING:
    from uvicorn import Server

_NAMES = ("localhost", "127.0.0.1", "[::1]")
_STOP_S, _BEGIN_S = 0.7, 10.0
_MOST_PORT = 65_535
_ANY = ("0.0.0.0", "::", "")

_NEEDED = Sentence(
    en="the local page is served with the help of other packages, which are not installed",
    id="untuk halaman lokal diperlukan paket tambahan yang belum terpasang",
)
_INSTALL = Sentence(en="Install them by {command}.", id="Pasang dengan {command}.")
_IN_USE = Sentence(en="port {port} of {host} cannot be used: {reason}", id="porta {port} pada {host} tidak dapat dipakai: {reason}")
_OTHER_PORT = Sentence(
    en="Another program, maybe another giliran serve, is using it: end that one, or choose another with --port {free}.",
    id="Program lain, mungkin giliran serve yang lain, sedang memakainya: akhiri program itu, atau pilih yang lain dengan --port {free}.",
)
_NO_PORT = Sentence(en="ports have the numbers 0 to {most}, not {port}", id="porta bernomor 0 sampai {most}, bukan {port}")
_NO_HOST = Sentence(en="{host} is no address of this machine: {reason}", id="{host} bukan alamat komputer ini: {reason}")
_LOOPBACK = Sentence(en="Leave --host out to serve this machine alone.", id="Hapus --host agar hanya komputer ini yang dapat membukanya.")


@dataclass(frozen=True)
class Serving:
    """A page that is being served.

    Parameters
    ----------
    address
        To be opened on this machine.
    door
        Who may come in.
    """

    address: str
    door: Door

    @property
    def link(self) -> str:
        """The address to open: with a key that works once where the page is guarded."""
        return self.address if self.door.once is None else f"{self.address}{ENTER.removeprefix('/')}?key={self.door.once}"


def check_installed() -> None:
    """See that the packages are there; `InputError` otherwise."""
    try:
        import fastapi  # noqa: F401
        import uvicorn  # noqa: F401

        complete = all(FORMATS[ending].installed for ending in (PAGE, WORKBOOK))  # what is shown, and what is saved
    except ImportError:
        complete = False
    if not complete:
        raise InputError([Problem(Where(), _NEEDED(), _INSTALL(command=Whole("pip install 'giliran[service]'")))])


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises
    ------
    InputError
        If there is no such address, or the port is taken.
    """
    if port > _MOST_PORT:
        raise InputError([Problem(Where(field="--port"), _NO_PORT(most=plain(str(_MOST_PORT)), port=plain(str(port))))])
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise InputError([Problem(Where(field="--host"), _NO_HOST(host=host, reason=reason_of(error)), _LOOPBACK())]) from None
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # after an end the port can be had again at once; elsewhere this would let two have it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        problem = Problem(Where(field="--port"), _IN_USE(port=port, host=host, reason=reason_of(error)), _OTHER_PORT(free=0))
        raise InputError([problem]) from None
    return listening


def is_loopback(host: str) -> bool:
    """Whether an address reaches this machine alone."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


@contextmanager
def serving(desk: Desk, style: PlanStyle, listening: socket.socket, host: str) -> Iterator[Serving]:
    """Serve a desk until the block ends; then the desk is closed, a job at work is cancelled.

    Parameters
    ----------
    listening
        From `bound`.
    host
        As it was asked for.
    """
    port = listening.getsockname()[1]
    named = f"[{host}]" if ":" in host else host
    shown = "127.0.0.1" if host in _ANY else named
    names = {*_NAMES, named, socket.gethostname().lower()}
    door = Door.opened(names, port, any_address=host in _ANY, guarded=not is_loopback(host))
    server = _server(Guard(application(desk, style), door))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="giliran-serve", daemon=True)
    thread.start()
    try:
        yield Serving(f"http://{shown}:{port}/", door)
    finally:
        server.should_exit = True
        desk.close()
        thread.join(_STOP_S)
        server.force_exit = True
        thread.join(_STOP_S)


def _server(app: Guard) -> Server:
    from uvicorn import Config, Server
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Impatient(H11Protocol):
        """Closes a connection on which no request has come for a while, also one that sends it letter by letter."""

        def connection_made(self, transport: Any) -> None:
            """Begin to look."""
            super().connection_made(transport)
            self.loop.call_later(limits.BODY_S, self._look, self.cycle)

        def _look(self, last: object) -> None:
            waits = self.cycle is None or self.cycle.response_complete
            if waits and self.cycle is last:
                self.transport.close()
            elif not self.transport.is_closing():
                self.loop.call_later(limits.BODY_S, self._look, self.cycle if waits else self)

    return Server(
        Config(
            app,
            loop="asyncio",
            http=Impatient,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=limits.MOST_CONNECTIONS,
            timeout_graceful_shutdown=1,
        )
    )
