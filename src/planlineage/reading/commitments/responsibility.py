"""Responsibility notes and lines: （财政部、税务总局按职责分工负责）, 牵头单位：…；配合单位：…."""

from __future__ import annotations

import re

from ...model.commitments import Responsibility
from .lexicon import alternation, load, words
from .match import Reading

_MODE = {word: entry["mode"] for entry in load("responsibility")["endings"] for word in entry["words"]}
_ENDING = alternation("responsibility", "endings")
_NOTE = re.compile(r"（(?P<inside>[^（）\n]{3,400})）")
_PART = re.compile(rf"(?P<bodies>[^。；]{{2,300}}?)(?P<ending>{_ENDING})$")
_RULE = re.compile(r"[，。；](?P<rule>(?:列|排)[^，。]{0,2}第一[^）]{2,30})$")
_LABELS = rf"{alternation('responsibility', 'lead_labels')}|{alternation('responsibility', 'support_labels')}"
_LINE = re.compile(rf"(?P<label>{_LABELS})：(?P<bodies>[^：；。！？（）\n|]{{2,200}})")
_LINE_IN_NOTE = re.compile(
    rf"(?:^|[；，。])({_LABELS})：((?:[^：；。，]|，(?![^，：；。]{{2,8}}：)){{2,300}})"
)
_OPEN = re.compile(r"等(?:(?P<rest>(?:有关|相关|各)?(?:部门|单位|地区|地方)[^、，]{0,8})|(?=$|和|、|，))")


def bodies(text: str) -> tuple[list[str], bool]:
    """Single bodies of an enumeration, and whether the list is open (等).

    >>> bodies("人力资源社会保障部、财政部等有关部门和单位")
    (['人力资源社会保障部', '财政部', '有关部门和单位'], True)
    """
    is_open = False
    found: list[str] = []
    text = re.sub(r"^[^、，]{0,20}?由(?=[\u4e00-\u9fff])", "", text)
    for piece in re.split("[、，]", text):
        match = _OPEN.search(piece)
        if match:
            is_open = True
            rest = piece[match.end() :].removeprefix("和")
            found += [piece[: match.start()], (match["rest"] or "").removesuffix("负责"), rest]
        else:
            found.append(piece)
    return [body.strip() for body in found if body.strip() not in ("", "部门", "单位")], is_open


def responsibilities(reading: Reading) -> None:
    """All notes in brackets, then labelled lines."""
    for match in _NOTE.finditer(reading.text):
        if not _labelled_note(reading, match):
            _note(reading, match)
    _lines(reading)


def _note(reading: Reading, match: re.Match[str]) -> None:
    inside = _RULE.sub("", match["inside"])
    parts = [part for part in re.split("[。；]", inside) if part]
    if not parts or not (_PART.fullmatch(parts[0])):
        return
    lead: list[str] = []
    support: list[str] = []
    guides: list[str] = []
    mode = ""
    for segment in _segments(parts[0]):
        part = _PART.fullmatch(segment)
        if part is None:
            return
        head, _, joined = part["bodies"].partition("会同")
        names, is_open = bodies(head)
        kind = _MODE[part["ending"]]
        if kind == "配合":
            support += names
        elif kind == "指导":
            guides += names
        else:
            lead += names
            mode = mode or ("等负责" if is_open and kind == "负责" else kind)
        support += bodies(joined)[0]
    if guides:
        lead, support, mode = (lead, guides + support, mode) if lead else (guides, support, "指导")
    if not lead and not support:
        return
    if (
        reading.context.first_listed_leads
        and len(lead) > 1
        and not lead[0].startswith(words("responsibility", "collective"))
    ):
        lead, support = lead[:1], lead[1:] + support
    reading.add(
        Responsibility,
        *match.span(),
        "responsible.note",
        claim=False,
        lead=tuple(lead),
        support=tuple(support),
        mode=mode or "配合",
    )


def _labelled_note(reading: Reading, match: re.Match[str]) -> bool:
    """（负责部门：…；适用范围：…）: one note, whatever else it says."""
    lines = _LINE_IN_NOTE.findall(match["inside"])
    if not lines:
        return False
    support_labels = words("responsibility", "support_labels")
    lead = [name for label, names in lines if label not in support_labels for name in bodies(names)[0]]
    support = [name for label, names in lines if label in support_labels for name in bodies(names)[0]]
    _labelled(reading, *match.span(), lead, support)
    reading.claims.add(*match.span())
    return True


def _segments(text: str) -> list[str]:
    """Cut A牵头，B、C参与 after each ending that a comma follows."""
    cut = re.sub(rf"({_ENDING})，", r"\1\n", text)
    return cut.split("\n")


def _lines(reading: Reading) -> None:
    """Labelled lines; a support label right behind a lead line belongs to it, one in a new sentence stands alone."""
    support_labels = words("responsibility", "support_labels")
    pending: tuple[re.Match[str], list[str]] | None = None
    for match in _LINE.finditer(reading.text):
        if not reading.claims.free(*match.span("label")):
            continue
        names, _ = bodies(match["bodies"])
        if match["label"] in support_labels:
            if pending and reading.text[pending[0].end() : match.start()] in ("", "；", "，"):
                _labelled(reading, pending[0].start(), match.end(), pending[1], names)
                pending = None
            else:
                _labelled(reading, *match.span(), [], names)
            continue
        if pending:
            _labelled(reading, *pending[0].span(), pending[1], [])
        pending = (match, names)
    if pending:
        _labelled(reading, *pending[0].span(), pending[1], [])


def _labelled(reading: Reading, start: int, end: int, lead: list[str], support: list[str]) -> None:
    mode = "牵头" if reading.text.startswith(("牵头", "（牵头"), start) else "负责" if lead else "配合"
    reading.add(
        Responsibility,
        start,
        end,
        "responsible.line",
        claim=False,
        lead=tuple(lead),
        support=tuple(support),
        mode=mode,
    )
