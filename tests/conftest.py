"""What all tests share: the folder of real documents, and how deep the search for counterexamples goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from real import AT_HAND, FOLDER, WHY_NOT

from planlineage import options

os.environ["PLANLINEAGE_LANG"] = "zh"  # the screens are looked at in Chinese, whatever speaks here
options.language = "en"  # what the library says is looked at in English

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "same every time",
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "search", parent=settings.get_profile("same every time"), derandomize=False, max_examples=1000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same every time"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents; tests that need it are skipped where it is not at hand."""
    if not AT_HAND:
        pytest.skip(WHY_NOT)
    return FOLDER


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English, for tests that look at them."""
    monkeypatch.setenv("PLANLINEAGE_LANG", "en")
