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
import numpy as np

from benchmarks.measure import MARGIN_S
from benchmarks.peers.exchange import Answer, Task, read_answer, write_task
from benchmarks.peers.registry import PEERS
from benchmarks.statuses import BROKEN
from giliran.audit import audit
from giliran.domain.lottery import default_seed, lottery_order
from giliran.domain.schedule import schedule_of
from giliran.domain.units import NO_UNIT
from giliran.files.loading import load_instance
from giliran.instance import Instance
from giliran.preparing import compile_program
from giliran.program import Ints
from giliran.rules.kinds.duty_officers.rule import DutyOfficers


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
    task = Task(program, lottery_order(facts.staff.ids, drawn, facts.dates[0]), sections_of(loaded))
    answer = _ask(task, peer, workers, time_limit)
    line: dict[str, Any] = {"staff": facts.num_people, "days": facts.num_days, "seed": drawn, "workers": workers}
    if answer is None:
        click.echo(json.dumps({**line, "status": "gave up"}))
        return
    click.echo(json.dumps({**line, **_checked(loaded, answer, {"load": load_s, "compile": compile_s})}))


def _checked(instance: Instance, answer: Answer, seconds: dict[str, float]) -> dict[str, Any]:
    """The peer's figures when the audit has nothing against them; without any when its plan breaks a rule."""
    figures = answer.figures
    if "seconds" not in figures:
        return figures
    try:
        check(instance, answer)
    except BrokenRuleError as broken:
        return {"status": BROKEN, "error": [broken.message], "peak_mb": figures["peak_mb"], "versions": figures["versions"]}
    return {**figures, "seconds": {**seconds, **figures["seconds"]}}


def sections_of(instance: Instance) -> Ints:
    """The duty unit of each person on the first day, their own unit where no duty rule names one at or above it : int64[E]."""
    facts = instance.facts
    asked = [(rule.per,) if isinstance(rule.per, str) else rule.per for rule in instance.rules if isinstance(rule, DutyOfficers)]
    unit = facts.unit[:, 0].astype(np.int64)
    near = facts.units.nearest([level for levels in asked for level in levels]).astype(np.int64)[unit]
    return np.where(near == NO_UNIT, unit, near)


def _ask(task: Task, peer: str, workers: int, time_limit: float) -> Answer | None:
    """The peer's answer; None when it has to be ended because it keeps no time limit.

    Raises
    ------
    click.ClickException
        If its process ends without an answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, got = Path(folder) / "task.npz", Path(folder) / "answer.npz"
        write_task(given, task)
        command = [sys.executable, "-m", "benchmarks.peers.child", str(given), str(got)]
        command += ["--peer", peer, "--workers", str(workers), "--time-limit", str(time_limit)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=time_limit + MARGIN_S, check=False)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
            raise click.ClickException(f"{peer}: {last[0]}")
        return read_answer(got)


class BrokenRuleError(click.ClickException):
    """A peer's plan breaks a rule."""


def check(instance: Instance, answer: Answer) -> None:
    """Audit a peer's plan: no broken rule, and the tier values that it claims.

    Raises
    ------
    BrokenRuleError
        If the plan breaks a rule.
    click.ClickException
        If the audit finds something else than the peer says.
    """
    facts = instance.facts
    cells = facts.present.size
    planned = answer.planned[:cells].reshape(facts.shape)
    office = (answer.x[:cells] == 1).reshape(facts.shape) & planned & facts.present
    found = audit(instance, schedule_of(facts, office, planned))
    if found.broken:
        raise BrokenRuleError(f"the peer's plan breaks {found.broken[0].rule}: {found.broken[0].said}")
    # The audit charges nothing for cells without a plan, the peer's sums still hold what they cost at 0.
    claimed = {name: value for name, (value, _) in answer.figures["tiers"].items()}
    if planned.all() and claimed != dict(found.tiers):
        raise click.ClickException(f"the peer counts {claimed}, the audit {dict(found.tiers)}")


if __name__ == "__main__":
    main()
