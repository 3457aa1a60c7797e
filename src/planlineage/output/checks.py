"""What checks found, for those who watch many runs: JUnit XML for a build server, and a short Markdown page for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from ..model.disk import CONTROL, write_text
from ..model.wording import Lang, Reason, words


@dataclass(frozen=True, slots=True)
class Check:
    """One condition that was asked for: its name, whether it holds, what was found, and the things that break it."""

    name: str
    ok: bool
    found: Reason
    broken: Sequence[str] = ()


def write_junit(suite: str, checks: Sequence[Check], path: str | Path, lang: Lang) -> Path:
    """Write checks as JUnit XML: a test case each, failed where the condition doesn't hold. Raises `OutputError`."""
    failed = sum(not check.ok for check in checks)
    root = ElementTree.Element(
        "testsuite", name=_plain(suite), tests=str(len(checks)), failures=str(failed), errors="0"
    )
    for check in checks:
        case = ElementTree.SubElement(root, "testcase", classname=_plain(suite), name=_plain(check.name))
        if check.ok:
            continue
        failure = ElementTree.SubElement(case, "failure", message=_plain(check.found.text(lang)))
        failure.text = _plain("\n".join(check.broken))
    ElementTree.indent(root)
    return write_text(path, '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n")


def write_summary(title: str, lines: Sequence[str], checks: Sequence[Check], path: str | Path, lang: Lang) -> Path:
    """Write a Markdown page: title, what was found in a few lines, a row for each check, and what breaks it."""
    parts = [f"# {_mark(title)}", "", *(f"- {_mark(line)}" for line in lines)]
    if checks:
        heads = [words(f"checks.{name}", lang) for name in ("check", "result", "found")]
        parts += ["", f"| {' | '.join(heads)} |", "| --- | --- | --- |"]
        for check in checks:
            result = words("checks.ok" if check.ok else "checks.failed", lang)
            parts.append(f"| {_mark(check.name)} | {result} | {'–' if check.ok else _mark(check.found.text(lang))} |")
        for check in checks:
            if check.broken:
                parts += ["", f"## {_mark(check.name)}", "", *(f"- {_mark(one)}" for one in check.broken)]
    return write_text(path, "\n".join([*parts, ""]))


def _plain(text: str) -> str:
    return CONTROL.sub("", text)


def _mark(text: str) -> str:
    """Text in which no character is a mark of Markdown or HTML."""
    plain = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
