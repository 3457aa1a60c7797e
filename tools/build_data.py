"""Rebuild the shipped plans in `data/` from their source documents.

    python tools/build_data.py [--sources ../shared/sources] [--check]

Each plan named in `data/plans.toml` is read from its source and written as plan JSON; the JSON Schema of the format is
written beside them. `--check` writes nothing and exits with 1 where a file would change.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import tomllib
from pathlib import Path

from planlineage import Plan, json_schema, parse
from planlineage.model.disk import write_text
from planlineage.model.files import plan_json

ROOT = Path(__file__).resolve().parent.parent
COLLECTORS = re.compile(
    r"\A---\n.*?\n-{3,}\n+|<!--.*?-->\n*|^> [^\n]*\n+|^!\[[^\]\n]*\]\([^)\n]*\)\n*", re.DOTALL | re.MULTILINE
)
"""What a collector or a newsroom put around and into an official text: front matter, comments, quoted lines, image links."""
FACTS = ("title", "level", "place", "issuer", "number", "issued")


def source_of(entry: dict[str, str], sources: Path) -> tuple[str, bytes]:
    """The name and the bytes of what a shipped plan is read from: the official text alone."""
    path = sources / entry["source"]
    if "name" not in entry:
        return path.name, path.read_bytes()
    return entry["name"], COLLECTORS.sub("", path.read_text(encoding="utf-8")).encode()


def build(sources: Path) -> dict[Path, str]:
    """The files of `data/` and the text that each should hold."""
    wanted = tomllib.loads((ROOT / "data" / "plans.toml").read_text(encoding="utf-8"))
    files: dict[Path, str] = {}
    for plan_id, entry in wanted.items():
        name, text = source_of(entry, sources)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(text)
            plan: Plan = parse(path, id=plan_id, **{k: entry[k] for k in FACTS if k in entry})
        files[ROOT / "data" / entry.get("folder", "") / f"{plan_id}.json"] = plan_json(plan)
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    files[ROOT / "data" / "plan.schema.json"] = schema
    return files


def main() -> int:
    """Build or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=ROOT.parent / "shared" / "sources")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file would change")
    args = parser.parse_args()
    changed = []
    for path, text in build(args.sources).items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            changed.append(path.relative_to(ROOT))
            if not args.check:
                write_text(path, text)
    print("\n".join(f"{'would change' if args.check else 'written'}: {p}" for p in changed) or "nothing to change")
    return 1 if args.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
