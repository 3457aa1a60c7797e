"""A plan whose file was renamed keeps what was decided about it; another plan never takes it over."""

from __future__ import annotations

from pathlib import Path

import planlineage as pl

UPPER = "一、任务\n（一）公示。建立行政执法公示平台。\n"
LOCAL = "一、任务\n（一）公示。建立全区行政执法公示平台。\n"


def read(folder: Path, name: str, text: str, level: str) -> pl.Plan:
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return pl.parse(path, level=level)


def test_decisions_follow_the_text_not_the_name_of_the_file(tmp_path: Path) -> None:
    upper, local = read(tmp_path, "upper", UPPER, "municipal"), read(tmp_path, "local", LOCAL, "district")
    [edge] = [e for e in pl.link(local, upper).edges if e.local_id == local.tasks[0].id]
    made = pl.Decision.about("reject", upper, edge.upper_id, local, edge.local_id, reviewer="李四")
    pl.Decisions(made=(made,)).save(tmp_path / "decisions.jsonl")
    renamed = read(tmp_path, "renamed", LOCAL, "district")
    above = read(tmp_path, "above", UPPER, "municipal")
    found = pl.link(renamed, above, decisions=tmp_path / "decisions.jsonl")
    assert [c.state for c in found.decided.checked] == ["holds"]
    assert edge.local_id not in {e.local_id for e in found.edges}
    other = read(tmp_path, "other", LOCAL + "（二）督查。开展督查。\n", "district")
    again = pl.link(other, above, decisions=tmp_path / "decisions.jsonl")
    assert [c.state for c in again.decided.checked] == ["elsewhere"]
    assert edge.local_id in {e.local_id for e in again.edges}
