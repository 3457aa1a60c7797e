"""One input of the fuzzer read by the reader that its first byte chooses; also used to read its seeds again."""

from __future__ import annotations

import io
import tempfile
import zipfile
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
from planlineage.reading.formats.values import Clock, Extracted

PARTS = ("document", "numbering", "styles", "footnotes")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def one_input(data: bytes) -> None:
    """Read one input by the reader that its first byte chooses; the rest is the file."""
    kind, rest = data[:1], data[1:]
    try:
        if kind == b"D":
            _docx(rest)
        elif kind == b"H":
            read_html(Extracted(rest.decode("utf-8", "replace"), "utf-8"), "x", Clock("x"))
        elif kind == b"P":
            extract_pdf(rest, "x")
        elif kind == b"M":
            read_mhtml(rest, "x", Clock("x"))
        elif kind == b"T":
            encodings.decode_text(rest, "x")
        elif kind == b"O":
            _ofd(rest)
        elif kind == b"J":
            plan_from_json(rest, where="x")
        elif kind == b"L":
            _ledger_file(rest)
        elif kind == b"Z":
            read_docx(rest, "x", Clock("x"))
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


def _ledger_file(data: bytes) -> None:
    """A filled-in ledger file, taken in by a ledger of its own."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder, "filled.csv")
        path.write_bytes(data)
        with Progress(Path(folder, "ledger.db")) as ledger:
            import_ledger(ledger, path, _plan(), bad_rows="skip")
            list(ledger.events())


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
