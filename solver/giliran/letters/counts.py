"""Numbers of people in the office or on duty, and of days a week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from giliran.domain.place import Place
from giliran.letters.clauses import DOING
from giliran.letters.context import Context
from giliran.letters.findings import Finding, Scope, Sense, Topic, When
from giliran.letters.grammar import Mark
from giliran.letters.numbers import ONE_WORD, Amount, Measure
from giliran.letters.refusing import in_range, is_target, is_told, refused
from giliran.letters.scopes import condition_in, is_of_no_day, regions, when_of
from giliran.letters.senses import LOOSE, binding_of
from giliran.letters.shares import PLACES, permits

_SIDE_FAR = 40
_MOST_PEOPLE = 10_000
_DAYS_OF_A_WEEK = 7
_OFFICIALS = frozenset({"pejabat", "official", "officials"})
_FOLLOWS = frozenset({"sebelum", "setelah", "sesudah", "kalender", "before", "after", "ke", "lagi"})
_LEVEL_FAR = 150
_EACH = frozenset({"dalam", "setiap", "tiap", "each", "in"})
_WORKED = ("sense", "will", "force", "person", "group", "rotation", "week", "each", "compare", "negation")
_BETWEEN = DOING | {"dilakukan", "sebanyak", "giliran", "secara", "untuk", "the", "to", "only", ","}
"""What may stand between a side and how often it is worked."""
_SOME = frozenset({"service", "non_service", "field", "contract", "uptd"})


def people_in(context: Context, above: Sequence[Context], amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Finding | None]]:
    """Numbers of people that have to be, or may be, in the office: those on duty, and those of whom a unit has at least so many.

    Parameters
    ----------
    context, above
        The sentence, and what it stands below; last the sentence before.
    amounts
        Its numbers that are no shares. Each comes with what it says, or None where nobody can say how it binds.
    """
    for amount in amounts:
        person = _person(context, amount)
        if person is None or amount.measure is not Measure.COUNT or not 0 < amount.value <= _MOST_PEOPLE:
            continue
        start, end = context.clause(amount.start)
        if person.end in context.sized or refused(context, amount, context.before("side", amount.start)) is not None:
            continue
        duty = bool(context.within("duty", start, end)) or bool(context.within("duty", max(0, start - 4), amount.start))
        if not duty and _meet(context, person):
            continue
        binding = binding_of(context, amount, _region(context, amount), above)
        sense = binding.sense
        place = _place(context, start, end)
        near = (max(0, amount.start - _LEVEL_FAR), min(len(context.tokens), amount.end + _LEVEL_FAR))
        levels = context.levels(max(start, near[0]), near[1] if duty else min(end, near[1])) or context.levels(*near)
        if not duty and not (place is Place.OFFICE and (levels or sense or not binding.clear)):
            continue
        some = (not duty and _of_some(context, amount, person)) or in_range(context, amount)
        some = some or bool(context.needed(start, end)) or is_target(context, amount)
        if some or not binding.clear or is_of_no_day(context, *_region(context, amount), above):
            yield amount, None
            continue
        yield (
            amount,
            Finding(
                Topic.PEOPLE,
                context.quoted(amount.start),
                side=Place.OFFICE,
                sense=sense,
                number=amount.value,
                scope=Scope(per=levels, condition=condition_in(context, start, end), contract=_contract(context, near)),
                when=when_of(context, max(start, near[0]), min(end, near[1])),
                duty=duty,
                leaders=context.tokens[person.start].text in _OFFICIALS or _beside_official(context, person),
                words=_ranks(context, amount) if duty else (),
                doubt=amount.doubt,
            ),
        )


def _person(context: Context, amount: Amount) -> Mark | None:
    """The word for people right behind a number."""
    mark = context.after("person", amount.end)
    if mark is not None and all(token.clear for token in context.tokens[amount.end : mark.start]):
        return mark
    mark = context.before("person", amount.start)
    text = context.tokens[mark.start].text if mark is not None else ""
    if mark is not None and text in ("pegawai", "petugas", "orang") and context.apart(mark.end, amount.start) == 0:
        after = context.tokens[amount.end : amount.end + 1]
        return mark if after and after[0].text in ("orang", ".", ",", ";") else None
    return None


def _meet(context: Context, person: Mark) -> bool:
    """Whether people are those of a meeting: "2 orang peserta", "5 orang untuk apel"."""
    mark = context.after("topic", person.end)
    return mark is not None and mark.value == "meetings" and mark.start <= person.end + 1


def _of_some(context: Context, amount: Amount, person: Mark) -> bool:
    """Whether people with a mark are counted, "2 orang petugas keamanan": they are not any two."""
    return bool(context.within("mark", amount.end, person.end + 1))


def _beside_official(context: Context, person: Mark) -> bool:
    return person.end < len(context.tokens) and context.tokens[person.end].text in _OFFICIALS


def _region(context: Context, amount: Amount) -> tuple[int, int]:
    """What belongs to a number: up to the numbers beside it, but for that of "dalam 1 minggu"."""
    return regions(context, *context.counted(amount))


def _place(context: Context, start: int, end: int) -> Place | None:
    sides = list(dict.fromkeys(mark.value for mark in context.within("side", start, end)))
    return PLACES[sides[0]] if len(sides) == 1 else None


def _ranks(context: Context, amount: Amount) -> tuple[str, ...]:
    """Ranks that may be on duty, named behind the number."""
    end = context.next_number(amount.end)
    return tuple(dict.fromkeys(mark.value for mark in context.within("rank", amount.end, end)))


def _contract(context: Context, near: tuple[int, int]) -> str:
    """Whether staff who are no civil servants may be on duty, as far as they are named beside ranks."""
    named = [mark for mark in context.within("group", *near) if mark.value == "contract"]
    return "counted" if named and context.within("rank", *near) else ""


def days_in(context: Context, above: Sequence[Context], amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Finding | None]]:
    """Numbers of days a week that each person is in the office, or at home; parameters as those of `people_in`."""
    weekly = bool(context.of_class("week"))
    sides = {mark.value for mark in context.of_class("side")}
    for amount in amounts:
        if amount.measure is not Measure.COUNT or not 0 < amount.value < _DAYS_OF_A_WEEK:
            continue
        day = _day(context, amount) or _time(context, amount)
        if day is None or _goes_before(context, day):
            continue
        side = None if is_told(context, amount.start) else _side_of_days(context, amount, day)
        if side is None or not (weekly or len(sides) == 2) or (day.cls != "day" and not _is_worked(context, amount, day, side)):
            continue
        start, end = context.clause(amount.start)
        region = _region(context, amount)
        binding = binding_of(context, amount, region, above)
        some = _are_some(context, *region) or bool(context.needed(start, end)) or is_target(context, amount)
        if some or not binding.clear or in_range(context, amount):
            yield amount, None
            continue
        yield (
            amount,
            Finding(
                Topic.DAYS,
                context.quoted(amount.start),
                side=PLACES[side.value],
                sense=binding.sense or (Sense.MOST if permits(context, amount, start) else Sense.EXACT),
                number=amount.value,
                scope=Scope(condition=condition_in(context, start, end)),
                when=When(),
                doubt=amount.doubt,
            ),
        )


def _day(context: Context, amount: Amount) -> Mark | None:
    """The word for days right behind a number."""
    mark = context.after("day", amount.end)
    return mark if mark is not None and all(token.clear for token in context.tokens[amount.end : mark.start]) else None


def _time(context: Context, amount: Amount) -> Mark | None:
    """The word for "times" behind a number of them a week, "dua kali seminggu", "2x dalam seminggu"; "sekali" is both in one."""
    mark = context.after("times", amount.end)
    beside = mark is not None and all(token.clear for token in context.tokens[amount.end : mark.start])
    if context.tokens[amount.start].text in ONE_WORD:
        mark = Mark("times", "times", amount.end, amount.end)
    elif mark is None or not beside:
        return None
    week, last = context.after("week", mark.end), context.before("week", amount.start)
    follows = week is not None and {token.text for token in context.tokens[mark.end : week.start]} <= _EACH
    said = {k for each in context.within("sense", last.end if last else 0, amount.start) for k in range(each.start, each.end)}
    leads = last is not None and all(k in said for k in range(last.end, amount.start))
    both = bool(context.of_class("week")) and len({each.value for each in context.of_class("side")}) > 1
    return mark if follows or leads or both else None


def _is_worked(context: Context, amount: Amount, time: Mark, side: Mark) -> bool:
    """Whether what happens so many times is work on a side, "pegawai WFH dua kali seminggu", and not a report or a meeting about it."""
    start, end = context.clause(amount.start)
    start = max(start, min(side.start, amount.start) - _SIDE_FAR)
    first, last = (side.end, amount.start) if side.start < amount.start else (time.end, side.start)
    known = {k for cls in _WORKED for mark in context.within(cls, start, end) for k in range(mark.start, mark.end)}
    plain = [token.clear or k in known or token.text in _BETWEEN for k, token in enumerate(context.tokens[start:end], start)]
    after = next((k for k in range(time.end, end) if context.tokens[k].text in LOOSE or context.tokens[k].text == "."), end)
    meet = any(mark.value == "meetings" for mark in context.within("topic", start, after))
    if meet or context.within("checked", start, after) or not all(plain[first - start : last - start]):
        return False
    who = any(context.within(cls, start, last) for cls in ("person", "group"))
    return who or all(plain[: min(side.start, amount.start) - start])


def _are_some(context: Context, start: int, end: int) -> bool:
    """Whether days are those of some people alone, "petugas kebersihan WFO 3 hari seminggu": no choice says that."""
    groups = [mark for mark in context.told("group", start, end) if mark.value in _SOME]
    return bool(groups) or any(context.told(cls, start, end) for cls in ("mark", "health", "rank", "echelon"))


def _goes_before(context: Context, day: Mark) -> bool:
    """Whether days are counted to some event: "dua hari sebelum libur"."""
    return day.end < len(context.tokens) and context.tokens[day.end].text in _FOLLOWS


def _side_of_days(context: Context, amount: Amount, day: Mark) -> Mark | None:
    before, after = context.before("side", amount.start), context.after("side", amount.end)  # "hari kerja di kantor" is both
    far = _SIDE_FAR + 1
    cost_before = far if before is None else context.apart(before.end, amount.start)
    cost_after = far if after is None else context.apart(min(day.end, after.start), after.start)
    if min(cost_before, cost_after) > _SIDE_FAR:
        return None
    return before if cost_before < cost_after else after
