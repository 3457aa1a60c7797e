"""What a survey is made of: the files below folders, each under a name of its own, with what a table beside them says.

A file `plans.csv` or `plans.toml` in a folder fixes what names and documents do not say, one row (or `[[plan]]`) for each
file: `file` (its path from that folder), and any of `id`, `level`, `place`, `title`, `issuer`, `number`, `issued`, `upper` (ids,
with blanks between).
"""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..model.disk import read_bytes
from ..model.errors import SurveyError
from ..model.files import plan_json, shipped_ids, shipped_plan
from ..model.levels import Level

SAID = ("id", "level", "place", "title", "issuer", "number", "issued", "upper")
"""What can be said of a file, beside its path."""

_TABLES = ("plans.csv", "plans.toml")


@dataclass(frozen=True, slots=True)
class Source:
    """A file (or a shipped plan, which has no path): `name` is its path below what was given, `said` what the user says of it."""

    name: str
    id: str
    path: Path | None
    said: Mapping[str, str]

    def data(self) -> bytes:
        """Its bytes. Raises `SurveyError`."""
        if self.path is None:
            return plan_json(shipped_plan(self.id)).encode()
        return read_bytes(self.path, error=SurveyError)


def sources(given: Sequence[str | Path]) -> list[Source]:
    """The files that are given or stand below what is given, by name. Raises `SurveyError` where there are none."""
    found: dict[str, tuple[Path | None, Mapping[str, str]]] = {}
    folders = [Path(g) for g in given if Path(g).is_dir()]
    for one in given:
        path = Path(one)
        if path.is_dir():
            said = _said(path)
            prefix = f"{path.name}/" if len(folders) > 1 else ""
            for below in _files(path):
                name = below.relative_to(path).as_posix()
                found[prefix + name] = (below, said.pop(name, {}))
            if said:
                raise SurveyError("listed but missing", where=f"{path}/plans", value=next(iter(said)))
        elif path.is_file():
            if found.get(path.name, (path,))[0] != path:
                raise SurveyError("same file name", where=str(path), hint="folder above")
            found[path.name] = (path, {})
        elif isinstance(one, str) and one in shipped_ids():
            found[f"{one}.json"] = (None, {})
        else:
            raise SurveyError("no source", where=str(one))
    if not found:
        raise SurveyError("no files", where=", ".join(map(str, given)), hint="check path")
    stems = Counter(_stem(name) for name in found)
    return [
        Source(name, said.get("id") or (_stem(name) if stems[_stem(name)] == 1 else name), path, said)
        for name, (path, said) in sorted(found.items())
    ]


def digest(*parts: str | bytes) -> str:
    """A digest of parts, each set apart from the next."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def _stem(name: str) -> str:
    head, dot, _ = name.rpartition(".")
    return head if dot and head and not head.endswith("/") else name


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, without hidden ones, the tables about them, and surveys."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.name in _TABLES:
            continue
        if path.is_dir():
            if not (path / "manifest.json").is_file():
                yield from _files(path)
        elif path.is_file():
            yield path


def _said(folder: Path) -> dict[str, Mapping[str, str]]:
    """What a table in a folder says of files, by their path from there."""
    found: dict[str, Mapping[str, str]] = {}
    for name in _TABLES:
        path = folder / name
        if path.is_file():
            text = read_bytes(path, error=SurveyError).decode("utf-8-sig", "replace")
            for row in csv.DictReader(io.StringIO(text)) if name.endswith(".csv") else _toml(text, path):
                found.update([_checked({k: str(v or "") for k, v in row.items() if k}, path)])
    return found


def _toml(text: str, path: Path) -> list[Mapping[str, object]]:
    try:
        plans = tomllib.loads(text).get("plan", [])
    except tomllib.TOMLDecodeError as error:
        raise SurveyError("bad toml", where=str(path), said=error) from None
    return plans if isinstance(plans, list) else []


def _checked(row: Mapping[str, str], path: Path) -> tuple[str, Mapping[str, str]]:
    if unknown := [k for k in row if k not in ("file", *SAID)]:
        raise SurveyError(
            "unknown column", where=str(path), hint="known columns", unknown=unknown[0], said=", ".join(SAID)
        )
    if not row.get("file"):
        raise SurveyError("row without file", where=str(path))
    level = row.get("level", "")
    if level and level not in list(Level):
        raise SurveyError("unknown level", where=str(path), hint="levels", level=level, levels=tuple(Level))
    return row["file"], {k: v.strip() for k, v in row.items() if k != "file" and v.strip()}
