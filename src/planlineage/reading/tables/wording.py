"""Reading the words of a cell: blanks that scanning put inside words, and keys for comparing copies."""

from __future__ import annotations

import re
from functools import cache

from ..folding import CHINESE, CJK
from ..lexicon import lexicon

# Blanks go where one side is Chinese and the other is not a Latin letter; runs of ASCII words keep theirs.
_BLANKS = re.compile(rf"(?<=[{CHINESE}])\s+(?=[{CHINESE}0-9.,;:!?()\[\]])|(?<=[0-9.,;:!?()\[\]%])\s+(?=[{CHINESE}])")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>\n]{0,200})?/?>|\*\*|\\(?=\*)")
_UNKEYED = re.compile(r"[\W_]+")
_TORN = re.compile(rf"(?<=[{CHINESE}])[ \u3000]+(?=[{CHINESE}])")
_SPLIT_WORD = re.compile(rf"[{CJK}][ \u3000]+(?=[{CJK}])")
_LETTER = re.compile(rf"[{CJK}]")
SENTENCE_END = "。！？；!?;”’）)》】"


def clean(raw: str) -> str:
    """The clean reading of a cell.

    >>> clean("全 面 推 行<br>执法公示, 不少于 30 日")
    '全面推行执法公示,不少于30日'
    """
    return " ".join(_BLANKS.sub("", _TAG.sub("", raw)).split())


def key(text: str) -> str:
    """What is left of a text for comparing: letters and digits.

    >>> key("“一网、一门、一次”。")
    '一网一门一次'
    """
    return _UNKEYED.sub("", text)


def is_torn(raw: str) -> bool:
    """Whether blanks break a text up, as in vertical headings that were read letter by letter.

    >>> is_torn("理, 优 化 公 服 务。"), is_torn("对企 业和特定群体、行业利益的，听取意见")
    (True, False)
    """
    letters = len(_LETTER.findall(raw))
    return letters > 1 and len(_TORN.findall(raw)) >= 0.25 * letters


def has_blanks(raw: str) -> bool:
    """Whether blanks stand inside Chinese words.

    >>> has_blanks("政 协委员"), has_blanks("不少于 30 日。 每年一次")
    (True, False)
    """
    return bool(_SPLIT_WORD.search(raw))


def ends_sentence(text: str) -> bool:
    """Whether a text has come to its end.

    >>> ends_sentence("由一个部门负责。"), ends_sentence("人身自由、生命健康、")
    (True, False)
    """
    return bool(text) and text[-1] in SENTENCE_END


@cache
def column_words() -> dict[str, str]:
    """What each known column label stands for: `number`, `group`, `heading`, `item` or `other`.

    >>> column_words()["二级指标"]
    'heading'
    """
    columns = lexicon("tables/labels")["columns"]
    return {word: part for part, words in columns.items() if part != "why" for word in words}


@cache
def marked_kinds() -> tuple[tuple[str, str], ...]:
    """Pairs of a word in a heading and the kind of the rows below it.

    >>> dict(marked_kinds())["加分"]
    'bonus'
    """
    labels = lexicon("tables/labels")
    return tuple((word, kind) for kind in ("bonus", "deduction") for word in labels[kind]["words"])


@cache
def caption_openings() -> tuple[str, ...]:
    """How a line that names the next table begins.

    >>> "附件" in caption_openings()
    True
    """
    return tuple(lexicon("tables/labels")["captions"]["openings"])
