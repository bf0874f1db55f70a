"""Clusters behind TLS, named on the command line: whose certificates fit does the work, everybody else is told."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import giliran
from giliran.cli import main
from giliran.cli.exits import Exit
from giliran.files.loading import load_instance

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")

TINY = Path(__file__).parent.parent.parent / "instances" / "tiny" / "two-in-a-row.yaml"
NOWHERE = "tls://127.0.0.1:1"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two self-signed certificates and their keys: ours, and one of somebody else."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("certificates are made with openssl, which is not installed")
    folder = tmp_path_factory.mktemp("tls")
    for name in ("our", "other"):
        made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
        subprocess.run([*made, "-keyout", folder / f"{name}-key.pem", "-out", folder / f"{name}.pem"], check=True, capture_output=True)
    return folder


def security(files: Path, name: str) -> distributed.Security:
    """All roles with one certificate."""
    roles = {f"tls_{role}_{what}": str(files / f"{name}{end}") for role in ("client", "scheduler", "worker") for what, end in KINDS}
    return distributed.Security(require_encryption=True, tls_ca_file=str(files / f"{name}.pem"), **roles)


KINDS = (("cert", ".pem"), ("key", "-key.pem"))


@pytest.fixture(scope="module")
def address(files: Path) -> Iterator[str]:
    """The address of a cluster of one worker that takes our certificate alone."""
    ours = security(files, "our")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tls", security=ours
    ) as cluster:
        assert cluster.scheduler_address.startswith("tls://")
        yield cluster.scheduler_address


def options(files: Path, ca: str = "our", cert: str = "our") -> list[str]:
    """The options of a client with a certificate."""
    return ["--dask-ca", str(files / f"{ca}.pem"), "--dask-cert", str(files / f"{cert}.pem"), "--dask-key", str(files / f"{cert}-key.pem")]


def test_an_encrypted_cluster_gives_the_same_plan(address: str, files: Path, tmp_path: Path) -> None:
    """With the certificates that the cluster takes, the plan is the one that is made here."""
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    assert main(["solve", str(TINY), "-o", str(here)]) == Exit.DONE
    assert main(["solve", str(TINY), "-o", str(there), "--dask", address, *options(files)]) == Exit.DONE
    assert here.read_bytes() == there.read_bytes()


def test_dasks_own_configuration_will_do(address: str, files: Path) -> None:
    """Without options the certificates are those of Dask's configuration, as its files and variables set it."""
    import dask

    client = {"cert": str(files / "our.pem"), "key": str(files / "our-key.pem")}
    with dask.config.set({"distributed.comm.tls.ca-file": str(files / "our.pem"), "distributed.comm.tls.client": client}):
        assert main(["solve", str(TINY), "--dask", address]) == Exit.DONE


def test_from_python(address: str, files: Path) -> None:
    """A client with its certificates gives an executor as any other does."""
    with distributed.Client(address, security=security(files, "our")) as client:
        result = giliran.solve(load_instance(TINY), giliran.SolveOptions(workers=1), executor=client.get_executor())
    assert result.status is giliran.Status.OPTIMAL


@pytest.mark.parametrize(("ca", "cert"), [("other", "our"), ("our", "other")])
def test_strange_certificates_are_refused(address: str, files: Path, ca: str, cert: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A scheduler of another authority, and a client that the scheduler does not know: bad input, not a plan."""
    assert main(["solve", str(TINY), "--dask", address, *options(files, ca, cert)]) == Exit.BAD_INPUT
    assert f"--dask: no Dask scheduler answers at {address}: " in capsys.readouterr().err


def test_an_encrypted_cluster_is_not_reached_in_the_clear(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without certificates, options and configuration, the message says what is needed."""
    assert main(["solve", str(TINY), "--dask", address]) == Exit.BAD_INPUT
    said = capsys.readouterr().err
    assert f"{address} is encrypted: the certificate of its authority and one of this client are needed" in said
    assert "--dask-ca FILE --dask-cert FILE" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--dask-ca", "ca.pem"], "--dask-ca: this file is for a cluster, and none is named"),
        (["--dask", "tcp://127.0.0.1:1", "--dask-ca", "ca.pem"], "--dask: connections to tcp://127.0.0.1:1 are not encrypted"),
        (["--dask", NOWHERE, "--dask-cert", "none.pem"], "--dask-cert: none.pem cannot be read: there is no such file"),
        (["--dask", NOWHERE, "--dask-ca", "ca.pem", "--dask-cert", "ca.pem"], "--dask: these certificates cannot be used: "),
    ],
)
def test_what_does_not_fit_is_told(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files without a cluster, for one in the clear, that are missing or no certificates: bad input, in both languages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ca.pem").write_text("no certificate", encoding="utf-8")
    assert main(["solve", str(TINY), *words]) == Exit.BAD_INPUT
    assert said in capsys.readouterr().err
    assert main(["solve", str(TINY), *words, "--lang", "id"]) == Exit.BAD_INPUT
    assert said not in capsys.readouterr().err
