"""Sums in words: what is needed, what there can be, and by which rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from giliran.clashes.summands import Account, ColumnSummand, Repeat, RowSummand, Shape, Summand, Who
from giliran.domain.facts import Facts
from giliran.messages import Said, Sentence, bilingual, plain
from giliran.program import Program
from giliran.reports.words import period, short_date
from giliran.rules.view import View

# -- whole sentences -------------------------------------------------------------------------------------------------------------------

ONE_AND_ONE = Sentence(
    en="impossible: {asked} ({rule}); but {limit}: {missing} too many{more}",
    id="tidak dapat disusun: {asked} ({rule}), padahal {limit}: kelebihan {missing}{more}",
)
TOO_MANY = Sentence(
    en="impossible: {needed} must be in the office: {needs}; but {limit}: {missing} too many{more}",
    id="tidak dapat disusun: {needed} orang wajib WFO: {needs}, padahal {limit}: kelebihan {missing}{more}",
)
TOO_MANY_DAYS = Sentence(
    en="impossible: {needed} {needed:day|days} in the office {needed:is|are} needed: {needs}; but {limit}: {missing} too many{more}",
    id="tidak dapat disusun: diperlukan {needed} hari WFO: {needs}, padahal {limit}: kelebihan {missing}{more}",
)
TOO_FEW = Sentence(
    en="impossible: {limit}; but {possible} can be in the office{gives}: {missing} too few{more}",
    id="tidak dapat disusun: {limit}, padahal yang dapat WFO {possible}{gives}: kurang {missing}{more}",
)
TOO_FEW_DAYS = Sentence(
    en="impossible: {limit}; but {possible} days in the office can be had{gives}: {missing} too few{more}",
    id="tidak dapat disusun: {limit}, padahal hari WFO yang mungkin {possible}{gives}: kurang {missing}{more}",
)
ON_A_DAY = Sentence(
    en="impossible: {place}: {needs} must be in the office, but {gives} can be: {missing} too few{more}",
    id="tidak dapat disusun: {place}: {needs} orang wajib WFO, padahal yang dapat {gives}: kurang {missing}{more}",
)
OVER_DAYS = Sentence(
    en="impossible: {place}: {needs} {needed:person-day|person-days} in the office {needed:is|are} needed, but {gives} can be had: "
    "{missing} short{more}",
    id="tidak dapat disusun: {place}: diperlukan {needs} {needed:orang-hari|orang-hari} WFO, padahal yang mungkin {gives}: kurang "
    "{missing}{more}",
)

# -- pieces ----------------------------------------------------------------------------------------------------------------------------

PLUS = Sentence(en="{left} + {right}", id="{left} + {right}")
EQUALS = Sentence(en="{sum} = {total}", id="{sum} = {total}")
COLON = Sentence(en=": {sum}", id=": {sum}")
BY = Sentence(en="{what} ({rule})", id="{what} ({rule})")
PLACE = Sentence(en="{where}, {days}", id="{where}, {days}")
MORE_PERIODS = Sentence(en="; further periods with the same sum: {count}", id="; kurun waktu lain dengan jumlah yang sama: {count}")
MORE_DAYS = Sentence(en="; further days with the same sum: {count}", id="; hari lain dengan jumlah yang sama: {count}")
MORE_CASES = Sentence(en="; further places with the same sum: {count}", id="; tempat lain dengan jumlah yang sama: {count}")
LINKED = Sentence(en="; tied together by {rules}", id="; terikat oleh {rules}")
KEPT_OUT = Sentence(en="{said}, {count} kept out by {rules}", id="{said}, {count} tidak boleh WFO menurut {rules}")
AND_KEPT_OUT = Sentence(en="{said}; {count} kept out by {rules}", id="{said}; {count} tidak boleh WFO menurut {rules}")
HELD_OUT = Sentence(en="{said}, {count} held out of it", id="{said}, {count} tetap tidak WFO")
AND_HELD_OUT = Sentence(en="{said}; {count} held out of the office", id="{said}; {count} tetap tidak WFO")
TOGETHER = Sentence(en="{first}{second}", id="{first}{second}")
ONLY = Sentence(en="only {count}", id="hanya {count}")
NONE = Sentence(en="none", id="tidak ada")
NOBODY = Sentence(en="nobody", id="tidak ada")
NO = Sentence(en="no", id="tidak ada")

HEADS = Sentence(en="{bound} {bound:person|people}", id="{bound} {bound:orang|orang}")
HEADS_OF = Sentence(en="{bound} of {size} {size:person|people}", id="{bound} dari {size} orang")
HEADS_MOST = Sentence(en="at most {bound} {bound:person|people}", id="paling banyak {bound} orang")
DAYS_LEAST = Sentence(en="at least {bound} of {days} days", id="paling sedikit {bound} dari {days} hari")
DAYS_MOST = Sentence(en="at most {bound} of {days} days", id="paling banyak {bound} dari {days} hari")
SOME_DAYS_LEAST = Sentence(en="at least {bound} {bound:day|days}", id="paling sedikit {bound} hari")
SOME_DAYS_MOST = Sentence(en="at most {bound} {bound:day|days}", id="paling banyak {bound} hari")
TIMES = Sentence(en="{what} × {times}", id="{what} × {times}")
REPEATED = {
    Repeat.DAYS: Sentence(en="{count} {count:day|days} × {what}", id="{count} {count:hari|hari} × {what}"),
    Repeat.GROUPS: Sentence(en="{count} {count:group|groups} × {what}", id="{count} {count:kelompok|kelompok} × {what}"),
    Repeat.PEOPLE: Sentence(en="{count} {count:person|people} × {what}", id="{count} {count:pegawai|pegawai} × {what}"),
    Repeat.PERIODS: Sentence(en="{count} {count:period|periods} × {what}", id="{count} {count:kurun waktu|kurun waktu} × {what}"),
    Repeat.CASES: Sentence(en="{count} × {what}", id="{count} × {what}"),
}
FIXED = Sentence(en="{value} fixed by {rules}", id="{value} ditetapkan oleh {rules}")
FIXED_NAMED = Sentence(en="{value} fixed by {rules} ({names})", id="{value} ditetapkan oleh {rules} ({names})")
HELD = Sentence(en="{value} held there", id="{value} tetap WFO")
HELD_NAMED = Sentence(en="{value} held there ({names})", id="{value} tetap WFO ({names})")
OPEN = Sentence(en="{value} not limited here", id="{value} yang tidak dibatasi di sini")
CHOICE = Sentence(en="{value} more by {rules}", id="{value} tambahan menurut {rules}")
NAMED_PEOPLE = 3
"""So many people, or fewer, are named where rules fix them."""
LISTED_DAYS = 4
"""So many days apart from each other, or fewer, are named one by one."""


class SumWords:
    """Says accounts of one instance.

    Parameters
    ----------
    view
        Facts and rules.
    program
        What the rules made of them.
    """

    def __init__(self, view: View, program: Program) -> None:
        self._view = view
        self._program = program

    def sentence(self, account: Account, where: Said, same: Sequence[Account]) -> Said:
        """One sum in a sentence, with how many others have the same numbers.

        Parameters
        ----------
        where
            The unit or units concerned.
        same
            The other accounts.
        """
        days = _days_of(self._program, account)
        more = TOGETHER(first=self._links(account), second=self._more(account, same))
        said: dict[str, object] = {"missing": account.missing, "needed": account.needed}
        said["more"] = TOGETHER(first=self._kept_out(plain(""), account, AND_KEPT_OUT, AND_HELD_OUT), second=more)
        limit = account.limit
        if limit is None or not self._tells_its_number(limit):
            sides = {"needs": self._side(account.needs, total=True), "gives": self._side(account.gives, total=True)}
            sentence = ON_A_DAY if len(days) == 1 else OVER_DAYS
            return sentence(place=PLACE(where=where, days=_when(self._view.facts, days)), **sides, **said)
        words = self._occurrence(limit)
        if not limit.gives:
            sentence, none = (TOO_FEW, NOBODY) if len(days) == 1 else (TOO_FEW_DAYS, NO)
            possible = ONLY(count=account.possible) if account.possible else none()
            gives = self._kept_out(self._gives(account), account, KEPT_OUT, HELD_OUT)
            return sentence(possible=possible, gives=gives, limit=words, missing=account.missing, more=more)
        asked = account.asking
        if asked is not None and self._tells_its_number(asked):
            return ONE_AND_ONE(asked=self._occurrence(asked), rule=asked.rule, limit=words, **said)
        needs = self._side(account.needs, total=False)
        return (TOO_MANY if len(days) == 1 else TOO_MANY_DAYS)(needs=needs, limit=words, **said)

    def _occurrence(self, summand: RowSummand) -> Said:
        """A single row in the words of its rule, to stand inside another sentence: without a full stop."""
        origin = self._program.origin(summand.rows[0])
        said = self._view.by_id[summand.rule].occurrence(self._view, origin.group, origin.day, origin.person)
        return bilingual(en=said.text("en").removesuffix("."), id=said.text("id").removesuffix("."))

    def _tells_its_number(self, summand: RowSummand) -> bool:
        """Whether the words of a rule hold the number that counts here; they hold another where some days are over, or homes count."""
        facts, origin = self._view.facts, self._program.origin(summand.rows[0])
        said = self._occurrence(summand).text("en")
        if origin.day >= 0:
            said = said.replace(plain(facts.dates[origin.day]).text("en"), "")
        if origin.person >= 0:
            said = said.replace(plain(facts.staff.label(origin.person)).text("en"), "")
        return re.search(rf"\b{abs(summand.bound)}\b", said) is not None

    def _gives(self, account: Account) -> Said:
        """What there can be, after its number; nothing where that is simply who can come."""
        if all(isinstance(summand, ColumnSummand) and summand.who is Who.OPEN for summand in account.gives):
            return plain("")
        return COLON(sum=self._side(account.gives, total=False))

    def _kept_out(self, before: Said, account: Account, by_rules: Sentence, by_nobody: Sentence) -> Said:
        """Who is missing among those who could come, because of rules or of a plan that holds them."""
        for summand in account.kept_out:
            before = (by_rules if summand.rules else by_nobody)(said=before, count=summand.value, rules=list(summand.rules))
        return before

    def _side(self, side: Sequence[Summand], *, total: bool) -> Said:
        """Summands with pluses between them, and what they come to where that is wanted."""
        if not side:
            return NONE()
        said = self._summand(side[0])
        for summand in side[1:]:
            said = PLUS(left=said, right=self._summand(summand))
        return EQUALS(sum=said, total=sum(summand.value for summand in side)) if total else said

    def _summand(self, summand: Summand) -> Said:
        if isinstance(summand, ColumnSummand):
            return self._columns(summand)
        said = _bound(summand)
        if len(summand.rows) > 1:
            said = REPEATED[summand.repeat](count=len(summand.rows), what=said)
        if summand.times > 1:
            said = TIMES(what=said, times=summand.times)
        return BY(what=said, rule=summand.rule)

    def _columns(self, summand: ColumnSummand) -> Said:
        if summand.who is not Who.FIXED:
            return (CHOICE if summand.who is Who.CHOICE else OPEN)(value=summand.value, rules=list(summand.rules))
        facts = self._view.facts
        people = sorted({column // facts.num_days for column in summand.columns})
        names = [plain(facts.staff.label(e)) for e in people[:NAMED_PEOPLE]]
        by_rules, by_nobody = (FIXED_NAMED, HELD_NAMED) if len(people) <= NAMED_PEOPLE else (FIXED, HELD)
        return (by_rules if summand.rules else by_nobody)(value=summand.value, rules=list(summand.rules), names=names)

    def _links(self, account: Account) -> Said:
        rules = sorted({summand.rule for summand in account.links})
        return LINKED(rules=rules) if rules else plain("")

    def _more(self, account: Account, same: Sequence[Account]) -> Said:
        if not same:
            return plain("")
        days = {_days_of(self._program, other) for other in (account, *same)}
        if len(days) <= len(same):
            return MORE_CASES(count=len(same))
        return (MORE_DAYS if all(len(some) == 1 for some in days) else MORE_PERIODS)(count=len(same))


def _days_of(program: Program, account: Account) -> tuple[int, ...]:
    """The days of the cells of an account, ascending."""
    return tuple(np.unique(account.cells % program.shape[1]).tolist())


def _when(facts: Facts, days: Sequence[int]) -> Said:
    """Days as one date, as a period where none of its working days is missing, or else as dates."""
    if len(days) == 1:
        return plain(facts.dates[days[0]])
    first, last = facts.dates[days[0]], facts.dates[days[-1]]
    busy = facts.has_cell[:, days[0] : days[-1] + 1].any(axis=0)
    whole = int(busy.sum()) == len(days)
    if whole or len(days) > LISTED_DAYS:
        return bilingual(en=period(first, last, "en"), id=period(first, last, "id"))
    return bilingual(**{lang: ", ".join([short_date(facts.dates[d], lang) for d in days]) for lang in ("en", "id")})


def _bound(summand: RowSummand) -> Said:
    """What one of the rows says, in numbers."""
    bound = abs(summand.bound)
    if summand.shape is Shape.OTHER:
        return plain(bound)
    if summand.shape is Shape.HEADS:
        if summand.upper:
            return HEADS_MOST(bound=bound)
        return HEADS(bound=bound) if summand.size is None else HEADS_OF(bound=bound, size=summand.size)
    if summand.size is None:
        return (SOME_DAYS_MOST if summand.upper else SOME_DAYS_LEAST)(bound=bound)
    return (DAYS_MOST if summand.upper else DAYS_LEAST)(bound=bound, days=summand.size)
