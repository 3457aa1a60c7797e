"""The same bytes from a Dask cluster as from this process, also where a worker is killed while it is at work."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
pytest.importorskip("distributed")

import distributed

import planlineage as pl

from .test_survey import bytes_of, plans  # noqa: F401 - a fixture


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two worker processes on this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as found:
        yield found


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 here")
def test_a_cluster_gives_the_same_bytes_and_outlives_a_killed_worker(
    plans: Path,  # noqa: F811
    tmp_path: Path,
    cluster: Any,
) -> None:
    pl.survey(plans, upper="central_2021", out=tmp_path / "here", workers=1)
    address = cluster.scheduler_address
    pl.survey(plans, upper="central_2021", out=tmp_path / "cluster", engine="dask", scheduler=address)
    assert bytes_of(tmp_path / "cluster") == bytes_of(tmp_path / "here")

    killed: list[int] = []

    def kill_one(stage: str, done: int, total: int) -> None:
        if stage == "linking" and not killed:
            pids = [worker.pid for worker in cluster.workers.values() if worker.pid]
            os.kill(pids[0], signal.SIGKILL)
            killed.append(pids[0])

    pl.survey(plans, upper="central_2021", out=tmp_path / "killed", engine="dask", scheduler=address, progress=kill_one)
    assert killed
    assert bytes_of(tmp_path / "killed") == bytes_of(tmp_path / "here")
