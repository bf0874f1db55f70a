"""What a reader is told about a circular."""

from __future__ import annotations

from giliran.circulars import describe
from tests.circulars.small import read

TEXT = """\
expects:
  units: {tags: {pasar: {ask: {en: Which are markets?, id: Mana yang pasar?}}}}
parameters:
  side: {default: x, values: [x, y], ask: {en: Which side?, id: Sisi mana?}}
  ranks: {default: [], type: ranks, ask: {en: Who?, id: Siapa?}}
  day: {default: fri, type: weekday, ask: {en: When?, id: Kapan?}}
rules:
  - id: A
    kind: office_cap
    when: {side: y, ranks: {not: []}}
    source: {row: A1, via: a newspaper, quote: paling banyak}
not_rules: {A2: {en: advice, id: imbauan}}
"""


def test_question_is_in_the_readers_language() -> None:
    """Questions and reasons follow the language, values and quotations do not."""
    page = describe(read(TEXT), "id")
    assert [parameter.question for parameter in page.parameters] == ["Sisi mana?", "Siapa?", "Kapan?"]
    assert page.not_rules == (("A2", "imbauan"),)
    assert page.expects[0].question == "Mana yang pasar?"
    assert page.rules[0].quote == "paling banyak"


def test_values_are_listed_where_there_are_few() -> None:
    """Lists and weekdays are spelled out; other types are named."""
    side, ranks, day = describe(read(TEXT), "en").parameters
    assert (side.values, side.type, side.default) == (("x", "y"), None, "x")
    assert (ranks.values, ranks.type, ranks.default) == ((), "ranks", "[]")
    assert (day.values[0], day.type, day.default) == ("mon", "weekday", "fri")


def test_rule_names_the_choices_it_hangs_on() -> None:
    """A rule that is switched says by what, and where it stands."""
    [rule] = describe(read(TEXT), "en").rules
    assert rule.when == "side: y, ranks is chosen"
    assert (rule.row, rule.via) == ("A1", "a newspaper")
