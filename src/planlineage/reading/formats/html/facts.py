"""Facts that a page prints beside its article: 发文字号, 成文日期, 发布日期, 发文机关, the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ...lexicon import lexicon

_BLANK = re.compile(r"[\s\u3000\xa0]+")
_DAY = re.compile(r"(\d{4})\s?[年/.-]\s?(\d{1,2})\s?[月/.-]\s?(\d{1,2})")
_LONGEST = 200
_SHORTEST_TITLE = 8
_MOST_PIECES = 20_000
_SITE = re.compile(r"\s?(?:[_|]\s?[^_|]{2,30}|[-—–]{1,2}\s?[^-_|—–]{0,25}(?:政府|网|门户|平台|公开|[委局办厅会部站]))$")
KINDS = ("title", "number", "issuer", "issued", "published")


@cache
def _labels() -> dict[str, str]:
    facts = lexicon("pages")["facts"]
    return {label: kind for kind, labels in facts.items() if kind != "why" for label in labels}


@cache
def _label() -> re.Pattern[str]:
    spaced = sorted(_labels(), key=len, reverse=True)
    names = "|".join(r"[\s\u3000\xa0]*".join(map(re.escape, label)) for label in spaced)
    return re.compile(
        rf"[\[【]?[\s\u3000\xa0]*({names})[\s\u3000\xa0]*[\]】]?[\s\u3000\xa0]*(?:[：:][\s\u3000\xa0]*|$)"
    )


def facts_of(root: Any, body: Any) -> dict[str, str]:
    """The facts of a page, days as YYYY-MM-DD: labelled values first, then meta elements, then the page's title."""
    found = _labelled(body)
    meta = {
        (m.get("name") or m.get("property") or "").lower(): (m.get("content") or "").strip() for m in root.iter("meta")
    }
    for kind, names in lexicon("pages")["meta"].items():
        if kind != "why":
            found.setdefault(kind, next((meta[n] for n in names if meta.get(n)), ""))
    headings = [_words(h) for h in body.iter("h1") if _words(h)]
    if not found.get("title"):
        guesses = (headings[0] if len(set(headings)) == 1 else "", _page_title(root))
        found["title"] = next((guess for guess in guesses if _names_document(guess)), "")
    for kind in ("issued", "published"):
        found[kind] = _day(found.get(kind, ""))
    return {kind: found[kind][:_LONGEST] for kind in KINDS if found.get(kind)}


def _labelled(body: Any) -> dict[str, str]:
    """Values behind labels, in the same piece of text (文号：国发〔2019〕4号) or in the next one (a table's next cell)."""
    found: dict[str, str] = {}
    waiting = ""
    for piece in _pieces(body):
        if len(piece) > _LONGEST:
            waiting = ""
            continue
        marks = list(_label().finditer(piece))
        marks = [m for m in marks if m.end() == len(piece) or "：" in m.group() or ":" in m.group()]
        if not marks or marks[0].start() > 0:
            if waiting and not marks:
                found.setdefault(waiting, piece)
            waiting = ""
            if not marks:
                continue
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            kind = _labels()[_BLANK.sub("", mark[1])]
            value = piece[mark.end() : following.start() if following else len(piece)].strip()
            if value:
                found.setdefault(kind, value)
            waiting = "" if value else kind
    found.pop("other", None)
    return found


def _pieces(body: Any) -> Iterator[str]:
    """The stretches of text of a page that no tag interrupts; emphasis inside a label or value does not part it."""
    for count, text in enumerate(body.itertext()):
        if count > _MOST_PIECES:
            return
        words = text.strip(" \t\r\n\u3000\xa0")
        if words and words not in ("：", ":"):
            yield words


def _words(element: Any) -> str:
    return _BLANK.sub(" ", "".join(element.itertext())).strip()


def _names_document(title: str) -> bool:
    """Whether words end as the title of an official document does (方案, 意见, 通知)."""
    kinds = "|".join(lexicon("outline")["document_types"]["words"])
    return len(title) >= _SHORTEST_TITLE and bool(
        re.search(rf"(?:{kinds})(?:[（(][^（）()]{{1,20}}[）)]){{0,2}}$", title)
    )


def _page_title(root: Any) -> str:
    """The title of the page without the name of the site behind it."""
    title = next((_words(t) for t in root.iter("title")), "")
    for _ in range(3):
        shorter = _SITE.sub("", title)
        if not shorter or shorter == title or len(shorter) < 6:
            break
        title = shorter
    return title


def _day(text: str) -> str:
    match = _DAY.search(text)
    if match is None:
        return ""
    year, month, day = (int(n) for n in match.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
