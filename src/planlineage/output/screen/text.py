"""Text on a terminal: its width (a Chinese character takes two columns), cut or wrapped to fit, and made harmless.

A document is hostile until shown otherwise: an escape sequence in its title could repaint the screen, a right-to-left
mark could turn a line round. `harmless` is applied to everything that comes from outside before it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_ELLIPSIS = "…"
_REPLACEMENT = "\ufffd"
_OPENING = "（《〈【〔“‘「『"
_CLOSING = "，。；、：！？）》〉】〕”’」』…"
_TOKENS = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+|[^\s])[{_CLOSING}]*")


def harmless(text: str) -> str:
    """The text on one line, with nothing in it that a terminal could act on.

    Control characters become visible pictures; marks of direction and other invisible signs become U+FFFD; line breaks and
    tabs become blanks.

    >>> harmless("计划\\x1b[31m\\u202e1号")
    '计划␛[31m\ufffd1号'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _stand_in(c) for c in text)


@lru_cache(maxsize=4096)
def _stand_in(char: str) -> str:
    if char in "\n\r\t\v\f":
        return " "
    category = unicodedata.category(char)
    if category == "Cc":
        code = ord(char)
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else _REPLACEMENT
    if category == "Zs":
        return char if char == "\u3000" else " "
    if category in ("Zl", "Zp"):
        return " "
    return char if category in ("Co", "Cn") else _REPLACEMENT


@cache
def _char_width(char: str) -> int:
    from wcwidth import wcwidth  # noqa: PLC0415 - its tables load when first asked for

    return max(0, wcwidth(char))


def width(text: str) -> int:
    """The columns that a text takes on a terminal.

    >>> width("2022年前")
    8
    """
    return len(text) if text.isascii() else sum(map(_char_width, text))


def cut(text: str, columns: int) -> str:
    """The text cut to a number of columns, with … where something was left out.

    >>> cut("法治政府建设", 7)
    '法治政…'
    """
    if width(text) <= columns:
        return text
    return clip(text, columns)


def clip(text: str, columns: int) -> str:
    """As much of the text as fits with … after it, whether or not it had to be cut.

    >>> clip("法治", 20)
    '法治…'
    """
    return _head(text, columns - 1)[0].rstrip() + _ELLIPSIS if columns > 0 else ""


def _head(text: str, columns: int) -> tuple[str, str]:
    """The longest beginning that fits, and the rest."""
    used = 0
    for i, char in enumerate(text):
        used += _char_width(char)
        if used > columns:
            return text[:i], text[i:]
    return text, ""


def wrap(text: str, columns: int, *, lines: int = 0) -> list[str]:
    """The text in lines of at most `columns`; no line begins with a closing mark or ends with an opening one.

    `lines` limits how many (0: no limit); the last one then ends in ….

    >>> wrap("推进政务服务“跨省通办”，年底前实现。", 14)
    ['推进政务服务', '“跨省通办”，年', '底前实现。']
    """
    columns = max(columns, 2)
    found, line = [], ""
    for token in _TOKENS.findall(text):
        if width(line) + width(token.rstrip()) <= columns:
            line += token
            continue
        if line.strip():
            found.append(line.rstrip())
        line = token.lstrip()
        while width(line.rstrip()) > columns:
            head, line = _head(line, columns)
            found.append(head)
    if line.strip() or not found:
        found.append(line.rstrip())
    if lines and len(found) > lines:
        found = [*found[: lines - 1], clip(found[lines - 1], columns)]
    return found


def pad(text: str, columns: int, align: str = "left") -> str:
    """The text filled up with blanks to a number of columns."""
    blanks = " " * max(0, columns - width(text))
    return blanks + text if align == "right" else text + blanks
