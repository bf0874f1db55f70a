"""Where the command line lets parts be solved: threads, processes for very large instances, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from giliran.cli.clusters import Cluster, client_of
from giliran.errors import InputError, Problem, Where
from giliran.messages import Sentence

if TYPE_CHECKING:
    from giliran.instance import Instance

MANY_CELLS = 750_000
"""From so many cells on parts are solved by processes. The flow solver holds the interpreter, so threads share one core: 300,000 people × 5
days take 10.7 s of search in threads, 8.9 s in two processes that have to be started first."""

_NO_WORKERS = Sentence(en="the cluster at {address} has no workers", id="gugus komputer di {address} tidak memiliki pekerja")
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
def connected(cluster: Cluster | None, workers: int | None) -> Iterator[Place | None]:
    """Connect to a Dask cluster for as long as a command runs; None without one.

    Parameters
    ----------
    workers
        Parts solved at the same time; as many as the cluster has cores when None.

    Raises
    ------
    InputError
        As `client_of`, and if the cluster has no workers.
    """
    if cluster is None:
        yield None
        return
    with client_of(cluster) as (client, cores):
        if not cores:
            address = cluster.address
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
    from giliran.engine.dispatch.processes import process_pool

    with process_pool(here) as pool:
        yield Place(pool, here)
