"""Review sheets go out as XLSX and CSV, are filled in, and come back as decisions."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from tied import find

from planlineage import Coverage, DecisionFileError, Decisions, Lineage, Relation, Review
from planlineage.output.review_columns import REVIEW, choices, said, understood
from planlineage.tabular.imported import Defaults

from .conftest import DAY, district_of, on_edge, on_task

Fill = Callable[[dict[str, object]], dict[str, object]]
DEFAULTS = Defaults(reporter="李四", reported_on=DAY)


def write(review: Review, path: Path, lang: str, fill: Fill) -> Path:
    """Write a sheet and fill it in: `fill` gives the cells to put into a row."""
    review.write(path, "zh" if lang == "zh" else "en")
    if path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        names = [REVIEW.of(t) for t in rows[0]]
        for row in rows[1:]:
            for name, value in fill(dict(zip(names, row, strict=True))).items():
                row[names.index(name)] = str(value)
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8-sig")
        return path
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [REVIEW.of(c.value) for c in sheet[3]]
    for cells in sheet.iter_rows(min_row=4):
        held = {n: ("" if c.value is None else c.value) for n, c in zip(names, cells, strict=True)}
        for name, value in fill(held).items():
            cells[names.index(name)].value = value
    book.save(path)
    return path


def test_the_sheet_holds_unsure_edges_and_gaps(known: Lineage) -> None:
    rows = Review(known, 0.8).rows()
    assert [(r["kind"], r.get("confidence")) for r in rows[:3]] == [
        ("edge", 0.25),
        ("edge", 0.62),
        ("edge", 0.75),
    ]
    assert {r["upper_id"] for r in rows[3:]} == {r.upper_id for r in Coverage(known).gaps}
    assert all(r["upper_text"] and r["upper_fingerprint"] for r in rows)
    assert len(Review(known, 0).edges) == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        Review(known, 1.5)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_sheets_go_round(known: Lineage, tmp_path: Path, ending: str, lang: str) -> None:
    """Every decision comes back as it was made, by its Chinese or English name."""
    en = "zh" if lang == "zh" else "en"
    culture = find(known.local, "法治文化公园").id
    gaps = [r.upper_id for r in Coverage(known).gaps]
    note = "=数字不同" if ending == ".csv" else "数字不同"  # typed into a workbook it would be a formula

    def fill(row: dict[str, object]) -> dict[str, object]:
        text = str(row["local_text"])
        if "学时" in text:
            return {
                "decision": said("reject", None, en),
                "note": note,
                "reviewer": "王五",
                "date": "2024年7月1日",
            }
        if "合法性审核" in text:
            return {"decision": said("accept", None, en)}
        if "文化公园" in text:
            return {"decision": said("relabel", Relation.ADAPTED, en)}
        if row["upper_id"] == gaps[0]:
            return {"decision": said("justify", None, en), "note": "本区没有此事项"}
        if len(gaps) > 1 and row["upper_id"] == gaps[1]:
            return {"decision": said("add", Relation.PARTIAL, en), "local_id": culture}
        return {}

    review = Review(known, 0.8)
    path = write(review, tmp_path / f"sheet{ending}", lang, fill)
    report = review.read(path, defaults=DEFAULTS)
    assert report.problems == []
    upper = known.uppers[0]
    expected = [
        on_edge("reject", known, "学时", "学时", note=note, reviewer="王五", date=datetime.date(2024, 7, 1)),
        on_edge("accept", known, "合法性审核", "合法性审核", relation=Relation.PARTIAL),
        on_edge("relabel", known, "法治文化公园", "掌上执法", relation=Relation.ADAPTED),
        on_task("justify", known, upper.statement(gaps[0]).text, note="本区没有此事项"),
    ]
    if len(gaps) > 1:
        words = upper.statement(gaps[1]).text
        expected.append(on_edge("add", known, "法治文化公园", words, relation=Relation.PARTIAL))
    assert report.decisions == Decisions(made=tuple(sorted(expected, key=lambda d: d.order)))
    again = review.read(
        path, report.decisions, defaults=Defaults(reporter="李四", reported_on=datetime.date(2025, 1, 1))
    )
    assert (again.added, again.known) == (0, len(expected))
    assert again.decisions == report.decisions


def test_what_was_decided_does_not_go_out_again(known: Lineage) -> None:
    made = (
        on_edge("reject", known, "学时", "学时"),
        on_edge("accept", known, "合法性审核", "合法性审核", relation=Relation.PARTIAL),
        on_edge("relabel", known, "法治文化公园", "掌上执法", relation=Relation.THEMATIC),
        on_task("justify", known, "掌上执法", note="没有"),
    )
    after = Review(known.reviewed(Decisions(made=made)), 0.8)
    decided = {find(known.local, w).id for w in ("学时", "合法性审核", "法治文化公园")}
    assert not decided & {r.get("local_id") for r in after.rows()}
    assert find(known.uppers[0], "掌上执法").id not in {r["upper_id"] for r in after.rows()}


def test_the_workbook_has_drop_down_lists_and_protects_the_rest(known: Lineage, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(Review(known, 0.8).to_xlsx(tmp_path / "s.xlsx"))
    sheet = book.worksheets[0]
    lists = [v.formula1.strip('"').split(",") for v in sheet.data_validations.dataValidation]
    assert lists == [choices(kind, "zh") for kind in ("edge", "gap", "spare")]
    assert all(len(v.formula1) <= 257 for v in sheet.data_validations.dataValidation)
    assert sheet.protection.sheet
    column = REVIEW.names.index("decision") + 1
    assert not sheet.cell(4, column).protection.locked
    assert sheet.cell(4, REVIEW.names.index("upper_text") + 1).protection.locked
    assert book["planlineage"].sheet_state == "hidden"


def test_every_choice_is_understood() -> None:
    for kind in ("edge", "gap", "spare"):
        for lang in ("zh", "en"):
            for choice in choices(kind, lang):  # type: ignore[arg-type]
                action, relation = understood(choice)
                assert said(action, relation, lang) == choice  # type: ignore[arg-type]
    assert Review.columns == REVIEW.names
    for lang in ("zh", "en"):
        assert all(REVIEW.of(t) == REVIEW.of(n) == n for n, t in REVIEW.titles(lang).items())  # type: ignore[arg-type]


def test_an_edge_may_be_added_in_a_spare_row(known: Lineage, tmp_path: Path) -> None:
    local, upper = find(known.local, "法治文化公园").id, find(known.uppers[0], "指导案例").id
    done: list[int] = []

    def fill(row: dict[str, object]) -> dict[str, object]:
        if row["kind"] == "补充" and not done:
            done.append(1)
            return {"decision": "补充对应：部分落实", "local_id": local, "upper_id": upper}
        return {}

    review = Review(known, 0.8)
    report = review.read(write(review, tmp_path / "s.xlsx", "zh", fill), defaults=DEFAULTS)
    assert [(d.action, d.local_id, d.upper_id) for d in report.decisions.made] == [("add", local, upper)]


BAD: list[tuple[dict[str, object], str, str]] = [
    ({"decision": "maybe"}, "decision", "choose from the list"),
    ({"decision": "relabel"}, "decision", "doesn't say which relation"),
    ({"decision": "relabel:same"}, "decision", "doesn't say which relation"),
    ({"decision": "reject:partial"}, "decision", "takes nothing after a colon"),
    ({"decision": "justify", "note": "x"}, "decision", "this row holds an edge"),
    ({"decision": "reject", "date": "someday"}, "date", "is not a day"),
    ({"decision": "reject", "local_id": "9.9-zzzzz"}, "local_id", "no statement"),
    ({"decision": "reject", "local_id": ""}, "local_id", "needs the id"),
    ({"decision": "reject", "upper_id": ""}, "upper_id", "no statement"),
    ({"decision": "reject", "upper_plan": "province"}, "upper_plan", "not among those given"),
    ({"decision": "reject", "local_fingerprint": "#0000"}, "local_fingerprint", "words have changed"),
]


@pytest.mark.parametrize(("cells", "column", "told"), BAD)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_each_bad_row_is_named_by_its_cell(
    known: Lineage, tmp_path: Path, cells: dict[str, object], column: str, told: str, ending: str
) -> None:
    def fill(row: dict[str, object]) -> dict[str, object]:
        if "学时" in str(row["local_text"]):
            return cells
        return {"decision": "accept"} if "合法性审核" in str(row["local_text"]) else {}

    review = Review(known, 0.8)
    earlier = Decisions(made=(on_edge("reject", known, "一网通办", "一网通办"),))
    path = write(review, tmp_path / f"s{ending}", "en", fill)
    refused = review.read(path, earlier, defaults=DEFAULTS)
    (problem,) = refused.problems
    number = 5 if ending == ".xlsx" else 3
    assert (problem.row, problem.cell) == (number, f"{chr(ord('A') + REVIEW.names.index(column))}{number}")
    assert (problem.column, told in str(problem.problem)) == (column, True)
    assert refused.refused
    assert refused.decisions == earlier
    skipped = review.read(path, earlier, bad_rows="skip", defaults=DEFAULTS)
    assert (skipped.added, skipped.bad) == (1, 1)
    assert len(skipped.decisions.made) == 2


def test_a_gap_needs_its_reason_and_an_accepted_edge_its_proposal(known: Lineage, tmp_path: Path) -> None:
    review = Review(known, 0.8)
    for cells, column in (({"decision": "justify"}, "note"), ({"decision": "accept"}, "local_id")):
        path = write(review, tmp_path / "s.csv", "en", lambda r, c=cells: c if r["kind"] == "gap" else {})  # type: ignore[misc]
        assert {p.column for p in review.read(path).problems} == {column}


def test_two_rows_that_decide_differently_are_a_problem(known: Lineage, tmp_path: Path) -> None:
    path = Review(known, 0.8).to_csv(tmp_path / "s.csv")
    head, first, *_ = path.read_text(encoding="utf-8-sig").splitlines()
    at = REVIEW.names.index("decision")
    rows = [list(next(csv.reader([first]))) for _ in range(2)]
    rows[0][at], rows[1][at] = "reject", "accept"
    path.write_text("\n".join([head, *(",".join(f'"{c}"' for c in r) for r in rows)]), encoding="utf-8")
    (problem,) = Review(known, 0.8).read(path).problems
    assert "row 2 decides otherwise" in str(problem.problem)


def test_a_sheet_of_another_plan_or_of_older_words_is_not_taken(known: Lineage, tmp_path: Path) -> None:
    path = write(Review(known, 0.8), tmp_path / "s.xlsx", "zh", lambda r: {"decision": "否定"} if r["local_id"] else {})
    other = Lineage(known.local.model_copy(update={"id": "other"}), known.uppers, [])
    with pytest.raises(DecisionFileError, match="made for the plan 'weibin'"):
        Review(other).read(path)
    changed = Lineage(district_of("卫滨区方案\n\n一、总则\n（一）另有安排。推行其他事项。"), known.uppers, [])
    report = Review(changed).read(path)
    assert report.refused
    assert len(report.problems) == 3


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("none.csv", None, "no such file"),
        ("empty.csv", b" ", "is empty"),
        ("other.csv", b"a,b\n1,2\n", "has no row of titles with"),
        ("zip.xlsx", b"PK\x03\x04rest", "can't be read as a workbook"),
        ("bin.csv", b"\xff\x00\xff\x00", "neither a workbook nor text"),
        ("twice.csv", b"Decision,Decision,Note\nreject,reject,x\n", "two columns"),
    ],
)
def test_files_that_are_no_sheets(known: Lineage, tmp_path: Path, name: str, data: bytes | None, told: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DecisionFileError, match=told):
        Review(known).read(path)


def test_formulas_that_were_not_computed_are_problems(known: Lineage, tmp_path: Path) -> None:
    path = write(Review(known, 0.8), tmp_path / "s.xlsx", "zh", lambda r: {"decision": "=A1"} if r["local_id"] else {})
    assert {str(p.problem) for p in Review(known).read(path).problems} == {
        "a formula that was not computed; save the file in Excel"
    }
