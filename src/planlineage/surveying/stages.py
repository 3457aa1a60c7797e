"""The work on one plan, as a worker does it: a job goes in as plain data, and what is done comes out as bytes.

Two stages: reading a document, and comparing a plan that was read with those above it and the report that follows it. A job
carries all that it needs, so that a worker may stand anywhere; nothing depends on who does it, or in which order.
"""

from __future__ import annotations

import gc
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from ..analysis.follow_up import FollowUp
from ..comparing.lineage import linked
from ..linking.units import LinkOptions
from ..model.errors import PlanLineageError
from ..model.files import plan_from_json
from ..model.plan import Plan
from ..model.wording import Lang, Reason, told
from ..reading.parse import parse_text
from ..reading.source import decode
from . import rows
from .facts import Facts, facts_of
from .tables import packed

Stage = Literal["reading", "linking", "following"]

KEPT_PLANS = 48
"""Plans that a worker keeps at hand: those above, which many plans share, and a place's own of several years."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one file or comparison."""

    source: str
    plan: str
    stage: str
    what: Reason
    hint: Reason | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The result of one job under the key of what it was made from: parts by name, facts about a plan, or a problem."""

    key: str
    stage: Stage
    parts: Mapping[str, bytes] = field(default_factory=dict)
    facts: Facts | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document to be read, with what the user says of it."""

    key: str
    source: str
    id: str
    data: bytes
    supplied: Mapping[str, str]

    def run(self) -> list[Done]:
        """Read it."""
        try:
            plan = self._plan()
            parts = {
                "plan": zlib.compress(plan.model_dump_json().encode(), 1),
                "statements": packed("statements", rows.statement_rows(plan)),
                "commitments": packed("commitments", rows.commitment_rows(plan)),
            }
            return [Done(self.key, "reading", parts, facts_of(plan, self.source))]
        except Exception as error:  # one bad file is a row of `problems`, whatever is wrong with it
            return [Done(self.key, "reading", problem=_problem(error, self.source, self.id, "reading"))]

    def failed(self, what: Reason) -> list[Done]:
        """What is noted where the worker itself ended."""
        return [Done(self.key, "reading", problem=Problem(self.source, self.id, "reading", what))]

    def _plan(self) -> Plan:
        name = self.source.rsplit("/", 1)[-1]
        if name.lower().endswith(".json"):
            plan = plan_from_json(self.data, where=self.source)
            said = {k: v for k, v in self.supplied.items() if k in ("title", "place", "number")}
            given = plan.model_dump() | said | ({"level": self.supplied["level"]} if "level" in self.supplied else {})
            return Plan.model_validate(given) if said or "level" in self.supplied else plan
        given = {k: v for k, v in self.supplied.items() if k in _SAID}
        return parse_text(decode(self.data, name=name), id=self.id, **given)


_SAID = ("level", "place", "title", "issuer", "number", "issued")


@dataclass(frozen=True, slots=True)
class Held:
    """A plan that was read, as bytes, under the key of what it was read from."""

    key: str
    source: str
    data: bytes

    def plan(self) -> Plan:
        """The plan."""
        return _plan_of(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=KEPT_PLANS)
def _plan_of(held: Held) -> Plan:
    return Plan.model_validate_json(zlib.decompress(held.data))


@dataclass(frozen=True, slots=True)
class Comparing:
    """A plan to be linked to those above it (`link_key`), and to be set against the report after it (`follow_key`).

    A key is empty where that part is done already or there is nothing to do.
    """

    local: Held
    uppers: tuple[Held, ...]
    report: Held | None
    lang: Lang
    link_key: str = ""
    follow_key: str = ""

    def run(self) -> list[Done]:
        """Link, compare, follow up."""
        done = []
        if self.link_key:
            done.append(self._guarded("linking", self.link_key, self._linked))
        if self.follow_key:
            done.append(self._guarded("following", self.follow_key, self._followed))
        return done

    def failed(self, what: Reason) -> list[Done]:
        """What is noted where the worker itself ended."""
        keys: list[tuple[Stage, str]] = [("linking", self.link_key), ("following", self.follow_key)]
        source = self.local.source
        return [Done(key, stage, problem=Problem(source, "", stage, what)) for stage, key in keys if key]

    def _guarded(self, stage: Stage, key: str, work: Any) -> Done:
        try:
            return Done(key, stage, work())
        except Exception as error:  # as for reading
            return Done(key, stage, problem=_problem(error, self.local.source, self.local.plan().id, stage))

    def _linked(self) -> Mapping[str, bytes]:
        plan, uppers = self.local.plan(), [u.plan() for u in self.uppers]
        if not uppers:
            return {"deadlines": packed("deadlines", rows.deadline_rows(plan, None, self.lang))}
        lineage = linked(plan, uppers, LinkOptions(evidence=False))
        return {
            "edges": packed("edges", rows.edge_rows(lineage)),
            "coverage": packed("coverage", rows.coverage_rows(lineage, self.lang)),
            "slippage": packed("slippage", rows.slippage_rows(lineage, self.lang)),
            "deadlines": packed("deadlines", rows.deadline_rows(plan, lineage, self.lang)),
        }

    def _followed(self) -> Mapping[str, bytes]:
        report = self.report.plan() if self.report else None
        if report is None:
            return {}
        found = FollowUp(self.local.plan(), report, lang=self.lang)
        return {"follow_up": packed("follow_up", rows.follow_up_rows(found))}


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs that share plans, so that one worker should do them one after the other."""

    jobs: tuple[Reading | Comparing, ...]


def work(batch: Batch) -> list[Done]:
    """Do the jobs of a batch.

    Plans are many objects that stay, and looking through them again and again for circles that no longer belong to anything
    takes a quarter of the time: what a batch leaves of them is looked for once, at its end.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        return [done for job in batch.jobs for done in job.run()]
    finally:
        gc.collect(0)
        if looks:
            gc.enable()


def _problem(error: Exception, source: str, plan: str, stage: str) -> Problem:
    if isinstance(error, PlanLineageError):
        return Problem(source, plan, stage, error.what, error.hint)
    return Problem(
        source, plan, stage, told("error", "fault", error=f"{type(error).__name__}: {error}"), told("hint", "report it")
    )
