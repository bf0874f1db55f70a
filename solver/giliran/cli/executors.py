"""Where the command line lets parts be solved: threads, processes for very large instances, or a Dask cluster."""

from __future__ import annotations

import contextlib
import os
import socket
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence

if TYPE_CHECKING:
    from giliran.instance import Instance

MANY_CELLS = 750_000
"""From so many cells on parts are solved by processes. The flow solver holds the interpreter, so threads share one core: 300,000 people × 5
days take 10.7 s of search in threads, 8.9 s in two processes that have to be started first."""

CONNECT_S = 10
"""Seconds that a cluster may take to answer."""

_NO_DASK = Sentence(en="a Dask cluster needs the package distributed", id="klaster Dask memerlukan paket distributed")
_INSTALL_DASK = Sentence(en="Install it: pip install 'giliran[dask]'", id="Pasanglah: pip install 'giliran[dask]'")
_NO_ANSWER = Sentence(
    en="no Dask scheduler answers at {address}: {reason}", id="tidak ada penjadwal Dask yang menjawab di {address}: {reason}"
)
_SEE_ADDRESS = Sentence(
    en="Start one with `dask scheduler`, which prints its address, such as tcp://10.0.0.5:8786.",
    id="Jalankan `dask scheduler`; alamatnya dicetak, misalnya tcp://10.0.0.5:8786.",
)
_NO_WORKERS = Sentence(en="the cluster at {address} has no workers", id="klaster di {address} tidak memiliki pekerja")
_START_WORKERS = Sentence(
    en="Start some on machines with giliran installed: dask worker {address}",
    id="Jalankan beberapa di mesin yang memiliki giliran: dask worker {address}",
)


@dataclass(frozen=True)
class Place:
    """Where parts are solved.

    Parameters
    ----------
    executor
        Threads of this process when None.
    workers
        Parts solved at the same time.
    """

    executor: Executor | None
    workers: int


@contextmanager
def cluster(address: str | None, workers: int | None) -> Iterator[Place | None]:
    """Connect to a Dask cluster for as long as a command runs; None without an address.

    Parameters
    ----------
    workers
        Parts solved at the same time; as many as the cluster has cores when None.

    Raises
    ------
    InputError
        If the package for Dask is missing, nobody answers at the address, or the cluster has no workers.
    """
    if address is None:
        yield None
        return
    with _client(address) as (client, cores):
        if not cores:
            raise InputError([Problem(Where(field="--dask"), _NO_WORKERS(address=address), _START_WORKERS(address=address))])
        yield Place(client.get_executor(), workers or cores)


@contextmanager
def on_this_machine(instance: Instance, workers: int | None) -> Iterator[Place]:
    """Threads, or processes where the instance is very large.

    Parameters
    ----------
    workers
        Parts solved at the same time; as many as there are cores when None.
    """
    here = workers or os.cpu_count() or 1
    if here == 1 or instance.facts.present.size < MANY_CELLS:
        yield Place(None, here)
        return
    from giliran.engine.processes import process_pool

    with process_pool(here) as pool:
        yield Place(pool, here)


@contextmanager
def _client(address: str) -> Iterator[tuple[Any, int]]:
    """A client of a Dask cluster, and how many cores its workers have."""
    try:
        import distributed
    except ImportError:
        raise InputError([Problem(Where(field="--dask"), _NO_DASK(), _INSTALL_DASK())]) from None
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", message="Sending large graph")  # parts are what is to be sent
        try:
            _reach(address)
            client = distributed.Client(address, timeout=CONNECT_S)
            stack.callback(_close, client)
            cores = sum(client.ncores().values())
        except (OSError, ValueError, TypeError) as error:
            problem = Problem(Where(field="--dask"), _NO_ANSWER(address=address, reason=str(error)), _SEE_ADDRESS())
            raise InputError([problem]) from None
        yield client, cores


def _reach(address: str) -> None:
    """See that somebody listens: a client that fails to connect stays behind half made, and may block when it is collected.

    Raises
    ------
    OSError, ValueError
        If nobody listens there, or it is no address.
    """
    from distributed.comm.addressing import get_address_host_port

    host, port = get_address_host_port(address, strict=True)
    with socket.create_connection((host, port), timeout=CONNECT_S):
        pass


def _close(client: Any) -> None:
    with contextlib.suppress(OSError):
        client.close()
