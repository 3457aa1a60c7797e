"""The outer frame of official documents (GB/T 9704), in a Word file and in plain text."""

from __future__ import annotations

import datetime

import pytest
from word import p, table, word

from planlineage.reading.parse import parse_text
from planlineage.reading.source import decode

HEAD = ["000001", "机密★1年", "特急", "某某市人民政府文件", "某政发〔2021〕5号 签发人：张三"]
LINES = [
    "某某市人民政府",
    "关于印发某某市法治政府建设实施方案的通知",
    "各县（市、区）人民政府，市政府各部门：",
    "现将《某某市法治政府建设实施方案（2021—2025年）》印发给你们，请认真贯彻执行。",
    "附件：1．某某市法治政府建设实施方案（2021—2025年）",
    "2．任务分工表",
    "某某市人民政府",
    "2021年9月8日",
    "（此件公开发布）",
    "附件1",
    "某某市法治政府建设实施方案",
    "（2021—2025年）",
    "为贯彻落实上级部署，制定本方案。",
    "一、重点任务",
    "（一）健全清单。2022年年底前编制完成权责清单，并向社会公布。",
    "（二）加强监督。对行政执法进行检查，每年至少一次。",
    "附件2",
    "任务分工表",
]
ROWS = [["序号", "任务", "完成时限"], ["1", "编制权责清单", "2022年12月"], ["2", "开展执法检查", "每年12月"]]
TAIL = ["抄送：市委办公室，市人大常委会办公室。", "某某市人民政府办公室 2021年9月8日印发"]


def as_text() -> bytes:
    return "\n".join([*HEAD, *LINES, *("\t".join(row) for row in ROWS), *TAIL]).encode()


def as_word() -> bytes:
    """With the head in a frame of one column, as many templates have it."""
    head = table(["".join(map(p, HEAD))])
    return word(head + "".join(map(p, LINES)) + table(*ROWS) + "".join(map(p, TAIL)))


@pytest.mark.parametrize("made", [as_text, as_word])
def test_every_part_of_the_frame_has_its_place(made):
    if made is as_word:
        pytest.importorskip("lxml")
    plan = parse_text(decode(made(), name="notice"))
    assert plan.title == "某某市法治政府建设实施方案（2021—2025年）"
    assert (plan.number, plan.issuer, plan.issued) == (
        "某政发〔2021〕5号",
        "某某市人民政府",
        datetime.date(2021, 9, 8),
    )
    assert [c.id for c in plan.clauses if c.parent is None] == [
        "frame",
        "preamble",
        "foot",
        "annex1",
        "annex2",
    ]
    assert [s.text for s in plan.tasks] == [
        "2022年年底前编制完成权责清单，并向社会公布。",
        "对行政执法进行检查，每年至少一次。",
        "编制权责清单",
        "开展执法检查",
    ]
    assert not any(r.code == "numbering-gap" for r in plan.report.remarks)
    assert plan.report.unread == 0
