"""What holds of evidence whatever the scores are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from planlineage.comparing.following.decide import MOST_EVIDENCE, beside
from planlineage.comparing.following.parts import Piece
from planlineage.model.base import Span


@given(scores=st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=1, max_size=80))
def test_the_likest_stretch_is_no_second_evidence(scores: list[float]) -> None:
    pieces = [Piece(Span(start=10 * k, end=10 * k + 5), "完成任务", "") for k in range(len(scores))]
    also = beside(np.array(scores), pieces)
    assert int(np.argmax(scores)) not in also
    assert len(set(also)) == len(also) < MOST_EVIDENCE
