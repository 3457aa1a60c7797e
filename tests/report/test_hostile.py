"""Text made to break out of a page: it is shown as it is, and does nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tied import lineage

from planlineage.comparing.lineage import Lineage
from planlineage.model.plan import Plan
from planlineage.output.report import write_report

from .conftest import AS_OF, TIES, Visit, copy_of

HOSTILE = (
    '</script><script>window.ran=1</script><img src=x onerror="window.ran=2"><!-- \'"><svg onload=window.ran=3>'
    '{{script}} ${window.ran=4} javascript:window.ran=5 &lt;b&gt; \u202e\u2066 \u2028 =HYPERLINK("http://x")'
)


def spoiled(plan: Plan, longest: str = "") -> Plan:
    """The plan with hostile words in its title, place, clauses and sentences."""
    statements = tuple(
        s.model_copy(update={"text": s.text + HOSTILE + (longest if i == 5 else "")})
        for i, s in enumerate(plan.statements)
    )
    clauses = tuple(c.model_copy(update={"title": c.title + HOSTILE}) for c in plan.clauses)
    changes = {
        "title": "=cmd()" + HOSTILE,
        "place": plan.place + HOSTILE,
        "issuer": HOSTILE,
        "number": HOSTILE,
    }
    return plan.model_copy(update={**changes, "statements": statements, "clauses": clauses})


@pytest.fixture(scope="module")
def hostile(district: Plan, central: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    local, upper = spoiled(district, "长" * 100_000), spoiled(central)
    made = lineage(local, upper, TIES)
    return write_report([made, copy_of(made, 2)], tmp_path_factory.mktemp("hostile") / "hostile.html", as_of=AS_OF)


@pytest.mark.parametrize("lang", ["中文", "English"])
def test_hostile_text_is_shown_and_does_nothing(visit: Visit, hostile: Path, lang: str) -> None:
    views = ("summary", "coverage", "deadlines", "slippage", "read", "review", "print")
    for place in ("#overview", *(f"#weibin/{view}" for view in views)):
        begun = time.monotonic()
        page = visit.go(hostile, place)
        if page.get_by_role("button", name=lang).count():
            page.get_by_role("button", name=lang).click()
        assert page.evaluate("window.ran") is None, place
        assert page.locator("main :is(img, svg, iframe, script, style, object)").count() == 0, place
        assert "</script><script>window.ran=1</script>" in page.locator("main").inner_text(), place
        assert time.monotonic() - begun < 6, place
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 1


def test_hostile_text_stays_apart_from_what_stands_around_it(visit: Visit, hostile: Path) -> None:
    page = visit.go(hostile, "#weibin/read")
    assert page.locator("a.s").first.evaluate("node => getComputedStyle(node).unicodeBidi") == "isolate"


def test_saved_rows_hold_no_formula(visit: Visit, hostile: Path) -> None:
    page = visit.go(hostile)
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出所列").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert not [line for line in text.splitlines() if line.lstrip('"').startswith(("=", "+", "@"))]


def test_ids_of_any_kind_are_addresses(visit: Visit, known: Lineage, tmp_path: Path) -> None:
    name = '../我的 规划#1/"><i>&amp;%41'
    local = known.local.model_copy(update={"id": name})
    made = Lineage(local, known.uppers, [e.model_copy(update={"local_plan": name}) for e in known.edges])
    file = write_report(made, tmp_path / "named.html", as_of=AS_OF)
    page = visit.go(file)
    page.get_by_role("link", name="对读").click()
    page.wait_for_selector("a.s")
    page.locator("a.s").nth(6).click()
    chosen = page.url
    page = visit.go(file, "#" + chosen.split("#", 1)[1])
    page.wait_for_selector("a.s.active")
    assert page.locator("main i").count() == 0
