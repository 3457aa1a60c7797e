"""What a number is a number of: cases/indicators.json, and the annotated targets of work reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planlineage.model.commitments import Target
from planlineage.reading.commitments import figures, recognise

CASES = json.loads((Path(__file__).parent / "cases" / "indicators.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_each_number_has_its_indicator(case: dict[str, Any]) -> None:
    found = [e for e in recognise(case["text"], kinds={"target"}) if isinstance(e, Target)]
    seen = [{field: getattr(t, field) for field in want} for t, want in zip(found, case["targets"], strict=False)]
    assert (len(found), seen) == (len(case["targets"]), case["targets"])


def test_the_item_reaches_from_the_indicator_to_the_number() -> None:
    text = "公路、水路分别完成投资120亿元、30亿元；60%的村达标。"
    assert [text[t.item.start : t.item.end] for t in figures(text)] == [
        "公路、水路分别完成投资120亿元",
        "水路分别完成投资120亿元、30亿元",
        "60%的村达标",
    ]


def test_figures_are_read_in_a_look_back() -> None:
    text = "全年已建成绿道30公里，去年新增学位500个。"
    assert [(t.indicator, t.value) for t in figures(text)] == [("绿道", "30"), ("学位", "500")]
    assert [e for e in recognise(text, kinds={"target"}) if isinstance(e, Target)] == []
