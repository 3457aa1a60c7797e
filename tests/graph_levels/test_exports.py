"""Exports open in the programs they are made for, and hold what the network holds."""

from __future__ import annotations

import json
import re

import networkx as nx
import pandas as pd
import pytest
from family import family

import planlineage as pl
from planlineage import LineageGraph, OutputError
from planlineage.output.exports import FORMATS, write_network
from planlineage.output.exports.lineage_json import lineage_data, plan_fingerprint
from planlineage.output.exports.prov import prov_document
from planlineage.output.exports.tables import write_table


@pytest.fixture(scope="module", name="net")
def network() -> LineageGraph:
    return pl.network(family(3, 12).plans)


@pytest.fixture(scope="module", name="shipped")
def shipped_network() -> LineageGraph:
    return pl.network(["central_2021", "shanting_2021"])


def test_graphml_reads_back(net: LineageGraph, tmp_path) -> None:
    path = write_network(net, tmp_path / "x.graphml")
    back = nx.read_graphml(path, force_multigraph=True)
    assert set(back.nodes) == set(net.graph.nodes)
    assert sorted((a, b, d["type"]) for a, b, d in back.edges(data=True)) == sorted(
        (a, b, d["type"]) for a, b, d in net.graph.edges(data=True)
    )
    assert all(back.nodes[n].get("text") == d.get("text") for n, d in net.graph.nodes(data=True))


def test_gexf_reads_back(shipped: LineageGraph, tmp_path) -> None:
    back = nx.read_gexf(write_network(shipped, tmp_path / "x.gexf"))
    assert set(back.nodes) == set(shipped.graph.nodes)
    assert back.number_of_edges() == shipped.graph.number_of_edges()
    statement = next(n for n, d in shipped.graph.nodes(data=True) if d["type"] == "statement")
    assert back.nodes[statement]["first_character"] == shipped.graph.nodes[statement]["start"]


def test_node_link_reads_back(net: LineageGraph, tmp_path) -> None:
    data = json.loads(write_network(net, tmp_path / "x.node-link.json").read_text(encoding="utf-8"))
    assert nx.utils.graphs_equal(nx.node_link_graph(data, edges="edges"), net.graph)


def test_prov_refers_only_to_what_it_holds(shipped: LineageGraph) -> None:
    found = prov_document(shipped)
    entities, agents, activities = (set(found[k]) for k in ("entity", "agent", "activity"))
    for relation in found["wasDerivedFrom"].values():
        assert {relation["prov:generatedEntity"], relation["prov:usedEntity"]} <= entities
    for relation in found["wasInfluencedBy"].values():
        assert {relation["prov:influencee"], relation["prov:influencer"]} <= entities
    for relation in found["wasAssociatedWith"].values():
        assert relation["prov:agent"] in agents
        assert relation["prov:activity"] in activities
    types = {r["prov:type"]["$"] for r in found["wasDerivedFrom"].values() if "prov:type" in r}
    assert types == {"prov:Quotation", "prov:Revision"}
    assert all(re.fullmatch(r"[\w./-]+", name.removeprefix("pl:")) for name in entities | agents | activities)


def test_prov_is_read_by_the_prov_package(shipped: LineageGraph, tmp_path) -> None:
    model = pytest.importorskip("prov.model")
    document = model.ProvDocument.deserialize(write_network(shipped, tmp_path / "x.prov.json"))
    assert len(document.get_records()) > 500


def test_json_holds_the_fingerprints(shipped: LineageGraph, tmp_path) -> None:
    data = json.loads(write_network(shipped, tmp_path / "x.json").read_text(encoding="utf-8"))
    plan = data["lineages"][0]["plans"]["central_2021"]
    central = pl.load("central_2021")
    assert plan["fingerprint"] == plan_fingerprint(central)
    assert all(central.statement(i).fingerprint == f for i, f in plan["statements"].items())
    used = {e["upper_id"] for e in data["lineages"][0]["edges"]}
    assert used == set(plan["statements"])


def test_a_fingerprint_changes_with_a_word_and_not_with_an_id() -> None:
    plan = pl.parse_text("一、任务\n（一）登记。健全台账。", id="a", level="central")
    same = pl.parse_text("一、任务\n（一）登记。健全台账。", id="b", level="district")
    other = pl.parse_text("一、任务\n（一）登记。健全账本。", id="a", level="central")
    assert plan_fingerprint(plan) == plan_fingerprint(same) != plan_fingerprint(other)


def test_lineage_data_is_plain(shipped: LineageGraph) -> None:
    assert json.loads(json.dumps(lineage_data(shipped.lineages[0])))["local"] == "shanting_2021"


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_format_can_be_written_twice_alike(net: LineageGraph, tmp_path, ending: str) -> None:
    one, two = (write_network(net, tmp_path / f"{n}{ending}").read_text(encoding="utf-8") for n in "ab")
    strip = re.compile(r'lastmodifieddate="[^"]*"|<meta .*?>')
    assert strip.sub("", one) == strip.sub("", two)


def test_an_unknown_ending_says_which_there_are(net: LineageGraph, tmp_path) -> None:
    with pytest.raises(OutputError, match="graphml"):
        write_network(net, tmp_path / "x.doc")


def test_characters_that_xml_forbids_do_no_harm(tmp_path) -> None:
    plan = pl.parse_text("一、任务\n（一）登记。健全\x0b台账\x01制度。", id="a\x02b", level="central")
    net = LineageGraph([plan], [])
    nx.read_graphml(write_network(net, tmp_path / "x.graphml"))
    nx.read_gexf(write_network(net, tmp_path / "x.gexf"))


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_tables_read_back(tmp_path, ending: str) -> None:
    pytest.importorskip({".csv": "csv", ".xlsx": "openpyxl", ".parquet": "pyarrow"}[ending])
    plans = family(3, 12).plans
    report = pl.slippage(plans[1], plans[0])
    path = write_table(report, tmp_path / f"x{ending}")
    read = {".csv": pd.read_csv, ".xlsx": pd.read_excel, ".parquet": pd.read_parquet}[ending]
    back = read(path)
    assert list(back.columns) == list(report.columns)
    assert list(back["upper_id"].fillna("")) == [r["upper_id"] for r in report.rows()]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    plan = pl.parse_text("一、任务\n（一）登记。=1+1，健全台账登记制度。办结率达到100%。", id="a", level="central")
    below = pl.parse_text("一、任务\n（一）登记。=1+1，健全台账登记制度。办结率达到90%。", id="b", level="district")
    book = openpyxl.load_workbook(write_table(pl.slippage(below, plan), tmp_path / "x.xlsx"))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
