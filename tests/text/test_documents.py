"""Documents keep what was typed and know where it stood."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from giliran.errors import InputError, Problem
from giliran.text import Document, documents, json_errors, parse_document, read_document, read_documents, yaml_reader


def _problems(text: str, name: str = "f.yaml") -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        parse_document(text, name)
    return caught.value.problems


_TYPED = (
    "50:50",
    "13:30",
    "010",
    "no",
    "on",
    "yes",
    "off",
    "1e5",
    "1.98E+17",
    "2021-07-12",
    "25%",
    "2.5",
    "0x1F",
    "1_000",
    "+3",
    "-0",
    "True",
)


@pytest.mark.parametrize("text", _TYPED)
def test_stays_as_typed(text: str) -> None:
    """What looks like a ratio, time, date, switch or decimal stays the text that was typed, as value, item and key."""
    assert parse_document(f"a: {text}\nb: [{text}]\n{text}: 1\n", "f.yaml").data == {"a": text, "b": [text], text: 1}


def test_typed_values() -> None:
    """Only true, false, null, ~, nothing and plain integers get a type."""
    data = parse_document("[true, false, null, ~, 0, -3, 142, 000000000000000142, 198001012005011001]\n", "f.yaml").data
    assert data == [True, False, None, None, 0, -3, 142, "000000000000000142", 198001012005011001]
    assert parse_document("a:\nb: 'true'\nc: \"5\"\nd: !!str 7\n", "f.yaml").data == {"a": None, "b": "true", "c": "5", "d": "7"}


_NESTED = """\
title: x
rules:
  - {id: a, share: 25%}
  - id: b
    units: [u,
      v]
    text: |
      two
      lines
"""


@pytest.mark.parametrize(
    ("path", "line", "field"),
    [
        ((), 1, ""),
        (("title",), 1, "title"),
        (("rules",), 2, "rules"),
        (("rules", 0, "share"), 3, "rules[0].share"),
        (("rules", 1), 4, "rules[1]"),
        (("rules", 1, "units", 1), 6, "rules[1].units[1]"),
        (("rules", 1, "text"), 7, "rules[1].text"),
        (("rules", 1, "missing", "deep"), 4, "rules[1].missing.deep"),
        (("rules", 7, "share"), 2, "rules[7].share"),
        (("title", "x", 3), 1, "title.x[3]"),
    ],
)
def test_where_in_yaml(path: tuple[str | int, ...], line: int, field: str) -> None:
    """A path gives the line of its key or item, or that of the nearest ancestor, and the field in full."""
    where = parse_document(_NESTED, "f.yaml").where(path)
    assert (where.file, where.line, where.field) == ("f.yaml", line, field)


def test_where_in_json() -> None:
    """JSON knows its lines as YAML does."""
    document = parse_document('{"a": 1,\n "rules": [\n  {"id": "x"},\n  {"id":\n "y\\""}\n]}', "f.json")
    assert [document.where(path).line for path in (("a",), ("rules",), ("rules", 0, "id"), ("rules", 1), ("rules", 1, "id"))] == [
        1,
        2,
        3,
        4,
        4,
    ]


def test_duplicate_keys() -> None:
    """Every key that stands twice is told, with both lines, in both languages."""
    first, second = _problems("a: 1\nb:\n  c: 2\n  c: 3\na: 4\n")
    assert first.text() == "f.yaml:4: b.c: the key 'c' stands twice, on line 3 and on line 4\n  Keep one of the two."
    assert second.text("id") == "f.yaml:5: a: kunci 'a' tertulis dua kali, pada baris 1 dan baris 5\n  Sisakan salah satunya."


def test_duplicate_keys_in_json() -> None:
    """JSON tells its duplicate keys too, with their paths."""
    found = _problems('{"a": [{}, {"b": 1,\n"b": 2}],\n"a": {"c": 1}}', "f.json")
    assert [(problem.where.line, problem.where.field) for problem in found] == [(2, "a[1].b"), (3, "a")]


def test_anchor_and_merge() -> None:
    """An alias stands for its anchor, and << adds the keys that are not there; both point to where they stand."""
    document = parse_document("base: &b {x: 1, y: 2}\nuse: *b\nmore:\n  y: 3\n  <<: *b\nlist: [{<<: [*b, {z: 4}]}]\n", "f.yaml")
    assert document.data == {
        "base": {"x": 1, "y": 2},
        "use": {"x": 1, "y": 2},
        "more": {"y": 3, "x": 1},
        "list": [{"x": 1, "y": 2, "z": 4}],
    }
    assert [document.where(path).line for path in (("use",), ("more", "y"), ("more", "x"), ("list", 0, "z"))] == [2, 4, 1, 6]


def test_billion_laughs() -> None:
    """Aliases that stand for more values than the limit are refused at once."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    (problem,) = _problems("\n".join(lines))
    assert f"more than {yaml_reader.MAX_ALIASED} values" in problem.text()


def test_alias_depth() -> None:
    """Aliases cannot nest deeper than the limit either."""
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, yaml_reader.MAX_DEPTH + 2)]
    (problem,) = _problems("\n".join(lines))
    assert "nested deeper than 100 levels" in problem.text()


@pytest.mark.parametrize("name", ["f.yaml", "f.json"])
def test_depth(name: str) -> None:
    """A hundred levels are read, one more is refused, and a million end as fast."""
    assert parse_document("[" * 100 + "]" * 100, name).data != []
    for depth in (101, 1_000_000):
        (problem,) = _problems("[" * depth, name)
        assert (problem.where.line, problem.said.text()) == (1, "nested deeper than 100 levels")


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of too many values is refused with advice to use CSV."""
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 10)
    (problem,) = _problems("- a\n" * 11)
    assert problem.where.line == 11
    assert "CSV" in problem.text()


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """A file above the size limit is refused before it is parsed, with the limit and advice."""
    monkeypatch.setattr(documents, f"MAX_{ending.upper()}_BYTES", 2_000_000)
    path = tmp_path / f"large.{ending}"
    path.write_bytes(b"[" * 2_000_001)
    with pytest.raises(InputError, match=r"larger than 2 MB[^\n]*\n[^\n]*CSV"):
        read_document(path)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a:\n\t- b", 2, "a tab stands"),
        ("a: b: c", 1, "second ': '"),
        ("a: 1\nb: [1,\n2", 3, "opened on line 2"),
        ("x: 1\na: 'x", 2, "opened on line 2 is never closed"),
        ("a: @x", 1, "cannot begin with @"),
        ("a:\n  b: 1\n c: 2", 3, "indentation"),
        ("a: 1\njust words\n", 2, "neither 'key: value'"),
        ('a: "\\q"', 1, "backslash"),
        ("a: - b", 1, "a list may not begin here"),
        ("a: *x", 1, "refers to no anchor &x"),
        ("a: &x [*x]", 1, "refers to no anchor &x"),
        ("a: !!python/object:os.system x", 1, "the tag !!python/object:os.system"),
        ("[a]: 1", 1, "a key must be a word"),
        ("<<: 3", 1, "<< takes a mapping"),
        ("a: 1\nb: \x01", 2, "U+0001"),
        ("%YAML 3.0\n---\na", 1, "not valid YAML"),
        ("a: 1\n---\nb: 2", 3, "a second document begins"),
        ("a: ]", 1, "nothing is open that ] could close"),
        ("a: [b,\n, c]", 2, "a value was expected inside the brackets"),
        ("a: 1\nb: [{x: 1}, \n\n", 2, "opened on line 2 is not closed"),
        ("é😀: @x", 1, "cannot begin with @"),
        ("a: 'b\n---\nc'", 2, "opened on line 1 is never closed"),
        ("- a\nb: 1", 2, "indentation"),
        ("[" * 5000, 1, "nested deeper than 100"),
        ("- " * 5000, 1, "nested deeper than 100"),
        ("{a: " * 101, 1, "nested deeper than 100"),
    ],
)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_bad_yaml(monkeypatch: pytest.MonkeyPatch, text: str, line: int, words: str, loader: str) -> None:
    """Bad YAML gives its line and what stands there, by libyaml as by PyYAML alone, and whatever words they have for it."""
    monkeypatch.setattr(yaml_reader, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    parse = yaml.parse

    def wordless(*args: Any, **options: Any) -> Iterator[Any]:
        try:
            yield from parse(*args, **options)
        except yaml.MarkedYAMLError as error:
            error.problem, error.context = "in other words", error.context and "elsewhere"
            raise

    monkeypatch.setattr(yaml, "parse", wordless)
    problem = _problems(text)[-1]
    assert problem.where.line == line
    assert words in problem.text()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,\n "b": }', 2, "a value was expected"),
        ('{"a" 1}', 1, "a colon is missing"),
        ("[1\n 2]", 2, "a comma or a closing bracket"),
        ("{a: 1}", 1, "a key in double quotes"),
        ('["abc', 1, "never closed"),
        ('["a\tb"]', 1, "holds a tab"),
        ('["\\x"]', 1, "backslash"),
        ("[1,\nNaN]", 2, "NaN is not a number"),
        ("[1,\n-Infinity]", 2, "-Infinity is not a number"),
        ("[1]\n[2]", 2, "more follows"),
        ('[\n"\\ud800"]', 2, "half of a character"),
        ("[1,\n]", 2, "a comma too many"),
        ('{"a": 1,}', 1, "a comma too many"),
        ('{"a":}', 1, "a value was expected"),
        ("[1}", 1, "a comma or a closing bracket"),
        ('{"a": 1', 1, "a comma or a closing bracket"),
        ("[01]", 1, "a value was expected"),
    ],
)
def test_bad_json(text: str, line: int, words: str) -> None:
    """Bad JSON gives its line and what stands there."""
    (problem,) = _problems(text, "f.json")
    assert problem.where.line == line
    assert words in problem.text()


def test_faults_of_json_are_where_json_sees_them() -> None:
    """A text is found faulty exactly when the json module refuses it."""
    dice = random.Random(20210712)
    whole = '{"a": [1, 2.5e3, "x\\n\\u00e9", true, null, {}], "b": {"c": []}}'
    for _ in range(5_000):
        signs = list(whole)
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(signs))
            signs[at : at + dice.randint(0, 1)] = dice.choice(["", *'[]{},:"\\ \n\t1a-.'])
        text = "".join(signs)
        try:
            json.loads(text)
        except json.JSONDecodeError:
            assert "not valid JSON" not in json_errors.syntax_problem(text, "f.json", 0).text()
        else:
            assert "not valid JSON" in json_errors.syntax_problem(text, "f.json", 0).text()


def test_json_numbers() -> None:
    """JSON integers are exact; a decimal or exponent stays text; so does a row of digits too long for a number."""
    data = parse_document(f'[198001012005011001, -7, 1.5, 1e5, {"9" * 5000}, "\\ud83d\\ude00"]', "f.json").data
    assert data == [198001012005011001, -7, "1.5", "1e5", "9" * 5000, "\U0001f600"]


@pytest.mark.parametrize("text", ["", " \n", "# only a comment\n", "---\n"])
def test_empty(text: str) -> None:
    """A document without content is refused."""
    assert _problems(text)[0].text() == "f.yaml: the file is empty"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """A document is read in any usual encoding."""
    path = tmp_path / "f.YML"
    path.write_bytes("nama: José\n".encode(encoding))
    assert read_document(path).data == {"nama": "José"}


def test_several_documents(tmp_path: Path) -> None:
    """A YAML file may hold several documents, each with its own lines and anchors; empty ones are left out."""
    path = tmp_path / "f.yaml"
    path.write_text("# first\n---\na: 1\n---\n# nothing\n---\nb:\n  c: 2\n")
    first, second = read_documents(path)
    assert (first.data, second.data) == ({"a": 1}, {"b": {"c": 2}})
    assert (first.where(("a",)).line, second.where(("b", "c")).line) == (3, 8)


def test_names(tmp_path: Path) -> None:
    """A missing file offers its nearest neighbour; a wrong ending and a folder are told."""
    (tmp_path / "instance.yaml").write_text("a: 1")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(InputError, match=r"no such file\n  Did you mean instance.yaml\?"):
        read_document(tmp_path / "instanse.yaml")
    with pytest.raises(InputError, match=r"must end in \.yaml, \.yml, \.json"):
        read_document(tmp_path / "instance.txt")
    with pytest.raises(InputError, match="this is a folder"):
        read_document(tmp_path / "folder.yaml")


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pure Python parser reads the same values and lines."""
    fast = parse_document(_NESTED, "f.yaml")
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    slow = parse_document(_NESTED, "f.yaml")
    assert slow.data == fast.data
    assert slow.where(("rules", 1, "units", 1)) == fast.where(("rules", 1, "units", 1))
    assert "a tab stands" in _problems("a:\n\t- b")[0].text()


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"], exclude_characters="\ufeff"), max_size=8
)
_TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc<: 01", max_size=4), inner, max_size=3),
    max_leaves=12,
)


def _lines(document: Document, value: object, path: tuple[str | int, ...] = ()) -> list[int]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [document.where(path).line, *(line for key, item in items for line in _lines(document, item, (*path, key)))]


@given(_TREES.filter(lambda tree: tree is not None))
def test_round_trip(tree: object) -> None:
    """What the json module writes is read back, as JSON and as YAML, with the same lines."""
    text = json.dumps(tree, indent=1, ensure_ascii=False)
    strict, lenient = parse_document(text, "f.json"), parse_document(text, "f.yaml")
    assert strict.data == lenient.data == tree
    assert _lines(strict, tree) == _lines(lenient, tree)
