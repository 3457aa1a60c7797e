"""Two small plans with known edges, and decisions on them."""

from __future__ import annotations

import datetime

import pytest
from tied import Tie, find, lineage

import planlineage as pl
from planlineage import Decision, Lineage, Plan, Relation

UPPER = """\
法治政府建设实施纲要（2021—2025年）

一、健全政府机构职能体系
（一）推进政府机构职能优化。2022年年底前编制完成各级政府权责清单。加强政务服务标准化建设，推进政务服务“一网通办”。
（二）深化“放管服”改革。到2023年年底前，全面推行证明事项告知承诺制。国务院有关部门定期发布指导案例。
二、健全依法行政制度体系
（三）加强规范性文件管理。落实规范性文件合法性审核制度，每年至少开展1次清理。培训不少于60学时。
（四）加强行政执法监督。2024年年底前基本建成行政执法监督工作体系。推行行政执法APP掌上执法。
"""
LOCAL = """\
卫滨区法治政府建设实施方案（2021—2025年）

一、健全政府机构职能体系
（一）推进政府机构职能优化。2023年年底前编制完成区级政府权责清单。加强政务服务标准化建设，推进政务服务“一网通办”。
（二）深化“放管服”改革。全面推行证明事项告知承诺制。
二、健全依法行政制度体系
（三）加强规范性文件管理。落实规范性文件合法性审核制度。培训不少于40学时。
（四）加强行政执法监督。2025年前基本建成行政执法监督体系。建设法治文化公园。
"""
TIES: tuple[Tie, ...] = (
    ("权责清单", "权责清单", Relation.ADAPTED, 0.93),
    ("一网通办", "一网通办", Relation.VERBATIM, 0.99),
    ("告知承诺制", "告知承诺制", Relation.ADAPTED, 0.88),
    ("合法性审核", "合法性审核", Relation.PARTIAL, 0.75),
    ("学时", "学时", Relation.ADAPTED, 0.62),
    ("行政执法监督体系", "行政执法监督工作体系", Relation.ADAPTED, 0.97),
    ("法治文化公园", "掌上执法", Relation.THEMATIC, 0.25),
)
DAY = datetime.date(2024, 6, 30)


def central_of(text: str) -> Plan:
    return pl.parse_text(text, id="central", level="central")


def district_of(text: str) -> Plan:
    return pl.parse_text(text, id="weibin", level="district", place="河南省新乡市卫滨区")


@pytest.fixture(scope="session")
def central() -> Plan:
    return central_of(UPPER)


@pytest.fixture(scope="session")
def district() -> Plan:
    return district_of(LOCAL)


@pytest.fixture(scope="session")
def known(district: Plan, central: Plan) -> Lineage:
    return lineage(district, central, TIES)


def on_edge(action: str, made: Lineage, below: str, above: str, **rest: object) -> Decision:
    """A decision on the statements that hold some words."""
    local, upper = made.local, made.uppers[0]
    rest = {"reviewer": "李四", "date": DAY, **rest}
    ids = find(upper, above).id, local, find(local, below).id
    return Decision.about(action, upper, *ids, **rest)  # type: ignore[arg-type]


def on_task(action: str, made: Lineage, above: str, **rest: object) -> Decision:
    """A decision on an upper task, for the local plan."""
    rest = {"reviewer": "李四", "date": DAY, **rest}
    upper = made.uppers[0]
    return Decision.about(action, upper, find(upper, above).id, made.local, **rest)  # type: ignore[arg-type]
