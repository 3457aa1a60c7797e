"""What stands on a PDF page beside plain lines: shading, turned and vertical text, letters that can't be seen or read, notes."""

from __future__ import annotations

import pytest
from drawn import A4, LONG, ZEN, Sheet, draw, needs_font

from planlineage.model.errors import NoTextLayerError
from planlineage.reading.formats import extract

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")
pytestmark = needs_font
ITEMS = [f"（{n}）健全制度。{LONG}" for n in "一二三四五六"]


def items(sheet: Sheet, width: int = 34, top: float = 100.0) -> Sheet:
    for item in ITEMS:
        top = draw(sheet, 90, top, item, width)
    return sheet


def read(sheet: Sheet) -> tuple[list[str], list[str]]:
    """The lines of a document and the codes of what is said beside it."""
    found = extract(sheet.data(), "x")
    return found.text.splitlines(), [note.code for note in found.notes]


def lines_of(sheet: Sheet) -> list[str]:
    return read(sheet)[0]


def test_shaded_words_and_paragraphs_are_no_table():
    sheet = Sheet()
    sheet.canvas.setFillColorRGB(1, 1, 0)
    for n in range(12):  # pieces side by side and below one another, as word processors shade words of two fonts
        for x, wide in ((90, 60), (150, 24), (174, 200)):
            sheet.canvas.rect(x, 842 - 105 - 20 * n, wide, 16, stroke=0, fill=1)
    sheet.canvas.setFillColorRGB(0, 0, 0)
    assert lines_of(items(sheet)) == ITEMS


def test_borders_drawn_as_thin_filled_shapes_make_a_table():
    sheet = Sheet()
    for x in (90, 190, 390):
        sheet.canvas.rect(x, 842 - 250, 0.7, 50, stroke=0, fill=1)
    for y in (200, 225, 250):
        sheet.canvas.rect(90, 842 - y, 300, 0.7, stroke=0, fill=1)
    sheet.write(95, 217, "事项").write(195, 217, "时限").write(95, 242, "编制清单").write(195, 242, "2022年底")
    assert lines_of(sheet) == ["事项\t时限", "编制清单\t2022年底"]


def test_a_landscape_page_leaves_the_upright_ones_alone():
    sheet = items(Sheet())
    sheet.turn().canvas.setPageSize((842, 595))
    sheet.height = 595
    items(sheet, 54).turn().canvas.setPageSize(A4)
    sheet.height = 842
    assert lines_of(items(sheet)) == ITEMS * 3


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_set_at_a_right_angle_is_read(angle):
    sheet = Sheet(size=(842, 595))
    sheet.canvas.translate(*{90: (842, 0), 180: (842, 595), 270: (0, 595)}[angle])
    sheet.canvas.rotate(angle)
    sheet.height = 842 if angle != 180 else 595
    assert lines_of(items(sheet, 54 if angle == 180 else 34)) == ITEMS


def test_a_line_at_a_right_angle_is_read_behind_the_page_and_named():
    sheet = items(Sheet())
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(300, -40, "此件公开发布")
    assert read(sheet) == ([*ITEMS, "此件公开发布"], ["turned-text"])


def test_a_turned_head_that_repeats_is_furniture():
    sheet = Sheet()
    for page in range(4):
        items(sheet, top=100.0 + 20 * page)
        sheet.canvas.saveState()
        sheet.canvas.rotate(90)
        sheet.canvas.drawString(100, -20, f"某市人民政府公报 第 {page + 1} 页")
        sheet.canvas.restoreState()
        sheet.turn()
    assert lines_of(sheet) == ITEMS * 4


def test_vertical_writing_is_read_from_right_to_left():
    sheet = Sheet()
    for column, item in enumerate(ITEMS[:2]):
        for n, char in enumerate(item):
            sheet.write(480 - 24 * (3 * column + n // 40), 60 + 12 * (n % 40), char)
    assert "".join(lines_of(sheet)) == "".join(ITEMS[:2])


def test_white_letters_are_left_out_unless_their_ground_is_dark():
    sheet = items(Sheet())
    sheet.canvas.setFillColorRGB(0.1, 0.2, 0.5)
    sheet.canvas.rect(80, 842 - 570, 300, 30, stroke=0, fill=1)
    sheet.canvas.setFillColorRGB(1, 1, 1)
    sheet.write(90, 560, "蓝底的白字")
    sheet.write(90, 620, "看不见的白字")
    assert read(sheet) == ([*ITEMS, "蓝底的白字"], ["hidden-text"])


def test_invisible_letters_are_read_over_a_picture_only():
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    sheet = items(Sheet())
    sheet.canvas.drawImage(ImageReader(Image.new("L", (40, 10), 200)), 80, 842 - 640, 400, 60)
    for y, words in ((620, "图上识别的文字"), (720, "隐藏的文字")):
        sheet.canvas.setFont(ZEN, 12)
        words_at = sheet.canvas.beginText(90, 842 - y)
        words_at.setTextRenderMode(3)
        words_at.textOut(words)
        sheet.canvas.drawText(words_at)
    assert read(sheet) == ([*ITEMS, "图上识别的文字"], ["hidden-text", "read-by-ocr"])


def test_letters_beyond_the_page_are_left_out():
    sheet = items(Sheet())
    sheet.write(90, 900, "页外的文字")
    assert read(sheet) == (ITEMS, ["hidden-text"])


def test_letters_that_no_font_explains_are_no_text():
    data = items(Sheet()).data().replace(b"/ToUnicode", b"/NoUnicode")
    with pytest.raises(NoTextLayerError, match="OCR"):
        extract(data, "x")


def test_paragraphs_of_a_cell_are_kept_apart_and_its_lines_joined():
    sheet = Sheet()
    for x in (90, 190, 390):
        sheet.canvas.line(x, 842 - 200, x, 842 - 310)
    for y in (200, 225, 310):
        sheet.canvas.line(90, 842 - y, 390, 842 - y)
    sheet.write(95, 217, "事项").write(195, 217, "内容").write(95, 242, "编制清单")
    sheet.lines(195, 242, "编制完成全部政府部门权责清单并向", "社会公布", "开展专项检查", leading=18)
    assert lines_of(sheet)[1] == "编制清单\t编制完成全部政府部门权责清单并向社会公布\u3000\u3000开展专项检查"


def test_footnotes_stand_at_the_end_and_break_no_paragraph():
    sheet = Sheet()
    sheet.lines(114, 700, "加" * 32).write(90, 720, "强" * 34)
    sheet.write(90, 770, "①本办法所称行政机关包括法律法规授权的组织。", 9)
    sheet.write(90, 782, "②见国发〔2018〕39号。", 9)
    sheet.write(290, 820, "1", 9).turn()
    sheet.write(90, 100, "监督。")
    sheet.write(290, 820, "2", 9)
    assert lines_of(sheet) == [
        "加" * 32 + "强" * 34 + "监督。",
        "［注1］本办法所称行政机关包括法律法规授权的组织。",
        "［注2］见国发〔2018〕39号。",
    ]
