"""Files built to hang, blow up or trick a reader. `python tests/support/hostile.py` prints what becomes of each."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from word import abstract, level, num, p, table, word, zipped

CONTENT = "word/document.xml"


def document(xml: str) -> bytes:
    return zipped({CONTENT: xml.encode()})


def bomb(size: int) -> bytes:
    """A Word file of a few kilobytes whose text unpacks to `size` bytes."""
    out = io.BytesIO()
    chunk = b"<w:p/>" * 100_000
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(CONTENT, "w", force_zip64=True) as part,
    ):
        part.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
        for _ in range(size // len(chunk)):
            part.write(chunk)
        part.write(b"</w:body></w:document>")
    return out.getvalue()


def lying_bomb() -> bytes:
    """The same, but the archive claims that the part is small."""
    data = bytearray(bomb(30_000_000))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        begin = data.find(signature)
        data[begin + at : begin + at + 4] = struct.pack("<I", 1000)
    return bytes(data)


def nested(depth: int, begin: str, end: str) -> bytes:
    return word(begin * depth + end * depth)


def many_files() -> bytes:
    return zipped({f"word/{i}": b"" for i in range(6000)})


LAUGHS = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))


# -- PDF -------------------------------------------------------------------------------------------------------------


def pdf(*objects: str | bytes, root: int = 1) -> bytes:
    """A PDF of numbered objects, the first of them its root."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def stream(data: bytes, more: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    return f"<</Length {len(packed)}/Filter/FlateDecode{more}>>stream\n".encode() + packed + b"\nendstream"


def stream_of(chunk: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(chunk) for _ in range(times)), packer.flush()])
    return f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream"


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def one_page(content: bytes, resources: str = "/Font<</F 5 0 R>>", *more: bytes) -> bytes:
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>"
    return pdf(CATALOG, PAGES, page, content, FONT, *more)


def laughing_forms() -> bytes:
    """Forms that draw the next form ten times each, twelve levels deep."""
    forms = [
        stream(
            b"/X Do " * 10,
            f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {7 + i} 0 R>>>>",
        )
        for i in range(12)
    ]
    last = stream(b"BT /F 9 Tf (x) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")
    return one_page(stream(b"/X Do"), "/XObject<</X 6 0 R>>", *forms, last)


def page_loop() -> bytes:
    return pdf(CATALOG, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>")


def ruled(lines: int) -> bytes:
    """A table of lines × lines cells, each with a letter."""
    step = 500 / lines
    drawn = [
        f"{50 + i * step:.2f} 50 m {50 + i * step:.2f} 550 l S 50 {50 + i * step:.2f} m 550 {50 + i * step:.2f} l S"
        for i in range(lines + 1)
    ]
    words = [f"1 0 0 1 {51 + x * step:.2f} {51 + y * step:.2f} Tm (a) Tj" for x in range(lines) for y in range(lines)]
    return one_page(stream(("\n".join(drawn) + " BT /F 1 Tf " + "\n".join(words) + " ET").encode()))


def multipart(depth: int) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n\r\n"
    return head + b"".join(
        f"--b{i}\r\nContent-Type: multipart/related; boundary=b{i + 1}\r\n\r\n".encode() for i in range(depth)
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "docx: 120 MB of text packed into 0.1 MB": ("HostileSourceError", lambda: bomb(120_000_000)),
    "docx: a bomb that claims to be small": ("DamagedSourceError", lying_bomb),
    "docx: entities within entities": (
        "HostileSourceError",
        lambda: document(f"<!DOCTYPE d [<!ENTITY a0 'x'>{LAUGHS}]><d>&a9;</d>"),
    ),
    "docx: an entity that reads a file": (
        "HostileSourceError",
        lambda: document("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>"),
    ),
    "docx: 50,000 elements inside one another": ("HostileSourceError", lambda: nested(50_000, "<w:sdt>", "</w:sdt>")),
    "docx: 70 tables inside one another": (
        "HostileSourceError",
        lambda: nested(70, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    ),
    "docx: a list 5,000 levels deep": (
        "reads",
        lambda: word(
            "".join(
                p("项", properties=f'<w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="1"/></w:numPr>') for i in range(5000)
            ),
            numbering=abstract(level(0, "decimal", "%1.")) + num("1"),
        ),
    ),
    "docx: a table of a million cells": (
        "HostileSourceError",
        lambda: word(f"<w:tbl>{('<w:tr>' + '<w:tc><w:p/></w:tc>' * 100 + '</w:tr>') * 10_000}</w:tbl>"),
    ),
    "docx: a cell that spans two thousand million": (
        "HostileSourceError",
        lambda: word(table(["<w:tcPr><w:gridSpan w:val='999999'/></w:tcPr>" + p("a"), "b"])),
    ),
    "docx: a paragraph of three million characters": ("HostileSourceError", lambda: word(p("加强" * 1_500_000))),
    "docx: styles based on one another in a ring": (
        "reads",
        lambda: word(
            p("一、总则", properties='<w:pStyle w:val="a"/>'),
            styles=(
                '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
            ),
        ),
    ),
    "docx: 4,000 runs of a style based on itself": (
        "reads",
        lambda: word(
            "<w:p>" + "<w:r><w:rPr><w:rStyle w:val='a'/></w:rPr><w:t>项</w:t></w:r>" * 4000 + "</w:p>",
            styles='<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>',
        ),
    ),
    "docx: 60 MB of attributes packed into 0.4 MB": (
        "EmptySourceError",
        lambda: word("".join(f"<w:p {'a' * 40}{i}='{'x' * 600}'/>" for i in range(90_000))),
    ),
    "docx: lists that are each other's style": (
        "reads",
        lambda: word(
            p("一、总则", properties='<w:numPr><w:numId w:val="1"/></w:numPr>'),
            styles='<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
            numbering=abstract(more='<w:numStyleLink w:val="a"/>') + num("1"),
        ),
    ),
    "docx: 6,000 files in the archive": ("HostileSourceError", many_files),
    "docx: relations that lead out of the archive": (
        "UnsupportedFormatError",
        lambda: zipped(
            {
                "_rels/.rels": (
                    b'<Relationships xmlns="x">'
                    b'<Relationship Type="t/officeDocument" Target="../../../etc/passwd"/></Relationships>'
                )
            }
        ),
    ),
    "html: 100,000 elements inside one another": (
        "HostileSourceError",
        lambda: b"<html><body>" + b"<div>" * 100_000 + b"</div>",
    ),
    "html: 300,000 tags that are never closed": (
        "HostileSourceError",
        lambda: b"<html><body>" + b"<b><i>" * 150_000 + b"x</b>",
    ),
    "html: a table of a million cells": (
        "HostileSourceError",
        lambda: b"<html><body><table>" + (b"<tr>" + b"<td>a" * 100) * 10_000 + b"</table>",
    ),
    "html: cells that span a million rows and columns": (
        "HostileSourceError",
        lambda: b"<html><body><table>" + b"<tr><td colspan=999 rowspan=999>a<td>b" * 500 + b"</table>",
    ),
    "html: three million tags": ("HostileSourceError", lambda: b"<html><body></p>" + b"<p>" * 3_000_000),
    "html: a line of a million characters": (
        "HostileSourceError",
        lambda: b"<html><body><p>" + "加强".encode() * 500_000 + b"</p>",
    ),
    "html: an attribute of nine million characters": (
        "reads",
        lambda: b"<html><body><p class='" + b"a" * 9_000_000 + "'>一、总则</p>".encode(),
    ),
    "html: a picture of 12 MB inside an attribute": (
        "reads 一、总则",
        lambda: (
            b"<html><body><img src='data:image/png;base64,"
            + b"a" * 12_000_000
            + "'><p>一、总则</p></body></html>".encode()
        ),
    ),
    "html: a script of 11 MB": (
        "reads 一、总则",
        lambda: b"<html><head><script>" + b"a;" * 5_500_000 + "</script></head><body><p>一、总则</p>".encode(),
    ),
    "html: a comment of 11 MB": (
        "reads 一、总则",
        lambda: b"<html><body><!--" + b"a " * 5_500_000 + "--><p>一、总则</p>".encode(),
    ),
    "html: 20,000 maps inside one another": (
        "HostileSourceError",
        lambda: b"<html><body>" + b"<map>" * 20_000 + b"x</p>",
    ),
    "html: 200,000 attributes of one tag": (
        "HostileSourceError",
        lambda: b"<html><body><p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x</p>",
    ),
    "mht: 36 header lines, each told to go on": (
        "reads",
        lambda: b"".join(b"A%d:x\r\n" % i + b" y\r\r\n" * 20 for i in range(36)) + b"multipart/",
    ),
    "mht: 300,000 semicolons in a header": (
        "DamagedSourceError",
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related" + b";" * 300_000 + b"\r\n\r\n--b\r\n",
    ),
    "mht: 3,000 parts inside one another": ("DamagedSourceError", lambda: multipart(3000)),
    "mht: 100,000 parts inside one another": ("HostileSourceError", lambda: multipart(100_000)),
    "pdf: a page that unpacks to 2 GB": ("HostileSourceError", lambda: one_page(stream_of(b" " * 1_000_000, 2000))),
    "pdf: 30 million drawing operators": (
        "HostileSourceError",
        lambda: one_page(stream_of(b"q 0 0 m 9 9 l S Q\n" * 100_000, 300)),
    ),
    "pdf: forms that draw forms, 10^12 in all": ("HostileSourceError", laughing_forms),
    "pdf: pages that contain themselves": ("any", page_loop),
    "pdf: 10,000 arrays inside one another": ("any", lambda: pdf(CATALOG, "[" * 10_000 + "]" * 10_000)),
    "pdf: a page of four million letters": (
        "any",
        lambda: one_page(stream_of(b"BT /F 1 Tf 1 0 0 1 9 9 Tm (" + b"a" * 40_000 + b") Tj ET\n", 100)),
    ),
    "pdf: a ruled table of 90,000 cells on one page": ("any", lambda: ruled(300)),
    "pdf: cut in half": ("any", lambda: one_page(stream(b"BT /F 9 Tf (x) Tj ET"))[:400]),
    "text: a line of a million characters": ("HostileSourceError", lambda: "加强".encode() * 500_000),
    "text: ten million lines": ("HostileSourceError", lambda: b"\n1" * 10_000_000),
    "text: 60 MB": ("SourceTooLargeError", lambda: b"a" * 60_000_000),
}
"""Each file, with the error it ends in; `reads` where it is harmless (and its text, where that is short), `any` where it
depends on the PDF library's version."""


def outcome(data: bytes) -> str:
    """What becomes of a file: the name of the error, or `reads`. Errors that are not ours are raised."""
    from planlineage.model.errors import SourceError
    from planlineage.reading.source import decode

    try:
        text = decode(data, name="hostile").text.strip()
    except SourceError as error:
        return type(error).__name__
    return f"reads {text}" if len(text) < 10 else "reads"


def _table() -> None:
    import multiprocessing

    print("| file | bytes | outcome | seconds | peak memory, MB |\n| --- | ---: | --- | ---: | ---: |")
    for name, (_, make) in HOSTILE.items():
        data = make()
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found, seconds, before, after, below = pool.apply(_measured, (data,))
        print(
            f"| {name} | {len(data):,} | {found} | {seconds:.1f} | +{after - before} here, {below} in the reading process |"
        )


def _measured(data: bytes) -> tuple[str, float, int, int, int]:
    import resource
    import time

    from planlineage.reading.formats.isolated import _READER

    outcome(b"<html><body></p>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    begin = time.perf_counter()
    found = outcome(data)
    seconds = time.perf_counter() - begin
    _READER.close()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return found, seconds, before, after, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10


if __name__ == "__main__":
    _table()
