"""Draw what `planlineage demo` prints for the first district as the pictures that the READMEs show, in the language of each.

    python tools/make_picture.py [--chromium /usr/bin/chromium]

Needs a Chromium browser and a monospaced Chinese font (Debian: chromium, fonts-noto-cjk).
"""

from __future__ import annotations

import argparse
import html
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 40
PICTURES = {"en": "demo.png", "zh": "demo.zh-CN.png"}
CELLS = {"█": "full", "▒": "half", "·": "none", "━": "rule", "─": "rule", "–": "dash", "—": "dash"}
STYLE = (
    "body{margin:0;background:#fbfaf6;color:#26241f}"
    "pre{margin:18px 22px;font:15px/1.45 'Noto Sans Mono CJK SC',monospace}"
    "i{display:inline-block;width:7.5px;height:1.05em;line-height:1.05em;vertical-align:-.15em;overflow:hidden;text-align:center;"
    "font:normal 12px 'DejaVu Sans Mono',monospace}"
    ".full{background:#2f6f5e}.half{background:#d9a441}.none{color:#b8b2a6}.rule{color:#8a8474}"
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1.25",
)


def page(text: str) -> str:
    """The text as a page. Marks that a terminal shows in one column get a cell of that width, bars their colour."""
    body = html.escape(text)
    for char, name in CELLS.items():
        shown = "" if name in ("full", "half") else char
        body = body.replace(char, f'<i class="{name}">{shown}</i>')
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><pre>{body}</pre>"


def draw(lang: str, target: Path, chromium: str) -> None:
    """Run the demo in a language and draw it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "planlineage", "demo", "--out-dir", folder, "--as-of", "2024-10-31"]
        wide = {**os.environ, "COLUMNS": "104", "PLANLINEAGE_LANG": lang}
        text = subprocess.run(command, check=True, capture_output=True, text=True, env=wide).stdout
        source = Path(folder) / "demo.html"
        source.write_text(page("\n".join(text.splitlines()[:LINES])), encoding="utf-8")
        size = f"--window-size=880,{int(LINES * 15 * 1.45) + 40}"
        shot = (f"--user-data-dir={folder}/profile", size, f"--screenshot={target}", source.as_uri())
        subprocess.run([chromium, *FLAGS, *shot], check=True, capture_output=True)


def main() -> int:
    """Write the pictures to docs/images."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="chromium")
    args = parser.parse_args()
    folder = ROOT / "docs" / "images"
    folder.mkdir(parents=True, exist_ok=True)
    for lang, name in PICTURES.items():
        draw(lang, folder / name, args.chromium)
        print(name, (folder / name).stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
