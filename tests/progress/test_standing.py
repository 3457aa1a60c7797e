"""Statuses, lights and their reasons; recurring duties; working days; forecasts; the burn-up."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

import planlineage as pl
from planlineage.model.wording import joined
from planlineage.progress.duties import Duty, Schedule, schedule_of
from planlineage.progress.events import Event, Reported
from planlineage.progress.history import State, fold
from planlineage.progress.measures import Measure
from planlineage.progress.pace import forecast
from planlineage.progress.rules import Rules
from planlineage.progress.status import status
from planlineage.progress.statuses import LIGHTS, STATUSES, WORST_FIRST, WORST_LIGHT_FIRST
from planlineage.progress.store import Progress
from planlineage.progress.verdict import judge


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


START, DUE = day("2022-01-01"), day("2022-12-31")  # 364 days
DUTY = Duty("t", 1, "deadline", "own", days=(DUE,), starts=START)
TWO = Duty("t", 1, "deadline", "own", days=(day("2021-12-31"), DUE), starts=day("2021-01-01"))


def reported(on: str, **fields: Any) -> Event:
    return Event(plan="p", task="t", effective_on=day(on), reported_on=day(on), **fields)


def stood(
    duty: Duty, on: str, *events: Event, rules: Rules | None = None, measures: tuple[Measure, ...] = ()
) -> tuple[str, str]:
    verdict = judge(duty, fold(events), day(on), rules or Rules(), measures)
    assert verdict.status in STATUSES
    assert verdict.light in LIGHTS
    assert all(reason.text("zh") and reason.text("en") for reason in verdict.reasons)
    return verdict.status, verdict.light


def running(percent: float | None, on: str = "2022-03-01") -> Event:
    return reported(on, status=Reported.IN_PROGRESS, percent=percent)


@pytest.mark.parametrize(
    ("percent", "light"),
    [(50, "green"), (41, "green"), (40, "yellow"), (30, "yellow"), (20, "yellow"), (19, "red"), (0, "red")],
)
def test_lights_follow_the_share_of_time_gone(percent: float, light: str) -> None:
    assert stood(DUTY, "2022-07-02", running(percent)) == ("in_progress", light)  # half of the time


def test_other_rules_give_other_lights() -> None:
    strict = Rules(yellow_behind=0, red_behind=5)
    assert stood(DUTY, "2022-07-02", running(46), rules=strict) == ("in_progress", "yellow")
    assert stood(DUTY, "2022-07-02", running(40), rules=strict) == ("in_progress", "red")
    with pytest.raises(ValueError, match="ordered"):
        Rules(yellow_behind=50, red_behind=10)


def test_blue_near_the_deadline_unless_behind() -> None:
    assert stood(DUTY, "2022-12-01", running(95)) == ("due_soon", "blue")
    assert stood(DUTY, "2022-12-01", running(80)) == ("due_soon", "yellow")
    assert stood(DUTY, "2022-12-31", running(95)) == ("due_soon", "blue")  # the last day still counts
    assert stood(DUTY, "2023-01-01", running(95)) == ("overdue", "red")


def test_what_nobody_reported_on_is_said_to_be_so() -> None:
    assert stood(DUTY, "2022-07-02", rules=Rules(unreported_percent=0)) == ("not_reported", "red")
    assert stood(DUTY, "2022-07-02") == ("not_reported", "grey")
    assert stood(DUTY, "2022-07-02", reported("2022-05-01", status=Reported.NOT_STARTED)) == (
        "not_started",
        "red",
    )
    assert stood(DUTY, "2022-07-02", running(None)) == ("in_progress", "grey")
    assert stood(DUTY, "2022-12-02", running(None)) == ("due_soon", "blue")


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("2022-12-30", ("done", "green")),
        ("2022-12-31", ("done", "green")),
        ("2023-01-01", ("done_late", "green")),
    ],
)
def test_done_before_on_and_after_the_day(done: str, expected: tuple[str, str]) -> None:
    assert stood(DUTY, "2023-06-01", reported(done, status=Reported.DONE)) == expected


def test_a_date_that_can_be_read_two_ways_gives_ranges() -> None:
    assert stood(TWO, "2022-06-30", reported("2022-06-01", percent=95))[0] == "perhaps_overdue"
    assert stood(TWO, "2023-06-30")[0] == "overdue"
    late = judge(TWO, fold([reported("2022-06-30", status=Reported.DONE)]), day("2023-01-01"), Rules())
    assert (late.status, late.late_min, late.late_max) == ("done_perhaps_late", -184, 181)
    overdue = judge(TWO, None, day("2023-01-10"), Rules())
    assert (overdue.late_min, overdue.late_max) == (10, 375)


def test_done_but_short_of_its_number() -> None:
    measure = (Measure(1, ">=", Decimal(80), unit="%"),)
    short = reported("2022-06-01", status=Reported.DONE, measure=1, value=Decimal(79), unit="%")
    assert stood(DUTY, "2022-07-01", short, measures=measure) == ("done_short_of_target", "yellow")
    better = reported("2022-06-20", measure=1, value=Decimal(80), unit="%")
    assert stood(DUTY, "2022-07-01", short, better, measures=measure) == ("done", "green")


def test_reopened_stopped_and_undated() -> None:
    done, again = reported("2022-03-01", status=Reported.DONE), running(70, "2022-05-01")
    assert stood(DUTY, "2022-07-02", done, again) == ("in_progress", "green")
    assert stood(DUTY, "2022-07-02", reported("2022-05-01", status=Reported.STOPPED)) == ("stopped", "grey")
    undated = Duty("t", 1, "open", "none", starts=START)
    assert stood(undated, "2022-07-02", running(10)) == ("no_deadline", "grey")
    assert stood(undated, "2022-07-02", done) == ("done", "green")


def test_done_counts_from_the_first_report_of_it() -> None:
    state = fold(
        [
            reported("2022-03-01", status=Reported.DONE),
            reported("2022-09-01", status=Reported.DONE, note="again"),
        ]
    )
    assert state is not None
    assert state.done_on == day("2022-03-01")


# -- recurring -----------------------------------------------------------------------------------------------------------


def test_occurrences_are_met_late_missed_or_open(ledger: Progress, plan: pl.Plan) -> None:
    task = "10.33-yyys8"  # a yearly report
    ledger.add(plan, task, status="done", effective_on="2021-12-01")
    ledger.add(plan, task, status="done", effective_on="2023-02-01", occurrence="2022-12-31")
    ledger.add(plan, task, status="done", effective_on="2023-11-01")
    found = status(plan, ledger, day("2024-11-15"))
    verdict = found.of(task).verdict
    outcomes = [o.outcome for o in verdict.occurrences]
    assert outcomes == ["met", "met_late", "met", "open", "open"]
    assert (verdict.status, verdict.light) == ("recurring_on_track", "blue")
    assert "其中1次逾期完成" in joined(found.of(task).verdict.reasons, "zh")
    later = status(plan, ledger, day("2025-01-01")).of(task).verdict
    assert (later.status, later.light) == ("recurring_missed", "red")
    assert len(found.occurrences) == sum(len(d.occurrences) for d in schedule_of(plan))


def test_how_often_counts(ledger: Progress, plan: pl.Plan) -> None:
    task = "10.34-d3wex"  # four study sessions and one court hearing a year
    for n, on in enumerate(("2024-02-01", "2024-05-01", "2024-06-01"), 1):
        ledger.add(plan, task, duty=1, times=n, effective_on=on)
    with pytest.raises(pl.PlanLineageError, match="several rhythms"):
        ledger.add(plan, task, times=1)
    ledger.add(plan, task, duty=2, occurrence="2024-12-31", status="done", effective_on="2024-03-01")

    def outcome(number: int) -> list[str]:
        return [o.outcome for o in status(plan, ledger, day("2024-12-31")).of(task, number).verdict.occurrences]

    assert outcome(1)[3] == "open"
    assert outcome(2)[3] == "met"
    reason = status(plan, ledger, day("2024-06-30"), lang="en").of(task, 1).verdict.reasons
    assert "3 of 4 times so far" in [r.text("en") for r in reason]
    ledger.add(plan, task, duty=1, times=4, effective_on="2024-12-20")
    assert outcome(1)[3] == "met"
    ledger.add(plan, task, duty=1, times=3, status="done", effective_on="2024-12-21")  # done, but only three times
    assert outcome(1)[3] == "open"


def test_a_task_with_a_date_and_a_rhythm_owes_both(ledger: Progress, plan: pl.Plan) -> None:
    task = "2.4-s6wbq"
    ledger.add(plan, task, status="done", effective_on="2022-12-20")
    found = status(plan, ledger, day("2023-06-30"))
    assert found.of(task, 1).verdict.status == "done"
    assert [o.outcome for o in found.of(task, 2).verdict.occurrences][:3] == ["missed", "met", "open"]


def test_a_term_of_working_days_counts_by_the_official_calendar() -> None:
    text = "某区实施方案\n\n一、任务\n（一）清单。自本方案印发之日起5个工作日内公布清单。"
    plan = pl.parse_text(text, level="district", issued=datetime.date(2021, 9, 29)) if _takes_issued() else None
    if plan is None:
        pytest.skip("parse_text takes no day of issue")
    assert [d.days for d in Schedule(plan) if d.days] == [(day("2021-10-12"),)]


def _takes_issued() -> bool:
    import inspect

    return "issued" in inspect.signature(pl.parse_text).parameters


# -- pace ----------------------------------------------------------------------------------------------------------------


def test_the_forecast_is_a_range_of_reported_paces() -> None:
    state = State(series=[(day("2022-02-01"), 40.0), (day("2022-06-01"), 50.0)])
    found = forecast(state, START, day("2022-06-30"), grain=0)
    assert found is not None
    assert found.earliest < found.likely < found.latest  # type: ignore[operator]
    assert found.reports == 2
    standstill = State(series=[(day("2022-02-01"), 40.0), (day("2022-06-01"), 40.0)])
    stuck = forecast(standstill, START, day("2022-06-30"))
    assert stuck is not None
    assert stuck.latest is None
    assert forecast(State(), START, day("2022-06-30")) is None
    assert forecast(State(series=[(START, 50.0)]), START, day("2022-06-30")) is None


def test_slippage_and_forecast_stand_side_by_side(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, "9.29-2rwar", status="done", effective_on="2024-01-10")
    ledger.add(plan, "9.30-zxpb5", percent=50, effective_on="2023-01-01")
    rows = {r.id: r for r in status(plan, ledger, day("2024-06-30"), lang="en").pace}
    assert rows["9.29-2rwar"].late_min == 10
    running = rows["9.30-zxpb5"]
    assert running.forecast_likely == day("2024-12-31")
    assert running.slip_min is not None
    assert running.slip_max is not None
    assert running.slip_min < 1 < running.slip_max


def test_the_burn_up_adds_up(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, "9.29-2rwar", status="done", effective_on="2023-12-31")
    ledger.add(plan, "9.31-ejyc4", status="done", effective_on="2023-02-01")  # due 2022-12-31
    report = status(plan, ledger, day("2024-01-15")).burn_up
    rows = {str(r.day): r for r in report}
    assert rows["2023-01-31"].done == 0
    assert rows["2023-02-28"].done_late == 1
    assert rows["2023-01-31"].overdue - rows["2023-02-28"].overdue == 1  # type: ignore[operator]
    assert rows["2023-12-31"].done == 2
    assert rows["2024-01-15"].overdue == rows["2024-01-15"].due - 2
    assert rows["2024-02-29"].done is None
    assert rows["2025-12-31"].share_due == 1
    assert len(report.frame) == len(report)


def test_counts_by_any_group_add_up(plan: pl.Plan) -> None:
    found = status(plan, None, day("2024-06-30"))
    total = sum(1 for _ in schedule_of(plan))
    for group in ("month", "year", "status", "light", "item", "plan"):
        assert sum(r.duties for r in found.by(group)) == total  # type: ignore[arg-type]
    assert sum(found.counts.values()) == total == len(found)
    assert found.count("red") == len(found.having("red"))
    assert "<table>" in found._repr_html_()


def test_each_status_and_light_has_its_rank() -> None:
    assert set(WORST_FIRST) == set(STATUSES)
    assert set(WORST_LIGHT_FIRST) == set(LIGHTS)


def test_a_term_beyond_the_calendar_is_named_and_not_taken_for_no_date() -> None:
    text = "某区实施方案\n\n一、任务\n（一）清单。自本方案印发之日起5个工作日内公布清单。"
    plan = pl.parse_text(text, level="district", issued=datetime.date(2098, 1, 6))
    (duty,) = (d for d in Schedule(plan) if d.doubt)
    verdict = judge(duty, None, day("2099-01-01"), Rules())
    assert [r.key for r in verdict.reasons] == ["beyond calendar", "no report"]
    assert "5个工作日" in joined(verdict.reasons, "zh")
