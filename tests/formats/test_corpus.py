"""Title, number, date, issuer, tree and annex tables of the State Council plans and of the regulation family.

`corpus.json` holds what a person reads: facts from the page, and how many lines begin with each kind of number.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planlineage import Plan, parse

WANTED = json.loads((Path(__file__).parent / "corpus.json").read_text(encoding="utf-8"))


def counted(plan: Plan) -> dict[str, int]:
    tables = {c.id for c in plan.clauses if c.kind == "table"}
    outside = [c for c in plan.clauses if not tables & {above.id for above in plan.path(c.id)}]
    law = any(c.kind == "chapter" for c in outside)
    articles = "item" if law else "article"
    return {
        "parts": sum(c.kind == "part" for c in outside),
        "articles": sum(c.kind == articles and c.number[:1] in ("（", "(") for c in outside),
        "chapters": sum(c.kind == "chapter" for c in outside),
        "provisions": sum(c.kind == "article" and law for c in outside),
        "rows": sum(c.kind == "row" and bool(c.number) for c in plan.clauses),
    }


@pytest.mark.parametrize("name", WANTED)
def test_the_document_is_read_as_a_person_reads_it(name: str, shared: Path) -> None:
    path = next((shared / "corpus").glob(f"*/{name}.txt"), None)
    if path is None:
        pytest.skip(f"the document is not at hand: {name}")
    plan, wanted = parse(path), WANTED[name]
    read = {"title": plan.title, "number": plan.number, "issued": str(plan.issued), "issuer": plan.issuer}
    assert read == {key: wanted[key] for key in read}
    assert plan.level == wanted["level"]
    assert counted(plan) == {key: wanted[key] for key in counted(plan)}
