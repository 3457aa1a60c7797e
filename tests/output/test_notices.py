"""催办通知 and 通报: who is in them, what they say, and that Word holds them as offices write them."""

from __future__ import annotations

import datetime
from pathlib import Path

import docx
import pytest

import planlineage as pl
from planlineage.cli.main import main
from planlineage.output.notices import Notice, NoticeKind, notices_by_unit
from planlineage.output.yearly_document import Heading, Paragraph, Table
from planlineage.progress.store import Progress

PLAN = """青云区法治建设工作方案（2024—2025年）

一、任务
（一）公示。2024年3月底前建立公示平台。（区司法局负责）
（二）督查。2024年6月底前开展督查。（区财政局负责）
（三）清理。2024年8月底前完成清理。（区财政局负责）
（四）培训。2025年底前完成培训。（区教育局负责）
"""
DAY = datetime.date(2024, 8, 20)


@pytest.fixture
def status(tmp_path: Path) -> pl.StatusReport:
    plan = pl.parse_text(PLAN, level="district", id="qingyun")
    pl.save_plan(plan, tmp_path / "qingyun.json")
    with Progress(tmp_path / "ledger.db") as ledger:
        ledger.add(plan, "公示平台", status="in_progress", percent=60, effective_on=datetime.date(2024, 3, 1))
    return pl.status(plan, tmp_path / "ledger.db", as_of=DAY)


def told(notice: Notice) -> str:
    return "\n".join(b.text for b in notice.blocks if isinstance(b, Heading | Paragraph))


def test_only_what_is_late_near_or_silent_after_its_day_is_urged(status: pl.StatusReport) -> None:
    notice = Notice(status, answer_by=datetime.date(2024, 8, 31))
    assert {part: [d.item for d in own] for part, own in notice.behind.items()} == {
        "late": ["公示"],
        "soon": ["清理"],
        "silent": ["督查"],
    }
    assert notice.units == ["区司法局", "区财政局"]
    assert "培训" not in str(notice.blocks), "a task of next year is not behind"
    assert "截至2024年8月20日" in told(notice)
    assert "并于2024年8月31日前报送" in told(notice)


def test_the_bulletin_counts_each_unit(status: pl.StatusReport) -> None:
    blocks = Notice(status, "bulletin").blocks
    by_unit = next(b for b in blocks if isinstance(b, Table))
    assert by_unit.rows == (
        ("区司法局", "1", "0", "0", "1", "0"),
        ("区财政局", "2", "0", "0", "0", "1"),
        ("区教育局", "1", "0", "0", "0", "0"),
    )
    assert "共有4项任务，已完成或按期推进0项，占0%" in told(Notice(status, "bulletin"))


@pytest.mark.parametrize("kind", ["urge", "bulletin"])
def test_word_holds_an_upright_page_with_repeated_head_rows(
    status: pl.StatusReport, tmp_path: Path, kind: NoticeKind
) -> None:
    path = Notice(status, kind, issuer="区司法局", red_head="青云区司法局文件").to_docx(tmp_path / "n.docx")
    document = docx.Document(str(path))
    section = document.sections[0]
    assert section.page_width < section.page_height
    lines = [p.text for p in document.paragraphs]
    assert (lines[0], lines[-2], lines[-1]) == ("青云区司法局文件", "区司法局", "2024年8月20日")
    assert all(t.rows[0]._tr.trPr is not None and "tblHeader" in t.rows[0]._tr.xml for t in document.tables)


def test_one_letter_for_each_unit_that_is_behind(status: pl.StatusReport, tmp_path: Path) -> None:
    made = [path.name for path in notices_by_unit(Notice(status), tmp_path / "units")]
    assert made == ["01_区司法局.docx", "02_区财政局.docx"]
    first = docx.Document(str(tmp_path / "units" / made[0]))
    assert first.paragraphs[1].text == "区司法局："
    assert "督查" not in "".join(c.text for t in first.tables for r in t.rows for c in r.cells)


def test_the_command(status: pl.StatusReport, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, ledger, out = (str(tmp_path / name) for name in ("qingyun.json", "ledger.db", "urge.docx"))
    assert main(["progress", "notice", ledger, plan, "--as-of", "2024-08-20", "--out", out]) == 0
    assert "3" in capsys.readouterr().out
    assert main(["progress", "notice", ledger, plan, "--by-unit", "--as-of", "2024-08-20", "--out", out + "s"]) == 0
    assert len(list(Path(out + "s").iterdir())) == 2


def test_the_bulletin_of_a_unit_counts_only_its_own(tmp_path: Path) -> None:
    plan = pl.parse_text(PLAN, level="district", id="qingyun")
    with Progress(tmp_path / "ledger.db") as ledger:
        ledger.add(plan, "公示平台", status="done", effective_on=datetime.date(2024, 3, 1))
        status = pl.status(plan, ledger, as_of=DAY)
    assert "共有4项任务，已完成或按期推进1项" in told(Notice(status, "bulletin"))
    assert "共有2项任务，已完成或按期推进0项" in told(Notice(status, "bulletin", unit="区财政局"))


def test_letters_go_into_no_folder_where_a_file_stands(status: pl.StatusReport, tmp_path: Path) -> None:
    (tmp_path / "units").touch()
    with pytest.raises(pl.OutputError):
        list(notices_by_unit(Notice(status), tmp_path / "units"))


def test_in_english_too(tmp_path: Path) -> None:
    plan = pl.parse_text(PLAN, level="district", id="qingyun")
    notice = Notice(pl.status(plan, as_of=DAY, lang="en"), "bulletin")
    assert "As of 2024-08-20, of 4 tasks" in told(notice)
