"""Laws that hold for any date and any text."""

from __future__ import annotations

import datetime
import json
from itertools import pairwise
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given, strategies as st

from planlineage.model.commitments import Deadline, Expression, Recurrence
from planlineage.reading.commitments import Context, recognise

DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SENTENCES = [
    case["text"]
    for name in ("in_the_wild", "synthetic", "must_not_match", "actors", "strength")
    for case in json.loads((Path(__file__).parent / f"cases/{name}.json").read_text(encoding="utf-8"))["cases"]
]
ALPHABET = (
    "年月日第百千万亿一二十0123456789（）《》〈〉“”，、：每至少不超过达到%到前底起自从个次期于内将年度定期"
    "负责政府各级部门的 \t"
)


def small(number: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")


STYLES = {
    "plain": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d.year}年{d.month:02d}月{d.day:02d}日",
    "wide digits": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(WIDE),
    "blanks": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日 ",
    "Chinese": lambda d: f"{''.join(DIGITS[int(n)] for n in str(d.year))}年{small(d.month)}月{small(d.day)}日",
    "ring": lambda d: f"{''.join(DIGITS[int(n)] for n in str(d.year)).replace('〇', '○')}年{small(d.month)}月{d.day}日",
    "number of the day": lambda d: f"{d.year}年{d.month}月{d.day}号",
}


@pytest.mark.parametrize("style", STYLES)
@given(date=st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_a_written_day_reads_back_as_the_same_day(style: str, date: datetime.date) -> None:
    for sentence in (
        f"{STYLES[style](date)}前完成各项任务。",
        f"各部门应于{STYLES[style](date)}之前完成。",
        f"到{STYLES[style](date)}，全部完成。",
    ):
        [found] = [e for e in recognise(sentence) if isinstance(e, Deadline)]
        assert found.latest == date, sentence
        assert found.alternate is None


@given(year=st.integers(1950, 2099), month=st.integers(1, 12))
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    [found] = [e for e in recognise(f"{year}年{month}月底前完成。") if isinstance(e, Deadline)]
    assert found.latest is not None
    assert (found.latest + datetime.timedelta(days=1)).day == 1
    assert (found.latest.year, found.latest.month) == (year, month)


@given(year=st.integers(1950, 2099))
def test_before_a_year_has_two_readings_a_year_apart(year: int) -> None:
    [found] = [e for e in recognise(f"{year}年前完成。") if isinstance(e, Deadline)]
    assert (found.latest, found.alternate) == (datetime.date(year - 1, 12, 31), datetime.date(year, 12, 31))
    assert found.provenance.confidence < 1


def facts(found: list[Expression], shift: int = 0) -> list[tuple[int, int, str, str]]:
    return [(e.span.start - shift, e.span.end - shift, e.kind, e.normal) for e in found if e.span.start >= shift]  # type: ignore[attr-defined]


@given(
    before=st.text(ALPHABET, max_size=40) | st.sampled_from(SENTENCES),
    boundary=st.sampled_from("。！？\n"),
    sentence=st.sampled_from(SENTENCES),
)
@example("《甲（2020年起每年第", "。", "2025年前完成。")
def test_nothing_before_a_sentence_boundary_matters(before: str, boundary: str, sentence: str) -> None:
    if boundary == "\n":
        before = before.replace("《", "")
    head = before + boundary
    assert facts(recognise(head + sentence), len(head)) == facts(recognise(sentence))


@given(text=st.text(st.sampled_from(ALPHABET + "。；\n") | st.characters(), max_size=200))
def test_any_text_is_read_without_error_and_spans_are_true(text: str) -> None:
    found = recognise(text, Context(issue_date=datetime.date(2021, 8, 11), first_listed_leads=True))
    for expression in found:
        assert text[expression.span.start : expression.span.end] == expression.surface != ""
        assert expression.normal  # type: ignore[attr-defined]
        if isinstance(expression, Recurrence) and expression.rule:
            rrulestr(expression.rule, dtstart=datetime.datetime(2021, 1, 1))
    assert all(a.span.start <= b.span.start for a, b in pairwise(found))
