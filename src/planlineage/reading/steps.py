"""Steps in a fixed order: each is a function whose parameters say what it needs, marked with what it gives."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the function, the names of what it needs, and the names of what it sets."""

    run: Callable[..., Any]
    needs: tuple[str, ...]
    sets: tuple[str, ...]


def sets(*names: str) -> Callable[[Callable[..., Any]], Step]:
    """Make a function a step that sets these names; where there are several, it returns a tuple of as many.

    >>> @sets("length")
    ... def measure(text: str) -> int:
    ...     return len(text)
    >>> measure.needs, measure.sets
    (('text',), ('length',))
    """
    return lambda run: Step(run, tuple(inspect.signature(run).parameters), names)


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Without looking for garbage: what the steps make is many small things, nearly all of which stay (a tenth of the time)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def run(steps: Iterable[Step], known: dict[str, Any]) -> dict[str, Any]:
    """Take all steps, each with what was given or what a step before it has set. Raises `KeyError` for what nobody sets."""
    known = dict(known)
    with nothing_collected():
        for step in steps:
            given = step.run(*(known[name] for name in step.needs))
            known |= zip(step.sets, given, strict=True) if len(step.sets) > 1 else {step.sets[0]: given}
    return known
