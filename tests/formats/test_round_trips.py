"""Each source rendered as a file of every format and read back: the same tasks in the same tree."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from rendering import DEBIAN, FONTS, Content, as_docx, as_page, as_pdf, content_of, convert, office, plain

from planlineage import Plan, load
from planlineage.model.files import shipped_ids
from planlineage.reading.parse import parse_text
from planlineage.reading.source import decode

for library in ("lxml", "pypdfium2", "docx", "reportlab"):
    pytest.importorskip(library)

SHARED = Path(os.environ.get("PLANLINEAGE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
LEAST = 0.995
OFFICE = ("docx by LibreOffice", "pdf by LibreOffice")
FORMATS = ("gb18030", "html", "docx by python-docx", *OFFICE, *(f"pdf in {font}" for font in FONTS))
OTHER_TREE = {
    # Blanks between the characters of damaged vertical headings are lost where a PDF wraps the cell; they say which
    # characters belong together.
    "demonstration_indicators_2019": {"annex1.table.g1.7", "annex1.table.g5.1"},
    # A paragraph in its text begins with a run of web spam, which LibreOffice breaks inside a word.
    "shanting_2021": {"1/snnct", "1/4ungr"},
}


def texts() -> dict[str, str]:
    """The real sources where they are at hand, else the texts that the shipped plans keep; plain text in either case."""
    if (SHARED / "sources").is_dir():
        return {path.stem: path.read_text(encoding="utf-8") for path in sorted((SHARED / "sources").glob("*.txt"))}
    shipped = {plan_id: load(plan_id).source for plan_id in shipped_ids()}
    return {plan_id: source.text for plan_id, source in shipped.items() if source.name.endswith(".txt")}


CONTENTS = {name: content_of(name, text) for name, text in texts().items()}


@pytest.fixture(scope="session")
def office_files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """All sources written by python-docx, then saved again as DOCX and as PDF by LibreOffice."""
    if office() is None:
        pytest.skip(f"LibreOffice is not installed; Debian packages: {DEBIAN}")
    folder = tmp_path_factory.mktemp("office")
    written = []
    for name, content in CONTENTS.items():
        path = folder / f"{name}.docx"
        path.write_bytes(as_docx(content))
        written.append(path)
    written.append(folder / "list.fodt")
    written[-1].write_text(LIST, encoding="utf-8")
    made = {}
    for form, to in zip(OFFICE, ("docx:MS Word 2007 XML", "pdf"), strict=True):
        for name, path in zip([*CONTENTS, "a list"], convert(written, to, folder / form[:3]), strict=True):
            made[name, form] = path
    return made


LIST = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles><text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
<text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/>
</text:list-style></office:automatic-styles><office:body><office:text><text:list text:style-name="L">
<text:list-item><text:p>重点任务</text:p><text:list><text:list-item><text:p>健全清单。</text:p></text:list-item>
<text:list-item><text:p>加强监督。</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>附则</text:p></text:list-item></text:list></office:text></office:body></office:document>
"""


@pytest.mark.parametrize("form", OFFICE)
def test_numbers_that_libreoffice_computes(form: str, office_files: dict[tuple[str, str], Path]) -> None:
    text = decode(office_files["a list", form].read_bytes(), name="list").text
    assert text.splitlines() == ["一、重点任务", "（一）健全清单。", "（二）加强监督。", "二、附则"]


def rendered(content: Content, form: str, request: pytest.FixtureRequest) -> bytes:
    if form in OFFICE:
        files = request.getfixturevalue("office_files")
        return files[content.name, form].read_bytes()
    if form == "gb18030":
        return plain(content).encode("gb18030")
    if form == "html":
        return as_page(content)
    if form == "docx by python-docx":
        return as_docx(content)
    font = form.removeprefix("pdf in ")
    if not Path(FONTS[font][0]).exists():
        pytest.skip(f"the font {font} is not installed; Debian packages: {DEBIAN}")
    return as_pdf(content, font)


def tree(plan: Plan) -> Counter[tuple[str, str | None, str, str]]:
    return Counter((c.id, c.parent, c.number, c.title) for c in plan.clauses)


def same_tasks(found: Plan, wanted: Plan) -> float:
    ours, theirs = (Counter(s.text for s in plan.tasks) for plan in (found, wanted))
    return (ours & theirs).total() / max(ours.total(), theirs.total(), 1)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", CONTENTS)
def test_the_same_tasks_in_the_same_tree(name: str, form: str, request: pytest.FixtureRequest) -> None:
    content = CONTENTS[name]
    wanted = parse_text(decode(plain(content).encode(), name=name), id=name)
    found = parse_text(decode(rendered(content, form, request), name=name), id=name)
    share = same_tasks(found, wanted)
    print(f"{name}: {form}: {share:.2%} of {len(wanted.tasks)} tasks")
    assert share >= LEAST
    different = {key for key, *_ in (tree(found) - tree(wanted)) + (tree(wanted) - tree(found))}
    assert different <= (OTHER_TREE.get(name, set()) if form.startswith("pdf") else set())
    assert (found.title, found.number, found.issued) == (wanted.title, wanted.number, wanted.issued)
    assert found.source.encoding.partition("+")[0] == form.split(maxsplit=1)[0]
