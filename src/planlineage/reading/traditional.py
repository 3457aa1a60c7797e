"""Documents in traditional characters, read as simplified ones so that the same rules understand them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .lexicon import lexicon

_HAN = re.compile("[\u4e00-\u9fff]")
_SHARE = 0.1
_FEWEST = 20


@cache
def _table() -> tuple[dict[int, str], re.Pattern[str], re.Pattern[str]]:
    """The map of characters, what a run of them looks like, and what counts as a sign of a traditional text."""
    data = lexicon("traditional")
    characters = dict(zip(data["traditional"], data["simplified"], strict=True))
    quotes = dict(zip(data["quotes"]["from"], data["quotes"]["to"], strict=True))
    zhu = data["zhu"]
    single = "".join(map(re.escape, characters))
    run = f"(?:[{single}{''.join(quotes)}]|(?<![{zhu['stays_after']}])著(?![{zhu['stays_before']}]))+"
    table = {ord(old): new for old, new in (characters | quotes | {"著": "着"}).items()}
    return table, re.compile(run), re.compile(f"[{single}]")


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters, and does not only hold a few.

    >>> is_traditional("國務院關於加強法治政府建設的意見" * 5), is_traditional("国务院关于加强法治政府建設的意见" * 5)
    (True, False)
    """
    signs = len(_table()[2].findall(text))
    return signs >= _FEWEST and signs >= _SHARE * len(_HAN.findall(text))


def simplified_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and simplified form of each run of traditional characters; none in a text that is not traditional."""
    if not is_traditional(text):
        return
    table, run, _ = _table()
    for match in run.finditer(text):
        yield match.start(), match.end(), match.group().translate(table)
