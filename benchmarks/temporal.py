"""Deadlines by planlineage beside two general date parsers: right, wrong, missed, invented, and seconds a megabyte.

    python benchmarks/temporal.py

The same texts go through each parser that is installed (`pip install jionlp`, `pip install recognizers-text-date-time
"emoji<2"`); one that is absent is skipped with a message. Texts: the labelled sentences of tests/commitments/cases, and
the hand-annotated documents of the shared folder where it is at hand (beside the repository, or PLANLINEAGE_SHARED).

A deadline is right where an expression overlaps its words by half and ends on its last day (for 2025年前 either reading
counts); wrong where it overlaps and ends elsewhere; missed where nothing overlaps. Invented are expressions that overlap
nothing annotated as a time at all (for us these are validity periods, which the annotators left out). `planlineage` reads
times only; `… all kinds` is the whole recogniser: targets, actors, strength and cited documents too. Seconds are
processor time, the best of three runs. The parsers get the benefit of the doubt: for them an exclusive end, a day later, counts.
"""

from __future__ import annotations

import csv
import datetime
import importlib
import json
import logging
import os
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from planlineage.model.commitments import Deadline, Duration, Period, Recurrence
from planlineage.reading.commitments import Context, recognise

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PLANLINEAGE_SHARED", ROOT.parent / "shared"))
TIMES = {"deadline", "period", "recurrence", "duration"}
Found = list[tuple[int, int, datetime.date | None]]
Parser = Callable[[str, datetime.date], Found]


@dataclass
class Text:
    """One text with what a person found in it: (start, end, accepted last days); none accepted for other times."""

    text: str
    issued: datetime.date
    expected: list[tuple[int, int, set[datetime.date]]] = field(default_factory=list)


@dataclass
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    seconds_per_megabyte: float = 0.0


def planlineage_parser(kinds: set[str] | None = None) -> Parser:
    def parse(text: str, issued: datetime.date) -> Found:
        found = recognise(text, Context(issue_date=issued), kinds=kinds)
        return [
            (e.span.start, e.span.end, e.latest if isinstance(e, Deadline) else None)
            for e in found
            if isinstance(e, Deadline | Period | Recurrence | Duration)
        ]

    return parse


def jionlp_parser() -> Parser:
    jionlp = importlib.import_module("jionlp")

    def parse(text: str, issued: datetime.date) -> Found:
        base = time.mktime(issued.timetuple())
        return [(*item["offset"], jionlp_end(item)) for item in jionlp.ner.extract_time(text, time_base=base) or []]

    return parse


def jionlp_end(item: dict) -> datetime.date | None:
    if item["type"] not in ("time_point", "time_span"):
        return None
    try:
        return datetime.date.fromisoformat(item["detail"]["time"][1][:10])
    except (KeyError, TypeError, ValueError):
        return None


def recognizers_parser() -> Parser:
    module = importlib.import_module("recognizers_date_time")

    def parse(text: str, issued: datetime.date) -> Found:
        reference = datetime.datetime.combine(issued, datetime.time())
        found = module.recognize_datetime(text, module.Culture.Chinese, reference=reference)
        return [(item.start, item.end + 1, recognizers_end(item)) for item in found]

    return parse


def recognizers_end(item: object) -> datetime.date | None:
    values = (getattr(item, "resolution", None) or {}).get("values") or [{}]
    try:
        return datetime.date.fromisoformat((values[-1].get("end") or values[-1].get("value") or "")[:10])
    except ValueError:
        return None


PARSERS: dict[str, Callable[[], Parser]] = {
    "planlineage": lambda: planlineage_parser(TIMES),
    "… all kinds": planlineage_parser,
    "jionlp": jionlp_parser,
    "recognizers-text": recognizers_parser,
}


OTHERS = ("jionlp", "recognizers-text")


def last_days(normal: str) -> set[datetime.date]:
    parts = dict(part.split("=", 1) for part in normal.split(";") if "=" in part)
    return {datetime.date.fromisoformat(parts[key]) for key in ("latest", "alt") if key in parts}


def labelled_cases() -> list[Text]:
    texts = []
    for name in ("in_the_wild", "synthetic", "must_not_match"):
        data = json.loads((ROOT / f"tests/commitments/cases/{name}.json").read_text(encoding="utf-8"))
        for case in data["cases"]:
            text = Text(case["text"], datetime.date(2018, 10, 1))
            position = 0
            for kind, surface, normal in case["expect"]:
                start = case["text"].index(surface, position)
                if kind in TIMES:
                    text.expected.append(
                        (start, start + len(surface), last_days(normal) if kind == "deadline" else set())
                    )
            texts.append(text)
    return texts


def gold_documents() -> list[Text]:
    if not (SHARED / "gold/attributes.tsv").is_file():
        print(f"(the annotated documents are not at hand: {SHARED}; labelled sentences only)", file=sys.stderr)
        return []
    with (SHARED / "gold/attributes.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    special = {"central": "sources/central_2021_announcement.txt", "shanting": "sources/shanting_2021.txt"}
    texts = []
    for doc in dict.fromkeys(row["doc"] for row in rows):
        source = (SHARED / special.get(doc, f"corpus/state_council_plans/{doc}.txt")).read_text(encoding="utf-8")
        start = source.index("全文如下。") + 5 if doc == "central" else 0
        issued = Context.of(source).issue_date or datetime.date(2021, 8, 11)
        text = Text(source[start:], issued)
        for row in rows:
            if row["doc"] == doc and row["kind"] in TIMES:
                accepted = last_days(row["normal"]) if row["kind"] == "deadline" else set()
                text.expected.append((int(row["start"]) - start, int(row["end"]) - start, accepted))
        texts.append(text)
    return texts


def overlaps(a: tuple[int, int], b: tuple[int, int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= min(a[1] - a[0], b[1] - b[0])


def score(parse: Parser, texts: list[Text], leeway: datetime.timedelta, repeat: int = 3) -> Score:
    result = Score()
    elapsed, size = 0.0, 0
    for text in texts:
        best = float("inf")
        for _ in range(repeat):
            begun = time.process_time()
            found = parse(text.text, text.issued)
            best = min(best, time.process_time() - begun)
        elapsed += best
        size += len(text.text.encode())
        for start, end, accepted in text.expected:
            if not accepted:
                continue
            hits = [day for a, b, day in found if overlaps((a, b), (start, end))]
            if not hits:
                result.missed += 1
            elif any(day and (day in accepted or day - leeway in accepted) for day in hits):
                result.right += 1
            else:
                result.wrong += 1
        known = [(start, end) for start, end, _ in text.expected]
        result.invented += sum(not any(overlaps((a, b), place) for place in known) for a, b, _ in found)
    result.seconds_per_megabyte = elapsed / (size / 1e6)
    return result


def main() -> int:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)  # jionlp logs every expression that it fails on
    sets = {"labelled sentences": labelled_cases(), "annotated documents": gold_documents()}
    print(
        f"{'texts':20s} {'parser':17s} {'right':>6s} {'wrong':>6s} {'missed':>6s} {'invented':>8s} {'s/MB':>9s} {'slower':>8s}"
    )
    for title, texts in sets.items():
        ours = None
        for name, build in PARSERS.items() if texts else ():
            try:
                parse = build()
            except ImportError as error:
                print(f"{title:20s} {name:17s} skipped: {error}")
                continue
            parse("2021年6月底前完成。", datetime.date(2021, 1, 1))  # load what is loaded on first use
            result = score(parse, texts, datetime.timedelta(days=1 if name in OTHERS else 0))
            ours = ours or result.seconds_per_megabyte
            print(
                f"{title:20s} {name:17s} {result.right:6d} {result.wrong:6d} {result.missed:6d} {result.invented:8d}"
                f" {result.seconds_per_megabyte:9.2f} {result.seconds_per_megabyte / ours:7.1f}x"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
