"""What must hold of every plan, whatever document it was read from."""

from __future__ import annotations

from collections.abc import Sequence

from planlineage import Plan, Statement
from planlineage.model.parts import Edit
from planlineage.reading.cleaning import CleanText, replay


def visible(text: str, start: int = 0) -> set[int]:
    """The offsets of the characters of a text that are not blank."""
    return {start + i for i, char in enumerate(text) if not char.isspace()}


def clean_reading(plan: Plan, statement: Statement) -> CleanText:
    """The clean reading of a statement, made again from the plan's cleaning log alone."""
    inside = tuple(e for e in plan.edits if statement.span.contains(e.span))
    return CleanText(plan.source.text, statement.span.start, statement.span.end, inside, plan.source.start)


def assert_spans_tile(plan: Plan) -> None:
    """Statements do not overlap, and together cover every visible character of the plan's part of the source."""
    at = plan.source.start
    covered: set[int] = set()
    for statement in plan.statements:
        assert statement.span.length > 0, f"{statement.id} is empty"
        assert statement.span.start >= at, f"{statement.id} begins before its neighbour ends"
        at = statement.span.end
        covered.update(range(statement.span.start, statement.span.end))
    missed = visible(plan.source.text, plan.source.start) - covered
    assert not missed, f"lost: {''.join(plan.source.text[i - plan.source.start] for i in sorted(missed))!r}"


def assert_clauses_nest(plan: Plan) -> None:
    """A clause lies inside its parent, and a statement inside its own clause, the clauses above it, and no other.

    Tables stand across the outline: rows of damaged ones are torn apart, and text goes on behind them.
    """
    has_table = any(clause.kind == "table" for clause in plan.clauses)
    for clause in plan.clauses:
        if clause.parent is not None:
            parent = plan.clause(clause.parent)
            assert parent.span.contains(clause.span), f"{clause.id} sticks out of {parent.id}"
    for statement in plan.statements:
        above = {c.id for c in plan.path(statement.clause)}
        around = {c.id for c in plan.clauses if c.span.contains(statement.span)}
        assert around >= above, f"{statement.id} lies outside {above - around}"
        assert around == above or has_table, f"{statement.id} of {statement.clause} lies in {around - above} too"


def assert_ids_unique(plan: Plan) -> None:
    """No two clauses and no two statements have the same id."""
    for ids in ([c.id for c in plan.clauses], [s.id for s in plan.statements]):
        assert len(set(ids)) == len(ids)


def assert_clean_text_maps_back(plan: Plan) -> None:
    """A statement's clean text follows from its raw text and the log, and each part of it leads back to raw text."""
    for statement in plan.statements:
        clean = clean_reading(plan, statement)
        if not statement.text:
            assert statement.kind == "noise"
            assert not clean.text.strip()
            continue
        if plan.clause(statement.clause).kind in ("table", "row", "bonus", "deduction"):
            assert statement.text in clean.text  # it reaches over the bars around it
        else:
            assert clean.text == statement.text
            assert statement.span.contains(clean.to_source(0, len(clean.text)))
        near = [e for e in plan.edits if e.span.start < statement.span.end and statement.span.start < e.span.end]
        for i in range(len(clean.text)):
            span = clean.to_source(i, i + 1)
            assert statement.span.contains(span)
            assert clean.text[i] in replay_of(plan, near, span.start, span.end)
        for commitment in statement.commitments:
            assert plan.source.span.contains(commitment.span)
            assert statement.span.start <= commitment.span.start < statement.span.end


def replay_of(plan: Plan, near: Sequence[Edit], start: int, end: int) -> str:
    """What a stretch of the source, with those cleaning steps near it that reach into it, reads as after cleaning."""
    steps = [e for e in near if e.span.start < end and start < e.span.end]
    start = min([start, *(e.span.start for e in steps)])
    end = max([end, *(e.span.end for e in steps)])
    raw = plan.source.text[start - plan.source.start : end - plan.source.start]
    return replay(raw, steps, start=start)


def assert_log_replays(plan: Plan) -> None:
    """The cleaning log fits the source, and replaying it gives the words of all statements in their order."""
    text = replay(plan.source.text, plan.edits, start=plan.source.start)
    at = 0
    for statement in plan.statements:
        found = text.find(statement.text, at)
        assert found >= 0, f"{statement.id} is not in the replayed text"
        at = found + len(statement.text)


def assert_counts_add_up(plan: Plan) -> None:
    """The reading report accounts for every visible character."""
    assert plan.report.characters == len(visible(plan.source.text))
    assert sum(plan.report.kinds.values()) == plan.report.characters
    assert plan.report.unread == plan.report.kinds.get("unread", 0)


def assert_lawful(plan: Plan) -> None:
    """All of the above."""
    assert_spans_tile(plan)
    assert_clauses_nest(plan)
    assert_ids_unique(plan)
    assert_clean_text_maps_back(plan)
    assert_log_replays(plan)
    assert_counts_add_up(plan)
