"""How a number is bound: at least, at most, about. One reading for lengths, counts and targets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ...model.commitments import Operator
from .lexicon import alternation, load


@cache
def _values(section: str) -> dict[str, Operator]:
    return {word: entry["value"] for entry in load("quantity")[section] for word in entry["words"]}


COMPARISONS = alternation("quantity", "comparisons")
_PREFIX = re.compile(rf"(?:{alternation('quantity', 'maximal_prefixes')}){{0,2}}(?P<word>{COMPARISONS})$")
_SUFFIX = re.compile(alternation("quantity", "suffixes"))
_STRICT_GAP = re.compile(r"(?P<word>至少|最少|只|仅|不少于|不超过|最多|至多)(?P<gap>[\u4e00-\u9fff]{0,4})$")
_PROHIBITION = re.compile(rf"(?:{alternation('quantity', 'prohibitions')})(?P<act>[^，；。]{{1,16}})$")
_TURNED: dict[Operator, Operator] = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}


@dataclass(frozen=True)
class Bound:
    """A comparison, the word it comes from, and how many characters before and after the number it covers."""

    comparison: Operator
    word: str = ""
    before: int = 0
    after: int = 0


def bound(before: str, after: str, *, verb_between: bool = False) -> Bound | None:
    """Read the comparison around a number from the text before and after it; None where there is none.

    With `verb_between` up to four characters may stand between word and number (至少建设一所). A prohibition in front turns
    the comparison round.

    >>> bound("公示时间最长不超过", "个工作日")
    Bound(comparison='<=', word='不超过', before=5, after=0)
    >>> bound("严禁生产厚度低于", "毫米的地膜").comparison
    '>='
    """
    suffix = _SUFFIX.match(after)
    prefix = _at_end(before)
    if prefix is None and verb_between:
        match = _STRICT_GAP.search(before)
        prefix = (match["word"], len(before) - match.start()) if match else None
    if suffix:
        value = _values("suffixes")[suffix.group()]
        word, reach = prefix or ("", 0)
        return Bound(value, word or suffix.group(), reach, suffix.end())
    if prefix:
        found = Bound(_values("comparisons")[prefix[0]], prefix[0], prefix[1])
        return turned(found, before[: len(before) - found.before])
    return None


def turned(found: Bound, before: str) -> Bound:
    """A comparison behind a prohibition: what must not lie above a mark has it as its ceiling."""
    if found.word[0] in "不≥≤" or found.comparison not in _TURNED or not _PROHIBITION.search(before):
        return found
    return replace(found, comparison=_TURNED[found.comparison])


def _at_end(before: str) -> tuple[str, int] | None:
    match = _PREFIX.search(before)
    return (match["word"], len(before) - match.start()) if match else None
