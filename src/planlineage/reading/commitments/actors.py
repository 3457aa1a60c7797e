"""Who is bound: levels and bodies.

A candidate is a chain of level words and bodies (县级以上地方各级政府及其部门主要负责人). A bare body (部门, 行政机关) counts
only where a duty word follows or a verb of making do precedes; the rest is talk about it.
"""

from __future__ import annotations

import re
from typing import Any

from ...model.commitments import Actor
from ...model.levels import Level
from .lexicon import alternation, load, words
from .match import Reading
from .subjects import level_of, subjects
from .text import Claims

_LEVELS: dict[str, Any] = {
    word: entry["levels"]
    for section in ("level_words", "spread")
    for entry in load("actors")[section]
    for word in entry["words"]
}
_BODY_LEVELS: dict[str, Any] = {word: entry["levels"] for entry in load("actors")["bodies"] for word in entry["words"]}
_LEVEL = f"{alternation('actors', 'level_words')}|{alternation('actors', 'spread')}|[区县](?=、[镇乡])"
_BODY = alternation("actors", "bodies")
_TAIL = alternation("actors", "tails")
_QUALIFIER = (
    r"(?:各|有关|相关|其他|其|所属|所有|承担[\u4e00-\u9fff]{2,12}的|负责[\u4e00-\u9fff]{2,12}的|高等[\u4e00-\u9fff]{0,4}(?=院校)"
    r"|(?:教育|卫生健康|司法|财政|市场监管|人力资源社会保障|执法|自然资源|民政)(?=行政|部门))"
)
_ONE = rf"{_QUALIFIER}{{0,3}}(?:{_BODY})(?:{_QUALIFIER}?(?:{_BODY}))?"
_CHAIN = re.compile(
    rf"(?P<level>(?:(?:{_LEVEL})(?:、|与(?=(?:{_LEVEL})[，。原])|和(?=(?:{_LEVEL})))?){{0,4}})"
    rf"(?P<body>(?:{_ONE})?(?:(?:及其|和|及|、)(?:(?:{_LEVEL})?{_ONE}|[区县市]政府)){{0,4}})"
    rf"(?P<tail>(?:{_TAIL})?)"
)
_OWN_GOVERNMENT = re.compile(
    r"(?P<level>[区县市省旗镇乡])(?:委、[区县市省旗镇乡])?(?:人民)?政府(?:及其部门|各部门|部门)?(?:主要?负责人)?"
)
_OWN_PLACE = re.compile(r"[区县市省](?=原则上|一般|实现|要|实行|应当)")
_STARTS = {*_LEVELS, *_BODY_LEVELS, *words("actors", "qualifier_heads"), "区、", "县、"}
_START = re.compile("|".join(re.escape(word) for word in sorted(_STARTS, key=lambda word: (-len(word), word))))
_OPEN_LIST = re.compile(r"等(?P<of>[\u4e00-\u9fff]{0,12}?部门)")
_NAMES = re.compile(r"(?:[\u4e00-\u9fff]{2,12}、){2,24}[\u4e00-\u9fff]{2,12}")
_MODAL = re.compile(alternation("actors", "modal_words"))
_DUTY = re.compile(f"{alternation('actors', 'modal_words')}|{alternation('actors', 'duty_words')}")
_NOT_AFTER = re.compile(alternation("actors", "not_after"))
_PIVOT = re.compile(rf"(?:{alternation('actors', 'pivots')})$")
_HAS_BODY = re.compile(f"{_BODY}|{_TAIL}|[区县市]政府")
_SECOND = re.compile(rf"[和与](?=(?:{_LEVEL})(?:{_ONE}))")
_STRONG_LEVELS = tuple(word for word in _LEVELS if "（" in word or word in ("市辖区", "省市县乡", "设区市", "各省份"))


def actors(reading: Reading) -> None:
    """All actors of the text."""
    taken = Claims(len(reading.text))
    for listed in reading.folded.matches(_OPEN_LIST, "等.{0,12}部门"):
        names = reading.folded.before(listed.start(), 300, "。！？；\n|，：（")
        if _NAMES.fullmatch(names):
            _add(reading, taken, listed.start() - len(names), listed.end(), _own(reading), f"{names}等部门")
    for government in _OWN_GOVERNMENT.finditer(reading.text):
        part_of_word = reading.folded.before(government.start(), 1) in words("actors", "part_of_place")
        if not part_of_word and _is_subject(reading, *government.span()):
            _add(
                reading,
                taken,
                *government.span(),
                _level_named(reading, government.group(), level_of(government.group())),
                government.group(),
            )
    position = 0
    while start := _START.search(reading.text, position):
        match: re.Match[str] | None = _CHAIN.match(reading.text, start.start())
        position = start.start() + 1
        if match is None or not match.group():
            continue
        if taken.free(*match.span()) and _counts(reading, match):
            _chain(reading, taken, match)
            position = match.end()
        elif match["level"] or match["tail"]:
            position = match.end()
    for subject in subjects(reading):
        if taken.free(subject.start, subject.end):
            name = reading.text[subject.start : subject.end]
            named = subject.level is not None or subject.named
            levels = _level_named(reading, name, subject.level) if named else _down(reading)
            _add(reading, taken, subject.start, subject.end, levels, name)
    for place in _OWN_PLACE.finditer(reading.text):
        head = reading.folded.before(place.start(), 1, "。！？；\n|，：、")
        if head in ("", "前") and taken.free(*place.span()):
            _add(reading, taken, *place.span(), _own(reading), None)


def _is_subject(reading: Reading, start: int, end: int) -> bool:
    """Whether a duty word follows or a verb of making do precedes."""
    before = reading.folded.before(start, 6, "。！？；\n|，：")
    after = reading.folded.after(end, 6)
    if before.endswith(words("actors", "not_before")) or _NOT_AFTER.match(after):
        return False
    if _PIVOT.search(before):
        return True
    return bool(_DUTY.match(after))


def _counts(reading: Reading, match: re.Match[str]) -> bool:
    level, body, tail = match["level"], match["body"], match["tail"]
    before = reading.folded.before(match.start(), 6, "。！？；\n|，：")
    after = reading.folded.after(match.end(), 6)
    if before.endswith(words("actors", "not_before")) or _NOT_AFTER.match(after):
        return False
    if level and (body or tail):
        return True
    if level:
        return (
            level.rstrip("、").endswith(_STRONG_LEVELS)
            or (level.startswith("各") and not before and bool(_DUTY.match(after)))
            or (
                level.startswith(words("actors", "spread"))
                and len(level) > 2
                and bool(_DUTY.match(after) or not before)
            )
        )
    if tail and body:
        return True
    single = _BODY_LEVELS.get(body)
    if body in ("政府", "部门", "党委") or single == "any":
        return bool(_MODAL.match(after)) or (single == "any" and bool(_PIVOT.search(before)))
    return bool(_DUTY.match(after) or _PIVOT.search(before)) or (
        match["body"] != body or "、" in body or body.startswith(("各", "承担", "负责"))
    )


def _chain(reading: Reading, taken: Claims, match: re.Match[str]) -> None:
    """Record a chain, cut where a second level with its own body begins (国务院有关部门和省级政府)."""
    text = match.group().rstrip("、与和及")
    start = match.start()
    cut = _SECOND.search(text)
    if cut and re.search(_LEVEL, text[: cut.start()]):
        _part(reading, taken, start, text[: cut.start()])
        _part(reading, taken, start + cut.end(), text[cut.end() :])
    else:
        _part(reading, taken, start, text)


def _part(reading: Reading, taken: Claims, start: int, text: str) -> None:
    end = start + len(text)
    levels: list[Level] = []
    spread = False
    for word in re.findall(_LEVEL, text):
        value = _LEVELS.get(word, "own")
        spread = spread or value == "down"
        if value == "local":
            levels += _bounded(reading, [level for level in Level if level not in (Level.CENTRAL, Level.VILLAGE)])
        elif value == "own":
            levels += _own(reading)
        elif value != "down":
            levels += [Level(name) for name in value]
    body = text if _HAS_BODY.search(text) else None
    if levels and body and "各部门" in body:
        levels += _own(reading)
    if levels or spread:
        _add(
            reading,
            taken,
            start,
            end,
            [] if spread and not levels else levels,
            _named(body or text if spread else body),
            spread,
        )
        return
    kind = next((_BODY_LEVELS[word] for word in reversed(re.findall(_BODY, text))), "down")
    if kind == "any":
        _add(reading, taken, start, end, [], body)
    elif isinstance(kind, list):
        _add(reading, taken, start, end, [Level(name) for name in kind], body)
    else:
        _add(reading, taken, start, end, _own(reading) if kind == "own" else _down(reading), body)


def _named(body: str | None) -> str | None:
    """The body without words that only say how far it reaches: 各级行政机关负责人, 市县政府承担…的部门."""
    if body is None:
        return None
    if re.match(r"各级行政机关", body):
        return body.removeprefix("各级")
    return re.sub(r"^[\u4e00-\u9fff]{2,4}政府(?=承担|负责(?!人))", "", body)


def _own(reading: Reading) -> list[Level]:
    """The plan's own level; empty (every level) in a central plan or where the level is unknown."""
    level = reading.context.level
    return [] if level in (None, Level.CENTRAL) else [level]


def _level_named(reading: Reading, name: str, level: Level | None) -> list[Level]:
    """The level that the name of a body says, in this plan: a city says 市 of itself, whatever its rank."""
    context = reading.context
    city = level is Level.MUNICIPAL and not name.startswith(("各", "设区"))
    if level is None or (city and (context.place or "").endswith("市")):
        return _own(reading)
    if city and context.place is None and context.level and level.is_above(context.level):
        return _own(reading)
    return [level]


def _bounded(reading: Reading, levels: list[Level]) -> list[Level]:
    """The levels that a local plan can bind."""
    own = reading.context.level
    return levels if own is None else [level for level in levels if level.rank >= own.rank]


def _down(reading: Reading) -> list[Level]:
    """The plan's own level and those below, down to the township."""
    level = reading.context.level
    if level in (None, Level.CENTRAL):
        return []
    return [other for other in Level if level.rank <= other.rank <= Level.TOWNSHIP.rank]


def _add(
    reading: Reading,
    taken: Claims,
    start: int,
    end: int,
    levels: list[Level],
    body: str | None,
    spread: bool = False,
) -> None:
    found = [*levels, *_down(reading)] if spread else levels
    unique = tuple(sorted(set(found), key=lambda level: level.rank))
    taken.add(start, end)
    if body == reading.text[start:end]:
        body = reading.folded.surface(start, end)
    reading.add(
        Actor,
        start,
        end,
        "actor",
        confidence=0.8,
        claim=False,
        levels=unique,
        universal=not unique,
        body=body,
    )
