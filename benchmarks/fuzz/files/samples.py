"""An instance with every section and every column, and a circular with every part: what files are mutated from."""

from __future__ import annotations

from typing import Any

from benchmarks.fuzz.files.of_tables import Grid

INSTANCE: dict[str, Any] = {
    "schema": "giliran/1",
    "title": "Contoh",
    "horizon": {"start": "2021-07-12", "end": "2021-07-16"},
    "calendars": {
        "office": {
            "workdays": ["mon", "tue", "wed", "thu", "fri"],
            "holidays": {"country": "ID", "joint_leave": True, "extra": ["2021-07-14"], "not": ["2021-07-20"]},
        },
        "piket": {"workdays": ["mon", "tue", "wed", "thu"], "call_days": ["fri"], "holidays": "none"},
    },
    "circulars": [{"file": "letter.yaml", "choose": {"count": 2, "share": "50%"}, "from": "2021-07-13", "to": "2021-07-16"}],
    "conditions": {"zone": [{"value": "low"}, {"from": "2021-07-15", "to": "2021-07-16", "units": ["dinas/b"], "value": "high"}]},
    "reasons": {"own/pasangan": "satu keluarga"},
    "rules": [
        {
            "id": "pasangan",
            "kind": "separation",
            "applies_to": {"ids": ["P1", "P3"]},
            "not_all": "office",
            "strength": "should",
            "weight": 2,
        },
        {"id": "batas", "kind": "office_cap", "per": ["bidang", "opd"], "share": {"zone": {"low": "75%", "high": "50%"}}, "of": "present"},
        {"id": "rapat", "kind": "meeting"},
    ],
    "goals": [
        {
            "id": "sasaran",
            "kind": "office_target",
            "aim": "most_office",
            "applies_to": [{"statuses": ["asn"]}, {"except": {"ids": ["P0"]}}],
        },
        {"id": "adil", "kind": "fair_share"},
        {"id": "ingin", "kind": "wishes"},
        {"id": "tetap", "kind": "stability"},
    ],
    "balances": {"reset": "year", "transfer": "reset"},
    "document": {
        "letterhead": "Pemerintah Contoh",
        "number": "800/1",
        "place": "Contoh",
        "date": "2021-07-09",
        "signer": {"name": "Ani", "position": "Kepala", "grade": "IV/c", "nip": "198507122010011005"},
        "basis": ["Surat edaran"],
        "copies": ["Bupati"],
    },
    "meetings": [
        {"id": "m1", "name": "Rapat", "date": "2021-07-13", "required": ["P1", "P2"], "urgent": True},
        {"id": "m2", "choose_from": [{"from": "2021-07-15", "to": "2021-07-16"}], "invited": ["P3"], "capacity": 3, "same_weekday": False},
    ],
    "tiers": ["relaxations", "staffed", "office_target", {"fair_share": 5, "wishes": 1}, ["stability", "smooth_weeks"]],
}
"""All sections but the tables."""

TABLES: dict[str, Grid] = {
    "units": [
        ["id", "name", "level", "parent", "sector", "tags", "calendar"],
        ["dinas", "Dinas Contoh", "opd", "", "essential", "uji", "office"],
        ["dinas/a", "Bidang A", "bidang", "dinas", "", "", ""],
        ["dinas/b", "Bidang B", "bidang", "dinas", "", "kunci;uji", "piket"],
    ],
    "staff": [
        [
            *("id", "nip", "name", "unit", "also", "position", "grade", "phone", "rank", "status", "function", "head", "calendar", "team"),
            *("tags", "workdays", "home_only", "office_only", "hired", "left", "employed", "born"),
        ],
        [
            "P0",
            "198507122010011005",
            "Ani",
            "dinas",
            "",
            "Kepala Dinas",
            "IV/c",
            "0812",
            "jpt_pratama",
            "pns",
            "admin",
            "ya",
            *[""] * 9,
            "1965-07-12",
        ],
        [
            "P1",
            "",
            "Budi, S.E.",
            "dinas/a",
            "dinas/b",
            "",
            "III/a",
            "",
            "pelaksana",
            "pns",
            "admin",
            "",
            "",
            "x",
            "kunci",
            *[""] * 5,
            "..2021-07-13; 2021-07-15..",
            "",
        ],
        [
            "P2",
            "",
            "Citra",
            "dinas/a",
            "",
            "",
            "",
            "",
            "pelaksana",
            "pppk",
            "service",
            "",
            "",
            "",
            "",
            "",
            "2021-07-13",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            "P3",
            "",
            "Dedi",
            "dinas/b",
            "",
            "",
            "",
            "",
            "pengawas",
            "honorer",
            "field",
            "",
            "",
            "y",
            "",
            "",
            "",
            "mon",
            "2020-01-01",
            "",
            "",
            "",
        ],
        [
            "P4",
            "",
            "Eka",
            "dinas/b",
            "",
            "",
            "",
            "",
            "fungsional",
            "pns",
            "admin",
            "",
            "piket",
            "",
            "",
            "mon;tue;wed",
            "",
            "",
            "",
            "2021-07-15",
            "",
            "",
        ],
    ],
    "changes": [
        ["staff_id", "from", "unit", "also", "rank", "status", "function", "head", "calendar", "team", "tags", "workdays"],
        ["P2", "2021-07-15", "dinas/b", "dinas/a", "pengawas", "", "admin", "", "", "x", "kunci", ""],
    ],
    "absences": [
        ["staff_id", "from", "to", "reason"],
        ["P3", "2021-07-13", "2021-07-13", "cuti"],
        ["P2", "2021-07-16", "", "dinas_luar"],
    ],
    "wishes": [
        ["staff_id", "date", "weekday", "place", "weight"],
        ["P1", "2021-07-13", "", "home", "2"],
        ["P2", "", "thu", "office", "1"],
    ],
    "ledger": [
        ["staff_id", "account", "period", "burden", "share", "balance", "last_called", "unit"],
        ["P1", "office", "2021-W27", "3", "2.500", "", "", "dinas/b"],
        ["P2", "office", "", "", "", "-1.250", "", ""],
    ],
    "published": [
        ["staff_id", "date", "place", "duty", "team"],
        ["P1", "2021-07-12", "office", "", ""],
        ["P2", "2021-07-12", "home", "", ""],
        ["P3", "2021-07-12", "home", "", ""],
        ["P4", "2021-07-12", "office", "", ""],
    ],
    "pins": [
        ["staff_id", "date", "place", "duty", "reason"],
        ["P1", "2021-07-15", "office", "", "tamu"],
    ],
}
"""Every table with every column."""

LISTS: dict[str, Grid] = {
    "heads": [
        ["No", "Nama", "NIP", "Golongan", "Jabatan", "Eselon", "OPD", "Bidang", "Seksi", "Status", "Tugas"],
        ["1", "Ani, S.Sos.", "00000000 000000 0 001", "Pembina / IV.a", "Kepala Dinas", "II.b", "Dinas Satu", "", "", "PNS", ""],
        ["2", "Budi", "00000000 000000 0 002", "Penata / III.c", "Kepala Bidang", "III.b", "Dinas Satu", "Bidang Dua", "", "PNS", ""],
        ["3", "Citra", "00000000 000000 0 003", "", "Staf", "", "Dinas Satu", "Bidang Dua", "Seksi Tiga", "THL", "pelayanan"],
    ],
    "names": [
        ["id", "name", "opd", "bidang", "seksi"],
        ["P0", "Ani", "Dinas Satu", "", ""],
        ["P1", "Budi", "Dinas Satu", "Bidang Dua", ""],
        ["P2", "Citra", "Dinas Satu", "Bidang Dua", "Seksi Tiga"],
    ],
    "offices": [
        ["NIP", "Nama", "Jabatan", "Jenis Jabatan", "OPD", "Bidang", "Status"],
        ["1", "A", "Kepala", "Eselon II.b", "Dinas Satu", "", "PNS"],
        ["2", "B", "Sekretaris", "Eselon III.a", "Dinas Satu", "Sekretariat", "PNS"],
        ["3", "C", "Staf", "Pelaksana", "Dinas Satu", "Sekretariat", "P3K"],
    ],
}
"""Lists of staff with the headings that offices use."""

LETTER: dict[str, Any] = {
    "schema": "giliran-circular/1",
    "name": "letter",
    "title": {"en": "A letter", "id": "Sebuah surat"},
    "issuer": "Bupati",
    "authority": "regency",
    "number": ["1/2021"],
    "date": "2021-07-09",
    "in_force": {"from": "2021-07-12", "to": "open"},
    "expects": {
        "units": {"tags": {"uji": {"ask": {"en": "Which units?", "id": "Unit mana?"}}}},
        "staff": {"function": {"values": ["admin", "service", "field"], "default": "admin", "ask": {"en": "Which?", "id": "Yang mana?"}}},
    },
    "parameters": {
        "count": {"default": 1, "type": "count", "ask": {"en": "How many?", "id": "Berapa?"}},
        "share": {"default": "75%", "type": "share", "ask": {"en": "What share?", "id": "Berapa persen?"}},
        "level": {"default": "opd", "values": ["opd", "bidang"], "ask": {"en": "Per what?", "id": "Per apa?"}},
        "piket": {"default": "on", "values": ["on", "none"], "ask": {"en": "Duty?", "id": "Piket?"}},
    },
    "sets": {"petugas": {"functions": ["admin"], "except": {"unit_tags": ["uji"]}}},
    "rules": [
        {"id": "A", "kind": "office_cap", "source": {"row": "A", "via": "koran"}, "per": {"choose": "level"}, "share": {"choose": "share"}},
        {
            "id": "B",
            "kind": "duty_officers",
            "source": {"row": "B", "via": "koran"},
            "when": {"piket": {"not": "none"}, "count": {"min": 1}},
            "applies_to": {"in": "petugas"},
            "per": "opd",
            "count": {"choose": "count"},
            "days": {"weekdays": ["mon", "tue"]},
            "strength": "should",
        },
    ],
    "goals": [{"id": "G", "kind": "smooth_weeks"}],
    "not_rules": {"C": {"en": "advice only", "id": "imbauan saja"}},
}
"""A circular small enough to be tried in every choice."""


def rows(grid: Grid) -> list[dict[str, str]]:
    """A table as records: cells that say nothing are left out."""
    return [{name: text for name, text in zip(grid[0], row, strict=True) if text} for row in grid[1:]]
