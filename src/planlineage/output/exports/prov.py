"""A network as PROV-JSON (W3C member submission, 2013) with the terms of PROV-O.

Plans and statements are entities; a plan is a collection of its statements. A verbatim edge is a quotation, adapted and
partial edges are derivations, a thematic edge an influence; a plan that follows an older one is its revision. Issuers are
agents to whom plans are attributed; the linking method is a software agent, associated with the activity that found the
edges.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ...graph.network import LineageGraph
from ...model.lineage import LineageEdge, Relation
from ...model.plan import Plan

_NAMESPACE = "urn:planlineage:"
_NOT_LOCAL = re.compile(r"[^\w./-]|[（）〔〕《》〈〉“”]")
_TYPES = {Relation.VERBATIM: "prov:Quotation"}


def prov_document(network: LineageGraph) -> dict[str, Any]:
    """The network as the plain data of a PROV-JSON document."""
    out: dict[str, Any] = {
        "prefix": {
            "pl": _NAMESPACE,
            "prov": "http://www.w3.org/ns/prov#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "entity": {},
        "agent": {},
        "activity": {},
        "wasAttributedTo": {},
        "hadMember": {},
        "wasDerivedFrom": {},
        "wasInfluencedBy": {},
        "wasAssociatedWith": {},
    }
    for plan in network.plans:
        _plan(out, plan)
    for lineage in network.lineages:
        for edge in lineage.edges:
            _edge(out, edge)
    _revisions(out, network)
    return {section: content for section, content in out.items() if content}


def prov_text(network: LineageGraph) -> str:
    """The network as PROV-JSON text."""
    return json.dumps(prov_document(network), ensure_ascii=False, indent=1) + "\n"


def _plan(out: dict[str, Any], plan: Plan) -> None:
    own = _plan_id(plan.id)
    entity: dict[str, Any] = {
        "prov:type": [_name("prov:Plan"), _name("prov:Collection")],
        "prov:label": plan.name,
        "pl:level": plan.level.value if plan.level else "",
        "pl:place": plan.place,
        "pl:number": plan.number,
        "pl:sha256": plan.source.sha256,
    }
    if plan.issued:
        entity["prov:generatedAtTime"] = {"$": f"{plan.issued}T00:00:00", "type": "xsd:dateTime"}
    out["entity"][own] = {k: v for k, v in entity.items() if v}
    if plan.issuer:
        agent = _id(f"agent/{plan.issuer}")
        out["agent"][agent] = {"prov:type": _name("prov:Organization"), "prov:label": plan.issuer}
        out["wasAttributedTo"][f"_:attributed-{plan.id}"] = {"prov:entity": own, "prov:agent": agent}
    for statement in plan.statements:
        if statement.kind == "noise":
            continue
        node = _statement_id(plan.id, statement.id)
        out["entity"][node] = {
            "prov:value": statement.text,
            "pl:kind": statement.kind,
            "pl:start": statement.span.start,
            "pl:end": statement.span.end,
            "pl:fingerprint": statement.fingerprint,
        }
        out["hadMember"][f"_:member-{plan.id}-{statement.id}"] = {"prov:collection": own, "prov:entity": node}


def _edge(out: dict[str, Any], edge: LineageEdge) -> None:
    lower = _statement_id(edge.local_plan, edge.local_id)
    upper = _statement_id(edge.upper_plan, edge.upper_id)
    key = f"_:{edge.local_plan}-{edge.local_id}-{edge.upper_plan}-{edge.upper_id}"
    more = {
        "pl:relation": edge.relation.value,
        "pl:confidence": {"$": f"{edge.confidence:.6f}", "type": "xsd:double"},
    }
    if edge.relation is Relation.THEMATIC:
        out["wasInfluencedBy"][key] = {"prov:influencee": lower, "prov:influencer": upper, **more}
        return
    activity = _activity(out, edge)
    derived: dict[str, Any] = {
        "prov:generatedEntity": lower,
        "prov:usedEntity": upper,
        **more,
        "pl:foundBy": activity,
    }
    if edge.relation in _TYPES:
        derived["prov:type"] = _name(_TYPES[edge.relation])
    out["wasDerivedFrom"][key] = derived


def _activity(out: dict[str, Any], edge: LineageEdge) -> str:
    """The run of the method that found an edge, with the software that did it."""
    method = f"{edge.provenance.method}-{edge.provenance.version}"
    activity, agent = _id(f"activity/{method}"), _id(f"agent/{method}")
    out["activity"][activity] = {"prov:type": "linking", "pl:version": edge.provenance.version}
    out["agent"][agent] = {"prov:type": _name("prov:SoftwareAgent"), "prov:label": f"planlineage {method}"}
    out["wasAssociatedWith"][f"_:ran-{method}"] = {"prov:activity": activity, "prov:agent": agent}
    if edge.provenance.reviewer:
        person = _id(f"agent/{edge.provenance.reviewer}")
        out["agent"][person] = {"prov:type": _name("prov:Person"), "prov:label": edge.provenance.reviewer}
        out["wasAssociatedWith"][f"_:reviewed-{method}-{edge.provenance.reviewer}"] = {
            "prov:activity": activity,
            "prov:agent": person,
        }
    return activity


def _revisions(out: dict[str, Any], network: LineageGraph) -> None:
    """Plans that follow an older plan, held or only cited."""
    titles = {p.title: p.id for p in network.plans if p.title}
    for plan in network.plans:
        for cited in plan.cited:
            if cited.role != "follows":
                continue
            older = _plan_id(titles[cited.title]) if cited.title in titles else _id(f"cited/{cited.title}")
            out["entity"].setdefault(
                older, {"prov:type": _name("prov:Plan"), "prov:label": cited.title, "pl:held": False}
            )
            out["wasDerivedFrom"][f"_:revision-{plan.id}-{len(out['wasDerivedFrom'])}"] = {
                "prov:generatedEntity": _plan_id(plan.id),
                "prov:usedEntity": older,
                "prov:type": _name("prov:Revision"),
            }


def _plan_id(plan_id: str) -> str:
    return _id(plan_id)


def _statement_id(plan_id: str, statement_id: str) -> str:
    return _id(f"{plan_id}/{statement_id}")


def _id(name: str) -> str:
    """A qualified name; what its local part may not hold becomes an underscore."""
    return "pl:" + _NOT_LOCAL.sub("_", name)


def _name(value: str) -> dict[str, str]:
    return {"$": value, "type": "prov:QUALIFIED_NAME"}
