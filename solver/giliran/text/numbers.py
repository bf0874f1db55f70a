"""Shares and decimals as exact integers."""

from __future__ import annotations

import re

from giliran.messages import Said, Sentence, written
from giliran.text.failure import TextError

WHOLE_SHARE = 10_000
"""100 % in basis points."""

_NUMBER = re.compile(r"([+-]?)([0-9]{1,15})(?:[.,]([0-9]+))?", re.ASCII)
_PERCENT = re.compile(r"(.*?)\s*(?:%|persen|percent)", re.IGNORECASE | re.DOTALL)
_RATIO = re.compile(r"([0-9]{1,6})\s*([:/])\s*([0-9]{1,6})", re.ASCII)
_SHARE_DECIMALS = 2
_THOUSANDTH_DECIMALS = 3

_NO_SHARE = Sentence(en="'{text}' is not a percentage", id="'{text}' bukan persentase")
_NO_PERCENT = Sentence(en="'{text}' has no percent sign", id="'{text}' tanpa tanda persen")
_RANGE = Sentence(en="'{text}' is not between 0% and 100%", id="'{text}' tidak berada di antara 0% dan 100%")
_FINE_SHARE = Sentence(en="'{text}' has more than two decimals", id="'{text}' memiliki lebih dari dua desimal")
_WRITE = Sentence(en="Write {text}.", id="Tulis {text}.")
_WRITE_SHARE = Sentence(en="Write a percentage, such as 25% or 12.5%.", id="Tulis sebagai persentase, misalnya 25% atau 12,5%.")
_NO_NUMBER = Sentence(en="'{text}' is not a number", id="'{text}' bukan bilangan")
_FINE_NUMBER = Sentence(en="'{text}' has more than three decimals", id="'{text}' memiliki lebih dari tiga desimal")
_WRITE_NUMBER = Sentence(
    en="Write a number such as 2, 2.5 or -0.75, without separators of thousands.",
    id="Tulis bilangan seperti 2, 2,5 atau -0,75, tanpa pemisah ribuan.",
)


def parse_share(text: object) -> int:
    """A share in basis points: "25%" is 2500, "12,5 %" is 1250.

    Parameters
    ----------
    text
        A number with a percent sign, with at most two decimals after a point or a comma.

    Raises
    ------
    TextError
        If it is no percentage, has no percent sign (25 might mean people), has more than two decimals, or is outside 0% to 100%.
    """
    said = _typed(text, _NO_SHARE, _WRITE_SHARE)
    percent = _PERCENT.fullmatch(said)
    if percent is None:
        raise TextError(_NO_PERCENT(text=said), _share_advice(said))
    number = _NUMBER.fullmatch(percent[1])
    if number is None:
        ratio = _RATIO.fullmatch(percent[1])
        raise TextError(_NO_SHARE(text=said), _share_advice(percent[1]) if ratio else _WRITE_SHARE())
    points = _scaled(number, _SHARE_DECIMALS)
    if points is None:
        raise TextError(_FINE_SHARE(text=said), _WRITE_SHARE())
    if not 0 <= points <= WHOLE_SHARE:
        raise TextError(_RANGE(text=said), _WRITE_SHARE())
    return points


def share_text(basis_points: int) -> str:
    """A share as `parse_share` reads it: 1250 is "12.5%"."""
    whole, rest = divmod(basis_points, WHOLE_SHARE // 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%" if rest else f"{whole}%"


def parse_decimal_thousandths(text: object) -> int:
    """A decimal number in thousandths: "2.5" and "2,5" are 2500.

    Raises
    ------
    TextError
        If it is no number, or has more than three decimals or fifteen digits.
    """
    said = _typed(text, _NO_NUMBER, _WRITE_NUMBER)
    number = _NUMBER.fullmatch(said)
    if number is None:
        raise TextError(_NO_NUMBER(text=said), _WRITE_NUMBER())
    thousandths = _scaled(number, _THOUSANDTH_DECIMALS)
    if thousandths is None:
        raise TextError(_FINE_NUMBER(text=said), _WRITE_NUMBER())
    return thousandths


def _typed(value: object, wrong: Sentence, advice: Sentence) -> str:
    """What was typed, each space one; a list, a truth value and the like are refused."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TextError(wrong(text=written(value)), advice())
    return " ".join(str(value).split())


def number_text(value: float) -> str:
    """A finite number as JSON writes it, which is the text that a reader of files meets."""
    return repr(float(value))


def _scaled(number: re.Match[str], decimals: int) -> int | None:
    """The number times a power of ten, exactly; None if it has more decimals than that."""
    fraction = (number[3] or "").rstrip("0")
    if len(fraction) > decimals:
        return None
    size = int(number[2] + fraction.ljust(decimals, "0"))
    return -size if number[1] == "-" else size


def _share_advice(text: str) -> Said:
    """What was probably meant: 25 is 25%, 0.25 is 25%, 1/4 is 25%; 50:50 is 50%."""
    number, ratio = _NUMBER.fullmatch(text), _RATIO.fullmatch(text)
    hundredths = None
    if ratio:
        part = int(ratio[1])
        whole = int(ratio[3]) + (part if ratio[2] == ":" else 0)
        hundredths = part * WHOLE_SHARE // whole if whole and part * WHOLE_SHARE % whole == 0 else None
    elif number and not number[1]:
        hundredths = _scaled(number, _SHARE_DECIMALS)
        if hundredths is not None and hundredths < WHOLE_SHARE // 100 and number[3]:
            hundredths *= 100
    if hundredths is None or hundredths > WHOLE_SHARE:
        return _WRITE_SHARE()
    return _WRITE(text=share_text(hundredths))
