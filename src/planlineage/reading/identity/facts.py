"""What is said of a document from outside: by the file beside the text, and by the user."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping

from ...model.levels import Level
from ...model.parts import Remark
from ...model.wording import Term, told
from ..citing import document_number
from .places import level_of_place, places_at_start
from .reader import Identity

_GIVEN_BY = {"issuers": {"issuer"}, "level": {"level", "place"}}
"""The facts given by the user that settle a question."""


def with_supplied(read: Identity, given: Mapping[str, str]) -> Identity:
    """What the user says of the document wins; a place given without a level says which level.

    >>> with_supplied(Identity(place="卫滨区"), {"place": "河南省新乡市卫滨区"}).level.value
    'district'
    """
    place = given.get("place") or read.place
    level = Level(given["level"]) if "level" in given else read.level
    if "level" not in given and "place" in given:
        named = places_at_start(place)
        level = (named[-1][1] if named else level_of_place(place)) or level
    issued = datetime.date.fromisoformat(given["issued"]) if "issued" in given else read.issued
    number = given.get("number") or read.number
    return dataclasses.replace(
        read,
        level=level,
        place=place,
        issuers=(given["issuer"],) if "issuer" in given else read.issuers,
        issued=issued,
        number=number,
        year=read.year or (issued.year if issued else None),
        status="in force" if read.status == "unknown" and (number or issued) else read.status,
        found={
            question: f for question, f in read.found.items() if not _GIVEN_BY.get(question, {question}) & given.keys()
        },
    )


def facts_remark(read: Identity, facts: Mapping[str, str]) -> list[Remark]:
    """A remark that lists the facts, and says which of them differ from the document's own words."""
    if not facts:
        return []
    own = {
        "title": read.title,
        "number": read.number,
        "issuer": "、".join(read.issuers),
        "issued": str(read.issued or ""),
    }
    shown = []
    for kind, value in facts.items():
        said = own.get(kind, "")
        same = "".join(said.split()) == "".join(value.split()) or (kind == "number" and document_number(value) == said)
        name = Term(f"fact.{kind}")
        shown.append(
            told("remark", "page-facts.other", name=name, value=value, said_there=said)
            if said and not same
            else told("remark", "page-facts.same", name=name, value=value)
        )
    return [Remark(code="page-facts", said=told("remark", "page-facts", facts=tuple(shown)))]
