"""What became of promises: verdicts by number, what counts as evidence, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from real import AT_HAND, FOLDER, WHY_NOT, read

import planlineage as pl
from planlineage.analysis.follow_up import FollowUp

REPORTS = FOLDER / "corpus" / "reports" / "政府工作报告-省自治区"
REAL = pytest.mark.skipif(not AT_HAND or not REPORTS.is_dir(), reason=WHY_NOT)


def followed(promise: str, outcome: str, ahead: str = "发展工业。") -> FollowUp:
    """A plan with one promise, and a report that tells one outcome and then looks ahead."""
    plan = pl.parse_text(f"一、今年重点工作\n{promise}", title="某省2024年政府工作报告")
    told = f"一、2024年工作回顾\n{outcome}\n二、今年重点工作\n{ahead}"
    return pl.follow_up(plan, pl.parse_text(told, title="某省2025年政府工作报告"))


@pytest.mark.parametrize(
    ("promise", "outcome", "verdict", "actual", "difference"),
    [
        ("地区生产总值增长5%以上。", "地区生产总值增长5.5%。", "met", "5.5", "0.5"),
        ("地区生产总值增长5%以上。", "地区生产总值增长4.1%。", "missed", "4.1", "-0.9"),
        ("地区生产总值增长5%左右。", "地区生产总值增长4.8%。", "close", "4.8", "-0.2"),
        ("地区生产总值增长5%左右。", "地区生产总值增长4.6%。", "missed", "4.6", "-0.4"),
        ("城镇调查失业率5.5%左右。", "城镇调查失业率5.2%。", "met", "5.2", "0.3"),
        ("城镇新增就业110万人以上。", "新增城镇就业118万人。", "met", "1180000", "80000"),
        ("规模以上工业增加值增长6%。", "规上工业增加值增长6.3%。", "met", "6.3", "0.3"),
    ],
)
def test_numbers(promise: str, outcome: str, verdict: str, actual: str, difference: str) -> None:
    [row] = [r for r in followed(promise, outcome) if r.kind == "target"]
    assert (row.verdict, row.actual, row.difference) == (verdict, actual, difference)


@pytest.mark.parametrize(
    ("promise", "outcome", "verdict", "reason"),
    [
        ("新改建农村公路5000公里", "新改建农村公路4.2万公里。", "reported", "follow.other scope"),
        ("高新技术企业达到2.3万家", "新增高新技术企业6000家。", "reported", "follow.other scope"),
        ("水利完成投资800亿元", "交通、能源和水利完成投资900亿元。", "reported", "follow.sum"),
        (
            "居民收入增长与经济增长同步",
            "经济稳中有进，居民收入增长与经济增长同步。",
            "met",
            "follow.state reached",
        ),
    ],
)
def test_a_number_counts_for_what_it_is_of(promise: str, outcome: str, verdict: str, reason: str) -> None:
    report = followed(f"发展主要预期目标是：地区生产总值增长5%左右，{promise}，新建雷达站7座。", outcome)
    row = next(r for r in report if r.kind == "target" and promise.endswith(r.words))
    assert (row.verdict, row.reason[0].key) == (verdict, reason)


INCOMES = "居民收入增长与经济增长基本同步"


@pytest.mark.parametrize(
    ("promise", "outcome", "verdict", "actual", "difference"),
    [
        (INCOMES, "地区生产总值达到8万亿元、增长5.1%，居民人均可支配收入增长5.4%。", "met", "5.4", "0.3"),
        (INCOMES, "地区生产总值增长5.1%，居民人均可支配收入增长4.9%。", "close", "4.9", "-0.2"),
        (INCOMES, "地区生产总值增长5.1%，居民人均可支配收入增长4.2%。", "missed", "4.2", "-0.9"),
        (INCOMES, "地区生产总值增长5.1%，城乡居民收入分别增长4.2%、6.2%。", "reported", "4.2", ""),
        (INCOMES, "地区生产总值增长4%，城乡居民收入分别增长4.2%、6.2%。", "met", "4.2", "0.2"),
        (f"农村{INCOMES}", "地区生产总值增长5.1%，城乡居民收入分别增长4.2%、6.2%。", "met", "6.2", "1.1"),
        ("财政收入增长快于经济增长", "地区生产总值下降1%，财政收入下降2%。", "missed", "2", "-1"),
    ],
)
def test_what_is_to_grow_with_the_economy(
    promise: str, outcome: str, verdict: str, actual: str, difference: str
) -> None:
    report = followed(f"发展主要预期目标是：地区生产总值增长5%左右，{promise}，新建雷达站7座。", outcome)
    row = next(r for r in report if r.kind == "target" and promise.endswith(r.words))
    assert (row.verdict, row.actual, row.difference) == (verdict, actual, difference)


def test_each_of_a_list_has_the_number_of_its_name() -> None:
    aims = "城镇居民人均可支配收入增长5%，农村居民人均可支配收入增长6%。"
    rows = followed(aims, "城镇、农村居民人均可支配收入分别增长4.3%、6.2%。")
    assert {r.indicator: (r.verdict, r.actual) for r in rows if r.kind == "target"} == {
        "城镇居民人均可支配收入": ("missed", "4.3"),
        "农村居民人均可支配收入": ("met", "6.2"),
    }


def test_troubles_are_no_evidence() -> None:
    report = followed("新建学校20所。", "经济稳中有进。\n同时，我们也清醒认识到，新建学校不足20所，短板不少。")
    assert {r.verdict for r in report} == {"not_reported"}


def test_a_task_whose_number_falls_short_is_not_done() -> None:
    rows = {r.kind: r.verdict for r in followed("新建学校20所。", "新建学校15所。")}
    assert rows == {"target": "missed", "task": "reported"}


def test_only_what_looks_back_counts() -> None:
    report = followed("城镇新增就业110万人以上。", "改革开放不断深化。", "城镇新增就业120万人以上。")
    [row] = [r for r in report if r.kind == "target"]
    assert (row.verdict, row.evidence) == ("not_reported", ())
    assert "2025" in row.reason[-1].text("zh")


def test_evidence_is_where_it_says() -> None:
    report = followed("城镇新增就业110万人以上。", "经济稳中有进，城镇新增就业118万人。")
    [row] = [r for r in report if r.kind == "target"]
    [(start, end)] = [map(int, e.split("-")) for e in row.evidence]
    assert report.report.source.text[start:end] == "城镇新增就业118万人"
    assert report.plan.source.text[row.start : row.end] == row.words


def test_the_rate_counts_judged_ones_only() -> None:
    report = followed("地区生产总值增长5%以上，新建雷达站7座。", "地区生产总值增长5.5%。")
    assert report.rate == 1
    assert report.interval[0] <= 1 == report.interval[1]
    assert [r.value for r in report.unreported if r.kind == "target"] == ["7"]
    assert sum(sum(counts.values()) for counts in report.by("kind").values()) == len(report)
    assert list(report.frame.columns) == list(report.columns)


def test_a_report_that_cannot_look_back_is_refused() -> None:
    report = followed("地区生产总值增长5%以上。", "地区生产总值增长5.5%。")
    with pytest.raises(pl.ReportOrderError, match="plan itself"):
        pl.follow_up(report.plan, report.plan)
    with pytest.raises(pl.ReportOrderError, match="2024"):
        pl.follow_up(report.report, report.plan)


def test_another_place_is_remarked() -> None:
    plan = pl.parse_text("一、今年重点工作\n生产总值增长5%。", title="山东省2024年政府工作报告", place="山东省")
    report = pl.parse_text("一、2024年工作回顾\n生产总值增长5%。", title="江苏省2025年政府工作报告", place="江苏省")
    assert [r.key for r in pl.follow_up(plan, report).remarks] == ["follow.other place"]


def test_each_thing_that_a_task_asks_for_is_a_promise() -> None:
    report = followed("出台优化营商环境条例，建成枣庄机场，让群众满意。", "出台优化营商环境条例。")
    assert [r.words for r in report if r.kind == "task"] == ["出台优化营商环境条例", "建成枣庄机场，让群众满意"]


def yearly(year: int, told: str, promised: str) -> pl.Plan:
    text = f"一、{year - 1}年工作回顾\n{told}\n二、今年重点工作\n{promised}"
    return pl.parse_text(text, title=f"某市{year}年政府工作报告", place="某市")


def test_a_track_record_says_what_became_of_the_targets_of_each_year() -> None:
    reports = [
        yearly(2022, "地区生产总值增长6%。", "地区生产总值增长6%以上，城镇调查失业率5.5%以内。"),
        yearly(2023, "地区生产总值增长4%，城镇调查失业率5.2%。", "地区生产总值增长5%以上，城镇调查失业率5.5%以内。"),
        yearly(2025, "地区生产总值增长5.2%。", "地区生产总值增长5%。"),
    ]
    record = pl.track_record(reversed(reports))
    assert [(r.place, r.year, r.targets, r.met, r.missed) for r in record] == [("某市", 2022, 2, 1, 1)]
    assert [(r.indicator, r.verdict, r.next_plan) for r in record.series] == [
        ("生产总值", "missed", "lowered"),
        ("城镇调查失业率", "met", "kept"),
    ]
    assert record.lowered_after_miss() == (1, 1)
    assert [r.key for r in record.remarks] == ["track.no pair", "track.no pair"]


@REAL
def test_shandong_2025_as_2026_tells_it() -> None:
    report = pl.follow_up(read(REPORTS / "山东省" / "2025.md"), read(REPORTS / "山东省" / "2026.md"))
    [growth] = [r for r in report if r.kind == "target" and r.indicator == "地区生产总值"][:1]
    assert (growth.value, growth.verdict, growth.actual) == ("5", "met", "5.5")
    assert report.remarks == ()


@pytest.mark.parametrize(
    ("promise", "outcome", "timing"),
    [
        ("建成枣庄机场。", "枣庄机场建成。", "in_time"),
        ("2024年6月底前建成枣庄机场。", "枣庄机场5月18日建成。", "in_time"),
        ("2024年6月底前建成枣庄机场。", "枣庄机场9月建成。", "late"),
        ("2024年6月底前建成枣庄机场。", "枣庄机场提前建成。", "in_time"),
        ("2024年6月底前建成枣庄机场。", "枣庄机场建成。", "unknown"),
    ],
)
def test_whether_it_came_in_time(promise: str, outcome: str, timing: str) -> None:
    [row] = followed(promise, outcome)
    assert (row.verdict, row.timing) == ("reported_done", timing)


def test_a_report_of_a_later_year_tells_of_what_came_late() -> None:
    plan = pl.parse_text("一、今年重点工作\n建成枣庄机场。", title="某省2023年政府工作报告")
    told = "一、2024年工作回顾\n枣庄机场建成。\n二、今年重点工作\n发展工业。"
    report = pl.follow_up(plan, pl.parse_text(told, title="某省2025年政府工作报告"))
    assert [(r.verdict, r.timing) for r in report] == [("reported_done", "late")]
    assert [r.key for r in report.remarks] == ["follow.years between"]


def test_a_persons_verdict_stands_beside_the_machines(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    report = followed("城镇新增就业110万人以上，建成枣庄机场。", "城镇新增就业118万人。")
    path = pl.write_follow_up(report, tmp_path / "verdicts.xlsx", lang="en")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        if row[titles.index("Verdict")].value == "met":
            row[titles.index("Verdict of a person")].value = "missed"
            row[titles.index("Reviewer")].value = "甲"
    book.save(path)
    again = pl.follow_up(report.plan, report.report, verdicts=path)
    [target] = [r for r in again if r.kind == "target"]
    assert (target.verdict, target.person, target.reviewer, target.pledge) == ("met", "missed", "甲", "broken")
    assert again.missed == [target]
    assert again.rate < report.rate
    assert again.remarks == ()
    assert pl.agreement(path, report).percent.value == 0
    other = followed("新建雷达站7座。", "经济稳中有进。")
    elsewhere = pl.follow_up(other.plan, other.report, verdicts=path)
    assert [r.key for r in elsewhere.remarks] == ["follow.lost verdicts"]
    (tmp_path / "bad.csv").write_text("task_id,start,end,person\n1-a,0,3,perhaps\n", encoding="utf-8")
    with pytest.raises(pl.DecisionFileError, match="perhaps"):
        pl.follow_up(other.plan, other.report, verdicts=tmp_path / "bad.csv")


def test_verdicts_on_the_scales_of_pledge_research() -> None:
    report = followed(
        "地区生产总值增长5%左右，城镇新增就业110万人以上，新建雷达站7座。",
        "地区生产总值增长4.8%，城镇新增就业100万人。",
    )
    rated = {r.value: (r.pledge, r.completion) for r in report if r.kind == "target"}
    assert rated == {"5": ("partly", 4), "1100000": ("broken", 4), "7": ("not_yet_rated", None)}
