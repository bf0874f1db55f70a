"""Selectors of a circular: `when`, named sets and defaults, resolved to what the rules' selectors know."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from giliran.circulars.choosing import CHOOSE, WHEN, Choices
from giliran.circulars.circular import Circular
from giliran.errors import Problem
from giliran.messages import Sentence, written
from giliran.text.model_errors import unknown
from giliran.text.model_paths import Path

IN = "in"
EXCEPT = "except"
WITHIN = "within"

_WHEN_ELSEWHERE = Sentence(
    en="`when` can stand on a rule, a selector, `base` or `relax_to`, not here",
    id="`when` hanya dapat dipakai pada aturan, pemilih, `base`, atau `relax_to`, bukan di sini",
)
_UNKNOWN_SET = Sentence(en="the circular {circular} has no set {name}", id="surat edaran {circular} tidak mempunyai himpunan {name}")
_SET_LOOP = Sentence(en="the set {name} is defined by itself", id="himpunan {name} mengacu pada dirinya sendiri")
_SET_GONE = Sentence(
    en="with these choices nothing is left of the set {name}", id="dengan pilihan ini himpunan {name} tidak berisi apa pun"
)
_NOT_A_SELECTOR = Sentence(
    en="found {found}; expected a selector such as {{ranks: [pengawas]}}, or a list of them",
    id="ditemukan {found}; yang diharapkan pemilih seperti {{ranks: [pengawas]}} atau daftar pemilih",
)

Selectors = list[dict[str, Any]]


class Selecting:
    """Reads the values and selectors of one circular under given choices.

    Problems go to the choices' list.
    """

    def __init__(self, circular: Circular, choices: Choices) -> None:
        self.used_sets: set[str] = set()
        self._circular = circular
        self._choices = choices
        sector, function = circular.expects.units.sector, circular.expects.staff.function
        self._defaults = {"sectors": ("default_sector", sector and sector.default)}
        self._defaults["functions"] = ("default_function", function and function.default)

    def fill(self, node: Any, path: Path) -> Any:
        """A value with every `choose` replaced; a chosen list inside a list is spliced into it."""
        if isinstance(node, Mapping):
            if CHOOSE in node:
                return self.fill(self._choices.pick(node, path), path)
            if WHEN in node:
                self._problem(path, _WHEN_ELSEWHERE())
            return {key: self.fill(value, (*path, key)) for key, value in node.items()}
        if isinstance(node, (list, tuple)):
            return self._fill_list(node, path)
        return node

    def _fill_list(self, node: list[Any] | tuple[Any, ...], path: Path) -> list[Any]:
        filled: list[Any] = []
        for position, item in enumerate(node):
            value = self.fill(item, (*path, position))
            chosen = isinstance(item, Mapping) and CHOOSE in item
            filled.extend(value if chosen and isinstance(value, list) else [value])
        return filled

    def selection(self, node: Any, path: Path, inside: tuple[str, ...] = ()) -> Selectors | None:
        """The union of selectors that a selector, or a list of them, comes to; None if `when` took all of it away."""
        if isinstance(node, Mapping) and CHOOSE in node:
            picked = self._choices.pick(node, path)
            return [] if picked is None else self.selection(picked, path, inside)
        if isinstance(node, Mapping):
            return self._selector(node, path, inside)
        if isinstance(node, (list, tuple)):
            each = [self.selection(item, (*path, position), inside) for position, item in enumerate(node)]
            left = [selector for selectors in each if selectors is not None for selector in selectors]
            return None if node and all(selectors is None for selectors in each) else left
        self._problem(path, _NOT_A_SELECTOR(found=written(node)))
        return []

    def _selector(self, node: Mapping[str, Any], path: Path, inside: tuple[str, ...]) -> Selectors | None:
        if WHEN in node and not self._choices.holds(node[WHEN], (*path, WHEN)):
            return None
        body: dict[str, Any] = {}
        unions: list[Selectors] = []
        for key, value in node.items():
            if key == IN:
                unions += self._sets(value, (*path, key), inside)
            elif key in (EXCEPT, WITHIN):
                left = self.selection(value, (*path, key), inside)
                if left is not None:
                    body[key] = left
            elif key != WHEN:
                body[key] = self.fill(value, (*path, key))
                name, default = self._defaults.get(key, ("", None))
                if default is not None:
                    body.setdefault(name, default)
        if not unions:
            return [body]
        # A selector's `within` is and-ed, a set is a union: one selector for each way to satisfy every set.
        return [{**body, WITHIN: [*body.get(WITHIN, []), *members]} for members in product(*unions)]

    def _sets(self, names: Any, path: Path, inside: tuple[str, ...]) -> list[Selectors]:
        return [self._set(name, path, inside) for name in (names if isinstance(names, list) else [names])]

    def _set(self, name: object, path: Path, inside: tuple[str, ...]) -> Selectors:
        if not isinstance(name, str) or name not in self._circular.sets:
            said = _UNKNOWN_SET(circular=self._circular.name, name=written(name))
            self._choices.problems.append(unknown(self._circular.where(path), said, str(name), self._circular.sets))
            return []
        if name in inside:
            self._problem(("sets", name), _SET_LOOP(name=name))
            return []
        self.used_sets.add(name)
        left = self.selection(self._circular.sets[name], ("sets", name), (*inside, name))
        if left is None:
            self._problem(("sets", name), _SET_GONE(name=name))
            return []
        return left

    def _problem(self, path: Path, said: Any) -> None:
        self._choices.problems.append(Problem(self._circular.where(path), said))
