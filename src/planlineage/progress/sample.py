"""A made-up ledger for trying things out. Nothing in it is a fact, and every row says so."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

from ..model.disk import write_text
from ..model.plan import Plan
from ..model.report import csv_text
from ..model.wording import Lang, words
from .columns import LEDGER
from .duties import Duty, schedule_of
from .measures import Measure, measures_of

_UNITS = ("样例单位甲", "样例单位乙", "样例单位丙", "样例单位丁")
_COLUMNS = (
    "task",
    "duty",
    "occurrence",
    "status",
    "percent",
    "times",
    "measure",
    "value",
    "effective_on",
    "reported_on",
    "evidence",
    "note",
    "reporter",
)
_REPORTED, _MEASURED = 0.72, 0.8
_Row = dict[str, object]


def write_sample_ledger(
    plan: Plan, path: str | Path, *, until: datetime.date, seed: int = 2021, lang: Lang = "zh"
) -> Path:
    """Write a CSV ledger that invents, the same way for the same seed, what units might have reported by a day.

    About seven tasks in ten are reported on every half year, some ahead and some late; recurring ones are met, late or
    missed; most numbers are measured. Returns the path; raises `OutputError`.
    """
    names = LEDGER.titles(lang)
    rows = ([row.get(c) for c in _COLUMNS] for row in _rows(plan, until, random.Random(seed), lang))
    return write_text(path, csv_text([names[c] for c in _COLUMNS], rows), encoding="utf-8-sig")


def _rows(plan: Plan, until: datetime.date, chance: random.Random, lang: Lang) -> Iterator[_Row]:
    schedule = schedule_of(plan)
    days = _half_years(schedule.starts or until, until)
    for statement in schedule.statements:
        reporter = chance.choice(_UNITS)
        for duty in schedule.duties[statement.id]:
            made = _recurring(duty, until, chance) if duty.kind == "recurring" else _dated(duty, days, until, chance)
            for row in made:
                yield row | {"task": statement.id, "note": words("ledger.sample", lang), "reporter": reporter}
        for measure in measures_of(statement):
            if measure.threshold is not None and days and chance.random() < _MEASURED:
                row = {"measure": measure.number, "value": _value(measure, chance), **_on(days[-1])}
                yield row | {"task": statement.id, "note": words("ledger.sample", lang), "reporter": reporter}


def _half_years(starts: datetime.date, until: datetime.date) -> list[datetime.date]:
    ends = [datetime.date(y, m, d) for y in range(starts.year, until.year + 1) for m, d in ((6, 30), (12, 31))]
    return [day for day in ends if starts < day <= until]


def _on(day: datetime.date) -> _Row:
    return {"effective_on": day, "reported_on": day + datetime.timedelta(days=9)}


def _dated(duty: Duty, days: list[datetime.date], until: datetime.date, chance: random.Random) -> Iterator[_Row]:
    """Half-yearly reports at a pace of the task's own; a task whose date has passed was mostly done around it."""
    if chance.random() > _REPORTED:
        return
    if duty.days and duty.days[0] < until:
        done = duty.days[0] + datetime.timedelta(days=chance.choice((-120, -45, -10, 20, 75, 900)))
        if done <= until:
            yield {
                "duty": duty.number,
                "status": "done",
                "percent": 100,
                "evidence": _evidence(chance),
                **_on(done),
            }
            return
    pace, percent = chance.choice((6, 10, 14, 18, 24)), 0.0
    for day in days:
        percent = min(100.0, percent + max(0.0, chance.gauss(pace, 5)))
        if percent >= 100:
            yield {
                "duty": duty.number,
                "status": "done",
                "percent": 100,
                "evidence": _evidence(chance),
                **_on(day),
            }
            return
        if chance.random() < _MEASURED:
            yield {
                "duty": duty.number,
                "status": "in progress",
                "percent": 5 * round(percent / 5),
                **_on(day),
            }


def _recurring(duty: Duty, until: datetime.date, chance: random.Random) -> Iterator[_Row]:
    for due in duty.occurrences:
        shift = chance.choice((-60, -30, -20, -10, -5, 25, None))
        if due > until or shift is None:
            continue
        done = max(due + datetime.timedelta(days=shift), duty.starts or due)
        row: _Row = {
            "duty": duty.number,
            "occurrence": due,
            "status": "done",
            "evidence": _evidence(chance),
            **_on(done),
        }
        yield row | ({"times": duty.count} if duty.count and duty.count > 1 else {})


def _value(measure: Measure, chance: random.Random) -> str:
    better = -1 if measure.comparison in ("<=", "<") else 1
    value = float(measure.threshold or 0) + better * chance.choice((-2, 0, 1, 3))
    return f"{min(value, 100.0) if measure.unit == '%' else max(value, 0.0):g}"


def _evidence(chance: random.Random) -> str:
    return f"样例文件第{chance.randrange(1, 100)}号"
