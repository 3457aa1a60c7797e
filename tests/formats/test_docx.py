"""Word files: order of the page, computed numbers, tables, boxes, notes, tracked changes."""

from __future__ import annotations

import pytest
from word import abstract, level, listed, num, p, table, word

from planlineage import parse
from planlineage.reading.formats import extract
from planlineage.reading.parse import parse_text
from planlineage.reading.source import decode

pytest.importorskip("lxml")

OFFICIAL = abstract(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
)


def read(body: str, **parts: str) -> list[str]:
    return extract(word(body, **parts), "plan.docx").text.splitlines()


def codes(body: str, **parts: str) -> dict[str, str]:
    return {note.code: str(note.said) for note in extract(word(body, **parts), "plan.docx").notes}


def test_numbers_that_exist_only_as_list_styles_are_printed():
    body = (
        listed("总体要求", 0)
        + listed("指导思想", 1)
        + listed("基本原则", 1)
        + listed("重点任务", 0)
        + listed("健全清单", 1)
        + listed("编制清单。", 2)
        + listed("公开清单。", 2)
    )
    assert read(body, numbering=OFFICIAL + num("1")) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）基本原则",
        "二、重点任务",
        "（一）健全清单",
        "1. 编制清单。",
        "2. 公开清单。",
    ]


def test_numbering_from_a_style_and_the_style_it_is_based_on():
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="base"/></w:style>'
    )
    body = p("总则", properties='<w:pStyle w:val="mine"/>') + p("附则", properties='<w:pStyle w:val="mine"/>')
    numbering = abstract(level(0, "chineseCounting", "第%1章")) + num("1")
    assert read(body, numbering=numbering, styles=styles) == ["第一章 总则", "第二章 附则"]


def test_a_list_can_start_again_and_lists_share_their_counter():
    body = listed("甲", 0) + listed("乙", 0, "2") + listed("丙", 0, "3")
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    assert read(body, numbering=OFFICIAL + num("1") + num("2") + num("3", more=override)) == [
        "一、甲",
        "二、乙",
        "一、丙",
    ]


def test_an_empty_paragraph_of_a_list_counts_and_a_deleted_one_does_not():
    gone = p(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>')
    body = listed("甲", 0) + listed("", 0) + gone + listed("丙", 0)
    assert read(body, numbering=OFFICIAL + num("1")) == ["一、甲", "三、丙"]


def test_bullets_and_switched_off_numbers_print_nothing():
    numbering = abstract(level(0, "bullet", "\uf0b7")) + num("1")
    assert read(listed("公开清单", 0), numbering=numbering) == ["公开清单"]
    assert read(listed("公开清单", 0, "0"), numbering=OFFICIAL + num("1")) == ["公开清单"]


def test_tracked_changes_are_accepted_and_said():
    ins = '<w:ins w:id="1"><w:r><w:t>2022</w:t></w:r></w:ins>'
    gone = '<w:del w:id="2"><w:r><w:delText>2023</w:delText></w:r></w:del>'
    body = p("到", inner=f"{ins}{gone}<w:r><w:t>年完成。</w:t></w:r>")
    assert read(body) == ["到2022年完成。"]
    assert "1 insertions kept, 1 deletions dropped" in codes(body)["tracked-changes"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    assert read(p("加强", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("领导。")) == ["加强领导。"]


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{p('内部资料')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(p("一、总则", inner=shape)) == ["一、总则", "内部资料"]


def test_footnotes_stand_at_the_end_and_are_no_tasks():
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    note = f'<w:footnote w:id="2">{p("建立健全机制指部门联席会议。")}</w:footnote>'
    data = word(p("一、总则") + p("（一）加强领导，健全机制。", inner=call), footnotes=note)
    text = decode(data, name="plan.docx")
    assert text.text.splitlines()[-1] == "［注1］建立健全机制指部门联席会议。"
    plan = parse_text(text)
    assert [s.text for s in plan.tasks] == ["（一）加强领导，健全机制。"]


def test_tables_stand_in_document_order_with_spans_and_merged_cells():
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    more = "<w:tcPr><w:vMerge/></w:tcPr>"
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    rows = table(
        ["序号", "事项", "时限"],
        [f"{merged}{p('1')}", "公开清单", "2022年"],
        [f"{more}{p()}", "清理收费", "2023年"],
        [f"{wide}{p('合计')}", "两项"],
    )
    assert read(p("前") + rows + p("后")) == [
        "前",
        "序号\t事项\t时限",
        "1\t公开清单\t2022年",
        "\t清理收费\t2023年",
        "合计\t\t两项",
        "后",
    ]


def test_a_table_of_one_column_only_frames_its_paragraphs():
    assert read(table([p("一、总则") + p("加强领导。")])) == ["一、总则", "加强领导。"]


def test_a_table_inside_a_cell_and_several_paragraphs_stay_in_the_row():
    inner = table(["甲", "乙"])
    assert read(table(["1", f"{p('公开')}{p('清单。')}{inner}"], ["2", "清理"])) == [
        "1\t公开清单。甲 乙",
        "2\t清理",
    ]


def test_headers_comments_hidden_text_and_contents_are_left_out_and_said():
    toc = p("一、总则\t3", properties='<w:pStyle w:val="TOC1"/>')
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    body = toc + p("一、总则", inner=hidden)
    parts = {"styles": styles, "header": p("机密"), "comments": p("改")}
    assert read(body, **parts) == ["一、总则"]
    assert set(codes(body, **parts)) == {"table-of-contents", "hidden-text", "page-furniture", "comments"}


def test_field_results_are_text_and_field_codes_are_not():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第二条</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read(p("依照", inner=field + "<w:r><w:t>办理。</w:t></w:r>")) == ["依照第二条办理。"]


def test_a_plan_from_a_file_says_its_format(tmp_path):
    path = tmp_path / "名字不说明格式.bin"
    path.write_bytes(word(listed("总则", 0) + p("加强领导。"), numbering=OFFICIAL + num("1")))
    plan = parse(path)
    assert plan.source.encoding == "docx"
    assert plan.source.text == "一、总则\n加强领导。"
    assert plan.clauses[0].number == "一、"


def test_what_stands_above_a_character_is_left_out_and_struck_words_are_named():
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>qīng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>青</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>2022年底</w:t></w:r>"
    picture = "<w:r><w:drawing><blip/></w:drawing></w:r>"
    body = p(inner=f"{ruby}<w:r><w:t>云市</w:t></w:r>{struck}<w:r><w:t>2023年底前完成。</w:t></w:r>{picture}")
    assert read(body) == ["青云市2023年底前完成。"]
    assert codes(body) == {
        "struck-text": "struck-out text left out: 6 characters",
        "pictures": "pictures left out: 1",
    }


def test_documents_inside_a_document_stand_where_they_are_called():
    def chunk(name):
        return f'<w:altChunk r:id="{name}"/>'

    inner = word(p("附件内容。") + chunk("more.txt"), chunks={"more.txt": b"x"})
    page = "<html><body><p>网页内容。</p></body></html>".encode()
    chunks = {"a.docx": inner, "b.htm": page, "c.bin": b"7z\xbc\xaf\x27\x1c"}
    body = p("正文。") + "".join(map(chunk, chunks)) + chunk("none") + p("完。")
    found = extract(word(body, chunks=chunks), "plan.docx")
    assert found.text.splitlines() == ["正文。", "附件内容。", "网页内容。", "完。"]
    assert [dict(note.said.values)["part"] for note in found.notes] == ["word/more.txt", "word/c.bin", "none"]
