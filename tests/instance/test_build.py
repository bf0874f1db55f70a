"""Instances from plain data: what each section makes of the facts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from giliran.domain.place import DayKind, Place
from giliran.errors import InputError
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.solving import solve

WEEK = {"start": "2021-07-12", "end": "2021-07-18"}
UNITS = [{"id": "a", "level": "opd"}, {"id": "a/b", "level": "bidang", "parent": "a"}]


def build(**sections: Any) -> Instance:
    """An instance of one week with two units and one person, some sections given."""
    given = {
        "horizon": WEEK,
        "calendars": {"office": {"holidays": "none"}},
        "units": UNITS,
        "staff": [{"id": "P1", "unit": "a"}],
        **sections,
    }
    return Instance.build(**given)


def kinds(instance: Instance, e: int = 0) -> str:
    """The days of one person: w works, c on call, - neither."""
    return "".join("-wc"[kind] for kind in instance.facts.kind[e])


def test_few_lines() -> None:
    """An instance in code needs a horizon and staff; the rest is optional."""
    instance = Instance.build(
        horizon={"start": dt.date(2021, 7, 12), "end": dt.date(2021, 7, 16)},
        staff=[{"id": f"P{k}"} for k in range(8)],
        rules=[{"kind": "office_cap", "share": "25%"}],
        goals=[{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
    )
    assert instance.facts.shape == (8, 5)
    assert [s.id for s in instance.view.statements if s.id.startswith("own/")] == ["own/office_cap", "own/office_target", "own/fair_share"]
    assert instance.seed == 20210712


def test_inheritance() -> None:
    """Sector, tags and calendar hold below a unit; own sectors replace those above, own tags are added."""
    units = [
        {"id": "c", "parent": "b", "tags": ["counter"]},
        {"id": "a", "sector": "essential", "tags": ["bapenda"], "calendar": "shift"},
        {"id": "b", "parent": "a", "sector": ["critical"]},
    ]
    tree = build(units=units, calendars={"shift": {}, "office": {}}).facts.units
    assert [unit.id for unit in tree.all] == ["a", "b", "c"]
    assert [unit.sectors for unit in tree.all] == [{"essential"}, {"critical"}, {"critical"}]
    assert [unit.tags for unit in tree.all] == [{"bapenda"}, {"bapenda"}, {"bapenda", "counter"}]
    assert {unit.calendar for unit in tree.all} == {"shift"}


def test_only_calendar() -> None:
    """Units that name no calendar have the only one that is written down."""
    calendars = {"six": {"workdays": ["mon", "tue", "wed", "thu", "fri", "sat"], "holidays": "none"}}
    assert kinds(build(calendars=calendars)) == "wwwwww-"


def test_unit_columns() -> None:
    """Columns opd, bidang and seksi make a tree; a declared unit is met by its name or id, a Sekretariat keeps its level."""
    staff = [
        {"id": "P1", "opd": "BPKAD", "bidang": "Bidang Anggaran", "seksi": "Seksi 1"},
        {"id": "P2", "opd": "BPKAD", "bidang": "Sekretariat"},
        {"id": "P3", "opd": "BPKAD"},
        {"id": "P4", "opd": "Dinas Sosial", "bidang": "Bidang Anggaran"},
    ]
    facts = build(units=[{"id": "keu", "name": "BPKAD", "level": "opd", "sector": "essential"}], staff=staff).facts
    place = [facts.units[int(unit)] for unit in facts.unit[:, 0]]
    assert [unit.id for unit in place] == ["keu/bidang-anggaran/seksi-1", "keu/sekretariat", "keu", "dinas-sosial/bidang-anggaran"]
    assert [unit.level for unit in place] == ["seksi", "sekretariat", "opd", "bidang"]
    assert place[0].sectors == {"essential"}


def test_signs_in_headings() -> None:
    """Headings of lists on paper are read whatever signs stand in them; of two that say the same the second one is unknown."""
    row = {"No.": "1", "NIP.": "7", "Pangkat/Gol. Ruang": "III/c", "Jenis-Jabatan": "Pelaksana", "Sub Bagian": "Umum", "No. HP": "08"}
    facts = build(staff=[row]).facts
    assert (facts.staff.ids, facts.units[int(facts.unit[0, 0])].name) == (("7",), "Umum")
    with pytest.raises(InputError, match="no-hp"):
        build(staff=[{**row, "No-HP": "09"}])


def test_words_in_their_usual_spelling() -> None:
    """Ranks, statuses and functions are one word however they are spelt, in tables and in selectors; others stay free."""
    staff = [
        {"id": "P1", "unit": "a", "rank": "JPT Pratama", "status": "P3K", "function": "Pelayanan"},
        {"id": "P2", "unit": "a", "rank": "Eselon II.a", "status": "Magang"},
    ]
    rules = [{"kind": "office_cap", "max": 1, "applies_to": {"ranks": "JPT Pratama", "statuses": ["magang", "p3k"]}}]
    instance = build(staff=staff, rules=rules)
    rows = instance.facts.postings
    assert rows.rank.words == ("jpt_pratama",)
    assert (rows.status.words, rows.function.words) == (("magang", "pppk"), ("service",))
    assert instance.view.cells(instance.rules[0])[:, 0].all()


@pytest.mark.parametrize(
    ("echelon", "rank"),
    [("II.a", "jpt_pratama"), ("IIIb", "administrator"), ("iv/a", "pengawas"), ("3", "administrator"), ("Eselon IV", "pengawas")],
)
def test_echelon(echelon: str, rank: str) -> None:
    """Under the heading `eselon` the bare number of an echelon is a rank; under `rank` it may be a grade, and stays as it is."""
    assert build(staff=[{"id": "P1", "unit": "a", "eselon": echelon}]).facts.postings.rank.words == (rank,)
    assert build(staff=[{"id": "P1", "unit": "a", "rank": "III/a"}]).facts.postings.rank.words == ("iii_a",)


def test_no_echelon() -> None:
    """An empty cell or a dash under `eselon` says nothing about the rank."""
    staff = [{"id": "P1", "unit": "a", "eselon": "-"}, {"id": "P2", "unit": "a", "eselon": ""}]
    assert build(staff=staff).facts.postings.rank.words == ()


def test_words_that_no_rule_knows() -> None:
    """A rank that neither giliran nor a rule knows is told once rules select by rank; a rule's own word is no stranger."""
    staff = [{"id": "P1", "unit": "a", "rank": "pelaksna"}, {"id": "P2", "unit": "a", "rank": "Ketua Tim"}, {"id": "P3", "unit": "a"}]
    rules = [{"kind": "office_cap", "max": 1, "applies_to": {"except": {"ranks": ["ketua_tim"]}}}]
    notes = [note.said.text() for note in build(staff=staff, rules=rules).notes if note.rule == "facts"]
    assert notes == ["the rank 'pelaksna' in the staff list is one that no rule selects by, people 1; did you mean pelaksana?"]
    assert not build(staff=staff, rules=[{"kind": "office_cap", "max": 1}]).notes


def test_people_without_a_rank() -> None:
    """A civil servant without a rank is told where a rule means people by theirs, not where it only leaves some out."""
    staff = [{"id": "P1", "unit": "a", "rank": "pelaksana"}, {"id": "P2", "unit": "a", "name": "Dua"}]
    staff.append({"id": "P3", "unit": "a", "status": "THL"})
    duty = {"kind": "duty_officers", "count": 1, "eligible": {"ranks": "pelaksana"}}
    told = [note.said.text() for note in build(staff=staff, rules=[duty]).notes if note.rule == "facts"]
    assert told == ["no rank is given for 1 person (Dua), so no rule that selects by it means them"]
    cap = {"kind": "office_cap", "max": 1, "applies_to": {"except": {"ranks": "administrator"}}}
    assert not [note for note in build(staff=staff, rules=[cap]).notes if note.rule == "facts"]


def test_rules_about_all_who_are_no_civil_servants() -> None:
    """`statuses: [non_asn]` means every status outside the civil service, and part-time PPPK stand inside it."""
    statuses = ["PNS", "PPPK Paruh Waktu", "PJLP", "Alih Daya", "BLUD non-PNS", "Magang"]
    staff = [{"id": f"P{k}", "unit": "a", "status": status} for k, status in enumerate(statuses)]
    rules = [{"kind": "office_cap", "max": 1, "applies_to": {"statuses": word}} for word in (["non_asn", "magang"], "asn")]
    instance = build(staff=staff, rules=rules)
    assert instance.view.cells(instance.rules[0])[:, 0].tolist() == [False, False, True, True, True, True]
    assert instance.view.cells(instance.rules[1])[:, 0].tolist() == [True, True, False, False, False, False]


def test_facts_that_change_nothing() -> None:
    """Wishes without their goal, and a published plan that nothing keeps to, are told; with the goals they are not."""
    wishes = [{"staff_id": "P1", "date": "2021-07-13", "place": "home"}]
    published = {"rows": [{"staff_id": "P1", "date": "2021-07-13", "place": "home"}]}
    goals = [{"kind": "office_target", "aim": "most_office"}]
    told = [note.said.text() for note in build(wishes=wishes, published=published, goals=goals).notes if note.rule == "facts"]
    assert [text.split(":")[0] for text in told] == [
        "the published plan may change without limit after the frozen days",
        "wishes for 1 day change nothing",
    ]
    kept = [*goals, {"kind": "stability"}, {"kind": "wishes"}]
    assert not [note for note in build(wishes=wishes, published=published, goals=kept).notes if note.rule == "facts"]
    frozen = {**published, "frozen_to": "2021-07-18"}
    assert not [note for note in build(published=frozen, goals=goals).notes if note.rule == "facts"]


def test_names_beside_ids() -> None:
    """A table about people may repeat their names for readers."""
    away = [{"nip": "P1", "nama": "Ani", "mulai": "2021-07-13", "jenis_cuti": "Cuti Tahunan"}]
    assert build(absences=away).facts.absent[0].tolist() == [False, True, False, False, False, False, False]


def test_moves() -> None:
    """A change holds from its day on; what it leaves empty stays, and one before the horizon holds from the first day."""
    changes = [
        {"staff_id": "P1", "from": "2021-07-14", "unit": "a/b", "rank": "pengawas"},
        {"staff_id": "P1", "from": "2021-07-15", "head": "yes"},
        {"staff_id": "P2", "from": "2021-07-01", "unit": "a/b"},
    ]
    staff = [{"id": "P1", "unit": "a", "rank": "pelaksana", "function": "admin"}, {"id": "P2", "unit": "a"}]
    facts = build(staff=staff, changes=changes).facts
    rows = facts.postings
    assert facts.unit[0].tolist() == [0, 0, 1, 1, 1, 1, 1]
    assert facts.unit[1].tolist() == [1] * 7
    ranks = [rows.rank.words[rows.rank.code[p]] for p in facts.posting[0]]
    assert ranks == ["pelaksana"] * 2 + ["pengawas"] * 5
    assert rows.head[facts.posting[0]].tolist() == [False] * 3 + [True] * 4
    assert set(rows.function.code[facts.posting[0]].tolist()) == {0}


def test_move_changes_calendar() -> None:
    """Whoever is moved works by the calendar of the new unit."""
    calendars = {"office": {"holidays": "none"}, "shift": {"workdays": ["sat", "sun"], "holidays": "none"}}
    units = [{"id": "a"}, {"id": "b", "calendar": "shift"}]
    assert kinds(build(calendars=calendars, units=units, changes=[{"staff_id": "P1", "from": "2021-07-15", "unit": "b"}])) == "www--ww"


def test_absences() -> None:
    """Absences are cut at the horizon, exist only where there is work, and may overlap for the same reason."""
    absences = [
        {"staff_id": "P1", "from": "2021-07-01", "to": "2021-07-12", "reason": "Cuti"},
        {"staff_id": "P1", "from": "2021-07-12", "to": "2021-07-13", "reason": "cuti tahunan"},
        {"staff_id": "P1", "from": "2021-07-16", "to": "2021-07-31", "reason": "DL"},
        {"staff_id": "P1", "from": "2021-08-16", "to": "2021-08-31"},
    ]
    instance = build(absences=absences)
    facts = instance.facts
    assert facts.absent[0].tolist() == [True, True, False, False, True, False, False]
    assert [facts.absence_reasons[k] for k in facts.reason[0] if k >= 0] == ["cuti", "cuti", "dinas_luar"]
    assert {"count": 1} in [note.said.values for note in instance.notes]


def test_home_only_and_office_only() -> None:
    """Marks are yes, dates, ranges and weekdays, and exist only where there is a cell."""
    staff = [
        {"id": "P1", "unit": "a", "home_only": "ya"},
        {"id": "P2", "unit": "a", "home_only": ["2021-07-13", "2021-07-15..2021-07-20"], "office_only": "mon"},
        {"id": "P3", "unit": "a", "home_only": "tidak"},
    ]
    facts = build(staff=staff).facts
    assert facts.home_only.sum(axis=1).tolist() == [5, 3, 0]
    assert facts.office_only[1].tolist() == [True, *[False] * 6]


def test_wishes() -> None:
    """A wish for a weekday means each such day; one for a date outranks it; wishes for days without work are counted in a note."""
    wishes = [
        {"staff_id": "P1", "weekday": "Jumat", "place": "WFH", "weight": 2},
        {"staff_id": "P1", "date": "2021-07-23", "place": "office"},
        {"staff_id": "P1", "date": "2021-07-24", "place": "office"},
    ]
    instance = build(horizon={"start": "2021-07-12", "end": "2021-07-25"}, wishes=wishes)
    found = instance.facts.wishes
    assert list(zip(found.day.tolist(), found.place.tolist(), found.weight.tolist(), strict=True)) == [
        (4, Place.HOME, 2),
        (11, Place.OFFICE, 1),
    ]
    assert [note.said.values["count"] for note in instance.notes if "not used" in note.said.text()] == [1]


def test_wish_on_a_call_day() -> None:
    """Home on a call day means off."""
    calendars = {"office": {"call_days": ["sat"], "holidays": "none"}}
    assert build(calendars=calendars, wishes=[{"staff_id": "P1", "weekday": "sat", "place": "home"}]).facts.wishes.place.tolist() == [
        Place.OFF
    ]


def test_pins() -> None:
    """A pin fixes a place and keeps its reason; on a day of absence it has no effect, which the audit tells."""
    instance = build(
        absences=[{"staff_id": "P1", "from": "2021-07-13", "reason": "sakit"}],
        pins=[
            {"staff_id": "P1", "date": "2021-07-12", "place": "home", "reason": "tamu"},
            {"staff_id": "P1", "date": "2021-07-13", "place": "office"},
        ],
    )
    assert instance.facts.pinned[0].tolist() == [Place.HOME, Place.OFFICE, 0, 0, 0, 0, 0]
    assert instance.facts.pin_reasons == {(0, 0): "tamu"}
    result = solve(instance)
    assert result.schedule.place[0, 1] == Place.ABSENT
    assert any("the pin (in the office) has no effect" in finding.said.text() for finding in result.findings)


def test_ledger() -> None:
    """A balance is the sum of burden minus share over periods, in thousandths, and may be brought forward."""
    ledger = [
        {"staff_id": "P1", "period": "w1", "burden": 3, "share": "2.25", "last_called": "2021-07-02"},
        {"staff_id": "P1", "period": "w2", "burden": 1, "share": "1,5", "last_called": "2021-07-01"},
        {"staff_id": "P1", "account": "piket", "balance": "-0.5"},
        {"staff_id": "gone", "burden": 1, "share": 1},
    ]
    instance = build(ledger=ledger)
    assert instance.facts.balance("office").tolist() == [250]
    assert instance.facts.balance("piket").tolist() == [-500]
    assert instance.facts.ledger["office"].last_called.tolist() == [dt.date(2021, 7, 2).toordinal()]
    assert any("ledger" in note.said.text() for note in instance.notes)


def test_ledger_rows_without_effect() -> None:
    """Rows of unknown people, of accounts that nothing keeps and of periods that are none are one note each, with their number."""
    ledger = [
        {"staff_id": "P1", "account": "pikett", "period": "2021-W26", "balance": 1},
        {"staff_id": "P1", "account": "pikett", "period": "2021-W27", "balance": 1},
        {"staff_id": "P1", "account": "office", "period": "minggu lalu", "balance": 1},
        {"staff_id": "gone", "period": "2021-W26", "balance": 1},
        {"staff_id": "gone", "period": "2021-W27", "balance": 1},
    ]
    goals = [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}]
    rules = [{"id": "piket", "kind": "duty_officers", "count": 1, "per": "opd"}]
    notes = [note.said.text() for note in build(ledger=ledger, goals=goals, rules=rules).notes if "ledger" in note.said.text()]
    assert [said.split(";")[0] for said in notes] == [
        "rows of the ledger in accounts that nothing here keeps, without effect: 2 (pikett)",
        "rows of the ledger about people who are not in the staff table, left out: 2",
        "ledger rows whose period is no day, week or month, such as 'minggu lalu': 1",
    ]
    assert notes[0].endswith("kept are: office and own/piket")


def test_conditions() -> None:
    """An entry without dates holds for the whole horizon, one without units everywhere, one without a value is `true`."""
    [entry] = build(conditions={"emergency": [{"units": ["a/b"]}]}).facts.conditions["emergency"]
    assert (entry.first, entry.last, entry.units, entry.value) == (dt.date(2021, 7, 12), dt.date(2021, 7, 18), (1,), "true")


def test_published_rows() -> None:
    """A published plan may stand in the data itself."""
    rows = [{"staff_id": "P1", "date": dt.date(2021, 7, 12), "place": "home"}, {"staff_id": "P1", "date": "2021-07-17", "place": "home"}]
    facts = build(published={"rows": rows, "frozen_to": "2021-07-18"}).facts
    assert facts.published[0].tolist() == [Place.HOME, 0, 0, 0, 0, 0, 0]
    assert facts.frozen[0].tolist() == [True, *[False] * 6]


def test_nip_stands_in_for_id() -> None:
    """A staff table with NIP and no ids is known by its NIP."""
    assert build(staff=[{"nip": "19800101 200501 1 001", "unit": "a"}]).facts.staff.ids == ("198001012005011001",)


def test_staff_order_is_print_order() -> None:
    """People keep the order of their rows."""
    staff = [{"id": id_, "unit": "a"} for id_ in ("P3", "P1", "P2")]
    assert build(staff=staff).facts.staff.ids == ("P3", "P1", "P2")


def test_problems_name_fields() -> None:
    """Without a file a problem names the field alone."""
    with pytest.raises(InputError) as caught:
        build(staff=[{"id": "P1", "unit": "a"}, {"id": "P2", "unit": "x"}])
    assert [str(problem.where) for problem in caught.value.problems] == ["staff[1].unit"]


def test_arrays_have_the_types_of_facts() -> None:
    """Arrays of facts have the types that rules count on."""
    facts = build().facts
    types = {"posting": np.int32, "kind": np.int8, "absent": np.bool_, "reason": np.int16, "published": np.int8, "past": np.int8}
    assert {name: getattr(facts, name).dtype for name in types} == {name: np.dtype(type_) for name, type_ in types.items()}
    assert facts.past.shape == (1, 0)
    assert facts.kind.max() == DayKind.WORK


@pytest.mark.parametrize(
    "sections",
    [
        {"ledger": [{"staff_id": "P1", "period": "2021-06", "burden": 1, "share": 0.5}]},
        {"title": 1.5, "staff": [{"id": "P1", "unit": "a", "name": 2.25}]},
        {"rules": [{"kind": "office_cap", "max": 2.0}]},
        {"rules": [{"kind": "office_cap", "share": 0.25}]},
        {"rules": [{"kind": "office_cap", "max": 1.5}], "horizon": {"start": 20210712.0, "end": 2021.5}},
        {"staff": [{"id": 1e22, "unit": "a"}]},
        {"ledger": [{"staff_id": "P1", "share": 1e-05}]},
    ],
    ids=str,
)
def test_numbers_with_fractions_mean_what_they_mean_in_a_file(sections: dict[str, Any], tmp_path: Path) -> None:
    """Numbers that a JSON file may hold are taken, or refused with the same words, from Python too."""
    given = {"schema": "giliran/1", "horizon": WEEK, "units": UNITS, "staff": [{"id": "P1", "unit": "a"}], **sections}
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(given), encoding="utf-8")

    def outcome(make: Callable[[], Instance]) -> list[str]:
        try:
            facts = make().facts
        except InputError as error:
            return [problem.said.text() for problem in error.problems]
        return [facts.title, *facts.staff.names, str(facts.balance("office").tolist())]

    assert outcome(lambda: Instance.build(given)) == outcome(lambda: load_instance(path))


def test_numbers_that_are_none() -> None:
    """What no JSON file can hold is refused."""
    with pytest.raises(InputError, match="a number"):
        build(ledger=[{"staff_id": "P1", "share": float("inf")}])
