"""Chinese language knowledge as data: words, suffixes and patterns, each with the reason why it stands here."""

from __future__ import annotations

from typing import Any

from ...model.data import data


def lexicon(name: str) -> Any:
    """The contents of a lexicon file.

    >>> "显着" in [pair["wrong"] for pair in lexicon("cleaning")["confusions"]]
    True
    """
    return data(__name__, name)
