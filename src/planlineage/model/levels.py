"""Levels of government, from the centre down."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level of government. Ordered: the centre is the highest.

    A county is `district`, a prefecture is `municipal`, a municipality under the centre (直辖市) is `provincial`;
    `village` occurs only as the level of an actor.

    >>> Level.CENTRAL.is_above(Level.DISTRICT), Level.DISTRICT.chinese
    (True, '县（区）')
    """

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    TOWNSHIP = "township"
    VILLAGE = "village"

    @property
    def rank(self) -> int:
        """0 for the centre, growing downwards."""
        return list(Level).index(self)

    @property
    def chinese(self) -> str:
        """The level's name in Chinese output."""
        return _CHINESE[self]

    def is_above(self, other: Level) -> bool:
        """Whether this level stands above another."""
        return self.rank < other.rank


_CHINESE = {
    Level.CENTRAL: "中央",
    Level.PROVINCIAL: "省",
    Level.MUNICIPAL: "市",
    Level.DISTRICT: "县（区）",
    Level.TOWNSHIP: "乡镇（街道）",
    Level.VILLAGE: "村（社区）",
}
