"""What a row says: one sentence in two languages, and the marks in both texts."""

from __future__ import annotations

from functools import cache

import pytest
from tied import lineage

import planlineage as pl
from planlineage.comparing.answer import Answer
from planlineage.model.lineage import Relation
from planlineage.model.wording import LANGS
from planlineage.output.excerpts import excerpt, pieces
from planlineage.output.screen.page import Page
from planlineage.output.screen.slippage import slippage_page
from planlineage.output.screen.words import Words

ABOVE, BELOW = "上级方案\n一、任务\n（一）清单。{}\n", "下级方案（2019—2025年）\n一、任务\n（一）清单。{}\n"


def between(above: str, below: str) -> pl.Slippage:
    upper = pl.parse_text(ABOVE.format(above), id="above", level="municipal")
    local = pl.parse_text(BELOW.format(below), id="below", level="district")
    return pl.Slippage(lineage(local, upper, [(below, above, Relation.ADAPTED, 0.9)]))


@cache
def shipped(local: str) -> pl.Slippage:
    return pl.slippage(local, "central_2021")


@pytest.mark.parametrize(
    ("above", "below", "aspect", "zh", "en"),
    [
        (
            "2019年6月底前编制完成权责清单。",
            "2019年12月底前编制完成权责清单。",
            "deadline",
            "上级要求2019年6月底前，本级为2019年12月底前，推后 184 天",
            "above: 2019-06-30; here: 2019-12-31, 184 days later",
        ),
        (
            "2024年年底前编制完成权责清单。",
            "2025年前编制完成权责清单。",
            "deadline",
            "上级要求2024年年底前，本级为2025年前，推后 0 至 365 天",
            "above: 2024-12-31; here: 2024-12-31 / 2025-12-31, 0 to 365 days later",
        ),
        (
            "2023年6月底前编制完成权责清单。",
            "编制完成权责清单。",
            "deadline",
            "上级要求2023年6月底前，本级没有写时限",
            "above: 2023-06-30; here no date is set",
        ),
        (
            "编制权责清单的审核时间不超过15个工作日。",
            "编制权责清单的审核时间不超过1个工作日。",
            "target",
            "上级要求不超过15个工作日，本级为不超过1个工作日，要求提高",
            "above: at most 15 working days; here: at most 1 working day, which asks for more",
        ),
        (
            "权责清单每年至少检查2次。",
            "权责清单每年至少检查1次。",
            "recurrence",
            "上级要求每年至少检查2次，本级为每年至少检查1次，要求降低",
            "above: at least 2 times every year; here: at least 1 time every year, which asks for less",
        ),
        (
            "编制完成权责清单，并向社会公开。",
            "编制完成权责清单。",
            "clause",
            "删去“并向社会公开”",
            "“并向社会公开” was cut",
        ),
        (
            "将更多事项纳入权责清单改革。",
            "将全部事项纳入权责清单改革。",
            "strength",
            "力度增强：“更多”改为“全部”",
            "more binding: “更多” became “全部”",
        ),
        (
            "编制完成政务服务权责清单。",
            "编制完成社会组织权责清单。",
            "strength",
            "有增有减：“编制完成政务服务权责清单”改为“编制完成社会组织权责清单”",
            "less binding in one way and more in another: “编制完成政务服务权责清单” became “编制完成社会组织权责清单”",
        ),
    ],
)
def test_a_row_is_one_sentence(above: str, below: str, aspect: str, zh: str, en: str) -> None:
    told = [a for a in between(above, below) if a.aspect == aspect and a.change != "kept"]
    assert [(a.sentence.text("zh"), a.sentence.text("en")) for a in told] == [(zh, en)]


@pytest.mark.parametrize("local", ["shanting_2021", "weibin_2021"])
def test_every_row_has_a_sentence_and_marks_inside_its_texts(local: str) -> None:
    for answer in shipped(local):
        assert all(0 < len(answer.sentence.text(lang)) < 240 for lang in LANGS)
        for text, places in ((answer.upper_text, answer.marks.upper), (answer.local_text, answer.marks.local)):
            assert all(0 <= a < b <= len(text) for a, b in places)
            for longest in (20, 80, 1000):
                part, moved = excerpt(text, places, longest)
                assert len(part) <= max(longest, 3)
                assert "".join(words for words, _ in pieces(part, moved)) == part
                assert not places or any(marked for _, marked in pieces(part, moved))
        if answer.aspect == "clause":
            assert answer.marks.upper or answer.marks.local


def test_what_weighs_most_stands_first() -> None:
    def group(answer: Answer) -> tuple[bool, bool]:
        return not answer.counts, answer.wording is not None

    rows = shipped("shanting_2021").shown_records
    assert list(map(group, rows)) == sorted(map(group, rows))
    assert [a.effect for a in rows[:3]] == ["weaker"] * 3


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("local", ["shanting_2021", "weibin_2021"])
def test_the_table_of_a_pair_fits_a_screen(local: str, lang: str) -> None:
    page = Page(80, Words(lang))  # type: ignore[arg-type]
    slippage_page(page, shipped(local))
    assert page.text.count("\n") < 32
    whole = Page(80, Words(lang))  # type: ignore[arg-type]
    slippage_page(whole, shipped(local), every_row=True)
    assert whole.text.count("\n") > 3 * len(shipped(local))
