"""Charts of reports, drawn with matplotlib (the extra `charts`): each function takes a report and returns a Figure.

    heatmap = charts.coverage_heatmap([pl.coverage(d, "central_2021") for d in districts])
    charts.save_chart(heatmap, "coverage.svg")

Chinese labels need a font that has them. One that is installed is found by itself; where there is none, charts fall back to
ids and English words and a `MissingFontWarning` says which package to install. No label is ever drawn as empty boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_WHERE = {
    "coverage_heatmap": "coverage",
    "deadline_timeline": "deadlines",
    "slippage_chart": "slippage",
    "flow_chart": "flow",
    "burn_up": "progress",
    "save_chart": "figure",
    "Chart": "figure",
    "MissingFontWarning": "fonts",
}

__all__ = [*_WHERE]  # noqa: PLE0604 - names are loaded on first use

if TYPE_CHECKING:
    from .coverage import coverage_heatmap as coverage_heatmap
    from .deadlines import deadline_timeline as deadline_timeline
    from .figure import Chart as Chart
    from .figure import save_chart as save_chart
    from .flow import flow_chart as flow_chart
    from .fonts import MissingFontWarning as MissingFontWarning
    from .progress import burn_up as burn_up
    from .slippage import slippage_chart as slippage_chart


def __getattr__(name: str) -> Any:
    module = _WHERE.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    from ...model.errors import MissingExtraError  # noqa: PLC0415

    if find_spec("matplotlib") is None:
        raise MissingExtraError(
            "charts need matplotlib, which is not installed", hint="pip install 'planlineage[charts]'"
        )
    value = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
