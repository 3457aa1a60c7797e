"""Who, what, where and when: invented documents in the forms in which offices really publish, and laws that hold for any text."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from real import AT_HAND, FOLDER, WHY_NOT

from planlineage import Plan, parse, parse_text
from planlineage.model.levels import Level
from planlineage.reading.identity.basis import citations
from planlineage.reading.identity.dates import day_in, years_of_five_year_plan
from planlineage.reading.identity.levels import Sign, weigh
from planlineage.reading.identity.places import places_at_start
from planlineage.reading.numerals import chinese

HERE = Path(__file__).parent
CASES = json.loads((HERE / "identity.json").read_text(encoding="utf-8"))
REAL = list(
    csv.DictReader(
        (HERE / "identity.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="	",
        quoting=csv.QUOTE_NONE,
    )
)


def answers(plan: Plan) -> dict[str, object]:
    """What a plan says of itself, in the form of the cases."""
    period = plan.period
    return {
        "title": plan.title,
        "level": plan.level.value if plan.level else "",
        "place": plan.place,
        "issuers": list(plan.issuers),
        "number": plan.number,
        "issued": plan.issued.isoformat() if plan.issued else "",
        "period": f"{period.begins.year}-{period.ends.year}" if period else "",
    }


def bare(text: object) -> str:
    """A text without blanks and book marks, and with one form of dash and bracket."""
    table = str.maketrans("－–—()", "---（）", " 　《》〈〉")
    return str(text).translate(table)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_a_document_says_who_what_where_and_when(case):
    plan, wanted = parse_text(case["text"]), dict(case["expect"])
    read = answers(plan)
    grounds = {bare(word) for c in plan.implements for word in (c.title, c.number or "")}
    named = wanted.pop("implements", None)
    if named is not None:
        halves = [bare(w) for w in named]
        assert all(any(g and g in w for g in grounds) or w in grounds for w in halves)
        assert len(plan.implements) == len(named)
    assert not {c.title for c in plan.cited} & set(wanted.pop("not cited", []))
    assert [c.title for c in plan.cited if c.role == "follows"] == wanted.pop("follows", [])
    if wanted.get("place"):
        assert str(read["place"]).endswith(wanted.pop("place"))
    assert {q: bare(read[q]) for q in wanted} == {q: bare(w) for q, w in wanted.items()}


@pytest.mark.skipif(not AT_HAND, reason=WHY_NOT)
@pytest.mark.parametrize("row", REAL, ids=lambda r: r["doc"].rpartition("/")[2])
def test_real_documents_say_it_as_a_reader_finds_it(row):
    path = FOLDER / "corpus" / row["doc"]
    if not path.exists():
        pytest.skip("this document is not at hand")
    read = answers(parse(path))
    read["issuers"] = "、".join(read["issuers"])
    assert {q: bare(read[q]) for q in row if q in read} == {q: bare(w) for q, w in row.items() if q in read}


def test_each_answer_says_how_it_was_found_and_where():
    plan = parse_text(
        "青云市民政局关于加强绿道管护的通知\n青民发〔2025〕3号\n各区民政局：\n一、健全台账。\n青云市民政局\n2025年3月4日"
    )
    found = {f.question: f for f in plan.findings}
    assert found.keys() >= {"title", "level", "issuers", "number", "issued"}
    assert plan.raw(found["issued"].span) == "2025年3月4日"
    assert found["issued"].provenance.method == "signature"
    assert all(0 < f.provenance.confidence <= 1 for f in plan.findings)
    assert plan.finding("period") is None


def test_a_level_that_only_the_way_of_speaking_shows_is_less_sure_and_what_the_user_says_needs_no_finding():
    text = "为加强我市绿道管护，制定本方案。\n一、健全台账。全市各部门要健全台账。"
    spoken = parse_text(text)
    finding = spoken.finding("level")
    assert spoken.level is Level.MUNICIPAL
    assert finding.words == "我市"
    assert finding.provenance.confidence < 0.9
    assert parse_text(text, level="district").finding("level") is None


def test_a_work_report_stands_apart_from_the_resolution_that_approves_it():
    resolution = "青云市第七届人民代表大会第七次会议听取和审议了市长所作的政府工作报告。会议决定批准这个报告。"
    head = "政府工作报告\n——2026年2月9日在青云市第七届人民代表大会第七次会议上"
    report = f"{head}\n各位代表：\n现在，我代表市人民政府，向大会报告工作。"
    plan = parse_text(f"{resolution}\n{report}\n一、2025年工作\n建成绿道。\n二、2026年工作安排\n新建绿道。")
    assert [part.role for part in plan.report.documents] == ["announcement", "plan"]
    assert plan.source.text.startswith("政府工作报告")
    assert (plan.place, plan.issuer, plan.period.begins.year) == ("青云市", "青云市人民政府", 2026)


def test_one_clauses_grounds_are_not_the_plans():
    plan = parse_text(
        "青云市绿道方案\n根据《青云市绿道条例》，制定本方案。\n一、加强管理\n严格落实《某某省绿化条例》，健全台账。"
    )
    assert [(c.title, c.scope) for c in plan.cited if c.role == "implements"] == [
        ("青云市绿道条例", "plan"),
        ("某某省绿化条例", "clause"),
    ]
    assert [c.title for c in plan.implements] == ["青云市绿道条例"]


# -- laws --------------------------------------------------------------------------------------------------------------------


@given(st.dates(datetime.date(1949, 10, 1), datetime.date(2100, 12, 31)), st.sampled_from("〇○零"))
def test_a_day_reads_the_same_in_either_numerals(day, zero):
    year = "".join(zero if c == "0" else "一二三四五六七八九"[int(c) - 1] for c in str(day.year))
    assert day_in(f"{year}年{chinese(day.month)}月{chinese(day.day)}日") == day
    assert day_in(f"{day.year}年{day.month}月{day.day}日印发") == day


@given(st.integers(4, 40))
def test_five_year_plans_follow_each_other_without_a_gap(number):
    assert years_of_five_year_plan(number)[0] == years_of_five_year_plan(number - 1)[1] + 1


@given(
    st.lists(
        st.builds(Sign, st.sampled_from(list(Level)), st.floats(0.05, 0.99), st.just("m"), st.just("w")),
        min_size=1,
    )
)
def test_signs_that_agree_make_a_level_surer(signs):
    level, sure, _ = weigh(signs)
    assert level in {s.level for s in signs}
    assert 0 <= sure <= 1
    again, surer, _ = weigh([*signs, Sign(level, 0.5, "m", "w")])
    assert again is level
    assert surer >= sure


PIECES = [
    "青云省",
    "青云市",
    "奉山区",
    "人民政府",
    "关于印发",
    "《绿道方案》",
    "的通知",
    "2025年3月4日",
    "\n",
    "　",
    "一、",
    "第一条",
    "。",
    "根据",
    "（",
    "）",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join).filter(str.strip))
def test_any_text_is_read_and_every_finding_lies_in_it(text):
    plan = parse_text(text)
    assert all(f.span is None or plan.source.span.contains(f.span) for f in plan.findings)
    levels = [level for _, level in places_at_start(text)]
    assert levels == sorted(levels, key=lambda lv: lv.rank)
    assert all(text[c.start] == "《" for c in citations(text, "", []))
