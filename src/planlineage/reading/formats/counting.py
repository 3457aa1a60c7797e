"""The number formats of Word's lists, as text: 一 十一 二十, ①, a, iv, 〇一."""

from __future__ import annotations

from collections.abc import Callable

from ..numerals import chinese

_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_MOST = 9999


def _digital(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(max(0, value)))


def _letters(value: int) -> str:
    if not 0 < value <= _MOST:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * min(20, (value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 0 < value <= 3999:
        return str(value)
    marks = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    out = ""
    for size, mark in marks:
        count, value = divmod(value, size)
        out += mark * count
    return out


def _from(first: str, most: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= most else str(value)


def _circled(value: int) -> str:
    if 0 < value <= 20:
        return chr(ord("①") + value - 1)
    return chr(ord("㉑") + value - 21) if 20 < value <= 35 else str(value)


def _cycle(marks: str) -> Callable[[int], str]:
    return lambda value: marks[(value - 1) % len(marks)] if value > 0 else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda value: chinese(value, _LEGAL, "拾佰仟", spoken=False),
    "ideographLegalTraditional": lambda value: chinese(value, "零壹貳參肆伍陸柒捌玖", "拾佰仟", spoken=False),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": lambda value: "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"[value - 1] if 0 < value <= 10 else chinese(value),
    "decimalFullWidth": lambda value: "".join(chr(ord(d) + 0xFEE0) for d in str(max(0, value))),
    "decimalFullWidth2": lambda value: "".join(chr(ord(d) + 0xFEE0) for d in str(max(0, value))),
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}


def counted(value: int, style: str) -> str:
    """A number in one of Word's formats; formats not known count in Arabic digits.

    >>> counted(11, "chineseCountingThousand"), counted(3, "decimalEnclosedCircle"), counted(4, "lowerRoman")
    ('十一', '③', 'iv')
    """
    return _FORMATS.get(style, str)(value)
