"""The report in a real browser: opened from disk, used with mouse and keyboard, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tied import find

from planlineage.comparing.lineage import Lineage
from planlineage.linking.review import Decision, Decisions
from planlineage.output.report import write_report

from .conftest import AS_OF, Visit, told_of

VIEWS = ("summary", "coverage", "deadlines", "slippage", "read", "review", "print")


def test_opens_from_disk_in_silence(visit: Visit, one: Path) -> None:
    page = visit.go(one)
    assert page.locator("h1").inner_text() == "卫滨区法治政府建设实施方案（2021—2025年）"
    assert "95% 置信区间" in page.locator(".figures").inner_text()
    for view in VIEWS:
        page = visit.go(one, f"#weibin/{view}")
        assert page.locator("main").inner_text()


def test_nothing_can_be_fetched(visit: Visit, one: Path) -> None:
    page = visit.go(one)
    said = page.evaluate("fetch('https://example.org/').then(() => 'fetched', () => 'refused')")
    assert said == "refused"
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert all("Content Security Policy" in line for line in visit.said)
    visit.said.clear()
    visit.asked.clear()  # it counts what a policy stopped as asked for


def test_filter_sort_and_search(visit: Visit, one: Path) -> None:
    page = visit.go(one, "#weibin/coverage")
    rows = page.locator("#coverage-table tbody tr")
    every = rows.count()
    page.select_option("#coverage-status", "gap")
    gaps = rows.count()
    assert 0 < gaps < every
    assert f"显示 {gaps} 条，共 {every} 条" in page.locator("#coverage .count").inner_text()
    page.get_by_role("button", name="清除筛选").click()
    assert rows.count() == every
    page.fill("#coverage-search", "学时")
    visit.until(lambda: rows.count() == 1)
    assert "60学时" in rows.first.inner_text()
    page.fill("#coverage-search", "没有这样的话")
    page.wait_for_selector("text=没有符合条件的条目")
    page.fill("#coverage-search", "")
    visit.until(lambda: rows.count() == every)
    head = page.locator("#coverage-table th[data-key=deadline]")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    days = [d for d in page.locator("#coverage-table td.day").all_inner_texts() if d]
    assert days == sorted(days) == ["2022-12-31", "2023-12-31", "2024-12-31"]
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert [d for d in page.locator("#coverage-table td.day").all_inner_texts() if d] == days[::-1]


def test_slippage_shows_what_changed(visit: Visit, one: Path) -> None:
    page = visit.go(one, "#weibin/slippage")
    page.select_option("#slippage-aspect", "target")
    text = page.locator("#slippage-table tbody").inner_text()
    assert "≥ 60 学时" in text
    assert "≥ 40 学时" in text
    assert "上级要求不少于60学时，本级为不少于40学时，要求降低" in text
    page.select_option("#slippage-aspect", "recurrence")
    assert "每年 ≥ 1 次" in page.locator("#slippage-table tbody").inner_text()


def test_promises_stand_beside_what_the_report_says(visit: Visit, one: Path, known: Lineage, tmp_path: Path) -> None:
    page = visit.go(one, "#weibin/promises")
    assert "承接率" in page.locator("main").inner_text(), "without a report there is no such view"
    told = write_report(known, tmp_path / "told.html", as_of=AS_OF, follow_ups=[told_of(known)])
    page = visit.go(told, "#weibin/promises")
    assert page.locator("#top nav a[aria-current=page]").inner_text() == "兑现"
    page.fill("#promises-0-search", "权责清单")
    visit.until(lambda: "权责清单编制完成" in page.locator("#promises-0-table tbody").inner_text())


def test_shown_rows_are_saved_as_csv(visit: Visit, one: Path) -> None:
    page = visit.go(one, "#weibin/deadlines")
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出所列").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeff序号,工作事项,主要内容")
    assert "2024-12-31 / 2025-12-31" in text


def test_hover_lights_up_the_source_with_its_differences(visit: Visit, one: Path, known: Lineage) -> None:
    page = visit.go(one, "#weibin/read")
    sentence = find(known.local, "行政执法监督体系")
    source = find(known.uppers[0], "行政执法监督工作体系")
    page.locator(f'[id="weibin/{sentence.id}"]').hover()
    page.wait_for_selector(f'[id="central/{source.id}"].lit')
    assert page.locator(f'[id="central/{source.id}"] del').all_inner_texts() == ["年底", "工作"]
    assert page.locator(f'[id="weibin/{sentence.id}"] mark').first.inner_text() == "2025", "a number changes as a whole"
    panel = page.locator(".panel").inner_text()
    assert "改写落实" in panel
    assert "0.97" in panel
    assert "2024-12-31 或 2025-12-31" in panel
    page.mouse.move(2, 2)
    page.wait_for_selector("a.lit", state="detached")
    assert page.locator(f'[id="central/{source.id}"]').inner_text() == source.text


def test_click_pins_and_names_the_sentence_in_the_address(visit: Visit, one: Path, known: Lineage) -> None:
    page = visit.go(one, "#weibin/read")
    sentence = find(known.local, "权责清单")
    page.locator(f'[id="weibin/{sentence.id}"]').click()
    assert page.url.endswith(f"#weibin/{sentence.id}")
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert page.locator("a.lit").count() == 1


def test_deep_links(visit: Visit, one: Path, known: Lineage) -> None:
    for plan in (known.local, known.uppers[0]):
        wanted = find(plan, "权责清单")
        page = visit.go(one, f"#{plan.id}/{wanted.id}")
        page.wait_for_selector(f'[id="{plan.id}/{wanted.id}"].active')
    bare = find(known.local, "学时").id
    page = visit.go(one, f"#{bare}")
    page.wait_for_selector(f'[id="weibin/{bare}"].active')
    page = visit.go(one, "#nobody/nothing")
    assert "卫滨区" in page.locator("h1").inner_text()


def test_back_button_returns(visit: Visit, one: Path) -> None:
    page = visit.go(one, "#weibin/summary")
    page.get_by_role("link", name="时限", exact=True).click()
    page.wait_for_selector("#deadlines-table")
    page.go_back()
    page.wait_for_selector(".figures")


def test_keyboard_alone(visit: Visit, one: Path, known: Lineage) -> None:
    page = visit.go(one, "#weibin/read")
    first = known.local.statements[0]
    page.locator(f'[id="weibin/{first.id}"]').focus()
    wanted = find(known.local, "一网通办")
    for _ in known.local.statements:
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.id") == f"weibin/{wanted.id}":
            break
    source = find(known.uppers[0], "一网通办")
    page.wait_for_selector(f'[id="central/{source.id}"].lit')
    assert "原文照录" in page.locator("#live").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == f"central/{source.id}"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == f"weibin/{wanted.id}"
    page.keyboard.press("Escape")
    assert page.locator("a.lit").count() == 0


def test_skip_link_and_tab_order(visit: Visit, one: Path) -> None:
    page = visit.go(one)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_language_switch(visit: Visit, one: Path) -> None:
    page = visit.go(one, "#weibin/coverage")
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Coverage"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.activeElement.id") == "language"
    page.locator("nav").get_by_role("link", name="Slippage").click()
    page.wait_for_selector("#slippage-table")
    assert "Deadlines" in page.locator("#slippage-table").inner_text()
    page.get_by_role("button", name="中文").click()
    assert page.locator("h1").inner_text() == "变化"


def test_decisions_are_saved_and_read_back(visit: Visit, one: Path, known: Lineage, tmp_path: Path) -> None:
    page = visit.go(one, "#weibin/review")
    page.fill("#reviewer", "李四")
    page.select_option("#review-limit", "2")
    cards = page.locator(".cards").first.locator("article")
    assert cards.count() == len(known.edges)
    cards.filter(has_text="学时").get_by_role("button", name="否定").click()
    cards.filter(has_text="一网通办").get_by_role("button", name="认可").click()
    cards.filter(has_text="合法性审核").locator("select").select_option("verbatim")
    gap = page.locator("form.gap").first
    gap.locator("input").fill("本区没有此事项")
    gap.get_by_role("button").click()
    with page.expect_download() as saved:
        page.locator("#save-decisions").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    made = Decisions.load(file)
    assert file.suffix == ".jsonl"
    assert made.text == file.read_text(encoding="utf-8"), "the page writes what the library writes"
    found = {d.action: d for d in made.made}
    assert set(found) == {"reject", "accept", "relabel", "justify"}
    hours = find(known.local, "学时")
    assert (found["reject"].local_id, found["reject"].local_fingerprint) == (hours.id, hours.fingerprint)
    assert found["relabel"].relation == "verbatim"
    assert found["justify"].note == "本区没有此事项"
    assert {d.reviewer for d in made.made} == {"李四"}

    page.evaluate("localStorage.clear()")
    page = visit.go(one, "#weibin/review")
    assert page.locator("[data-decided]").inner_text() == "0"
    page.set_input_files("#load-decisions", file)
    page.wait_for_selector("text=已读取 4 项决定")
    page.select_option("#review-limit", "2")
    page.select_option("#review-which", "decided")
    assert page.locator(".cards").first.locator("article").count() == 3
    assert page.locator('button.do-reject[aria-pressed="true"]').count() == 1
    with page.expect_download() as again:
        page.locator("#save-decisions").click()
    assert Path(again.value.path()).read_bytes() == file.read_bytes()
    other = tmp_path / "other.json"
    other.write_text("[1, 2", encoding="utf-8")
    page.set_input_files("#load-decisions", other)
    page.wait_for_selector("text=这不是决定文件")


def test_decisions_that_the_report_was_made_with_are_shown(visit: Visit, known: Lineage, tmp_path: Path) -> None:
    edge = known.edges[4]
    upper, local = known.uppers[0], known.local
    reject = Decision.about("reject", upper, edge.upper_id, local, edge.local_id, reviewer="王五")
    file = write_report(known, tmp_path / "decided.html", as_of=AS_OF, decisions=Decisions(made=(reject,)))
    page = visit.go(file, f"#weibin/{edge.local_id}")
    assert page.locator("[data-decided]").count() == 0
    assert "没有找到" in page.locator(".panel").inner_text()
    page = visit.go(file, "#weibin/review")
    assert page.locator("[data-decided]").inner_text() == "1"


def test_a_decision_pressed_again_is_taken_back(visit: Visit, one: Path) -> None:
    page = visit.go(one, "#weibin/review")
    button = page.get_by_role("button", name="认可").first
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("[data-decided]").inner_text() == "1"
    button.click()
    assert page.locator("[data-decided]").inner_text() == "0"


def test_switch_between_places(visit: Visit, several: Path) -> None:
    page = visit.go(several)
    assert page.locator("#places-table tbody tr").count() == 3
    assert page.locator("table.map td.heat").count() > 0
    page.select_option("#place", "1")
    page.wait_for_selector(".figures")
    assert "第2区" in page.locator(".facts").inner_text()
    page.get_by_role("link", name="对读").click()
    page.wait_for_selector("a.s[id^='place02/']")
    page.select_option("#place", "2")
    page.wait_for_selector("a.s[id^='place03/']")


def test_prints_the_whole_report(visit: Visit, one: Path, known: Lineage) -> None:
    page = visit.go(one, "#weibin/print")
    text = page.locator("main").inner_text()
    assert all(task.text[:12] in text for task in known.local.tasks)
    paper = page.pdf(format="A4", landscape=True)
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(visit: Visit, several: Path, axe: str, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for place in ("#overview", *(f"#weibin/{view}" for view in VIEWS)):
        page = visit.go(several, place)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        worst = [
            f"{place}: {v['id']} {[n['html'][:120] for n in v['nodes'][:3]]} {v['nodes'][0]['failureSummary'][:300]}"
            for v in found["violations"]
            if v["impact"] in ("serious", "critical", "moderate")
        ]
        assert not worst, "\n".join(worst)


def test_narrow_screen_does_not_scroll_sideways(visit: Visit, several: Path) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    for place in ("#overview", *(f"#weibin/{view}" for view in VIEWS if view != "print")):
        page = visit.go(several, place)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
