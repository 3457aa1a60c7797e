"""The report that opens in a browser: one HTML file with everything in it, for one local plan or many.

Nothing is fetched: the page's own policy forbids it. Plans and results stand in the page as data and are drawn when they are
looked at, so that a report on fifty places opens as fast as one on a single place.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from ...analysis.follow_up import FollowUp
from ...comparing.lineage import Lineage
from ...linking.review import Decisions
from ...model.disk import write_text
from ...model.wording import Lang, language
from ...progress.status import StatusReport
from .page import assemble
from .payload import Payload

__all__ = ["html_report", "write_report"]


def html_report(
    lineages: Lineage | Sequence[Lineage],
    *,
    as_of: datetime.date | None = None,
    decisions: Decisions | None = None,
    follow_ups: Sequence[FollowUp] = (),
    status: StatusReport | None = None,
    lang: Lang = "zh",
) -> str:
    """The report as one HTML document.

    Args:
        lineages: the lineage of each local plan; those of `network(plans).lineages` make a report over several levels.
        as_of: the day by which deadlines are judged; today by default.
        decisions: what people decided; they win over the linker, and stand in the page's review.
        follow_ups: what later reports say of the local plans (`follow_up`); the page then has a view of promises.
        status: how the tasks of the local plans stand by a ledger (`status`); the table of deadlines then says so.
        lang: the language in which it opens; the reader can switch.

    >>> from planlineage import link
    >>> page = html_report(link("weibin_2021", "central_2021"), as_of=datetime.date(2024, 6, 30))
    >>> page.startswith("<!doctype html>"), "http://" in page
    (True, False)
    """
    many = [lineages] if isinstance(lineages, Lineage) else list(lineages)
    return assemble(Payload(many, as_of or datetime.date.today(), decisions, follow_ups, status), language(lang))


def write_report(
    lineages: Lineage | Sequence[Lineage],
    path: str | Path,
    *,
    as_of: datetime.date | None = None,
    decisions: Decisions | None = None,
    follow_ups: Sequence[FollowUp] = (),
    status: StatusReport | None = None,
    lang: Lang = "zh",
) -> Path:
    """Write the report to a file, whole or not at all; parameters as for `html_report`. Returns the path.

    Raises `OutputError` where the file can't be written.

    >>> import tempfile
    >>> from planlineage import link
    >>> path = write_report(link("weibin_2021", "central_2021"), Path(tempfile.mkdtemp()) / "report.html", lang="en")
    >>> path.name
    'report.html'
    """
    page = html_report(lineages, as_of=as_of, decisions=decisions, follow_ups=follow_ups, status=status, lang=lang)
    return write_text(path, page)
