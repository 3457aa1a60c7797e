"""Lineages as JSON with the fingerprints of the plans, so that a later reader can tell whether the texts have changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ...comparing.lineage import Lineage
from ...graph.network import LineageGraph
from ...model.plan import Plan


def plan_fingerprint(plan: Plan) -> str:
    """A digest of the words of a plan: of the fingerprints of its statements, in their order.

    It changes when any statement's words change, and not when the file is read anew or its layout differs.
    """
    digest = hashlib.sha256()
    for statement in plan.statements:
        if statement.kind != "noise":
            digest.update(statement.fingerprint.encode("utf-8") + b"\n")
    return digest.hexdigest()


def fingerprints(plan: Plan, used: set[str]) -> dict[str, Any]:
    """What identifies a plan and the statements of it that edges rest on."""
    return {
        "title": plan.title,
        "source": plan.source.name,
        "sha256": plan.source.sha256,
        "fingerprint": plan_fingerprint(plan),
        "statements": {s.id: s.fingerprint for s in plan.statements if s.id in used},
    }


def lineage_data(lineage: Lineage) -> dict[str, Any]:
    """A lineage as plain data: its edges, and the fingerprints of the plans and statements that they rest on."""
    used: dict[str, set[str]] = {}
    for edge in lineage.edges:
        used.setdefault(edge.local_plan, set()).add(edge.local_id)
        used.setdefault(edge.upper_plan, set()).add(edge.upper_id)
    plans = {p.id: fingerprints(p, used.get(p.id, set())) for p in (lineage.local, *lineage.uppers)}
    return lineage.as_dict() | {"plans": plans}


def network_json_text(network: LineageGraph) -> str:
    """All lineages of a network as JSON text."""
    data = {
        "schema_version": 1,
        "plans": [{"id": p.id, "parents": [u.id for u in network.parents(p.id)]} for p in network.plans],
        "remarks": [str(remark) for remark in network.remarks],
        "not_held": [{c: row[c] for c in network.not_held.columns} for row in network.not_held.rows()],
        "lineages": [lineage_data(lineage) for lineage in network.lineages],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
