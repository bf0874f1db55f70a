"""Which numbers say nothing about who works where: fuel and electricity, money, the law, hours, reports, examples."""

from __future__ import annotations

from giliran.letters.context import Context
from giliran.letters.findings import Topic, Why
from giliran.letters.grammar import Mark
from giliran.letters.numbers import Amount, Measure
from giliran.letters.tokens import Sort

_TOPIC_FAR = 25
_BEHIND = 4
_ADJACENT = 1
_TARGETED = frozenset({"ditargetkan", "targeted"})
_TOLD_FAR = 25
_TOLD_BEHIND = 2
_OF = frozenset({"dari", "of", "total", "jumlah", "konsumsi", "pemakaian", "penggunaan", "untuk", "kebutuhan", "beban"})
_TO = frozenset({"bagi", "untuk", "kepada", "for", "to"})
_KEPT = {"meetings": Topic.MEETING, "room": Topic.ROOM}
_FROM, _NOW = "dari", "menjadi"
_COMPARED = frozenset({"perbandingan", "rasio", "komposisi", "proporsi", "ratio"})
_REVOKED_FAR = 6
_ENDS = frozenset({"dicabut", "dinyatakan", "tidak", "revoked", "repealed"})
"""Beginnings of phrases by which what stands before them holds no longer."""
_BETWEEN_COUNTS = frozenset({"-", "–", "sampai", "hingga", "dengan", "to", "atau", "or"})
_ROMAN = frozenset({"i", "ii", "iii", "iv"})
_LAW_BEFORE = 3
_LONGEST_RANGE = 6
_BETWEEN_LEVELS = frozenset({"hingga", "to", ",", "dan", "level", "and", "/", "-", "–", "sampai", "s", "d", ".", "dengan"})
_WHILE = frozenset({"selama", "dalam", "lambat", "lama", "for", "within"})
_AROUND = frozenset({"sebelum", "setelah", "sesudah", "before", "after", "kalender"})


def topic_of(context: Context, amount: Amount, side: Mark | None) -> Topic | None:
    """Whether a share is of those who meet, or of a room, which a planner should see."""
    if _of_session(context, amount):
        return Topic.SESSIONS
    time = context.after("of_time", amount.end)
    if time is not None and _right_behind(context, amount, time):
        return Topic.PART_OF_DAYS
    mark = _nearer(context, amount, side)
    return None if mark is None else _KEPT.get(mark.value)


def _of_session(context: Context, amount: Amount) -> bool:
    """Whether a share is of each session of a day: of those who come, not of staff."""
    mark = context.before("shift", amount.start)
    if mark is None or context.parted(mark.end, amount.start):
        return False
    if mark.end < len(context.tokens) and (context.tokens[mark.end].sort is Sort.NUMBER or context.tokens[mark.end].text in _ROMAN):
        return True  # "shift 1 WFO 50%, shift 2 WFO 50%"
    return not context.within("side", mark.end, amount.start) and not context.within("sense", mark.end, amount.start - 4)


def refused(context: Context, amount: Amount, side: Mark | None) -> Why | None:
    """Why a share is none of staff; None where it may be one, or is of a meeting or a room."""
    told = _told(context, amount, side)
    if told is not None:
        return told
    if _is_revoked(context, amount):
        return Why.FORMER
    if _of_others(context, amount):
        return Why.OTHERS
    mark = _nearer(context, amount, side)
    return None if mark is None or mark.value in _KEPT else Why(mark.value)


def _nearer(context: Context, amount: Amount, side: Mark | None) -> Mark | None:
    """The topic that a number is nearer to than to its side."""
    after = context.after("topic", amount.end)
    if after is not None and _right_behind(context, amount, after):
        return after
    before = context.before("topic", amount.start)
    if before is None or context.parted(before.end, amount.start) or context.apart(before.end, amount.start) > _TOPIC_FAR:
        return None
    if side is None:
        return before
    if before.end <= side.start < amount.start:
        return before if before.value == "money" and _is_paid(context, before, side) else None
    behind = side.start >= amount.end
    return None if behind and context.apart(amount.end, side.start) < _ADJACENT else before


def _is_paid(context: Context, topic: Mark, side: Mark) -> bool:
    """Whether money is of people on a side: "Pembayaran TPP bagi pegawai WFH sebesar 80%"."""
    between = {token.text for token in context.tokens[topic.end : side.start]}
    return bool(between & _TO) and not between & {",", ":", "."}


def _right_behind(context: Context, amount: Amount, mark: Mark) -> bool:
    """Whether a topic follows a number: "50% dari kapasitas ruang", "20% konsumsi listrik"."""
    between = context.tokens[amount.end : mark.start]
    return len(between) <= _BEHIND and all(token.text in _OF or token.clear for token in between)


def _told(context: Context, amount: Amount, side: Mark | None) -> Why | None:
    """Whether a number is of a report, an example, what held before or what is only thought about."""
    mark = context.before("told", amount.start)
    if mark is not None and not context.parted(mark.end, amount.start) and context.apart(mark.end, amount.start) <= _TOLD_FAR:
        between = side is not None and mark.end <= side.start < amount.start
        changed = any(token.text == _NOW for token in context.tokens[mark.end : amount.start][-_TOLD_FAR:])
        if not (mark.value == "report" and between) and not (mark.value == "former" and changed):
            return Why(mark.value)
    if _is_left(context, amount):
        return Why.FORMER
    after = context.after("told", amount.end)
    if after is not None and after.value == "report" and context.apart(amount.end, after.start) <= _TOLD_BEHIND:
        return Why.REPORT if not context.within("side", amount.end, after.start) else None
    return None


def is_target(context: Context, amount: Amount) -> bool:
    """Whether a number is what should be reached, "target kehadiran WFO 80%", "80% pegawai ditargetkan WFO"."""
    start, end = context.clause(amount.start)
    before = context.before("target", amount.start)
    if before is not None and before in context.told("target", start, amount.start):
        return all(token.text != "," for token in context.tokens[before.end : amount.start])
    behind = context.within("target", amount.end, min(end, amount.end + _BEHIND))
    return any(context.tokens[mark.start].text in _TARGETED for mark in behind)


def _is_left(context: Context, amount: Amount) -> bool:
    """Whether a share is what something was, "dari 50% menjadi 75%"."""
    before = context.tokens[amount.start - 1].text if amount.start else ""
    return before == _FROM and [token.text for token in context.tokens[amount.end : amount.end + 1]] == [_NOW]


def _is_revoked(context: Context, amount: Amount) -> bool:
    """Whether a number is that of a letter that holds no longer: "SE Nomor 12 tentang WFH 25% dicabut"."""
    start, end = context.clause(amount.start)
    revoked = context.within("revoke", start, end)
    if context.within("law", start, amount.start):
        return bool(revoked)
    behind = [
        mark for mark in revoked if amount.end <= mark.start <= amount.end + _REVOKED_FAR and context.tokens[mark.start].text in _ENDS
    ]
    return any(context.next_number(amount.end) > mark.start and not context.within("side", amount.end, mark.start) for mark in behind)


def _of_others(context: Context, amount: Amount) -> bool:
    """Whether a clause is about companies, schools or shops, and about no staff of a government."""
    start, _ = context.clause(amount.start)
    others = [mark for mark in context.within("topic", start, amount.start) if mark.value == "others"]
    if not others:
        return False
    own = [mark for mark in context.within("group", others[-1].end, amount.start) if mark.value in ("asn", "everyone")]
    return not own and not context.within("level", others[-1].end, amount.start)


_UNITS = {"hours": Why.HOURS, "money": Why.MONEY, "measure": Why.MEASURE, "law": Why.LAW, "time": Why.TIME}


def count_is(context: Context, amount: Amount) -> Why | None:
    """What a plain number counts that is neither people nor days of a plan; None where nothing tells."""
    if _is_code(context, amount):
        return Why.LAW
    if _is_while(context, amount):
        return Why.TIME
    before, after = context.before("unit", amount.start), context.after("unit", amount.end)
    if after is not None and after.value != "law" and _leads_to(context, amount.end, after.start):
        return _UNITS[after.value]
    if after is not None and context.apart(amount.end, after.start) == 0 and after.value != "law":
        return _UNITS[after.value]
    in_case = before is not None and [token.text for token in context.tokens[max(0, before.start - 1) : before.end]] == ["dalam", "hal"]
    if before is not None and not in_case and context.apart(before.end, amount.start) <= _LAW_BEFORE:
        return _UNITS[before.value]
    return None


def _is_code(context: Context, amount: Amount) -> bool:
    """Whether a number is part of a name or a code: "Covid-19", "800/439/BKPSDM/2020", "tahun 2021", "(2)", "08.00"."""
    text, tokens = context.passage.text, context.tokens
    start, end = tokens[amount.start].start, tokens[amount.end - 1].end
    glued = {*text[max(0, start - 1) : start], *text[end : end + 1]} & set("/-–.:_@")
    times = [token.text for token in tokens[amount.end : amount.end + 1]] == ["x"]  # "WFH 2x seminggu"
    glued |= {each for each in (*text[max(0, start - 1) : start], *text[end : end + 1]) if each.isalpha() and not times}
    year = amount.value >= 1900 and amount.end == amount.start + 1
    alone = text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"
    if _of_ratio(context, amount) or (in_range(context, amount) and _counts(context, amount)) or _begins_range(context, amount):
        return False
    if _names_a_level(context, amount) or [token.text for token in tokens[amount.end : amount.end + 1]] in (["h"], ["m"]):
        return True
    law = context.before("law", amount.start)
    near = law is not None and amount.start - law.end <= _LAW_BEFORE
    ended = not text[end : end + 2].strip(". ")
    return bool(glued - {"."} if ended else glued) or year or alone or near


def _of_ratio(context: Context, amount: Amount) -> bool:
    """Whether a number is one of two that are compared, "perbandingan 1:3": of staff perhaps, so it is told as not understood."""
    return any(token.text in _COMPARED for token in context.tokens[max(0, amount.start - 4) : amount.start])


def in_range(context: Context, amount: Amount) -> bool:
    """Whether a plain number is the upper end of a range, "10-15 orang", which is neither a least nor a most."""
    before = [token.text for token in context.tokens[max(0, amount.start - 2) : amount.start]]
    lower = [each for each in context.amounts if each.end in (amount.start - 1, amount.start - 2)] if before else []
    return bool(lower) and lower[-1].measure is Measure.COUNT and set(before[-(amount.start - lower[-1].end) :]) <= _BETWEEN_COUNTS


def _begins_range(context: Context, amount: Amount) -> bool:
    """Whether it is the lower end of a range of people or days."""
    upper = next((each for each in context.amounts if each.start in (amount.end + 1, amount.end + 2)), None)
    return upper is not None and in_range(context, upper) and _counts(context, upper)


def _counts(context: Context, amount: Amount) -> bool:
    """Whether people or days stand right behind a number."""
    return any((mark := context.after(cls, amount.end)) is not None and mark.start == amount.end for cls in ("person", "day"))


def _names_a_level(context: Context, amount: Amount) -> bool:
    """Whether a number is that of a level, "PPKM Level 3 dan 4": it belongs to the condition."""
    mark = context.before("condition", amount.start)
    if mark is None or mark.value != "level":
        return False
    return all(token.text in _BETWEEN_LEVELS or token.text.isdecimal() for token in context.tokens[mark.end : amount.start])


def _leads_to(context: Context, start: int, end: int) -> bool:
    """Whether a number is the first of two before a unit: "24 sampai dengan 26 derajat"."""
    between = context.tokens[start:end]
    return 1 < len(between) <= _LONGEST_RANGE and all(token.text in _BETWEEN_LEVELS or token.text.isdecimal() for token in between)


def _is_while(context: Context, amount: Amount) -> bool:
    """Whether days are a while, "selama lima hari", counted to some event, "dua hari sebelum libur", or one of each month, "tanggal 5"."""
    if amount.start and context.tokens[amount.start - 1].text == "tanggal":
        following = context.tokens[amount.end : amount.end + 2]
        listed = len(following) == 2 and following[0].text in (",", "dan") and following[1].sort is Sort.NUMBER
        return not listed  # "tanggal 24, 28 dan 29 Desember" is no day of each month
    day = context.after("day", amount.end)
    if day is None or day.start != amount.end:
        return False
    before = [token.text for token in context.tokens[max(0, amount.start - 3) : amount.start]]
    after = [token.text for token in context.tokens[day.end : day.end + 1]]
    working = context.tokens[day.end - 1].text in ("kerja", "days")
    return bool(set(before) & _WHILE or set(after) & _AROUND or working)


def is_told(context: Context, at: int) -> bool:
    """Whether what stands at a token held before, is an example, or is only thought about."""
    start, _ = context.clause(at)
    return any(mark.value in ("former", "example", "plan") for mark in context.within("told", start, at))
