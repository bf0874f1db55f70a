"""Findings: broken rules, then costly ones, then notes; many alike are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.messages import Sentence
from giliran.reports.lines import BAD, COSTLY, DIM
from giliran.reports.page import Page

MAX_ALIKE = 3
"""Of findings with the same rule and sentence so many are shown."""
MAX_MUST = 5
"""The same for broken rules."""

_TITLE = Sentence(en="Findings", id="Catatan dan pelanggaran")
_MUST = Sentence(en="Broken: {count}", id="Pelanggaran: {count}")
_SHOULD = Sentence(en="Costs: {count}", id="Berbiaya: {count}")
_NOTE = Sentence(en="Notes: {count}", id="Catatan: {count}")
_ONE = Sentence(en="{rule}: {said}", id="{rule}: {said}")
_MANY = Sentence(en="{rule}: {count} times", id="{rule}: {count} kali")
_MANY_OF_NONE = Sentence(en="{count} times", id="{count} kali")
_MORE = Sentence(en="… {count} more like this", id="… {count} lagi yang serupa")
_NONE = Sentence(en="None.", id="Tidak ada.")

_HEAD = {Strength.MUST: (_MUST, BAD), Strength.SHOULD: (_SHOULD, COSTLY), Strength.NOTE: (_NOTE, DIM)}


def findings(page: Page) -> Iterator[Text]:
    """Every finding with its rule and the circular's row; of many alike the first ones and how many more there are."""
    yield from page.heading(_TITLE)
    if not page.findings:
        yield from page.wrapped(page.say(_NONE))
    for strength, (title, style) in _HEAD.items():
        found = [finding for finding in page.findings if finding.strength is strength]
        if found:
            yield Text(f"  {page.say(title, count=len(found))}", style=style)
            for alike in _alike(found):
                yield from _group(page, alike, MAX_MUST if strength is Strength.MUST else MAX_ALIKE)


def _alike(found: Sequence[Finding]) -> list[list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        groups.setdefault((finding.rule, finding.said.sentence.en), []).append(finding)
    return list(groups.values())


def _group(page: Page, alike: Sequence[Finding], most: int) -> Iterator[Text]:
    shown = alike if len(alike) <= most + 1 else alike[:most]
    title = page.rule_name(alike[0].rule, alike[0].row)
    if len(alike) == 1:
        said = _ONE(rule=title, said=alike[0].said) if title else alike[0].said
        yield from page.wrapped(said, indent="      ", first="    ")
        return
    yield from page.wrapped(page.say(_MANY if title else _MANY_OF_NONE, rule=title, count=len(alike)), indent="      ", first="    ")
    for finding in shown:
        yield from page.wrapped(finding.said, indent="        ", first="      - ")
    if len(shown) < len(alike):
        yield from page.wrapped(page.say(_MORE, count=len(alike) - len(shown)), indent="        ", style=DIM)
