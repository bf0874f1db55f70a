"""Searches in the background: better plans as they come, and a solve that is awaited."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Never

from giliran.arguments import check_call
from giliran.engine.base.outcome import Progress
from giliran.errors import InputError
from giliran.instance import Instance
from giliran.options import SolveOptions
from giliran.result import Result
from giliran.runs import Meanwhile, Run
from giliran.solving import solve, solved
from giliran.starting import known_start


class _Cancel(threading.Event):
    """Set by itself, or by an event of the caller."""

    def __init__(self, other: threading.Event | None) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        """Whether one of the two is."""
        return super().is_set() or (self._other is not None and self._other.is_set())


class _Mailbox:
    """The latest plan that nobody has taken yet, or what came in the end."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._latest: Callable[[], Result] | None = None
        self._ended = False

    def put(self, make: Callable[[], Result], *, last: bool = False) -> None:
        """Put something in, in place of what nobody has taken."""
        with self._changed:
            self._latest, self._ended = make, last
            self._changed.notify()

    def take(self) -> tuple[Callable[[], Result], bool]:
        """Wait for something, and take it; and whether it is the last."""
        with self._changed:
            while self._latest is None:
                self._changed.wait()
            make, self._latest = self._latest, None
            return make, self._ended


def solve_iter(
    instance: Instance,
    options: SolveOptions | None = None,
    *,
    cancel: threading.Event | None = None,
    executor: Executor | None = None,
    start: Result | None = None,
    **strange: Never,
) -> Generator[Result, None, None]:
    """Give better and better plans of an instance, with their bounds, until the best one is proven.

    The search goes on in a thread of its own while the caller looks at a plan; plans that are found meanwhile and surpassed are left out.

    Parameters
    ----------
    instance, options, cancel, executor, start
        As for `solve`.
    **strange
        None: whatever else is given is told.

    Yields
    ------
    Result
        What `solve` would have given had it been cancelled then: a whole plan, audited, with values and bounds, of status `FEASIBLE`. The
        last has the status, values and bounds that `solve` gives; of several best plans it may be another, as first plans are looked for
        in all parts before any is searched.

    Raises
    ------
    InputError
        At once, if an argument is something else; the rest as `solve`, when the next plan is asked for.

    Notes
    -----
    Whoever stops looking (`break`, `close`, an exception) ends the search as a cancel does, and the generator waits for that: half a second
    at most. Plans found by processes and clusters are given when their parts are finished, those of threads while they are searched.
    """
    check_call(instance, options, SolveOptions, {"cancel": cancel, "executor": executor, "start": start}, strange, "solve_iter")
    options, known = known_start(instance, options or SolveOptions(), start)
    return _plans(Run(instance, options, known), _Cancel(cancel), executor)


def _plans(run: Run, cancel: _Cancel, executor: Executor | None) -> Generator[Result, None, None]:
    """The plans of a search that begins when the first is asked for."""
    box = _Mailbox()
    meanwhile = Meanwhile(cancel, None, executor, box.put)
    thread = threading.Thread(target=_search, args=(run, meanwhile, box), name="giliran-iter", daemon=True)
    thread.start()
    try:
        last = False
        while not last:
            make, last = box.take()
            yield make()
    finally:
        cancel.set()
        thread.join()


def _search(run: Run, meanwhile: Meanwhile, box: _Mailbox) -> None:
    """Solve, and put what comes of it into the box; an error is raised by whoever takes it."""
    try:
        (found,) = solved([run], meanwhile)
    except BaseException as error:
        found_error = error
        box.put(lambda: _raised(found_error), last=True)
    else:
        box.put(lambda: _raised(found) if isinstance(found, InputError) else found, last=True)


def _raised(error: BaseException) -> Result:
    raise error


async def solve_async(
    instance: Instance,
    options: SolveOptions | None = None,
    *,
    cancel: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
    start: Result | None = None,
    **strange: Never,
) -> Result:
    """Find the best plan of an instance in a thread of its own, while an event loop of asyncio goes on.

    Parameters
    ----------
    instance, options, executor, start
        As for `solve`.
    cancel
        Set it to get the best plan found so far. Cancelling the task, as `asyncio.timeout` and a server whose client has gone away do,
        ends the search as well, within half a second, and gives no plan.
    progress
        As for `solve`, but called in the event loop.
    **strange
        None: whatever else is given is told.

    Returns
    -------
    Result
        As `solve` gives it.

    Raises
    ------
    GiliranError
        As `solve`.
    """
    loop, stop = asyncio.get_running_loop(), _Cancel(cancel)
    followers = [] if progress is None else [progress]
    failed: list[Exception] = []

    def told(step: Progress) -> None:
        try:
            for follow in followers:
                follow(step)
        except Exception as error:  # raised to whoever awaits, as `solve` does
            failed.append(error)
            followers.clear()
            stop.set()

    def heard(step: Progress) -> None:
        loop.call_soon_threadsafe(told, step)

    given = {"cancel": cancel, "progress": progress, "executor": executor, "start": start}
    check_call(instance, options, SolveOptions, given, strange, "solve_async")
    call = partial(solve, instance, options, cancel=stop, progress=heard if followers else None, executor=executor, start=start)
    alone = ThreadPoolExecutor(1, "giliran-async")  # threads of the loop's own executor may all be taken
    work = loop.run_in_executor(alone, contextvars.copy_context().run, call)
    try:
        result = await asyncio.shield(work)
    except asyncio.CancelledError:
        followers.clear()
        stop.set()
        while not work.done():
            with contextlib.suppress(asyncio.CancelledError):  # the search ends soon, however often it is told to
                await asyncio.wait({work})
        raise
    finally:
        alone.shutdown(wait=work.done())
    if failed:
        raise failed[0]
    return result
