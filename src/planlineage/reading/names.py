"""Names of statements and clauses: codes made of their words, and ids that occur once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from .numbering import label_of

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_PAIRS = [first + second for second in _ALPHABET for first in _ALPHABET]
_LETTERS = re.compile(r"[^\w]|_")


class Names:
    """Gives each name out once. `taken` are names that are gone already.

    >>> names = Names(["2"])
    >>> names.claim("1.1"), names.claim("1.1"), names.claim("1.1"), names.claim("2")
    ('1.1', '1.1~2', '1.1~3', '2~2')
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def claim(self, name: str) -> str:
        """The name itself where it is free, else the name with the first free number."""
        unique, n = name, self._next.get(name, 2)
        while unique in self._taken:
            unique, n = f"{name}~{n}", n + 1
        self._next[name] = n
        self._taken.add(unique)
        return unique


@lru_cache(maxsize=256)
def fingerprint(text: str) -> str:
    """A digest of the words of a text: punctuation, width, blanks and a leading number do not count.

    >>> fingerprint("（四）推进改革,") == fingerprint("四、推进改革")
    True
    """
    label = label_of(text)
    words = _LETTERS.sub("", text[label.length :] if label else text)
    return hashlib.sha256((words or text).encode()).hexdigest()[:16]


def short_code(text: str) -> str:
    """Five letters and digits that stand for the words of a text in an id."""
    return code_of(fingerprint(text))


def code_of(digest: str) -> str:
    """The code of a text with this fingerprint."""
    value, pairs = int(digest, 16), len(_PAIRS)
    return _PAIRS[value % pairs] + _PAIRS[value // pairs % pairs] + _ALPHABET[value // pairs**2 % len(_ALPHABET)]
