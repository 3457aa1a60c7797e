"""One table of words: every key in both languages, every key used, and words for every key that is used."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

import planlineage
from planlineage.model.wording import LANGS, table, words
from planlineage.output.exports.printed import FAMILIES

PACKAGE = Path(str(files(planlineage)))
_LOOKED_UP_BY = ("words", "word", "Term", "t")
"""What is called with a key of the table in full."""

_FAMILIES = ("page", "heading", "country", "error", "hint", "said", "sheet", "group", "complaint")
"""Families whose keys are named without the family."""

_OF_COLUMNS = {"pledge", "role"}.union(*FAMILIES.values())
"""Families whose keys are the values of a column."""


@dataclass
class Found:
    """What the code names: strings, f-strings as patterns, and keys that are certainly looked up."""

    names: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


@cache
def named() -> Found:
    found = Found()
    for path in PACKAGE.rglob("*.py"):
        into = Found() if path.parent.name == "commitments" else found  # where `words` are word lists
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            _python(node, into)
        found.names |= into.names
    for path in (PACKAGE / "output").glob("*/static/*.js"):
        text = path.read_text(encoding="utf-8")
        found.names |= set(re.findall(r'"([^"\n]+)"', text))
        found.patterns |= {f"{re.escape(p)}.+" for p in re.findall(r"`(\w+\.)\$", text)}
        found.names |= set(re.findall(r"\bsaid\.(\w+)", text))
        looked_up = set(re.findall(r'\bt\("([^"]+)"', text))
        found.names |= looked_up
        found.keys |= {f"page {key}" for key in looked_up}
    for path in PACKAGE.rglob("*.json"):
        if path.parent.name not in ("words", "data"):
            found.names |= set(_strings(json.loads(path.read_text(encoding="utf-8"))))
    return found


def _python(node: ast.AST, found: Found) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.names.add(node.value)
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        found.names.add(node.target.id)  # fields of records are columns
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
        if re.match(r"[a-z]+\\?[. ]", parts[0]):
            found.patterns.add("".join(parts))
    elif isinstance(node, ast.keyword) and node.arg == "words" and isinstance(node.value, ast.Constant):
        found.patterns.add(f"{re.escape(str(node.value.value))}\\..+")
    elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _LOOKED_UP_BY:
            found.keys.add(str(node.args[0].value))
        elif name == "because":
            found.keys.add(f"reason.{node.args[0].value}")


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def test_each_key_has_words_in_each_language() -> None:
    for key, entry in table().items():
        assert set(entry) == set(LANGS), key
        assert all(entry.values()), key
        fields = [{part[1] for part in string.Formatter().parse(t) if part[1]} for t in entry.values()]
        foreign = {"said", "code", "type"}  # what another program says is quoted in English only
        assert fields[0] - foreign == fields[1] - foreign, key


def test_each_key_is_used() -> None:
    found = named()
    patterns = re.compile("|".join(sorted(found.patterns)))

    def is_used(key: str) -> bool:
        short = [key.split(".", n)[-1] for n in range(3)] if key.startswith("column.") else [key]
        family, _, rest = key.partition(".")
        if family in (
            "argparse",
            "field",
            "help",
            "option",
            "os",
            "reason",
            "remark",
        ):  # looked up by what others name; see tests/language
            return True
        if family in _OF_COLUMNS:
            return True
        short += [rest.removeprefix("limit.")] if family in _FAMILIES else []
        return any(s in found.names or patterns.fullmatch(s) for s in short)

    assert not [key for key in table() if not is_used(key)]


def test_each_key_that_is_used_has_words() -> None:
    known = set(table())
    missing = {k for k in named().keys if not k.startswith("page ") and k not in known}
    page = {k.removeprefix("page ") for k in named().keys if k.startswith("page ")}
    assert not missing
    assert not {k for k in page if f"page.{k}" not in known and ("." not in k or k not in known)}


def test_each_name_of_a_family_has_words() -> None:
    from planlineage.analysis.coverage import Status
    from planlineage.model.levels import Level
    from planlineage.model.lineage import Difference, Relation
    from planlineage.model.parts import StatementKind

    keys = [f"status.{s}" for s in get_args(Status)] + [f"level.{level}" for level in Level]
    keys += [f"relation.{r}" for r in Relation] + [f"difference.{d}" for d in Difference]
    keys += [f"kind.{k}" for k in get_args(StatementKind)]
    assert not [key for key in keys if key not in table()]


def test_a_key_without_words_and_a_language_without_words_are_refused() -> None:
    with pytest.raises(KeyError):
        words("no such key", "en")
