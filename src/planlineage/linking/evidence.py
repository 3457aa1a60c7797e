"""The aligned pieces of many edges, on one process or several."""

from __future__ import annotations

import multiprocessing
import sys
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from ..model.lineage import Difference
from .align import carried, pieces
from .normalise import Compared, compared
from .units import Piece, Place

MANY = 2000
"""Below so many edges other processes cost more than they save."""

Shown = tuple[tuple[Piece, ...], tuple[Place, ...]]
"""The aligned pieces, and the clauses of the local statement that are carried."""

_KINDS = tuple(Difference)
_Packed = tuple[list[tuple[int, int, int, int, int]], tuple[Place, ...]]


def evidence(texts: Sequence[tuple[str, str]], workers: int) -> list[Shown]:
    """For each local and upper text the evidence; the same on any number of workers."""
    if workers == 1 or len(texts) < MANY or not _can_fork():
        read = cache(compared)
        return [_shown(local, upper, read) for local, upper in texts]
    size = -(-len(texts) // workers)
    parts = [texts[start : start + size] for start in range(0, len(texts), size)]
    with warnings.catch_warnings():
        # the children only compare strings, whatever threads the parent runs
        warnings.simplefilter("ignore", DeprecationWarning)
        with ProcessPoolExecutor(len(parts), multiprocessing.get_context("fork")) as pool:
            return [_unpacked(packed) for part in pool.map(_packed, parts) for packed in part]


def _can_fork() -> bool:
    """Only where a process can be copied as it stands: elsewhere each would import everything anew."""
    return sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()


def _shown(local: str, upper: str, read: Callable[[str], Compared]) -> Shown:
    one = read(local)
    found = pieces(one, read(upper))
    return found, carried(one, found)


def _packed(texts: Sequence[tuple[str, str]]) -> list[_Packed]:
    """Plain numbers: they travel between processes much faster than pieces do."""
    read = cache(compared)
    result = []
    for local, upper in texts:
        found, places = _shown(local, upper, read)
        numbers = [
            (_KINDS.index(piece.difference), *(piece.local or (-1, -1)), *(piece.upper or (-1, -1)))
            for piece in found
        ]
        result.append((numbers, places))
    return result


def _unpacked(packed: _Packed) -> Shown:
    numbers, places = packed
    found = tuple(
        [
            Piece(_KINDS[kind], (a, b) if a >= 0 else None, (c, d) if c >= 0 else None)
            for kind, a, b, c, d in numbers
        ]
    )
    return found, places
