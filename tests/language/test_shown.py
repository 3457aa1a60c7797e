"""What notebooks and `print` show is in one language: every kind of result, in Chinese and in English."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import planlineage as pl
from planlineage.analysis.applicability import ApplicabilityReport
from planlineage.analysis.units import UnitRegister
from planlineage.cli.commands.commitments import KINDS
from planlineage.graph.registry import NotHeld
from planlineage.model.report import Report
from planlineage.model.wording import LANGS, Lang, options, table
from planlineage.output.exports.printed import told_row
from planlineage.output.tables import CommitmentTable, StatementTable, TraceTable
from planlineage.progress.columns import LEDGER
from planlineage.progress.folder import import_folder
from planlineage.progress.log import LedgerLog

from .test_runs import _CHINESE, _ENGLISH

_TOLD = """一、{before}年工作回顾
新建枣庄机场。粮食产量达到{grain}万吨。
二、{year}年工作安排
新建临沂机场。粮食产量达到{more}万吨以上。"""
_TAGS = re.compile(r"<style>.*?</style>|<code>.*?</code>|<[^>]*>", re.S)


def _reports() -> list[pl.Plan]:
    """Work reports of three years."""
    found = []
    for year in (2024, 2025, 2026):
        said = _TOLD.format(before=year - 1, year=year, grain=year - 1900, more=year - 1890)
        found.append(
            pl.parse_text(said, title=f"某省{year}年政府工作报告", place="山东省", level="provincial", id=f"r{year}")
        )
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Lang, list[Any]]:
    """Results of every kind, made in either language, of shipped plans and a made-up ledger."""
    found: dict[Lang, list[Any]] = {}
    for lang in LANGS:
        folder = tmp_path_factory.mktemp(lang)
        with options.speaking(lang):
            found[lang] = list(_made(folder, lang))
    return found


def _made(folder: Path, lang: Lang) -> Iterator[Any]:
    lineage, central = pl.link("weibin_2021", "central_2021"), pl.load("central_2021")
    local, coverage = lineage.local, pl.coverage("weibin_2021", "central_2021")
    task = lineage.edges[0].local_id
    traces = lineage.trace("权责清单")
    yield from (local, lineage, lineage.edges[0], local.tasks[0], traces[0], lineage.explain(task))
    yield from (coverage, coverage.by("part"), coverage.survival, coverage.origin, pl.review(local, central, below=0.5))
    yield from (pl.slippage(local, central), pl.tags(local))
    yield from ((compared := pl.compare([local, "shanting_2021"], central)), compared.wide("part"))
    yield from (
        StatementTable(local),
        CommitmentTable(local),
        TraceTable(traces),
        UnitRegister(local),
        NotHeld([local]),
    )
    assert central.level is not None
    yield from (ApplicabilityReport(central, pl.Level.DISTRICT), pl.network([local, central]))
    yield pl.hops(pl.network([local, central]))
    one, two, three = _reports()
    yield from (pl.follow_up(one, two), pl.track_record([one, two, three]), pl.succession(one, two))
    yield pl.succession(one, two).targets
    yield from ((agreed := pl.agreement(pl.follow_up(one, two), pl.follow_up(one, two))), agreed.disagreements)
    ledger, sample = folder / "ledger.db", folder / "sample.csv"
    pl.write_sample_ledger("shanting_2021", sample, until="2024-06-30", lang=lang)
    yield pl.import_progress(ledger, sample, "shanting_2021")
    day: dict[str, Any] = {"as_of": "2024-06-30", "lang": lang}
    status = pl.status("shanting_2021", ledger, **day)
    yield from (status, status.by("unit"), status.by("light"), status.occurrences, status.pace, status.burn_up)
    yield from (pl.task_table("shanting_2021", ledger, **day), pl.deadlines("shanting_2021", **day))
    yield from (pl.scorecard("shanting_2021", **day), pl.roll_up("shanting_2021", central, ledger, **day))
    yield from (pl.verify_progress(ledger), pl.suggest_progress(one, two, lang=lang), pl.task_sheet(local))
    if find_spec("duckdb"):
        survey = pl.survey(["weibin_2021", "shanting_2021"], upper="central_2021", out=folder / "survey", workers=1)
        yield from (
            survey.ranking,
            survey.gaps,
            survey.coverage("place"),
            survey.diffusion(least=2),
            survey.neighbours(),
        )
    (folder / "units").mkdir()
    (folder / "units" / "1.csv").write_text(",".join(LEDGER.titles(lang).values()) + "\n", encoding="utf-8")
    with pl.Progress(ledger) as opened:
        yield from (
            LedgerLog(opened.events()),
            import_folder(opened, folder / "units", pl.load("shanting_2021"), lang=lang),
        )


def _said(result: Any, lang: Lang) -> str:
    """All that a result says of itself: in a notebook, when printed, and above its table."""
    with options.speaking(lang):
        told = [str(result), result._repr_html_() if hasattr(result, "_repr_html_") else ""]
        if isinstance(result, Report):
            told += [result.heading]
    return html.unescape(_TAGS.sub("\n", "\n".join(told)))


def _kind(result: Any) -> str:
    return type(result).__name__


def test_every_result_shows_itself_in_chinese_without_an_english_sentence(made: Mapping[Lang, list[Any]]) -> None:
    keys = "|".join(KINDS)  # names of expressions are data
    said = {_kind(r): re.sub(rf"\b(?:{keys})\b", "", _said(r, "zh")) for r in made["zh"]}
    mixed = {kind: found for kind, text in said.items() if (found := _ENGLISH.findall(text))}
    assert mixed == {}, mixed


_NO_KEYS = {"clause", "source", "evidence", "note", "title", "normal", "upper_value", "local_value"}
"""Columns of ids, file names, quotations and standard forms, which are no keys."""
_KEY = re.compile(r"[a-z]{2,}(?:_[a-z]+)*")


def test_no_chinese_table_shows_an_english_key(made: Mapping[Lang, list[Any]]) -> None:
    """A cell that holds nothing but a word of lower-case letters is a key, of a status or a kind, that nobody put into words."""
    shown_keys: dict[str, set[str]] = {}
    for result in made["zh"]:
        if isinstance(result, Report):
            with options.speaking("zh"):
                rows = [told_row(result, record) for record in result.records]
            for row in rows:
                for name, value in row.items():
                    if name not in _NO_KEYS and isinstance(value, str) and _KEY.fullmatch(value):
                        shown_keys.setdefault(f"{_kind(result)}.{name}", set()).add(value)
    assert shown_keys == {}, shown_keys


def test_every_result_shows_itself_in_english_without_our_chinese_words(made: Mapping[Lang, list[Any]]) -> None:
    """The plans are Chinese and are quoted; what the package itself says in Chinese is known."""
    entries = {key: entry["zh"] for key, entry in table().items() if not key.startswith("option.")}
    own = {words for entry in entries.values() for words in _CHINESE.findall(entry) if len(words) > 5}
    mixed = {
        _kind(r): found for r in made["en"] if (said := _said(r, "en")) and (found := [w for w in own if w in said])
    }
    assert mixed == {}, mixed


def test_columns_have_titles_in_both_languages(made: Mapping[Lang, list[Any]]) -> None:
    for result in made["zh"]:
        if isinstance(result, Report):
            chinese, english = result.titles_in("zh"), result.titles_in("en")
            names = getattr(result, "names", ()) or ()  # places are columns there
            own = [c for c in result.columns if c not in names]
            assert [c for c in own if not re.search("[\u4e00-\u9fff]", chinese[c])] == [], _kind(result)
            assert [c for c in own if re.search("[\u4e00-\u9fff]", english[c])] == [], _kind(result)


def test_nearly_every_kind_of_report_is_among_them(made: Mapping[Lang, list[Any]]) -> None:
    def below(kind: type) -> set[type]:
        return {kind, *(s for sub in kind.__subclasses__() for s in below(sub))}

    seen = {type(result) for result in made["zh"]}
    left = {k.__name__ for k in below(Report) if k.__module__.startswith("planlineage") and k not in seen}
    assert left <= {
        "Report",
        "DecidedPlan",
        "DecisionCheck",
        "Diffusion",
        "Neighbours",
        "ReviewImport",
        "RollUpDetail",
        "ScorecardDuties",
        "ScorecardGroups",
        "SurveyTable",
        "TaskImport",
        "TrackedTargets",
    }
