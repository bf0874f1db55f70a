"""Where the command line lets parts be solved."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from giliran.cli import clusters, executors, main
from giliran.cli.clusters import Cluster
from giliran.cli.executors import connected
from giliran.cli.exits import Exit
from giliran.engine.dispatch.processes import process_pool
from giliran.errors import InputError

TINY = Path(__file__).parent.parent.parent / "instances" / "tiny" / "two-in-a-row.yaml"


def test_without_the_package_for_clusters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster without its package says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as caught, connected(Cluster("tcp://127.0.0.1:1"), None):
        pass
    assert "pip install 'giliran[dask]'" in caught.value.text("en")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("address", ["foo", "bad://x", ""])
def test_an_address_that_is_none(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong address is bad input, named as such, and the old plan stays."""
    pytest.importorskip("distributed")
    plan = tmp_path / "plan.csv"
    plan.write_text("staff_id,date,place\n")
    assert main(["solve", str(TINY), "--dask", address, "-o", str(plan)]) == Exit.BAD_INPUT
    assert f"--dask: no Dask scheduler answers at {address}" in capsys.readouterr().err
    assert plan.read_text() == "staff_id,date,place\n"


def test_a_scheduler_that_leaves_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A cluster that goes away before it has said how large it is does not answer; that is no failure to print."""

    closed: list[bool] = []

    class Client:
        def __init__(self, address: str, timeout: int) -> None:
            pass

        def ncores(self) -> dict[str, int]:
            raise OSError("connection closed")

        def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(clusters, "_reach", lambda address, secured: None)
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    assert main(["solve", str(TINY), "--dask", "tcp://127.0.0.1:1"]) == Exit.BAD_INPUT
    assert "--dask: no Dask scheduler answers at tcp://127.0.0.1:1: the connection was closed" in capsys.readouterr().err
    assert closed


def test_very_large_instances_go_to_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From so many cells on processes solve the parts, and the plan is the same."""
    opened: list[int] = []

    def pool(workers: int) -> object:
        opened.append(workers)
        return process_pool(workers)

    plans = [tmp_path / "here.csv", tmp_path / "there.csv"]
    assert main(["solve", str(TINY), "--workers", "2", "-o", str(plans[0])]) == Exit.DONE
    monkeypatch.setattr(executors, "MANY_CELLS", 1)
    monkeypatch.setattr("giliran.engine.dispatch.processes.process_pool", pool)
    assert main(["solve", str(TINY), "--workers", "2", "-o", str(plans[1])]) == Exit.DONE
    assert opened == [2]
    assert plans[0].read_bytes() == plans[1].read_bytes()
