"""Making a survey: read what is new, link what has changed, write the tables that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from ..model.errors import PlanLineageError, SurveyError
from ..model.wording import Lang, told
from .dataset import Dataset, rules
from .engines import Engine
from .facts import Facts
from .inputs import Source, digest, sources
from .order import Order, uppers_of
from .stages import Batch, Comparing, Held, Problem, Reading
from .store import Store

Item = TypeVar("Item")
Progress = Callable[[str, int, int], None]
"""Told how far a stage is: its name, how many are done, of how many."""

READ_TOGETHER = 4
LINKED_TOGETHER = 8
"""Jobs in a batch: a place's own plans of several years go to one worker, which reads each of them once."""


def make(
    given: Sequence[str | Path],
    out: Path,
    *,
    upper: Sequence[str | Path],
    engine: Engine,
    lang: Lang,
    progress: Progress | None = None,
) -> None:
    """Make a survey of files in a folder, or bring the one that is there up to date. Raises `SurveyError`."""
    found = sources(given)
    known = {s.path.resolve() for s in found if s.path}
    above = [s for s in sources(upper) if s.path is None or s.path.resolve() not in known] if upper else []
    if twice := {s.name for s in found} & {s.name for s in above}:
        raise SurveyError("above and below", where=min(twice), hint="give once")
    with Store(out) as store:
        _Run(store, engine, lang, progress or (lambda *_: None)).make(found, above, upper, Dataset(out))


class _Run:
    """One run over a store of what is done."""

    def __init__(self, store: Store, engine: Engine, lang: Lang, progress: Progress) -> None:
        self.store, self.engine, self.lang, self.progress = store, engine, lang, progress
        self.done = store.keys()
        self.problems: list[Problem] = []
        self.passed = 0

    def make(self, found: Sequence[Source], above: Sequence[Source], upper: Sequence[str | Path], out: Dataset) -> None:
        out.recover()
        read = self._read([*found, *above])
        plans = self._plans(read)
        every = self._every(found, above, upper, plans)
        said = {s.name: s.said["upper"].split() for s in found if s.said.get("upper")}
        by_source = {f.source: f for f in plans}
        given = {by_source[n].id: self._held_ids(n, ids, plans) for n, ids in said.items() if n in by_source}
        uppers = uppers_of(plans, given, every)
        keys = self._compare(plans, uppers, {f.id: read[f.source] for f in plans})
        self.problems += self._notes(plans)
        noted = self.store.problems({k for of_plan in keys.values() for k in of_plan.values()})
        self.problems += [p for p in noted.values() if p.stage != "reading"]
        self.problems.sort(key=lambda p: (p.source, p.stage, p.what.key))
        self.progress("writing", 0, 1)
        settled = {
            "lang": self.lang,
            "inputs": {"files": len(read), "made_of": digest(*(f"{n} {k}" for n, k in sorted(read.items())))},
            "uppers": sorted(every),
        }
        out.write(self.store, plans, uppers, keys, self.problems, settled)
        self.store.forget_all_but({*read.values(), *(k for of_plan in keys.values() for k in of_plan.values())})
        self.progress("writing", 1, 1)

    # -- reading ------------------------------------------------------------------------------------------------------

    def _read(self, found: Sequence[Source]) -> dict[str, str]:
        """Read what is new; the key of each source."""
        keys: dict[str, str] = {}

        def jobs() -> Iterator[Reading]:
            for source in found:
                try:
                    data = source.data()
                except PlanLineageError as error:
                    self.problems.append(Problem(source.name, source.id, "reading", error.what, error.hint))
                    continue
                said = "\n".join(f"{k}={v}" for k, v in sorted(source.said.items()) if k != "upper")
                keys[source.name] = key = digest(rules(), "reading", source.name, source.id, said, data)
                if key in self.done:
                    self.passed += 1
                else:
                    yield Reading(key, source.name, source.id, data, dict(source.said))

        self._run("reading", (Batch(some) for some in _batched(jobs(), READ_TOGETHER)), len(found))
        return keys

    def _run(self, stage: str, batches: Iterator[Batch], total: int) -> None:
        """Run batches and keep their results as they come."""
        self.progress(stage, self.passed, total)
        first = next(batches, None)
        if first is not None:
            for batch, done in self.engine.run(chain([first], batches)):
                self.store.keep(done)
                self.done.update(one.key for one in done)
                self.passed += len(batch.jobs)
                self.progress(stage, self.passed, total)
        self.progress(stage, total, total)
        self.passed = 0

    def _plans(self, read: Mapping[str, str]) -> list[Facts]:
        """The plans that were read, each under an id of its own; the rest are problems."""
        facts, failed = self.store.facts(set(read.values())), self.store.problems(set(read.values()))
        plans: dict[str, Facts] = {}
        for name, key in sorted(read.items()):
            if key in failed:
                self.problems.append(failed[key])
                continue
            one = facts[key]
            if one.id in plans:
                what = told("error", "id of another", other=plans[one.id].source)
                self.problems.append(Problem(name, one.id, "reading", what, told("hint", "ids in list")))
                continue
            plans[one.id] = one
        return sorted(plans.values(), key=lambda f: f.id)

    def _notes(self, plans: Sequence[Facts]) -> Iterator[Problem]:
        """What a reader should know of plans that were read."""
        for one in plans:
            lacks = {
                "level": not one.level,
                "place": one.level not in ("", "central") and not one.codes,
                "year": one.year is None,
            }
            for name in (n for n, is_lacking in lacks.items() if is_lacking):
                what, hint = told("error", f"unknown.{name}"), told("hint", f"list.{name}")
                yield Problem(one.source, one.id, "order", what, hint)

    # -- above and after ----------------------------------------------------------------------------------------------

    def _every(
        self,
        found: Sequence[Source],
        above: Sequence[Source],
        upper: Sequence[str | Path],
        plans: Sequence[Facts],
    ) -> list[str]:
        """The ids of the plans that stand above all, as the user says. Raises `SurveyError` where one can't be read."""
        if not upper:
            return []
        paths = {Path(u).resolve() for u in upper if Path(u).exists()}
        meant = [*above, *(s for s in found if s.path and s.path.resolve() in paths)]
        ids = {f.source: f.id for f in plans}
        for source in meant:
            if source.name not in ids:
                raise SurveyError("upper unreadable", where=source.name, hint="parse upper")
        return sorted(ids[s.name] for s in meant)

    def _held_ids(self, name: str, ids: Sequence[str], plans: Sequence[Facts]) -> list[str]:
        held = {f.id for f in plans}
        for missing in [i for i in ids if i not in held]:
            what, hint = told("error", "upper not held", plan=missing), told("hint", "give upper")
            self.problems.append(Problem(name, "", "order", what, hint))
        return [i for i in ids if i in held]

    def _compare(
        self, plans: Sequence[Facts], uppers: Mapping[str, Sequence[str]], read: Mapping[str, str]
    ) -> dict[str, dict[str, str]]:
        """Link and follow up what has changed; the keys of each plan's results by stage."""
        order = Order(plans)
        keys: dict[str, dict[str, str]] = {}
        wanted: dict[str, list[tuple[Facts, str, str, Facts | None]]] = defaultdict(list)
        for one in plans:
            report = order.report(one)
            link = digest(rules(), "linking", self.lang, read[one.id], *(read[u] for u in uppers[one.id]))
            keys[one.id] = {"reading": read[one.id], "linking": link}
            follow = ""
            if report is not None:
                follow = digest(rules(), "following", self.lang, read[one.id], read[report.id])
                keys[one.id]["following"] = follow
            link, follow = ("" if key in self.done else key for key in (link, follow))
            if link or follow:
                wanted[f"{one.level} {one.seat}"].append((one, link, follow, report if follow else None))
        source = {f.id: f.source for f in plans}

        def held(plan_id: str, cache: dict[str, Held]) -> Held:
            if plan_id not in cache:
                data = self.store.part(read[plan_id], "plan") or b""
                cache[plan_id] = Held(read[plan_id], source[plan_id], data)
            return cache[plan_id]

        def batches() -> Iterator[Batch]:
            for _, rows in sorted(wanted.items()):
                rows.sort(key=lambda row: (row[0].year or 0, row[0].id))
                for some in _batched(rows, LINKED_TOGETHER):
                    cache: dict[str, Held] = {}
                    yield Batch(
                        tuple(
                            Comparing(
                                held(one.id, cache),
                                tuple(held(u, cache) for u in uppers[one.id]) if link else (),
                                held(report.id, cache) if report else None,
                                self.lang,
                                link,
                                follow,
                            )
                            for one, link, follow, report in some
                        )
                    )

        self._run("linking", batches(), sum(map(len, wanted.values())))
        return keys


def _batched(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
