"""What kind of statement each stretch of a plan is: told from its place in the outline first, from its words second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..model.base import Provenance
from ..model.plan import StatementKind
from .commitments import is_note
from .drafts import Draft, Place, Ruling
from .lexicon import lexicon

_BRACKETS = re.compile(r"（[^（）]*）")
_OBLIGES = re.compile("应当|必须|不得|严禁|要(?!求|素|点)")


@cache
def _compiled(*path: str) -> re.Pattern[str]:
    entry = lexicon("kinds")
    for key in path:
        entry = entry[key]
    return re.compile(entry)


@cache
def _heading_rules() -> Sequence[tuple[re.Pattern[str], StatementKind]]:
    return [(re.compile(entry["pattern"]), entry["kind"]) for entry in lexicon("kinds")["headings"]]


def _says(kind: StatementKind, rule: str, confidence: float = 0.95) -> Ruling:
    return Ruling(kind, Provenance(method=f"kind: {rule}", confidence=confidence))


def rule_on(text: str, drafts: Sequence[Draft]) -> list[Ruling]:
    """The kinds of all statements of a document, in their order; `text` is its clean text."""
    return [draft.ruling or kind_of(text[draft.start : draft.end], draft.place) for draft in drafts]


def kind_of(text: str, place: Place) -> Ruling:
    """The kind of one statement.

    >>> kind_of("本条例自2020年1月1日起施行。", Place(headings=("附则",), section="plan", role="text")).kind
    'procedure'
    >>> kind_of("健全清理工作机制。", Place(headings=("加强制定监督管理",), section="plan", role="text")).kind
    'task'
    """
    if place.role in ("heading", "title"):
        return _says("heading", "heading")
    if place.role == "frame":
        return _says("procedure", "outer frame of the document")
    if place.section == "notice":
        return _says("procedure", "notice that passes the plan on", 0.9)
    if place.closing:
        return _says("closing", "closing paragraph")
    if place.section == "terms":
        return _says("background", "explanation of a term", 0.9)
    by_heading = _by_heading(text, place)
    if by_heading is not None:
        return by_heading
    if _compiled("procedure", "pattern").search(_BRACKETS.sub("", text)):
        return _says("procedure", "statement about the document", 0.9)
    if _compiled("purpose", "pattern").search(text):
        return _says("background", "purpose of the document", 0.9)
    if place.preamble or (place.in_first_part and place.lead_in):
        return _says("background", "text before the first article", 0.9)
    if is_note(text):
        return _says("procedure", "note of responsibility", 0.9)
    if place.law:
        return _in_law(text)
    if not place.numbered and not _is_directive(text):
        return _says("background", "unnumbered text that asks for nothing", 0.5)
    return _lead_in(text) if place.lead_in else _by_words(text)


def _by_heading(text: str, place: Place) -> Ruling | None:
    for heading in (place.colon_label, *reversed(place.headings)):
        for pattern, kind in _heading_rules():
            if heading and pattern.search(heading):
                if kind == "background" and _is_directive(text) and not _reports(text):
                    return _says("task", "directive under a heading that explains", 0.7)
                return _says(kind, f"heading {heading[:12]}")
        if heading in ("总体要求", "总体要求和目标"):
            return _overall(text, place)
    return None


def _overall(text: str, place: Place) -> Ruling:
    if place.headings[-1].startswith("坚持"):
        return _says("principle", "run-in heading with 坚持", 0.9)
    if re.match(r"以.{4,60}为指导", text) or "为指导，" in text:
        return _says("thought", "guiding formula", 0.9)
    if re.match(r"坚持", text):
        return _says("principle", "begins with 坚持 under 总体要求", 0.85)
    if _compiled("lead_ins", "goal").search(text) or re.match(r"到20\d\d年", text):
        return _says("goal", "aim under 总体要求", 0.8)
    return _says("thought", "text under 总体要求", 0.7)


def _lead_in(text: str) -> Ruling:
    if _defines(text):
        return _says("background", "statement of what something is", 0.8)
    if _compiled("lead_ins", "goal").search(text):
        return _says("goal", "aim of the part", 0.85)
    if _compiled("lead_ins", "principle").search(text):
        return _says("principle", "principle of the part", 0.85)
    if _reports(text) or (not _is_directive(text) and _compiled("background", "copula").search(text)):
        return _says("background", "report before the first article", 0.7)
    return _says("task", "directive before the first article", 0.7)


def _by_words(text: str) -> Ruling:
    if _reports(text) and not _OBLIGES.search(text):
        return _says("background", "report", 0.8)
    if _defines(text):
        return _says("background", "statement of what something is", 0.8)
    if not _is_directive(text) and _compiled("background", "copula").search(text):
        return _says("background", "statement of what something is", 0.7)
    return _says("task", "asks for something", 0.9 if _is_directive(text) else 0.7)


def _in_law(text: str) -> Ruling:
    """In a law or regulation every provision binds, but for its purpose and its definitions."""
    if re.search(r"^(第[^条]{1,5}条)?\s?为了", text) and not _OBLIGES.search(text):
        return _says("background", "purpose of the law", 0.9)
    return _says("task", "provision", 0.9)


def _reports(text: str) -> bool:
    return bool(
        _compiled("background", "openings").search(text) or _compiled("background", "inside").search(text)
    )


def _defines(text: str) -> bool:
    """Whether a sentence says that one thing is a main means, guarantee or part of another, and asks for nothing."""
    return bool(_compiled("background", "definition").search(text)) and not _OBLIGES.search(text)


def _is_directive(text: str) -> bool:
    return bool(_compiled("directives", "pattern").search(text))
