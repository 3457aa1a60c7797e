"""销号: what is done is closed with its day, its approver and the evidence; older ledgers learn it without losing anything."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import planlineage as pl
from planlineage.output.notices import Notice
from planlineage.output.yearly_report import YearlyReport
from planlineage.progress import schema
from planlineage.progress.errors import BadEntryError
from planlineage.progress.log import LedgerLog
from planlineage.progress.status import status
from planlineage.progress.store import Progress

TASK = "9.29-2rwar"
CLOSING: dict[str, Any] = {"closed_on": "2023-12-10", "approver": "王某", "evidence": "验收单1号"}

OLDER = {  # an event as version 0.2.0 stored it
    "plan": "shanting_2021",
    "task": TASK,
    "effective_on": "2023-11-30",
    "reported_on": "2023-12-01",
    "status": "done",
    "unit": "",
    "evidence": "",
    "note": "备注",
    "reporter": "区司法局",
    "place": "山东省枣庄市山亭区",
    "corrects": "",
    "source": "",
    "source_row": "",
    "fingerprint": "322c6696c2dde1db",
    "id": "fc2f43f94c0970185af1",
    "seq": 1,
    "recorded_at": "2026-11-25T14:49:47.142561+00:00",
    "digest": "176271b1ca4b7bb7be2c063906c43964e7d8b055c4be16fab000ed0e6c02f639",
}


def test_a_closing_stands_beside_the_day_on_which_it_was_done(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, TASK, status="done", effective_on="2023-11-30", reported_on="2023-12-01")
    closing = ledger.add(plan, TASK, **CLOSING)
    assert (closing.status, str(closing.effective_on), closing.approver) == ("done", "2023-12-10", "王某")
    (row,) = [r for r in status(plan, ledger, datetime.date(2023, 12, 31)) if r.id == TASK]
    assert (str(row.done_on), str(row.closed_on), row.approver) == ("2023-11-30", "2023-12-10", "王某")
    assert "2023-12-10销号（王某审批）" in [reason.text("zh") for reason in row.reason]
    (before,) = [r for r in status(plan, ledger, datetime.date(2023, 12, 5)) if r.id == TASK]
    assert (str(before.done_on), before.closed_on, before.approver) == ("2023-11-30", None, "")


def test_one_row_may_say_done_and_closed(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, TASK, status="已完成", effective_on="2023-11-30", **CLOSING)
    for day, closed in (("2023-12-09", None), ("2023-12-10", datetime.date(2023, 12, 10))):
        (row,) = [r for r in status(plan, ledger, datetime.date.fromisoformat(day)) if r.id == TASK]
        assert (row.status, row.closed_on) == ("done", closed)
    ledger.add(plan, TASK, status="in_progress", percent=80, effective_on="2024-01-10")
    (row,) = [r for r in status(plan, ledger, datetime.date(2024, 1, 31)) if r.id == TASK]
    assert (row.closed_on, row.approver) == (None, ""), "what is taken up again is not closed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"approver": ""}, "approver"),
        ({"evidence": ""}, "evidence"),
        ({"closed_on": None}, "closed_on"),
        ({"status": "in_progress"}, "status"),
        ({"status": "done", "effective_on": "2023-12-11"}, "closed_on"),
        ({"closed_on": "2099-01-01"}, "closed_on"),
        ({"closed_on": "2001-01-01"}, "closed_on"),
    ],
)
def test_a_closing_names_day_approver_and_evidence(
    ledger: Progress, plan: pl.Plan, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadEntryError) as caught:
        ledger.add(plan, TASK, **(CLOSING | wrong))
    assert (caught.value.field, len(ledger)) == (field, 0)


def test_the_year_is_drafted_from_what_the_units_said(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, TASK, status="done", effective_on="2023-11-30", note="平台上线", reporter="区司法局")
    ledger.add(plan, TASK, **CLOSING)
    ledger.add(plan, "8.26-r3ue4", percent=40, effective_on="2023-06-30", problems="人手不足。", next_step="下半年招录")
    found = status(plan, ledger, datetime.date(2024, 1, 31))
    parts = dict(p.partition("\n")[::2] for p in YearlyReport(found, 2023).markdown.split("\n## "))
    assert "2023-12-10销号（王某审批）。平台上线。\\[2\\]\\[3\\]" in parts["二、主要做法"]
    assert "人手不足。\\[1\\]" in parts["三、存在问题"]
    assert "逾期未完成" in parts["三、存在问题"]
    assert "下半年招录。\\[1\\]" in parts["四、下一步安排"]
    assert "其中已销号1项" in "".join(getattr(b, "text", "") for b in Notice(found, "bulletin").blocks)


def _older(path: Path) -> None:
    with sqlite3.connect(path) as store:
        store.executescript(schema._FIRST)
        marks = ", ".join("?" * len(OLDER))
        store.execute(f"INSERT INTO events ({', '.join(OLDER)}) VALUES ({marks})", tuple(OLDER.values()))
    store.close()


def test_an_older_ledger_is_read_as_it_is_and_brought_up_when_written(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    _older(path)
    before = path.read_bytes()
    with Progress(path, readonly=True) as ledger:
        (event,) = ledger.events()
        assert (event.id, event.note, event.approver, ledger.event(event.id).closed_on) == (
            OLDER["id"],
            "备注",
            "",
            None,
        )
    assert pl.verify_progress(path).sound
    assert path.read_bytes() == before
    with Progress(path) as ledger:
        again = ledger.add(
            plan,
            TASK,
            status="done",
            effective_on="2023-11-30",
            reported_on="2023-12-01",
            reporter="区司法局",
            note="备注",
        )
        assert (again.id, len(ledger)) == (OLDER["id"], 1), "the same report is one event still"
        ledger.add(plan, TASK, **CLOSING)
    assert pl.verify_progress(path, head=str(OLDER["digest"])).sound
    made = tmp_path / "new.db"
    Progress(made).close()
    with Progress(path) as ledger:
        assert schema.altered_rules(ledger._open()) == []


def test_an_altered_approver_is_found_out(ledger: Progress, plan: pl.Plan) -> None:
    ledger.add(plan, TASK, status="done", effective_on="2023-11-30", **CLOSING)
    ledger.close()
    with sqlite3.connect(ledger.path) as store:
        (rule,) = store.execute("SELECT sql FROM sqlite_master WHERE name = 'events_stay'").fetchone()
        store.executescript(f"DROP TRIGGER events_stay; UPDATE events SET approver = '李某'; {rule};")
    store.close()
    assert [damage.check for damage in pl.verify_progress(ledger.path)] == ["seal"]


def test_marks_in_a_note_are_shown_as_they_were_typed(ledger: Progress, plan: pl.Plan) -> None:
    note = "<script>甲</script> **乙** [丙](http://x) | 丁"
    ledger.add(plan, TASK, status="done", effective_on="2023-11-30", note=note)
    told = status(plan, ledger, datetime.date(2023, 12, 31))
    text = YearlyReport(told, 2023).markdown
    assert "乙" in text
    assert not any(mark in text for mark in ("<script>", "**乙", "[丙](", " | 丁"))
    for html in (told._repr_html_(), LedgerLog(ledger.events())._repr_html_()):
        assert "<script>" not in html
    assert "&lt;script&gt;甲" in html
