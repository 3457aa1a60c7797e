"""Vertical headings read across their columns, put back into order as far as the table itself shows how.

Two ways, both with the table's own words as the only evidence: a stretch of the heading that is a
permutation of a stretch of the rows below it is read as they have it; or the heading is taken for two
columns read one after the other, and they are laced together so that the most letter pairs known from the
rows come out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

_SHORTEST = 5
_LONGEST = 40
_WINDOW = 600
_BETTER = 0.25
_UNEVEN = 2
_DISPLACED = 0.02


def known_pairs(texts: Sequence[str]) -> set[str]:
    """All pairs of neighbouring characters in the texts."""
    return {text[at : at + 2] for text in texts for at in range(len(text) - 1)}


def untangle(heading: str, rows: Sequence[str], pairs: Collection[str]) -> str:
    """A torn heading in the order that the rows below it, or known letter pairs, speak for; else as it is.

    >>> untangle("强化能节和态生环境保护", ["落实节能和生态环境保护要求"], {"节能", "生态", "态环"})
    '强化节能和生态环境保护'
    >>> untangle("督、司监法督", [], {"司法", "监督", "、司", "督、", "法监"})
    '督、司法监督'
    """
    if not _SHORTEST <= len(heading) <= _LONGEST:
        return heading
    permuted = _permuted(heading, rows)
    if permuted and _worth(permuted, pairs) > _worth(heading, pairs):
        return permuted
    return _laced(heading, pairs)


def _permuted(heading: str, rows: Sequence[str]) -> str | None:
    body = "".join(row[:_WINDOW] for row in rows[:3])[:_WINDOW]
    weigh = [(ord(char) * 2654435761) ** 2 % (1 << 61) for char in body]
    sums = [0]
    for weight in weigh:
        sums.append(sums[-1] + weight)
    for length in range(min(len(heading), len(body)), _SHORTEST - 1, -1):
        windows = {sums[at + length] - sums[at]: at for at in range(len(body) - length + 1)}
        for at in range(len(heading) - length + 1):
            stretch = heading[at : at + length]
            place = windows.get(sum((ord(char) * 2654435761) ** 2 % (1 << 61) for char in stretch))
            if place is not None and sorted(body[place : place + length]) == sorted(stretch):
                return heading[:at] + body[place : place + length] + heading[at + length :]
    return None


def _laced(heading: str, pairs: Collection[str]) -> str:
    best, score = heading, _worth(heading, pairs) + _BETTER * (len(heading) - 1)
    middle = len(heading) // 2
    for cut in (
        middle,
        *(c for d in range(1, _UNEVEN + 1) for c in (middle - d, middle + d) if 0 < c < len(heading)),
    ):
        lace, worth = _lace(heading, cut, pairs)
        if worth > score:
            best, score = lace, worth
    return best


def _worth(lace: str, pairs: Collection[str]) -> float:
    return float(sum(lace[at : at + 2] in pairs for at in range(len(lace) - 1)))


def _lace(heading: str, cut: int, pairs: Collection[str]) -> tuple[str, float]:
    """The two columns merged, each in its order, and the worth: known pairs less a bit a displacement."""
    left, right = heading[:cut], heading[cut:]
    # A state is (letters taken from the left, from the right, side of the last one); it keeps its worth and
    # its text. The letter read first is the first one in either reading.
    states: dict[tuple[int, int, int], tuple[float, str]] = {(1, 0, 0): (0.0, left[0])}
    for total in range(1, len(heading)):
        for i in range(max(0, total - len(right)), min(total, len(left)) + 1):
            for state in (states.get((i, total - i, side)) for side in (0, 1)):
                if state is None:
                    continue
                for source, at, target in (
                    (left, i, (i + 1, total - i, 0)),
                    (right, total - i, (i, total - i + 1, 1)),
                ):
                    if at == len(source):
                        continue
                    moved = abs(total - (at if source is left else cut + at))
                    worth = state[0] + (state[1][-1] + source[at] in pairs) - _DISPLACED * moved
                    if target not in states or states[target][0] < worth:
                        states[target] = (worth, state[1] + source[at])
    worth, lace = max(states[end] for side in (0, 1) if (end := (len(left), len(right), side)) in states)
    return lace, worth
