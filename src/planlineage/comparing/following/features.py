"""What is looked at to tell which piece, and which number, of a report answers a promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...linking.normalise import all_at_once
from ...model.base import Span
from ...model.commitments import Target
from ...model.plan import Plan
from .answers import answer_features, answers, beside_others
from .lexicon import exclusive, holding, pattern, plain_names
from .likeness import Features, Meanings, Table, Words, characters, coverage, missing, pairs, triads
from .parts import Piece, Promise, looks_back, pieces

_AMOUNT = re.compile(r"[0-9０-９.．]+(?:万亿|亿|万)?[%％‰]?")
_COUNTED = (set("个家项座处所条件类张套户位场只"), {"人", "名", "人次"})
"""Measure words that count the same things."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of what looks back, with the piece that holds it."""

    target: Target
    piece: int


class Looked:
    """What of a report looks back, ready to be compared: its pieces and the numbers in them."""

    def __init__(self, report: Plan) -> None:
        self.pieces: list[Piece] = pieces(report)
        self.figures = list(self._figures(report))

    def _figures(self, report: Plan) -> list[Figure]:
        starts = np.array([p.span.start for p in self.pieces])
        found = []
        for statement in looks_back(report):
            for target in statement.targets:
                if target.number is not None and len(starts):
                    at = int(np.searchsorted(starts, target.span.end - 1, side="right")) - 1
                    found.append(Figure(target, max(at, 0)))
        return found

    @cached_property
    def names(self) -> list[str]:
        """The plain names of what the numbers are numbers of; an empty one where nothing says so."""
        return plain_names([f.target.indicator or "" for f in self.figures])

    @cached_property
    def clauses(self) -> list[Piece]:
        """The pieces with those of one list (、) together."""
        found: list[Piece] = []
        for piece in self.pieces:
            last = found[-1] if found else None
            if last is not None and piece.before == f"{last.before}{last.text}、":
                span = Span(start=last.span.start, end=piece.span.end)
                found[-1] = Piece(span, f"{last.text}、{piece.text}", last.before, last.years or piece.years)
            else:
                found.append(piece)
        return found


def names_of(promises: Sequence[Promise]) -> list[str]:
    """The plain names of what targets measure; of one without an indicator its whole text."""
    return plain_names([(p.target.indicator if p.target else None) or _words(p.text) for p in promises])


def target_features(promises: Sequence[Promise], looked: Looked) -> Features:
    """How like each target and each piece are."""
    words = Words()
    of_targets = names_of(promises)
    names = [pattern("added").sub("", name) for name in of_targets]
    texts, told = _plain(p.text for p in promises), _plain(p.text for p in looked.pieces)
    told_before = _plain(p.before + p.text for p in looked.pieces)
    whole = words.bags(pairs([text + name for text, name in zip(texts, of_targets, strict=True)]))
    name = words.bags(pairs(names))
    head = words.bags(pairs([n[-4:] for n in names]))
    first = words.bags(pairs([n[:4] for n in names]))
    own = words.bags(pairs(told))
    with_before = words.bags(pairs(told_before))
    single = Words()
    letters = single.bags(characters(names))
    theirs = single.bags(characters(told))
    all_theirs = single.bags(characters(told_before))
    around = words.bags(pairs(_plain(p.around for p in promises)))
    named = coverage(words, name, own)
    return {
        "whole": coverage(words, whole, own),
        "whole_before": coverage(words, whole, with_before),
        "name": named,
        "name_before": coverage(words, name, with_before),
        "full": (named > 0.99).astype(float),
        "back": coverage(words, own, whole).T,
        "head": coverage(words, head, own),
        "head_before": coverage(words, head, with_before),
        "first": coverage(words, first, with_before),
        "letters": coverage(single, letters, theirs),
        "letters_before": coverage(single, letters, all_theirs),
        "shared": np.log1p(words.shared(whole, own)) / 4,
        "around": coverage(words, around, own),
        "around_before": coverage(words, around, with_before),
        "around_shared": np.log1p(words.shared(around, with_before)) / 4,
        "around_back": coverage(words, own, around).T,
        "missing": missing(words, name, own),
        "missing_before": missing(words, name, with_before),
        "conflict": _conflicts(promises, looked.pieces),
        "years": np.tile([float(p.years) for p in looked.pieces], (len(promises), 1)),
        **Meanings(without_numbers(p.text for p in promises)).against(
            Meanings(without_numbers(p.text for p in looked.pieces))
        ),
    }


def figure_features(promises: Sequence[Promise], looked: Looked, of_pieces: Features) -> Features:
    """How like each target and each number of the report are: the piece, its own name, unit, base and size."""
    at = [f.piece for f in looked.figures]
    found = {name: table[:, at] for name, table in of_pieces.items()}
    words = Words()
    names = words.bags(pairs(names_of(promises)))
    theirs = words.bags(pairs(looked.names))
    found["own_name"] = coverage(words, names, theirs)
    found["own_back"] = coverage(words, theirs, names).T
    found |= _sides(promises, looked)
    cumulative = [float(bool(pattern("cumulative").search(looked.pieces[k].text))) for k in at]
    found["cumulative"] = np.tile(np.array(cumulative, dtype=float), (len(promises), 1))
    found["later"] = np.tile(
        np.array([float(i > 0 and at[i] == at[i - 1]) for i in range(len(at))]), (len(promises), 1)
    )
    for name in ("name", "letters_before", "own_name", "whole_before"):
        found[f"{name}*unit"] = found[name] * found["unit"]
        found[f"{name}*base"] = found[name] * found["base"]
    return found


def _sides(promises: Sequence[Promise], looked: Looked) -> dict[str, Table]:
    """How each target and each number agree in unit, base and size, and in whether they count new things; 0 for no number."""
    numbers = np.array([float(p.target.number or 0) if p.target else 0.0 for p in promises])
    valued = np.array([p.target is not None and p.target.number is not None for p in promises])
    theirs = np.array([float(f.target.number or 0) for f in looked.figures])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.nan_to_num(theirs[None, :] / numbers[:, None], nan=0.0, posinf=0.0, neginf=0.0)
        size = np.where(ratio > 0, np.minimum(np.abs(np.log(np.where(ratio > 0, ratio, 1.0))), 4.0), 4.0)
    units = [p.target.unit if p.target else None for p in promises]
    their_units = [f.target.unit for f in looked.figures]
    known = {(one, two): same_unit(one, two) for one in set(units) for two in set(their_units)}
    both = np.array([[known[one, two] for two in their_units] for one in units], dtype=float)
    unit, alike = both.reshape(len(promises), len(looked.figures), 2).transpose(2, 0, 1)
    rates = np.array([p.target is not None and rate_of(p.target) for p in promises])
    their_rates = np.array([rate_of(f.target) for f in looked.figures])
    new = np.array([bool(pattern("added").search(p.text)) for p in promises])
    their_new = np.array([bool(pattern("added").search(looked.pieces[f.piece].text)) for f in looked.figures])
    sides = {
        "unit": unit,
        "alike": alike,
        "other_unit": 1.0 - np.maximum(unit, alike),
        "base": rates[:, None] == their_rates,
        "size": size / 4,
        "near": size < 0.5,
        "equal": ratio == 1,
        "new": new[:, None] == their_new,
    }
    return {name: table * valued[:, None] for name, table in sides.items()}


def task_features(promises: Sequence[Promise], looked: Looked, every: Sequence[Promise]) -> Features:
    """How like each thing that a task asks for and each clause of the report are; of a list (、) the likest part counts too.

    `every` holds all promises of the plan, of which a clause may answer another one better.
    """
    words, triples, single = Words(), Words(), Words()
    asked, told = _plain(p.text for p in promises), _plain(p.text for p in looked.clauses)
    told_before = _plain(p.before + p.text for p in looked.clauses)
    theirs, with_before = words.bags(pairs(told)), words.bags(pairs(told_before))
    whole = words.bags(pairs(asked))
    around = words.bags(pairs(_plain(p.around for p in promises)))
    objects = words.bags(pairs([a[2:] for a in asked]))
    parts = [[c for c in re.split("[、，：]", p.text) if len(c) > 3] or [p.text] for p in promises]
    each = words.bags(pairs(_plain(c for own in parts for c in own)))
    starts = np.cumsum([0, *(len(own) for own in parts)])[:-1]
    shared = words.shared(whole, theirs)
    runs, their_runs = triples.bags(triads(asked)), triples.bags(triads(told))
    letters, their_letters = single.bags(characters(asked)), single.bags(characters(told))
    meanings = Meanings(without_numbers(p.text for p in looked.clauses))
    by_part = Meanings(without_numbers(c for own in parts for c in own)).against(meanings)
    named = [set(re.findall("[“《]([^”》]{2,})[”》]", p.text)) for p in promises]
    return {
        "whole": coverage(words, whole, theirs),
        "whole_before": coverage(words, whole, with_before),
        "part": np.maximum.reduceat(coverage(words, each, theirs), starts),
        "part_before": np.maximum.reduceat(coverage(words, each, with_before), starts),
        "back": coverage(words, theirs, whole).T,
        "around_back": coverage(words, theirs, around).T,
        "around_shared": np.log1p(words.shared(around, theirs)) / 4,
        "shared": np.log1p(shared) / 4,
        "much": shared / 50,
        "shared_before": np.log1p(words.shared(whole, with_before)) / 4,
        "triads": coverage(triples, runs, their_runs),
        "triads_shared": np.log1p(triples.shared(runs, their_runs)) / 4,
        "letters": coverage(single, letters, their_letters),
        "letters_back": coverage(single, their_letters, letters).T,
        "quoted": _holds(named, looked.clauses),
        "verb": _holds([{p.text.strip()[:2]} for p in promises], looked.clauses),
        "years": np.tile([float(p.years) for p in looked.clauses], (len(promises), 1)),
        "missing": missing(words, whole, theirs),
        "missing_before": missing(words, whole, with_before),
        "object": coverage(words, objects, theirs),
        "conflict": _conflicts(promises, looked.clauses),
        "part_meaning": np.maximum.reduceat(by_part["meaning"], starts),
        **Meanings(without_numbers(p.text for p in promises)).against(meanings),
        **_answers(promises, looked, every),
    }


def _answers(promises: Sequence[Promise], looked: Looked, every: Sequence[Promise]) -> Features:
    """How well each clause of the report answers each promise, and whether it answers others of the plan better."""
    told, before = (
        without_numbers(p.text for p in looked.clauses),
        without_numbers(p.before + p.text for p in looked.clauses),
    )
    found = answer_features(
        without_numbers(p.text for p in promises), told, without_numbers(p.around for p in promises), before
    )
    starts, ends = (np.array([getattr(p.span, side) for p in every]) for side in ("start", "end"))
    apart = np.array([(ends <= p.span.start) | (starts >= p.span.end) for p in promises])
    return found | beside_others(found["answers"], answers(without_numbers(p.text for p in every), told), apart)


def parts_told(promises: Sequence[Promise], looked: Looked) -> tuple[Table, Table]:
    """How well what a task lists (建成甲、乙和丙) is told of anywhere: the least of its parts, and the share that are, 0 to 1."""
    words = Words()
    parts = [[c for c in re.split("[、，：和及]", p.text) if len(c) > 2] or [p.text] for p in promises]
    each = words.bags(pairs(_plain(c for own in parts for c in own)))
    told = coverage(words, each, words.bags(pairs(_plain(c.text for c in looked.clauses)))).max(axis=1)
    starts = np.cumsum([0, *(len(own) for own in parts)])
    counts = np.diff(starts)
    return np.minimum.reduceat(told, starts[:-1]), np.add.reduceat((told > 0.5).astype(float), starts[:-1]) / counts


def _holds(named: Sequence[set[str]], clauses: Sequence[Piece]) -> Table:
    """Whether each clause holds one of the names."""
    names = sorted(set().union(*named))
    held = dict(zip(names, holding([c.text for c in clauses], names).T, strict=True))
    found = np.zeros((len(named), len(clauses)))
    for i, own in enumerate(named):
        for name in own:
            found[i, held[name]] = 1.0
    return found


def same_unit(unit: str | None, other: str | None) -> tuple[bool, bool]:
    """Whether two units are the same, and whether they at least count the same things (个, 家, 项).

    >>> same_unit("个", "家"), same_unit("%", "%"), same_unit("%", "元")
    ((False, True), (True, False), (False, False))
    """
    unit, other = (re.sub("（.*）", "", u or "").replace("％", "%") for u in (unit, other))
    if unit == other:
        return True, False
    return False, any(unit in s and other in s for s in _COUNTED)


def rate_of(target: Target) -> bool:
    """Whether a number is a rate of change rather than a level."""
    if target.unit == "%" and target.base in ("growth", "decline"):
        return True
    return target.unit == "%" and bool(pattern("growth").search(target.indicator or ""))


def _conflicts(promises: Sequence[Promise], some: Sequence[Piece]) -> Table:
    """Whether a piece names another member of a set than the promise does, and not the promise's own."""
    asked, told = plain_names([p.text for p in promises]), plain_names([p.before[-20:] + p.text for p in some])
    found = np.zeros((len(asked), len(told)), dtype=bool)
    for names in exclusive():
        own, theirs = holding(asked, names), holding(told, names)
        rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(theirs.any(axis=1))
        found[np.ix_(rows, columns)] |= own[rows].astype(float) @ theirs[columns].T == 0
    return found.astype(float)


def _words(text: str) -> str:
    """A text without its numbers."""
    return _AMOUNT.sub("", text)


def without_numbers(texts: Iterable[str]) -> list[str]:
    """Texts without their numbers."""
    return [_words(text) for text in texts]


def _plain(texts: Iterable[str]) -> list[str]:
    """The plain names of texts without their numbers."""
    return plain_names(all_at_once(_words, texts))


def best(table: Table) -> list[int]:
    """For each line the column of the highest value."""
    return [int(k) for k in table.argmax(axis=1)]
