"""Words that are chosen for circulars, held against the facts: is there anybody, or any unit, that has them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from giliran.circulars.asking import asked
from giliran.domain.finding import Finding
from giliran.domain.words import meant_words
from giliran.errors import Problem, Where
from giliran.instance.checking import FIELD_NAMES, Vocabulary
from giliran.instance.letters import Letter
from giliran.instance.notes import note
from giliran.instance.statements import WORD_KINDS
from giliran.messages import Sentence, did_you_mean, plain
from giliran.rules.groups import LEAF, WHOLE

_UNITS = frozenset(("unit_tags", "sectors", "levels", "heads", "per"))
"""Fields whose words are those of units; all others are people's."""

_NO_SUCH = Sentence(en="nothing in this instance has the {field} '{word}'", id="tidak ada {field} '{word}' dalam berkas ini")
_MARKS_NO_UNIT = Sentence(en="{key}: {words} marks no unit here", id="{key} tidak dipakai: belum ada unit kerja bertanda {words}")
_CHANGES_NOTHING = Sentence(
    en="{key} is not used: with the other choices it changes nothing", id="{key} tidak dipakai: bersama pilihan lain tidak berpengaruh"
)
_MARKS_NOBODY = Sentence(en="{key}: nobody here has {words}", id="{key} tidak dipakai: belum ada pegawai dengan {words}")


@dataclass(frozen=True)
class _Choice:
    """Words chosen for one parameter of a circular, in their usual spelling, and the field of rules that they fill."""

    letter: Letter
    key: str
    field: str
    words: tuple[str, ...]

    @property
    def where(self) -> Where:
        return self.letter.chosen[self.key]

    def strange(self, known: Vocabulary) -> list[str]:
        """Words that neither the facts, nor giliran, nor the circular knows."""
        usual, declared = known.words[self.field], self.letter.declared(self.field)
        return [word for word in self.words if word not in usual and word not in declared]

    def in_vain(self, known: Vocabulary) -> list[str]:
        """Words to be told: unknown ones, or all where nothing here has any."""
        lost = [word for word in self.words if word not in known.here[self.field]]
        return lost if len(lost) == len(self.words) else self.strange(known)


def chosen_problems(letters: Iterable[Letter], known: Vocabulary) -> Iterator[Problem]:
    """Chosen words that nothing here has and that seem to be misspelt."""
    for choice in _choices(letters):
        for word in choice.strange(known):
            if (near := known.near(choice.field, word)) is not None:
                yield Problem(choice.where, _NO_SUCH(field=FIELD_NAMES[choice.field](), word=word), did_you_mean(near))


def chosen_in_vain(letters: Iterable[Letter], known: Vocabulary) -> Iterator[Finding]:
    """Choices that change nothing beside others, and chosen words that reach nobody and no unit."""
    letters = list(letters)
    for letter in letters:
        given = {key: letter.resolved.choices[key] for key in letter.chosen}
        used = asked(letter.circular, given)
        for key, value in given.items():
            if key not in used and value != letter.circular.parameters[key].standard:
                yield note(letter.resolved.name, _CHANGES_NOTHING(key=plain(key)))
    for choice in _choices(letters):
        if words := choice.in_vain(known):
            said = _MARKS_NO_UNIT if choice.field in _UNITS else _MARKS_NOBODY
            yield note(choice.letter.resolved.name, said(key=plain(choice.key), words=words))


def _choices(letters: Iterable[Letter]) -> Iterator[_Choice]:
    for letter in letters:
        for key in letter.chosen:
            value, found = letter.resolved.choices[key], letter.fields.get(key, frozenset()) & FIELD_NAMES.keys()
            if isinstance(value, str):  # one word stands for levels where the letter counts by them
                value, found = (value,), found & {"per"}
            if isinstance(value, tuple) and letter.last >= letter.first:
                for field in sorted(found):
                    yield _Choice(letter, key, field, _usual(field, value))


def _usual(field: str, words: Sequence[str]) -> tuple[str, ...]:
    kind = WORD_KINDS.get(field)
    if kind is None:
        return tuple(words)
    return tuple(dict.fromkeys(meant for word in words for meant in ((word,) if word in (WHOLE, LEAF) else meant_words(kind, word))))
