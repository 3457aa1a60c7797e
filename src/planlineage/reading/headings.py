"""Headings: which paragraphs are headings, and where a run-in heading ends.

A clause's first sentence is its heading where the clauses beside it are built the same way; a short line that leads on to
deeper clauses or to unnumbered text is a heading by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .numbering import Label
from .sections import is_note_line, is_table_line, outline_pattern
from .segment import Stretch, sentences

MAX_HEADING = 45
"""No run-in heading seen in 30 real plans is longer; longer first sentences are tasks themselves."""


class Headings:
    """Finds the headings among the paragraphs of one section.

    `stretches`, `lines` and `labels` describe the paragraphs; `law` says that the section is a law, whose articles have none.
    """

    def __init__(
        self,
        text: str,
        stretches: Sequence[Stretch],
        lines: Sequence[str],
        labels: Sequence[Label | None],
        law: bool,
    ) -> None:
        self.text, self.stretches, self.lines, self.labels, self.law = text, stretches, lines, labels, law

    def find(self, first: int, last: int) -> dict[int, int]:
        """For each paragraph that has a heading: the clean offset where it ends."""
        found: dict[int, int] = {}
        run_in: dict[int, int] = {}
        for i in range(first, last):
            label = self.labels[i]
            if label is None or (self.law and label.rank > 30):
                continue
            end = self._whole_line_heading(i, last)
            if end is not None:
                found[i] = end
                continue
            end = self._run_in(i, label.length)
            if end is not None:
                run_in[i] = end
        found.update(self._agreed(run_in, first, last))
        found.update(self._unnumbered(found, first, last))
        return found

    def _whole_line_heading(self, i: int, last: int) -> int | None:
        line, label = self.lines[i], self.labels[i]
        assert label is not None
        body = line[label.length :].strip()
        if (
            not body
            or len(body) > (2 * MAX_HEADING if label.rank <= 50 else MAX_HEADING)
            or body[-1] in "；;：:"
        ):
            return None
        stretch = self.stretches[i]
        following = self.labels[i + 1] if i + 1 < last else None
        leads_on = i + 1 < last and (following is None or following.rank > label.rank)
        leads_on = leads_on and not is_note_line(self.lines[i + 1])
        if "。" in body[:-1]:
            return None
        if body[-1] == "。":
            return stretch.end if leads_on and not self._is_closing_line(i + 1) else None
        return stretch.end if leads_on or label.rank <= 50 else None

    def _is_closing_line(self, i: int) -> bool:
        line = self.lines[i]
        return bool(
            outline_pattern("self_names").search(line) and outline_pattern("closing_openings").match(line)
        )

    def _run_in(self, i: int, label: int) -> int | None:
        """Where a run-in heading would end: a short first sentence with more text behind it."""
        stretch = self.stretches[i]
        cut = sentences(self.text, stretch.start + label, stretch.end)
        if len(cut) < 2:
            return None
        first = self.text[cut[0].start : cut[0].end]
        if (
            len(first) > MAX_HEADING
            or first[-1] not in "。："
            or ("（" in first[-12:] and first.endswith("）。"))
        ):
            return None
        return cut[0].end

    def _agreed(self, run_in: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Run-in headings count where most clauses of the same style in the section have one."""
        counted: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for i in range(first, last):
            label = self.labels[i]
            if label is not None and self.own_text(i):
                total[label.style.name] += 1
                counted[label.style.name] += i in run_in
        agreed = {}
        for i, end in run_in.items():
            label = self.labels[i]
            assert label is not None
            if counted[label.style.name] * 2 > total[label.style.name]:
                agreed[i] = end
        return agreed

    def _unnumbered(self, found: dict[int, int], first: int, last: int) -> dict[int, int]:
        """Run-in headings of unnumbered paragraphs that stand side by side right below a heading."""
        extra: dict[int, int] = {}
        i = first
        while i < last:
            if found.get(i) != self.stretches[i].end:
                i += 1
                continue
            group: list[int] = []
            j = i + 1
            while j < last and self.labels[j] is None and not is_table_line(self.lines[j]):
                group.append(j)
                j += 1
            if j < last and self._is_deeper(i, j):
                group = []
            ends = {g: end for g in group if (end := self._run_in(g, 0)) is not None}
            if len(ends) >= 2 and len(ends) * 5 >= len(group) * 3:
                extra.update(ends)
            i = j
        return extra

    def _is_deeper(self, i: int, j: int) -> bool:
        above, below = self.labels[i], self.labels[j]
        return above is not None and below is not None and below.rank > above.rank

    def own_text(self, i: int) -> bool:
        """Whether a numbered paragraph holds text after its heading."""
        return len(sentences(self.lines[i], pieces=False)) > 1 or len(self.lines[i]) > MAX_HEADING
