"""Seeds of the fuzzer, inputs that once crashed a reader among them: each is read, or refused with an error of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("lxml")
pytest.importorskip("pypdfium2")
SEEDS = sorted((Path(__file__).parent / "seeds").iterdir())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_a_seed_brings_no_foreign_error(seed):
    from dispatch import one_input

    one_input(seed.read_bytes())
