"""The kinds of statements, as a model learnt from labelled documents decides them."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, strategies as st
from real import AT_HAND, FOLDER, WHY_NOT

from planlineage import parse, parse_text
from planlineage.model.data import data
from planlineage.model.parts import StatementKind
from planlineage.reading import kinds
from planlineage.reading.kinds import apart, marginals, side_by_side

CASES = json.loads(Path(__file__).with_name("kinds.json").read_text(encoding="utf-8"))
UNLABELLED = ("省自治区/江西省", "主要城市/苏州市", "其他地市/安庆市", "其他地市/朔州市")
"""Places whose reports nobody labelled."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_statements_of_new_documents_are_told_apart(case: dict[str, Any]) -> None:
    plan = parse_text("\n".join(case["text"]))
    for kind, words in case["kinds"]:
        found = [s.kind for s in plan.statements if words in s.text]
        assert found == [kind], words


def test_what_is_read_with_little_confidence_is_unread() -> None:
    plan = parse_text("\n".join(CASES[0]["text"]) + "\n天地玄黄。宇宙洪荒。日月盈昃。")
    learnt = [s for s in plan.statements if "learnt" in s.provenance.method]
    assert learnt
    for statement in learnt:
        assert (statement.kind == "unread") == (statement.provenance.confidence < kinds.LEAST)


def test_the_shipped_model_is_small_and_speaks_of_known_kinds() -> None:
    model = data("planlineage.reading", "kinds_model")
    assert set(model["kinds"]) <= set(get_args(StatementKind))
    path = Path(kinds.__file__).with_name("kinds_model.json")
    assert path.stat().st_size < 500_000


numbers = st.lists(st.integers(-20_000, 20_000), min_size=3, max_size=3)


@given(st.lists(numbers, min_size=1, max_size=60))
def test_numbers_side_by_side_add_up(rows: list[list[int]]) -> None:
    together = sum(side_by_side(row) for row in rows)
    assert list(apart(together, 3)) == [sum(column) for column in zip(*rows, strict=True)]


odds = st.floats(0.01, 1.0)
chains = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(odds, min_size=3, max_size=3), min_size=n, max_size=n),
        st.lists(st.integers(0, 1), min_size=n, max_size=n),
        st.lists(st.lists(st.floats(0.1, 5.0), min_size=3, max_size=3), min_size=2, max_size=2),
        st.lists(st.lists(st.floats(-0.9, 20.0), min_size=3, max_size=3), min_size=2, max_size=2),
    )
)


@given(chains)
def test_marginals_are_those_of_all_runs_of_kinds(
    chain: tuple[list[list[float]], list[int], list[list[float]], list[list[float]]],
) -> None:
    rows, boundaries, come, stay = chain
    total = [[0.0] * 3 for _ in rows]
    for run in itertools.product(range(3), repeat=len(rows)):
        weight = math.prod(row[k] for row, k in zip(rows, run, strict=True))
        for at in range(1, len(rows)):
            before, kind, b = run[at - 1], run[at], boundaries[at]
            weight *= come[b][kind] * (1 + stay[b][kind] * (before == kind))
        for at, kind in enumerate(run):
            total[at][kind] += weight
    for expected, got in zip(total, marginals(rows, boundaries, come, stay), strict=True):
        assert got == pytest.approx([x / sum(expected) for x in expected])


@pytest.mark.skipif(not AT_HAND, reason=WHY_NOT)
def test_what_a_report_looks_back_on_is_no_task() -> None:
    looked_back, tasks = 0, 0
    for place in UNLABELLED:
        for path in sorted((FOLDER / "corpus" / "reports").glob(f"政府工作报告-{place}/*.md"))[:2]:
            plan = parse(path)
            parts = {c.id for c in plan.clauses if "工作回顾" in c.title}
            inside = [s for part in parts for s in plan.within(part) if s.kind != "heading"]
            looked_back += len(inside)
            tasks += sum(s.is_task for s in inside)
    assert looked_back > 200
    assert tasks / looked_back <= 0.04
