"""From the shares of a letter to the choices of `umum`: what is one limit, what a second one, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from giliran.domain.place import Place
from giliran.letters import Finding, Sense, When
from giliran.text.numbers import WHOLE_SHARE, share_text


@dataclass(frozen=True)
class Limit:
    """A share as what it leaves for the office: at least and at most so much, in basis points.

    Parameters
    ----------
    least, most
        Bounds on the share in the office; 0 and `WHOLE_SHARE` where there is none.
    when
        Its days.
    found
        The findings that say so: "WFH 75 %" beside "WFO 25 %" is one.
    """

    least: int
    most: int
    when: When
    found: tuple[Finding, ...]

    @property
    def exact(self) -> bool:
        """Whether it leaves no choice."""
        return self.least == self.most

    @property
    def thirds(self) -> bool:
        """Whether the letter says one or two thirds."""
        return any(finding.thirds for finding in self.found)

    @property
    def at_most(self) -> str:
        """The most in the office as it is written; thirds are rounded up, so that a third of 30 people is 10, not 9."""
        return self._written(self.most, up=True)

    @property
    def at_least(self) -> str:
        """The least in the office as it is written; thirds are rounded down."""
        return self._written(self.least, up=False)

    @property
    def at_home(self) -> str:
        """The most at home as it is written."""
        return self._written(WHOLE_SHARE - self.least, up=True)

    def _written(self, share: int, *, up: bool) -> str:
        if not self.thirds or self.exact:
            return share_text(share)
        whole = WHOLE_SHARE * round(3 * share / WHOLE_SHARE)
        return share_text(-(-whole // 3) if up else whole // 3)


def limit_of(finding: Finding) -> Limit:
    """What a share leaves for the office; one that says neither most nor least is exact."""
    office = finding.side is Place.OFFICE
    share = finding.number if office else WHOLE_SHARE - finding.number
    up_to, from_there = (0, share), (share, WHOLE_SHARE)
    bounds = {Sense.MOST: up_to if office else from_there, Sense.LEAST: from_there if office else up_to}
    least, most = bounds.get(finding.sense, (share, share))  # type: ignore[arg-type]  # None is no key
    return Limit(least, most, finding.when, (finding,))


def merged(limits: Iterable[Limit]) -> list[Limit]:
    """Limits of the same days each once; a share that only completes another, which says how it binds, belongs to that one."""
    found: list[Limit] = []
    for limit in limits:
        at = next((k for k, other in enumerate(found) if _same(other, limit)), None)
        if at is None:
            found.append(limit)
            continue
        other = found[at]
        bound = limit if other.exact and not limit.exact else other
        found[at] = Limit(bound.least, bound.most, bound.when, (*other.found, *limit.found))
    return found


def _same(one: Limit, other: Limit) -> bool:
    """Whether two limits say the same: alike, or one without "at most" or "at least" completes the other to a hundred percent."""
    if one.when != other.when:
        return False
    if (one.least, one.most) == (other.least, other.most):
        return True
    for exact, bound in ((one, other), (other, one)):
        if not exact.exact or bound.exact or exact.least not in (bound.least, bound.most):
            continue
        if _said(exact) is None or exact.found[0].side is bound.found[0].side:
            return True
    return False


def _said(limit: Limit) -> Sense | None:
    return limit.found[0].sense


def clashing(limits: Sequence[Limit]) -> list[tuple[Finding, Finding]]:
    """Pairs of which no plan keeps both, or that give two numbers for the same."""
    pairs = []
    for k, one in enumerate(limits):
        for other in limits[k + 1 :]:
            if one.when == other.when and _clash(one, other):
                pairs.append((one.found[0], other.found[0]))
    return pairs


def _clash(one: Limit, other: Limit) -> bool:
    apart = max(one.least, other.least) > min(one.most, other.most)
    sides = {limit.found[0].side for limit in (one, other) if limit.least == 0 and limit.most == WHOLE_SHARE}  # they bind nobody
    both_most = one.least == other.least == 0 and one.most != other.most and Place.HOME not in sides
    both_least = one.most == other.most == WHOLE_SHARE and one.least != other.least and Place.OFFICE not in sides
    return apart or both_most or both_least


def as_choice(limit: Limit) -> dict[str, str]:
    """Side and limit as `umum` has them; a limit that limits nobody is none."""
    if limit.exact and limit.least == 0:
        return {"side": "office", "limit": "0%"}
    if limit.exact and limit.most == WHOLE_SHARE:
        return {"side": "home", "limit": "0%"}
    if limit.exact:
        return {"side": "exact", "limit": share_text(limit.least)}
    if limit.least == 0:
        return {"limit": "none"} if limit.most == WHOLE_SHARE else {"side": "office", "limit": limit.at_most}
    home = limit.found[0].side is Place.HOME
    return {"side": "home", "limit": limit.at_home} if home else {"side": "least", "limit": limit.at_least}


def second_as(side: str, limit: Limit) -> str | None:
    """The share of a second limit under the side of the first; None where that side cannot say it."""
    if side == "exact":
        return share_text(limit.least) if limit.exact else None
    if side == "office":
        return limit.at_most if limit.least == 0 or limit.exact else None
    if limit.most < WHOLE_SHARE and not limit.exact:
        return None
    return limit.at_home if side == "home" else limit.at_least
