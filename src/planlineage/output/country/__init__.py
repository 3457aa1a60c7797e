"""One page for a whole survey: ranking, heat map of places and parts, what most places lack; it opens from disk, fetches nothing,
and draws only the rows that are looked at. A place's own report is a file of its own, made when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...model.disk import write_text
from ...model.wording import Lang, language, table
from ...surveying.inputs import digest
from ...surveying.survey import Survey
from ..report import write_report
from ..report.page import Assets, block, put_together

PLACES = "places"
"""The folder of the places' own reports, beside the page."""

_GAPS = 100
"""What most places lack, against each upper plan: so many are shown."""

_PARTS = """
SELECT c.upper_plan, c.local_plan, c.part, count(*)::INTEGER AS tasks,
  count(*) FILTER (c.status IN ('covered', 'partly'))::INTEGER AS carried
FROM coverage c JOIN statements s ON s.plan = c.upper_plan AND s.id = c.upper_id
WHERE c.status NOT IN ('not_applicable', 'justified')
GROUP BY ALL ORDER BY min(s.start), c.part, c.local_plan
"""
_ASSETS = Assets(__package__, styles=("country.css",), scripts=("country.js",), shared=(("base.css",), ("dom.js",)))
_LONGEST = 60
"""Characters of an id that stand in the name of a file, of which some systems take 255 bytes at most."""

_UNSAFE = re.compile(r'[/\\:*?"<>|#%\s]')


def write_country(survey: Survey, path: str | Path, *, places: Sequence[str] = (), lang: Lang = "zh") -> Path:
    """Write the page of a survey, and the report of each plan of `places` (ids) beside it. Returns the path of the page.

    Reports made before stay, and the page leads to them. Raises `OutputError` where a file can't be written, `SurveyError` where
    the survey holds no such plan or its folder `.work` is gone.

    >>> import tempfile
    >>> from planlineage import survey
    >>> folder = Path(tempfile.mkdtemp())
    >>> found = survey("weibin_2021", upper="central_2021", out=folder / "dataset", workers=1)
    >>> page = write_country(found, folder / "country.html", places=["weibin_2021"])
    >>> sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.html"))
    ['country.html', 'places/weibin_2021.html']
    """
    path, lang = Path(path), language(lang)
    for plan in places:
        target = path.parent / PLACES / f"{_file_name(plan)}.html"
        write_report(survey.lineage(plan), target, lang=lang)
    return write_text(path, _page(survey, path.parent / PLACES, lang))


def _file_name(plan: str) -> str:
    """A name for a plan's own page. Where the id can't be one as it stands, a digest keeps plans of like ids apart."""
    name = _UNSAFE.sub("_", plan)[:_LONGEST]
    return name if name == plan else f"{name}-{digest(plan)[:8]}"


def _page(survey: Survey, folder: Path, lang: Lang) -> str:
    said = {key.removeprefix("country."): entry[lang] for key, entry in table().items() if key.startswith("country.")}
    data = [block("words", said), block("country", _data(survey, folder))]
    return put_together(said["title"], lang, _ASSETS, data)


def _data(survey: Survey, folder: Path) -> dict[str, Any]:
    """Everything that the page shows, by upper plan: rows of plans with a share for each part, and what most lack."""
    rows = survey.sql("SELECT plan, title, place, year FROM plans").fetchall()
    titles = {plan: title if place in title else f"{place} {title}" for plan, title, place, _ in rows}
    years = {plan: year for plan, *_, year in rows}
    uppers: dict[str, dict[str, Any]] = {}
    for row in survey.ranking.records:
        title, year = titles.get(row.upper_plan) or row.upper_plan, years.get(row.upper_plan)
        own = year if year and str(year) not in title else None
        upper = uppers.setdefault(row.upper_plan, {"title": title, "year": own, "plans": []})
        name = _file_name(row.plan)
        upper["plans"].append(
            {
                "id": row.plan,
                "place": row.place or titles.get(row.plan) or row.plan,
                "year": row.year,
                "level": row.level or "",
                "rank": row.rank,
                "rate": round(row.rate, 4),
                "low": round(row.low, 4),
                "high": round(row.high, 4),
                "of": row.applicable,
                "page": f"{PLACES}/{name}.html" if (folder / f"{name}.html").exists() else "",
                "parts": {},
            }
        )
    places = {(upper, plan["id"]): plan for upper, held in uppers.items() for plan in held["plans"]}
    for held in uppers.values():
        held["parts"] = {}
    for upper, plan, part, tasks, carried in survey.sql(_PARTS).fetchall():
        if (upper, plan) in places:
            places[upper, plan]["parts"][part] = [carried, tasks]
            uppers[upper]["parts"][part] = True
    for held in uppers.values():
        held["parts"] = list(held["parts"])
        for plan in held["plans"]:
            plan["parts"] = [plan["parts"].get(part) for part in held["parts"]]
    for gap in survey.gaps.records:
        gaps = uppers[gap.upper_plan].setdefault("gaps", []) if gap.upper_plan in uppers else []
        if len(gaps) < _GAPS:
            gaps.append([gap.lacking, gap.plans, gap.article or gap.part, gap.text])
    return {"uppers": uppers}
