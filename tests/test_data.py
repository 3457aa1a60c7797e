"""The shipped plans: rebuilt from their sources to the same bytes, valid, official text only."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from laws import assert_lawful

from planlineage import Plan, json_schema, load, shipped_ids
from planlineage.model.files import plan_json

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = sorted(p for p in DATA.rglob("*.json") if p.name != "plan.schema.json")


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_every_file_is_what_the_sources_give_when_built_again(root: Path, shared: Path) -> None:
    build = runpy.run_path(str(root / "tools" / "build_data.py"))["build"]
    built: dict[Path, str] = build(shared / "sources")
    assert {p.relative_to(root) for p in built} == {p.relative_to(root) for p in DATA.rglob("*.json")}
    stale = [p.name for p, text in built.items() if p.read_text(encoding="utf-8") != text]
    assert not stale, "run `python tools/build_data.py`"


def test_the_published_schema_is_the_models() -> None:
    published = json.loads((DATA / "plan.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(published)
    assert published == json_schema()


def test_each_plan_fits_the_published_schema(path: Path) -> None:
    schema = json.loads((DATA / "plan.schema.json").read_text(encoding="utf-8"))
    plan = json.loads(path.read_text(encoding="utf-8"))
    # Of a long plan every fifth clause and statement: one is written as the other.
    some = {key: value[::5] if isinstance(value, list) and len(value) > 500 else value for key, value in plan.items()}
    Draft202012Validator(schema).validate(some)


def test_each_plan_is_lawful_and_written_in_the_one_form(path: Path) -> None:
    plan = load(path)
    assert_lawful(plan)
    assert plan.id == path.stem
    assert plan_json(plan) == path.read_text(encoding="utf-8")


def source_of(path: Path, root: Path, shared: Path) -> tuple[str, bytes]:
    entry = tomllib.loads((DATA / "plans.toml").read_text(encoding="utf-8"))[path.stem]
    found: tuple[str, bytes] = runpy.run_path(str(root / "tools" / "build_data.py"))["source_of"](
        entry, shared / "sources"
    )
    return found


def test_each_plan_names_the_digest_of_its_source(path: Path, root: Path, shared: Path) -> None:
    name, text = source_of(path, root, shared)
    source = load(path).source
    assert (source.name, source.sha256) == (name, hashlib.sha256(text).hexdigest())


def test_the_shipped_ids_are_the_files_and_the_curators_list(path: Path) -> None:
    assert path.stem in shipped_ids()
    assert sorted(tomllib.loads((DATA / "plans.toml").read_text(encoding="utf-8"))) == sorted(shipped_ids())


def test_only_the_official_document_is_redistributed(path: Path, root: Path, shared: Path) -> None:
    text = path.read_text(encoding="utf-8")
    plan: Plan = load(path)
    page = source_of(path, root, shared)[1].decode()
    others = [page[p.span.start : p.span.end] for p in plan.report.documents if p.role != "plan"]
    sentences = [s for other in others for s in re.split(r"[。；！？\n]", other) if len(s) > 40]
    assert [s for s in sentences if s in text and s not in plan.source.text] == []


def test_the_central_plan_leaves_the_press_explanation_out() -> None:
    plan = load("central_2021")
    assert [p.role for p in plan.report.documents] == ["announcement", "explanation", "plan"]
    assert len(plan.source.text) < plan.source.length
    assert plan.issuer == "中共中央、国务院"
    assert plan.issued is not None
