"""One input of the fuzzer read by the reader that its first byte chooses; also used to read its seeds again."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from planlineage.model.errors import PlanLineageError
from planlineage.model.files import plan_from_json, shipped_plan
from planlineage.model.plan import Plan
from planlineage.progress.importing import import_ledger
from planlineage.progress.store import Progress
from planlineage.reading.formats import detect, encodings, extract_here
from planlineage.reading.formats.docx import read_docx
from planlineage.reading.formats.html import read_html
from planlineage.reading.formats.mhtml import read_mhtml
from planlineage.reading.formats.pdf.extract import extract_pdf
from planlineage.reading.formats.texts import read_text_or_page
from planlineage.reading.formats.values import Clock, Extracted

PARTS = ("document", "numbering", "styles", "footnotes")
SHEET = {"worksheets/sheet1": b"worksheet", "sharedStrings": b"sst", "styles": b"styleSheet"}
SPREADSHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "workbook": "sheet.main",
    "worksheets/sheet1": "worksheet",
    "sharedStrings": "sharedStrings",
    "styles": "styles",
}
WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    + "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{_TYPE}.{k}+xml"/>' for n, k in _PARTS.items())
    + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="a" Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET.decode()}" xmlns:r="{_LINK}">'
    '<sheets><sheet name="a" sheetId="1" r:id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="b" Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="c" Type="{_LINK}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="d" Type="{_LINK}/styles" Target="styles.xml"/></Relationships>',
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def one_input(data: bytes) -> None:
    """Read one input by the reader that its first byte chooses; the rest is the file."""
    read = TARGETS.get(data[:1].decode("latin-1"))
    try:
        if read is not None:
            read(data[1:])
        elif detect.format_of(data) != "pdf":
            extract_here(data, "x")
    except PlanLineageError:
        return


def _ofd(data: bytes) -> None:
    """An OFD file whose page and template are the input, cut at NUL."""
    out = io.BytesIO()
    page, _, template = data.partition(b"\0")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", "<o><DocRoot>D/d.xml</DocRoot></o>")
        listed = '<Pages><Page BaseLoc="p.xml"/></Pages><TemplatePage ID="1" BaseLoc="t.xml"/>'
        archive.writestr("D/d.xml", f"<d><PhysicalBox>0 0 210 297</PhysicalBox>{listed}</d>")
        archive.writestr("D/p.xml", b'<p><Template TemplateID="1"/><Content>' + page + b"</Content></p>")
        archive.writestr("D/t.xml", b"<p><Content>" + template + b"</Content></p>")
    extract_here(out.getvalue(), "x")


def _workbook(data: bytes) -> bytes:
    """A workbook whose sheet, strings and styles are the input, cut at NUL."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, words in WORKBOOK.items():
            archive.writestr(part, words)
        for (part, root), inner in zip(SHEET.items(), data.split(b"\0"), strict=False):
            archive.writestr(f"xl/{part}.xml", b'<%s xmlns="%s">%s</%s>' % (root, SPREADSHEET, inner, root))
    return out.getvalue()


def _ledger_file(data: bytes) -> None:
    """A filled-in ledger file, taken in by a ledger that some hundred such files share, and read back at its end."""
    ledger, folder = _ledger()
    path = Path(folder.name, "filled")
    path.write_bytes(data)
    import_ledger(ledger, path, _plan(), bad_rows="skip")
    if len(ledger) > 500:
        list(ledger.events())
        ledger.close()
        _ledger.cache_clear()


@cache
def _ledger() -> tuple[Progress, tempfile.TemporaryDirectory[str]]:
    folder = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    return Progress(Path(folder.name, "ledger.db")), folder


@cache
def _plan() -> Plan:
    return shipped_plan("shanting_2021")


def _docx(data: bytes) -> None:
    """A Word file whose parts are the input, cut at NUL; the archive itself is sound, so that mutations reach the XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        relations = "".join(f'<Relationship Type="x/{part}" Target="{part}.xml"/>' for part in PARTS[1:])
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="r">{relations}</Relationships>')
        for part, inner in zip(PARTS, data.split(b"\0"), strict=False):
            begin = f'<w:{part} xmlns:w="{WORD}" xmlns:m="m">'.encode()
            body = b"<w:body>" + inner + b"</w:body>" if part == "document" else inner
            archive.writestr(f"word/{part}.xml", begin + body + f"</w:{part}>".encode())
    read_docx(out.getvalue(), "x", Clock("x"))


TARGETS: dict[str, Callable[[bytes], object]] = {
    "D": _docx,
    "H": lambda data: read_html(Extracted(data.decode("utf-8", "replace"), "utf-8"), "x", Clock("x")),
    "J": lambda data: plan_from_json(data, where="x"),
    "L": _ledger_file,
    "M": lambda data: read_mhtml(data, "x", Clock("x")),
    "N": lambda data: read_text_or_page(data, "x", Clock("x")),
    "O": _ofd,
    "P": lambda data: extract_pdf(data, "x"),
    "T": lambda data: encodings.decode_text(data, "x"),
    "W": lambda data: _ledger_file(_workbook(data)),
    "X": lambda data: extract_here(_workbook(data), "x"),
    "Z": lambda data: read_docx(data, "x", Clock("x")),
}
"""Word parts, web pages, plan JSON, ledger files, web archives, Markdown and CSV, OFD, PDF, encodings, ledgers as
workbooks, workbooks, whole archives."""
