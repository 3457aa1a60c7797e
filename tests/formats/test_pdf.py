"""PDF files with a text layer: lines joined, furniture out, columns and tables in order, and what can't be read."""

from __future__ import annotations

import io

import pytest
from drawn import LONG, Sheet, draw, needs_font

from planlineage.model.errors import DamagedSourceError, EncryptedSourceError, NoTextLayerError
from planlineage.reading.formats import extract
from planlineage.reading.formats.pdf.extract import extract_pdf
from planlineage.reading.source import decode

pytest.importorskip("pypdfium2")
canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")


@needs_font
def test_wrapped_lines_become_paragraphs():
    sheet = Sheet()
    y = draw(sheet, 90, 100, "（一）健全制度。" + LONG, 34)
    draw(sheet, 90, y, "（二）加强监督。" + LONG, 34)
    assert extract(sheet.data(), "x").text.splitlines() == [
        "（一）健全制度。" + LONG,
        "（二）加强监督。" + LONG,
    ]


@needs_font
def test_a_paragraph_goes_on_across_the_page_and_furniture_is_out():
    sheet = Sheet()
    chinese = "甲乙丙丁戊己庚辛"
    for page in range(4):
        sheet.write(90, 50, "某区人民政府公报2021年第8期", 9)
        y = 100.0
        for n in range(8):
            y = draw(sheet, 90, y, f"（{chinese[n]}{chinese[page]}）健全制度。" + LONG, 34)
        sheet.lines(90, y, "加" * 33 + "，") if page < 3 else None
        sheet.write(290, 800, f"— {page + 1} —", 9)
        sheet.turn()
    found = extract(sheet.data(), "x")
    assert "公报" not in found.text
    assert "—" not in found.text
    assert [note.code for note in found.notes] == ["page-furniture", "page-furniture"]
    assert len(found.text.splitlines()) == 4 * 8 + 3


@needs_font
def test_two_columns_are_read_one_after_the_other():
    sheet = Sheet()
    sheet.write(200, 80, "某市法治政府建设实施方案", 16)
    for x, word in ((60, "左"), (315, "右")):
        y = 120.0
        for n in "一二三":
            y = draw(sheet, x, y, f"（{n}）{word}栏。" + LONG, 19)
    lines = extract(sheet.data(), "x").text.splitlines()
    assert lines[0] == "某市法治政府建设实施方案"
    assert lines[1:] == [f"（{n}）{word}栏。{LONG}" for word in "左右" for n in "一二三"]


@needs_font
def test_a_ruled_table_stands_between_its_paragraphs():
    sheet = Sheet()
    draw(sheet, 90, 100, LONG, 34)
    xs, ys = [90, 130, 330, 500], [200, 225, 265, 290]
    for x in xs:
        sheet.canvas.line(x, 842 - ys[0], x, 842 - ys[-1])
    for y in ys:
        sheet.canvas.line(xs[0], 842 - y, xs[-1], 842 - y)
    cells = {
        (95, 217): "序号",
        (135, 217): "事项",
        (335, 217): "时限",
        (95, 242): "1",
        (135, 242): "编制并公开全部政府部门权责清",
        (135, 258): "单",
        (335, 242): "2022年底",
        (95, 282): "2",
        (335, 282): "2023年底",
        (135, 282): "清理收费",
    }
    for (x, y), text in cells.items():
        sheet.write(x, y, text)
    draw(sheet, 90, 320, "以上事项由司法局负责。", 34)
    assert extract(sheet.data(), "x").text.splitlines() == [
        LONG,
        "序号\t事项\t时限",
        "1\t编制并公开全部政府部门权责清单\t2022年底",
        "2\t清理收费\t2023年底",
        "以上事项由司法局负责。",
    ]


@needs_font
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_that_are_turned(angle):
    sheet = Sheet()
    sheet.canvas.setPageRotation(angle)
    sheet.canvas.translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}[angle])
    sheet.canvas.rotate(angle)
    y = draw(sheet, 90, 100, "（一）健全制度。" + LONG, 34)
    draw(sheet, 90, y, "（二）加强监督。", 34)
    assert extract(sheet.data(), "x").text.splitlines() == ["（一）健全制度。" + LONG, "（二）加强监督。"]


@needs_font
def test_a_slanted_watermark_is_left_out_and_said():
    sheet = Sheet()
    draw(sheet, 90, 100, LONG, 34)
    sheet.canvas.saveState()
    sheet.canvas.rotate(45)
    sheet.canvas.drawString(400, 0, "征求意见稿请勿外传")
    sheet.canvas.restoreState()
    found = extract(sheet.data(), "x")
    assert found.text.splitlines() == [LONG]
    assert "watermarks" in str(found.notes[0].said)


@needs_font
def test_protected_by_a_password():
    with pytest.raises(EncryptedSourceError, match="password"):
        extract(Sheet(encrypt="secret").write(90, 100, LONG).data(), "x")


def scan(text: str = "") -> bytes:
    out = io.BytesIO()
    sheet = canvas_module.Canvas(out)
    for page in range(2):
        sheet.rect(0, 0, 400, 400, fill=1)
        if page and text:
            sheet.drawString(90, 500, text)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def test_a_scan_without_text_says_to_run_ocr():
    with pytest.raises(NoTextLayerError, match="OCR"):
        decode(scan(), name="scan.pdf")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\ntrailer<</Root 1 0 R>>"],
)
def test_a_damaged_pdf(data):
    with pytest.raises((DamagedSourceError, NoTextLayerError)):
        decode(data, name="x.pdf")


def test_both_processes_give_the_same():
    data = scan("Plan of works")
    assert extract(data, "x") == extract_pdf(data, "x")
