"""Keys of instance files in Indonesian: understood everywhere, told twice, named in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from giliran import InputError, Instance, load_instance
from giliran.domain.words import simple
from giliran.instance import InstanceRecord
from giliran.instance.records import CalendarRecord, CircularRecord, ConditionRecord, HolidayRecord, MeetingRecord
from giliran.instance.sections import section_meant, section_words, translated, written_path

ENGLISH = """schema: giliran/1
title: Dinas
horizon: {start: 2026-08-03, end: 2026-08-07}
calendars: {kantor: {workdays: [mon, tue, wed], call_days: [sat], holidays: {country: none, extra: [2026-08-04]}}}
staff: [{id: a, name: Ani, bidang: Data, rank: pelaksana}, {id: b, name: Budi, bidang: Data}]
absences: [{staff_id: a, from: 2026-08-03, to: 2026-08-03, reason: cuti}]
wishes: [{staff_id: b, weekday: mon, place: home}]
pins: [{staff_id: b, date: 2026-08-05, place: office}]
conditions: {darurat: [{from: 2026-08-03, to: 2026-08-04, value: ya}]}
circulars: [{name: umum, choose: {limit: 50%}, from: 2026-08-03, to: 2026-08-05}]
rules: [{id: room, kind: office_cap, max: 1}]
goals: [{id: wishes, kind: wishes}]
document: {number: "1/2026", signer: {name: Citra, position: Kepala}, basis: [SE 1], copies: [Arsip]}
meetings: [{id: rapat, name: Rapat, date: 2026-08-05, required: [a]}]
balances: {reset: year}
published: {rows: [{staff_id: a, date: 2026-08-05, place: office}], frozen_to: 2026-08-03}
reasons: {umum/limit-office: antrean}
"""

INDONESIAN = """skema: giliran/1
judul: Dinas
periode: {mulai: 2026-08-03, sampai: 2026-08-07}
kalender: {kantor: {hari_kerja: [sen, sel, rab], hari_piket: [sab], hari_libur: {negara: none, tambahan: [2026-08-04]}}}
pegawai: [{id: a, nama: Ani, bidang: Data, kelompok_jabatan: pelaksana}, {id: b, nama: Budi, bidang: Data}]
Ketidakhadiran: [{id_pegawai: a, mulai: 2026-08-03, sampai: 2026-08-03, alasan: cuti}]
permintaan: [{id_pegawai: b, hari: senin, tempat: WFH}]
perintah: [{id_pegawai: b, tanggal: 2026-08-05, tempat: WFO}]
keadaan: {darurat: [{mulai: 2026-08-03, sampai: 2026-08-04, nilai: ya}]}
surat edaran: [{nama: umum, pilihan: {limit: 50%}, mulai: 2026-08-03, sampai: 2026-08-05}]
aturan: [{id: room, kind: office_cap, max: 1}]
tujuan: [{id: wishes, kind: wishes}]
dokumen: {nomor: "1/2026", penanda_tangan: {nama: Citra, jabatan: Kepala}, dasar: [SE 1], tembusan: [Arsip]}
rapat: [{id: rapat, nama: Rapat, tanggal: 2026-08-05, wajib_hadir: [a]}]
saldo: {mulai_baru: year}
jadwal_ditetapkan: {baris: [{id_pegawai: a, tanggal: 2026-08-05, tempat: WFO}], tetap_sampai: 2026-08-03}
alasan: {umum/limit-office: antrean}
"""


def written(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_both_languages_say_the_same(tmp_path: Path) -> None:
    """Every section, and every key in it, is the same in Indonesian."""
    one, other = (load_instance(written(tmp_path / name, text)) for name, text in (("en.yaml", ENGLISH), ("id.yaml", INDONESIAN)))
    assert (one.facts, one.rules, one.goals, one.document, one.circulars) == (
        *(other.facts, other.rules, other.goals, other.document, other.circulars),
    )


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    """A problem stands where its key was written, under the name that it has there."""
    text = INDONESIAN.replace("kind: wishes", "kind: wishez").replace("sampai: 2026-08-07", "sampai: kemarin")
    with pytest.raises(InputError) as caught:
        load_instance(written(tmp_path / "id.yaml", text))
    fields = {problem.where.field: problem.where.line for problem in caught.value.problems}
    lines = text.splitlines()
    assert fields["periode.sampai"] == 1 + next(k for k, line in enumerate(lines) if line.startswith("periode"))
    assert any(field.startswith("tujuan[0]") for field in fields)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        ({"horizon": {"start": "2026-08-03", "end": "2026-08-03"}, "periode": {}}, ("horizon", "periode")),
        ({"periode": {"mulai": "2026-08-03", "start": "2026-08-03", "end": "2026-08-03"}}, ("mulai", "start")),
        ({"horizon": {"start": "2026-08-03", "end": "2026-08-03"}, "pegawai": [], "Pegawai": []}, ("pegawai", "Pegawai")),
    ],
)
def test_two_keys_for_one_thing(data: dict[str, Any], keys: tuple[str, str]) -> None:
    """Both are named, and nobody guesses which one is meant."""
    with pytest.raises(InputError) as caught:
        Instance.build({"staff": [{"id": "a", "bidang": "x"}], **data} if "pegawai" not in data else data)
    assert f"kunci {keys[0]} dan {keys[1]} sama artinya" in caught.value.text("id")


def test_unknown_keys_name_the_known_ones(tmp_path: Path) -> None:
    """In the language of the run; what is nearly an Indonesian word is told that word."""
    text = "schema: giliran/1\nhorizon: {start: 2026-08-03, end: 2026-08-03}\nstaff: [{id: a, bidang: x, zodiak: leo}]\n"
    with pytest.raises(InputError) as caught:
        load_instance(written(tmp_path / "a.yaml", f"{text}qqqq: 1\npegawia: []\n"))
    english, indonesian = caught.value.text("en"), caught.value.text("id")
    assert "absences" in english and "ketidakhadiran" not in english
    assert "ketidakhadiran" in indonesian and "absences" not in indonesian
    assert "Apakah maksudnya pegawai?" in indonesian
    assert "known are: also, bidang" in english and "kelompok_jabatan" in indonesian and "rank" not in indonesian


def keys_of(model: type[BaseModel]) -> set[str]:
    """The keys that a model reads."""
    return {field.alias or name for name, field in model.model_fields.items()}


def models() -> Iterator[tuple[str, type[BaseModel]]]:
    """Places of keys, and the models that read them."""
    yield "", InstanceRecord
    for name in ("horizon", "document", "balances", "published"):
        annotation = str(InstanceRecord.model_fields[name].annotation)
        yield name, next(model for model in _all_models() if model.__name__ in annotation)
    yield from (("circulars", CircularRecord), ("meetings", MeetingRecord), ("conditions.*", ConditionRecord))
    yield from (("calendars.*", CalendarRecord), ("calendars.*.holidays", HolidayRecord))


def _all_models() -> list[type[BaseModel]]:
    from giliran.instance import records

    return [each for each in vars(records).values() if isinstance(each, type) and issubclass(each, BaseModel)]


@pytest.mark.parametrize(("place", "model"), list(models()), ids=lambda each: each if isinstance(each, str) else "")
def test_the_words_are_of_keys_that_there_are(place: str, model: type[BaseModel]) -> None:
    """The list of words has every key that an instance file has, and no other; no word stands for two."""
    words = section_words()[place]
    assert set(words) == keys_of(model)
    spelt = [simple(word) for key, others in words.items() for word in (key, *others)]
    assert len(spelt) == len(set(spelt))


def test_paths_as_they_are_written() -> None:
    """A path by known keys leads to what the file calls otherwise, and to a new key where there is none."""
    data = {"surat edaran": [{"nama": "umum"}], "rules": []}
    assert written_path(data, ("circulars", 0, "choose", "limit")) == ("surat edaran", 0, "choose", "limit")
    assert written_path(data, ("circulars", 0, "name")) == ("surat edaran", 0, "nama")
    assert written_path(data, ("rules", 0)) == ("rules", 0)


def test_english_data_are_left_alone() -> None:
    """What has known keys already is not copied."""
    data = {"horizon": {"start": 1}, "rules": [{"name": "x", "nama": "y"}]}
    assert translated(data, lambda _: None, None)[0] == data  # type: ignore[arg-type, return-value]  # neither is asked
    assert section_meant("Surat Edaran") == "circulars" and section_meant("xyz") is None


def test_a_horizon_that_cannot_be_read_hides_nothing_else() -> None:
    """Units, people, absences and choices are checked all the same, and nothing is told that hangs on the days."""
    with pytest.raises(InputError) as refused:
        Instance.build(
            {
                "horizon": {"start": "2026-13-03", "end": "2026-08-07"},
                "units": [{"id": "Anggaran"}],
                "staff": [{"id": "a", "unit": "Anggran"}, {"id": "b", "unit": "Anggaran", "home_only": "2026-08-03"}],
                "absences": [{"staff_id": "c", "from": "2026-08-03", "reason": "cuti"}, {"staff_id": "b", "from": "2026-08-04"}],
                "pins": [{"staff_id": "b", "date": "2026-08-05", "place": "office"}],
                "circulars": [{"name": "umum", "choose": {"limit": "120%"}, "from": "2026-08-04"}],
            }
        )
    told = [problem.text("en").splitlines()[0] for problem in refused.value.problems]
    assert len(told) == 4
    assert [any(word in each for each in told) for word in ("2026-13-03", "Anggran", "'c'", "120%")] == [True] * 4
