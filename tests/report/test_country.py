"""The page of a survey: thousands of rows of which only those in sight are made, search, and places with pages of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

import planlineage as pl
from planlineage.output import country

from .conftest import Visit

ROWS = ".row:not(.head)"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> pl.Survey:
    return pl.survey(
        ["weibin_2021", "shanting_2021"], upper="central_2021", out=tmp_path_factory.mktemp("out"), workers=1
    )


def test_what_the_page_says(visit: Visit, found: pl.Survey, tmp_path: Path) -> None:
    page = visit.go(pl.write_country(found, tmp_path / "country.html"))
    assert page.locator(ROWS).count() == 2
    first = found.ranking[0]
    assert f"{int(first.rate * 100)}%" in page.locator(ROWS).first.inner_text()
    gaps = page.locator(".gaps tr")
    assert gaps.count() == len(found.gaps)
    assert found.gaps[0].text in gaps.first.inner_text()
    page.fill("#search", "山亭")
    visit.until(lambda: page.locator(ROWS).count() == 1)
    page.get_by_role("button", name="山亭区").click()
    assert "--place" in page.locator(".how").inner_text()


def test_a_place_has_a_page_of_its_own_once_it_is_asked_for(visit: Visit, found: pl.Survey, tmp_path: Path) -> None:
    pl.write_country(found, tmp_path / "country.html", places=["weibin_2021"])
    page = visit.go(pl.write_country(found, tmp_path / "country.html"))  # what was made before is still led to
    page.get_by_role("link", name="卫滨区").click()
    visit.asked.clear()  # of the place's own page, on disk
    assert page.locator("h1").inner_text() == "卫滨区法治政府建设实施方案（2021—2025年）"
    with pytest.raises(pl.SurveyError, match="holds no plan"):
        pl.write_country(found, tmp_path / "country.html", places=["nowhere"])


def test_parts_stand_in_the_order_of_the_upper_text(found: pl.Survey, tmp_path: Path) -> None:
    parts = country._data(found, tmp_path)["uppers"]["central_2021"]["parts"]
    upper = pl.load("central_2021")
    order = list(dict.fromkeys(upper.label(upper.path(s.clause)[0].id) for s in upper.tasks))
    assert parts == [part for part in order if part in parts] and len(parts) > 5


def test_ids_that_are_no_file_names_have_pages_of_their_own(tmp_path: Path) -> None:
    text = "# 某区法治建设实施方案\n\n一、加强执法\n\n严格执行行政执法公示制度。\n"
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("a b.md", "a_b.md", "a#b.md"):
        (folder / name).write_text(f"{text}\n完善{name}。\n", "utf-8")
    found = pl.survey(folder, upper="central_2021", out=tmp_path / "out", workers=1)
    pl.write_country(found, tmp_path / "country.html", places=["a b", "a_b", "a#b"])
    assert len(list((tmp_path / "places").glob("*.html"))) == 3


def test_thousands_of_rows_cost_as_little_as_a_screen_of_them(
    visit: Visit, found: pl.Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = {"year": 2021, "level": "district", "rate": 0.5, "low": 0.4, "high": 0.6, "of": 20, "page": ""}
    plans = [
        {**plan, "id": f"p{n}", "place": f"第{n}县", "rank": n, "parts": [[n % 21, 20], None]} for n in range(3000)
    ]
    big = {"uppers": {"central": {"title": "纲要", "year": None, "plans": plans, "parts": ["一", "二"]}}}
    monkeypatch.setattr(country, "_data", lambda *_: big)
    page = visit.go(pl.write_country(found, tmp_path / "big.html"))
    assert page.locator(ROWS).count() < 80
    page.evaluate("document.querySelector('.rows').scrollTop = 1e9")
    visit.until(lambda: "第2999县" in page.locator(ROWS).last.inner_text())
    assert page.locator(ROWS).count() < 80
    page.get_by_role("columnheader", name="一").get_by_role("button").click()
    visit.until(lambda: "100" in page.locator(ROWS).first.inner_text())
