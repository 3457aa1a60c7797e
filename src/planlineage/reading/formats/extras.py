"""Loading the libraries that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from ...model.errors import MissingExtraError


def optional(module: str, what: str, name: str) -> Any:
    """An optional module. Raises `MissingExtraError`, which says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtraError(
            "format not installed",
            where=name,
            hint="install formats",
            given=what,
            split=module.split(".", maxsplit=1)[0],
        ) from None
