"""What programs give by mistake is told by its argument, in the library's own errors, and nothing of it is taken for something else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
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
    "curve-nothing": (lambda i, _r: untyped.curve(i, "cap", [None]), "amounts: found nothing; expected a number of people or days"),
    "curve-float": (lambda i, _r: untyped.curve(i, "cap", [1, 1.5]), "amounts: found 1.5; expected a number of people or days"),
    "curve-truth": (lambda i, _r: untyped.curve(i, "cap", [True]), "amounts: found true; expected a number of people or days"),
    "pool": (lambda _i, _r: untyped.process_pool(0), "workers: found 0; expected a whole number above 0"),
    "pool-text": (lambda _i, _r: untyped.process_pool("2"), "workers: found the text '2'; expected a whole number above 0"),
    "price-units": (lambda i, r: untyped.price(i, r, by_unit="no"), "by_unit: found the text 'no'; expected true or false"),
    "export-partial": (lambda _i, r: untyped.export(r, "plan.csv", partial="no"), "partial: found the text 'no'; expected true or false"),
    "load-refill": (lambda _i, _r: untyped.load_instance("a.yaml", refill="no"), "refill: found the text 'no'; expected true or false"),
    "proof": (lambda i, r: untyped.check_certificate(i, r.schedule, r), "certificate: found something else; expected a certificate"),
    "proof-no-json": (lambda i, r: untyped.check_certificate(i, r.schedule, {"a": r}), "certificate: found keys with values (a); expected"),
    "proof-audit": (
        lambda i, r: untyped.check_certificate(i, r.schedule, giliran.make_certificate(r), r),
        "found: found something else; expected what `check` found",
    ),
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


def test_numbers_of_numpy_are_numbers() -> None:
    """Where a number is asked for, one of NumPy is taken for what it says."""
    two = np.int64(2)
    curve = untyped.curve(planned().instance, "cap", [two])
    assert [point.amount for point in curve.points] == [2] and type(curve.points[0].amount) is int
    assert untyped.generate(np.int32(10), two, two) == giliran.generate(10, 2, 2)
    untyped.process_pool(two).shutdown()
