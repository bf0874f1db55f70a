"""Fairness, one line per comparison group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from giliran.files.fairness import GroupRecord, group_members, group_records
from giliran.messages import Sentence
from giliran.reports.lines import DIM
from giliran.reports.page import Page, days_text
from giliran.rules.toolkit.personal import names_text

MAX_GROUPS = 12
"""Most groups that are shown; of more, those with the widest differences."""

_TITLE = Sentence(en="Fairness: office days ({goal})", id="Keadilan: hari giliran ({goal})")
_GROUP = Sentence(
    en="{unit}: members {members}, office days {days}, fair share {share}, difference {difference}",
    id="{unit}: anggota {members}, hari giliran {days}, jatah {share}, selisih {difference}",
)
_RANGE = Sentence(en="{least} to {most}", id="{least} s.d. {most}")
_SOME = Sentence(en="{unit} ({people})", id="{unit} ({people})")
_EVERYBODY = Sentence(en="everybody", id="semua pegawai")
_MORE = Sentence(en="… {count} more {count:group|groups}, differences {difference}", id="… {count} kelompok lain, selisih {difference}")


def fairness(page: Page) -> Iterator[Text]:
    """Members, fewest and most days, fair share and differences of every comparison group."""
    for account in page.fairness:
        groups = group_records(account, page.facts, page.schedule)
        if not groups:
            continue
        yield from page.heading(_TITLE, goal=account.goal)
        lines = list(zip(groups, _names(page, groups, group_members(account, page.schedule)), strict=True))
        shown = lines if len(lines) <= MAX_GROUPS else sorted(lines, key=lambda line: _spread(line[0]))[:MAX_GROUPS]
        for group, name in shown:
            yield from page.wrapped(_line(page, group, name), indent="    ", first="  ")
        rest = [line[0] for line in lines if line not in shown]
        if rest:
            yield from page.wrapped(page.say(_MORE, count=len(rest), difference=_differences(page, rest)), style=DIM)


def _spread(group: GroupRecord) -> int:
    return group.difference_lowest_thousandths - group.difference_highest_thousandths


def _names(page: Page, groups: Sequence[GroupRecord], members: Sequence[NDArray[np.int64]]) -> Iterator[str]:
    """The unit of every group; people too where several groups of one unit are compared apart, such as heads and others."""
    times = Counter(group.unit for group in groups)
    for group, people in zip(groups, members, strict=True):
        unit = page.say(_EVERYBODY) if group.unit is None else page.unit_name(page.facts.units.index[group.unit])
        several = times[group.unit] > 1
        yield page.say(_SOME, unit=unit, people=names_text(page.facts, people.tolist())) if several else unit


def _line(page: Page, group: GroupRecord, name: str) -> str:
    return page.say(
        _GROUP,
        unit=name,
        members=group.members,
        days=_range(page, str(group.lowest), str(group.highest)),
        share=days_text(group.fair_share_thousandths, page.lang),
        difference=_differences(page, [group]),
    )


def _differences(page: Page, groups: Sequence[GroupRecord]) -> str:
    least = min(group.difference_lowest_thousandths for group in groups)
    most = max(group.difference_highest_thousandths for group in groups)
    return _range(page, days_text(least, page.lang, signed=True), days_text(most, page.lang, signed=True))


def _range(page: Page, least: str, most: str) -> str:
    return least if least == most else page.say(_RANGE, least=least, most=most)
