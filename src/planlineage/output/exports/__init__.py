"""Writing a network, a lineage or a table in the formats that other programs read.

The registry says which ending is which format; a new format is a function and a line in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...graph.network import LineageGraph
from ...model.disk import write_text
from ...model.errors import OutputError
from .graphs import gexf_text, graphml_text, node_link_text
from .lineage_json import network_json_text
from .mermaid import network_mermaid
from .prov import prov_text

__all__ = ["FORMATS", "GraphFormat", "write_network"]


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A format that a network can be written in: its ending, what it is, and the function that makes its text."""

    ending: str
    summary: str
    text: Callable[[LineageGraph], str]


FORMATS: Mapping[str, GraphFormat] = {
    f.ending: f
    for f in (
        GraphFormat(".graphml", "GraphML, for Gephi, yEd, Cytoscape, networkx", graphml_text),
        GraphFormat(".gexf", "GEXF 1.2, for Gephi and networkx", gexf_text),
        GraphFormat(".node-link.json", "node-link JSON, for d3 and networkx", node_link_text),
        GraphFormat(".prov.json", "PROV-JSON with the terms of PROV-O", prov_text),
        GraphFormat(".mmd", "Mermaid chart of the plans and their parents", network_mermaid),
        GraphFormat(".json", "the lineages with evidence and the plans' fingerprints", network_json_text),
    )
}
"""Formats by ending; where several endings fit a file's name, the longest holds."""


def format_of(path: str | Path) -> GraphFormat:
    """The format that a file's name asks for. Raises `OutputError` where none answers to it.

    >>> format_of("plans.prov.json").summary
    'PROV-JSON with the terms of PROV-O'
    """
    name = Path(path).name.lower()
    fitting = [e for e in FORMATS if name.endswith(e)]
    if not fitting:
        raise OutputError("no graph ending", where=str(path), hint="graph endings", formats=", ".join(sorted(FORMATS)))
    return FORMATS[max(fitting, key=len)]


def write_network(network: LineageGraph, path: str | Path) -> Path:
    """Write a network in the format of the file's ending (a key of `FORMATS`). Returns the path.

    Raises `OutputError` where no format has this ending or the file can't be written.
    """
    return write_text(path, format_of(path).text(network))
