"""What stands in a cell of a table whose column says what it holds: until when, or the figure of an indicator."""

from __future__ import annotations

import re
from dataclasses import replace

from ...model.base import Provenance, Span
from ...model.commitments import Deadline, Period, Recurrence, Target
from ..folding import fold
from . import recognise
from .context import Context
from .match import VERSION

_BARE = re.compile(
    r"(?:[^，。；]{0,3}(?=[12一二][0-9〇零○一二三四五六七八九]{3}))?"
    r"[0-9一二三四五六七八九十〇零○年月日号底末初中前上下半旬第季度份今本明当岁内至到./—-]{2,30}"
)
_ENDS: tuple[tuple[str, str], ...] = (
    (r"(?:前|内|止)$", ""),
    (r"(?:季度|半年|旬|年中|月中|年度)$", "完成"),
    (r"[0-9〇零○一二三四五六七八九]年$|月份?$|20[0-9]{2}[./-][0-9]{1,2}$", "底前"),
    (r"[0-9]{4}$", "年底前"),
    (r"", "前"),
)
_RHYTHM = ("每", "按月", "按季", "按年", "定期")
_UNIT = re.compile(r"[（(]([^（）()]{1,10})[）)]$")
_FIGURE = re.compile(
    r"(?P<sum>[〔\[(（【])?(?P<hedge>力争|确保|约)?(?P<sign>[≥≤><＞＜＝=])?(?P<number>[0-9][0-9,.]*(?:[—~～-][0-9][0-9,.]*)?)"
    r"(?P<unit>[^0-9〕\])）】以左]{0,8}?)(?P<tail>以上|以下|以内|左右)?[〕\])）】]?"
)
_GROWS = re.compile(r"(?:增长|增速|增幅|下降|降低|减少)(?:率|幅度)?$")


def cell_times(text: str, context: Context) -> list[Deadline | Recurrence]:
    """The dates and rhythms of a cell of dates, where a bare day, month or year is the last day (running text only says when).

    >>> context = Context(year=2025)
    >>> cells = ("2019年3月", "6月底前", "第三季度", "2025.02.28", "2024—2026年", "3月底前制定，12月底前印发", "每年12月底前")
    >>> [[str(getattr(t, "latest", t.normal)) for t in cell_times(cell, context)] for cell in cells]
    ... # doctest: +NORMALIZE_WHITESPACE
    [['2019-03-31'], ['2025-06-30'], ['2025-09-30'], ['2025-02-28'], ['2026-12-31'], ['2025-03-31', '2025-12-31'],
     ['FREQ=YEARLY;INTERVAL=1;by=12-31']]
    """
    bare = fold(text).replace(" ", "").strip("。；，")
    if bare.startswith(_RHYTHM):
        found = [r for r in recognise(bare, context, kinds={"recurrence"}) if isinstance(r, Recurrence)]
        if found:
            return list(found)
    said = bare
    if _BARE.fullmatch(bare):
        said = bare.replace("-", "—") if "年" in bare else bare.replace("/", ".")
        said += next(tail for ends, tail in _ENDS if re.search(ends, said))
    read = recognise(said, replace(context, issue_date=None), kinds={"deadline", "period", "recurrence"})
    times: list[Deadline | Recurrence] = [t for t in read if isinstance(t, Deadline | Recurrence)]
    if not times and (period := next((p for p in read if isinstance(p, Period)), None)) is not None:
        provenance = Provenance(method="commitments.deadline.cell", version=VERSION)
        return [
            Deadline(
                span=period.span,
                surface=bare,
                provenance=provenance,
                latest=period.ends,
                edtf=period.edtf,
                reading="within-period",
            )
        ]
    return times


def cell_target(name: str, figure: str, unit: str, context: Context) -> Target | None:
    """The target that the figure of an indicator is; None where it holds no number.

    >>> found = cell_target("绿道里程（公里）", "≥300", "", Context())
    >>> found.indicator, found.normal
    ('绿道里程', '>= 300 公里')
    >>> found = cell_target("地区生产总值增长", "5.5左右", "%", Context())
    >>> found.indicator, found.base, found.normal
    ('地区生产总值', 'growth', '~ 5.5 %')
    """
    read = _FIGURE.fullmatch(fold(figure).replace(" ", ""))
    if read is None:
        return None
    name = fold(name).replace(" ", "")
    own = _UNIT.search(name)
    if own and not unit:
        name, unit = name[: own.start()], own[1]
    unit = read["unit"] or fold(unit).replace(" ", "")
    sign = read["sign"] or ""
    between = sign or ("" if _GROWS.search(name) else "为")
    sentence = f"{name}{between}{read['hedge'] or ''}{read['number']}{unit}{read['tail'] or ''}。"
    found = [t for t in recognise(sentence, context, kinds={"target"}) if isinstance(t, Target)]
    if len(found) == 1 and found[0].value is not None:
        target = found[0]
    else:
        comparison = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", ">": ">", "<": "<"}.get(sign, "=")
        comparison = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~"}.get(read["tail"] or "", comparison)
        target = Target(
            span=Span(start=0, end=len(sentence)),
            surface=figure,
            provenance=Provenance(method="commitments.target.cell", version=VERSION),
            comparison=comparison,
            value=read["number"].replace(",", ""),
            unit=unit or None,
            hedge=read["hedge"],
        )
    base = "added" if read["sum"] and target.base == "level" else target.base
    return target.model_copy(update={"indicator": target.indicator or name, "base": base})
