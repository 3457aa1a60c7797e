"""How words spread, and which plans carry the same: on places whose texts are known."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

import duckdb
import networkx as nx

import planlineage as pl
from planlineage.surveying.alike_texts import SHORTEST, alike

OWN = {
    ("山亭区", 2022): "推行行政执法“首违不罚”清单并向社会公布结果。",
    ("薛城区", 2023): "推行行政执法首违不罚清单，并向社会公布结果。",
    ("峄城区", 2024): "推行行政执法“首违不罚”清单并向社会公布结果。",
    ("台儿庄区", 2024): "编制城乡公共法律服务网点地图供群众随时查询。",
}
FROM_ABOVE = "全面推行行政执法公示制度、执法全过程记录制度。"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> pl.Survey:
    folder = tmp_path_factory.mktemp("plans")
    for year in (2021, 2022, 2023, 2024):
        city = f"山东省枣庄市{year}年法治政府建设工作要点\n\n一、重点工作\n（一）规范执法。{FROM_ABOVE}\n"
        (folder / f"city{year}.txt").write_text(city, encoding="utf-8")
        for place in ("山亭区", "薛城区", "峄城区", "台儿庄区"):
            own = OWN.get((place, year), f"开展第{year}号{place}特色培训活动并组织考试测评。")
            text = f"枣庄市{place}{year}年法治政府建设工作要点\n\n一、重点工作\n（一）规范执法。{FROM_ABOVE}\n"
            text += f"（二）特色工作。{own}\n"
            (folder / f"{place}{year}.txt").write_text(text, encoding="utf-8")
    return pl.survey(folder, out=tmp_path_factory.mktemp("out"), workers=1)


def test_who_had_a_phrase_first_and_who_took_it_up(found: pl.Survey) -> None:
    [one] = found.diffusion(least=3)
    assert "首违不罚" in one.text
    assert (one.first_year, one.first_places, one.last_year) == (2022, ("山东省枣庄市山亭区",), 2024)
    assert (one.places, one.held, one.held_before) == (3, 5, 5)
    assert 0 < one.weight < 1
    assert [(u.place[-3:], u.year) for u in one.uses] == [("山亭区", 2022), ("薛城区", 2023), ("峄城区", 2024)]


def test_words_from_above_are_no_diffusion(found: pl.Survey) -> None:
    assert not any("公示制度" in one.text for one in found.diffusion(least=2))


def test_the_network_and_the_cascades(found: pl.Survey, tmp_path: Path) -> None:
    spread = found.diffusion(least=3)
    graph = spread.graph()
    assert {(a[-3:], b[-3:]) for a, b in graph.edges} == {
        ("山亭区", "薛城区"),
        ("山亭区", "峄城区"),
        ("薛城区", "峄城区"),
    }
    assert sum(w for _, _, w in graph.edges(data="weight")) == pytest.approx(2 * spread[0].weight)
    assert set(nx.read_gexf(spread.to_gexf(tmp_path / "spread.gexf")).edges) == set(graph.edges)
    names, _, cascades = spread.to_cascades(tmp_path / "c.txt").read_text("utf-8").partition("\n\n")
    assert len(names.splitlines()) == 3
    assert [len(line.split(";")) for line in cascades.splitlines()] == [3]


def test_whence_two_places_have_what_they_share(found: pl.Survey) -> None:
    shared = found.diffusion().between("山东省枣庄市山亭区", "山东省枣庄市峄城区")
    for one in shared:
        assert one.from_above + one.one_from_other + one.elsewhere == pytest.approx(1, abs=0.002)
    by_words = {one.text[:4]: one for one in shared}
    assert by_words["推行行政"].earlier.endswith("山亭区")
    assert by_words["推行行政"].from_above == 0
    assert by_words["全面推行"].from_above > 0.5
    with pytest.raises(pl.SurveyError, match="holds no plan"):
        found.diffusion().between("山东省", "山东省枣庄市山亭区")


def test_the_nearest_plans_carry_the_same(found: pl.Survey) -> None:
    near = [n for n in found.neighbours(nearest=2) if n.upper_plan == "city2023"]
    assert len(near) == 8
    assert {n.likeness for n in near} == {1.0}
    assert all(n.plan != n.other and n.only_plan == n.only_other == 0 for n in near)


def triples(text: str) -> set[str]:
    bare = re.sub(r"[^\w]|_", "", text)
    return {bare[i : i + 3] for i in range(len(bare) - 2)} if len(bare) >= SHORTEST else set()


@given(st.integers(0, 10**6), st.sampled_from([0.5, 0.7, 0.8, 0.95]))
@settings(max_examples=25, deadline=None)
def test_every_pair_that_is_alike_is_found_and_no_other(seed: int, mark: float) -> None:
    dice = random.Random(seed)
    words = "公示制度执法清单平台网络培训考核"
    texts = ["".join(dice.choices(words, k=dice.randint(8, 40))) for _ in range(12)]
    for text in texts[:8]:
        at = dice.randrange(len(text))
        texts.append(text[:at] + dice.choice(words) + "，" + text[at + 1 :])
    db = duckdb.connect()
    db.execute("CREATE TABLE texts (n INTEGER, text VARCHAR)")
    db.executemany("INSERT INTO texts VALUES (?, ?)", list(enumerate(texts)))
    sets = [triples(text) for text in texts]
    exact = {
        (a, b)
        for a in range(len(texts))
        for b in range(a + 1, len(texts))
        if sets[a] and sets[b] and len(sets[a] & sets[b]) / len(sets[a] | sets[b]) >= mark
    }
    assert {(a, b) for a, b, _ in alike(db, mark)} == exact
