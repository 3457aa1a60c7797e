"""Working days, due days of rhythms, catch-all sentences, document-level facts."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, strategies as st

from planlineage.model.commitments import Deadline, Recurrence, Responsibility
from planlineage.model.errors import CalendarRangeError
from planlineage.reading.commitments import (
    Context,
    add_working_days,
    catch_all_scope,
    is_catch_all,
    known_years,
    occurrences,
    recognise,
    working_days_between,
)

DATE = datetime.date


def rhythm(text: str) -> Recurrence:
    [found] = [e for e in recognise(text) if isinstance(e, Recurrence)]
    return found


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (DATE(2021, 9, 29), 3, DATE(2021, 10, 9)),  # National Day, then a made-up Saturday
        (
            DATE(2022, 1, 28),
            2,
            DATE(2022, 1, 30),
        ),  # made-up days on Saturday and Sunday before the Spring Festival
        (DATE(2022, 1, 30), 1, DATE(2022, 2, 7)),
        (DATE(2021, 6, 11), 1, DATE(2021, 6, 15)),  # Dragon Boat Festival on Monday
        (DATE(2021, 6, 15), -1, DATE(2021, 6, 11)),
        (DATE(2021, 6, 15), 0, DATE(2021, 6, 15)),
    ],
)
def test_working_days_follow_the_official_calendar(start: DATE, days: int, end: DATE) -> None:
    assert add_working_days(start, days) == end
    if days >= 0:
        assert working_days_between(start, end) == days


@given(st.dates(DATE(2015, 1, 1), DATE(2022, 12, 31)), st.integers(1, 40))
def test_counting_undoes_adding(start: DATE, days: int) -> None:
    end = add_working_days(start, days)
    assert working_days_between(start, end) == days


@pytest.mark.parametrize("start", [DATE(1990, 1, 1), DATE(2090, 1, 1)])
def test_a_year_outside_the_calendar_is_refused(start: DATE) -> None:
    first, last = known_years()
    with pytest.raises(CalendarRangeError, match=rf"{start}.*{first} to {last}.*upgrade"):
        add_working_days(start, 5)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每年2月底前报告。", ["2023-02-28", "2024-02-29"]),
        ("每年第一季度报告。", ["2023-03-31", "2024-03-31"]),
        ("每2年至少开展1次评估。", ["2024-12-31"]),
        ("每半年通报一次。", ["2023-06-30", "2023-12-31", "2024-06-30", "2024-12-31"]),
        ("定期通报。", []),
    ],
)
def test_rhythms_have_due_days(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in occurrences(rhythm(text), DATE(2023, 1, 1), DATE(2024, 12, 31))] == days


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("各项工作任务原则上在2025年年底前完成。", "plan"),
        ("未明确完成时限的，原则上于2025年12月底前完成。", "plan"),
        ("以上工作要在2019年2月底前完成。", "clause"),
        ("2023年年底前完成各项任务清单编制。", None),
        ("确保纲要各项任务措施落到实处。", None),
    ],
)
def test_catch_all_sentences(sentence: str, scope: str | None) -> None:
    assert catch_all_scope(sentence) == scope
    assert is_catch_all(sentence) is (scope == "plan")


def test_the_issue_date_anchors_relative_terms_and_tells_history() -> None:
    context = Context.of("2018年深化机构改革，2019年完成整改，本意见印发之日起30日内制定办法。\n国务院\n2018年11月16日")
    assert context.issue_date == DATE(2018, 11, 16)
    found = [
        e for e in recognise("2019年完成整改，本意见印发之日起30日内制定办法。", context) if isinstance(e, Deadline)
    ]
    assert [e.latest for e in found] == [DATE(2019, 12, 31), DATE(2018, 12, 16)]
    assert [e for e in recognise("2017年完成整改。", context) if isinstance(e, Deadline)] == []


def test_without_an_issue_date_a_relative_term_keeps_its_anchor() -> None:
    [found] = [e for e in recognise("本意见印发之日起30日内制定办法。") if isinstance(e, Deadline)]
    assert (found.relative, found.anchor, found.latest) == ("P30D", "issue-date", None)


def test_the_first_listed_body_leads_where_the_text_says_so() -> None:
    text = "（工业和信息化部、发展改革委等负责。列第一位者为牵头单位，下同）"
    [found] = [e for e in recognise(text, Context.of(text)) if isinstance(e, Responsibility)]
    assert (found.lead, found.support) == (("工业和信息化部",), ("发展改革委",))
    [found] = [e for e in recognise("（财政部、商务部负责）", Context.of(text)) if isinstance(e, Responsibility)]
    assert (found.lead, found.support) == (("财政部",), ("商务部",))
    [found] = [e for e in recognise("（财政部、商务部负责）") if isinstance(e, Responsibility)]
    assert found.lead == ("财政部", "商务部")
