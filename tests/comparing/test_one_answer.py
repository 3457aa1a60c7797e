"""One answer to every question: slippage, deadlines with and without a ledger, traces, the page and the exports say the same
days, the same change and the same reason for the same pair of commitments."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

import pytest
from family import family
from hypothesis import given, settings, strategies as st
from tied import tie

import planlineage as pl
from planlineage.comparing.answer import Answer
from planlineage.comparing.lineage import Lineage
from planlineage.model.commitments import Deadline
from planlineage.model.wording import shown
from planlineage.output.report.payload import Payload
from planlineage.output.tables import TraceTable

DAY = datetime.date(2023, 6, 30)
UPPER = "某市实施方案\n一、主要任务\n（一）总则。{}\n"
LOWER = "某区实施方案（2021—2025年）\n一、主要任务\n（一）总则。{}\n"

MATTERS = ("编制完成权责清单", "建成统一执法平台", "完成文件清理", "实现督察全覆盖", "国务院部门公布清单")
DATES = (
    "2022年年底前",
    "2023年6月底前",
    "2024年前",
    "2025年前",
    "到2025年",
    "2030年年底前",
    "自印发之日起30日内",
)


def told(answer: Answer) -> tuple[object, ...]:
    return answer.change, answer.days_min, answer.days_max, shown(answer.reasons, "en")


def assert_one_answer(lineage: Lineage) -> None:
    """What every report says of a date is what the answers say of it."""
    dated = [a for a in lineage.answers if a.aspect == "deadline"]
    assert pl.Slippage(lineage).of("deadline") == dated
    report = pl.DeadlineReport(lineage.local, DAY, lineage, lang="en")
    table = pl.TaskTable(pl.status(lineage.local, as_of=DAY, lang="en"), lineage)
    page = Payload([lineage], DAY)
    cells = page.pairs[0]["deadlines"]
    assert_page_says_the_same(page, lineage)
    for record, row, cell in zip(report, report.rows(), cells, strict=True):
        answer = record.beside.answer
        assert answer is None or any(answer is a for a in dated)
        assert cell[10] == ([answer.days_min, answer.days_max] if answer else [None, None])
        told_there = page.summary["reasons"][cell[11]][1] if cell[11] is not None else ""
        assert told_there == row["remark"] == (shown(answer.reasons, "en") if answer else "")
    columns = ("id", "due", "upper_clause", "upper_due", "slip", "remark")
    told_alone = Counter(tuple(str(r[c]) for c in columns) for r in report.rows())
    told_by_ledger = Counter(
        tuple(str(r[c]).split("（")[0] if c == "due" else str(r[c]) for c in columns)
        for r, s in zip(table.rows(), table.status.duties, strict=True)
        if s.duty.kind != "recurring"
    )
    assert not told_by_ledger - told_alone  # a task with a rhythm owes no date of the whole plan
    for below in lineage.local.tasks:
        for date in below.deadlines:
            pairs = [a for a in dated if a.below and a.below.commitment is date and a.is_pair]
            own = [r.beside.answer for r in report if r.effective.deadline is date and r.id == below.id]
            assert own
            assert all(any(a is p for p in pairs) for a in own) if pairs else True
        assert_trace_says_the_same(lineage, below, dated)


def assert_trace_says_the_same(lineage: Lineage, below: pl.Statement, dated: Sequence[Answer]) -> None:
    traces = lineage.trace(below.id)
    for step in traces[0].steps:
        between = [
            a
            for a in dated
            if a.above and a.above.statement is step.statement and a.below and a.below.statement is below
        ]
        assert {id(a) for a in between} <= {id(a) for a in step.dates}
        assert all(a.text() in traces[0].text for a in step.dates)
        rows = [r for r in TraceTable(traces) if (r.upper_plan, r.upper_id) == (step.plan.id, step.statement.id)]
        assert [(r.deadline_change, r.days_min, r.days_max, shown(r.reason, "en")) for r in rows] == (
            [told(a) for a in step.dates] or [("", None, None, "")]
        )


def assert_page_says_the_same(page: Payload, lineage: Lineage) -> None:
    shown = [answer for answer in lineage.answers if answer.aspect != "clause"]
    for cell, answer in zip(page.pairs[0]["slippage"], shown, strict=True):
        reason = page.summary["reasons"][cell[10]][1] if cell[10] is not None else ""
        assert (cell[4], cell[7], cell[8], reason) == told(answer)


@st.composite
def tasks(draw: st.DrawFn) -> str:
    """A task with up to three dates, in clauses of their own or in one."""
    parts = [
        (draw(st.sampled_from(DATES)) if draw(st.booleans()) else "") + draw(st.sampled_from(MATTERS))
        for _ in range(draw(st.integers(1, 3)))
    ]
    return draw(st.sampled_from(("并于", "，", "、"))).join(parts) + "。"


@st.composite
def lineages(draw: st.DrawFn) -> Lineage:
    """Two plans with edges between any of their tasks."""
    texts = [draw(st.lists(tasks(), min_size=1, max_size=4)) for _ in range(2)]
    upper = pl.parse_text(UPPER.format("".join(texts[0])), id="upper", level="municipal")
    local = pl.parse_text(LOWER.format("".join(texts[1])), id="local", level="district")
    found = {}
    for _ in range(draw(st.integers(0, 6))):
        below, above = draw(st.sampled_from(local.tasks)), draw(st.sampled_from(upper.tasks))
        relation, sure = draw(st.sampled_from(list(pl.Relation))), draw(st.floats(0, 1))
        found[below.id, above.id] = tie(local, upper, below, above, relation, sure)
    return Lineage(local, [upper], list(found.values()))


@given(lineages())
def test_all_reports_say_the_same_on_made_edges(made: Lineage) -> None:
    assert_one_answer(made)


@given(st.integers(0, 40), st.integers(0, 2))
@settings(max_examples=10)
def test_all_reports_say_the_same_on_families(seed: int, at: int) -> None:
    plans = family(seed, 12).plans
    assert_one_answer(pl.link(plans[at + 1], plans[at]))


@pytest.mark.parametrize("plan", ["shanting_2021", "weibin_2021"])
def test_all_reports_say_the_same_on_shipped_plans(plan: str) -> None:
    assert_one_answer(pl.link(plan, ["central_2021", "demonstration_indicators_2019"]))


def test_each_date_of_a_sentence_answers_to_its_own_upper_date() -> None:
    upper = pl.parse_text(
        UPPER.format("2022年年底前编制完成权责清单。2024年6月底前建成统一执法平台。"),
        id="upper",
        level="municipal",
    )
    local = pl.parse_text(
        LOWER.format("2023年6月底前编制完成权责清单并于2025年年底前建成统一执法平台。"),
        id="local",
        level="district",
    )
    lineage = pl.link(local, upper)
    assert [(a.upper_value[-10:], a.days_min, a.days_max) for a in pl.Slippage(lineage).of("deadline")] == [
        ("2022-12-31", 181, 181),
        ("2024-06-30", 549, 549),
    ]
    assert [row["slip"] for row in pl.deadlines(local, upper, as_of=DAY).rows()] == ["181", "549"]
    assert [row["slip"] for row in pl.task_table(local, None, upper, as_of=DAY).rows()] == ["181", "549"]
    told = [(a.upper_id, a.days_min) for t in lineage.trace("权责清单") for s in t.steps for a in s.dates]
    assert sorted(told, key=lambda one: one[1] or 0) == [
        (upper.tasks[0].id, 181),
        (upper.tasks[1].id, 549),
    ]
    assert_one_answer(lineage)


def test_a_task_split_in_two_keeps_its_date_in_both() -> None:
    upper = pl.parse_text(
        UPPER.format("2022年年底前编制完成权责清单，向社会公布权责清单。"), id="upper", level="municipal"
    )
    local = pl.parse_text(
        LOWER.format("2022年年底前编制完成权责清单。2023年年底前向社会公布权责清单。"),
        id="local",
        level="district",
    )
    edges = [tie(local, upper, t, upper.tasks[0], pl.Relation.PARTIAL, 0.9) for t in local.tasks]
    found = Lineage(local, [upper], edges).answers.dates_and_numbers
    assert [(a.change, a.days_max) for a in found] == [("kept", 0), ("later", 365)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "2022年年底前编制清单并于2025年年底前建成平台。",
            ["2022年年底前编制清单并于", "2025年年底前建成平台"],
        ),
        (
            "权责清单2022年年底前编制完成、执法平台2024年年底前建成。",
            ["权责清单2022年年底前编制完成", "、执法平台2024年年底前建成"],
        ),
        (
            "2022年年底前，编制完成清单；2024年年底前公布。",
            ["2022年年底前，编制完成清单", "2024年年底前公布"],
        ),
        ("到2022年、2025年分别建成平台。", ["到2022年、2025年分别建成平台", "2025年分别建成平台"]),
    ],
)
def test_the_words_that_a_date_is_about(sentence: str, words: list[str]) -> None:
    from planlineage.comparing.clauses import clause_text

    plan = pl.parse_text(UPPER.format(sentence), level="municipal")
    found = [clause_text(s, d) for s in plan.tasks for d in s.commitments if isinstance(d, Deadline)]
    assert found == words
