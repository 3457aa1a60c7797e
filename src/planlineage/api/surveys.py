"""Many plans at once, as a dataset on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..model.wording import Lang, language
from ..surveying.engines import EngineName, engine as engine_of
from ..surveying.run import make
from ..surveying.survey import Survey


def survey(
    plans: str | Path | Sequence[str | Path],
    *,
    upper: str | Path | Sequence[str | Path] = (),
    out: str | Path,
    engine: EngineName = "processes",
    workers: int | None = None,
    scheduler: str | None = None,
    lang: Lang = "zh",
    progress: Callable[[str, int, int], None] | None = None,
) -> Survey:
    """Read all plans below folders (or single files), link each to the plans above it, and write a dataset to the folder `out`.

    With `upper` (shipped ids or files) each plan is linked to these; otherwise to those among the plans that stand above it, at
    each higher level: its grounds, else the one of its family and time whose place holds its own. A plan of a year is also set
    against the report of the same place for the year after. A file that can't be read is a row of the table `problems`.

    Run again, it reads only what has changed. `engine` is "processes" (as many `workers` as there are cores), "dask" (with the
    address of a `scheduler`, or workers made here) or "here" (this process); all give the same bytes. `lang` is the language of
    reasons in the tables. `progress` is told the stage, how many of its files are done, and how many there are.

    Raises `SurveyError` where nothing stands below the folders or another run is at work on `out`.

    >>> import tempfile
    >>> found = survey(["weibin_2021", "shanting_2021"], upper="central_2021", out=tempfile.mkdtemp(), workers=1)
    >>> [(row.rank, row.plan) for row in found.ranking]
    [(1, 'weibin_2021'), (2, 'shanting_2021')]
    """
    given, above = ([g] if isinstance(g, str | Path) else list(g) for g in (plans, upper))
    make(
        given,
        Path(out),
        upper=above,
        engine=engine_of(engine, workers, scheduler),
        lang=language(lang),
        progress=progress,
    )
    return Survey.open(out)
