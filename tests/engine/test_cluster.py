"""A real cluster of two worker processes on this machine, by Dask."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from giliran.domain.status import Status, Stopped
from giliran.engine.outcome import Method, Progress
from giliran.errors import ExecutorError
from tests.engine.programs import hard, solved
from tests.engine.test_crew import same, units

distributed = pytest.importorskip("distributed")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
NO_METHODS = frozenset[Method]()


@pytest.fixture
def client() -> Iterator[distributed.Client]:
    """A client of two workers, a process and a thread each."""
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_a_cluster_gives_the_same_plan(client: distributed.Client) -> None:
    """With every method and with none the plan is the one of threads."""
    for methods in (NO_METHODS, frozenset(Method)):
        assert same(solved(units(), methods=methods, workers=2, executor=client.get_executor()), solved(units(), methods=methods))


def test_a_killed_worker_of_a_cluster(client: distributed.Client) -> None:
    """One of two workers is killed in the middle of the run: the same plan, proven."""
    pids = client.run(os.getpid)
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if not killed:
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    program = units(20)
    found = solved(program, methods=NO_METHODS, workers=2, executor=client.get_executor(), progress=kill)
    assert killed
    assert same(found, solved(program, methods=NO_METHODS))


def test_a_cancel_reaches_a_cluster(client: distributed.Client) -> None:
    """A cancel ends what runs on a worker; the worker is free again soon."""
    cancel = threading.Event()
    threading.Timer(1.0, cancel.set).start()
    found = solved(hard(), methods=NO_METHODS, executor=client.get_executor(), cancel=cancel)
    assert found.stopped is Stopped.CANCELLED
    begin = time.monotonic()
    again = solved(units(), methods=NO_METHODS, workers=2, executor=client.get_executor())
    assert again.status is Status.OPTIMAL
    assert time.monotonic() - begin < 10


def test_a_scheduler_that_goes_away() -> None:
    """When the scheduler ends in the middle of the run, that is said, and there is no plan."""
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        client = distributed.Client(cluster, timeout="2s")
        try:
            client.wait_for_workers(1)
            threading.Timer(1.0, cluster.close).start()
            with pytest.raises(ExecutorError):
                solved(hard(), methods=NO_METHODS, executor=client.get_executor())
        finally:
            client.close()
