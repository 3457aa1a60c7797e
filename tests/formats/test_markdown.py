"""Markdown: its signs never reach the clean text, and what they say is kept."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from laws import assert_lawful

from planlineage import Plan, parse_text
from planlineage.reading.source import decode

PLAN = """---
title: 青云市绿道规划
source: https://example.invalid/1
date: 2026-03-13
---

<!-- 2026-03-13 21:44 来源： 某社 -->

> 某社青云3月13日电

**青云市绿道规划**[^1]

## 一、总体要求

**（一）指导思想**。坚持生态优先，见[实施方案](https://example.invalid/2)。

![](images/indicators.jpg)

**（二）工作目标。**到2030年，建成绿道300公里\\*。

- 环湖绿道。
- 滨江绿道。

---

| 指标 | 2030年 |
| --- | --- |
| **绿道里程**（公里） | 300 |

[^1]: 经市人民代表大会批准。
"""
SIGNS = re.compile(r"\*\*|^#|^>|^- |!\[|\]\(|<!--|\[\^|\\\*|^---|\|", re.MULTILINE)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_text(PLAN)


def test_no_sign_reaches_the_clean_text(plan: Plan) -> None:
    assert_lawful(plan)
    assert not [s.text for s in plan.statements if SIGNS.search(s.text)]
    assert [s.text for s in plan.statements if s.kind == "unread"] == []
    assert "坚持生态优先，见实施方案。" in [s.text for s in plan.statements]


def test_the_source_keeps_them_and_offsets_are_those_of_the_file(plan: Plan) -> None:
    assert plan.source.text == PLAN.rstrip("\n")
    heading = next(s for s in plan.statements if "指导思想" in s.text)
    assert plan.raw(heading) == "**（一）指导思想**。"
    assert PLAN[heading.span.start : heading.span.end] == "**（一）指导思想**。"


def test_front_matter_gives_facts_and_no_text() -> None:
    source = decode(PLAN.encode(), name="plan.md")
    assert source.encoding == "markdown+utf-8"
    assert source.facts == {
        "title": "青云市绿道规划",
        "source": "https://example.invalid/1",
        "published": "2026-03-13",
    }


def test_headings_bold_openers_notes_and_tables_are_told(plan: Plan) -> None:
    headings = [s.text for s in plan.statements if s.kind == "heading"]
    assert headings[:4] == ["青云市绿道规划", "一、总体要求", "（一）指导思想。", "（二）工作目标。"]
    assert {c.kind for c in plan.clauses} >= {"part", "article", "table", "annex"}


def test_a_picture_is_named_with_its_section(plan: Plan) -> None:
    (remark,) = [r for r in plan.report.remarks if r.code == "picture"]
    assert remark.span is not None
    assert plan.source.at(remark.span) == "![](images/indicators.jpg)"
    assert remark.message.endswith("（一） 指导思想")
    assert plan.clause(remark.clauses[0]).title == "指导思想"


@pytest.mark.parametrize("text", ["一、总则\n加强领导。", "指标*\n—— 2 ——\n第1条 - 说明", "达到3 * 4公顷"])
def test_plain_text_is_not_taken_for_markdown(text: str) -> None:
    source = decode(text.encode(), name="plan.txt")
    assert (source.encoding, source.signs, source.marks) == ("utf-8", (), ())


WORDS = st.text("绿道建设管护完善健全", min_size=4, max_size=12)
LINES = st.lists(
    st.tuples(st.sampled_from(["{}。", "一、{}", "（一）{}。{}。", "——{}。{}。", "{}，{}。"]), WORDS, WORDS),
    min_size=1,
)


@given(LINES, st.data())
def test_marking_a_text_up_changes_nothing_of_its_words(lines: list[tuple[str, str, str]], data: st.DataObject) -> None:
    bare = [form.format(one, two) for form, one, two in lines]
    marked = [
        data.draw(
            st.sampled_from(["{}", "**{}**", "## {}", "> {}", "{}\n", "<!-- x -->\n{}", "{}\n![](a.png)\n"])
        ).format(line)
        for line in bare
    ]
    plan = parse_text("\n".join(marked) + "\n\n**完**\n")
    assert_lawful(plan)
    assert "".join(s.text for s in plan.statements if s.kind != "noise") == "".join([*bare, "完"])
