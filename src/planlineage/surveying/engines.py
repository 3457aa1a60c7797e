"""Who does the work: this process, several processes on this machine, or the workers of a Dask cluster.

An engine takes batches and gives back results as they come, in any order; what is done with them does not depend on it.
"""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, Literal, Protocol

from ..model.errors import MissingExtraError, SurveyError
from ..model.wording import told
from .stages import Batch, Done, work

Result = tuple[Batch, list[Done]]
"""A batch and what is done of it."""

EngineName = Literal["processes", "dask", "here"]

AHEAD = 3
"""Batches for each worker that are handed out before they are asked for."""

_KILLED = told("error", "killed")
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Engine(Protocol):
    """Does batches of jobs."""

    def run(self, batches: Iterable[Batch]) -> Iterator[Result]:
        """The results of each batch, as they come."""
        ...


def engine(name: EngineName, workers: int | None = None, scheduler: str | None = None) -> Engine:
    """An engine by its name. `workers` counts processes (as many as the machine has cores by default); `scheduler` is the address
    of a Dask scheduler. Raises `MissingExtraError` and `SurveyError`.
    """
    if name == "here" or (name == "processes" and workers == 1):
        return Here()
    if name == "processes":
        return Processes(workers or _cores())
    return Dask(scheduler, workers or _cores())


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Here:
    """This process, one batch after the other."""

    def run(self, batches: Iterable[Batch]) -> Iterator[Result]:
        """The results of each batch."""
        return ((batch, work(batch)) for batch in batches)


class Processes:
    """Several processes on this machine.

    Where one ends by force, the batches that were under way are done again, each alone: the one that ends a process a second
    time is noted as a problem, and the others go on.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, batches: Iterable[Batch]) -> Iterator[Result]:
        """The results of each batch, as they come."""
        waiting = iter(batches)
        while True:
            lost = yield from self._while_whole(waiting)
            if lost is None:
                return
            for batch in lost:
                yield batch, self._alone(batch)

    def _while_whole(self, waiting: Iterator[Batch]) -> Generator[Result, None, list[Batch] | None]:
        """Do batches until all are done (returns None) or a process ends (returns those that were under way)."""
        under_way: dict[Future[list[Done]], Batch] = {}
        with _pool(self.workers) as pool:
            while True:
                for batch in islice(waiting, self.workers * AHEAD - len(under_way)):
                    under_way[pool.submit(work, batch)] = batch
                if not under_way:
                    return None
                finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in finished:
                    try:
                        found = future.result()
                    except BrokenProcessPool:
                        return list(under_way.values())
                    yield under_way.pop(future), found

    def _alone(self, batch: Batch) -> list[Done]:
        found: list[Done] = []
        for job in batch.jobs:
            with _pool(1) as pool:
                try:
                    found += pool.submit(work, Batch((job,))).result()
                except BrokenProcessPool:
                    found += job.failed(_KILLED)
        return found


class _pool:  # noqa: N801 - a context manager of few lines
    """Processes that are ended with the block, one thread each: as many as there are cores are at work already."""

    def __init__(self, workers: int) -> None:
        try:
            loky = importlib.import_module("loky.process_executor")
        except ImportError as error:
            raise MissingExtraError("no loky", hint="install survey or one worker") from error
        self._executor = loky.ProcessPoolExecutor(max_workers=workers, env=_ONE_THREAD)

    def __enter__(self) -> Any:
        warnings.filterwarnings("ignore", message="A worker (stopped|was restarted) while", category=UserWarning)
        return self._executor

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, kill_workers=True)


class Dask:
    """The workers of a Dask cluster: one that runs already, by the address of its scheduler, or one made here."""

    def __init__(self, scheduler: str | None, workers: int | None) -> None:
        try:
            self._distributed = importlib.import_module("distributed")
        except ImportError as error:
            raise MissingExtraError("no dask", hint="install cluster") from error
        self.scheduler, self.workers = scheduler, workers

    def run(self, batches: Iterable[Batch]) -> Iterator[Result]:
        """The results of each batch, as they come."""
        waiting = iter(batches)
        with self._client() as client:
            under_way: dict[Any, Batch] = {}
            results = self._distributed.as_completed([], loop=client.loop)
            while True:
                ahead = AHEAD * max(1, sum(client.nthreads().values()))
                for batch in islice(waiting, max(0, ahead - len(under_way))):
                    future = client.submit(work, batch, pure=False)
                    under_way[future] = batch
                    results.add(future)
                if not under_way:
                    return
                future = next(results)
                batch = under_way.pop(future)
                try:
                    yield batch, future.result()
                except self._distributed.KilledWorker:
                    yield batch, [done for job in batch.jobs for done in job.failed(_KILLED)]

    def _client(self) -> Any:
        try:
            if self.scheduler:
                return self._distributed.Client(self.scheduler, set_as_default=False)
            return self._distributed.Client(
                n_workers=self.workers, threads_per_worker=1, dashboard_address=None, set_as_default=False
            )
        except (OSError, ValueError) as error:
            raise SurveyError("no scheduler", where=self.scheduler or "", hint="start scheduler", said=error) from error
