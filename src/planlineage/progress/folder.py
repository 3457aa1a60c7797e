"""The workbooks that units sent back, read together: late, double and contradicting answers are told before anything is taken."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..model.errors import PlanLineageError
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import Lang, Reason, words
from ..tabular.imported import BadRows, Defaults, ImportReport
from .errors import LedgerFileError
from .events import Event
from .importing import read_ledger
from .store import Progress

AnswerKind = Literal["contradicting", "double", "late", "unreadable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to be looked at: two files that say different things of one task or the same twice, one that came late, or a
    file that can't be read."""

    kind: AnswerKind = column(words="answer")
    file: str
    row: str = ""
    task: str = ""
    said: str = ""
    other: str = ""
    problem: Reason | None = None


class FolderImport(Report[Answer]):
    """What became of a folder: one `ImportReport` for each file in `files`, and the answers to be looked at as records.

    `refused` says that nothing was taken, because of contradicting answers or bad cells, or because only a look was asked for.
    """

    kind = "answers"

    def __init__(self, folder: Path, lang: Lang = "zh") -> None:
        self.folder, self.lang = folder, lang
        self.files: list[ImportReport] = []
        self.answers: list[Answer] = []
        self.added = self.known = 0
        self.refused = False

    @property
    def records(self) -> Sequence[Answer]:
        """The answers to be looked at, contradicting ones first."""
        return self.answers

    @property
    def heading(self) -> str:
        """The result in one line."""
        key = "answers.refused" if self.refused else "answers.taken"
        values = {"name": self.folder.name, "files": len(self.files), "added": self.added, "known": self.known}
        return words(key, self.lang, **values)

    def having(self, kind: AnswerKind) -> list[Answer]:
        """The answers of a kind."""
        return [answer for answer in self.answers if answer.kind == kind]


def import_folder(
    progress: Progress,
    folder: str | Path,
    plan: Plan,
    *,
    bad_rows: BadRows = "refuse",
    defaults: Defaults | None = None,
    answer_by: datetime.date | None = None,
    look: bool = False,
    lang: Lang = "zh",
) -> FolderImport:
    """Take all workbooks and CSV files of a folder into the store, in one step.

    Contradicting answers and bad cells refuse all; with `bad_rows="skip"` the other rows are taken, and of what contradicts
    nothing is. An answer after `answer_by` is late; it is taken. With `look` nothing is taken.

    Raises `LedgerFileError` where the folder holds no file.
    """
    found = FolderImport(Path(folder), lang)
    paths = sorted(p for p in found.folder.iterdir() if p.suffix.lower() in (".xlsx", ".csv") and p.name[:2] != "~$")
    if not paths:
        raise LedgerFileError("no sheets in folder", where=str(folder), hint="check path")
    events: list[Event] = []
    for path in paths:
        try:
            report, read = read_ledger(path, plan, defaults=defaults, lang=lang)
        except PlanLineageError as error:
            found.answers.append(Answer(kind="unreadable", file=path.name, problem=error.reason))
            continue
        found.files.append(report)
        events += read
    contradicting = _compare(events, found)
    found.answers += [_answer("late", e, lang) for e in events if answer_by is not None and e.reported_on > answer_by]
    bad = bool(contradicting) or any(r.problems for r in found.files) or bool(found.having("unreadable"))
    found.refused = look or (bad and bad_rows == "refuse")
    if not found.refused:
        taken = progress.append([e for e in events if _place(e) not in contradicting], [plan])
        found.added, found.known = taken.new, taken.known
    return found


def _compare(events: Sequence[Event], found: FolderImport) -> set[tuple[Any, ...]]:
    """Note what several files say of one thing; gives the places of which they say different things."""
    by_place: dict[tuple[Any, ...], list[Event]] = {}
    for event in events:
        by_place.setdefault(_place(event), []).append(event)
    contradicting = set()
    for place, several in by_place.items():
        first, *others = several
        for other in (e for e in others if e.source != first.source):
            same = _says(first) == _says(other)
            found.answers.append(_answer("double" if same else "contradicting", other, found.lang, first))
            if not same:
                contradicting.add(place)
    found.answers.sort(key=lambda answer: answer.kind != "contradicting")
    return contradicting


def _answer(kind: AnswerKind, event: Event, lang: Lang, other: Event | None = None) -> Answer:
    before = f"{other.source} {other.source_row}: {' '.join(other.said(lang))}" if other else ""
    said = " ".join([*event.said(lang), event.reported_on.isoformat()] if kind == "late" else event.said(lang))
    return Answer(kind=kind, file=event.source, row=event.source_row, task=event.task, said=said, other=before)


def _place(event: Event) -> tuple[Any, ...]:
    return event.task, event.duty, event.occurrence, event.measure


def _says(event: Event) -> tuple[Any, ...]:
    return event.status, event.percent, event.times, event.value, event.closed_on, event.approver
