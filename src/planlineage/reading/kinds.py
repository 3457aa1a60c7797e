"""What kind of statement each stretch of a plan is.

What the outline, a table or a note of responsibility settles stays settled. All else is decided by a model that was learnt
from labelled documents (`kinds_model.json`, made by `tools/train_kinds.py`): each feature of a statement speaks for some kinds
and against others, so does the kind of the statement before it, and the most likely run of kinds over the whole document is
weighed (a conditional random field; Lafferty, McCallum and Pereira 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from operator import mul
from struct import unpack

from ..model.base import Provenance
from ..model.data import data
from ..model.parts import StatementKind
from .commitments import is_note
from .drafts import Draft, Ruling
from .kind_features import Seen, heading_names, pieces, seen

LEAST = 0.5
"""A kind that is less likely than this is not given: the statement is `unread`."""

FEW, ASKED_FOR = 12, 3.0
"""A text of so few statements is an excerpt, given for what it asks: a task is so many times likelier there than elsewhere."""

STANDING = 0.02
"""How much less likely all but background and outcome are in a part that says how things stand (现状, 形势, 存在问题)."""

NOTED = 0.05
"""How much less likely all but task and goal are right before a note that says who is responsible: of 21 such, none was else."""

_BITS = 32
_HALF = 1 << (_BITS - 1)
_LONGEST_ODDS = 1500  # steps; all longer odds count as these
_NOTE_OPENS = frozenset("（(【[")
_NOTE_LABEL = 8  # characters in which the label of a note of responsibility has its colon

Row = Sequence[float]


def _says(kind: StatementKind, rule: str) -> Ruling:
    return Ruling(kind, Provenance(method=f"kind: {rule}", confidence=0.97))


_HEADING = _says("heading", "heading of the outline")
_TERM = _says("background", "explanation of a term")
_NOTE = _says("procedure", "note of responsibility")
_FRAME = _says("noise", "frame of the page")


def rule_on(text: str, drafts: Sequence[Draft]) -> list[Ruling]:
    """The kinds of all statements of a document, in their order; `text` is its clean text."""
    known = [settled(text, draft) for draft in drafts]
    looked_at = seen(text, drafts, [ruling is not None for ruling in known])
    noted = [later is _NOTE for later in [*known, None][1:]]
    unsure = [(s, note) for s, note in zip(looked_at, noted, strict=True) if s is not None]
    found = iter(_decide([statement for statement, _ in unsure], [note for _, note in unsure]))
    return [ruling or next(found) for ruling in known]


def settled(text: str, draft: Draft) -> Ruling | None:
    """The kind of a statement where it follows from the layout; None where its words must tell."""
    if draft.ruling is not None:
        return draft.ruling
    if draft.place.role in ("heading", "title"):
        return _HEADING
    if draft.place.section == "terms":
        return _TERM
    if (
        draft.place.role == "frame" and text[draft.end - 1] not in "：:"
    ):  # a line that ends in a colon greets or addresses
        return _FRAME
    opens = text[draft.start] in _NOTE_OPENS or text.find("：", draft.start, draft.start + _NOTE_LABEL) > 0
    return _NOTE if opens and draft.place.role == "text" and is_note(text[draft.start : draft.end]) else None


def _decide(statements: Sequence[Seen], noted: Sequence[bool]) -> Iterator[Ruling]:
    """The kinds of statements; `noted` are those with a note behind them that says who is responsible."""
    model = _model()
    background, outcome = model.kinds.index("background"), model.kinds.index("outcome")
    asked = [ASKED_FOR if kind == "task" and len(statements) <= FEW else 1.0 for kind in model.kinds]
    standing = [1.0 if kind in ("background", "outcome") else STANDING for kind in model.kinds]
    given_out = [
        odds * (1.0 if kind in ("task", "goal") else NOTED) for kind, odds in zip(model.kinds, asked, strict=True)
    ]
    odds = [
        list(map(mul, model.score(statement), standing if statement.standing else given_out if note else asked))
        for statement, note in zip(statements, noted, strict=True)
    ]
    boundaries = [statement.boundary for statement in statements]
    for statement, likely in zip(statements, marginals(odds, boundaries, model.come, model.stay), strict=True):
        if statement.standing and max(likely) < LEAST:  # how things stand, be it reached or only so
            likely[background] += likely[outcome]
        most = max(likely)
        yield _ruling(model.kinds[likely.index(most)], round(min(most, 0.99), 2))


@lru_cache(maxsize=1024)
def _ruling(kind: StatementKind, confidence: float) -> Ruling:
    provenance = Provenance(method=f"kind: learnt from labelled documents: {kind}", confidence=confidence)
    return Ruling(kind if confidence >= LEAST else "unread", provenance)


def marginals(
    odds: Sequence[Row], boundaries: Sequence[int], come: Sequence[Row], stay: Sequence[Row]
) -> list[list[float]]:
    """How likely each kind is at each place of a chain, by the forward-backward algorithm.

    `odds` are the odds of each kind by the statement alone. Over boundary b, `come[b][k]` is the factor for kind k; where the
    kind before is k too, `stay[b][k]` of that is added to it.

    >>> [[round(p, 2) for p in place] for place in marginals([(3.0, 1.0), (1.0, 1.0)], [0, 0], [(1.0, 1.0)], [(1.0, 1.0)])]
    [[0.75, 0.25], [0.58, 0.42]]
    """
    own: list[Sequence[float]] = []
    forward: list[list[float]] = []
    for alone, boundary in zip(odds, boundaries, strict=True):
        row = list(map(mul, alone, come[boundary])) if forward else list(alone)
        reached = row
        if forward:
            reached = [x + x * s * a for x, s, a in zip(row, stay[boundary], forward[-1], strict=True)]
        own.append(row)
        total = sum(reached)
        forward.append([x / total for x in reached])
    found: list[list[float]] = []
    ahead: Sequence[float] = [1.0] * len(forward[-1]) if forward else ()
    for at in range(len(forward) - 1, -1, -1):
        joint = list(map(mul, forward[at], ahead))
        total = sum(joint)
        found.append([x / total for x in joint])
        weighed = list(map(mul, own[at], ahead))
        other = sum(weighed) / total
        ahead = [other + s * x / total for s, x in zip(stay[boundaries[at]], weighed, strict=True)]
    return found[::-1]


@dataclass(frozen=True)
class _Model:
    """The learnt weights.

    The weights of a feature, whole steps of log odds, one a kind, stand side by side in one integer, 32 bits each: so one
    addition adds up all of them. `odds` turns steps below the best kind into odds against it.
    """

    kinds: tuple[StatementKind, ...]
    weights: dict[str, int]
    known: frozenset[str]
    odds: list[float]
    come: list[Row]
    stay: list[Row]

    def score(self, statement: Seen) -> Row:
        """How much all that is seen of a statement speaks for each kind: odds against the best."""
        weights, odds = self.weights, self.odds
        total = sum([weights[name] for name in self.known.intersection(pieces(statement.words))])
        total += sum([weights[flag] for flag in statement.flags if flag in weights])
        total += sum([_heading_weight(way, heading) for way, heading in statement.headings])
        steps = apart(total, len(self.kinds))
        best = max(steps)
        return [odds[min(best - step, _LONGEST_ODDS)] for step in steps]


def side_by_side(steps: Iterable[int]) -> int:
    """Small numbers as one; a sum of such holds the sums of each.

    >>> apart(side_by_side([3, -2]) + side_by_side([-5, 1]), 2)
    (-2, -1)
    """
    return sum(step << (_BITS * at) for at, step in enumerate(steps))


def apart(together: int, count: int) -> tuple[int, ...]:
    """The numbers that stand side by side in one."""
    lanes = (together + _lane_starts(count)).to_bytes(_BITS // 8 * count, "little")
    return tuple([lane - _HALF for lane in unpack(f"<{count}I", lanes)])


@cache
def _lane_starts(count: int) -> int:
    return side_by_side([_HALF] * count)


@cache
def _model() -> _Model:
    stored = data(__name__.rpartition(".")[0], "kinds_model")
    unit = stored["unit"]
    weights = {name: side_by_side(steps) for name, steps in stored["features"].items()}
    return _Model(
        kinds=tuple(stored["kinds"]),
        weights=weights,
        known=frozenset(weights),
        odds=[exp(-unit * step) for step in range(_LONGEST_ODDS + 1)],
        come=[[exp(unit * x) for x in row] for row in stored["come"]],
        stay=[[exp(unit * x) - 1.0 for x in row] for row in stored["stay"]],
    )


@lru_cache(maxsize=4096)
def _heading_weight(way: str, heading: str) -> int:
    model = _model()
    return sum(model.weights[name] for name in model.known & heading_names(way, heading))
