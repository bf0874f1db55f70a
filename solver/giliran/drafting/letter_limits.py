"""Which shares of a letter are the limit of `umum` and which its second one; the rest is told with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from giliran.domain.place import Place
from giliran.drafting import letter_reasons as reasons
from giliran.drafting.letter_shares import Limit, as_choice, clashing, limit_of, merged, second_as
from giliran.drafting.letter_staff import Chosen, is_full_of_units, is_full_share
from giliran.drafting.letter_words import group_said
from giliran.letters import Finding, Topic, When
from giliran.messages import Said, plain
from giliran.text.numbers import WHOLE_SHARE

_OPEN = "none"
_MOST_LIMITS = 2


@dataclass
class Limits:
    """Choices that follow from shares.

    Parameters
    ----------
    choose
        By parameter.
    left
        Shares that became none, with the reason.
    clashes
        Pairs that contradict each other.
    main_dated
        Findings of the limit, where its days are those of the letter.
    """

    choose: dict[str, Chosen] = field(default_factory=dict)
    left: list[tuple[Finding, Said]] = field(default_factory=list)
    clashes: tuple[tuple[Finding, Finding], ...] = ()
    main_dated: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Reason:
    """Why a share is not the limit of everybody, and whether it may be the one that holds here."""

    said: Said
    may_hold: bool


def limits_in(found: Sequence[Finding]) -> Limits:
    """Choices that follow from the shares of a letter."""
    shares = [finding for finding in found if finding.topic is Topic.SHARE]
    told = [(finding, _why_not(finding, shares)) for finding in shares]
    limits = Limits(left=[(finding, why.said) for finding, why in told if why is not None])
    general = [finding for finding, why in told if why is None and not is_full_share(finding)]
    may_hold = any(why is not None and why.may_hold for _, why in told)
    limits.clashes = tuple(pair for group in _alike(shares) for pair in clashing(merged(map(limit_of, group))))
    kept = _but_headlines(general, shares)
    limits.left += [(finding, reasons.HEADLINE()) for finding in general if finding not in kept]
    general = [timed(finding, found) for finding in kept]
    if any(finding in pair for pair in limits.clashes for finding in general) or (not general and may_hold):
        rest = (finding for finding, _ in limits.left)
        limits.choose["limit"] = Chosen(_OPEN, (*general, *rest), reasons.SEVERAL(), open=True)
        limits.left += [(finding, reasons.CLASH()) for finding in general]
        return limits
    if general:
        statements = merged(map(limit_of, general))
        alike = _alike_on_dates(statements)
        limits.left += [(finding, reasons.SAME_ON_DATES()) for limit in alike for finding in limit.found]
        _choose(limits, [limit for limit in statements if limit not in alike], found)
    return limits


def _why_not(finding: Finding, shares: Sequence[Finding]) -> _Reason | None:
    """Why a share holds neither for everybody nor for administration alone; None where it does, or services are in full by it."""
    scope = finding.scope
    if finding.doubt:
        return _Reason(reasons.DOUBT(), may_hold=False)
    if finding.relaxed:
        return _Reason(reasons.IF_NEEDED(), may_hold=True)
    if scope.condition:
        return _Reason(reasons.CONDITION(condition=plain(scope.condition)), may_hold=True)
    if is_full_share(finding):
        return None
    others = [group for group in scope.groups if group not in ("admin", "non_service")]
    served = any("service" in other.scope.groups and not is_full_share(other) for other in shares)
    if "non_service" in scope.groups and served:
        others.append("non_service")
    agencies = {other.scope.units for other in shares if other.scope.units}
    named = [*scope.units] if len(agencies) > 1 or len(scope.units) > 1 or is_full_of_units(finding) else []
    if others or named:
        return _Reason(reasons.OF_OTHERS(whom=[*map(group_said, others), *map(plain, named)]), may_hold=True)
    return None


def _alike(shares: Sequence[Finding]) -> list[list[Finding]]:
    """Shares of the same staff under the same condition."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in shares:
        if not finding.doubt and not finding.relaxed:
            groups.setdefault((finding.scope.groups, finding.scope.units, finding.scope.condition), []).append(finding)
    return list(groups.values())


def _but_headlines(general: Sequence[Finding], shares: Sequence[Finding]) -> list[Finding]:
    """Without what repeats, shorter, a share of some staff: the headline of an article."""
    scoped = [finding for finding in shares if finding.scope.groups or finding.scope.condition]
    repeated = {(finding.side, finding.number) for finding in scoped if finding not in general}
    return [finding for finding in general if (finding.side, finding.number) not in repeated or finding.scope.groups]


def timed(finding: Finding, found: Sequence[Finding]) -> Finding:
    """A share without days of its own where these are the days of the letter."""
    days = [other.when for other in found if other.topic is Topic.IN_FORCE]
    return replace(finding, when=When()) if finding.when in days else finding


def _alike_on_dates(statements: Sequence[Limit]) -> list[Limit]:
    """Dated limits that say the same as the one without dates."""
    plainly = [limit for limit in statements if limit.when == When()][:1]
    return [limit for limit in statements if limit.when != When() and any(_same_bounds(limit, other) for other in plainly)]


def _same_bounds(limit: Limit, other: Limit) -> bool:
    return (limit.least, limit.most) == (other.least, other.most) and not limit.when.weekdays


def _choose(limits: Limits, statements: Sequence[Limit], found: Sequence[Finding]) -> None:
    """Take the limit, and a second one where another holds on some days."""
    plainly = [limit for limit in statements if limit.when == When()]
    weekly = [limit for limit in statements if limit.when.weekdays]
    dated = [limit for limit in statements if limit.when != When() and not limit.when.weekdays]
    if not plainly and not dated:  # on all other days everybody is in the office too
        weekly = [limit for limit in weekly if limit.least < WHOLE_SHARE] or weekly
    home_day = _home_day(found)
    if not weekly and len(plainly) == 1 and home_day is not None and not plainly[0].exact and plainly[0].least > 0:
        weekly = [replace(plainly[0], when=When(weekdays=home_day.words), found=(*plainly[0].found, home_day))]
        plainly = []
    plainly, least = _with_least(plainly)
    rest: list[Limit] = []
    if plainly:
        main, rest = plainly[0], [*dated, *weekly, *plainly[1:]]
    elif dated:
        ordered = _outer_first(dated)
        main, rest = ordered[0], [*ordered[1:], *weekly]
        if len(dated) == 1 or _contains(main, ordered[1]):
            limits.main_dated = main.found
        else:
            limits.main_dated = tuple(finding for limit in ordered[:_MOST_LIMITS] for finding in limit.found)
    elif len({(limit.least, limit.most) for limit in weekly}) > 1:
        every = tuple(finding for limit in weekly for finding in limit.found)
        limits.choose["limit"] = Chosen(_OPEN, every, reasons.SEVERAL(), open=True)
        limits.left += [(finding, reasons.ONE_MORE()) for finding in every]
        return
    else:
        _weekday_alone(limits, weekly[0])
        rest = list(weekly[1:])
        _of_whom(limits, weekly[0])
        limits.left += [(finding, reasons.ONE_MORE()) for limit in rest for finding in limit.found]
        return
    _take(limits, main)
    if least is not None:
        limits.choose["at_least"] = Chosen(least.at_least, least.found, _rounded(least))
    _second(limits, rest)


def _with_least(limits: list[Limit]) -> tuple[list[Limit], Limit | None]:
    """A least and a most of the office are one range."""
    most = next((limit for limit in limits if limit.least == 0), None)
    least = next((limit for limit in limits if limit.most == WHOLE_SHARE and not limit.exact), None)
    if most is None or least is None or most is least:
        return limits, None
    return [limit for limit in limits if limit is not least], least


def _outer_first(limits: Sequence[Limit]) -> list[Limit]:
    """In the order of their days; one that spans another comes first."""
    return sorted(limits, key=lambda limit: (-sum(_contains(limit, other) for other in limits), _first(limit)))


def _contains(limit: Limit, other: Limit) -> bool:
    if limit is other or limit.when.first is None or other.when.first is None:
        return False
    last, other_last = limit.when.last, other.when.last
    return limit.when.first <= other.when.first and (last is None or (other_last is not None and other_last <= last))


def _first(limit: Limit) -> str:
    return limit.when.first.isoformat() if limit.when.first else ""


def _take(limits: Limits, limit: Limit) -> None:
    unsaid = limit.exact and len(limit.found) == 1 and limit.found[0].sense is None and 0 < limit.least < WHOLE_SHARE
    for name, value in as_choice(limit).items():
        why = _rounded(limit) if name == "limit" else reasons.UNSAID() if unsaid else None
        limits.choose[name] = Chosen(value, limit.found, why)
    _of_whom(limits, limit)


def _rounded(limit: Limit) -> Said | None:
    return reasons.THIRDS() if limit.thirds and not limit.exact else None


def _of_whom(limits: Limits, limit: Limit) -> None:
    """Of whom the share is: functions, levels, civil servants alone."""
    for finding in limit.found:
        if "admin" in finding.scope.groups:
            limits.choose.setdefault("limit_functions", Chosen(["admin"], (finding,)))
        if finding.scope.contract:
            limits.choose.setdefault("contract", Chosen(finding.scope.contract, (finding,)))
        for name, chosen in _per(finding):
            limits.choose.setdefault(name, chosen)


def _per(finding: Finding) -> Iterator[tuple[str, Chosen]]:
    levels = set(finding.scope.per)
    if "leaf" in levels:
        yield "per", Chosen("leaf", (finding,))
    elif levels & {"bidang", "sekretariat"}:
        yield "per", Chosen("bidang", (finding,))
    elif levels & {"opd", "uptd", "kecamatan", "kelurahan", "puskesmas"}:
        yield "per", Chosen("opd", (finding,))
    elif levels:
        yield "per", Chosen("opd", (finding,), reasons.WORK_UNIT(), open=True)


def _second(limits: Limits, rest: Sequence[Limit]) -> None:
    """The second limit, where the side of the first can say it."""
    side = str(limits.choose["side"].value) if "side" in limits.choose else ""
    for k, limit in enumerate(rest):
        share = second_as(side, limit) if k == 0 and side and limit.when != When() else None
        if share is None:
            limits.left += [(finding, reasons.ONE_MORE()) for finding in limit.found]
            continue
        limits.choose["second_limit"] = Chosen(share, limit.found, _rounded(limit))
        _second_days(limits, limit)


def _second_days(limits: Limits, limit: Limit) -> None:
    for name, day in (("second_from", limit.when.first), ("second_to", limit.when.last)):
        if day is not None:
            limits.choose[name] = Chosen(day.isoformat(), limit.found)
    if limit.when.weekdays:
        limits.choose["second_weekdays"] = Chosen(list(limit.when.weekdays), limit.found)


def _weekday_alone(limits: Limits, limit: Limit) -> None:
    """A share of one weekday: on all other days everybody is in the office, "setiap Jumat WFH paling banyak 50%"."""
    side = "exact" if limit.exact else "home" if limit.most == WHOLE_SHARE else "office"
    all_day = {"exact": "100%", "home": "0%", "office": "100%"}[side]
    if limit.exact and limit.least == 0:  # everybody at home
        limits.choose["limit"] = Chosen(_OPEN, limit.found)
        limits.choose["home_day"] = Chosen(limit.when.weekdays[0], limit.found)
        return
    share = {"exact": limit.at_least, "home": limit.at_home, "office": limit.at_most}[side]
    why = reasons.OF_THE_DAY() if any(finding.topic is Topic.WEEKDAY for finding in limit.found) else None
    values: Mapping[str, object] = {
        "side": side,
        "limit": all_day,
        "second_limit": share,
        "second_weekdays": list(limit.when.weekdays),
    }
    for name, value in values.items():
        limits.choose[name] = Chosen(value, limit.found, (_rounded(limit) if name == "second_limit" else None) or why)


def _home_day(found: Sequence[Finding]) -> Finding | None:
    days = [finding for finding in found if finding.topic is Topic.WEEKDAY and finding.side is Place.HOME and not finding.scope.condition]
    return days[0] if days else None
