"""A sentence encoder from a folder: a tiny model made here, its use in linking, and how much it counts after tuning."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import planlineage as pl
from planlineage.cli.main import main
from planlineage.linking import Unit, explain_units
from planlineage.linking.encoders import load_encoder, tune_encoder
from planlineage.linking.linker import PlanUnits

onnx = pytest.importorskip("onnx", reason="no onnx to make a model with")
tokenizers = pytest.importorskip("tokenizers", reason="planlineage[encoder] is not installed")
pytest.importorskip("onnxruntime", reason="planlineage[encoder] is not installed")

TOPICS = ("老人", "高龄"), ("河道", "水渠"), ("图书", "阅读"), ("消防", "灭火"), ("占道",), ("行道",)


@pytest.fixture(scope="module", name="folder")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One direction for each topic's characters; a token is a character."""
    folder = tmp_path_factory.mktemp("model")
    characters = sorted({letter for topic in TOPICS for word in topic for letter in word})
    vocabulary = {"[PAD]": 0, "[UNK]": 1, **{letter: k + 2 for k, letter in enumerate(characters)}}
    weights = np.zeros((len(vocabulary), len(TOPICS) + 1), dtype=np.float32)
    weights[1, -1] = 0.1
    for k, topic in enumerate(TOPICS):
        for letter in "".join(topic):
            weights[vocabulary[letter], k] = 1.0
    model = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    model.pre_tokenizer = tokenizers.pre_tokenizers.Split(tokenizers.Regex("."), "isolated")
    model.save(str(folder / "tokenizer.json"))
    helper, types = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [helper.make_node("Gather", ["weights", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", types.INT64, ["batch", "sequence"])],
        [helper.make_tensor_value_info("last_hidden_state", types.FLOAT, ["batch", "sequence", weights.shape[1]])],
        [onnx.numpy_helper.from_array(weights, "weights")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(made, str(folder / "model.onnx"))
    return folder


UPPER = [
    Unit(f"u{k}", text)
    for k, text in enumerate(
        [
            "开展高龄群体膳食配送。",
            "加强河道垃圾清理。",
            "修缮图书馆。",
            "培训消防队员。",
            "整治占道经营。",
            "补植行道树。",
        ]
    )
]
LOCAL = [Unit("l", "给独居老人送餐上门。"), Unit("m", "清理河道垃圾。")]


def test_texts_become_vectors_once(folder: Path) -> None:
    encoder = load_encoder(folder)
    one, other, again = encoder(["独居老人", "河道", "独居老人"])
    assert one @ other == pytest.approx(0, abs=0.05)
    assert (one == again).all()
    assert encoder(["河道"]) == pytest.approx(other[None])


def test_an_encoder_joins_the_decision(folder: Path) -> None:
    options = pl.LinkOptions(encoder=load_encoder(folder))
    plain, helped = (explain_units(LOCAL, UPPER, [0], given)[0] for given in (None, options))
    assert max(helped, key=lambda c: c.confidence).upper_id == "u0"
    assert {c.upper_id: c.confidence for c in helped}["u0"] > {c.upper_id: c.confidence for c in plain}.get("u0", 0)


def plans() -> tuple[pl.Plan, pl.Plan]:
    title = "某{}养老和环境工作方案\n\n一、主要任务\n{}\n"
    upper = "".join(f"（{n}）{u.text}\n" for n, u in zip("一二三四五六", UPPER, strict=True))
    local = "（一）给独居老人送餐上门。\n（二）疏通淤塞的水渠。\n（三）办好全民阅读活动。\n（四）排查灭火器材。\n"
    return (
        pl.parse_text(title.format("区", local), id="local", level="district"),
        pl.parse_text(title.format("市", upper), id="upper", level="municipal"),
    )


def bodies(plan: pl.Plan) -> list[str]:
    """The ids of the sentences below the part's heading."""
    return [u.id for u in PlanUnits(plan).units if u.text.startswith("（")]


def test_tuning_learns_and_stores_how_much_it_counts(folder: Path) -> None:
    local, upper = plans()
    ours, theirs = bodies(local), bodies(upper)
    tied = {(a, b) for a, b in zip(ours, theirs[:4], strict=True)}
    weight, shift = tune_encoder(load_encoder(folder), [(local, upper, tied)])
    assert weight > 0.2
    again = load_encoder(folder)
    assert (again.weight, again.shift) == (weight, shift)
    fewer = {(ours[0], theirs[0])}
    assert tune_encoder(load_encoder(folder), [(local, upper, fewer)])[0] < weight
    with pytest.raises(ValueError, match="nothing is tied"):
        tune_encoder(load_encoder(folder), [(local, upper, set())])


def test_the_command(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    local, upper = plans()
    files = [pl.save_plan(plan, tmp_path / f"{plan.id}.json") for plan in (local, upper)]
    ours, theirs = bodies(local), bodies(upper)
    edges = tmp_path / "edges.csv"
    edges.write_text(f"local_id,upper_id,relation\n{ours[-1]},{theirs[-3]},adapted\n", encoding="utf-8")
    pair = ["--pair", *map(str, files), str(edges)]
    assert main(["tune-encoder", str(folder), *pair]) == 0
    assert "weight" in capsys.readouterr().out
    assert json.loads((folder / "planlineage.json").read_text(encoding="utf-8"))["pairs"] == 1
    assert main(["tune-encoder", str(tmp_path / "none"), *pair]) == 2
    edges.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["tune-encoder", str(folder), *pair]) == 2


def test_what_is_no_model_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(pl.PlanFileError, match="no such folder"):
        load_encoder(tmp_path / "none")
    (tmp_path / "model.onnx").write_bytes(b"")
    with pytest.raises(pl.PlanFileError, match="tokenizer"):
        load_encoder(tmp_path)
