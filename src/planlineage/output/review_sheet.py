"""What goes out for review: unsure edges and gaps, both texts side by side, as a workbook or CSV with a place for decisions."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..analysis.coverage import Coverage
from ..linking.lineage import Lineage
from ..linking.review import Decisions
from ..model.lineage import LineageEdge, Relation
from ..model.plan import Plan, Statement
from ..model.report import Report, Row, guarded, write_text
from ..model.wording import Lang
from .review_columns import COLUMNS, EDITABLE, KINDS, SHEET_VERSION, choices, titles
from .workbook import ENTRY_FILL, Book, lines_needed

if TYPE_CHECKING:
    from .review_import import BadRows, Defaults, ReviewImport

META_SHEET = "planlineage"
"""The hidden sheet that says for which local plan a review sheet was made."""

SPARE_ROWS = 20
"""Empty rows at the end of a workbook, for edges that the linker did not propose."""

_WIDTHS: Mapping[str, int] = {
    "kind": 6, "local_clause": 14, "local_text": 42, "upper_clause": 14, "upper_text": 42, "relation": 9, "confidence": 7,
    "decision": 17, "note": 20, "reviewer": 9, "date": 11, "local_id": 14, "upper_id": 14, "local_plan": 12,
    "upper_plan": 12, "local_fingerprint": 8, "upper_fingerprint": 8,
}  # fmt: skip


class Review(Report):
    """The edges under a confidence (those that only share a topic included) and the gaps of a lineage, for a person to decide.

    Edges come first, the least sure one first; then the gaps as `Coverage.gaps` sorts them. What was decided already is left
    out: such edges are sure, and justified gaps are none. Raises `ValueError` where `below` is not between 0 and 1.
    """

    columns: ClassVar[tuple[str, ...]] = COLUMNS

    def __init__(self, lineage: Lineage, below: float = 0.8) -> None:
        if not 0 <= below <= 1:
            raise ValueError("`below` is a confidence between 0 and 1")
        self.lineage, self.below = lineage, below
        self.edges = sorted(
            (e for e in lineage.edges if e.confidence < below and not e.provenance.reviewer),
            key=lambda e: e.confidence,
        )
        self.gaps = [(lineage.upper(r["upper_plan"]), str(r["upper_id"])) for r in Coverage(lineage).gaps]

    @property
    def heading(self) -> str:
        """What the table shows."""
        return f"{self.lineage.heading}: {len(self.edges)} edges below {self.below:g} and {len(self.gaps)} gaps to review"

    def rows(self) -> list[Row]:
        """One row an edge or gap."""
        return [*map(self._edge, self.edges), *(self._gap(plan, plan.statement(i)) for plan, i in self.gaps)]

    def _edge(self, edge: LineageEdge) -> Row:
        local, upper = self.lineage.local, self.lineage.upper(edge.upper_plan)
        return {
            "kind": "edge",
            "relation": edge.relation.value,
            "confidence": edge.confidence,
            **_side("local", local, local.statement(edge.local_id)),
            **_side("upper", upper, upper.statement(edge.upper_id)),
        }

    def _gap(self, plan: Plan, statement: Statement) -> Row:
        return {"kind": "gap", "local_plan": self.lineage.local.id, **_side("upper", plan, statement)}

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
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(titles(lang)[c] for c in COLUMNS)
        writer.writerows([guarded(row.get(c)) for c in COLUMNS] for row in self._shown(lang))
        return write_text(path, out.getvalue(), encoding="utf-8-sig")

    def to_xlsx(self, path: str | Path, lang: Lang = "zh") -> Path:
        """Write it as a workbook with drop-down lists; only the yellow cells can be filled in."""
        zh = lang == "zh"
        book = Book(self.heading)
        sheet = book.sheet("审核" if zh else "Review")
        note = (
            "只填黄色栏，决定从列表中选择。缺口：说明缺口须填理由；补充对应须填本级语句编号。其他遗漏的对应填在末尾空行。" if zh
            else "Fill in the yellow cells; choose the decision from the list. To justify a gap give the reason; to add an edge "
            "give the local id. Other edges go into the empty rows at the end."
        )  # fmt: skip
        name = self.lineage.local.name
        head = book.title(
            sheet, f"{name}：对应关系审核表" if zh else f"{name}: review of lineage", note, len(COLUMNS)
        )
        widths = [_WIDTHS[c] for c in COLUMNS]
        book.headers(sheet, head, [titles(lang)[c] for c in COLUMNS], widths)
        spare = {"kind": KINDS[""][0 if zh else 1], "local_plan": self.lineage.local.id}
        if len(self.lineage.uppers) == 1:
            spare["upper_plan"] = self.lineage.uppers[0].id
        rows = [*self._shown(lang), *([spare] * SPARE_ROWS)]
        kinds = [*(r["kind"] for r in self.rows()), *([""] * SPARE_ROWS)]
        for number, (row, kind) in enumerate(zip(rows, kinds, strict=True), head + 1):
            self._row(book, sheet, number, row, kind)
            shown = [row.get(c) for c in COLUMNS[:6]]
            sheet.row_dimensions[number].height = min(400, 13 * lines_needed(shown, widths[:6]) + 4)
        self._lists(sheet, head + 1, kinds, lang)
        sheet.protection.sheet = True  # without a password: against slips, not against people
        for free in ("formatColumns", "formatRows", "autoFilter", "sort"):
            setattr(sheet.protection, free, False)
        book.printed(sheet, head, lang, head + len(rows), len(COLUMNS))
        self._meta(book)
        return book.save(path)

    def _shown(self, lang: Lang) -> list[dict[str, Any]]:
        """The rows with kind and relation in the words of a language, and fingerprints that no spreadsheet takes for numbers."""
        at = 0 if lang == "zh" else 1
        shown = []
        for row in self.rows():
            relation = str(row.get("relation", ""))
            if relation and lang == "zh":
                relation = Relation(relation).chinese
            marks = {c: f"#{row[c]}" for c in ("local_fingerprint", "upper_fingerprint") if row.get(c)}
            shown.append({**row, **marks, "kind": KINDS[str(row["kind"])][at], "relation": relation})
        return shown

    @staticmethod
    def _row(book: Book, sheet: Any, number: int, row: Row, kind: str) -> None:
        from openpyxl.styles import Protection  # noqa: PLC0415

        open_ = {"edge": EDITABLE, "gap": (*EDITABLE, "local_id")}.get(
            kind, (*EDITABLE, "local_id", "upper_id", "upper_plan")
        )
        for i, column in enumerate(COLUMNS, 1):
            style: dict[str, Any] = {"fill": ENTRY_FILL} if column in open_ else {}
            if column == "date":
                style["number_format"] = "yyyy-mm-dd"
            cell = book.put(sheet, number, i, row.get(column), border=True, **style)
            cell.protection = Protection(locked=column not in open_)

    @staticmethod
    def _lists(sheet: Any, first: int, kinds: Sequence[str], lang: Lang) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        letter = get_column_letter(COLUMNS.index("decision") + 1)
        title = "请从列表中选择" if lang == "zh" else "choose from the list"
        for kind in dict.fromkeys(kinds):
            check = DataValidation(
                type="list", formula1=f'"{",".join(choices(kind, lang))}"', allow_blank=True, showErrorMessage=True,
                errorTitle=title, error=title,
            )  # fmt: skip
            start, count = (
                first + list(kinds).index(kind),
                list(kinds).count(kind),
            )  # each kind stands together
            check.add(f"{letter}{start}:{letter}{start + count - 1}")
            sheet.add_data_validation(check)

    def _meta(self, book: Book) -> None:
        sheet = book.sheet(META_SHEET)
        noted = {"kind": "review", "version": SHEET_VERSION, "plan": self.lineage.local.id}
        for number, (key, value) in enumerate(noted.items(), 1):
            book.put(sheet, number, 1, key)
            book.put(sheet, number, 2, str(value))
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True

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
        from .review_import import read_review  # noqa: PLC0415

        plans = [self.lineage.local], self.lineage.uppers
        return read_review(path, *plans, decisions, bad_rows=bad_rows, defaults=defaults)


def _side(side: str, plan: Plan, statement: Statement) -> dict[str, Any]:
    return {
        f"{side}_clause": plan.label(statement.clause),
        f"{side}_text": statement.text,
        f"{side}_plan": plan.id,
        f"{side}_id": statement.id,
        f"{side}_fingerprint": statement.fingerprint,
    }
