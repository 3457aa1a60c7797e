"""Charts of reports, drawn with matplotlib (the extra `charts`): each function takes a report and returns a Figure.

    heatmap = pl.coverage_heatmap([pl.coverage(d, "central_2021") for d in districts])
    pl.save_chart(heatmap, "coverage.svg")

Chinese labels need a font that has them. One that is installed is found by itself; where there is none, charts fall back to
ids and English words and a `MissingFontWarning` says which package to install. No label is ever drawn as empty boxes.
"""

from __future__ import annotations

from importlib.util import find_spec

from ...model.errors import MissingExtraError

if find_spec("matplotlib") is None:
    raise MissingExtraError("no matplotlib", hint="install charts")
