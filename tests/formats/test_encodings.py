"""Plain text in old and new encodings, simplified and traditional."""

from __future__ import annotations

import pytest

from planlineage.model.errors import BinarySourceError, HostileSourceError, SourceEncodingError
from planlineage.reading.folding import pairs
from planlineage.reading.formats import LIMITS
from planlineage.reading.parse import parse_text
from planlineage.reading.source import decode

PLAN = (
    "某区法治政府建设实施方案（2021—2025年）\n一、重点任务\n（一）健全机制。各部门应当在2022年年底前编制完成权责清单，并向社会公布。\n"
    "（二）加强监督。对行政执法进行检查，效果显著的予以表扬；不得“一刀切”。\n"
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_every_encoding_gives_the_same_text(encoding):
    read = decode(PLAN.encode(encoding), name="plan.txt")
    assert read.text == PLAN
    assert read.encoding == {"gbk": "gb18030"}.get(encoding, encoding)


def test_gb18030_with_its_own_mark():
    assert decode(("\ufeff" + PLAN).encode("gb18030"), name="plan.txt").text == PLAN


def in_big5(char: str) -> bool:
    return bool(char.encode("big5hkscs", errors="ignore"))


def traditional(text: str) -> str:
    table = {new: old for old, new in pairs("traditional").items() if in_big5(old) and not in_big5(new)} | {
        new: old for old, new in pairs("quotes").items()
    }
    return "".join(table.get(c, c) for c in text)


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030"])
def test_traditional_characters_give_the_same_tasks(encoding):
    text = traditional(PLAN * 3)
    assert "「" in text
    assert "權責清單" in text
    data = text.encode(encoding, errors="ignore")
    read = decode(data, name="plan.txt")
    assert read.encoding == encoding.replace("hkscs", "")
    plan, simplified = parse_text(read), parse_text(PLAN * 3)
    assert [s.text for s in plan.tasks] == [s.text for s in simplified.tasks]
    assert plan.report.cleaning["traditional characters"] > 5
    assert plan.raw(plan.tasks[0])[:4] in text


def test_a_few_traditional_characters_in_a_simplified_text_stay():
    assert "traditional characters" not in parse_text(PLAN + "建設").report.cleaning


def test_a_few_broken_bytes_are_replaced_and_said():
    data = (PLAN * 10).encode("gb18030")
    read = decode(data[:200] + b"\xff" + data[200:], name="plan.txt")
    assert read.encoding == "gb18030"
    assert [note.code for note in read.notes] == ["broken-bytes"]
    assert read.text.count("\ufffd") <= 3


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 40, "Ещё не план".encode("cp1251") * 50])
def test_bytes_that_make_no_chinese_are_refused(data):
    with pytest.raises((SourceEncodingError, BinarySourceError)):
        decode(data, name="x")


def test_binary_data_is_no_text():
    with pytest.raises(BinarySourceError):
        decode(b"\0\1\2\3" * 400, name="x")


def test_endless_lines_and_endless_texts():
    with pytest.raises(HostileSourceError, match="line"):
        decode("加强".encode() * LIMITS.line, name="x")
    with pytest.raises(HostileSourceError, match="characters of text"):
        decode("加强领导。\n".encode() * (LIMITS.characters // 6 + 1), name="x")
