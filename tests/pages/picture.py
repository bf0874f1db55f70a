"""Makes the picture of a page that the guide shows, `python -m tests.pages.picture`; run it again whenever the page looks otherwise."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from giliran import Instance, Replanned, SolveOptions, export, replan, solve
from tests.browsing import browsing

PICTURE = Path(__file__).parents[2] / "solver" / "giliran" / "guide" / "page.png"
WIDTH, HEIGHT = 1240, 700
COLOURS = 64
"""Of the picture, which has few: a third of the size that all of them take."""
UNITS = {
    "d": ("Dinas Pangan", "opd", None),
    "s": ("Sekretariat", "sekretariat", "d"),
    "k": ("Bidang Ketersediaan Pangan", "bidang", "d"),
    "b": ("Bidang Distribusi Pangan", "bidang", "d"),
    "a": ("Bidang Keamanan Pangan", "bidang", "d"),
}
HEADS = {
    "s": "Sekretaris Dinas",
    "k": "Kepala Bidang Ketersediaan Pangan",
    "b": "Kepala Bidang Distribusi Pangan",
    "a": "Kepala Bidang Keamanan Pangan",
}
POSITIONS = (
    "Analis Ketahanan Pangan Ahli Muda",
    "Pengelola Data",
    "Perencana Ahli Muda",
    "Arsiparis Terampil",
    "Pengadministrasi Perkantoran",
)
NAMES = (
    *(
        "Ahmad Fauzi",
        "Siti Rahmawati",
        "Yusuf Maulana",
        "Maria Simanjuntak",
        "I Made Wirawan",
        "Dewi Lestari",
        "Hendra Gunawan",
        "Rina Marlina",
    ),
    *(
        "Agus Salim",
        "Slamet Riyadi",
        "Fitri Handayani",
        "Joko Susilo",
        "Nurul Hidayah",
        "Andi Baso Makkasau",
        "Ratna Sari",
        "Bambang Irawan",
    ),
    *("Lina Kusuma", "Teguh Prasetyo", "Yohanes Tuba", "Wahyu Hidayat", "Eka Putri", "Rudi Hartono", "Sri Wahyuni", "Dian Anggraini"),
    *("Tono Sugiarto", "Maya Puspita", "Arif Budiman", "Desi Ratnasari", "Gilang Ramadhan", "Yuni Astuti", "Hasan Basri", "Indah Permata"),
    *("Fajar Nugroho", "Kartika Sari", "Umar Faruq", "Lestari Ningsih"),
)
ILL, ORDERED = "H-13", "H-12"
SCROLLED = 352
"""CSS pixels: eight rows, so that the second unit stands below the heading."""
PERSON, DETAIL = "Nurul Hidayah", "Jumat 7 Agustus 2026"
CELL = "[...document.querySelectorAll('#view-grid .body .row')].find((row) => row.innerText.startsWith(arguments[0]))?.children[5]"
"""The fifth day of a person."""


def data() -> dict[str, Any]:
    """An agency of 36 people, a limit of a half and duty, over two weeks."""
    staff = []
    for k, name in enumerate(NAMES):
        unit, place = "skba"[k // 9], k % 9
        head = {"head": "yes", "rank": "administrator", "position": HEADS[unit]}
        other = {"rank": "pelaksana", "position": POSITIONS[(k * 3) % len(POSITIONS)]}
        nip = f"19{80 + k % 15}{1 + k % 12:02d}{10 + k % 18}20120{1 + k % 9}10{k % 90 + 10}"
        staff.append({"id": f"H-{k:02d}", "nip": nip, "name": name, "unit": unit, "status": "pns", **(other if place else head)})
    return {
        "title": "Dinas Pangan Kota Sukamaju",
        "horizon": {"start": "2026-08-03", "end": "2026-08-14"},
        "units": [
            {"id": id_, "name": name, "level": level} | ({"parent": above} if above else {}) for id_, (name, level, above) in UNITS.items()
        ],
        "staff": staff,
        "circulars": [{"name": "umum", "choose": {"limit": "50%", "per": "bidang", "duty": 1, "leaders_place": "office"}}],
    }


def plan() -> Replanned:
    """The plan of these weeks, made again since somebody fell ill and somebody is ordered to come."""
    instance = Instance.build(data())
    published = solve(instance, SolveOptions(workers=1)).schedule
    absences = [{"staff_id": ILL, "from": "2026-08-06", "to": "2026-08-10", "reason": "sakit"}]
    pins = [{"staff_id": ORDERED, "date": "2026-08-07", "place": "WFO"}]
    return replan(instance, published, absences=absences, pins=pins, first_day="2026-08-05", options=SolveOptions(workers=1))


def main() -> None:
    """Write the picture: the second unit in sight, and a changed cell chosen."""
    with tempfile.TemporaryDirectory() as folder:
        path = export(plan().result, Path(folder) / "plan.html", lang="id")
        with browsing(Path(folder) / "profile") as browser:
            browser.open(path, width=WIDTH, height=HEIGHT)
            browser.wait("document.querySelectorAll('#view-grid .body .row:not(.unit) .name').length > 0")
            browser.run("document.querySelector('#view-grid .table').scrollTop = arguments[0]", SCROLLED)
            browser.wait(f"{CELL} !== undefined", PERSON)
            browser.run(f"{CELL}.click()", PERSON)
            browser.wait("document.body.innerText.includes(arguments[0])", DETAIL)
            browser.screenshot(PICTURE)
    Image.open(PICTURE).convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
