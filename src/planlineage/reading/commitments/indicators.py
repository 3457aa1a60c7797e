"""What a number is a number of: its indicator by name, how it is to be read (growth, share, new ones), what it is counted by.

The name stands in front of the number (地区生产总值增长5%) or, behind a verb of bringing about, after it (培育10个产业集群).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...model.commitments import Base
from ..numerals import CHINESE
from .amounts import Amount
from .lexicon import alternation, load, words
from .match import Reading

_BASES: dict[str, Base] = {word: entry["base"] for entry in load("quantity")["growth"] for word in entry["words"]}
_LEADS = re.compile(
    rf"(?:{alternation('quantity', 'leads')}|[一二三四五]是|到?(?:20[0-9]{{2}}年)(?:年?[底末前])?(?:之?前)?)+"
)
_ACTS = re.compile(rf"(?:{alternation('quantity', 'acts')}|[和并])+")
_ENDS_IN_ACT = re.compile(rf"(?:{alternation('quantity', 'acts')})$")
_TAILS = re.compile(rf"(?:{alternation('quantity', 'tails')}){{1,8}}$")
_GROWTH = re.compile(rf"(?:{alternation('quantity', 'growth')})$")
_ADDED = re.compile(alternation("quantity", "added"))
_SHARE = re.compile(rf"(?:{alternation('quantity', 'shares')})")
_AVERAGE = re.compile("年均|年平均|逐年")
_PER = re.compile(
    rf"每(?:[个名所家座户](?![0-9])|一个?)?(?P<per>[0-9{CHINESE}—]{{1,6}}(?:名|个|公里|平方公里|人口|人|户|平方米)|(?:"
    r"[年月日周季]度?|千人口?|万人口?|百人|[\u4e00-\u9fff]{1,4}?)"
    r"(?=每|[0-9]|[，。；、]|$|的|应|要|可|至少|不少于|不低于|不超过|至多|最多|建|新|配|补|给|拥|床|安|发|培|设|享|达|负|举|开|组|完|选|打|投|奖|报))"
)
_STOP = "。！？；\n|，："
_LIST = re.compile(r"[、和与及以]+")
_RIGHT = re.compile(r"(?:以上|以下|左右|的|等)*(?P<name>[^，。；、：（）\n|0-9]{1,40})")
_YEAR = re.compile(r"20[0-9]{2}年(?:年?[底末])?")
_SHARED = re.compile(r"分别|各自")
_BETWEEN = re.compile(r"[、和与及，或至—]*[^，。；：\n|]{0,6}")
_VERB_HEAD = re.compile(rf"(?:的|{alternation('quantity', 'acts')})")
_CONNECTOR = re.compile(alternation("quantity", "connectors"))
_ENDING = re.compile(rf"(?:[的和与及 ]|{alternation('quantity', 'connectors')}){{1,8}}$")
_DESCRIBED = re.compile(r"[0-9.十百千]{1,8}[万亿]{0,2}[元吨亩米千瓦]{1,2}(?:级|以上)?")
_PARTED = re.compile(r"[，。；、：（）和与及]")
_MEASURED = re.compile(rf"(?:{alternation('quantity', 'measure_nouns')})$")
_HEADS = words("quantity", "measure_heads")
_TWO_SIDES: dict[str, list[str]] = {
    word: entry["sides"] for entry in load("quantity")["both"] for word in entry["words"]
}
_REACH = 40


@dataclass(slots=True)
class Indicator:
    """The name with its place in the folded text, and how the number is to be read."""

    name: str = ""
    at: tuple[int, int] | None = None
    base: Base = "level"
    per: str | None = None
    attribute: bool = False
    year: int | None = None

    def completed(self, reference: str) -> str:
        """A reference with the quantity that it compares, where it does not name one: 当地普通高中 + 生均财政拨款水平."""
        if reference.endswith(words("quantity", "measure_nouns")):
            return reference
        start = max((self.name.rfind(head) for head in _HEADS), default=-1)
        return reference + self.name[start:] if start >= 0 else reference


def indicator_of(reading: Reading, amount: Amount, start: int, between: tuple[int, int]) -> Indicator:
    """What stands before `start` and after a number, between the numbers next to it, read as its indicator."""
    left, right = between
    end = amount.end
    begin = _piece_start(reading, start, left)
    text = reading.text[begin:start]
    found = Indicator(per=_per(reading, start))
    found.attribute = _describes(reading, amount, end, right) or _described(amount, left)
    name, at = _named(text, begin, found)
    behind = _behind(reading, end, right)
    if behind is None:
        found.name, found.at = name, at
    elif at is None or _ACTS.fullmatch(name):
        found.name, found.at = reading.text[slice(*behind)], behind
    elif _ENDS_IN_ACT.search(text) or _ACTS.match(text) or _ACTS.match(text, len(_lead(text))):
        found.name, found.at = name + reading.text[slice(*behind)], (at[0], behind[1])
    else:
        found.name, found.at = name, at
    return found


def _piece_start(reading: Reading, start: int, left: int) -> int:
    """Where the words of a number begin: after the last comma or number, across 、 between names without a number."""
    floor = max(left, start - _REACH)
    window = reading.text[floor:start]
    cut = max(window.rfind(mark) for mark in _STOP) + 1
    if window.rfind("（") > max(window.rfind("）"), cut):
        cut = window.rfind("（") + 1
    for connector in _CONNECTOR.finditer(window, cut):
        cut = connector.end()
    begin = floor + cut
    if begin == left and left > 0:
        skipped = _LIST.match(reading.text, begin)
        if skipped and skipped.end() <= start:
            begin = skipped.end()
        elif left > start - _REACH and (second := max(window.rfind("、"), window.rfind("和"))) >= cut:
            begin = floor + second + 1
    return begin


def _lead(text: str) -> str:
    match = _LEADS.match(text)
    return match.group() if match else ""


def _named(text: str, begin: int, found: Indicator) -> tuple[str, tuple[int, int] | None]:
    """The name in the words in front of a number, without what leads up to it and what leads on to the number."""
    head = len(_lead(text))
    counted = _PER.match(text, head)
    if counted and _ACTS.match(text, counted.end()):
        head = counted.end()
    body = text[head:]
    body = body[: len(body) - len(_TAILS.search(body).group())] if _TAILS.search(body) else body  # type: ignore[union-attr]
    if growth := _GROWTH.search(body):
        found.base = _BASES[growth.group()]
        if _AVERAGE.search(body, max(0, growth.start() - 3)):
            found.per = "年均"
        body = body[: growth.start()]
        body = _TAILS.sub("", body)
    elif _SHARE.search(body):
        found.base = "share"
    if found.base == "level" and _ADDED.search(body):
        found.base = "added"
    if (act := _ACTS.match(body)) and (len(body) - act.end() >= 2 or act.end() == len(body)):
        head += act.end()
        body = body[act.end() :]
    body = body.strip("的“”《》 ")
    if len(body) < 2:
        return "", None
    start = begin + text.index(body, head) if body in text[head:] else begin
    return body, (start, start + len(body))


def _per(reading: Reading, start: int) -> str | None:
    """What the number is counted by: 每镇2名 → 镇; 每年每公里1万元 → 年·公里."""
    before = reading.folded.before(start, 24, _STOP)
    if "每" not in before and not reading.text.startswith("每", start):
        before = reading.text[start : start + 12] if "每" in reading.text[start : start + 14] else before
    found = [match["per"] for match in _PER.finditer(before)]
    return "·".join(found) or None


def _behind(reading: Reading, end: int, right: int) -> tuple[int, int] | None:
    """The place of the noun behind a number, up to the end of its piece or the next number."""
    begin = end
    if right == end and (described := _DESCRIBED.match(reading.text, end)):
        right = len(reading.text)
        end = described.end()
    match = _RIGHT.match(reading.text, end, min(right, end + _REACH))
    if match is None:
        return None
    name = _ENDING.sub("", match["name"])
    if len(name.strip("“”《》 ")) < 2:
        return None
    start = begin if end > begin else match.start("name")
    return start, match.start("name") + len(name)


def _describes(reading: Reading, amount: Amount, end: int, right: int) -> bool:
    """Whether a number only describes the thing that the next one counts: 500万元以上技改项目1.2万个."""
    between = reading.text[end:right] if right - end <= 16 and right < len(reading.text) else ""
    return (
        bool(between)
        and not _PARTED.search(between)
        and not _VERB_HEAD.match(between)
        and amount.unit in words("quantity", "measures")
    )


def _described(amount: Amount, left: int) -> bool:
    """Whether a number describes what the number right in front of it counts: 2个500亿元开发区."""
    return left == amount.start > 0 and amount.unit in words("quantity", "measures")


def shared(reading: Reading, found: Sequence[tuple[Amount, Indicator]]) -> None:
    """Give the numbers of 甲、乙分别增长6%、8% each its own name."""
    place = 0
    while place < len(found):
        group = _group(reading, found, place)
        if group > 1:
            _share(reading, found[place : place + group])
        place += max(group, 1)


def _group(reading: Reading, found: Sequence[tuple[Amount, Indicator]], place: int) -> int:
    """How many numbers from here on stand behind one 分别."""
    first = found[place][0]
    if not _SHARED.search(reading.folded.before(first.at[0], 16, _STOP)):
        return 0
    count = 1
    while place + count < len(found):
        before, here = found[place + count - 1][0], found[place + count][0]
        gap = reading.text[before.end : here.start]
        if before.end > here.start or not gap or gap[0] not in "、和与及，" or not _BETWEEN.fullmatch(gap):
            break
        count += 1
    return count


def _share(reading: Reading, group: Sequence[tuple[Amount, Indicator]]) -> None:
    first = group[0][0].at[0]
    before = reading.folded.before(first, 60, _STOP)
    cut = max(before.rfind("分别"), before.rfind("各自"))
    listed, verb = before[:cut], before[cut + 2 :]
    lead = 0 if listed.startswith("20") else len(_lead(listed))
    begin = first - len(before) + lead
    names = re.split("[、和与及]", listed[lead:])
    if (both := _TWO_SIDES.get(listed[lead : lead + 2])) and len(names) == 1 and len(group) == 2:
        for (_, indicator), side in zip(group, both, strict=True):
            indicator.name, indicator.at = side + names[0][2:], (begin, begin + len(names[0]))
            indicator.base, indicator.attribute = group[0][1].base, False
        return
    if len(names) != len(group):
        return
    if all(_YEAR.fullmatch(name) for name in names):
        for (_, indicator), name in zip(group, names, strict=True):
            indicator.year, indicator.name, indicator.at = int(name[:4]), "", None
        return
    tail = verb if not _TAILS.fullmatch(verb) and not _GROWTH.search(verb) else ""
    places = []
    for name in names:
        places.append((begin, begin + len(name)))
        begin += len(name) + 1
    whole = _completed(names)
    for (_, indicator), name, at in zip(group, whole, places, strict=True):
        indicator.name = (name + _TAILS.sub("", tail)).strip()
        indicator.at = at
        indicator.base = group[0][1].base
        indicator.attribute = False


def _completed(names: Sequence[str]) -> list[str]:
    """城镇、农村居民人均可支配收入: the first name lacks what the last one ends with."""
    last = names[-1]
    short = [name for name in names[:-1] if len(name) <= 3 < len(last) and not _MEASURED.search(name)]
    if len(short) != len(names) - 1:
        return list(names)
    return [name + last[len(name) :] for name in names[:-1]] + [last]
