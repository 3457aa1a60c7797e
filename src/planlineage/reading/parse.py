"""The reader: from a file, or its text, to a plan."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from ..model.commitments import Commitment
from ..model.errors import SourceEncodingError, SourceError
from ..model.levels import Level
from ..model.plan import (
    CitedPlan,
    DocumentPart,
    DocumentRole,
    Period,
    Plan,
    ReadingReport,
    Remark,
    Source,
    Statement,
)
from .citations import Citation, citation_places, citations
from .cleaning import CleanText, clean_text
from .commitments import Context, recognise
from .documents import split_documents
from .facts import facts_remark, with_facts
from .identity import Identity, identify, level_of_place, period_of, places_at_start
from .outline import Node, Outline, read_outline
from .rows import table_drafts
from .segment import Stretch, paragraphs, sentences
from .source import SourceText, decode, read_source
from .statements import Builder, Draft, assign, finish, leftovers, split_between_deadlines
from .tables import Table, TableRegion, find_tables, read_table

READER_VERSION = "1"
"""Version of the reading rules; it is written into every plan and grows when a rule changes what is read."""


def parse(  # noqa: PLR0913 - each is a fact that a document may not say of itself
    path: str | Path,
    *,
    id: str | None = None,
    level: Level | str | None = None,
    place: str | None = None,
    title: str | None = None,
    issuer: str | None = None,
    number: str | None = None,
    issued: datetime.date | str | None = None,
    document: DocumentRole = "plan",
) -> Plan:
    """Read a plan from a document: DOCX, PDF, a web page or plain text.

    What the document does not say of itself can be given: `level` (a `Level` or its name), `place` (the full name,
    河南省新乡市卫滨区), `title`, `issuer`, document `number`, day of issue (`issued`, a date or YYYY-MM-DD). `document` picks one
    of several documents in the same file by its role. `id` defaults to the file's name without its ending.

    Raises a `SourceError` where the file can't be read. A text in which no outline is found is read all the same; the
    plan's `report.remarks` says so.
    """
    source = read_source(path)
    return parse_text(
        source, id=id or Path(source.name).stem, level=level, place=place, title=title, issuer=issuer, number=number,
        issued=issued, document=document,
    )  # fmt: skip


def parse_text(  # noqa: PLR0913 - as for parse
    source: SourceText | str,
    *,
    id: str = "plan",
    level: Level | str | None = None,
    place: str | None = None,
    title: str | None = None,
    issuer: str | None = None,
    number: str | None = None,
    issued: datetime.date | str | None = None,
    document: DocumentRole = "plan",
) -> Plan:
    """Read a plan from text that is already at hand. Parameters as for `parse`.

    >>> plan = parse_text("一、总则\\n（一）健全清单制度。2022年年底前编制完成权责清单。", level="district")
    >>> [(s.id.split("-")[0], s.kind) for s in plan.statements]
    [('1', 'heading'), ('1.1', 'heading'), ('1.1', 'task')]
    """
    if isinstance(source, str):
        try:
            data = source.encode("utf-8")
        except UnicodeEncodeError as error:
            raise SourceEncodingError(
                f"holds half a character at {error.start}",
                where=id,
                hint="read the text with its right encoding",
            ) from None
        source = decode(data, name=id)  # the way that a file goes, so that both give the same plan
    parts = split_documents(source.text)
    part = _document(parts, document, source.name)
    supplied = {
        "level": str(Level(level)) if level else "", "place": place or "", "title": title or "", "issuer": issuer or "",
        "number": number or "", "issued": str(issued) if issued else "",
    }  # fmt: skip
    return _Reader(source, parts, part, {k: v for k, v in supplied.items() if v}).read(id)


def _document(parts: Sequence[DocumentPart], role: DocumentRole, name: str) -> DocumentPart:
    """The document of a role. Raises `SourceError` where the file holds none."""
    found = next((p for p in parts if p.role == role), None)
    if found is None:
        held = ", ".join(dict.fromkeys(p.role for p in parts))
        raise SourceError(f"holds no {role}", where=name, hint=f"it holds: {held}")
    return found


class _Reader:
    """Reads one document of a source; holds what several steps share."""

    def __init__(
        self, source: SourceText, parts: Sequence[DocumentPart], part: DocumentPart, supplied: dict[str, str]
    ) -> None:
        self.source, self.parts, self.part, self.supplied = source, parts, part, supplied
        self.clean: CleanText = clean_text(source.text, part.span.start, part.span.end)
        self.remarks = [Remark(code=note.code, message=note.message) for note in source.notes]

    def read(self, id: str) -> Plan:
        text = self.clean.text
        regions = find_tables(self.source.text, self.part.span.start, self.part.span.end)
        outline = read_outline(text, [p for p in paragraphs(text) if not self._in_table(p, regions)])
        builder = Builder(self.clean, outline)
        builder.build()
        for region in regions:
            table = read_table(self.source.text, region)
            drafts, doubtful = table_drafts(self.clean, outline, table)
            builder.drafts += drafts
            self._remark_on_table(table, doubtful)
        builder.drafts.sort(key=lambda d: (d.start, d.end))
        found = self._citations(builder, outline)
        identity = self._identity(builder, outline, found)
        drafts = self._commitments(builder.drafts, identity)
        statements = finish(self.clean, drafts)
        if not statements:
            outline.nodes.append(Node("frame", "frame", None))
        statements += leftovers(self.source.text, self.clean, statements, "frame")
        statements.sort(key=lambda s: (s.span.start, s.span.end))
        clauses = builder.make_clauses(statements)
        self._remark_on(outline, identity)
        return Plan(
            id=id,
            title=identity.title,
            level=identity.level,
            place=identity.place,
            issuer=identity.issuer,
            number=identity.number,
            issued=identity.issued,
            period=identity.period,
            status=identity.status,
            cited=tuple(self._cited(c) for c in found),
            supplied=self.supplied,
            source=Source(
                name=self.source.name,
                sha256=self.source.sha256,
                encoding=self.source.encoding,
                length=len(self.source.text),
                start=self.part.span.start,
                text=self.source.text[self.part.span.start : self.part.span.end],
            ),
            edits=self.clean.edits,
            clauses=tuple(clauses),
            statements=tuple(statements),
            report=self._report(statements),
            reader=READER_VERSION,
        )

    def _in_table(self, stretch: Stretch, regions: Sequence[TableRegion]) -> bool:
        span = self.clean.to_source(stretch.start, stretch.end)
        return any(span.overlap(region.span) for region in regions)

    # -- who the document is ---------------------------------------------------------------------------------------

    def _citations(self, builder: Builder, outline: Outline) -> list[Citation]:
        text = self.clean.text
        opening = [b for b in outline.blocks if b.role == "text"][:4]
        grounds = [(s.start, s.end) for b in opening for s in sentences(text, b.start, b.end, pieces=False)]
        title = self._title(outline)
        return citations(text, title, grounds)

    def _identity(self, builder: Builder, outline: Outline, found: Sequence[Citation]) -> Identity:
        text = self.clean.text
        frame = [text[b.start : b.end] for b in outline.blocks if b.role in ("frame", "title")]
        around = "\n".join(
            clean_text(self.source.text, p.span.start, p.span.end).text
            for p in self.parts
            if p is not self.part
        )
        read = identify(self._title(outline), frame, text, around, citation_places(found))
        self.remarks += facts_remark(read, self.source.facts)
        return self._with_supplied(with_facts(read, self.source.facts))

    def _title(self, outline: Outline) -> str:
        own = clean_text(self.part.title).text or outline.title
        return self.supplied.get("title") or own or self.source.facts.get("title", "")

    def _with_supplied(self, read: Identity) -> Identity:
        given = self.supplied
        place = given.get("place") or read.place
        level = Level(given["level"]) if "level" in given else read.level
        doubts = () if "level" in given else read.doubts
        if "level" not in given and "place" in given:
            named = places_at_start(place)
            level, doubts = (named[-1][1] if named else level_of_place(place)) or level, ()
        issued = datetime.date.fromisoformat(given["issued"]) if "issued" in given else read.issued
        number = given.get("number") or read.number
        status = read.status
        if status == "unknown" and (number or issued):
            status = "in force"
        title = given.get("title") or read.title
        period: Period | None = read.period or period_of(title)
        return Identity(
            title, level, place, given.get("issuer") or read.issuer, number, issued, period, status, doubts
        )

    def _cited(self, citation: Citation) -> CitedPlan:
        return CitedPlan(
            title=citation.title,
            number=citation.number or None,
            issuer=citation.issuer or None,
            level=citation.level,
            role=citation.role,
            span=self.clean.to_source(citation.start, citation.end),
        )

    # -- commitments -----------------------------------------------------------------------------------------------

    def _commitments(self, drafts: list[Draft], identity: Identity) -> list[Draft]:
        text = self.clean.text
        context = Context.of(text, level=identity.level, issue_date=identity.issued)
        found = cast("list[Commitment]", recognise(text, context))
        drafts = split_between_deadlines(text, drafts, found)
        assign(drafts, found, self.clean)
        return drafts

    # -- the reading report ----------------------------------------------------------------------------------------

    def _remark_on(self, outline: Outline, identity: Identity) -> None:
        for message, at in outline.gaps:
            block = outline.blocks[min(at, len(outline.blocks) - 1)]
            span = self.clean.to_source(block.start, block.end)
            self.remarks.append(Remark(code="numbering-gap", message=message, span=span))
        if not outline.numbered:
            self.remarks.insert(
                0,
                Remark(
                    code="no-outline",
                    message="no numbered outline was found; every paragraph stands for itself",
                ),
            )
        if not identity.title:
            self.remarks.append(
                Remark(code="no-title", message="the document has no title line; give `title`")
            )
        if identity.level is None:
            self.remarks.append(Remark(code="no-level", message="the level is not stated; give `level`"))
        self.remarks += [Remark(code="level-inferred", message=doubt) for doubt in identity.doubts]
        others = [p for p in self.parts if p is not self.part]
        if others:
            names = ", ".join(f"{p.role} ({p.span.start}–{p.span.end})" for p in others)
            self.remarks.append(
                Remark(
                    code="several-documents",
                    message=f"the file also holds: {names}; the {self.part.role} was read",
                )
            )
        spam = [e for e in self.clean.edits if e.rule == "web spam"]
        for edit in spam:
            self.remarks.append(
                Remark(code="web-spam", message=f"taken out of the clean text: {edit.before}", span=edit.span)
            )

    def _remark_on_table(self, table: Table, doubtful: tuple[str, ...]) -> None:
        named = [row.number or row.text[:8] for row in table.rows if row.quality == "doubtful"]
        message = f"{table.kind} table: {len(table.rows)} rows"
        if named:
            message += f"; to be checked against the page: {', '.join(named)}"
        if table.missing:
            message += f"; not recovered: {', '.join(table.missing)}"
        self.remarks.append(Remark(code="table", message=message, span=table.region, clauses=doubtful))

    def _report(self, statements: Sequence[Statement]) -> ReadingReport:
        kinds: Counter[str] = Counter()
        for statement in statements:
            raw = self.source.text[statement.span.start : statement.span.end]
            kinds[statement.kind] += len(re.sub(r"\s", "", raw))
        return ReadingReport(
            characters=len(re.sub(r"\s", "", self.source.text[self.part.span.start : self.part.span.end])),
            unread=kinds["unread"],
            kinds=dict(sorted(kinds.items())),
            cleaning=dict(sorted(Counter(e.rule for e in self.clean.edits).items())),
            documents=tuple(self.parts),
            remarks=tuple(self.remarks),
        )
