"""Instances without a file of one's own, and results without any."""

from __future__ import annotations

import codecs
import io
import json
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import giliran
from giliran.cli import main
from giliran.errors import InputError
from tests.plans import plan, result_of, small_instance


def result() -> giliran.Result:
    """A small plan, made without a solver."""
    instance = small_instance()
    return result_of(instance, plan(instance))


def test_every_sample_loads() -> None:
    """Every instance that comes along is read without a problem; another name is told with the nearest."""
    for name in giliran.samples():
        assert giliran.load_sample(name).facts.num_people < 200
    with pytest.raises(InputError, match="Did you mean umum"):
        giliran.load_sample("umu")


def test_solve_a_sample_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`giliran solve --sample` needs no file, and writes none that nobody named."""
    monkeypatch.chdir(tmp_path)
    assert main(["solve", "--sample", "saturday-duty", "--lang", "en"]) == 0
    assert "Proven best" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
    assert main(["solve", "--sample", "umun", "--lang", "en"]) == 2
    assert "no sample is called umun" in capsys.readouterr().err


@pytest.mark.parametrize(
    "call",
    [
        lambda: giliran.load_sample(5),  # type: ignore[arg-type]
        lambda: giliran.json_schema(None),  # type: ignore[arg-type]
        lambda: giliran.generate("x"),  # type: ignore[arg-type]
        lambda: giliran.make_certificate(5),  # type: ignore[arg-type]
        lambda: giliran.Schedule.from_rows(5, []),  # type: ignore[arg-type]
        lambda: giliran.Schedule.from_office("i.yaml", None),  # type: ignore[arg-type]
    ],
)
def test_arguments_that_are_none(call: Callable[[], object]) -> None:
    """A wrong argument is an input error, which says what was expected."""
    with pytest.raises(InputError, match="expected"):
        call()


def test_generated_in_memory(tmp_path: Path) -> None:
    """What is generated in memory is what the command writes to files."""
    assert main(["generate", "--staff", "30", "--seed", "3", "-o", str(tmp_path)]) == 0
    made, loaded = giliran.generate(30, seed=3), giliran.load_instance(tmp_path)
    assert made.facts == loaded.facts and made.rules == loaded.rules
    with pytest.raises(InputError, match="capz"):
        giliran.generate(30, families=["capz"])


def test_what_there_is() -> None:
    """Kinds and circulars are listed with what they mean and what may be written."""
    kinds = {each.kind: each for each in giliran.list_rules()}
    assert kinds["office_cap"].example["kind"] == "office_cap" and kinds["fair_share"].is_goal and not kinds["office_cap"].is_goal
    assert all(each.summary.text("id") != each.summary.text("en") for each in kinds.values())
    letters = {each.name: each for each in giliran.list_circulars()}
    assert "limit" in letters["umum"].choices and letters["umum"].title["id"]


def test_results_as_data(tmp_path: Path) -> None:
    """A result says as data what its file holds, by the schema that is told."""
    found = result()
    giliran.export(found, tmp_path / "all.json")
    assert found.to_json("en") == (tmp_path / "all.json").read_text(encoding="utf-8")
    assert found.to_dict() == json.loads(found.to_json())
    jsonschema.validate(found.to_dict("id"), giliran.json_schema("result"))
    with pytest.raises(InputError, match="Did you mean result"):
        giliran.json_schema("resul")


STREAMS: dict[str, Callable[[], Any]] = {
    "tempfile": partial(tempfile.NamedTemporaryFile, "w", encoding="utf-8"),
    "spooled": partial(tempfile.SpooledTemporaryFile, mode="w+", encoding="utf-8"),
    "codecs.open": partial(codecs.open, os.devnull, "w", "utf-8"),
    "codecs.getwriter": lambda: codecs.getwriter("utf-8")(io.BytesIO()),
}


@pytest.mark.parametrize("kind", STREAMS)
def test_text_streams_of_any_class(kind: str) -> None:
    """They get text, and refuse formats of bytes in a sentence, whatever class they are of."""
    found = result()
    with STREAMS[kind]() as stream:
        assert giliran.export(found, stream, format="csv") is None
        with pytest.raises(InputError, match="open it in binary mode"):
            giliran.export(found, stream, format="xlsx")
        assert kind == "codecs.open" or stream.tell() > 0


@pytest.mark.parametrize("opened", [io.BytesIO, tempfile.TemporaryFile, tempfile.SpooledTemporaryFile])
def test_streams_of_bytes_of_any_class(opened: Callable[[], Any]) -> None:
    """They get the bytes of a text."""
    with opened() as stream:
        giliran.export(result(), stream, format="csv")
        stream.seek(0)
        assert stream.read().startswith(b"staff_id,date")


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_streams(ending: str, tmp_path: Path) -> None:
    """A stream of bytes gets what the file of that ending would hold; one of text the same, where it is text."""
    found, stream = result(), io.BytesIO()
    path = giliran.export(found, tmp_path / f"plan.{ending}")
    assert giliran.export(found, stream, format=ending) is None
    assert path is not None and (stream.getvalue() == path.read_bytes() or ending == "xlsx")
    text = io.StringIO()
    if ending == "xlsx":
        assert stream.getvalue().startswith(b"PK")
        with pytest.raises(InputError, match="binary mode"):
            giliran.export(found, text, format=ending)
    else:
        giliran.export(found, text, format=ending)
        assert text.getvalue() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "format_", "said"),
    [
        (io.StringIO(), None, "format: found nothing; the format of a stream is one of csv, json, xlsx"),
        (io.StringIO(), "jsn", "Did you mean json?"),
        ("plan.csv", "json", "format: found the text 'json', and plan.csv says another"),
        (5, None, "path: found 5; expected the name of a file or a stream"),
    ],
)
def test_formats_that_are_none(path: object, format_: str | None, said: str) -> None:
    """A format that nobody knows, none, or two that differ are told, and nothing is written."""
    with pytest.raises(InputError) as caught:
        giliran.export(result(), path, format=format_)  # type: ignore[arg-type]
    assert said in caught.value.text() and caught.value.text() != caught.value.text("id")


def test_certificates_in_memory() -> None:
    """A certificate is made and held against the plan without a file; one of another plan is wrong, one of another instance refused."""
    solved = giliran.solve(small_instance())
    proof = giliran.make_certificate(solved)
    for given in (proof, json.loads(proof.text()), solved.to_dict(certificate=proof)):
        checked = giliran.check_certificate(solved.instance, solved.schedule, given)
        assert checked.holds and checked.proven
    other = plan(solved.instance, ("110000", "001100", "110000", "001110"), ("100000", "000100", "010000", "001000"))
    assert not giliran.check_certificate(solved.instance, other, proof).holds
    with pytest.raises(InputError, match="another instance"):
        giliran.check_certificate(small_instance(rules=[]), plan(small_instance(rules=[])), proof)
    with pytest.raises(InputError, match="no certificate here"):
        giliran.check_certificate(solved.instance, solved.schedule, {"a": 1})
