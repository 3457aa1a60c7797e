"""What reports, plans, statements, edges and traces show in a notebook."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from tied import find

import planlineage as pl
from planlineage.comparing.lineage import Lineage
from planlineage.model.wording import options
from planlineage.output.tables import StatementTable

from .conftest import AS_OF
from .test_hostile import spoiled

VALUES: dict[str, Callable[[Lineage], object]] = {
    "plan": lambda made: made.local,
    "statement": lambda made: find(made.local, "学时"),
    "lineage": lambda made: made,
    "edge": lambda made: made.edges[0],
    "trace": lambda made: made.trace(find(made.local, "行政执法监督体系").id)[0],
    "trace to nothing": lambda made: made.trace(find(made.local, "文化公园").id)[0],
    "coverage": pl.Coverage,
    "slippage": pl.Slippage,
    "deadlines": lambda made: pl.DeadlineReport(made.local, AS_OF, made),
    "statements": lambda made: StatementTable(made.local),
}
ALLOWED = {
    "div",
    "style",
    "p",
    "b",
    "small",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "mark",
    "ins",
    "del",
    "span",
    "code",
    "details",
    "summary",
}


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: list[str] = []
        self.attributes: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def shown(value: object) -> str:
    return value._repr_html_()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("name", VALUES)
def test_shows_plain_balanced_html(known: Lineage, name: str) -> None:
    page = shown(VALUES[name](known))
    tags = _Tags(page)
    assert not tags.open
    assert set(tags.met) <= ALLOWED
    assert tags.met.count("style") == 1
    assert set(tags.attributes) == {"class"}, "no inline styles"


@pytest.mark.parametrize("name", VALUES)
def test_hostile_words_are_only_words(known: Lineage, name: str) -> None:
    made = Lineage(spoiled(known.local), [spoiled(u) for u in known.uppers], known.edges)
    tags = _Tags(shown(VALUES[name](made)))
    assert set(tags.met) <= ALLOWED
    assert set(tags.attributes) == {"class"}


def test_a_trace_shows_both_texts_with_their_differences(known: Lineage) -> None:
    page = shown(VALUES["trace"](known))
    assert "<mark>2025</mark>" in page
    assert "<mark>2024</mark>" in page
    assert "<del>工作</del>" in page
    assert "2024-12-31 / 2025-12-31" in page
    assert "adapted<br>" in page
    with options.speaking("zh"):
        assert "改写落实<br>" in shown(VALUES["trace"](known))


def test_reprs_are_one_short_line(known: Lineage) -> None:
    for name in ("plan", "edge", "trace"):
        assert re.fullmatch(r"\w+\(.{5,200}\)", repr(VALUES[name](known)))


def test_long_tables_say_how_much_is_left_out(known: Lineage) -> None:
    table = StatementTable(known.local)
    table.shown_rows = 3  # type: ignore[misc]
    assert f"{len(table) - 3} more rows" in shown(table)
