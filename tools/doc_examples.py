"""For the documentation site: examples in docstrings become blocks of code, whatever section they stand in."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_EXAMPLE = re.compile(r"^>>> .+(?:\n(?!\s*$).+)*", re.M)


class Examples(Extension):
    """Fences each example (`>>>` up to the next blank line) as a Python console session."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        if obj.docstring is not None:
            obj.docstring.value = _EXAMPLE.sub(lambda found: f"```pycon\n{found.group()}\n```", obj.docstring.value)
