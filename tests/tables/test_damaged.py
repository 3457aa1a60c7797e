"""Damage of each kind, alone and together, in small made-up tables."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, strategies as st

from planlineage.reading.scanned import recover_table
from planlineage.reading.tables import Row, Table, find_tables, read_table

Check = Callable[[str, Table], None]
Reader = Callable[[str], Table]

HEADER = "一级指标\t二级指标\t三级指标\n"
TOPICS = (
    "河道巡查全部留痕并按月通报。",
    "垃圾分类覆盖所有小区和单位。",
    "老旧电梯一律建立安全档案。",
    "图书馆延长夜间开放的时间。",
    "学校食堂公示原料采购来源。",
    "公交线路按客流每季度调整。",
    "社区诊所配齐常用急救药品。",
    "农贸市场设立公平秤和台账。",
    "消防通道划线并由专人看管。",
    "养老机构接受不定期的抽查。",
    "工地扬尘实行在线监测预警。",
    "供热企业公开报修热线电话。",
)


def rows_of(numbers: range) -> str:
    """Plain numbered lines without headings."""
    return "".join(f"\t{n}\t{TOPICS[n % len(TOPICS)]}\n" for n in numbers)


def find(table: Table, number: str) -> Row:
    (row,) = [row for row in table.rows if row.number == number]
    return row


def numbers(table: Table) -> list[str | None]:
    return [row.number for row in table.rows]


def test_numbers_glued_to_text_and_rows_glued_to_each_other(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER
        + "一、民生服务\t1. 便民设施。\t1\t河道巡查留痕。\n"
        + "\t2 垃圾分类覆盖小区。\t3 老旧电梯建立档案。 4 图书馆延长开放。\n"
        + "2. 安全监管。5 学校食堂公示来源。\t6 公交线路按季调整。\n"
        + "\t7\t社区诊所配齐药品。\n"
    )
    assert numbers(table) == ["1", "2", "3", "4", "5", "6", "7"]
    assert [find(table, n).heading for n in "145"] == ["1. 便民设施", "1. 便民设施", "2. 安全监管"]
    assert find(table, "4").text == "图书馆延长开放。"
    assert find(table, "7").quality == "clean"
    assert find(table, "4").quality == "repaired"


def test_a_number_inside_a_sentence_is_no_row(damaged_table: Reader) -> None:
    table = damaged_table(HEADER + "\t1 期满前公告。 30 日内答复。每 5 年一次。\t2 公开。\n" + rows_of(range(3, 9)))
    assert numbers(table) == [str(n) for n in range(1, 9)]
    assert find(table, "1").text == "期满前公告。30日内答复。每5年一次。"


def test_lost_numbers_are_inferred_only_where_the_count_fits(damaged_table: Reader) -> None:
    fits = damaged_table(HEADER + rows_of(range(1, 6)) + f"\t\t{TOPICS[6]}\n\t\t{TOPICS[7]}\n" + rows_of(range(8, 11)))
    assert numbers(fits) == [str(n) for n in range(1, 11)]
    assert find(fits, "7").text == TOPICS[7]
    assert find(fits, "7").quality == "repaired"
    unfit = damaged_table(HEADER + rows_of(range(1, 6)) + f"\t\t{TOPICS[6]}\n" + rows_of(range(8, 11)))
    assert unfit.missing == ("6", "7")
    assert [row.text for row in unfit.rows if row.number is None] == [TOPICS[6]]
    assert unfit.rows[5].quality == "doubtful"


def test_a_row_that_is_gone_is_listed_not_invented(damaged_table: Reader) -> None:
    table = damaged_table(HEADER + "错位\t\n" + rows_of(range(1, 5)) + rows_of(range(6, 12)))
    assert table.missing == ("5",)
    assert "5" not in numbers(table)


def test_a_text_broken_by_a_page_gap_is_joined(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER + rows_of(range(1, 6)) + "\t6\t对涉及健康、\n\n\t\t安全的事项全程记录。\n" + rows_of(range(7, 9))
    )
    row = find(table, "6")
    assert row.text == "对涉及健康、安全的事项全程记录。"
    assert len(row.spans) == 2
    assert row.quality == "repaired"


def test_a_doubled_line_is_left_aside(damaged_table: Reader) -> None:
    long = "行政首长最后发言，并在集体讨论的基础上作出决定，同时说明理由。"
    table = damaged_table(HEADER + rows_of(range(1, 6)) + f"\n\t\t{long}\n\t6\t{long}\n" + rows_of(range(7, 9)))
    assert find(table, "6").text == long
    assert [cell.text for cell in table.fragments] == [long]


def test_a_number_beside_a_copy_of_the_next_row_goes_to_the_text_above(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER
        + "一、民生服务\t1. 便民设施。\t1\t河道巡查留痕。\n"
        + rows_of(range(2, 6))
        + f"二、科学决策\t1. 目录管理。\t制定年度目录并公布。\n\t6\t{TOPICS[7]}\n\t7\t{TOPICS[7]}\n"
        + rows_of(range(8, 10))
    )
    assert find(table, "6").text == "制定年度目录并公布。"
    assert find(table, "6").quality == "doubtful"
    assert find(table, "7").text == TOPICS[7]
    assert numbers(table) == [str(n) for n in range(1, 10)]


def test_torn_headings_are_joined_and_untangled(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER
        + "一、民生服务\t1. 便民设施。\t1\t河道巡查留痕。\n\t2\t垃圾分类覆盖。\n"
        + "2. 强化能 节和态 生环 境保 护。\t3 落实节能和生态环境保护要求。\n"
        + "3. 全面推 进政\t4\t实行政务公开清单。\n\n务公开。\t5\t建立新闻发言人制度。\n"
        + "4.\t全 面 落 实 责 任 制。\t<p>6 每年评查案卷。</p> <p>7 投诉得到查处。</p>\n"
    )
    headings = [find(table, n).heading for n in "34567"]
    assert headings == [
        "2. 强化节能和生态环境保护",
        "3. 全面推进政务公开",
        "3. 全面推进政务公开",
        "4. 全面落实责任制",
        "4. 全面落实责任制",
    ]


def test_lost_groups_and_headings_are_inferred_and_doubtful(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER
        + "一、民生服务\t1. 便民设施。\t1\t河道巡查留痕。\n2. 安全监管。\t2\t电梯建立档案。\n"
        + "\t3 1. 调解、仲裁、复议等渠道有机衔接，绝大多数纠纷通过法定渠道解决。\n2. 加强复议。\t4\t复议体制健全。\n"
        + "三、组织保障\t5\t每年听取汇报。\n2. 考核督促。\t6\t纳入考核。\n"
    )
    assert [(row.number, row.group, row.heading) for row in table.rows[2:]] == [
        ("3", "二、", "1."),
        ("4", "二、", "2. 加强复议"),
        ("5", "三、组织保障", "1."),
        ("6", "三、组织保障", "2. 考核督促"),
    ]
    assert [row.quality for row in table.rows] == [
        "clean",
        "clean",
        "doubtful",
        "doubtful",
        "doubtful",
        "clean",
    ]


def test_texts_that_slid_into_the_heading_column_are_no_headings(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER
        + "一、民生服务\t1. 便民设施。\t1\t河道巡查留痕。\n\t2\t公厕延长开放。\n"
        + "2. 落实清单制度。\t3\t公布权力清单。\n3. 加强食品监管。\t4\t收费实行清单制度。\n"
        + "4. 推进食品抽检全覆盖。\t5\t食堂公示食品来源。\n\t6\t推进食品抽检全覆盖。\n4. 改善交通。\t7\t公交线路调整。\n"
    )
    assert [row.heading for row in table.rows] == [
        *["1. 便民设施"] * 2,
        *["2. 落实清单制度"] * 2,
        *["3. 加强食品监管"] * 2,
        "4. 改善交通",
    ]
    assert table.rows[3].quality == "doubtful"


def test_additions_that_start_anew_are_kept_apart(damaged_table: Reader) -> None:
    table = damaged_table(
        HEADER
        + "一、民生服务\t1. 便民设施。\t1\t河道巡查留痕。\n"
        + rows_of(range(2, 7))
        + "二、附加项\t1. 加分项。\t1 获得表彰的。\n\t2\t做法推广的。\n2. 减分项。\t1\t弄虚作假的。\n"
    )
    assert [(row.number, row.kind) for row in table.rows[6:]] == [
        ("1", "bonus"),
        ("2", "bonus"),
        ("1", "deduction"),
    ]
    assert table.missing == ()


@st.composite
def damaged_tables(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A table damaged at random, and the numbers and texts that it was made from."""
    count = draw(st.integers(6, 14))
    # Each text has letters of its own, so that no two of them are alike.
    sizes = draw(st.lists(st.integers(12, 20), min_size=count, max_size=count))
    texts = ["".join(chr(0x4E10 + 20 * at + letter) for letter in range(size)) for at, size in enumerate(sizes)]
    whole = [f"{text}。" for text in texts]
    out = [HEADER]
    dropped = -2
    for at, text in enumerate(whole):
        number = at + 1
        # Two numbers lost side by side, or the first or last one, leave room for doubt: not drawn here.
        kinds = ["plain", "glued", "tagged", "gap", "doubled", "torn"]
        if 0 < at < count - 1 and at - dropped > 1:
            kinds.append("lost")
        kind = draw(st.sampled_from(kinds))
        if kind == "lost":
            dropped = at
        out.append(
            {
                "plain": f"\t{number}\t{text}\n",
                "glued": f"\t{number} {text}\n",
                "tagged": f"\t\t<p>{number} {text}</p>\n",
                "gap": f"\n\t{number}\t{text}\n\n",
                "doubled": f"\t\t{text}\n\t{number}\t{text}\n",
                "torn": f"\t{number}\t{text[:9]}，\n\n\t\t{text[9:]}\n",
                "lost": f"\t\t{text}\n",
            }[kind]
        )
        whole[at] = f"{text[:9]}，{text[9:]}" if kind == "torn" else text
    return "".join(out), [(str(at + 1), text) for at, text in enumerate(whole)]


@given(damaged_tables())
def test_what_was_damaged_at_random_is_recovered(case: tuple[str, list[tuple[str, str]]]) -> None:
    text, truth = case
    table = recover_table(text, find_tables(text)[0])
    assert table is not None
    assert [(row.number, row.text) for row in table.rows] == truth


PIECES = st.sampled_from(
    [
        *"\t\t\t\t\n\n\n 。、，",
        " | ",
        "|",
        "1",
        "2",
        "3",
        "12",
        "1. ",
        "2.",
        "一、",
        "二、甲乙",
        "（一）",
        "<p>",
        "</p>",
        "--",
        "清单制度",
        "务 公 开。",
        "全面推进政务公开。",
        "公开",
        "加分项",
        "序号",
        "三级指标",
        "abc",
        "\u3000",
        "\x1c",
        "5 年",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["tab", "bar"]))
def test_nothing_vanishes_whatever_comes(assert_tiles: Check, soup: str, delimiter: str) -> None:
    sequence = "".join(f"\t{n}\t清单{n}。\n" for n in range(1, 7))
    glue = "\t" if delimiter == "tab" else " | "
    for text in (soup, HEADER + sequence + soup, f"甲{glue}乙\n丙{glue}丁\n{soup}\n戊{glue}己"):
        for region in find_tables(text):
            for table in (read_table(text, region), recover_table(text, region)):
                if table is not None:
                    assert_tiles(text, table)
