"""Write the first corpus for `readers.py`: small files of every format, made by the tests' own builders.

python fuzz/make_corpus.py FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from hostile import LAUGHS, multipart, one_page, page_loop, ruled, stream
from word import abstract, level, listed, num, p, table, word

import planlineage as pl
from planlineage.model.files import plan_json

PLAN = "某区实施方案（2021—2025年）\n一、总则\n（一）健全机制。2022年年底前编制完成权责清单。\n序号\t事项\n1\t公开\n"
INSERTED = "<w:ins><w:r><w:t>加强</w:t></w:r></w:ins><w:del><w:r><w:delText>削弱</w:delText></w:r></w:del>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>目录</w:t><w:tab/><w:br/><w:sym w:char="F0B7"/></w:r>'
    '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
NUMBERS = abstract(
    level(0, "chineseCounting", "%1、"), level(1, "decimal", "（%2）", 3, '<w:pStyle w:val="a"/><w:isLgl/>')
) + num("1", more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/></w:lvlOverride>')
STYLES = (
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="toc 1"/><w:basedOn w:val="b"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
SPANNED = "<w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>" + p("b")
BODY = listed("总则", 0) + listed("加强", 1) + p("甲", inner=INSERTED + FIELD) + table(["1", "a"], [SPANNED])
NOTES = f'<w:footnote w:id="1">{p("注")}</w:footnote>'
PAGE = (
    '<!DOCTYPE html><html><head><meta charset="gb2312"><title>某方案_某网</title>'
    '<meta name="PubDate" content="2021-01-02"></head><body><div class="nav"><a href="#">首页</a></div>'
    "<table><tr><td>发文字号：</td><td>国发〔2019〕4号</td></tr><tr><td>成文日期：</td><td>2019年1月2日</td></tr></table>"
    "<div id=zoom><p>　　一、总则</p><ol start=2 style='list-style-type:cjk-decimal'><li>加强</ol>"
    "<table><tr><td rowspan=2 colspan=2>1<td>a<tr><td>b</table><pre>x\ny</pre></div></body></html>"
)
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nPHA+YTwvcD4=\r\n--b--\r\n"
)

OFD = (
    '<Layer><TextObject Size="4.2" Boundary="30 40 21 4.2" CTM="1 0 0 1 0 0"><TextCode X="0" Y="3.6" DeltaX="g 4 4.2">'
    '一、总则。</TextCode></TextObject><PathObject Boundary="30 40 100 20"><AbbreviatedData>M 0 0 L 0 20 M 50 0 L 50 20 M 0 0 L '
    '100 0 M 0 20 L 100 20</AbbreviatedData></PathObject></Layer>\0<Layer><TextObject Size="3" Boundary="9 9 9 9" Visible="true" '
    'CTM="0.7 -0.7 0.7 0.7 0 0"><TextCode X="0" Y="3" DeltaY="3 3">公报</TextCode></TextObject></Layer>'
)

SHEET = (
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>任务</t></is></c>'
    '<c r="C1"><v>1</v></c></row>'
    '<row r="2"><c r="A2" s="1"><v>44927</v></c><c r="B2" t="str"><f>1+1</f><v>2</v></c>'
    '<c r="C2" t="b"><v>1</v></c></row></sheetData>'
    '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>\0<si><t>序号</t></si><si><r><t>a</t></r></si>\0'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
HEADER = (
    '<c r="A1" t="str"><v>任务编号</v></c><c r="B1" t="str"><v>进展状态</v></c><c r="C1" t="str"><v>截至日期</v></c>'
)
FILLED = (
    f'<sheetData><row r="1">{HEADER}</row><row r="2"><c r="A2" t="str"><v>9.29-2rwar</v></c>'
    '<c r="B2" t="str"><v>done</v></c><c r="C2" s="1"><v>45000</v></c></row>' + SHEET[SHEET.index("</sheetData>") :]
).replace("A1:B1", "A5:B5")
MARKDOWN = (
    "---\ntitle: 某方案\ndate: 2021-02-03\n---\n# 一、总则\n**加强**领导[^1] [网](http://a) ![图](a.png)\n> - 甲\n\n"
    "| 序号 | 事项 |\n| --- | --- |\n| 1 | 公开 |\n\n[^1]: 注\n<details><summary>目录</summary>一</details><!-- 略 -->\n"
)
CSV = '序号,任务,责任单位\n1,"清理证明\n建立台账",区司法局\n'


def corpus() -> dict[str, bytes]:
    """Name and bytes of each file."""
    parts = "\0".join((BODY, NUMBERS, STYLES, NOTES)).encode()
    text = b"BT /F 12 Tf 60 700 Td (Plan of works) Tj 0 -20 Td (1. Build) Tj ET 50 50 m 50 550 l S"
    return {
        "docx-parts": b"D" + parts,
        "docx-laughs": b"D" + f"<!DOCTYPE d [{LAUGHS}]>".encode(),
        "docx": b"Z" + word(BODY, numbering=NUMBERS, styles=STYLES, footnotes=NOTES),
        "html": b"H" + PAGE.encode(),
        "page": PAGE.encode("gb18030"),
        "mht": b"M" + MHT,
        "mht-deep": b"M" + multipart(5),
        "pdf": b"P" + one_page(stream(text)),
        "pdf-ruled": b"P" + ruled(4),
        "pdf-loop": b"P" + page_loop(),
        "pdf-plain": b"P" + one_page(b"<</Length %d>>stream\n%s\nendstream" % (len(text), text)),
        **{f"text-{e}": b"T" + PLAN.encode(e) for e in ("utf-8", "gb18030", "utf-16", "utf-16-be")},
        "text-big5": b"T" + "國務院關於加強法治政府建設的意見".encode("big5"),
        "text": PLAN.encode(),
        "ofd": b"O" + OFD.encode(),
        "sheet": b"X" + SHEET.encode(),
        "ledger-sheet": b"W" + FILLED.encode(),
        "markdown": b"N" + MARKDOWN.encode(),
        "csv": b"N" + CSV.encode("gb18030"),
        "web-page": b"N" + PAGE.encode("gb18030"),
        "plan-json": b"J" + plan_json(pl.parse_text(PLAN.partition("序号")[0], level="district")).encode(),
        "ledger": b"L" + _ledger(),
    }


def _ledger() -> bytes:
    """The header and the first reports of a made-up ledger file."""
    with tempfile.TemporaryDirectory() as folder:
        made = pl.write_sample_ledger("shanting_2021", Path(folder, "sample.csv"), until="2024-06-30")
        return b"\n".join(made.read_bytes().splitlines()[:4])


def main() -> None:
    """Write the corpus into the folder named on the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in corpus().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
