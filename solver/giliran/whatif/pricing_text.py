"""Prices and curves in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from rich.console import Console
from rich.text import Text

from giliran.binding import Binding
from giliran.domain.status import Status
from giliran.messages import Lang, Said, Sentence, plain
from giliran.reports.report import Report
from giliran.reports.summary import facts_line, status_lines
from giliran.reports.terminal.screen import BAD, BOLD, COSTLY, DIM, GOOD, INDENT, Screen
from giliran.reports.words import both, days_text, joined
from giliran.result import Result
from giliran.rules.base import Rule
from giliran.rules.tiers import tier_said
from giliran.whatif.costs import TierCost, better, price_text, same
from giliran.whatif.curve_text import MEASURES
from giliran.whatif.measures import Measures
from giliran.whatif.pricing import Price, Prices

MOST_GROUPS = 3
"""Groups that are named where a limit binds."""
MOST_UNITS = 8
"""Single units whose steps are shown, those that change something."""
DEEP = INDENT * 2

_PLAN = Sentence(en="The plan", id="Jadwal ini")
_MEASURE = Sentence(en="{title}: {value}", id="{title}: {value}")
_MISSED = Sentence(en="{rule}, which only should hold, costs {cost} of: {tier}", id="{rule}, yang tidak wajib, meleset: {tier} {cost}")
_STEPS = Sentence(
    en="What one person, or day, more or less would change (solved again from this plan)",
    id="Akibat satu orang, atau satu hari, lebih atau kurang (disusun ulang dari jadwal ini)",
)
_RULE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_BINDS = Sentence(en="binds: {groups}", id="mengikat: {groups}")
_BINDS_MORE = Sentence(en="binds: {groups}, and {count} more {count:group|groups}", id="mengikat: {groups}, dan {count} kelompok lagi")
_BINDS_NOWHERE = Sentence(en="binds nowhere: {free} free at least", id="tidak mengikat di mana pun: paling sedikit tersisa {free}")
_GROUP = Sentence(en="{group} on {days} {days:day|days}", id="{group} ({days} hari)")
_LOOSER = Sentence(en="{by} looser", id="lebih longgar {by}")
_TIGHTER = Sentence(en="{by} tighter", id="lebih ketat {by}")
_IN_UNIT = Sentence(en="{step} in {unit}", id="{step} di {unit}")
_OF_FIELD = Sentence(en="{field}: {step}", id="{field}: {step}")
_STEP = Sentence(en="{step} {price}", id="{step}: {price}")
_IMPOSSIBLE = Sentence(en="leaves no plan: {why}", id="tidak ada jadwal: {why}")
_UNKNOWN = Sentence(
    en="has no plan in the time given, nothing is proved", id="belum ada jadwal dalam waktu yang diberikan, belum ada yang terbukti"
)
_NO_INSTANCE = Sentence(en="cannot be planned so: {why}", id="tidak dapat disusun demikian: {why}")
_NOT_PROVEN = Sentence(en="{price} (not proven)", id="{price} (belum terbukti)")
_MOVES = Sentence(en="moves fair shares", id="menggeser jatah")
_MOVES_APART = Sentence(
    en="moves fair shares (largest difference from them {before} → {after} days)",
    id="menggeser jatah (selisih terbesar darinya {before} → {after} hari)",
)
_ALSO = Sentence(en="{price}; {moves}", id="{price}; {moves}")
_THEN = Sentence(en="{price}; then {rest}", id="{price}; lalu {rest}")
_SAME_UNITS = Sentence(
    en="… {count} more {count:step|steps} of single units change nothing",
    id="… {count} langkah lain untuk unit kerja tunggal tidak mengubah apa pun",
)
_MORE_UNITS = Sentence(en="… {count} more {count:step|steps} of single units", id="… {count} langkah lain untuk unit kerja tunggal")
_TIGHT = Sentence(
    en="A limit that binds is not always one that costs: only what is solved again says so.",
    id="Batas yang mengikat belum tentu merugikan: hanya penyusunan ulang yang menunjukkannya.",
)
_NOTHING = Sentence(en="No rule here has a number.", id="Tidak ada aturan di sini yang memuat angka.")
_CUT = Sentence(
    en="Interrupted: further steps were not tried. (exit code 130)", id="Dihentikan: langkah lain belum dicoba. (kode keluar 130)"
)


def report_prices(console: Console, prices: Prices, lang: Lang = "en") -> None:
    """Print prices for people.

    Parameters
    ----------
    console
        Where to; its width is kept to.
    prices
        From `price`.
    lang
        Language of the reader.
    """
    screen, report = Screen(console, lang), Report.of(prices.result)
    screen.print(_head(screen, prices.result))
    screen.print(_plan(screen, report, prices))
    screen.print(_steps(screen, report, prices))
    if not prices.whole:
        screen.print([Text(), *screen.wrapped(_CUT(), indent="", style=BAD)])


def _head(screen: Screen, result: Result) -> Iterator[Text]:
    """Title, period and status of the plan at hand."""
    facts = result.instance.facts
    if facts.title:
        yield from screen.wrapped(facts.title, indent="", style=BOLD)
    yield from screen.wrapped(facts_line(facts, result.seed), indent="")
    for said in status_lines(result):
        yield from screen.wrapped(said, indent="", style=GOOD if result.status is Status.OPTIMAL else COSTLY)


def _plan(screen: Screen, report: Report, prices: Prices) -> Iterator[Text]:
    """The plan at hand in the measures that curves have, and which rules it misses or relaxes."""
    yield from screen.heading(_PLAN())
    for each in MEASURES:
        if each.value(prices.measures) is not None:
            yield from screen.wrapped(_MEASURE(title=each.title(), value=each.said(prices.measures)), indent=DEEP, first=INDENT)
    for cost in prices.costs:
        if isinstance(report.view.by_id[cost.statement], Rule):
            said = _MISSED(rule=report.rule_name(cost.statement, cost.row), cost=cost.cost, tier=tier_said(cost.tier))
            yield from screen.wrapped(said, indent=DEEP + INDENT, first=DEEP)


def _steps(screen: Screen, report: Report, prices: Prices) -> Iterator[Text]:
    yield from screen.heading(_STEPS())
    if not prices.steps:
        yield from screen.wrapped(_NOTHING())
        return
    for id_, found in groupby(prices.steps, key=lambda step: step.rule):
        rule = report.view.by_id[id_]
        assert isinstance(rule, Rule)
        title = _RULE(rule=report.rule_name(rule.id, rule.source.row), said=rule.describe(report.view))
        yield from screen.wrapped(title, indent=INDENT, first="")
        if said := _binds([each for each in prices.result.binding(None) if each.rule == id_]):
            yield from screen.wrapped(said, indent=DEEP, first=INDENT)
        yield from _of_rule(screen, report, prices, list(found))
    yield from screen.wrapped(_TIGHT(), indent="", style=DIM)


def _binds(limits: Sequence[Binding]) -> Said | None:
    """Where a rule binds; None of a rule that counts nobody together."""
    if not limits:
        return None
    tight = [each for each in limits if each.tight]
    if not tight:
        return _BINDS_NOWHERE(free=min(each.free for each in limits))
    days: dict[str, set[object]] = {}
    for each in tight:
        days.setdefault(each.group.text(), set()).update(each.days)
    words = {each.group.text(): each.group for each in tight}
    named = [_GROUP(group=words[name], days=len(days[name])) for name in list(days)[:MOST_GROUPS]]
    more = len(days) - len(named)
    return _BINDS_MORE(groups=joined(named), count=more) if more else _BINDS(groups=joined(named))


def _of_rule(screen: Screen, report: Report, prices: Prices, steps: Sequence[Price]) -> Iterator[Text]:
    several = len({step.field for step in steps}) > 1
    units = [step for step in steps if step.unit]
    told = [step for step in units if not step.tiers or not same(step.tiers)]
    for step in [*(step for step in steps if not step.unit), *told[:MOST_UNITS]]:
        said = _STEP(step=_step(report, step, several=several), price=_price(prices.measures, step))
        yield from screen.wrapped(said, indent=DEEP, first=INDENT, style=_style(step))
    if rest := len(told[MOST_UNITS:]):
        yield from screen.wrapped(_MORE_UNITS(count=rest), style=DIM)
    if still := len(units) - len(told):
        yield from screen.wrapped(_SAME_UNITS(count=still), style=DIM)


def _style(step: Price) -> str:
    if not step.tiers:
        return BAD if step.status is Status.INFEASIBLE else COSTLY
    first = _comparable(step)
    return "" if same(first) else GOOD if better(first) else COSTLY


def _comparable(step: Price) -> list[TierCost]:
    """Tiers before those whose fair shares move: what is better in them is better in all."""
    return list(takewhile(lambda cost: cost.tier not in step.moved, step.tiers))


def _step(report: Report, step: Price, *, several: bool) -> Said:
    said = (_LOOSER if step.by > 0 else _TIGHTER)(by=abs(step.by))
    if step.unit:
        said = _IN_UNIT(step=said, unit=report.unit_name(report.facts.units.index[step.unit]))
    return _OF_FIELD(field=step.field, step=said) if several else said


def _price(before: Measures, step: Price) -> Said:
    """What a step changes; where fair shares move, fairness is told by differences from them, and tiers after it as what follows."""
    if not step.tiers or step.measures is None:
        if step.status is Status.UNKNOWN:
            return _UNKNOWN()
        return (_IMPOSSIBLE if step.status is Status.INFEASIBLE else _NO_INSTANCE)(why=step.why or plain("–"))
    first = _comparable(step)
    rest = [cost.said for cost in step.tiers[len(first) :] if cost.change and cost.tier not in step.moved]
    said = price_text(first)
    if step.moved:
        moves = _moves(before, step.measures)
        said = moves if rest and same(first) else _ALSO(price=said, moves=moves)
    said = _THEN(price=said, rest=rest) if rest else said
    return said if step.proven else _NOT_PROVEN(price=said)


def _moves(before: Measures, after: Measures) -> Said:
    if before.largest_difference is None or after.largest_difference is None:
        return _MOVES()
    was, becomes = (both(days_text, each.largest_difference) for each in (before, after))
    return _MOVES() if was.text() == becomes.text() else _MOVES_APART(before=was, after=becomes)
