"""One table of characters and one folding of text, for every rule that looks past width, blanks and traditional characters.

The spelling folded to is that of the clean reading: digits, letters and signs narrow, Chinese punctuation wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ..model.data import data

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese characters, for a character class."""
CHINESE = rf"{CJK}“”‘’《》〈〉（）【】〔〕「」、。，；：！？…％"
"""Chinese characters and the punctuation that stands among them, for a character class."""

_SHARE = 0.1
_FEWEST = 20


@cache
def characters() -> Mapping[str, Mapping[str, str]]:
    """The table: what each group of characters is read as, and why."""
    found: Mapping[str, Mapping[str, str]] = data("planlineage.reading.lexicon", "characters")
    return found


def pairs(*groups: str) -> dict[str, str]:
    """The characters of some groups of the table, each with the one it is read as.

    >>> pairs("punctuation")[","]
    '，'
    """
    return {
        old: new
        for name in groups
        for old, new in zip(characters()[name]["from"], characters()[name]["to"], strict=True)
    }


def listed(group: str) -> str:
    """The characters of a group that are read as nothing, for a character class."""
    return re.escape(characters()[group]["characters"])


@cache
def _width() -> tuple[re.Pattern[str], dict[str, str]]:
    table = pairs("narrow", "punctuation", "quotes")
    return re.compile(f"[{re.escape(''.join(table))}]"), table


@cache
def _simple() -> dict[int, str]:
    return {ord(old): new for old, new in pairs("traditional").items()} | {ord("著"): "着"}


def fold(text: str, *, simplify: bool = False) -> str:
    """A text in one spelling, character for character, so that offsets hold. `simplify` also folds traditional characters.

    For comparing only: 著 and 着 become one, and every comma a Chinese one.

    >>> fold("于２０２５年前达到６０％(试行)"), fold("顯著", simplify=True) == fold("显着", simplify=True)
    ('于2025年前达到60%（试行）', True)
    """
    pattern, table = _width()
    text = pattern.sub(lambda found: table[found[0]], text)
    return text.translate(_simple()) if simplify else text


# -- whole documents in traditional characters ---------------------------------------------------------------------------


@cache
def _traditional() -> tuple[dict[int, str], re.Pattern[str], re.Pattern[str]]:
    """The map of characters, what a run of them looks like, and what counts as a sign of a traditional text."""
    table, zhu = pairs("traditional"), characters()["zhu"]
    single, quotes = "".join(map(re.escape, table)), "".join(pairs("quotes"))
    run = f"(?:[{single}{quotes}]|(?<![{zhu['stays_after']}])著(?![{zhu['stays_before']}]))+"
    return (
        _simple() | {ord(old): new for old, new in pairs("quotes").items()},
        re.compile(run),
        re.compile(f"[{single}]"),
    )


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters, and does not only hold a few.

    >>> is_traditional("國務院關於加強法治政府建設的意見" * 5), is_traditional("国务院关于加强法治政府建設的意见" * 5)
    (True, False)
    """
    signs = len(_traditional()[2].findall(text))
    return signs >= _FEWEST and signs >= _SHARE * len(re.findall("[\u4e00-\u9fff]", text))


def simplified_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and simplified form of each run of traditional characters; none in a text that is not traditional."""
    if not is_traditional(text):
        return
    table, run, _ = _traditional()
    for match in run.finditer(text):
        yield match.start(), match.end(), match.group().translate(table)
