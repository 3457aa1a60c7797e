"""Scans are read by OCR in the tests of scans only; elsewhere the extra counts as not installed."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _without_ocr(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.name != "test_scans.py":
        monkeypatch.setattr("planlineage.reading.formats.scans.can_read", lambda: False)
