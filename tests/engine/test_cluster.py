"""A real cluster of two worker processes on this machine, by Dask."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from giliran.cli import main
from giliran.cli.exits import Exit
from giliran.domain.status import Status, Stopped
from giliran.engine.base.outcome import Method, Progress
from giliran.engine.dispatch import stages
from giliran.engine.dispatch.dispatcher import Dispatcher
from giliran.errors import ExecutorError, InputError
from tests.engine.programs import hard, solved
from tests.engine.test_dispatch import same, units
from tests.test_errors import build_badly

distributed = pytest.importorskip("distributed")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
INSTANCES = Path(__file__).parent.parent.parent / "instances"
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


def test_a_worker_of_a_cluster_tells_all_problems(client: distributed.Client) -> None:
    """An `InputError` of a worker arrives with its problems, in both languages."""
    with pytest.raises(InputError) as here:
        build_badly(3)
    with pytest.raises(InputError) as there:
        client.submit(build_badly, 3).result(timeout=60)
    assert there.value.problems == here.value.problems
    assert there.value.text("id") == here.value.text("id")


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
    """A cancel ends what runs on a worker; the worker is free again long before its time is over."""
    cancel = threading.Event()
    threading.Timer(1.0, cancel.set).start()
    begin = time.monotonic()
    found = solved(hard(), methods=NO_METHODS, executor=client.get_executor(), cancel=cancel, time_limit_s=300.0)
    assert found.stopped is Stopped.CANCELLED
    again = solved(units(), methods=NO_METHODS, workers=2, executor=client.get_executor())
    assert again.status is Status.OPTIMAL
    assert time.monotonic() - begin < 100


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


def test_the_command_line_on_a_cluster(client: distributed.Client, tmp_path: Path) -> None:
    """`giliran solve --dask ADDRESS` writes the plan that this machine alone writes."""
    instance = INSTANCES / "departments" / "dept-400"
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    assert main(["solve", str(instance), "-o", str(here)]) == Exit.DONE
    assert main(["solve", str(instance), "-o", str(there), "--dask", client.scheduler.address]) == Exit.DONE
    assert here.read_bytes() == there.read_bytes()


def test_the_previous_file_when_a_scheduler_goes_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """When the cluster ends in the middle of a run, the plan of before stays, and the exit code says so."""
    plan = tmp_path / "plan.csv"
    plan.write_text("staff_id,date,place\n")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:

        def ended(*_: object) -> Dispatcher:
            cluster.close()
            return Dispatcher(*_)  # type: ignore[arg-type]

        monkeypatch.setattr(stages, "Dispatcher", ended)
        code = main(["solve", str(INSTANCES / "departments" / "dept-400"), "--dask", cluster.scheduler_address, "-o", str(plan)])
    assert code == Exit.EXECUTOR
    assert "Where the work was sent, nobody works any more" in capsys.readouterr().err
    assert plan.read_text() == "staff_id,date,place\n"
