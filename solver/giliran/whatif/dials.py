"""Numbers that a question of "what if" may change, by the names that people give them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from giliran.errors import InputError, Problem, Problems, Where
from giliran.instance import Instance
from giliran.instance.reading import unknown_word
from giliran.messages import Percent, Said, Sentence, did_you_mean, found_text, nearest, render_share
from giliran.rules.base import Rule
from giliran.rules.toolkit.fields import OWN
from giliran.text import TextError, parse_share
from giliran.text.values import plain_value

_NO_RULE = Sentence(en="there is no rule {id} with a number", id="tidak ada aturan {id} yang memuat angka")
_NO_DIAL = Sentence(
    en="there is no rule {id} with a number, and no choice of a circular",
    id="tidak ada aturan {id} yang memuat angka, dan tidak ada pilihan surat edaran bernama demikian",
)
_NO_FIELD = Sentence(en="{rule} has several numbers: {fields}", id="{rule} memuat beberapa angka: {fields}")
_OTHER_FIELDS = Sentence(en="{rule} has no number {found}, but {fields}", id="{rule} tidak memuat angka {found}, tetapi {fields}")
_NAME_ONE = Sentence(en="Write {rule}.{field}.", id="Tulis {rule}.{field}.")
_CANNOT_BE = Sentence(en="{rule} cannot have {amount} as its {field}", id="{field} pada {rule} tidak dapat menjadi {amount}")
_NOT_AMOUNT = Sentence(
    en="'{text}' is neither a number of people or days nor a percentage",
    id="'{text}' bukan jumlah orang atau hari dan bukan persentase",
)
_NO_AMOUNT = Sentence(
    en="found {found}; expected a number of people or days, or a percentage",
    id="ditemukan {found}; yang diharapkan jumlah orang atau hari, atau persentase",
)
_NO_AMOUNTS = Sentence(
    en="found {found}; expected a list of numbers or percentages", id="ditemukan {found}; yang diharapkan daftar bilangan atau persentase"
)
_WRITE_AMOUNT = Sentence(en="Write 12 or 25%.", id="Tulis 12 atau 25%.")

Amount = int | Percent
"""A number of people or days, or a share."""

MOST_DIGITS = 9
"""Digits of a number, as rules have them."""


@dataclass(frozen=True)
class Dial:
    """A number of a rule, or a choice of a circular.

    Parameters
    ----------
    name
        What it is called: `own/cap`, `own/days.most`, `umum.limit`.
    rule, field
        The rule and its field; None and empty for a choice.
    circular, parameter
        The circular and its parameter; empty for a rule.
    """

    name: str
    rule: Rule | None = None
    field: str = ""
    circular: str = ""
    parameter: str = ""

    def set_to(self, instance: Instance, amount: Amount) -> Instance:
        """The instance with this number; `InputError` if it cannot be."""
        if self.rule is None:
            return instance.with_choices(self.circular, {self.parameter: written(amount)})
        changed = self.rule.limited(amount, self.field)
        if changed is None:
            raise InputError([self._cannot_be(amount)])
        return instance.with_rules(changed)

    def check(self, amounts: Sequence[Amount]) -> None:
        """See that the rule can have all these numbers; `InputError` with those that it cannot have. Circulars see to their own choices."""
        if self.rule is not None and (wrong := [each for each in amounts if self.rule.limited(each, self.field) is None]):
            raise InputError(map(self._cannot_be, wrong))

    def _cannot_be(self, amount: Amount) -> Problem:
        return Problem(Where(field=self.name), _CANNOT_BE(rule=self.name.split(".", 1)[0], field=self.field, amount=amount))


def rules_named(instance: Instance, ids: Collection[str]) -> tuple[Rule, ...]:
    """Rules that have a number, in their order; of these the ones that are named, where any are.

    Raises
    ------
    InputError
        With every name that is none of them.
    """
    known = _with_numbers(instance)
    problems, wanted = Problems(), set[str]()
    for id_ in ids:
        whole = _whole(id_, known)
        if whole is None:
            problems.extend([_unknown(Where(field="rules"), _NO_RULE(id=id_), id_, known)])
        else:
            wanted.add(whole)
    if problems.all:
        raise InputError(problems.all)
    return tuple(rule for id_, rule in known.items() if not ids or id_ in wanted)


def dial_named(instance: Instance, name: str, where: Where) -> Dial:
    """The number that somebody calls so: a rule, one of its fields, or a parameter of a circular.

    Raises
    ------
    InputError
        If nothing is called so, with the nearest name, or a rule has several numbers and none is named.
    """
    known = _with_numbers(instance)
    if (id_ := _whole(name, known)) is not None:
        fields = _fields(known[id_])
        if len(fields) > 1:
            said = _NO_FIELD(rule=id_, fields=list(fields))
            raise InputError([Problem(where, said, _NAME_ONE(rule=id_, field=fields[0]))])
        return Dial(id_, known[id_], fields[0])
    first, _, last = name.rpartition(".")
    if (id_ := _whole(first, known)) is not None:
        fields = _fields(known[id_])
        if last in fields:
            return Dial(f"{id_}.{last}", known[id_], last)
        raise InputError([unknown_word(where, _OTHER_FIELDS(rule=id_, fields=list(fields), found=last), last, fields)])
    choices = {f"{letter.name}.{parameter}": (letter.name, parameter) for letter in instance.circulars for parameter in letter.choices}
    if name in choices:
        circular, parameter = choices[name]
        return Dial(name, circular=circular, parameter=parameter)
    raise InputError([_unknown(where, _NO_DIAL(id=name), name, [*known, *choices])])


def parse_amount(text: str) -> Amount:
    """A number of people or days, or a share: "12", "25%"; raises `TextError`."""
    word = text.strip()
    if "%" in word:
        return Percent(parse_share(word))
    if not (word.isascii() and word.isdecimal() and len(word) <= MOST_DIGITS):
        raise TextError(_NOT_AMOUNT(text=word), _WRITE_AMOUNT())
    return int(word)


def amounts_of(values: Iterable[int | str | Percent]) -> tuple[Amount, ...]:
    """Numbers and shares as programs give them; `InputError` with everything that is neither, or for a single one."""
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise InputError([Problem(Where(field="amounts"), _NO_AMOUNTS(found=found_text(values)))])
    found, problems = list[Amount](), Problems()
    for value in map(plain_value, values):
        if isinstance(value, bool) or not isinstance(value, int | str | Percent):
            problems.add(Where(field="amounts"), _NO_AMOUNT(found=found_text(value)))
            continue
        try:
            found.append(value if isinstance(value, Percent) else parse_amount(str(value)))
        except TextError as error:
            problems.extend([error.problem(Where(field="amounts"))])
    if problems.all:
        raise InputError(problems.all)
    return tuple(found)


def written(amount: Amount) -> str:
    """A number or share as a file has it: "12", "25%"."""
    return render_share(amount.basis_points, "en").replace(" ", "") if isinstance(amount, Percent) else str(amount)


def _with_numbers(instance: Instance) -> dict[str, Rule]:
    """Rules that have a number, by id."""
    return {rule.id: rule for rule in instance.rules if rule.public and _fields(rule)}


def _fields(rule: Rule) -> tuple[str, ...]:
    """Fields of a rule that say a number."""
    return tuple(dict.fromkeys((*rule.eased(1), *rule.eased(-1))))


def _unknown(where: Where, said: Said, word: str, known: Collection[str]) -> Problem:
    """A problem with a name; the nearest one is told whole, also where what stands before it was left out."""
    short = {name.rpartition("/")[2]: name for name in known}
    near = None if "/" in word else nearest(word, short)
    return unknown_word(where, said, word, known) if near is None else Problem(where, said, did_you_mean(short[near]))


def _whole(id_: str, known: Collection[str]) -> str | None:
    """The whole id of a rule that there is, also by what stands behind the name of its circular, where no other is called so."""
    found = next((name for name in (id_, f"{OWN}{id_}") if name in known), None)
    called = [name for name in known if name.rpartition("/")[2] == id_]
    return found or (called[0] if len(called) == 1 else None)
