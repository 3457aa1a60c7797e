"""Learn the linker's words from public official documents: a lexicon and a vector for each word.

    python tools/train_words.py [--shared DIR] [--write]

Reads the Markdown of `corpus/laws` and `corpus/reports` and the plans of `corpus/state_council_plans` in DIR (default: the folder
`shared` beside the repository, or $PLANLINEAGE_SHARED); no labelled pair is among them. Takes about a quarter of an hour and
6 GB. With `--write` stores `words.npz` and `usual.npz` in `src/planlineage/linking`. Everything is seeded: the same corpus gives
the same files.

1. Sentences, each once, in the wording that the linker compares by.
2. Words: stretches of two to five characters that occur often, hold together (mutual information of their halves) and stand
   in many surroundings (entropy of their neighbours), thinned out by cutting the corpus with them again and again (a
   unigram model).
3. First vectors: singular vectors of the positive mutual information of words within three words of each other.
4. Tuning: pairs of sentences that say nearly the same (found by min-hashing their rarer words) are pulled together and apart from
   others of the batch (InfoNCE on the sum of the words' vectors); of the words that both share half are left out, so that
   words that stand for one another move together.
5. How usual each character and each pair of characters is, for plans too short to tell what is rare.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from planlineage.linking.ngrams import Encoded, encode
from planlineage.linking.normalise import BREAK, concepts, wording
from planlineage.linking.words import Lexicon, cut, lexicon_of

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "src" / "planlineage" / "linking" / "words.npz"
USUAL = WORDS.with_name("usual.npz")

# least count, entropy of neighbours and mutual information of halves by length; seldom more than a few dozen are of five
SEEDS = {2: (100, 1.0, 0.0), 3: (150, 2.2, 4.0), 4: (150, 2.5, 5.0), 5: (250, 2.8, 6.0)}
ROUNDS, FEWEST, SAMPLE, CHUNK = 4, 25, 3, 40_000
NEVER_INSIDE = set("的了等")
NEVER_AT_EDGES = set("的了等和与及或对为由在将把被是以并向从于其本该各应要可也就均经后")
WINDOW, SIZE = 3, 64
BANDS, PER_SENTENCE, PAIRS, ALIKE = 14, 4, 400_000, (0.25, 0.8)
STEPS, BATCH, RATE, TEMPERATURE = 3000, 512, 0.003, 0.07


def sentences(shared: Path) -> list[str]:
    """Every sentence of the corpus once, as it is compared."""
    corpus = shared / "corpus"
    files = [*sorted((corpus / "laws").rglob("*.md")), *sorted((corpus / "reports").rglob("*.md"))]
    files += sorted((corpus / "state_council_plans").glob("*.txt"))
    signs = re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|[*_`>|]+", re.DOTALL)
    seen: dict[str, None] = {}
    for file in files:
        text = re.sub(r"\A---.*?\n---", "", file.read_text(encoding="utf-8", errors="replace"), flags=re.DOTALL)
        text = signs.sub(lambda found: found[1] or "", text)
        for piece in re.split(r"(?<=[。；;！？!?\n])", re.sub(r"(?m)^#+\s*", "", text)):
            if len(piece.strip()) >= 4:
                seen.setdefault(piece.strip())
    return [line for line in map(wording, seen) if len(line) >= 4]


class Counted:
    """All stretches of up to six characters: how often each occurs and what surrounds it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = BREAK.join(lines) + BREAK
        self.codes = encode([self.text[:-1]]).codes
        self.han = (self.codes >= 0x4E00) & (self.codes <= 0x9FFF)
        self.found = {length: self._count(length) for length in range(1, 6)}
        self.times = {word: n for length in self.found for word, n in self._words(length)}

    def _keys(self, length: int) -> tuple[np.ndarray, np.ndarray]:
        count = len(self.codes) - length + 1
        keys, inside = np.zeros(count, dtype=np.int64), np.ones(count, dtype=bool)
        for step in range(length):
            keys = keys * np.int64(2097169) + self.codes[step : step + count]
            inside &= self.han[step : step + count]
        return keys, np.flatnonzero(inside)

    def _count(self, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        keys, at = self._keys(length)
        known, first, times = np.unique(keys[at], return_index=True, return_counts=True)
        kept = times >= (60 if length > 1 else 5)
        return known[kept], at[first[kept]], times[kept]

    def _words(self, length: int) -> Iterator[tuple[str, int]]:
        _, first, times = self.found[length]
        for at, n in zip(first.tolist(), times.tolist(), strict=True):
            yield self.text[at : at + length], n

    def _surroundings(self, length: int) -> np.ndarray:
        """The entropy of what stands before, or behind, each stretch, whichever is less; each clause's end is one of its own."""
        known, _, times = self.found[length]
        keys, at = self._keys(length)
        place = np.minimum(np.searchsorted(known, keys[at]), len(known) - 1)
        hit = known[place] == keys[at]
        at, place = at[hit], place[hit]
        result = []
        for side in (length, -1):
            beside = self.codes[np.clip(at + side, 0, len(self.codes) - 1)]
            both, n = np.unique(place * np.int64(1 << 17) + np.minimum(beside, (1 << 17) - 1), return_counts=True)
            who, end = both >> 17, (both & ((1 << 17) - 1)) == ord(BREAK)
            share = n / times[who]
            entropy = np.where(end, share * np.log(times[who]), -share * np.log(share))
            result.append(np.bincount(who, entropy, len(known)))
        return np.minimum(*result)

    def seeds(self) -> list[str]:
        """Stretches that may be words."""
        total, found = float(self.han.sum()), []
        for length, (fewest, surroundings, together) in SEEDS.items():
            entropy = self._surroundings(length)
            for (word, n), spread in zip(self._words(length), entropy.tolist(), strict=True):
                edges = length > 2 and (word[0] in NEVER_AT_EDGES or word[-1] in NEVER_AT_EDGES)
                if n < fewest or spread < surroundings or edges or NEVER_INSIDE & set(word):
                    continue
                halves = (self.times.get(word[:k], 60) * self.times.get(word[k:], 60) for k in range(1, length))
                if min(np.log(n * total / half) for half in halves) >= together:
                    found.append(word)
        return found


def chunks(lines: Sequence[str]) -> Iterator[tuple[int, Encoded]]:
    for start in range(0, len(lines), CHUNK):
        yield start, encode(lines[start : start + CHUNK])


def lexicon_from(words: Sequence[str], times: np.ndarray) -> Lexicon:
    cost = -np.log(np.maximum(times, 0.5) / times.sum())
    return lexicon_of(words, cost.astype(np.float32), cost, np.zeros((len(words), 1)))


def learn_words(lines: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The lexicon, and how often each of its words is used in a third of the corpus."""
    counted = Counted(lines)
    words = [word for word, _ in counted._words(1)] + counted.seeds()
    times = np.array([counted.times[word] for word in words], dtype=np.float64)
    for _ in range(ROUNDS):
        known = lexicon_from(words, times)
        times = np.zeros(len(words))
        for _, text in chunks(lines[::SAMPLE]):
            times += np.bincount(cut(text, known)[0], minlength=len(words))
        kept = [k for k, word in enumerate(words) if len(word) == 1 or times[k] >= FEWEST]
        words, times = [words[k] for k in kept], np.maximum(times[kept], 0.5)
    return words, times


def cut_all(lines: Sequence[str], known: Lexicon) -> tuple[np.ndarray, np.ndarray]:
    """The whole corpus in words: which, and of which sentence."""
    words, owners = [], []
    for start, text in chunks(lines):
        found, places = cut(text, known)
        words.append(found)
        owners.append(text.units[places] + start)
    return np.concatenate(words), np.concatenate(owners)


def first_vectors(words: np.ndarray, owners: np.ndarray, size: int) -> np.ndarray:
    """Singular vectors of positive mutual information, of length one."""
    together = csr_matrix((size, size))
    for step in range(1, WINDOW + 1):
        inside = owners[:-step] == owners[step:]
        keys, n = np.unique(words[:-step][inside] * size + words[step:][inside], return_counts=True)
        together = together + csr_matrix((n / step, (keys // size, keys % size)), shape=(size, size))
    together = (together + together.T).tocoo()
    total = np.asarray(together.sum(axis=1)).ravel()
    smooth = total**0.75
    value = np.log(together.data * smooth.sum() / (total[together.row] * smooth[together.col]))
    kept = value > 0
    positive = csr_matrix((value[kept], (together.row[kept], together.col[kept])), shape=(size, size))
    start = np.random.default_rng(0).standard_normal(size).astype(np.float32)
    vectors, weight, _ = svds(positive.astype(np.float32), k=SIZE, v0=start)
    vectors = vectors[:, np.argsort(-weight)]
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class Sentences:
    """The corpus as bags of words."""

    def __init__(self, words: np.ndarray, owners: np.ndarray, rarity: np.ndarray) -> None:
        self.words, self.rarity, self.size = words, rarity, len(rarity)
        self.starts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1]))
        self.lengths = np.diff(np.append(self.starts, len(words)))

    def bags(self, which: np.ndarray) -> np.ndarray:
        """The words of some sentences, every word once, as keys of sentence and word."""
        lengths = self.lengths[which]
        owner = np.repeat(np.arange(len(which)), lengths)
        at = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return np.unique(owner * self.size + self.words[at + np.repeat(self.starts[which], lengths)])

    def pairs(self, random: np.random.Generator) -> np.ndarray:
        """Pairs of sentences that share a good part of their rarer words, but not nearly all."""
        wanted = np.flatnonzero((self.lengths >= 6) & (self.lengths <= 60))
        found = [self._band(wanted, 2 + band % 2, random) for band in range(BANDS)]
        keys = random.permutation(np.unique(np.concatenate(found)))
        used: dict[int, int] = {}
        chosen: list[tuple[int, int]] = []
        for key in keys.tolist():
            one, other = divmod(key, 1 << 32)
            if max(used.get(one, 0), used.get(other, 0)) >= PER_SENTENCE:
                continue
            if ALIKE[0] <= self._alike(one, other) <= ALIKE[1]:
                chosen.append((one, other))
                used[one], used[other] = used.get(one, 0) + 1, used.get(other, 0) + 1
            if len(chosen) >= PAIRS:
                break
        return np.array(chosen)

    def _band(self, wanted: np.ndarray, hashes: int, random: np.random.Generator) -> np.ndarray:
        key = np.zeros(len(self.starts), dtype=np.int64)
        for _ in range(hashes):
            order = np.where(self.rarity > 2.0, random.permutation(self.size), self.size)
            key = key * (self.size + 1) + np.minimum.reduceat(order[self.words], self.starts)
        ranked = wanted[np.argsort(key[wanted], kind="stable")]
        found = []
        for step in (1, 2, 3):
            same = np.flatnonzero(key[ranked[step:]] == key[ranked[:-step]])
            one, other = ranked[same], ranked[same + step]
            found.append(np.minimum(one, other) * np.int64(1 << 32) + np.maximum(one, other))
        keys = np.concatenate(found)
        return random.choice(keys, min(len(keys), 3 * PAIRS), replace=False)

    def _alike(self, one: int, other: int) -> float:
        first, second = (
            set(self.words[self.starts[k] : self.starts[k] + self.lengths[k]].tolist()) for k in (one, other)
        )
        both, all_ = list(first & second), list(first | second)
        return float(self.rarity[both].sum() / (self.rarity[all_].sum() + 1e-9))


def tuned(vectors: np.ndarray, corpus: Sentences, random: np.random.Generator) -> np.ndarray:
    """The vectors after pulling pairs of like sentences together; a vector's length is its word's weight."""
    pairs, size = corpus.pairs(random), corpus.size
    values = (vectors * np.maximum(corpus.rarity, 0.05)[:, None] / 5).astype(np.float32)
    mean, square = np.zeros_like(values), np.zeros_like(values)
    diagonal = np.arange(BATCH)
    for step in range(1, STEPS + 1):
        batch = pairs[random.integers(0, len(pairs), BATCH)]
        batch = batch[:, ::-1] if random.random() < 0.5 else batch
        ours, theirs = corpus.bags(batch[:, 0]), corpus.bags(batch[:, 1])
        shared = np.isin(ours, theirs) & (random.random(len(ours)) < 0.5)
        ours = ours[~shared & (random.random(len(ours)) >= 0.1)]
        theirs = theirs[random.random(len(theirs)) >= 0.1]
        (one, length), (other, other_length) = (_summed(values, keys, size) for keys in (ours, theirs))
        logits = one @ other.T / TEMPERATURE
        slope = (_softmax(logits) + _softmax(logits.T).T) / 2
        slope[diagonal, diagonal] -= 1
        slope /= TEMPERATURE * BATCH
        pull, pull_other = slope @ other, slope.T @ one
        pull = (pull - one * (pull * one).sum(axis=1, keepdims=True)) / length
        pull_other = (pull_other - other * (pull_other * other).sum(axis=1, keepdims=True)) / other_length
        words, gradient = _by_word(
            np.concatenate([ours % size, theirs % size]),
            np.concatenate([pull[ours // size], pull_other[theirs // size]]),
        )
        mean[words] = 0.9 * mean[words] + 0.1 * gradient
        square[words] = 0.99 * square[words] + 0.01 * gradient**2
        values[words] -= RATE * (1 - 0.9 * step / STEPS) * mean[words] / (np.sqrt(square[words]) + 1e-7)
    return values


def _summed(values: np.ndarray, keys: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    ones = np.ones(len(keys), dtype=np.float32)
    found = csr_matrix((ones, (keys // size, keys % size)), shape=(BATCH, size)) @ values
    length = np.linalg.norm(found, axis=1, keepdims=True) + 1e-6
    return found / length, length


def _softmax(logits: np.ndarray) -> np.ndarray:
    found = np.exp(logits - logits.max(axis=1, keepdims=True))
    return found / found.sum(axis=1, keepdims=True)


def _by_word(words: np.ndarray, gradient: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(words, kind="stable")
    opens = np.flatnonzero(np.append(True, words[order][1:] != words[order][:-1]))
    return words[order][opens], np.add.reduceat(gradient[order], opens, axis=0)


def usual(lines: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """In which share of the sentences, in lead words, each character and each pair of characters stands: keys and -20 log."""
    text = encode([concepts(line) for line in lines[::5]])
    keys, times = [], []
    for length, fewest in ((1, 4), (2, 12)):
        grams = text.grams(length)
        known, place = np.unique(grams.keys, return_inverse=True)
        held = np.unique(place * np.int64(text.size) + grams.units) // text.size
        n = np.bincount(held, minlength=len(known))
        keys.append(known[n >= fewest])
        times.append(n[n >= fewest])
    order = np.argsort(np.concatenate(keys))
    share = np.concatenate(times)[order] / text.size
    return np.concatenate(keys)[order], np.minimum(np.round(-20 * np.log(share)), 255).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared")
    parser.add_argument("--shared", type=Path, default=default)
    parser.add_argument("--write", action="store_true", help="store the lexicon")
    options = parser.parse_args()
    lines = sentences(options.shared)
    words, times = learn_words(lines)
    print(f"{len(lines):,} sentences, {len(words):,} words")
    found, owners = cut_all(lines, lexicon_from(words, times))
    used = np.unique(owners * len(words) + found) % len(words)
    rarity = np.maximum(np.log(len(lines) / (np.bincount(used, minlength=len(words)) + 20.0)), 0.0)
    vectors = first_vectors(found, owners, len(words))
    vectors = tuned(vectors, Sentences(found, owners, rarity), np.random.default_rng(0))
    known = lexicon_from(words, times)
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
    if options.write:
        np.savez_compressed(
            WORDS,
            words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
            cost=np.round(known.cost * 10).astype(np.uint8),
            rarity=np.round(rarity * 20).astype(np.uint8),
            scale=scale.astype(np.float16),
            vectors=np.round(vectors / scale[:, None] * 127).astype(np.int8),
        )
        keys, shares = usual(lines)
        np.savez_compressed(USUAL, keys=keys, shares=shares)
        print(
            f"wrote {WORDS.name}, {WORDS.stat().st_size // 1024} KiB, and {USUAL.name}, {USUAL.stat().st_size // 1024} KiB"
        )


if __name__ == "__main__":
    main()
