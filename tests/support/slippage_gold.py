"""Score a slippage table against the hand-made list of changes: dates (A), numbers (B), strength (C).

A gold row answers to the table's rows whose statements overlap its two spans. A date or number row is right where one of
them has the right change, values and comparability. A strength row is found where one of them is a change of strength; its
direction is right where the change has the gold's name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planlineage.analysis.slippage import Slippage
from planlineage.comparing.answer import Answer

CHANGED = ("weakened", "strengthened", "mixed")
_SPAN = re.compile(r"\w+:(\d+)–(\d+)")
_VALUE = re.compile(r"(?:latest|alt)=\d{4}-\d{2}-\d{2}|[<>~=]+ ?\d+(?: ?学时| ?%)?|[<>]=P\w+|count>=\d+|= 1\b")


@dataclass(frozen=True)
class Score:
    """Which rows came out right and which did not; the strength rows by recall and precision."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    named_right: tuple[str, ...]
    whole_found: tuple[str, ...]
    whole_missed: tuple[str, ...]
    hits: int
    spurious: tuple[Answer, ...]

    @property
    def recall(self) -> float:
        """Share of the strength rows on verbatim and adapted edges that were found."""
        return len(self.whole_found) / max(1, len(self.whole_found) + len(self.whole_missed))

    @property
    def recall_of_all(self) -> float:
        """Share of all strength rows that were found, whatever their edge."""
        return len(self.found) / max(1, len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """Share of the changes of strength reported on verbatim and adapted edges that the list has."""
        return self.hits / max(1, self.hits + len(self.spurious))


def gold_rows(path: Path) -> list[dict[str, str]]:
    """The rows of the list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def score(
    report: Slippage, gold: Sequence[Mapping[str, str]], whole_pairs: set[tuple[str, str]] | None = None
) -> Score:
    """Hold a table against the list. `whole_pairs` are the gold's own verbatim and adapted pairs of statement ids; without
    them the report's own edges say which strength rows count for `recall`."""
    rows = report.records
    answers = {g["id"]: [r for r in rows if _answers(r, g)] for g in gold}
    dates = [g for g in gold if g["id"][0] in "AB"]
    right = tuple(g["id"] for g in dates if is_right(g, answers[g["id"]]))
    strengths = [g for g in gold if g["id"][0] == "C"]
    changed = {g["id"]: [r for r in answers[g["id"]] if _is_strength_change(r)] for g in strengths}
    whole = [g["id"] for g in strengths if any(_on_whole(r, whole_pairs) for r in answers[g["id"]])]
    counted = [r for r in rows if _is_claim(r)]
    hits = [r for r in counted if any(_answers(r, g) for g in strengths)]
    found = tuple(i for i, r in changed.items() if r)
    return Score(
        right,
        tuple(g["id"] for g in dates if g["id"] not in right),
        found,
        tuple(i for i in changed if i not in found),
        tuple(g["id"] for g in strengths if any(_names(r, g) for r in changed[g["id"]])),
        tuple(i for i in whole if i in found),
        tuple(i for i in whole if i not in found),
        len(hits),
        tuple(r for r in counted if not any(r is h for h in hits)),
    )


def _is_strength_change(row: Answer) -> bool:
    return row.aspect == "strength" and row.change != "kept"


def _is_claim(row: Answer) -> bool:
    """A change of strength that the table claims on an edge that carries the whole upper statement."""
    return row.aspect == "strength" and row.change in CHANGED and row.relation in ("verbatim", "adapted")


def _on_whole(row: Answer, pairs: set[tuple[str, str]] | None) -> bool:
    if row.aspect != "strength":
        return False
    if pairs is None:
        return bool(row.relation in ("verbatim", "adapted"))
    return (row.local_id, row.upper_id) in pairs


def _names(row: Answer, gold: Mapping[str, str]) -> bool:
    expected = gold["change"].split(maxsplit=1)[0]
    return row.change == ("not_comparable" if expected == "changed" else expected)


def _answers(row: Answer, gold: Mapping[str, str]) -> bool:
    upper, local = _span(gold["central_span"]), _span(gold["local_span"])
    return _overlaps(row, "upper", upper) and _overlaps(row, "local", local)


def _span(text: str) -> tuple[int, int] | None:
    match = _SPAN.match(text)
    return (int(match[1]), int(match[2])) if match else None


def _overlaps(row: Answer, side: str, span: tuple[int, int] | None) -> bool:
    if span is None:
        return side == "upper" or not row.local_id
    stated = row.above if side == "upper" else row.below
    if side == "upper" and row.comparable == "no" and row.change == "added":
        return True  # nothing above asks for it: whatever is named there is only the nearest
    if stated is None:
        return False
    own = stated.statement.span
    return own.start < span[1] and span[0] < own.end


def is_right(gold: Mapping[str, str], rows: Sequence[Answer]) -> bool:
    """Whether the rows say what the gold row says: every value it names, its change, and whether it can be compared."""
    rows = [r for r in rows if r.aspect in ("deadline", "target", "recurrence")]
    comparable = re.split(r"[ (;]", gold["comparable"])[0]
    wanted = _changes(gold["change"])
    for change in wanted:
        if not any(r.change in change for r in rows):
            return False
    relevant = [r for r in rows if any(r.change in change for change in wanted)]
    if not any(r.comparable == comparable for r in relevant):
        return False
    local = " ".join(f"{r.local_value}" for r in relevant)
    return all(v in local.replace(" ", "") for v in _values(gold["local_value"]))


def _values(text: str) -> list[str]:
    return [v.replace(" ", "") for v in _VALUE.findall(text.split("(also", maxsplit=1)[0])]


def _changes(text: str) -> list[tuple[str, ...]]:
    """The changes that a gold row asks for, each with the names under which the table may give it."""
    if "looks moved" in text:
        return [("not_comparable",)]
    if "reworded" in text:
        return [("later",)]
    found: list[tuple[str, ...]] = []
    if "kept" in text:
        found.append(("kept",))
    if re.search(r"(?:date|dates|number|numbers|durations?) added", text):
        found.append(("added",))
    if re.search(r"dropped", text) and ("task and date" in text or "2035" in text):
        found.append(("dropped",))
    if re.search(r"number \d+ → \d+", text):
        found.append(("lowered", "raised"))
    return found


def table(found: Score) -> str:
    """The figures as the table that stands in docs/slippage.md."""
    dates = len(found.right) + len(found.wrong)
    rows = [
        ("dates and numbers right", f"{len(found.right)} of {dates}"),
        ("strength, recall on verbatim and adapted edges", f"{found.recall:.2f}"),
        ("strength, recall over all rows", f"{found.recall_of_all:.2f}"),
        ("strength, precision on verbatim and adapted edges", f"{found.precision:.2f}"),
        ("strength, right direction of those found", f"{len(found.named_right)} of {len(found.found)}"),
    ]
    return "\n".join(["| figure | value |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])


def main() -> None:
    """Print the table, and what was missed: `PYTHONPATH=tests/support python -m slippage_gold`."""
    from real import FOLDER

    import planlineage as pl

    found = score(pl.slippage("shanting_2021", "central_2021"), gold_rows(FOLDER / "gold" / "shanting_slippage.tsv"))
    print(table(found))
    print("wrong dates and numbers:", "、".join(found.wrong) or "none")
    print("strength rows missed:", "、".join(found.missed) or "none")
    for row in found.spurious:
        print("not in the list:", row.local_id, row.upper_id, row.change, row.reasons)


if __name__ == "__main__":
    main()
