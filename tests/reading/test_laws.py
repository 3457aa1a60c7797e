"""Laws that hold of every document, found out by made-up ones."""

from __future__ import annotations

from hypothesis import given
from invented import documents, plans
from laws import assert_lawful

from planlineage import parse_text
from planlineage.model.files import plan_from_json, plan_json


@given(documents)
def test_nothing_is_lost_and_everything_leads_back_to_the_page(text: str) -> None:
    assert_lawful(parse_text(text))
