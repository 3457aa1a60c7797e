"""Codes of one's own: each task of a plan with the tags that a small file of rules gives it, and those that a person gives.

A rule names a family (政策工具), a tag of it (供给型), and words: `any` of them must stand in the task, `all` of them, `none` of
them. A person's table (XLSX or CSV with the columns id, family, tag) takes the place of all rules of that family for that task; a
task that stands there without a tag has none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from ..model.base import Model, first_complaint
from ..model.disk import read_bytes
from ..model.errors import InvalidValueError, TagFileError
from ..model.plan import Plan
from ..model.report import Report, column
from ..model.wording import words
from ..tabular.cells import text_of
from ..tabular.columns import Columns
from ..tabular.sheets import Layout, read_sheet

if TYPE_CHECKING:
    import pandas as pd

LAYOUT = Layout(Columns("tags", ("id", "family", "tag")), "tag", "tag table", TagFileError)

SHIPPED = ("policy_tools",)
"""Files of rules that come with the package."""

_MOST_BYTES = 10 * 1024 * 1024
_TASK_COLUMNS = ("id", "task_id", "local_id")
"""Where a table of results names the task of the local plan; tags are of that plan."""


class TagRule(Model):
    """Words that give a task a tag of a family.

    >>> TagRule(family="f", name="t", any=("培训", "资金"), none=("采购",)).words_in("安排培训资金。")
    ('培训', '资金')
    """

    family: str = Field(min_length=1)
    name: str = Field(min_length=1)
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def words_in(self, text: str) -> tuple[str, ...]:
        """The words by which the rule applies to a text; empty where it does not."""
        found = tuple(word for word in (*self.all, *self.any) if word in text)
        whole = all(word in text for word in self.all) and not any(word in text for word in self.none)
        return found if whole and (not self.any or any(word in text for word in self.any)) else ()


@dataclass(frozen=True, slots=True)
class TaggedTask:
    """A task and one of its tags: the family, who gave it, and the words by which a rule did."""

    id: str
    family: str
    tag: str
    by: Literal["rule", "person"] = column(words="tagged by")
    because: tuple[str, ...] = column(joint="、")
    text: str = column()


class Tags(Report[TaggedTask]):
    """The tags of a plan's tasks, in the order of the text."""

    kind = "tags"

    def __init__(
        self, plan: Plan, rules: Sequence[TagRule], persons: Mapping[tuple[str, str], tuple[str, ...]]
    ) -> None:
        self.plan, self.rules, self.persons = plan, rules, persons

    @property
    def heading(self) -> str:
        """What the table shows."""
        return words("tags.heading", self.speaks, plan=self.plan.name, count=len({one.id for one in self}))

    @property
    def families(self) -> tuple[str, ...]:
        """The families, in the order of the rules."""
        return tuple(dict.fromkeys((*(rule.family for rule in self.rules), *(family for _, family in self.persons))))

    @cached_property
    def records(self) -> Sequence[TaggedTask]:
        """One record for each task and tag."""
        found = []
        for task in self.plan.tasks:
            for family in self.families:
                if (given := self.persons.get((task.id, family))) is not None:
                    found += [TaggedTask(task.id, family, tag, "person", (), task.text) for tag in given]
                    continue
                for rule in self.rules:
                    if rule.family == family and (why := rule.words_in(task.text)):
                        found.append(TaggedTask(task.id, family, rule.name, "rule", why, task.text))
        return found

    def of(self, task: str) -> dict[str, tuple[str, ...]]:
        """The tags of a task by family."""
        found = {
            family: tuple(one.tag for one in self if one.id == task and one.family == family)
            for family in self.families
        }
        return {family: tags for family, tags in found.items() if tags}

    def on(self, report: Report[Any]) -> pd.DataFrame:
        """The frame of a report over the same plan, with a column for each family: the tags of the row's task, 、 between them.

        `.groupby("政策工具")` then counts by tag. Raises `InvalidValueError` where the report names no tasks of the plan.
        """
        frame = report.frame
        named = next((name for name in _TASK_COLUMNS if name in frame.columns), None)
        if named is None:
            raise InvalidValueError("no task column", known=_TASK_COLUMNS)
        for family in self.families:
            joined: dict[str, list[str]] = {}
            for one in self.records:
                if one.family == family:
                    joined.setdefault(one.id, []).append(one.tag)
            frame[family] = frame[named].map({task: "、".join(tags) for task, tags in joined.items()}).fillna("")
        return frame


def tag_rules(given: str | Path) -> tuple[TagRule, ...]:
    """The rules of a file (TOML), or of one that comes with the package, by its name. Raises `TagFileError`."""
    shipped = files(__package__).joinpath(f"{given}.toml") if str(given) in SHIPPED else None
    text = shipped.read_text(encoding="utf-8") if shipped else _text(given)
    try:
        return tuple(TagRule.model_validate(entry) for entry in tomllib.loads(text)["tag"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise TagFileError("broken tag rules", where=str(given), hint="tag rules", said=error) from error
    except ValidationError as error:
        name, said = first_complaint(error)
        raise TagFileError("broken tag rules", where=f"{given} {name}", hint="tag rules", said=said) from error


def persons_tags(path: str | Path, plan: Plan) -> dict[tuple[str, str], tuple[str, ...]]:
    """What a person decided (XLSX or CSV), by task and family. Raises `TagFileError` for a broken table or an unknown task."""
    known = {task.id for task in plan.tasks}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, cells in read_sheet(path, LAYOUT).rows:
        task, family, tag = (text_of(cells.get(name)) for name in ("id", "family", "tag"))
        if not task and not family:
            continue
        if task not in known:
            raise TagFileError("no tagged task", where=f"{path} {number}", task=task, plan=plan.id)
        found[task, family] = tuple(dict.fromkeys((*found.get((task, family), ()), *filter(None, [tag]))))
    return found


def _text(path: str | Path) -> str:
    data = read_bytes(path, error=TagFileError, most=_MOST_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TagFileError("not utf-8", where=str(path), hint="check path") from None
