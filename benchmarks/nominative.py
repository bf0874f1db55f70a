"""Staff lists as a personnel office exports them: titles, a heading, names over NIP, rows that name units, a sum, a signature."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator

import xlsxwriter

AGENCY = "Dinas Pekerjaan Umum"
UNITS = ("Sekretariat", *(f"Bidang {name}" for name in ("Bina Marga", "Cipta Karya", "Sumber Daya Air", "Tata Ruang", "Jasa Konstruksi")))

_HEADING = ("NO", "NAMA / NIP", "PANGKAT / GOL. RUANG", "JABATAN", "ESELON", "UNIT KERJA", "STATUS", "KET")
_SECTIONS = 2
"""Heads of sections of a unit, by rank below its head."""
_STAFF = ("Teknik Jalan Ahli Muda", "Pengelola Keuangan", "Pengadministrasi Umum", "Analis Infrastruktur", "Pranata Komputer Ahli Pertama")
_STATUS = ("PNS", "PNS", "PNS", "PNS", "PNS", "PNS", "PPPK", "Tenaga Kontrak")
_MADE = dt.datetime(2026, 7, 31)

Row = tuple[str, ...]


def raw_list(people: int, seed: int) -> bytes:
    """The list of one agency as .xlsx; the same numbers give the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.set_properties({"created": _MADE})
        sheet = made.add_worksheet("Daftar")
        for r, row in enumerate(_rows(people, random.Random(seed))):
            for c, text in enumerate(row):
                sheet.write_string(r, c, text)
    return out.getvalue()


def _rows(people: int, dice: random.Random) -> Iterator[Row]:
    yield from (("DAFTAR NOMINATIF PEGAWAI",), (f"{AGENCY.upper()} KABUPATEN CONTOH",), (), _HEADING)
    yield tuple(map(str, range(1, len(_HEADING) + 1)))
    yield _person(1, "Kepala Dinas", "II.b", AGENCY, "PNS", dice)
    number = 1
    for k, unit in enumerate(UNITS):
        yield ("", unit.upper())
        last = 1 + (people - 1) * (k + 1) // len(UNITS)
        for place in range(last - number):
            number += 1
            head = "Sekretaris" if k == 0 else f"Kepala {unit}"
            position, echelon = (
                (head, "III.b") if place == 0 else ("Kepala Seksi", "IV.a") if place <= _SECTIONS else (dice.choice(_STAFF), "-")
            )
            yield _person(number, position, echelon, unit, "PNS" if echelon != "-" else dice.choice(_STATUS), dice)
    yield ("JUMLAH", str(people))
    yield from ((), ("", "", "", "", "Kepala Dinas,"))


def _person(number: int, position: str, echelon: str, unit: str, status: str, dice: random.Random) -> Row:
    born = dt.date(1966, 1, 1) + dt.timedelta(days=dice.randrange(12_000))
    nip = f"{born:%Y%m%d} {dice.randint(2000, 2020)}{dice.randint(1, 12):02d} {dice.randint(1, 2)} {number:03d}"
    named = f"Pegawai {number:03d}\n-" if status == "Tenaga Kontrak" else f"Pegawai {number:03d}, S.T.\nNIP. {nip}"
    return str(number), named, "Penata / III.c" if status == "PNS" else "", position, echelon, unit, status, ""
