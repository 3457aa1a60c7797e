"""How fast the progress store is: 100,000 events over 3,000 plans, and the status of all tasks on a day.

    python benchmarks/progress.py [EVENTS] [PLANS]

The plans are copies of the two shipped district plans under other names; the events are made up, the same every time.
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import planlineage as pl
from planlineage.progress.duties import Schedule
from planlineage.progress.entries import Entry, Fields
from planlineage.progress.history import AsOf, read_ledger
from planlineage.progress.status import StatusReport
from planlineage.progress.store import Progress
from planlineage.progress.verify import verify


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    print(f"{what:60} {time.perf_counter() - begun:8.2f} s", flush=True)


def entries(plans: list[pl.Plan], number: int) -> list[Entry]:
    chance = random.Random(6)
    tasks = {plan.id: [s.id for s in plan.tasks] for plan in plans}
    begin = datetime.date(2021, 9, 1)
    made = []
    for n in range(number):
        plan = plans[n % len(plans)]
        day = begin + datetime.timedelta(days=chance.randrange(1200))
        status = chance.choice(["in progress", "in progress", "done"])
        fields: Fields = {
            "status": status,
            "effective_on": day,
            "reported_on": day,
            "reporter": "某单位",
            "note": f"第{n}条",
        }
        if status == "in progress":
            fields["percent"] = float(chance.randrange(5, 96, 5))
        made.append(Entry(plan, chance.choice(tasks[plan.id]), fields, "sample.csv", str(n)))
    return made


def main(number: int = 100_000, plan_count: int = 3_000) -> None:
    shipped = [pl.load("shanting_2021"), pl.load("weibin_2021")]
    plans = [shipped[n % 2].model_copy(update={"id": f"plan-{n:04}"}) for n in range(plan_count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with Progress(path) as ledger:
            with timed(f"unfold the duties of {plan_count} plans (once a session)"):
                schedules = [Schedule(plan) for plan in plans]
            print(
                f"    {sum(len(s.duties) for s in schedules):,} tasks, {sum(1 for s in schedules for _ in s):,} duties"
            )
            made = entries(plans, number)
            with timed(f"check and add {number:,} events, 1,000 a batch"):
                for start in range(0, number, 1000):
                    ledger.add_entries(made[start : start + 1000])
            with timed("add 200 events one by one (each on the disk)"):
                for n in range(200):
                    ledger.add(
                        plans[0],
                        "2.4-s6wbq",
                        status="in progress",
                        effective_on="2024-01-01",
                        note=f"one {n}",
                    )
            question = AsOf(datetime.date(2024, 6, 30))
            with timed("read the ledger as of a day"):
                held = read_ledger(ledger, question)
            with timed("judge all tasks"):
                report = StatusReport(schedules, held, question)
            with timed("count them by status"):
                counts = report.counts
            print("   ", dict(counts))
            with timed("status of all tasks on a day, all three together"):
                _ = StatusReport(schedules, read_ledger(ledger, question), question).counts
            with timed("status of one plan on a day"):
                _ = StatusReport(schedules[:1], read_ledger(ledger, question, plans[0].id), question).rows()
        print(f"    the store takes {path.stat().st_size / 1e6:.1f} MB")
        with timed("verify: structure and every seal"):
            assert verify(path).sound


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
