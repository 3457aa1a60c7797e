"""Ids stay when another part of the document changes."""

from __future__ import annotations

import copy

from hypothesis import assume, given, strategies as st
from invented import bodies, outlines, phrases, sentences, written

from planlineage import Plan, parse_text

Outline = list[tuple[str, list[tuple[str, list[str]]]]]


def ids_outside(plan: Plan, number: str) -> list[tuple[str, str]]:
    """Ids and words of all statements but those in the article with this number."""
    inside = {c.id for c in plan.clauses if c.number == number}
    return [(s.id, s.text) for s in plan.statements if not {c.id for c in plan.path(s.clause)} & inside]


@st.composite
def changed(draw: st.DrawFn) -> tuple[Outline, Outline, str]:
    """A plan, the same plan with one article's body changed, and that article's number."""
    before = draw(outlines())
    after = copy.deepcopy(before)
    articles = [article for _, articles in after for article in articles]
    i = draw(st.integers(0, len(articles) - 1))
    body = articles[i][1]
    at = draw(st.integers(0, len(body) - 1))
    how = draw(st.sampled_from(("insert", "delete", "change", "rewrite")))
    if how == "insert":
        body.insert(at, draw(sentences()))
    elif how == "delete":
        assume(len(body) > 1)
        del body[at]
    elif how == "change":
        body[at] = draw(phrases) + body[at]
    else:
        body[:] = draw(bodies())
    return (
        before,
        after,
        f"（{'一二三四五六七八九十'[i] if i < 10 else '十' + '一二三四五六七八九十'[i - 10]}）",
    )


@given(changed())
def test_changing_one_article_changes_no_id_in_the_others(plans: tuple[Outline, Outline, str]) -> None:
    before, after, number = plans
    assert ids_outside(parse_text(written(before)), number) == ids_outside(parse_text(written(after)), number)


@given(outlines(), phrases, st.lists(st.tuples(phrases, bodies()), min_size=2, max_size=3))
def test_appending_a_part_changes_no_id_before_it(
    parts: Outline, heading: str, articles: list[tuple[str, list[str]]]
) -> None:
    before = parse_text(written(parts))
    after = parse_text(written([*parts, (heading, articles)]))
    kept = [s.id for s in after.statements if s.span.end <= before.source.span.end]
    assert kept == [s.id for s in before.statements]


@given(changed())
def test_sentences_that_stay_in_a_changed_article_keep_their_ids(plans: tuple[Outline, Outline, str]) -> None:
    before, after = (parse_text(written(p)) for p in plans[:2])
    old, new = ({(s.clause, s.text): s.id for s in plan.statements} for plan in (before, after))
    for place, statement_id in old.items():
        if place in new and "~" not in statement_id + new[place]:
            assert new[place] == statement_id


def test_ids_can_be_read_by_a_person() -> None:
    plan = parse_text("一、总体要求\n（一）健全清单。推行告知承诺制度。\n（二）完善机制。建立执法监督制度。")
    ids = [s.id for s in plan.statements]
    assert [i.split("-")[0] for i in ids] == ["1", "1.1", "1.1", "1.2", "1.2"]
    assert ids[1] == "1.1-head"
    assert all(len(i) < 20 and i.isascii() for i in ids)


def test_the_same_sentence_twice_in_a_clause_gets_two_ids() -> None:
    plan = parse_text(
        "一、总体要求\n（一）健全清单。推行告知承诺制度。推行告知承诺制度。\n（二）完善机制。建立执法监督制度。"
    )
    first, second = (s.id for s in plan.statements if s.text == "推行告知承诺制度。")
    assert second == f"{first}~2"
