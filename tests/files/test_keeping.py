"""A plan with gaps takes the place of no plan without any."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import docx
import pypdf
import pytest

from giliran.domain.status import Status, Stopped
from giliran.errors import InfeasibleError, InputError, UndecidedError
from giliran.files.keeping import is_strange, may_be_whole
from giliran.files.recap.answer import check_recap
from giliran.files.writing import RESULTS, Targets, check_targets, export, export_all
from giliran.instance import Instance
from giliran.result import Result
from tests.plans import GOOD, IDS, NOBODY, plan, result_of, small_instance

GAPS = ("??????", *GOOD[1:])
"""The first person's unit could not be planned in time."""
OTHER_GAPS = (*GOOD[:3], "??????")
HEAD = "staff_id,date,place\n"


def made(rows: tuple[str, ...] = GOOD, status: Status = Status.OPTIMAL) -> Result:
    """A result of the small instance."""
    instance = small_instance()
    return result_of(instance, plan(instance, rows), status, Stopped.TIME_LIMIT if status is Status.UNKNOWN else None)


def partial(rows: tuple[str, ...] = GAPS) -> Result:
    """A result with a part that has no plan."""
    return made(rows, Status.UNKNOWN)


@pytest.mark.parametrize("name", ["plan.csv", "plan.json"])
def test_a_plan_with_gaps_goes_beside_one_without(tmp_path: Path, name: str) -> None:
    """The old plan stays byte by byte; the new one is in `NAME.partial.EXT`, which `export` gives back."""
    target = tmp_path / name
    export(made(), target)
    before = target.read_bytes()
    written = export(partial(), target)
    assert written == tmp_path / f"plan.partial{target.suffix}" and target.read_bytes() == before
    assert export(partial(OTHER_GAPS), target) == written, "a plan with gaps is replaced by another"
    assert IDS[0] in written.read_text(encoding="utf-8") and {path.name for path in tmp_path.iterdir()} == {name, written.name}


@pytest.mark.parametrize("name", ["plan.csv", "plan.json"])
def test_it_replaces_one_without_where_that_is_asked_for(tmp_path: Path, name: str) -> None:
    """With `partial=True` the file that was named is written."""
    target = tmp_path / name
    export(made(), target)
    assert export(partial(), target, partial=True) == target
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_calendars_of_a_whole_plan_stay(tmp_path: Path) -> None:
    """A plan with gaps writes over none and adds none, and says so; `partial` writes them, and so does an empty folder."""
    folder = tmp_path / "kalender"
    export_all(made(), Targets([], calendars=folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    removed = min(before)
    (folder / removed).unlink()
    written = export_all(partial(OTHER_GAPS), Targets([], calendars=folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {name: it for name, it in before.items() if name != removed}
    assert [f"calendars in {folder} stay as they are" in said.text() for said in written.told()] == [True]
    asked = export_all(partial(OTHER_GAPS), Targets([], partial=True, calendars=folder))
    assert asked.calendars == (folder, len(GOOD) - 1) and asked.kept is None
    assert export_all(partial(), Targets([], calendars=tmp_path / "baru")).kept is None


@pytest.mark.parametrize("name", ["plan.csv", "plan.json"])
@pytest.mark.parametrize("there", [None, "", GAPS])
def test_where_no_whole_plan_is_it_takes_its_place(tmp_path: Path, name: str, there: tuple[str, ...] | str | None) -> None:
    """A missing file, an empty one and a plan with gaps are written over."""
    target = tmp_path / name
    if there == "":
        target.touch()
    elif there is not None:
        assert export(partial(), target) == target
    assert export(partial(OTHER_GAPS), target) == target


def test_a_whole_plan_replaces_both(tmp_path: Path) -> None:
    """A plan without gaps replaces whatever plan was there, under the name that was given."""
    for result in (partial(), made(), made()):
        assert export(result, tmp_path / "plan.csv") == tmp_path / "plan.csv"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


def test_what_else_stands_in_the_way_stays(tmp_path: Path) -> None:
    """A whole plan, or a file of others, under the name for plans with gaps is kept too."""
    for name in ("plan.csv", "plan.partial.csv"):
        export(made(), tmp_path / name)
    (tmp_path / "plan.partial.partial.csv").write_text("id,name\n")
    assert export(partial(), tmp_path / "plan.csv").name == "plan.partial.partial.partial.csv"
    assert (tmp_path / "plan.partial.partial.csv").read_text() == "id,name\n"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (HEAD, False),  # no row at all
        (HEAD + f"{IDS[2]},2021-07-12,office\n", False),
        (HEAD + f"{IDS[2]},2021-07-05,office\n", True),  # last week: whether it is whole is not known here
        (HEAD + "000,2021-07-12,office\n", True),  # other people
        (HEAD + "".join(f"{id_},2021-07-{day},WFO\n" for id_ in IDS for day in range(12, 18)), True),
        (HEAD + "".join(f"{id_},2021-07-{day},{'WFO' if day < 17 else ''}\n" for id_ in IDS for day in range(12, 18)), False),
        ("nip;tanggal;tempat\n" + "".join(f"{id_};{day}/07/2021;WFO\n" for id_ in IDS for day in range(12, 18)), True),  # from Excel
        ("id,name\n1,A\n", True),  # no plan
    ],
)
def test_what_a_schedule_in_csv_is_taken_for(tmp_path: Path, text: str, whole: bool) -> None:
    """A schedule has gaps if it has cells of this instance and not all of them; what is not seen to have gaps is kept."""
    path = tmp_path / "plan.csv"
    path.write_text(text)
    assert may_be_whole(path, small_instance().facts) is whole


def test_the_proof_stays_with_its_plan(tmp_path: Path) -> None:
    """Where a plan goes beside another, so does its certificate; and everything that was done is told."""
    plan_file, proof = tmp_path / "plan.csv", tmp_path / "proof.json"
    targets = Targets([plan_file, tmp_path / "all.json"], proof)
    text = '{"schema": "giliran-certificate/1"}'
    assert export_all(made(), targets, proof=text).files == (plan_file, tmp_path / "all.json", proof)
    written = export_all(partial(), targets, proof=text)
    assert [path.name for path in written.files] == ["plan.partial.csv", "all.partial.json", "proof.partial.json"]
    said = [each.text() for each in written.told()]
    assert len(said) == 3 and f"{plan_file} stays as it is, because this plan has gaps; it is in {tmp_path / 'plan.partial.csv'}" in said[0]
    assert "belum lengkap" in written.told()[0].text("id")


@pytest.mark.parametrize(("status", "error"), [(Status.INFEASIBLE, InfeasibleError), (Status.UNKNOWN, UndecidedError)])
def test_no_schedule_is_written_where_there_is_none(tmp_path: Path, status: Status, error: type[Exception]) -> None:
    """`export` of a result without a plan raises what `require` raises; as JSON it says what is known."""
    result = made(NOBODY, status)
    with pytest.raises(error):
        export(result, tmp_path / "plan.csv")
    assert not list(tmp_path.iterdir())
    assert export(result, tmp_path / "all.json") == tmp_path / "all.json"
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["status"] == status.value


def test_a_result_without_a_plan_replaces_no_plan(tmp_path: Path) -> None:
    """As JSON it goes beside a whole plan, too."""
    export(made(), tmp_path / "all.json")
    assert export(made(NOBODY, Status.INFEASIBLE), tmp_path / "all.json").name == "all.partial.json"


@pytest.mark.parametrize(
    ("name", "content", "strange"),
    [
        ("p.csv", "staff_id,date,place\n", False),
        ("p.csv", "\ufeffstaff_id;date;place;duty;team\r\nA;2021-07-12;office;;\r\n", False),
        ("p.csv", '"staff_id","date","place"\n', False),
        ("p.csv", " \n", False),
        ("p.csv", "", False),
        ("p.csv", "id,name,unit\nA,Ani,u\n", True),
        ("p.csv", "staff_id,date,place,reason\nA,2021-07-12,office,surat\n", True),  # pins
        ("p.csv", "staff_id,date,place,weight\n", True),  # wishes
        ("p.csv", "staff_id,from,to,reason\n", True),
        ("p.csv", "catatan rapat\nstaff_id,date,place\n", True),
        ("p.csv", "staff_id,date\n", True),
        ("p.json", '{"schema": "giliran-result/1", "title": "x"}', False),
        ("p.json", '{"schema":"giliran-result/1"}', False),
        ("p.json", '{"schema": "giliran/1"}', True),
        ("p.json", '{"schema": "giliran-certificate/2"}', True),
        ("p.json", '{"note": "of giliran-result/1"}', True),
        ("p.json", '[{"staff_id": "A"}]', True),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_files_are_ours_by_their_beginning(tmp_path: Path, name: str, content: str, strange: bool, encoding: str) -> None:
    """Plans and results may be replaced, also where a spreadsheet saved them again, and nothing else: no pins, no wishes, no list."""
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    assert is_strange(path, RESULTS[path.suffix]) is strange


@pytest.mark.parametrize("front", ["", "'"])
def test_marked_ids_count_as_those_of_the_instance(tmp_path: Path, front: str) -> None:
    """A plan that holds one of two people is one with gaps also where a spreadsheet's apostrophe stands before the id."""
    facts = Instance.build(horizon={"start": "2026-08-03", "end": "2026-08-03"}, staff=[{"id": "+62"}, {"id": "B"}]).facts
    path = tmp_path / "plan.csv"
    path.write_text(f"{HEAD}{front}+62,2026-08-03,home\n", encoding="utf-8")
    assert not may_be_whole(path, facts)
    path.write_text(f"{HEAD}{front}+62,2026-08-03,home\nB,2026-08-03,home\n", encoding="utf-8")
    assert may_be_whole(path, facts)


def test_documents_are_ours_by_what_they_say_of_themselves(tmp_path: Path) -> None:
    """A .docx and a .pdf that we wrote may be replaced, also after Word has saved the first; those of others are never."""
    made = small_instance()
    for ending in (".docx", ".pdf"):
        path = tmp_path / f"plan{ending}"
        export(result_of(made, plan(made)), path)
        assert not is_strange(path, RESULTS[ending])
        export(result_of(made, plan(made)), path)
    edited = docx.Document(str(tmp_path / "plan.docx"))
    edited.add_paragraph("Catatan")
    edited.save(str(tmp_path / "edited.docx"))
    assert not is_strange(tmp_path / "edited.docx", RESULTS[".docx"])
    assert is_strange(tmp_path / "edited.docx", RESULTS[".xlsx"]), "each format knows its own alone"
    docx.Document().save(str(tmp_path / "other.docx"))
    assert is_strange(tmp_path / "other.docx", RESULTS[".docx"])
    pages = pypdf.PdfWriter()
    pages.add_blank_page(100, 100)
    pages.write(tmp_path / "other.pdf")
    assert is_strange(tmp_path / "other.pdf", RESULTS[".pdf"])


def test_a_signed_document_is_nobody_s_to_replace(tmp_path: Path) -> None:
    """An electronic signature stands behind what we wrote; the file is kept as it is."""
    made, path = small_instance(), tmp_path / "plan.pdf"
    export(result_of(made, plan(made)), path)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.write(path)
    assert not is_strange(path, RESULTS[".pdf"])
    signature = pypdf.generic.DictionaryObject()
    signature[pypdf.generic.NameObject("/ByteRange")] = pypdf.generic.ArrayObject()
    writer._add_object(signature)
    writer.write(path)
    assert is_strange(path, RESULTS[".pdf"])


@pytest.mark.parametrize(("ending", "package"), [(".docx", "docx"), (".pdf", "typst"), (".xlsx", "xlsxwriter")])
def test_a_missing_package_is_told_before_anything_is_solved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, package: str
) -> None:
    """Nobody waits for a plan that cannot be written; the way to it is told in both languages."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(InputError) as caught:
        check_targets([tmp_path / f"plan{ending}"])
    assert "pip install 'giliran[desk]'" in caught.value.text() and "belum terpasang" in caught.value.text("id")


def test_a_recap_without_its_package_is_told_before_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads the workbooks of a month for nothing, and nobody is sent to an ending that recaps do not have."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError) as caught:
        check_recap([tmp_path / "recap.xlsx"], [])
    assert caught.value.text().endswith("Install it by pip install 'giliran[desk]'.")
