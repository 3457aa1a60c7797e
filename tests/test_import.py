"""Importing the library is cheap, and what it offers is fixed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grimp
import networkx as nx
import pytest

import planlineage as pl

PUBLIC = (Path(__file__).parent / "public_names.txt").read_text("utf-8")

HEAVY = ("pandas", "networkx", "numpy", "scipy", "pydantic")


def after(statement: str) -> set[str]:
    """The top-level modules that are loaded after a statement."""
    program = f"{statement}; import sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_public_names() -> None:
    assert sorted(pl.__all__) == sorted(PUBLIC.split())
    assert dir(pl) == sorted(pl.__all__)


def test_every_public_name_is_there_and_documented() -> None:
    for name in set(pl.__all__) - {"__version__"}:
        assert getattr(pl, name).__doc__, name


def test_a_name_that_there_is_not() -> None:
    try:
        pl.nothing_of_the_kind  # noqa: B018
    except AttributeError as error:
        assert "nothing_of_the_kind" in str(error)
    else:
        raise AssertionError("no error")


def test_the_type_checker_sees_every_public_name() -> None:
    stub = Path(pl.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"(\w+) as \1\b", stub))) == sorted(pl.__all__)


def test_no_module_imports_another_in_a_circle() -> None:
    """Imports for types count; the layer check sees circles between rooms, this one those between any two modules."""
    imports = grimp.build_graph("planlineage", cache_dir=None)
    graph = nx.DiGraph((m, i) for m in imports.modules for i in imports.find_modules_directly_imported_by(m))
    assert [sorted(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1] == []


def test_importing_loads_nothing_heavy() -> None:
    assert not after("import planlineage") & set(HEAVY)


def test_parsing_loads_neither_pandas_nor_networkx_nor_scipy() -> None:
    loaded = after("import planlineage; planlineage.parse_text('一、总则')")
    assert not loaded & {"pandas", "networkx", "numpy", "scipy"}


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    assert not after("import planlineage.cli.main") & set(HEAVY)


@pytest.mark.parametrize(
    "call",
    [
        lambda lang: pl.deadlines("shanting_2021", lang=lang),
        lambda lang: pl.deadlines("shanting_2021", progress="ledger.db", lang=lang),
        lambda lang: pl.status("shanting_2021", lang=lang),
        lambda lang: pl.scorecard("shanting_2021", lang=lang),
        lambda lang: pl.yearly_report("shanting_2021", 2023, lang=lang),
        lambda lang: pl.write_progress_template("shanting_2021", "template.xlsx", lang=lang),
        lambda lang: pl.html_report([], lang=lang),
    ],
)
def test_a_language_without_words_is_refused(call: Callable[[Any], object]) -> None:
    with pytest.raises(ValueError, match="fr"):
        call("fr")
