"""The pages of the documentation site: their examples run, twins show the same, no page is left out of the contents."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.name)
def test_every_example_prints_what_it_shows(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


def _shown(page: Path) -> list[str]:
    return re.findall(r"^(?:>>>|\$|\.\.\.) .+", page.read_text(encoding="utf-8"), re.M)


@pytest.mark.parametrize("page", [DOCS / "index.md", *(p for p in TUTORIALS if ".zh-CN" not in p.name)])
def test_the_chinese_page_shows_the_same(page: Path) -> None:
    assert _shown(page) == _shown(page.with_suffix(".zh-CN.md")) != []


def test_every_page_stands_in_the_contents() -> None:
    contents = (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8")
    named = set(re.findall(r": ([\w/]+\.md)$", contents, re.M))
    assert named == {str(p.relative_to(DOCS)) for p in DOCS.rglob("*.md") if ".zh-CN" not in p.name}


def test_the_reference_has_every_public_name() -> None:
    import planlineage

    named = re.findall(r"^::: planlineage\.(\w+)$", (DOCS / "reference.md").read_text(encoding="utf-8"), re.M)
    assert sorted([*named, "__version__"]) == sorted(planlineage.__all__)
