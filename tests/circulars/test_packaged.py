"""The circulars that come with giliran are whole: every row, every choice, both languages."""

from __future__ import annotations

import re

import pytest

from giliran import Instance, solve
from giliran.circulars import Circular, check_circular, describe, load_circular, packaged, resolve
from giliran.domain.place import Place

ROWS = {
    "lampung-2021": [f"L{n}" for n in range(1, 16)],
    "kaltim-2021": [f"K{n}" for n in range(1, 7)],
    "bandar-lampung-2020": [f"B{n}" for n in range(1, 10)],
    "muba-2020": [f"M{n}" for n in range(1, 9)],
    "tubaba-2021": [f"T{n}" for n in range(1, 8)],
}


@pytest.fixture(params=packaged())
def circular(request: pytest.FixtureRequest) -> Circular:
    """Each packaged circular."""
    return load_circular(request.param)


def test_seven_are_packaged() -> None:
    """The five letters, the Friday regime and the ordinary letter come with giliran."""
    assert set(packaged()) == {*ROWS, "friday-2026", "umum"}


def test_name_is_the_files(circular: Circular) -> None:
    """A circular is found under the name that it gives itself."""
    assert load_circular(circular.name) == circular


def test_check_finds_nothing(circular: Circular) -> None:
    """Every value of every parameter, and every pair, gives rules that can be read."""
    assert [problem.text() for problem in check_circular(circular)] == []


@pytest.mark.parametrize("name", ROWS)
def test_every_row_of_the_letter_is_accounted_for(name: str) -> None:
    """Each row is a rule, a goal, or listed with the reason why it is neither."""
    circular = load_circular(name)
    sources = [rule.source.row for rule in (*circular.rules, *circular.goals) if rule.source]
    found = {row for source in (*sources, *circular.not_rules) for row in rows_of(source)}
    assert found - {"none"} == set(ROWS[name])


def rows_of(source: str) -> list[str]:
    """Rows that a source names: "L8-L9" are two, "B1/B5" are two."""
    span = re.fullmatch(r"([A-Z])(\d+)-\1(\d+)", source)
    if span:
        return [f"{span[1]}{n}" for n in range(int(span[2]), int(span[3]) + 1)]
    return source.split("/")


def test_row_outside_the_letter_says_so(circular: Circular) -> None:
    """What the letter does not say is not on by default, unless another letter asks for it."""
    on = {rule["id"]: rule["source"] for rule in resolve(circular).rules}
    silent = {id_ for id_, source in on.items() if source["row"] == "none"}
    assert silent <= {"muba-2020/M-leaders"}  # SE MenPANRB 19/2020, the letter's parent


def test_quotations_are_not_empty(circular: Circular) -> None:
    """A rule that stands in a letter of 2020 or 2021 is quoted."""
    if circular.name in ROWS:
        assert all(rule.source and rule.source.quote for rule in circular.rules if rule.source and rule.source.row != "none")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_description_is_whole(circular: Circular, lang: str) -> None:
    """Every parameter has its question and default in either language."""
    page = describe(circular, lang)  # type: ignore[arg-type]
    assert page.name == circular.name
    assert all(parameter.question and parameter.default for parameter in page.parameters)
    assert all(expected.question for expected in page.expects)
    assert [rule.id for rule in page.rules] == [rule.id for rule in circular.rules]


def test_lampung_leaders_left_out_leave_the_cap() -> None:
    """With `leaders: left_out` officials leave numerator and denominator of L4; with `base_only` the denominator keeps them."""
    circular = load_circular("lampung-2021")

    def cap(leaders: str) -> dict[str, object]:
        [found] = [rule for rule in resolve(circular, {"leaders": leaders}).rules if rule["id"] == "lampung-2021/L4"]
        return found

    officials = [{"ranks": ["jpt_madya", "jpt_pratama", "administrator", "pengawas"]}]
    assert cap("counted")["applies_to"]["within"] == [{}]  # type: ignore[index]
    assert cap("left_out")["applies_to"]["within"] == [{"except": officials}]  # type: ignore[index]
    assert "base" not in cap("left_out")
    assert cap("base_only")["applies_to"]["within"] == [{"except": officials}]  # type: ignore[index]
    assert cap("base_only")["base"]["within"] == [{}]  # type: ignore[index]


def test_lampung_cap_per_reaches_every_quarter() -> None:
    """The level at which 25 % is counted holds for essential and critical sectors; a hospital is a work unit by default."""
    circular = load_circular("lampung-2021")

    def per(**choose: str) -> dict[str, object]:
        return {rule["id"].partition("/")[2]: rule["per"] for rule in resolve(circular, choose).rules if rule.get("share") == "25%"}

    assert per() == {"L4": "opd", "L5": "uptd", "L6": ["uptd", "opd"], "L10": "opd"}
    assert per(cap_per="leaf") == {"L4": "leaf", "L5": "uptd", "L6": "leaf", "L10": "leaf"}


def test_lampung_uptd_limit_is_relaxed_only_when_asked() -> None:
    """L5 is 25 % with a way up to 50 %, or one of the two flat."""
    circular = load_circular("lampung-2021")
    for choice, share, relaxed in (("relax", "25%", True), ("25%", "25%", False), ("50%", "50%", False)):
        [cap] = [rule for rule in resolve(circular, {"uptd_limit": choice}).rules if rule["id"] == "lampung-2021/L5"]
        assert (cap["share"], "relax_to" in cap) == (share, relaxed)


def test_friday_without_limit_has_no_cap() -> None:
    """`home_limit: none` switches the region's own limit off; 50 % brings it."""
    circular = load_circular("friday-2026")
    assert "friday-2026/F-limit" in resolve(circular).switched_off
    [cap] = [rule for rule in resolve(circular, {"home_limit": "50%"}).rules if rule["id"] == "friday-2026/F-limit"]
    assert cap["share"] == "50%"
    assert cap["days"] == {"weekdays": ["fri"]}


def test_ordinary_letter_caps_either_side() -> None:
    """`side: home` turns the limit of the ordinary letter, and its aim, around."""
    circular = load_circular("umum")
    for side, kind, aim in (("office", "office_cap", "most_office"), ("home", "home_cap", "most_home")):
        found = resolve(circular, {"side": side, "limit": "75%"})
        [limit] = [rule for rule in found.rules if "share" in rule]
        assert (limit["kind"], limit["share"]) == (kind, "75%")
        assert found.goals[0]["aim"] == aim


def test_ordinary_letter_lets_duty_officers_off_the_limit() -> None:
    """`duty_in_limit: outside` exempts them; without duty officers there is nobody to exempt."""
    circular = load_circular("umum")
    for duty, exempt in ((2, ["umum/duty"]), (0, [])):
        found = resolve(circular, {"duty": duty, "duty_in_limit": "outside"})
        [limit] = [rule for rule in found.rules if rule["id"] == "umum/limit-office"]
        assert limit["exempt"] == exempt


WEEK = {"start": "2026-06-01", "end": "2026-06-05"}
STAFF = [
    {"id": id_, "opd": "Dinas A", "bidang": "Bidang X", "rank": "pelaksana", "status": status}
    for id_, status in (("A", "PNS"), ("B", "PPPK Paruh Waktu"), ("C", "PJLP"), ("D", "Alih daya"))
]


def places(name: str, **choose: object) -> list[str]:
    """Places of four people (two of them civil servants) from Monday to Friday under one circular, as letters of office and home."""
    result = solve(Instance.build(horizon=WEEK, staff=STAFF, circulars=[{"name": name, "choose": choose}]))
    assert result.schedule is not None
    return ["".join({Place.OFFICE: "o", Place.HOME: "h"}.get(Place(cell), "-") for cell in row) for row in result.schedule.place.tolist()]


def test_friday_keeps_all_but_civil_servants_in_the_office() -> None:
    """The Friday letter speaks of civil servants: cleaner and guard are in the office and outside the limit (1 June is a holiday)."""
    assert places("friday-2026") == ["-oooh", "-oooh", "-oooo", "-oooo"]
    assert places("friday-2026", contract_place="free") == ["-oooh"] * 4
    limited = places("friday-2026", home_limit="50%")  # 50 % of the two civil servants
    assert sorted(row[4] for row in limited[:2]) == ["h", "o"] and limited[2:] == ["-oooo", "-oooo"]


def test_ordinary_letter_about_civil_servants_alone() -> None:
    """With `contract: left_out` the limit counts civil servants, and all others are in the office unless they may be at home too."""
    here = places("umum", limit="50%", contract="left_out")
    assert all(sum(here[e][d] == "o" for e in (0, 1)) == 1 for d in range(1, 5)) and here[2:] == ["-oooo", "-oooo"]
    free = places("umum", side="home", limit="100%", contract="left_out", contract_place="free", never_empty="no")
    assert free == ["-hhhh"] * 4
    friday = places("umum", limit="none", home_day="fri", contract="left_out")
    assert friday == ["-oooh", "-oooh", "-oooo", "-oooo"]


@pytest.mark.parametrize(("start", "end", "told"), [("2026-07-27", "2026-07-31", False), ("2026-07-27", "2026-08-03", True)])
def test_friday_after_july(start: str, end: str, told: bool) -> None:
    """Nothing is known of the Friday letter after July 2026: a plan for later days says so, one up to then says nothing."""
    notes = Instance.build(horizon={"start": start, "end": end}, staff=STAFF, circulars=["friday-2026"]).notes
    assert any("periksa surat terbaru" in note.said.text("id") for note in notes) is told


DUTY_STAFF = [
    {"id": "P", "opd": "Dinas A", "bidang": "Bidang X", "rank": "pengawas", "status": "PNS"},
    {"id": "Q", "opd": "Dinas A", "bidang": "Bidang X", "rank": "pelaksana", "status": "PNS"},
    {"id": "K", "opd": "Dinas A", "bidang": "Bidang X", "rank": "pelaksana", "status": "Tenaga Kontrak"},
    {"id": "J", "opd": "Dinas A", "bidang": "Bidang X", "status": "PJLP"},
]


def eligible(**choose: object) -> str:
    """Ids of those who may be named for the duty of the ordinary letter."""
    instance = Instance.build(horizon=WEEK, staff=DUTY_STAFF, circulars=[{"name": "umum", "choose": {"duty": 2, **choose}}])
    [duty] = instance.view.duties
    return "".join(instance.facts.staff.ids[e] for e in sorted(duty.person.tolist()))


def test_chosen_duty_ranks_bind_everybody() -> None:
    """Chosen ranks leave out contract staff of other ranks too, unless those may be on duty whatever their rank; unchosen ones do not."""
    assert eligible() == "PQK"
    assert eligible(duty_ranks=["pengawas"]) == "P"
    assert eligible(duty_ranks=["pengawas", "fungsional", "pelaksana"]) == "PQK"  # K is a pelaksana, J has no rank
    assert eligible(duty_ranks=["pengawas"], duty_contract="may") == "PKJ"
    assert eligible(duty_contract="may") == "PQKJ"
    assert eligible(duty_contract="may_not") == "PQ"


def test_chosen_duty_ranks_leave_a_shortfall() -> None:
    """Two officers are asked of one pengawas: the pengawas alone is named, and the shortfall is told."""
    choose = {"duty": 2, "duty_ranks": ["pengawas"], "limit": "50%"}
    result = solve(Instance.build(horizon=WEEK, staff=DUTY_STAFF, circulars=[{"name": "umum", "choose": choose}]))
    assert result.schedule is not None
    assert result.schedule.duty["umum/duty"].any(axis=1).tolist() == [True, False, False, False]
    assert any("Bidang X: 2 duty officers are asked for, but" in finding.said.text() for finding in result.findings)
