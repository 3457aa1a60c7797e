"""Word files put together part by part, so that each test says exactly what stands in them."""

from __future__ import annotations

import io
import zipfile

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, chunks: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A .docx of the XML inside its body; `parts` is the XML inside numbering, styles, footnotes, header…

    `chunks` are whole documents that stand in it, by the names of their files.
    """
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "header": "hdr",
        "footer": "ftr",
        "comments": "comments",
    }
    files = {"word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"}
    relations = []
    for kind, inner in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{roots[kind]} {_NAMESPACES}>{inner}</w:{roots[kind]}>"
        relations.append(f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>')
    for name in chunks or ():
        relations.append(f'<Relationship Id="{name}" Type="{_KINDS}/aFChunk" Target="{name}"/>')
    files["_rels/.rels"] = _relations(
        f'<Relationship Id="r" Type="{_KINDS}/officeDocument" Target="word/document.xml"/>'
    )
    files["word/_rels/document.xml.rels"] = _relations("".join(relations))
    held = {name: f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode() for name, xml in files.items()}
    return zipped(held | {f"word/{name}": data for name, data in (chunks or {}).items()})


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def p(text: str = "", *, properties: str = "", inner: str = "") -> str:
    """A paragraph."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inner}</w:p>"


def listed(text: str, level: int, num: str = "1") -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(at: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract(*levels: str, key: str = "0", more: str = "") -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def num(key: str, of: str = "0", more: str = "") -> str:
    """A list that paragraphs name."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def table(*rows: list[str]) -> str:
    """A table; each cell is its text, or its XML where it begins with <."""
    made = ""
    for row in rows:
        cells = "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row)
        made += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"
