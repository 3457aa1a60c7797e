"""Web pages as government sites publish them: the article amid navigation, its tables, and the facts around it."""

from __future__ import annotations

import re
from typing import Any

from ....model.disk import CONTROL
from ....model.errors import DamagedSourceError
from ..extras import optional
from ..values import LIMITS, Clock, Extracted, noted, too_much
from .article import drop_facts, find_article, prune
from .blocks import lines_of
from .facts import facts_of

_CUT_SHORT = ("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY", "ERR_INTERNAL_ERROR")
"""Errors after which the parser gives what it had read until then."""
_TAG = re.compile(r"<[^<>]{20000,}+")
_CELL = re.compile("<t[dh]", re.IGNORECASE)


def read_html(page: Extracted, name: str, clock: Clock) -> Extracted:
    """The article of a web page. `page` is its source text as decoded; scripts are never run and nothing is loaded.

    Raises `HostileSourceError` where the page has too many or too deeply nested elements.
    """
    body, head = _parsed(page.text, name)
    removed = prune(body, clock)
    facts = facts_of(head, body)
    drop_facts(body)
    article = find_article(body, clock)
    article_lines = lines_of(article, name, clock)
    notes = [*page.notes]
    rest = sum(len("".join(line.split())) for line in lines_of(body, name, clock, without=article))
    if rest or removed:
        notes.append(noted("around-the-article", count=rest + removed))
    text = "\n".join(article_lines) + "\n" if article_lines else ""
    return Extracted(text, f"html+{page.encoding}", facts, tuple(notes))


def _parsed(text: str, name: str) -> tuple[Any, Any]:
    """Body and root of the page."""
    etree = optional("lxml.etree", "web pages", name)
    if text.count("<") > LIMITS.tags:
        raise too_much(name, "tags", most=LIMITS.tags)
    if len(_CELL.findall(text)) > LIMITS.cells:
        raise too_much(name, "cells", most=LIMITS.cells)
    if any(
        tag.count("=") > LIMITS.attributes for tag in _TAG.findall(text)
    ):  # the parser compares each with all others
        raise too_much(name, "attributes", most=LIMITS.attributes)
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # without, all text after an attribute or script of 10 MB is lost
        recover=True,
    )
    try:
        root = etree.fromstring(CONTROL.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedSourceError("broken page", where=name, hint="plain text") from None
    for entry in parser.error_log:
        if entry.type_name in _CUT_SHORT:
            raise too_much(name, "parser")
    if root is None:
        raise DamagedSourceError("empty page", where=name, hint="save again")
    body = root.find("body")
    found = body if body is not None else root
    _check_depth(found, name)
    return found, root


def _check_depth(body: Any, name: str) -> None:
    """Raise where elements lie too deep in one another for the steps that follow."""
    depth = 0
    level = [body]
    while level:
        depth += 1
        if depth > LIMITS.depth:
            raise too_much(name, "nesting")
        level = [child for element in level for child in element]
