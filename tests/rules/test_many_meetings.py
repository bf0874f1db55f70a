"""meeting: work grows with the number of meetings, not with its square. Arrays and calls are counted, no clock is read."""

import cProfile
import datetime as dt
import tracemalloc

import pytest

from giliran import Instance
from giliran.audit import audit
from giliran.domain.schedule import schedule_of
from giliran.preparing import compile_program
from tests.builders import MONDAY


def instance(number, given):
    """As many meetings as half of the people, of two people each, on a day given or to be chosen."""
    last = MONDAY + dt.timedelta(days=4)
    day = {"date": MONDAY.isoformat()} if given else {"choose_from": [{"from": MONDAY.isoformat(), "to": last.isoformat()}]}
    meetings = [{"id": f"m{k}", "required": [f"p{2 * k}", f"p{2 * k + 1}"], **day} for k in range(number)]
    return Instance.build(
        {
            "schema": "giliran/1",
            "title": "Rapat",
            "horizon": {"start": MONDAY.isoformat(), "end": last.isoformat()},
            "calendars": {"office": {"workdays": ["mon", "tue", "wed", "thu", "fri"], "holidays": "none"}},
            "units": [{"id": "u", "name": "Bidang", "level": "opd", "calendar": "office"}],
            "staff": [{"id": f"p{e}", "name": f"Nama {e}", "unit": "u"} for e in range(2 * number)],
            "meetings": meetings,
        }
    )


def work(number, given):
    """Calls of building, compiling and auditing, and the most bytes that were held."""
    tracemalloc.start()
    try:
        with cProfile.Profile() as profile:
            built = instance(number, given)
            compile_program(built)
            audit(built, schedule_of(built.facts, built.facts.present))
        held = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return sum(entry.callcount for entry in profile.getstats()), held


@pytest.mark.once
@pytest.mark.parametrize("given", [True, False])
def test_calls_and_memory_grow_as_meetings_do(given: bool) -> None:
    """Four times as many meetings are at most about four times the calls and the memory; a pairwise look would be 16 times."""
    work(10, given)  # what is loaded and kept once
    (few, little), (many, much) = work(100, given), work(400, given)
    assert many <= 1.1 * 4 * few
    assert much <= 1.1 * 4 * little
