"""What the tests of the progress store share: a plan, and an empty ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import planlineage as pl
from planlineage.progress.store import Progress


@pytest.fixture(scope="session")
def plan() -> pl.Plan:
    """A shipped district plan."""
    return pl.load("shanting_2021")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Progress]:
    """An empty progress store."""
    with Progress(tmp_path / "ledger.db") as store:
        yield store
