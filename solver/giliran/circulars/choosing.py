"""What was chosen, and how `choose` and `when` read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from giliran.circulars.circular import Circular
from giliran.circulars.parameter import Parameter
from giliran.circulars.parameters import NONE, Value
from giliran.errors import Problem, Where
from giliran.messages import Sentence, written
from giliran.text.model_errors import Locate, refused, unknown
from giliran.text.model_paths import Path

CHOOSE = "choose"
WHEN = "when"
ELSE = "else"
"""In a `choose`, what stands for every value that is not given there."""

_UNKNOWN_PARAMETER = Sentence(
    en="the circular {circular} has no parameter {name}", id="surat edaran {circular} tidak mempunyai parameter {name}"
)
_BACKWARDS = Sentence(en="{last} is before {other}, which is {first}", id="{last} mendahului {other}, yaitu {first}")
_NOT_A_NAME = Sentence(en="`choose` names one parameter; found {found}", id="`choose` menyebut satu parameter; ditemukan {found}")
_NOT_CONDITIONS = Sentence(
    en="`when` holds parameters with their values; found {found}", id="`when` berisi parameter dan nilainya; ditemukan {found}"
)
_NO_ENTRY = Sentence(
    en="nothing is given for the value {value} of the parameter {name}", id="tidak ada isi untuk nilai {value} dari parameter {name}"
)
_NOT_A_TEST = Sentence(
    en="a condition on {name} is a value, {{min: N}}, {{not: V}} or {{chosen: true}}; found {found}",
    id="syarat untuk {name} berupa nilai, {{min: N}}, {{not: V}}, atau {{chosen: true}}; ditemukan {found}",
)
_NOT_COUNTED = Sentence(
    en="`min` compares counts; the parameter {name} is no count", id="`min` membandingkan jumlah; parameter {name} bukan jumlah"
)


class Choices:
    """The values of a circular's parameters: those chosen, else the defaults.

    `chosen` holds the names of parameters for which a value was given, be it the default. Every problem met while reading is added to
    `problems`; the caller raises them together.

    Parameters
    ----------
    circular
        The circular.
    choose
        Chosen values by parameter.
    locate
        Places of the chosen values: called with ("choose", name).
    """

    def __init__(self, circular: Circular, choose: Mapping[str, Any], locate: Locate) -> None:
        self.problems: list[Problem] = []
        self.used: set[str] = set()
        self.chosen: frozenset[str] = frozenset(choose)
        self._circular = circular
        self._parameters = circular.parameters
        self.values: dict[str, Value] = {name: parameter.standard for name, parameter in circular.parameters.items()}
        for name, value in choose.items():
            self._choose(name, value, locate((CHOOSE, name)))

        for name, parameter in circular.parameters.items():
            self._in_order(name, parameter.not_before, lambda key: locate((CHOOSE, key)))

    def _in_order(self, name: str, first: str | None, locate: Callable[[str], Where]) -> None:
        """A last day is not before the first."""
        start, end = self.values.get(first or ""), self.values[name]
        if start is not None and NONE not in (start, end) and str(end) < str(start):
            dates = {key: dt.date.fromisoformat(str(value)) for key, value in (("first", start), ("last", end))}
            self.problems.append(Problem(locate(name if name in self.chosen else str(first)), _BACKWARDS(other=first, **dates)))

    def _choose(self, name: str, value: object, where: Any) -> None:
        parameter = self._parameters.get(name)
        if parameter is None:
            said = _UNKNOWN_PARAMETER(circular=self._circular.name, name=name)
            self.problems.append(unknown(where, said, name, self._parameters))
            return
        try:
            self.values[name] = parameter.read(value)
        except ValueError as error:
            self.problems.append(refused(where, error, value))

    def pick(self, node: Mapping[str, Any], path: Path) -> Any:
        """What `{choose: NAME}` or `{choose: NAME, a: …, else: …}` stands for, itself not yet read; None after a problem."""
        name = node[CHOOSE]
        parameter = self._parameter(name, (*path, CHOOSE))
        if parameter is None:
            return None
        value = self.values[name]
        if len(node) == 1:
            return list(value) if isinstance(value, tuple) else value
        branches = {self._read(parameter, key, (*path, key)): branch for key, branch in node.items() if key not in (CHOOSE, ELSE)}
        if value not in branches and ELSE in node:
            return node[ELSE]
        if value not in branches:
            self.problems.append(Problem(self._circular.where(path), _NO_ENTRY(value=written(value), name=name)))
            return None
        return branches[value]

    def holds(self, conditions: object, path: Path) -> bool:
        """Whether every condition of a `when` holds."""
        if not isinstance(conditions, Mapping) or not conditions:
            self.problems.append(Problem(self._circular.where(path), _NOT_CONDITIONS(found=written(conditions))))
            return False
        held = [self._holds(str(name), wanted, (*path, name)) for name, wanted in conditions.items()]  # each may have its own problem
        return all(held)

    def _holds(self, name: str, wanted: object, path: Path) -> bool:
        parameter = self._parameter(name, path)
        if parameter is None:
            return False
        value = self.values[name]
        if not isinstance(wanted, Mapping):
            return value == self._read(parameter, wanted, path)
        if set(wanted) == {"chosen"} and isinstance(wanted["chosen"], bool):
            return (name in self.chosen) is wanted["chosen"]
        if set(wanted) == {"not"}:
            return value != self._read(parameter, wanted["not"], path)
        if set(wanted) == {"min"}:
            least = self._read(parameter, wanted["min"], path) if parameter.type == "count" else None
            if isinstance(value, int) and isinstance(least, int):
                return value >= least
            self.problems.append(Problem(self._circular.where(path), _NOT_COUNTED(name=name)))
            return False
        self.problems.append(Problem(self._circular.where(path), _NOT_A_TEST(name=name, found=written(wanted))))
        return False

    def _parameter(self, name: object, path: Path) -> Parameter | None:
        if not isinstance(name, str):
            self.problems.append(Problem(self._circular.where(path), _NOT_A_NAME(found=written(name))))
            return None
        if name not in self._parameters:
            said = _UNKNOWN_PARAMETER(circular=self._circular.name, name=name)
            self.problems.append(unknown(self._circular.where(path), said, name, self._parameters))
            return None
        self.used.add(name)
        return self._parameters[name]

    def _read(self, parameter: Parameter, value: object, path: Path) -> Value | None:
        try:
            return parameter.read(value)
        except ValueError as error:
            self.problems.append(refused(self._circular.where(path), error, value))
            return None
