"""Words and what they mean: a lexicon with vectors, learnt from public official documents by `tools/train_words.py`.

Character n-grams see whether two statements use the same words; the vectors see whether they use words of one kind. All of it
is numpy over arrays; statements of a whole plan are cut into words at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from .ngrams import STEP, Encoded, Floats, Ints
from .normalise import BREAK

UNKNOWN = 14.0
"""What a character outside the lexicon costs; a word costs the negative logarithm of its share of the corpus."""


CODES = 0x10000
"""Characters beyond this code stand in no word."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their `cost` of use, `rarity` and `vectors`.

    `single` gives the word of one character by its code, `keys` and `ids` longer words by the key of their characters, and
    `stems` the keys of two characters that words of three and more begin with; -1 is not a word.
    """

    single: Ints
    keys: Ints
    ids: Ints
    stems: Ints
    cost: Floats
    rarity: Floats
    vectors: Floats
    longest: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of each statement, every word once, in the order of the statements."""

    units: Ints
    words: Ints
    size: int


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    with files(__package__).joinpath("words.npz").open("rb") as handle, np.load(handle) as stored:
        words = stored["words"].tobytes().decode("utf-8").split("\n")
        vectors = stored["vectors"].astype(np.float32) * (stored["scale"].astype(np.float32) / 127)[:, None]
        cost, rarity = stored["cost"] / np.float32(10), stored["rarity"] / np.float32(20)
    return lexicon_of(words, cost, rarity, vectors)


def lexicon_of(words: Sequence[str], cost: Floats, rarity: Floats, vectors: Floats) -> Lexicon:
    """A lexicon of these words."""
    single = np.full(CODES, -1, dtype=np.int64)
    for place, word in enumerate(words):
        if len(word) == 1 and ord(word) < CODES:
            single[ord(word)] = place
    longer = [place for place, word in enumerate(words) if len(word) > 1]
    keys = np.array([_key(words[place]) for place in longer], dtype=np.int64)
    order = np.argsort(keys)
    stems = np.unique(np.array([_key(word[:2]) for word in words if len(word) > 2], dtype=np.int64))
    return Lexicon(
        single, keys[order], np.array(longer, dtype=np.int64)[order], stems, cost, rarity, vectors, max(map(len, words))
    )


def _key(word: str) -> int:
    key = len(word)
    for character in word:
        key = key * int(STEP) + ord(character)
    return (key + 2**63) % 2**64 - 2**63


def tokens(text: Encoded) -> Tokens:
    """The words of all statements."""
    known = lexicon()
    words, places = cut(text, known)
    size = len(known.cost)
    both = np.unique(text.units[places] * size + words)
    return Tokens(both // size, both % size, text.size)


def cut(text: Encoded, known: Lexicon) -> tuple[Ints, Ints]:
    """All statements cut into words, in reading order: the words and the places of their last characters.

    Of all ways to lay words over a clause the one that costs least is taken; what is in no word is left out.
    """
    codes = text.codes
    ends = codes == ord(BREAK)
    word, cost = _laid(codes, known)
    back = _cheapest(codes, cost)
    at = np.flatnonzero(ends) - 1
    words, places = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    while len(at := at[at >= 0]) and len(at := at[~ends[at]]):
        words.append(word[back[at], at])
        places.append(at)
        at = at - back[at]
    found, place = np.concatenate(words), np.concatenate(places)
    order = np.argsort(place, kind="stable")
    order = order[found[order] >= 0]
    return found[order], place[order]


def _laid(codes: Ints, known: Lexicon) -> tuple[Ints, Floats]:
    """For each length and each place the word that ends there, -1 for none, and its cost."""
    count = len(codes)
    word = np.full((known.longest + 1, count), -1, dtype=np.int64)
    cost = np.full(word.shape, np.inf, dtype=np.float32)
    word[1] = known.single[np.minimum(codes, CODES - 1)]
    cost[1] = np.where(word[1] >= 0, known.cost[word[1]], UNKNOWN)
    starts = np.arange(max(0, count - 1))
    for length in range(2, known.longest + 1):
        starts = starts[: np.searchsorted(starts, count - length + 1)]
        keys = np.full(len(starts), length, dtype=np.int64)
        for step in range(length):
            keys = keys * STEP + codes[starts + step]
        at = np.minimum(np.searchsorted(known.keys, keys), len(known.keys) - 1)
        hit = np.flatnonzero(known.keys[at] == keys)
        ids = known.ids[at[hit]]
        ends = starts[hit] + length - 1
        word[length, ends], cost[length, ends] = ids, known.cost[ids]
        if length == 2:
            at = np.minimum(np.searchsorted(known.stems, keys), len(known.stems) - 1)
            starts = starts[known.stems[at] == keys]
    return word, cost


def _cheapest(codes: Ints, cost: Floats) -> Ints:
    """The length of the last word of the cheapest way up to each place; all clauses are walked side by side."""
    inside = codes != ord(BREAK)
    places = np.arange(len(codes))
    opens = np.maximum.accumulate(np.where(inside, -1, places))
    offset = places - np.append(-1, opens[:-1]) - 1
    order = np.flatnonzero(inside)
    order = order[np.argsort(offset[order], kind="stable")]
    cuts = np.searchsorted(offset[order], np.arange(offset.max() + 2))
    best = np.zeros(len(codes) + 1, dtype=np.float32)
    back = np.ones(len(codes), dtype=np.int64)
    for step, (start, stop) in enumerate(pairwise(cuts.tolist())):
        at = order[start:stop]
        cheapest = np.full(len(at), np.inf, dtype=np.float32)
        choice = np.ones(len(at), dtype=np.int64)
        for length in range(1, min(len(cost) - 1, step + 1) + 1):
            total = cost[length][at]
            if length <= step:
                total = total + best[at + 1 - length]
            less = total < cheapest
            cheapest[less], choice[less] = total[less], length
        best[at + 1], back[at] = cheapest, choice
    return back
