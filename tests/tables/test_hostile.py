"""Tables made to be slow: time grows with the length of the text, no faster."""

from __future__ import annotations

import time

import pytest

from planlineage.reading.scanned import recover_table
from planlineage.reading.tables import find_tables, read_table

ROWS = "一级指标\t二级指标\t三级指标\n" + "".join(f"\t{n}\t公开第{n}份清单并接受监督。\n" for n in range(1, 30))
SHAPES = {
    "a line of tabs": lambda size: "甲\t乙\n" + "\t" * size + "\n丙\t丁\n",
    "a line of bars": lambda size: "甲 | 乙\n" + "| " * (size // 2) + "\n丙 | 丁\n",
    "numbers in sentences": lambda size: f"{ROWS}\t30\t" + "。1 公开" * (size // 5),
    "unnumbered texts": lambda size: ROWS + "\t\t公开信息、\n" * (size // 8) + "\t31\t结束。\n",
    "headings": lambda size: ROWS + "1. 公\t2. 开\n" * (size // 10) + "\t30\t结束。\n",
    "torn headings": lambda size: ROWS + "3. 公 开 制 度 建 设\t30\t结束。\n" * (size // 22),
    "tags": lambda size: "甲\t乙\n" + "<p>" * (size // 6) + "\t" + "<p " * (size // 6) + "\t丙\n",
    "blanks": lambda size: "甲\t乙\n中" + " " * size + "\t文\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_bounded(shape: str) -> None:
    text = SHAPES[shape](100_000)
    began = time.perf_counter()
    for region in find_tables(text):
        read_table(text, region)
        recover_table(text, region)
    # A hundredfold of what it takes; a quadratic reader would need minutes.
    assert time.perf_counter() - began < 20


def test_a_million_tabs_end_within_a_second() -> None:
    text = "甲\t乙\n" + "\t" * 1_000_000 + "\n丙\t丁\n"
    began = time.perf_counter()
    for region in find_tables(text):
        read_table(text, region)
        recover_table(text, region)
    assert time.perf_counter() - began < 1
