"""Plan after plan: what a later plan kept, raised, lowered and dropped of an earlier one, and what it adds.

The same comparison serves two versions of a plan, a plan and the one that follows it, and one year's report and the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from ..comparing.answer import Answer
from ..comparing.changes import ChangeName, Effect
from ..comparing.indicators import TargetPair, paired_targets, targets_of
from ..comparing.lineage import Lineage
from ..model.commitments import Base
from ..model.errors import ReportOrderError
from ..model.lineage import LineageEdge, Relation
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, because, joined, words

Status = Literal["kept", "partly", "raised", "lowered", "mixed", "dropped", "new"]
"""What became of a task or goal: kept with all its dates and numbers, taken up in part, set higher or lower, some of it higher
and some lower, no longer stated, or stated for the first time."""

STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Succeeded:
    """A task or goal of the earlier plan with what became of it, or one that only the later plan has.

    `new_id` is the statement that says most surely what became of it, `also` are further ones. `changes` are its dates and
    numbers that moved. `relation` and `confidence` (0 to 1) are those of the edge; empty where only an indicator ties the two.
    """

    status: Status = column(exact=True)
    old_id: str = column()
    new_id: str = column()
    also: tuple[str, ...] = column()
    changes: tuple[Reason, ...] = column()
    relation: str = column()
    confidence: float | None = column()
    old_clause: str = column()
    new_clause: str = column()
    old_text: str = column()
    new_text: str = column()


@dataclass(frozen=True, slots=True)
class SucceededTarget:
    """A target that both plans state, or that one of them does. `change` is kept, raised, lowered, dropped, new, …; `effect`
    says whether it binds more or less, for a lower ceiling binds more."""

    change: ChangeName | Literal["new"] = column(exact=True)
    effect: Effect = column(exact=True)
    indicator: str = column()
    base: Base = column(exact=True)
    unit: str = column()
    old_value: str = column(exact=True)
    new_value: str = column(exact=True)
    old_id: str = column()
    new_id: str = column()
    old_text: str = column()
    new_text: str = column()
    pair: TargetPair = column(hidden=True)


class TargetSuccession(Report[SucceededTarget]):
    """The targets of two plans side by side: in the order of the earlier plan, then those that only the later one states."""

    def __init__(self, records: Sequence[SucceededTarget], heading: str, lang: Lang | None) -> None:
        self._records, self._heading = records, heading
        self._speak_in(lang)

    @property
    def records(self) -> Sequence[SucceededTarget]:
        """One record for each target, or pair of targets."""
        return self._records

    @property
    def heading(self) -> str:
        """The two plans."""
        return self._heading

    @property
    def paired(self) -> list[SucceededTarget]:
        """Those that both plans state."""
        return [r for r in self._records if r.old_id and r.new_id]


class Succession(Report[Succeeded]):
    """What became of each task and goal of a plan in the plan that follows it, then what that adds.

    `dropped` means that nothing in the later text was found to answer: it may be put in wholly other words, or stand in a table
    that is a picture. `targets` sets the numbers of both side by side. `remarks` say what is odd about the two.

    >>> from planlineage import parse_text, succession
    >>> old = parse_text("一、今年工作\\n城镇新增就业110万人以上。\\n建设博物馆。", title="某市2024年政府工作报告")
    >>> new = parse_text("一、今年工作\\n城镇新增就业120万人以上。\\n推进数据开放。", title="某市2025年政府工作报告")
    >>> for row in succession(old, new):
    ...     print(row.status, row.old_text or row.new_text)
    raised 城镇新增就业110万人以上。
    dropped 建设博物馆。
    new 推进数据开放。
    """

    def __init__(self, lineage: Lineage, *, lang: Lang | None = None) -> None:
        self.lineage = lineage
        self._speak_in(lang)
        self.old, self.new = lineage.uppers[0], lineage.locals[0]
        self.remarks = _checked(self.old, self.new)

    @property
    def heading(self) -> str:
        """The two plans, and how many tasks became what."""
        told = joined((f"{words(f'succession.{s}', self.speaks)} {n}" for s, n in self.counts.items()), self.speaks)
        return f"{self.old.name} → {self.new.name}: {told}"

    @property
    def counts(self) -> dict[Status, int]:
        """How many tasks and goals became what."""
        found = Counter(r.status for r in self.records)
        return {status: found[status] for status in STATUSES if found[status]}

    def of(self, *statuses: Status) -> list[Succeeded]:
        """Those that became one of these."""
        return [r for r in self.records if r.status in statuses]

    @cached_property
    def records(self) -> Sequence[Succeeded]:
        """One record for each task and goal: those of the earlier plan in its order, then the new ones."""
        pairs: defaultdict[str, list[TargetPair]] = defaultdict(list)
        for pair in self._pairs:
            if pair.old and pair.new:
                pairs[pair.old.statement.id].append(pair)
        dates: defaultdict[str, list[Answer]] = defaultdict(list)
        for answer in self.lineage.answers.dates_and_numbers:
            if answer.is_pair and answer.aspect != "target" and answer.counts:
                dates[answer.upper_id].append(answer)
        found = [
            self._record(old, [e for e in carried if e.relation.is_coverage], pairs[old.id], dates[old.id])
            for old in self.old.statements
            if _counts(old)
            for carried in [self.lineage.carriers(self.old.id, old.id)]
        ]
        told = {i for r in found for i in (r.new_id, *r.also)}
        return found + [self._added(s) for s in self.new.statements if _counts(s) and s.id not in told]

    @cached_property
    def targets(self) -> TargetSuccession:
        """The numbers of both plans, indicator by indicator."""
        rows = [_target(pair) for pair in self._pairs]
        return TargetSuccession(rows, f"{self.old.name} → {self.new.name}", self._given_lang)

    @cached_property
    def _pairs(self) -> list[TargetPair]:
        linked = {(e.upper_id, e.local_id) for e in self.lineage.edges if e.relation.is_coverage}
        return paired_targets(targets_of(self.old), targets_of(self.new), linked)

    def _record(
        self, old: Statement, edges: Sequence[LineageEdge], pairs: Sequence[TargetPair], dates: Sequence[Answer]
    ) -> Succeeded:
        by_number = list(dict.fromkeys(p.new.statement.id for p in pairs if p.new))
        found = [*by_number, *(e.local_id for e in edges if e.local_id not in by_number)]
        new = self.new.statement(found[0]) if found else None
        edge = next((e for e in edges if new and e.local_id == new.id), None)
        effects = {a.effect for a in dates} | {p.change.effect for p in pairs if p.change}
        moved = [_moved(a.upper_value, a.local_value) for a in dates]
        moved += [
            _moved(p.old.target.normal, p.new.target.normal)
            for p in pairs
            if p.old and p.new and p.change and p.change.name != "kept"
        ]
        return Succeeded(
            _status(effects, edge) if new else "dropped",
            old.id,
            new.id if new else "",
            tuple(found[1:]),
            tuple(moved),
            edge.relation.value if edge else "",
            edge.confidence if edge else None,
            self.old.label(old.clause),
            self.new.label(new.clause) if new else "",
            old.text,
            new.text if new else "",
        )

    def _added(self, new: Statement) -> Succeeded:
        return Succeeded("new", "", new.id, (), (), "", None, "", self.new.label(new.clause), "", new.text)


def _counts(statement: Statement) -> bool:
    return statement.kind in ("task", "goal")


def _status(effects: Collection[Effect], edge: LineageEdge | None) -> Status:
    """What became of a task that is taken up, by what its dates and numbers do, else by how much of it is carried."""
    more, less = "stronger" in effects, "weaker" in effects
    if more or less:
        return "mixed" if more and less else "raised" if more else "lowered"
    return "partly" if edge and edge.relation is Relation.PARTIAL else "kept"


def _moved(old: str, new: str) -> Reason:
    return because("succession.moved", old=old.replace("latest=", ""), new=new.replace("latest=", ""))


def _target(pair: TargetPair) -> SucceededTarget:
    some = pair.new or pair.old
    assert some is not None
    old, new = (
        (stated.target.normal, stated.statement.id, stated.statement.text) if stated else ("", "", "")
        for stated in (pair.old, pair.new)
    )
    return SucceededTarget(
        change=pair.change.name if pair.change else "dropped" if pair.old else "new",
        effect=pair.change.effect if pair.change else "",
        indicator=some.target.indicator or "",
        base=some.target.base,
        unit=some.target.unit or "",
        old_value=old[0],
        new_value=new[0],
        old_id=old[1],
        new_id=new[1],
        old_text=old[2],
        new_text=new[2],
        pair=pair,
    )


def _checked(old: Plan, new: Plan) -> tuple[Reason, ...]:
    """Refuse a later plan that is the earlier one; remark what makes the two an unlikely couple."""
    found = []
    if old.period and new.period and new.period.begins < old.period.begins:
        raise ReportOrderError(
            "plans swapped",
            where=new.name,
            hint="earlier first",
            year=new.period.begins.year,
            year2=old.period.begins.year,
        )
    if old.source.text == new.source.text:
        found.append(because("succession.same text"))
    if old.place != new.place:
        found.append(because("follow.other place", plan=old.place, report=new.place))
    if old.level != new.level:
        found.append(because("succession.other level"))
    return tuple(found)
