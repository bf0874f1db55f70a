"""Single values of YAML and JSON texts change, and nothing else does."""

from __future__ import annotations

import json

import pytest

from giliran.errors import InputError
from giliran.text.documents import parse_document
from giliran.text.revising import revised, without_item

BLOCK = """# a comment
title: x  # kept
circulars:
  - name: umum
    choose:
      limit: 25%   # the letter
      duty: 2
rules:
  # caps
  - id: cap
    kind: office_cap
    max: 3
  - {id: run, kind: consecutive, max: 2}
"""


def test_a_scalar_in_a_block() -> None:
    """Only the value changes; comments beside it stay."""
    text = revised(BLOCK, ["circulars", 0, "choose", "limit"], "30%")
    assert text == BLOCK.replace("limit: 25%", "limit: 30%")


def test_a_scalar_in_a_flow_mapping() -> None:
    """The same inside braces."""
    assert revised(BLOCK, ["rules", 1, "max"], 3) == BLOCK.replace("max: 2}", "max: 3}")


def test_a_new_key() -> None:
    """A key that is missing is put into its mapping, in either style."""
    flow = revised(BLOCK, ["rules", 1, "strength"], "should")
    assert flow == BLOCK.replace("max: 2}", "max: 2, strength: should}")
    block = parse_document(revised(BLOCK, ["circulars", 0, "choose", "leaders"], "left_out"), "x.yaml").data
    assert block["circulars"][0]["choose"] == {"leaders": "left_out", "limit": "25%", "duty": 2}  # type: ignore[index, call-overload]


@pytest.mark.parametrize("entry", ["{name: umum}", "name: umum", "{name: umum, choose: {}}", "name: umum\n  choose:"])
def test_a_mapping_that_is_missing_or_empty(entry: str) -> None:
    """`choose` is made where there is none."""
    text = f"circulars:\n- {entry}\nz: 1\n"
    changed = parse_document(revised(text, ["circulars", 0, "choose", "duty"], 1), "x.yaml").data
    assert changed == {"circulars": [{"name": "umum", "choose": {"duty": 1}}], "z": 1}


def test_a_list_in_the_place_of_one() -> None:
    """A block list is replaced by one line."""
    for indent in ("", "  "):
        text = f"a: 1\nlist:\n{indent}- x\n{indent}- {{y: 1}} # of y\n\n# of b\nb: 2\n"
        assert revised(text, ["list"], ["z"]) == "a: 1\nlist: [z] # of y\n\n# of b\nb: 2\n"


def test_words_that_yaml_reads_otherwise_are_quoted() -> None:
    """Whatever is written is read again as the same text."""
    for word in ("25%", "a b", "x: y", "#", "", "é", "[", "own/cap", "2021-07-12"):
        assert parse_document(revised("a: 1\n", ["a"], word), "x.yaml").data == {"a": word}


def test_json_stays_json() -> None:
    """Texts are quoted, and new keys too."""
    text = '{"rules": [{"id": "cap", "max": 3}],\n "title": "x"}\n'
    changed = revised(text, ["rules", 0, "strength"], "should", quoted=True)
    assert json.loads(changed) == {"rules": [{"id": "cap", "max": 3, "strength": "should"}], "title": "x"}
    assert changed.endswith(',\n "title": "x"}\n')


def test_line_ends_and_wide_letters() -> None:
    """Places are counted in letters, whatever ends a line."""
    text = "t: 日本 é\r\nrules:\r\n- {id: ü, max: 1}\r\n"
    assert revised(text, ["rules", 0, "max"], 2) == text.replace("max: 1", "max: 2")


def test_what_stands_elsewhere_is_refused() -> None:
    """An alias would change in two places."""
    text = "a: &x {limit: 1}\nb: *x\n"
    with pytest.raises(InputError, match="by an anchor"):
        revised(text, ["b", "limit"], 2, file="f.yaml")


@pytest.mark.parametrize("item", range(3))
def test_an_item_goes(item: int) -> None:
    """One item of a list goes with its lines and its comment; others stay as they are."""
    parts = ["  - {id: a}  # first\n", "  # second\n  - id: b\n    max: 1\n", "  - {id: c}\n"]
    text = "rules:\n" + "".join(parts) + "z: 1\n"
    left = [part for k, part in enumerate(parts) if k != item]
    changed = without_item(text, ["rules", item])
    assert changed.replace("  # second\n", "") == ("rules:\n" + "".join(left) + "z: 1\n").replace("  # second\n", "")
    flow = "rules: [{id: a}, {id: b},\n {id: c}]\n"
    ids = [{"id": letter} for k, letter in enumerate("abc") if k != item]
    assert parse_document(without_item(flow, ["rules", item]), "x.yaml").data == {"rules": ids}


def test_the_only_item_goes() -> None:
    """An empty list stays."""
    assert without_item("rules:\n- {id: a}\nz: 1\n", ["rules", 0]) == "rules: []\nz: 1\n"
