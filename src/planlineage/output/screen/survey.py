"""A survey on the screen: how much there is, who carries most, and what was left out."""

from __future__ import annotations

from ...model.wording import percentage
from ...surveying.diffusion import Diffusion
from ...surveying.survey import Survey
from .page import Page
from .table import Cell, Column

MOST = 20
"""Plans and problems shown; the tables have them all."""


def survey_page(page: Page, survey: Survey) -> None:
    """The rows of each table, the ranking, and the problems."""
    words = page.words
    page.title(words("survey.title"), str(survey.folder))
    tables = survey.manifest["tables"]
    page.items([(f"{name} ", ""), (f"{table['rows']:,}", "bold")] for name, table in tables.items())
    ranking = survey.ranking[:MOST]
    if ranking:
        page.title(words("survey.ranking"))
        columns = [
            Column(words("survey.rank"), least=4),
            Column(words("survey.plan"), share=3, lines=2, least=14),
            Column(words("survey.upper"), share=3, lines=2, least=14),
            Column(words("survey.rate"), least=16),
        ]
        page.table(
            columns,
            [
                [str(r.rank), r.plan, r.upper_plan, f"{percentage(r.rate)} ({percentage(r.low)}–{r.high:.0%})"]
                for r in ranking
            ],
            indent=2,
        )
    problems = survey.problems
    if len(problems):
        page.title(words("survey.problems"), str(len(problems)))
        columns = [
            Column(words("survey.file"), share=2, least=12),
            Column(words("survey.what"), share=4, lines=2, least=20),
        ]
        rows = problems.head(MOST).itertuples()
        page.table(columns, [[str(r.source), Cell(str(r.what), "yellow")] for r in rows], indent=2)


def diffusion_page(page: Page, found: Diffusion) -> None:
    """The phrases with most weight: who had them first, and how many places have them."""
    words = page.words
    page.title(words("diffusion.title"), str(len(found)))
    columns = [
        Column(words("column.diffusion.text"), share=4, lines=2, least=20),
        Column(words("column.first_year"), least=6),
        Column(words("column.first_places"), share=2, lines=2, least=10),
        Column(words("column.diffusion.places"), align="right"),
        Column(words("column.held"), align="right"),
    ]
    rows = [[r.text, str(r.first_year), "、".join(r.first_places), str(r.places), str(r.held)] for r in found[:MOST]]
    page.table(columns, rows, indent=2)
