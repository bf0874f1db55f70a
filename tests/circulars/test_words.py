"""Values of parameters have words for people, which are read as the values; questions say what they hang on."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from giliran.circulars import asked, check_circular, load_circular, packaged, resolve
from giliran.domain.calendar import WEEKDAYS
from giliran.errors import InputError
from giliran.messages import LANGUAGES
from giliran.text import TextError
from tests.circulars.small import read

ASK = "ask: {en: Which?, id: Yang mana?}"
WHO = f"""\
parameters:
  who:
    default: all
    values: [all, some]
    labels: {{all: {{en: everybody, id: semua pegawai}}, some: {{en: "civil servants, alone", id: "hanya pegawai ASN"}}}}
    {ASK}
  share: {{default: none, type: share_or_none, {ASK}}}
  ranks: {{default: [pengawas], type: ranks, {ASK}}}
  day: {{default: fri, type: weekday, {ASK}}}
"""


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("who", "Hanya pegawai  ASN", "some"),
        ("who", "civil servants, alone", "some"),
        ("who", "all", "all"),
        ("share", "tidak ada", "none"),
        ("share", "25 %", "25%"),
        ("ranks", "JPT Pratama; Pengawas", ("jpt_pratama", "pengawas")),
        ("ranks", ["JPT Pratama", "auditor"], ("jpt_pratama", "auditor")),
        ("ranks", "tidak ada", ()),
        ("day", "Jumat", "fri"),
        ("day", "Thursday", "thu"),
    ],
)
def test_words_are_read_as_the_value(name: str, written: object, value: object) -> None:
    """A cell may hold the value, or what a person would say in either language; lists may be one text."""
    assert read(WHO).parameters[name].read(written) == value


@pytest.mark.parametrize("name", packaged())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_a_packaged_letter_comes_back(name: str, lang: str) -> None:
    """What a dropdown shows for a value is read as that value, and differs from what it shows for any other."""
    for parameter in load_circular(name).parameters.values():
        for value in (*parameter.closed_words, parameter.default):
            assert parameter.read(parameter.label(value, lang)) == parameter.read(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", packaged())
def test_questions_name_no_keys(name: str) -> None:
    """An Indonesian question holds no word that only files have, such as left_out or none, and every label is told from every other."""
    for key, parameter in load_circular(name).parameters.items():
        assert parameter.ask is not None
        foreign = [word for word in parameter.closed_words if word not in parameter.label(word, "id").lower()]
        assert not [word for word in (*foreign, "none", "service") if re.search(rf"(?<!\w){word}(?!\w)", parameter.ask.id)], key
        assert "_" not in parameter.ask.id and "_" not in parameter.ask.en
        for lang in LANGUAGES:
            assert len({parameter.label(word, lang) for word in parameter.closed_words}) == len(parameter.closed_words)


def test_unknown_value_is_met_with_words() -> None:
    """A mistyped answer names the values with their words, and the nearest words."""
    with pytest.raises(TextError) as caught:
        read(WHO).parameters["who"].read("semua pegawi")
    assert "all (semua pegawai)" in caught.value.said.text("id")
    assert caught.value.advice is not None and "semua pegawai" in caught.value.advice.text("id")


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("{x: {en: one, id: satu}, y: {en: one, id: dua}}", "stand for x and for y"),
        ("{x: {en: one, id: satu}, z: {en: two, id: dua}}", "z is not one of"),
        ("{x: {en: y, id: satu}}", "stand for x and for y"),
    ],
)
def test_labels_that_mislead_are_refused(labels: str, said: str) -> None:
    """Words stand for one value, and only for one that there is."""
    with pytest.raises(InputError) as caught:
        read(f"parameters: {{a: {{default: x, values: [x, y], labels: {labels}, {ASK}}}}}\n")
    assert said in str(caught.value)


DATED = f"""\
parameters:
  from: {{default: none, type: date_or_none, {ASK}}}
  to: {{default: none, type: date_or_none, not_before: from, {ASK}}}
  on: {{default: [], type: weekdays, {ASK}}}
rules:
  - id: A
    kind: office_cap
    source: {{row: A, via: paper}}
    share: {{choose: to, none: 25%, 2021-07-14: 50%, else: 75%}}
    days: {{dates: [{{from: {{choose: from, none: 2021-01-01, else: {{choose: from}}}}, to: 2021-12-31}}], weekdays: {{choose: on}}}}
"""


@pytest.mark.parametrize("written", ["2021-07-14", "14 Juli 2021", "Rabu, 14/07/2021", dt.date(2021, 7, 14), dt.datetime(2021, 7, 14)])
def test_dates_are_read_as_people_write_them(written: object) -> None:
    """A date, as a text or as a cell has it, is the same date; `else` stands for all that are not named."""
    circular = read(DATED)
    [rule] = resolve(circular, {"from": written, "on": "Rabu, Senin"}).rules
    assert rule["days"] == {"dates": [{"from": "2021-07-14", "to": "2021-12-31"}], "weekdays": ["mon", "wed"]}
    assert [resolve(circular, {"to": to}).rules[0]["share"] for to in ("none", "14/07/2021", "2021-07-15")] == ["25%", "50%", "75%"]
    assert circular.parameters["from"].label(written, "id") == "Rabu 14 Juli 2021"


def test_no_weekday_is_every_day() -> None:
    """Where no weekday is named all are meant, and so they are called."""
    parameter = read(DATED).parameters["on"]
    assert parameter.read("setiap hari") == parameter.read("every day") == parameter.read("none") == parameter.read([]) == tuple(WEEKDAYS)
    assert parameter.label([], "id") == "setiap hari"


@pytest.mark.parametrize(
    ("choose", "at"), [({"from": "2021-07-14", "to": "2021-07-13"}, "to"), ({"from": "lusa"}, "from"), ({"on": "Minngu"}, "on")]
)
def test_wrong_days_are_refused_where_they_were_chosen(choose: dict[str, object], at: str) -> None:
    """A last day before the first, and what is no day, are told at the choice."""
    with pytest.raises(InputError) as caught:
        resolve(read(DATED), choose)
    assert [problem.where.field for problem in caught.value.problems] == [f"choose.{at}"]


def test_first_day_has_to_be_a_date() -> None:
    """`not_before` names a parameter that holds a date."""
    for other in ("on", "frm"):
        problems = check_circular(read(DATED.replace("not_before: from", f"not_before: {other}")))
        assert any("both have to hold dates" in problem.text("en") for problem in problems)
    assert check_circular(read(DATED)) == []


ASKED = """\
parameters:
  duty: {default: 0, type: count, ask: {en: How many?, id: Berapa?}}
  per: {default: [bidang, opd], type: levels, asked_when: {duty: {min: 1}}, ask: {en: Per what?, id: Per apa?}}
  round: {default: down, values: [down, up], grade: advanced, ask: {en: How?, id: Bagaimana?}}
rules:
  - {id: A, kind: duty_officers, when: {duty: {min: 1}}, source: {row: A, via: paper}, per: {choose: per}, count: {choose: duty}}
  - {id: B, kind: office_cap, source: {row: B, via: paper}, share: 50%, rounding: {choose: round}}
"""


def test_questions_that_matter() -> None:
    """A question that hangs on another is asked only after that answer; a short interview leaves the advanced ones out."""
    circular = read(ASKED)
    assert asked(circular) == ("duty", "round")
    assert asked(circular, {"duty": 2}) == ("duty", "per", "round")
    assert asked(circular, {"duty": 2}, short=True) == ("duty", "per")
    with pytest.raises(InputError, match="no parameter dty"):
        asked(circular, {"dty": 2})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{duty: {min: 1}}, ask: {en: Per", "{duty: 0}, ask: {en: Per", "per changes rules although"),
        ("{duty: {min: 1}}, ask: {en: Per", "{round: up}, ask: {en: Per", "has to stand before it"),
        ("{duty: {min: 1}}, ask: {en: Per", "{dty: 1}, ask: {en: Per", "no parameter dty"),
    ],
)
def test_check_finds_questions_that_are_not_asked_in_time(old: str, new: str, said: str) -> None:
    """What nobody is asked must change nothing, and what a question hangs on comes first."""
    circular = read(ASKED.replace(old, new))
    assert any(said in problem.text("en") for problem in check_circular(circular))


def test_sound_questions_have_no_problem() -> None:
    """The same letter as it is."""
    assert check_circular(read(ASKED)) == []


def test_rules_get_the_value() -> None:
    """A choice in words resolves as the value does."""
    umum = load_circular("umum")
    assert resolve(umum, {"contract": "hanya pegawai ASN"}).rules == resolve(umum, {"contract": "left_out"}).rules
