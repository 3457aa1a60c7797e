"""How long coverage, slippage and the losses on each hop take, by the number of tasks.

    python benchmarks/slippage.py [TASKS ...]

Plans are made (tests/support/family.py): four levels with known changes. Linking is timed beside them, for comparison.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from family import family

import planlineage as pl


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main(sizes: Sequence[int]) -> None:
    print(f"{'tasks':>6} {'link':>8} {'coverage':>9} {'slippage':>9} {'hops':>8}   seconds")
    for size in sizes:
        plans = family(1, size).plans
        link, lineage = timed(lambda plans=plans: pl.link(plans[1], plans[0]))
        coverage, _ = timed(lambda lineage=lineage: pl.Coverage(lineage).interval)
        slippage, _ = timed(lambda lineage=lineage: pl.Slippage(lineage).rows())
        network = pl.network(plans)
        hops, _ = timed(lambda network=network: pl.hops(network).rows())
        print(f"{size:>6} {link:>8.2f} {coverage:>9.2f} {slippage:>9.2f} {hops:>8.2f}")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [50, 100, 200, 390])
