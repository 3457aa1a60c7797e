"""Lines that say who is responsible: every wording, in every shape, in every format, for the tasks above them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rendering

import planlineage as pl
from planlineage.analysis.task_sheet import TaskSheet
from task_tables import HAS_FONT

Said = tuple[str, str, str, str]
"""Lead, support, guide, until when."""

WORDINGS: dict[str, Said] = {
    "牵头单位：区司法局；配合单位：区财政局、各街道；完成时限：2026年6月底前": (
        "区司法局",
        "区财政局、各街道",
        "",
        "2026年6月底前",
    ),
    "牵头单位：区司法局；责任单位：区财政局；配合单位：各街道": ("区司法局", "区财政局、各街道", "", ""),
    "责任单位：区司法局、区财政局": ("区司法局、区财政局", "", "", ""),
    "责任部门：区住房城乡建设局（人防办）、各镇（街道）": ("区住房城乡建设局（人防办）、各镇（街道）", "", "", ""),
    "责任单位：区司法局牵头，各镇（街道）配合；时间要求：2026年12月": (
        "区司法局",
        "各镇（街道）",
        "",
        "2026年底前",
    ),
    "主责单位：区建设局；参与单位：区财政局；时间节点：长期坚持": ("区建设局", "区财政局", "", "持续推进"),
    "指导单位：市民政局；落实单位：各街道": ("各街道", "", "市民政局", ""),
    "区司法局牵头，区财政局、各街道配合，2026年9月底前完成": ("区司法局", "区财政局、各街道", "", "2026年9月底前"),
    "区司法局会同区财政局负责": ("区司法局", "区财政局", "", ""),
    "区司法局、区财政局按职责分工负责": ("区司法局、区财政局", "", "", ""),
    "区司法局、区财政局等部门按职责分工负责，持续推进": ("区司法局、区财政局", "", "", "持续推进"),
    "市司法局指导，区司法局负责落实": ("区司法局", "", "市司法局", ""),
    "区司法局牵头负责，区财政局参与，立即落实": ("区司法局", "区财政局", "", "立即"),
    "由区发展改革委牵头，区财政局协助": ("区发展改革委", "区财政局", "", ""),
    "区委依法治区办、区司法局，2026年底前": ("区委依法治区办、区司法局", "", "", "2026年底前"),
}
ACTS = (
    "建立公示平台",
    "编制权责清单",
    "开展执法培训",
    "组织案卷评查",
    "公布监督电话",
    "完善裁量基准",
    "规范文书格式",
    "健全考核办法",
)
SHAPES: dict[str, tuple[str, int]] = {
    "in the sentence that closes its paragraph": ("开展{act}自查。{act}（{note}）。", 2),
    "behind the sentence": ("开展{act}自查。{act}。（{note}）", 2),
    "in 【】 behind it": ("开展{act}自查。{act}。【{note}】", 2),
    "half width": ("开展{act}自查。{act}。({note})", 2),
    "own paragraph": ("开展{act}自查。{act}。\n（{note}）", 2),
    "own paragraph in 【】": ("开展{act}自查。{act}。\n【{note}】", 2),
    "own line": ("开展{act}自查。{act}。\n{note}", 2),
    "alone in its item": ("{act}。\n（{note}）", 1),
}
FORMATS: dict[str, Callable[[rendering.Content], bytes]] = {
    "txt": lambda content: rendering.plain(content).encode(),
    "html": rendering.as_page,
    "docx": rendering.as_docx,
    "pdf": lambda content: rendering.as_pdf(content, "WenQuanYi Zen Hei"),
}


def cases() -> list[tuple[str, Said, int]]:
    """Each wording in each shape: its item, what it says, and for how many sentences."""
    found = []
    for shape, (item, count) in SHAPES.items():
        for wording, said in WORDINGS.items():
            if shape == "own line" and "：" not in wording:
                continue  # no line that a reader could tell from a task
            found.append((item.replace("{note}", wording), said, count))
    return found


def document() -> tuple[str, list[list[Said]]]:
    """A plan of all cases, an item each, and what holds for the sentences of each item."""
    parts, expected = ["青云区法治政府建设工作方案", "一、重点任务"], []
    for number, (item, said, count) in enumerate(cases(), 1):
        act = ACTS[number % len(ACTS)]
        parts.append(f"{number}．第{number}项工作。{item.format(act=f'{act}第{number}号')}")
        expected.append([said] * count)
    return "\n".join(parts), expected


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_unit_line_in_every_format(form: str, tmp_path: Path) -> None:
    if form == "pdf" and not HAS_FONT:
        pytest.skip("needs the Debian package fonts-wqy-zenhei")
    text, expected = document()
    path = tmp_path / f"plan.{form}"
    path.write_bytes(FORMATS[form](rendering.content_of("plan", text)))
    plan = pl.parse(path, level="district", place="青云区")
    items = [c.id for c in plan.clauses if c.number.rstrip("．").isdigit()]
    found: dict[str, list[Said]] = {item: [] for item in items}
    for task in TaskSheet(plan):
        support = "、".join((*task.responsible, *task.support))
        said = "、".join(task.lead), support, "、".join(task.guide), "；".join(task.due)
        found[plan.numbered(plan.statement(task.id).clause).id].append(said)
    assert list(found.values()) == expected
