"""Every row of the newcomer's tables holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planlineage.reading.commitments import recognise

ROW = re.compile(r"^\| ([^|]+) \| `([^`]+)` \| [^|]+ \|$", re.M)
PAGES = ("commitments.md", "commitments.zh-CN.md")


def rows(page: str) -> list[tuple[str, str]]:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    return [(match[1].strip(), match[2]) for match in ROW.finditer(text)]


@pytest.mark.parametrize(("expression", "normal"), [row for page in PAGES for row in rows(page)])
def test_the_expression_gives_the_normal_form(expression: str, normal: str) -> None:
    assert normal in [found.normal for found in recognise(f"{expression}。")]  # type: ignore[attr-defined]


def test_the_tables_are_found() -> None:
    assert len(rows(PAGES[0])) > 40
