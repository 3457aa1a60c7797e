"""No regular expression of the package takes more time than its text is long, whatever the text."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "support" / "patterns.py"


@pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="no clock here that interrupts a pattern")
def test_every_pattern_is_linear_on_texts_of_its_own_fragments():
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stderr.split()[0]) > 500, "patterns were found"
    assert not done.stdout
