"""Responsibility notes and lines: （财政部、税务总局按职责分工负责）, 【牵头单位：…；完成时限：…】, 责任单位：….

A note is cut into fields at its labels or, where it has none, into clauses that end in a verb of responsibility; each names
bodies in a role. Until when stands in it too: dates are read by the rules of dates, 持续推进 and 立即 here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ...model.commitments import Pace, Responsibility
from ..folding import fold
from .lexicon import alternation, load, words
from .match import Reading

Role = Literal["lead", "support", "guide", "shared", "when", "person", "other"]

_MODE = {w: entry["mode"] for entry in load("responsibility")["endings"] for w in entry["words"]}
_ENDING_ROLE: dict[str, Role] = {w: e["role"] for e in load("responsibility")["endings"] for w in e["words"]}
_LABEL_ROLE: dict[str, Role] = {w: e["role"] for e in load("responsibility")["labels"] for w in e["words"]}
_ENDING = alternation("responsibility", "endings")
_NESTED = r"（[^（）\n]{0,40}）"
_CONTAINER = re.compile(
    rf"（(?P<round>(?:[^（）【】\n]|{_NESTED}){{2,400}})）|【(?P<square>(?:[^【】\n]){{2,400}})】|\[(?P<plain>[^\[\]\n]{{2,400}})\]"
)
_LABELS = alternation("responsibility", "labels")
_LABEL = re.compile(rf"(?P<label>{_LABELS})(?:(?:及|和|与|或)[\u4e00-\u9fff]{{2,8}})?(?:为|是)?：")
_FIELD = re.compile(rf"(?:[^：；。！？（）【】\[\]\n|]|{_NESTED}){{2,300}}")
_PART = re.compile(rf"(?P<bodies>[^。；]{{2,300}}?)(?P<ending>{_ENDING})$")
_CUT = re.compile(rf"(?<=[^、，；。])(?P<ending>{_ENDING})[，、]")
_RULE = re.compile(r"[，。；（]?(?P<rule>(?:列|排)[^，。]{0,2}第一[^）]{2,30})$")
_OPEN = re.compile(r"等(?:(?P<rest>(?:有关|相关|各)?(?:部门|单位|地区|地方)[^、，]{0,8})|(?=$|和|、|，))")
_MARKED = re.compile(r"（(?P<role>牵头|主责|牵头单位|责任单位|配合|配合单位)）$")
_FOLLOWING = re.compile(rf"^(?:{alternation('responsibility', 'following')})(?:需|由|要)?")
_ASIDE = re.compile(rf"(?:{alternation('responsibility', 'asides')})")
_JOINED = re.compile(rf"(?:{alternation('responsibility', 'joined')})")
_CONTINUING = re.compile(rf"(?:{alternation('responsibility', 'continuing')})")
_AT_ONCE = re.compile(rf"(?:{alternation('responsibility', 'at_once')})")
_DATE = (
    r"(?:在|于|到|至|自|从)?(?:(?:20[0-9]{2}|二[〇零○一二三四五六七八九]{3}|[23][0-9]|[今本当明])年|每[年季月周]"
    r"|[0-9一二三四五六七八九十]{1,3}月|[上下]半年|第?[一二三四]季度)[^、]{0,24}"
)
_WHEN = re.compile(rf"(?:{_DATE}|{_CONTINUING.pattern}|{_AT_ONCE.pattern})(?:前|完成|推进|落实|坚持|底前)?")
_ORGAN = alternation("responsibility", "bodies")
_BODY = re.compile(
    rf"^(?!{alternation('responsibility', 'not_bodies')})[\u4e00-\u9fffA-Za-z·（）“”、]{{1,30}}?(?:{_ORGAN})(?:{_NESTED})?$"
    rf"|^各[\u4e00-\u9fff（）、]{{0,12}}(?:{alternation('responsibility', 'places')}|{_ORGAN})(?:政府|管委会)?$"
)
_BOTH = re.compile(
    rf"(?<=[局委办厅部院署府会心关行位门])(?:和|与|及|以及|会同)(?=[\u4e00-\u9fff]{{2,20}}(?:{_ORGAN})(?:{_NESTED})?$)"
)
_TRAILING = re.compile(r"(?:共同|分别|按(?:照)?(?:各自)?职责(?:分工)?|根据职责(?:分工)?|联合|各自|具体|要|应)$")
_ENDS_SENTENCE = "。\n；|"


@dataclass(slots=True)
class _Note:
    """What one note says."""

    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    guide: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)
    mode: str = ""
    pace: Pace | None = None
    first_leads: bool = False

    def add(self, role: Role, names: Sequence[str]) -> None:
        """Add bodies in a role."""
        known: list[str] = getattr(self, role)
        known += [name for name in names if name not in known]

    def add_shared(self, *, beside_lead: bool) -> None:
        """责任单位 leads where it stands alone, and supports beside a lead."""
        if beside_lead:
            self.responsible = [name for name in self.shared if name not in self.lead]
        self.add("support" if beside_lead else "lead", self.shared)
        self.shared = []

    @property
    def says_who(self) -> bool:
        """Whether it names anybody."""
        return bool(self.lead or self.support or self.guide or self.shared or self.following)


def bodies(text: str) -> tuple[list[str], bool]:
    """Single bodies of an enumeration, and whether the list is open (等).

    >>> bodies("人力资源社会保障部、财政部等有关部门和单位")
    (['人力资源社会保障部', '财政部', '有关部门和单位'], True)
    >>> bodies("省水利厅（海洋局）、各镇（街道）、区财政局和区审计局")[0]
    ['省水利厅（海洋局）', '各镇（街道）', '区财政局', '区审计局']
    """
    is_open = False
    found: list[str] = []
    text = re.sub(r"^[^、，]{0,20}?由(?=[\u4e00-\u9fff])", "", text)
    for piece in _pieces(text):
        match = _OPEN.search(piece)
        if match:
            is_open = True
            rest = piece[match.end() :].removeprefix("和")
            found += [piece[: match.start()], (match["rest"] or "").removesuffix("负责"), rest]
        else:
            found += _BOTH.split(piece)
    names = [_TRAILING.sub("", name.strip("：；。 ")) for name in found if not _WHEN.fullmatch(name)]
    return [name for name in names if name not in ("", "部门", "单位", "等")], is_open


def are_bodies(text: str) -> bool:
    r"""Whether words are names of bodies and nothing else.

    >>> are_bodies("区财政局、\n区审计局"), are_bodies("区财政局公布预算")
    (True, False)
    """
    names, _ = bodies(re.sub(r"\s", "", text))
    return bool(names) and all(_BODY.match(name) for name in names)


def _pieces(text: str) -> list[str]:
    """Cut at 、 and ， outside brackets."""
    return re.split(r"[、，；](?![^（）]{0,200}）)", text)


def responsibilities(reading: Reading) -> None:
    """All notes in brackets, then labelled lines."""
    for match in _CONTAINER.finditer(reading.text):
        inside = match["round"] or match["square"] or match["plain"]
        note = _read(inside, closing=_closes(reading, match))
        if note is not None:
            _record(reading, match.span(), note, "responsible.note")
            reading.claims.add(*match.span())
        elif match["round"] and "（" in inside:
            _inner(reading, match.start() + 1, match.end() - 1)
    for start, end, note in _lines(reading):
        _record(reading, (start, end), note, "responsible.line")


def is_note(text: str) -> bool:
    """Whether a stretch says nothing but who is responsible or until when.

    >>> is_note("（责任单位：区司法局）"), is_note("责任单位：区司法局。"), is_note("区司法局负责清理。")
    (True, True, False)
    """
    bare = fold(text).strip().rstrip("。")
    bracket = _CONTAINER.fullmatch(bare)
    if bracket is not None:
        bare = bracket["round"] or bracket["square"] or bracket["plain"]
        if _WHEN.fullmatch(bare) or _read(bare, closing=True) is not None:
            return True
    label = _LABEL.match(bare)
    if label is None or _LABEL_ROLE[label["label"]] == "other":
        return False
    return bracket is not None or len(label["label"]) > 2 or _LABEL_ROLE[label["label"]] == "when"


def cell_note(text: str, role: Role, *, first_leads: bool = False) -> _Note | None:
    """What a cell says that stands in a column for units of a role, or for dates; None where it says nothing of them.

    `first_leads` says that the first body of a list leads and the others support it.

    >>> note = cell_note("区司法局牵头，各镇（街道）配合", "lead")
    >>> note.lead, note.support, cell_note("长期坚持", "when").pace
    (['区司法局'], ['各镇（街道）'], 'continuing')
    """
    note = _Note()
    bare = re.sub(r"(?<=[\u4e00-\u9fff）]) +(?=[\u4e00-\u9fff])", "、", fold(text)).strip("；。， ")
    if role == "when":
        _pace(note, bare)
        return note if note.pace else None
    if (read := _read(bare, closing=False)) is not None:
        return read
    names = bodies(bare)[0]
    if (
        first_leads
        and role == "lead"
        and len(names) > 1
        and not names[0].startswith(words("responsibility", "collective"))
    ):
        note.add("support", names[1:])
        names = names[:1]
    note.add(role, names)
    if role == "shared":  # a table has it so beside a column of leads only
        note.add_shared(beside_lead=True)
    note.mode = {"lead": "负责", "guide": "指导"}.get(role, "配合")
    return note if note.says_who else None


def _inner(reading: Reading, start: int, end: int) -> None:
    """A note inside a bracket that is none itself."""
    for match in _CONTAINER.finditer(reading.text, start, end):
        inside = match["round"] or match["square"] or match["plain"]
        if (note := _read(inside, closing=False)) is not None:
            _record(reading, match.span(), note, "responsible.note")


def _closes(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a bracket stands behind a sentence, on a line of its own, or as the last of a sentence that names no bodies."""
    before, after = reading.text[: match.start()][-1:], reading.text[match.end() :][:1]
    if before in "。；\n|】）":
        return True
    return (not after or after in _ENDS_SENTENCE) and before not in "门位构局关委" and "、" in match.group()


def _read(inside: str, *, closing: bool) -> _Note | None:
    """The roles that a note gives; None where it is not a note of responsibility."""
    note = _Note()
    text = inside.strip("。；， ")
    if rule := _RULE.search(text):
        note.first_leads = True
        text = text[: rule.start()]
    if labels := list(_LABEL.finditer(text)):
        if labels[0].start() > 4 or not _labelled(note, text, labels):
            return None
    elif not _by_endings(note, text) and not (closing and _bare_list(note, text)):
        return None
    if note.shared:
        note.add_shared(beside_lead=bool(note.lead))
    return note if note.says_who else None


def _labelled(note: _Note, text: str, labels: Sequence[re.Match[str]]) -> bool:
    """Fields behind labels: 牵头单位：…；配合单位：…；完成时限：…."""
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        content = text[label.end() : following.start() if following else len(text)].strip("；。， ")
        role = _LABEL_ROLE[label["label"]]
        _pace(note, content)
        if role in ("when", "person", "other") or not content:
            continue
        if role in ("lead", "shared") and _by_endings(note, content):
            continue
        note.add(role, bodies(content)[0])
        if role == "lead":
            note.mode = "牵头"
    return note.says_who


def _by_endings(note: _Note, text: str) -> bool:
    """Clauses that end in a verb of responsibility: 甲牵头，乙、丙配合; 甲会同乙负责; false where a clause is none."""
    found: list[tuple[Role, list[str], str]] = []
    for sentence in re.split("[。；]", text):
        for clause in _CUT.sub(r"\g<ending>\n", sentence).split("\n"):
            read = _clause(note, clause)
            if read is None:
                return False
            found += read
    if not any(role in ("lead", "support", "guide") for role, _, _ in found) and not note.following:
        return False
    for role, names, mode in found:
        note.add(role, names)
        if role == "lead":
            note.mode = note.mode or mode
    return True


def _clause(note: _Note, clause: str) -> list[tuple[Role, list[str], str]] | None:
    """One clause of a note: its bodies in their roles; empty for an aside or a date, None for anything else."""
    clause = clause.strip("，。 ")
    if not clause or _ASIDE.match(clause) or _is_when(note, clause):
        return []
    if joined := _JOINED.match(clause):
        return [("support", bodies(_ending_off(clause[joined.end() :]))[0], "配合")]
    part = _PART.fullmatch(clause)
    if part is None:
        return None
    role, mode = _ENDING_ROLE[part["ending"]], _MODE[part["ending"]]
    if following := _FOLLOWING.match(part["bodies"]):
        names = bodies(part["bodies"][following.end() :])[0]
        note.following += names
        return []
    head, _, joined_names = part["bodies"].partition("会同")
    names, is_open = bodies(head)
    if is_open and mode == "负责":
        mode = "等负责"
    found: list[tuple[Role, list[str], str]] = [(role, names, mode)] if names else []
    return [*found, ("support", bodies(joined_names)[0], "配合")]


def _ending_off(text: str) -> str:
    part = _PART.fullmatch(text)
    return part["bodies"] if part else text


def _bare_list(note: _Note, text: str) -> bool:
    """Nothing but units, and perhaps until when: （区司法局、各镇（街道），持续推进）."""
    names: list[str] = []
    for piece in _pieces(text):
        if _is_when(note, piece):
            continue
        marked = _MARKED.search(piece)
        name = piece[: marked.start()] if marked else piece
        if not _BODY.match(name) or len(name) < 2:
            return False
        if marked:
            note.add("support" if marked["role"].startswith("配合") else "lead", [name])
        names.append(name)
    note.add(
        "support" if note.lead else "lead",
        [name for name in names if name not in (*note.lead, *note.support)],
    )
    return bool(names)


def _is_when(note: _Note, text: str) -> bool:
    """Whether a piece only says until when."""
    text = text.strip("，。；、 ")
    if not _WHEN.fullmatch(text):
        return False
    _pace(note, text)
    return True


def _pace(note: _Note, text: str) -> None:
    if _CONTINUING.search(text):
        note.pace = "continuing"
    elif _AT_ONCE.search(text):
        note.pace = "at_once"


def _lines(reading: Reading) -> Iterator[tuple[int, int, _Note]]:
    """Labelled fields outside brackets; one right behind another belongs to it, one in a new sentence stands alone."""
    run: list[tuple[int, int]] = []
    for label in _LABEL.finditer(reading.text):
        content = _FIELD.match(reading.text, label.end())
        if content is None or not reading.claims.free(*label.span()) or len(label["label"]) < 4:
            continue
        if run and reading.text[run[-1][1] : label.start()] not in ("", "；", "，"):
            yield from _line(reading, run)
            run = []
        end = content.end()
        if inner := _LABEL.search(reading.text, label.end(), end):
            end = inner.start()
        run.append((label.start(), end))
    yield from _line(reading, run)


def _line(reading: Reading, run: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, _Note]]:
    if run and (note := _read(reading.text[run[0][0] : run[-1][1]], closing=True)) is not None:
        yield run[0][0], run[-1][1], note


def _record(reading: Reading, span: tuple[int, int], note: _Note, method: str) -> None:
    lead, support = note.lead, note.support
    first = reading.context.first_listed_leads or note.first_leads
    if first and len(lead) > 1 and not lead[0].startswith(words("responsibility", "collective")):
        lead, support = lead[:1], lead[1:] + support
    mode = note.mode or ("负责" if lead else "配合" if support else "指导")
    reading.add(
        Responsibility,
        *span,
        method,
        claim=False,
        lead=tuple(lead),
        support=tuple(support),
        responsible=tuple(note.responsible),
        guide=tuple(note.guide),
        following=tuple(note.following),
        mode=mode,
        pace=note.pace,
    )
