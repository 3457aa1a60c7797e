"""What `--json` prints, as JSON Schema (2020-12): the frame of each command's answer, and its rows, made from the records."""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from ..model.report import Report

_PLAIN = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    dict: "object",
    list: "array",
    type(None): "null",
}
_VERSION = {"const": 1}
Frame = Mapping[str, Any]


@cache
def frames() -> Mapping[str, Frame]:
    """The frame of each answer: types of its keys, a list of one type for lists, a kind of report for its rows; `?` at the end of
    a key says that it may be missing."""
    from ..analysis.agreement import Settling
    from ..analysis.coverage import Coverage, CoverageBy
    from ..analysis.deadlines import DeadlineReport
    from ..analysis.follow_up import FollowUp
    from ..analysis.slippage import Slippage
    from ..analysis.succession import Succession, TargetSuccession
    from ..analysis.tags import Tags
    from ..linking.explain import Explanation
    from ..linking.review_check import DecisionCheck
    from ..output.review_import import ReviewImport
    from ..output.review_sheet import Review
    from ..output.tables import CommitmentTable, TraceTable
    from ..output.task_import import TaskImport
    from ..progress.log import LedgerLog
    from ..progress.scorecard import Scorecard, ScorecardDuties, ScorecardGroups
    from ..progress.task_table import TaskTable
    from ..reading.decided_tasks import DecidedPlan
    from ..surveying.diffusion import Diffusion
    from ..surveying.questions import RankedPlan

    both: Frame = {"local": str, "uppers": [str]}
    day = datetime.date
    return {
        "coverage": {
            **both,
            **dict.fromkeys(("rate", "expected", "strict_rate", "strict_expected"), float),
            "applicable": int,
            "interval": [float],
            "strict_interval": [float],
            "remarks": [str],
            "by_part": CoverageBy,
            "tasks": Coverage,
        },
        "slippage": {**both, "counts": dict, "changes": Slippage},
        "link": {**both, "plans": dict, "edges": [dict]},
        "trace": {**both, "task": str, "rows": TraceTable, "explanation?": Explanation},
        "commitments": {"plan": str, "expressions": CommitmentTable},
        "follow-up": {
            **dict.fromkeys(("plan", "report", "rubric"), str),
            "remarks": [str],
            "rate": float,
            "interval": [float],
            "promises": FollowUp,
        },
        "diff": {
            "old": str,
            "new": str,
            "remarks": [str],
            "counts": dict,
            "tasks": Succession,
            "targets": TargetSuccession,
        },
        "agree": {"judged_by": str, "items": int, "alone": [int], "measures": dict, "disagreements": Settling},
        "deadlines": {"plan": str, "uppers": [str], "as_of": day, "tasks": DeadlineReport},
        "deadlines --progress": {"as_of": day, "known_on": day | None, "rules": str, "plans": dict, "rows": TaskTable},
        "scorecard": {
            **dict.fromkeys(("plan", "indicators", "verdict"), str),
            "as_of": day,
            "addressed": int,
            "share_met": float,
            "share_at_most": float,
            "rows": Scorecard,
            "groups": ScorecardGroups,
            "duties": ScorecardDuties,
            "grounds": [dict],
        },
        "tags": {"plan": str, "tags": Tags},
        "review": {**both, "rows": Review},
        "review --import": {
            **dict.fromkeys(("added", "known", "blank"), int),
            "refused": bool,
            "problems": ReviewImport,
        },
        "review --check": {"ok": bool, "decisions": DecisionCheck},
        "tasks apply": {"decisions": DecidedPlan, "problems": TaskImport},
        "progress log": {"ledger": str, "events": LedgerLog},
        "report": {"file": str, "places": [dict]},
        "survey": {"folder": str, "rows": dict, "ranking": RankedPlan},
        "diffusion": {"rows": Diffusion},
    }


def names() -> list[str]:
    """The answers that have a schema; `parse` prints the plan JSON."""
    return sorted(("parse", *frames()))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of an answer. Raises `KeyError` for a name that has none.

    >>> schema("coverage")["$defs"]["Coverage"]["properties"]["confidence"]
    {'type': 'number'}
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"planlineage {name} --json"}
    if name == "parse":
        from ..model.files import json_schema

        return json_schema() | head
    rows: dict[str, Any] = {}
    frame = frames()[name]
    properties = {"schema_version": _VERSION, **{key.rstrip("?"): _of(value, rows) for key, value in frame.items()}}
    needed = ["schema_version", *(key for key in frame if not key.endswith("?"))]
    return {**head, "type": "object", "properties": properties, "required": needed, "$defs": rows}


def _of(value: Any, rows: dict[str, Any]) -> dict[str, Any]:
    """The schema of a key of a frame; kinds of rows go to `rows`."""
    if isinstance(value, list):
        return {"type": "array", "items": _of(value[0], rows)}
    if isinstance(value, type) and (issubclass(value, Report) or dataclasses.is_dataclass(value)):
        rows[value.__name__] = _row(value)
        return {"type": "array", "items": {"$ref": f"#/$defs/{value.__name__}"}}
    return _kind(value)


def _row(of: type[Any]) -> dict[str, Any]:
    """A row of a kind of report (or a record): its columns, with the types that its record has them in. Programs may meet further
    columns."""
    bases = (b for base in of.__mro__ for b in getattr(base, "__orig_bases__", ()))
    record = next((a for b in bases for a in get_args(b) if isinstance(a, type)), of)
    columns = getattr(of, "columns", ()) or [f.name for f in dataclasses.fields(record)]
    hints = get_type_hints(record)
    families = {f.name for f in dataclasses.fields(record) if f.metadata.get("words")}
    return {
        "type": "object",
        "properties": {
            c: {"type": ["string", "null"]} if c in families else _kind(hints.get(c) or _returned(record, c))
            for c in columns
        },
    }


def _returned(record: type, name: str) -> Any:
    """What an attribute of a record that is no field returns."""
    found = getattr(record, name, None)
    asked: Callable[..., Any] | None = getattr(found, "fget", None) or getattr(found, "func", None)
    return get_type_hints(asked).get("return", Any) if asked else Any


def _kind(hint: Any) -> dict[str, Any]:
    """A type as JSON Schema; what is put into words is a string."""
    if hint is Any:
        return {}
    if get_origin(hint) in (typing.Union, types.UnionType):
        many = [_kind(part) for part in get_args(hint)]
        listed = {
            t for one in many for t in ([one["type"]] if isinstance(one.get("type"), str) else one.get("type", ()))
        }
        return {"type": sorted(listed)}
    if hint is datetime.date:
        return {"type": "string", "format": "date"}
    origin = get_origin(hint) or hint
    if isinstance(origin, type) and issubclass(origin, dict | Mapping):
        return {"type": "object"}
    return {"type": _PLAIN.get(hint, "string")}
