"""What programs give by mistake is told by its argument, in the library's own errors, and nothing of it is taken for something else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import giliran


@cache
def planned() -> giliran.Result:
    """Three people under a cap."""
    return giliran.solve(
        giliran.Instance.build(
            horizon={"start": "2021-07-12", "end": "2021-07-13"},
            staff=[{"id": name} for name in "ABC"],
            rules=[{"id": "cap", "kind": "office_cap", "max": 1}],
            goals=[{"kind": "office_target", "aim": "most_office"}],
        )
    )


untyped: Any = giliran
"""Type checkers would refuse all of it."""

CALLS: dict[str, tuple[Callable[[Any, Any], object], str]] = {
    "replan-nothing": (lambda _i, _r: untyped.replan(None), "instance: found nothing; expected an instance"),
    "replan-replaces": (lambda i, r: untyped.replan(i, r.schedule, replaces=0), "replaces: found 0; expected a whole number above 0"),
    "replan-pins": (lambda i, r: untyped.replan(i, r.schedule, pins="A"), "pins: found the text 'A'; expected a list of rows"),
    "price-number": (lambda i, r: untyped.price(i, r, rules=[3]), "rules: found a list; expected a list of ids"),
    "price-nothing": (lambda i, r: untyped.price(i, r, rules=None), "rules: found nothing; expected a list of ids"),
    "curve-one": (lambda i, _r: untyped.curve(i, "cap", 3), "amounts: found 3; expected a list of numbers"),
    "curve-text": (lambda i, _r: untyped.curve(i, "cap", "12"), "amounts: found the text '12'; expected a list of numbers"),
    "curve-of": (lambda i, _r: untyped.curve(i, 3, [1]), "of: found 3; expected a text"),
    "generate": (lambda _i, _r: untyped.generate(10, families="caps"), "families: found the text 'caps'; expected a list of rule"),
    "schedule": (lambda i, _r: untyped.read_schedule(None, i), "path: found nothing; expected the path of a file"),
    "attendance": (lambda i, _r: untyped.read_attendance("a.csv", i.facts), "instance: found something else; expected an instance"),
    "repaired": (lambda i, _r: untyped.write_repaired(i, None, 3), "path: found 3; expected the path of a file"),
    "json": (lambda _i, r: r.to_dict("de"), "lang: found the text 'de'; expected one of en, id"),
    "certificate": (lambda _i, r: r.to_json("id", r), "certificate: found something else; expected a certificate"),
    "findings": (lambda _i, r: r.findings_frame(lang="de"), "lang: found the text 'de'"),
}


@pytest.mark.parametrize("name", CALLS)
def test_told_by_its_argument(name: str) -> None:
    """By the name of the argument, with what was found and what was expected, in both languages."""
    call, said = CALLS[name]
    with pytest.raises(giliran.InputError) as caught:
        call(planned().instance, planned())
    assert said in caught.value.text() and caught.value.text() != caught.value.text("id")
