"""What a program must give to ask what something would cost, and how many questions are answered one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from giliran.arguments import check_call
from giliran.engine.base.outcome import Progress
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.messages import Sentence
from giliran.result import Result
from giliran.solving import SolveOptions

_OTHER_INSTANCE = Sentence(
    en="the result is one of another instance; what a step changes is counted from the plan of this one",
    id="hasil ini untuk berkas masukan lain; akibat suatu langkah dihitung dari jadwal berkas masukan ini",
)


class Proven(Protocol):
    """An answer that knows whether it is exact."""

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible."""


Q = TypeVar("Q")
A = TypeVar("A", bound=Proven)


def one_by_one(
    questions: Sequence[Q], answer: Callable[[Q], A], cancel: threading.Event | None, progress: Callable[[Progress], None] | None
) -> tuple[A, ...]:
    """Answers until somebody cancels; what a cancel cut short is no answer."""
    answers: list[A] = []
    begin = time.perf_counter()
    for done, question in enumerate(questions, 1):
        if cancel is not None and cancel.is_set():
            break
        found = answer(question)
        if cancel is not None and cancel.is_set() and not found.proven:
            break
        answers.append(found)
        if progress is not None:
            progress(Progress(done, len(questions), time.perf_counter() - begin))
    return tuple(answers)


def check_question(
    instance: Instance, result: Result | None, options: SolveOptions | None, cancel: object, progress: object = None
) -> None:
    """See that a question makes sense: an instance, and where a result is given, one of it.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    check_call(instance, options, SolveOptions, {"result": result, "cancel": cancel, "progress": progress}, {})
    if result is not None and result.instance is not instance and result.instance != instance:
        raise InputError([Problem(Where(field="result"), _OTHER_INSTANCE())])
