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
from collections.abc import Sequence
from dataclasses import dataclass
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
    "promises.js",
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
    "promise.",
    "relation.",
    "slip.",
    "state.",
    "status.",
    "timing.",
    "verdict.",
    "progress.",
)
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff\x7f]")
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True)
class Assets:
    """The styles and scripts of a page: those of a package's folder `static`, behind those that it shares with the report."""

    package: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    shared: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def style(self) -> str:
        """All styles."""
        return self._text(self.shared[0], self.styles)

    @property
    def script(self) -> str:
        """All scripts, as one that leaves no names behind."""
        return f'(() => {{\n"use strict";\n{self._text(self.shared[1], self.scripts)}\n}})();'

    def _text(self, shared: Sequence[str], own: Sequence[str]) -> str:
        return "\n".join([*map(_read, shared), *(_read(name, self.package) for name in own)])


def assemble(payload: Payload, lang: Lang) -> str:
    """The whole page."""
    blocks = [
        *(block(f"pair-{i}", pair) for i, pair in enumerate(payload.pairs)),
        *(block(f"plan-{i}", plan) for i, plan in enumerate(payload.plans)),
        block("words", _words()),
        block("summary", {**payload.summary, "lang": lang, "made_by": f"planlineage {__version__}"}),
    ]
    return put_together(_title(payload, lang), lang, Assets(__package__, STYLES, SCRIPTS), blocks)


def put_together(title: str, lang: Lang, assets: Assets, blocks: Sequence[str]) -> str:
    """A page that can do nothing but show itself: title, styles, scripts, and blocks of data."""
    script, style = assets.script, assets.style
    values = {
        "lang": "zh-Hans" if lang == "zh" else "en",
        "title": html.escape(title),
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


def block(name: str, data: Any) -> str:
    """Data for the scripts, under a name."""
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
def _words() -> dict[str, list[str]]:
    """The words that the scripts look up: the page's own ones by their short keys, and whole families of shared ones."""
    return {
        key.removeprefix("page."): [entry["zh"], entry["en"]]
        for key, entry in table().items()
        if key.startswith(_FOR_THE_PAGE)
    }


@cache
def _read(name: str, package: str = __package__) -> str:
    return files(package).joinpath("static", name).read_text(encoding="utf-8")
