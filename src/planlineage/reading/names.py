"""Ids that occur once: the second of the same name is told apart by `~2`."""

from __future__ import annotations


class Names:
    """Gives each name out once.

    >>> names = Names()
    >>> names.claim("1.1"), names.claim("1.1"), names.claim("1.1")
    ('1.1', '1.1~2', '1.1~3')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, name: str) -> str:
        """The name itself where it is free, else the name with the first free number."""
        unique, n = name, self._next.get(name, 2)
        while unique in self._taken:
            unique, n = f"{name}~{n}", n + 1
        self._next[name] = n
        self._taken.add(unique)
        return unique
