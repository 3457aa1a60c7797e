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
        raise too_much(name, "elements", most=LIMITS.nodes, part=part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise HostileSourceError("entities", where=name, hint="distrust", part=part)
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
        if "depth" in str(error):
            raise too_much(name, "nesting") from None
        raise DamagedSourceError("broken xml", where=name, hint="save in word", part=part) from None
    except ValueError:
        raise DamagedSourceError("broken xml", where=name, hint="save again", part=part) from None
    if root.getroottree().docinfo.doctype:
        raise HostileSourceError("entities", where=name, hint="distrust", part=part)
    return root


def local(tag: object) -> str:
    """The name of an element without its namespace.

    >>> local("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    'p'
    """
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
