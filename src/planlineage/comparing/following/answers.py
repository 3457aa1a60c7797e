"""How what is promised is told a year later: by which words a clause of a report answers the words of a promise.

Learnt by `tools/train_answers.py` from the work reports of some thousand pairs of years that nobody labelled. One table says
with which chance each word stands in the clause that answers a word of a promise, the other says so from the clause back to
the promise: 办好 is answered by 成功举办, 返贫 by 致贫.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ...linking.ngrams import encode
from ...linking.words import lexicon, tokens
from .likeness import Table

ANYWHERE = 0.3
"""The share of a text's words that stand there whatever it answers."""

STEPS = 32.0
"""Chances are kept as whole steps of their logarithm, so many to a factor of e."""

NEAREST, RAREST = 10, 3
"""How many of the others a promise or clause is held against, and how many of a promise's rarest words count by themselves."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The chance of each word (column) beside each word (row; the last row: beside nothing), and of each word at all."""

    chances: sparse.csr_matrix
    usual: Table

    def gains(self, texts: sparse.csr_matrix, words: npt.NDArray[np.int64]) -> Table:
        """How much likelier each of these words is beside each text than anywhere, as a logarithm."""
        chances, usual = self.chances[:, words], self.usual[words]
        beside = (texts @ chances[:-1]).toarray() + chances[-1].toarray()
        gains: Table = np.log((1 - ANYWHERE) * beside / (_sizes(texts) + 1)[:, None] / usual + ANYWHERE)
        return gains


@cache
def learnt() -> tuple[Answered, Answered]:
    """From a promise to the clause that answers it, and back."""
    with files(__package__).joinpath("answers.npz").open("rb") as handle, np.load(handle) as stored:
        return _table(stored, "told"), _table(stored, "asked")


def _table(stored: Mapping[str, npt.NDArray[Any]], name: str) -> Answered:
    """A table as it is stored: its words, how many there are in each row, and the steps of chances and of what is usual."""
    chances, usual = (np.exp(-stored[f"{name}_{part}"].astype(np.float64) / STEPS) for part in ("chance", "usual"))
    ends = np.cumsum(np.r_[0, stored[f"{name}_of"].astype(np.int64)])
    words = stored[name].astype(np.int64)
    return Answered(sparse.csr_matrix((chances, words, ends), shape=(len(ends) - 1, len(usual))), usual)


def bags(texts: Sequence[str]) -> sparse.csr_matrix:
    """The words of texts, one line for each text."""
    told = tokens(encode(list(texts)))
    shape = (len(texts), len(lexicon().cost))
    return sparse.csr_matrix((np.ones(len(told.words)), (told.units, told.words)), shape=shape)


def answer_features(
    asked: Sequence[str], told: Sequence[str], around: Sequence[str], before: Sequence[str]
) -> dict[str, Table]:
    """How well each told text answers each asked one; `around` and `before` are the sentences that they stand in."""
    to_told, to_asked = learnt()
    ask, tell = bags(asked), bags(told)
    some, theirs = _held(ask), _held(tell)
    forth = _mean(to_told.gains(ask, theirs), tell[:, theirs])
    of_asked, of_sentence = to_asked.gains(tell, some), to_asked.gains(bags(before), some)
    own = ask[:, some]
    back = _mean(of_asked, own).T
    rare = {name: np.zeros_like(back) for name in ("one", "two", "three", "sentence")}
    for i in range(len(asked)):
        words = own.indices[own.indptr[i] : own.indptr[i + 1]]
        if len(words):
            words = words[np.argsort(to_asked.usual[some[words]], kind="stable")][:RAREST]
            rare["one"][i] = of_asked[:, words[0]]
            rare["two"][i] = of_asked[:, words[:2]].min(axis=1)
            rare["three"][i] = of_asked[:, words].mean(axis=1)
            rare["sentence"][i] = of_sentence[:, words].mean(axis=1)
    return {
        "answer": forth,
        "answered": back,
        "answers": (forth + back) / 2,
        "answered_before": _mean(of_sentence, own).T,
        "answer_around": _mean(to_told.gains(bags(around), theirs), tell[:, theirs]),
        "answer_all": forth * _sizes(tell) / 10,
        "answered_all": back * _sizes(ask)[:, None] / 10,
        **{f"answered_{name}": table for name, table in rare.items()},
    }


def answers(asked: Sequence[str], told: Sequence[str]) -> Table:
    """How well each told text answers each asked one: the mean of both ways."""
    return answers_by(learnt(), bags(asked), bags(told))


def answers_by(tables: tuple[Answered, Answered], asked: sparse.csr_matrix, told: sparse.csr_matrix) -> Table:
    """The same by these tables, for texts whose words are known."""
    some, theirs = _held(asked), _held(told)
    forth = _mean(tables[0].gains(asked, theirs), told[:, theirs])
    back = _mean(tables[1].gains(told, some), asked[:, some]).T
    found: Table = (forth + back) / 2
    return found


def beside_others(found: Table, others: Table, apart: npt.NDArray[np.bool_]) -> dict[str, Table]:
    """How much better each clause answers each promise than it answers the others, and than other clauses do.

    `others` says how well each clause answers each promise of the plan, `apart` which of those are others.
    """
    most = np.argsort(-others, axis=0, kind="stable")[: NEAREST + RAREST]
    likest = np.take_along_axis(others, most, axis=0)
    held = apart[:, most]
    first = np.where(held, likest, -np.inf).max(axis=1)
    counted = held & (np.cumsum(held, axis=1) <= NEAREST)
    theirs = np.where(counted, likest, 0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
    # where a report has fewer clauses the others count as nothing
    mine = np.sort(found, axis=1)[:, -NEAREST:].sum(axis=1)[:, None] / NEAREST
    return {
        "answers_best": found - np.where(np.isfinite(first), first, 0),
        "answers_apart": found - (theirs + mine) / 2,
        "answers_many": np.repeat(mine, found.shape[1], axis=1),
    }


def _held(texts: sparse.csr_matrix) -> npt.NDArray[np.int64]:
    """The words that texts hold."""
    return np.unique(texts.indices).astype(np.int64)


def _mean(gains: Table, texts: sparse.csr_matrix) -> Table:
    """For each line of gains the mean over the words of each text."""
    found: Table = (texts @ gains.T).T / np.maximum(_sizes(texts), 1)
    return found


def _sizes(texts: sparse.csr_matrix) -> Table:
    """How many words each text has."""
    sizes: Table = np.asarray(texts.sum(axis=1), dtype=np.float64).ravel()
    return sizes
