"""What holds of every task table, whatever stands in its cells and in whatever format it comes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st
from laws import assert_spans_tile

from planlineage.reading.parse import parse
from task_tables import FORMATS, tasks

WORDS = "绿道台账网络管护驿站名录标牌巡查经费评价里程节点公园湿地林荫岸线步道桥梁"
FORMS = ("html", "docx", "xlsx", "csv", "tabs", "bars", "markdown")

units = st.lists(
    st.sampled_from(["区司法局", "区财政局", "区建设局", "各街道", "区水务局"]), min_size=1, max_size=3, unique=True
)
dates = st.sampled_from(["2026年6月底前", "2027年底前", "长期坚持", "2026年9月", "每年12月底前"])
contents = st.text(WORDS, min_size=4, max_size=30).map(lambda words: f"完善{words}。")
rows = st.lists(
    st.tuples(contents, units, st.just([]) | units, dates), min_size=2, max_size=7, unique_by=lambda row: row[0]
)
headers = st.sampled_from(
    [
        ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
        ["编号", "主要举措", "主责部门", "参与部门", "时间节点"],
        ["序号", "整改措施", "牵头部门", "责任单位", "整改时限"],
    ]
)


@given(headers, rows)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_each_row_is_one_task_the_same_in_every_format_and_no_cell_is_lost(
    header: list[str], found: list[tuple[str, list[str], list[str], str]]
) -> None:
    cells = [
        [str(n), what, "、".join(who), "、".join(more), when] for n, (what, who, more, when) in enumerate(found, 1)
    ]
    table = {"title": "青云区绿道任务分工表", "header": header, "rows": cells}
    read = []
    for form in FORMS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table"
            path.write_bytes(FORMATS[form](table))
            plan = parse(path, id="x", level="district", place="青云区")
        assert_spans_tile(plan)
        read.append(tasks(plan))
    assert [task[0] for task in read[0]] == [what for what, *_ in found]
    assert [task[1] for task in read[0]] == [" ".join(who) for _, who, _, _ in found]
    assert all(other == read[0] for other in read[1:])
