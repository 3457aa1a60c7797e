"""Every error that the package raises has its words in both languages, and brings what goes into them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import planlineage
from planlineage.model.wording import table

SOURCE = Path(planlineage.__file__).parent
ERRORS = {
    found[1] for file in SOURCE.rglob("*.py") for found in re.finditer(r"^class (\w+Error)\(", file.read_text(), re.M)
} - {"NoProcessError", "_BadCellError"}
TAKEN = {"where", "hint", "field"}


def raised() -> Iterator[tuple[str, ast.Call]]:
    """Every call of one of our errors with where it stands."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ERRORS or name == "too_much":
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", node


def placeholders(words: str) -> set[str]:
    """The names that go into words."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize(("place", "call"), list(raised()), ids=lambda v: v if isinstance(v, str) else "")
def test_an_error_has_words_and_what_goes_into_them(place: str, call: ast.Call) -> None:
    """The key and the hint stand in the table, and each placeholder is given; passed-on keys are checked where they are made."""
    limit = getattr(call.func, "id", "") == "too_much"
    key = call.args[1 if limit else 0] if call.args else None
    given = {k.arg for k in call.keywords}
    hints = [k.value for k in call.keywords if k.arg == "hint"]
    wanted = [("error.limit." if limit else "error.", key), *(("hint.", hint) for hint in hints)]
    for family, node in wanted:
        if isinstance(node, ast.Constant):
            entry = table()[family + node.value]
            for words in entry.values():
                assert None in given or placeholders(words) <= given - TAKEN, (place, words)


def test_what_is_told_has_words_and_what_goes_into_them() -> None:
    """`told(family, key, ...)`, `noted(code, variant, ...)`, `because(key, ...)` with constant keys."""
    wrong = []
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name not in ("told", "noted", "because", "refused"):
                continue
            keys = [a.value for a in node.args if isinstance(a, ast.Constant)]
            given = {k.arg for k in node.keywords}
            if len(keys) < len(node.args) or None in given:
                continue
            family = {"noted": ["remark"], "because": ["reason"], "refused": ["error"]}.get(name, [])
            key = ".".join([*family, *keys])
            if key not in table() or not all(placeholders(words) <= given for words in table()[key].values()):
                wrong.append(f"{file.relative_to(SOURCE)}:{node.lineno} {key}")
    assert wrong == []
