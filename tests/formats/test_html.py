"""Web pages as government sites publish them: the article, its tables, the facts around it."""

from __future__ import annotations

import datetime

import pytest

from planlineage.reading.formats import extract
from planlineage.reading.parse import parse_text
from planlineage.reading.source import decode

pytest.importorskip("lxml")

TEXT = "为进一步深化改革，经国务院同意，现提出以下意见。"
TASKS = [
    "一、总体要求",
    "（一）健全制度。各地区要在2022年年底前编制完成权责清单，并及时向社会公布，接受社会监督。",
    "（二）加强监督。对行政执法活动进行检查，每年至少开展一次，结果向社会公开。",
]
ARTICLE = "".join(f"<p>　　{line}</p>" for line in (TEXT, *TASKS))
LINKS = "".join(f'<li><a href="#{i}">国务院办公厅关于某某工作的通知解读之{i}</a></li>' for i in range(40))


def page(inner: str, head: str = "<title>某意见_中国政府网</title>", encoding: str = "utf-8") -> bytes:
    text = f'<!DOCTYPE html><html><head><meta charset="{encoding}">{head}</head><body>{inner}</body></html>'
    return text.encode(encoding)


def lines(data: bytes) -> list[str]:
    return [line.strip("　") for line in extract(data, "x").text.splitlines()]


def test_the_article_is_found_amid_navigation():
    noise = f'<div class="nav"><ul>{LINKS}</ul></div>'
    footer = '<div id="footer">主办单位：某某人民政府办公室，网站标识码：1234567890，技术支持：某某公司。</div>'
    for wrap in (
        '<div id="UCAP-CONTENT">{}</div>',
        '<div class="c12"><div>{}</div></div>',
        "<table><tr><td>{}</td></tr></table>",
    ):
        data = page(noise + wrap.format(ARTICLE) + f'<div class="related">{LINKS}</div>' + footer)
        assert lines(data) == [TEXT, *TASKS]
    notes = extract(data, "x").notes
    assert [n.code for n in notes] == ["around-the-article"]


def test_the_article_stays_where_it_is_called_like_a_menu():
    assert lines(page(f'<div class="content-nav share">{ARTICLE}</div>')) == [TEXT, *TASKS]


FACTS = """<table class="bd1"><tr><td><b>索 引 号：</b></td><td>000014349/2019-00012</td>
<td><b>主题分类：</b></td><td>卫生</td></tr>
<tr><td><b>发文机关：</b></td><td>国务院办公厅</td><td><b>成文日期：</b></td><td>2019年01月16日</td></tr>
<tr><td><b>标　　题：</b></td><td>国务院办公厅关于加强工作的意见</td></tr>
<tr><td><b>发文字号：</b></td><td>国办发〔2019〕4号</td><td><b>发布日期：</b></td><td>2019年01月30日</td></tr></table>"""
LISTED = """<ul class="info"><li><span>发文机关：</span>国务院办公厅</li><li>发文字号： 国办发〔2019〕4号</li>
<li>标题：国务院办公厅关于加强工作的意见</li><li>成文日期：2019-01-16　发布日期：2019-01-30</li></ul>"""


@pytest.mark.parametrize("facts", [FACTS, LISTED])
def test_facts_outside_the_article_reach_the_plan(facts):
    read = decode(page(f'{facts}<div class="article">{ARTICLE}</div>'), name="x")
    assert read.facts == {
        "title": "国务院办公厅关于加强工作的意见",
        "number": "国办发〔2019〕4号",
        "issuer": "国务院办公厅",
        "issued": "2019-01-16",
        "published": "2019-01-30",
    }
    plan = parse_text(read)
    assert (plan.title, plan.number, plan.issuer) == (
        read.facts["title"],
        read.facts["number"],
        "国务院办公厅",
    )
    assert plan.issued == datetime.date(2019, 1, 16)
    assert plan.level == "central"
    remark = next(r for r in plan.report.remarks if r.code == "page-facts")
    assert "2019-01-30" in remark.message
    assert plan.supplied == {}


def test_the_documents_own_words_win_over_the_facts_and_supplied_values_over_both():
    own = "<p>国务院关于别的工作的意见</p><p>国发〔2018〕9号</p>"
    read = decode(page(f'{FACTS}<div class="article">{own}{ARTICLE}</div>'), name="x")
    assert parse_text(read).number == "国发〔2018〕9号"
    assert parse_text(read).title == "国务院关于别的工作的意见"
    assert parse_text(read, number="国发〔2020〕1号").number == "国发〔2020〕1号"


def test_title_and_day_of_publication_from_meta_elements():
    head = '<title>首页</title><meta name="ArticleTitle" content="某某实施方案"><meta name="PubDate" content="2021-09-08 10:00">'
    assert extract(page(ARTICLE, head), "x").facts == {"title": "某某实施方案", "published": "2021-09-08"}


@pytest.mark.parametrize(
    "site", ["_某区人民政府", " - 某区人民政府门户网站", "-某市司法局", "_通知公告_某区政府网", ""]
)
def test_the_pages_title_without_the_name_of_the_site(site):
    title = "某区法治政府建设实施方案（2021—2025年）"
    assert extract(page(ARTICLE, f"<title>{title}{site}</title>"), "x").facts["title"] == title


def test_a_title_that_names_no_document_is_none():
    assert "title" not in extract(page(ARTICLE, "<title>政府信息公开_某区人民政府</title>"), "x").facts


def test_tables_are_kept_with_their_columns():
    table = """<table><tr><th>序号</th><th>事项</th><th>时限</th></tr>
    <tr><td rowspan=2>1</td><td><p>公开</p><p>清单</p></td><td>2022年</td></tr><tr><td>清理收费</td><td>2023年</td></tr>
    <tr><td colspan="2">合计</td><td>两项</td></tr></table>"""
    data = page(ARTICLE + table + "<p>附则。</p>")
    assert lines(data)[4:] == [
        "序号\t事项\t时限",
        "1\t公开清单\t2022年",
        "\t清理收费\t2023年",
        "合计\t\t两项",
        "附则。",
    ]


def test_numbers_of_lists_are_printed():
    assert lines(page(f"<ol><li>{TASKS[1]}</li></ol>")) == [TASKS[1]]
    listed = f"<ol start=3><li>{TEXT}</li><li>{TEXT}</li></ol><ol style='list-style-type: cjk-ideographic'><li>{TEXT}</li></ol>"
    assert lines(page(listed)) == [f"3. {TEXT}", f"4. {TEXT}", f"一、 {TEXT}"]


def test_line_breaks_scripts_hidden_text_and_comments():
    hidden = f"<script>document.write('一、脚本')</script><!-- {TASKS[2]} --><p style='display:none'>{TASKS[2]}</p>"
    inner = f"<p>{TEXT}<br>{TASKS[1]}</p>{hidden}"
    assert lines(page(inner)) == [TEXT, TASKS[1]]


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "utf-8", "gb18030"])
def test_encodings_of_pages(encoding):
    read = extract(page(ARTICLE.replace("〔", ""), encoding=encoding), "x")
    assert read.encoding == ("html+utf-8" if encoding == "utf-8" else "html+gb18030")
    assert TASKS[1] in read.text


def test_a_page_that_claims_the_wrong_encoding():
    data = page(ARTICLE).replace(b'charset="utf-8"', b'charset="gb2312"')
    assert TASKS[1] in extract(data, "x").text


def test_a_saved_web_archive():
    import quopri

    body = quopri.encodestring(page(ARTICLE)).decode()
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.gov.cn/\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----x"\r\n\r\n------x\r\n'
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n------x--\r\n"
    ).encode()
    read = extract(data, "x.mht")
    assert read.encoding == "mht+utf-8"
    assert TASKS[1] in read.text


def test_stray_tags_in_a_plain_text_do_not_make_it_a_page():
    assert extract("一、总则\n<p>加强领导。</p>\n".encode(), "x").encoding == "utf-8"
