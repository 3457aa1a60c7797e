"""The figure that every chart is: a matplotlib Figure with its own look, that shows itself in notebooks and saves itself."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...model.disk import write_bytes
from ...model.errors import OutputError
from ...model.wording import Lang, language, words
from ..screen.text import cut
from .fonts import Fonts, find_fonts

INK, FAINT, LINE = "#23262c", "#5d6169", "#d9d3c6"
COVERED, THEMATIC, MISSING, NEUTRAL, UPPER = "#2c6e5d", "#c99a3f", "#b5443a", "#b9b3a6", "#1d4f7c"
PALETTE = (
    "#2c6e5d",
    "#1d4f7c",
    "#a8742a",
    "#7a4a78",
    "#4f7d3a",
    "#8c4a3c",
    "#3f7f93",
    "#6b6433",
    "#55608f",
    "#8a5a72",
)
DPI = 144
"""Dots per inch of saved pictures."""

SCREEN_DPI = 100
"""The same in notebooks, which keep their pictures inside."""

_LOOK: Any = {
    "text.parse_math": False,  # a $ in a title is a $
    "text.color": INK,
    "axes.unicode_minus": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "normal",
    "font.size": 9.5,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "xtick.labelcolor": FAINT,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "path",  # the same on a machine without the font
    "svg.hashsalt": "planlineage",
}


class Chart(Figure):
    """A matplotlib Figure that is drawn with its own fonts and settings, whatever those of the process are.

    In a notebook it shows itself as a PNG. `fonts` are those it is drawn with, `language` that of its words.
    """

    fonts: Fonts
    language: Lang

    def draw(self, renderer: Any) -> None:
        """Draw with the chart's own settings; where everything stands is settled the first time."""
        with rc_context(self.look):
            super().draw(renderer)
        self.set_layout_engine("none")

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save with the chart's own settings."""
        with rc_context(self.look):
            super().savefig(fname, **options)

    @property
    def look(self) -> Any:
        """The settings that it is drawn with."""
        return {**_LOOK, "font.family": list(self.fonts.families)}

    def _repr_png_(self) -> bytes:
        return rendered(self, "png", SCREEN_DPI)

    # -- words --------------------------------------------------------------------------------------------------------

    def word(self, key: str, **values: Any) -> str:
        """The words of a key in the chart's language."""
        return words(key, self.language, **values)

    def label(self, text: str, otherwise: str, columns: int = 40) -> str:
        """A plan's words as a label of at most so many columns; `otherwise` where Chinese can't be shown."""
        told = text if self.fonts.chinese or text.isascii() else otherwise
        return cut(self.fonts.clean(told), columns)

    def note(self, axes: Axes, text: str) -> None:
        """A line of small words under a chart."""
        axes.annotate(
            text,
            (0, 0),
            xycoords="axes fraction",
            xytext=(0, -34),
            textcoords="offset points",
            color=FAINT,
            fontsize=8.5,
            annotation_clip=False,
        )


def new_chart(width: float, height: float, lang: Lang, font: str | Path | None) -> Chart:
    """An empty chart of a size in inches. Without a Chinese font its words are English."""
    fonts = find_fonts(font)
    with rc_context({**_LOOK, "font.family": list(fonts.families)}):
        chart = Chart(figsize=(width, height), dpi=SCREEN_DPI, layout="constrained")
    chart.fonts = fonts
    chart.language = language(lang) if fonts.chinese else "en"
    return chart


def one_axes(chart: Chart, title: str, pad: float = 12) -> Axes:
    """The only axes of a chart, with its title so many points above."""
    with rc_context(chart.look):
        axes = chart.add_subplot()
        axes.set_title(title, pad=pad)
    return axes


def save_chart(chart: Figure, path: str | Path) -> Path:
    """Write a chart as PNG or SVG, by the ending of the path, whole or not at all. Returns the path.

    SVG files hold the letters as outlines, so that they look the same where the font is not installed, and no date, so that
    the same chart makes the same file. Raises `OutputError` for other endings and where the file can't be written.
    """
    path = Path(path)
    ending = path.suffix.lower().lstrip(".")
    if ending not in ("png", "svg"):
        raise OutputError("no picture ending", where=str(path), hint="picture endings")
    return write_bytes(path, rendered(chart, ending))


def rendered(chart: Figure, ending: str, dpi: float = DPI) -> bytes:
    """A chart as the bytes of a PNG or SVG file."""
    out = io.BytesIO()
    metadata = {"Date": None} if ending == "svg" else {"Software": None}
    chart.savefig(out, format=ending, dpi=dpi, metadata=metadata)
    return out.getvalue()
