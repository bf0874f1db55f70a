"""What a program must give to ask what something would cost."""

from __future__ import annotations

from giliran.arguments import check_call
from giliran.errors import InputError, Problem, Where
from giliran.instance import Instance
from giliran.messages import Sentence
from giliran.result import Result
from giliran.solving import SolveOptions

_OTHER_INSTANCE = Sentence(
    en="the result is one of another instance; what a step changes is counted from the plan of this one",
    id="hasil ini untuk instans lain; akibat suatu langkah dihitung dari jadwal instans ini",
)


def check_question(instance: Instance, result: Result | None, options: SolveOptions | None, cancel: object) -> None:
    """See that a question makes sense: an instance, and where a result is given, one of it.

    Raises
    ------
    InputError
        With everything that is wrong.
    """
    check_call(instance, options, SolveOptions, {"result": result, "cancel": cancel}, {})
    if result is not None and result.instance is not instance and result.instance != instance:
        raise InputError([Problem(Where(field="result"), _OTHER_INSTANCE())])
