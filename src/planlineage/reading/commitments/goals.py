"""Aims without a number: states named in the list of a plan's main goals (国际收支基本平衡), and ranks (进入全国前十)."""

from __future__ import annotations

import re

from ...model.commitments import Target
from ..numerals import CHINESE, number, plain
from .lexicon import alternation
from .match import Reading

_GOALS = re.compile(rf"(?:{alternation('quantity', 'goals')})[^，。；：\n]{{0,6}}：")
_ITEM = re.compile(r"[^，；]+")
_STATE = re.compile(
    rf"^(?:(?:{alternation('quantity', 'leads')}|{alternation('quantity', 'acts')}|重点|控制)*)(?P<name>.{{2,24}}?)"
    rf"(?:增长)?(?=(?:{alternation('quantity', 'states')})|(?:改善|下降|提升|提高|增长|平衡|优化|稳定)$|$)"
)
_RANK = re.compile(
    rf"(?:{alternation('quantity', 'ranks')}){{1,4}}(?P<what>[^，。；、：\n0-9]{{0,12}}?)"
    rf"(?P<rank>前(?P<n>[0-9]{{1,3}}|[{CHINESE}]{{1,3}})(?P<unit>位|名|强)?|第(?P<m>[0-9]{{1,2}}|[{CHINESE}]{{1,2}})(?P<of>位|名))(?=[，。；、）]|$)"
)


def goals(reading: Reading) -> None:
    """All aims without a number."""
    for match in reading.folded.matches(_GOALS, "目标|指标"):
        _states(reading, match.end())
    for match in reading.folded.matches(_RANK, "前|第"):
        value = number(match["n"] or match["m"])
        if value and reading.claims.free(*match.span()):
            reading.add(
                Target,
                match.start("rank"),
                match.end(),
                "target.rank",
                comparison="<=",
                value=plain(value),
                unit=match["unit"] or match["of"] or "位",
                base="rank",
                indicator=match["what"] or None,
                indicator_span=reading.folded.span(*match.span("what")) if match["what"] else None,
                year=reading.context.this_year,
            )


def _states(reading: Reading, start: int) -> None:
    """The items of a list of goals that hold no number."""
    end = reading.text.find("。", start)
    line = reading.text.find("\n", start)
    stop = min((place for place in (end, line) if place >= 0), default=len(reading.text))
    items = list(_ITEM.finditer(reading.text, start, stop))
    targets = [at for at, found in zip(reading.starts, reading.found, strict=True) if isinstance(found, Target)]
    numbered = [item for item in items if any(item.start() <= at < item.end() for at in targets)]
    if len(numbered) < 2:
        return
    for item in items:
        text = item.group()
        if item in numbered or not 4 <= len(text) <= 40:
            continue
        state = _STATE.match(text)
        name, at = (state["name"], state.start("name")) if state else (text, 0)
        reading.add(
            Target,
            *item.span(),
            "target.goal",
            confidence=0.8,
            comparison="qual",
            indicator=name,
            indicator_span=reading.folded.span(item.start() + at, item.start() + at + len(name)),
            year=reading.context.this_year,
        )
