"""Puts the answers together: each question asks its signs in the order of their worth, and notes how it was answered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...model.base import Provenance
from ...model.levels import Level
from ...model.parts import CitedPlan, Finding
from ...model.plan import Period
from ..citing import document_number
from ..cleaning import CleanText
from . import issuers
from .basis import Citation, citation_places, citations, lead_in
from .dates import day_in, iso_day
from .layout import Layout, shorn
from .levels import (
    Sign,
    most_named,
    signs_in_text,
    signs_in_title,
    signs_of_addressee,
    signs_of_body,
    signs_of_number,
    weigh,
)
from .period import period_of, years
from .places import places_at_start, resolve, to_the_place
from .report import GENERIC_TITLE, assembly_in, read_report, year_of

_DRAFT = re.compile(r"征求意见稿|草案|送审稿|讨论稿|公开征求意见")
_PERSON_OR_YEAR = re.compile(r"[（(][^（）()]*(?:\d{4}年?|日[^（）()]*)[）)]$")
SURE_OF_LEVEL = 0.8
"""Below this the level should be given by the user."""
_ENOUGH = 0.9
"""A sign of this weight makes it needless to look how the whole text speaks."""


@dataclass(frozen=True, slots=True)
class Found:
    """How an answer was found: the method, how sure it is (0 to 1), the words.

    `start` and `end` are their clean offsets, 0 where the words stand beside the text.
    """

    method: str
    confidence: float
    words: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Identity:
    """What is known of a document beside its content; empty or None where it does not say. `found` says how, by question.

    `year` is the one that a yearly plan or a work report plans, else that of its issue: what 年底 and 今年 are reckoned from.
    """

    title: str = ""
    level: Level | None = None
    place: str = ""
    issuers: tuple[str, ...] = ()
    number: str = ""
    issued: datetime.date | None = None
    period: Period | None = None
    status: str = "unknown"
    year: int | None = None
    citations: Sequence[Citation] = ()
    found: Mapping[str, Found] = field(default_factory=dict)


def identify(
    layout: Layout,
    *,
    title: str = "",
    around: str = "",
    facts: Mapping[str, str] | None = None,
) -> Identity:
    """Find out what a document says of itself.

    Args:
        layout: its lines, told apart.
        title: its title where another part of the file, or the user, gives it.
        around: the text of the other documents in the same file (an announcement says who issued the plan, and when).
        facts: what the file says beside the text (title, number, issuer, issued); the document's own words win. The day of
            publication is not the day of issue.

    >>> from planlineage.reading.cleaning import clean_text
    >>> from planlineage.reading.identity import read_layout
    >>> text = "青云市民政局关于加强绿道管护的通知\\n一、加强管护。健全台账。\\n青云市民政局\\n2025年3月4日"
    >>> found = identify(read_layout(clean_text(text)))
    >>> found.level.value, found.place, found.issuers, found.issued.isoformat(), found.found["issued"].method
    ('municipal', '青云市', ('青云市民政局',), '2025-03-04', 'signature')
    """
    return _Reader(layout, title, around, facts or {}).read()


def findings(identity: Identity, clean: CleanText) -> tuple[Finding, ...]:
    """How each answer was found, with spans in the source."""
    return tuple(
        Finding(
            question=question,
            words=found.words,
            span=clean.to_source(found.start, found.end) if found.end else None,
            provenance=Provenance(method=found.method, confidence=found.confidence),
        )
        for question, found in identity.found.items()
    )


def cited_plans(identity: Identity, clean: CleanText) -> tuple[CitedPlan, ...]:
    """The plans that the document cites, with spans in the source."""
    return tuple(
        CitedPlan(
            title=c.title,
            number=c.number or None,
            issuer=c.issuer or None,
            level=c.level,
            role=c.role,
            scope=c.scope,
            span=clean.to_source(c.start, c.end),
        )
        for c in identity.citations
    )


class _Reader:
    """Reads one document; keeps what several questions share."""

    def __init__(self, layout: Layout, title: str, around: str, facts: Mapping[str, str]) -> None:
        self.layout, self.given, self.around, self.facts = layout, title, around, facts
        self.clean = layout.clean
        self.page_title = self._page_title()
        self.report = read_report(self.layout, self.page_title)
        self.signatures = list(issuers.signatures(self.layout))
        self.adoptions = issuers.adoptions(self.layout)
        self.decree = issuers.decree(self.layout)
        self.found: dict[str, Found] = {}

    def read(self) -> Identity:
        title, number = self._title(), self._number()
        bodies, method = ((), "") if self.report else self._issuers()
        issued = self._issued()
        period = self._period(title)
        cited = citations(self.clean.text, title, lead_in(self.layout), period)
        period = period or self._period_after(cited)
        level = self._level(title, bodies, method, number)
        place = self._place(title, bodies, level, cited)
        one_year = period is not None and period.begins.year == period.ends.year
        if self.report:
            bodies = self._government(place, level)
        elif method == "adoption":
            bodies = issuers.completed(bodies, place)
        return Identity(
            title=title,
            level=level,
            place=place,
            issuers=bodies,
            number=number,
            issued=issued,
            period=period,
            status=self._status(title, number, issued),
            year=period.begins.year if period and one_year else issued.year if issued else None,
            citations=cited,
            found=self.found,
        )

    def _note(self, question: str, method: str, confidence: float, words: str, lines: Sequence[int] = ()) -> None:
        start = self.layout.lines[min(lines)].start if lines else 0
        end = self.layout.lines[max(lines)].end if lines else 0
        self.found[question] = Found(method, confidence, words, start, end)

    # -- what ----------------------------------------------------------------------------------------------------------

    def _page_title(self) -> str:
        labelled = next((line.text for _, line in self.layout.of_kind("label")), "")
        return re.sub(r"\s", "", self.facts.get("title", "")) or re.sub(r"^[^：:]+[：:]", "", labelled)

    def _title(self) -> str:
        layout = self.layout
        if self.given:
            return self.given
        if self.report:
            printed = GENERIC_TITLE in layout.text(layout.title)
            self._note(
                "title",
                "printed" if printed else "speech",
                0.99 if printed else 0.9,
                self.report.title,
                layout.title if printed else (),
            )
            return self.report.title
        if layout.title:
            text = "".join(self.clean.text[line.start : line.end] for line in (layout.lines[i] for i in layout.title))
            text = re.sub(r"^[（(]?受权发布[）)]?[：:]?", "", shorn(text))
            title = text[1:-1] if re.fullmatch(r"《[^《》]+》", text) else text
            self._note("title", "printed", 0.95, title, layout.title)
            return title
        if self.page_title:
            self._note("title", "page", 0.8, self.page_title)
        return _PERSON_OR_YEAR.sub("", self.facts.get("title", self.page_title).strip())

    def _number(self) -> str:
        layout = self.layout
        for i, line in layout.of_kind("number"):
            if i < layout.first + 8 and (number := document_number(line.text)):
                self._note("number", "printed", 0.99, number, [i])
                return number
        if self.decree[1]:
            return self.decree[1]
        for adoption in self.adoptions:
            if adoption.number:
                self._note("number", "adoption", 0.95, adoption.number, [adoption.line])
                return adoption.number
        labelled = (document_number(line.text) for _, line in layout.of_kind("facts"))
        given = self.facts.get("number", "")
        return next(filter(None, labelled), "") or document_number(given) or given

    def _status(self, title: str, number: str, issued: datetime.date | None) -> str:
        if _DRAFT.search(title + "".join(line.text for line in self.layout.lines[:12])[:400]):
            return "draft for comments"
        return "in force" if number or issued else "unknown"

    # -- who -----------------------------------------------------------------------------------------------------------

    def _issuers(self) -> tuple[tuple[str, ...], str]:
        """The bodies that issued the document, and where they stand."""
        for method, confidence, bodies, lines in self._issuer_signs():
            if bodies:
                self._note("issuers", method, confidence, "、".join(bodies), lines)
                return bodies, method
        return (), ""

    def _issuer_signs(self) -> Iterator[tuple[str, float, tuple[str, ...], Sequence[int]]]:
        layout = self.layout
        if self.decree[0]:
            yield "decree", 0.97, issuers.bodies_in(self.decree[0]), ()
        for signed in self.signatures:
            yield "signature", 0.97, signed.bodies, [signed.line]
        named = layout.notice or layout.title
        yield "title", 0.95, issuers.title_bodies(layout, named), named
        yield "banner", 0.95, issuers.banner_bodies(layout), ()
        yield "announcement", 0.95, self._announced(), ()
        passed = issuers.passed_by(self.adoptions)
        yield (
            "adoption",
            0.95,
            tuple(dict.fromkeys(b for a in passed for b in a.bodies)),
            [a.line for a in passed],
        )
        yield "page", 0.8, issuers.bodies_in(self.facts.get("issuer", "")), ()

    def _announced(self) -> tuple[str, ...]:
        if not self.around or not self.given:
            return ()
        match = re.search(rf"[，。近日\s]([^，。\s]{{2,40}}?)印发了?《{re.escape(self.given)[:200]}", self.around)
        return issuers.bodies_in(re.sub(r"^(近日|日前)", "", match[1])) if match else ()

    def _government(self, place: str, level: Level | None) -> tuple[str, ...]:
        """The government that a work report is given for."""
        name = "国务院" if level is Level.CENTRAL else f"{place}人民政府" if place else ""
        if name:
            self._note("issuers", "speaks for", 0.97, name)
        return (name,) if name else ()

    # -- when ----------------------------------------------------------------------------------------------------------

    def _issued(self) -> datetime.date | None:
        for method, confidence, day, lines in self._days():
            if day is not None:
                self._note("issued", method, confidence, day.isoformat(), lines)
                return day
        return None

    def _days(self) -> Iterator[tuple[str, float, datetime.date | None, Sequence[int]]]:
        layout = self.layout
        if self.report:
            yield "speech", 0.98, self.report.day, () if self.report.line is None else [self.report.line]
            return
        adopted = issuers.adopted_on(self.adoptions)
        if adopted is not None and adopted.by_meeting:
            yield "adoption", 0.95, adopted.day, [adopted.line]
        for signed in self.signatures:
            after_text = signed.line > layout.first or (layout.notice and signed.line < layout.begins)
            if signed.bodies or after_text:
                yield signed.method, 0.98 if signed.bodies else 0.9, signed.day, [signed.line]
        if adopted is not None:
            yield "adoption", 0.95, adopted.day, [adopted.line]
        for i, line in layout.of_kind("bracketed day", "day"):
            if i <= layout.first:
                yield "under the title", 0.85, day_in(line.text), [i]
        for i, line in layout.of_kind("imprint"):
            yield "imprint", 0.7, day_in(line.text), [i]
        if self.given and (match := re.search(r"于(\d{4}年\d{1,2}月\d{1,2}日)(正式)?印发", self.around)):
            yield "announcement", 0.9, day_in(match[1]), ()
        for i, line in layout.of_kind("facts"):
            if re.match("成文|发文日期|发文时间|印发|date", line.text):
                yield "page", 0.8, day_in(line.text) or iso_day(line.text), [i]
        given = self.facts.get("issued", "")
        yield "page", 0.8, day_in(given) or iso_day(given), ()

    def _period(self, title: str) -> Period | None:
        if self.report:
            year = year_of(self.layout, self.report, self.page_title)
            return years(year, year) if year else None
        return period_of(title) or period_of(self.layout.text(self.layout.notice))

    def _period_after(self, cited: Sequence[Citation]) -> Period | None:
        """The years right after those of the plan that this one follows, where it sets goals for the last of them."""
        for citation in cited:
            before = period_of(citation.title) if citation.role == "follows" else None
            if before is not None:
                first, last = before.ends.year + 1, 2 * before.ends.year - before.begins.year + 1
                if f"到{last}年" in self.clean.text:
                    self._note("period", "follows", 0.7, citation.title)
                    return years(first, last)
        return None

    # -- where ---------------------------------------------------------------------------------------------------------

    def _level(self, title: str, bodies: Sequence[str], method: str, number: str) -> Level | None:
        signs = [*self._signs(title, bodies, method, number)]
        if max((s.weight for s in signs), default=0) < _ENOUGH:
            signs += signs_in_text(self.clean.text)
        level, sure, sign = weigh(signs)
        if sign is not None:
            self._note("level", sign.method, sure, sign.words)
        return level

    def _signs(self, title: str, bodies: Sequence[str], method: str, number: str) -> Iterator[Sign]:
        if self.report:
            if self.report.home:
                yield from signs_of_body(f"{self.report.home}人民代表大会", "assembly")
            yield from signs_of_body(self.report.body, "speaks for")
            yield from signs_of_body(self.report.office, "office")
            yield from signs_in_title(self.page_title)
        for body in bodies[:1]:
            yield from signs_of_body(body, method)
        for text in filter(None, (title, self.layout.text(self.layout.notice))):
            yield from signs_in_title(text)
        yield from signs_of_number(number)
        for i, line in self.layout.of_kind("addressee"):
            if i < self.layout.first + 6:
                yield from signs_of_addressee(line.text)

    def _place(self, title: str, bodies: Sequence[str], level: Level | None, cited: Sequence[Citation]) -> str:
        """The fullest place at the start of bodies and titles; else the one that the text speaks of as its own."""
        if level is Level.CENTRAL:
            return ""
        texts = [*bodies[:1], title, self.layout.text(self.layout.notice)]
        if self.report:
            report = self.report
            texts = [
                report.home,
                report.body,
                report.office,
                title,
                self.page_title,
                assembly_in(self.page_title) or "",
            ]
        best = ""
        for text in texts:
            named = places_at_start(to_the_place(text))
            name = "".join(n for n, _ in named)
            if named and (not best or (len(name) > len(best) and name.endswith(best))):
                best = name
        if not best and level in (Level.PROVINCIAL, Level.MUNICIPAL, Level.DISTRICT):
            best = most_named(self.clean.text, level)
        whole = resolve(best).place if best else None
        if whole is not None and len(whole.name) > len(best) and whole.name in self.clean.text + self.page_title:
            best = whole.name  # 凉山州, where the text also says 凉山彝族自治州
        return self._with_places_above(best, cited)

    def _with_places_above(self, own: str, cited: Sequence[Citation]) -> str:
        """The place with the province and city that the documents above it name."""
        named = places_at_start(own)
        if not named:
            return own
        above: dict[Level, str] = {}
        for source in citation_places(cited):
            for name, level in places_at_start(source):
                if level.is_above(named[0][1]):
                    above.setdefault(level, name)
        return "".join(above[lv] for lv in sorted(above, key=lambda lv: lv.rank)) + own
