"""The 2019 indicator system as it came out of text recognition, against what a person reads in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planlineage.reading.scanned import recover_table
from planlineage.reading.tables import Table, find_tables, read_table

Check = Callable[[str, Table], None]

# First and last number under each second-level heading, by group: read by eye from the text and its content. A heading
# whose title is gone from the text is known by its number alone.
HEADINGS = {
    "一": ["1-6", "7-9", "10-11", "12-13", "14-18", "19-21", "22-22"],
    "二": ["23-25", "26-28", "29-32", "33-35"],
    "三": ["36-37", "38-40", "41-42", "43-44", "45-46", "47-49"],
    "四": ["50-53", "54-57", "58-61", "62-64", "65-67", "68-71"],
    "五": ["72-75", "76-78", "79-80", "81-83"],
    "六": ["84-86", "87-89", "90-92"],
    "七": ["93-94", "95-96"],
    "八": ["97-98", "99-100"],
}
OPENINGS = {
    1: "向社会公布",
    6: "政务服务重点",
    7: "对外公布",
    14: "制经济",
    19: "应当由",
    26: "除依法需要",
    27: "对公民、法人",
    28: "人代表、政协",
    36: "制定重大",
    37: "重大行政决策依法",
    46: "行政首长",
    60: "根据实际",
    62: "行政执法机关作出",
    63: "行政执法机关均",
    66: "行政执法投诉",
    72: "自觉接受党",
    87: "行政复议体制",
    89: "在网站",
    90: "格落实",
    93: "在相同条件下",
    95: "对党章党纪",
    96: "在政府工作",
    97: "将法治政府",
    98: "市县政府",
    99: "党政主要",
    100: "法治建设成效",
}


@pytest.fixture(scope="module")
def source(shared: Path) -> str:
    return (shared / "sources" / "demonstration_indicators_2019.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def table(source: str) -> Table:
    (region,) = find_tables(source)
    found = recover_table(source, region)
    assert found is not None
    return found


def test_nothing_vanishes(source: str, table: Table, assert_tiles: Check) -> None:
    assert_tiles(source, table)


def test_every_number_once_and_in_order(table: Table) -> None:
    items = [row.number for row in table.rows if row.kind == "item"]
    assert items == [str(number) for number in range(1, 101)]
    assert table.missing == ()


def test_groups_and_headings_are_those_a_person_reads(table: Table) -> None:
    read = {row.number: row for row in table.rows if row.kind == "item"}
    wrong = []
    for group, ranges in HEADINGS.items():
        for number_of_heading, ends in enumerate(ranges, 1):
            first, last = map(int, ends.split("-"))
            for number in range(first, last + 1):
                row = read[str(number)]
                rightly = (row.group or "").startswith(f"{group}、") and (row.heading or "").startswith(
                    f"{number_of_heading}."
                )
                if not rightly:
                    wrong.append((number, row.group, row.heading))
    assert wrong == []


def test_texts_begin_as_printed(table: Table) -> None:
    read = {int(row.number or 0): row.text for row in table.rows if row.kind == "item"}
    assert {number: read[number][: len(words)] for number, words in OPENINGS.items()} == OPENINGS


def test_headings_are_read_as_well_as_can_be(table: Table) -> None:
    read = {row.number: row.heading for row in table.rows if row.kind == "item"}
    assert read["1"] == "1. 行政审批制度改革全面推进"
    assert read["22"] == "7. 强化节能和生态环境保护"
    assert read["26"] == "2. 提制度建设公众参与度"  # one letter is gone from the text
    assert read["62"] == "4. 全面推行重大执法决定审核制度"
    assert read["83"] == "4. 全面推进政务公开"
    assert (read["23"], read["50"], read["84"]) == ("1.", "1.", "1.")


def test_bonus_and_deduction_items(table: Table) -> None:
    extra = [(row.number, row.kind, row.group) for row in table.rows if row.kind != "item"]
    assert extra == [
        ("1", "bonus", "九、附加项"),
        ("2", "bonus", "九、附加项"),
        ("1", "deduction", "九、附加项"),
        ("2", "deduction", "九、附加项"),
    ]


def test_guesses_are_marked_as_such(table: Table) -> None:
    doubtful = {int(row.number or 0) for row in table.rows if row.kind == "item" and row.quality == "doubtful"}
    certain = {*range(38, 50), *range(54, 72)}
    assert not doubtful & certain
    # Placed by their words, without a printed number or a heading's title, or cut off at their beginning.
    assert {*range(7, 15), *range(23, 26), *range(27, 33), 36, 72, 87, *range(93, 101)} <= doubtful


@pytest.mark.parametrize(
    ("name", "rows", "first", "last"),
    [
        ("central_三级公立医院绩效考核_国办发2019-4.txt", 55, "门诊人次数与出院人次数比", "医务人员满意度▲"),
        (
            "central_支持创新改革举措推广清单_国办发2018-126.txt",
            17,
            "知识产权民事、刑事、行政案件“三合一”审判",
            "以地方立法形式建立推动改革创新的决策容错机制",
        ),
    ],
)
def test_clean_tables(shared: Path, assert_tiles: Check, name: str, rows: int, first: str, last: str) -> None:
    text = (shared / "corpus" / "state_council_plans" / name).read_text(encoding="utf-8")
    (region,) = find_tables(text)
    table = read_table(text, region)
    assert_tiles(text, table)
    items = [row for row in table.rows if row.kind == "item"]
    assert (len(items), items[0].text, items[-1].text) == (rows, first, last)
    assert all(row.group and row.number for row in items)
    assert all(row.quality != "doubtful" for row in items)
