"""What a circular file may say, and what is said about one that says something else."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from giliran.circulars import Circular, load_circular, resolve
from giliran.errors import InputError
from giliran.text import parse_document
from tests.circulars.small import CAP, HEAD, read


def test_head_is_read() -> None:
    """Dates, an open end and a single number are read as what they are."""
    circular = read(CAP)
    assert circular.in_force.start == dt.date(2021, 7, 12)
    assert circular.in_force.to is None
    assert circular.number == ("1/2021",)
    assert circular.rules[0].fields == {"share": "25%"}


@pytest.mark.parametrize("force", ["to: 2021-08-01, known_to: 2021-07-20", "to: open, known_to: 2021-07-01"])
def test_last_day_known(force: str) -> None:
    """The last day on which an open letter is known to hold is refused beside a last day, and before the first."""
    with pytest.raises(InputError):
        Circular.read(parse_document(HEAD.replace("to: open", force) + CAP, "small.yaml"))


def test_plain_question_stands_for_both_languages() -> None:
    """A question written once is asked in either language."""
    circular = read("parameters: {a: {default: x, values: [x, y], ask: Which?}}")
    ask = circular.parameters["a"].ask
    assert ask is not None
    assert (ask.text("en"), ask.text("id")) == ("Which?", "Which?")


def test_expected_tags_may_be_a_list() -> None:
    """Unit tags may be listed without questions."""
    assert list(read("expects: {units: {tags: [a, b]}}").expects.units.tags) == ["a", "b"]


def test_strange_lists_are_told() -> None:
    """Tags and references that are no words get a problem of ours, not a fault."""
    with pytest.raises(InputError):
        read("expects: {units: {tags: [{a: 1}]}}")
    with pytest.raises(InputError):
        resolve(read("rules: [{id: r, kind: office_cap, share: 25%, source: {row: own}, exempt: [[duty]]}]"), {})


def test_head_question_may_be_plain_or_in_both_languages() -> None:
    """The question about heads needs no `ask` around it."""
    for head in ("Who leads?", "{en: Who leads?, id: Siapa?}"):
        staff = read(f"expects: {{staff: {{head: '{head}'}}}}" if head[0] != "{" else f"expects: {{staff: {{head: {head}}}}}").expects.staff
        assert staff.head is not None
        assert staff.head.ask is not None
        assert staff.head.ask.text("en") == "Who leads?"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("rulez: []", 9, "unknown key rulez"),
        ("parameters: {a: {default: x}}", 9, "either `values` or `type`"),
        ("parameters: {a: {default: z, values: [x, y]}}", 9, "z is not one of x and y"),
        ("parameters: {a: {default: x, values: [x]}}", 9, "at least two"),
        ("parameters: {a: {default: 120%, type: share}}", 9, "'120%' is not between 0% and 100%"),
        ("parameters: {a: {default: 25, type: share}}", 9, "no percent sign"),
        ("parameters: {a: {default: -1, type: count}}", 9, "-1 is not a count"),
        ("parameters: {a: {default: fry, type: weekday}}", 9, "Did you mean fri"),
        ("parameters: {a: {default: [], type: levels}}", 9, "at least one level"),
        ("parameters: {a: {default: x, type: sort}}", 9, "sort is not expected here"),
        ("expects: {units: {sector: {values: [a, b], default: c}}}", 9, "the default c is not one of a and b"),
        ("rules:\n  - {id: A, kind: office_cap}\n  - {id: A, kind: office_cap}", 1, "the id A is used more than once"),
        ("rules:\n  - {id: a/b, kind: office_cap}", 10, "a/b cannot be a name"),
        ("rules:\n  - {kind: office_cap}", 10, "the key id is missing"),
        ("rules:\n  - {id: A, kind: office_cap, source: {row: A}}", 10, "the key via is missing"),
        ("not_rules: [A]", 9, "expected keys with values"),
    ],
)
def test_bad_file_gets_one_clear_message(text: str, line: int, said: str) -> None:
    """Each mistake is named with its line, and nothing else is said."""
    with pytest.raises(InputError) as caught:
        read(text)
    [problem] = caught.value.problems
    assert problem.where.file == "small.yaml"
    assert problem.where.line == line
    assert said in problem.text("en")
    assert problem.said.text("id") != problem.said.text("en")


def test_unknown_key_offers_the_nearest() -> None:
    """A mistyped key deep in the file is met with the one that was meant."""
    with pytest.raises(InputError, match="Did you mean default") as caught:
        read("parameters: {a: {defualt: x, values: [x, y]}}")
    assert "unknown key defualt" in caught.value.text()


def test_all_problems_come_at_once() -> None:
    """Two mistakes make two problems."""
    with pytest.raises(InputError) as caught:
        read("rulez: []\nnumbr: 5")
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: small", "name: own", "the name own is kept"),
        ("to: open", "to: 2021-07-01", "before it begins"),
        ("schema: giliran-circular/1", "schema: giliran/1", "of the form giliran/1; expected giliran-circular/1"),
        ("authority: regency", "authority: village", "village is not expected here"),
        ("date: 2021-07-09", "date: 13/13/2021", "13"),
    ],
)
def test_bad_head_is_refused(old: str, new: str, said: str) -> None:
    """The head of the file is checked like the rest."""
    with pytest.raises(InputError, match=re.escape(said)):
        Circular.read(parse_document(HEAD.replace(old, new), "small.yaml"))


def test_file_that_is_a_list_is_refused() -> None:
    """A circular is a mapping."""
    with pytest.raises(InputError, match="not a mapping"):
        Circular.read(parse_document("- a\n- b\n", "small.yaml"))


def test_unknown_name_offers_the_nearest() -> None:
    """A mistyped packaged name is met with the one that was meant."""
    with pytest.raises(InputError, match="Did you mean muba-2020"):
        load_circular("muba-2021")


def test_file_by_its_path(tmp_path: Path) -> None:
    """A name with the ending of a file is a path."""
    (tmp_path / "se.yaml").write_text(HEAD + CAP, encoding="utf-8")
    assert load_circular(tmp_path / "se.yaml").name == "small"


def test_json_schema_names_every_key() -> None:
    """The schema that is shipped is made from the model and uses the file's own spelling."""
    schema = Circular.model_json_schema(by_alias=True)
    assert {"schema", "in_force", "not_rules"} <= schema["properties"].keys()
