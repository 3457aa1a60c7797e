"""Where tables begin and end."""

from __future__ import annotations

import pytest

from planlineage.reading.tables import find_tables


def found(text: str) -> list[str]:
    return [text[region.span.start : region.span.end] for region in find_tables(text)]


def test_a_table_ends_where_prose_begins() -> None:
    text = "为做好工作，制定本表。\n序号\t事项\n1\t公开清单\n2\t清理收费\n此件公开发布。\n"
    assert found(text) == ["序号\t事项\n1\t公开清单\n2\t清理收费"]


def test_page_gaps_page_numbers_and_torn_headings_belong_to_the_table() -> None:
    text = "序号\t事项\n1\t公开清单\n\n— 12 —\n\n2\t清理收费\n务 公 开。\n3\t普法宣传\n"
    assert found(text) == [text.strip()]


@pytest.mark.parametrize("between", ["附件2", "注：本表由办公室解释。", "以下各项由各部门负责落实，按照职责分工推进。"])
def test_a_caption_or_prose_parts_two_tables(between: str) -> None:
    text = f"序号\t事项\n1\t公开清单\n{between}\n序号\t事项\n1\t清理收费\n"
    assert len(found(text)) == 2


def test_a_new_header_starts_a_new_table() -> None:
    assert len(found("序号\t事项\n1\t公开清单\n\n序号\t责任单位\n1\t司法局\n")) == 2


def test_tabs_and_bars_are_not_mixed() -> None:
    regions = find_tables("序号\t事项\n1\t公开清单\n序号 | 事项\n1 | 清理收费\n")
    assert [region.delimiter for region in regions] == ["tab", "bar"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一、总体要求\n坚持党的领导。\n",
        "\t首行缩进的一段话。\n\t又一段话。\n",
        "一、总体要求\t1\n二、主要任务\t3\n三、保障措施\t12\n",
        "甲方：某局\t乙方：某公司\n正文。\n",
    ],
    ids=["nothing", "prose", "indented prose", "table of contents", "one line"],
)
def test_what_is_no_table(text: str) -> None:
    assert found(text) == []


def test_offsets_count_from_the_start_of_the_text() -> None:
    text = "甲\t乙\n1\t2\n" * 2 + "正文。\n序号\t事项\n1\t公开\n"
    at = text.index("正文")
    (region,) = find_tables(text, at)
    assert text[region.span.start : region.span.end] == "序号\t事项\n1\t公开"
