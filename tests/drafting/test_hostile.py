"""Lists that hold anything: what `giliran new` takes, `giliran solve` does not refuse."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from giliran import InputError, Instance
from giliran.books import read_book
from giliran.drafting.asking import by_default
from giliran.drafting.draft import interview
from giliran.drafting.listing import read_listing
from tests.drafting.made import person

HEADS = ["NO", "NAMA", "NIP", "GOL", "JABATAN", "ESELON", "UNIT KERJA", "OPD", "BIDANG", "STATUS", "KET", "PENSIUN", "PIMPINAN", "TUGAS"]
HEADS += ["HARI KERJA", "TIM", "TAGS", "NO HP", "MULAI BEKERJA", "KALENDER", "LAIN"]
TEXTS = ["", "", "", "-", "=1+1", "+62812", "@x", "'", "<script>alert(1)</script>", "a;b", "x" * 300, "Dinas X", "Bidang Data", "Seksi A"]
TEXTS += [
    "PNS",
    "THL",
    "Plt. Kabid",
    "Sub Koordinator",
    "Direktur RSUD",
    "32 Agustus",
    "ya",
    "Senin",
    "II.b",
    "IX",
    "LOWONG",
    "JUMLAH",
    "1",
]
TEXTS += ["pensiun", "Sekretariat > Dinas Y", "Satpam", "Bendahara; Operator", "3/8/2026", "{name}", "%s", "ÅÄÖ ł", "()", "Puskesmas 1"]


def made(chance: random.Random) -> str:
    """A CSV list of a dozen people with anything in their cells; names and NIP are mostly there."""
    heads = ["NO", "NAMA", "NIP", *chance.sample(HEADS[3:], chance.randint(1, 12))]
    lines = [";".join(heads)]
    for k in range(12):
        name, nip = person(chance.randint(1, 14))
        cells = {"NO": str(k + 1), "NAMA": name, "NIP": chance.choice([nip, nip, nip, "-", "130123456"])}
        texts = [cells.get(head) or chance.choice(TEXTS) for head in heads]
        lines.append(";".join(f'"{text}"' if set(text) & {";", '"'} else text for text in texts))
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_drafted_can_be_built(seed: int, tmp_path: object) -> None:
    """From any list an instance that nothing refuses, and its workbook is the same instance; or the list is refused with its rows."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "d.csv").write_text(made(random.Random(seed)), encoding="utf-8")
    try:
        listing = read_listing(folder / "d.csv", "d.csv")
    except InputError as refused:
        assert all(problem.where.file == "d.csv" for problem in refused.problems)
        return
    draft = by_default(interview(dt.date(2026, 7, 29), listing, "umum", "id"))
    built = Instance.build(draft.sections)
    (folder / "d.xlsx").write_bytes(draft.book("id"))
    again = Instance.build(read_book(folder / "d.xlsx").data)
    assert (again.facts.staff.ids, again.facts.units.ids) == (built.facts.staff.ids, built.facts.units.ids)
    assert (again.facts.has_cell == built.facts.has_cell).all() and again.facts.staff.names == built.facts.staff.names
