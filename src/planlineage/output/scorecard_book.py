"""The scorecard as a workbook: the result, the indicators, the items to check, the recurring duties, the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..progress.scorecard import ADDRESSED, CHECKS, OUTCOMES, SHARE, Scorecard
from ..progress.wording import Lang
from .workbook import FILLS, Book, lines_needed

_OUTCOME_FILLS = {"met": "green", "partly": "yellow", "not met": "red", "unknown": "grey"}
_VERDICTS = {"passes": "达到90%", "fails": "未达到", "open": "待定"}
_SHOWN = (
    "number", "group", "subgroup", "text", "addressed", "local_ids", "confidence", "outcome", "grounds", "evidence", "remark",
)  # fmt: skip
_RECURRING = {
    "met": "按期",
    "met late": "逾期完成",
    "missed": "缺期",
    "no report": "无报送",
    "open": "未到期",
}


def write_scorecard(card: Scorecard, path: str | Path) -> Path:
    """Write the workbook. Raises `OutputError` where it can't be written, `MissingExtraError` without openpyxl."""
    lang = card.lang
    book = Book(card.local.name)
    _summary(book, card, lang)
    _indicators(book, card, lang)
    _checks(book, card, lang)
    _duties(book, card, lang)
    _gaps(book, card, lang)
    return book.save(path)


def _(lang: Lang, chinese: str, english: str) -> str:
    return chinese if lang == "zh" else english


def _name(card: Scorecard) -> str:
    place = card.local.place or card.local.name
    return _(card.lang, f"{place}法治政府建设示范指标自评表", f"{place}: scorecard")


def _summary(book: Book, card: Scorecard, lang: Lang) -> None:
    sheet = book.sheet(_(lang, "总览", "Summary"))
    low, high = card.range
    note = _(lang, f"截至{card.day}，依据《{card.plan.name}》", f"As of {card.day}, by {card.plan.name}")
    head = book.title(sheet, _name(card), note, 8)
    facts: list[tuple[str, Any]] = [
        (_(lang, "指标总数", "Indicators"), len(card.indicators)),
        (_(lang, "本地规划已覆盖（含部分）", "Addressed by the plan, at least in part"), card.addressed),
        (_(lang, "已达标", "Met"), card.count("met")),
        (_(lang, "部分达标", "Partly met"), card.count("partly")),
        (_(lang, "未达标", "Not met"), card.count("not met")),
        (_(lang, "待评（无资料）", "Unknown (nothing reported)"), card.count("unknown")),
        (_(lang, "达标率", "Share met"), f"{low:.0%}"),
        (_(lang, "待评各项均达标时的达标率", "Share if all unknown were met"), f"{high:.0%}"),
        (_(lang, f"对照{SHARE:.0%}标准", f"Against {SHARE:.0%}"), _(lang, _VERDICTS[card.verdict], card.verdict)),
        (_(lang, "已发生的减分项", "Deductions that occurred"), len(card.deductions)),
        (_(lang, "已发生的摘牌情形", "Grounds for withdrawal that occurred"), sum(bool(c.occurred) for c in card.grounds)),
    ]  # fmt: skip
    for number, (name, value) in enumerate(facts, head):
        book.put(sheet, number, 1, name, border=True, bold=True)
        book.put(sheet, number, 2, value, border=True, align="center")
    groups = card.by_group()
    start = head + len(facts) + 1
    titles = [
        _(lang, *pair)
        for pair in (
            ("一级指标", "Group"), ("指标数", "Indicators"), ("已覆盖", "Addressed"), ("达标", "Met"), ("部分达标", "Partly"),
            ("未达标", "Not met"), ("待评", "Unknown"), ("达标率", "Share met"),
        )
    ]  # fmt: skip
    book.headers(sheet, start, titles, [44, 14, 11, 11, 11, 11, 11, 11])
    for number, row in enumerate(groups.rows(), start + 1):
        for i, key in enumerate(groups.columns, 1):
            style = {"number_format": "0%"} if key == "share_met" else {}
            book.put(sheet, number, i, row[key], border=True, align="left" if i == 1 else "center", **style)
    book.printed(sheet, start, lang, start + len(groups), len(titles))


def _table(
    book: Book, name: str, card: Scorecard, titles: Sequence[str], widths: Sequence[float],
    rows: Sequence[Sequence[Any]], fills: dict[tuple[int, int], str],
) -> None:  # fmt: skip
    """A sheet with a table; `fills` gives the colour of single cells by row and column, from 0."""
    sheet = book.sheet(name)
    head = book.title(
        sheet, f"{_name(card)}　{name}", _(card.lang, f"截至{card.day}", f"As of {card.day}"), len(titles)
    )
    book.headers(sheet, head, titles, widths)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            style = {"fill": FILLS[fills[r, c]]} if (r, c) in fills else {}
            if isinstance(value, float):
                style["number_format"] = "0.00"
            book.put(sheet, head + 1 + r, c + 1, value, border=True, **style)
        sheet.row_dimensions[head + 1 + r].height = min(400, 12.5 * lines_needed(row, widths) + 4)
    book.printed(sheet, head, card.lang, head + len(rows), len(titles))


def _indicators(book: Book, card: Scorecard, lang: Lang) -> None:
    titles = [
        "序号",
        "一级指标",
        "二级指标",
        "三级指标",
        "规划覆盖",
        "对应任务",
        "置信度",
        "自评",
        "依据",
        "佐证材料",
        "备注",
    ]
    english = [
        "No.", "Group", "Subgroup", "Indicator", "Addressed", "Local tasks", "Confidence", "Outcome", "Grounds", "Evidence",
        "Remark",
    ]  # fmt: skip
    rows, fills = [], {}
    for r, (item, row) in enumerate(zip(card.items, card.rows(), strict=True)):
        rows.append([row[key] for key in _SHOWN])
        if item.kind == "indicator":
            fills[r, 7] = _OUTCOME_FILLS[item.outcome]
    name = _(lang, "指标自评", "Indicators")
    _table(
        book,
        name,
        card,
        titles if lang == "zh" else english,
        [6, 12, 14, 46, 9, 14, 7, 8, 24, 16, 14],
        rows,
        fills,
    )


def _checks(book: Book, card: Scorecard, lang: Lang) -> None:
    zh = lang == "zh"
    kinds = {"bonus": _(lang, "加分项", "Bonus"), "deduction": _(lang, "减分项", "Deduction")}
    rows = [
        [kinds[i.kind], i.text, CHECKS[i.occurred][0 if zh else 1], row["evidence"], i.remark, row["ids"]]
        for i, row in zip(card.items, card.rows(), strict=True)
        if i.kind in kinds
    ] + [
        [_(lang, "摘牌情形", "Ground for withdrawal"), c.text, CHECKS[c.occurred][0 if zh else 1], "", c.remark, c.id]
        for c in card.grounds
    ]  # fmt: skip
    titles = ["类别", "内容", "核查结果", "佐证材料", "备注", "编号"]
    english = ["Kind", "Text", "Result", "Evidence", "Remark", "Id"]
    _table(
        book,
        _(lang, "加减分与摘牌情形", "Checks"),
        card,
        titles if zh else english,
        [14, 60, 12, 24, 28, 26],
        rows,
        {},
    )


def _duties(book: Book, card: Scorecard, lang: Lang) -> None:
    zh = lang == "zh"
    rows, fills = [], {}
    for r, row in enumerate(card.duties.rows()):
        outcome = str(row["outcome"])
        rows.append(
            [
                row["text"],
                row["rhythm"],
                row["due"],
                _RECURRING[outcome] if zh else outcome,
                row["done_on"],
                row["id"],
            ]
        )
        if outcome != "open":
            fills[r, 3] = {"missed": "red", "no report": "grey"}.get(outcome, "green")
    titles = ["内容", "频次", "应完成", "情况", "完成日期", "编号"]
    english = ["Text", "Rhythm", "Due", "Outcome", "Done on", "Id"]
    _table(
        book,
        _(lang, "经常性义务", "Recurring"),
        card,
        titles if zh else english,
        [64, 18, 12, 10, 12, 24],
        rows,
        fills,
    )


def _gaps(book: Book, card: Scorecard, lang: Lang) -> None:
    zh = lang == "zh"
    rows = [
        [
            i.number, i.group, i.subgroup, i.text, ADDRESSED[i.addressed] if zh else i.addressed,
            OUTCOMES[i.outcome] if zh else i.outcome,
        ]
        for i in card.gaps
    ]  # fmt: skip
    titles = ["序号", "一级指标", "二级指标", "三级指标", "规划覆盖", "自评"]
    english = ["No.", "Group", "Subgroup", "Indicator", "Addressed", "Outcome"]
    _table(
        book,
        _(lang, "未覆盖指标", "Gaps"),
        card,
        titles if zh else english,
        [6, 16, 20, 76, 12, 10],
        rows,
        {},
    )
