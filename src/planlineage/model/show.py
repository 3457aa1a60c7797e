"""Results show themselves in notebooks. How each one looks stands in `output.notebook`, which loads when one is first shown."""

from __future__ import annotations

from importlib import import_module


class Showable:
    """What a notebook shows as HTML; `output.notebook.html_of` knows how."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown: str = import_module("planlineage.output.notebook").html_of(self)
        return shown
