"""Work reports: before which assembly, on which day, by which office and for which government a report was given."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from .dates import day_in, days_in
from .layout import Layout, assembly, pattern

GENERIC_TITLE = "政府工作报告"
_TITLE = re.compile(r"政府工作(?:的)?报告")
_HEADING = 60
_YEAR = r"((?:19|20)\d\d)年(?:的|及|度)?"
_BACK = re.compile(rf"{_YEAR}(?:(?!年).){{0,40}}?(?:回顾|总结|情况|成效|成就|成绩)")
_AHEAD = re.compile(
    rf"{_YEAR}.{{0,24}}?(?:工作(?:安排|部署|重点|任务|打算|计划|建议|思路|目标|要求|意见|举措|的?总体|的?主要|的?基本)|任务|重点工作|主要工作"
    r"|总体要求|工作要求|奋斗目标|发展目标|预期目标|经济社会发展|重点抓好|政府工作)"
)


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What the head of a work report says. `body` is for whom the speaker says to speak, `home` the place of the assembly."""

    title: str
    home: str
    body: str
    office: str
    day: datetime.date | None
    line: int | None


def read_report(layout: Layout, page_title: str) -> WorkReport | None:
    """The work report that a document is; None for any other document."""
    lines = layout.lines[:40]
    met = next(
        ((i, m) for i, line in enumerate(lines) if line.kind in ("assembly", "adoption") and (m := assembly(line))),
        None,
    )
    spoken = next((m for line in lines if line.kind == "text" and (m := pattern("speaks_for").search(line.text))), None)
    titled = _TITLE.search(layout.text(layout.title)) or _TITLE.search(page_title)
    greeted = any(line.kind == "greeting" for line in lines)
    if not (titled and (layout.text(layout.title) == "" or _TITLE.search(layout.text(layout.title)))) and not (
        spoken and (met or greeted)
    ):
        return None
    inline = assembly_in(layout.text(layout.title)) if layout.title else None
    home = met[1]["body"] if met else inline or assembly_in(page_title) or ""
    office = next((line.text for line in lines if line.kind == "speaker"), "")
    day = None
    for line in lines:
        if line.kind in ("assembly", "bracketed day", "day", "adoption", "speaker") or _TITLE.search(line.text[:40]):
            day = day or _spoken_day(line.text)
    day = day or next((d for _, _, d in days_in(page_title)), None)
    own = layout.text(layout.title)
    title = GENERIC_TITLE
    if own and _TITLE.search(own) and len(own) < 24:
        title = own.strip("《》*＊")
    return WorkReport(title, home, spoken["body"] if spoken else "", office, day, met[0] if met else None)


def _spoken_day(text: str) -> datetime.date | None:
    short = re.search(r"(?<!\d)(\d\d)年(\d{1,2})月(\d{1,2})日", text)
    return day_in(text) or (day_in("20" + short.group()) if short else None)


def assembly_in(text: str) -> str | None:
    """The place of an assembly named inside a longer title."""
    match = re.search(r"(?:日在|日|在|于)([\u4e00-\u9fff]{2,20}?)第[一二三四五六七八九十]{1,3}届", text) or re.match(
        r"([\u4e00-\u9fff]{2,20}?)第[一二三四五六七八九十]{1,3}届人民代表大会", text
    )
    return match[1] if match else None


def year_of(layout: Layout, report: WorkReport, page_title: str) -> int | None:
    """The year that a work report plans.

    It is the year of the headings that look ahead (2026年重点工作), of the day (a report of November or December is for the
    year after), the year after those that are looked back on, or the year in the page's title, in this order. A heading's
    year that lies far from the day is that of a longer plan.
    """
    headings = [
        line.text
        for line in layout.lines
        if len(line.text) <= _HEADING and line.kind in ("numbered", "title", "addressee")
    ]
    back = [int(m[1]) for text in headings if (m := _BACK.search(text))]
    ahead = [int(m[1]) for text in headings if not _BACK.search(text) and (m := _AHEAD.search(text))]
    day = report.day
    if day is not None:
        near = [y for y in ahead if y - day.year in ((0, 1) if day.month >= 10 else (0,))]
        return near[0] if near else day.year + (day.month >= 11)
    named = re.search(r"((?:19|20)\d\d)年?", page_title)
    titled = int(named[1]) if named else None
    after = [y for y in ahead if not back or y == back[0] + 1 or y == titled]
    return next(iter(after), None) or (back[0] + 1 if back else titled)
