"""Words that the planner typed and that name nothing here: in own rules, in a circular's own file, and among choices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from giliran.errors import InputError
from giliran.instance import Instance

WEEK = {"start": "2026-08-03", "end": "2026-08-07"}
UNITS = [
    {"id": "d", "name": "Dinas", "level": "opd", "tags": ["loket"]},
    {"id": "b", "name": "Bidang X", "level": "bidang", "parent": "d"},
]
STAFF = [
    {"id": "A", "unit": "d", "rank": "administrator", "status": "PNS", "tags": ["bendahara"]},
    {"id": "B", "unit": "b", "rank": "pelaksana", "status": "PNS"},
]
LETTER = """\
schema: giliran-circular/1
name: letter
title: Letter
issuer: Somebody
authority: regency
in_force: {{from: 2026-07-12, to: open}}
expects: {{units: {{tags: [lokett]}}}}
sets:
  front: {{unit_tags: [{tag}]}}
rules:
  - {{id: R1, kind: office_cap, max: 5, applies_to: {{in: front}}, source: {{row: 1, via: x}}}}
"""


def build(files: Path | None = None, **sections: Any) -> Instance:
    """An instance of one week, an agency with a division, two people."""
    return Instance.build({"horizon": WEEK, "units": UNITS, "staff": STAFF, **sections}, files=files)


def umum(**choose: Any) -> Instance:
    """The same under the ordinary letter."""
    return build(circulars=[{"name": "umum", "choose": choose}])


def notes(instance: Instance) -> list[str]:
    """Every note in English."""
    return [note.said.text("en") for note in instance.notes]


def problems(**sections: Any) -> list[tuple[str, str]]:
    """Where and what is wrong, in English."""
    with pytest.raises(InputError) as caught:
        build(**sections)
    return [(str(problem.where), problem.text("en")) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("choose", "word", "near"),
    [
        ({"leader_ranks": ["jpt_pratama", "adminstrator"]}, "adminstrator", "administrator"),
        ({"duty": 1, "duty_ranks": ["pelaksna"]}, "pelaksna", "pelaksana"),
        ({"duty": 1, "duty_per": ["bidangg", "opd"]}, "bidangg", "bidang"),
        ({"full_service_tags": ["lokat"]}, "lokat", "loket"),
        ({"full_service_functions": ["servis", "servicce"]}, "servicce", "service"),
    ],
)
def test_misspelt_choice(choose: dict[str, Any], word: str, near: str) -> None:
    """A chosen word that nothing here has is an error at its place where a near one exists."""
    [(where, text)] = problems(circulars=[{"name": "umum", "choose": choose}])
    assert where == f"circulars[0].choose.{[*choose][-1]}"
    assert f"'{word}'" in text and f"Did you mean {near}?" in text


@pytest.mark.parametrize(
    ("choose", "note"),
    [
        ({"full_service_tags": ["kebersihann"]}, "full_service_tags: kebersihann marks no unit here"),
        ({"full_service_tags": ["loket", "xyz"]}, "full_service_tags: xyz marks no unit here"),
        ({"full_service_tags": ["full_service"]}, "full_service_tags: full_service marks no unit here"),
        ({"full_service_functions": ["service"]}, "full_service_functions: nobody here has service"),
        ({"leader_ranks": ["JPT Madya"]}, "leader_ranks: nobody here has jpt_madya"),
        ({"duty": 1, "duty_per": ["whole"], "duty_ranks": ["Ketua Tim", "pelaksana"]}, "duty_ranks: nobody here has ketua_tim"),
    ],
)
def test_choice_in_vain(choose: dict[str, Any], note: str) -> None:
    """A chosen word without a near one is told with its key; so are packaged and default ones where all that was chosen reaches nobody."""
    assert note in notes(umum(**choose))


def test_what_was_never_asked_is_not_told() -> None:
    """Defaults that reach nobody, packaged words beside one that is here, and rules that no choice asks for are no notes."""
    assert not notes(umum())
    assert not notes(umum(limit="25%", duty=1, leader_ranks=["jpt_pratama", "Administrator"], leaders="left_out"))
    found = umum(leaders_place="office", leader_ranks=["jpt_madya"])
    assert "not applicable here: leaders and never-without-leader" in notes(found)
    told = [one.said.text("id") for one in found.notes]
    assert any("pimpinan tetap di kantor (leaders)" in said for said in told)  # a planner knows what she answered, not ids of rules


def test_own_levels() -> None:
    """A misspelt level is an error beside known ones too; a strange one is told, a packaged one that nothing here has is not."""

    def cap(*per: str) -> list[dict[str, Any]]:
        return [{"id": "cap", "kind": "office_cap", "max": 1, "per": [*per]}]

    [(where, text)] = problems(rules=cap("opd", "bidangg"))
    assert (where, "Did you mean bidang?" in text) == ("rules[0].per", True)
    assert "own/cap names words that nothing here has: xyz (per)" in notes(build(rules=cap("opd", "xyz")))
    assert not notes(build(rules=cap("uptd", "OPD", "irban")))


def test_words_of_a_letter_in_a_file(tmp_path: Path) -> None:
    """Words in a circular's own file, sets included, are checked as own rules are; those that it expects, and packaged letters, are not."""
    path, sections = tmp_path / "letter.yaml", {"files": tmp_path, "circulars": [{"file": "letter.yaml"}]}
    path.write_text(LETTER.format(tag="lokat"), encoding="utf-8")
    [(where, text)] = problems(**sections)
    assert where.endswith("rules[0].applies_to") and "Did you mean loket?" in text
    path.write_text(LETTER.format(tag="dermaga"), encoding="utf-8")
    assert "letter/R1 names words that nothing here has: dermaga (unit_tags)" in notes(build(**sections))
    path.write_text(LETTER.format(tag="lokett"), encoding="utf-8")
    assert notes(build(**sections))[0] == "not applicable here: R1"
    build(circulars=["lampung-2021"], staff=[{**STAFF[0], "rank": "pengawass"}])


def test_reasons_that_are_credited() -> None:
    """A misspelt reason under `credit` is an error, a strange one is told, a packaged one that nobody has now is not."""

    def days(word: str) -> list[dict[str, Any]]:
        return [{"id": "week", "kind": "days_per_person", "least": 1, "window": "week", "credit": [word]}]

    [(where, text)] = problems(rules=days("diklatt"))
    assert (where, "Did you mean diklat?" in text) == ("rules[0].credit", True)
    assert "own/week names words that nothing here has: upacara (credit)" in notes(build(rules=days("upacara")))
    assert not notes(build(rules=days("DL")))


def test_own_words_without_anything_near_are_a_note() -> None:
    """A mark that nobody has and that nothing here is like is told with its key; it is no error."""
    instance = Instance.build(
        horizon={"start": "2026-08-03", "end": "2026-08-03"},
        staff=[{"id": "A", "unit": "u"}],
        rules=[{"id": "rentan", "kind": "fixed_days", "place": "home", "applies_to": {"tags": ["hamil"]}}],
    )
    told = [note.said.text() for note in instance.notes]
    assert any("hamil" in text for text in told) and any("own/rentan" in text for text in told)


def test_a_missing_status_in_a_list_that_has_some() -> None:
    """Where a rule goes by statuses, whoever has none beside others who have is told; a list without any is not."""

    def told(statuses: list[str]) -> list[str]:
        staff = [{"id": id_, "unit": "u", "status": status} for id_, status in zip("AB", statuses, strict=True)]
        rule = {"id": "cap", "kind": "office_cap", "max": 1, "applies_to": {"except": {"statuses": ["non_asn"]}}}
        day = {"start": "2026-08-03", "end": "2026-08-03"}
        notes = [note.said.text() for note in Instance.build(horizon=day, staff=staff, rules=[rule]).notes]
        return [text for text in notes if text.startswith("no status")]

    assert told(["pns", ""]) == ["no status is given for 1 person (B), so no rule that selects by it means them"]
    assert told(["", ""]) == told(["pns", "honorer"]) == []


@pytest.mark.parametrize(("per", "told"), [("bidang", ["per: bidang marks no unit here"]), ("opd", []), ("leaf", []), ("whole", [])])
def test_a_level_that_was_chosen_and_is_not_here(per: str, told: list[str]) -> None:
    """A limit that should count per bidang where there is none counts per OPD, and the choice is told."""
    staff = [{"id": id_, "unit": f"Tim {unit}", "status": "pns", "rank": "pelaksana"} for id_, unit in zip("ABCD", "1122", strict=True)]
    letter = {"name": "umum", "choose": {"limit": "50%", "per": per}}
    day = {"start": "2026-08-03", "end": "2026-08-03"}
    assert [note.said.text() for note in Instance.build(horizon=day, staff=staff, circulars=[letter]).notes] == told
