"""What can be wrong with the file, and what is done about it: typed errors, nothing lost, damage found."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import tempfile
from pathlib import Path

import pytest

import planlineage as pl
from planlineage.progress import schema
from planlineage.progress.entries import Entry
from planlineage.progress.errors import (
    BadEntryError,
    DamagedStoreError,
    FullStoreError,
    LockedStoreError,
    NewerStoreError,
    NotAStoreError,
    ReadOnlyStoreError,
    StoreError,
    StoreNotFoundError,
)
from planlineage.progress.store import Progress
from planlineage.progress.verify import verify

TASK = "9.29-2rwar"
KEPT = """CREATE TRIGGER events_are_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END"""


def test_no_such_store(tmp_path: Path) -> None:
    with pytest.raises(StoreNotFoundError):
        Progress(tmp_path / "none.db", create=False)
    with pytest.raises(StoreNotFoundError):
        Progress(tmp_path / "none.db", readonly=True)


def test_other_files_are_no_stores(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("what a pity", encoding="utf-8")
    with pytest.raises(NotAStoreError):
        Progress(tmp_path / "a.txt")
    sqlite3.connect(tmp_path / "b.db").execute("CREATE TABLE a (b)").connection.close()
    with pytest.raises(NotAStoreError):
        Progress(tmp_path / "b.db")
    (tmp_path / "c.db").touch()
    with pytest.raises(DamagedStoreError, match="empty"):
        Progress(tmp_path / "c.db")
    with pytest.raises(NotAStoreError, match="folder"):
        Progress(tmp_path)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Progress(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    with pytest.raises(NewerStoreError, match="upgrade"):
        Progress(path)
    with pytest.raises(NewerStoreError):
        verify(path)


def test_a_locked_store_says_so_after_the_time_allowed(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    with Progress(path, timeout=0.05) as store:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedStoreError, match="another process"):
            store.add(plan, TASK, percent=10)
        assert len(store) == 0  # reading goes on
        holder.execute("ROLLBACK")
        holder.close()
        store.add(plan, TASK, percent=10)


def test_a_store_opened_for_reading_is_not_written(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    with Progress(path) as store:
        store.add(plan, TASK, percent=10)
    with Progress(path, readonly=True) as store:
        assert len(store) == 1
        with pytest.raises(ReadOnlyStoreError):
            store.add(plan, TASK, percent=20)


def _as_nobody(path: Path, plan: pl.Plan, say: int) -> None:
    """What another user meets, who may read the file and its folder only."""
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    with Progress(path, readonly=True) as store:
        os.write(say, f"read {len(store)}\n".encode())
    for name, work in (
        ("add", lambda: Progress(path).add(plan, TASK, percent=20)),
        ("make", lambda: Progress(path.parent / "new.db")),
    ):
        try:
            work()
        except ReadOnlyStoreError as error:
            os.write(say, f"{name}: {error.what}\n".encode())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_a_file_without_permission_to_write(plan: pl.Plan) -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "ledger.db"
    with Progress(path) as store:
        store.add(plan, TASK, percent=10)
    path.chmod(0o444)
    folder.chmod(0o555)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _as_nobody(path, plan, writing)
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    folder.chmod(0o755)
    with os.fdopen(reading) as pipe:
        said = pipe.read().splitlines()
    shutil.rmtree(folder)
    assert said == ["read 1", "add: can't be written", "make: can't be made: Permission denied"]


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    with Progress(path) as store:
        kept = [store.add(plan, TASK, percent=10, note=f"{n}") for n in range(5)]
        store._open().execute("PRAGMA max_page_count = 1")  # SQLite's own way to play a full disk
        with pytest.raises(FullStoreError, match="full"):
            for n in range(2000):
                kept.append(store.add(plan, TASK, percent=10, note=f"{n} " + "长" * 500))
    with Progress(path) as store:
        assert list(store.events()) == kept
        store.add(plan, TASK, percent=11)
    assert verify(path).sound


def _write_until_refused(path: Path, plan: pl.Plan, say: int, most: int = 300_000) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    store = Progress(path)
    for n in range(5000):
        try:
            event = store.add(plan, TASK, percent=10, note=f"{n} " + "长" * 300)
        except FullStoreError:
            os.write(say, b"refused\n")
            return
        os.write(say, f"{event.id}\n".encode())


def _refused_at(path: Path, plan: pl.Plan, most: int) -> list[str]:
    """What a writer was told whose files may not grow beyond so many bytes; it ends once it is refused."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _write_until_refused(path, plan, writing, most)
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        *said, last = pipe.read().split()
    assert last == "refused"
    return said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
def test_a_disk_that_takes_no_more_bytes(tmp_path: Path, plan: pl.Plan) -> None:
    path = tmp_path / "ledger.db"
    Progress(path).close()
    said = _refused_at(path, plan, 300_000)
    with Progress(path) as store:
        assert [event.id for event in store.events()] == said
    assert verify(path).sound


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
@pytest.mark.parametrize("first", range(0, 4096, 1024))
def test_a_disk_that_is_full_at_any_write(tmp_path: Path, plan: pl.Plan, first: int) -> None:
    empty = tmp_path / "empty.db"
    Progress(empty).close()
    for most in range(empty.stat().st_size + first, empty.stat().st_size + 40_000, 4096 + 24):
        path = shutil.copyfile(empty, tmp_path / f"{most}.db")
        said = _refused_at(path, plan, most)
        with Progress(path) as store:
            assert [event.id for event in store.events()] == said
            store.add(plan, TASK, percent=11)
        assert verify(path).sound


# -- damage --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def written(tmp_path: Path, plan: pl.Plan) -> Path:
    """A store with 300 events, closed."""
    path = tmp_path / "ledger.db"
    with Progress(path) as store:
        store.add_entries([Entry(plan, TASK, {"percent": n % 100, "note": f"第{n}次报送"}) for n in range(300)])
    return path


def test_a_sound_store_is_found_sound(written: Path) -> None:
    found = verify(written)
    assert found.sound
    assert found.events == 300
    assert "whole" in found.heading


def test_an_event_that_was_altered_is_found(written: Path) -> None:
    connection = sqlite3.connect(written)
    connection.execute("DROP TRIGGER events_stay")
    connection.execute("UPDATE events SET percent = 99 WHERE seq = 17")
    connection.commit()
    connection.close()
    found = verify(written)
    assert [row["check"] for row in found.rows()] == ["rules", "seal"]
    assert "event 17" in str(found.rows())
    assert "events_stay is gone" in str(found.rows())


def test_an_event_that_was_taken_out_is_found(written: Path) -> None:
    with Progress(written) as store:
        head = store.head
    connection = sqlite3.connect(written)
    connection.execute("DROP TRIGGER events_are_kept")
    connection.execute("DELETE FROM events WHERE seq > 290")
    connection.execute(KEPT)
    connection.commit()
    connection.close()
    assert verify(written).sound  # a tail that is cut off can't be seen from what is left
    assert not verify(written, head=head).sound  # but by the digest that was noted elsewhere


def test_events_cant_be_changed_by_sql(written: Path) -> None:
    connection = sqlite3.connect(written)
    for statement in ("UPDATE events SET percent = 0", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_damaged_bytes_are_found_and_said(written: Path, place: int) -> None:
    with Progress(written) as store:
        before = list(store.events())
    data = bytearray(written.read_bytes())
    start = len(data) * place // 100
    data[start : start + 3000] = bytes(3000)
    written.write_bytes(bytes(data))
    found = verify(written)
    if found.sound:  # the bytes lay where nothing is stored
        with Progress(written) as store:
            assert list(store.events()) == before
    else:
        assert ": damaged: " in found.heading


def test_a_file_that_was_cut_off_is_found(written: Path) -> None:
    written.write_bytes(written.read_bytes()[: 12 * 4096])
    assert not verify(written).sound
    with pytest.raises(DamagedStoreError), Progress(written) as store:
        list(store.events())


def test_a_single_changed_letter_is_found(written: Path) -> None:
    data = written.read_bytes()
    assert "第150次报送".encode() in data
    written.write_bytes(data.replace("第150次报送".encode(), "第151次报送".encode()))
    assert "event 151" in str(verify(written).rows())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TRIGGER events_stay", "events_stay is gone"),
        ("DROP INDEX events_by_day", "events_by_day is gone"),
        ("CREATE TRIGGER spy AFTER INSERT ON events BEGIN DELETE FROM plans; END", "rule spy was added"),
        ("CREATE VIEW other AS SELECT 1", "rule other was added"),
        ("ALTER TABLE plans ADD COLUMN more", "rule plans was altered"),
    ],
)
def test_rules_that_were_dropped_or_planted_are_found(written: Path, statement: str, said: str) -> None:
    connection = sqlite3.connect(written)
    connection.execute(statement)
    connection.close()
    assert [row["check"] for row in verify(written).rows()] == ["rules"]
    assert said in str(verify(written).rows())
    with pytest.raises(DamagedStoreError, match="damaged"):
        Progress(written)


def test_flipped_bits_never_reach_a_report(written: Path) -> None:
    with Progress(written) as store:
        before = list(store.events())
    data, chance = written.read_bytes(), random.Random(4)
    found = 0
    for _ in range(150):
        at = chance.randrange(len(data))
        written.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        try:
            with Progress(written, readonly=True) as store:
                assert list(store.events()) == before
                assert store.replaced() == set()
        except StoreError:
            found += 1
    assert found > 50  # the others lie where nothing is stored


def test_a_copy_of_the_file_alone_holds_all_that_was_acknowledged(tmp_path: Path, plan: pl.Plan) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    with Progress(path) as store:
        for n in range(3):
            event = store.add(plan, TASK, percent=n)
            shutil.copyfile(path, copy)
            with Progress(copy, readonly=True) as other:
                assert [e.id for e in other.events()][-1] == event.id
            assert verify(copy, head=event.digest).sound


def test_links_lead_to_the_newest_events(tmp_path: Path, plan: pl.Plan) -> None:
    path, link, hard = tmp_path / "store" / "ledger.db", tmp_path / "link.db", tmp_path / "hard.db"
    link.symlink_to(path)
    with Progress(link) as store:  # leads to where there is none yet
        store.add(plan, TASK, percent=1)
        os.link(path, hard)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["hard.db", "link.db", "store"]
        for name in (path, link, hard):
            event = store.add(plan, TASK, percent=2, note=name.name)
            with Progress(name, readonly=True) as other:
                assert [e.id for e in other.events()][-1] == event.id


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_no_store(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAStoreError, match="pipe"):
        Progress(tmp_path / "pipe")


@pytest.mark.parametrize("words", ["a\x00b", "a\ud800b", "a\x1bb"])
def test_characters_that_no_text_holds_are_refused(tmp_path: Path, plan: pl.Plan, words: str) -> None:
    with Progress(tmp_path / "ledger.db") as store:
        with pytest.raises(BadEntryError, match=r"U\+") as caught:
            store.add(plan, TASK, percent=1, note=words)
        assert caught.value.field == "note"
        assert len(store) == 0
