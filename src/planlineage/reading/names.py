"""Ids that occur once: the second of the same name is told apart by `~2`."""

from __future__ import annotations

from collections.abc import Iterable


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
