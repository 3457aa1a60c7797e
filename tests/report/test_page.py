"""The page as text: what it may do, what it holds, and that no plan's text can break out of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import planlineage as pl
from planlineage.comparing.lineage import Lineage
from planlineage.model.errors import OutputError
from planlineage.output.places import short_place
from planlineage.output.report import html_report, write_report
from planlineage.output.report.page import SCRIPTS, embedded

from .conftest import AS_OF, copy_of, told_of

STATIC = Path(pl.__file__).parent / "output" / "report" / "static"
BLOCK = re.compile(r'<script type="application/json" id="data-([\w-]+)">(.*?)</script>', re.DOTALL)


def blocks(page: str) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in BLOCK.findall(page)}


def test_policy_names_the_digests_of_its_own_script_and_style(known: Lineage) -> None:
    page = html_report(known, as_of=AS_OF)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        inner = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inner is not None
        digest = base64.b64encode(hashlib.sha256(inner[1].encode()).digest()).decode()
        assert f"{directive} &#x27;sha256-{digest}&#x27;" in policy[1]
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert "unsafe" not in policy[1]


def test_names_no_address_outside_itself(known: Lineage) -> None:
    page = html_report(known, as_of=AS_OF)
    assert not re.search(r"(?:https?:)?//[a-z]", re.sub(r"//[^\n]*", "", page.split("<script>")[-1]))
    assert not re.search(r'(?:src|href)="(?!#|data:)', page.split("<script>")[0])


def test_scripts_never_read_text_as_markup() -> None:
    for name in SCRIPTS:
        code = (STATIC / name).read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", code), name


def test_data_say_what_the_reports_say(known: Lineage) -> None:
    data = blocks(html_report(known, as_of=AS_OF))
    coverage, slippage = pl.Coverage(known), pl.Slippage(known)
    pair = data["pair-0"]
    assert pair["rate"] == round(coverage.rate, 4)
    assert pair["interval"] == [round(x, 4) for x in coverage.interval]
    assert len(pair["coverage"]) == len(coverage)
    assert len(pair["slippage"]) == sum(answer.aspect != "clause" for answer in slippage)
    assert len(pair["deadlines"]) == len(pl.DeadlineReport(known.local, AS_OF, known))
    assert [e[4] for e in pair["edges"]] == [e.confidence for e in known.edges]
    assert data["summary"]["as_of"] == "2024-10-31"


def test_a_later_report_makes_a_view_of_promises(known: Lineage) -> None:
    assert blocks(html_report(known, as_of=AS_OF))["summary"]["locals"][0]["followed"] == 0
    data = blocks(html_report(known, as_of=AS_OF, follow_ups=[told_of(known)]))
    [told] = data["pair-0"]["followed"]
    assert [row[3] for row in told["rows"]] == [row.verdict for row in told_of(known)]
    assert any("权责清单" in words for row in told["rows"] for words in row[7])


def test_pieces_point_at_their_words(known: Lineage) -> None:
    data = blocks(html_report(known, as_of=AS_OF))
    plans = [data["plan-0"], data["plan-1"]]
    for edge, row in zip(known.edges, data["pair-0"]["edges"], strict=True):
        ours, theirs = plans[0]["statements"][row[0]][3], plans[1]["statements"][row[2]][3]
        flat = row[5]
        found = [
            (ours[a:b] if a >= 0 else "", theirs[c:d] if c >= 0 else "")
            for _, a, b, c, d in (flat[i : i + 5] for i in range(0, len(flat), 5))
        ]
        assert found == [(p.local, p.upper) for p in edge.evidence.pieces]


def test_every_plan_stands_in_the_page_once(known: Lineage) -> None:
    data = blocks(html_report([known, copy_of(known, 2), copy_of(known, 3)], as_of=AS_OF))
    ids = [block["id"] for name, block in data.items() if name.startswith("plan-")]
    assert sorted(ids) == ["central", "place02", "place03", "weibin"]


def test_the_same_input_makes_the_same_page(known: Lineage) -> None:
    assert html_report(known, as_of=AS_OF) == html_report(known, as_of=AS_OF)


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--",
        "]]>",
        "&lt;",
        "\u2028\u2029",
        "\ud800",
        "\x00\x7f",
        '"\\',
        "{{script}}",
        "\U00020000",
    ],
)
def test_data_can_not_end_their_element(text: str) -> None:
    made = embedded({"text": text})
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff\x00-\x1f\x7f]", made)
    assert json.loads(made) == {"text": text}
    made.encode("utf-8")


def test_reasons_are_told_in_chinese(known: Lineage) -> None:
    summary = blocks(html_report(known, as_of=AS_OF))["summary"]
    assert summary["reasons"]
    assert not [zh for zh, en in summary["reasons"] if re.search("the upper|dropped|lower", zh)]


def test_a_folder_is_not_written_over(known: Lineage, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_report(known, tmp_path, as_of=AS_OF)


def test_plans_without_any_edge_and_without_tasks(tmp_path: Path) -> None:
    empty = pl.parse_text("关于召开会议的通知\n\n现将有关事项通知如下。\n", id="note", level="district")
    bare = pl.parse_text("某某\n", id="bare", level="central")
    data = blocks(html_report(Lineage(empty, [bare], []), as_of=AS_OF))
    assert data["pair-0"]["rate"] == 0
    assert html_report([], as_of=AS_OF).startswith("<!doctype html>")


def test_shipped_plans_are_under_three_megabytes() -> None:
    lineages = [pl.link(name, "central_2021") for name in ("shanting_2021", "weibin_2021")]
    page = html_report(lineages, as_of=AS_OF)
    assert len(page.encode()) < 1_000_000


def test_short_names_of_places(district: pl.Plan) -> None:
    def short(place: str) -> str:
        return short_place(district.model_copy(update={"place": place}))

    assert short("河南省新乡市卫滨区") == "卫滨区"
    assert short("河南省新乡市红旗区") == "红旗区"
    assert short("") == ""
    assert short("某地") == "某地"


def test_the_ledger_stands_beside_the_deadlines(known: Lineage, tmp_path: Path) -> None:
    task = next(s for s in known.local.tasks if s.deadlines)
    with pl.Progress(tmp_path / "ledger.db") as ledger:
        ledger.add(known.local, task.id, percent=40, effective_on=AS_OF, reporter="区司法局")
    told = pl.status(known.local, tmp_path / "ledger.db", as_of=AS_OF)
    pair = blocks(html_report(known, as_of=AS_OF, status=told))["pair-0"]
    rows = [progress for *_, progress in pair["deadlines"] for progress in progress]
    assert [(r[2], r[5]) for r in rows if r[2] is not None] == [(40, "区司法局")]
    without = blocks(html_report(known, as_of=AS_OF))["pair-0"]
    assert all(row[-1] == [] for row in without["deadlines"])
