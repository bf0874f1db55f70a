"""Pages of the guide by topic and language.

A page is `LANGUAGE/ORDER-NAME.md`; its file has one name in every language. What a reader types is the title in small letters with dashes:
"Minggu pertama" is `minggu-pertama`. The first paragraph is what the list of pages says. The heading of a part, "Ada yang sakit", finds the
first page that has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from giliran.errors import InputError, Problem, Where
from giliran.messages import LANGUAGES, Lang, Sentence, nearest
from giliran.text.model_errors import unknown

_SUFFIX = ".md"
_SIGNS = re.compile(r"[\W_]+")
_PART = re.compile(r"^## (.+)$", re.MULTILINE)
_UNSHOWN = re.compile(r"^<!--.*?-->\n|^!\[[^\]]*\]\([^)]*\)\n\n", re.MULTILINE | re.DOTALL)
"""Marks for tests, and pictures, which are for those who read the pages in a browser."""

_UNKNOWN = Sentence(en="the guide has no page '{topic}'", id="tidak ada halaman '{topic}' dalam panduan")
_NO_TOPIC = Sentence(en="no page of the guide is named", id="halaman panduan belum disebut")
_NOT_HERE = Sentence(
    en="the page '{topic}' of the guide is not written in this language",
    id="halaman '{topic}' dalam panduan belum ditulis dalam bahasa ini",
)
_ELSEWHERE = Sentence(en="giliran guide {topic} --lang {lang} shows it.", id="giliran guide {topic} --lang {lang} menampilkannya.")


@dataclass(frozen=True)
class Page:
    """A page of the guide in one language.

    Parameters
    ----------
    name
        Name of its file without order and ending, the same in every language.
    topic
        What is typed to see it: its title in small letters, with dashes.
    title, summary
        The heading, and the sentence below it.
    text
        The page in Markdown, without the marks for tests and without pictures.
    """

    name: str
    topic: str
    title: str
    summary: str
    text: str


def load_pages(lang: Lang, folder: Traversable | None = None) -> list[Page]:
    """All pages in a language, in their order."""
    found = (folder or resources.files(__package__)).joinpath(lang)
    files = sorted((each for each in found.iterdir() if each.name.endswith(_SUFFIX)), key=lambda each: each.name)
    return [_page(each.name.removesuffix(_SUFFIX).partition("-")[2], each.read_text(encoding="utf-8")) for each in files]


def load_page(topic: str, lang: Lang, folder: Traversable | None = None) -> Page:
    """One page by its topic in any language, the name of its file, a heading in it, or first words of one topic alone.

    It is shown in `lang` and in no other language.

    Raises
    ------
    InputError
        If there is no such page, or none in this language.
    """
    pages = {each: load_pages(each, folder) for each in LANGUAGES}
    every = [page for each in LANGUAGES for page in pages[each]]
    names = {word: page.name for page in every for word in (page.name, page.topic)}
    names |= {word: page.name for page in reversed(every) for word in map(_topic, _PART.findall(page.text)) if word not in names}
    wanted = _topic(topic)
    begun = {page.name for page in every if wanted and page.topic.startswith(f"{wanted}-")}
    if len(begun) == 1 and wanted not in names:
        names[wanted] = begun.pop()
    if wanted not in names:
        own = [page.topic for page in pages[lang]]
        meant = own if nearest(wanted, own) or not nearest(wanted, names) else names
        raise InputError([unknown(Where(), _UNKNOWN(topic=topic) if wanted else _NO_TOPIC(), wanted, meant)])
    name = names[wanted]
    here = next((page for page in pages[lang] if page.name == name), None)
    if here is None:
        other = next(each for each in LANGUAGES if any(page.name == name for page in pages[each]))
        raise InputError([Problem(Where(), _NOT_HERE(topic=topic), _ELSEWHERE(topic=wanted, lang=other))])
    return here


def _page(name: str, text: str) -> Page:
    shown = _UNSHOWN.sub("", text)
    heading, summary, *_ = shown.split("\n\n", 2)
    title = heading.removeprefix("# ").strip()
    return Page(name, _topic(title), title, " ".join(summary.split()), shown)


def _topic(words: str) -> str:
    """Words as a topic: "Minggu pertama" is `minggu-pertama`."""
    return _SIGNS.sub("-", words.casefold()).strip("-")
