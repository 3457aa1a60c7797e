"""Writers that are really killed, and several that really write at once.

PLANLINEAGE_KILLS and PLANLINEAGE_WRITES make the loops longer: the figures in docs/progress.md come from such a run.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import planlineage as pl
from planlineage.model.disk import write_text
from planlineage.progress.duties import schedule_of
from planlineage.progress.entries import Entry
from planlineage.progress.store import Progress
from planlineage.progress.verify import verify

KILLS = int(os.environ.get("PLANLINEAGE_KILLS", "25"))
WRITES = int(os.environ.get("PLANLINEAGE_WRITES", "60"))
WRITERS = 4
BATCH = 40

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")


def started(work: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Run work in a process of its own; it may say what was acknowledged. Returns its id and the end to read from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda text: os.write(writing, f"{text}\n".encode()) and None)
            os._exit(0)
        except BaseException as error:  # nothing of the parent's may run in the child
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
    os.close(writing)
    return child, reading


def kill_in_mid_write(child: int, reading: int, chance: random.Random) -> None:
    """Kill a writer at some moment after its first event was acknowledged."""
    assert select.select([reading], [], [], 60)[0], "the writer said nothing for a minute"
    time.sleep(chance.uniform(0, 0.04))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def all_said(reading: int) -> list[str]:
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    whole, _, _ = data.rpartition(b"\n")
    return whole.decode().split("\n") if whole else []


def add_one(store: Progress, plan: pl.Plan, note: str) -> str:
    return store.add(plan, "2.4-s6wbq", status="in progress", effective_on="2023-05-01", note=note).id


def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path, plan: pl.Plan) -> None:
    path, chance = tmp_path / "ledger.db", random.Random(6)
    Progress(path).close()
    schedule_of(plan)
    acknowledged: list[str] = []
    for kill in range(KILLS):

        def work(say: Callable[[str], None], kill: int = kill) -> None:
            store = Progress(path)
            number = 0
            while True:
                say(add_one(store, plan, f"kill {kill} event {number}"))
                number += 1

        child, reading = started(work)
        kill_in_mid_write(child, reading, chance)
        acknowledged += all_said(reading)
    assert len(acknowledged) >= KILLS
    with Progress(path) as store:
        held = {event.id for event in store.events()}
    lost = [i for i in acknowledged if i not in held]
    assert not lost
    assert len(held) - len(acknowledged) <= KILLS  # the one in flight may have arrived, or not
    assert verify(path).sound
    print(f"kills {KILLS}, events acknowledged {len(acknowledged)}, held {len(held)}, lost {len(lost)}")


def test_a_batch_is_there_whole_or_not_at_all(tmp_path: Path, plan: pl.Plan) -> None:
    path, chance = tmp_path / "ledger.db", random.Random(7)
    Progress(path).close()
    done: list[str] = []
    for kill in range(KILLS):

        def work(say: Callable[[str], None], kill: int = kill) -> None:
            store = Progress(path)
            for number in range(10_000):
                batch = f"{kill}-{number}"
                store.add_entries(
                    [
                        Entry(
                            plan,
                            "2.4-s6wbq",
                            {"status": "in progress", "effective_on": "2023-05-01", "note": f"{batch}/{i}"},
                        )
                        for i in range(BATCH)
                    ]
                )
                say(batch)

        child, reading = started(work)
        kill_in_mid_write(child, reading, chance)
        done += all_said(reading)
    with Progress(path) as store:
        counts = Counter(event.note.partition("/")[0] for event in store.events())
    assert set(counts.values()) <= {BATCH}
    assert set(done) <= set(counts)
    assert verify(path).sound


def test_an_imported_file_is_there_whole_or_not_at_all(tmp_path: Path, plan: pl.Plan) -> None:
    path, chance = tmp_path / "ledger.db", random.Random(9)
    sample = pl.write_sample_ledger(plan, tmp_path / "sample.csv", until="2024-06-30")
    header, *rows = sample.read_text(encoding="utf-8-sig").splitlines()[: BATCH + 1]
    done: list[str] = []
    for kill in range(KILLS):

        def work(say: Callable[[str], None], kill: int = kill) -> None:
            for number in range(10_000):
                name = f"{kill}-{number}"
                file = tmp_path / f"{name}.csv"
                changed = [row.replace("样例数据（虚构）", name) for row in rows]
                file.write_text("\n".join([header, *changed]), encoding="utf-8")
                report = pl.import_progress(path, file, plan)
                assert (report.bad, report.added) == (0, len(rows))
                say(name)

        child, reading = started(work)
        kill_in_mid_write(child, reading, chance)
        done += all_said(reading)
    with Progress(path) as store:
        counts = Counter(event.note for event in store.events())
    assert set(counts.values()) == {len(rows)}
    assert set(done) <= set(counts)
    assert verify(path).sound
    print(f"kills {KILLS}, files acknowledged {len(done)}, held {len(counts)}, torn 0")


def test_a_file_whose_writer_is_killed_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    path, chance = tmp_path / "result.csv", random.Random(10)
    texts = {f"{n}" * 20_000 for n in range(10)}
    for _ in range(KILLS):

        def work(say: Callable[[str], None]) -> None:
            for text in sorted(texts) * 1000:
                write_text(path, text)
                say(text[0])

        child, reading = started(work)
        kill_in_mid_write(child, reading, chance)
        os.close(reading)
        assert path.read_text(encoding="utf-8") in texts


def test_several_writers_at_once_lose_nothing(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    processes = []
    for writer in range(WRITERS):

        def work(say: Callable[[str], None], writer: int = writer) -> None:
            with Progress(path) as store:  # they also race to make the file
                for number in range(WRITES):
                    say(add_one(store, plan, f"writer {writer} event {number}"))
                    say(add_one(store, plan, f"said by all, event {number}"))

        processes.append(started(work))
    while not path.exists():
        time.sleep(0.001)
    with Progress(path, readonly=True) as reader:
        seen = [len(reader) for _ in range(20)]
    said = [i for _, reading in processes for i in all_said(reading)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in processes] == [0] * WRITERS
    with Progress(path) as store:
        held = [event.id for event in store.events()]
        numbers = [event.seq for event in store.events()]
    assert seen == sorted(seen)
    assert len(held) == len(set(held)) == WRITERS * WRITES + WRITES
    assert set(said) == set(held)
    assert numbers == list(range(1, len(held) + 1))
    assert verify(path).sound


def test_writers_go_on_while_others_are_killed(tmp_path: Path, plan: pl.Plan) -> None:
    path, chance = tmp_path / "ledger.db", random.Random(8)
    Progress(path).close()

    def steady(say: Callable[[str], None]) -> None:
        with Progress(path) as store:
            for number in range(WRITES):
                say(add_one(store, plan, f"steady {os.getpid()} {number}"))

    def doomed(say: Callable[[str], None]) -> None:
        store = Progress(path)
        number = 0
        while True:
            say(add_one(store, plan, f"doomed {os.getpid()} {number}"))
            number += 1

    steadies = [started(steady) for _ in range(2)]
    said: list[str] = []
    for _ in range(max(5, KILLS // 3)):
        child, reading = started(doomed)
        kill_in_mid_write(child, reading, chance)
        said += all_said(reading)
    for child, reading in steadies:
        said += all_said(reading)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with Progress(path) as store:
        held = {event.id for event in store.events()}
    assert set(said) <= held
    assert verify(path).sound


def test_nothing_is_left_beside_the_file_once_all_have_closed_it(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    with Progress(path) as store:
        add_one(store, plan, "one")
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.db"]
