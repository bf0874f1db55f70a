"""What a letter says, read sentence by sentence under a grammar of phrases; no model and no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from giliran.letters.context import Context
from giliran.letters.counts import days_in, people_in
from giliran.letters.days import spans_in
from giliran.letters.findings import Elsewhere, Finding, Letter, Scope, Topic, Unread, When
from giliran.letters.grammar import Grammar
from giliran.letters.numbering import number_in, year_of
from giliran.letters.numbers import Amount, Measure
from giliran.letters.others import dates_in, others_in
from giliran.letters.passages import Passage, passages_of
from giliran.letters.places import places_in
from giliran.letters.refusing import count_is, refused
from giliran.letters.roles import impossible_in
from giliran.letters.shares import shares_in
from giliran.letters.tokens import Sort, tokens_of
from giliran.letters.untold import untold
from giliran.letters.weekdays import weekdays_in
from giliran.text.numbers import WHOLE_SHARE


def read_letter(text: str, grammar: Grammar, year: int) -> Letter:
    """What a letter says.

    Parameters
    ----------
    text
        The letter.
    grammar
        Phrases.
    year
        The year of dates where the letter names none at all.
    """
    passages = passages_of(text)
    named = _year(passages)
    reader = _Reader(grammar, named or year)
    for passage in passages:
        reader.read(passage)
    number = number_in(passages)
    findings = ([number] if number is not None else []) + reader.findings
    return Letter(tuple(_once(findings)), tuple(reader.elsewhere), tuple(reader.unread), named)


class _Reader:
    """Reads one sentence after the other."""

    def __init__(self, grammar: Grammar, year: int) -> None:
        self.findings: list[Finding] = []
        self.elsewhere: list[Elsewhere] = []
        self.unread: list[Unread] = []
        self._grammar, self._year = grammar, year
        self._known: dict[str, Context] = {}
        self._last: Finding | None = None
        self._sided = False

    def read(self, passage: Passage) -> None:
        """Read a sentence."""
        context = self._context(passage)
        above = [self._context(Passage(stem, passage.line)) for stem in reversed(passage.stems)]
        above.append(self._context(Passage(passage.before, passage.line)))
        used: set[Amount] = set()
        found: list[Finding] = []
        told = len(self.unread), len(self.elsewhere)
        for amount, said in shares_in(context, above):
            used.add(amount)
            if isinstance(said, Finding):
                found.append(self._completed(said, amount))
            elif said is not None:
                self.elsewhere.append(said)
            else:
                self.unread.append(Unread(context.quoted(amount.start), context.text(amount.start, amount.end)))
        left = [amount for amount in context.amounts if amount not in used]
        for amount, counted in (*people_in(context, above, left), *days_in(context, above, left)):
            used.add(amount)
            if counted is None:
                self.unread.append(Unread(context.quoted(amount.start), context.text(amount.start, amount.end)))
            else:
                found.append(counted)
        shares = [amount for amount in context.amounts if amount.measure is not Measure.COUNT]
        found += self._known_of(weekdays_in(context, found))
        self._sided = self._sided or bool(context.of_class("side"))
        places = self._known_of(places_in(context, above, shares, sided=self._sided))
        found += [*places, *dates_in(context, found), *others_in(context, above, found)]
        ages = {finding.number for finding in places if finding.topic is Topic.HEALTH}
        self._leave(context, [amount for amount in context.amounts if amount not in used and amount.value not in ages])
        places_ = [*impossible_in(context, 0, len(context.tokens)), *((week.start, week.end) for week in context.begun)]
        self.unread += [Unread(context.quoted(each[0]), context.text(*each)) for each in places_]
        beside: list[Finding | Elsewhere | Unread] = [*found, *self.unread[told[0] :], *self.elsewhere[told[1] :]]
        self._known_of(untold(context, above, beside, sided=self._sided))
        self.findings += found
        self._last = next((finding for finding in reversed(found) if finding.topic is Topic.SHARE), None)

    def _known_of(self, found: Iterable[Finding | Unread]) -> list[Finding]:
        """The findings among what was read; the rest is told once as not understood."""
        told = list(found)
        self.unread += [each for each in told if isinstance(each, Unread) and each not in self.unread]
        return [each for each in told if isinstance(each, Finding)]

    def _context(self, passage: Passage) -> Context:
        known = self._known.get(passage.text)
        if known is None or known.passage != passage:
            known = Context.of(passage, self._grammar, self._year)
            self._known = {**dict(list(self._known.items())[-20:]), passage.text: known}
        return known

    def _completed(self, finding: Finding, amount: Amount) -> Finding:
        """A share that completes the one of the sentence before, "sisanya 25 persen WFH", is of the same staff."""
        last = self._last
        if last is None or finding.topic is not Topic.SHARE or finding.scope != Scope() or last.side is finding.side:
            return finding
        if last.number + finding.number != WHOLE_SHARE or amount.start > 12:
            return finding
        return replace(finding, scope=last.scope, when=last.when if finding.when == When() else finding.when)

    def _leave(self, context: Context, amounts: Iterable[Amount]) -> None:
        """Numbers that are about something else, and those that were not understood."""
        for amount in amounts:
            text = context.text(amount.start, amount.end)
            strange = amount.measure is Measure.STRANGE
            why = refused(context, amount, None) if strange else count_is(context, amount)
            if why is not None:
                self.elsewhere.append(Elsewhere(context.quoted(amount.start), text, why))
            elif strange or context.tokens[amount.start].sort is Sort.NUMBER or _counts(context, amount):
                self.unread.append(Unread(context.quoted(amount.start), text))


def _counts(context: Context, amount: Amount) -> bool:
    """Whether a number in words counts people or days; "salah satu" counts nothing."""
    return any((mark := context.after(cls, amount.end)) is not None and mark.start == amount.end for cls in ("person", "day"))


def _year(passages: Sequence[Passage]) -> int | None:
    """The year that most dates of a letter have, else that of its number."""
    years: Counter[int] = Counter()
    for passage in passages:
        for span in spans_in(tokens_of(passage.text)):
            years.update(day.year for day in {span.first, span.last} if day.year is not None)
    if years:
        return max(years, key=lambda year: (years[year], year))
    return next((year for passage in passages if (year := year_of(passage.text)) is not None), None)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once, with the sentences further down that say it again."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.same, []).append(finding)
    for first, *others in alike.values():
        passages = dict.fromkeys(other.passage for other in others if other.passage != first.passage)
        yield replace(first, again=tuple(passages)) if passages else first
