"""Coverage-guided fuzzing with atheris: the document readers, plan JSON, and the import of ledger files.

    pip install atheris
    python fuzz/make_corpus.py CORPUS
    python fuzz/readers.py P -runs=1000000 -max_len=2000 -timeout=20 CORPUS

Each input is read in this process by one reader: that of the letter given (see `TARGETS`), else the one that its first byte
chooses. Only the errors under `PlanLineageError` may come out; anything else is a crash, and a file named `crash-…` holds the
input. Such inputs are kept in `tests/formats/seeds`, where a test reads them again. `fuzz/rounds.py` runs all targets in turn.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

_OURS = ("reading", "model", "tabular", "progress")
with atheris.instrument_imports(include=[*(f"planlineage.{room}" for room in _OURS), "email"]):
    from dispatch import TARGETS, one_input


def main() -> None:
    """Run atheris with the options and folders of the command line."""
    letter = sys.argv.pop(1).encode() if sys.argv[1:2] and sys.argv[1] in TARGETS else b""
    atheris.Setup(sys.argv, (lambda data: one_input(letter + data[1:])) if letter else one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
