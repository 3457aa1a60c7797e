"""Reports made from plans with known edges, and a real browser to open them in."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tied import Tie, lineage

import planlineage as pl
from planlineage.comparing.lineage import Lineage
from planlineage.model.lineage import Relation
from planlineage.model.plan import Plan
from planlineage.output.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AS_OF = datetime.date(2024, 10, 31)
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
    ("合法性审核", "合法性审核", Relation.PARTIAL, 0.81),
    ("学时", "学时", Relation.ADAPTED, 0.62),
    ("行政执法监督体系", "行政执法监督工作体系", Relation.ADAPTED, 0.97),
    ("法治文化公园", "掌上执法", Relation.THEMATIC, 0.12),
)


def told_of(known: Lineage) -> pl.FollowUp:
    """What a later report says of the promises of the local plan."""
    told = "一、2025年工作回顾\n区级政府权责清单编制完成。\n二、2026年重点工作\n发展工业。"
    return pl.follow_up(known.local, pl.parse_text(told, title="卫滨区2026年政府工作报告", place=known.local.place))


@pytest.fixture(scope="session")
def central() -> Plan:
    """The upper plan."""
    return pl.parse_text(UPPER, id="central", level="central")


@pytest.fixture(scope="session")
def district() -> Plan:
    """The local plan."""
    return pl.parse_text(LOCAL, id="weibin", level="district", place="河南省新乡市卫滨区")


@pytest.fixture(scope="session")
def known(district: Plan, central: Plan) -> Lineage:
    """Their lineage."""
    return lineage(district, central, TIES)


def copy_of(made: Lineage, number: int) -> Lineage:
    """The same lineage under another name, as a second place."""
    name = f"place{number:02}"
    local = made.local.model_copy(update={"id": name, "place": f"河南省新乡市第{number}区"})
    return Lineage(local, made.uppers, [e.model_copy(update={"local_plan": name}) for e in made.edges])


@pytest.fixture(scope="session")
def one(known: Lineage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on one place."""
    return write_report(known, tmp_path_factory.mktemp("report") / "one.html", as_of=AS_OF)


@pytest.fixture(scope="session")
def several(known: Lineage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on three places."""
    many = [known, copy_of(known, 2), copy_of(known, 3)]
    return write_report(many, tmp_path_factory.mktemp("report") / "several.html", as_of=AS_OF)


# -- the browser -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = os.environ.get("PLANLINEAGE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium on this machine (Debian: chromium; or set PLANLINEAGE_CHROMIUM)")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
            ],
        )
        yield chromium
        chromium.close()


class Visit:
    """A page that is open, with all that it said and asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))

    def go(self, file: Path, place: str = "") -> Page:
        """Open a file, at an address in it."""
        self.page.goto("about:blank")
        self.asked.clear()
        self.page.goto(f"{file.as_uri()}{place}")
        self.page.wait_for_selector("main h1")
        return self.page

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it must within five seconds."""
        for _ in range(100):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("waited in vain")

    @property
    def network(self) -> list[str]:
        """What was asked for beside the file itself."""
        return [url for url in self.asked[1:] if not url.startswith(("data:", "blob:"))]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A fresh page; it must have stayed silent and asked for nothing."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, accept_downloads=True, reduced_motion="reduce"
    )
    context.set_default_timeout(8000)
    found = Visit(context.new_page())
    yield found
    context.close()
    assert found.said == []
    assert found.network == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, fetched by npm into a cache folder when it is not there yet."""
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = Path(os.environ.get("PLANLINEAGE_AXE", base / "planlineage-tests" / "axe-core"))
    script = folder / "package" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("axe-core is not in the cache and npm is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run([npm, "pack", "axe-core@4"], cwd=folder, check=True, capture_output=True, timeout=90)
            archive = max(folder.glob("axe-core-*.tgz"))
            shutil.unpack_archive(archive, folder, filter="data")
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"axe-core could not be fetched: {error}")
    return script.read_text(encoding="utf-8")
