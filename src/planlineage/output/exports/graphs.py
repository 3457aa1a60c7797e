"""A network as GraphML, GEXF or node-link JSON, so that the usual graph tools open it.

GEXF has its own meaning for the attributes `type` of an edge and `start` and `end` of a node; ours are written there as
`kind_of_edge`, `first_character` and `end_character`.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from ...graph.network import LineageGraph
from ...model.disk import CONTROL

if TYPE_CHECKING:
    import networkx as nx

_GEXF_NODES = {"start": "first_character", "end": "end_character", "type": "kind_of_node"}
_GEXF_EDGES = {"type": "kind_of_edge"}


def graphml_text(network: LineageGraph) -> str:
    """The network as GraphML."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml_xml(_plain(network.graph), out, encoding="utf-8", prettyprint=True)
    return out.getvalue().decode("utf-8")


def gexf_text(network: LineageGraph) -> str:
    """The network as GEXF 1.2."""
    import networkx as nx

    graph = _plain(network.graph, _GEXF_NODES, _GEXF_EDGES)
    for _, attributes in graph.nodes(data=True):
        attributes["label"] = str(attributes.get("title") or attributes.get("text") or attributes.get("number") or "")[
            :80
        ]
    out = io.BytesIO()
    nx.write_gexf(graph, out, encoding="utf-8", version="1.2draft")
    return out.getvalue().decode("utf-8")


def node_link_text(network: LineageGraph) -> str:
    """The network as node-link JSON, as `networkx.node_link_graph` reads it (edges under `edges`)."""
    import networkx as nx

    data = nx.node_link_data(network.graph, edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def _plain(
    graph: nx.MultiDiGraph, nodes: dict[str, str] | None = None, edges: dict[str, str] | None = None
) -> nx.MultiDiGraph:
    """A copy whose attributes XML can hold: no missing values, no characters that XML forbids; some renamed."""
    import networkx as nx

    copy = nx.MultiDiGraph()
    for node, attributes in graph.nodes(data=True):
        copy.add_node(_clean(node), **_renamed(attributes, nodes or {}))
    for number, (source, target, key, attributes) in enumerate(graph.edges(keys=True, data=True)):
        copy.add_edge(_clean(source), _clean(target), key=f"{key}-{number}", **_renamed(attributes, edges or {}))
    return copy


def _renamed(attributes: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {names.get(k, k): _clean(v) for k, v in attributes.items() if v is not None}


def _clean(value: Any) -> Any:
    return CONTROL.sub("\ufffd", value) if isinstance(value, str) else value
