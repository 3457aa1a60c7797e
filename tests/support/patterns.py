"""Every regular expression of the package, and texts made of its own fragments. `python tests/support/patterns.py` prints the
patterns that take more time than their text is long; it prints nothing where there are none.
"""

from __future__ import annotations

import importlib.util
import itertools
import pkgutil
import re
import re._compiler as compiler  # type: ignore[import-not-found]
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

LENGTH, SHORT = 20_000, 40
MOST = 0.3
"""Seconds for a text of `LENGTH` characters, or of `SHORT` repeats: a linear pattern needs a hundredth, a quadratic one more."""
_MANY = 12
Place = tuple[str, int]
_SEARCHES = ("search", "finditer", "findall", "sub", "subn", "split")
_WHOLE_LINES = ("(?!.*(?:关于|规范性))", "(?:来源|信息来源|", "(?:（?(?:责任|牵头|配合|")
"""Beginnings of patterns from data that only have to match a whole line (`fullmatch`), which can't be told from their place."""
_ASSIGNED = re.compile(r"^(\w+)(?:: [^=]+)? = ", re.MULTILINE)
_DEFINED = re.compile(r"^(?:    )?def (\w+)\(", re.MULTILINE)


def collected() -> dict[tuple[str, int], Place]:
    """Pattern and flags of all that the package compiles, on import and while it reads, links and compares; with its place."""
    found: dict[tuple[str, int], Place] = {}
    original = compiler.compile
    own = str(Path(importlib.util.find_spec("planlineage").origin).parent)  # type: ignore[union-attr, arg-type]

    def compile_(pattern, flags=0):
        frame = sys._getframe(1)
        while frame is not None and "/re/" in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is not None and frame.f_code.co_filename.startswith(own) and isinstance(pattern, str | bytes):
            found.setdefault((pattern, int(flags)), (frame.f_code.co_filename, frame.f_lineno))
        return original(pattern, flags)

    compiler.compile = compile_
    try:
        re.purge()
        _use_everything()
    finally:
        compiler.compile = original
    return found


def _use_everything() -> None:
    import planlineage as pl

    for module in pkgutil.walk_packages(pl.__path__, "planlineage."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    plan = pl.load("weibin_2021")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.txt"
        path.write_text(plan.source.text, encoding="utf-8")
        pl.parse(path)
        pl.write_report(pl.link(plan, "central_2021"), f"{folder}/report.html")
    pl.coverage(plan, "central_2021")
    pl.slippage(plan, "central_2021")
    pl.status(plan, as_of="2023-06-30")
    pl.trace("2.5", plan, "central_2021")


def searched(place: Place) -> bool:
    """Whether the pattern compiled there is looked for anywhere in a text; else it only has to match where the text begins."""
    source = Path(place[0]).read_text(encoding="utf-8")
    lines = source.splitlines()
    line = lines[place[1] - 1]
    if re.search(r"\bre\.(?:match|fullmatch)\(", line):
        return False
    above = "\n".join(lines[: place[1]])
    names = [*_ASSIGNED.findall(above)[-1:]] if not line.startswith("    return") else [*_DEFINED.findall(above)[-1:]]
    used = [use for name in names for use in re.findall(rf"\b{name}(?:\([^()]*\))?\.(\w+)\(", source)]
    return not used or any(use in _SEARCHES for use in used)


def samples(nodes) -> str:
    """A text that the nodes match, or nearly."""
    return "".join(map(_sample, nodes))


def _sample(node) -> str:
    kind, value = node
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.NOT_LITERAL:
        return "甲" if value != ord("甲") else "a"
    if kind is sre.ANY:
        return "a"
    if kind is sre.IN:
        return _member(value)
    if kind is sre.BRANCH:
        return samples(value[1][0])
    if kind is sre.SUBPATTERN:
        return samples(value[3])
    if kind is sre.ATOMIC_GROUP:
        return samples(value)
    if kind in _REPEATS:
        return samples(value[2]) * max(1, value[0])
    return ""


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_NOT_WORD: "。",
}


def _member(members) -> str:
    if members[0][0] is sre.NEGATE:
        inside = {chr(v) for k, v in members if k is sre.LITERAL}
        return next(c for c in "甲a1 -" if c not in inside)
    kind, value = members[0]
    if kind is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is sre.RANGE else _CATEGORIES.get(value, "a")


def pumps(nodes, before: str = "") -> Iterator[tuple[str, str]]:
    """What may stand before each repetition of a pattern, and what it repeats; each alternative of it apart, and all in turn."""
    for node in nodes:
        kind, value = node
        if kind in _REPEATS:
            if value[1] > _MANY:
                inner = list(_alternatives(value[2]))
                yield from ((before, text) for text in inner)
                yield before, "".join(inner[:20])
            yield from pumps(value[2], before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from pumps(branch, before)
        elif kind is sre.SUBPATTERN:
            yield from pumps(value[3], before)
        elif kind is sre.ATOMIC_GROUP:
            yield from pumps(value, before)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from pumps(value[1], before)
        before += _sample(node)


def _alternatives(nodes) -> Iterator[str]:
    nodes = list(nodes)
    if len(nodes) == 1 and nodes[0][0] is sre.SUBPATTERN:
        yield from _alternatives(nodes[0][1][3])
    elif len(nodes) == 1 and nodes[0][0] is sre.BRANCH:
        yield from itertools.islice(map(samples, nodes[0][1][1]), 30)
    elif len(nodes) == 1 and nodes[0][0] is sre.IN:
        members = nodes[0][1]
        yield _member(members)
        if members[0][0] is not sre.NEGATE:
            yield from (_member([m]) for m in members[1:6])
    else:
        yield samples(nodes)


def texts(pattern: str | bytes, flags: int) -> Iterator[str]:
    """Long and short texts that are hard for a pattern."""
    tree = parser.parse(pattern, flags)
    whole = samples(tree)
    seen = {(whole, "")}
    for before, pump in (("", whole), *pumps(tree), *((("", whole[:k])) for k in range(1, min(len(whole), 6)))):
        if not pump or (before, pump) in seen:
            continue
        seen.add((before, pump))
        for unit in dict.fromkeys((pump, before + pump)):
            yield before + unit * (LENGTH // len(unit)) + "\1"
            yield before + unit * SHORT + "\1"


class SlowError(Exception):
    """A text took too long."""


def slow(pattern: str | bytes, flags: int, anywhere: bool = True) -> str:
    """The text that a pattern is slow on, shortened; empty where there is none."""
    compiled = re.compile(pattern, flags)
    anywhere = anywhere and not str(pattern).startswith(_WHOLE_LINES)
    tries = [lambda text: [0 for _ in compiled.finditer(text)]] if anywhere else [compiled.match, compiled.fullmatch]

    def ring(*_):
        raise SlowError

    signal.signal(signal.SIGVTALRM, ring)
    for text in texts(pattern, flags):
        subject = text.encode("utf-8", "replace") if isinstance(pattern, bytes) else text
        begin = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, 4 * MOST)
            for attempt in tries:
                attempt(subject)
        except SlowError:
            return f"{text[:30]!r} × {len(text)}"
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if time.process_time() - begin > MOST:
            return f"{text[:30]!r} × {len(text)}: {time.process_time() - begin:.2f} s"
    return ""


def main() -> None:
    """Print each slow pattern, where it is compiled, and the text that it is slow on."""
    found = collected()
    print(len(found), "patterns", file=sys.stderr)
    for (pattern, flags), place in found.items():
        if text := slow(pattern, flags, searched(place)):
            print(f"{place[0].partition('planlineage/')[2]}:{place[1]}\t{pattern[:120]!r}\t{text}", flush=True)


if __name__ == "__main__":
    main()
