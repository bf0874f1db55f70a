"""A sentence with everything that was found in it, and how far things stand from each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from giliran.letters.clauses import edges_of_clauses
from giliran.letters.days import Span, Week, malformed_in, spans_in, weeks_in
from giliran.letters.grammar import Grammar, Mark
from giliran.letters.numbers import Amount, Measure, amounts_in
from giliran.letters.passages import Passage
from giliran.letters.tokens import Sort, Token, tokens_of

STRONG = 12
_COMMA, _AND, _NUMBER = 4, 2, 12
"""How much further apart a boundary, a comma, an "and" or a number makes what stands around it."""
_ANDS = frozenset({"dan", "and", "serta", "&"})
_TURNS = ("turn", "except")
_AFTER_PREPOSITION = frozenset({"pada", "di", "dari", "dalam", "untuk", "bagi", "in", "of", "from", "setiap", "masing", "tiap"})
_RUN = frozenset({",", "dan", "atau", "maupun", "/", "serta", "and", "or", "&", "-"})
_CONTRAST = frozenset({";", "sedangkan", "sementara", "adapun", "namun", "tetapi", "melainkan", "while", "whereas", "but", "meanwhile"})
"""Behind these a negation is about something else."""
_WITH_NEGATIONS = ("sense", "group", "condition", "open", "except")
"""Classes of phrases in which a negation is of that phrase: "paling tidak", "bukan pelayanan", "tidak berlaku bagi"."""
_BOUNDS = ("compare", "sense", "person")
"""What stands between a unit and the number of its people."""
_UNIT_FAR, _SIZE_FAR = 2, 8
_WITHOUT = frozenset({"tanpa", "without"})
"""Right before an exception there is none."""
_FORBIDS = "forbid"
_OUTSIDE = frozenset({"kota", "daerah", "negeri", "wilayah", "provinsi", "kabupaten", "pulau"})
"""Where people live of whom "di luar" says it."""
_DAYS, _MOVED_FAR = frozenset({"hari", "day"}), 3
_IF = frozenset({"jika", "apabila", "bila", "bilamana", "jikalau", "if"})
_NUMBERED = frozenset({".", ":"})
_SAYS = frozenset({":", "="})
"""Right behind a side, whose number follows: "WFO: 25% / WFH: 75%"."""
_COUNTED = frozenset({"orang", "pegawai", "petugas", "personel", "staf", "%", "persen"})
_RULED = frozenset({"diatur", "mengatur", "oleh", "pimpinan", "kepala"})
_OWN = frozenset({"bersangkutan", "masing", "terkait"})


@dataclass(frozen=True)
class Context:
    """A sentence taken apart; every look-up in it is quick however long it is."""

    passage: Passage
    tokens: Sequence[Token]
    marks: Sequence[Mark]
    year: int

    @staticmethod
    def of(passage: Passage, grammar: Grammar, year: int) -> Context:
        """A sentence under a grammar, and the year of dates that have none."""
        tokens = tokens_of(passage.text)
        return Context(passage, tokens, grammar.marks(tokens), year)

    @cached_property
    def spans(self) -> list[Span]:
        """Its dates."""
        return spans_in(self.tokens)

    @cached_property
    def malformed(self) -> list[tuple[int, int]]:
        """Where something is written as a date and is none: its first token and the one after its last."""
        return malformed_in(self.tokens, self.spans)

    @cached_property
    def _all_weeks(self) -> list[Week]:
        return weeks_in(self.tokens, self.spans)

    @cached_property
    def weeks(self) -> list[Week]:
        """Its weekdays, but for those from which on something holds."""
        return [week for week in self._all_weeks if not self._begins(week)]

    @cached_property
    def begun(self) -> list[Week]:
        """The weekdays from which on something holds, "mulai Senin": dates that nobody can know."""
        return [week for week in self._all_weeks if self._begins(week)]

    def _begins(self, week: Week) -> bool:
        start = week.start - (week.start > 0 and self.tokens[week.start - 1].text == "hari")
        mark = self.before("from", week.start)
        return len(week.days) == 1 and mark is not None and mark.end in (start, week.start)

    @cached_property
    def supposed(self) -> list[int]:
        """Where something begins that is only supposed: "jika", "apabila"."""
        return [k for k, token in enumerate(self.tokens) if token.text in _IF]

    @cached_property
    def sizes(self) -> list[tuple[int, int]]:
        """Conditions on how many people a unit has, "OPD yang pegawainya kurang dari 20 orang": first token, the one after the last."""
        found = []
        for amount in self.amounts:
            person = self.after("person", amount.end)
            mark = self.before("size", amount.start)
            if amount.measure is not Measure.COUNT or person is None or person.start != amount.end or mark is None:
                continue
            if amount.start - mark.end > _SIZE_FAR:
                continue
            bound = [other for cls in _BOUNDS for other in self.within(cls, mark.end - 1, amount.start)]
            known = {k for other in bound for k in range(other.start, other.end)}
            if bound and all(k in known or self.tokens[k].clear for k in range(mark.end, amount.start)) and self._is_of_unit(mark):
                found.append((mark.start, person.end))
        return found

    @cached_property
    def sized(self) -> frozenset[int]:
        """The tokens after these conditions."""
        return frozenset(end for _, end in self.sizes)

    def _is_of_unit(self, mark: Mark) -> bool:
        """Whether a condition on people stands behind units, or where such a sentence begins: "sedangkan yang lebih dari 20 orang"."""
        unit = self.before("level", mark.start)
        return mark.start == 0 or mark.start - 1 in self.boundaries or (unit is not None and mark.start - unit.end <= _UNIT_FAR)

    @cached_property
    def amounts(self) -> list[Amount]:
        """Its numbers that are no part of a date."""
        dates = [(span.start, span.end) for span in self.spans] + self.malformed
        taken = {k for start, end in dates for k in range(start, end)}
        return [amount for amount in amounts_in(self.tokens) if amount.start not in taken]

    @cached_property
    def _places(self) -> tuple[list[int], list[int], list[int]]:
        """Where its dates, weekdays and numbers begin."""
        spans, weeks = [span.start for span in self.spans], [week.start for week in self.weeks]
        return spans, weeks, [amount.start for amount in self.amounts]

    def spans_within(self, start: int, end: int) -> list[Span]:
        """Its dates between two tokens."""
        return self.spans[bisect_left(self._places[0], start) : bisect_left(self._places[0], end)]

    def weeks_within(self, start: int, end: int) -> list[Week]:
        """Its weekdays between two tokens."""
        return self.weeks[bisect_left(self._places[1], start) : bisect_left(self._places[1], end)]

    def amounts_within(self, start: int, end: int) -> list[Amount]:
        """Its numbers between two tokens."""
        return self.amounts[bisect_left(self._places[2], start) : bisect_left(self._places[2], end)]

    def next_number(self, at: int) -> int:
        """The token of the next number, or the end."""
        k = bisect_left(self._places[2], at)
        return self._places[2][k] if k < len(self._places[2]) else len(self.tokens)

    @cached_property
    def _by_class(self) -> dict[str, list[Mark]]:
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark.cls, []).append(mark)
        return found

    def of_class(self, cls: str) -> list[Mark]:
        """Marks of a class in their order."""
        return self._by_class.get(cls, [])

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {cls: [mark.start for mark in marks] for cls, marks in self._by_class.items()}

    def within(self, cls: str, start: int, end: int) -> list[Mark]:
        """Marks of a class between two tokens."""
        starts = self._starts.get(cls, [])
        return self._by_class.get(cls, [])[bisect_left(starts, start) : bisect_left(starts, end)]

    def before(self, cls: str, at: int) -> Mark | None:
        """The last mark of a class that ends before a token."""
        marks, k = self.of_class(cls), bisect_right(self._starts.get(cls, []), at - 1) - 1
        while k >= 0 and marks[k].end > at:
            k -= 1
        return marks[k] if k >= 0 else None

    def before_or_at(self, cls: str, at: int) -> Mark | None:
        """The last mark of a class that begins at a token or before it."""
        k = bisect_right(self._starts.get(cls, []), at) - 1
        return self.of_class(cls)[k] if k >= 0 else None

    def after(self, cls: str, at: int) -> Mark | None:
        """The first mark of a class that begins at a token or later."""
        marks, k = self.of_class(cls), bisect_left(self._starts.get(cls, []), at)
        return marks[k] if k < len(marks) else None

    @cached_property
    def boundaries(self) -> list[int]:
        """Tokens at which something else begins: "; sedangkan", "kecuali", people with a side of their own.

        Not where such a word belongs to a condition or a group.
        """
        covered = {k for cls in ("condition", "group", "open") for mark in self.of_class(cls) for k in range(mark.start, mark.end)}
        turned = {k for mark in self.of_class("turn") for k in range(mark.start, mark.end) if mark.end - mark.start > 1}
        found = {k for k, token in enumerate(self.tokens[:-1]) if token.text == ";"}
        for cls in _TURNS:
            for mark in self.of_class(cls):
                turns = cls == "except" and (mark.start in turned or self._is_place(mark))
                if mark.start not in covered and not turns and self.tokens[mark.start].text != "atau":
                    found.add(mark.start)
        found.update(mark.start - 1 for mark in self.needed(0, len(self.tokens)) if self._is_of_what_follows(mark))
        return sorted(found | edges_of_clauses(self, sorted(found)))

    def _is_place(self, mark: Mark) -> bool:
        """Whether "di luar" is of a town and no exception: "berdomisili di luar kota"."""
        between = [token.text for token in self.tokens[mark.start : mark.end + 1]]
        return between[:2] == ["di", "luar"] and between[-1] in _OUTSIDE

    def needed(self, start: int, end: int) -> list[Mark]:
        """Where something is said to hold only if needed."""
        return [mark for mark in self.within("will", start, end) if mark.value == "if_needed"]

    def _is_of_what_follows(self, mark: Mark) -> bool:
        """Whether an "if needed" stands behind a comma or an "and" and before what it is of: ", jika diperlukan dapat ditambah"."""
        behind = mark.start > 0 and self.tokens[mark.start - 1].text in _ANDS | {","}
        return behind and mark.end < len(self.tokens) and self.tokens[mark.end].text not in _ANDS | {",", "."}

    @cached_property
    def _weights(self) -> list[int]:
        """Up to each token, how far it is from the first one."""
        strong = set(self.boundaries)
        numbers = {amount.start for amount in self.amounts}
        people = {k for mark in self.of_class("person") for k in range(mark.start, mark.end)}
        people |= {
            mark.end for mark in self.of_class("side") if self.tokens[mark.end : mark.end + 1] and self.tokens[mark.end].text in _SAYS
        }
        weights = []
        for k, token in enumerate(self.tokens):
            weight = 0 if token.clear or k in people else 1
            weight += STRONG * (k in strong) + _NUMBER * (k in numbers)
            weight += _COMMA * (token.text == ",") + _AND * (token.text in _ANDS) + STRONG * (token.text in (".", "?", "!"))
            weights.append(weight)
        return [0, *accumulate(weights)]

    def apart(self, start: int, end: int) -> int:
        """How far two things stand apart, from the end of one to the beginning of the other; boundaries between them count."""
        return self._weights[end] - self._weights[start] if end > start else 0

    def parted(self, start: int, end: int) -> bool:
        """Whether a boundary stands between two tokens."""
        return bisect_left(self.boundaries, start) < bisect_left(self.boundaries, end)

    def clause(self, at: int) -> tuple[int, int]:
        """First token and the one after the last of what stands between boundaries around a token."""
        k = bisect_right(self.boundaries, at)
        start = self.boundaries[k - 1] if k else 0
        return start, self.boundaries[k] if k < len(self.boundaries) else len(self.tokens)

    def told(self, cls: str, start: int, end: int) -> list[Mark]:
        """Marks of a class between two tokens that are not part of what is only aimed at: "agar pelayanan publik tidak terganggu"."""
        return [mark for mark in self.within(cls, start, end) if not self._aimed[mark.start]]

    @cached_property
    def _aimed(self) -> list[bool]:
        """For every token whether it belongs to a purpose."""
        starts = {mark.start for mark in self.of_class("purpose")}
        strong = set(self.boundaries)
        flags, inside = [], False
        for k, token in enumerate(self.tokens):
            if k in starts and (inside or not self._commands(k)):
                inside = True
            elif k in strong or token.text in (",", ".", ":"):
                inside = False
            flags.append(inside)
        return flags

    def _commands(self, at: int) -> bool:
        """Whether "agar" begins an order, "agar melaksanakan WFH", and no purpose."""
        start = at + 1
        return self.tokens[at].text == "agar" and any(mark.start - start < 8 for mark in self.within("side", start, start + 8))

    @cached_property
    def _denials(self) -> list[Mark]:
        """Everything that denies or forbids, but for what belongs to another phrase or only to an aim."""
        found = [mark for mark in self.told("negation", 0, len(self.tokens)) if not self.is_part_of(mark, _WITH_NEGATIONS)]
        excepts = {mark.start for mark in self.of_class("except")}
        kept = {denial.start for denial, _ in self.kept_days}
        found = [mark for mark in found if mark.start not in kept]
        return [
            mark for mark in found if not self._is_number(mark) and not (mark.end in excepts and self.tokens[mark.start].text in _WITHOUT)
        ]

    @cached_property
    def moved_days(self) -> list[Mark]:
        """Where one day is said to stand for another, "WFH dialihkan ke hari Kamis"."""
        return [mark for mark in self.of_class("moved") if _DAYS & {token.text for token in self.tokens[mark.end : mark.end + _MOVED_FAR]}]

    @cached_property
    def kept_days(self) -> list[tuple[Mark, Mark]]:
        """Where that is denied, "WFH tidak diganti pada hari lain": the denial, and what it denies."""
        pairs = ((self.before("negation", mark.start), mark) for mark in self.moved_days)
        return [(one, two) for one, two in pairs if one is not None and all(self.tokens[k].text == "be" for k in range(one.end, two.start))]

    def _is_number(self, mark: Mark) -> bool:
        """Whether a "no" is that of "No. 5"."""
        following = self.tokens[mark.end : mark.end + 1]
        numbered = bool(following) and (following[0].sort is Sort.NUMBER or following[0].text in _NUMBERED)
        return self.tokens[mark.start].text == "no" and numbered

    @cached_property
    def _denial_starts(self) -> list[int]:
        return [mark.start for mark in self._denials]

    @cached_property
    def _contrasts(self) -> list[int]:
        return [k for k, token in enumerate(self.tokens) if token.text in _CONTRAST]

    def denials(self, start: int, end: int) -> list[Mark]:
        """What denies or forbids something between two tokens."""
        return self._denials[bisect_left(self._denial_starts, start) : bisect_left(self._denial_starts, end)]

    def denies(self, at: int) -> bool:
        """Whether anything is denied around a token, since the last word that speaks of something else."""
        k = bisect_left(self._contrasts, at)
        since = self._contrasts[k - 1] if k else 0
        until = self._contrasts[k] if k < len(self._contrasts) else len(self.tokens)
        return bisect_left(self._denial_starts, since) < bisect_left(self._denial_starts, until)

    def is_part_of(self, mark: Mark, classes: Sequence[str]) -> bool:
        """Whether a phrase is part of one of some classes that begins with it or before it."""
        found = (self.before_or_at(cls, mark.start) for cls in classes)
        if any(other is not None and other.end >= mark.end for other in found):
            return True
        last = self.within("sense", mark.end - 1, mark.end)  # "may not more than"
        return mark.value == _FORBIDS and bool(last) and self.tokens[mark.end - 1].text == "not"

    @cached_property
    def _counted(self) -> tuple[list[Amount], dict[int, int]]:
        weeks = {k for mark in self.of_class("week") for k in range(mark.start, mark.end)}
        amounts = [amount for amount in self.amounts if amount.start not in weeks]
        return amounts, {amount.start: k for k, amount in enumerate(amounts)}

    def counted(self, amount: Amount) -> tuple[Sequence[Amount], int]:
        """Its numbers but for that of "dalam 1 minggu", and which of them one is."""
        amounts, places = self._counted
        return (amounts, places[amount.start]) if amount.start in places else ([amount], 0)

    def quoted(self, at: int) -> Passage:
        """The sentence, quoted for what begins at a token."""
        return replace(self.passage, at=self.tokens[at].start) if at < len(self.tokens) else self.passage

    def text(self, start: int, end: int) -> str:
        """The words between two tokens as they are written."""
        return self.passage.text[self.tokens[start].start : self.tokens[end - 1].end] if end > start else ""

    @cached_property
    def _distributed(self) -> frozenset[int]:
        """Tokens behind "setiap" and "dari jumlah pegawai", where a level of units means each of them."""
        return frozenset(mark.end for cls in ("each", "whole", "asn_base") for mark in self.of_class(cls))

    def _is_over(self, mark: Mark) -> bool:
        """Whether a level stands behind a stroke as what a number is per: "2 orang/bidang", "2 orang/hari/seksi"."""
        k = mark.start - 1
        while k > 1 and self.tokens[k].text == "/" and self.tokens[k - 1].text == "hari":
            k -= 2
        return k > 0 and self.tokens[k].text == "/" and self.tokens[k - 1].text in _COUNTED

    def levels(self, start: int, end: int) -> tuple[str, ...]:
        """Levels of units that each have a number: "setiap Sekretariat dan Bidang", "dari jumlah pegawai pada unit kerja"."""
        found: list[str] = []
        run_end = -1
        each = self._distributed
        for mark in self.within("level", start, end):
            k = mark.start
            while k > 0 and self.tokens[k - 1].text in _AFTER_PREPOSITION and k not in each:
                k -= 1
            joined = run_end >= 0 and run_end < mark.start and all(token.text in _RUN for token in self.tokens[run_end : mark.start])
            following = {token.text for token in self.tokens[mark.end : mark.end + 3]}
            ruled = {token.text for token in self.tokens[max(0, mark.start - 3) : mark.start]} & _RULED
            if k in each or self._is_over(mark) or joined or (following & _OWN and not ruled):
                found.append(mark.value)
                run_end = mark.end
        return tuple(dict.fromkeys(found))
