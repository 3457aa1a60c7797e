"""What of the upper plan a local plan carries: the rate, the counts, a bar for each part, and the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ...analysis.coverage import Coverage, CoveredGroup
from ...model.wording import percentage
from .page import Page
from .table import Cell, Column

_STYLES = {
    "covered": "green",
    "partly": "yellow",
    "thematic": "red",
    "missing": "red",
    "not_applicable": "dim",
    "justified": "dim",
}
_MARKS = {"covered": "█", "partly": "▒", "thematic": "·", "missing": "·"}
_BAR = 24
_NARROW_BAR = 10


def coverage_page(page: Page, coverage: Coverage, *, gaps: int | None = None, every_task: bool = False) -> None:
    """The whole report: rate, counts, parts, then the gaps (at most `gaps`) or every upper task."""
    coverage_summary(page, coverage)
    coverage_parts(page, coverage)
    if every_task:
        _tasks(page, coverage)
    else:
        coverage_gaps(page, coverage, most=gaps)


def coverage_summary(page: Page, coverage: Coverage) -> None:
    """The rate with its interval, a bar and the counts by status."""
    words = page.words
    low, high = coverage.interval
    counts: Counter[str] = Counter(r.status for r in coverage.records)
    page.title(words("coverage"))
    for remark in coverage.remarks:
        page.line(remark.text(words.language), style="yellow", indent=2)
    tally = words("of tasks", carried=counts["covered"] + counts["partly"], count=len(coverage.applicable))
    style = "bold green" if coverage.rate >= 0.5 else "bold red"
    page.lead(f"{percentage(coverage.rate)}  ", tally, lead_style=style, indent=2)
    told = {"expected": coverage.expected, "low": low, "high": high, "strict": coverage.strict_rate}
    page.line(words("interval", **{name: f"{share:.0%}" for name, share in told.items()}), style="dim", indent=2)
    page.pieces(_bar(counts, min(60, page.columns - 4)), indent=2)
    page.items(
        [(f"{_MARKS.get(status, '–')} ", style), (f"{words(f'status.{status}')} {counts[status]}", "")]
        for status, style in _STYLES.items()
        if status != "justified" or counts[status]
    )


def coverage_parts(page: Page, coverage: Coverage) -> None:
    """A bar for each part of the upper plan."""
    words = page.words
    rows = coverage.by("part").records
    if len(rows) < 2:
        return
    page.title(words("by part"), words("by part note"))
    bar = _BAR if page.columns >= 72 else _NARROW_BAR
    columns = [
        Column("", share=1, least=16),
        Column(""),
        Column("", align="right"),
        Column("", align="right"),
    ]
    page.table(columns, [_part(row, bar) for row in rows], indent=2, header=False)


def _part(row: CoveredGroup, bar: int) -> list[Cell | str]:
    rate, carried = row.rate, row.covered + row.partly
    counts = {s: getattr(row, s) for s in _MARKS}
    style = "" if rate is None or rate >= 0.5 else "red"
    return [
        row.group,
        Cell(pieces=tuple(_bar(counts, bar))),
        Cell("–" if rate is None else percentage(rate), style),
        Cell(f"{carried}/{row.applicable}", "dim"),
    ]


def coverage_gaps(page: Page, coverage: Coverage, *, most: int | None = None) -> None:
    """The upper tasks that are not carried down: dated ones first, at most `most`."""
    words, gaps = page.words, coverage.gaps
    dated = sum(gap.deadline is not None for gap in gaps)
    note = words("gaps note", count=len(gaps), dated=dated) if gaps else ""
    page.title(words("gaps"), note)
    if not gaps:
        page.line(words("no gaps"), style="green", indent=2)
        return
    shown = gaps if most is None else gaps[:most]
    undated = "—".ljust(len("2024-12-31") + 2)
    for gap in shown:
        page.lead(f"{gap.deadline}  " if gap.deadline else undated, gap.text, indent=2)
        similar = f" · {words('status.thematic')}" if gap.status == "thematic" else ""
        page.line(f"{gap.article}{similar}", style="dim", indent=4 + len("2024-12-31"))
    if len(gaps) > len(shown):
        page.line(words("more gaps", count=len(gaps) - len(shown)), style="dim", indent=2)


def _tasks(page: Page, coverage: Coverage) -> None:
    words = page.words
    page.title(words("all upper tasks"))
    columns = [
        Column(words("upper id")),
        Column(words("status"), least=8),
        Column(words("upper task"), share=3, lines=2, least=20),
        Column(words("local ids"), share=1, lines=2, least=12),
    ]
    rows: list[Sequence[Cell | str]] = [
        [
            row.upper_id,
            Cell(words(f"status.{row.status}"), _STYLES[row.status]),
            row.text,
            Cell(" ".join(row.local_ids), "dim"),
        ]
        for row in coverage.records
    ]
    page.table(columns, rows, indent=2)


def _bar(counts: Mapping[str, int], columns: int) -> list[tuple[str, str]]:
    """A bar of the applicable tasks: each status gets its share of the columns, and at least one where there is any."""
    shown = ["covered", "partly", "thematic", "missing"]
    total = sum(counts[s] for s in shown)
    if not total:
        return [("–" * columns, "dim")]
    bounds, done = [0], 0
    for status in shown:
        done += counts[status]
        least = bounds[-1] + (1 if counts[status] else 0)
        bounds.append(min(columns, max(least, round(done * columns / total))))
    return [
        (_MARKS[s] * (b - a), _STYLES[s] if s in ("covered", "partly") else "dim")
        for s, a, b in zip(shown, bounds, bounds[1:], strict=False)
        if b > a
    ]
