"""Certificates in which something was changed: by accident the seal tells it, after forging what is said; edited plans are told, too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from giliran.certifying import check_certificate, make_certificate
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.result import Result
from giliran.solving import SolveOptions, solve
from tests.certificate.sealing import resealed

Path_ = tuple[str | int, ...]


@pytest.fixture(scope="module")
def result() -> Result:
    """Five people and two under a cap that binds, with too many wishes for the same day."""
    instance = Instance.build(
        horizon={"start": "2021-07-12", "end": "2021-07-14"},
        units=[{"id": "a", "level": "bidang"}, {"id": "b", "level": "bidang"}],
        staff=[{"id": id_, "unit": "a" if id_ in "ABCDE" else "b"} for id_ in "ABCDEFG"],
        rules=[
            {"id": "cap", "kind": "office_cap", "share": "40%", "per": "bidang"},
            {"id": "duty", "kind": "duty_officers", "count": 1, "per": "bidang"},
        ],
        goals=[
            {"id": "aim", "kind": "office_target", "aim": "most_office"},
            {"id": "fair", "kind": "fair_share"},
            {"id": "wishes", "kind": "wishes"},
        ],
        wishes=[{"staff_id": id_, "date": "2021-07-12", "place": "office"} for id_ in "ABCD"],
    )
    return solve(instance, SolveOptions(workers=1))


@pytest.fixture(scope="module")
def data(result: Result) -> dict[str, Any]:
    """The certificate as JSON data."""
    found: dict[str, Any] = json.loads(make_certificate(result).text())
    claims = [claim for part in found["parts"] for claim in part["claims"]]
    assert any(claim["rows"] for claim in claims) and any(claim["held"] for claim in claims)
    return found


def nodes(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Paths of everything in JSON data, leaves and what holds them."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from nodes(inner, (*path, key))
    elif isinstance(value, list):
        for k, inner in enumerate(value):
            yield from nodes(inner, (*path, k))


def at(data: Any, path: Path_) -> Any:
    """What stands at a path."""
    for step in path:
        data = data[step]
    return data


def changed(data: dict[str, Any], path: Path_, value: Any) -> dict[str, Any]:
    """A copy of the data with another value at a path."""
    if not path:
        return value  # type: ignore[no-any-return]
    copy: dict[str, Any] = json.loads(json.dumps(data))
    at(copy, path[:-1])[path[-1]] = value
    return copy


def without(data: dict[str, Any], path: Path_) -> dict[str, Any]:
    """A copy of the data without what stands at a path."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    del at(copy, path[:-1])[path[-1]]
    return copy


def others(value: Any) -> list[Any]:
    """What may stand in the place of a value: near it, of another kind, or with more or less in it."""
    if isinstance(value, bool) or value is None:
        return [not value, 0, "2021-07-12"]
    if isinstance(value, int):
        return [value + 1, value - 1, -value - 1, str(value), float(value), value != 0, None]
    if isinstance(value, str):
        return [value + " ", value[:-1], value.upper() + "x", "", 0, None]
    if isinstance(value, list):
        return [[], [*value, value[0]] if value else [0], [*value, None], {}, None, *([value[:-1]] if len(value) > 1 else [])]
    return [{**value, "more": 1}, {}, [], [value], None]


def mutations(data: dict[str, Any]) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Everything that is one change away: another value, or nothing, at every path. The form and the seal itself are among it."""
    for path in nodes(data):
        value = at(data, path)
        for other in others(value):
            if json.dumps(other) != json.dumps(value):
                yield path, changed(data, path, other)
        if path:
            yield path, without(data, path)


def proven(result: Result, data: object, folder: Path) -> bool:
    """Whether a certificate is taken and proves the plan; bad input is told."""
    file = folder / "proof.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    try:
        return check_certificate(result.instance, result.schedule, file).verdict.holds
    except InputError as error:
        assert error.text("en") and error.text("id")
        return False


def test_the_certificate_itself_is_proven(result: Result, data: dict[str, Any], tmp_path: Path) -> None:
    """The reference that all changes are compared with; the order of keys says nothing."""
    assert proven(result, data, tmp_path)
    assert proven(result, dict(reversed(data.items())), tmp_path)


def test_every_change_is_refused(result: Result, data: dict[str, Any], tmp_path: Path) -> None:
    """Whatever is changed or taken away, at every place of the file: the certificate is refused."""
    taken = [path for path, other in mutations(data) if proven(result, other, tmp_path)]
    assert not taken


MULTIPLIERS = {"y", "scale", "held", "rows", "ladders", "switches", "claims"}
"""What a proof is made of. Another multiplier may prove the same, and a part without claims says nothing of a tier: arithmetic decides."""


def last(path: Path_) -> str:
    """The last key of a path."""
    return next(step for step in reversed(path) if isinstance(step, str))


def test_forged_changes_are_refused_or_refuted(result: Result, data: dict[str, Any], tmp_path: Path) -> None:
    """After the seal is made again, every change still is, but for the seed, which proves nothing, and multipliers that prove as much."""
    taken = {path for path, other in mutations(data) if isinstance(other, dict) and proven(result, resealed(other), tmp_path)}
    assert ("seed",) in taken
    names = {"held" if "held" in path else last(path) for path in taken - {("seed",), ("seal",)}}
    assert names <= MULTIPLIERS


def test_keys_twice_are_refused(result: Result, data: dict[str, Any], tmp_path: Path) -> None:
    """A key that stands twice is refused wherever it is, also where both say the same."""
    text = json.dumps(data)
    for key in ("seed", "digest", "tiers", "scale", "y"):
        first = text.index(f'"{key}": ')
        value = json.JSONDecoder().raw_decode(text, first + len(f'"{key}": '))[0]
        (tmp_path / "proof.json").write_text(f'{text[:first]}"{key}": {json.dumps(value)}, {text[first:]}', encoding="utf-8")
        with pytest.raises(InputError, match=key):
            check_certificate(result.instance, result.schedule, tmp_path / "proof.json")


@pytest.mark.parametrize(
    ("form", "en", "id_"),
    [
        ("giliran-certificate/1", "of form 1, made by giliran 0.1 or 0.2; form 2 is read here", "berbentuk 1, dibuat dengan giliran 0.1"),
        (
            "giliran-certificate/3",
            "of form 3, made by a newer giliran; form 2 is read here",
            "berbentuk 3, dibuat dengan giliran yang",
        ),
        ("giliran-result/1", "found the text 'giliran-result/1'; certificates say", "ditemukan teks 'giliran-result/1'"),
        (None, "found nothing; certificates say", "ditemukan kosong"),
    ],
)
def test_other_forms_are_refused_by_name(result: Result, data: dict[str, Any], tmp_path: Path, form: str | None, en: str, id_: str) -> None:
    """A certificate of another form is told which it is and what to do, whatever else has changed in it."""
    old = {key: value for key, value in {**data, "schema": form}.items() if key not in ("seal", "costs", "unplanned")}
    (tmp_path / "proof.json").write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check_certificate(result.instance, result.schedule, tmp_path / "proof.json")
    assert en in caught.value.text("en") and id_ in caught.value.text("id")
    assert "solve" in caught.value.text("en").lower()


def _seed(data: dict[str, Any]) -> None:
    data["seed"] += 1


def _value(data: dict[str, Any]) -> None:
    data["parts"][0]["values"][0] += 1


@pytest.mark.parametrize("change", [_seed, _value])
def test_a_change_is_told_as_one(result: Result, data: dict[str, Any], tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """A well-formed certificate that was changed is told to be that, with its place."""
    copy = json.loads(json.dumps(data))
    change(copy)
    (tmp_path / "proof.json").write_text(json.dumps(copy), encoding="utf-8")
    with pytest.raises(InputError, match="seal: this certificate was changed after it was made") as caught:
        check_certificate(result.instance, result.schedule, tmp_path / "proof.json")
    assert "diubah setelah dibuat" in caught.value.text("id")
