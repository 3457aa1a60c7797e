"""The words by which a task's wording is graded, and small questions about them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ..model.commitments import Strength, Totality
from ..model.data import data
from ..reading.commitments import recognise

TOP_DEGREE = 5
"""The highest degree of a force word. Where two stand there, the number of their strengthening words decides."""


def grading() -> dict[str, Any]:
    """The data file `grading.json`, which explains itself."""
    found: dict[str, Any] = data(__package__, "grading")
    return found


@cache
def _family_of_word() -> dict[str, str]:
    return {
        word: name
        for name, words in grading()["families"].items()
        if name not in ("why", "tone", "names")
        for word in words
    }


@lru_cache(maxsize=50_000)
def forces_in(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """The force words of a clause: its words, family, degree and start; words of no family are left out.

    >>> [(words, family, degree) for words, family, degree, _ in forces_in("全面严格落实行政执法公示制度")]
    [('全面严格落实', 'carry out', 5)]
    """
    families = _family_of_word()
    found = []
    for words in (*grading()["families"]["tone"], *grading()["families"]["names"]):
        text = text.replace(words, "")
    for item in recognise(text, kinds={"strength"}):
        if isinstance(item, Strength):
            core = max((w for w in families if w in item.surface), key=len, default="")
            if core:
                found.append((item.surface, families[core], item.degree, item.span.start))
    return tuple(found)


@lru_cache(maxsize=50_000)
def totals_in(text: str) -> tuple[tuple[str, str], ...]:
    """The all-or-nothing words of a clause with their scope.

    >>> totals_in("不得存在有案不移现象")
    (('不得', 'none'),)
    """
    return tuple((t.surface, t.scope) for t in recognise(text, kinds={"totality"}) if isinstance(t, Totality))


def graded(text: str, steps: list[list[str]]) -> dict[str, int]:
    """The words of a scale that occur in a text, longest first so that 重奖 is not also 奖, with their step."""
    found: dict[str, int] = {}
    rest = text
    for word, step in sorted(((w, i) for i, ws in enumerate(steps) for w in ws), key=lambda x: -len(x[0])):
        if word in rest:
            found[word] = step
            rest = rest.replace(word, "\x00" * len(word))
    return found


@cache
def pattern(section: str, key: str = "patterns") -> re.Pattern[str]:
    """The patterns of a section as one."""
    return re.compile("|".join(f"(?:{p})" for p in grading()[section][key]))


def has_word(section: str, text: str) -> str:
    """The first word of a section that occurs in a text; empty where none does."""
    return next((w for w in grading()[section]["words"] if w in text), "")


def accountable(texts: list[str]) -> list[str]:
    """The words by which someone answers for a task that occur in some texts."""
    return [w for group in grading()["accountability"]["groups"] for w in group if any(w in t for t in texts)]


def accountable_alike(word: str, other: str) -> bool:
    """Whether another text has the word or one that stands for it.

    >>> accountable_alike("问责", "依法追究责任"), accountable_alike("审计", "依法追究责任")
    (True, False)
    """
    group = next(g for g in grading()["accountability"]["groups"] if word in g)
    return any(w in other for w in group)


def intensity(words: str) -> int:
    """How many words of full measure stand in a force word: 全面严格落实 has two.

    >>> intensity("全面严格落实"), intensity("落实")
    (2, 0)
    """
    return sum(
        words.count(w) for scale in grading()["scales"] if scale["name"] == "how fully" for w in scale["words"][-1]
    )


def is_strict(text: str) -> bool:
    """Whether a text states a duty to carry something out in full: 全面严格落实, 必须.

    >>> is_strict("全面严格落实告知制度"), is_strict("完善告知制度")
    (True, False)
    """
    return any(
        degree >= TOP_DEGREE and (family == "duty" or (family == "carry out" and intensity(words) > 0))
        for words, family, degree, _ in forces_in(text)
    )
