"""Plan JSON: writing, reading, and the shipped plans.

A plan JSON holds everything that was read, with a schema version. The same plan always gives the same bytes. Broken or
newer files get an error that names the field.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .base import first_complaint
from .disk import read_bytes, write_text
from .errors import (
    NewerSchemaError,
    PlanFileError,
    SourceIsDirectoryError,
    SourceNotFoundError,
    UnknownPlanError,
)
from .plan import SCHEMA_VERSION, Plan
from .wording import told

MAX_JSON_BYTES = 48 * 1024 * 1024
MAX_ENTRIES = 200_000
"""Clauses, statements or edits; a document of a million characters, the most that is read, has about 100,000."""


def plan_json(plan: Plan) -> str:
    """The plan as JSON text: one clause, statement or edit per line, so that two versions can be compared."""
    data = json.loads(plan.model_dump_json(exclude_defaults=False))
    lines = ["{"]
    items = list(data.items())
    for i, (key, value) in enumerate(items):
        tail = "," if i < len(items) - 1 else ""
        if key in ("clauses", "statements", "edits", "cited", "findings") and value:
            lines.append(f" {json.dumps(key)}: [")
            lines += [f"  {_compact(entry)}{',' if j < len(value) - 1 else ''}" for j, entry in enumerate(value)]
            lines.append(f" ]{tail}")
        else:
            lines.append(f" {json.dumps(key)}: {_compact(value)}{tail}")
    return "\n".join([*lines, "}", ""])


def _compact(value: Any) -> str:
    if isinstance(value, dict):
        value = {k: v for k, v in value.items() if v is not None}
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def save_plan(plan: Plan, path: str | Path) -> Path:
    """Write a plan JSON, whole or not at all. Raises `OutputError`.

    >>> import tempfile
    >>> path = save_plan(shipped_plan("weibin_2021"), Path(tempfile.mkdtemp()) / "plan.json")
    >>> read_plan(path) == shipped_plan("weibin_2021")
    True
    """
    return write_text(path, plan_json(plan))


def read_plan(path: str | Path) -> Plan:
    """Read a plan JSON.

    Raises `SourceNotFoundError`, `PlanFileError` (no JSON, a field missing or wrong) or `NewerSchemaError`.
    """
    data = read_bytes(
        path, most=MAX_JSON_BYTES, error=PlanFileError, missing=SourceNotFoundError, folder=SourceIsDirectoryError
    )
    return plan_from_json(data, where=str(path))


def plan_from_json(data: bytes | str, *, where: str) -> Plan:
    """Make a plan of JSON text. `where` names it in errors."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PlanFileError(
            "not json",
            where=where,
            hint="parse again",
            line=getattr(error, "lineno", 1),
            column=getattr(error, "colno", 1),
        ) from None
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if not isinstance(version, int):
        raise PlanFileError("no plan json", where=where, hint="make plan json")
    if version > SCHEMA_VERSION:
        raise NewerSchemaError(
            "newer schema", where=where, hint="upgrade", version=version, schema_version=SCHEMA_VERSION
        )
    for key in ("clauses", "statements", "edits"):
        if isinstance(listed := raw.get(key), list) and len(listed) > MAX_ENTRIES:
            raise PlanFileError(
                "too many entries",
                where=where,
                hint="split document",
                count=len(listed),
                given=key,
                max_entries=MAX_ENTRIES,
            )
    del raw, version
    try:
        return Plan.model_validate_json(data)
    except ValidationError as error:
        place, said = first_complaint(error)
        raise PlanFileError(
            "field", where=where, hint="parse again", place=place or told("said", "the plan"), said=said
        ) from None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the plan JSON.

    >>> json_schema()["title"]
    'Plan'
    """
    return Plan.model_json_schema()


@cache
def _shipped() -> dict[str, Any]:
    packaged = files("planlineage").joinpath("data")
    folder = packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "data"
    found: dict[str, Any] = {}
    for place in (folder, folder.joinpath("central_plans"), folder.joinpath("local_plans")):
        if place.is_dir():
            for entry in place.iterdir():
                if entry.name.endswith(".json") and not entry.name.endswith(".schema.json"):
                    found[entry.name.removesuffix(".json")] = entry
    return dict(sorted(found.items()))


def shipped_ids() -> list[str]:
    """The ids of the plans that come with the library, the central ones first.

    >>> shipped_ids()[0]
    'central_2021'
    """
    return list(_shipped())


@cache
def shipped_plan(plan_id: str) -> Plan:
    """A plan that comes with the library. Raises `UnknownPlanError`."""
    entry = _shipped().get(plan_id)
    if entry is None:
        raise UnknownPlanError(
            "no shipped plan", hint="shipped or path", plan_id=plan_id, value=", ".join(shipped_ids())
        )
    return plan_from_json(entry.read_bytes(), where=f"shipped plan {plan_id}")
