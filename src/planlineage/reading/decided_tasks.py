"""A plan with people's decisions about its tasks in it: tasks split, units and dates as decided.

Nothing of the text changes: spans still tile it, and what notes say of other tasks stays as it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..model.base import Provenance, Span
from ..model.commitments import Commitment, Deadline, Recurrence, Responsibility
from ..model.deciding import APPLIED, BROKEN, State, contested, decided_on
from ..model.parts import Statement
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.task_decision import TaskDecision, TaskDecisions
from ..model.wording import Reason, because, words
from .cleaning import CleanText
from .commitments import Context, cell_note, is_note
from .commitments.cells import cell_times
from .names import Names, code_of, fingerprint

_MAY_YET_STAND: tuple[State, ...] = ("suspect", "unknown", "elsewhere")
"""A split makes the parts that these may be about."""

UNNAMED = "unnamed reviewer"
METHOD = "decided by a person"


@dataclass(frozen=True, slots=True)
class CheckedTask:
    """A decision about a task, how it stands (`holds`, `moved`; else it is not applied), and why."""

    state: State
    action: str = column(words="task action")
    id: str = column()
    text: str = column()
    reviewer: str = column()
    reason: tuple[Reason, ...] = column()
    decision: TaskDecision = column(hidden=True)


class DecidedPlan(Report[CheckedTask]):
    """A plan as decided: `plan`, and how each decision stands. The plan that was given stays as it is.

    >>> from planlineage import parse_text
    >>> plan = parse_text("一、任务\\n（一）公示。建立平台。（区司法局负责）", id="x")
    >>> decision = TaskDecision(action="assign", plan="x", id=plan.tasks[0].id, lead=("区财政局",))
    >>> from planlineage.reading.commitments import assigned
    >>> assigned(DecidedPlan(plan, TaskDecisions((decision,))).plan)[plan.tasks[0].id].lead
    ('区财政局',)
    """

    def __init__(self, plan: Plan, decisions: TaskDecisions) -> None:
        self.given, self.decisions = plan, decisions

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("decided.heading", self.lang, plan=self.given.name, count=len(self), broken=len(self.broken))

    @property
    def broken(self) -> list[CheckedTask]:
        """Those that a person has to look at; none of them is applied."""
        return [one for one in self.records if one.state in BROKEN]

    @property
    def plan(self) -> Plan:
        """The plan with the decisions that hold."""
        return self._decided[0]

    @property
    def records(self) -> Sequence[CheckedTask]:
        """One record for each decision, in the order of the file."""
        return self._decided[1]

    @cached_property
    def _decided(self) -> tuple[Plan, list[CheckedTask]]:
        plan = self.given
        done: dict[TaskDecision, CheckedTask] = {}
        for action in ("split", "assign"):  # what is decided about a part needs the part
            waiting = [d for d in self.decisions.made if d.action == action]
            while waiting:
                checked = _standing(plan, waiting)
                for one in checked:
                    done[one.decision] = one
                    if one.state in APPLIED:
                        plan, why = _applied(plan, one)
                        done[one.decision] = replace(one, state="suspect", reason=(why,)) if why else one
                applied = any(one.state in APPLIED for one in checked)
                waiting = [one.decision for one in checked if applied and one.state in _MAY_YET_STAND]
        return plan, [done[decision] for decision in self.decisions.made]


def _standing(plan: Plan, decisions: Sequence[TaskDecision]) -> list[CheckedTask]:
    """How decisions of one action stand against a plan."""
    found: list[CheckedTask] = []
    slots: dict[tuple[str, str], list[int]] = {}
    for place, made in enumerate(decisions):
        statement, state, why = decided_on(plan, made.id, made.fingerprint, made.text)
        if state == "unknown" and made.plan != plan.id:
            state, why = "elsewhere", (because("elsewhere", a=made.plan),)
        at = statement.id if statement else made.id
        text = statement.text if statement else made.text
        found.append(CheckedTask(state, made.action, at, text, made.reviewer, why, made))
        slots.setdefault((made.action, at), []).append(place)
    for places in slots.values():
        for which, lost in contested([decisions[i] for i in places]):
            place = places[which]
            if found[place].state in APPLIED or lost == "superseded":
                found[place] = replace(found[place], state=lost, reason=(because(lost),))
    return found


def _applied(plan: Plan, one: CheckedTask) -> tuple[Plan, Reason | None]:
    """The plan with one decision in it; the plan as it was, and why, where the decision can't be carried out."""
    made, statement = one.decision, plan.statement(one.id)
    new = _parts(plan, statement, made.parts) if made.parts else [_assigned(plan, statement, made)]
    if not new:
        return plan, because("parts are not its words")
    statements = [x for s in plan.statements for x in (new if s.id == statement.id else [s])]
    fields = {name: getattr(plan, name) for name in Plan.model_fields}  # not what the plan has worked out of them
    return Plan(**{**fields, "statements": tuple(statements)}), None


# -- units and dates ---------------------------------------------------------------------------------------------------


def times_said(plan: Plan, words: str) -> list[Deadline | Recurrence] | None:
    """The dates and rhythms that words in a cell of dates say; empty for 长期坚持, None where they say nothing of the kind."""
    found = cell_times(words, _context(plan))
    note = cell_note(words, "when")
    return found or ([] if note is not None and note.pace else None)


def _assigned(plan: Plan, statement: Statement, made: TaskDecision) -> Statement:
    who = Provenance(method=METHOD, reviewer=made.reviewer.strip() or UNNAMED)
    at = statement.span
    kept = [c for c in statement.commitments if not _replaced(c, made)]
    new: list[Commitment] = []
    if made.assigns_units:
        lead, responsible, support, guide = (names or () for names in made.units)
        new.append(
            Responsibility(
                span=at,
                surface="、".join((*lead, *responsible, *support, *guide)),
                provenance=who,
                lead=lead,
                support=(*responsible, *support),
                responsible=responsible,
                guide=guide,
                decides="units",
            )
        )
    if made.due is not None:
        notes = [cell_note(words, "when") for words in made.due]
        pace = next((note.pace for note in notes if note is not None and note.pace), None)
        new.append(
            Responsibility(span=at, surface="；".join(made.due), provenance=who, pace=pace, decides="dates", mode="")
        )
        for words in made.due:
            times = times_said(plan, words) or ()
            new += [t.model_copy(update={"span": at, "surface": words, "provenance": who}) for t in times]
    return statement.model_copy(update={"commitments": (*kept, *new)})


def _replaced(commitment: Commitment, made: TaskDecision) -> bool:
    """Whether a decision takes the place of what was read, or decided, before."""
    if isinstance(commitment, Responsibility) and commitment.decides is not None:
        return made.assigns_units if commitment.decides == "units" else made.due is not None
    return made.due is not None and isinstance(commitment, Deadline | Recurrence)


def _context(plan: Plan) -> Context:
    year = plan.period.begins.year if plan.period and plan.period.begins.year == plan.period.ends.year else None
    return Context(
        plan.level, plan.place or None, plan.issued, year=year, ends=plan.period.ends if plan.period else None
    )


# -- splits ------------------------------------------------------------------------------------------------------------


def pieces(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Where parts stand in a text, one behind the other; empty where they are not all its words in their order.

    Blanks, the marks between two parts and a note of who is responsible behind the last don't count.

    >>> pieces("建立台账，开展督查。", ["建立台账", "开展督查。"]), pieces("建立台账，开展督查。", ["建立台账", "督查"])
    ([(0, 5), (5, 10)], [])
    """
    starts: list[int] = []
    at = 0
    for part in parts:
        words = part.strip().rstrip(_MARKS)
        start = text.find(words, at)
        if not words or start < 0 or text[at:start].strip(f"{_MARKS} 　\n"):
            return []
        starts.append(start)
        at = start + len(words)
    rest = text[at:].strip(f"{_MARKS} 　\n")
    if rest and not is_note(rest):
        return []
    ends = [*starts[1:], len(text)]
    return list(zip([0, *starts[1:]], ends, strict=True))


_MARKS = "，。；、：,;"


def _parts(plan: Plan, statement: Statement, parts: Sequence[str]) -> list[Statement]:
    """A statement as several; empty where the parts are not its words, or the page can't be cut there."""
    source = plan.source
    edits = tuple(e for e in plan.edits if statement.span.contains(e.span))
    clean = CleanText(source.text, statement.span.start, statement.span.end, edits, offset=source.start)
    begin = clean.text.find(statement.text)
    found = pieces(statement.text, parts)
    if not found or begin < 0:
        return []
    cuts = [clean.range_in_source(begin + start, begin + end)[0] for start, end in found[1:]]
    spans = [
        Span(start=start, end=end)
        for start, end in zip([statement.span.start, *cuts], [*cuts, statement.span.end], strict=True)
    ]
    names = Names(s.id for s in plan.statements)
    made = []
    for place, ((start, end), span) in enumerate(zip(found, spans, strict=True)):
        text = statement.text[start:end]
        digest = fingerprint(text)
        last = place == len(found) - 1
        made.append(
            statement.model_copy(
                update={
                    "id": names.claim(f"{statement.id.rpartition('-')[0]}-{code_of(digest)}"),
                    "span": span,
                    "text": text,
                    "fingerprint": digest,
                    "provenance": Provenance(method=METHOD),
                    "commitments": tuple(
                        c
                        for c in statement.commitments
                        if span.start <= c.span.start < span.end or (last and c.span.start >= span.end)
                    ),
                }
            )
        )
    return made
