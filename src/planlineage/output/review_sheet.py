"""What goes out for review: unsure edges and gaps, both texts side by side, as a workbook or CSV with a place for decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..analysis.coverage import Coverage
from ..comparing.lineage import Lineage
from ..linking.review import Decisions
from ..model.disk import write_text
from ..model.errors import InvalidValueError
from ..model.lineage import LineageEdge, Relation
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, Row, column, csv_text
from ..model.wording import Lang, words
from .review_columns import EDITABLE, REVIEW, SHEET_VERSION, choices
from .workbook import Book, lines_needed

if TYPE_CHECKING:
    from ..tabular.imported import BadRows, Defaults
    from .review_import import ReviewImport

SPARE_ROWS = 20
"""Empty rows at the end of a workbook, for edges that the linker did not propose."""

_WIDTHS: Mapping[str, int] = {
    "kind": 6,
    "local_clause": 14,
    "local_text": 42,
    "upper_clause": 14,
    "upper_text": 42,
    "relation": 9,
    "confidence": 7,
    "decision": 17,
    "note": 20,
    "reviewer": 9,
    "date": 11,
    "local_id": 14,
    "upper_id": 14,
    "local_plan": 12,
    "upper_plan": 12,
    "local_fingerprint": 8,
    "upper_fingerprint": 8,
}
_FINGERPRINTS = ("local_fingerprint", "upper_fingerprint")
_OPEN: Mapping[str, tuple[str, ...]] = {
    "edge": EDITABLE,
    "gap": (*EDITABLE, "local_id"),
    "spare": (*EDITABLE, "local_id", "upper_id", "upper_plan"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """An edge or gap to be decided, with empty columns for the decision."""

    kind: Literal["edge", "gap"] = column(words="sheet")
    local_clause: str = ""
    local_text: str = ""
    upper_clause: str = ""
    upper_text: str = ""
    relation: Relation | None = column(words="relation", default=None)
    confidence: float | None = None
    decision: str | None = None
    note: str | None = None
    reviewer: str | None = None
    date: str | None = None
    local_id: str = ""
    upper_id: str = ""
    local_plan: str = ""
    upper_plan: str = ""
    local_fingerprint: str = ""
    upper_fingerprint: str = ""


class Review(Report[ReviewRow]):
    """The edges under a confidence (those that only share a topic included) and the gaps of a lineage, for a person to decide.

    Edges come first, the least sure one first; then the gaps as `Coverage.gaps` sorts them. What was decided already is left
    out: such edges are sure, and justified gaps are none. Raises `ValueError` where `below` is not between 0 and 1.

    >>> from planlineage import review
    >>> sheet = review("weibin_2021", "central_2021", below=0.5)
    >>> all(edge.confidence < 0.5 for edge in sheet.edges)
    True
    """

    def __init__(self, lineage: Lineage, below: float = 0.8) -> None:
        if not 0 <= below <= 1:
            raise InvalidValueError("below")
        self.lineage, self.below = lineage, below
        self.edges = sorted(
            (e for e in lineage.edges if e.confidence < below and not e.provenance.reviewer),
            key=lambda e: e.confidence,
        )
        self.gaps = [(lineage.upper(r.upper_plan), r.upper_id) for r in Coverage(lineage).gaps]

    @property
    def heading(self) -> str:
        """What the table shows."""
        values = {"edges": len(self.edges), "below": f"{self.below:g}", "gaps": len(self.gaps)}
        return words("heading.review", self.speaks, lineage=self.lineage.heading, **values)

    @cached_property
    def records(self) -> Sequence[ReviewRow]:
        """One record per edge or gap."""
        return [*map(self._edge, self.edges), *(self._gap(plan, plan.statement(i)) for plan, i in self.gaps)]

    def _edge(self, edge: LineageEdge) -> ReviewRow:
        local, upper = self.lineage.lower(edge.local_plan), self.lineage.upper(edge.upper_plan)
        return ReviewRow(
            kind="edge",
            relation=edge.relation,
            confidence=edge.confidence,
            **_side("local", local, local.statement(edge.local_id)),
            **_side("upper", upper, upper.statement(edge.upper_id)),
        )

    def _gap(self, plan: Plan, statement: Statement) -> ReviewRow:
        return ReviewRow(kind="gap", local_plan=self.lineage.local.id, **_side("upper", plan, statement))

    # -- out ---------------------------------------------------------------------------------------------------------

    def write(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write the sheet, XLSX or CSV by the ending, with titles in a language. Returns the path.

        Raises `OutputError` where it can't be written, `MissingExtraError` for XLSX without openpyxl.
        """
        return self.to_xlsx(path, lang) if Path(path).suffix.lower() == ".xlsx" else self._to_csv(path, lang)

    def to_csv(self, path: str | Path) -> Path:
        """Write it as CSV with English titles."""
        return self._to_csv(path, "en")

    def _to_csv(self, path: str | Path, lang: Lang) -> Path:
        rows = ([row[c] for c in self.columns] for row in self._written(lang))
        return write_text(path, csv_text(list(REVIEW.titles(lang).values()), rows), encoding="utf-8-sig")

    def _written(self, lang: Lang) -> list[Row]:
        """The rows in a language, with fingerprints that no spreadsheet takes for numbers."""
        rows = [self.row(record, lang) for record in self.records]
        return [{**row, **{c: f"#{row[c]}" for c in _FINGERPRINTS if row[c]}} for row in rows]

    def to_xlsx(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write it as a workbook with drop-down lists; only the yellow cells can be filled in."""
        book = Book(self.heading)
        sheet = book.sheet(words("sheet.review", lang))
        title = words("sheet.review title", lang, plan=self.lineage.local.name)
        head = book.title(sheet, title, words("sheet.review note", lang), len(self.columns))
        widths = [_WIDTHS[c] for c in self.columns]
        book.headers(sheet, head, list(REVIEW.titles(lang).values()), widths)
        spare = {"kind": words("sheet.spare", lang), "local_plan": self.lineage.local.id}
        if len(self.lineage.uppers) == 1:
            spare["upper_plan"] = self.lineage.uppers[0].id
        rows = [*self._written(lang), *([spare] * SPARE_ROWS)]
        kinds = [*(r.kind for r in self.records), *(["spare"] * SPARE_ROWS)]
        for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), head + 1):
            book.entries(sheet, number, self.columns, row, _OPEN[kind])
            shown = [row.get(c) for c in self.columns[:6]]
            sheet.row_dimensions[number].height = min(400, 13 * lines_needed(shown, widths[:6]) + 4)
        for kind in dict.fromkeys(kinds):
            numbers = [number for number, own in enumerate(kinds, head + 1) if own == kind]
            column = self.columns.index("decision") + 1
            book.rule(sheet, column, numbers, words("sheet.choose", lang), choices=choices(kind, lang))
        book.protect(sheet)
        book.printed(sheet, head, lang, head + len(rows), len(self.columns))
        book.note({"kind": "review", "version": SHEET_VERSION, "plan": self.lineage.local.id})
        return book.save(path)

    # -- and back ----------------------------------------------------------------------------------------------------

    def read(
        self,
        path: str | Path,
        decisions: Decisions | None = None,
        *,
        bad_rows: BadRows = "refuse",
        defaults: Defaults | None = None,
    ) -> ReviewImport:
        """The decisions of a filled-in sheet; see `planlineage.output.review_import.read_review`."""
        from .review_import import read_review

        plans = self.lineage.locals, self.lineage.uppers
        return read_review(path, *plans, decisions, bad_rows=bad_rows, defaults=defaults)


def _side(side: str, plan: Plan, statement: Statement) -> dict[str, Any]:
    return {
        f"{side}_clause": plan.label(statement.clause),
        f"{side}_text": statement.text,
        f"{side}_plan": plan.id,
        f"{side}_id": statement.id,
        f"{side}_fingerprint": statement.fingerprint,
    }
