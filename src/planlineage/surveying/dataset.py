"""The tables on disk: one Parquet file for each table, year and level, and a manifest that says what all of it was made from.

The same inputs always give the same bytes. New files are written beside the old ones, then put in their place by a list of moves
that is itself written first: a run that ends halfway through the moves is finished by the next one.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .._version import __version__
from ..linking.linker import LINKER_VERSION
from ..model.disk import write_bytes, write_text
from ..model.errors import SurveyError
from ..model.wording import Lang, shown
from ..reading.parse import READER_VERSION
from .facts import Facts
from .inputs import digest
from .stages import Problem
from .store import FOLDER, Store
from .tables import PROBLEMS, TABLES, arrow, parquet, schema, unpacked

MANIFEST = "manifest.json"
SCHEMA_VERSION = 1
"""Version of the tables; it grows whenever an older program could misread them."""

NOTHING = "__HIVE_DEFAULT_PARTITION__"
"""The year or level of a plan of which it is not known, as other programs write it."""

_RULES = ("model", "graph", "tabular", "reading", "linking", "comparing", "analysis", "surveying")
_STAGE_OF = {
    "statements": "reading",
    "commitments": "reading",
    "edges": "linking",
    "coverage": "linking",
    "slippage": "linking",
    "deadlines": "linking",
    "follow_up": "following",
}


@cache
def rules() -> str:
    """The digest of everything in the library that decides what is read and found; results of other rules are made anew."""
    package = files("planlineage")
    found = []
    for floor in _RULES:
        root = Path(str(package.joinpath(floor)))
        paths = sorted(p for p in root.rglob("*") if p.suffix in (".py", ".json", ".npz"))
        found += [part for p in paths for part in (p.relative_to(root).as_posix(), digest(p.read_bytes()))]
    return digest(*found)


class Dataset:
    """The folder of a survey."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._next = folder / FOLDER / "next"

    def manifest(self) -> dict[str, Any]:
        """What it holds. Raises `SurveyError` where it is no survey, was made by a newer version, or a run ended halfway."""
        try:
            found = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SurveyError("no survey", where=str(self.folder), hint="make survey") from error
        if not isinstance(found, dict) or found.get("schema_version", 0) > SCHEMA_VERSION:
            raise SurveyError("newer survey", where=str(self.folder), hint="upgrade")
        if (self._next / "moves.json").exists():
            raise SurveyError("half written", where=str(self.folder), hint="survey again")
        return found

    def recover(self) -> None:
        """Finish the moves of a run that ended among them; drop what one left that had not come so far."""
        if (self._next / "moves.json").exists():
            self._move()
        shutil.rmtree(self._next, ignore_errors=True)

    def write(
        self,
        store: Store,
        plans: Sequence[Facts],
        uppers: Mapping[str, Sequence[str]],
        keys: Mapping[str, Mapping[str, str]],
        problems: Sequence[Problem],
        said: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Write the tables that have changed and return the manifest. `keys` gives for each plan its results by stage."""
        self.recover()
        old = self._old()
        partitions: dict[str, list[Facts]] = defaultdict(list)
        for one in plans:
            partitions[f"year={one.year or NOTHING}/level={one.level or NOTHING}"].append(one)
        tables: dict[str, dict[str, Any]] = {}
        for table in TABLES:
            found = {}
            for place, members in sorted(partitions.items()):
                entry = self._partition(table, place, members, store, uppers, keys, old)
                if entry["rows"]:
                    found[f"{table}/{place}/part-0.parquet"] = entry
            tables[table] = {"rows": sum(e["rows"] for e in found.values()), "files": found}
        lang: Lang = said["lang"]
        rows = [(p.source, p.plan, p.stage, p.what.text(lang), shown(p.hint, lang)) for p in problems]
        made = digest(json.dumps(rows))
        self._put("problems/part-0.parquet", made, old, lambda: _listed(PROBLEMS, rows))
        tables["problems"] = {
            "rows": len(rows),
            "files": {"problems/part-0.parquet": {"rows": len(rows), "made_of": made}},
        }
        manifest = {
            "schema_version": SCHEMA_VERSION,
            "planlineage": __version__,
            "reader": READER_VERSION,
            "linker": LINKER_VERSION,
            "rules": rules(),
            **said,
            "tables": tables,
        }
        self._commit(manifest)
        return manifest

    def _old(self) -> dict[str, Any]:
        """The entries of the files that are there already."""
        try:
            tables = self.manifest()["tables"]
        except SurveyError:
            return {}
        return {path: entry for table in tables.values() for path, entry in table["files"].items()}

    def _partition(
        self,
        table: str,
        place: str,
        members: Sequence[Facts],
        store: Store,
        uppers: Mapping[str, Sequence[str]],
        keys: Mapping[str, Mapping[str, str]],
        old: Mapping[str, Any],
    ) -> dict[str, Any]:
        path = f"{table}/{place}/part-0.parquet"
        if table == "plans":
            rows = [_plan_row(f, uppers.get(f.id, ())) for f in members]
            made = digest(*(json.dumps(row, default=str) for row in rows), str(SCHEMA_VERSION))
            return self._put(path, made, old, lambda: _listed(TABLES["plans"], rows))
        own = [key for f in members if (key := keys[f.id].get(_STAGE_OF[table]))]
        made = digest(*own, str(SCHEMA_VERSION))
        return self._put(path, made, old, lambda: unpacked(table, list(store.parts(own, table))))

    def _put(self, path: str, made: str, old: Mapping[str, Any], table: Callable[[], Any]) -> dict[str, Any]:
        """Write a file, unless the one that is there was made of the same; its entry in the manifest."""
        before = old.get(path)
        if before and before["made_of"] == made and (self.folder / path).is_file():
            return dict(before)
        found = table()
        if found.num_rows or path.startswith("problems"):
            write_bytes(self._next / path, parquet(found))
        return {"rows": found.num_rows, "made_of": made}

    def _commit(self, manifest: Mapping[str, Any]) -> None:
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_text(self._next / MANIFEST, text)
        write_text(self._next / "moves.json", "{}")
        self._move()

    def _move(self) -> None:
        """Put the new files in place, drop those that the new manifest no longer names, and the manifest last."""
        manifest = self._next / MANIFEST
        if manifest.exists():
            named = {p for t in json.loads(manifest.read_text(encoding="utf-8"))["tables"].values() for p in t["files"]}
            for new in sorted(self._next.rglob("*.parquet")):
                target = self.folder / new.relative_to(self._next)
                target.parent.mkdir(parents=True, exist_ok=True)
                new.replace(target)
            for table in (*TABLES, "problems"):
                for held in sorted((self.folder / table).rglob("*.parquet")):
                    if held.relative_to(self.folder).as_posix() not in named:
                        held.unlink()
                        _without_empty(held.parent, self.folder)
            manifest.replace(self.folder / MANIFEST)
        shutil.rmtree(self._next, ignore_errors=True)


def _without_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _listed(columns: Mapping[str, Any], rows: Sequence[Sequence[Any]]) -> Any:
    kinds = schema(columns)
    return arrow().Table.from_arrays(
        [arrow().array([row[i] for row in rows], type=field.type) for i, field in enumerate(kinds)], schema=kinds
    )


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _plan_row(one: Facts, uppers: Sequence[str]) -> tuple[Any, ...]:
    return (
        one.id,
        one.title,
        one.place,
        one.codes[0] if one.codes else "",
        one.family,
        one.number,
        list(one.issuers),
        _day(one.issued),
        _day(one.begins),
        _day(one.ends),
        one.status,
        list(uppers),
        one.source,
        one.sha256,
        one.characters,
        one.unread_share,
        one.statements,
        one.tasks,
    )
