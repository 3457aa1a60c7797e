"""What holds for any plans: the same edges always, a plan is its own source, other uppers do not matter."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from planlineage.linking import LinkOptions, Unit, UnitEdge, explain_units, link_units
from planlineage.model.errors import PlanTooLargeError
from planlineage.model.lineage import Relation

SUBJECTS = (
    "养老护理",
    "河道保洁",
    "校园食品安全",
    "老旧小区改造",
    "农田水利",
    "公共图书馆",
    "消防通道",
    "垃圾分类",
    "职业技能",
    "古树名木",
)
VERBS = ("建立健全", "全面落实", "加快推进", "严格执行", "探索推行", "进一步规范", "按季度公开")
OBJECTS = (
    "监督检查制度",
    "工作台账",
    "责任追究办法",
    "经费保障机制",
    "信息共享平台",
    "考核评价体系",
    "人员培训计划",
)

sentences = st.builds("{}{}{}。".format, st.sampled_from(VERBS), st.sampled_from(SUBJECTS), st.sampled_from(OBJECTS))
free = st.text(alphabet="一二三四五六七八九十甲乙丙丁戊己庚辛aA1%（）、，。；“”《》 \u3000條例規劃", max_size=30)


@st.composite
def plans(draw: st.DrawFn, least: int = 0, most: int = 12) -> list[Unit]:
    texts = draw(st.lists(st.one_of(sentences, sentences, free), min_size=least, max_size=most))
    articles = sorted(draw(st.lists(st.integers(0, 3), min_size=len(texts), max_size=len(texts))))
    return [Unit(f"x{k}", text, article=str(a)) for k, (text, a) in enumerate(zip(texts, articles, strict=True))]


def bare(edges: Sequence[UnitEdge]) -> list[tuple[int, str, int, Relation, float]]:
    return [(e.local, e.upper_plan, e.upper, e.relation, e.confidence) for e in edges]


@given(plans(), plans())
def test_same_input_same_edges_on_any_number_of_workers(local: list[Unit], upper: list[Unit]) -> None:
    assert link_units(local, upper) == link_units(local, upper, LinkOptions(workers=3))


@given(st.lists(sentences, min_size=1, max_size=15, unique=True))
def test_a_plan_is_its_own_source(texts: list[str]) -> None:
    plan = [Unit(f"x{k}", text) for k, text in enumerate(texts)]
    own = {e.local: e for e in link_units(plan, plan) if e.local == e.upper}
    assert sorted(own) == list(range(len(plan)))
    assert all(e.relation is Relation.VERBATIM and e.confidence >= 0.99 for e in own.values())


def test_a_plan_that_repeats_itself_is_its_own_source_sentence_by_sentence() -> None:
    plan = [Unit(f"x{k}", text) for k, text in enumerate(["落实责任。", "清理台账。", "落实责任。", "落实责任。"])]
    own = {(e.local, e.upper): e.confidence for e in link_units(plan, plan)}
    assert all(own[k, k] >= 0.99 for k in range(4))


@given(plans(), plans(), plans())
def test_another_upper_plan_changes_nothing(local: list[Unit], upper: list[Unit], other: list[Unit]) -> None:
    alone = link_units(local, {"m": upper})
    for name in ("a", "z"):
        both = link_units(local, {name: other, "m": upper})
        assert [e for e in both if e.upper_plan == "m"] == alone


@given(plans(), plans(), plans())
def test_the_order_of_uppers_does_not_matter(local: list[Unit], one: list[Unit], other: list[Unit]) -> None:
    assert link_units(local, {"a": one, "b": other}) == link_units(local, {"b": other, "a": one})


@given(plans(least=1), plans(least=1))
def test_edges_point_into_the_texts(local: list[Unit], upper: list[Unit]) -> None:
    for edge in link_units(local, upper, LinkOptions(thematic=0.0)):
        ours, theirs = local[edge.local].text, upper[edge.upper].text
        assert 0 <= edge.confidence <= 1
        for piece in edge.pieces:
            for place, text in ((piece.local, ours), (piece.upper, theirs)):
                assert place is None or 0 <= place[0] < place[1] <= len(text)
        assert all(0 <= start < end <= len(ours) for start, end in edge.carried)


@given(plans(), plans())
def test_edges_come_in_order_and_once(local: list[Unit], upper: list[Unit]) -> None:
    keys = [(e.local, e.upper_plan, e.upper) for e in link_units(local, {"b": upper, "a": upper})]
    assert keys == sorted(set(keys))


@given(plans(least=1), plans())
def test_thresholds_only_choose(local: list[Unit], upper: list[Unit]) -> None:
    every = {(e.local, e.upper): e for e in link_units(local, upper, LinkOptions(threshold=0.0, thematic=0.0))}
    for edge in link_units(local, upper):
        known = every[edge.local, edge.upper]
        assert known.confidence == edge.confidence
        assert edge.relation in (known.relation, Relation.THEMATIC)


def test_nothing_to_link() -> None:
    plan = [Unit("a", "加强河道保洁。")]
    assert link_units([], plan) == link_units(plan, []) == link_units([], []) == link_units(plan, {}) == []
    assert explain_units(plan, [], [0]) == [[]]
    assert link_units([Unit("a", ""), Unit("b", "——"), Unit("c", "２０２５年")], plan) == []


def test_numbers_dates_and_levels_never_weaken_an_edge() -> None:
    upper = [
        Unit("u", "到2025年，县级以上人民政府应当将60%的经费用于基层。"),
        Unit("v", "加强古树名木保护。"),
    ]
    same = [Unit("l", "到2023年6月底前，市、县（市、区）人民政府应当将40%的经费用于基层。")]
    [edge] = link_units(same, upper)
    assert edge.upper_id == "u"
    assert edge.relation is Relation.VERBATIM
    assert edge.confidence >= 0.99


def test_unrelated_plans_share_nothing() -> None:
    shuffled = random.Random(7).sample([f"{v}{s}{o}。" for v in VERBS[:3] for s in SUBJECTS for o in OBJECTS[:2]], 30)
    local = [Unit(f"l{k}", text) for k, text in enumerate(shuffled)]
    upper = [
        Unit("u1", "增值税专用发票抵扣期限调整为三百六十日。"),
        Unit("u2", "海域使用权人应当缴纳海域使用金。"),
    ]
    assert [e for e in link_units(local, upper) if e.relation.is_coverage] == []


def test_a_users_encoder_joins_the_decision() -> None:
    local = [Unit("l", "给独居老人送餐上门。"), Unit("m", "清理河道垃圾。")]
    upper = [
        Unit(f"u{k}", text)
        for k, text in enumerate(
            [
                "开展高龄群体膳食配送。",
                "加强河道垃圾清理。",
                "修缮图书馆。",
                "培训消防队员。",
                "整治占道经营。",
                "补植行道树。",
            ]
        )
    ]
    topics = ("老人", "高龄"), ("河道",), ("图书馆",), ("消防",), ("占道",), ("行道树",)

    def encoder(texts: Sequence[str]) -> np.ndarray:
        return np.array([[any(word in text for word in topic) for topic in topics] for text in texts], dtype=float)

    plain = {(c.upper_id): c.confidence for c in explain_units(local, upper, [0])[0]}
    helped = {(c.upper_id): c.confidence for c in explain_units(local, upper, [0], LinkOptions(encoder=encoder))[0]}
    assert helped["u0"] > plain.get("u0", 0.0)
    assert max(helped, key=lambda key: helped[key]) == "u0"


def test_an_encoder_that_answers_wrongly_is_told_so() -> None:
    plan = [Unit("a", "加强河道保洁。")]
    with pytest.raises(ValueError, match="shape"):
        link_units(plan, plan, LinkOptions(encoder=lambda texts: np.zeros(3)))


@pytest.mark.parametrize("wrong", [{"threshold": 0.1, "thematic": 0.2}, {"threshold": 1.5}, {"workers": 0}])
def test_options_that_make_no_sense(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        LinkOptions(**wrong)  # type: ignore[arg-type]


def test_a_long_plan_is_cut_into_stretches_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    local = [
        Unit(f"l{k}", f"{v}{s}{o}。", article=str(k // 5))
        for k, (v, s, o) in enumerate((v, s, o) for s in SUBJECTS for o in OBJECTS for v in VERBS[:2])
    ]
    upper = [replace(unit, id=f"u{unit.id}") for unit in local[::3]]
    whole = bare(link_units(local, upper, LinkOptions(evidence=False)))
    for bound, value in (("STRETCH", 7), ("CELLS", 300)):
        monkeypatch.setattr(f"planlineage.linking.pairs.{bound}", value)
        assert bare(link_units(local, upper, LinkOptions(evidence=False, workers=2))) == whole


def test_statements_of_very_many_characters_are_aligned_within_bounds_or_refused() -> None:
    clauses = [f"{v}{s}{o}" for v in VERBS for s in SUBJECTS for o in OBJECTS]
    long = "，".join(f"{a}第{k}项" for k, a in enumerate(clauses * (20_000 // len("，".join(clauses)) + 1))) + "。"
    turned = "，".join(reversed(long[:-1].split("，"))) + "。"
    started = time.process_time()
    [edge] = link_units([Unit("l", long)], [Unit("u", turned)])
    assert edge.relation is not Relation.THEMATIC
    assert time.process_time() - started < 20
    with pytest.raises(PlanTooLargeError, match="characters"):
        link_units([Unit("l", long * 20)], [Unit("u", turned)])
    many = [Unit("l", "加强领导。")] * 30_000
    with pytest.raises(PlanTooLargeError, match="too many"):
        link_units(many, many)


def test_numpy_and_scipy_wait_for_the_first_plans() -> None:
    code = "import sys, planlineage.linking; print([m for m in ('numpy', 'scipy', 'sklearn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
