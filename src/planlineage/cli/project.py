"""The project file `planlineage.toml` of the current folder: plans by short names, what stands above each, and defaults.

    language = "zh"
    decisions = "decisions.jsonl"

    [rules]                       # of lights
    yellow_behind = 5

    [plans.district]
    file = "district.docx"
    level = "district"
    place = "河南省新乡市卫滨区"
    uppers = ["city", "central_2021"]

A name of the file is used where a command asks for a plan; what the command line says wins.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import planlineage as pl

from ..model.wording import LANGS, Lang
from .command import UsageError

FILE = "planlineage.toml"
FACTS = ("level", "place", "title", "issuer", "number", "issued")
"""What can be said of a document that is read."""

_TOP = {"language": str, "decisions": str, "rules": dict, "plans": dict}
_PLAN = {"file": str, "uppers": list, **dict.fromkeys(FACTS[:-1], str), "issued": object}


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """A plan of a project: its file or shipped id, what is said of it, and the names of those above it."""

    file: str
    said: Mapping[str, Any]
    uppers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """What a project file says; empty where there is none."""

    language: Lang | None = None
    decisions: Path | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)
    plans: Mapping[str, ProjectPlan] = field(default_factory=dict)

    @classmethod
    def here(cls) -> Project:
        """The project of the current folder. Raises `UsageError` for a file that can't be read or says what nobody knows."""
        try:
            found = tomllib.loads(Path(FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise UsageError("broken project", where=FILE, hint="docs project", said=error) from error
        _known(found, _TOP, "")
        if (language := found.get("language")) not in (None, *LANGS):
            raise UsageError("no language", where=FILE, given=language, known=LANGS)
        rules = found.get("rules", {})
        _known(rules, {f.name: object for f in dataclasses.fields(pl.Rules)}, "rules.")
        plans = {}
        for name, said in found.get("plans", {}).items():
            _known(said, _PLAN, f"plans.{name}.")
            if "file" not in said:
                raise UsageError("no file in project", where=FILE, name=name)
            facts = {fact: str(said[fact]) for fact in FACTS if fact in said}
            plans[name] = ProjectPlan(said["file"], facts, tuple(map(str, said.get("uppers", ()))))
        decisions = Path(found["decisions"]) if "decisions" in found else None
        return cls(language, decisions, rules, plans)

    @property
    def lights(self) -> pl.Rules:
        """The rules of lights. Raises `UsageError` for values that make no sense."""
        try:
            return pl.Rules(**self.rules)
        except (TypeError, ValueError, pl.PlanLineageError) as error:
            raise UsageError("broken project", where=FILE, hint="docs project", said=error) from error

    def load(self, name: str, given: Mapping[str, Any] | None = None) -> pl.Plan:
        """A plan by its name here, else by shipped id or path; `given` is what the command line says of it."""
        known = self.plans.get(name)
        said = {**(known.said if known else {}), **(given or {})}
        target = known.file if known else name
        if known is None and not said:
            return pl.load(target)
        if target in pl.shipped_ids() or Path(target).suffix.lower() == ".json":
            if said:
                told = ", ".join(f"--{fact}" for fact in said)
                raise UsageError("only for documents", where=target, hint="parse it", options=told)
            return pl.load(target)
        return pl.parse(target, **({"id": name} if known else {}) | said)

    def uppers(self, name: str) -> Sequence[str]:
        """The names of the plans above one."""
        known = self.plans.get(name)
        return known.uppers if known else ()


def _known(found: Any, known: Mapping[str, type], path: str) -> None:
    """Raise `UsageError` for a key that means nothing here, or a value of another kind."""
    if not isinstance(found, dict):
        raise UsageError("odd project value", where=FILE, name=path.rstrip("."))
    for key, value in found.items():
        if key not in known:
            raise UsageError(
                "unknown project key", where=FILE, hint="known keys", name=f"{path}{key}", known=tuple(known)
            )
        if not isinstance(value, known[key]):
            raise UsageError("odd project value", where=FILE, name=f"{path}{key}")
