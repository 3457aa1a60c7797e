"""Fifty places in one file: each is read from the page only when it is looked at."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planlineage.comparing.lineage import Lineage
from planlineage.output.report import write_report

from .conftest import AS_OF, Visit, copy_of


@pytest.fixture(scope="module")
def fifty(known: Lineage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    many = [copy_of(known, n) for n in range(1, 51)]
    return write_report(many, tmp_path_factory.mktemp("many") / "fifty.html", as_of=AS_OF)


def test_fifty_places_open_and_switch_quickly(visit: Visit, fifty: Path) -> None:
    begun = time.monotonic()
    page = visit.go(fifty)
    assert time.monotonic() - begun < 5
    assert page.locator("#places-table tbody tr").count() == 50
    page.fill("#places-search", "第49区")
    visit.until(lambda: page.locator("#places-table tbody tr").count() == 1)
    begun = time.monotonic()
    page.select_option("#place", "48")
    page.wait_for_selector(".figures")
    assert time.monotonic() - begun < 3
    assert "第49区" in page.locator(".facts").inner_text()
