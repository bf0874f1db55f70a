"""Texts of circular files for people, and the base of everything that such a file holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from giliran.messages import Lang, Said, bilingual


class Part(BaseModel):
    """Base of every part: nothing unknown, nothing changed after reading."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(Part):
    """A text for people in both languages; a plain text in the file stands for both."""

    en: str = Field(min_length=1)
    id: str = Field(min_length=1)

    def text(self, lang: Lang) -> str:
        """The text in one language."""
        return self.en if lang == "en" else self.id

    def said(self) -> Said:
        """The text as a value of a sentence."""
        return bilingual(en=self.en, id=self.id)


def _words(value: object) -> object:
    return {"en": value, "id": value} if isinstance(value, str) else value


def _word(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


_WORDS_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"en": {"type": "string"}, "id": {"type": "string"}},
            "required": ["en", "id"],
            "additionalProperties": False,
        },
    ]
}

Text = Annotated[Words, BeforeValidator(_words), WithJsonSchema(_WORDS_SCHEMA)]
"""Words of a file: a plain text, or one for each language."""

Word = Annotated[str, BeforeValidator(_word)]
"""A word of a file; a number is one too."""

Conditions = Mapping[str, Any]
"""What a `when` holds: parameters with the values that they need."""
