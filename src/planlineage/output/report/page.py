"""Puts the page together: template, style, scripts and data into one HTML text that can do nothing but show itself.

Data stand in script elements of type `application/json` and can't end them, whatever a plan's text holds: `<`, `>`, `&` and
the line separators are written as escapes. The page's content security policy allows its own script and style, by their
digests, and nothing else: no network, no plug-in, no form, no script that came in with a document.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from ..._version import __version__
from ...model.wording import Lang, table, words
from .payload import Payload

STYLES = ("base.css", "tables.css", "reading.css", "print.css")
SCRIPTS = (
    "dom.js",
    "words.js",
    "data.js",
    "difference.js",
    "table.js",
    "overview.js",
    "summary.js",
    "coverage.js",
    "deadlines.js",
    "slippage.js",
    "decisions.js",
    "reading.js",
    "review.js",
    "printing.js",
    "main.js",
)

_FOR_THE_PAGE = (
    "page.",
    "aspect.",
    "difference.",
    "due.",
    "effect.",
    "kind.",
    "level.",
    "origin.",
    "relation.",
    "slip.",
    "state.",
    "status.",
)
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff\x7f]")
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def assemble(payload: Payload, lang: Lang) -> str:
    """The whole page."""
    script, style = _script(), _style()
    blocks = [
        *(_block(f"pair-{i}", pair) for i, pair in enumerate(payload.pairs)),
        *(_block(f"plan-{i}", plan) for i, plan in enumerate(payload.plans)),
        _block("words", _words()),
        _block("summary", {**payload.summary, "lang": lang, "made_by": f"planlineage {__version__}"}),
    ]
    values = {
        "lang": "zh-Hans" if lang == "zh" else "en",
        "title": html.escape(_title(payload, lang)),
        "policy": html.escape(
            f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        ),
        "style": style,
        "script": script,
        "data": "\n".join(blocks),
    }
    return _PLACE.sub(lambda match: values[match[1]], _read("template.html"))


def embedded(data: Any) -> str:
    r"""Data as JSON that can stand in a script element, and is plain UTF-8.

    >>> embedded({"text": "</script><!--"})
    '{"text":"\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _block(name: str, data: Any) -> str:
    return f'<script type="application/json" id="data-{name}">{embedded(data)}</script>'


def _title(payload: Payload, lang: Lang) -> str:
    plans = [lineage.local for lineage in payload.lineages]
    first = plans[0].name if plans else "planlineage"
    if len(plans) > 1:
        first = words("page.title", lang, first=first, others=len(plans) - 1)
    shown = "".join(c for c in first if c.isprintable())[:120]
    return f"{shown} · planlineage"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


@cache
def _script() -> str:
    body = "\n".join(_read(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}\n}})();'


@cache
def _style() -> str:
    return "\n".join(_read(name) for name in STYLES)


@cache
def _words() -> dict[str, list[str]]:
    """The words that the scripts look up: the page's own ones by their short keys, and whole families of shared ones."""
    return {
        key.removeprefix("page."): [entry["zh"], entry["en"]]
        for key, entry in table().items()
        if key.startswith(_FOR_THE_PAGE)
    }


def _read(name: str) -> str:
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")
