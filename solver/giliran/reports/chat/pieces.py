"""Messages that are short enough: split at units, and a single unit that is too long at names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from giliran.messages import LANGUAGES, Lang, Sentence
from giliran.reports.chat.marking import bold, size

MOST = 4_000
"""Characters of a message."""

_LINE = Sentence(
    en="===== message {number} of {count}: copy from the next line =====",
    id="===== pesan {number} dari {count}: salin mulai baris berikut =====",
)
_END = Sentence(en="===== end =====", id="===== selesai =====")
_CONTINUED = Sentence(en="(continued)", id="(lanjutan)")
_WIDEST = " (999/999)"


@dataclass(frozen=True)
class Group:
    """Lines under one word, such as all who are in the office; the word may be empty."""

    head: str
    lines: Sequence[str]

    @property
    def texts(self) -> list[str]:
        """All its lines."""
        return [*([self.head] if self.head else []), *self.lines]


@dataclass(frozen=True)
class Section:
    """A unit.

    Parameters
    ----------
    head
        Its name as `marking.named` gives it; empty where nothing stands above.
    groups
        What is said of it.
    """

    head: str
    groups: Sequence[Group]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join([*([bold(self.head)] if self.head else []), *(line for group in self.groups for line in group.texts)])

    def pieces(self, room: int, lang: Lang) -> Iterator[str]:
        """All of it in pieces of at most so many characters, each with the name of the unit and the word of its lines."""
        lines: list[str] = [bold(self.head)] if self.head else []
        again = [f"{bold(self.head)} {_CONTINUED().text(lang)}"] if self.head else []
        for group in self.groups:
            head = [group.head] if group.head else []
            for k, line in enumerate(group.lines):
                more = [line] if k else [*head, line]
                if size("\n".join([*lines, *more])) > room:
                    yield "\n".join(lines)
                    lines = [*again, *head, line]
                else:
                    lines += more
        yield "\n".join(lines)


@dataclass(frozen=True)
class Notice:
    """What is to be told, in as many messages as it takes.

    Parameters
    ----------
    head
        The first line, in bold; the number of the piece stands behind it.
    under
        Lines below it, in every piece.
    sections
        Unit by unit.
    """

    head: str
    under: Sequence[str] = ()
    sections: Sequence[Section] = field(default=())

    def messages(self, lang: Lang) -> list[str]:
        """The messages."""
        under = "".join(f"\n{line}" for line in self.under if line)
        bodies = self._bodies(MOST - size(f"{bold(self.head)}{_WIDEST}{under}\n\n"), lang)
        numbers = [f" ({k}/{len(bodies)})" if len(bodies) > 1 else "" for k in range(1, len(bodies) + 1)]
        return [f"{bold(self.head)}{number}{under}\n\n{body}" for number, body in zip(numbers, bodies, strict=True)]

    def _bodies(self, room: int, lang: Lang) -> list[str]:
        found: list[str] = []
        for section in self.sections:
            text = section.text
            for piece in [text] if size(text) <= room else section.pieces(room, lang):
                if found and size(found[-1]) + 2 + size(piece) <= room:
                    found[-1] += f"\n\n{piece}"
                else:
                    found.append(piece)
        return found


def written(messages: Sequence[str], lang: Lang) -> str:
    """Messages in a file, a line that is none of theirs before each and after the last."""
    lines = [_LINE(number=k, count=len(messages)).text(lang) for k in range(1, len(messages) + 1)]
    return "\n".join([*(f"{line}\n{message}\n" for line, message in zip(lines, messages, strict=True)), _END().text(lang), ""])


def begins_as_messages(text: str) -> bool:
    """Whether a file begins with the line above a first message."""
    return any(text.startswith(head) for head in _heads())


def _heads() -> Iterable[str]:
    return (_LINE(number=1, count="").text(lang).split(":")[0].rstrip() for lang in LANGUAGES)
