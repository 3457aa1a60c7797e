"""Named bodies and plain subjects of a clause: 区财政局应当…, 国家发展改革委会同有关部门…, 村民委员会应当….

What stands between the beginning of a clause (or 由, 督促 …) and a duty word is a subject where all of it is names of bodies.
A body with the name of an organ of government may stand before any duty word, a plain noun (企业, 机构) only before a modal one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...model.levels import Level
from .lexicon import alternation, load
from .match import Reading

_NESTED = r"（[^（）\n]{1,16}）"
_ORGAN = alternation("actors", "organs")
_PLAIN = alternation("actors", "plain")
_PERSON = rf"(?:{alternation('actors', 'tails')})?"
_MODAL = alternation("actors", "modal_words")
_DUTY = f"{_MODAL}|{alternation('actors', 'duty_words')}|{alternation('actors', 'named_duty')}"
_NAMED_END = re.compile(rf"(?:{_ORGAN})(?:{_NESTED})?{_PERSON}(?=(?:共同|分别|均|都|也|还)?(?:{_DUTY}))")
_PLAIN_END = re.compile(rf"(?:{_PLAIN}){_PERSON}(?=(?:均|都|也)?(?:{_MODAL}))")
_BREAK = re.compile(r"[，。；：！？\n|“”（）]")
_PIVOT = re.compile(rf"(?:{alternation('actors', 'pivots')})")
_CUT = re.compile(r"[、和与]|及(?!其)|会同|以及")
_NAMED = re.compile(
    rf"(?:{alternation('actors', 'which')})?[\u4e00-\u9fff·]{{0,16}}?(?:{_ORGAN})(?:{_NESTED})?{_PERSON}"
)
_ANY = re.compile(rf"(?:{alternation('actors', 'which')})?[\u4e00-\u9fff]{{0,12}}?(?:{_ORGAN}|{_PLAIN}){_PERSON}")
_NOT_OPENING = re.compile(rf"(?:{alternation('actors', 'not_opening')}|{alternation('strength', 'modifiers')}|[0-9])")
_COMMON = re.compile(rf"^(?!{alternation('actors', 'which')}).*(?:{alternation('actors', 'governments')}){_PERSON}$")
_WHICH = re.compile(rf"^(?:{alternation('actors', 'which')})")
_PREFIXES = [
    (
        re.compile(
            rf"^(?:{'|'.join(map(re.escape, entry['words']))})"
            rf"|^[\u4e00-\u9fff]{{2,6}}?(?:{'|'.join(entry['suffixes'])})(?!场|政|域|长)"
        ),
        Level(entry["level"]),
    )
    for entry in load("actors")["prefixes"]
]
_NUMBER = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,7}条(?:之[一二三四五六七八九十])?")
_WINDOW = 48


@dataclass(frozen=True, slots=True)
class Subject:
    """A body that is the subject of a clause, with its place in the folded text and, where its name says it, its level."""

    start: int
    end: int
    level: Level | None
    named: bool


def subjects(reading: Reading) -> Iterator[Subject]:
    """All named bodies and plain subjects."""
    for pattern, body, named in ((_NAMED_END, _NAMED, True), (_PLAIN_END, _ANY, False)):
        for match in reading.folded.matches(pattern, f"(?:{_ORGAN if named else _PLAIN})"):
            yield from _listed(reading, match.end(), body, named=named)


def _listed(reading: Reading, end: int, body: re.Pattern[str], *, named: bool) -> Iterator[Subject]:
    """The bodies of the list that ends here, if all from the beginning of the clause on are bodies."""
    window = reading.text[max(0, end - _WINDOW) : end]
    breaks = list(_BREAK.finditer(_flat(window)))
    begin = end - len(window) + (breaks[-1].end() if breaks else 0)
    if not breaks and len(window) == _WINDOW:
        return
    if number := _NUMBER.match(reading.text, begin, end):
        begin = number.end()
    text = reading.text[begin:end]
    if pivots := list(_PIVOT.finditer(text)):
        begin += pivots[-1].end()
        text = reading.text[begin:end]
    at = begin
    found: list[Subject] = []
    for piece in _pieces(text):
        words = piece.strip()
        if words:
            level = level_of(words)
            if (
                not body.fullmatch(words)
                or _NOT_OPENING.match(words)
                or (named and not level and _COMMON.search(words))
            ):
                return
            found.append(Subject(at, at + len(words), level, named))
        at += len(piece) + 1
    yield from found


def _flat(text: str) -> str:
    """The text with what stands in closed brackets made plain, so that no break is seen in it."""
    return re.sub(_NESTED, lambda match: "口" * len(match.group()), text)


def _pieces(text: str) -> Iterator[str]:
    """The pieces of a list; what parts them is counted as one character."""
    start = 0
    for cut in _CUT.finditer(_flat(text)):
        yield text[start : cut.start()] + " " * (len(cut.group()) - 1)
        start = cut.end()
    yield text[start:]


def level_of(name: str) -> Level | None:
    """The level that the name of a body says: 区财政局, 各县（市、区）政府, 青云镇政府.

    >>> level_of("区财政局"), level_of("国家发展改革委"), level_of("各街道办事处"), level_of("财政局")
    (<Level.DISTRICT: 'district'>, <Level.CENTRAL: 'central'>, <Level.TOWNSHIP: 'township'>, None)
    """
    bare = _WHICH.sub("", name)
    return next((level for pattern, level in _PREFIXES if pattern.match(bare)), None)
