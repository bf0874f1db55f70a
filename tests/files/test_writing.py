"""Results written to files."""

from __future__ import annotations

from pathlib import Path

import pytest

from giliran.domain.status import Status
from giliran.errors import InputError
from giliran.files.formats import FORMATS
from giliran.files.keeping import is_strange
from giliran.files.writing import RESULTS, Targets, check_targets, export, export_all
from tests.plans import plan, result_of, small_instance


def test_ending_decides(tmp_path: Path) -> None:
    """`.csv` holds the schedule, `.json` everything."""
    instance = small_instance()
    result = result_of(instance, plan(instance))
    written = export_all(result, Targets([tmp_path / "plan.csv", tmp_path / "all.JSON"]))
    assert [path.name for path in written.files] == ["plan.csv", "all.JSON"]
    assert (tmp_path / "plan.csv").read_text(encoding="utf-8").startswith("staff_id,date,place,duty\n")
    assert '"giliran-result/1"' in (tmp_path / "all.JSON").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan.jsn", "Did you mean plan.json?"),
        ("plan.odt", f"ending in {', '.join(FORMATS)}, not in '.odt'"),
        ("missing/plan.csv", "does not exist"),
        (".", "a file was expected"),
        ("plan", f"ending in {', '.join(FORMATS)}; this name has no ending"),
        ("pl\0an.csv", "its name holds characters that no file name may have here"),
        ("pl\ud800an.csv", "its name holds characters that no file name may have here"),
    ],
)
def test_bad_targets(tmp_path: Path, name: str, said: str) -> None:
    """A file that could not be written is refused before anything is solved."""
    with pytest.raises(InputError) as caught:
        check_targets([tmp_path / name])
    assert said in caught.value.text() and caught.value.text("id") != caught.value.text("en")


def test_same_file_twice(tmp_path: Path) -> None:
    """A file that is named twice is refused."""
    with pytest.raises(InputError, match="named twice"):
        check_targets([tmp_path / "a.csv", tmp_path / "." / "a.csv"])


def test_nothing_planned_keeps_the_old_plan(tmp_path: Path) -> None:
    """A schedule without a single place does not replace a plan made before; the JSON result is written."""
    instance = small_instance()
    result = result_of(instance, plan(instance, ("??????",) * 4), Status.UNKNOWN)
    old = tmp_path / "plan.csv"
    old.write_text("old", encoding="utf-8")
    written = export_all(result, Targets([old, tmp_path / "all.json"]))
    assert (written.files, written.left_out) == ((tmp_path / "all.json",), (old,))
    assert [said.text() for said in written.told()] == [f"{old}: not written, because nothing is planned"]
    assert old.read_text(encoding="utf-8") == "old"


def test_everybody_away_is_a_plan(tmp_path: Path) -> None:
    """Where everybody is on leave nothing is left to plan, and the file says who is away when."""
    away = [{"staff_id": id_, "from": "2021-07-12", "to": "2021-07-13", "reason": "cuti"} for id_ in "AB"]
    instance = small_instance(
        horizon={"start": "2021-07-12", "end": "2021-07-13"}, staff=[{"id": "A"}, {"id": "B"}], absences=away, rules=[], goals=[]
    )
    export_all(result_of(instance, plan(instance, ["00", "00"], ["00", "00"])), Targets([tmp_path / "plan.csv"]))
    assert [row.split(",")[:3] for row in (tmp_path / "plan.csv").read_text(encoding="utf-8").splitlines()[1:]] == [
        [id_, f"2021-07-{day}", "absent"] for id_ in "AB" for day in (12, 13)
    ]


def test_bad_target_writes_nothing(tmp_path: Path) -> None:
    """One bad name among several keeps all of them from being written."""
    instance = small_instance()
    with pytest.raises(InputError):
        export_all(result_of(instance, plan(instance)), Targets([tmp_path / "plan.csv", tmp_path / "plan.odt"]))
    assert not list(tmp_path.iterdir())


def test_export_by_name(tmp_path: Path) -> None:
    """`export` takes a plain text as path."""
    instance = small_instance()
    export(result_of(instance, plan(instance)), str(tmp_path / "plan.csv"))
    assert (tmp_path / "plan.csv").exists()


def test_link_to_itself(tmp_path: Path) -> None:
    """A symbolic link that runs in a circle names no other file, so the plan takes its place."""
    instance = small_instance()
    loop = tmp_path / "plan.csv"
    loop.symlink_to(loop)
    export_all(result_of(instance, plan(instance)), Targets([loop]))
    assert loop.read_text(encoding="utf-8").startswith("staff_id,date,place,duty\n")


def test_results_are_known_by_their_beginning(tmp_path: Path) -> None:
    """What is written is known again, so that it may be replaced."""
    instance = small_instance()
    for ending, ours in RESULTS.items():
        path = tmp_path / f"plan{ending}"
        export(result_of(instance, plan(instance)), path)
        assert ours(path) and not is_strange(path, ours)


def test_anything_else_than_a_result_or_a_name_is_one_clear_error(tmp_path: Path) -> None:
    """A text in place of the result, nothing in place of the file, a number as certificate or a strange language is said as such."""
    instance = small_instance()
    with pytest.raises(InputError, match="found the text 'x'; expected a result of solve"):
        export("x", tmp_path / "plan.csv")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="found nothing; expected the name of a file"):
        export(result_of(instance, plan(instance)), None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="certificate: found 3; expected a certificate"):
        export(result_of(instance, plan(instance)), tmp_path / "plan.json", certificate=3)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="lang: found the text 'fr'; expected one of en, id"):
        export(result_of(instance, plan(instance)), tmp_path / "plan.json", "fr")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_one_bad_file_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second of two files cannot take its place, the first is the old one, and the error says so truly."""
    instance = small_instance()
    (tmp_path / "plan.csv").write_text("old", encoding="utf-8")
    original = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).name == "all.json":
            raise PermissionError(13, "Permission denied")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(InputError, match=r"all\.json: the file cannot be written: permission denied; what was there before is unchanged"):
        export_all(result_of(instance, plan(instance)), Targets([tmp_path / "plan.csv", tmp_path / "all.json"]))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("plan.csv", "old")]
