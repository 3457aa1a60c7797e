"""What goes in comes out; the past can be asked about in two ways; what is wrong is said by type."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import planlineage as pl
from planlineage.progress.entries import Entry
from planlineage.progress.errors import (
    BadEntryError,
    DateBeforePlanError,
    FutureDateError,
    MeasureError,
    OccurrenceError,
    PercentRangeError,
    UndatedDoneError,
    UnknownEventError,
)
from planlineage.progress.history import AsOf
from planlineage.progress.status import status
from planlineage.progress.store import Progress

TASK = "9.29-2rwar"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def rewritten(plan: pl.Plan, statements: list[pl.Statement]) -> pl.Plan:
    fields = {name: getattr(plan, name) for name in pl.Plan.model_fields}
    return pl.Plan(**{**fields, "statements": tuple(statements)})


def test_an_event_comes_back_as_it_went_in(ledger: Progress, plan: pl.Plan) -> None:
    put = ledger.add(
        plan,
        TASK,
        status="进行中",
        percent=40,
        effective_on="2023-03-01",
        reported_on="2023-04-05",
        evidence="a.pdf",
        note="一“二”\n三",
        reporter="区司法局",
    )
    assert list(ledger.events()) == [put]
    assert ledger.event(put.id[:8]) == put
    assert (put.place, put.seq) == ("山东省枣庄市山亭区", 1)
    assert ledger.head == put.digest


def test_the_same_report_twice_is_one_event(ledger: Progress, plan: pl.Plan) -> None:
    first = ledger.add(plan, TASK, status="done", effective_on="2023-11-30")
    assert ledger.add(plan, TASK, status="done", effective_on="2023-11-30") == first
    assert len(ledger) == 1


def test_words_that_only_one_task_has_name_it(ledger: Progress, plan: pl.Plan) -> None:
    assert ledger.add(plan, "现行有效行政规范性文件统一公开查询", percent=10).task == TASK
    with pytest.raises(pl.UnknownTaskError, match="tasks answer"):
        ledger.add(plan, "行政执法", percent=10)
    with pytest.raises(pl.UnknownTaskError, match=r"did you mean 9[.]29-2rwar"):
        ledger.add(plan, "9.29-2rwax", percent=10)


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"status": "done"}, UndatedDoneError, "effective_on"),
        ({"status": "done", "effective_on": "2019-01-01"}, DateBeforePlanError, "effective_on"),
        ({"status": "done", "effective_on": "2999-01-01"}, FutureDateError, "effective_on"),
        (
            {"percent": 10, "effective_on": "2023-05-01", "reported_on": "2023-04-01"},
            FutureDateError,
            "effective_on",
        ),
        ({"percent": 101}, PercentRangeError, "percent"),
        ({"percent": -1}, PercentRangeError, "percent"),
        ({"percent": float("nan")}, PercentRangeError, "percent"),
        ({"status": "done", "percent": 90, "effective_on": "2023-01-01"}, PercentRangeError, "percent"),
        ({"status": "finished"}, BadEntryError, "status"),
        ({}, BadEntryError, "status"),
        ({"status": "withdrawn"}, BadEntryError, "status"),
        ({"percent": 10, "effective_on": "1.5.2023"}, BadEntryError, "effective_on"),
        ({"percent": 10, "occurrence": "2023-12-31"}, OccurrenceError, "occurrence"),
        ({"percent": 10, "duty": 2}, OccurrenceError, "duty"),
        ({"value": 10}, MeasureError, "value"),
        ({"times": -1}, BadEntryError, "times"),
        (
            {"status": "done", "effective_on": "2023-01-01", "corrects": "nothing"},
            UnknownEventError,
            "corrects",
        ),
    ],
)
def test_what_cant_be_true_is_refused(
    ledger: Progress, plan: pl.Plan, fields: dict[str, Any], error: type[BadEntryError], field: str
) -> None:
    with pytest.raises(error) as caught:
        ledger.add(plan, TASK, **fields)
    assert caught.value.field == field
    assert len(ledger) == 0


def test_measured_values_are_checked(ledger: Progress, plan: pl.Plan) -> None:
    with pytest.raises(MeasureError, match="say which: 1: ≥5 个工作日; 2: ≤15 个工作日"):
        ledger.add(plan, "3.9-eaest", value=7)
    with pytest.raises(MeasureError, match="sets no number 3"):
        ledger.add(plan, "3.9-eaest", value=7, measure=3)
    with pytest.raises(MeasureError, match="measured in 天"):
        ledger.add(plan, "3.9-eaest", value=7, measure=2, unit="天")
    with pytest.raises(MeasureError, match="is not a number"):
        ledger.add(plan, "3.9-eaest", value="many", measure=2)
    assert ledger.add(plan, "3.9-eaest", value="7.5", measure=2, unit="工作日").unit == "个工作日"


def test_a_batch_with_one_bad_entry_leaves_nothing(ledger: Progress, plan: pl.Plan) -> None:
    good = Entry(plan, TASK, {"percent": 10})
    with pytest.raises(PercentRangeError):
        ledger.add_entries([good, Entry(plan, TASK, {"percent": 110})])
    with pytest.raises(UnknownEventError):
        ledger.add_entries([good, Entry(plan, TASK, {"percent": 20, "corrects": "nothing"})])
    assert len(ledger) == 0
    assert ledger.add_entries([good, good]).new == 1


def test_the_past_can_be_asked_in_two_ways(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, TASK, status="in progress", percent=30, effective_on="2022-06-30", reported_on="2022-07-05")
    ledger.add(plan, TASK, status="done", effective_on="2023-03-01", reported_on="2023-09-01")  # reported late
    as_it_was = status(plan, ledger, day("2023-06-30")).of(TASK)
    as_then_known = status(plan, ledger, AsOf(day("2023-06-30"), known_on=day("2023-06-30"))).of(TASK)
    assert as_it_was.verdict.status == "done"
    assert (as_then_known.verdict.status, as_then_known.verdict.percent) == ("in_progress", 30)
    recorded = datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
    assert (
        status(plan, ledger, AsOf(day("2023-06-30"), recorded_until=recorded)).of(TASK).verdict.status == "not_reported"
    )


def test_a_correction_is_a_new_event_and_counts_once_it_is_known(ledger: Progress, plan: pl.Plan) -> None:
    wrong = ledger.add(plan, TASK, status="done", effective_on="2022-03-01", reported_on="2022-03-02")
    ledger.add(
        plan,
        TASK,
        status="in progress",
        percent=60,
        effective_on="2022-03-01",
        reported_on="2023-01-10",
        corrects=wrong.id,
    )
    assert len(ledger) == 2
    assert status(plan, ledger, day("2023-06-30")).of(TASK).verdict.status == "in_progress"
    then = status(plan, ledger, AsOf(day("2022-12-31"), known_on=day("2022-12-31")))
    assert then.of(TASK).verdict.status == "done"
    with pytest.raises(UnknownEventError, match="not of"):
        ledger.add(plan, "2.4-s6wbq", percent=5, corrects=wrong.id)


def test_a_withdrawn_event_is_as_if_it_had_never_been(ledger: Progress, plan: pl.Plan) -> None:
    wrong = ledger.add(plan, TASK, status="done", effective_on="2022-03-01")
    ledger.add(plan, TASK, status="withdrawn", corrects=wrong.id, note="报错任务")
    assert status(plan, ledger, day("2023-06-30")).of(TASK).verdict.status == "not_reported"


def test_a_task_that_is_gone_is_found_by_its_words_or_said_to_be_gone(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, TASK, status="done", effective_on="2023-01-01")
    moved = rewritten(plan, [s.model_copy(update={"id": "9.30-new"}) if s.id == TASK else s for s in plan.statements])
    assert status(moved, ledger, day("2024-01-01")).of("9.30-new").verdict.status == "done"
    gone = rewritten(plan, [s for s in plan.statements if s.id != TASK])
    assert [e.task for e in status(gone, ledger, day("2024-01-01")).orphans] == [TASK]
