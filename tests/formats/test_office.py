"""Old office files: read through LibreOffice where it is installed, and refused with advice where it can't read them."""

from __future__ import annotations

import openpyxl
import pytest
from rendering import Content, as_docx, convert, office

from planlineage.model.errors import UnsupportedFormatError
from planlineage.reading.formats import extract, office as old

pytestmark = pytest.mark.skipif(office() is None, reason="needs LibreOffice (Debian: libreoffice-writer)")
LINES = ["某区实施方案", "一、总体要求", "2022年年底前编制完成权责清单。"]
ROWS = [["序号", "事项", "时限"], ["1", "编制清单", "2022年底"]]
TEXT = [*LINES, "\t".join(ROWS[0]), "\t".join(ROWS[1])]


@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_an_old_file_reads_as_what_was_saved(tmp_path, ending):
    plan = tmp_path / "plan.docx"
    plan.write_bytes(as_docx(Content("plan", (*LINES, ROWS))))
    [made] = convert([plan], ending, tmp_path / "old")
    found = extract(made.read_bytes(), made.name)
    assert found.text.splitlines() == TEXT
    assert found.encoding == f"{ending}+docx"
    assert found.notes[0].code == "converted"


def test_an_old_sheet_reads_as_its_rows(tmp_path):
    sheet, book = tmp_path / "plan.xlsx", openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(sheet)
    [made] = convert([sheet], "xls", tmp_path / "old")
    assert extract(made.read_bytes(), made.name).text.splitlines() == TEXT[3:]


@pytest.mark.parametrize("stream", ["WordDocument", "Workbook"])
def test_what_the_office_program_cant_read_is_refused(stream):
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + bytes(range(256)) * 20
    with pytest.raises(UnsupportedFormatError):
        extract(broken, "plan.doc")


def test_a_program_that_hangs_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(old, "program", lambda: str(slow))
    monkeypatch.setattr(old, "_SECONDS", 0.2)
    assert old.converted(b"{\\rtf1 plan}", old.Route("Rich Text Format", "docx", "rtf")) is None
