"""Execute the notebooks from clean and keep their outputs, so that they can be read without running them.

    python tools/run_notebooks.py [NOTEBOOK ...]

Without arguments every notebook in `notebooks/` is run. Execution counts and outputs are written back; nothing else changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent


def run(path: Path) -> None:
    """Execute one notebook in its own folder and write it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.pop("language_info", None)
    nbformat.write(notebook, path)


def main() -> int:
    """Run the notebooks named on the command line, or all."""
    paths = [Path(a) for a in sys.argv[1:]] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in paths:
        run(path)
        print(f"executed: {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
