"""Laws of the alignment that edges show as evidence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, strategies as st

from planlineage.linking.align import carried, pieces, tiles
from planlineage.linking.normalise import BREAK, compared
from planlineage.model.lineage import Difference

words = st.text(alphabet="建立健全行政执法公示制度，；。、“”0123（） ", max_size=40)


@given(words, words)
def test_tiles_are_the_same_on_both_sides_and_overlap_nowhere(local: str, upper: str) -> None:
    found = tiles(local, upper)
    assert all(local[a : a + size] == upper[b : b + size] for a, b, size in found)
    for start in (0, 1):
        ends = sorted((tile[start], tile[start] + tile[2]) for tile in found)
        assert all(one[1] <= other[0] for one, other in pairwise(ends))


@given(words, words)
def test_pieces_cover_every_compared_character_once(local: str, upper: str) -> None:
    ours, theirs = compared(local), compared(upper)
    found = pieces(ours, theirs)
    for side, places in (
        (ours, [piece.local for piece in found if piece.local]),
        (theirs, [piece.upper for piece in found if piece.upper]),
    ):
        covered = [k for start, end in places for k in range(start, end)]
        assert len(covered) == len(set(covered))
        wanted = {at for at, letter in zip(side.starts, side.text, strict=True) if letter != BREAK}
        assert wanted <= set(covered)


@given(words, words)
def test_same_pieces_read_the_same(local: str, upper: str) -> None:
    for piece in pieces(compared(local), compared(upper)):
        if piece.difference is Difference.SAME and piece.local and piece.upper:
            assert compared(local[slice(*piece.local)]).text == compared(upper[slice(*piece.upper)]).text


@given(words)
def test_a_text_beside_itself_is_all_the_same(text: str) -> None:
    found = pieces(compared(text), compared(text))
    assert {piece.difference for piece in found} <= {Difference.SAME}


@given(words, words)
def test_carried_clauses_lie_in_the_text(local: str, upper: str) -> None:
    one = compared(local)
    for start, end in carried(one, pieces(one, compared(upper))):
        assert 0 <= start < end <= len(local)


def test_clauses_in_another_order_still_align() -> None:
    local, upper = (
        "及时研究解决重大问题，安排听取有关工作汇报。",
        "安排听取有关工作汇报，及时研究解决重大问题。",
    )
    found = pieces(compared(local), compared(upper))
    assert {piece.difference for piece in found} == {Difference.SAME}
    assert len(found) == 2
