"""Plan JSON: what is broken, newer or not there is told, and a file is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from planlineage import OutputError, PlanFileError, UnknownPlanError, json_schema, load, parse_text, save_plan
from planlineage.model import files
from planlineage.model.errors import NewerSchemaError, SourceIsDirectoryError, SourceNotFoundError

PLAN = parse_text("一、总则\n各部门应当编制权责清单。\n二、保障\n加强经费保障。", id="small")


def without(field: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.pop(field)


def changed(**fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.update(fields)


BROKEN = {
    "a field is missing": (without("source"), "source"),
    "a field is unknown": (changed(colour="red"), "colour"),
    "a level that there is not": (changed(level="borough"), "level"),
    "statements are no list": (changed(statements=3), "statements"),
    "a span that ends before it starts": (
        lambda d: d["statements"][0]["span"].update(start=9, end=2),
        "span",
    ),
    "a span outside the source": (
        lambda d: d["statements"][0]["span"].update(start=0, end=9999),
        "span outside",
    ),
    "an id twice": (lambda d: d["statements"].append(d["statements"][0]), "more than once"),
    "a statement in an unknown clause": (lambda d: d["statements"][0].update(clause="9.9"), "unknown clause"),
    "a clause below an unknown one": (lambda d: d["clauses"][0].update(parent="9.9"), "unknown parent"),
    "a clause below itself": (lambda d: d["clauses"][0].update(parent=d["clauses"][0]["id"]), "itself"),
    "no schema version": (without("schema_version"), "schema_version"),
    "a schema version that is a word": (changed(schema_version="one"), "schema_version"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plan_is_refused_and_the_field_named(tmp_path: Path, name: str) -> None:
    spoil, named = BROKEN[name]
    data = json.loads(files.plan_json(PLAN))
    spoil(data)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(PlanFileError, match=named) as refused:
        load(path)
    assert str(path) in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '"plan"',
        "null",
        "[" * 100_000,
        '{"schema_version": 1, "x": ' + '{"a":' * 50_000,
        "\x00\x01",
        "NaN",
    ],
    ids=[
        "empty",
        "cut short",
        "a list",
        "a number",
        "a word",
        "null",
        "too deep",
        "objects too deep",
        "binary",
        "NaN",
    ],
)
def test_what_is_no_plan_json_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanFileError):
        load(path)


def test_json_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(files.plan_json(PLAN).encode("gb18030"))
    with pytest.raises(PlanFileError):
        load(path)


def test_a_newer_schema_version_asks_for_an_upgrade(tmp_path: Path) -> None:
    data = json.loads(files.plan_json(PLAN)) | {"schema_version": files.SCHEMA_VERSION + 1, "new": 1}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(NewerSchemaError, match="upgrade"):
        load(path)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        load(tmp_path / "plan.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(SourceIsDirectoryError):
        load(tmp_path / "folder.json")


def test_a_plan_json_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_JSON_BYTES", 10)
    with pytest.raises(PlanFileError, match="at most 10 are read"):
        load(save_plan(PLAN, tmp_path / "plan.json"))


def test_an_unknown_id_lists_the_shipped_ones() -> None:
    with pytest.raises(UnknownPlanError, match="central_2021"):
        load("central_2031")
    with pytest.raises(UnknownPlanError, match="central_2021"):
        files.shipped_plan("central_2031")


def test_a_saved_plan_loads_as_it_was_and_fits_the_schema(tmp_path: Path) -> None:
    path = save_plan(PLAN, tmp_path / "new" / "folder" / "plan.json")
    assert load(path) == PLAN
    Draft202012Validator(json_schema()).validate(json.loads(path.read_text(encoding="utf-8")))


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save_plan(PLAN, tmp_path / "plan.json")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        save_plan(PLAN.model_copy(update={"title": "another"}), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_places_that_can_not_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path in (tmp_path / "file" / "plan.json", tmp_path, tmp_path / ("n" * 300)):
        with pytest.raises(OutputError) as refused:
            save_plan(PLAN, path)
        assert refused.value.hint
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"
