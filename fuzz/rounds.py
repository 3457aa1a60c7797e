"""Fuzz all targets of `readers.py` in turn, for hours, at the lowest priority; a line a round says what was run.

python fuzz/rounds.py FOLDER MINUTES

FOLDER keeps a corpus for each target, from one run to the next, the inputs that crashed it, and `rounds.tsv`: time, target,
executions, seconds, crashes. The last lines printed are the sums.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

import make_corpus
from dispatch import TARGETS

SECONDS = 240
"""Seconds of a round, the same for each target."""
OPTIONS = ("-max_len=4000", "-timeout=20", "-rss_limit_mb=1500", "-print_final_stats=1", "-verbosity=0")
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def one_round(letter: str, folder: Path) -> tuple[int, int]:
    """Run one target for a while; gives how many inputs it read and how many crashed it."""
    corpus, crashes = folder / letter, folder / "crashes"
    before = len(list(crashes.iterdir()))
    done = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("readers.py")),
            letter,
            f"-max_total_time={SECONDS}",
            f"-artifact_prefix={crashes}/{letter}-",
            *OPTIONS,
            str(corpus),
        ],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode:
        Path(crashes / f"{letter}-{time.time():.0f}.log").write_text(said, encoding="utf-8")
    return sum(map(int, _RUNS.findall(said))), len(list(crashes.iterdir())) - before


def main() -> None:
    """Write the first corpora and fuzz until the time is up."""
    folder, minutes = Path(sys.argv[1]), float(sys.argv[2])
    (folder / "crashes").mkdir(parents=True, exist_ok=True)
    for letter in TARGETS:
        (folder / letter).mkdir(exist_ok=True)
    for name, data in make_corpus.corpus().items():
        letter = data[:1].decode("latin-1")
        if letter in TARGETS:
            (folder / letter / name).write_bytes(data)
    os.nice(19)
    end, runs = time.monotonic() + 60 * minutes, Counter[str]()
    while time.monotonic() < end:
        for letter in TARGETS:
            start = time.monotonic()
            executed, crashed = one_round(letter, folder)
            runs[letter] += executed
            line = f"{time.strftime('%H:%M:%S')}\t{letter}\t{executed}\t{time.monotonic() - start:.0f}\t{crashed}"
            with (folder / "rounds.tsv").open("a", encoding="utf-8") as log:
                log.write(line + "\n")
    print(*(f"{letter}\t{count}" for letter, count in runs.items()), f"all\t{runs.total()}", sep="\n")


if __name__ == "__main__":
    main()
