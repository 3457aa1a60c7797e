"""The flow from the parts of the upper plans to the parts of the local plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path as FilePath

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ...analysis.coverage import CARRIED, Coverage
from ...comparing.lineage import Lineage
from ...model.parts import Statement
from ...model.plan import Plan
from ...model.wording import Lang
from .figure import FAINT, INK, NEUTRAL, PALETTE, Chart, new_chart, one_axes

_GAP = 0.018
_WIDTH = 0.018
_LEFT, _RIGHT = 0.36, 0.64

_Node = tuple[str, str]
"""A plan's id and the id of one of its top clauses; ("", "") for what was not carried down."""


def flow_chart(report: Coverage, *, lang: Lang = "zh", font: str | FilePath | None = None) -> Chart:
    """How the tasks of each part of the upper plans spread over the parts of the local plan.

    Each applicable upper task goes where its surest carrier stands; those that nothing carries go to a part of their own.
    The height of a band is the number of tasks. Parameters as for `coverage_heatmap`.
    """
    lineage, flows = report.lineage, _flows(report)
    chart = new_chart(10, 6.2, lang, font)
    axes = one_axes(
        chart,
        f"{_name(chart, lineage.uppers)} → {_name(chart, lineage.locals)} · {chart.word('chart.flow')}",
    )
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(1, 0)
    if not flows:
        axes.text(0.5, 0.5, chart.word("chart.nothing"), ha="center", color=FAINT)
        return chart
    lefts = list(dict.fromkeys(a for a, _ in flows))
    order = {(p.id, c.id): (k, i) for k, p in enumerate(lineage.locals) for i, c in enumerate(p.clauses)}
    rights = sorted({b for _, b in flows}, key=lambda node: (not node[0], order.get(node, (0, 0))))
    with rc_context(chart.look):
        left = _stack(lefts, {n: sum(v for (a, _), v in flows.items() if a == n) for n in lefts}, len(rights))
        right = _stack(rights, {n: sum(v for (_, b), v in flows.items() if b == n) for n in rights}, len(lefts))
        colours = {node: PALETTE[i % len(PALETTE)] for i, node in enumerate(lefts)}
        taken: Counter[tuple[str, _Node]] = Counter()
        unit = left[lefts[0]][2]
        for source in lefts:
            for target in rights:
                count = flows.get((source, target), 0)
                if count:
                    y0 = left[source][0] + taken["left", source] * unit
                    y1 = right[target][0] + taken["right", target] * right[target][2]
                    _band(
                        axes,
                        (y0, y1),
                        (count * unit, count * right[target][2]),
                        colours[source] if target[0] else NEUTRAL,
                    )
                    taken["left", source] += count
                    taken["right", target] += count
        for node, (y, height, _) in left.items():
            axes.add_patch(Rectangle((_LEFT - _WIDTH, y), _WIDTH, height, color=colours[node], lw=0))
            _text(
                chart,
                axes,
                lineage,
                node,
                (_LEFT - _WIDTH - 0.01, y + height / 2),
                "right",
                taken["left", node],
            )
        for node, (y, height, _) in right.items():
            axes.add_patch(Rectangle((_RIGHT, y), _WIDTH, height, color=FAINT if node[0] else NEUTRAL, lw=0))
            _text(
                chart,
                axes,
                lineage,
                node,
                (_RIGHT + _WIDTH + 0.01, y + height / 2),
                "left",
                taken["right", node],
            )
        apart = report.count("not_applicable")
        if apart:
            axes.text(
                1,
                1.03,
                chart.word("chart.left out", count=apart),
                ha="right",
                va="top",
                color=FAINT,
                fontsize=8.5,
            )
    return chart


def _flows(report: Coverage) -> dict[tuple[_Node, _Node], int]:
    found: Counter[tuple[_Node, _Node]] = Counter()
    for row in report.records:
        if row.status == "not_applicable":
            continue
        upper = report.lineage.upper(row.upper_plan)
        target: _Node = ("", "")
        if row.status in CARRIED:
            target = _top(row.carriers[0].plan, row.carriers[0].statement)
        found[_top(upper, upper.statement(row.upper_id)), target] += 1
    return dict(found)


def _top(plan: Plan, statement: Statement) -> _Node:
    """The top clause that a statement stands in."""
    return plan.id, plan.path(statement.clause)[0].id


def _stack(nodes: Sequence[_Node], counts: dict[_Node, int], others: int) -> dict[_Node, tuple[float, float, float]]:
    """For each node where it begins, how high it is, and the height of one task. Both sides use the same scale."""
    gaps = _GAP * (max(len(nodes), others) - 1)
    unit = (1 - gaps) / sum(counts.values())
    gap = (1 - unit * sum(counts.values())) / max(1, len(nodes) - 1) if len(nodes) > 1 else 0
    found, y = {}, 0.0
    for node in nodes:
        found[node] = (y, counts[node] * unit, unit)
        y += counts[node] * unit + gap
    return found


def _band(axes: Axes, tops: tuple[float, float], heights: tuple[float, float], colour: str) -> None:
    middle = (_LEFT + _RIGHT) / 2
    (a, b), (m, n) = tops, heights
    points = [
        (_LEFT, a),
        (middle, a),
        (middle, b),
        (_RIGHT, b),
        (_RIGHT, b + n),
        (middle, b + n),
        (middle, a + m),
        (_LEFT, a + m),
        (_LEFT, a),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=0.38, lw=0))


def _text(
    chart: Chart, axes: Axes, lineage: Lineage, node: _Node, at: tuple[float, float], side: str, count: int
) -> None:
    plan = next((p for p in (*lineage.locals, *lineage.uppers) if p.id == node[0]), None)
    name = chart.label(plan.label(node[1]), node[1], 38) if plan else chart.word("chart.missing")
    told = f"{name}  {chart.word('chart.tasks', count=count)}"
    axes.text(*at, told, ha=side, va="center", fontsize=8.5, color=INK if plan else FAINT)


def _name(chart: Chart, plans: Sequence[Plan]) -> str:
    return (
        "、".join(chart.label(p.name, p.id, 36) for p in plans)
        if chart.fonts.chinese
        else ", ".join(p.id for p in plans)
    )
