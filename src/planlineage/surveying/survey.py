"""Questions to a survey on disk. Tables are read where they lie, and only as far as a question needs them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..analysis.intervals import calibration
from ..comparing.lineage import Lineage, linked
from ..model.errors import MissingExtraError, SurveyError
from ..model.wording import Term, told
from .alike_texts import alike
from .dataset import Dataset
from .diffusion import Diffusion
from .neighbours import Neighbours
from .questions import COVERAGE_BY, GAPS, RANKING, CoverageShare, Gap, RankedPlan, SurveyTable
from .store import held_plan
from .tables import PROBLEMS, TABLES, Kind, arrow

if TYPE_CHECKING:
    import pandas as pd

By = Literal["plan", "place", "year", "level", "part", "article", "kind", "upper_plan"]

_SQL: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "texts": "VARCHAR[]",
    "int": "INTEGER",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "day": "DATE",
}


def _known() -> Mapping[str, float]:
    """What is known of the linker's errors, for the ranges of rates."""
    return {"missed": calibration().missed, "spread": calibration().spread}


class Survey:
    """Many plans in one dataset on disk, as `planlineage.survey` makes it.

    `manifest` says what it was made from: versions, rules, inputs, the rows of each table. The tables are plans, statements,
    commitments, edges, coverage, slippage, deadlines, follow_up and problems; all but the last carry `year` and `level`, those of
    the (local) plan.

    >>> import tempfile
    >>> from planlineage import survey
    >>> made = survey(["weibin_2021", "central_2021"], out=tempfile.mkdtemp(), workers=1)
    >>> again = Survey.open(made.folder)
    >>> [(row.plan, row.covered + row.partly > 10) for row in again.ranking]
    [('weibin_2021', True)]
    >>> again.sql("SELECT count(*) FROM plans").fetchall()
    [(2,)]
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest = Dataset(self.folder).manifest()

    @classmethod
    def open(cls, folder: str | Path) -> Survey:
        """The survey in a folder. Raises `SurveyError` where there is none, or it was made by a newer version."""
        return cls(folder)

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """A question in SQL, over the tables by their names; the answer is a DuckDB relation: `.df()`, `.pl()`, `.fetchall()`.

        Values for `?` or `$name` in the question are given as `parameters`. Raises `SurveyError` where DuckDB can't answer it.
        """
        try:
            return self._db.sql(
                query, params=parameters if isinstance(parameters, Mapping) else list(parameters) or None
            )
        except self._duckdb.Error as error:
            raise SurveyError("sql", where="sql", said=str(error).splitlines()[0]) from error

    def frame(self, table: str) -> pd.DataFrame:
        """A whole table as a pandas DataFrame, in memory."""
        self._known(table)
        return self.sql(f'SELECT * FROM "{table}"').df()  # type: ignore[no-any-return]

    @property
    def plans(self) -> pd.DataFrame:
        """The plans, one row each."""
        return self.frame("plans")

    @property
    def problems(self) -> pd.DataFrame:
        """What was left out and why, and what a reader should know of single files."""
        return self.frame("problems")

    def coverage(self, by: By = "part") -> SurveyTable[CoverageShare]:
        """How much of the upper plans' tasks is carried down, by one thing, with its 95 % range."""
        column = {"plan": "local_plan", "place": "p.place", "part": "part", "article": "article", "kind": "c.kind"}.get(
            by, f"c.{by}"
        )
        return SurveyTable(
            CoverageShare,
            told("heading", "shares", group=Term(f"group.{by}")),
            self,
            COVERAGE_BY.format(by=column),
            _known(),
        )

    @property
    def ranking(self) -> SurveyTable[RankedPlan]:
        """The plans by the share of applicable upper tasks that they carry, the highest first, against each upper plan."""
        return SurveyTable(RankedPlan, told("heading", "ranking"), self, RANKING, _known())

    @property
    def gaps(self) -> SurveyTable[Gap]:
        """The upper tasks that most places lack, each with how many lack it of how many to which it applies."""
        return SurveyTable(Gap, told("heading", "gaps"), self, GAPS)

    def lineage(self, plan: str) -> Lineage:
        """The lineage of one plan to the plans above it, linked again from what was read.

        Raises `SurveyError` where the survey holds no such plan, or its folder `.work` is gone.
        """
        found = self.sql("SELECT uppers FROM plans WHERE plan = ?", [plan]).fetchall()
        if not found:
            raise SurveyError("no plan held", where=str(self.folder), hint="column plan", plan=plan)
        return linked(held_plan(self.folder, plan), [held_plan(self.folder, upper) for upper in found[0][0]])

    def neighbours(self, nearest: int = 5) -> Neighbours:
        """For each plan the `nearest` ones that carry most of the same tasks of the same upper plan."""
        return Neighbours(self, nearest)

    def diffusion(self, *, least: int = 3, likeness: float = 0.8, kinds: Sequence[str] = ("task",)) -> Diffusion:
        """The sentences that at least `least` places share without a source above, who had each first and who took it up when.

        `likeness` (0.5 to 1) is how much of their triples of characters two wordings of one phrase have in common.
        """
        return Diffusion(self, least=least, likeness=likeness, kinds=kinds)

    def alike(self, texts: Sequence[str], likeness: float) -> list[tuple[int, int, float]]:
        """The pairs of texts, by their numbers, that are at least so like each other."""
        pa = arrow()
        given = pa.table({"n": pa.array(range(len(texts)), pa.int32()), "text": pa.array(texts, pa.string())})
        self._db.register("given_texts", given)
        try:
            self._db.execute("CREATE OR REPLACE TEMP TABLE texts AS SELECT * FROM given_texts")
            return alike(self._db, likeness)
        finally:
            self._db.unregister("given_texts")

    # -- the tables as DuckDB sees them ---------------------------------------------------------------------------------

    @cached_property
    def _duckdb(self) -> Any:
        try:
            return importlib.import_module("duckdb")
        except ImportError as error:
            raise MissingExtraError("no duckdb", hint="install survey") from error

    @cached_property
    def _db(self) -> Any:
        found = self._duckdb.connect()
        for table, columns in {**TABLES, "problems": PROBLEMS}.items():
            found.execute(f'CREATE VIEW "{table}" AS {self._view(table, columns)}')
        return found

    def _view(self, table: str, columns: Mapping[str, Kind]) -> str:
        split = "" if table == "problems" else "hive_types = {'year': INTEGER, 'level': VARCHAR}, "
        if self.manifest["tables"][table]["files"]:
            pattern = str(self.folder.resolve() / table / "**" / "*.parquet").replace("'", "''")
            return f"SELECT * FROM read_parquet('{pattern}', {split}hive_partitioning = {bool(split)})"
        typed = [f'NULL::{_SQL[kind]} AS "{name}"' for name, kind in columns.items()]
        typed += ["NULL::INTEGER AS year", "NULL::VARCHAR AS level"] if split else []
        return f"SELECT {', '.join(typed)} WHERE false"

    def _known(self, table: str) -> None:
        if table not in self.manifest["tables"]:
            known = ", ".join(self.manifest["tables"])
            raise SurveyError("no such table", where=str(self.folder), hint="tables", table=table, known=known)

    def __repr__(self) -> str:
        rows = {name: table["rows"] for name, table in self.manifest["tables"].items()}
        return f"Survey({str(self.folder)!r}, {rows['plans']:,} plans, {rows['edges']:,} edges)"
