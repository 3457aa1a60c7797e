"""Verdicts on the scales of research on pledges, and the verdicts that people give."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from ..comparing.following.decide import Verdict
from ..model.errors import DecisionFileError
from ..model.wording import LANGS, Term, line_of, words
from ..tabular.cells import CellError, count_of, text_of
from ..tabular.columns import Columns
from ..tabular.sheets import Layout, read_sheet

Pledge = Literal["kept", "partly", "broken", "not_yet_rated"]
"""The scale of pledge research: fulfilled, in part, not, and what nothing can be said of."""

_NEARLY, _HALF = Fraction(9, 10), Fraction(1, 2)
_PLEDGES: dict[Verdict, Pledge] = {
    "met": "kept",
    "reported_done": "kept",
    "close": "partly",
    "missed": "broken",
    "not_reported": "not_yet_rated",
}


def pledge(verdict: Verdict, *, task: bool) -> Pledge:
    """A verdict as kept, partly, broken or not yet rated.

    A task that is under way is kept in part; a target that is spoken of without a number to compare is not rated, and
    silence never means broken.

    >>> pledge("missed", task=False), pledge("reported", task=True), pledge("not_reported", task=True)
    ('broken', 'partly', 'not_yet_rated')
    """
    return _PLEDGES.get(verdict, "partly" if task else "not_yet_rated")


def completion(verdict: Verdict, *, task: bool, share: Fraction | None) -> int | None:
    """A verdict in five points: 5 all, 4 nine tenths or close, 3 half or under way, 2 less, 1 nothing; None for not rated.

    `share` is the share of the promised number that was reached, where there is one.

    >>> completion("met", task=False, share=Fraction(11, 10)), completion("missed", task=False, share=Fraction(2, 5))
    (5, 2)
    """
    if verdict in ("met", "reported_done"):
        return 5
    if verdict == "close":
        return 4
    if verdict == "reported" and task:
        return 3
    if verdict != "missed" or share is None:
        return None
    return 4 if share >= _NEARLY else 3 if share >= _HALF else 2 if share > 0 else 1


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """What a person says of one promise; it stands beside what the machine says."""

    verdict: Verdict
    reviewer: str = ""
    note: str = ""


Place = tuple[str, str, str, str, int, int]
"""Which promise is meant: the plan, the report, its kind, the task's id, and where it begins and ends."""

SHEET = Columns(
    "follow_up",
    (
        "kind",
        "promise",
        "verdict",
        "confidence",
        "actual",
        "difference",
        "timing",
        "evidence",
        "person",
        "reviewer",
        "note",
        "plan",
        "report",
        "task_id",
        "start",
        "end",
    ),
)
"""The columns of the sheet on which a person gives verdicts, in order."""

_START = "new verdict sheet"


def read_verdicts(path: str | Path) -> dict[Place, PersonVerdict]:
    """The verdicts that a person filled in, on the sheet or in a CSV of `FollowUp`; words of either language or keys.

    Raises `DecisionFileError` where the file can't be read or a cell names no verdict.
    """
    named = {n: v for v in get_args(Verdict) for n in (v, *(words(f"verdict.{v}", lang) for lang in LANGS))}
    kinds = {n: k for k in ("target", "task") for n in (k, *(words(f"promise.{k}", lang) for lang in LANGS))}
    found: dict[Place, PersonVerdict] = {}
    for number, cells in read_sheet(path, Layout(SHEET, "person", _START, DecisionFileError)).rows:
        told = {name: text_of(cell) for name, cell in cells.items()}
        if not told.get("person"):
            continue
        if told["person"] not in named:
            choices = tuple(Term(f"verdict.{v}") for v in get_args(Verdict))
            where = line_of(path, number)
            raise DecisionFileError("no verdict", where=where, hint="choices", given=told["person"], choices=choices)
        try:
            start, end = (count_of(cells.get(side)) or 0 for side in ("start", "end"))
        except CellError as error:
            raise DecisionFileError("whole", where=line_of(path, number), said=error.reason) from None
        kind = kinds.get(told.get("kind", ""), "")
        place = (told.get("plan", ""), told.get("report", ""), kind, told.get("task_id", ""), start, end)
        found[place] = PersonVerdict(named[told["person"]], told.get("reviewer", ""), told.get("note", ""))
    return found
