"""The tables of a survey: their columns, how rows are packed, and how packed rows become one table.

Each is a folder of Parquet files below `year=…/level=…`, the year and level of the (local) plan; those two stand in the names
of the folders only. Ids join the tables: `plan` and `id` of a statement, `local_plan` and `local_id`, `upper_plan` and
`upper_id`.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..model.errors import MissingExtraError

Kind = Literal["text", "texts", "int", "float", "bool", "day"]

TABLES: Mapping[str, Mapping[str, Kind]] = {
    "plans": {
        "plan": "text",
        "title": "text",
        "place": "text",
        "code": "text",
        "family": "text",
        "number": "text",
        "issuers": "texts",
        "issued": "day",
        "begins": "day",
        "ends": "day",
        "status": "text",
        "uppers": "texts",
        "source": "text",
        "sha256": "text",
        "characters": "int",
        "unread_share": "float",
        "statements": "int",
        "tasks": "int",
    },
    "statements": {
        "plan": "text",
        "id": "text",
        "part": "text",
        "clause": "text",
        "number": "text",
        "kind": "text",
        "start": "int",
        "end": "int",
        "text": "text",
        "fingerprint": "text",
    },
    "commitments": {
        "plan": "text",
        "id": "text",
        "start": "int",
        "end": "int",
        "surface": "text",
        "kind": "text",
        "normal": "text",
    },
    "edges": {
        "local_plan": "text",
        "local_id": "text",
        "local_kind": "text",
        "local_start": "int",
        "local_end": "int",
        "upper_plan": "text",
        "upper_id": "text",
        "upper_kind": "text",
        "upper_start": "int",
        "upper_end": "int",
        "relation": "text",
        "confidence": "float",
    },
    "coverage": {
        "local_plan": "text",
        "upper_plan": "text",
        "upper_id": "text",
        "part": "text",
        "article": "text",
        "kind": "text",
        "status": "text",
        "applicable": "bool",
        "confidence": "float",
        "carried_share": "float",
        "deadline": "day",
        "strength": "int",
        "local_ids": "texts",
        "reason": "text",
    },
    "slippage": {
        "local_plan": "text",
        "local_id": "text",
        "upper_plan": "text",
        "upper_id": "text",
        "aspect": "text",
        "change": "text",
        "upper_value": "text",
        "local_value": "text",
        "days_min": "int",
        "days_max": "int",
        "comparable": "text",
        "effect": "text",
        "relation": "text",
        "confidence": "float",
        "reason": "text",
    },
    "deadlines": {
        "plan": "text",
        "id": "text",
        "item": "text",
        "lead": "text",
        "support": "text",
        "first_day": "day",
        "last_day": "day",
        "due": "text",
        "origin": "text",
        "words": "text",
        "upper_plan": "text",
        "upper_id": "text",
        "upper_due": "text",
        "days_min": "int",
        "days_max": "int",
    },
    "follow_up": {
        "plan": "text",
        "report": "text",
        "id": "text",
        "start": "int",
        "end": "int",
        "kind": "text",
        "indicator": "text",
        "comparison": "text",
        "value": "text",
        "unit": "text",
        "verdict": "text",
        "confidence": "float",
        "report_ids": "texts",
        "evidence": "texts",
        "actual": "text",
        "actual_unit": "text",
        "difference": "text",
        "timing": "text",
    },
}
"""The columns of each table that is split by year and level, in their order."""

PROBLEMS: Mapping[str, Kind] = {"source": "text", "plan": "text", "stage": "text", "what": "text", "hint": "text"}
"""The columns of the table `problems`: a row for each file or comparison left out, and for what a reader should know."""

ROWS = 100_000
"""Rows that Parquet files hold in one group; a question reads the groups that it needs."""


def arrow() -> Any:
    """The Arrow library. Raises `MissingExtraError` without it."""
    try:
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise MissingExtraError("survey without pyarrow", hint="install survey") from error


def schema(columns: Mapping[str, Kind]) -> Any:
    """The Arrow schema of a table."""
    pa = arrow()
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "int": pa.int32(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "day": pa.date32(),
    }
    return pa.schema([(name, types[kind]) for name, kind in columns.items()])


def packed(table: str, rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows of a table, in the order of its columns, as bytes."""
    pa = arrow()
    kinds = schema(TABLES[table])
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(kinds)
    batch = pa.record_batch([pa.array(c, type=f.type) for c, f in zip(columns, kinds, strict=True)], schema=kinds)
    out = io.BytesIO()
    with pa.ipc.new_stream(out, kinds, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_batch(batch)
    return out.getvalue()


def unpacked(table: str, parts: Sequence[bytes]) -> Any:
    """Packed rows, one part after the other, as one Arrow table."""
    pa = arrow()
    read = [pa.ipc.open_stream(part).read_all() for part in parts]
    return pa.concat_tables(read) if read else schema(TABLES[table]).empty_table()


def parquet(table: Any) -> bytes:
    """An Arrow table as a Parquet file; the same table always gives the same bytes."""
    arrow()
    pq = importlib.import_module("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", row_group_size=ROWS, store_schema=False)
    return out.getvalue()
