"""Many instances, one after the other: one that fails does not stop the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from giliran.cli.exits import Exit
from giliran.cli.failing import failure_of
from giliran.cli.interrupts import Interrupts
from giliran.cli.options import Format
from giliran.cli.output import answer_json, console, progress_bars, talk
from giliran.cli.proofs import Proof, proof_of
from giliran.cli.requests import Request, check_batch, over_instances, over_others, over_read
from giliran.cli.telling import exit_of, interrupted_with_nothing, run_line
from giliran.messages import Said, Sentence

if TYPE_CHECKING:
    from giliran.engine.run import Progress
    from giliran.files.batches import BatchRow
    from giliran.files.gathering import Named
    from giliran.files.keeping import Free
    from giliran.result import Result

USUAL = ("csv", "json")
"""Kinds of files that each instance gets where none are chosen."""
_PASSED_OVER = Sentence(
    en="passed over, because they do not say `schema: giliran/1`: {files}", id="dilewati karena tidak memuat `schema: giliran/1`: {files}"
)
_INTERRUPTED = Sentence(
    en="Interrupted: the instances below that are not done have left their earlier results as they were.",
    id="Dihentikan: berkas masukan di bawah yang belum dikerjakan tidak mengubah hasilnya yang lama.",
)


@dataclass(frozen=True)
class Task:
    """An instance, and the files for its results."""

    named: Named
    targets: tuple[Path, ...]


def solve_batch(request: Request, out_dir: Path, stop: Interrupts) -> Exit:
    """Solve every instance and print a summary; results go into a folder.

    Returns
    -------
    Exit
        The largest of those of the instances.

    Raises
    ------
    InputError
        Before anything is solved, if the instances or the folder cannot be used; what is wrong inside a file ends in the summary.
    """
    from giliran.files.batches import BatchFile
    from giliran.text.trying import make_folder, refuse_all, try_targets

    tasks = _tasks(request, out_dir)
    make_folder(out_dir)
    refuse_all(try_targets(target for task in tasks for target in task.targets))
    talk(run_line(request.search, verbose=request.verbose).text(request.lang))
    batch = BatchFile.of(_rows(request, tasks, stop))
    if batch.exit_code == Exit.INTERRUPTED:
        talk(_INTERRUPTED().text(request.lang))
    if request.format_ is Format.JSON:
        answer_json(batch.text())
    else:
        from giliran.cli.summary import report_batch

        report_batch(console(), batch, request.lang, verbose=request.verbose)
    return Exit(batch.exit_code)


def _tasks(request: Request, out_dir: Path) -> list[Task]:
    """What is to be done, and that nothing speaks against it."""
    from giliran.files.gathering import gather
    from giliran.files.writing import RESULTS
    from giliran.text.trying import refuse_all

    check_batch(request)
    gathered = gather(request.instances)
    endings = tuple(ending for ending in RESULTS if ending.removeprefix(".") in (request.kinds or USUAL))
    tasks = [Task(named, tuple(out_dir / f"{named.name}{ending}" for ending in endings)) for named in gathered.instances]
    targets = [target for task in tasks for target in task.targets]
    instances = [task.named.path for task in tasks]
    refuse_all([*over_instances(instances, targets)] or [*over_others(targets)] or over_read(instances, targets))
    strange = [path for path in gathered.passed_over if path.parent.resolve() != out_dir.resolve()]
    if strange:
        talk(_PASSED_OVER(files=strange).text(request.lang))
    return tasks


def _free(tasks: Sequence[Task], taken: Set[Path]) -> Free:
    """Whether a file that nobody named may take a plan with gaps: it is not taken, and no instance reads it."""
    from giliran.files.mentions import mentions

    return lambda path: path not in taken and not any(True for task in tasks for _ in mentions(task.named.path, [path]))


def _rows(request: Request, tasks: Sequence[Task], stop: Interrupts) -> list[BatchRow]:
    rows: list[BatchRow] = []
    taken = {target for task in tasks for target in task.targets}
    free = _free(tasks, taken)
    with progress_bars(request.lang, len(tasks)) as bars:
        for task in tasks:
            if stop.pressed.is_set():
                break
            bars.begin(task.named.name)
            rows.append(_Run(request, task, stop, bars.follow, free).row())
            taken.update(map(Path, rows[-1].files))
            bars.end()
    return rows + [_not_done(task) for task in tasks[len(rows) :]]


def _not_done(task: Task) -> BatchRow:
    from giliran.files.batches import BatchRow, Ending

    return BatchRow(name=task.named.name, instance=str(task.named.path), ending=Ending.NOT_DONE, exit_code=Exit.INTERRUPTED)


class _Run:
    """One instance of a batch at work."""

    def __init__(self, request: Request, task: Task, stop: Interrupts, follow: Callable[[Progress], None] | None, free: Free) -> None:
        self.request, self.task, self.stop, self.follow, self.free = request, task, stop, follow, free
        self.written: tuple[str, ...] = ()
        self.told: tuple[Said, ...] = ()
        self._begin = time.perf_counter()

    def row(self) -> BatchRow:
        """Load, solve, write; whatever happens, a row says it."""
        try:
            return self._solved()
        except KeyboardInterrupt:
            return self._given_up()
        except Exception as error:  # one bad instance does not stop the rest
            return self._given_up() if self.stop.raised else self._failed(error)

    def _solved(self) -> BatchRow:
        from giliran.files.batches import BatchRow
        from giliran.files.loading import load_instance
        from giliran.instance.sources import over_sources
        from giliran.records.sentences import Sentences
        from giliran.text.trying import refuse_all

        instance = load_instance(self.task.named.path, refill=self.request.refill)
        refuse_all(over_sources(instance, self.task.targets))
        with self.stop.patient():
            result = self.request.search.solve(instance, self.follow, self.stop.pressed)
        if interrupted_with_nothing(result):
            raise KeyboardInterrupt
        proof = proof_of(result, self.request.certificate, self.request.lang, self.stop)
        with self.stop.patient():
            self._write(result, proof)
        code = Exit.INTERRUPTED if proof.given_up else exit_of(result)
        where = {"name": self.task.named.name, "instance": str(self.task.named.path)}
        row = BatchRow.of(result, **where, exit_code=code, seconds=self._seconds(), files=self.written)
        return row.model_copy(update={"told": (*row.told, *map(Sentences.of, self.told))})

    def _write(self, result: Result, proof: Proof) -> None:
        """All files, or none."""
        from giliran.files.writing import Targets, export_all

        targets = Targets(self.task.targets, partial=self.request.partial, free=self.free, style=self.request.style)
        written = export_all(result, targets, self.request.lang, proof.inside)
        self.written, self.told = tuple(map(str, written.files)), written.told()

    def _given_up(self) -> BatchRow:
        self.stop.pressed.set()
        self.stop.settle()
        return _not_done(self.task).model_copy(update={"seconds": self._seconds(), "files": self.written})

    def _failed(self, error: Exception) -> BatchRow:
        from giliran.files.batches import BatchRow, Ending
        from giliran.records.sentences import Sentences

        failure = failure_of(error)
        ending = {
            Exit.UNDECIDED: Ending.OUT_OF_MEMORY,
            Exit.INTERNAL: Ending.INTERNAL_ERROR,
            Exit.EXECUTOR: Ending.LOST,
        }.get(failure.code, Ending.BAD_INPUT)
        row = BatchRow(name=self.task.named.name, instance=str(self.task.named.path), ending=ending, exit_code=failure.code)
        problems = tuple(Sentences(en=problem["en"], id=problem["id"]) for problem in failure.problems)
        return row.model_copy(update={"problems": problems, "seconds": self._seconds(), "files": self.written})

    def _seconds(self) -> float:
        return time.perf_counter() - self._begin
