"""What became of the upper plan's commitments: what weighs most as sentences above both texts, the rest counted or in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...analysis.slippage import Slippage
from ...comparing.answer import Answer
from ...comparing.changes import ASPECTS
from ...comparing.telling import Place
from ...model.wording import shown
from ..excerpts import excerpt, pieces
from .page import Page

_STYLES = {"weaker": "red", "stronger": "green", "mixed": "yellow", "same": "", "": "dim"}

MOST = 7
"""Changes on the screen where not every row is asked for: with both texts they take three lines each."""


def slippage_page(page: Page, report: Slippage, *, every_row: bool = False) -> None:
    """The heaviest changes on one screen; every row by aspect, with whole texts and reasons, where asked for."""
    words = page.words
    page.title(words("slippage"), words("slippage note"))
    counts: Counter[str] = Counter(r.effect for r in report.changed)
    page.items(
        [(words(f"effect.{effect}"), style), (f" {counts[effect]}", "bold")]
        for effect, style in _STYLES.items()
        if effect in ("weaker", "stronger", "mixed") and counts[effect]
    )
    rows = report.shown_records
    if every_row:
        _every_row(page, rows)
        return
    changed = [r for r in rows if r.counts]
    page.blank()
    if not changed:
        page.line(words("slip.no changes"), style="green", indent=2)
    for row in changed[:MOST]:
        _told(page, row, whole=False)
    if rest := _rest(page, changed[MOST:], rows):
        page.blank()
        page.line(words("slip.rest", told=words.enumeration.join(rest)), style="dim", indent=2)


def _rest(page: Page, left: Sequence[Answer], rows: Sequence[Answer]) -> list[str]:
    """What stands below the fold: the changes left by aspect, clauses, what is kept and what can't be compared."""
    words = page.words
    counts = Counter(r.aspect for r in left)
    counts["clause"] = sum(r.aspect == "clause" and r.comparable != "no" for r in rows)
    found = [(words(f"aspect.{aspect}"), counts[aspect]) for aspect in ASPECTS]
    found.append((words("slip.kept"), sum(r.change == "kept" and r.comparable != "no" for r in rows)))
    found.append((words("slip.not_comparable"), sum(r.comparable == "no" for r in rows)))
    return [f"{name} {count}" for name, count in found if count]


def _every_row(page: Page, rows: Sequence[Answer]) -> None:
    words = page.words
    for aspect in ASPECTS:
        own = [r for r in rows if r.aspect == aspect and r.comparable != "no"]
        page.title(words(f"aspect.{aspect}"), str(len(own)) if own else words("slip.no changes"))
        for row in own:
            _told(page, row, whole=True)
    apart = [r for r in rows if r.comparable == "no"]
    if apart:
        page.title(words("slip.not compared"), str(len(apart)))
        for row in apart:
            _told(page, row, whole=True)


def _told(page: Page, answer: Answer, *, whole: bool) -> None:
    """The sentence, and under it both texts with the words marked that it speaks of."""
    words, marks = page.words, answer.marks
    say = page.line if whole else page.cut
    say(answer.sentence.text(words.language), style=_STYLES[answer.effect] or "bold", indent=2)
    for key, text, places, none in (
        ("slip.above", answer.upper_text, marks.upper, "slip.nothing above"),
        ("slip.below", answer.local_text, marks.local, "slip.nothing below"),
    ):
        lead = words(key) + words.colon
        told = _marked(text, places, 0 if whole else page.columns) if text else words(none)
        page.lead(lead, told, lead_style="dim", style="" if text else "dim", indent=4, lines=0 if whole else 1)
    if whole and answer.reasons:
        page.lead(words("slip.why") + words.colon, shown(answer.reasons, words.language), style="dim", indent=4)


def _marked(text: str, places: Sequence[Place], columns: int) -> str:
    """A text with 【】 around the marked words; where it must fit a line, the part around them."""
    if columns:  # of which a Chinese character takes two
        text, places = excerpt(text, places, max(20, (columns - 16) // 2))
    return "".join(f"【{words}】" if is_marked else words for words, is_marked in pieces(text, places))
