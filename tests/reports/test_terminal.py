"""The report on a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console

from giliran.audit import audit
from giliran.domain.finding import Finding
from giliran.domain.place import Strength
from giliran.domain.status import Status, Stopped
from giliran.instance import Instance
from giliran.messages import LANGUAGES, Lang, plain
from giliran.reports import report_audit, report_result
from giliran.reports.terminal.grid import MOST_PEOPLE
from giliran.result import Result
from tests.plans import CROWDED, DUTY, GOOD, IDS, NOBODY, plan, result_of, small_instance


def shown(
    result: Result, lang: Lang = "en", *, width: int = 80, verbose: bool = False, files: tuple[str, ...] = (), whole: bool = True
) -> str:
    """What is printed about a result, by default with everything."""
    out = io.StringIO()
    screen = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    report_result(screen, result, lang, files=files, verbose=verbose, whole=whole)
    return out.getvalue()


def crowd(people: int, weeks: int = 1) -> Instance:
    """One bidang of many people."""
    last = f"2021-07-{11 + 7 * weeks}"
    staff = [{"id": f"P{k:03}", "unit": "u"} for k in range(people)]
    return small_instance(horizon={"start": "2021-07-12", "end": last}, staff=staff, absences=[])


def empty_plan(instance: Instance, status: Status = Status.OPTIMAL) -> Result:
    """Everybody at home."""
    rows = ["0" * instance.facts.num_days] * instance.facts.num_people
    return result_of(instance, plan(instance, rows, rows), status)


def test_week_grid() -> None:
    """Each person has a row, each day a column; named officers carry a star, leave its reason, an idle call day `off`."""
    text = shown(result_of(small_instance(), plan(small_instance())))
    rows = {line.split()[1]: line.split()[2:] for line in text.splitlines() if line.startswith("  Pegawai")}
    assert rows["0"] == ["WFO*", "WFO", "WFH", "WFH", "WFH", "off"]
    assert rows["1"] == ["WFH", "cuti", "WFO", "WFO*", "WFH", "off"]
    assert "* named for duty" in text


def test_people_of_one_name_are_told_apart() -> None:
    """Whoever shares a name has the id beside it, in the plan also when the name must be cut, and in sentences; others have not."""
    names = ["Siti Aminah", "Siti Aminah", "Muhammad Abdurrahman Wahid Putra Satu", "Muhammad Abdurrahman Wahid Putra Dua", "Budi"]
    staff = [{"id": f"19800101200501100{k}", "name": name, "unit": "u"} for k, name in enumerate(names)]
    text = shown(empty_plan(small_instance(staff=staff, absences=[], rules=[], goals=[])))
    rows = [line.strip() for line in text.splitlines() if line.startswith("  ") and "WFH " in line][:5]
    assert [row.split("  ")[0].split(" WFH")[0].strip() for row in rows] == [
        "Siti A… (198001012005011000)",
        "Siti A… (198001012005011001)",
        "Muhamm… (198001012005011002)",
        "Muhamm… (198001012005011003)",
        "Budi",
    ]
    assert "Siti Aminah (198001012005011000)" in " ".join(text.split())


def test_headcounts_with_both_numbers() -> None:
    """A limit is told with its sum and both numbers, and each day with people in the office and at home; a broken day is marked."""
    text = shown(result_of(small_instance(), plan(small_instance(), CROWDED)))
    assert "own/batas (row L4): At most 50 % in the office, per bidang." in text
    assert "50 % × 4 = 2 → at most 2 in the office, at least 1–2 at home" in text
    assert "Wed 14 Jul 3/1!" in text and "Tue 13 Jul 2/1 " in text


@pytest.mark.parametrize(
    ("days", "line"),
    [
        ({"weekdays": ["mon", "wed", "thu"]}, "Mon 12 Jul 0/1   Wed 14 Jul to Thu 15 Jul 0/1   Mon 19 Jul 0/1"),
        ({}, "Mon 12 Jul to Thu 22 Jul 0/1"),
    ],
    ids=["rule of some days", "rule of every day"],
)
def test_headcount_lines_join_days_that_the_rule_means(days: dict[str, object], line: str) -> None:
    """A range of days holds no working day that the rule does not mean; days on which nobody works do not part it."""
    rules = [{"id": "batas", "kind": "office_cap", "max": 1, "days": days}]
    more = {"calendars": {"office": {"holidays": "none"}}, "staff": [{"id": "A", "unit": "u"}], "absences": [], "goals": []}
    last = "2021-07-19" if days else "2021-07-22"
    instance = small_instance(rules=rules, horizon={"start": "2021-07-12", "end": last}, **more)
    assert line in shown(empty_plan(instance), width=120)


def test_fairness_in_one_line() -> None:
    """A comparison group has one line: members, fewest and most days, fair share, differences."""
    [line] = [line for line in shown(result_of(small_instance(), plan(small_instance())), width=120).splitlines() if "members" in line]
    assert line.strip().startswith("Bidang Satu: members 4, office days 2 to 3, fair share ")


def test_fair_shares_of_people_who_were_away() -> None:
    """Where members have different shares the least and the largest are told, as of days and differences, and not their mean."""
    away = [{"staff_id": IDS[0], "from": "2021-07-13", "to": "2021-07-16", "reason": "cuti"}]
    instance = small_instance(horizon={"start": "2021-07-12", "end": "2021-07-16"}, absences=away)
    # Two a day: of four people on Monday, of three on the other days. One has 1/2, three have 1/2 + 4 * 2/3; nobody is in the office.
    text = " ".join(shown(empty_plan(instance)).split())
    assert "office days 0, fair share 0.5 to 3.17, difference −3.17 to −0.5" in text


def test_groups_of_one_unit_name_their_people() -> None:
    """Where people of one unit are compared apart, the names tell the groups from each other."""
    staff = [{"id": f"P{k}", "name": f"Pegawai {k}", "unit": "u", "rank": "pengawas" if k < 3 else "pelaksana"} for k in range(6)]
    rules = [{"id": "chiefs", "kind": "office_cap", "max": 1, "applies_to": {"ranks": ["pengawas"]}}]
    rules += [{"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang"}]
    text = " ".join(shown(empty_plan(small_instance(staff=staff, absences=[], rules=rules))).split())
    assert "Bidang Satu (Pegawai 0, Pegawai 1 and Pegawai 2): members 3" in text


def test_findings_with_their_row() -> None:
    """A finding names its rule and the circular's row, and the verdict counts what is broken."""
    text = shown(result_of(small_instance(), plan(small_instance(), CROWDED)))
    assert "own/batas (row L4): Bidang Satu, Wednesday 14 July 2021: in the office 3" in text
    assert "Broken rules: 1. (exit code 1)" in text


def test_many_alike_findings_are_counted() -> None:
    """Of many rules alike that are not kept the first ones are shown, and how many more there are; all of them where all are wanted."""
    instance = small_instance(horizon={"start": "2021-07-12", "end": "2021-07-30"})
    rows = ["1" * 19] * 4
    result = result_of(instance, plan(instance, rows, rows))
    # Four of at most two on each of fifteen working days; five are shown.
    text = shown(result, whole=False, width=120)
    assert "own/batas (row L4): 15 times" in text and text.count(" too many (50 %") == 5
    assert "… 10 more like this: --all" in text
    assert shown(result, width=120).count(" too many (50 %") == 15


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_status_has_its_words(status: Status, lang: Lang) -> None:
    """Four statuses are told in four ways, in both languages."""
    said = {
        ("en", Status.OPTIMAL): "Proven best",
        ("en", Status.FEASIBLE): "not proven best yet",
        ("en", Status.INFEASIBLE): "Impossible",
        ("en", Status.UNKNOWN): "Time ran out, no plan yet",
        ("id", Status.OPTIMAL): "Terbukti terbaik",
        ("id", Status.FEASIBLE): "belum terbukti terbaik",
        ("id", Status.INFEASIBLE): "Jadwal tidak dapat disusun bagi sebagian pegawai",
        ("id", Status.UNKNOWN): "Waktu habis, belum ada jadwal",
    }
    assert said[lang, status] in shown(result_of(small_instance(), plan(small_instance()), status), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stopped", list(Stopped))
def test_what_stopped_it(lang: Lang, stopped: Stopped) -> None:
    """A search that was cut short says by what."""
    text = shown(result_of(small_instance(), plan(small_instance()), Status.FEASIBLE, stopped), lang)
    words = {
        "en": ("time limit", "interrupted", "ended by the system"),
        "id": ("batas waktu", "dihentikan", "diakhiri oleh sistem"),
    }
    assert words[lang][list(Stopped).index(stopped)] in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stopped", [Stopped.CANCELLED, Stopped.CRASHED])
def test_time_is_not_blamed_for_what_else_ended_it(lang: Lang, stopped: Stopped) -> None:
    """Where no time limit ended the search, neither status nor advice speak of time."""
    text = shown(result_of(small_instance(), plan(small_instance(), NOBODY), Status.UNKNOWN, stopped), lang)
    assert "--time-limit" not in text and "Time ran out" not in text and "Waktu habis" not in text
    assert ("--workers" in text) is (stopped is Stopped.CRASHED)


def test_unplanned_people_are_counted() -> None:
    """Cells without a plan are marked, and the people counted."""
    text = shown(result_of(small_instance(), plan(small_instance(), ("??????", *GOOD[1:])), Status.UNKNOWN))
    assert "Without a plan: 1 of 4 people." in text
    assert "? not planned" in " ".join(text.split()) and "(exit code 3)" in text


@pytest.mark.once
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("weeks", [1, 2])
def test_lines_keep_to_the_width(lang: Lang, width: int, weeks: int) -> None:
    """No line is wider than the terminal, in either language, in words or letters."""
    result = empty_plan(crowd(30, weeks))
    for line in shown(result, lang, width=width, verbose=True).splitlines():
        assert len(line) <= width, line


def test_weeks_are_stacked_when_they_do_not_fit() -> None:
    """More weeks than fit side by side go below each other, with letters for places."""
    instance = small_instance(horizon={"start": "2021-07-12", "end": "2021-08-22"}, calendars={"office": {"holidays": "none"}})
    text = shown(empty_plan(instance))
    assert text.count("12–16 Jul 2021") == 1 and text.count("16–20 Aug 2021") == 1
    assert "O in the office" in text
    assert len([line for line in text.splitlines() if line.startswith("  Pegawai 0")]) == 2


@pytest.mark.parametrize("width", [40, 80])
def test_wide_characters_take_two_columns(width: int) -> None:
    """Names with Chinese characters or emoji keep the days below each other, and the lines to the width."""
    names = ["Pegawai", "\N{CJK UNIFIED IDEOGRAPH-5DE5}" * 5, "A\N{GRINNING FACE}", "\N{CJK UNIFIED IDEOGRAPH-5DE5}" * 30]
    staff = [{"id": id_, "unit": "u", "name": name} for id_, name in zip(IDS, names, strict=True)]
    instance = small_instance(staff=staff, absences=[], title="\N{CJK UNIFIED IDEOGRAPH-5DE5}" * 60)
    everybody = ["111110"] * 4
    lines = shown(result_of(instance, plan(instance, everybody)), width=width).splitlines()
    assert max(map(cell_len, lines)) <= width
    rows = [line for line in lines if line.count(" O" if width == 40 else "WFO") >= 5 and "in the office" not in line]
    starts = {cell_len(line[: line.index(" O" if width == 40 else " WFO")]) for line in rows}
    assert len(rows) == 4 and len(starts) == 1


def test_every_holiday_is_named() -> None:
    """A list of holidays is wrapped, not cut off in the middle."""
    days = {"start": "2026-05-25", "end": "2026-06-19"}
    result = empty_plan(small_instance(calendars={"office": {}}, rules=[], goals=[], absences=[], horizon=days))
    text = " ".join(shown(result).split())
    assert "Tue 16 Jun (Islamic New Year)" in text and "…" not in text[text.index("Holidays") : text.index("Proven")]


def test_a_large_plan_is_shown_where_it_is_wanted() -> None:
    """A plan of more people than a screen takes is a line that says how to get it, with a file only if it was written."""
    large, small = empty_plan(crowd(MOST_PEOPLE + 1)), empty_plan(crowd(MOST_PEOPLE))
    assert "\nPlan of 65 people: --all, or -o plan.xlsx\n" in shown(large, whole=False)
    assert "\nPlan of 65 people: --all, or mine.csv\n" in shown(large, files=("mine.csv",), whole=False)
    assert "\nJadwal 65 pegawai: --all, atau -o jadwal.xlsx\n" in shown(large, "id", whole=False)
    assert "  P064 " not in shown(large, whole=False) and "  P064 " in shown(large) and "  P063 " in shown(small, whole=False)


def test_days_stand_above_the_first_unit() -> None:
    """Units with the same days share one line of them, which comes again where it would be off the screen."""
    units = [{"id": f"u{k}", "name": f"Bidang {k}", "level": "bidang"} for k in range(30)]
    staff = [{"id": f"P{k:02}", "unit": f"u{k}"} for k in range(30)]
    lines = shown(empty_plan(small_instance(units=units, staff=staff, absences=[], rules=[]))).splitlines()
    # A unit of one person takes two lines, the first with its days three: after 21 lines, ten units on, the days come again.
    days = [k for k, line in enumerate(lines) if line.split()[:4] == ["Mon", "12", "Tue", "13"]]
    assert len(days) == 3 and days[1] - days[0] == 21 and sum(line.startswith("  P") for line in lines) == 30


def test_verbose_adds_details() -> None:
    """`verbose` adds tiers with bounds, parts, seconds and versions; without it none of them is shown."""
    result = result_of(small_instance(), plan(small_instance()))
    long, short = shown(result, verbose=True), shown(result)
    for word in ("tier office_target (person-days on the side", "parts: 1 (optimal 1)", "compile 0.125", "ortools 9.15"):
        assert word in long and word not in short


def test_no_colours_outside_a_terminal() -> None:
    """A file or a pipe gets no escape sequences, a terminal does."""
    result = result_of(small_instance(), plan(small_instance()))
    assert "\x1b" not in shown(result)
    out = io.StringIO()
    report_result(Console(file=out, width=80, force_terminal=True, color_system="standard"), result)
    assert "\x1b" in out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_audit_report(lang: Lang) -> None:
    """The audit of a schedule shows it and its findings; costs by tier are for programs."""
    instance = small_instance()
    schedule = plan(instance, CROWDED)
    out = io.StringIO()
    report_audit(Console(file=out, width=80, highlight=False), instance, schedule, audit(instance, schedule), lang)
    assert {"en": "(exit code 1)", "id": "(kode keluar 1)"}[lang] in out.getvalue()
    assert "office_target" not in out.getvalue()


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "Holidays: Tue 20 Jul (Eid al-Adha)"), ("id", "Hari libur: Sel 20 Jul (Hari Raya Idul Adha)")]
)
def test_holidays_are_named(lang: Lang, line: str) -> None:
    """Holidays on days that would be worked stand under the title with their names; a week without any has no such line."""
    days = {"start": "2021-07-19", "end": "2021-07-25"}
    given = {"rules": [], "goals": [], "absences": [], "horizon": days}
    shared = empty_plan(small_instance(calendars={"office": {}}, **given))
    assert line in shown(shared, lang).splitlines()
    assert line.split(":")[0] not in shown(empty_plan(small_instance(calendars={"office": {"holidays": "none"}}, **given)), lang)


def test_holidays_of_some_calendars_only() -> None:
    """Where others work on a holiday, the calendars that rest are named; own dates have no name."""
    staff = [{"id": "P1", "unit": "u", "calendar": "office"}, {"id": "P2", "unit": "u", "calendar": "shift"}]
    calendars = {"office": {"holidays": {"country": "none", "extra": ["2021-07-14"]}}, "shift": {"holidays": "none"}}
    result = empty_plan(small_instance(calendars=calendars, staff=staff, rules=[], goals=[], absences=[]))
    assert "Holidays: Wed 14 Jul (calendar office)" in shown(result).splitlines()


def published(*places: str) -> Instance:
    """The small instance with the places of Monday published, and the third person named for duty."""
    rows = [{"staff_id": id_, "date": "2021-07-12", "place": place} for id_, place in zip(IDS, places, strict=True)]
    instance = small_instance(published={"rows": rows})
    named = np.zeros(instance.facts.shape, dtype=bool)
    named[2, 0] = True
    return replace(instance, facts=replace(instance.facts, published_duty={DUTY: named}))


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "Changes against the published plan: 3",
                "  Places: 1",
                "    Pegawai 0: Mon 12 Jul at home → in the office",
                "  Duty officers: 2",
                "    own/piket, Mon 12 Jul: Pegawai 2 → Pegawai 0",
            ],
        ),
        (
            "id",
            [
                "Perubahan terhadap jadwal yang sudah ditetapkan: 3",
                "  Tempat kerja: 1",
                "    Pegawai 0: Sen 12 Jul WFH → WFO",
                "  Petugas piket: 2",
                "    own/piket, Sen 12 Jul: Pegawai 2 → Pegawai 0",
            ],
        ),
    ],
)
def test_changes_against_the_published_plan(lang: Lang, lines: list[str]) -> None:
    """Who is elsewhere than announced, and who is named instead of whom, is told with the day, in a result and in an audit."""
    instance = published("home", "home", "office", "home")
    schedule = plan(instance)
    out = io.StringIO()
    report_audit(Console(file=out, width=80), instance, schedule, audit(instance, schedule), lang, whole=True)
    for text in (shown(result_of(instance, schedule), lang), out.getvalue()):
        assert "\n".join(lines) in text


def test_a_plan_that_stays_says_so() -> None:
    """With a published plan and no change the count is nought; without one nothing is said."""
    instance = published("office", "home", "office", "home")
    instance = replace(instance, facts=replace(instance.facts, published_duty={}))
    assert "Changes against the published plan: 0\n\n" in shown(result_of(instance, plan(instance)))
    assert "Changes" not in shown(result_of(small_instance(), plan(small_instance())))


def test_many_changes_are_cut_off() -> None:
    """Of many people the first ones are shown, and how many changes there are beside, with a file only if it has them all."""
    staff = [f"P{k:03}" for k in range(30)]
    days = ["2021-07-12", "2021-07-13"]
    rows = [{"staff_id": id_, "date": day, "place": "office"} for id_ in staff for day in days]
    instance = small_instance(staff=[{"id": id_, "unit": "u"} for id_ in staff], absences=[], published={"rows": rows})
    text = shown(empty_plan(instance), files=("plan.csv", "plan.json"), width=120, whole=False)
    assert "Changes against the published plan: 60" in text
    assert (
        "    P009: Mon 12 Jul in the office → at home and Tue 13 Jul in the office → at home\n    … and 40 more: --all, or plan.json"
        in text
    )
    assert "… and 40 more: --all\n" in shown(empty_plan(instance), files=("plan.csv",), width=120, whole=False)
    assert "    P029: Mon 12 Jul" in shown(empty_plan(instance), width=120)


def test_a_rule_with_several_limits_is_named_once() -> None:
    """Duty units that share people are several limits inside, and one rule for the reader."""
    units = [{"id": "u", "name": "Satu", "level": "bidang"}, {"id": "v", "name": "Dua", "level": "bidang"}]
    staff = [{"id": "A", "unit": "u"}, {"id": "S", "unit": "u", "also": "v"}, {"id": "B", "unit": "v"}]
    rules = [{"id": "piket", "kind": "duty_officers", "count": 1, "per": "bidang"}]
    instance = small_instance(units=units, staff=staff, absences=[], rules=rules)
    rows = ["1" * instance.facts.num_days] * 3
    text = shown(result_of(instance, plan(instance, rows, rows)))
    assert len(instance.view.limits_of(instance.view.by_id["own/piket"])) > 1
    assert text.count("own/piket: At least 1 duty officer in the office, per bidang.") == 1


def test_a_finding_of_no_rule_begins_with_its_sentence() -> None:
    """Where no single rule is to blame nothing stands in front of the sentence."""
    result = result_of(small_instance(), plan(small_instance()))
    nobody = Finding("", "duty", Strength.NOTE, 1, plain("several rules together clash"))
    assert "\n    several rules together clash" in shown(replace(result, findings=(nobody,)))
    assert "\n    2 times\n      - several rules" in shown(replace(result, findings=(nobody, nobody)))
