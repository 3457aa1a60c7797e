"""A plan whose file was renamed keeps what was reported on it; another plan never takes it over."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import planlineage as pl

TEXT = "青云区工作方案（2026年）\n一、任务\n（一）公示。2026年6月底前建立平台。\n（二）督查。2026年9月底前开展督查。\n"


def read(folder: Path, name: str, text: str = TEXT) -> pl.Plan:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return pl.parse(path, level="district", place="青云区")


@pytest.fixture
def store(tmp_path: Path) -> pl.Progress:
    plan = read(tmp_path, "first")
    ledger = pl.Progress(tmp_path / "ledger.db")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"任务编号,进展状态,截至日期\n{plan.tasks[0].id},已完成,2026-05-01\n", encoding="utf-8")
    taken = pl.import_progress(ledger, sheet, plan, reported_on=datetime.date(2026, 5, 2))
    assert taken.added == 1, taken.rows()
    return ledger


def done(plan: pl.Plan, ledger: pl.Progress) -> int:
    return pl.status(plan, ledger, as_of="2026-07-01").count("done", "done_early", "done_late")


def test_a_renamed_file_keeps_its_ledger(store: pl.Progress, tmp_path: Path) -> None:
    assert done(read(tmp_path, "first"), store) == 1
    assert done(read(tmp_path, "renamed"), store) == 1


def test_a_new_text_under_another_name_keeps_it_by_title_and_place(store: pl.Progress, tmp_path: Path) -> None:
    assert done(read(tmp_path, "newer", TEXT + "（三）总结。2026年12月底前总结。\n"), store) == 1


def test_another_plan_takes_nothing_over(store: pl.Progress, tmp_path: Path) -> None:
    with pytest.raises(pl.ProgressError):
        done(read(tmp_path, "other", TEXT.replace("青云区工作方案", "白河区工作方案")), store)
    both = [read(tmp_path, "one"), read(tmp_path, "two")]
    with pytest.raises(pl.ProgressError):
        pl.status(both, store, as_of="2026-07-01")


def test_what_a_renamed_plan_has_in_the_ledger_is_not_proposed_again(tmp_path: Path) -> None:
    first = pl.parse_text("一、今年重点工作\n新建枣庄机场。", title="某省2024年政府工作报告")
    newer = first.model_copy(update={"id": "newer"})
    told = pl.parse_text(
        "一、2024年工作回顾\n新建枣庄机场。\n二、今年重点工作\n发展工业。", title="某省2025年政府工作报告"
    )
    with pl.Progress(tmp_path / "proposed.db") as held:
        [made] = pl.suggest_progress(first, told, held)
        held.add(first, made.task, status="done", effective_on=made.effective_on)
        assert [r.task for r in pl.suggest_progress(newer, told, held)] == []


def test_a_scorecard_counts_what_was_said_of_indicators_under_another_name(tmp_path: Path) -> None:
    place = pl.load("shanting_2021")
    indicators = pl.load("demonstration_indicators_2019")
    entry = next(s for s in indicators.tasks if "法制审核制度执行比率达100%" in s.text)
    with pl.Progress(tmp_path / "card.db") as held:
        held.add(indicators, entry.id, value=100, effective_on="2024-05-01", place=place.place)
        for given in (indicators, indicators.model_copy(update={"id": "indicators"})):
            assert pl.scorecard(place, held, indicators=given, as_of="2024-12-31").count("met") == 1, given.id
