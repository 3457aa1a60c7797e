"""Who issued a document and when: signatures, decrees, adoption, the head of the page; each with the words that say so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .dates import DAY, SMALL, YEAR, day_in, days_in, iso_day
from .layout import Layout, Line, is_body, pattern, signed_day

_DECREE = re.compile(
    r"(?P<body>[\u4e00-\u9fff、]{2,40}?)(?:令|公告)(?:\d{4}年)?(?:第)?[\d一二三四五六七八九十百零〇○]{0,6}(?:号)?"
)
_DECREE_IN_LINE = re.compile(r"(?P<number>[\u4e00-\u9fff、]{2,40}?(?:令第\s?\d{1,5}\s?号|第\s?\d{1,5}\s?号令))")
_DECREED_BY = re.compile(r"(?P<bodies>[\u4e00-\u9fff、]{2,60}?)(?:令第|第\d{1,5}号令|公告|公布|发布|批准)")
_MONTH = re.compile(rf"{YEAR}年{SMALL}月")
_PASSED_BY = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{0,20}?(?:人民代表大会常务委员会|人民代表大会|人民政府|国务院|最高人民法院|最高人民检察院"
    r"|(?:部|委员会|总局|局|署|会|银行|行)(?=第|部|局|办公|\d|[一二三四五六七八九十]*次)))"
)
_NATION = re.compile(r"^中华人民共和国(?=国务院|[\u4e00-\u9fff]{2,12}(?:部|委员会|局|总局|署|银行|会))")
_KINDS_OF_PLACE = (
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "省",
    "市",
    "州",
    "区",
    "县",
    "旗",
    "盟",
    "镇",
    "乡",
)
_OTHERS = re.compile(r"等(?:[一二三四五六七八九十\d]{1,3}个?)?(?:部门|单位|部委|机构)?$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Bodies and day of a signature (either may be missing), the line of the day, and how it was found."""

    bodies: tuple[str, ...]
    day: datetime.date | None
    line: int
    method: str


def bodies_in(text: str) -> tuple[str, ...]:
    """The bodies that a line of a signature or the start of a title names, parted by blanks or commas.

    >>> bodies_in("青云市民政局　青云市财政局"), bodies_in("国 务 院"), bodies_in("最高人民法院、最高人民检察院")
    (('青云市民政局', '青云市财政局'), ('国务院',), ('最高人民法院', '最高人民检察院'))
    >>> bodies_in("青云市民政局青云市财政局")
    ('青云市民政局', '青云市财政局')
    """
    found: list[str] = []
    for piece in re.split(r"[、，,]", text.strip("（）()")):
        tokens = piece.split()
        whole = "".join(tokens)
        if len(tokens) > 1 and all(len(t) > 2 and is_body(t) for t in tokens):
            found += tokens
        else:
            found += _halves(whole)
    return tuple(dict.fromkeys(_NATION.sub("", _OTHERS.sub("", b)) for b in found if len(b) > 1))


def completed(bodies: Sequence[str], place: str) -> tuple[str, ...]:
    """Bodies that name their place by its kind alone (市人民政府) with the place's own name.

    >>> completed(("县人民代表大会", "省财政厅"), "某某自治县")
    ('某某自治县人民代表大会', '省财政厅')
    """
    kind = next((k for k in _KINDS_OF_PLACE if place.endswith(k)), "")
    return tuple(place + b[len(k) :] if (k := _kind_at_start(b)) and kind and kind.endswith(k) else b for b in bodies)


def _kind_at_start(body: str) -> str:
    return next((k for k in _KINDS_OF_PLACE if body.startswith(k)), "")


def _halves(name: str) -> list[str]:
    """A run of bodies printed without blanks, cut where the same place begins again."""
    start = name[:3]
    again = name.find(start, 3) if len(name) >= 10 else -1
    if again > 3 and is_body(name[:again]) and is_body(name[again:]):
        return [name[:again], *_halves(name[again:])]
    return [name]


def signatures(layout: Layout) -> Iterator[Signature]:
    """The signatures of a document, in order."""
    for i, line in layout.of_kind("day", "signed day", "iso day"):
        if line.kind == "signed day" and (match := signed_day(line)):
            raw = re.split(DAY, layout.raw(line))[0]
            yield Signature(bodies_in(raw), day_in(match["day"]), i, "signature")
            continue
        bodies: list[str] = []
        at = i - 1
        while at >= 0 and layout.lines[at].kind in ("body", "signer", "bracket"):
            if layout.lines[at].kind == "body":
                bodies = [*bodies_in(layout.raw(layout.lines[at])), *bodies]
            at -= 1
        if bodies or line.kind == "day":  # digits alone are a page's day, unless a body signs
            day = day_in(line.text) or iso_day(line.text)
            yield Signature(tuple(dict.fromkeys(bodies)), day, i, "signature" if bodies else "day alone")


def decree(layout: Layout) -> tuple[str, str]:
    """Body and number of the decree that publishes a document: 青云市人民政府令, 第12号."""
    lines = layout.lines[: max(layout.begins, layout.first) + 8]
    for i, line in enumerate(lines):
        if line.kind == "decree" and not line.text.endswith(("口令", "指令", "法令")):
            following = next((x.text for x in lines[i + 1 : i + 3] if x.kind in ("decree number", "number")), "")
            if following:
                body = re.sub(r"(?:令|公告)$", "", line.text)
                return body, line.text + following.strip("（）()")
        if line.kind == "number" and "〔" not in line.text and (match := _DECREE.fullmatch(line.text.strip("（）()"))):
            return match["body"], line.text.strip("（）()")
    return "", ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A line that says when and by whom a law was passed, published or approved; no day where only a month is printed."""

    day: datetime.date | None
    bodies: tuple[str, ...]
    verb: str
    number: str
    line: int

    @property
    def by_meeting(self) -> bool:
        """Whether an assembly or a court made the law, whose vote counts, not the day of its publication."""
        return any("人民代表大会" in body or body.startswith("最高人民") for body in self.bodies)


def adoptions(layout: Layout) -> list[Adoption]:
    """The lines of adoption of a law or regulation, in order."""
    found = []
    for i, line in layout.of_kind("adoption"):
        if i > max(layout.first, 1) + 20:
            break
        found += list(_adoptions_in(line, i))
    return found


def _adoptions_in(line: Line, at: int) -> Iterator[Adoption]:
    days = list(days_in(line.text))
    if not days and (month := _MONTH.search(line.text)):  # 1991年4月某大会批准: who, but not on which day
        yield Adoption(None, _adopters(line.text[month.end() :]), "批准", "", at)
    for n, (_, end, day) in enumerate(days[:3]):
        stop = days[n + 1][0] if n + 1 < len(days) else len(line.text)
        said = line.text[end:stop]
        verb = next((v for v in ("通过", "公布", "发布", "批准", "修订", "修正", "施行") if v in said), "")
        numbered = _DECREE_IN_LINE.search(said)
        yield Adoption(day, _adopters(said), verb, numbered["number"] if numbered else "", at)


def _adopters(said: str) -> tuple[str, ...]:
    """The bodies that a line of adoption names, without their term and meeting.

    >>> _adopters("第十届全国人民代表大会常务委员会第五次会议通过"), _adopters("国务院第66次常务会议通过")
    (('全国人民代表大会常务委员会',), ('国务院',))
    >>> _adopters("最高人民法院审判委员会第1785次会议通过"), _adopters("食品药品监管局、海关总署第4号令公布")
    (('最高人民法院',), ('食品药品监管局', '海关总署'))
    """
    text = re.sub(r"^[^\u4e00-\u9fff]*(?:经|由)?|第?[一二三四五六七八九十百零〇\d]{1,5}届|《.*", "", said)
    text = re.sub(
        r"人大常委会",
        "人民代表大会常务委员会",
        re.sub(r"人大(?=第?[一二三四五六七八九十\d]{1,3}次)", "人民代表大会", text),
    )
    if (decreed := _DECREED_BY.match(text)) and all(map(is_body, bodies_in(decreed["bodies"]))):
        return bodies_in(decreed["bodies"])
    match = _PASSED_BY.match(text)
    return (_NATION.sub("", match["body"]),) if match else ()


def title_bodies(layout: Layout, indices: Sequence[int]) -> tuple[str, ...]:
    """The bodies that a title begins with (上海市奉贤区人民政府关于印发…)."""
    if not indices:
        return ()
    match = pattern("issuer_in_title").match(layout.text(indices))
    if match is None:
        return ()
    raw, wanted = "", len(match["body"])
    for i in indices:
        raw += layout.raw(layout.lines[i])
    cut, seen = 0, 0
    while cut < len(raw) and seen < wanted:
        seen += not raw[cut].isspace()
        cut += 1
    bodies = bodies_in(re.sub(r"[*#>]", "", raw[:cut]))
    return bodies if bodies and all(is_body(b) for b in bodies) else ()


def banner_bodies(layout: Layout) -> tuple[str, ...]:
    """The bodies in the red head of the page (…文件)."""
    found: list[str] = []
    for i, line in layout.of_kind("banner"):
        if i < max(layout.begins, 6):
            found += bodies_in(re.sub(r"\s*文\s*件\s*$", "", layout.raw(line)))
    return tuple(dict.fromkeys(found))


def passed_by(found: Sequence[Adoption]) -> list[Adoption]:
    """The lines that say who made a law: the assembly or court that passed it, else who decreed it.

    A regulation that the State Council's meeting passed is made by the decree that publishes it.
    """
    named = [a for a in found if a.bodies]
    if not named:
        return []
    decreed = next((a for a in named if a.number and a.verb in ("公布", "发布")), None)
    passed = next((a for a in named if a.verb == "通过"), named[0])
    if decreed is not None and not passed.by_meeting:
        return [decreed]
    return [a for a in named if a.line == passed.line and a.verb == passed.verb]


def adopted_on(found: Sequence[Adoption]) -> Adoption | None:
    """The line that gives the day of a law: of its adoption by an assembly or court, else of its decree."""
    dated = [a for a in found if a.day is not None]
    if not dated:
        return None
    passed = next((a for a in dated if a.verb == "通过"), dated[0])
    decreed = next((a for a in dated if a.number and a.verb in ("公布", "发布")), None)
    return decreed if decreed is not None and not passed.by_meeting else passed
