"""Web archives (.mht): the page that a browser saved in one file, with its pictures beside it."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from ...model.errors import DamagedSourceError
from .texts import read_text_or_page
from .values import LIMITS, Clock, Extracted, too_much

_MOST_PARTS = 2000


def read_mhtml(data: bytes, name: str, clock: Clock) -> Extracted:
    """The article of the first web page in the archive. Raises `DamagedSourceError` where there is none."""
    if data.count(b"\n--") > 2 * _MOST_PARTS:
        raise too_much(name, "parts", most=_MOST_PARTS)
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        page = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
        content = page.get_payload(decode=True) if isinstance(page, Message) else None
        charset = page.get_content_charset() if isinstance(page, Message) else None
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError):
        raise _damaged(name, "damaged web archive") from None  # email raises what the damage of a header leads to
    if not isinstance(content, bytes) or not content:
        raise _damaged(name, "no page inside")
    if len(content) > LIMITS.bytes:
        raise too_much(name, "unpacks")
    found = read_text_or_page(content, name, clock, declared=str(charset or ""))
    return Extracted(found.text, f"mht+{found.encoding.removeprefix('html+')}", found.facts, found.notes)


def _damaged(name: str, key: str) -> DamagedSourceError:
    return DamagedSourceError(key, where=name, hint="save as html")
