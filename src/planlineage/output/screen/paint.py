"""Colour, only where it is wanted: on a terminal, and not with NO_COLOR."""

from __future__ import annotations

from dataclasses import dataclass

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Puts colour on text where it is switched on; leaves the text alone where it is not.

    >>> Paint(False)("迟", "bold red"), Paint(True)("迟", "red")
    ('迟', '\\x1b[31m迟\\x1b[0m')
    """

    on: bool = False

    def __call__(self, text: str, style: str = "") -> str:
        """The text in a style: one or several of bold, dim, red, green, yellow, blue, cyan."""
        if not self.on or not style or not text:
            return text
        codes = ";".join(_CODES[name] for name in style.split())
        return f"\x1b[{codes}m{text}\x1b[0m"
