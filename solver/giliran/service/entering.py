"""The page of whoever has no token yet: a field for it, in both languages, since nobody is known who would read one of them."""

from __future__ import annotations

from giliran.messages import LANGUAGES, Sentence

_ASK = Sentence(
    en="This plan is guarded. Type the token that giliran printed when it was started, or open the link beside it.",
    id="Jadwal ini dijaga. Ketik token yang dicetak giliran saat dijalankan, atau buka tautan di sampingnya.",
)
_WRONG = Sentence(
    en="That was not the token, or the link was used already.", id="Token itu tidak cocok, atau tautannya sudah pernah dipakai."
)
_OPEN = Sentence(en="Open", id="Buka")


def entrance(*, wrong: bool = False) -> str:
    """The page; it runs no script and holds nothing of the plan."""
    said = [_WRONG(), _ASK()] if wrong else [_ASK()]
    lines = "".join(f'<p lang="{lang}">{each.text(lang)}</p>' for lang in LANGUAGES for each in said)
    button = " / ".join(_OPEN().text(lang) for lang in LANGUAGES)
    field = '<input name="key" type="password" autocomplete="off" aria-label="token" required autofocus>'
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>Giliran</title></head><body>{lines}'
        f'<form method="post" action="/enter">{field} <button>{button}</button></form></body></html>'
    )
