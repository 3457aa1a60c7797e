"""OFD files put together by the standard (GB/T 33190): letters at their places, lines, tables, templates, damage."""

from __future__ import annotations

import pytest
from word import zipped

from planlineage.model.errors import DamagedSourceError, NoTextLayerError
from planlineage.reading.formats import extract

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.2
LONG = "各地区要在2022年年底前编制完成权责清单，并及时向社会公布，接受社会监督；对行政执法活动进行检查，结果公开。"


def text(x: float, y: float, words: str, more: str = "") -> str:
    """A line of full-width letters with its upper left corner at x, y, in millimetres."""
    steps = f'DeltaX="g {len(words) - 1} {SIZE}"' if len(words) > 1 else ""
    code = f'<ofd:TextCode X="0" Y="{SIZE * 0.86}" {steps}>{words}</ofd:TextCode>'
    box = f"{x} {y} {SIZE * len(words)} {SIZE}"
    return f'<ofd:TextObject ID="1" Font="1" Size="{SIZE}" Boundary="{box}" {more}>{code}</ofd:TextObject>'


def stroke(x: float, y: float, wide: float, high: float) -> str:
    data = f"<ofd:AbbreviatedData>M 0 0 L {wide} {high}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="2" Boundary="{x} {y} {wide or 0.3} {high or 0.3}">{data}</ofd:PathObject>'


def ofd(*pages: str, template: str = "", root: str = "Doc_0/Document.xml") -> bytes:
    def layer(inner: str, more: str = "") -> bytes:
        content = f'<ofd:Content><ofd:Layer ID="9">{inner}</ofd:Layer></ofd:Content>'
        return f"<ofd:Page {NAMESPACE}>{more}{content}</ofd:Page>".encode()

    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    kept = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    common = f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{kept}</ofd:CommonData>"
    document = f"<ofd:Document {NAMESPACE}>{common}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    body = f"<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>"
    files = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD">{body}</ofd:OFD>'.encode(),
        "Doc_0/Document.xml": document.encode(),
    }
    uses = '<ofd:Template TemplateID="7" ZOrder="Background"/>' if template else ""
    files |= {f"Doc_0/Pages/Page_{n}/Content.xml": layer(page, uses) for n, page in enumerate(pages)}
    if template:
        files["Doc_0/Tpls/Tpl_0/Content.xml"] = layer(template)
    return zipped(files)


def paragraph(y: float, words: str, width: int = 36) -> str:
    lines = [words[: width - 2], *(words[at : at + width] for at in range(width - 2, len(words), width))]
    return "".join(text(30 + (0 if n else 2 * SIZE), y + 9 * n, line) for n, line in enumerate(lines))


def read(data: bytes) -> list[str]:
    return extract(data, "plan.ofd").text.splitlines()


def test_lines_become_paragraphs_in_the_order_of_the_page():
    page = paragraph(90, f"（二）公开清单。{LONG}") + paragraph(40, f"（一）编制清单。{LONG}")
    assert read(ofd(page)) == [f"（一）编制清单。{LONG}", f"（二）公开清单。{LONG}"]


def test_letters_written_one_by_one_and_in_any_order_make_the_same_line():
    letters = [text(30 + SIZE * n, 40, char) for n, char in enumerate("某区实施方案")]
    assert read(ofd("".join(reversed(letters)))) == ["某区实施方案"]


def test_a_ruled_table_gives_its_rows():
    rules = "".join(stroke(x, 40, 0, 20) for x in (30, 70, 130)) + "".join(stroke(30, y, 100, 0) for y in (40, 50, 60))
    cells = text(32, 43, "事项") + text(72, 43, "时限") + text(32, 53, "编制清单") + text(72, 53, "年底之前")
    assert read(ofd(rules + cells)) == ["事项\t时限", "编制清单\t年底之前"]


def test_heads_of_a_template_are_furniture_and_slanted_lines_watermarks():
    slanted = text(50, 150, "征求意见稿", 'CTM="0.7 -0.7 0.7 0.7 0 0"')
    pages = [paragraph(40 + 9 * n, f"（{n}）编制清单。{LONG}") + slanted for n in range(4)]
    found = extract(ofd(*pages, template=text(80, 10, "某市人民政府公报")), "plan.ofd")
    assert len(found.text.splitlines()) == 4
    assert "公报" not in found.text
    assert "征求" not in found.text
    assert [note.code for note in found.notes] == ["page-furniture", "page-furniture"]


def test_what_is_not_to_be_seen_is_not_read():
    assert read(ofd(text(30, 40, "某区实施方案") + text(30, 60, "隐藏的文字", 'Visible="false"'))) == ["某区实施方案"]


def test_damaged_files_and_pictures():
    with pytest.raises(DamagedSourceError):
        extract(ofd(text(30, 40, "方案"), root="Doc_1/Document.xml"), "x.ofd")
    with pytest.raises(NoTextLayerError, match="OCR"):
        extract(ofd(stroke(30, 40, 100, 0)), "x.ofd")
