"""The real documents, where they are at hand: read once, then kept."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from planlineage import Plan, parse

FOLDER = Path(os.environ.get("PLANLINEAGE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
"""Where they are: PLANLINEAGE_SHARED, or `shared` beside the repository."""

AT_HAND = (FOLDER / "sources").is_dir()
WHY_NOT = f"the real documents are not at hand: {FOLDER} (set PLANLINEAGE_SHARED)"

SOURCES = sorted((FOLDER / "sources").glob("*.txt"))
CORPUS = sorted((FOLDER / "corpus").glob("*/*.txt"))


@cache
def read(path: Path) -> Plan:
    """The plan in a file."""
    return parse(path)


def source(name: str) -> Plan:
    """The plan in one of the source documents."""
    return read(FOLDER / "sources" / name)
