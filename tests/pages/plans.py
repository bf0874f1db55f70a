"""A plan for tests of pages: two agencies, names that would be dangerous anywhere else, somebody ill, duty, a published plan."""

from __future__ import annotations

from typing import Any

from giliran import Instance, Result, SolveOptions, solve

HOSTILE = ("<script>alert(1)</script>", "</script><b>x", "{{7*7}}", "<img src=x onerror=alert(1)>", "Ni Ketut “Ayu” & Rekan", "عبد الله")
"""Names of the first people."""
UNIT = "</script>{{7*7}} <Bidang> & \u2028Umum"
"""Name of a unit."""


def data(**more: Any) -> dict[str, Any]:
    """The instance, two weeks with a holiday."""
    staff = [{"id": f"H-{k:02d}", "name": f"Pegawai {k}", "unit": "ab"[k % 2], "position": f"Analis {k % 3}"} for k in range(12)]
    for person, name in zip(staff, HOSTILE, strict=False):
        person["name"] = name
    staff[3]["phone"] = staff[4]["phone"] = "0812-3456"
    return {
        "title": "Dinas <Pangan> & Tani",
        "horizon": {"start": "2026-08-10", "end": "2026-08-21"},
        "units": [
            {"id": "d", "name": "Dinas Pangan", "level": "opd"},
            {"id": "a", "name": UNIT, "level": "bidang", "parent": "d"},
            {"id": "b", "name": "Bidang Sapi", "level": "bidang", "parent": "d"},
        ],
        "staff": staff,
        "absences": [{"staff_id": "H-02", "from": "2026-08-11", "to": "2026-08-12", "reason": "sakit"}],
        "rules": [
            {"id": "cap", "kind": "office_cap", "per": "bidang", "share": "50%"},
            {"id": "duty", "kind": "duty_officers", "per": "bidang", "count": 1},
        ],
        "goals": [{"kind": "office_target", "aim": "most_office"}, {"kind": "fair_share"}],
        **more,
    }


def plan(**more: Any) -> Result:
    """A plan for it."""
    return solve(Instance.build(data(**more)), SolveOptions(workers=1))
