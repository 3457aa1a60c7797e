"""Finding the article of a page: where most of the running text stands, outside links, menus and footers."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ....model.disk import CONTROL
from ...lexicon import lexicon
from ..values import Clock

_NEVER = frozenset(
    (  # noqa: SIM905 - a list of quoted words is harder to read
        "script style noscript template iframe object embed svg canvas audio video select button input textarea "
        "datalist nav menu dialog map"
    ).split()
)
_PARAGRAPH = 18
_ENDS = "。；！？：.;"
_SHARE = 0.75
_MAIN = 0.5
_LEAST_FACTS, _LONGEST_FACTS = 12, 1200
_BLANK = re.compile(r"\s+")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(lexicon("pages")[name]["patterns"]), re.IGNORECASE)


def prune(body: Any, clock: Clock) -> int:
    """Take scripts, menus, footers and hidden elements out of a page; returns how many characters of text went with them.

    An element named like a menu stays where it holds half of the page's running text: names lie.
    """
    for element in [e for e in body.iter(*_NEVER) if e is not body]:
        _drop(element)
    clock.check()
    weights = _weights(body, clock)
    whole = weights.get(body, 0) or 1
    facts = set(_fact_blocks(body))
    gone = 0
    doomed = []
    for element in body.iter():
        if element is body or not isinstance(element.tag, str):
            continue
        named = f"{element.get('class', '')} {element.get('id', '')}"
        furniture = element.tag in ("header", "footer", "aside") or (
            named != " " and _pattern("furniture").search(named[:200])
        )
        if _hidden(element) or (furniture and weights.get(element, 0) < _MAIN * whole and element not in facts):
            doomed.append(element)
    for element in doomed:
        if _attached(element, body):
            gone += len(_BLANK.sub("", "".join(element.itertext())))
            _drop(element)
    return gone


def drop_facts(body: Any) -> None:
    """Take the table of facts (发文字号：…, 成文日期：…) out of a page once it has been read."""
    for element in _fact_blocks(body):
        if _attached(element, body):
            _drop(element)


def _fact_blocks(body: Any) -> list[Any]:
    """The elements that carry the facts of the document and nothing else, the outer before the inner ones."""
    lengths: dict[Any, int] = {}
    order = list(body.iter())
    for element in reversed(order):
        own = len(element.text or "") + sum(lengths[child] + len(child.tail or "") for child in element)
        lengths[element] = own
    return [e for e in order if e is not body and _LEAST_FACTS < lengths[e] < _LONGEST_FACTS and _holds_labels(e)]


def _holds_labels(element: Any) -> bool:
    text = _BLANK.sub("", "".join(element.itertext()))
    return len(set(_pattern("fact_labels").findall(text))) > 1


def _attached(element: Any, body: Any) -> bool:
    while element is not None:
        if element is body:
            return True
        element = element.getparent()
    return False


def _hidden(element: Any) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "hidden" in element.attrib or "display:none" in style or "visibility:hidden" in style


def _drop(element: Any) -> None:
    """Remove an element; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = CONTROL.sub("", element.tail or "")
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = CONTROL.sub("", parent.text or "") + tail
        else:
            before.tail = CONTROL.sub("", before.tail or "") + tail
    parent.remove(element)


def find_article(body: Any, clock: Clock) -> Any:
    """The smallest element that holds nearly all running text of a page.

    An element that publishing systems name as the content is taken at once where it holds most of the text.
    """
    weights = _weights(body, clock)
    whole = weights.get(body, 0)
    if not whole:
        return body
    named = [
        e
        for e in body.iter()
        if isinstance(e.tag, str)
        and weights.get(e, 0) >= _SHARE * whole
        and (e.tag == "article" or _pattern("content").search(f"{e.get('id', '')} {e.get('class', '')}"[:200]))
    ]
    if named:
        return named[-1]
    at = body
    while True:
        best = max(at, key=lambda child: weights.get(child, 0), default=None)
        if (
            best is None
            or weights.get(best, 0) < 0.9 * weights[at]
            or best.tag in ("p", "tr", "td", "tbody", "span", "ul", "ol")
        ):
            break
        at = best
    return at


def _weights(body: Any, clock: Clock) -> dict[Any, int]:
    """For each element, the characters of running text in it: text outside links, in pieces as long as a sentence."""
    weights: dict[Any, int] = {}
    order = [e for e in body.iter() if isinstance(e.tag, str)]
    clock.check()
    linked = {d for a in body.iter("a") for d in a.iter()}
    for element in reversed(order):
        own = 0
        if element not in linked:
            own += _running(element.text)
        own += sum(_running(child.tail) for child in element)
        own += sum(weights.get(child, 0) for child in element)
        weights[element] = own
    return weights


def _running(text: str | None) -> int:
    words = _BLANK.sub("", text) if text else ""
    return len(words) if len(words) >= _PARAGRAPH or (len(words) > 5 and words[-1] in _ENDS) else 0
