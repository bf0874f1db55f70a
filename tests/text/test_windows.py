"""Names that Windows gives a meaning of its own: refused there, and never made by us anywhere."""

from __future__ import annotations

import os

import pytest

from giliran.text import windows
from giliran.text.windows import refused_by_windows, safe_name

BAD = [
    ("NUL.csv", "NUL is a device"),
    ("out/con", "CON is a device"),
    ("Com1.plan.json", "COM1 is a device"),
    ("lpt¹.csv", "LPT¹ is a device"),
    ("CONIN$.csv", "CONIN$ is a device"),
    ("aux .csv", "AUX is a device"),
    ("prn/plan.csv", "PRN is a device"),
    ("C:\\plans\\nul.csv", "NUL is a device"),
    ("plan.csv.", "the end of the name 'plan.csv.'"),
    ("plan.csv ", "the end of the name 'plan.csv '"),
    ("out./plan.csv", "the end of the name 'out.'"),
    ("jadwal 12:30.csv", "the sign :"),
    ("C:\\a\\plan.csv:hidden.csv", "the sign :"),
    ("apa?.csv", "the sign ?"),
    ("a<b>.csv", "the sign <"),
    ('"plan".csv', 'the sign "'),
    ("a|b.csv", "the sign |"),
    ("*.csv", "the sign *"),
    ("a\nb.csv", "the sign \\n"),
]
"""Paths, and what is said of them. Source: Microsoft, "Naming Files, Paths, and Namespaces"."""

GOOD = [
    *("plan.csv", "out/plan.csv", "C:\\plans\\plan.csv", "C:plan.csv", "..\\plan.csv", "./plan.csv", ".plan.csv", "a b.csv"),
    *("null.csv", "console.csv", "com10.csv", "COM.csv", "aux-2.csv", "my.nul.csv", "\\\\server\\share\\plan.csv", "rencana «é».csv"),
]


@pytest.fixture
def here_is_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are read as Windows reads them."""
    monkeypatch.setattr(windows, "on_windows", lambda: True)


@pytest.mark.usefixtures("here_is_windows")
@pytest.mark.parametrize(("path", "said"), BAD, ids=[path for path, _ in BAD])
def test_names_that_mean_something_else(path: str, said: str) -> None:
    """Devices, endings that are dropped and signs are named in both languages, wherever in the path they stand."""
    found = refused_by_windows(path)
    assert found is not None and said in found.text("en") and "berkas tidak dapat ditulis" in found.text("id")


@pytest.mark.usefixtures("here_is_windows")
@pytest.mark.parametrize("path", GOOD)
def test_names_that_are_only_like_them(path: str) -> None:
    """Drives, shares, folders above and names that merely begin like a device are no trouble."""
    assert refused_by_windows(path) is None


@pytest.mark.skipif(os.name == "nt", reason="these names are refused here")
@pytest.mark.parametrize("path", [path for path, _ in BAD])
def test_elsewhere_they_are_names_like_others(path: str) -> None:
    """What Windows makes of a name matters on Windows alone."""
    assert refused_by_windows(path) is None


@pytest.mark.usefixtures("here_is_windows")
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("con", "con_"),
        ("Nul", "Nul_"),
        ("com1.lama", "com1_.lama"),
        ("aux ", "aux_ "),
        ("jadwal 12:30", "jadwal 12_30"),
        ("a\\b", "a_b"),
        ("a\nb", "a_b"),
        ("bkd-week-28", "bkd-week-28"),
        ("minggu 28.", "minggu 28."),
        ("console", "console"),
    ],
)
def test_names_that_we_make(name: str, safe: str) -> None:
    """A name that we make is one that Windows takes too, and is changed no more than that asks for."""
    assert safe_name(name) == safe
    assert refused_by_windows(f"{safe}.csv") is None and safe_name(safe) == safe
