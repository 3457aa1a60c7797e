"""The deadline report: which day holds, where it comes from, and how it stands on a given day."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import planlineage as pl
from planlineage.analysis.deadlines import STATUSES, DueTask, status_of

days = st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31))

TEXT = """卫滨区清单管理实施方案（2021—2025年）
一、主要任务
（一）编制清单。2022年6月底前编制完成权责清单。（司法局牵头，财政局配合）
（二）公开清单。2023年前公布权责清单。
（三）更新清单。建立清单动态调整机制。
二、保障措施
（四）加强领导。成立领导小组。
（五）强化督查。每季度通报进展情况。
各部门要认真落实本方案。各项工作任务原则上在2024年年底前完成。
"""


def report(as_of: str, text: str = TEXT, **options: object) -> pl.DeadlineReport:
    return pl.deadlines(pl.parse_text(text, level="district"), as_of=as_of, **options)  # type: ignore[arg-type]


def rows_with(words: str, as_of: str = "2023-06-30") -> list[DueTask]:
    return [r for r in report(as_of, lang="en") if words in r.content]


def test_a_tasks_own_deadline_comes_first() -> None:
    row = rows_with("编制完成权责清单")[0]
    assert (row.due, row.effective.origin, row.status_key) == ("2022-06-30", "own", "past")
    assert (row.lead, row.support) == ("司法局", "财政局")


def test_a_date_that_can_be_read_two_ways_is_only_perhaps_past() -> None:
    row = rows_with("2023年前公布权责清单")[0]
    assert row.due == "2022-12-31 / 2023-12-31"
    assert row.status_key == "perhaps_past"


def test_a_task_without_a_date_falls_under_the_catch_all_sentence_hedge_and_all() -> None:
    row = rows_with("动态调整机制")[0]
    assert (row.due, row.effective.origin) == ("2024-12-31", "catch_all")
    assert "原则上" in row.words


def test_without_a_catch_all_sentence_the_plans_period_ends_it() -> None:
    text = TEXT.replace("各项工作任务原则上在2024年年底前完成。", "")
    rows = report("2023-06-30", text, lang="en").records
    row = next(r for r in rows if "动态调整机制" in r.content)
    assert (row.due, row.effective.origin) == ("2025-12-31", "period")


def test_tasks_without_a_date_of_their_own_can_be_left_out() -> None:
    own = report("2023-06-30", all_tasks=False).records
    assert {r.due[:4] for r in own} == {"2022"}
    assert len(own) < len(report("2023-06-30").records)


def test_the_table_has_the_official_columns_first_in_both_languages(tmp_path: Path) -> None:
    path = report("2023-06-30").to_csv(tmp_path / "deadlines.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    official = ["序号", "工作事项", "主要内容", "牵头单位", "配合单位", "完成时限"]
    assert header[:10] == [*official, "上级条款", "上级时限", "偏差天数", "状态"]
    assert report("2023-06-30", lang="en").headers["due"] == "Due"


@given(st.lists(days, min_size=1, max_size=2), days)
def test_statuses_only_move_forward_as_days_go_by(due: list[datetime.date], as_of: datetime.date) -> None:
    order = ["ahead", "due_soon", "perhaps_past", "past"]
    today, later = status_of(due, as_of), status_of(due, as_of + datetime.timedelta(days=40))
    assert order.index(today) <= order.index(later)


def test_tasks_without_any_date_are_in_the_table_too() -> None:
    rows = report(
        "2023-06-30", "绿道通知\n一、健全台账。\n二、加强巡查。\n（责任单位：区水务局，持续推进）", lang="en"
    ).rows()
    assert [(r["content"], r["due"], r["origin"]) for r in rows] == [
        ("一、健全台账。", "", "none"),
        ("二、加强巡查。", "continuing", "none"),
    ]
    assert report("2023-06-30", "绿道通知\n一、健全台账。", all_tasks=False).records == []


UNITS = """一、任务
（一）公示。建立平台。（区司法局牵头，财政局、各镇（街道）配合）
（二）督查。开展督查。（责任单位：青云区司法局；完成时限：2026年6月底前）
（三）检查。开展检查。（市水务局指导，区水务局负责）
"""


def test_the_subject_of_a_sentence_has_its_task_to_do_where_no_note_says_who_leads() -> None:
    text = "一、任务\n（一）报告。区司法局应当每年提交报告。\n（二）公示。区司法局应当建立平台。（区财政局负责）"
    found = pl.deadlines(pl.parse_text(text, level="district", place="青云区"), as_of="2026-01-01").by("unit")
    assert [(u.unit, u.lead, u.subject) for u in found] == [("区财政局", 1, 0), ("区司法局", 0, 1)]


def test_a_body_is_one_by_any_of_its_names() -> None:
    plan = pl.parse_text(UNITS, level="district", place="青云区")
    found = pl.deadlines(plan, as_of="2026-01-01")
    assert [(u.unit, u.level_key, u.lead, u.support, u.guide) for u in found.by("unit")] == [
        ("区司法局", "district", 2, 0, 0),
        ("区水务局", "district", 1, 0, 0),
        ("各镇（街道）", "township", 0, 1, 0),
        ("财政局", "district", 0, 1, 0),
        ("市水务局", "municipal", 0, 0, 1),
    ]
    for name in ("区司法局", "司法局", "青云区司法局", "本区司法局"):
        assert [r.content for r in pl.deadlines(plan, as_of="2026-01-01", unit=name)] == [
            "建立平台。（区司法局牵头，财政局、各镇（街道）配合）",
            "开展督查。",
        ]
    with pytest.raises(pl.UnknownTaskError, match="no body '区审计局'"):
        pl.deadlines(plan, unit="区审计局")
    with pytest.raises(ValueError, match="no group 'month'"):
        found.by("month")  # type: ignore[arg-type]


@given(days)
def test_on_the_last_day_itself_a_task_is_not_late(due: datetime.date) -> None:
    assert status_of([due], due) == "due_soon"
    assert status_of([due], due + datetime.timedelta(days=1)) == "past"


@pytest.mark.parametrize("as_of", ["2021-01-01", "2024-06-30", "2030-01-01"])
@pytest.mark.parametrize("plan_id", pl.shipped_ids())
def test_every_task_with_a_date_has_one_of_the_statuses(plan_id: str, as_of: str) -> None:
    found = pl.deadlines(plan_id, as_of=as_of, lang="en")
    assert {r.status_key for r in found.records} <= set(STATUSES)
    for row in found.records:
        assert row.id in {s.id for s in pl.load(plan_id).statements}


def test_beside_the_upper_clause_stand_its_date_and_the_slip() -> None:
    found = pl.deadlines("shanting_2021", "central_2021", as_of="2024-06-30", lang="en")
    row = next(r for r in found.records if "基本建成比较完善的行政执法监督体系" in r.content)
    assert row.due == "2024-12-31 / 2025-12-31"
    assert row.upper_due == "2024-12-31"
    assert row.slip == "0～365"
    assert "行政执法" in row.upper_clause
