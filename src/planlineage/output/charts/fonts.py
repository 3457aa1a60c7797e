"""A font that has Chinese characters, and what to do where there is none.

Fonts are known by what they hold, not by their names alone: a font is taken only if the characters that plans are made of
are in its map. What even that font lacks is written as 〓, the printers' sign for a missing type.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib import font_manager

PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "SimSun",
    "AR PL UMing CN",
    "Arial Unicode MS",
)
"""Sans-serif fonts first: they read better at the size of labels."""

LATIN = "DejaVu Sans"
"""Comes with matplotlib."""

_SAMPLE = "法治政府建设实施纲要承接时限，。（）《》"
_MAYBE = re.compile("cjk|hei|song|ming|kai|fang|han|noto|droid|wqy|pingfang|yahei", re.IGNORECASE)
_MISSING = "〓"

HINT = "install one (Debian: fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts) or give the file of one as `font`"


class MissingFontWarning(UserWarning):
    """No font with Chinese characters is installed; the chart shows ids and English words."""


@dataclass(frozen=True)
class Fonts:
    """The families that a chart is drawn with, and the characters that they have. `chinese`: whether Chinese can be shown."""

    families: tuple[str, ...]
    characters: frozenset[int] = field(repr=False)
    chinese: bool

    def clean(self, text: str) -> str:
        """The text with only what the fonts can show: no control or direction marks, 〓 or ? for what is missing."""
        instead = _MISSING if ord(_MISSING) in self.characters else "?"
        kept = (
            c if ord(c) in self.characters else instead
            for c in " ".join(text.split())
            if unicodedata.category(c) not in ("Cc", "Cf", "Cs")
        )
        return "".join(kept)


def find_fonts(font: str | Path | None = None) -> Fonts:
    """The fonts for a chart: those asked for by family name or file, else the first installed one that has Chinese.

    Warns with `MissingFontWarning` where no Chinese can be shown.
    """
    if not _listed(LATIN):  # matplotlib keeps its list in a file, and one written while its fonts were removed is empty
        for path in Path(matplotlib.get_data_path(), "fonts", "ttf").glob("DejaVu*.ttf"):
            font_manager.fontManager.addfont(path)
    family = _named(font) if font is not None else _installed()
    if family is None:
        what = (
            f"the font {str(font)!r} has no Chinese characters" if font else "no font with Chinese characters was found"
        )
        warnings.warn(f"{what}: labels are ids and English words; {HINT}", MissingFontWarning, stacklevel=4)
        return Fonts((LATIN,), _characters(LATIN), chinese=False)
    return Fonts((family, LATIN), _characters(family) | _characters(LATIN), chinese=True)


def _named(font: str | Path) -> str | None:
    path = Path(font)
    if path.is_file():
        font_manager.fontManager.addfont(path)
        family = font_manager.FontProperties(fname=path).get_name()
    else:
        family = str(font)
    return family if _has_chinese(family) else None


def _installed() -> str | None:
    """The first installed family that has the sample; fonts that came after matplotlib made its list are found too."""
    for look_again in (False, True):
        if look_again:
            _add_new_fonts()
        names = sorted({entry.name for entry in font_manager.fontManager.ttflist if _MAYBE.search(entry.name)})
        for family in (*PREFERRED, *names):
            if _has_chinese(family):
                return family
    return None


def _add_new_fonts() -> None:
    listed = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in font_manager.findSystemFonts():
        if path not in listed and _MAYBE.search(Path(path).name):
            try:
                font_manager.fontManager.addfont(path)
            except (OSError, RuntimeError):  # a font that matplotlib can't read
                continue


def _listed(family: str) -> bool:
    return any(entry.name == family for entry in font_manager.fontManager.ttflist)


def _has_chinese(family: str) -> bool:
    return _listed(family) and all(ord(c) in _characters(family) for c in _SAMPLE)


@cache
def _characters(family: str) -> frozenset[int]:
    path = font_manager.findfont(font_manager.FontProperties(family=family), fallback_to_default=False)
    return frozenset(font_manager.get_font(path).get_charmap())
