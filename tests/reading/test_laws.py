"""Laws that hold of every document, found out by made-up ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from hypothesis import given, settings
from invented import documents, plans
from laws import assert_lawful

from planlineage import parse_text
from planlineage.model.files import plan_from_json, plan_json


@given(documents)
def test_nothing_is_lost_and_everything_leads_back_to_the_page(text: str) -> None:
    assert_lawful(parse_text(text))


@given(documents)
def test_a_plan_that_is_written_and_loaded_again_is_the_same_plan(text: str) -> None:
    plan = parse_text(text)
    loaded = plan_from_json(plan_json(plan), where="here")
    assert loaded == plan
    assert plan_json(loaded) == plan_json(plan)


@given(documents)
def test_reading_twice_gives_the_same_plan(text: str) -> None:
    assert parse_text(text) == parse_text(text)


@given(documents)
def test_the_source_text_is_kept_unchanged(text: str) -> None:
    plan = parse_text(text)
    kept = text.removeprefix("\ufeff")  # the mark at the head of a file is no part of its text
    assert plan.source.length == len(kept)
    assert plan.source.text == kept[plan.source.start : plan.source.start + len(plan.source.text)]


@settings(max_examples=3)
@given(plans)
def test_another_process_with_other_hash_seeds_reads_the_same_plan(text: str) -> None:
    program = (
        "import json, sys, planlineage as pl; from planlineage.model.files import plan_json; "
        "sys.stdout.write(json.dumps(plan_json(pl.parse_text(json.loads(sys.stdin.read())))))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(text),
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {json.dumps(plan_json(parse_text(text)))}
