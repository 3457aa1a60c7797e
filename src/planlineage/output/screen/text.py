"""Text on a terminal: made harmless, and cut or wrapped to fit as Chinese is set.

A document is hostile until shown otherwise: an escape sequence in its title could repaint the screen, a right-to-left
mark could turn a line round. `harmless` is applied to everything that comes from outside before it is shown. rich knows how
many columns a character takes; where a Chinese line may end is known here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len, chop_cells

_ELLIPSIS = "…"
_REPLACEMENT = "\ufffd"
_OPENING = "（《〈【〔“‘「『"
_CLOSING = "，。；、：！？）》〉】〕”’」』…"
_TOKENS = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+|[^\s])\ufe0f?[{_CLOSING}]*")


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


def cut(text: str, columns: int) -> str:
    """The text cut to a number of columns, with … where something was left out.

    >>> cut("法治政府建设", 7)
    '法治政…'
    """
    return text if cell_len(text) <= columns else clip(text, columns)


def clip(text: str, columns: int) -> str:
    """As much of the text as fits with … after it, whether or not it had to be cut.

    >>> clip("法治", 20)
    '法治…'
    """
    if columns < 1:
        return ""
    return "".join(chop_cells(text, columns - 1)[:1]).rstrip() + _ELLIPSIS if columns > 1 else _ELLIPSIS


def wrap(text: str, columns: int, *, lines: int = 0) -> list[str]:
    """The text in lines of at most `columns`; no line begins with a closing mark or ends with an opening one.

    `lines` limits how many (0: no limit); the last one then ends in ….

    >>> wrap("推进政务服务“跨省通办”，年底前实现。", 14)
    ['推进政务服务', '“跨省通办”，年', '底前实现。']
    """
    columns = max(columns, 2)
    found, line, used = [], "", 0
    for token in _TOKENS.findall(text):
        if used + cell_len(token.rstrip()) <= columns:
            line += token
            used += cell_len(token)
            continue
        if line.strip():
            found.append(line.rstrip())
        *full, line = chop_cells(token.lstrip(), columns) or [""]
        found += full
        used = cell_len(line)
    if line.strip() or not found:
        found.append(line.rstrip())
    if lines and len(found) > lines:
        found = [*found[: lines - 1], clip(found[lines - 1], columns)]
    return found
