"""Sentences in files for programs."""

from __future__ import annotations

from giliran.domain.selection import Model
from giliran.messages import Said


class Sentences(Model):
    """A sentence in every language."""

    en: str
    id: str

    @classmethod
    def of(cls, said: Said) -> Sentences:
        """A sentence as a record."""
        return cls(en=said.text("en"), id=said.text("id"))
