"""Scans: pages rendered as pictures are read by OCR as what they are, and said to be; without the extra the error names it."""

from __future__ import annotations

import difflib
import io

import pytest
from drawn import LONG, Sheet, draw, needs_font
from word import p, word

from planlineage.model.errors import DamagedSourceError, NoTextLayerError, UnsupportedFormatError
from planlineage.reading.formats import extract, scans
from planlineage.reading.source import decode

pytest.importorskip("rapidocr")
pypdfium2 = pytest.importorskip("pypdfium2")
Image = pytest.importorskip("PIL.Image")
pytestmark = needs_font
ITEMS = [f"（{n}）健全制度。{LONG[:36]}" for n in "一二"]


def page() -> Sheet:
    sheet, y = Sheet((595, 354)), 100.0  # what lies on a whole page takes three times as long
    for item in ITEMS:
        y = draw(sheet, 90, y, item, 34)
    return sheet


def picture(sheet: Sheet, dpi: int = 150):
    return pypdfium2.PdfDocument(sheet.data())[0].render(scale=dpi / 72).to_pil().convert("RGB")


def saved(image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def share_right(text: str, wanted: str) -> float:
    blocks = difflib.SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def test_a_scanned_page_on_its_side_is_read_upright_and_its_paragraphs_are_whole():
    found = extract(saved(picture(page()).rotate(90, expand=True), "TIFF"), "scan.tif")
    assert share_right(found.text, "\n".join(ITEMS)) > 0.97
    assert len(found.text.splitlines()) == 2
    assert (found.encoding, found.notes[0].code) == ("picture+ocr", "ocr")


def test_a_photo_of_a_ruled_table_gives_its_rows():
    sheet = Sheet((420, 360))
    for x in (90, 190, 390):
        sheet.canvas.line(x, 360 - 200, x, 360 - 250)
    for y in (200, 225, 250):
        sheet.canvas.line(90, 360 - y, 390, 360 - y)
    sheet.write(95, 217, "事项").write(195, 217, "时限").write(95, 242, "编制清单").write(195, 242, "2022年底")
    found = extract(saved(picture(sheet).rotate(1, fillcolor="white"), "JPEG", quality=80), "photo.jpg")
    assert found.text.splitlines() == ["事项\t时限", "编制清单\t2022年底"]
    assert found.encoding == "picture+ocr"


def test_letters_that_no_font_explains_are_read_by_ocr():
    data = page().data().replace(b"/ToUnicode", b"/NoUnicode")
    found = extract(data, "x")
    assert share_right(found.text, "\n".join(ITEMS)) > 0.97
    assert found.encoding == "pdf+ocr"


def of_pictures(**files: bytes) -> bytes:
    """A Word file that draws pictures and holds nothing else."""
    drawn = "".join(f'<w:r><w:pict><v:imagedata r:id="{name}"/></w:pict></w:r>' for name in files)
    return word(p(inner=drawn), files)


def test_a_word_file_of_pictures_is_read_as_its_pages_and_names_what_is_no_picture():
    found = extract(
        of_pictures(a=saved(picture(page()), "PNG"), b=b"\xd7\xcd\xc6\x9a a drawing of Windows"), "scan.docx"
    )
    assert share_right(found.text, "\n".join(ITEMS)) > 0.97
    assert (found.encoding, [note.code for note in found.notes]) == ("docx+ocr", ["ocr", "pictures"])


def test_without_the_extra_the_error_names_it(monkeypatch):
    monkeypatch.setattr(scans, "can_read", lambda: False)
    image = picture(page(), 50)
    forms = {form: saved(image, form) for form in ("PDF", "PNG", "JPEG")} | {"DOCX": of_pictures(a=saved(image, "PNG"))}
    for form, data in forms.items():
        error = UnsupportedFormatError if form in ("PNG", "JPEG") else NoTextLayerError
        with pytest.raises(error, match=r"planlineage\[ocr\]"):
            decode(data, name="scan")


def test_a_damaged_picture():
    with pytest.raises(DamagedSourceError):
        extract(saved(picture(page(), 50), "PNG")[:300], "x.png")
