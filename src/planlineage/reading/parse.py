"""The reader: from a file, or its text, to a plan.

`STEPS` is the way from source text to plan. Each step says by its parameters what it needs and by its mark what it sets; none
looks at anything else.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from ..model.commitments import Commitment
from ..model.errors import SourceEncodingError, SourceError
from ..model.levels import Level
from ..model.parts import Clause, DocumentPart, DocumentRole, ReadingReport, Source, Statement
from ..model.plan import Plan
from .cleaning import CleanText, clean_text
from .commitments import Context, recognise
from .commitments.restated import without_restated
from .contents import mark_contents
from .documents import split_documents
from .drafts import Draft
from .identity import Identity, Layout, cited_plans, findings, identify, read_layout, with_supplied
from .kinds import rule_on
from .lines import Line, lines_of
from .outline import Outline, read_outline
from .remarks import report_on
from .rows import table_drafts
from .source import SourceText, decode, read_source
from .statements import Builder, assign, finish, leftovers, split_between_deadlines
from .steps import run, sets
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

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "district.txt"
    >>> _ = path.write_text("一、总则\\n（一）健全清单制度。2022年年底前编制完成权责清单。", encoding="utf-8")
    >>> plan = parse(path, level="district")
    >>> plan.id, len(plan.tasks)
    ('district', 1)
    """
    source = read_source(path)
    return parse_text(
        source,
        id=id or Path(source.name).stem,
        level=level,
        place=place,
        title=title,
        issuer=issuer,
        number=number,
        issued=issued,
        document=document,
    )


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
            raise SourceEncodingError("half a character", where=id, hint="right encoding", start=error.start) from None
        source = decode(data, name=id)  # the way that a file goes, so that both give the same plan
    given = {
        "level": str(Level(level)) if level else "",
        "place": place or "",
        "title": title or "",
        "issuer": issuer or "",
        "number": number or "",
        "issued": str(issued) if issued else "",
    }
    supplied = {name: value for name, value in given.items() if value}
    known = run(STEPS, {"id": id, "source": source, "role": document, "supplied": supplied})
    return cast("Plan", known["plan"])


# -- the steps, in their order -------------------------------------------------------------------------------------------


@sets("parts", "part")
def _documents(source: SourceText, role: DocumentRole) -> tuple[Sequence[DocumentPart], DocumentPart]:
    """The documents in the file, and the one to read. Raises `SourceError` where the file holds none of that role."""
    parts = split_documents(source.text)
    part = next((p for p in parts if p.role == role), None)
    if part is None:
        held = ", ".join(dict.fromkeys(p.role for p in parts))
        raise SourceError("no such part", where=source.name, hint="parts", role=role, held=held)
    return parts, part


@sets("clean")
def _clean(source: SourceText, part: DocumentPart) -> CleanText:
    return clean_text(source.text, part.span.start, part.span.end, signs=source.signs)


@sets("tables")
def _tables(source: SourceText, part: DocumentPart) -> list[Table]:
    return [_table(source.text, region) for region in find_tables(source.text, part.span.start, part.span.end)]


def _table(text: str, region: TableRegion) -> Table:
    table = read_table(text, region)
    if table.kind == "uneven":
        from .scanned import recover_table  # one damaged scan in a thousand documents needs it

        return recover_table(text, region) or table
    return table


@sets("lines")
def _lines(source: SourceText, clean: CleanText, tables: Sequence[Table]) -> list[Line]:
    lines = lines_of(clean, source.marks, tables)
    mark_contents(lines)
    return lines


@sets("layout")
def _layout(clean: CleanText, lines: Sequence[Line]) -> Layout:
    """The outer lines and the title."""
    return read_layout(clean, [(line.start, line.end) for line in lines if line.listed])


@sets("outline")
def _outline(clean: CleanText, lines: Sequence[Line], layout: Layout) -> Outline:
    return read_outline(clean.text, lines, layout)


@sets("identity")
def _identity(
    source: SourceText,
    parts: Sequence[DocumentPart],
    part: DocumentPart,
    supplied: Mapping[str, str],
    layout: Layout,
) -> Identity:
    """Who, what, where and when, with the plans it rests on; what the user says wins."""
    around = "\n".join(clean_text(source.text, p.span.start, p.span.end).text for p in parts if p is not part)
    title = supplied.get("title") or clean_text(part.title).text
    return with_supplied(identify(layout, title=title, around=around, facts=source.facts), supplied)


@sets("context")
def _context(clean: CleanText, identity: Identity) -> Context:
    """What the document as a whole says of its expressions."""
    ends = identity.period.ends if identity.period else None
    return Context.of(
        clean.text,
        level=identity.level,
        place=identity.place,
        issue_date=identity.issued,
        year=identity.year,
        ends=ends,
    )


@sets("found")
def _commitments(clean: CleanText, context: Context) -> list[Commitment]:
    return cast("list[Commitment]", recognise(clean.text, context))


@sets("drafts", "builder", "doubtful")
def _drafts(
    clean: CleanText, outline: Outline, tables: Sequence[Table], context: Context, found: Sequence[Commitment]
) -> tuple[list[Draft], Builder, list[list[str]]]:
    """Statements without their kinds, the clauses they stand in, and for each table its rows in doubt."""
    builder = Builder(clean, outline)
    drafts = builder.drafts()
    rows = [table_drafts(clean, outline, table, context) for table in tables]
    drafts += [draft for found_in, _ in rows for draft in found_in]
    drafts = split_between_deadlines(clean.text, sorted(drafts, key=lambda d: (d.start, d.end)), found)
    assign(drafts, found, clean)
    return drafts, builder, [doubtful for _, doubtful in rows]


@sets("statements", "clauses")
def _statements(clean: CleanText, drafts: Sequence[Draft], builder: Builder) -> tuple[list[Statement], list[Clause]]:
    """Statements with their kinds, covering every visible character, and the clauses with their spans."""
    statements = finish(clean, drafts, rule_on(clean.text, drafts))
    statements += leftovers(clean, statements, builder.fallback(statements))
    statements.sort(key=lambda s: (s.span.start, s.span.end))
    clauses = builder.clauses(statements)
    rows = {clause.id for clause in clauses if clause.kind == "row"}
    return without_restated(statements, rows), clauses


@sets("plan")
def _plan(  # noqa: PLR0913, PLR0917 - a plan is all of this
    id: str,
    source: SourceText,
    part: DocumentPart,
    supplied: Mapping[str, str],
    clean: CleanText,
    identity: Identity,
    statements: Sequence[Statement],
    clauses: Sequence[Clause],
    report: ReadingReport,
) -> Plan:
    return Plan(
        id=id,
        title=identity.title,
        level=identity.level,
        place=identity.place,
        issuers=identity.issuers,
        number=identity.number,
        issued=identity.issued,
        period=identity.period,
        status=identity.status,
        cited=cited_plans(identity, clean),
        supplied=supplied,
        findings=findings(identity, clean),
        source=Source(
            name=source.name,
            sha256=source.sha256,
            encoding=source.encoding,
            length=len(source.text),
            start=part.span.start,
            text=source.text[part.span.start : part.span.end],
        ),
        edits=clean.edits,
        clauses=tuple(clauses),
        statements=tuple(statements),
        report=report,
        reader=READER_VERSION,
    )


STEPS = (
    _documents,
    _clean,
    _tables,
    _lines,
    _layout,
    _outline,
    _identity,
    _context,
    _commitments,
    _drafts,
    _statements,
    report_on,
    _plan,
)
"""The way from source text to plan."""
