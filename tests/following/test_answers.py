"""By which words a report answers what was promised: other words for the same, and clauses that answer another promise better."""

from __future__ import annotations

import numpy as np
import pytest

from planlineage.comparing.following.answers import answers, beside_others


@pytest.mark.parametrize(
    ("asked", "answer", "other"),
    [
        ("办好科技活动周", "成功举办科技活动周", "新建改造公园"),
        ("健全防止返贫监测机制", "及时消除致贫风险", "新增高新技术企业"),
        ("加快铁路建设", "高铁开工", "城镇新增就业"),
        ("根治欠薪", "切实保障农民工合法权益", "空气质量持续改善"),
    ],
)
def test_an_answer_is_likelier_than_something_else(asked: str, answer: str, other: str) -> None:
    [[near, far]] = answers([asked], [answer, other])
    assert near > far


def test_a_text_without_known_words_answers_nothing() -> None:
    assert np.isfinite(answers(["", "办好科技周"], ["ΩΩ", "举办科技周"])).all()


def test_a_clause_that_answers_another_promise_better_is_told() -> None:
    others = np.array([[1.0, 3.0], [2.0, 0.5]])
    apart = np.array([[False, True], [True, False]])
    found = beside_others(others, others, apart)
    assert found["answers_best"].tolist() == [[-1.0, 2.5], [1.0, -2.5]]


def test_a_plan_with_one_promise_has_no_others() -> None:
    found = beside_others(np.array([[1.0, 3.0]]), np.array([[1.0, 3.0]]), np.array([[False]]))
    assert found["answers_best"].tolist() == [[1.0, 3.0]]
