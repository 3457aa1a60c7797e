"""Families of plans with known truth: four levels, each made from the one above by changes that are written down.

A family is made, not found: every lower sentence knows which upper sentences it carries and what was done to them, so that
linking, coverage, slippage and the composition of hops can be held against the truth. Usable by tests and benchmarks.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planlineage import Level, Plan, parse_text

PLACES = {
    Level.CENTRAL: "",
    Level.PROVINCIAL: "河南省",
    Level.MUNICIPAL: "河南省新乡市",
    Level.DISTRICT: "河南省新乡市卫滨区",
}
LEVELS = tuple(PLACES)

_FIELDS = (
    "河道采砂",
    "校外培训",
    "电梯安全",
    "养老机构",
    "燃气管网",
    "快递包装",
    "种子市场",
    "公交站台",
    "古树名木",
    "饮用水源",
    "网约车辆",
    "危化仓库",
    "民宿经营",
    "疫苗冷链",
    "农膜回收",
    "工地扬尘",
    "渔港渔船",
    "殡葬服务",
    "职业病防治",
    "旅游客运",
    "地下停车",
    "山洪预警",
    "校园食堂",
    "垃圾填埋",
    "知识产权质押",
    "不动产登记",
    "信访积案",
    "军人优抚",
    "图书借阅",
    "博物馆藏品",
    "粮食储备",
    "盐业批发",
    "烟花爆竹",
    "测绘成果",
    "气象探测",
    "无障碍设施",
    "残疾儿童康复",
    "流浪动物收容",
    "婚姻家庭辅导",
    "公共厕所",
)
_THINGS = (
    "台账登记",
    "巡查制度",
    "信用档案",
    "抽检机制",
    "分级标准",
    "投诉渠道",
    "应急预案",
    "联席会议",
    "培训基地",
    "公示平台",
)
_VERBS = ("健全", "完善", "建立", "规范", "推行", "优化")
_AIMS = (
    "确保隐患及时消除",
    "提高群众满意程度",
    "推动部门信息共享",
    "防止同类问题反复发生",
    "方便企业就近办理",
    "明确各方权利义务",
)


@dataclass(frozen=True)
class Sentence:
    """A task: its words without date and number, and what it commits to. `year` is a date, `hours` a number."""

    words: str
    aim: str
    year: int | None = None
    hours: int | None = None
    merged: tuple[Sentence, ...] = ()
    half: str = ""

    @property
    def text(self) -> str:
        """The sentence as it is printed."""
        if self.merged:
            return "，".join(s.text.rstrip("。") for s in self.merged) + "。"
        due = f"{self.year}年年底前" if self.year else ""
        number = f"，每年培训不少于{self.hours}学时" if self.hours else ""
        body = {"": f"{self.words}，{self.aim}", "head": self.words, "tail": self.aim}[self.half]
        return f"{due}{body}{number}。"


@dataclass(frozen=True)
class Change:
    """What was done to an upper sentence on a hop. `kind`: kept, moved, number, dropped, merged, split, date lost."""

    kind: str
    upper: int
    lower: tuple[int, ...]
    days: int = 0


@dataclass(frozen=True)
class Generation:
    """A plan of a family with the changes that made it from the one above (none for the top)."""

    plan: Plan
    sentences: tuple[Sentence, ...]
    changes: tuple[Change, ...] = ()

    def statement(self, position: int) -> str:
        """The id of the statement that a sentence became."""
        text = self.sentences[position].text
        return next(s.id for s in self.plan.statements if s.text == text)


@dataclass(frozen=True)
class Family:
    """Four generations from the centre to the district."""

    generations: tuple[Generation, ...]
    added: dict[str, int] = field(default_factory=dict)

    @property
    def plans(self) -> list[Plan]:
        """The plans, the central one first."""
        return [g.plan for g in self.generations]

    def true_pairs(self, lower: int, upper: int) -> set[tuple[str, str]]:
        """The pairs of statements of two generations (by position, 0 is the centre) of which the lower carries the upper."""
        links: dict[int, set[int]] = {i: {i} for i in range(len(self.generations[lower].sentences))}
        for at in range(lower, upper, -1):
            parents: dict[int, set[int]] = {}
            for change in self.generations[at].changes:
                for low in change.lower:
                    parents.setdefault(low, set()).add(change.upper)
            links = {i: {p for j in found for p in parents.get(j, ())} for i, found in links.items()}
        low, up = self.generations[lower], self.generations[upper]
        return {(low.statement(i), up.statement(j)) for i, found in links.items() for j in found}


def base(rng: random.Random, size: int) -> list[Sentence]:
    """Sentences of a central plan, no two about the same thing."""
    topics = rng.sample([f"{f}{t}" for f in _FIELDS for t in _THINGS], size)
    return [
        Sentence(
            f"{rng.choice(_VERBS)}{topic}",
            rng.choice(_AIMS) + f"和{rng.choice(_FIELDS)}工作衔接",
            year=rng.choice((2022, 2023, 2024)) if rng.random() < 0.4 else None,
            hours=rng.choice((20, 40, 60)) if rng.random() < 0.25 else None,
        )
        for topic in topics
    ]


def lower(rng: random.Random, upper: Sequence[Sentence], level: Level) -> tuple[list[Sentence], list[Change]]:
    """The sentences of the plan below, and what was done."""
    sentences: list[Sentence] = []
    changes: list[Change] = []
    at = 0
    while at < len(upper):
        sentence, draw = upper[at], rng.random()
        plain = not sentence.merged and not sentence.half
        if draw < 0.12:
            changes.append(Change("dropped", at, ()))
        elif draw < 0.24 and sentence.year and plain:
            sentences.append(replace(sentence, year=sentence.year + 1))
            changes.append(Change("moved", at, (len(sentences) - 1,), _year_days(sentence.year)))
        elif draw < 0.34 and sentence.year and plain:
            sentences.append(replace(sentence, year=None))
            changes.append(Change("date lost", at, (len(sentences) - 1,)))
        elif draw < 0.46 and sentence.hours and plain:
            sentences.append(replace(sentence, hours=sentence.hours // 2))
            changes.append(Change("number", at, (len(sentences) - 1,)))
        elif draw < 0.56 and plain and at + 1 < len(upper) and _simple(sentence) and _simple(upper[at + 1]):
            sentences.append(Sentence("", "", merged=(sentence, upper[at + 1])))
            changes += [
                Change("merged", at, (len(sentences) - 1,)),
                Change("merged", at + 1, (len(sentences) - 1,)),
            ]
            at += 1
        elif draw < 0.64 and _simple(sentence):
            sentences += [replace(sentence, half="head"), replace(sentence, half="tail")]
            changes.append(Change("split", at, (len(sentences) - 2, len(sentences) - 1)))
        else:
            sentences.append(sentence)
            changes.append(Change("kept", at, (len(sentences) - 1,)))
        at += 1
    own = f"打造{PLACES[level][-3:]}{rng.choice(_FIELDS)}特色品牌，组织{rng.choice(_FIELDS)}主题活动周"
    sentences.append(Sentence(own, "展示地方工作成效"))
    return sentences, changes


def _simple(sentence: Sentence) -> bool:
    return not (sentence.merged or sentence.half or sentence.year or sentence.hours)


def _year_days(year: int) -> int:
    return 366 if (year + 1) % 4 == 0 else 365


def family(seed: int = 0, size: int = 24, *, levels: Sequence[Level] = LEVELS) -> Family:
    """A family of plans, the same for the same seed. `size` is the number of central tasks."""
    rng = random.Random(seed)
    sentences = base(rng, size)
    generations = [Generation(_plan(sentences, levels[0]), tuple(sentences))]
    for level in levels[1:]:
        sentences, changes = lower(rng, sentences, level)
        generations.append(Generation(_plan(sentences, level), tuple(sentences), tuple(changes)))
    return Family(tuple(generations))


def text_of(sentences: Sequence[Sentence], level: Level) -> str:
    """The text of a plan: title, parts of two articles, articles of three sentences."""
    lines = [f"{PLACES[level]}精细管理攻坚实施方案（2021—2025年）", ""]
    articles = [sentences[i : i + 3] for i in range(0, len(sentences), 3)]
    for number, article in enumerate(articles):
        if number % 2 == 0:
            lines.append(f"{numeral(number // 2)}、第{numeral(number // 2)}批任务")
        lines.append(f"（{numeral(number)}）{numeral(number)}号事项。{''.join(s.text for s in article)}")
    return "\n".join(lines)


def numeral(number: int) -> str:
    """A position from 0 on as a Chinese numeral from 1 on.

    >>> numeral(0), numeral(9), numeral(10), numeral(29), numeral(104)
    ('一', '十', '十一', '三十', '一百零五')
    """
    ones = "零一二三四五六七八九"
    hundreds, rest = divmod(number + 1, 100)
    tens, one = divmod(rest, 10)
    text = (ones[hundreds] + "百") if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else ones[tens]) + "十"
    elif hundreds and one:
        text += "零"
    return text + (ones[one] if one else "")


def _plan(sentences: Sequence[Sentence], level: Level) -> Plan:
    return parse_text(text_of(sentences, level), id=f"made_{level.value}", level=level, place=PLACES[level])
