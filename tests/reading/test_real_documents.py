"""The real documents come out as a reader of the page would take them apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from laws import assert_lawful
from real import AT_HAND, CORPUS, SOURCES, WHY_NOT, read, source

from planlineage import Level, Plan, parse

pytestmark = pytest.mark.skipif(not AT_HAND, reason=WHY_NOT)

BODY = frozenset({"chapter", "part", "article", "measure", "item"})


def counts(plan: Plan, *, annexes: bool = False) -> Counter[str]:
    """How many numbered clauses of each kind the plan's own outline has."""
    return Counter(
        c.kind for c in plan.clauses if c.kind in BODY and (annexes or not c.id.startswith(("annex", "table")))
    )


@pytest.mark.parametrize("path", [*SOURCES, *CORPUS], ids=lambda p: p.stem)
def test_nothing_is_lost(path: Path) -> None:
    assert_lawful(read(path))


FOREIGN = {
    "commentary_2022": "a newspaper article: of another genre than all that the kinds are learnt from",
    "central_政务新媒体意见_国办发2018-123": "two sentences between a principle and a task",
    "central_三级公立医院绩效考核_国办发2019-4": "explanations of indicators, without verbs of what to do",
}


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(p, marks=pytest.mark.xfail(reason=FOREIGN[p.stem])) if p.stem in FOREIGN else p
        for p in [*SOURCES, *CORPUS]
    ],
    ids=lambda p: p.stem,
)
def test_nearly_everything_is_understood(path: Path) -> None:
    assert read(path).report.unread_share < 0.01


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_every_corpus_document_has_a_title_a_level_a_tree_and_tasks(path: Path) -> None:
    plan = read(path)
    assert plan.title
    assert plan.level is not None
    assert plan.level.value == path.name.split("_")[0]
    assert len(counts(plan)) >= 1
    assert len(plan.tasks) > 20
    assert not any(r.code == "no-outline" for r in plan.report.remarks)


@pytest.mark.parametrize("path", [p for p in CORPUS if "state_council_plans" in str(p)], ids=lambda p: p.stem)
def test_the_state_councils_plans_have_number_and_day_of_issue(path: Path) -> None:
    plan = read(path)
    office, _, number = path.stem.rpartition("_")[2].rpartition("-")
    assert plan.number == f"{office[:-4]}〔{office[-4:]}〕{number}号"
    assert plan.issued is not None
    assert plan.status == "in force"


def test_the_announcement_holds_three_documents_of_which_the_outline_is_read() -> None:
    plan = source("central_2021_announcement.txt")
    assert [part.role for part in plan.report.documents] == ["announcement", "explanation", "plan"]
    assert any(r.code == "several-documents" for r in plan.report.remarks)
    assert plan.title == "法治政府建设实施纲要（2021—2025年）"
    assert plan.source.text.startswith("法治政府建设是全面依法治国的重点任务和主体工程")
    assert counts(plan) == {"part": 10, "article": 35}
    assert plan.level is Level.CENTRAL
    assert plan.period is not None
    assert (plan.period.begins.year, plan.period.ends.year) == (2021, 2025)


def test_articles_of_the_outline_have_several_paragraphs() -> None:
    plan = source("central_2021_announcement.txt")
    below = Counter(c.parent for c in plan.clauses if c.kind == "paragraph")
    assert sum(n >= 1 for parent, n in below.items() if parent and "." in parent) >= 5


def test_the_other_documents_of_the_announcement_can_be_asked_for(shared: Path) -> None:
    explanation = parse(shared / "sources" / "central_2021_announcement.txt", document="explanation")
    assert explanation.source.text.lstrip().startswith("1")
    assert "答：" in explanation.source.text
    assert_lawful(explanation)


def test_the_spam_in_the_shanting_plan_is_logged_and_in_no_clean_text() -> None:
    plan = source("shanting_2021.txt")
    spam = [e for e in plan.edits if e.rule == "web spam"]
    assert len(spam) == 2
    assert all("365" in e.before for e in spam)
    assert "365" in plan.source.text
    assert not any("365" in s.text for s in plan.statements)
    assert sum(r.code == "web-spam" for r in plan.report.remarks) == 2


def test_the_shanting_plan_has_the_outlines_tree_and_its_wrong_characters_are_mended() -> None:
    plan = source("shanting_2021.txt")
    assert counts(plan) == {"part": 10, "article": 35}
    assert plan.title == ""
    assert any(r.code == "no-title" for r in plan.report.remarks)
    assert "显着" in plan.source.text
    clean = "".join(s.text for s in plan.statements)
    assert "显着" not in clean
    assert "显著" in clean
    assert plan.level is Level.DISTRICT


def test_the_weibin_plan_is_a_draft_with_91_measures() -> None:
    plan = source("weibin_2021_draft.txt")
    assert plan.title == "卫滨区法治政府建设实施方案（2021—2025年）"
    assert plan.status == "draft for comments"
    assert counts(plan) == {"part": 10, "article": 34, "measure": 91}
    measures = [c for c in plan.clauses if c.kind == "measure"]
    assert [c.number for c in measures] == [f"{n}．" for n in range(1, 92)]


def test_the_weibin_plan_names_the_chain_of_plans_above_it() -> None:
    plan = source("weibin_2021_draft.txt")
    assert plan.place == "河南省新乡市卫滨区"
    chain = {c.number: c.level for c in plan.implements if c.number}
    assert chain == {
        "中发〔2021〕33号": Level.CENTRAL,
        "豫发〔2021〕31号": Level.PROVINCIAL,
        "新发〔2022〕5号": Level.MUNICIPAL,
    }
    titles = [c.title for c in plan.implements]
    assert "河南省法治政府建设实施方案（2021—2025年）" in titles
    assert "新乡市法治政府建设实施方案（2021—2025年）" in titles


def test_the_opinion_of_2019_has_its_own_outline_and_the_indicator_table_behind_it() -> None:
    plan = source("demonstration_indicators_2019.txt")
    assert plan.title == "关于开展法治政府建设示范创建活动的意见"
    assert plan.number == "中法办发〔2019〕10号"
    parts = [c.number for c in plan.clauses if c.kind == "part" and "." not in c.id]
    assert parts == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert any(c.kind == "annex" for c in plan.clauses)
    assert any(c.kind == "table" for c in plan.clauses)
    assert sum(c.kind == "row" for c in plan.clauses) >= 97


def test_the_commentary_has_four_headed_sections_with_run_in_subheadings() -> None:
    plan = source("commentary_2022.txt")
    sections = [c for c in plan.clauses if c.kind == "part"]
    assert [c.number for c in sections] == ["一、", "二、", "三、", "四、"]
    assert sections[0].title == "深刻理解法治政府建设是全面依法治国的重点任务和主体工程"
    subheadings = [s for s in plan.statements if s.kind == "heading" and plan.clause(s.clause).kind == "paragraph"]
    assert len(subheadings) >= 10
    assert all(len(s.text) <= 45 for s in subheadings)


@pytest.mark.parametrize(
    ("region", "chapters", "articles"),
    [
        ("central_state_council", 7, 72),
        ("provincial_shandong", 7, 67),
        ("municipal_jinan", 8, 69),
        ("municipal_dezhou", 5, 48),
    ],
)
def test_the_regulations_have_chapters_and_articles(shared: Path, region: str, chapters: int, articles: int) -> None:
    plan = read(shared / "corpus" / "business_environment" / f"{region}.txt")
    found = counts(plan)
    assert (found["chapter"], found["article"]) == (chapters, articles)


def test_the_day_a_regulation_comes_into_force_is_procedure(shared: Path) -> None:
    plan = read(shared / "corpus" / "business_environment" / "central_state_council.txt")
    assert [s.text for s in plan.statements if s.kind == "procedure"][-1].endswith("自2020年1月1日起施行。")
