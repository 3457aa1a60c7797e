"""Sentence encoders of the user's own: a model's folder becomes a function from texts to vectors; how much it counts is learnt.

Nothing is fetched and nothing is shipped: the folder is on the user's disk.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..model.disk import write_text
from ..model.errors import InvalidValueError, MissingExtraError, PlanFileError
from ..model.plan import Plan
from .linker import PlanUnits
from .units import LinkOptions

SETTINGS = "planlineage.json"
"""File beside the model that holds what was learnt of it."""

BATCH = 32
"""Texts encoded at a time."""

LONGEST = 256
"""Tokens of a text that are read."""


class SentenceEncoder:
    """Texts to vectors, each text once. `weight` is what one standard deviation of the cosine adds to the logit of an edge, from
    two on; `shift` what is added to all.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.weight, self.shift = 0.5, 0.0
        self._model = _onnx(path) if (path / "model.onnx").exists() else _sentence_transformers(path)
        self._known: dict[str, Any] = {}
        if (path / SETTINGS).exists():
            try:
                stored = json.loads((path / SETTINGS).read_text(encoding="utf-8"))
                self.weight, self.shift = float(stored["weight"]), float(stored["shift"])
            except (ValueError, KeyError, TypeError):
                raise PlanFileError("bad encoder settings", where=str(path / SETTINGS), hint="tune again") from None

    def __call__(self, texts: Sequence[str]) -> Any:
        """One row for each text."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            self._known.update(zip(batch, self._model(batch), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float64)


def load_encoder(path: str | Path) -> SentenceEncoder:
    """An encoder for `LinkOptions(encoder=...)` from a folder on disk.

    The folder holds `model.onnx` with `tokenizer.json` (as Hugging Face Optimum exports them; the last hidden states are
    averaged over the tokens), or a sentence-transformers model. Raises `PlanFileError` where it is no such folder and
    `MissingExtraError` without `planlineage[encoder]` (or sentence-transformers, which is not among the extras).
    """
    folder = Path(path)
    if not folder.is_dir():
        raise PlanFileError("no such folder", where=str(folder), hint="model folder")
    return SentenceEncoder(folder)


def _needed(module: str, where: Path, hint: str = "install encoder") -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtraError("not installed", where=str(where), hint=hint, module=module) from None


def _onnx(folder: Path) -> Any:
    runtime = _needed("onnxruntime", folder)
    tokenizers = _needed("tokenizers", folder)
    if not (folder / "tokenizer.json").exists():
        raise PlanFileError("no tokenizer", where=str(folder / "tokenizer.json"), hint="export tokenizer")
    session = runtime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    inputs = {one.name for one in session.get_inputs()}

    def encode(texts: Sequence[str]) -> Any:
        found = tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in found], dtype=np.int64)
        mask = np.array([one.attention_mask for one in found], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, {name: value for name, value in given.items() if name in inputs})[0]
        if states.ndim == 2:
            return states
        return (states * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)[:, None]

    return encode


def _sentence_transformers(folder: Path) -> Any:
    library = _needed(
        "sentence_transformers",
        folder,
        "pip install sentence-transformers, or export the model as model.onnx",
    )
    model = library.SentenceTransformer(str(folder))
    return lambda texts: model.encode(list(texts), batch_size=BATCH, show_progress_bar=False)


Labelled = tuple[Plan, Plan, Collection[tuple[str, str]]]
"""A local and an upper plan, and the ids of the statements that a person ties."""


def tune_encoder(encoder: SentenceEncoder, pairs: Sequence[Labelled]) -> tuple[float, float]:
    """Learn `weight` and `shift` of an encoder from pairs of plans that a person has tied, and store both beside the model.

    All candidate pairs count, those not tied as wrong; little evidence leaves the weight near 0.5. Raises `ValueError`
    where nothing is tied.
    """
    from .engine import SPREAD, USUAL, match
    from .sides import side

    rows = []
    encoder.weight = encoder.shift = 0.0
    for local, upper, tied in pairs:
        ours, theirs = PlanUnits(local), PlanUnits(upper)
        found = match(side(ours.units), side(theirs.units), LinkOptions(encoder=encoder), floor=0.0)
        open_ = (found.confidence > 0) & (found.confidence < 0.99)
        sure = found.confidence[open_]
        label = [
            (ours.units[i].id, theirs.units[j].id) in tied
            for i, j in zip(found.pairs.local[open_], found.pairs.upper[open_], strict=True)
        ]
        meaning = np.clip(found.pairs.features["meaning"][open_] - USUAL, -SPREAD, SPREAD)
        rows.append(np.stack([np.log(sure / (1 - sure)), meaning, np.array(label, dtype=np.float64)], axis=1))
    table = np.concatenate(rows)
    if not table[:, 2].any():
        raise InvalidValueError("nothing tied")
    encoder.weight, encoder.shift = (round(float(value), 4) for value in _fitted(*table.T))
    settings = {"weight": encoder.weight, "shift": encoder.shift, "pairs": int(table[:, 2].sum())}
    write_text(encoder.path / SETTINGS, json.dumps(settings) + "\n")
    return encoder.weight, encoder.shift


def _fitted(logits: Any, meaning: Any, labels: Any) -> Any:
    """Newton's method for a logistic model over a fixed logit, held near the prior (0.5, 0) as if by a few pairs."""
    prior, strength = np.array([0.5, 0.0]), np.array([4.0, 4.0])
    values, found = np.stack([meaning, np.ones_like(meaning)], axis=1), np.array([0.5, 0.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(logits + values @ found, -30, 30)))
        slope = values.T @ (labels - chance) - strength * (found - prior)
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + np.diag(strength)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return np.maximum(found[0], 0.0), found[1]
