"""One measured run of a peer: `python -m benchmarks.peers INSTANCE --peer NAME` prints one line of JSON.

Loads, compiles, lets the peer work in a process of its own, and audits its plan. Loads no solver itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from benchmarks.measure import MARGIN_S
from benchmarks.peers.exchange import Answer, Task, read_answer, write_task
from benchmarks.peers.registry import PEERS
from giliran.audit import audit
from giliran.domain.lottery import default_seed, lottery_order
from giliran.domain.schedule import schedule_of
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.solving import compile_program


@click.command()
@click.argument("instance", type=click.Path(exists=True, path_type=Path))
@click.option("--peer", type=click.Choice(sorted(PEERS)), required=True)
@click.option("--seed", type=int, default=None)
@click.option("--workers", type=int, required=True)
@click.option("--time-limit", type=float, required=True)
def main(instance: Path, peer: str, seed: int | None, workers: int, time_limit: float) -> None:
    """Let a peer solve one instance, audit its plan and print what it took."""
    start = time.perf_counter()
    loaded = load_instance(instance)
    facts = loaded.facts
    load_s = time.perf_counter() - start
    program = compile_program(loaded)
    compile_s = time.perf_counter() - start - load_s
    drawn = default_seed(facts.dates[0]) if seed is None else seed
    task = Task(program, lottery_order(facts.staff.ids, drawn, facts.dates[0]))
    answer = _ask(task, peer, workers, time_limit)
    line: dict[str, Any] = {"staff": facts.num_people, "days": facts.num_days, "seed": drawn, "workers": workers}
    if answer is None:
        click.echo(json.dumps({**line, "status": "gave up"}))
        return
    check(loaded, answer)
    figures = answer.figures
    seconds = {"load": load_s, "compile": compile_s, **figures["seconds"]}
    click.echo(json.dumps({**line, **figures, "seconds": seconds}))


def _ask(task: Task, peer: str, workers: int, time_limit: float) -> Answer | None:
    """The peer's answer; None when it has to be ended because it keeps no time limit."""
    with tempfile.TemporaryDirectory() as folder:
        given, got = Path(folder) / "task.npz", Path(folder) / "answer.npz"
        write_task(given, task)
        command = [sys.executable, "-m", "benchmarks.peers.child", str(given), str(got)]
        command += ["--peer", peer, "--workers", str(workers), "--time-limit", str(time_limit)]
        try:
            subprocess.run(command, check=True, timeout=time_limit + MARGIN_S)
        except subprocess.TimeoutExpired:
            return None
        return read_answer(got)


def check(instance: Instance, answer: Answer) -> None:
    """Audit a peer's plan: no broken rule, and the tier values that it claims.

    Raises
    ------
    click.ClickException
        If the audit finds something else than the peer says.
    """
    facts = instance.facts
    cells = facts.present.size
    planned = answer.planned[:cells].reshape(facts.shape)
    office = (answer.x[:cells] == 1).reshape(facts.shape) & planned & facts.present
    found = audit(instance, schedule_of(facts, office, planned))
    if found.broken:
        raise click.ClickException(f"the peer's plan breaks {found.broken[0].rule}: {found.broken[0].said}")
    # The audit charges nothing for cells without a plan, the peer's sums still hold what they cost at 0.
    claimed = {name: value for name, (value, _) in answer.figures["tiers"].items()}
    if planned.all() and claimed != dict(found.tiers):
        raise click.ClickException(f"the peer counts {claimed}, the audit {dict(found.tiers)}")


if __name__ == "__main__":
    main()
