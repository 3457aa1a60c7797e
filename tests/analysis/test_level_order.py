"""Plans given in the wrong order, or twice, are refused."""

from __future__ import annotations

import pytest

import planlineage as pl
from planlineage import LevelOrderError


def test_swapped_plans_are_refused_and_the_error_says_so() -> None:
    with pytest.raises(LevelOrderError, match="swapped"):
        pl.link("central_2021", "shanting_2021")
    with pytest.raises(LevelOrderError):
        pl.coverage("central_2021", "shanting_2021")


def test_two_upper_plans_of_one_id_are_refused() -> None:
    with pytest.raises(LevelOrderError, match="same id"):
        pl.link("shanting_2021", ["central_2021", "central_2021"])


def test_a_plan_of_unknown_level_links_to_any() -> None:
    local = pl.parse_text("一、职责\n健全行政裁量权基准制度，细化量化裁量标准。\n二、保障\n加强经费保障。")
    assert local.level is None
    assert pl.link(local, "central_2021").uppers[0].id == "central_2021"


@pytest.mark.parametrize("empty", [(), []])
def test_no_upper_plan_at_all_is_an_error(empty: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        pl.link("shanting_2021", empty)
