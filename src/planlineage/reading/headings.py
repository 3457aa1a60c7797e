"""Headings: which paragraphs are headings, and where a run-in heading ends.

What the file marks as heading or in bold is one. Elsewhere a clause's first sentence is its heading where the clauses beside it
are built the same way; a short line that leads on to deeper clauses or to unnumbered text is a heading by itself. A sentence
that sets a date is never a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .commitments import is_note
from .lines import Line
from .sections import TERM, TERMINALS, outline_pattern
from .segment import sentences

MAX_HEADING = 45
"""No run-in heading seen in 30 real plans is longer; longer first sentences are tasks themselves."""

_MAX_MARKED = 100
_MAX_PLAIN = 30
_FEWEST_LETTERS = 12
_MAX_OPENING = 22
_PLAIN = re.compile(r"[^，。；：！？…]*[\u4e00-\u9fff]{2}[^，。；：！？…]*")
_DATED = re.compile(
    r"年底|月底|(?:\d{4}年|\d{1,2}月|\d{1,2}日|年末|期末)(?:之?前|以前)|[到至]\d{4}年[，,]|\d{4}年[^，,\n]{0,100}+[，,].{0,100}[。；]$"
)
_QUANTITY = re.compile(r"\d[\d.,]{0,20}\s?(?:%|‰|[万亿]|个百分点|公里|公顷|平方|立方|吨|千瓦)")


def is_dated(words: str) -> bool:
    """Whether words set a date, which a heading never does.

    >>> is_dated("到2025年，全面完成改造。"), is_dated("2024年工作回顾")
    (True, False)
    """
    return bool(_DATED.search(words))


class Headings:
    """Finds the headings among the paragraphs of one section.

    `law` says that the section is a law, whose articles have none, `terms` that it explains terms, each before a colon.
    """

    def __init__(self, text: str, lines: Sequence[Line], *, law: bool = False, terms: bool = False) -> None:
        self.text, self.lines, self.law, self.terms = text, lines, law, terms

    def find(self, first: int, last: int) -> dict[int, int]:
        """For each paragraph that has a heading: the clean offset where it ends."""
        found: dict[int, int] = {}
        run_in: dict[int, int] = {}
        for i in range(first, last):
            line = self.lines[i]
            if self.law and line.label is not None and (line.label.of_law or line.label.rank > 50):
                continue
            end = self._marked(i) or (self._term(i) if self.terms else self._whole_line(i, last))
            if end is not None:
                found[i] = end
            elif line.label is not None and (end := self._run_in(i)) is not None:
                run_in[i] = end
        found |= self._agreed(run_in, found, first, last)
        if not self.law:
            found |= self._unnumbered(found, first, last)
        return found

    def stands_alone(self, i: int) -> bool:
        """Whether an unnumbered paragraph is a heading as a whole line."""
        line = self.lines[i]
        if line.label is not None or line.text[-1] in TERMINALS or line.is_frame:
            return False
        if line.level:
            return True
        if line.bold == line.end:
            return len(line.text) <= MAX_HEADING and line.text[-1] not in "，、" and not line.dash
        return self._plain(i)

    def _plain(self, i: int) -> bool:
        """A short line without punctuation between running text and running text."""
        line, text = self.lines[i], self.lines[i].text
        if len(text) > _MAX_PLAIN or line.dash or line.table or i + 1 >= len(self.lines) or not _PLAIN.fullmatch(text):
            return False
        before, after = self.lines[i - 1] if i else None, self.lines[i + 1]
        opens = before is None or before.text[-1] in "。！？；" or before.titled or before.is_frame
        return bool(opens) and (
            after.label is not None or (len(after.text) >= _FEWEST_LETTERS and after.text[-1] in TERMINALS)
        )

    def _marked(self, i: int) -> int | None:
        """The heading that the file itself marks."""
        line = self.lines[i]
        if line.level:
            return line.end
        length = line.bold - line.start
        if not line.bold or length > _MAX_MARKED or length <= line.number:
            return self.lines[i].end if line.label is None and self.stands_alone(i) else None
        words = self.text[line.start : line.bold]
        if is_dated(words):
            return None
        if line.label is not None:
            return line.bold
        whole = line.bold == line.end
        opener = words[-1] == "。" and length <= MAX_HEADING and not whole
        return line.bold if opener or (whole and self.stands_alone(i)) else None

    def _term(self, i: int) -> int | None:
        line = self.lines[i]
        term = TERM.match(line.text, line.number) if line.label is not None else None
        return line.start + term.end() if term is not None else None

    def _whole_line(self, i: int, last: int) -> int | None:
        line = self.lines[i]
        label = line.label
        if label is None:
            return None
        body = line.text[label.length :].strip()
        longest = 2 * MAX_HEADING if label.rank <= 60 else MAX_HEADING
        if not body or len(body) > longest or body[-1] in "；;：:！" or "。" in body[:-1]:
            return None
        after = self.lines[i + 1] if i + 1 < last else None
        leads_on = after is not None and (after.label is None or after.label.rank > label.rank) and not after.level
        leads_on = leads_on and after is not None and not is_note(after.text)
        if body[-1] == "。":
            return line.end if leads_on and not self._closes(i + 1) and not is_dated(body) else None
        return line.end if leads_on or line.table or label.rank <= 50 else None

    def _closes(self, i: int) -> bool:
        line = self.lines[i].text
        return bool(outline_pattern("self_names").search(line) and outline_pattern("closing_openings").match(line))

    def _leads_on(self, i: int) -> bool:
        """Whether deeper clauses or unnumbered text follow a numbered paragraph."""
        label, after = self.lines[i].label, self.lines[i + 1] if i + 1 < len(self.lines) else None
        deeper = after is not None and (after.label is None or (label is not None and after.label.rank > label.rank))
        return deeper and after is not None and not is_note(after.text)

    def _run_in(self, i: int, longest: int = MAX_HEADING) -> int | None:
        """Where a run-in heading would end: a short first sentence with more text behind it."""
        line = self.lines[i]
        cut = sentences(self.text, line.start + line.number, line.end)
        if len(cut) < 2:
            return None
        first = self.text[cut[0].start : cut[0].end]
        if (
            len(first) > longest
            or first[-1] not in "。："
            or ("（" in first[-12:] and first.endswith("）。"))
            or is_dated(first)
            or _QUANTITY.search(first)
            or (is_note(self.text[cut[0].end : line.end]) and not self._leads_on(i))
        ):
            return None
        return cut[0].end

    def _agreed(self, run_in: dict[int, int], found: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Run-in headings count where most of the clauses beside them, or else most of their style, have one."""
        groups = list(self._groups(first, last))
        total: Counter[str] = Counter()
        headed: Counter[str] = Counter()
        for style, group in groups:
            members = [i for i in group if i in found or self.own_text(i)]
            total[style] += len(members)
            headed[style] += sum(i in run_in or i in found for i in members)
        agreed: dict[int, int] = {}
        for style, group in groups:
            members = [i for i in group if i in found or self.own_text(i)]
            have = sum(i in run_in or i in found for i in members)
            alone = 2 * headed[style] > total[style] and style != "enumerated"
            if 2 * have > len(members) if len(members) > 1 else alone:
                agreed |= {i: run_in[i] for i in group if i in run_in}
        return agreed

    def _groups(self, first: int, last: int) -> Iterator[tuple[str, list[int]]]:
        """The numbered paragraphs that count on from one another, by style."""
        running: dict[str, list[int]] = {}
        for i in range(first, last):
            label = self.lines[i].label
            if label is None:
                continue
            group = running.setdefault(label.style.name, [])
            before = self.lines[group[-1]].label if group else None
            if before is not None and label.value != before.value + 1:
                yield label.style.name, group
                group = running[label.style.name] = []
            group.append(i)
        yield from running.items()

    def _unnumbered(self, found: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Run-in headings of unnumbered paragraphs that stand side by side and are all built the same way."""
        extra: dict[int, int] = {}
        i = first
        while i < last:
            group: list[int] = []
            dashed = bool(self.lines[i].dash)
            while i < last and self.lines[i].label is None and i not in found and bool(self.lines[i].dash) == dashed:
                group.append(i)
                i += 1
            above = group[0] - 1 if group else first
            headed = above >= first and found.get(above) == self.lines[above].end
            if dashed or (headed and not self._leads_deeper(above, i)):
                ends = {
                    g: e for g in group if (e := self._run_in(g, MAX_HEADING if dashed else _MAX_OPENING)) is not None
                }
                least = (2, 3) if dashed else (3, 4)
                if len(ends) >= least[0] and len(ends) * 5 >= len(group) * least[1]:
                    extra |= ends
            i = max(i, (group[-1] if group else i) + 1)
        return extra

    def _leads_deeper(self, i: int, j: int) -> bool:
        """Whether what follows the paragraphs below heading i is a deeper clause: they only lead in to it."""
        if j >= len(self.lines):
            return False
        above, below = self.lines[i].label, self.lines[j].label
        return above is not None and below is not None and below.rank > above.rank

    def own_text(self, i: int) -> bool:
        """Whether a numbered paragraph holds text after its heading."""
        text = self.lines[i].text
        return len(sentences(text, pieces=False)) > 1 or len(text) > MAX_HEADING
