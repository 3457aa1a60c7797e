"""No pattern is super-linear: eight times the text may take a little more than eight times as long, never sixty-four times."""

from __future__ import annotations

import time

import pytest

from planlineage.reading.commitments import recognise

HOSTILE = (
    *"年第1（《〈每一率十到期",
    *(
        "每年",
        "2021",
        "2021年",
        "2021年至",
        "百万",
        "各级",
        "不超过",
        "负责，",
        "政府和",
        "财政部、",
        "1%",
        "5个",
        "1 ",
        "1,000",
    ),
    *(
        "数以百万计的",
        "等有关",
        "牵头单位：",
        "只设一个",
        "年度",
        "应进必进",
        "承担",
        "甲乙、",
        "至少",
        "达到甲乙",
        "、“",
        "\n",
    ),
)
SMALL, FACTOR, ALLOWED = 2_000, 8, 28


def seconds(text: str) -> float:
    times = []
    for _ in range(2):
        start = time.process_time()
        recognise(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_time_grows_in_step_with_the_text(unit: str) -> None:
    small = unit * (SMALL // len(unit))
    assert seconds(small * FACTOR) < ALLOWED * max(seconds(small), 0.002)
