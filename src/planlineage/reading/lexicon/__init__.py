"""Chinese language knowledge as data: words, suffixes and patterns, each with the reason why it stands here."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> Any:
    """The contents of a lexicon file.

    >>> "显着" in [pair["wrong"] for pair in lexicon("cleaning")["confusions"]]
    True
    """
    return json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
