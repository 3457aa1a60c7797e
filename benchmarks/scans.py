"""How well scans are read: pages rendered from known plans as pictures, read by OCR, and parsed.

    python benchmarks/scans.py [--characters 2500]

For each plan, resolution and state (clean; with noise, JPEG and skewed by a degree): the share of characters that are right, of
tasks that come out with the same text but for a twentieth of their characters, of those with exactly the same, and of those
whose dates and numbers are the same. What every rendering should give is the parse of the same content as plain text.
"""

from __future__ import annotations

import argparse
import difflib
import io
import sys
import time
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "support"))

from rendering import FONTS, Content, as_pdf, content_of, plain

import planlineage as pl
from planlineage.reading.folding import fold
from planlineage.reading.parse import parse_text
from planlineage.reading.source import decode

PLANS = ("weibin_2021", "shanting_2021", "demonstration_indicators_2019")
NEARLY = 0.95


def scanned(drawn: bytes, dpi: int, *, worn: bool) -> bytes:
    """The pages of a PDF as pictures in a PDF; `worn` ones are noisy, skewed and saved as poor JPEGs."""
    chance = np.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(drawn):
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        if worn:
            picture = picture.rotate(1, fillcolor=255, resample=Image.Resampling.BICUBIC)
            noisy = np.asarray(picture, float) + chance.normal(0, 18, (picture.height, picture.width))
            out = io.BytesIO()
            Image.fromarray(noisy.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=60)
            picture = Image.open(out).convert("L")
        pages.append(picture)
    made = io.BytesIO()
    pages[0].save(made, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return made.getvalue()


def part_of(content: Content, characters: int) -> Content:
    """The title of a plan and some of its paragraphs and tables, from a quarter on: what stands before asks for little."""
    kept: list[str | list[list[str]]] = list(content.blocks[:1])
    for block in content.blocks[len(content.blocks) // 4 :]:
        if characters <= 0:
            break
        kept.append(block)
        characters -= len(block) if isinstance(block, str) else sum(len(cell) for row in block for cell in row)
    return Content(content.name, tuple(kept))


def bare(text: str) -> str:
    """The text without blanks, full and half width as one."""
    return "".join(fold(text).split())


def alike(a: str, b: str) -> float:
    """The share of the characters of the first that stand in the second, in order."""
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(a), 1)


def both(a: str, b: str) -> float:
    """How alike two texts are, whichever is longer."""
    return alike(max(a, b, key=len), min(a, b, key=len))


def measured(known: pl.Plan, found: pl.Plan) -> tuple[float, float, float, float, list[str]]:
    """Characters, tasks nearly the same, exactly the same, bound to the same; and the tasks that are not."""
    right = alike(bare(known.source.text), bare(found.source.text))
    left = [(bare(task.text), bound(task)) for task in found.tasks]
    near = exact = bound_alike = 0
    lost = []
    for task in known.tasks:
        text = bare(task.text)
        best = max(left, key=lambda one: both(text, one[0]), default=None)
        if best is None or both(text, best[0]) < NEARLY:
            lost.append(f"{task.text[:60]} | {best[0][:60] if best else ''}")
            continue
        left.remove(best)
        near += 1
        exact += best[0] == text
        bound_alike += best[1] == bound(task)
    count = max(1, len(known.tasks))
    return right, near / count, exact / count, bound_alike / count, lost


def differences(known: str, found: str) -> list[str]:
    """What stands in one text only, and what in the other instead."""
    a, b = bare(known), bare(found)
    steps = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [f"{a[i - 4 : i]}[{a[i:j]}→{b[k:n]}]" for kind, i, j, k, n in steps if kind != "equal"]


def bound(task: pl.Statement) -> list[str]:
    """The words of the dates and numbers that a task binds itself to."""
    return [bare(one.surface) for one in (*task.deadlines, *task.targets)]


def main() -> None:
    """Measure and print a table, and the tasks that did not come out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=2500)
    most = parser.parse_args().characters
    print("| plan | dpi | state | characters | tasks | the same text | the same dates and numbers | seconds a page |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for plan_id in PLANS:
        whole = pl.load(plan_id)
        content = part_of(content_of(plan_id, whole.source.text), most)
        options = {"level": whole.level, "place": whole.place}
        known = parse_text(decode(plain(content).encode(), name="known.txt"), **options)
        drawn = as_pdf(content, next(iter(FONTS)))
        pages = len(pypdfium2.PdfDocument(drawn))
        for dpi in (300, 150):
            for worn in (False, True):
                start = time.monotonic()
                found = parse_text(decode(scanned(drawn, dpi, worn=worn), name="scan.pdf"), **options)
                took = (time.monotonic() - start) / pages
                right, near, exact, bounds, lost = measured(known, found)
                state = "noise, JPEG, skew" if worn else "clean"
                shares = f"{right:.2%} | {near:.0%} of {len(known.tasks)} | {exact:.0%} | {bounds:.0%}"
                print(f"| {plan_id} | {dpi} | {state} | {shares} | {took:.0f} |", flush=True)
                for one in (*lost, *differences(known.source.text, found.source.text)):
                    print(f"  - {one}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
