"""The text file that keeps people's decisions: JSON Lines, sorted, so that two versions compare line by line.

A first line names the format and its version, then one decision a line. `docs/review.md` describes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from .base import Model, first_complaint
from .disk import read_bytes
from .errors import DecisionFileError

MOST_BYTES = 50 * 1024 * 1024

M = TypeVar("M", bound=Model)


def decision_line(decision: Model) -> str:
    """A decision as its line of the file."""
    data = {k: v for k, v in decision.model_dump(mode="json").items() if v not in ("", None)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def decision_text(name: str, version: int, decisions: Iterable[Model]) -> str:
    """The text of a decision file of a format."""
    head = json.dumps({"format": name, "version": version}, separators=(",", ":"))
    return "".join(f"{line}\n" for line in (head, *map(decision_line, decisions)))


def read_decision_text(path: str | Path, hint: str) -> str:
    """The text of a decision file. Raises `DecisionFileError`."""
    data = read_bytes(path, error=DecisionFileError, most=MOST_BYTES, hint=hint)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DecisionFileError("is not text in UTF-8", where=str(path), hint="check the path") from None


def parse_decisions(text: str, name: str, newest: int, model: type[M], where: str) -> Iterator[M]:
    """The decisions in the text of a file of a format. Raises `DecisionFileError`, which names the line."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    head = _value(*lines[0], where) if lines else None
    version = head.get("version") if isinstance(head, dict) and head.get("format") == name else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise DecisionFileError(
            "is not a decision file: its first line doesn't name the format",
            where=where,
            hint=f'the first line is {{"format":"{name}","version":{newest}}}',
        )
    if version > newest:
        raise DecisionFileError(f"has version {version}, newer than this", where=where, hint="upgrade planlineage")
    return (_decision(n, line, model, where) for n, line in lines[1:])


def _value(number: int, line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DecisionFileError(
            f"is not JSON: {error}",
            where=f"{where} line {number}",
            hint="one decision a line; see docs/review.md",
        ) from None


def _decision(number: int, line: str, model: type[M], where: str) -> M:
    value = _value(number, line, where)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        name, said = first_complaint(error)
        raise DecisionFileError(
            f"{name}: {said}" if name else said, where=f"{where} line {number}", hint="see docs/review.md"
        ) from None
