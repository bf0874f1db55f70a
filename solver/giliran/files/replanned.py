"""What a planned-again plan changes, as files: a text to send, a table, and JSON for programs; and the plan beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial as later
from pathlib import Path

from giliran.errors import Problem, Where
from giliran.files.keeping import Ours, begins_as_document, by_head, is_strange
from giliran.files.writing import Targets, Written, export_all
from giliran.instance.sources import over_sources
from giliran.messages import LANGUAGES, Lang, Sentence, did_you_mean, nearest
from giliran.reports.replanned import by_person, change_lines, order_lines, sent_table, version_line
from giliran.text.cells import csv_cells
from giliran.text.opened import among, by_marks, marks_of
from giliran.text.trying import CHOOSE_OTHER, refuse_all, try_targets
from giliran.whatif.replanned import Replanned

_ENDING = Sentence(
    en="a list of changes is written to files ending in {known}, not in '{ending}'",
    id="daftar perubahan ditulis ke berkas berakhiran {known}, bukan '{ending}'",
)
_NOT_OURS = Sentence(
    en="this file is there already and is no list of changes, so none is written over it",
    id="berkas ini sudah ada dan bukan daftar perubahan, jadi tidak ditimpa",
)
_TWICE = Sentence(en="this file is named twice", id="berkas ini disebut dua kali")
_OVER_PUBLISHED = Sentence(
    en="this would replace the published plan, which stays as it was announced",
    id="ini akan menimpa jadwal yang sudah ditetapkan, yang tidak boleh berubah",
)
_HEAD = Sentence(en="Changes: {title}", id="Perubahan: {title}")
REPLAN = "giliran-replan/"
"""How the schema of a list of changes in JSON begins, whatever its version."""
_COLUMNS = ("staff_id", "name", "date", "duty", "was", "becomes", "because")


def changes_csv(replanned: Replanned, lang: Lang = "en") -> str:
    """The list of changes as a table, a row for each, its words in one language."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(_COLUMNS)
    for row in sent_table(replanned).rows:
        words = [said.text(lang) for said in (row.was, row.becomes, row.because)]
        out.write(",".join(csv_cells([row.id, row.name, row.day.isoformat(), row.rule, *words])) + "\n")
    return out.getvalue()


def changes_text(replanned: Replanned, lang: Lang = "en") -> str:
    """The list of changes as a text to send: what is new, how much changes, then every person."""
    facts = replanned.result.instance.facts
    lines = [_HEAD(title=facts.title).text(lang), version_line(replanned).text(lang), ""]
    lines += [f"- {said.text(lang)}" for said in order_lines(replanned)]
    lines += ["", *(said.text(lang) for said in change_lines(replanned))]
    for person, changes in by_person(sent_table(replanned)):
        lines += ["", person.text(lang), *(f"  {said.text(lang)}" for said in changes)]
    return "\n".join(lines) + "\n"


def _changes_json(replanned: Replanned, lang: Lang = "en") -> str:
    from giliran.files.replan_file import ReplanFile  # models of records, 0.1 s: not before they are needed

    return ReplanFile.of(replanned, lang, whole=False).text()


_WRITERS: dict[str, Callable[[Replanned, Lang], str]] = {".txt": changes_text, ".csv": changes_csv, ".json": _changes_json}


def _begins_as_text(text: str) -> bool:
    heads = [_HEAD(title="").text(lang) for lang in LANGUAGES]
    return any(text.startswith(head) for head in heads)


def _begins_as_table(text: str) -> bool:
    return text.startswith(",".join(_COLUMNS))


_OURS: dict[str, Ours] = {
    ".txt": by_head(_begins_as_text),
    ".csv": by_head(_begins_as_table),
    ".json": by_head(later(begins_as_document, schema=REPLAN)),
}
"""By ending, which files are lists of changes."""


def wrong_lists(paths: Sequence[Path], others: Sequence[Path], published: Path | None) -> Iterator[Problem]:
    """What is wrong with files for a list of changes, and for a plan beside it.

    Parameters
    ----------
    paths
        For lists of changes: their endings, what is in them already, files named twice.
    others
        For the plan.
    published
        The file of the published plan, which nothing is written over.
    """
    for path in paths:
        ending = path.suffix.lower()
        if ending not in _WRITERS:
            near = nearest(ending, _WRITERS)
            advice = did_you_mean(path.with_suffix(near).name if near else None)
            yield Problem(Where(str(path)), _ENDING(known=", ".join(_WRITERS), ending=path.suffix), advice)
        elif is_strange(path, _OURS[ending]):
            yield Problem(Where(str(path)), _NOT_OURS(), CHOOSE_OTHER())
    yield from _twice(paths, others)
    known = by_marks([published] if published else [])
    for path in (*paths, *others):
        if among(path, known) is not None:
            yield Problem(Where(str(path)), _OVER_PUBLISHED(), CHOOSE_OTHER())


def _twice(paths: Sequence[Path], others: Sequence[Path]) -> Iterator[Problem]:
    seen: set[object] = {mark for path in others for mark in marks_of(path)}
    for path in paths:
        marks = marks_of(path)
        if not seen.isdisjoint(marks):
            yield Problem(Where(str(path)), _TWICE())
        seen |= marks


def write_replanned(replanned: Replanned, targets: Targets, lists: Sequence[Path], lang: Lang = "en") -> Written:
    """Write the new plan and its lists of changes, all of it or nothing; no list where not everybody is planned.

    Raises
    ------
    InputError
        As `export_all`, and if a list would be written over what the instance was read from; before anything is written.
    """
    whole = replanned.whole
    refuse_all([*over_sources(replanned.result.instance, lists), *try_targets(lists)])
    more = [(path, later(_WRITERS[path.suffix.lower()], replanned, lang)) for path in lists if whole]
    because = {(one.what.person, one.what.day, getattr(one.what, "rule", "")): one.because for one in replanned.changes}
    written = export_all(replanned.result, targets, lang, more=more, because=because)
    return written if whole else replace(written, left_out=(*written.left_out, *lists))
