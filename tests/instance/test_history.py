"""Published plans: the duty that they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giliran.instance import Instance

UNIT = {"id": "u", "level": "bidang"}


def build(rows: list[Mapping[str, str]], **sections: Any) -> Instance:
    """A and B over Monday to Sunday, with one duty rule and a published plan."""
    given = {
        "horizon": {"start": "2021-07-12", "end": "2021-07-18"},
        "calendars": {"office": {"holidays": "none"}},
        "units": [UNIT],
        "staff": [{"id": "A", "unit": "u"}, {"id": "B", "unit": "u"}],
        "rules": [{"id": "piket", "kind": "duty_officers", "count": 1}],
        "published": {"rows": rows, **sections.pop("published", {})},
        **sections,
    }
    return Instance.build(**given)


def row(person: str, day: int, duty: str, place: str = "office") -> dict[str, str]:
    """A row of the published plan about a day of July 2021."""
    return {"staff_id": person, "date": f"2021-07-{day}", "place": place, "duty": duty}


def test_published_names() -> None:
    """Names are read by rule; those before the horizon, of people who left and of days off are not used."""
    rows = [row("A", 12, "own/piket;own/jaga"), row("B", 13, "own/piket"), row("B", 11, "own/piket"), row("X", 13, "own/piket")]
    facts = build([*rows, row("A", 17, "own/piket"), row("A", 14, "")]).facts
    assert sorted(facts.published_duty) == ["own/jaga", "own/piket"]
    assert facts.published_duty["own/piket"].astype(int).tolist() == [[1, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0]]
    assert facts.published_duty["own/jaga"].sum() == 1


def test_no_names() -> None:
    """Without the column, or with empty cells only, nobody is named."""
    assert not build([{"staff_id": "A", "date": "2021-07-12", "place": "office"}]).facts.published_duty
    assert not build([row("A", 12, "")]).facts.published_duty


def test_freezing_before_the_horizon_is_told() -> None:
    """A last frozen day before the first day freezes nothing, which is told with the day."""
    told = [note.said.text() for note in build([row("A", 12, "")], published={"frozen_to": "2021-07-09"}).notes]
    assert any("Friday 9 July 2021" in text and "nothing is frozen" in text for text in told)
