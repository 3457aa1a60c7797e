"""Data files that stand beside the code: word lists, patterns, parameters. Each is read once."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(package: str, name: str) -> Any:
    """The contents of `name`.json in a package or folder of planlineage; treat what comes back as read-only.

    >>> "显着" in [pair["wrong"] for pair in data("planlineage.reading.lexicon", "cleaning")["confusions"]]
    True
    """
    return json.loads(files(package).joinpath(f"{name}.json").read_text(encoding="utf-8"))
