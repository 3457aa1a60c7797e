"""What a file says of its document outside the running text, put where the document itself is silent."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping

from ..model.plan import Remark
from .identity import Identity, document_number, level_of_body, places_at_start


def with_facts(read: Identity, facts: Mapping[str, str]) -> Identity:
    """Fill what the document does not say of itself from the facts around it; its own words always win.

    The day of publication is no day of issue and fills nothing.

    >>> with_facts(Identity(number="国发〔2019〕4号"), {"number": "国发〔2020〕1号", "issued": "2019-01-24"}).issued
    datetime.date(2019, 1, 24)
    """
    number = read.number or document_number(facts.get("number", "")) or facts.get("number", "")
    issuer = read.issuer or facts.get("issuer", "")
    issued = read.issued or _day(facts.get("issued", ""))
    level = read.level or level_of_body(issuer)
    place = read.place or "".join(name for name, _ in places_at_start(issuer))
    status = "in force" if read.status == "unknown" and (number or issued) else read.status
    return dataclasses.replace(
        read, number=number, issuer=issuer, issued=issued, level=level, place=place, status=status
    )


def facts_remark(read: Identity, facts: Mapping[str, str]) -> list[Remark]:
    """A remark that lists the facts, and says which of them differ from the document's own words."""
    if not facts:
        return []
    own = {
        "title": read.title,
        "number": read.number,
        "issuer": read.issuer,
        "issued": str(read.issued or ""),
    }
    shown = []
    for kind, value in facts.items():
        said = own.get(kind, "")
        same = "".join(said.split()) == "".join(value.split()) or (
            kind == "number" and document_number(value) == said
        )
        shown.append(f"{kind} {value}" + (f" (the document says {said})" if said and not same else ""))
    return [Remark(code="page-facts", message="the file says beside the text: " + "; ".join(shown))]


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
