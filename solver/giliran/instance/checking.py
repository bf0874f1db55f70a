"""Rules held against the facts: do the units, people and words that they name exist, and do they mean anybody?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from giliran.domain.ages import UNKNOWN
from giliran.domain.facts import Facts
from giliran.domain.selection import Days, Selector, people_of, select_cells
from giliran.domain.words import NON_ASN, Kind, meant_words, words
from giliran.errors import Problem, Where
from giliran.instance.letters import Letter
from giliran.instance.notes import letter_of
from giliran.instance.reading import unknown_word
from giliran.instance.statements import WORD_KINDS
from giliran.messages import Said, Sentence, meant, nearest, plain
from giliran.rules.base import Statement
from giliran.rules.groups import LEAF, WHOLE
from giliran.rules.toolkit.fields import OWN, selector_fields, selector_list_fields
from giliran.rules.toolkit.personal import names_text

_MISSPELT = 0.8
"""How alike (0 to 1) an unknown word must be to a known one to count as misspelt."""

_NO_UNIT = Sentence(en="there is no unit '{word}'", id="tidak ada unit kerja '{word}'")
_NOBODY_IS = Sentence(en="nobody has the id '{word}'", id="tidak ada pegawai dengan id '{word}'")
_NO_SUCH = Sentence(en="nothing in this instance has the {field} '{word}'", id="tidak ada {field} '{word}' dalam berkas ini")
_STRANGERS = Sentence(en="{rule} names words that nothing here has: {words}", id="{rule} menyebut kata yang tidak ada di sini: {words}")
_UNREAD = Sentence(
    en="the {field} '{word}' in the staff list is one that no rule selects by, people {count}",
    id="{field} '{word}' dalam daftar pegawai tidak dipakai aturan mana pun, pegawai {count}",
)
_UNREAD_NEAR = Sentence(
    en="the {field} '{word}' in the staff list is one that no rule selects by, people {count}; did you mean {near}?",
    id="{field} '{word}' dalam daftar pegawai tidak dipakai aturan mana pun, pegawai {count}; apakah maksudnya {near}?",
)
_WORDLESS = Sentence(
    en="no {field} is given for {count} {count:person|people} ({people}), so no rule that selects by it means them",
    id="{field} tidak diisi bagi {count} pegawai ({people}), jadi aturan yang memilih menurut isian itu tidak mengenai mereka",
)
_AGELESS = Sentence(
    en="no birth date is known, from the column born or the NIP, of {count} {count:person|people} ({people}), so no rule about ages means "
    "them",
    id="tanggal lahir {count} pegawai tidak diketahui, baik dari kolom Tanggal Lahir maupun dari NIP ({people}), jadi aturan tentang usia "
    "tidak mengenai mereka",
)
_SELECTS_NOBODY = Sentence(en="`{field}` selects nobody", id="`{field}` tidak memilih siapa pun")
_LOOK = Sentence(
    en="All fields of a selector must hold at once; take one out to see which is too narrow.",
    id="Semua isian satu pemilih harus terpenuhi sekaligus; hapus satu untuk melihat mana yang terlalu sempit.",
)
_NO_CONDITION = Sentence(en="there is no condition '{word}' in this instance", id="tidak ada kondisi '{word}' dalam berkas ini")

FIELD_NAMES = {
    "levels": Sentence(en="level", id="tingkat"),
    "heads": Sentence(en="level", id="tingkat"),
    "per": Sentence(en="level", id="tingkat"),
    "unit_tags": Sentence(en="unit tag", id="tanda unit kerja"),
    "sectors": Sentence(en="sector", id="sektor"),
    "functions": Sentence(en="function", id="fungsi"),
    "ranks": Sentence(en="rank", id="kelompok jabatan"),
    "statuses": Sentence(en="status", id="status"),
    "tags": Sentence(en="staff tag", id="tanda pegawai"),
    "credit": Sentence(en="absence reason", id="alasan tidak hadir"),
}
"""What the words of a selector's fields, and of `per` and `credit`, are called."""

_PLAIN = ("per", "credit")
"""Fields of statements that hold words themselves."""


@dataclass(frozen=True)
class Vocabulary:
    """Every word that a selector of these facts can mean, by field, `per` and `credit` among them.

    Parameters
    ----------
    here
        Words that units and people have.
    words
        These, and the words that come with giliran.
    """

    here: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, facts: Facts) -> Vocabulary:
        """The words of units and people, and those that come with giliran."""
        units, rows = facts.units, facts.postings
        levels = frozenset(units.level.known)
        here = {
            "levels": levels,
            "heads": levels,
            "per": levels | {WHOLE, LEAF},
            "unit_tags": frozenset().union(*units.tags.known),
            "sectors": frozenset().union(*units.sectors.known),
            "functions": frozenset(rows.function.words),
            "ranks": frozenset(rows.rank.words),
            "statuses": frozenset(rows.status.words),
            "tags": frozenset(tag for tags in set(rows.tags) for tag in tags),
            "credit": frozenset(facts.absence_reasons),
        }
        return cls(here, {name: found | packaged_words(name) for name, found in here.items()})

    def near(self, field: str, word: str) -> str | None:
        """The known word that an unknown one seems to be misspelt for."""
        return nearest(word, self.words[field], _MISSPELT)


def packaged_words(field: str) -> frozenset[str]:
    """The words of a selector's field that come with giliran."""
    return frozenset(words(WORD_KINDS[field])) if field in WORD_KINDS else frozenset()


class Checking:
    """Finds what rules name in vain.

    Parameters
    ----------
    facts
        The facts.
    wheres
        Place of each statement in the files.
    letters
        Circulars of the instance. What those say that come with giliran is no mistake here: they speak of more than one roster has.
    """

    def __init__(self, facts: Facts, wheres: Mapping[str, Where], letters: Sequence[Letter] = ()) -> None:
        self._facts = facts
        self._wheres = wheres
        self._letters = letters
        self.known: Vocabulary = Vocabulary.of(facts)

    def names(self, statement: Statement) -> Iterator[Problem]:
        """Units, people and conditions that do not exist, and words that seem to be misspelt.

        Words are checked where the planner wrote them: in own rules, and in a circular's own file.
        """
        for field, selector in _selectors(statement):
            yield from self._selector(self._where(statement, field), selector)
            if self._typed_here(statement):
                yield from (self._unknown(field, statement, *word) for word in self._strange(statement, selector) if self._misspelt(*word))
        if self._typed_here(statement):
            yield from self._plain_words(statement)
        if statement.id.startswith(OWN):
            yield from self._conditions(statement, statement.days)

    def _typed_here(self, statement: Statement) -> bool:
        letter = letter_of(statement, self._letters)
        return statement.id.startswith(OWN) or (letter is not None and not letter.circular.packaged)

    def _declared(self, statement: Statement, name: str) -> frozenset[str]:
        letter = letter_of(statement, self._letters)
        return letter.declared(name) if letter is not None else frozenset()

    def _selector(self, where: Where, selector: Selector) -> Iterator[Problem]:
        for unit in selector.units or ():
            if unit not in self._facts.units.index:
                yield unknown_word(where, _NO_UNIT(word=unit), unit, self._facts.units.index)
        for id_ in selector.ids or ():
            if id_ not in self._facts.staff.index:
                yield unknown_word(where, _NOBODY_IS(word=id_), id_, self._facts.staff.index)

    def _strange(self, statement: Statement, selector: Selector) -> Iterator[tuple[str, str]]:
        """Words that nothing here has and that no circular lists for itself, with their field."""
        for name in FIELD_NAMES:
            for word in getattr(selector, name, None) or ():
                usual = word in self.known.words[name] or word in (selector.default_sector, selector.default_function)
                if not usual and word not in self._declared(statement, name):
                    yield name, word

    def _misspelt(self, name: str, word: str) -> bool:
        return self.known.near(name, word) is not None

    def _unknown(self, field: str, statement: Statement, name: str, word: str) -> Problem:
        said = _NO_SUCH(field=FIELD_NAMES[name](), word=word)
        return Problem(self._where(statement, field), said, meant(word, self.known.words[name]))

    def strangers(self, statement: Statement) -> Said | None:
        """Words of an own rule, or of a circular's own file, that nothing here has: to be told, but no mistake."""
        if not self._typed_here(statement):
            return None
        found = {*(name_word for _, selector in _selectors(statement) for name_word in self._strange(statement, selector))}
        found |= {(name, word) for name in _PLAIN for word in self._strange_words(statement, name)}
        return _STRANGERS(rule=plain(statement.id), words=[f"{word} ({name})" for name, word in sorted(found)]) if found else None

    def unread(self, statements: Sequence[Statement]) -> Iterator[Said]:
        """Free words of people that nothing selects by, although rules select by other words of their kind; often they are misspelt."""
        rows = self._facts.postings
        columns = {"functions": (Kind.FUNCTION, rows.function), "ranks": (Kind.RANK, rows.rank), "statuses": (Kind.STATUS, rows.status)}
        selectors = [selector for statement in statements for _, selector in _selectors(statement)]
        for name, (kind, column) in columns.items():
            named = {word for selector in selectors for word in getattr(selector, name) or ()}
            known = named.union(words(kind)) if named else set(column.words)
            if known.issuperset(column.words):
                continue
            code, size = column.code.astype(np.int64), self._facts.num_people
            pairs = np.unique((code * size + rows.person)[code >= 0])  # who has several postings counts once
            counts = np.bincount(pairs // size, minlength=len(column.words)).tolist()
            for word, count in zip(column.words, counts, strict=True):
                if word not in known:
                    near = nearest(word, known)
                    said = _UNREAD if near is None else _UNREAD_NEAR
                    yield said(field=FIELD_NAMES[name](), word=word, count=count, **({} if near is None else {"near": near}))

    def wordless(self, statements: Sequence[Statement]) -> Iterator[Said]:
        """Civil servants without a rank, where some rule means people by theirs; people without a status in a list that has some."""
        rows = self._facts.postings
        selectors = [selector for statement in statements for _, selector in _selectors(statement, excepted=False)]
        people = np.unique(rows.person[(rows.rank.code < 0) & ~rows.status.among(frozenset(meant_words(Kind.STATUS, NON_ASN)))]).tolist()
        if people and any(selector.ranks for selector in selectors):
            yield _WORDLESS(field=FIELD_NAMES["ranks"](), count=len(people), people=names_text(self._facts, people))
        missing = np.unique(rows.person[rows.status.code < 0]).tolist()
        asked = any(selector.statuses for statement in statements for _, selector in _selectors(statement))
        if asked and 0 < len(missing) < self._facts.num_people:
            yield _WORDLESS(field=FIELD_NAMES["statuses"](), count=len(missing), people=names_text(self._facts, missing))

    def ageless(self, statements: Sequence[Statement]) -> Said | None:
        """People of whom no birth date is known, where a rule means people of some age and would mean them if they were."""
        unknown = np.zeros(len(self._facts.postings), dtype=np.bool_)
        for statement in statements:
            for _, selector in _selectors(statement):
                if selector.older_than is not None:
                    unknown |= selector.model_copy(update={"older_than": None}).mask(self._facts)
        people = np.unique(self._facts.postings.person[unknown]).tolist() if unknown.any() else []
        people = [e for e in people if self._facts.births[e] == UNKNOWN]
        return _AGELESS(count=len(people), people=names_text(self._facts, people)) if people else None

    def _plain_words(self, statement: Statement) -> Iterator[Problem]:
        """Levels of `per` and reasons under `credit` that are unknown, if they seem to be misspelt; levels also if no other is known."""
        for name in _PLAIN:
            strange = self._strange_words(statement, name)
            lost = name == "per" and statement.id.startswith(OWN) and strange == _words_of(statement, name)
            yield from (self._unknown(name, statement, name, word) for word in strange if lost or self._misspelt(name, word))

    def _strange_words(self, statement: Statement, name: str) -> list[str]:
        strange = [word for word in _words_of(statement, name) if word not in self.known.words[name]]
        return [word for word in strange if word not in self._declared(statement, name)]

    def _conditions(self, statement: Statement, days: Days) -> Iterator[Problem]:
        for name in days.conditions or ():
            if name not in self._facts.conditions:
                yield unknown_word(self._where(statement, "days"), _NO_CONDITION(word=name), name, self._facts.conditions)
        for out in days.except_ or ():
            yield from self._conditions(statement, out)

    def meaning(self, statement: Statement) -> Iterator[Problem]:
        """Selections of own rules that mean nobody, although nothing in them is strange; strange words are told as such."""
        if not statement.id.startswith(OWN):
            return
        for field, selection in _selections(statement):
            rows = people_of(self._facts, selection)
            if select_cells(self._facts, selection, self._facts.posting[rows]).any():
                continue
            if not any(True for inner in selection for _ in self._strange(statement, inner)):
                yield Problem(self._where(statement, field), _SELECTS_NOBODY(field=field), _LOOK())

    def _where(self, statement: Statement, field: str) -> Where:
        where = self._wheres.get(statement.id, Where(field=statement.id))
        return Where(where.file, where.line, f"{where.field}.{field}")


def _words_of(statement: Statement, name: str) -> list[str]:
    """The words of a field that holds one or several, none where the kind has no such field."""
    found = getattr(statement, name, None) or ()
    return [found] if isinstance(found, str) else [*found]


def _selections(statement: Statement) -> Iterator[tuple[str, tuple[Selector, ...]]]:
    """Every selection of a statement, with the field that it stands in."""
    for field in sorted(selector_fields()):
        if (selection := getattr(statement, field, None)) is not None:
            yield field, selection
    for field in sorted(selector_list_fields()):
        yield from ((field, selection) for selection in getattr(statement, field, None) or ())


def _selectors(statement: Statement, *, excepted: bool = True) -> Iterator[tuple[str, Selector]]:
    """Every selector of a statement at any depth, with the field that it stands in; on wish without what is taken out."""
    for field, selection in _selections(statement):
        waiting = list(selection)
        while waiting:
            selector = waiting.pop(0)
            yield field, selector
            waiting += [*(selector.within or ()), *((selector.except_ or ()) if excepted else ())]
