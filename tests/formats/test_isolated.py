"""The process that reads files: an answer is never taken for that of another file, and a fork neither hangs nor mixes them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import one_page, ruled, stream

from planlineage.reading.source import decode

pytest.importorskip("pypdfium2")

SLOW = ruled(300)
WANTED = "the next plan"
NEXT = one_page(stream(f"BT /F 12 Tf 60 700 Td ({WANTED}) Tj ET".encode()))


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers that raise here")
@pytest.mark.parametrize("error", [KeyboardInterrupt, TimeoutError])
@pytest.mark.parametrize("seconds", [0.02, 0.3])
def test_after_an_interruption_the_next_file_gives_its_own_text(error, seconds):
    decode(NEXT, name="first.pdf")

    def ring(*_):
        raise error

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        with pytest.raises(error):
            decode(SLOW, name="slow.pdf")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert decode(NEXT, name="next.pdf").text.strip() == WANTED


FORKING = """
import os, sys, threading, time
sys.path.insert(0, {support!r})
from test_isolated import NEXT, SLOW, WANTED
from planlineage.reading.source import decode
decode(NEXT, name="first.pdf")
found = []
reading = threading.Thread(target=lambda: found.append(len(decode(SLOW, name="slow.pdf").text)))
reading.start()
time.sleep(0.3)
child = os.fork()
mine = decode(NEXT, name="next.pdf").text.strip() == WANTED
if child == 0:
    os._exit(0 if mine else 7)
reading.join()
print(mine, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), found[0] > 1000)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_process_forked_while_a_pdf_is_read_reads_its_own():
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parent / "support"), *sys.path])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORKING.format(support=str(here))],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.stdout.split() == ["True", "0", "True"], done.stderr
