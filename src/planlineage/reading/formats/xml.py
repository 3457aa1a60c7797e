"""Parsing XML that may be hostile: no entities, no DTD, no network, bounded size and depth."""

from __future__ import annotations

from typing import Any

from ...model.errors import DamagedSourceError, HostileSourceError
from .extras import optional
from .values import LIMITS, too_much


def parse_xml(data: bytes, part: str, name: str) -> Any:
    """The root element of an XML part of an Office file.

    Raises `HostileSourceError` where it has a document type declaration (Office never writes one), too many elements or too
    deep a nesting; `DamagedSourceError` where it is not well formed.
    """
    etree = optional("lxml.etree", "DOCX", name)
    if data.count(b"<") > 2 * LIMITS.nodes:
        raise too_much(name, f"has more than {LIMITS.nodes:,} elements in {part}")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise HostileSourceError(f"declares entities in {part}", where=name, hint="do not trust this file")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = str(error)
        if "depth" in message:
            raise too_much(name, f"nests elements too deeply in {part}") from None
        raise DamagedSourceError(
            f"has broken XML in {part}: {message[:100]}",
            where=name,
            hint="open it in Word or WPS and save it again",
        ) from None
    except ValueError as error:
        raise DamagedSourceError(f"has broken XML in {part}: {error}", where=name, hint="save it again") from None
    if root.getroottree().docinfo.doctype:
        raise HostileSourceError(f"declares entities in {part}", where=name, hint="do not trust this file")
    return root


def local(tag: object) -> str:
    """The name of an element without its namespace.

    >>> local("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    'p'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
