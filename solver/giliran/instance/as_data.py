"""An instance as the data that it could be built from: sections by name, all of it plain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance.as_rows import PeopleRows, table_rows, unit_rows
from giliran.instance.calendars import default_calendar
from giliran.instance.changing import Known
from giliran.instance.given import statement_data
from giliran.instance.instance import Instance
from giliran.instance.letters import write_letters
from giliran.instance.records import SCHEMA, Horizon
from giliran.instance.statements import Writing
from giliran.instance.written import Written
from giliran.messages import Sentence, plain
from giliran.rules.toolkit.fields import OWN

_SECTIONS = {"title", "calendars", "circulars", "conditions", "reasons", "document", "meetings", "tiers", "balances"}
"""Sections that stay as they were written."""
_HOW = {"frozen_to", "refill", "few_changes", "keep", "notice_to"}
"""Keys of the published plan that say how it may change."""

_BY_HAND = Sentence(
    en="this instance was put together by hand, and nobody wrote down what it is made of",
    id="berkas masukan ini disusun langsung dalam program, tanpa catatan asalnya",
)
_BUILD = Sentence(en="Make it by Instance.build(…) or load_instance(path).", id="Susun dengan Instance.build(…) atau load_instance(path).")
_CHANGED = Sentence(
    en="rules of circulars were changed one by one, which a file cannot say: {ids}",
    id="aturan surat edaran diubah satu per satu, yang tidak dapat ditulis dalam berkas: {ids}",
)
_CHOOSE = Sentence(
    en="Choose otherwise by with_choices, or write own rules in their place.",
    id="Pilih jawaban lain dengan with_choices, atau tulis aturan sendiri sebagai gantinya.",
)


def sections_of(instance: Instance) -> dict[str, Any]:
    """The sections of an instance, as `Instance.build` takes them and JSON can hold them.

    Raises
    ------
    InputError
        If it was put together by hand, or rules of its circulars were changed in a way that no file can say.
    """
    written, facts = instance.written, instance.facts
    if written is None:
        raise InputError([Problem(Where(field="instance"), _BY_HAND(), _BUILD())])
    if changed := sorted(_changed_letters(instance, written)):
        raise InputError([Problem(Where(field="circulars"), _CHANGED(ids=[*map(plain, changed)]), _CHOOSE())])
    record = written.record.model_dump(mode="json", by_alias=True, exclude_unset=True)
    data: dict[str, Any] = {"schema": SCHEMA, "horizon": {"start": facts.dates[0].isoformat(), "end": facts.dates[-1].isoformat()}}
    data |= {name: value for name, value in record.items() if name in _SECTIONS and value}
    data["units"] = unit_rows(facts, default_calendar(written.record.calendars))
    data |= {name: found for name, rows in table_rows(facts) if (found := rows())}
    if written.record.published is not None:
        how = {name: value for name, value in record["published"].items() if name in _HOW and value not in (None, False)}
        data["published"] = {"rows": PeopleRows(facts).published(), **how}
    for name, statements in (("rules", written.rules), ("goals", written.goals)):
        if own := [statement_data(each) for each in statements if each.id.startswith(OWN)]:
            data[name] = own
    return data


def _changed_letters(instance: Instance, written: Written) -> Iterator[str]:
    """Ids of statements of circulars that are not as the circulars and their choices make them."""
    records = written.record.circulars
    if not records:
        return
    facts, known = instance.facts, Known(records, written.letters)
    problems = Problems()
    writing = Writing(problems)
    letters, _ = write_letters(records, Horizon(start=facts.dates[0], end=facts.dates[-1]), known, writing, known.locate, problems)
    own = [each.id for each in written.statements if each.id.startswith(OWN)]
    writing.wheres |= {id_: Where() for id_ in own}
    writing.check_references([*own, *(id_ for letter in letters for id_ in letter.resolved.switched_off)])
    made = {each.id: each for each in (*writing.rules, *writing.goals)}
    there = {each.id: each for each in written.statements if not each.id.startswith(OWN)}
    yield from (id_ for id_ in {*made, *there} if made.get(id_) != there.get(id_))
