"""What a task binds itself to: dates, rhythms, limits, quantities, strength; who is bound; what is cited.

Every value carries the span of its own words in the source. `normal` gives the one standard form that tables,
comparisons and scorers use; `surface` the words as the reader sees them (clean reading).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from .base import Model, Provenance, Span
from .levels import Level


class Expression(Model):
    """What all recognised expressions share."""

    span: Span
    surface: str
    provenance: Provenance


class Deadline(Expression):
    """The last day on which a task is still met.

    `latest` is that day. Where the words are ambiguous (2025年前) it is the strict reading, and `alternate` the loose one.
    A relative deadline keeps its `relative` duration (ISO 8601) and `anchor`, and has a `latest` only where the anchor's
    day is known. `edtf` is the ISO 8601-2 form; `reading` names the rule of meaning; `hedge` the word that softens it;
    `vague` a day that the words do not fix (年初 is read as the end of its first quarter).

    >>> from planlineage import parse_text
    >>> [task] = parse_text("一、总则\\n（一）清单。2025年前编制完成权责清单。").tasks
    >>> str(task.deadlines[0].latest), str(task.deadlines[0].alternate)
    ('2024-12-31', '2025-12-31')
    """

    kind: Literal["deadline"] = "deadline"
    latest: datetime.date | None = None
    alternate: datetime.date | None = None
    edtf: str | None = None
    reading: str | None = None
    hedge: str | None = None
    relative: str | None = None
    relative_minimum: str | None = None
    anchor: str | None = None
    vague: bool = False

    @property
    def days(self) -> tuple[datetime.date, ...]:
        """The possible last days, the strict reading first; none where only an anchor is known."""
        return tuple(d for d in (self.latest, self.alternate) if d is not None)

    @property
    def days_text(self) -> str:
        """The days for people: `2024-12-31 / 2025-12-31` where they can be read two ways; the words where no day is known."""
        return " / ".join(d.isoformat() for d in self.days) or self.surface

    @property
    def normal(self) -> str:
        """The normal form: `latest=…;edtf=…;reading=…`, with `alt=…;ambiguous` or `relative=…;anchor=…` where it applies."""
        parts = []
        if self.relative:
            parts.append(f"relative={self.relative}")
        if self.relative_minimum:
            parts.append(f"min={self.relative_minimum}")
        if self.anchor:
            parts.append(f"anchor={self.anchor}")
        if self.latest:
            parts.append(f"latest={self.latest.isoformat()}")
        if self.edtf:
            parts.append(f"edtf={self.edtf}")
        if self.reading:
            parts.append(f"reading={self.reading}")
        if self.alternate:
            parts += [f"alt={self.alternate.isoformat()}", "ambiguous"]
        return ";".join(parts)


def due_text(deadlines: Iterable[Deadline]) -> str:
    """The days of some deadlines for people, `;` between them."""
    return "; ".join(d.days_text for d in deadlines)


class Period(Expression):
    """A stretch of time named as such (2016—2020年, “十三五”时期): no deadline by itself."""

    kind: Literal["period"] = "period"
    begins: datetime.date
    ends: datetime.date
    edtf: str | None = None

    @property
    def normal(self) -> str:
        """The normal form: `from=…;to=…;edtf=…`."""
        tail = f";edtf={self.edtf}" if self.edtf else ""
        return f"from={self.begins.isoformat()};to={self.ends.isoformat()}{tail}"


Operator = Literal[">=", "<=", ">", "<", "=", "~"]


class Recurrence(Expression):
    """A rhythm. `rule` is an RFC 5545 RRULE usable with `dateutil.rrule`; None for vague ones (定期).

    `count_comparison` and `count` say how often within one interval (至少1次 is `>=`, 1); `due` is the day within the interval:
    MM-DD in a year, half-year or quarter, DD in a month (-1 its last), a weekday code in a week; with `year_after` it lies in the
    interval that follows (次年3月底前). `per` names a rhythm that no calendar knows (`term-of-office`).
    """

    kind: Literal["recurrence"] = "recurrence"
    rule: str | None = Field(None, pattern=r"^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=[1-9][0-9]{0,3})?$")
    count_comparison: Operator | None = None
    count: int | None = None
    due: str | None = None
    per: str | None = None
    year_after: bool = False

    @property
    def normal(self) -> str:
        """The normal form: the rule or `vague`, then `count>=n`, `by=MM-DD`, `year-after`, `per=…`."""
        parts = [self.rule or "vague"]
        if self.count is not None:
            parts.append(f"count{self.count_comparison or '='}{self.count}")
        if self.due:
            parts.append(f"by={self.due}")
        if self.year_after:
            parts.append("year-after")
        if self.per:
            parts.append(f"per={self.per}")
        return ";".join(parts)


class Duration(Expression):
    """A limit or length of time inside a rule: `<=PT24H`, `>=P5BD` (at least five working days; BD is our extension).

    `baseline` is the length it starts from (由20个工作日压缩至5个工作日), in ISO 8601.
    """

    kind: Literal["duration"] = "duration"
    comparison: Operator
    iso: str
    upper_iso: str | None = None
    baseline: str | None = None

    @property
    def normal(self) -> str:
        """The normal form: comparison and ISO 8601 duration; a range gives both ends."""
        if self.upper_iso:
            return f">={self.iso};<={self.upper_iso}"
        return f"{self.comparison}{self.iso}"


Base = Literal["level", "growth", "decline", "added", "share", "rank", "multiple"]


class Target(Expression):
    """A quantity to reach or keep: indicator, comparison, value, unit. `value` is a decimal number as text.

    - `indicator`: what is measured, as its name stands (国内生产总值), at `indicator_span`; None where the sentence does not say.
    - `base`: how the number is to be read: a level, a growth or decline (增长5%), so many new ones (新增120万人), a share of a
      whole, a rank, or a multiple of what was (翻一番 is 2).
    - `comparison`: `~` for 左右 and 约; `qual` for a state in words, with no value (国际收支基本平衡).
    - `hedge`: the word that softens or insists (力争, 原则上, 确保), beside any comparison.
    - `upper_value` ends a range; `reference` replaces the value where it stands elsewhere (上一年度平均值).
    - `baseline`: the value it starts from (由75%提高到85%), `baseline_year` the year whose figure that is.
    - `stretch`: the higher value aspired to beside it (增长5.5%、力争6%), which is a target of its own as well.
    - `per`: what the number is counted by (每镇2名; 年均); `year`: the year whose figure it is, where known.
    - `nature`: whether a table of indicators says that it binds (约束性) or is expected (预期性).
    - `condition`: the number only says which things are meant (500万元以上项目); nothing of it is to be reached.
    """

    kind: Literal["target"] = "target"
    comparison: Operator | Literal["qual"]
    value: str | None = None
    upper_value: str | None = None
    unit: str | None = None
    reference: str | None = None
    indicator: str | None = None
    indicator_span: Span | None = None
    base: Base = "level"
    hedge: str | None = None
    stretch: str | None = None
    baseline: str | None = None
    baseline_year: int | None = None
    per: str | None = None
    year: int | None = None
    nature: Literal["binding", "expected"] | None = None
    condition: bool = False

    @property
    def item(self) -> Span:
        """The words from the indicator to the number, whichever comes first."""
        if self.indicator_span is None:
            return self.span
        return Span(
            start=min(self.span.start, self.indicator_span.start),
            end=max(self.span.end, self.indicator_span.end),
        )

    @property
    def number(self) -> Fraction | None:
        """The value as an exact number; None where there is none or it is a class (Ⅱ类).

        >>> from planlineage.reading.commitments import recognise
        >>> [str(target.number) for target in recognise("建成1.5万套，占比超过1/3。", kinds={"target"})]
        ['15000', '1/3']
        """
        try:
            return Fraction(self.value) if self.value else None
        except ValueError:
            return None

    @property
    def normal(self) -> str:
        """The normal form: `>= 60 学时`, `= 100 %`, `<= ref:…`, `x2` for a doubling, `qual`.

        A bare number that is only aspired to (力争60%) is written `~ 60 %`.
        """
        if self.comparison == "qual":
            return "qual"
        amount = f"ref:{self.reference}" if self.reference else self.value or ""
        if self.base == "multiple":
            return f"x{amount}" if self.comparison == "=" else f"{self.comparison} x{amount}"
        unit = f" {self.unit}" if self.unit else ""
        if self.upper_value:
            return f">= {amount}{unit};<= {self.upper_value}{unit}"
        aspired = self.comparison == "=" and self.hedge in ASPIRED and self.surface.startswith(ASPIRED)
        return f"{'~' if aspired else self.comparison} {amount}{unit}"


ASPIRED = ("力争", "争取", "力求")
"""Hedges of what is aspired to, not promised."""


class Totality(Expression):
    """An all-or-nothing commitment (一律取消, 全部, 零容忍): neither a number nor a degree."""

    kind: Literal["totality"] = "totality"
    scope: Literal["all", "none"]

    @property
    def normal(self) -> str:
        """`all` or `none`."""
        return self.scope


class Strength(Expression):
    """How binding the wording is: its force, and a degree on an ordered scale.

    `force` is obligation, prohibition, promotion or trial; `degree` runs from 1 (explore) to 5 (fully, strictly).
    """

    kind: Literal["strength"] = "strength"
    force: Literal["obligation", "prohibition", "promotion", "trial"]
    degree: int = Field(ge=1, le=5)

    @property
    def normal(self) -> str:
        """`force=…;degree=n`."""
        return f"force={self.force};degree={self.degree}"


class Instrument(Expression):
    """A cited document by title (without 《》), with its number where the text gives one beside it.

    `title` is the clean reading; `printed` the title as it stands on the page where that differs (half-width brackets,
    web spam). `nested` holds the titles that stand in 〈〉 inside it: the plans that a notice of issue carries.
    """

    kind: Literal["instrument"] = "instrument"
    title: str
    printed: str | None = None
    number: str | None = None
    nested: tuple[str, ...] = ()

    @property
    def normal(self) -> str:
        """The title as printed."""
        return self.printed or self.title


class DocumentNumber(Expression):
    """A document number (中发〔2021〕33号) in its standard form."""

    kind: Literal["docnumber"] = "docnumber"
    number: str

    @property
    def normal(self) -> str:
        """The number with 〔〕."""
        return self.number


Pace = Literal["continuing", "at_once"]
"""What stands in the place of a date: goes on without an end (持续推进), or at once (立即)."""


class Responsibility(Expression):
    """Who leads, supports and guides, as stated in a note (（财政部、税务总局按职责分工负责）).

    `responsible` are those of the supporting bodies that stand under 责任单位 beside a lead. `following` are bodies that carry
    out all that follows as well (以下均需各区政府落实，不再列出); they lead here too where nobody else does. `pace` is what the
    note says in the place of a date. `decides` tells what a person decided for this one task, whatever other notes say.
    """

    kind: Literal["responsible"] = "responsible"
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    mode: str = "负责"
    pace: Pace | None = None
    decides: Literal["units", "dates"] | None = None

    @property
    def normal(self) -> str:
        """`lead=A;support=B、C;guide=D;mode=…`."""
        roles = {"lead": self.lead, "support": self.support, "guide": self.guide, "following": self.following}
        parts = [f"{role}={'、'.join(names)}" for role, names in roles.items() if names]
        if self.pace:
            parts.append(f"pace={self.pace}")
        return ";".join([*parts, f"mode={self.mode}"])


class Actor(Expression):
    """Who is bound (责任主体): one or several levels and, where named, a body.

    `levels` empty with `universal` means every level (一切行政机关). `inherited` marks a task without an actor of its own,
    bound at its plan's level.
    """

    kind: Literal["actor"] = "actor"
    levels: tuple[Level, ...] = ()
    universal: bool = False
    body: str | None = None
    inherited: bool = False

    @property
    def normal(self) -> str:
        """Level tags, then `body=…`."""
        tags = "all" if self.universal else ",".join(level.value for level in self.levels)
        return f"{tags};body={self.body}" if self.body else tags


Commitment = Annotated[
    Deadline
    | Period
    | Recurrence
    | Duration
    | Target
    | Totality
    | Strength
    | Instrument
    | DocumentNumber
    | Responsibility
    | Actor,
    Field(discriminator="kind"),
]
"""Any recognised expression; `kind` tells which."""
