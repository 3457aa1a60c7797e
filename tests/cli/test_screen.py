"""The screen: everything fits the width, columns stand in line, and no document can play tricks on the terminal."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len as width

from planlineage.output.screen.page import Page
from planlineage.output.screen.table import Cell, Column
from planlineage.output.screen.text import clip, cut, harmless, wrap
from planlineage.output.screen.words import Words, _table

from .conftest import Run


def table(shape: list[Column], rows: list[list[Cell | str]], columns: int, *, in_colour: bool = False) -> list[str]:
    """The lines of a page that holds one table."""
    page = Page(columns, Words("zh"), in_colour=in_colour)
    page.table(shape, rows)
    return page.text.split("\n")


TEXT = st.text(st.sampled_from("规划任务，。、“”（）《》2022abc -：") | st.characters(), max_size=60)
CHINESE = st.text(st.sampled_from("规划任务，。、“”（）《》2022abc ："), max_size=60)


@given(TEXT)
def test_harmless_leaves_nothing_to_act_on(text: str) -> None:
    shown = harmless(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert harmless(shown) == shown


@given(CHINESE)
def test_harmless_leaves_honest_text_alone(text: str) -> None:
    assert harmless(text) == text


@given(TEXT, st.integers(2, 30))
def test_cut_and_clip_fit(text: str, columns: int) -> None:
    text = harmless(text)
    assert width(cut(text, columns)) <= columns
    assert width(clip(text, columns)) <= columns


@given(TEXT, st.integers(2, 30))
def test_wrap_fits_and_loses_nothing(text: str, columns: int) -> None:
    text = harmless(text)
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(CHINESE, st.integers(14, 40))
def test_no_line_begins_with_a_closing_mark(text: str, columns: int) -> None:
    kind = "，。、”）》："  # in a row of them, after a blank, or after a long word one may have to begin a line
    text = "".join(c for c in text if c not in " abc-")
    if not any(a in kind and b in kind for a, b in itertools.pairwise(text)):
        assert not [line for line in wrap(text, columns)[1:] if line.startswith(tuple(kind)) and text[0] not in kind]


@given(TEXT, st.integers(4, 30), st.integers(1, 4))
def test_wrap_limits_lines(text: str, columns: int, lines: int) -> None:
    text = harmless(text)
    found = wrap(text, columns, lines=lines)
    assert len(found) <= lines
    assert all(width(line) <= columns for line in found)
    assert found[-1].endswith("…") or len(wrap(text, columns)) <= lines


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=5), st.integers(40, 100))
def test_tables_fit_and_stand_in_line(rows: list[tuple[str, str, str]], columns: int) -> None:
    shape = [Column("甲", lines=0), Column("乙", share=2, lines=3), Column("丙", align="right", share=1)]
    lines = table(shape, [[a, Cell(b, "red"), c] for a, b, c in rows], columns)
    assert all(width(line) <= columns for line in lines)


def test_columns_stand_in_line() -> None:
    lines = table(
        [Column("条款"), Column("任务", share=1, lines=2), Column("数", align="right")],
        [["（一）", "编制权责清单并动态调整，向社会公布", "7"], ["2.4", "report", "120"]],
        40,
    )
    assert lines == [
        "条款    任务                          数",
        "─" * 40,
        "（一）  编制权责清单并动态调整，向     7",
        "        社会公布",
        "2.4     report                       120",
    ]
    assert {width(line) for line in lines} == {40, 16}


def test_colour_does_not_move_columns() -> None:
    rows = [[Cell("已承接", "green"), "编制清单"], [Cell(pieces=(("██", "green"), ("▒", "yellow"))), "调整"]]
    shape = [Column("状态"), Column("任务")]
    plain, coloured = (table(shape, rows, 60, in_colour=on) for on in (False, True))
    assert any("\x1b[32m" in line for line in coloured)
    assert [re.sub(r"\x1b\[\d*m", "", line).rstrip() for line in coloured] == plain


def test_page_of_hostile_text() -> None:
    page = Page(60, Words("zh"))
    evil = "a\x1b]0;title\x07b\u202ec\nd"
    page.banner(evil)
    page.title(evil, evil)
    page.lead(evil, evil)
    page.facts([(evil, evil)])
    page.table([Column(evil.replace("\x1b", ""))], [[evil]])
    assert not set("\x1b\x07\u202e") & set(page.text)


def test_every_key_of_the_model_has_words() -> None:
    from typing import get_args

    from planlineage.analysis.coverage import Status
    from planlineage.analysis.deadlines import STATUSES
    from planlineage.comparing.changes import ChangeName
    from planlineage.linking.explain import Outcome
    from planlineage.linking.review import Action
    from planlineage.linking.review_check import State
    from planlineage.model.levels import Level
    from planlineage.model.lineage import Relation
    from planlineage.model.parts import StatementKind
    from planlineage.model.plan import Plan

    known = _table()
    keys = [f"status.{s}" for s in get_args(Status)] + [f"due.{s}" for s in STATUSES]
    keys += [f"slip.{c}" for c in get_args(ChangeName)] + [f"level.{lv}" for lv in Level]
    keys += [f"relation.{r}" for r in Relation] + [f"kind.{k}" for k in get_args(StatementKind)]
    keys += [f"decide.{a}" for a in get_args(Action)] + [f"decision.{s}" for s in get_args(State)]
    keys += [f"outcome.{o}" for o in get_args(Outcome)]
    keys += [f"state.{s}" for s in get_args(Plan.model_fields["status"].annotation) if s != "unknown"]
    assert not [key for key in keys if key not in known]


@pytest.mark.parametrize("columns", [40, 80, 140])
@pytest.mark.parametrize(
    "argv",
    [
        ["parse", "weibin_2021"],
        ["commitments", "shanting_2021"],
        ["link", "district.txt", "city.json"],
        ["coverage", "district.txt", "city.json"],
        ["coverage", "district.txt", "city.json", "--all", "--lang", "en"],
        ["trace", "权责清单", "district.txt", "city.json"],
        ["trace", "权责清单", "district.txt", "city.json", "--explain"],
        ["review", "district.txt", "city.json", "--below", "1"],
        ["deadlines", "shanting_2021", "--tasks", "all"],
        ["demo"],
    ],
    ids=lambda argv: argv[0] if isinstance(argv, list) else "",
)
def test_every_page_fits(run: Run, monkeypatch: pytest.MonkeyPatch, argv: list[str], columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run(*argv).out
    commands = [line for line in out.splitlines() if line.startswith("    planlineage ")]
    assert not [line for line in out.splitlines() if width(line) > columns and line not in commands]


def test_a_hostile_plan_is_shown_harmless(run: Run, folder: Path) -> None:
    text = "\x1b[2J某区方案\u202e（2021—2025年）\n一、总则\x07\n（一）清单。2022年年底前\x1b[31m编制权责清单。\x9b1m"
    (folder / "evil.txt").write_text(text, encoding="utf-8")
    for argv in (
        ["parse", "evil.txt"],
        ["commitments", "evil.txt"],
        ["coverage", "evil.txt", "city.json"],
        ["deadlines", "evil.txt"],
        ["trace", "编制", "evil.txt", "city.json"],
    ):
        outcome = run(*argv)
        assert outcome.status == 0
        assert not set("\x1b\x07\x9b\u202e") & set(outcome.out), argv
