"""Reading speed by format, beside the library that takes the text out.

    python benchmarks/reading.py [--repeat 5]

For each format: characters a second of `extract` (bytes to source text) and of the library alone asked for the same text
(PDFium's own text of each page, python-docx's paragraphs, the text of lxml's bare tree), and the share of the time that is
ours. The document is the longest shipped plan four times over, rendered by the tests' own builders. The PDF is read in this
process for the comparison; the last line tells what the second process, in which `read_source` reads it, adds.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from rendering import FONTS, as_docx, as_page, as_pdf, content_of, plain  # noqa: E402

from planlineage import load  # noqa: E402
from planlineage.model.files import shipped_ids  # noqa: E402
from planlineage.reading.formats import extract, extract_here  # noqa: E402
from planlineage.reading.formats.pdf.extract import extract_pdf  # noqa: E402

TIMES = 4


def best(run: Callable[[], object], repeat: int) -> float:
    """The shortest of several runs, in seconds of this process's own work, so that a busy machine does not count."""
    run()
    found = []
    for _ in range(repeat):
        begin = time.process_time()
        run()
        found.append(time.process_time() - begin)
    return min(found)


def waited(run: Callable[[], object], repeat: int) -> float:
    """The shortest of several runs by the clock on the wall."""
    found = []
    for _ in range(repeat):
        begin = time.perf_counter()
        run()
        found.append(time.perf_counter() - begin)
    return min(found)


def pdfium_alone(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    total = 0
    for page in document:
        text = page.get_textpage()
        total += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return total


def lxml_alone(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return sum(len(text) for text in root.itertext())


def python_docx_alone(data: bytes) -> int:
    return sum(len(paragraph.text) for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def html_alone(data: bytes) -> int:
    return sum(len(text) for text in etree.fromstring(data, etree.HTMLParser(encoding="utf-8")).itertext())


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    text = max((load(plan_id).source.text for plan_id in shipped_ids()), key=len)
    content = content_of("plan", "\n".join([text] * TIMES))
    raw, page, word = plain(content), as_page(content), as_docx(content)
    drawn = as_pdf(content, next(iter(FONTS)))
    rows = [
        ("text, UTF-8", raw.encode(), lambda d: extract_here(d, "x"), "bytes.decode", lambda d: len(d.decode())),
        (
            "text, GB18030",
            raw.encode("gb18030"),
            lambda d: extract_here(d, "x"),
            "bytes.decode",
            lambda d: len(d.decode("gb18030")),
        ),
        ("HTML", page, lambda d: extract_here(d, "x"), "lxml", html_alone),
        ("DOCX", word, lambda d: extract_here(d, "x"), "lxml", lxml_alone),
        ("DOCX", word, lambda d: extract_here(d, "x"), "python-docx", python_docx_alone),
        ("PDF", drawn, lambda d: extract_pdf(d, "x"), "pypdfium2", pdfium_alone),
    ]
    print(f"{len(raw):,} characters of text in {len(content.blocks)} paragraphs and tables\n")
    print("| format | characters a second | library alone | its characters a second | our share of the time |")
    print("| --- | ---: | --- | ---: | ---: |")
    for name, data, ours, library, alone in rows:
        whole, theirs = best(lambda: ours(data), repeat), best(lambda: alone(data), repeat)  # noqa: B023
        share = max(0.0, 1 - theirs / whole)
        print(f"| {name} | {len(raw) / whole:,.0f} | {library} | {len(raw) / theirs:,.0f} | {share:.0%} |")
    first = waited(lambda: extract(drawn, "x"), 1)
    next_one = waited(lambda: extract(drawn, "x"), repeat)
    here = waited(lambda: extract_pdf(drawn, "x"), repeat)
    print(
        f"\nPDF on the wall clock: {here:.2f} s in this process, {next_one:.2f} s in the second one, {first:.2f} s with its start"
    )


if __name__ == "__main__":
    main()
