"""A plan taken apart, whole and consistent, with all that is looked up in it."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from .base import Model, Provenance, Span
from .citing import Citation
from .commitments import Actor, Expression
from .errors import InvalidValueError, UnknownTaskError
from .levels import Level
from .naming import own_place, years
from .parts import CitedPlan, Clause, Edit, Finding, ReadingReport, Source, Statement
from .show import Showable
from .wording import joined, options, words

MAX_LEVELS = 200
"""Clauses inside one another."""
SCHEMA_VERSION = 1
"""Version of the plan JSON. It grows whenever an older reader could misread the file."""


class Period(Model):
    """The years that a plan covers, first and last included."""

    begins: datetime.date
    ends: datetime.date

    @property
    def years(self) -> str:
        """The years in figures: 2021–2025, or 2025."""
        return "–".join(dict.fromkeys((str(self.begins.year), str(self.ends.year))))


class Plan(Showable, Model):
    """One document of one body at one level, taken apart.

    `place` is the full name of the place (河南省新乡市卫滨区), empty for the centre. `implements` are the upper plans that it
    cites as its grounds; `follows` the plan it succeeds. `issued` is the day of issue where the document or its curator
    gives one, `issuers` are the bodies that sign. `findings` say how each of these was found.

    >>> from planlineage import load
    >>> plan = load("weibin_2021")
    >>> plan.level.chinese, plan.place, [cited.title for cited in plan.implements][:1]
    ('县（区）', '河南省新乡市卫滨区', ['法治政府建设实施纲要（2021—2025年）'])
    """

    schema_version: int = SCHEMA_VERSION
    id: str
    title: str = ""
    level: Level | None = None
    place: str = ""
    issuers: tuple[str, ...] = ()
    number: str = ""
    issued: datetime.date | None = None
    period: Period | None = None
    status: Literal["in force", "draft for comments", "unknown"] = "unknown"
    cited: tuple[CitedPlan, ...] = ()
    supplied: Mapping[str, str] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    source: Source
    edits: tuple[Edit, ...] = ()
    clauses: tuple[Clause, ...] = ()
    statements: tuple[Statement, ...] = ()
    report: ReadingReport
    reader: str

    @model_validator(mode="before")
    @classmethod
    def _one_issuer(cls, given: Any) -> Any:
        """A file of before there were several issuers names one."""
        if isinstance(given, dict) and "issuer" in given:
            given = {**given, "issuers": tuple(filter(None, [given["issuer"]]))}
            del given["issuer"]
        return given

    @model_validator(mode="after")
    def _consistent(self) -> Plan:
        clause_ids = [c.id for c in self.clauses]
        statement_ids = [s.id for s in self.statements]
        for kind, ids in (("clause", clause_ids), ("statement", statement_ids)):
            twice = [i for i, n in Counter(ids).items() if n > 1]
            if twice:
                raise InvalidValueError("id twice", kind=kind, twice=twice[0])
        known = set(clause_ids)
        for clause in self.clauses:
            if clause.parent is not None and clause.parent not in known:
                raise InvalidValueError("no parent", id=clause.id, parent=clause.parent)
        parents = {c.id: c.parent for c in self.clauses}
        circle = _circle(parents)
        if circle is None and (deepest := _depth(parents)) > MAX_LEVELS:
            raise InvalidValueError("outline too deep", deepest=deepest, max_levels=MAX_LEVELS)
        if circle is not None:
            raise InvalidValueError("clause circle", circle=circle)
        for statement in self.statements:
            if statement.clause not in known:
                raise InvalidValueError("no clause of statement", id=statement.id, clause=statement.clause)
            if not self.source.span.contains(statement.span):
                raise InvalidValueError("span outside", id=statement.id)
            statement.__dict__["_source"] = self.source  # remembered, not a field: its quotation needs the page
        return self

    # -- looking things up -------------------------------------------------------------------------------------------

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {c.id: c for c in self.clauses}

    @cached_property
    def _statements(self) -> dict[str, Statement]:
        return {s.id: s for s in self.statements}

    def clause(self, clause_id: str) -> Clause:
        """The clause of this id. Raises `UnknownTaskError` where there is none."""
        try:
            return self._clauses[clause_id]
        except KeyError:
            raise UnknownTaskError("no clause", where=self.id, hint="clauses", clause_id=clause_id) from None

    def statement(self, statement_id: str) -> Statement:
        """The statement of this id. Raises `UnknownTaskError` where there is none."""
        try:
            return self._statements[statement_id]
        except KeyError:
            raise UnknownTaskError("no statement", where=self.id, hint="ids", statement_id=statement_id) from None

    def path(self, clause_id: str) -> list[Clause]:
        """The clauses from the top of the outline down to this one."""
        found = [self.clause(clause_id)]
        while found[0].parent is not None:
            found.insert(0, self.clause(found[0].parent))
        return found

    def numbered(self, clause_id: str) -> Clause:
        """The nearest numbered clause at or above this one; the topmost clause where none is numbered."""
        path = self.path(clause_id)
        return next((c for c in reversed(path) if c.number), path[0])

    def label(self, clause_id: str) -> str:
        """A short name of the clause for people: the printed numbers and the nearest title, as far as there are any."""
        path = self.path(clause_id)
        numbers = [c.number.rstrip("、．.") for c in path if c.number]
        joined = "".join(n if n.endswith("）") else f"{n}·" for n in numbers).rstrip("·")
        title = next((c.title for c in reversed(path) if c.title), "")
        return f"{joined} {title}".strip()

    @cached_property
    def _row_titles(self) -> Mapping[str, str]:
        named: dict[str, str] = {}
        told: set[str] = set()
        for statement in self.statements:  # the name stands before the task; an id may stand behind it
            titled = statement.kind == "heading" and statement.provenance.method == "table: text"
            if titled and statement.clause not in told:
                named[statement.clause] = statement.text
            elif statement.is_task:
                told.add(statement.clause)
        found: dict[str, str] = {}
        above: dict[str | None, str] = {}
        for clause in self.clauses:
            if clause.kind == "row" and (title := named.get(clause.id) or above.get(clause.parent)):
                found[clause.id] = above[clause.parent] = title
        return found

    def row_title(self, clause_id: str) -> str:
        """The short name that a row of a table of tasks gives its task, a merged cell also to the rows below; empty elsewhere."""
        return self._row_titles.get(clause_id, "")

    def article(self, statement: Statement) -> str:
        """A short name of the numbered clause that a statement stands in."""
        return self.label(self.numbered(statement.clause).id)

    def cite(self, statement: Statement | str | None = None) -> Citation:
        """The citation of the plan, or of a statement of it or its id: `gbt7714`, `bibtex`, or in words.

        >>> from planlineage import load
        >>> print(load("central_2021").cite().gbt7714)
        中共中央, 国务院. 法治政府建设实施纲要（2021—2025年）: 中发〔2021〕33号[Z]. 2021-08-02.
        """
        meant = self.statement(statement) if isinstance(statement, str) else statement
        clause = self.label(meant.clause) if meant else ""
        quotation = re.sub(r"\s*\n\s*", "", self.raw(meant)).strip() if meant else ""
        return Citation(self.id, self.title or self.id, self.number, self.issuers, self.issued, clause, quotation)

    def raw(self, item: Span | Statement | Clause | Expression) -> str:
        """The source text behind a span, statement, clause or commitment, as it stands on the page."""
        return self.source.at(item if isinstance(item, Span) else item.span)

    @property
    def tasks(self) -> tuple[Statement, ...]:
        """The statements that are tasks, in the order of the text."""
        return tuple(s for s in self.statements if s.is_task)

    def actors(self, statement: Statement) -> tuple[Actor, ...]:
        """Who is bound by a statement. One that names nobody is bound at the plan's own level, and the actor says so.

        Empty only where the statement names nobody and the plan's level is not known.
        """
        named = tuple(c for c in statement.commitments if isinstance(c, Actor))
        if named or self.level is None:
            return named
        provenance = Provenance(method="actor inherited from the plan's level", confidence=0.8)
        return (Actor(span=statement.span, surface="", provenance=provenance, levels=(self.level,), inherited=True),)

    @property
    def issuer(self) -> str:
        """The bodies that issued it, joined as in print (国家发展改革委、财政部)."""
        return "、".join(self.issuers)

    def finding(self, question: str) -> Finding | None:
        """How the answer to a question (title, level, place, issuers, number, issued, period) was found; None if it was not."""
        return next((f for f in self.findings if f.question == question), None)

    @property
    def implements(self) -> tuple[CitedPlan, ...]:
        """The upper plans that this one gives as its grounds, in its lead-in."""
        return tuple(c for c in self.cited if c.plan_role == "implements")

    @property
    def name(self) -> str:
        """What people call it: its title, with its place and its years where the title has neither; the id where it has none.

        >>> from planlineage import load, parse_text
        >>> load("weibin_2021").name, parse_text("一、任务\\n修路。", title="政府工作报告", place="山东省").name
        ('卫滨区法治政府建设实施方案（2021—2025年）', '山东省政府工作报告')
        """
        if not self.title:
            return self.id
        dated = years(self.period.begins, self.period.ends, self.title) if self.period else ""
        return own_place(self.place, self.title) + self.title + dated

    def within(self, clause_id: str) -> Iterator[Statement]:
        """All statements in a clause and the clauses below it."""
        below = {clause_id}
        for clause in self.clauses:
            if clause.parent in below:
                below.add(clause.id)
        return (s for s in self.statements if s.clause in below)

    def __repr__(self) -> str:
        level = self.level.value if self.level else "level not known"
        return f"Plan({self.id!r}, {self.title!r}, {level}, {len(self.statements)} statements, {len(self.tasks)} tasks)"

    def __str__(self) -> str:
        """What it is and what stands in it, in a few lines."""
        lang = options.language
        level = words(f"level.{self.level}", lang) if self.level else ""
        status = words(f"plan.{self.status}", lang) if self.status != "unknown" else ""
        facts = [level, self.place, self.issuer, self.number, status]
        if self.period:
            facts.append(self.period.years)
        kinds = Counter(s.kind for s in self.statements)
        said = joined((f"{words(f'kind.{kind}', lang)} {count}" for kind, count in kinds.most_common()), lang)
        return "\n".join(
            (
                f"{self.name} ({self.id})",
                "  " + " · ".join(f for f in facts if f),
                "  " + words("shown.statements", lang, count=len(self.statements), said=said),
                "  " + words("shown.unread", lang, share=f"{self.report.unread_share:.1%}"),
            )
        )


def _depth(parents: Mapping[str, str | None]) -> int:
    """How many levels an outline without circles has."""
    depths: dict[str, int] = {}
    for start in parents:
        chain: list[str] = []
        at: str | None = start
        while at is not None and at not in depths:
            chain.append(at)
            at = parents[at]
        above = depths[at] if at is not None else 0
        depths.update((name, above + i) for i, name in enumerate(reversed(chain), 1))
    return max(depths.values(), default=0)


def _circle(parents: Mapping[str, str | None]) -> str | None:
    """A clause that is among its own ancestors; None where there is none."""
    rooted: set[str] = set()
    for start in parents:
        chain: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in rooted:
            if at in chain:
                return at
            chain[at] = None
            at = parents[at]
        rooted.update(chain)
    return None
