"""The peers by name. Their solvers are imported where they work, in a process of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from benchmarks.peers.climb import Opener
from benchmarks.peers.exchange import Task
from benchmarks.peers.spread import minmax


class NotInstalledError(Exception):
    """What a peer needs is not on this machine."""


@dataclass(frozen=True)
class Peer:
    """Something that people would use instead.

    Parameters
    ----------
    name
        Name in tables and records.
    whole
        It gets the program in one piece; else it is given our split, whose time counts for it.
    opener
        Loads its solver; raises `NotInstalledError` where that is missing.
    packages
        Distributions whose versions matter.
    exact
        It can prove; else it searches until its time is over.
    rewrite
        The task as it sees it, with the name of the one tier that is another one then; None where it gets ours.
    """

    name: str
    whole: bool
    opener: Callable[[], Opener]
    packages: tuple[str, ...]
    exact: bool = True
    rewrite: Callable[[Task], Task] | None = None


def _need(module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise NotInstalledError(f"{module} is not installed: pip install 'giliran[{extra}]'")


def _highs_mip() -> Opener:
    from benchmarks.peers.highs_mip import HighsMip

    return HighsMip


def _highspy() -> Opener:
    from benchmarks.peers.highs_direct import HighsDirect

    return HighsDirect


def _scip() -> Opener:
    _need("pyscipopt", "scip")
    from benchmarks.peers.scip_mip import ScipMip

    return ScipMip


def _cpsat_plain() -> Opener:
    from benchmarks.peers.cpsat_plain import CpsatPlain

    return CpsatPlain


def _timefold() -> Opener:
    _need("timefold", "timefold")
    import jpype

    try:
        jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException as error:
        raise NotInstalledError("Timefold needs Java 17, and there is none") from error
    from benchmarks.peers.timefold_search import TimefoldSearch

    return TimefoldSearch


_ALL = (
    Peer("cpsat_plain", True, _cpsat_plain, ("ortools", "numpy")),
    Peer("cpsat_textbook", True, _cpsat_plain, ("ortools", "numpy"), rewrite=minmax),
    Peer("highs_mip", False, _highs_mip, ("scipy", "numpy")),
    Peer("highs_mip_whole", True, _highs_mip, ("scipy", "numpy")),
    Peer("highspy", False, _highspy, ("highspy", "numpy")),
    Peer("highspy_whole", True, _highspy, ("highspy", "numpy")),
    Peer("scip", False, _scip, ("pyscipopt", "numpy")),
    Peer("timefold", True, _timefold, ("timefold", "numpy"), exact=False),
)
PEERS = {peer.name: peer for peer in _ALL}
