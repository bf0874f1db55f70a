"""What `choose`, `when`, `in` and the defaults of `expects` come to."""

from __future__ import annotations

from typing import Any

import pytest

from giliran.circulars import ResolvedCircular, resolve
from giliran.errors import InputError, Where
from tests.circulars.small import read

CHOICES = """\
parameters:
  word: {default: x, values: [x, y, 25%]}
  share: {default: 25%, type: share}
  maybe: {default: none, type: share_or_none}
  count: {default: 0, type: count}
  levels: {default: [opd], type: levels}
  ranks: {default: [], type: ranks}
  day: {default: fri, type: weekday}
"""


def rule(text: str, choose: dict[str, Any] | None = None, more: str = "") -> dict[str, Any]:
    """The one resolved rule, without what every rule has."""
    [found] = resolved(f"rules:\n  - {{id: A, kind: k, {text}}}\n{more}", choose).rules
    return {key: value for key, value in found.items() if key not in ("id", "kind", "authority")}


def resolved(text: str, choose: dict[str, Any] | None = None) -> ResolvedCircular:
    """A circular with the parameters above."""
    return resolve(read(CHOICES + text), choose)


def test_default_holds_until_something_is_chosen() -> None:
    """A parameter has its default, or the value chosen."""
    assert rule("share: {choose: share}") == {"share": "25%"}
    assert rule("share: {choose: share}", {"share": "12,5 %"}) == {"share": "12.5%"}


def test_value_map_translates() -> None:
    """A parameter's value may stand for another one, itself chosen."""
    text = "share: {choose: word, x: 10%, y: {choose: share}, 25%: 25%}"
    assert rule(text) == {"share": "10%"}
    assert rule(text, {"word": "y"}) == {"share": "25%"}
    assert rule(text, {"word": "25%"}) == {"share": "25%"}


def test_chosen_list_is_spliced_into_a_list() -> None:
    """`[{choose: levels}]` and `{choose: levels}` mean the same."""
    assert rule("per: [{choose: levels}, uptd]", {"levels": ["bidang", "seksi"]}) == {"per": ["bidang", "seksi", "uptd"]}
    assert rule("per: {choose: levels}", {"levels": "bidang"}) == {"per": ["bidang"]}


@pytest.mark.parametrize(
    ("when", "choose", "on"),
    [
        ("{word: x}", {}, True),
        ("{word: y}", {}, False),
        ("{word: {not: y}}", {}, True),
        ("{word: {not: x}}", {}, False),
        ("{count: {min: 1}}", {}, False),
        ("{count: {min: 1}}", {"count": "2"}, True),
        ("{maybe: {not: none}}", {}, False),
        ("{maybe: {not: none}}", {"maybe": "50%"}, True),
        ("{maybe: 50 %}", {"maybe": "50%"}, True),
        ("{ranks: {not: []}}", {}, False),
        ("{word: x, count: 0}", {}, True),
        ("{word: x, count: 1}", {}, False),
    ],
)
def test_when_switches_a_rule(when: str, choose: dict[str, Any], on: bool) -> None:
    """A rule is in force exactly when all its conditions hold."""
    found = resolved(f"rules: [{{id: A, kind: k, when: {when}}}]", choose)
    assert len(found.rules) == on
    assert found.switched_off == (() if on else ("small/A",))


def test_when_switches_a_selector_in_a_list() -> None:
    """A selector whose condition fails leaves its list."""
    text = "eligible: [{ranks: [a]}, {when: {word: y}, ranks: [b]}]"
    assert rule(text) == {"eligible": {"ranks": ["a"]}}
    assert rule(text, {"word": "y"}) == {"eligible": [{"ranks": ["a"]}, {"ranks": ["b"]}]}


@pytest.mark.parametrize("out", ["{when: {word: y}, ranks: [b]}", "[{when: {word: y}, ranks: [b]}]"])
def test_empty_except_disappears(out: str) -> None:
    """An `except` of which nothing is left takes nobody out."""
    assert rule(f"applies_to: {{sectors: [a], except: {out}}}") == {"applies_to": {"sectors": ["a"]}}


@pytest.mark.parametrize(
    ("text", "off"), [("base: {when: {word: y}, ranks: [a]}", "base"), ("relax_to: {when: {word: y}, share: 50%}", "relax_to")]
)
def test_when_switches_base_and_relaxation(text: str, off: str) -> None:
    """A base or relaxation whose condition fails is not there; else its condition is not."""
    assert off not in rule(text)
    assert "when" not in rule(text, {"word": "y"})[off]


def test_nothing_left_of_applies_to_is_refused() -> None:
    """A rule about nobody in particular would mean everybody, so the condition must stand on the rule."""
    with pytest.raises(InputError, match="nothing is left of `applies_to`"):
        rule("applies_to: {when: {word: y}, ranks: [a]}")


def test_set_becomes_within() -> None:
    """A named set is a further selection that must hold too."""
    assert rule("applies_to: {sectors: [a], in: s}", more="sets: {s: {ranks: [b]}}") == {
        "applies_to": {"sectors": ["a"], "within": [{"ranks": ["b"]}]}
    }


def test_set_that_is_a_union_is_distributed() -> None:
    """Belonging to a union of two is belonging to either, so the selector is written twice."""
    assert rule("applies_to: {sectors: [a], in: s}", more="sets: {s: [{ranks: [b]}, {ranks: [c]}]}") == {
        "applies_to": [{"sectors": ["a"], "within": [{"ranks": ["b"]}]}, {"sectors": ["a"], "within": [{"ranks": ["c"]}]}]
    }


def test_several_sets_all_hold() -> None:
    """`in: [s, t]` asks for both; sets may use sets."""
    sets = "sets: {s: {ranks: [b]}, t: {in: s, tags: [c]}}"
    assert rule("applies_to: {in: [s, t]}", more=sets) == {
        "applies_to": {"within": [{"ranks": ["b"]}, {"tags": ["c"], "within": [{"ranks": ["b"]}]}]}
    }


def test_set_in_except_is_taken_out() -> None:
    """An `except` may name a set."""
    assert rule("applies_to: {except: {in: s}}", more="sets: {s: {ranks: [b]}}") == {
        "applies_to": {"except": [{"within": [{"ranks": ["b"]}]}]}
    }


def test_defaults_of_expects_go_into_selectors() -> None:
    """Units without sector and people without function count as the circular says, wherever it selects by these."""
    expects = "expects: {units: {sector: {values: [a, b], default: a}}, staff: {function: {values: [c, d], default: c}}}"
    found = resolved(f"{expects}\nrules: [{{id: A, kind: k, applies_to: {{sectors: [a], except: {{functions: [d]}}}}}}]")
    assert found.rules[0]["applies_to"] == {
        "sectors": ["a"],
        "default_sector": "a",
        "except": [{"functions": ["d"], "default_function": "c"}],
    }
    assert found.defaults == {"sector": "a", "function": "c"}


def test_ids_and_references_get_the_circulars_name() -> None:
    """Rules are known as `circular/id`; references to rules that are switched off are dropped."""
    text = "rules: [{id: A, kind: k, exempt: [B, C, own/D]}, {id: B, kind: k}, {id: C, kind: k, when: {word: y}}]"
    found = resolved(text)
    assert [rule["id"] for rule in found.rules] == ["small/A", "small/B"]
    assert found.rules[0]["exempt"] == ["small/B", "own/D"]


def test_authority_and_source_are_kept() -> None:
    """Each rule says who issued it and where it stands."""
    [found] = resolved("rules: [{id: A, kind: k, source: {row: A1, via: paper, quote: words}}]").rules
    assert found["authority"] == "regency"
    assert found["source"] == {"row": "A1", "via": "paper", "quote": "words"}


@pytest.mark.parametrize(
    ("choose", "said"),
    [
        ({"wrod": "x"}, "no parameter wrod"),
        ({"word": "z"}, "z is not one of"),
        ({"share": "101%"}, "not between 0% and 100%"),
        ({"share": 25}, "no percent sign"),
        ({"share": None}, "nothing is not a share"),
        ({"count": -1}, "-1 is not a count"),
        ({"count": True}, "true is not a count"),
        ({"count": 10**40}, "is not a count"),
        ({"levels": []}, "at least one level"),
        ({"ranks": {"a": 1}}, "is not a word or a list of words"),
        ({"day": "jumaat"}, "Did you mean Jumat"),
    ],
)
def test_bad_choice_is_refused_where_it_stands(choose: dict[str, Any], said: str) -> None:
    """A wrong choice is a problem of the file that chooses, not of the circular."""
    circular = read(CHOICES + "rules: []")
    with pytest.raises(InputError) as caught:
        resolve(circular, choose, locate=lambda path: Where("instance.yaml", 7, ".".join(map(str, path))))
    [problem] = caught.value.problems
    assert problem.where == Where("instance.yaml", 7, f"choose.{next(iter(choose))}")
    assert said in problem.text("en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("share: {choose: shar}", "no parameter shar"),
        ("share: {choose: [share]}", "names one parameter"),
        ("share: {choose: word, x: 10%, z: 20%, y: 30%, 25%: 1%}", "z is not one of"),
        ("share: {choose: word, y: 10%}", "nothing is given for the value x"),
        ("days: {when: {word: x}, weekdays: [mon]}", "not here"),
        ("when: {word: z}", "z is not one of"),
        ("when: {wrod: x}", "no parameter wrod"),
        ("when: {word: {min: 1}}", "is no count"),
        ("when: {word: {most: 1}}", "a condition on word is a value"),
        ("when: {}", "`when` holds parameters"),
        ("applies_to: {in: s}", "no set s"),
        ("applies_to: everybody", "expected a selector"),
        ("lifts: [B]", "no rule B"),
    ],
)
def test_bad_circular_is_refused_where_it_is_wrong(text: str, said: str) -> None:
    """What the circular itself gets wrong is said with its own line, once."""
    with pytest.raises(InputError) as caught:
        rule(text)
    [problem] = caught.value.problems
    assert (problem.where.file, problem.where.line) == ("small.yaml", 18)
    assert said in problem.text("en")


def test_set_that_names_itself_is_refused() -> None:
    """A loop of sets has no meaning."""
    with pytest.raises(InputError, match="defined by itself"):
        rule("applies_to: {in: s}", more="sets: {s: {in: t}, t: {in: s}}")


def test_set_of_which_nothing_is_left_is_refused() -> None:
    """An empty set would mean nobody in one place and everybody in another."""
    with pytest.raises(InputError, match="nothing is left of the set s"):
        rule("applies_to: {in: s}", more="sets: {s: {when: {word: y}, ranks: [a]}}")


def test_sets_in_a_list_of_selections() -> None:
    """Cohorts are selections like others: each may name a set."""
    found = rule("cohorts: [{in: s}, [{ranks: [b]}, {ranks: [c]}]]", more="sets: {s: {ranks: [a]}}")
    assert found["cohorts"] == [[{"within": [{"ranks": ["a"]}]}], [{"ranks": ["b"]}, {"ranks": ["c"]}]]
