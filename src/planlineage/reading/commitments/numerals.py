"""Numbers as plans write them: 60, 15万, 2万亿, 二十五, 二〇二二, 百万, 半, 两."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{str(n): n for n in range(10)},
    **dict(zip("〇零○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

CHINESE = "〇零○一二三四五六七八九十百千两"
DIGITS = r"[0-9]{1,12}(?:٬[0-9]{3}){0,3}(?:\.[0-9]{1,6})?"
NUMBER = rf"(?:(?:{DIGITS})[百千]?[万亿]{{0,2}}|[{CHINESE}]{{1,9}}[万亿]{{0,2}})"
"""A regular expression for a number (matched in folded text; every repetition is bounded)."""


def number(words: str) -> Decimal | None:
    """The value of a number, None where the words are none.

    >>> number("15万"), number("2万亿"), number("二十五"), number("二〇二二"), number("百万"), number("0.01")
    (Decimal('150000'), Decimal('2000000000000'), Decimal('25'), Decimal('2022'), Decimal('1000000'), Decimal('0.01'))
    """
    words = words.replace("٬", "")
    scale = 1
    while words and words[-1] in _MYRIADS:
        scale *= _MYRIADS[words[-1]]
        words = words[:-1]
    if words and words[0].isdigit() and words[0].isascii():
        while words[-1] in _UNITS:
            scale *= _UNITS[words[-1]]
            words = words[:-1]
        return Decimal(words) * scale
    head = _chinese(words)
    return None if head is None else Decimal(head * scale)


def _chinese(words: str) -> int | None:
    if not words or any(char not in _DIGITS and char not in _UNITS for char in words):
        return None
    if not any(char in _UNITS for char in words):
        return int("".join(str(_DIGITS[char]) for char in words))
    total = digit = 0
    pending = False
    for char in words:
        if char in _UNITS:
            total += (digit if pending else 1) * _UNITS[char]
            digit, pending = 0, False
        else:
            digit, pending = _DIGITS[char], True
    return total + digit


def whole(words: str) -> int | None:
    """The value of a whole number, None where the words are none.

    >>> whole("两"), whole("0.5")
    (2, None)
    """
    value = number(words)
    return int(value) if value is not None and value == value.to_integral_value() else None


def plain(value: Decimal) -> str:
    """A decimal number without exponent or needless zeros.

    >>> plain(Decimal("2E+12")), plain(Decimal("0.50"))
    ('2000000000000', '0.5')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
