"""Whatever is done to a ledger, in whatever order, it holds what was acknowledged: a hypothesis machine beside a plain list."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import planlineage as pl
from planlineage.model.files import shipped_plan
from planlineage.progress.entries import Entry
from planlineage.progress.errors import BadEntryError
from planlineage.progress.events import Event
from planlineage.progress.store import Progress
from planlineage.progress.verify import verify

TASKS = ("9.29-2rwar", "2.4-s6wbq")
NOTES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)


class Ledger(RuleBasedStateMachine):
    """The events that the store acknowledged, in order, stand in `told`."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "ledger.db"
        self.plan: pl.Plan = shipped_plan("shanting_2021")
        self.told: list[Event] = []
        self.heads: list[str] = []

    @initialize()
    def begin(self) -> None:
        self.store = Progress(self.path)

    def _take(self, events: tuple[Event, ...]) -> None:
        held = {event.id for event in self.told}
        for event in events:
            if event.id not in held:
                self.told.append(event)
                held.add(event.id)

    @rule(task=st.sampled_from(TASKS), percent=st.integers(0, 100), note=NOTES)
    def report(self, task: str, percent: int, note: str) -> None:
        self._take((self.store.add(self.plan, task, percent=percent, note=note, effective_on="2023-05-01"),))

    @rule(notes=st.lists(NOTES, min_size=1, max_size=4), bad=st.booleans())
    def batch(self, notes: list[str], bad: bool) -> None:
        fields: list[Any] = [{"percent": 10, "note": note, "effective_on": "2023-05-01"} for note in notes]
        if bad:
            fields[-1] = {"percent": 101}
        try:
            added = self.store.add_entries([Entry(self.plan, TASKS[0], one) for one in fields])
        except BadEntryError:
            assert bad
        else:
            assert added.new == len({e.id for e in added.events} - {e.id for e in self.told})
            self._take(added.events)

    @precondition(lambda self: self.told)
    @rule(data=st.data(), withdrawn=st.booleans())
    def correct(self, data: st.DataObject, withdrawn: bool) -> None:
        event = data.draw(st.sampled_from(self.told))
        said: Any = {"status": "withdrawn"} if withdrawn else {"percent": 50}
        fields = {**said, "corrects": event.id, "effective_on": "2023-05-02"}
        self._take((self.store.add(self.plan, event.task, **fields),))

    @precondition(lambda self: self.told)
    @rule()
    def the_same_again(self) -> None:
        event = self.told[-1]
        assert self.store.append([event]).known == 1

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Progress(self.path)

    @rule()
    def note_the_head(self) -> None:
        if self.told:
            self.heads.append(self.store.head)

    @rule()
    def copy_while_it_is_open(self) -> None:
        copy = shutil.copyfile(self.path, self.folder / "copy.db")
        with Progress(copy, readonly=True) as other:
            assert list(other.events()) == self.told

    @rule(note=NOTES)
    def another_process_reports_and_dies(self, note: str) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                event = Progress(self.path).add(self.plan, TASKS[1], percent=5, note=note, effective_on="2023-05-01")
                os.write(writing, event.id.encode())
            finally:
                os._exit(1)  # nothing is closed
        os.close(writing)
        os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            told = pipe.read()
        self._take((self.store.event(told),))

    @rule()
    def another_process_dies_in_mid_write(self) -> None:
        child = os.fork()
        if child == 0:
            try:
                connection = Progress(self.path)._open()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO plans VALUES ('x', 'x', 'x', 'x', 'x')")
            finally:
                os._exit(1)
        os.waitpid(child, 0)

    @invariant()
    def holds_what_was_acknowledged(self) -> None:
        if not hasattr(self, "store"):
            return
        assert list(self.store.events()) == self.told
        assert self.store.replaced() == {e.corrects for e in self.told if e.corrects}

    def teardown(self) -> None:
        self.store.close()
        assert verify(self.path).sound
        for head in self.heads:
            assert verify(self.path, head=head).sound
        shutil.rmtree(self.folder)


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be forked")
TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=12, stateful_step_count=15)


@pytest.mark.long
class TestLedgerAtLength(Ledger.TestCase):
    """The same, some ten thousand steps."""

    settings = settings(max_examples=400, stateful_step_count=40, derandomize=False)
