"""What became of each promise: the likest piece or number, then a decision between the verdicts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, Literal

import numpy as np

from ...model.base import Span
from ...model.commitments import ASPIRED, Target
from ...model.data import data
from ...model.plan import Plan
from ...model.wording import Reason, because
from .economy import beside_economy, rate
from .features import (
    Looked,
    best,
    figure_features,
    names_of,
    parts_told,
    rate_of,
    same_unit,
    target_features,
    task_features,
)
from .lexicon import pattern
from .likeness import Table, score
from .parts import Piece, Promise

Verdict = Literal["met", "close", "missed", "reported", "reported_done", "not_reported"]
KEPT: tuple[Verdict, ...] = ("met", "reported_done")
"""The verdicts of a promise that was kept."""

RUBRIC = "3"
"""Version of the rules of verdicts; see docs/follow_up.md."""

CLOSE_POINTS, CLOSE_SHARE = Fraction(3, 10), Fraction(5, 100)
"""How short a hedged rate (in points) or amount (as a share) may fall and still be close."""

OTHER_SCOPE = 3
"""How many times what was promised, or what part of it, an amount may be and still be taken for one of the same scope. Of the
amounts read by hand that were three times the promise or more, nine of ten were of all years or of more than was promised; in
five years of three provinces most that were a third or less were of new ones against all (新增6000家 for 达到2.3万家)."""

ECONOMY_RIGHT = 0.9
"""The confidence of a verdict by the rates of growth of one report."""

MOST_EVIDENCE, MARGIN = 3, 1.5
"""At most so many stretches are given as evidence, none of a score so much below the likest's."""

NOT_FOUND = because("follow.not found")

TARGET_ENDS = ("not_reported", "reported", "judged")
TASK_ENDS = ("not_reported", "reported", "reported_done")
_JOINED = re.compile("[、和及与]")
_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?")
_OF_TASKS = (
    *(
        "whole",
        "whole_before",
        "part",
        "back",
        "shared",
        "triads",
        "missing",
        "meaning",
        "meaning_back",
        "quoted",
        "years",
    ),
    *("verb", "object", "letters", "letters_back", "around_back"),
    *("answer", "answered", "answers", "answered_before", "answer_around", "answer_all", "answered_all"),
    *("answered_one", "answered_two", "answered_three", "answered_sentence"),
    *("answers_best", "answers_apart", "answers_many"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a report says of one promise. `figure` is the number set against the target, where there is one; `against` the
    number of the report that it is measured by, where the promise names none (居民收入与经济增长同步).
    """

    verdict: Verdict
    confidence: float
    evidence: tuple[Span, ...] = ()
    figure: Target | None = None
    reason: Reason = NOT_FOUND
    against: Target | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """The likest piece and number for a promise, what the decision looks at, and pieces that are `also` like it."""

    seen: dict[str, float]
    piece: int
    figure: int | None
    also: tuple[int, ...] = ()


@cache
def model() -> dict[str, Any]:
    """The weights, as `tools/train_follow_up.py` writes them."""
    found: dict[str, Any] = data(__package__, "model")
    return found


def outcomes(promises: Sequence[Promise], report: Plan, weights: dict[str, Any] | None = None) -> list[Outcome]:
    """The outcome of each promise by what of a report looks back."""
    told, looked = weights or model(), Looked(report)
    if not promises or not looked.pieces:
        return [Outcome("not_reported", 0.5) for _ in promises]
    found: dict[int, Outcome] = {}
    for kind, ends in (("target", TARGET_ENDS), ("task", TASK_ENDS)):
        own = [i for i, p in enumerate(promises) if (p.target is not None) == (kind == "target")]
        if not own:
            continue
        some = [promises[i] for i in own]
        of_tasks = kind == "task"
        found_for = task_candidates(some, looked, told, promises) if of_tasks else target_candidates(some, looked, told)
        for i, promise, candidate in zip(own, some, found_for, strict=True):
            chances = decide(told[f"{kind}_verdict"], candidate.seen, ends)
            likely = _outcome(promise, looked, candidate, ends[int(chances.argmax())], float(chances.max()))
            found[i] = _by_economy(promise, looked) or likely
    return _agreeing(promises, [found[i] for i in range(len(promises))])


def _by_economy(promise: Promise, looked: Looked) -> Outcome | None:
    """The outcome of a promise that the economy measures, where the report has both rates."""
    found = beside_economy(promise, looked)
    if found is None:
        return None
    reason = because(f"follow.economy {found.verdict}", economy=found.economy.value or "")
    return Outcome(found.verdict, ECONOMY_RIGHT, found.evidence, found.growth, reason, found.economy)


def _agreeing(promises: Sequence[Promise], found: list[Outcome]) -> list[Outcome]:
    """A task whose own number falls short is not done, whatever its words are answered by."""
    missed = [p.span for p, outcome in zip(promises, found, strict=True) if outcome.verdict == "missed"]
    return [
        replace(outcome, verdict="reported", reason=because("follow.falls short"))
        if outcome.verdict == "reported_done" and any(promise.span.contains(span) for span in missed)
        else outcome
        for promise, outcome in zip(promises, found, strict=True)
    ]


def decide(weights: dict[str, dict[str, float]], seen: dict[str, float], ends: Sequence[str]) -> Table:
    """The chance of each end, which add up to 1."""
    logits = np.array([weights[e][""] + sum(w * seen[n] for n, w in weights[e].items() if n) for e in ends])
    chances: Table = np.exp(logits - logits.max())
    chances /= chances.sum()
    return chances


def target_candidates(promises: Sequence[Promise], looked: Looked, told: dict[str, Any]) -> list[Candidate]:
    """For each target the likest piece and number."""
    of_pieces = target_features(promises, looked)
    of_figures = figure_features(promises, looked, of_pieces)
    by_piece = score(told["target_piece"], of_pieces)
    by_figure = score(told["figure"], of_figures) if looked.figures else np.full((len(promises), 1), -8.0)
    names = names_of(promises)
    found = []
    for i, (piece, likest) in enumerate(zip(best(by_piece), best(by_figure), strict=True)):
        target = promises[i].target
        figure = _named(names[i], looked, likest)
        valued = target is not None and target.number is not None and bool(looked.figures)
        seen = {"piece": _bounded(by_piece[i, piece]), "state": float(not valued)}
        seen["state*piece"] = seen["state"] * seen["piece"]
        seen |= {
            name: float(of_pieces[name][i, piece])
            for name in (
                "name",
                "name_before",
                "head",
                "letters",
                "back",
                "missing",
                "missing_before",
                "around_before",
                "around_back",
                "conflict",
                "years",
                "meaning",
                "meaning_back",
            )
        }
        seen |= {f"most_{name}": float(of_pieces[name][i].max()) for name in ("name_before", "letters_before")}
        of_one = {n: float(t[i, figure]) if valued else 0.0 for n, t in of_figures.items()}
        seen["figure"] = _bounded(by_figure[i, figure]) * (1 - seen["state"])
        seen |= {
            f"figure_{n}": of_one.get(n, 0.0)
            for n in (
                "name",
                "head_before",
                "own_name",
                "unit",
                "alike",
                "base",
                "equal",
                "near",
                "cumulative",
                "new",
                "years",
                "conflict",
                "missing",
                "meaning",
                "around_before",
                "around_back",
            )
        }
        told_by = looked.pieces[piece].text
        seen |= {
            "state*done": seen["state"] * bool(pattern("done").search(told_by)),
            "state*number": seen["state"] * any(c.isdigit() for c in told_by),
            "state*name": seen["state"] * seen["name"],
            "state*meaning": seen["state"] * seen["meaning"],
            "state*back": seen["state"] * seen["back"],
        }
        found.append(Candidate(seen, piece, figure if valued else None, beside(by_piece[i], looked.pieces)))
    return found


def _named(own: str, looked: Looked, at: int) -> int:
    """Of the numbers of one list (分别增长4.3%、6.2%) the one of the promise's own name, where the likest has another."""
    if not looked.names or looked.names[at] == own:
        return at
    likest = looked.figures[at].target
    for k in range(max(at - 3, 0), min(at + 4, len(looked.names))):
        other = looked.figures[k].target
        if looked.names[k] == own and (other.unit, other.base) == (likest.unit, likest.base):
            return k
    return at


def task_candidates(
    promises: Sequence[Promise], looked: Looked, told: dict[str, Any], every: Sequence[Promise]
) -> list[Candidate]:
    """For each thing that a task asks for the likest clause; `every` holds all promises of the plan."""
    features = task_features(promises, looked, every)
    scores = score(told["task_piece"], features)
    least, share = parts_told(promises, looked)
    found = []
    for i, at in enumerate(best(scores)):
        text, asked = looked.clauses[at].text, promises[i].text.strip()
        top = np.sort(scores[i])[::-1]
        seen = {
            "piece": _bounded(scores[i, at]),
            "gap": min(float(top[0] - top[min(1, len(top) - 1)]), 4.0) / 3,
            "top": _bounded(float(top[:3].mean())),
            "asks_list": float("、" in asked),
            "length": len(asked) / 30,
        }
        seen |= {name: float(features[name][i, at]) for name in _OF_TASKS}
        asks = {name: bool(pattern(f"asks_{name}").search(asked)) for name in ("done", "ongoing")}
        tells = {name: bool(pattern(name).search(text)) for name in ("done", "ongoing")}
        numbers = {side: any(c.isdigit() for c in words) for side, words in (("asks", asked), ("tells", text))}
        seen |= {f"asks_{name}": float(asks[name]) for name in asks} | {f"tells_{n}": float(tells[n]) for n in tells}
        seen |= {f"asks_{a}*tells_{t}": float(asks[a] and tells[t]) for a in asks for t in tells}
        seen |= {f"{side}_number": float(numbers[side]) for side in numbers}
        seen |= {"numbers": float(all(numbers.values())), "verb*whole": seen["verb"] * seen["whole"]}
        same = bool(set(_NUMBER.findall(asked)) & set(_NUMBER.findall(text)))
        seen |= {"same_number": float(same), "other_number": float(numbers["asks"] and not same)}
        seen |= {"least_part": float(least[i]), "parts": float(share[i]), "nearly": float("基本" in text)}
        seen["least_part*tells_done"] = seen["least_part"] * seen["tells_done"]
        found.append(Candidate(seen, at, None, beside(scores[i], looked.clauses)))
    return found


def beside(scores: Table, stretches: Sequence[Piece]) -> tuple[int, ...]:
    """The likest stretches after the first (of equals the earliest) that are hardly less like and do not overlap one another."""
    order = [int(k) for k in np.argsort(-scores, kind="stable")[:8]]
    found = order[:1]
    for k in order[1:]:
        span = stretches[k].span
        apart = all(span.end <= stretches[f].span.start or stretches[f].span.end <= span.start for f in found)
        if apart and len(found) < MOST_EVIDENCE and scores[k] > scores[order[0]] - MARGIN:
            found.append(k)
    return tuple(found[1:])


def _bounded(value: float) -> float:
    return max(float(value), -8.0) / 3


def _outcome(promise: Promise, looked: Looked, candidate: Candidate, end: str, confidence: float) -> Outcome:
    piece = looked.pieces[candidate.piece]
    if end == "not_reported":
        return Outcome("not_reported", confidence)
    if promise.target is None:
        spans = tuple(looked.clauses[k].span for k in (candidate.piece, *candidate.also))
        reason = because(f"follow.{end}")
        return Outcome("reported_done" if end == "reported_done" else "reported", confidence, spans, None, reason)
    if end == "reported":
        return Outcome(
            "reported",
            confidence,
            tuple(looked.pieces[k].span for k in (candidate.piece, *candidate.also)),
            None,
            because("follow.no number"),
        )
    relative = pattern("relative")
    if candidate.figure is None and relative.search(promise.text) and not relative.search(piece.text):
        return Outcome("reported", confidence, (piece.span,), None, because("follow.no comparison"))
    if candidate.figure is None:
        return Outcome("met", confidence, (piece.span,), None, because("follow.state reached"))
    figure = looked.figures[candidate.figure]
    evidence = (looked.pieces[figure.piece].span,)
    doubt = not_comparable(promise, figure.target)
    if doubt is not None:
        return Outcome("reported", confidence, evidence, figure.target, doubt)
    verdict = judged(promise.target, figure.target)
    return Outcome(verdict, confidence, evidence, figure.target, because(f"follow.{verdict}"))


def not_comparable(promise: Promise, figure: Target) -> Reason | None:
    """Why a number can't be set against a target; None where it can."""
    target = promise.target
    if target is None or not comparable(target, figure):
        return because("follow.other base")
    amounts = target.unit != "%" and not is_ceiling(target) and target.number and figure.number
    if amounts and not 1 / OTHER_SCOPE < (figure.number or 0) / (target.number or 1) < OTHER_SCOPE:
        return because("follow.other scope")
    if len(_JOINED.findall(figure.indicator or "")) > len(_JOINED.findall(promise.text)):
        return because("follow.sum")
    return None


def comparable(target: Target, figure: Target) -> bool:
    """Whether two numbers are of one sort: rates against rates, levels against levels, in units that count the same."""
    same, alike = same_unit(target.unit, figure.unit)
    return (same or alike) and rate_of(target) == rate_of(figure)


def is_ceiling(target: Target) -> bool:
    """Whether less is better: by the comparison, else by the indicator (unemployment, prices), unless a fall is asked for."""
    if target.comparison in ("<=", "<"):
        return True
    if target.base == "decline" or target.comparison in (">=", ">"):
        return False
    return bool(pattern("ceilings").search(target.indicator or ""))


def difference(target: Target, figure: Target, against: Target | None = None) -> Fraction:
    """How much better than promised a number is, in the unit of the target; negative where it falls short. `against` is the
    number that a promise without one is measured by.
    """
    if against is not None:
        return rate(figure) - rate(against)
    promised, actual = target.number or Fraction(0), figure.number or Fraction(0)
    if target.base == "growth" and figure.base == "decline":
        actual = -actual
    return promised - actual if is_ceiling(target) else actual - promised


def judged(target: Target, figure: Target) -> Verdict:
    """Whether a number keeps what a target promised.

    >>> from planlineage.reading.commitments import recognise
    >>> def of(text: str) -> Target:
    ...     return next(t for t in recognise(text, kinds={"target"}) if isinstance(t, Target))
    >>> judged(of("生产总值增长5%以上。"), of("生产总值增长5.5%。"))
    'met'
    >>> judged(of("生产总值增长5%左右。"), of("生产总值增长4.8%。")), judged(of("生产总值增长5%左右。"), of("生产总值增长4%。"))
    ('close', 'missed')
    """
    over = difference(target, figure)
    if over >= 0:
        return "met"
    if target.comparison == "~" or target.hedge in ASPIRED:
        promised = abs(target.number or Fraction(0))
        if -over <= (CLOSE_POINTS if target.unit == "%" else promised * CLOSE_SHARE):
            return "close"
    return "missed"
