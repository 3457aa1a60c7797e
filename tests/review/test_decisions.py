"""Decisions: the file goes round, and what they do to a lineage follows its laws."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from tied import find

import planlineage as pl
from planlineage import (
    Coverage,
    Decision,
    DecisionCheck,
    DecisionFileError,
    Decisions,
    Lineage,
    Plan,
    Relation,
    Slippage,
)

from .conftest import DAY, LOCAL, UPPER, central_of, district_of, on_edge, on_task

HEAD = '{"format":"planlineage-decisions","version":1}\n'


@st.composite
def decisions_on(draw: st.DrawFn, made: Lineage) -> list[Decision]:
    """Decisions of all kinds on any statements of a lineage; some on the same ones, some with other fingerprints."""
    found = []
    upper, local = made.uppers[0], made.local
    for _ in range(draw(st.integers(0, 8))):
        action = draw(st.sampled_from(["accept", "reject", "relabel", "add", "justify", "applies", "not_applicable"]))
        rest = {
            "reviewer": draw(st.sampled_from(["", "李四", "王五"])),
            "date": draw(st.none() | st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 1, 4))),
            "note": draw(st.sampled_from(["本区没有此事项", "另有文件\n说明 \u2028"])),
        }
        above = draw(st.sampled_from(upper.statements)).id
        if action in ("justify", "applies", "not_applicable"):
            plan = draw(st.sampled_from([None, local]))
            one = Decision.about(action, upper, above, plan, **rest)  # type: ignore[arg-type]
        else:
            if action != "reject":
                rest["relation"] = draw(st.sampled_from(list(Relation)))
            below = draw(st.sampled_from(local.statements)).id
            one = Decision.about(action, upper, above, local, below, **rest)  # type: ignore[arg-type]
        changes = draw(st.sampled_from([{}, {}, {"upper_fingerprint": "0" * 16}, {"upper_plan": "other"}]))
        found.append(one.model_copy(update=changes))
    return found


@given(st.data())
def test_the_file_goes_round(known: Lineage, data: st.DataObject) -> None:
    made = data.draw(decisions_on(known))
    text = Decisions(made=tuple(made)).text
    again = Decisions.parse(text)
    assert again.text == text
    assert set(again.made) == set(made)
    assert text.count("\n") == len(set(made)) + 1


@given(st.data())
def test_the_order_of_decisions_does_not_matter(known: Lineage, data: st.DataObject) -> None:
    made = data.draw(decisions_on(known))
    other = data.draw(st.permutations(made))
    one, two = Decisions(made=tuple(made)), Decisions(made=tuple(other))
    assert one.text == two.text
    assert known.reviewed(one).edges == known.reviewed(two).edges
    assert Coverage(known.reviewed(one)).rows() == Coverage(known.reviewed(two)).rows()


@given(st.data())
def test_applying_twice_is_applying_once(known: Lineage, data: st.DataObject) -> None:
    decisions = Decisions(made=tuple(data.draw(decisions_on(known))))
    before = known.edges
    once = known.reviewed(decisions)
    assert once.reviewed(decisions).edges == once.edges
    assert known.edges == before
    assert (
        Coverage(once.reviewed(decisions)).rows() == Coverage(known.reviewed(decisions)).rows() == Coverage(once).rows()
    )
    assert Slippage(once).rows() == Slippage(known.reviewed(decisions)).rows()


@given(st.data())
def test_what_was_decided_always_wins(known: Lineage, data: st.DataObject) -> None:
    decisions = Decisions(made=tuple(data.draw(decisions_on(known))))
    after = known.reviewed(decisions)
    edges = {e.key: e for e in after.edges}
    assert after.decided is not None
    for standing in after.decided.checked:
        decision = standing.decision
        key = decision.local_plan, decision.local_id, decision.upper_plan, decision.upper_id
        if standing.state != "holds" or not decision.local_id:
            continue
        if decision.action == "reject":
            assert key not in edges
        else:
            assert edges[key].relation is decision.relation
            assert edges[key].provenance.reviewer == (decision.reviewer or "unnamed reviewer")
            assert edges[key].provenance.confidence == 1
            assert edges[key].confidence == (decision.relation is not Relation.THEMATIC)
    untouched = {s.decision.slot for s in after.decided.broken}
    for edge in known.edges:
        if ("edge", edge.local_plan, edge.upper_plan, edge.upper_id, edge.local_id) in untouched:
            assert edges[edge.key] == edge


def test_each_action(known: Lineage) -> None:
    decisions = Decisions(
        made=(
            on_edge("reject", known, "学时", "学时"),
            on_edge("accept", known, "合法性审核", "合法性审核", relation=Relation.PARTIAL),
            on_edge("relabel", known, "告知承诺制", "告知承诺制", relation=Relation.VERBATIM),
            on_edge("add", known, "法治文化公园", "指导案例", relation=Relation.ADAPTED),
            on_task("justify", known, "掌上执法", note="本区没有此系统"),
            on_task("not_applicable", known, "清单"),
        )
    )
    after = known.reviewed(decisions)
    found = {(e.local_id, e.upper_id): e for e in after.edges}
    local, upper = known.local, known.uppers[0]

    def ids(below: str, above: str) -> tuple[str, str]:
        return find(local, below).id, find(upper, above).id

    assert ids("学时", "学时") not in found
    accepted = found[ids("合法性审核", "合法性审核")]
    assert (accepted.relation, accepted.confidence, accepted.provenance.method) == ("partial", 1.0, "test")
    assert found[ids("告知承诺制", "告知承诺制")].relation is Relation.VERBATIM
    added = found[ids("法治文化公园", "指导案例")]
    assert (added.provenance.method, added.provenance.reviewer) == ("review", "李四")
    assert [e.local_span.start for e in after.edges] == sorted(e.local_span.start for e in after.edges)
    coverage = Coverage(known.reviewed(decisions))
    status = {r.upper_id: (r.status, str(r.reason)) for r in coverage.records}
    assert status[find(upper, "掌上执法").id] == ("justified", "本区没有此系统")
    assert status[find(upper, "清单").id] == ("not_applicable", "decided by a person")
    assert status[find(upper, "学时").id][0] == "missing"
    assert coverage.decided is not None
    assert coverage.decided.ok


def test_an_added_edge_shows_the_words_that_both_sides_share(known: Lineage) -> None:
    decision = on_edge("add", known, "建成行政执法监督体系", "掌上执法", relation=Relation.PARTIAL)
    edge = next(e for e in known.reviewed(Decisions(made=(decision,))).edges if e.provenance.method == "review")
    same = [p for p in edge.evidence.pieces if p.difference == "same"]
    assert "行政执法" in "".join(p.local for p in same)
    for piece in edge.evidence.pieces:
        assert piece.local_span is None or known.local.raw(piece.local_span) == piece.local
        assert piece.upper_span is None or known.uppers[0].raw(piece.upper_span) == piece.upper


def test_decisions_survive_linking_again_with_other_edges(known: Lineage) -> None:
    decisions = Decisions(
        made=(
            on_edge("reject", known, "一网通办", "一网通办"),
            on_edge("accept", known, "学时", "学时", relation=Relation.ADAPTED),
        )
    )
    linked = pl.link(known.local, known.uppers[0], decisions=decisions)
    bare = Lineage(known.local, known.uppers, []).reviewed(decisions)
    for after in (linked, bare):
        found = {(e.local_id, e.upper_id): e for e in after.edges}
        rejected, accepted = (decisions.made[i] for i in ((0, 1) if decisions.made[0].action == "reject" else (1, 0)))
        assert (rejected.local_id, rejected.upper_id) not in found
        assert found[accepted.local_id, accepted.upper_id].confidence == 1


def test_decisions_survive_reading_again_and_changes_elsewhere(known: Lineage) -> None:
    decision = on_edge("reject", known, "学时", "学时")
    local = district_of(LOCAL.replace("建设法治文化公园。", "建设法治文化广场。"))
    check = DecisionCheck(Decisions(made=(decision,)), [local], [central_of(UPPER)])
    assert [s.state for s in check.checked] == ["holds"]


def test_a_clause_that_moved_takes_its_decisions_along(known: Lineage) -> None:
    decision = on_edge("reject", known, "学时", "学时")
    moved = LOCAL.replace("（三）", "（三）完善听证程序。规范听证。\n（四）").replace(
        "（四）加强行政执", "（五）加强行政执"
    )
    check = DecisionCheck(Decisions(made=(decision,)), [district_of(moved)], known.uppers)
    assert [s.state for s in check.checked] == ["moved"]
    local = district_of(moved)
    again = pl.link(local, known.uppers[0], decisions=Decisions(made=(decision,)))
    assert not [e for e in again.edges if e.local_id == find(local, "学时").id and e.upper_id == decision.upper_id]


@pytest.mark.parametrize("side", ["local", "upper"])
def test_a_changed_text_makes_suspect(known: Lineage, side: str) -> None:
    decision = on_edge("relabel", known, "学时", "学时", relation=Relation.VERBATIM)
    local, upper = known.local, known.uppers[0]
    if side == "local":
        local = district_of(LOCAL.replace("40学时", "50学时"))
    else:
        upper = central_of(UPPER.replace("60学时", "80学时"))
    after = pl.link(local, upper, decisions=Decisions(made=(decision,)))
    assert after.decided is not None
    (standing,) = after.decided.broken
    assert standing.state == "suspect"
    assert "学时" in str(standing.reasons)
    assert after.edges == pl.link(local, upper).edges


def test_a_changed_fingerprint_makes_suspect_under_the_same_id(known: Lineage) -> None:
    """Headings keep their id when their words change."""
    local, upper = known.local, known.uppers[0]
    below = next(s for s in local.statements if s.kind == "heading" and "放管服" in s.text)
    above = next(s for s in upper.statements if s.kind == "heading" and "放管服" in s.text)
    decision = Decision.about("reject", upper, above.id, local, below.id)
    changed = district_of(LOCAL.replace("深化“放管服”改革", "深化审批制度改革"))
    check = DecisionCheck(Decisions(made=(decision,)), [changed], [upper])
    assert changed.statement(below.id).text != below.text
    assert [s.state for s in check.checked] == ["suspect"]


def test_unknown_ids_are_reported_kept_and_not_applied(known: Lineage, tmp_path: Path) -> None:
    decision = on_edge("reject", known, "学时", "学时").model_copy(update={"local_id": "9.9-zzzzz"})
    gap = on_task("justify", known, "掌上执法", note="没有").model_copy(update={"upper_id": "nothing"})
    path = Decisions(made=(decision, gap)).save(tmp_path / "d.jsonl")
    before = path.read_bytes()
    after = known.reviewed(Decisions.load(path))
    assert after.decided is not None
    assert {s.state for s in after.decided.broken} == {"unknown"}
    assert len(after.decided.broken) == 2
    assert after.edges == known.edges
    assert path.read_bytes() == before
    assert Decisions.load(path).made == Decisions(made=(decision, gap)).with_([]).made


def test_other_plans_decisions_are_kept_apart(known: Lineage) -> None:
    other = {"upper_plan": "province", "upper_source": "0" * 16}
    decision = on_edge("reject", known, "学时", "学时").model_copy(update=other)
    check = DecisionCheck(Decisions(made=(decision,)), [known.local], known.uppers)
    assert check.ok
    assert [s.state for s in check.checked] == ["elsewhere"]


def test_the_latest_decision_holds_and_equal_days_conflict(known: Lineage) -> None:
    early = on_edge("accept", known, "学时", "学时", relation=Relation.PARTIAL, date=datetime.date(2024, 1, 1))
    late = on_edge("reject", known, "学时", "学时")
    same_day = on_edge("relabel", known, "学时", "学时", relation=Relation.VERBATIM, reviewer="王五")
    states = {
        s.decision.action: s.state
        for s in DecisionCheck(Decisions(made=(early, late)), [known.local], known.uppers).checked
    }
    assert states == {"accept": "superseded", "reject": "holds"}
    after = known.reviewed(Decisions(made=(early, late, same_day)))
    assert after.decided is not None
    assert [s.state for s in after.decided.broken] == ["conflict", "conflict"]
    assert after.edges == known.edges


def test_a_newer_decision_takes_the_place_of_the_older(known: Lineage) -> None:
    one, two = (
        on_edge("reject", known, "学时", "学时"),
        on_edge("accept", known, "学时", "学时", relation=Relation.ADAPTED),
    )
    gap = on_task("justify", known, "掌上执法", note="没有")
    assert Decisions(made=(one, gap)).with_([two]).made == Decisions().with_([gap, two]).made


def test_shorthand_is_not_written() -> None:
    with pytest.raises(ValueError, match="can't be kept in a file"):
        _ = Decisions(applies={"1-x": True}).text


def test_every_function_takes_a_path(known: Lineage, tmp_path: Path) -> None:
    path = Decisions(made=(on_edge("reject", known, "一网通办", "一网通办"),)).save(tmp_path / "d.jsonl")
    local, upper = known.local, known.uppers[0]
    task = find(upper, "一网通办").id
    assert task not in {e.upper_id for e in pl.link(local, upper, decisions=path).edges if e.relation.is_coverage}
    assert {r.upper_id: r.status for r in pl.coverage(local, upper, decisions=str(path)).records}[task] == "missing"
    assert pl.slippage(local, upper, decisions=path).decided is not None
    assert pl.trace(find(local, "一网通办").id, local, upper, decisions=path)
    assert pl.compare([local], upper, decisions=path).coverages[0].decided is not None
    with pytest.raises(DecisionFileError, match="no such file"):
        pl.link(local, upper, decisions=tmp_path / "none.jsonl")


GOOD = Decision(action="reject", local_plan="a", local_id="1-x", upper_plan="b", upper_id="2-y", date=DAY).line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a decision file"),
        ("[1, 2", "line 1: is not JSON"),
        ("[]\n", "is not a decision file"),
        ('{"format":"planlineage-decisions","version":true}\n', "is not a decision file"),
        ('{"format":"planlineage-decisions","version":2}\n', "upgrade planlineage"),
        (HEAD + GOOD + "\n{oops\n", "line 3: is not JSON"),
        (HEAD + "[]\n", "line 2"),
        (HEAD + GOOD.replace("reject", "like"), "line 2: action"),
        (HEAD + GOOD.replace("reject", "accept"), "accept needs a relation"),
        (HEAD + GOOD.replace('"local_id":"1-x",', ""), "reject needs local_plan and local_id"),
        (HEAD + '{"action":"justify","upper_plan":"b","upper_id":"2"}', "justify needs a note"),
        (
            HEAD + '{"action":"applies","local_plan":"a","local_id":"1","upper_plan":"b","upper_id":"2"}',
            "leave local_id out",
        ),
        (HEAD + GOOD.replace("2024-06-30", "30.6.2024"), "line 2: date"),
        (HEAD + GOOD.replace('"action"', '"actoin"'), "line 2"),
        (HEAD + "[" * 100_000, "line 2: is not JSON"),
    ],
)
def test_a_broken_file_is_named_by_its_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionFileError) as caught:
        Decisions.load(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_other_files_are_no_decision_files(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path, tmp_path / "d.jsonl"):
        with pytest.raises(DecisionFileError):
            Decisions.load(path)


def test_a_file_of_windows_reads_the_same(known: Lineage, tmp_path: Path) -> None:
    made = Decisions(made=(on_edge("reject", known, "学时", "学时"),))
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + made.text.replace("\n", "\r\n").encode())
    assert Decisions.load(path) == made


def test_a_gap_may_be_justified_for_every_local_plan(known: Lineage) -> None:
    upper = known.uppers[0]
    task = find(upper, "掌上执法")
    general = Decision.about("justify", upper, task.id, note="全省统一建设", date=DAY)
    own = on_task("justify", known, "掌上执法", note="本区没有")
    reasons = [
        next(r.reason for r in Coverage(known.reviewed(Decisions(made=made))).records if r.upper_id == task.id)
        for made in ((general,), (general, own))
    ]
    assert reasons == ["全省统一建设", "本区没有"]


def test_checking_names_every_plan_it_needs(known: Lineage, central: Plan) -> None:
    check = DecisionCheck(
        Decisions(made=(on_task("justify", known, "掌上执法", note="没有"),)), [known.local], [central]
    )
    assert check.heading == "1 decisions: 1 holds"
    assert check.frame["state"].tolist() == ["holds"]
