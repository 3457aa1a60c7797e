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
from .wording import line_of

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
        raise DecisionFileError("not utf-8", where=str(path), hint="check path") from None


def parse_decisions(text: str, name: str, newest: int, model: type[M], where: str) -> Iterator[M]:
    """The decisions in the text of a file of a format. Raises `DecisionFileError`, which names the line."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    head = _value(*lines[0], where) if lines else None
    version = head.get("version") if isinstance(head, dict) and head.get("format") == name else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise DecisionFileError("no decision file", where=where, hint="first line", format=name, format_version=newest)
    if version > newest:
        raise DecisionFileError("newer decisions", where=where, hint="upgrade", version=version)
    return (_decision(n, line, model, where) for n, line in lines[1:])


def _value(number: int, line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        place = line_of(where, number)
        raise DecisionFileError("decision is not json", where=place, hint="one decision per line") from None


def _decision(number: int, line: str, model: type[M], where: str) -> M:
    value = _value(number, line, where)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        name, said = first_complaint(error)
        place, key = line_of(where, number), "field" if name else "whole"
        raise DecisionFileError(key, where=place, hint="review docs", place=name, said=said) from None
