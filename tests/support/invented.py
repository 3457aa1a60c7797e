"""Documents made up by hypothesis: well-formed plans, plans with all that goes wrong on real pages, and mere noise."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = (
    "健全",
    "行政",
    "执法",
    "监督",
    "机制",
    "全面",
    "推行",
    "证明",
    "事项",
    "告知",
    "承诺",
    "制度",
    "依法",
    "公开",
    "重大",
    "决策",
    "程序",
    "建立",
    "目录",
    "信用",
    "监管",
    "服务",
    "平台",
    "清理",
    "文件",
    "应急",
    "预案",
    "培训",
)
DATES = ("2022年年底前", "到2025年", "2023年6月底前", "每年至少1次", "3个工作日内", "自印发之日起30日内")
MARKS = (
    "，",
    "、",
    "；",
    "：",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "。",
    ",",
    ";",
    "(",
    ")",
    "[",
    "〔",
    "—",
    "…",
)
SPAM = (
    "best365网页登录不上去_bet365体育在线",
    "365直播是什么_best365_bet",
    "<br/>",
    "&nbsp;",
    "\u200b",
    "\ufeff",
)
BLANKS = (" ", "\t", "\u3000", "\u3000\u3000", "\xa0", "\n", "\r\n", "\n\n", "\x85", "\u2028")
LABELS = (
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1．",
    "2.",
    "（1）",
    "①",
    "第一章 ",
    "第一条 ",
    "附件1",
    "附件：",
    "三",
    "1、",
)
FURNITURE = (
    "— 3 —",
    "第2页",
    "中发〔2021〕33号",
    "2021年8月2日",
    "附件",
    "某市人民政府",
    "甲 | 乙",
    "甲\t乙",
    "答：是。",
)

phrases = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map("".join)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence as plans have them: clauses between commas, sometimes with a date."""
    parts = draw(st.lists(phrases, min_size=1, max_size=3))
    if draw(st.integers(0, 3)) == 0:
        parts.insert(0, draw(st.sampled_from(DATES)) + draw(phrases))
    return "，".join(parts) + draw(st.sampled_from("。。。；"))


def bodies(least: int = 1, most: int = 4) -> st.SearchStrategy[list[str]]:
    """The sentences of an article: no two alike, the last one ended by a full stop."""
    return st.lists(sentences(), min_size=least, max_size=most, unique=True).map(
        lambda found: [*found[:-1], found[-1][:-1] + "。"]
    )


@st.composite
def outlines(draw: st.DrawFn) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The parts of a plan; each a heading and its articles, each of these a heading and its sentences."""
    articles = st.tuples(phrases, bodies())
    return draw(st.lists(st.tuples(phrases, st.lists(articles, min_size=2, max_size=3)), min_size=2, max_size=4))


NUMERALS = "一二三四五六七八九十"


def written(parts: list[tuple[str, list[tuple[str, list[str]]]]]) -> str:
    """The text of an outline, numbered 一、 and （一）."""
    lines = ["某市法治建设实施方案（2021—2025年）", ""]
    article = 0
    for i, (heading, articles) in enumerate(parts):
        lines.append(f"{NUMERALS[i]}、{heading}")
        for title, body in articles:
            lines.append(f"（{_numeral(article)}）{title}。{''.join(body)}")
            article += 1
    return "\n".join(lines)


def _numeral(n: int) -> str:
    return NUMERALS[n] if n < 10 else f"十{NUMERALS[n - 10]}"


plans = outlines().map(written)
"""Well-formed plans."""

cells = st.one_of(phrases, st.sampled_from(("1.", "2", "（一）", "序号", "指标", "责任单位", "", "60%", "一、")))
tables = st.builds(
    lambda mark, rows: "\n" + "\n".join(mark.join(row) for row in rows) + "\n",
    st.sampled_from((" | ", "\t", "|", "   ")),
    st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=6),
)

scraps = st.lists(
    st.one_of(
        *(st.sampled_from(s) for s in (WORDS, MARKS, SPAM, BLANKS, LABELS, FURNITURE, DATES)),
        st.just("\n"),
        sentences(),
        tables,
        st.text(max_size=8),
    ),
    min_size=1,
    max_size=60,
).map("".join)
"""Everything that stands on real pages, in any order."""

noise = st.text(min_size=1, max_size=200)
"""Any characters at all."""

readable = st.one_of(plans, scraps, noise).map(lambda text: text.replace("\0", ""))

documents = readable.filter(lambda text: bool(text.replace("\ufeff", "").strip()))
"""Any text that the reader does not refuse: it has no NUL and is not empty."""
