"""What all workbooks share: fonts, borders, title rows, A4 landscape, cells that are never taken for formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from ..model.disk import CONTROL, write_bytes
from ..model.errors import MissingExtraError
from ..model.wording import Lang, words
from ..tabular.sheets import META_SHEET

FILLS: Mapping[str, str] = {
    "green": "C6E0B4",
    "blue": "BDD7EE",
    "yellow": "FFE699",
    "red": "F8B4B4",
    "grey": "E7E6E6",
}
"""The colours of the lights."""

HEAD_FILL = "D9E1F2"
ENTRY_FILL = "FFFDE7"
FONT = "SimSun"
TITLE_FONT = "SimHei"
_DAYS = ("date", "effective_on", "reported_on", "closed_on")


def openpyxl_module() -> Any:
    """The openpyxl package. Raises `MissingExtraError`."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("no openpyxl", hint="install openpyxl") from error
    return openpyxl


class Book:
    """A workbook in the making. With `size`, columns are as wide as so many characters of the font in so many points."""

    def __init__(self, title: str, *, size: float = 0) -> None:
        self.openpyxl = openpyxl_module()
        from openpyxl import styles

        self.styles = styles
        self.workbook = self.openpyxl.Workbook()
        self.workbook.remove(self.workbook.active)
        self.workbook.properties.title = CONTROL.sub("", title)
        self.workbook.properties.creator = "planlineage"
        if size:
            self.workbook._named_styles["Normal"].font = styles.Font(name=FONT, size=size)
        side = styles.Side(style="thin", color="808080")
        self.border = styles.Border(left=side, right=side, top=side, bottom=side)

    def sheet(self, name: str) -> Any:
        """A new sheet. A name may have 31 characters, and none of `:\\/?*[]`."""
        clean = "".join("、" if c in ":\\/?*[]" else c for c in CONTROL.sub("", name))[:31]
        return self.workbook.create_sheet(clean)

    def put(self, sheet: Any, row: int, column: int, value: Any, **style: Any) -> Any:
        """Write a cell: text always as text, so that nothing in it is run as a formula.

        `bold`, `size`, `fill` (a colour), `align` ("center", "left"), `font`, `border` (True) and `number_format` may be given.
        """
        cell = sheet.cell(row=row, column=column)
        if isinstance(value, str):
            cell.value = CONTROL.sub("", value)[:32_767]
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        else:
            cell.value = value
        cell.font = self.styles.Font(
            name=style.get("font", FONT), size=style.get("size", 9), bold=style.get("bold", False)
        )
        cell.alignment = self.styles.Alignment(horizontal=style.get("align", "left"), vertical="center", wrap_text=True)
        if style.get("border"):
            cell.border = self.border
        if style.get("fill"):
            cell.fill = self.styles.PatternFill("solid", start_color=style["fill"], end_color=style["fill"])
        if style.get("number_format"):
            cell.number_format = style["number_format"]
        return cell

    def title(self, sheet: Any, text: str, note: str, width: int) -> int:
        """The rows above a table: its title and a note, over `width` columns. Returns the row of the headers."""
        self.put(sheet, 1, 1, text, bold=True, size=16, align="center", font=TITLE_FONT)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        sheet.row_dimensions[1].height = 30
        self.put(sheet, 2, 1, note, size=9)
        sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
        return 3

    def headers(self, sheet: Any, row: int, names: Sequence[str], widths: Sequence[float]) -> None:
        """The row of headers and the widths of the columns."""
        for i, (name, width) in enumerate(zip(names, widths, strict=True), 1):
            self.put(sheet, row, i, name, bold=True, align="center", fill=HEAD_FILL, border=True)
            sheet.column_dimensions[self.openpyxl.utils.get_column_letter(i)].width = width
        sheet.row_dimensions[row].height = 28

    def entries(
        self, sheet: Any, row: int, columns: Sequence[str], values: Mapping[str, Any], open_: Sequence[str]
    ) -> None:
        """A row of a template: its `open_` columns can be filled in, the others are protected."""
        for i, column in enumerate(columns, 1):
            style: dict[str, Any] = {"fill": ENTRY_FILL} if column in open_ else {}
            if column in _DAYS:
                style["number_format"] = "yyyy-mm-dd"
            cell = self.put(sheet, row, i, values.get(column), border=True, **style)
            cell.protection = self.styles.Protection(locked=column not in open_)

    def rule(self, sheet: Any, column: int, rows: Sequence[int], title: str, **rule: Any) -> None:
        """What may stand in some cells of a column; a list of choices, or limits as openpyxl's `DataValidation` takes them."""
        if "choices" in rule:
            rule |= {"type": "list", "formula1": f'"{",".join(rule.pop("choices"))}"'}
        check = self.openpyxl.worksheet.datavalidation.DataValidation(
            allow_blank=True, showErrorMessage=True, errorTitle=title, error=title, **rule
        )
        letter = self.openpyxl.utils.get_column_letter(column)
        for first, last in _runs(rows):
            check.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(check)

    def protect(self, sheet: Any) -> None:
        """Protect without a password: against slips, not against people. Filters, widths and heights stay free."""
        sheet.protection.sheet = True
        for free in ("formatColumns", "formatRows", "autoFilter", "sort"):
            setattr(sheet.protection, free, False)

    def note(self, facts: Mapping[str, object]) -> None:
        """Note in a hidden sheet what the workbook was made for."""
        sheet = self.sheet(META_SHEET)
        for number, (key, value) in enumerate(facts.items(), 1):
            self.put(sheet, number, 1, key)
            self.put(sheet, number, 2, str(value))
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True

    def printed(self, sheet: Any, header_row: int, lang: Lang, last_row: int, width: int, on_paper: int = 0) -> None:
        """A4 landscape, as wide as the page, headers on each page, page numbers below; `on_paper` columns, else all of them."""
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = self.openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        sheet.page_margins = self.openpyxl.worksheet.page.PageMargins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3)
        sheet.print_title_rows = f"{header_row}:{header_row}"
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = words("book.page", lang)
        sheet.freeze_panes = sheet.cell(row=header_row + 1, column=1)
        letter = self.openpyxl.utils.get_column_letter(width)
        if 0 < on_paper < width:
            sheet.print_area = f"A1:{self.openpyxl.utils.get_column_letter(on_paper)}{max(last_row, header_row)}"
        sheet.auto_filter.ref = f"A{header_row}:{letter}{max(last_row, header_row)}"

    def save(self, path: str | Path) -> Path:
        """Write the workbook, whole or not at all. Raises `OutputError`."""
        held = io.BytesIO()
        self.workbook.save(held)
        return write_bytes(path, _timeless(held.getvalue()))


def _timeless(book: bytes) -> bytes:
    """A workbook without the hour in which it was made: the same contents are the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", data)
            kept.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another, as first and last."""
    for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        held = [row for _, row in run]
        yield held[0], held[-1]


def lines_needed(texts: Sequence[Any], widths: Sequence[float]) -> int:
    """How many lines a row of wrapped cells takes; a Chinese character is two columns wide.

    >>> lines_needed(["加强行政执法监督机制和能力建设", "短"], [10, 10])
    4
    """
    most = 1
    for text, width in zip(texts, widths, strict=True):
        room = max(1.0, width - 1)
        lines = sum(max(1, -(-columns(part) // int(room))) for part in str("" if text is None else text).split("\n"))
        most = max(most, lines)
    return most


def columns(text: str) -> int:
    """How wide a text is, in columns of a narrow character."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
