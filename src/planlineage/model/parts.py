"""What a plan is made of: its source, the clauses of its outline, its statements, and what the reader has to say about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from .base import Model, Provenance, Span
from .commitments import Commitment, Deadline, Target
from .errors import InvalidValueError
from .levels import Level
from .show import Showable
from .wording import Lang, Reason, options, packed, told, unpacked

ClauseKind = Literal[
    "frame",
    "notice",
    "annex",
    "preamble",
    "closing",
    "chapter",
    "section",
    "part",
    "article",
    "measure",
    "item",
    "paragraph",
    "box",
    "contents",
    "table",
    "row",
    "bonus",
    "deduction",
]
StatementKind = Literal[
    "heading",
    "contents",
    "background",
    "outcome",
    "thought",
    "principle",
    "goal",
    "task",
    "procedure",
    "closing",
    "noise",
    "unread",
]
DocumentRole = Literal["plan", "announcement", "explanation"]


class Source(Model):
    """Where a plan was read from. `text` is the plan's own part of the source text, unchanged, from character `start` on.

    `sha256` is of the bytes as they came; `length` counts the characters of the whole source text.
    """

    name: str
    sha256: str
    encoding: str
    length: int = Field(ge=0)
    start: int = Field(ge=0)
    text: str

    def at(self, span: Span) -> str:
        """What the reader sees on the page at a span."""
        return self.text[span.start - self.start : span.end - self.start]

    @property
    def span(self) -> Span:
        """The plan's own part of the source."""
        return Span(start=self.start, end=self.start + len(self.text))


class Edit(Model):
    """One step of cleaning: at `span` of the source, `before` reads as `after`, by `rule`."""

    span: Span
    rule: str
    before: str
    after: str


class Clause(Model):
    """A node of the document's own outline. `number` is as printed (（四）), `title` its heading without the number.

    >>> from planlineage import load
    >>> clause = load("weibin_2021").clause("2.5")
    >>> clause.number, clause.title
    ('（五）', '深入推进“放管服”改革')
    """

    id: str
    kind: ClauseKind
    number: str = ""
    title: str = ""
    parent: str | None = None
    span: Span


class Statement(Showable, Model):
    """The smallest stretch of text that stands for itself; it lies in exactly one clause.

    `text` is the clean reading; `span` covers the source characters behind it. `fingerprint` depends on the words alone, not
    on their place. `commitments` are the expressions recognised in it, with spans in the source.

    >>> from planlineage import load
    >>> task = load("weibin_2021").tasks[0]
    >>> task.kind, task.text[:14]
    ('task', '坚持优化政府组织结构与促进政')
    """

    id: str
    clause: str
    kind: StatementKind
    span: Span
    text: str
    fingerprint: str
    provenance: Provenance
    commitments: tuple[Commitment, ...] = ()

    def __repr__(self) -> str:
        return f"Statement({self.id!r}, {self.kind}, {self.text!r})"

    def __str__(self) -> str:
        return self.text

    @property
    def quote(self) -> str:
        """Its words as they stand on the page. Raises `ValueError` for a statement that belongs to no plan.

        >>> from planlineage import load
        >>> load("shanting_2021").tasks[0].quote[20:36]
        '理顺部门职责关系有机结合,使机构'
        """
        source = self.__dict__.get("_source")
        if source is None:
            raise InvalidValueError("statement alone", id=self.id)
        return str(source.at(self.span))

    @property
    def is_task(self) -> bool:
        """Whether it asks for something to be done, kept up, or left undone."""
        return self.kind == "task"

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Its own deadlines, in the order of the text."""
        return tuple(c for c in self.commitments if isinstance(c, Deadline))

    @property
    def targets(self) -> tuple[Target, ...]:
        """The quantities and states that it is to reach, without numbers that only describe (500万元以上项目)."""
        return tuple(c for c in self.commitments if isinstance(c, Target) and not c.condition)


class CitedPlan(Model):
    """Another plan that this one cites, held or not.

    `role` says how: it implements it, follows it in time, or names it. `scope` says whether the whole plan does so (in its
    lead-in) or one clause only (落实《…》).
    """

    title: str
    number: str | None = None
    issuer: str | None = None
    level: Level | None = None
    role: Literal["implements", "follows", "names"]
    scope: Literal["plan", "clause"] = "plan"
    span: Span

    @property
    def plan_role(self) -> Literal["implements", "follows", "names"]:
        """Its role for the plan as a whole: a document that only a clause implements is one that the plan names."""
        return "names" if self.role == "implements" and self.scope == "clause" else self.role


class Finding(Model):
    """How one fact about a plan was found: the `question` (title, level, issuers …), the `words` that answer it, where they stand
    in the source (None where they stand beside the text), and by which method, with what confidence.
    """

    question: str
    words: str
    span: Span | None = None
    provenance: Provenance


def _reason(data: Any) -> Any:
    return unpacked(data) if isinstance(data, Mapping) else data


class Remark(Model):
    """Something the reader wants a person to know. `code` is stable; `text` puts it into words.

    `clauses` are the ids of those that it concerns, such as damaged rows of a table to be checked against the page.
    """

    code: str
    said: Annotated[Reason, BeforeValidator(_reason), PlainSerializer(packed), WithJsonSchema({"type": "object"})]
    span: Span | None = None
    clauses: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_earlier_versions(cls, data: Any) -> Any:
        """Plan JSONs of version 0.1 hold the words themselves."""
        if isinstance(data, Mapping) and "message" in data:
            kept = {name: value for name, value in data.items() if name != "message"}
            return {**kept, "said": told("remark", "kept", said=data["message"])}
        return data

    def text(self, lang: Lang) -> str:
        """The remark in a language."""
        return self.said.text(lang)

    @property
    def message(self) -> str:
        """The remark in the language of the process."""
        return self.text(options.language)


class DocumentPart(Model):
    """One of the documents that stand in the same file."""

    role: DocumentRole
    title: str = ""
    span: Span


class ReadingReport(Model):
    """How well a document could be read: counts of characters by statement kind, cleaning steps by rule, remarks."""

    characters: int
    unread: int
    kinds: Mapping[str, int]
    cleaning: Mapping[str, int]
    documents: tuple[DocumentPart, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def unread_share(self) -> float:
        """Share of non-blank characters that no rule understood, 0 to 1."""
        return self.unread / self.characters if self.characters else 0.0
