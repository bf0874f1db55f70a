"""The peers by name. Their solvers are imported where they work, in a process of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.peers.climb import Opener


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
        Loads its solver.
    packages
        Distributions whose versions matter.
    """

    name: str
    whole: bool
    opener: Callable[[], Opener]
    packages: tuple[str, ...]


def _highs_mip() -> Opener:
    from benchmarks.peers.highs_mip import HighsMip

    return HighsMip


def _cpsat_plain() -> Opener:
    from benchmarks.peers.cpsat_plain import CpsatPlain

    return CpsatPlain


_ALL = (
    Peer("highs_mip", False, _highs_mip, ("scipy", "numpy")),
    Peer("highs_mip_whole", True, _highs_mip, ("scipy", "numpy")),
    Peer("cpsat_plain", True, _cpsat_plain, ("ortools", "numpy")),
)
PEERS = {peer.name: peer for peer in _ALL}
