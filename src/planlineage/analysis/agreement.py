"""How far two readers agree: two people's verdicts or decisions, or a person's and the machine's.

Per cent, Cohen's kappa and Krippendorff's alpha (nominal, two readers) follow from one table of counts, so the few lines stand
here; the tests hold them against the `krippendorff` package. Intervals are percentiles of 2,000 resamples of the items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..model.errors import DecisionFileError
from ..model.report import Report, column
from ..model.wording import LANGS, Lang, table, title, words
from ..tabular.cells import text_of
from ..tabular.columns import Columns
from ..tabular.sheets import Layout, read_sheet

if TYPE_CHECKING:
    import pandas as pd

Counts = npt.NDArray[np.float64]
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class _Table:
    """A kind of table that two readers may have filled in: its label, what tells its rows apart, and its words.

    `absent` is what a row says that only the other reader has; without it such rows are only counted.
    """

    label: str
    family: str
    key: tuple[str, ...]
    shown: Mapping[str, str]
    absent: str = ""


_EDGE = {"plan": "local_plan", "task_id": "local_id", "against": "upper_plan", "against_id": "upper_id"}
_TEXTS = {"text": "local_text", "against_text": "upper_text"}
_TABLES = (
    _Table("decision", "decide", ("local_plan", "local_id", "upper_plan", "upper_id"), {**_EDGE, **_TEXTS}),
    _Table(
        "verdict",
        "verdict",
        ("plan", "report", "kind", "task_id", "start", "end"),
        {"plan": "plan", "task_id": "task_id", "against": "report"},
    ),
    _Table("relation", "relation", ("local_id", "upper_plan", "upper_id"), {**_EDGE, **_TEXTS}, "none"),
)
_NAMES = ("person", *dict.fromkeys(n for t in _TABLES for n in (t.label, *t.key, *t.shown.values())))
_START = "two tables"


@dataclass(frozen=True, slots=True)
class Judged:
    """One item that both readers judged; `settled` and `note` are for whoever settles what they disagree on."""

    plan: str
    task_id: str
    against: str
    against_id: str
    place: str
    text: str
    against_text: str
    first: str = column(exact=True)
    second: str = column(exact=True)
    settled: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of agreement with its 95 % interval; the value is None where all items have one label, which tells nothing."""

    value: float | None
    low: float | None
    high: float | None

    def __str__(self) -> str:
        if self.value is None:
            return "—"
        return f"{self.value:.2f} ({self.low:.2f}–{self.high:.2f})"


class Agreement(Report[Judged]):
    """How two readers judged the same items, in the order of the first.

    `percent`, `kappa` and `alpha` say how far they agree, each with a 95 % interval; `alone` how many items only the first and
    only the second judged, which count in none of them. `disagreements` is the list to settle.

    >>> from planlineage import follow_up, parse_text
    >>> plan = parse_text("一、今年工作\\n生产总值增长5%以上。", title="某市2024年政府工作报告")
    >>> told = "一、2024年工作回顾\\n生产总值增长5.6%。\\n二、今年工作\\n发展工业。"
    >>> read = follow_up(plan, parse_text(told, title="某市2025年政府工作报告"))
    >>> found = Agreement(read, read)
    >>> found.percent.value, len(found.disagreements)
    (1.0, 0)
    """

    def __init__(
        self, first: Report[Any] | str | Path, second: Report[Any] | str | Path, *, lang: Lang | None = None
    ) -> None:
        self._speak_in(lang)
        one, other = _read(first), _read(second)
        kinds = {t.label for t, _ in (one, other)}
        if len(kinds) > 1:
            raise DecisionFileError("different judgements", hint=_START, kinds=" and ".join(sorted(kinds)))
        self.judged_by = one[0].label
        self._records, self.alone = _together(*one, other[1])
        if not self._records:
            raise DecisionFileError("nothing in common", hint="same plans")

    @property
    def records(self) -> Sequence[Judged]:
        """One record for each item that both judged."""
        return self._records

    @property
    def heading(self) -> str:
        """The result in one line."""
        return words(
            "agreement.heading",
            self.speaks,
            count=len(self),
            percent=f"{self.percent.value:.0%}",
            kappa=str(self.kappa),
            alpha=str(self.alpha),
        )

    @property
    def disagreements(self) -> Settling:
        """The items that the two judged differently, as a table to settle."""
        return Settling([r for r in self._records if r.first != r.second], self.heading, self._given_lang)

    @property
    def confusion(self) -> pd.DataFrame:
        """How often the first reader's label (rows) met the second's (columns)."""
        import pandas as pd

        return pd.DataFrame(self._counts.astype(int), index=self._labels, columns=self._labels)

    @property
    def percent(self) -> Measure:
        """The share of items that both judged alike, 0 to 1."""
        return self._measure(share)

    @property
    def kappa(self) -> Measure:
        """Cohen's kappa: agreement beyond what each reader's own habits would give by chance; 1 is perfect, 0 chance."""
        return self._measure(cohen)

    @property
    def alpha(self) -> Measure:
        """Krippendorff's alpha for nominal labels: 1 is perfect, 0 is chance."""
        return self._measure(krippendorff)

    @cached_property
    def _labels(self) -> list[str]:
        return sorted({label for r in self._records for label in (r.first, r.second)})

    @cached_property
    def _counts(self) -> Counts:
        at = {label: i for i, label in enumerate(self._labels)}
        found = np.zeros((len(at), len(at)))
        for r in self._records:
            found[at[r.first], at[r.second]] += 1
        return found

    @cached_property
    def _resampled(self) -> Counts:
        size = len(self._labels)
        drawn = np.random.default_rng(0).multinomial(len(self), (self._counts / len(self)).ravel(), size=RESAMPLES)
        return drawn.reshape(RESAMPLES, size, size).astype(np.float64)

    def _measure(self, of: Any) -> Measure:
        value = float(of(self._counts[None])[0])
        if np.isnan(value):
            return Measure(None, None, None)
        drawn = of(self._resampled)
        low, high = np.nanpercentile(drawn, (2.5, 97.5))
        return Measure(value, float(low), float(high))


class Settling(Report[Judged]):
    """What two readers disagree on, with room to settle it."""

    def __init__(self, records: Sequence[Judged], heading: str, lang: Lang | None) -> None:
        self._records, self._heading = records, heading
        self._speak_in(lang)

    @property
    def records(self) -> Sequence[Judged]:
        """One record for each item."""
        return self._records

    @property
    def heading(self) -> str:
        """How far the two agree."""
        return self._heading


def share(counts: Counts) -> Counts:
    """The share of items on the diagonal, for each of several tables of counts."""
    found: Counts = np.trace(counts, axis1=1, axis2=2) / counts.sum(axis=(1, 2))
    return found


def cohen(counts: Counts) -> Counts:
    """Cohen's kappa for each of several tables of counts; not a number where chance alone gives full agreement.

    >>> float(cohen(np.array([[[20.0, 5.0], [10.0, 15.0]]]))[0].round(2))
    0.4
    """
    total = counts.sum(axis=(1, 2))
    chance = (counts.sum(axis=1) * counts.sum(axis=2)).sum(axis=1) / total**2
    return _beyond(share(counts), chance)


def krippendorff(counts: Counts) -> Counts:
    """Krippendorff's alpha for nominal labels of two readers, for each of several tables of counts."""
    both = counts.sum(axis=1) + counts.sum(axis=2)
    pooled = both.sum(axis=1)
    chance = (both * (both - 1)).sum(axis=1) / (pooled * (pooled - 1))
    return _beyond(share(counts), chance)


def _beyond(agreed: Counts, chance: Counts) -> Counts:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Counts = np.where(chance < 1, (agreed - chance) / (1 - chance), np.nan)
    return found


# -- reading ---------------------------------------------------------------------------------------------------------------


def _read(given: Report[Any] | str | Path) -> tuple[_Table, list[dict[str, str]]]:
    """The rows of a table, by column, and what kind of table it is. Raises `DecisionFileError`."""
    if isinstance(given, Report):
        rows = [{k: str(v) for k, v in given.row(r, "en").items()} for r in given.records]
        where, held = type(given).__name__, set(given.columns)
    else:
        also = {title("report", lang, "follow_up"): "report" for lang in LANGS}
        layout = Layout(Columns("agreement", _NAMES, also), "task_id", _START, DecisionFileError)
        try:
            sheet = read_sheet(given, layout)
        except DecisionFileError:  # tables of edges have no task_id
            sheet = read_sheet(given, replace(layout, key="local_id"))
        rows = [{name: text_of(cell) for name, cell in cells.items()} for _, cells in sheet.rows]
        where, held = str(given), {name for row in rows for name in row}
    kinds = _label_keys("promise")
    rows = [{**r, "kind": kinds.get(r.get("kind", ""), "")} for r in rows]
    if any(r.get("person", "None") not in ("", "None") for r in rows):  # a person's verdicts beside the machine's
        rows = [{**r, "verdict": r["person"]} for r in rows if r["person"] not in ("", "None")]
    for kind in _TABLES:
        filled = [r for r in rows if r.get(kind.label)]
        if filled and {kind.label, *kind.key} <= held | {"kind"}:
            return kind, filled
    raise DecisionFileError("no judgements", where=where, hint=_START)


def _together(
    kind: _Table, first: Sequence[Mapping[str, str]], second: Sequence[Mapping[str, str]]
) -> tuple[list[Judged], tuple[int, int]]:
    """The items of both, and how many only the one and only the other has."""
    known = _label_keys(kind.family)
    one, other = (
        {tuple(row.get(k, "") for k in kind.key): row for row in rows if any(row.get(k) for k in kind.key)}
        for rows in (first, second)
    )
    common = [k for k in one if k in other]
    alone = [k for k in one if k not in other], [k for k in other if k not in one]
    items = [*common, *alone[0], *alone[1]] if kind.absent else common
    found = []
    for key in items:
        row = one.get(key) or other[key]
        labels = [
            known.get(r[kind.label].strip(), r[kind.label].strip()) if r else kind.absent
            for r in (one.get(key), other.get(key))
        ]
        shown = {name: row.get(source, "") for name, source in kind.shown.items()}
        place = f"{row['start']}-{row['end']}" if row.get("start") else ""
        found.append(Judged(**{**_BLANK, **shown}, place=place, first=labels[0], second=labels[1]))
    return found, (len(alone[0]), len(alone[1]))


_BLANK = dict.fromkeys(("plan", "task_id", "against", "against_id", "text", "against_text"), "")


def _label_keys(family: str) -> dict[str, str]:
    """Labels in words, of both languages, by the key that they stand for."""
    start = f"{family}."
    found: dict[str, str] = {}
    for key, entry in table().items():
        if key.startswith(start):
            for lang in LANGS:
                found.setdefault(entry[lang], key.removeprefix(start))  # words of another table may say the same
    return found
