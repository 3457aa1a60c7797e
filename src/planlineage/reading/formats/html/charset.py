"""The encoding that a web page claims for itself."""

from __future__ import annotations

import re

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_-]{2,20})", re.IGNORECASE)


def declared_charset(data: bytes) -> str:
    """The charset named in the head of a page; empty where there is none.

    >>> declared_charset(b'<html><head><meta charset="gb2312">')
    'gb2312'
    """
    match = _CHARSET.search(data[:8192])
    return match[1].decode("ascii").lower() if match else ""
