"""Chinese numerals, read and written: 60, 15万, 2万亿, 二十五, 二〇二二, 百万, 两 — and 一百零五 for 105."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    **{str(n): n for n in range(10)},
    **dict(zip("〇零○一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_MOST = 9999
_MIXED = re.compile("(.*[万亿])([^万亿]+[万亿]*)")

ORDINAL = "〇零○一二三四五六七八九十百"
"""The characters that clauses are numbered with, for a character class."""
CHINESE = f"{ORDINAL}千两"
"""The characters of Chinese numbers below ten thousand, for a character class."""
THOUSANDS_MARK = "٬"
DIGITS = rf"[0-9]{{1,12}}(?:{THOUSANDS_MARK}[0-9]{{3}}){{0,3}}(?:\.[0-9]{{1,6}})?"
NUMBER = rf"(?:(?:{DIGITS})[百千]?[万亿]{{0,2}}|[{CHINESE}]{{1,9}}(?:[万亿]{{1,2}}[{CHINESE}]{{0,7}})?)"
"""A regular expression for a number (matched in folded text; every repetition is bounded)."""


def number(words: str) -> Decimal | None:
    """The value of a number, None where the words are none.

    >>> number("15万"), number("2万亿"), number("二十五"), number("二〇二二"), number("百万"), number("0.01")
    (Decimal('150000'), Decimal('2000000000000'), Decimal('25'), Decimal('2022'), Decimal('1000000'), Decimal('0.01'))
    >>> number("两万五千"), number("一亿二千万")
    (Decimal('25000'), Decimal('120000000'))
    """
    words = words.replace(THOUSANDS_MARK, "")
    if mixed := _MIXED.fullmatch(words):
        head, tail = number(mixed[1]), number(mixed[2])
        return None if head is None or tail is None else head + tail
    scale = 1
    while words and words[-1] in _MYRIADS:
        scale *= _MYRIADS[words[-1]]
        words = words[:-1]
    if words and words[0].isdigit() and words[0].isascii():
        while words[-1] in _UNITS:
            scale *= _UNITS[words[-1]]
            words = words[:-1]
        return Decimal(words) * scale
    value = _chinese(words)
    return None if value is None else Decimal(value * scale)


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

    >>> [whole(n) for n in ("十", "三十五", "一百零二", "68", "两", "0.5")]
    [10, 35, 102, 68, 2, None]
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


def chinese(value: int, digits: str = "〇一二三四五六七八九", units: str = "十百千", *, spoken: bool = True) -> str:
    """A number below ten thousand in Chinese. `spoken` leaves out the 一 of 一十.

    >>> [chinese(n) for n in (3, 10, 12, 20, 105, 110)]
    ['三', '十', '十二', '二十', '一百零五', '一百一十']
    """
    if not 0 < value <= _MOST:
        return str(value)
    out, pending = "", False
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            pending = bool(out)
            continue
        out += ("零" if pending else "") + digits[digit] + (units[place - 1] if place else "")
        pending = False
    return out[1:] if spoken and out.startswith(digits[1] + units[0]) else out
